"""封面 lets a verdict stand as long as everything holds what was judged, in a spreadsheet engine that calculates."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest

from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import CheckResult
from gk_xl.form.load import load_edition
from gk_xl.intake import inspect, receive
from gk_xl.workbook.build import build_workbook, content_for, plan_workbook
from gk_xl.workbook.content import verdict_text
from gk_xl.workbook.layout import (
    CODE_COLUMN,
    COVER,
    OUTPUT_ROW,
    PAINT,
    RESULTS,
    RESULTS_FIRST,
    STATE_COLUMN,
    Place,
    layout,
)
from gk_xl.workbook.package.marked import marked_copy
from gk_xl.workbook.sheets.changed import HEADLINE
from gk_xl.workbook.sheets.cover import BEFORE
from gk_xl.workbook.sheets.results import FRESH, SINCE_COLUMN, STALE
from tests.conftest import ROOT

READY, SINCE = "✓ 可以报送", "… 改动过，请再点“校验”"
TIME = "2026-01-12 09:30"


def right() -> Filing:
    """Return the example that passes every check."""
    return Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))


@pytest.fixture
def calculated(tmp_path):
    """Return what gives a workbook's bytes as a sheet that is calculated."""
    ironcalc = pytest.importorskip("ironcalc", reason="ironcalc is not installed (pip install ironcalc)")

    def opened(data: bytes) -> Book:
        path = tmp_path / "算.xlsx"
        path.write_bytes(data)
        return Book(ironcalc.load_from_xlsx(str(path), "en", "UTC", "en"))

    return opened


class Book:
    """A workbook in IronCalc."""

    def __init__(self, model) -> None:
        self.model = model
        self.numbers = {sheet["name"]: n for n, sheet in enumerate(model.get_worksheets_properties())}

    def says(self) -> str:
        """Return the headline of 封面."""
        self.model.evaluate()
        return self.model.get_cell_value(self.numbers[COVER], HEADLINE, 2)

    def told(self, place):
        """Return what a cell comes to."""
        self.model.evaluate()
        return self.held(place)

    def held(self, place):
        """Return what a cell holds."""
        return self.model.get_cell_value(self.numbers[place.sheet], place.row, place.column)

    def put(self, place, value) -> None:
        """Type into a cell."""
        at = self.numbers[place.sheet], place.row, place.column
        if value in (None, ""):
            self.model.clear_cell_contents(*at)
        elif isinstance(value, str):
            self.model.update_cell_with_text(*at, value)
        else:
            self.model.update_cell_with_number(*at, value)


def passed(filing, last=None) -> bytes:
    """Return the workbook of a filing that was found right."""
    return build_workbook(filing, last, CheckResult("", filing.edition, ()), TIME)


@pytest.mark.thorough
def test_each_thing_that_was_judged_takes_the_verdict_away_when_it_changes(calculated):
    """Every number, text, blank and setting, of last year's too; put back, the verdict stands again."""
    filing = right()
    book, form = calculated(passed(filing, replace(filing, year=2024))), layout(filing.edition)
    assert book.says() == READY
    places = [place for sheet in form.judged.values() for place in sheet]
    assert len(places) > 400
    silent = []
    for place in places:
        old = book.held(place)
        book.put(place, old + 1 if isinstance(old, int | float) else f"{old or ''}改")
        if book.says().startswith("✓"):
            silent.append(place)
        book.put(place, old)
    assert silent == []
    assert book.says() == READY


def test_the_list_says_that_its_verdict_is_of_before(calculated):
    """Beside the time of the check, and before the verdict that 封面 repeats; put back, both are as they were."""
    book, names = calculated(passed(right())), layout("2021").names
    since, cover = Place(RESULTS, OUTPUT_ROW["checked_at"], SINCE_COLUMN), verdict_on_cover(right())
    place = names["t3.granted.total"]
    assert (book.told(since), book.told(cover)[:4]) == (FRESH, "✓ 通过")
    book.put(place, 99)
    book.put(names["narrative.problems.1"], "改了。")
    assert book.told(since) == f"{STALE[0]}2{STALE[1]}"
    assert book.told(cover).startswith(f"{BEFORE}✓ 通过")
    book.put(place, 4)
    book.put(names["narrative.problems.1"], right().narrative["problems"][0])
    assert (book.told(since), book.told(cover)[:4]) == (FRESH, "✓ 通过")
    assert calculated(build_workbook(right())).told(since) == ""


def verdict_on_cover(filing):
    """Return where 封面 repeats the verdict of the last check."""
    plan = plan_workbook(content_for(filing)).sheet(COVER)
    row = next(row for (row, column), cell in plan.cells.items() if column == 2 and cell.value == "上次校验结论")
    return Place(COVER, row, 3)


def test_the_slip_of_the_command_is_void_once_something_is_changed(calculated, tmp_path):
    """What 报送单.cmd writes is checked in that copy: a change there turns its verdict, put back it holds again."""
    path, copy = tmp_path / "年报.xlsx", tmp_path / "年报_报送单.xlsx"
    path.write_bytes(build_workbook(right()))
    assert main(["slip", str(path), "-o", str(copy)]) == 0
    book, names = calculated(copy.read_bytes()), layout("2021").names
    verdict = names["slip.verdict"]
    assert book.told(verdict).startswith("✓ 通过")
    assert book.says() == READY
    book.put(names["t3.granted.total"], 99)
    assert book.told(verdict).startswith("✗ 已作废")
    book.put(names["t3.granted.total"], 4)
    assert book.told(verdict).startswith("✓ 通过")


