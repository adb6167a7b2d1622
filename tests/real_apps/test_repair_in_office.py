"""What LibreOffice itself does to a workbook, done there, saved there, and repaired."""

from __future__ import annotations

import pytest

from gk_xl.engines.libreoffice.process import properties
from gk_xl.form.load import edition_ids
from gk_xl.workbook.build import build_workbook, content_for
from tests.workbook.damage.filling import filled
from tests.workbook.damage.measure import compared

pytestmark = pytest.mark.application
HARD_FORMATS = 32  # com.sun.star.sheet.CellFlags


def sheet(scene, section):
    return scene.document.Sheets.getByName(scene.form.edition.section(section).tab)


class Scene:
    """An open document with the form it was made for."""

    def __init__(self, document, form) -> None:
        self.document, self.form = document, form
        document.unprotect("")
        for name in document.Sheets.ElementNames:
            document.Sheets.getByName(name).unprotect("")


def saved(scene):
    """Nothing but a save."""


def rows_in(scene):
    """Two rows inserted in 表三."""
    sheet(scene, "t3").Rows.insertByIndex(9, 2)


def columns_in(scene):
    """A column inserted in 表三."""
    sheet(scene, "t3").Columns.insertByIndex(4, 1)


def rows_out(scene):
    """A row of 表三 deleted."""
    sheet(scene, "t3").Rows.removeByIndex(9, 1)
    return {name for name, p in scene.form.names.items() if p.sheet == sheet(scene, "t3").Name and p.row == 10}


def dragged(scene):
    """One input moved onto another."""
    source, target = (scene.form.names[f"t3.{row}.commercial"] for row in ("granted", "partial"))
    page = sheet(scene, "t3")
    page.moveRange(
        page.getCellByPosition(target.column - 1, target.row - 1).getCellAddress(),
        page.getCellByPosition(source.column - 1, source.row - 1).getRangeAddress(),
    )
    return {"t3.partial.commercial"}


def bare(scene):
    """All formats cleared."""
    for name in scene.document.Sheets.ElementNames:
        page = scene.document.Sheets.getByName(name)
        page.clearContents(HARD_FORMATS)


def renamed(scene):
    """Three sheets renamed, their order turned."""
    for number, section in enumerate(("t3", "t4", "problems")):
        page = sheet(scene, section)
        page.setName(f"表{number}")
        scene.document.Sheets.moveByName(f"表{number}", 0)


def nameless(scene):
    """All defined names deleted."""
    names = scene.document.NamedRanges
    for name in names.getElementNames():
        names.removeByName(name)


def merged(scene):
    """Every merge taken apart."""
    for name in scene.document.Sheets.ElementNames:
        page = scene.document.Sheets.getByName(name)
        page.getCellRangeByName("A1:P120").merge(False)


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
@pytest.mark.parametrize("damage", [saved, rows_in, columns_in, rows_out, dragged, bare, renamed, nameless, merged])
def test_what_libreoffice_did_is_repaired(opened, desktop, tmp_path, edition, damage, suffix):
    """All numbers and texts that are still there come back, also by way of an .ods file; nothing differs in silence."""
    filing, last = filled(edition, 3)
    document = opened(build_workbook(filing, last))
    gone = damage(Scene(document, content_for(filing, last).layout)) or set()
    path = tmp_path / "坏.xlsx"
    if suffix == "ods":
        document.storeToURL(path.with_suffix(".ods").as_uri(), properties(FilterName="calc8"))
        document = desktop.loadComponentFromURL(path.with_suffix(".ods").as_uri(), "_blank", 0, properties(Hidden=True))
    document.storeToURL(path.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
    if suffix == "ods":
        document.close(True)
    outcome = compared(filing, last, path, gone)
    assert outcome.silent == []
    assert outcome.texts_recovered == outcome.texts
    assert outcome.recovered >= 0.98 * outcome.numbers
