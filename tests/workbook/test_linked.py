"""Sentences that follow the tables in a workbook: the rows show numbers, the names are carried beside them."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from gk_xl.form.filing import Filing, Unit
from gk_xl.form.links import links_of
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import layout
from gk_xl.workbook.linked import BEHIND, carried_links, link_constants
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.repair.run import repair

TEXT = ("（二）依申请公开", "本年度新收申请{新收申请}件，予以公开{予以公开}件。", "{写错的}照样。")
FORM = layout("2021")
TOTAL, GRANTED = FORM.names["t3.received_new.total"], FORM.names["t3.granted.total"]
ROW = FORM.names["narrative.overview.2"]


@pytest.fixture
def filing() -> Filing:
    blank = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    cells = dict.fromkeys(blank.cells, 0) | {"t3.received_new.total": 12, "t3.granted.total": 9}
    return replace(blank, cells=cells, narrative={**blank.narrative, "overview": TEXT})


def saved(tmp_path, filing, change=lambda _book: None):
    """Return a workbook of a filing, changed with openpyxl and saved."""
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(filing)))
    change(book)
    path = tmp_path / "年报.xlsx"
    book.save(path)
    return path


def test_rows_show_numbers_and_are_read_with_their_names(tmp_path, filing):
    path = saved(tmp_path, filing)
    shown = openpyxl.load_workbook(path)[ROW.sheet][ROW.address].value
    assert shown == "本年度新收申请12件，予以公开9件。"
    reading = read_workbook(path)
    assert reading.filing.paragraphs("overview") == TEXT
    assert reading.typed["overview"][1] == shown
    assert not [finding for finding in reading.findings if finding.code == BEHIND]


def test_a_file_whose_table_was_changed_says_that_the_text_is_behind(tmp_path, filing):
    """The filing follows the table already; the row does not show it yet, and a check says so beside the row."""
    path = saved(tmp_path, filing, lambda book: book[TOTAL.sheet].__setitem__(TOTAL.address, 15))
    reading = read_workbook(path)
    (finding,) = [finding for finding in reading.findings if finding.code == BEHIND]
    assert "新收申请12件”，按表应为“" in finding.message
    assert "新收申请15件" in finding.message
    assert finding.place == "narrative.overview.2"
    assert reading.filing.paragraphs("overview")[1] == TEXT[1]


def test_a_row_that_was_rewritten_is_read_as_it_stands(tmp_path, filing):
    mine = "本年度新收申请13件，予以公开9件。"
    path = saved(tmp_path, filing, lambda book: book[ROW.sheet].__setitem__(ROW.address, mine))
    assert read_workbook(path).filing.paragraphs("overview")[1] == mine


def test_a_repaired_workbook_keeps_the_names_and_changes_no_number(tmp_path, filing):
    repaired = repair(saved(tmp_path, filing))
    assert repaired.filing.paragraphs("overview") == TEXT
    behind = repair(saved(tmp_path, filing, lambda book: book[GRANTED.sheet].__setitem__(GRANTED.address, 5)))
    assert behind.filing.paragraphs("overview")[1] == "本年度新收申请12件，予以公开9件。"


def test_spoilt_constants_leave_the_text_as_it_reads(filing):
    constants = link_constants(links_of(filing))
    assert carried_links(constants.get) == links_of(filing)
    assert carried_links({name: text[:-3] for name, text in constants.items()}.get) == ()
    assert carried_links({}.get) == ()
