"""template: build the committed workbook_template.xlsx, or compare it with what would be built."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.workbook.build import build_template
from gk_xl.workbook.files import open_package
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse

TEMPLATE = Path("workbook_template.xlsx")
SHIPPED = (Path(__file__).parents[3] / TEMPLATE, Path(__file__).parents[2] / "workbook" / TEMPLATE)
"""Where the committed template lies: at the top of a checkout, or inside an installed package."""


def template(options: argparse.Namespace) -> int:
    """Build the template, or verify it: 0 the same parts, 1 parts differ (named)."""
    built = build_template()
    if options.action == "build":
        path = options.output or TEMPLATE
        save_bytes(path, built, force=True, backup=False)  # it is built again at any time
        print(f"已生成 {path}。")
        return 0
    path = options.output or next((place for place in (TEMPLATE, *SHIPPED) if place.is_file()), TEMPLATE)
    different = differing_parts(path, built)
    for part in different:
        print(f"  {part}")
    print(f"{path}：" + (f"有 {len(different)} 个部分与应有的不同。" if different else "与应有的逐部分相同。"))
    return 1 if different else 0


def differing_parts(path: Path, built: bytes) -> list[str]:
    """Return the parts that a file lacks, has in excess, or holds with other bytes than the build."""
    with open_package(path) as found, zipfile.ZipFile(io.BytesIO(built)) as expected:
        parts = {name: found.read(name) for name in found.namelist()}
        wanted = {name: expected.read(name) for name in expected.namelist()}
    return sorted(name for name in parts.keys() | wanted.keys() if parts.get(name) != wanted.get(name))
