"""What a clerk sees at 1366 × 768: sheets fit across, 表三 in one and a half screens, nothing is cut, the cursor waits at work."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import zip_longest

import pytest

from gk_xl.form.filing import Filing, Unit
from gk_xl.form.fingerprint import fingerprint, parts_text
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.workbook.build import content_for, plan_workbook
from gk_xl.workbook.layout import COVER, FIRST_LINE, FLAGS, GUIDE, LEDGER, RESULTS, SLIP
from gk_xl.workbook.sheets.slip import HEIGHTS
from gk_xl.workbook.sheets.table import TableSheet
from gk_xl.workbook.styles import CONDITIONS, STYLES, unlocked

ACROSS, DOWN = 1300, 540  # pixels of a sheet that are seen beside heads, bars and tabs of a window of 1366 × 768
WIDER = 1.125  # LibreOffice draws columns so much wider than Excel, texts, too; its window shows 1,267 pixels of them
COLUMNS = 10  # of the widest table, 表三, in the forms of today
HEADS = 130  # pixels that frozen heads take of it: the title, and heads of two lines
LINES, LOW = 28, 22  # lines that the printed 表三 has had at most, and pixels of one of them
LABEL = 18  # pixels of a line of a head
PLAIN = 15.0  # points of a row that nobody set


def width(sheet, column):
    """Return a column's width in pixels."""
    return round(sheet.widths.get(column, 8.43) * 7 + 5)


def height(sheet, row):
    """Return a row's height in pixels."""
    return sheet.heights.get(row, sheet.default_height or PLAIN) * 4 / 3


@pytest.fixture(params=edition_ids(), scope="module")
def plan(request):
    """The plan of a filing with a long name."""
    unit = Unit("示例自治县示例回族土家族乡人民政府", "township", "我乡", "示例县")
    return plan_workbook(content_for(Filing.blank(load_edition(request.param).first_year, unit)))


def seen(sheet):
    """Return the last column that is seen."""
    return max(column for _, column in sheet.cells if column <= FLAGS)


def test_each_sheet_fits_across(plan):
    """No sheet is wider than the screen, what is computed beside a table included."""
    for sheet in plan.sheets:
        assert sum(width(sheet, column) for column in range(1, seen(sheet) + 1)) <= ACROSS, sheet.title


def test_what_is_read_in_columns_fits_across_in_libreoffice(plan):
    """校验结果 and 使用说明 to their last column, where a substitute font makes them wider."""
    for title in (RESULTS, GUIDE):
        sheet = plan.sheet(title)
        assert sum(width(sheet, column) for column in range(1, seen(sheet) + 1)) * WIDER <= 1267, title


def test_each_table_fits_across_in_libreoffice(plan):
    """All that stands beside a table is read there without scrolling: what does not fit its column runs on beyond it.

    A form with a column more than those of today has no room for that; its sheets fit across, what to count runs on.
    """
    for sheet in plan.sheets:
        if sheet.print_to and sheet.print_to[1] > COLUMNS:
            continue
        columns = {column for _, column in sheet.cells if column <= FLAGS}
        for (row, column), cell in sheet.cells.items():
            if cell.style == "tip_line":
                before = sum(width(sheet, at) for at in range(1, column))
                letters = sum(1 if ord(letter) > 0x2000 else 0.55 for letter in cell.value)
                assert column == max(columns)
                assert (before + letters * 12) * WIDER <= 1267, (sheet.title, row, cell.value)


def test_the_slip_takes_one_screen(plan):
    """From its title to the line below the signatures, with one line of reasons."""
    sheet = plan.sheet(SLIP)
    assert sum(height(sheet, row) for row in range(1, sheet.print_to[0] + 1)) <= DOWN


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_slip_shows_the_code_of_every_part(edition_id):
    """The row of an empty sheet has room for them: the button does not set its height. LibreOffice draws lines 19 pixels high."""
    text = parts_text(fingerprint(Filing.blank(load_edition(edition_id).first_year)))
    assert HEIGHTS["parts"] * 4 / 3 >= 19 * len(text.splitlines()) + 4


def test_no_line_crosses_a_title(plan):
    """Heads stay when one scrolls down; no column is frozen in the middle of a title."""
    for sheet in plan.sheets:
        assert sheet.freeze[1] <= 1, sheet.title


def test_the_long_table_takes_one_and_a_half_screens(plan):
    """表三 from its title to its last row, but for rows that a later form adds; its heads leave two thirds of a screen."""
    edition = load_edition(plan.constants["gk_xl.edition"])
    sheet = plan.sheet(edition.section("t3").tab)
    more = max(0, edition.table("t3").lines - LINES) * LOW
    assert sum(height(sheet, row) for row in range(1, sheet.print_to[0] + 1)) <= 1.5 * DOWN + more
    assert frozen(sheet) <= DOWN / 3


def frozen(sheet):
    """Return how many pixels the heads take that stay when one scrolls."""
    return sum(height(sheet, row) for row in range(1, sheet.freeze[0]))


def long_heads(table, *texts):
    """Return a table whose single columns have these heads from the left, and short ones after them."""
    single = [item for item in table.grid if item.head and item.columns == 1 and item.line == table.head_lines - 1]
    other = dict(zip_longest(single, texts, fillvalue="其他"))
    return replace(table, grid=tuple(item._replace(text=other.get(item, item.text)) for item in table.grid))


