"""Tables behind the signature of a text are read, however their labels are set off."""

from __future__ import annotations

import random

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.sections import is_scrap
from gk_xl.sources.text import import_text
from tests.sources.drawn import all_in_one, drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.quirks import annexed, notes_in_tables
from tests.sources.writers import TEXTS, bold_markdown


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("writer", [bold_markdown, TEXTS[2]])
def test_bold_labels_are_labels(edition, writer):
    """Markdown with **labels** and without: every number in its cell, the signature the signature."""
    drawing = drawing_of(filing_of(edition, 3))
    annexed(drawing, random.Random(1))
    found = import_text(writer(drawing, random.Random(1))[0], "样本").filing
    assert found.cells == drawing.filing.cells
    assert found.signed == drawing.filing.signed


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("quirk", [all_in_one, notes_in_tables])
def test_bold_sentences_in_tables_are_paragraphs(edition, quirk):
    """Each row of one bold text is a paragraph of its own; a note among the rows is kept, none is taken for a label."""
    drawing = drawing_of(filing_of(edition, 4))
    quirk(drawing, random.Random(1))
    found = judged(drawing, import_text(bold_markdown(drawing, random.Random(1))[0], "样本"))
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


@pytest.mark.parametrize("scrap", [
    "（（（一二三三三三三三三本本本、、、、、、、、、列列列本上本本本本本本本数数数年年年年年年年年年据据据新结度度度度度度度",
    "（ （ （ 申 申 申 申 申 申 申 申 申 申 申 申 申 申本 本 本 请 请 请 请 请 请 请 请 请 请",
])  # fmt: skip
def test_what_is_left_of_a_table_s_heads_is_no_text(scrap):
    """A page's end cut them off, or their columns were as wide as a character: said, not put into 一."""
    drawing = drawing_of(filing_of(edition_ids()[-1], 4))
    at = drawing.blocks.index(drawing.filing.form.section("t3").heading)
    drawing.blocks.insert(at + 1, scrap)
    imported = import_text(TEXTS[0](drawing, random.Random(1))[0], "样本")
    assert imported.filing.narrative == drawing.filing.narrative
    assert any(scrap in note.message for note in imported.notes)


@pytest.mark.parametrize(("text", "scrap"), [
    ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况", True),
    ("自然人 商业企业 科研机构", True),
    ("本年度本乡本级没有制发规章和规范性文件，没有需要报告的行政许可、行政处罚。", False),
    ("注：自然人申请均为征地拆迁类。", False),
    ("总计其他1642 48432 129 348104 2684 120 252185 189372 5950 190 4890", True),
    ("注：2025年新收申请12件，比2024年增加3件，增长33.3%。", False),
])  # fmt: skip
def test_labels_alone_are_scrap(text, scrap):
    """A sentence that speaks of them is none."""
    assert is_scrap(text) is scrap
