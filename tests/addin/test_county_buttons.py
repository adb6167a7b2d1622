"""汇总 and 退回单: a chosen folder becomes a summary beside it; the marked units of the summary get their slips."""

from __future__ import annotations

import random
import sys
from functools import partial

import pytest

from gk_xl.addin import buttons, worker
from gk_xl.addin.buttons import county
from gk_xl.addin.version import VERSION
from gk_xl.desk.book import paper, units
from gk_xl.desk.folder import brief_of
from gk_xl.errors import HostError
from tests.desk.county import faulty, sound
from tests.desk.county import units as county_units
from tests.workbook.damage.filling import filled


@pytest.fixture
def folder(tmp_path):
    """Yield a folder of four units, two of them with a fault."""
    place = tmp_path / "报送"
    place.mkdir()
    for number, unit in enumerate(county_units()[20:24]):
        filing = sound(unit, random.Random(unit.name))
        if number < 2:
            filing = faulty(filing, "格里写了单位")
        (place / f"{unit.name}.json").write_text(filing.dumps(), encoding="utf-8")
    return place


@pytest.mark.parametrize("apart", [False, True], ids=["here", "another interpreter"])
def test_a_folder_is_summed_up_and_the_marked_units_get_their_slips(opened, folder, apart):
    make = partial(worker.ask_county, sys.executable, VERSION) if apart else None
    book = opened(*filled("2021", 1))
    said = buttons.summarise(book, folder, make)
    assert "已交 4；通过 2，未通过 2" in said
    summary = next(one for one in book.app.books if one.name == "报送_汇总.xlsx")
    first, second = (unit.name for unit in county_units()[20:22])
    assert county.marked(summary) == [first, second]
    sheet = summary.sheets[county.LIST]
    row = next(row for row in range(county.FIRST, county.FIRST + 4) if sheet.range((row, county.UNIT)).value == second)
    sheet.range((row, county.MARKED)).value = ""
    told = buttons.return_marked(summary, make)
    assert "已写好 1 份退回单" in told
    slips = folder.parent / "报送_退回单"
    assert [path.name for path in slips.glob("*_退回单.docx")] == [f"{first}_退回单.docx"]
    summary.close()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_who_writes_is_read_as_windows_wrote_it(folder, encoding):
    """落款.txt of Notepad: in what it calls ANSI, Unicode or UTF-8."""
    (folder / "落款.txt").write_text("示例县政务公开办\r\n2026-01-25\r\n张三 0571-1", encoding=encoding, newline="")
    issuer = brief_of(folder, folder.parent / "报送_汇总.xlsx").issuer
    assert (issuer.name, issuer.deadline, issuer.contact) == ("示例县政务公开办", "2026-01-25", "张三 0571-1")
    (folder / "落款.txt").write_bytes(b"")
    assert brief_of(folder, folder.parent / "报送_汇总.xlsx").issuer.name == ""


def test_what_is_no_summary_is_refused(opened):
    """Nothing is written; the sentence says what to click first."""
    book = opened(*filled("2021", 1))
    with pytest.raises(HostError, match="不是汇总"):
        buttons.return_marked(book)


def test_the_buttons_know_the_summary_as_it_is_written():
    assert paper.UNITS == county.LIST
    assert (units.UNIT_COLUMN + 1, units.MARK_COLUMN + 1) == (county.UNIT, county.MARKED)
    assert (units.FIRST_ROW + 1, units.FOLDER_COLUMN + 1, units.MARK) == (county.FIRST, county.KEPT, county.MARK)
