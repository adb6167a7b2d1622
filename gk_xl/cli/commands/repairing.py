"""repair: a damaged workbook → a fresh one, with an account of what was moved, doubtful, lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.cli.exit_codes import DONE, FOUND
from gk_xl.workbook.content import now
from gk_xl.workbook.repair import repair as repaired
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    import argparse


def repair(options: argparse.Namespace) -> int:
    """Write the fresh workbook and print the account; 0 all recovered, 1 something is doubtful or lost."""
    found = repaired(options.broken).under_profile_beside(options.output)
    save_bytes(options.output, found.workbook(now()), inputs=[options.broken], force=options.force)
    print(f"已修复到 {options.output}：{found.summary()}")
    for line in found.lines():
        print(line)
    return DONE if found.told.clean else FOUND
