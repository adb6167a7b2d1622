"""Tables told with the labels of their groups: in outlines and lists of terms, in long lists of one number a row, in paths."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.model import NoteKind
from gk_xl.sources.open import import_sources
from gk_xl.sources.sections import path_of
from gk_xl.sources.text import import_text
from tests.sources.drawn import Cell, Drawn, drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.writers import sheet, tidy_page

HEADING_4 = load_edition(edition_ids()[-1]).section("t4").heading
SUITS = {"suit_direct": ("行政诉讼", "未经复议直接起诉"), "suit_after": ("行政诉讼", "复议后起诉")}


def rows_of(filing, table):
    """Yield the rows of a table: their labels from the widest group on, their columns with their numbers."""
    form = filing.form.table(table)
    for row in form.rows:
        cells = [cell for cell in form.cells if cell.row == row]
        at = next(item for item in form.grid if item.cell == cells[0].id)
        beside = [
            item.text
            for item in sorted(form.grid, key=lambda item: item.column)
            if not item.cell and not item.head and item.line <= at.line < item.line + item.lines
        ]
        over = [
            item.text
            for item in form.grid
            if table == "t2" and item.text.startswith("第二十条") and item.line < at.line
        ][-1:]
        labels = (*over, *beside) if beside else SUITS.get(row, ("行政复议",))
        yield labels, [(cell.column_label, filing.cells[cell.id]) for cell in cells]


def grouped(pairs, between="；"):
    """Return pairs on one line, those under 法人或其他组织 behind it."""
    shown = [f"{head}{'' if value is None else value}" for head, value in pairs]
    if len(shown) == 7:
        shown[1:6] = [f"法人或其他组织：{'、'.join(shown[1:6])}"]
    return between.join(shown)


def outline(filing, table):
    """Return a line for each group and each row, as deep as it stands in them."""
    before, lines = (), []
    for labels, pairs in rows_of(filing, table):
        own = labels if table != "t4" else (f"{labels[0]}（{labels[1]}）" if labels[1:] else labels[0],)
        for depth, label in enumerate(own[:-1]):
            if own[: depth + 1] != before[: depth + 1]:
                lines.append(f"【{label}】" if table == "t2" else "  " * depth + label)
        lines.append("  " * (len(own) - 1) + f"{own[-1]}：{grouped(pairs)}")
        before = own
    return lines


def spaced(filing, table):
    """Return the same with blanks in place of marks: 一、本年新收政府信息公开申请数量 自然人 397 件 商业企业 201 件."""
    lines = []
    for labels, pairs in rows_of(filing, table):
        label = f"{labels[0]}（{labels[1]}）" if table == "t4" and labels[1:] else labels[-1]
        unit = "" if table == "t2" else " 件"
        lines.append(" ".join([label, *(f"{head} {value}{unit}" for head, value in pairs)]))
    return lines


def terms(filing, table):
    """Return headings and lists of terms, as pages that are read aloud have them."""
    before, made = (), ""
    for labels, pairs in rows_of(filing, table):
        for depth, label in enumerate(labels):
            if labels[: depth + 1] != before[: depth + 1]:
                made += f"<h{depth + 3}>{escape(label)}</h{depth + 3}>"
        group = {head: f"法人或其他组织：{head}" for head, _ in pairs[1:6]} if len(pairs) == 7 else {}
        items = (f"<dt>{escape(group.get(h, h))}</dt><dd>{'' if v is None else v}</dd>" for h, v in pairs)
        made += f"<dl>{''.join(items)}</dl>"
        before = labels
    return made


def long_list(filing, table):
    """Return one row a number: groups, row, column, number, unit."""
    rows = [
        [
            Cell("—".join(labels[:-1])),
            Cell(labels[-1]),
            Cell(head),
            Cell("" if value is None else f"{value}"),
            Cell("件"),
        ]
        for labels, pairs in rows_of(filing, table)
        for head, value in pairs
    ]
    return Drawn(table, [[Cell(text) for text in ("类别", "项目", "指标", "数值", "单位")], *rows])


def paths(filing, table):
    """Return a table whose rows bear all their labels, one behind the other."""
    blocks = []
    for labels, pairs in rows_of(filing, table):
        heads = [Cell(text) for text in ("序号", "项目", *(head for head, _ in pairs))]
        if not blocks or blocks[-1].rows[0] != heads:
            blocks.append(Drawn(table, [heads]))
        row = ("—".join(labels), *("" if value is None else f"{value}" for _, value in pairs))
        blocks[-1].rows.append([Cell(text) for text in (f"{len(blocks[-1].rows)}", *row)])
    return blocks


def told(edition, way, *, blanks=False, seed=8):
    """Return a drawing whose tables are told in a way."""
    filing = filing_of(edition, seed)
    if blanks:
        gone = [name for number, name in enumerate(filing.cells) if number % 9 == 2]
        filing = replace(filing, cells={**filing.cells, **dict.fromkeys(gone)})
    drawing = drawing_of(filing)
    made = (way(filing, block.table) if isinstance(block, Drawn) else [block] for block in drawing.blocks)
    drawing.blocks[:] = [one for own in made for one in (own if isinstance(own, list) else [own])]
    return drawing


def read(folder, content, suffix):
    path = folder / f"年报{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_sources([path])


def assert_whole(drawing, imported):
    found = judged(drawing, imported)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])
    assert imported.notes_of(NoteKind.UNPLACED) == ()


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("way", [outline, spaced])
def test_an_outline_is_read(way, edition):
    """Groups alone on their lines, a row behind its label, several columns under one head."""
    drawing = told(edition, way)
    assert_whole(drawing, import_text("\n".join(drawing.blocks), "年报.txt"))


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("blanks", [False, True])
def test_lists_of_terms_are_read(edition, blanks, tmp_path):
    """Blank ones keep their places."""
    drawing = told(edition, terms, blanks=blanks)
    page, _ = tidy_page(drawing, None)
    for block in drawing.blocks:
        page = page.replace(f"<p>&nbsp;&nbsp;{escape(block)}</p>", block) if block.startswith("<h") else page
    assert "<dl>" in page
    assert_whole(drawing, read(tmp_path, page, ".html"))


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("way", [long_list, paths])
@pytest.mark.parametrize("writer", [tidy_page, sheet], ids=lambda item: item.__name__)
def test_lists_in_tables_are_read(writer, way, edition, tmp_path):
    """One number a row, or rows that bear the labels of their groups as well."""
    drawing = told(edition, way, blanks=way is long_list)
    found = judged(drawing, read(tmp_path, *writer(drawing, None)))
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def test_two_numbers_in_a_row_of_a_long_list_are_not_taken_for_one(tmp_path):
    """Last year's beside: which is which, the heads say; nothing is wrong in silence."""
    drawing = told(edition_ids()[-1], long_list)
    for block in drawing.blocks:
        if isinstance(block, Drawn):
            block.rows = [[*row[:4], Cell("上年" if not n else f"{n}"), row[4]] for n, row in enumerate(block.rows)]
    imported = read(tmp_path, *tidy_page(drawing, None))
    held = {cell: value for cell, value in imported.filing.cells.items() if value is not None}
    assert [cell for cell, value in held.items() if value != drawing.expected.get(cell)] == []
    assert imported.notes_of(NoteKind.UNPLACED) != ()


