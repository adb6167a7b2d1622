"""desk slips: the return slips of a round, with what became of the round before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.desk.issuing import write_slips
from gk_xl.desk.products import CIRCULAR

if TYPE_CHECKING:
    import argparse

    from gk_xl.desk.brief import Brief


def return_filings(options: argparse.Namespace, brief: Brief) -> tuple[str, ...]:
    """Write the slips and say how each unit stands in its round; return why single ones could not be written."""
    issued = write_slips(brief, options.output, force=options.force)
    taken = f"收走 {issued.taken} 份已经不需要的。" if issued.taken else ""
    print(f"已在 {options.output} 写好 {issued.written} 份退回单和{CIRCULAR}。{taken}{brief.headline}")
    for item in brief.entries:
        progress = brief.rounds.progress(item)
        if progress is not None and item is not brief.county:
            print(f"  第 {progress.number} 次 {item.unit}：{progress.said}")
    return issued.problems
