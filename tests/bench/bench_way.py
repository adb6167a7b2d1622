"""The way from 校验 to the mended cell in a visible LibreOffice, for ten kinds of faults: presses and seconds.

    python tests/bench/bench_way.py

Each fault is put into the example. A press is one click of the mouse, one key, or one entry typed with its Return. The
seconds are the machine's: from the press on 校验 until every cell holds what it should, with nobody reading. Lines are those
of 校验结果 that a clerk has to read: what a clue folds under it, and what could not be judged, are left out.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from gk_xl.checks.run import check
from gk_xl.form.finding import Severity
from gk_xl.intake import receive
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.pointing import FIRST
from gk_xl.workbook.sheets.results import RESOLVED, result_lines
from tests.real_apps.desk import Desk, desk_of_its_own, right, wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.filing import Filing

TAKE, TAKE_ALL, ZEROS, SUMS = "采纳建议", "全部采纳", "一键补零", "合计"


class Fault(NamedTuple):
    """A fault in the example, and how it is mended once 去看 has led there: buttons, or what is typed."""

    name: str
    filing: Filing
    deeds: tuple[str, ...]


def faults() -> Iterator[Fault]:
    """Yield ten kinds of faults."""
    good = right()
    number = {name: good.number(name) or 0 for name in good.cells}
    totals = {name: number[name] + 1 for name in good.cells if name.startswith("t3.") and name.endswith(".total")}
    blanks = dict.fromkeys(name for name in good.cells if name.startswith("t3.refused.") and "total" not in name)

    def said(old: str, new: str) -> Filing:
        texts = {part: tuple(text.replace(old, new) for text in of) for part, of in good.narrative.items()}
        assert texts != good.narrative
        return replace(good, narrative=texts)

    yield Fault("a digit too many in a total", good.with_cells({"t3.granted.total": 14}), ("4",))
    yield Fault("a number with its unit", good.with_cells({"t3.granted.natural_person": "３件"}), ("3",))
    yield Fault("a total not added", good.with_cells({"t4.reconsideration.total": 7}), ("1",))
    yield Fault("blanks for zeros", good.with_cells(blanks), (ZEROS,))
    yield Fault("another number in the text", said("规范性文件2件", "规范性文件3件"), (TAKE,))
    yield Fault("a word twice", said("专人", "专人专人"), (TAKE,))
    yield Fault("another last day", said("12月31日", "12月28日"), (TAKE,))
    yield Fault("another year on the cover", replace(good, year=2019), ("2025",))
    yield Fault("all totals off", good.with_cells(totals), (SUMS,))
    yield Fault("two slips", good.with_cells({"t3.granted.total": 14, "t4.suit_direct.total": 3}), (TAKE_ALL,))


def to_read(filing: Filing) -> int:
    """Return how many lines of the list a clerk has to read."""
    lines = result_lines(content_for(filing, result=check(filing)))
    open_ = Severity.NOT_ASSESSABLE.label
    return sum(line.level != open_ and not line.message.startswith(RESOLVED) for line in lines)


class Hand:
    """A clerk's hand: it presses, types and answers, and counts."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.presses = desk, 0

    def press(self, button: str) -> None:
        """Click a button of the toolbar."""
        self.presses += 1
        self.desk.xdotool("mousemove", *self.desk.spots([button])[button], "click", 1)

    def answer(self) -> str:
        """Say yes to the box that is shown, or close it."""
        self.presses += 1
        question = wait(self.desk.box, "a message box", 120)
        self.desk.answer("Yes" if self.desk.button("Yes") else "")
        return question

    def type(self, text: str) -> None:
        """Type into the cell where the cursor is."""
        self.presses += 1
        self.desk.xdotool("type", "--delay", 10, text)
        self.desk.xdotool("key", "Return")


def left(desk: Desk, document: Any) -> str:
    """Return what the workbook still holds otherwise than the example, and what is still wrong, empty when mended."""
    path = desk.home / "now.xlsx"
    from gk_xl.engines.libreoffice.process import properties

    document.storeToURL(path.as_uri(), properties(FilterName="Calc MS Excel 2007 XML", Overwrite=True))
    found, good = receive(path).filing, right()
    cells = [cell for cell in good.cells if (found.value(cell) or 0) != (good.value(cell) or 0)]
    errors = [item.code for item in check(found).findings if item.severity is Severity.ERROR]
    return " ".join([*cells, *errors, *([str(found.year)] if found.year != good.year else [])])


def measured(desk: Desk, fault: Fault) -> str:
    """Return the figures of one fault as a line."""
    document = desk.open(build_workbook(fault.filing), f"{time.monotonic_ns()}.xlsx")
    hand = Hand(desk)
    began = time.monotonic()
    hand.press("校验")
    first = hand.answer()
    for deed in fault.deeds:
        if deed in (TAKE, TAKE_ALL, ZEROS, SUMS):
            hand.press(deed)
            asked = hand.answer()
            if "吗？" in asked and FIRST not in asked:
                desk.answer("No" if desk.button("No") else "")
        else:
            hand.type(deed)
    took = time.monotonic() - began
    still = left(desk, document)
    document.close(True)
    where = first.partition(FIRST)[2].partition("，")[0]
    return f"{fault.name:28s} {to_read(fault.filing):3d} lines  {hand.presses} presses  {took:5.1f} s  {f'NOT MENDED: {still}' if still else 'mended'}  {where}"


def main() -> None:
    """Print a line for each kind of fault."""
    with desk_of_its_own("1366x768") as desk:
        for fault in faults():
            print(measured(desk, fault), flush=True)


if __name__ == "__main__":
    main()
