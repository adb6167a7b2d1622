"""Pages that lie sideways on their sheets, or two by two, and tables that begin pages of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.formats import pdf
from gk_xl.sources.formats.pdf_halves import HALVED
from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.papers import HEIGHT, WIDTH, Paper, Setting, report

pytest.importorskip("pdfplumber", reason="an extra; CI has it")


def read(folder, edition, setting):
    drawing = drawing_of(filing_of(edition, 5))
    path = folder / "年报.pdf"
    path.write_bytes(report(drawing.filing, setting))
    imported = import_sources([path])
    return imported, judged(drawing, imported)


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_tables_on_pages_of_their_own_are_two_tables(turned, edition, tmp_path):
    """表三 and 表四 each below its heading, as high on its page: no left and right page of one sheet."""
    setting = Setting(turned=turned, new_pages=("t3", "t4", "problems"), left=40, right=560, table_size=5, number="")
    _, found = read(tmp_path, edition, setting)
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])


@pytest.mark.parametrize("pages", [480, 760], ids=["an odd page at the end", "even"])
@pytest.mark.parametrize("ruled", ["all", "open", "none"])
@pytest.mark.parametrize("two_up", ["framed", "bare"])
def test_two_pages_on_a_sheet_are_two_pages(two_up, ruled, pages, tmp_path):
    """Their text one after the other, their tables whole, as on pages of their own."""
    setting = Setting(ruled=ruled, per_page=pages, left=60, right=540)
    edition = edition_ids()[ruled == "open"]
    _, alone = read(tmp_path, edition, setting)
    imported, found = read(tmp_path, edition, replace(setting, two_up=two_up))
    assert (found.right, found.doubtful, found.broken) == (alone.right, alone.doubtful, [])
    assert any(HALVED in note.message for note in imported.notes)


def across(columns, rows):
    """Return a sheet that lies across, with a table of so many columns as wide as it."""
    paper = Paper()
    paper.sheet = (HEIGHT, WIDTH)
    wide, high, up = (HEIGHT - 80) / columns, 30, HEIGHT - WIDTH  # texts are placed from the top of a sheet that stands
    for row in range(rows + 1):
        for column in range(columns):
            x, y = 40 + wide * column, up + 60 + high * row
            paper.rule(x, y, x + wide, y)
            if row < rows:
                paper.rule(x, y, x, y + high)
                paper.rule(x + wide, y, x + wide, y + high)
                paper.text(x + 4, y + 8, 10, f"第{row}行的第{column}个标签是这样的" if row else "信息内容与数量的情况")
    return paper.data()


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_a_table_over_a_sheet_is_one_table(columns):
    """Also where one of its uprights stands in the middle of the sheet."""
    (grid,) = pdf.read(across(columns, 6), "样本").grids
    assert (grid.width, grid.height) == (columns, 6)
