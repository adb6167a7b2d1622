"""Texts as people make them of published reports: wrapped, drawn with bars, copied cell by cell, run together."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.formats.drawn_text import redrawn
from gk_xl.sources.glued import Glued, decided, splits
from gk_xl.sources.model import NoteKind
from gk_xl.sources.text import import_text
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.measure import judged

NEWEST = edition_ids()[-1]


def text_of(drawing, table):
    """Return a drawing as text, its tables by ``table``, which returns the lines of one."""
    return "\n".join(line for block in drawing.blocks for line in ([block] if isinstance(block, str) else table(block)))


def boxes(block):
    """Bars and corners, a border between rows."""
    return [
        line
        for row in block.rows
        for line in ("├" + "──┼" * len(row) + "┤", "│" + "│".join(cell.text for cell in row) + "│")
    ]


def tall_boxes(block):
    """The same with labels over two printed lines of their row."""
    lines = []
    for row in block.rows:
        halves = [(c.text, "") if len(c.text) < 6 else (c.text[:4], c.text[4:]) for c in row]
        lines += ["┌" + "──" * len(row) + "┐", *("│" + "│".join(half[n] for half in halves) + "│" for n in (0, 1))]
    return lines


def copied(block):
    """Cells as a browser copies paragraphs in cells: a tab alone between blank lines."""
    return ["\n\n\t\n\n".join(cell.text or " " for cell in row) for row in block.rows]


def run_together(block):
    """No border and no blank between cells."""
    return ["".join(cell.text for cell in row) for row in block.rows]


@pytest.mark.parametrize("table", [boxes, tall_boxes, copied])
@pytest.mark.parametrize("edition", edition_ids())
def test_every_number_comes_back(table, edition):
    """Whatever the cells are parted by."""
    drawing = drawing_of(filing_of(edition, 3))
    found = judged(drawing, import_text(text_of(drawing, table), "样本"))
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_blank_cells_of_a_browser_s_copy_stay_in_their_places():
    """Only the first and the last column filled in: the others stay blank."""
    filing = filing_of(NEWEST, 4)
    kept = ("natural_person", "total")
    cells = {n: v if not n.startswith("t3.") or n.endswith(kept) else None for n, v in filing.cells.items()}
    drawing = drawing_of(filing)
    for index, block in enumerate(drawing.blocks):
        if isinstance(block, Drawn):
            from tests.sources.drawn import drawn

            drawing.blocks[index] = drawn(filing.with_cells(cells), block.table)
    imported = import_text(text_of(drawing, copied), "样本")
    assert imported.filing.cells == cells


@pytest.mark.parametrize("edition", edition_ids())
def test_digits_run_together_are_split_where_the_sums_say_how(edition):
    """What is placed is right, or doubtful; what is not placed is said; nothing is wrong in silence."""
    for seed in range(1):
        drawing = drawing_of(filing_of(edition, seed))
        found = judged(drawing, import_text(text_of(drawing, run_together), "样本"))
        assert found.silent == []
        assert found.broken == []


def test_splits():
    """No number begins with a 0; blanks that are left part numbers."""
    assert list(splits("100", 2)) == [(10, 0)]
    assert set(splits("121", 2)) == {(1, 21), (12, 1)}
    assert list(splits("12 1", 2)) == [(12, 1)]
    assert list(splits("1", 2)) == []
    table = load_edition(NEWEST).table("t3")
    cells = tuple(cell.id for cell in table.cells if cell.row == "received_new")
    zeros = "0" * (len(cells) - 3)
    assert decided(NEWEST, [Glued(cells, f"20{zeros}12")], {}) == [None]  # 2 + 1 is not 2, 20 is not 12
    assert decided(NEWEST, [Glued(cells, f"20{zeros[1:]}121")], {})[0] is None
    assert decided(NEWEST, [Glued(cells, f"20{zeros}121")], {})[0].numbers == (20, *map(int, zeros), 1, 21)


def test_a_page_s_number_is_no_value_and_no_text():
    """-2- between a label and its number, — 3 — inside a paragraph that goes on behind it."""
    drawing = drawing_of(filing_of(NEWEST, 5))
    text = text_of(drawing, lambda block: [cell.text for row in block.rows for cell in row])
    decisions = drawing.filing.value("t2.licence.decisions")
    text = text.replace(f"行政许可\n{decisions}\n", f"行政许可\n\n-2-\n\n{decisions}\n", 1)
    words = drawing.filing.paragraphs("problems")[0]
    text = text.replace(words, f"{words[:22]}\n\n— 3 —\n\n{words[22:]}", 1)
    imported = import_text(text, "样本")
    assert imported.filing.cells == drawing.filing.cells
    assert imported.filing.paragraphs("problems") == drawing.filing.paragraphs("problems")


def test_printed_lines_make_paragraphs():
    """A line that stops in a sentence goes on; a heading, a short line and a numbered one begin for themselves."""
    drawing = drawing_of(filing_of(NEWEST, 6))
    long = "网站全年发布信息 2139 条，其中动态类信息发布 1744 条，政务信息发布 393 条，解读类信息发布 2 条。"
    lines = [long[:29], long[29:], "（二）深入推进依申请公开工作切实保障群众的知情权", "办理及时。"]
    blocks = drawing.blocks
    first = blocks.index("一、总体情况") + 1
    blocks[first : first + 2] = lines
    text = text_of(drawing, lambda block: ["\t".join(cell.text for cell in row) for row in block.rows])
    assert import_text(text, "样本").filing.paragraphs("overview") == (long, *lines[2:])


@pytest.mark.parametrize("heads", [
    ["正文", "2025 年样板县样板局政府信息公开工作", "年度报告"],
    ["索 引 号 014/2026-01", "成文日期 2026-01-16 发布机构 柳溪镇", "点击查看解读", "样板县样板局2025年政府信息公开工作年度报告"],
    ["首页/政务公开/政府信息公开年报", "样板县样板局2025年度政府信息公开工作年度报告"],
    ["当前位置：首页 > 政府信息公开年报", "| 成文日期 | 2024-01-16 |", "样板县样板局", "2025年政府信息公开工作年度报告"],
])  # fmt: skip
def test_a_page_s_head_is_no_title(heads):
    """正文, index heads, breadcrumbs: unit and year are the title's."""
    drawing = drawing_of(filing_of(NEWEST, 7, year=2025))
    drawing.blocks[0:1] = heads
    drawing.blocks[-2:] = []
    filing = import_text(text_of(drawing, copied), "样本").filing
    assert (filing.unit.name, filing.year) == ("样板县样板局", 2025)


