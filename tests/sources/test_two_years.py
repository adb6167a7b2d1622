"""Tables that show other years beside the report's own: heads over columns or cells beside rows say which; its own counts."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.open import import_sources
from tests.sources.drawn import Cell, Drawn, drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.writers import TEXTS, sheet, tidy_page, word_file

EDITIONS = edition_ids()


def of_columns(block, shown, own):
    """Return a table with a column for each name in ``shown`` where it had one; all but the ``own`` one hold other numbers."""
    count, rows, chance = len(shown), [], random.Random(3)
    labels = 3 if block.table == "t3" else 1 if block.table == "t2" else 0
    for number, row in enumerate(block.rows):
        numbers = [cell for cell in row if cell.text.replace(".", "").replace("-", "").isdigit()]
        below = block.rows[number + 1] if number + 1 < len(block.rows) else []
        first = below and below[-1].text.replace(".", "").replace("-", "").isdigit() and not numbers
        drawn = []
        for cell in row:
            if cell in numbers:
                drawn += [
                    Cell(cell.text if name == own else str(chance.randint(500, 900)), 1, cell.columns) for name in shown
                ]
            else:
                drawn.append(cell if _is_label(cell, row, labels) else replace(cell, columns=cell.columns * count))
        rows.append(drawn)
        if first:
            rows[-1] = [replace(cell, rows=cell.rows + 1) if _is_label(cell, row, labels) else cell for cell in drawn]
            wide = [cell.columns for cell in below if cell.text.replace(".", "").replace("-", "").isdigit()]
            rows.append([Cell(name, 1, columns) for columns in wide for name in shown])
            if block.table == "t3":
                rows[0][0] = replace(rows[0][0], rows=rows[0][0].rows + 1)
    return Drawn(block.table, [_widened(row, block, count, labels) for row in rows])


def _is_label(cell, row, labels):
    return (bool(labels) and cell is row[0] and cell.text.startswith(("信息内容", "（本列", "规", "行政", "其他对外", "政府集中"))) or (
        labels == 3 and cell.columns < 7 and not cell.text.startswith(("申请人", "法人", "自然人", "总计", "商业", "科研", "社会", "法律", "其他"))
    )  # fmt: skip


def _widened(row, block, count, labels):
    if block.table == "t2" and len(row) == 1:
        return [replace(row[0], columns=1 + 3 * count)]
    return row


def of_rows(block, shown, own):
    """Return a table with a row for each name in ``shown`` where it had one; the name stands before the numbers."""
    rows, chance = [], random.Random(4)
    for number, row in enumerate(block.rows):
        numbers = [cell for cell in row if cell.text.replace(".", "").replace("-", "").isdigit()]
        if not numbers:
            ahead = [Cell("年度", len(block.rows) - 1)] if block.table == "t4" and not number else []
            wide = replace(
                row[0],
                columns=row[0].columns
                + (
                    block.table != "t4"
                    and (row[0].columns > 2 or not number or (block.table == "t2" and row[0].text == "信息内容"))
                ),
            )  # noqa: E501, RUF100
            rows.append([*ahead, wide, *row[1:]])
            continue
        labels = [cell for cell in row if cell not in numbers]
        for name in shown:
            drawn = [c if name == own else replace(c, text=str(chance.randint(500, 900))) for c in numbers]
            stubs = [replace(label, rows=label.rows * len(shown)) for label in labels] if name == shown[0] else []
            rows.append([*stubs, Cell(name), *drawn])
    return Drawn(block.table, rows)


def with_years(edition, way, shown, own, tables):
    """Return a drawing whose ``tables`` show other years, and how its names call the year before and its own."""
    drawing = drawing_of(filing_of(edition, 21))
    year = drawing.filing.year
    names = [name.format(last=year - 1, own=year, next=year - 2) for name in shown]
    drawing.blocks[:] = [
        way(block, names, own.format(own=year)) if isinstance(block, Drawn) and block.table in tables else block
        for block in drawing.blocks
    ]
    return drawing


def read(tmp_path, drawing, writer):
    content, suffix = writer(drawing, random.Random(1))
    path = tmp_path / f"年报{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return judged(drawing, import_sources([path]))


SHOWN = [
    (("{last}年", "{own}年"), "{own}年"), (("{own}年度", "{last}年度"), "{own}年度"), (("上年", "本年"), "本年"),
    (("{next}年", "{last}年", "{own}年"), "{own}年"), (("去年数", "今年数", "增减"), "今年数"),
]  # fmt: skip
ROWS = [*SHOWN[:4], (("（{last}年）", "（{own}年）"), "（{own}年）"), (("上年度数据", "本年度数据"), "本年度数据")]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("writer", [tidy_page, word_file, sheet])
@pytest.mark.parametrize(("shown", "own"), SHOWN)
def test_of_columns_of_several_years_the_report_s_own_counts(tmp_path, writer, edition, shown, own):
    """In every table, whichever stands first, and however the years are called."""
    drawing = with_years(edition, of_columns, shown, own, ("t2", "t3", "t4"))
    found = read(tmp_path, drawing, writer)
    assert not found.silent
    assert found.right == found.all


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("writer", [tidy_page, word_file, sheet])
@pytest.mark.parametrize(("shown", "own"), ROWS)
def test_of_rows_of_several_years_the_report_s_own_counts(tmp_path, writer, edition, shown, own):
    """A cell before the numbers says which year they are of; 表四 has no other label."""
    drawing = with_years(edition, of_rows, shown, own, ("t4",))
    found = read(tmp_path, drawing, writer)
    assert not found.silent
    assert found.right == found.all


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("writer", TEXTS)
@pytest.mark.parametrize("way", [of_columns, of_rows])
def test_in_texts_no_other_year_is_taken_in_silence(tmp_path, writer, edition, way):
    """Where a text keeps the places of its cells the report's own year is read; else it is asked about."""
    for shown, own in (SHOWN[0], SHOWN[1], SHOWN[2]):
        drawing = with_years(edition, way, shown, own, ("t2", "t3", "t4") if way is of_columns else ("t4",))
        found = read(tmp_path, drawing, writer)
        assert not found.silent, shown


