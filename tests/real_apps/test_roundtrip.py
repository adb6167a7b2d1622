"""A workbook that LibreOffice has saved is still ours, and says the same."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gk_xl.engines.libreoffice.process import properties
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import EDITIONS, load_edition
from gk_xl.intake import inspect, receive
from gk_xl.workbook.build import blank_filing, build_template, build_workbook
from gk_xl.workbook.layout import COVER
from gk_xl.workbook.package.marked import marked_copy
from gk_xl.workbook.read import read_workbook
from tests.real_apps.desk import right

pytestmark = pytest.mark.application


def saved_by_libreoffice(opened, tmp_path, data: bytes):
    """Return what a workbook says after LibreOffice opened, calculated and saved it as .xlsx."""
    document = opened(data)
    document.calculateAll()
    path = tmp_path / "另存.xlsx"
    document.storeToURL(path.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
    return read_workbook(path)


def test_the_template_saved_by_libreoffice_is_still_the_template(opened, tmp_path):
    """Nothing is told: the lock of the structure, which LibreOffice drops, is no news to a clerk; the filing is as blank."""
    reading = saved_by_libreoffice(opened, tmp_path, build_template())
    assert list(reading.findings) == []
    assert reading.filing == replace(blank_filing(), narrative=reading.filing.narrative)
    assert not any(reading.filing.narrative.values())


@pytest.mark.parametrize("edition_id", sorted(path.stem for path in EDITIONS.glob("*.toml")))
def test_a_filled_workbook_says_the_same_after_libreoffice_saved_it(opened, tmp_path, edition_id):
    """Numbers, texts typed for numbers, paragraphs, settings and last year's numbers come back as they were."""
    edition, dice = load_edition(edition_id), random.Random(3)
    cells = {cell: dice.choice((0, 3, 12, 0.5, None, "12件", "１２", "十二", "/")) for cell in edition.cells}
    narrative = {
        "preamble": ("本报告按规定编制。",),
        "overview": ("（一）主动公开。全年公开信息 12 条。", "  前面有空格，“引号”与 & < > 都在。"),
        "problems": ("一是……二是……",),
        "other_matters": ("无其他需要报告的事项。",),
    }
    unit = Unit("示例乡人民政府", "township", "我乡", "示例县")
    signed = Signature(unit.name, f"{edition.first_year + 1}-01-10")
    filing = Filing(edition_id, edition.first_year, unit, cells, narrative, signed, {"T2-10": "属实"})
    expected = Filing(edition_id, edition.first_year - 1, unit, dict.fromkeys(edition.cells, 4))
    data = build_workbook(filing, expected)
    (tmp_path / "原件.xlsx").write_bytes(data)
    before = read_workbook(tmp_path / "原件.xlsx")
    after = saved_by_libreoffice(opened, tmp_path, data)
    assert after.filing == before.filing
    assert after.filing.cells == cells
    assert after.last is not None
    assert before.last is not None
    assert after.last.cells == before.last.cells
    assert not before.findings
    assert not after.findings


def test_a_marked_copy_of_what_libreoffice_saved_shows_its_verdict(opened, tmp_path):
    """Opened there again, 封面 says what the check came to, not what stood there when the clerk saved."""
    path = tmp_path / "另存.xlsx"
    opened(build_workbook(right())).storeToURL(path.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
    received = receive(path)
    copy = marked_copy(path, received.reading, inspect(received), None, "2026-01-10 09:30")
    cover = opened(copy.data, "标注.xlsx").Sheets.getByName(COVER)
    assert [cover.getCellRangeByName(address).getString() for address in ("B3", "C15")] == [
        "✓ 可以报送",
        "点“报送单”，打印签字，再点“导出报告”",
    ]
