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


def test_pages_of_tables_without_lines_are_told_by_their_labels(tmp_path):
    """Text on the left page of each sheet, a table on the right one, or the other way round: no side has what the other has."""
    edition, setting = (
        edition_ids()[-1],
        Setting(ruled="none", left=60, right=540, new_pages=("t2", "t3", "t4", "problems")),
    )
    _, alone = read(tmp_path, edition, setting)
    imported, found = read(tmp_path, edition, replace(setting, two_up="bare"))
    assert (found.right, found.doubtful, found.broken) == (alone.right, alone.doubtful, [])
    assert any(HALVED in note.message for note in imported.notes)


@pytest.mark.parametrize("moved", [None, 0.08])
@pytest.mark.parametrize("size", [1.5, 2.6, 4.0, 9.0])
def test_small_digits_that_are_alike_are_not_one_printed_twice(size, moved):
    """115 in type of two points, as several pages on a sheet have it; a number printed twice to look bold is one."""
    paper = Paper()
    for more in (0.0, *([moved] if moved else [])):
        paper.text(80 + more * size, 100, size, "第115行")
    assert [block.text for block in pdf.read(paper.data(), "样本").blocks] == ["第115行"]


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
