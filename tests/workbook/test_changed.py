"""封面 lets a verdict stand as long as everything holds what was judged, in a spreadsheet engine that calculates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.form.finding import CheckResult
from gk_xl.intake import receive
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.content import verdict_text
from gk_xl.workbook.layout import COVER, layout
from gk_xl.workbook.package.marked import marked_copy
from gk_xl.workbook.sheets.changed import HEADLINE
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
