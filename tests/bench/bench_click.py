"""What a click on 校验 costs LibreOffice, against saving the workbook once in the same LibreOffice.

    python tests/bench/bench_click.py [--clicks 6]

For a sound filing and for three with many findings (one with fifty): processor time of the LibreOffice process from the click until the message
box is up and the window is at rest, median of warm clicks; that of saving a copy as .xlsx; and their ratio, which travels
from one machine to another and does not mind who else runs on it. Beside it the wall seconds until the flags are written (LibreOffice answers nobody before), and those to the box, which
is looked for by starting a program again and again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from gk_xl.checks.run import check
from gk_xl.engines.libreoffice.process import properties
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import FLAGS, layout
from tests.real_apps.desk import BOX, Desk, desk_of_its_own, right, wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gk_xl.form.filing import Filing

XLSX = "Calc MS Excel 2007 XML"
SETTLED = 0.5  # seconds after the box is up
OFF = 7
FIFTY = 50
ERROR = 3  # the level of an error's flag
CELL = "t2.licence.decisions"  # changed before every click, so that there is something to write


def filings() -> Iterator[tuple[str, Filing]]:
    """Yield what is checked: nothing wrong; every row total of table three off; texts besides, some or many."""
    sound = right()
    totals = {f"t3.{row}.total": sound.value(f"t3.{row}.total") + OFF for row in sound.form.table("t3").rows}
    texts = dict.fromkeys([cell for cell in sound.cells if cell.startswith("t2.")], "3件")
    yield "sound", sound
    yield "row totals off", sound.with_cells(totals)
    for count in range(len(texts)):
        some = sound.with_cells(totals | dict(list(texts.items())[:count]))
        if len(check(some).findings) >= FIFTY:
            yield "fifty", some
            break
    yield "and texts for numbers", sound.with_cells(totals | texts)


def used(desk: Desk) -> float:
    """Return the processor seconds of the LibreOffice of a desk."""
    group = ["pgrep", "-g", str(desk.office.process.pid if desk.office else 0), "soffice.bin"]
    pids = subprocess.run(group, capture_output=True, text=True, check=True).stdout.split()
    told = [Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for pid in pids]
    return sum(int(one[11]) + int(one[12]) for one in told) / os.sysconf("SC_CLK_TCK")


def spent(desk: Desk, work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor seconds that LibreOffice spends on some work, and what the work returns."""
    before = used(desk)
    answer = work()
    return used(desk) - before, answer


def measured(desk: Desk, filing: Filing, clicks: int) -> str:
    """Return the figures of one filing as a line."""
    document = desk.open(build_workbook(filing), f"{time.monotonic_ns()}.xlsx")
    place = layout(filing.edition).names[CELL]
    sheet = document.Sheets.getByName(place.sheet)
    cell, mark = (sheet.getCellRangeByName(spot.address) for spot in (place, place.right(FLAGS)))
    costs, walls, flagged, number = [], [], [], cell.getValue()

    spot = desk.spots(["校验"])["校验"]

    def flags(wrong: bool) -> float:
        """Press the button and return the seconds until the mark says what it should; the box is then shown."""
        desk.xdotool("mousemove", *spot)
        began = time.monotonic()
        desk.xdotool("click", 1)
        wait(lambda: (mark.getValue() == ERROR) == wrong, "the mark", 120)
        seconds = time.monotonic() - began
        wait(lambda: desk.has_window(BOX), "the message box", 120)
        return seconds

    def click() -> float:
        """Press the button; LibreOffice is not asked for anything meanwhile, for answering would be counted."""
        desk.xdotool("mousemove", *spot)
        began = time.monotonic()
        desk.xdotool("click", 1)
        wait(lambda: desk.has_window(BOX), "the message box", 120)
        seconds = time.monotonic() - began
        time.sleep(SETTLED)
        return seconds

    for turn in range(2 * clicks + 1):
        wrong = turn % 2 == 0
        _ = cell.setString("3件") if wrong else cell.setValue(number)
        time.sleep(SETTLED)
        if turn > clicks:
            flagged.append(flags(wrong))
            desk.answer("No" if desk.button("No") else "")
            continue
        cost, wall = spent(desk, click)
        assert (mark.getValue() == ERROR) == wrong
        desk.answer("No" if desk.button("No") else "")
        if turn:  # the first is cold
            costs.append(cost)
            walls.append(wall)
    copy = desk.home / "copy.xlsx"
    options = properties(FilterName=XLSX, Overwrite=True)
    saved = statistics.median(spent(desk, lambda: document.storeToURL(copy.as_uri(), options))[0] for _ in range(5))
    document.close(True)
    cost = statistics.median(costs)
    return (
        f"{len(check(filing).findings):4d} findings  click {cost:.2f} s  saving {saved:.2f} s  ratio {cost / saved:.2f}  "
        f"wall to the flags {statistics.median(flagged):.2f} s, to the box {statistics.median(walls):.2f} s"
    )


def main() -> None:
    """Print a line for each filing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clicks", type=int, default=6)
    clicks = parser.parse_args().clicks
    for name, filing in filings():
        with desk_of_its_own("1366x768") as desk:
            print(f"{name:24s}", measured(desk, filing, clicks), flush=True)


if __name__ == "__main__":
    main()