def test_a_number_on_the_line_below_is_not_left_blank():
    """本年废止件数： ends its line, the number stands on the next one."""
    form = load_edition(edition_ids()[-1])
    heads = dict.fromkeys(cell.column_label for cell in form.cells.values() if cell.id.startswith("t2.rules"))
    lines = ["二、主动公开政府信息情况", "规章", *(line for head in heads for line in (f"{head}：", "7"))]
    lines += ["行政规范性文件", *(line for head in heads for line in (f"{head}：", "9"))]
    imported = import_text("\n".join(["样板乡2024年政府信息公开工作年度报告", *lines]), "年报.txt")
    told = " ".join(note.message for note in imported.notes)
    rules = [imported.filing.cells[cell] for cell in form.cells if cell.startswith("t2.rules")]
    assert set(rules) == {7} or ("原文是空白" not in told and told.count("7") >= len(rules))


def test_a_path_is_of_labels_only():
    """A label with a mark in it is one label; words that are none make no path."""
    assert path_of("三、本年度办理结果—（一）予以公开") == ("三、本年度办理结果", "（一）予以公开")
    assert path_of("行政诉讼（复议后起诉）") == ("行政诉讼", "复议后起诉")
    for text in ("本年增/减", "（三）不予公开", "三、本年度办理结果—合计数", "本年收费金额（单位：万元）"):
        assert path_of(text) == (text,)


def test_suits_on_the_line_of_reconsideration_are_none_of_its_columns():
    """行政诉讼 names other cells, though it stands over several columns as 法人或其他组织 does."""
    more = "结果维持3，结果纠正1，其他结果0，尚未审结2，总计6"
    lines = ["行政复议：结果维持9，结果纠正0；行政诉讼：其他结果4，尚未审结5，总计18"]
    lines += [f"行政诉讼（{name}）：{more}" for _, name in SUITS.values()]
    filing = import_text("\n".join(["样板乡2024年政府信息公开工作年度报告", HEADING_4, *lines]), "年报.txt").filing
    assert filing.cells["t4.reconsideration.other"] is None