@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_what_is_left_open_in_a_row_that_was_begun_is_seen(calculated, edition_id):
    """Nothing in an empty table; the rest of a row from its first number on; all that is blank once half is filled in."""
    blank = replace(Filing.blank(load_edition(edition_id).first_year), unit=Unit("示例乡人民政府", "township"))
    book, form = calculated(build_workbook(blank)), layout(edition_id)
    cells = load_edition(edition_id).table("t3").cells

    def left() -> set[str]:
        book.model.evaluate()
        return {cell.id for cell in cells if book.held(form.names[cell.id].right(PAINT)) == 1}

    assert left() == set()
    first, *others = [cell.id for cell in cells if cell.row == cells[0].row]
    book.put(form.names[first], 0)
    assert left() == set(others)
    half = [cell.id for cell in cells][: len(cells) // 2 + 1]
    for name in half:
        book.put(form.names[name], 0)
    assert left() == {cell.id for cell in cells} - set(half)


def test_a_blank_is_not_a_zero(calculated):
    """Last year's sheet, blank when it was judged, bears a 0 since."""
    filing = right()
    book, form = calculated(passed(filing)), layout(filing.edition)
    assert book.says() == READY
    book.put(form.names["last.t3.received_new.total"], 0)
    assert book.says() == SINCE


def test_after_errors_the_cover_asks_to_check_again_once_something_was_mended(calculated):
    filing = right().with_cells({"t3.granted.total": 99})
    result = check(filing)
    book, form = calculated(build_workbook(filing, None, result, TIME)), layout(filing.edition)
    before = book.says()
    assert before.startswith("✗")
    book.put(form.names["t3.granted.total"], right().value("t3.granted.total"))
    assert book.says() != before
    assert "请照" not in book.says()


def test_a_marked_copy_says_what_its_own_check_found(calculated, tmp_path):
    """Changed since the check before, judged anew in the file: the verdict stands, for what stands there now."""
    filing = right()
    path = tmp_path / "年报.xlsx"
    path.write_bytes(passed(replace(filing, narrative={**filing.narrative, "problems": ("改进中的问题。",)})))
    book = calculated(path.read_bytes())
    assert book.says() == READY
    reading = receive(path).reading
    result = CheckResult("", filing.edition, ())
    assert verdict_text(replace(content_for(filing), result=result)).startswith("✓")
    book = calculated(marked_copy(path, reading, result, None, TIME).data)
    assert book.says() == READY
    book.put(layout(filing.edition).names["narrative.problems.1"], "改进中的问题，已改。")
    assert book.says() == SINCE


def states(book) -> list[tuple[str, str]]:
    """Return code and state of each line of the list."""
    rows = range(RESULTS_FIRST, RESULTS_FIRST + 40)
    found = [
        (book.told(Place(RESULTS, row, CODE_COLUMN)), book.told(Place(RESULTS, row, STATE_COLUMN))) for row in rows
    ]
    return [(str(code), str(state or "")) for code, state in found if code]


def marked_states(path, last=None):
    """Return the bytes of a marked copy."""
    received = receive(path)
    return marked_copy(path, received.reading, inspect(received, last), last, TIME).data


def before(year: int = 2024) -> Filing:
    """Return a report of the year before that the example does not go on from."""
    cells = {name: value + 3 if isinstance(value, int) else value for name, value in right().cells.items()}
    return replace(right(), year=year, cells=cells)


@pytest.mark.parametrize("kept", [None, "the same", "another"])
def test_no_line_is_done_when_a_marked_copy_is_opened(calculated, tmp_path, kept):
    """Last year's report in a file of its own, in the workbook, or another one there: what was just found is not mended."""
    path, last = tmp_path / "年报.xlsx", before()
    inside = {None: None, "the same": last, "another": replace(right(), year=2024)}[kept]
    path.write_bytes(build_workbook(right(), inside))
    book = calculated(marked_states(path, last))
    lines = states(book)
    assert {"Y-01", "Y-04"} <= {code for code, _ in lines}
    assert [line for line in lines if line[1]] == []
    for name in ("last.t3.carried_out.total", "last.t2.normative_doc.in_force"):
        place = layout("2021").names[name]
        book.put(place, 77)
    assert any(state for _, state in states(book)) == (kept == "the same")
    book.put(layout("2021").names["t3.carried_in.total"], 55)
    assert any(state for code, state in states(book) if code == "Y-01")


def test_what_was_typed_otherwise_than_it_is_read_is_no_change(calculated, tmp_path):
    """A date that is a date, a year with a blank behind it, numbers as text: none of them was changed since."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(right()))
    opened, names = openpyxl.load_workbook(path), layout("2021").names
    typed = {"signed.date": dt.date(2024, 1, 3), "year": "2025 ", "t3.granted.total": " 99"}
    for name, value in typed.items():
        opened[names[name].sheet][names[name].address] = value
    opened.save(path)
    book = calculated(marked_states(path))
    lines = states(book)
    assert "X-23" in {code for code, _ in lines}
    assert [line for line in lines if line[1]] == []
    book.put(names["year"], 2023)
    assert [code for code, state in states(book) if state][:1] == ["X-23"]
