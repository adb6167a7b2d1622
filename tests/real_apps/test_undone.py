"""What LibreOffice's own undo leaves behind, and what the next button makes of it."""

from __future__ import annotations

import pytest

from gk_xl.addin import libreoffice
from gk_xl.engines import face
from gk_xl.engines.libreoffice import App
from gk_xl.engines.libreoffice.process import open_document, remove_lock
from gk_xl.workbook.build import build_workbook, content_for
from tests.real_apps.desk import right

pytestmark = pytest.mark.application


def test_formulas_are_up_to_date_after_a_drag_was_undone(office, desktop, tmp_path):
    """A blank is copied over a number and taken back: LibreOffice tells no formula of it, the cover counts a cell too few."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(right()))
    document = open_document(desktop, path)
    try:
        place = content_for(right()).layout.names["t4.suit_after.other"]
        sheet, cover = document.Sheets.getByName(place.sheet), document.Sheets.getByIndex(0)
        sheet.unprotect("")
        before = cover.getCellRangeByName("A1:H40").getDataArray()
        target = sheet.getCellByPosition(place.column - 1, place.row - 1)
        value = target.getValue()
        blank = sheet.getCellByPosition(place.column - 1, place.row + 20)
        sheet.copyRange(target.getCellAddress(), blank.getRangeAddress())
        assert cover.getCellRangeByName("A1:H40").getDataArray() != before
        document.getUndoManager().undo()
        assert target.getValue() == value
        assert libreoffice.run(face.App(App(office)), "fill_totals")
        assert cover.getCellRangeByName("A1:H40").getDataArray() == before
    finally:
        document.close(True)
        remove_lock(path)