def test_nothing_to_report_is_no_heading():
    """无其他需要报告的事项 without 。 is the text of 六; what hangs below it belongs to the page."""
    drawing = drawing_of(filing_of(NEWEST, 8))
    at = drawing.blocks.index("六、其他需要报告的事项") + 1
    drawing.blocks[at : at + 1] = ["无其他需要报告的事项", "附件下载"]
    imported = import_text(text_of(drawing, copied), "样本")
    assert imported.filing.paragraphs("other_matters") == ("无其他需要报告的事项",)
    assert [note.found for note in imported.notes_of(NoteKind.UNPLACED)] == ["附件下载"]


def test_a_plain_text_is_not_redrawn():
    """Lines without drawn tables come back one by one."""
    lines = ["一", "", "\t", "a\tb", "\tc", "| d | e |"]
    assert redrawn(lines) == list(enumerate(lines, 1))


TRADITIONAL = str.maketrans(
    "内发规处决许罚强费额业团构会务总计请结办开区类属国护权过执询无关没现诉复获维纠审经体动问题进况购项对减报当长样",
    "內發規處決許罰強費額業團構會務總計請結辦開區類屬國護權過執詢無關沒現訴複獲維糾審經體動問題進況購項對減報當長樣",
)


def test_traditional_characters_are_read_and_kept():
    """Labels, headings and title in traditional characters are known; the text stays as it is."""
    drawing = drawing_of(filing_of(NEWEST, 9, year=2025))
    text = text_of(drawing, copied).translate(TRADITIONAL)
    imported = import_text(text, "样本")
    assert imported.filing.cells == drawing.filing.cells
    assert imported.filing.year == 2025
    assert imported.filing.paragraphs("problems") == tuple(
        part.translate(TRADITIONAL) for part in drawing.filing.paragraphs("problems")
    )
