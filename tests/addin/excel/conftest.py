"""A machine with Excel, played below xlwings' own Windows layer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gk_xl.addin import com
from gk_xl.addin import excel as entry
from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import FLAGS, layout
from tests.conftest import ROOT
from tests.doubles.excel.excel import Excel
from tests.doubles.excel.pywin32 import installed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.doubles.excel.area import Area
    from tests.doubles.excel.grid import Cell
    from tests.doubles.excel.model import Workbook

EXAMPLES = ROOT / "examples"
NAMES = layout("2021", "2021").names


class Office(Excel):
    """The double with what a clerk does: open the report, click a button, look at a cell."""

    def __init__(self, folder: Path, capsys, product: str) -> None:
        super().__init__(product)
        self.folder, self.capsys, self.log_expected = folder, capsys, False

    def report(self, data: bytes, name: str = "年报.xlsx", **options) -> Workbook:
        """Open a report that lies in the clerk's folder."""
        path = self.folder / name
        path.write_bytes(data)
        return self.open(data, path, **options)

    def click(self, book: Workbook, button: str) -> str:
        """Click a button of the ribbon while a workbook is in front; return what was said last, in Excel or without it."""
        self.layer.BOOK_CALLER = self.dispatch(book)
        before = len(self.shown)
        entry.press(button)
        outside = self.capsys.readouterr().err.strip()
        assert bool(outside) + bool(self.shown[before:]) == 1
        return outside or self.shown[-1]


def cell(book: Workbook, name: str, right: int = 0) -> Cell:
    """Return the cell of a name of the form."""
    place = NAMES[name]
    return sheet(book, place.sheet).grid.cell(place.row, place.column + right)


def flagged(book: Workbook, name: str) -> bool:
    """Return whether a cell bears a flag: a level, or the formula that keeps it as long as a line about it lasts."""
    flag = cell(book, name, FLAGS)
    return bool(flag.value or flag.formula)


def sheet(book: Workbook, title: str):
    """Return a sheet by its title."""
    return next(item for item in book.sheets if item.grid.title == title)


def area(book: Workbook, name: str) -> Area:
    """Return the range of a name of the form."""
    place = NAMES[name]
    return sheet(book, place.sheet).get_Cells().call_Item(place.row, place.column)


def state(book: Workbook) -> dict:
    """Return all that a workbook holds, to be compared."""
    return {
        item.grid.title: {
            place: (held.value, held.formula, held.format, held.note)
            for place, held in item.grid.cells.items()
            if held.value is not None or held.note
        }
        for item in book.sheets
    }


def built(name: str, **changes) -> bytes:
    """Return the workbook of an example, numbers changed."""
    filing = Filing.loads((EXAMPLES / name).read_text("utf-8"))
    return build_workbook(filing.with_cells(changes))


@pytest.fixture(scope="session")
def faulty() -> bytes:
    """The example with faults."""
    return built("2025_示例乡_有误.json")


@pytest.fixture(scope="session")
def good() -> bytes:
    """The example without faults."""
    return built("2025_示例乡.json")


@pytest.fixture
def excel(monkeypatch, tmp_path, capsys):
    """A machine with Excel; whatever Excel does not have fails the test."""
    yield from office(monkeypatch, tmp_path, capsys)


def office(monkeypatch, tmp_path, capsys, product: str = "excel"):
    """Yield a machine with Excel or WPS."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("gk_xl.addin.buttons.reporting.open_file", lambda _: None)
    monkeypatch.setattr(com, "PAUSE", 0.001)
    monkeypatch.setattr(com, "LONGEST", 0.05)
    folder = tmp_path / "公开办"
    folder.mkdir()
    machine = Office(folder, capsys, product)
    with installed(machine) as layer:
        machine.layer = layer
        yield machine
    assert machine.breaches == []
    log = tmp_path / "state" / "gk_xl" / "gk_xl.log"
    written = log.read_text("utf-8") if log.exists() else ""
    if machine.log_expected:
        return
    assert set(re.findall(r"(?m)^[\d-]+ [\d:,]+ (.*)$", written)) <= {"alert"}, written