def test_a_year_that_is_not_the_report_s_is_never_taken(tmp_path):
    """Two other years, or a report whose year is not known, leave the cells open or doubtful."""
    for shown in (("{next}年", "{last}年"), ("上年", "去年")):
        drawing = with_years(EDITIONS[-1], of_rows, shown, "{own}年", ("t4",))
        for writer in (tidy_page, *TEXTS):
            found = read(tmp_path, drawing, writer)
            assert not found.silent, writer
            assert found.missing + found.doubtful >= 15


ONE = "<tr><td>信息内容</td>{}</tr><tr><td>规章</td>{}</tr>"


@pytest.mark.parametrize("written", ["本年制发件数（{}年）", "本年制发件数({}年度)"])
def test_a_head_with_a_year_in_it(tmp_path, written):
    """Of two the report's own is read; one that is another year's alone, as a copied form has it, is asked about."""
    drawing = drawing_of(filing_of(EDITIONS[-1], 21, year=2024))
    path = tmp_path / "年报.html"
    for years, expected, doubtful in (((2023, 2024), 7, False), ((2024, 2023), 6, False), ((2023,), 6, True)):
        heads = "".join(f"<td>{written.format(year)}</td>" for year in years)
        numbers = "".join(f"<td>{6 + at}</td>" for at in range(len(years)))
        text = "".join(
            f"<p>{block}</p>" if isinstance(block, str) else f"<table>{ONE.format(heads, numbers)}</table>"
            for block in drawing.blocks
            if isinstance(block, str) or block.table == "t2"
        )
        path.write_text(f"<html><meta charset=utf-8>{text}</html>", encoding="utf-8")
        imported = import_sources([path])
        assert imported.filing.cells["t2.rules.issued"] == expected
        assert ("t2.rules.issued" in imported.doubts) is doubtful


def test_last_year_s_number_under_a_head_with_last_year_is_what_the_form_asks(tmp_path):
    """上一年项目数量（2018年） is no other year's column."""
    drawing = drawing_of(filing_of(EDITIONS[0], 21))
    for block in drawing.blocks:
        if isinstance(block, Drawn):
            block.rows = [
                [replace(c, text=c.text.replace("上一年项目数量", "上一年项目数量（2018年）")) for c in row]
                for row in block.rows
            ]
    found = read(tmp_path, drawing, tidy_page)
    assert (found.silent, found.right) == ([], found.all)
