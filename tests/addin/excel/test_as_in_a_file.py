"""The same clicks in Excel and on a closed file leave the same workbook, whatever was typed in between."""

from __future__ import annotations

import os
import random

import pytest
import xlwings as xw

from gk_xl.addin import buttons
from gk_xl.addin.com import values_of
from gk_xl.engines import openpyxl as closed
from gk_xl.errors import GkXlError
from gk_xl.workbook.layout import RESULTS, RESULTS_FIRST
from tests.addin.excel.conftest import NAMES, cell
from tests.doubles.excel.typed import ErrorValue

BUTTONS = ("check", "fill_totals", "fill_zeros", "clear_marks", "undo", "check")
TYPED = (
    None,
    0.0,
    1.0,
    7.0,
    12.0,
    104.0,
    0.5,
    -3.0,
    "十二件",
    "2件",
    "无",
    "/",
    "１２",
    "（5）",
    ErrorValue("#N/A"),
    1e10,
)
WALKS = int(os.environ.get("GK_XL_WALKS", "1"))  # by hand: GK_XL_WALKS=25
CLICKS = 3 if WALKS == 1 else 8
TIME = (NAMES["checked_at"].sheet, NAMES["checked_at"].row, NAMES["checked_at"].column)


@pytest.fixture
def file(faulty, tmp_path):
    """The same workbook, closed."""
    path = tmp_path / "关着" / "年报.xlsx"
    path.parent.mkdir()
    path.write_bytes(faulty)
    closed.register()
    xw.engines["openpyxl"].activate()
    app = xw.App(visible=False, add_book=False)
    yield app.books.open(str(path))
    app.quit()


def pressed(name: str, book) -> str:
    try:
        return str(
            getattr(buttons, name)(
                book, **({} if name in ("check", "clear_marks", "undo") else {"ask": lambda _: True})
            )
        )
    except GkXlError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_walk_of_clicks_and_typing(file, excel, faulty, seed):
    """Sentences, numbers, flags, notes and list are the same after every click."""
    chance = random.Random(seed)
    book = excel.report(faulty)
    opened = xw.Book(impl=excel.layer.Book(excel.layer.COMRetryObjectWrapper(excel.dispatch(book))))
    inputs = [name for name in NAMES if name.startswith(("t2.", "t3.", "t4."))]
    steps: list[str] = []
    for _ in range(CLICKS):
        for name in chance.sample(inputs, 2):
            value, place = chance.choice(TYPED), NAMES[name]
            steps.append(f"{place.sheet}!{place.address} := {value}")
            cell(book, name).value = value
            file.sheets[place.sheet].impl.put(place.row, place.column, f"'{value}" if type(value) is str else value)
        button = chance.choice(BUTTONS)
        steps.append(button)
        assert pressed(button, opened) == pressed(button, file), steps
        for sheet in {place.sheet for place in NAMES.values()} - {RESULTS}:
            area = (1, 1), (80, 40)
            here, there = (values_of(one.sheets[sheet].range(*area)) for one in (opened, file))
            assert [(r, c, a, b) for r, (x, y) in enumerate(zip(here, there, strict=True), 1)
                    for c, (a, b) in enumerate(zip(x, y, strict=True), 1) if a != b and (sheet, r, c) != TIME] == [], steps  # fmt: skip
        for name, place in NAMES.items():
            note = file.sheets[place.sheet].range((place.row, place.column)).note
            assert cell(book, name).note == (note and note.text), (name, steps)
    area = (RESULTS_FIRST, 1), (RESULTS_FIRST + 60, 8)
    assert values_of(opened.sheets[RESULTS].range(*area)) == values_of(file.sheets[RESULTS].range(*area)), steps
