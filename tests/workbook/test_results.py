"""校验结果 as a clerk sees it: it fits the screen, leads by what to do, says each thing once."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.flags import flags
from gk_xl.workbook.layout import (
    ADVICE_COLUMN,
    CODE_COLUMN,
    FLAGS,
    JUDGED,
    LEVEL_COLUMN,
    LIST_COLUMNS,
    REASON_COLUMN,
    RESULTS,
    RESULTS_FIRST,
)
from gk_xl.workbook.sheets.results import result_lines
from gk_xl.workbook.since import DONE, watched
from tests.conftest import ROOT

WIDTH, HEIGHT = 1366, 768
HEADS = 100  # dots: row heads, scroll bar, the closed side bar, border of the window
SUBSTITUTE = 8 / 7  # how much wider columns are where the default font is missing and the widest of others stands in
BARS = 250  # dots: title, menu, toolbars, formula bar, column heads, tabs, status bar
A_DOT = 0.75  # points


def example(**changes) -> Filing:
    path = ROOT / "examples" / "2025_示例乡_有误.json"
    filing = Filing.loads(path.read_text(encoding="utf-8"), "示例")
    return replace(filing, **changes) if changes else filing


def marked(filing: Filing, last: Filing | None = None):
    result = check(filing, last)
    return content_for(filing, last=last, result=result, checked_at="2026-01-15 10:00")


@pytest.fixture(scope="module")
def sheet():
    content = marked(example())
    data = build_workbook(content.filing, result=content.result, checked_at=content.checked_at)
    return load_workbook(io.BytesIO(data))[RESULTS]


def dots(sheet, column: int) -> float:
    """Return the width of a column: seven dots a character and five for the border."""
    return 5 + 7 * next(found.width for found in sheet.column_dimensions.values() if found.min <= column <= found.max)


def test_the_list_fits_the_screen(sheet):
    """Up to the reason it is seen whatever the font, as a whole with Office's own; the first lines without scrolling."""
    room = WIDTH - HEADS
    widths = [dots(sheet, column) for column in range(1, CODE_COLUMN + 1)]
    assert sum(widths[:REASON_COLUMN]) * SUBSTITUTE <= room
    assert sum(widths) <= room
    heights = [sheet.row_dimensions[row].height / A_DOT for row in range(1, RESULTS_FIRST + 3)]
    assert sum(heights[: RESULTS_FIRST - 1]) <= 170
    assert sum(heights) <= HEIGHT - BARS
    assert [cell.value for cell in sheet[RESULTS_FIRST - 1][:CODE_COLUMN]] == list(LIST_COLUMNS)
    assert LIST_COLUMNS[-1] == "代码"


