"""new, import, export: filings in and out of workbooks."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from gk_xl.cli.commands.profiles import asked_profile
from gk_xl.errors import FormError
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import base_id
from gk_xl.form.profile import profile_of
from gk_xl.form.units import named_kind, unit_kinds
from gk_xl.intake import receive, receive_last_year
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse


def new(options: argparse.Namespace) -> int:
    """Write a blank workbook of the edition for a year, with last year's numbers when they are given."""
    kind = named_kind(options.kind, options.unit)
    word = unit_kinds()[kind].self_word if kind else ""
    filing = Filing.blank(options.year, Unit(options.unit, kind, word, options.county))
    if (profile := asked_profile(options, options.output)) is not None:
        filing = filing.under(profile)
    before = receive_last_year(options.last_year) if options.last_year else None
    last = before.filing if before else None
    read = [options.last_year] if options.last_year else []
    save_bytes(options.output, build_workbook(filing, last), inputs=read, force=options.force)
    print(f"已新建 {options.output}：{filing.year} 年度，{base_id(filing.edition)} 年版表格。")
    label = unit_kinds()[kind].label if kind else "没有看出来，请在封面选"
    print(
        f"  单位类型：{label}"
        + ("。" if options.kind else "（按单位名称判断；不对的，加 --kind 写明，或在封面改选）。")
    )
    if before is not None and before.reading is None:
        found = sum(before.filing.number(cell) is not None for cell in before.filing.form.cells)
        print(f"  上年数据取自“{before.path}”：{found} / {len(before.filing.form.cells)} 个数。")
        for said in before.notes:
            print(f"  上年：{said}")
    return 0


def import_(options: argparse.Namespace) -> int:
    """Read a published report into a workbook and say what was read, normalised, and could not be placed."""
    from gk_xl.sources.account import account
    from gk_xl.sources.open import import_sources

    if options.output is None and not options.json:
        raise FormError("没有写明工作簿存到哪里；请加 -o 工作簿.xlsx。")
    imported = import_sources(options.sources, year=options.year)
    filing = imported.filing
    beside = options.output if profile_of(filing.edition) is None else None
    if (profile := asked_profile(options, beside)) is not None:
        filing = filing.under(profile)
    if options.output is not None:
        save_bytes(options.output, build_workbook(filing), inputs=options.sources, force=options.force)
    told = account(imported)
    if options.json:
        print(json.dumps(told.as_json(), ensure_ascii=False, indent=1))
        return 0
    print(f"已读入 {options.output}：{filing.title}，{base_id(filing.edition)} 年版表格，{told.summary}")
    for line in told.lines():
        print(f"  {line}")
    unplaced = [note for note in imported.notes if note.kind == "unplaced"]
    if unplaced:
        print(f"有 {len(unplaced)} 处没有放进工作簿，请对照原文补上。", file=sys.stderr)
    return 0


def export(options: argparse.Namespace) -> int:
    """Write a filing as JSON."""
    received = receive(options.file)
    save_bytes(options.output, received.filing.dumps().encode("utf-8"), inputs=[options.file], force=options.force)
    print(f"已存成 {options.output}。")
    return 0
