"""bundle: the offline Windows folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.packaging.bundle import build_bundle

if TYPE_CHECKING:
    import argparse


def bundle(options: argparse.Namespace) -> int:
    """Build the folder that is handed out: Python, packages, add-in, installer."""
    made = build_bundle(options.output or Path("dist/windows"), lambda text: print(text, flush=True))
    for remark in made.remarks:
        print(f"注意：{remark}")
    print(f"已生成 {made.folder}（{made.size / 1048576:.0f} MB）。压缩后发给 Windows 用户，解压后双击 install.cmd。")
    return 0