def test_every_row_shows_its_text_whole(sheet):
    """A Chinese character of 11 points is 15 dots wide and high."""
    for row in range(RESULTS_FIRST, sheet.max_row + 1):
        for column in (ADVICE_COLUMN - 1, ADVICE_COLUMN):
            text = str(sheet.cell(row, column).value or "")
            wide = sum(1 if character > "⺀" or character in "“”‘’…—①②③" else 0.5 for character in text)
            assert -(-15 * wide // (dots(sheet, column) - 6)) * 15 <= sheet.row_dimensions[row].height / A_DOT


def test_the_codes_of_a_clue_stand_whole_in_their_column(sheet):
    """One a line, none cut into two and none below the row's edge."""
    several = [
        row for row in range(RESULTS_FIRST, sheet.max_row + 1) if "\n" in str(sheet.cell(row, CODE_COLUMN).value)
    ]
    assert several
    for row in several:
        codes = sheet.cell(row, CODE_COLUMN).value.split("\n")
        assert all(7.5 * len(code) <= dots(sheet, CODE_COLUMN) - 6 for code in codes)
        assert 20 * len(codes) <= sheet.row_dimensions[row].height / A_DOT


def test_a_line_fades_once_its_cell_is_changed(sheet):
    """The state compares the cell with what was judged; the format greys what is the program's, not the reason."""
    formulas = [sheet.cell(row, LEVEL_COLUMN + 1).value for row in range(RESULTS_FIRST, RESULTS_FIRST + 4)]
    assert all(
        str(formula).startswith(("=IF(OR(IFERROR(EXACT(", "=IF(AND(IFERROR(EXACT(")) and DONE in formula
        for formula in formulas
    )
    areas = [str(area.sqref) for area in sheet.conditional_formatting]
    areas = sorted(area for area in areas if area.partition(":")[0].endswith(str(RESULTS_FIRST)))
    assert [area[0] for area in areas] == ["A", "H"]
    assert not any("G" in area for area in areas)


def test_what_has_one_answer_comes_first_of_its_level():
    """One press mends it; below stand those to be looked up; the gravest first all the same."""
    cells = {"t4.reconsideration.upheld": 2, "t4.suit_direct.other": "３件"}
    lines = list(result_lines(marked(example().with_cells(cells))))
    errors = [bool(line.changes or line.rewrite) for line in lines if line.style == "level_error"]
    assert True in errors
    assert False in errors
    assert errors == sorted(errors, reverse=True)


def test_a_tail_is_said_once():
    """Many rows with the same fault: what to do stands in the first line only."""
    rows = ("received_new", "carried_in", "partial", "carried_out")
    filing = example()
    wrong = {f"t3.{row}.total": 40 + number for number, row in enumerate(rows)}
    lines = [
        line
        for line in result_lines(marked(filing.with_cells(wrong)))
        if line.code == "T3-03" and line.style == "level_error"
    ]
    tails = [line.message.endswith("请核对这一行的各个数和总计。") for line in lines]
    assert len(tails) > 1
    assert tails == [True] + [False] * (len(tails) - 1)


def test_alternatives_are_numbered_and_quotations_short():
    """Which belongs to which is seen; the point comes first, of the sentence no more than twenty characters."""
    (line,) = [line for line in result_lines(marked(example())) if line.code == "X-09"]
    assert line.advice == "①正文“3件”改为“2件”；②把 二、主动公开 B6 改为 3"
    assert line.message.startswith("正文说的是 3 件，表二")
    quoted = line.message.partition("：“")[2].partition("”")[0]
    assert "3件" in quoted
    assert len(quoted) <= 20
    assert "文字多 1 件" in line.message


def test_a_flag_keeps_what_was_judged():
    """Beside every input stands what it held; the format asks for that and the level, by row and column."""
    content = marked(example())
    data = build_workbook(content.filing, result=content.result, checked_at="2026-01-15 10:00")
    book = load_workbook(io.BytesIO(data))
    flagged = 0
    for name, place in content.layout.names.items():
        if name.startswith(("last.", "slip.")) or place.sheet == RESULTS:
            continue
        tab = book[place.sheet]
        level, judged = (tab.cell(place.row, place.column + block).value for block in (FLAGS, JUDGED))
        held = tab.cell(place.row, place.column).value
        assert judged == (to_excel(held) if isinstance(held, dt.datetime) else held), name
        flagged += bool(level)
    assert flagged >= 4
    for tab in ("三、依申请公开", "一、总体情况", "封面"):
        formulas = [rule.formula[0] for area in book[tab].conditional_formatting for rule in area.rules]
        assert sum("EXACT(" in formula for formula in formulas) == 4, tab


def test_a_line_watches_last_year_and_the_cover():
    """A number carried over is held against last year's; a unit's name in the text against 封面. Whichever is mended, the line is done."""
    last = example().with_cells({"t3.carried_out.total": 4})
    content = marked(example(), last)
    line = next(line for line in result_lines(content) if line.code == "Y-01" and "总计" in line.message)
    places = [place for place, _ in watched(line.state).cells]
    assert content.layout.names["last.t3.carried_out.total"] in places
    content = marked(example(narrative={"preamble": ("现公布白水乡人民政府2025年政府信息公开工作年度报告。",)}))
    (line,) = [line for line in result_lines(content) if line.code == "X-18"]
    watching = watched(line.state)
    assert watching.any_of
    assert (content.layout.names["unit.name"], None) in watching.cells


def test_a_flag_lasts_as_long_as_its_lines():
    """The flag of a sentence asks the lines about it; what no line is about keeps its level."""
    content = marked(example())
    lines = list(result_lines(content))
    found = flags(content, lines)
    assert {name: flag.level for name, flag in found.items()} == content.levels()
    (line,) = [line for line in lines if line.code == "X-09"]
    row = RESULTS_FIRST + line.number - 1
    assert f"$C${row}" in found[line.about.place].formula
    blanks = marked(example().with_cells(dict.fromkeys(("t3.granted.total", "t3.granted.research"), None)))
    assert flags(blanks)["t3.granted.research"].formula.count("$C$") <= 1
