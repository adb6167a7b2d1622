"""addin: build the add-in (or LibreOffice's extension), install it, say what is missing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.packaging.install import FILE, Check, Machine, install, verify
from gk_xl.packaging.xlam import build_xlam
from gk_xl.workbook.files import read_bytes
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

DIST = Path("dist")


def addin(options: argparse.Namespace) -> int:
    """Build to ``dist/``, install for the user, or verify; 0 all is as it should be, 1 something is missing."""
    if options.action == "build":
        build(options.output, libreoffice=options.libreoffice)
    elif options.action == "install":
        path = install(build_xlam(sys.executable))
        print(f"已装入 {path}。请重新打开 Excel，功能区里有“信息公开年报”选项卡。")
    else:
        machine = Machine()
        return show(verify(machine) if machine.windows else [built(options.output or DIST / FILE)])
    return 0


def build(output: Path | None, *, libreoffice: bool) -> None:
    """Write the add-in, or LibreOffice's extension."""
    if libreoffice:
        from gk_xl.packaging.oxt import build_oxt

        path, data = output or DIST / "gk_xl.oxt", build_oxt()
    else:
        path, data = output or DIST / FILE, build_xlam()
    path.parent.mkdir(parents=True, exist_ok=True)
    save_bytes(path, data, force=True)
    print(f"已生成 {path}。")


def built(path: Path) -> Check:
    """Return whether a built add-in is what would be built now."""
    if not path.is_file():
        return Check(False, f"{path} 还没有生成。请运行 gk-xl addin build。")
    same = read_bytes(path) == build_xlam()
    return Check(same, f"{path} " + ("与现在生成的逐字节相同。" if same else "是旧的，请运行 gk-xl addin build。"))


def show(checks: Iterable[Check]) -> int:
    """Print what was looked at; 1 where something is missing."""
    found = list(checks)
    for check in found:
        print(f"{'✓' if check.good else '✗'} {check.text}")
    return 0 if all(check.good for check in found) else 1
