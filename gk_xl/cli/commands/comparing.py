"""compare: what was published against the workbook that was filed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from gk_xl.cli.exit_codes import DONE, FOUND
from gk_xl.intake import receive

if TYPE_CHECKING:
    import argparse

    from gk_xl.desk.comparing import Comparison


def compare(options: argparse.Namespace) -> int:
    """Print what differs, grouped; 0 nothing, 1 something, 2 could not be read."""
    from gk_xl.desk.comparing import compare as compared
    from gk_xl.sources.open import import_sources

    received = receive(options.workbook)
    imported = import_sources([options.published])
    if imported.filing.year is None and received.filing.year is not None:
        imported = import_sources([options.published], year=received.filing.year)
    if received.open_elsewhere:
        print(f"gk-xl：“{options.workbook}”正在别的程序里打开，核对的是已保存的内容。", file=sys.stderr)
    found = compared(imported, received.filing, options.published, options.workbook)
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        show(found)
    return FOUND if found.differences else DONE


def show(found: Comparison) -> None:
    """Print a comparison for a clerk."""
    if not found.differences:
        print(f"一致：{found.published} 与 {found.filed} 的数和文字都相同。")
    else:
        numbers = sum(bool(difference.cell) for difference in found.differences)
        total = len(found.differences)
        print(f"{found.published} 与 {found.filed} 有 {total} 处不同（数 {numbers} 处，其他 {total - numbers} 处）：")
    for group, differences in found.groups.items():
        print(f"【{group}】{len(differences)} 处")
        for difference in differences:
            moved = f"（{difference.place}）" if difference.place.startswith("在工作簿的") else ""
            print(f"  {difference.message}{moved}")
    if found.unread:
        print(f"发布件里另有 {len(found.unread)} 处没有读懂或没有核对，请对照原件看一遍：")
        for message in found.unread:
            print(f"  {message}")