@pytest.mark.parametrize("year", edition_ids())
@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ((), 2),
        (("村（居）民委员会",), 2),
        (("村（居）民委员会", "社会公益组织", "社会组织及其分支机构"), 2),
        (("农村集体经济组织和村（居）民委员会",), 3),
        (("农村集体经济组织和村（居）民委员会", "科研机构", "依法成立的社会公益组织和社会服务机构"), 5),
    ],
)
def test_a_long_head_gets_a_wider_column(year, texts, lines):
    """It takes two lines while the sheet has the width for it, then no more than it must; the sheet fits the screen."""
    content = content_for(Filing.blank(load_edition(year).first_year))
    sheet = TableSheet(content, long_heads(content.edition.table("t3"), *texts)).plan
    assert frozen(sheet) <= HEADS + LABEL * (lines - 2)
    assert sum(width(sheet, column) for column in range(1, seen(sheet) + 1)) <= ACROSS
    assert cut_labels(sheet) == []


def test_a_long_head_of_a_table_without_labels_makes_its_line_higher():
    """表四's heads have the width of their column: what is longer than two lines is not cut."""
    content = content_for(Filing.blank(2025))
    sheet = TableSheet(content, long_heads(content.edition.table("t4"), "结果维持（含部分维持）")).plan
    assert cut_labels(sheet) == []


def test_the_cover_says_on_the_first_screen_how_far_one_is(plan):
    """The settings and the next three things stand there without scrolling."""
    sheet = plan.sheet(COVER)
    last = next(row for (row, _), cell in sorted(sheet.cells.items()) if cell.value == "③")
    assert sum(height(sheet, row) for row in range(1, last + 1)) <= DOWN


def needed(text, style, pixels):
    """Return the height in pixels that a text takes in cells so many pixels wide."""
    size = STYLES[style].get("font_size", 11) * 4 / 3
    free = pixels - 6 - 9 * STYLES[style].get("indent", 0)
    lines = sum(
        max(1, math.ceil(sum(size if ord(letter) > 0x2000 else size * 0.55 for letter in line) / free))
        for line in text.split("\n")
    )
    return (lines if STYLES[style].get("text_wrap") else 1) * size * 1.12


def cut_labels(sheet):
    """Return what is printed on a sheet with less room than it needs: the text, the pixels it needs and has."""
    spans = {(r1, c1): (r2, c2) for r1, c1, r2, c2 in sheet.merges}
    cut = []
    for (row, column), cell in sheet.cells.items():
        if column > FLAGS or not isinstance(cell.value, str) or unlocked(cell.style):
            continue
        last_row, last_column = spans.get((row, column), (row, column))
        across = sum(width(sheet, at) for at in range(column, last_column + 1))
        down = sum(height(sheet, at) for at in range(row, last_row + 1))
        if needed(cell.value, cell.style, across) > down + 1:
            cut.append(
                (sheet.title, row, column, cell.value, round(needed(cell.value, cell.style, across)), round(down))
            )
    return cut


def test_nothing_printed_is_cut(plan):
    """Every label, hint and head has the room that its text needs."""
    assert [one for sheet in plan.sheets for one in cut_labels(sheet)] == []


def test_the_cursor_waits_at_the_first_input(plan):
    """Every sheet that is filled in is first shown with an input selected."""
    for sheet in plan.sheets:
        if sheet.title in (GUIDE, RESULTS):
            continue
        assert unlocked(sheet.cells[sheet.start].style), sheet.title
    assert plan.sheet(LEDGER).freeze[0] > FIRST_LINE


def test_last_year_stands_beside_this_year():
    """Every number of 上年数据 is shown in its table: a row's total, or all numbers of a row that has none."""
    rows: dict[tuple[str, str], int] = {}
    for edition_id in edition_ids():
        edition = load_edition(edition_id)
        last = Filing.blank(edition.first_year).with_cells({cell: at for at, cell in enumerate(edition.cells, start=1)})
        content = content_for(Filing.blank(edition.first_year + 1), last)
        for table in edition.tables:
            sheet = plan_workbook(content).sheet(edition.section(table.id).tab)
            shown = {cell.value for cell in sheet.cells.values() if "上年数据" in cell.formula}
            texts = "、".join(map(str, shown)).split("、")
            totals = [cell for cell in table.cells if edition.adds_up(cell)] or table.cells
            for cell in totals if table.lines > table.head_lines + 1 else table.cells:
                assert str(last.value(cell.id)) in texts, cell.id
            rows[edition_id, table.id] = len(shown)
    assert min(rows.values()) > 1


def test_a_format_of_a_condition_says_paper_and_ink():
    """The engines put a bent one right by both."""
    for name, look in CONDITIONS.items():
        assert {"bg_color", "font_color"} <= look.keys(), name


def test_numbers_shrink_where_they_find_no_room(plan):
    """Every cell that takes a number of a table sets a long one smaller; wrapped, it would be ####."""
    for sheet in plan.sheets:
        for place, cell in sheet.cells.items():
            if cell.style in ("entry", "amount", "total"):
                assert STYLES[cell.style].get("shrink"), place
                assert not STYLES[cell.style].get("text_wrap"), place
    assert sum(cell.style == "total" for sheet in plan.sheets for cell in sheet.cells.values()) > 30
