"""The leader's numbers as one may send them on: a share that cannot be is not told, nothing of last year is no row of zeros."""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from gk_xl.checks.run import check
from gk_xl.checks.text_rules.content.copies_in_folder import Pair
from gk_xl.desk.batch import told
from gk_xl.desk.book import summary
from gk_xl.desk.book.paper import CHAINS, LEADER, UNIT_YEARS, YEARS, line_count
from gk_xl.desk.brief import NO_LAST, Brief
from gk_xl.desk.circular import circular
from gk_xl.desk.collection import collect
from gk_xl.desk.entry import Entry
from gk_xl.desk.figures import UNTOLD, amount, figures, impossible
from gk_xl.desk.page import page
from tests.desk.county import before, sound, units

UNITS = units()[:5]
DICE = {unit.name: random.Random(unit.name) for unit in UNITS}
FILINGS = [sound(unit, DICE[unit.name]) for unit in UNITS]
LAST = [before(filing, DICE[filing.unit.name]) for filing in FILINGS]
SHARE = next(figure for figure in figures() if figure.id == "granted_share")
OPEN = FILINGS[2].cells["t3.granted.total"] + FILINGS[2].cells["t3.partial.total"]
WRONG = FILINGS[2].with_cells({"t3.outcome_total.total": OPEN - 1})


def brief(filings, last=()) -> Brief:
    """Return some filings as a county has them, beside last year's where they are given."""
    given = dict(zip(range(len(filings)), last, strict=False))
    return Brief(
        collect([
            told(Entry(Path(f"{at}.json"), filing=one, last=given.get(at), result=check(one, given.get(at))))
            for at, one in enumerate(filings)
        ])
    )  # fmt: skip


def opened(found):
    """Return the summary's sheets as rows, and the text of its charts."""
    data = summary(found)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    book = load_workbook(io.BytesIO(data), data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}, charts


def text(rows) -> str:
    """Return all that stands on a sheet."""
    return "\n".join(str(value) for row in rows for value in row if value is not None)


def of_share(rows) -> tuple:
    """Return the row of 公开率."""
    return next(row for row in rows if any(str(value).startswith("公开率（") for value in row if value))


def said_in_word(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("filings", [[WRONG], [WRONG, *FILINGS[:2], *FILINGS[3:]]], ids=["alone", "among others"])
def test_a_share_that_cannot_be_is_marked_and_its_unit_named(filings):
    """Alone it is not worked out; in a sum it is marked; both say whose numbers are to be mended."""
    found = brief(filings, [LAST[2], *LAST[:2], *LAST[3:]])
    sheets, _ = opened(found)
    alone = len(filings) == 1
    for name in (LEADER, YEARS):
        assert (UNTOLD in of_share(sheets[name])) is alone
        assert f"公开率{'算不出' if alone else '还不准'}：{WRONG.unit.name}" in text(sheets[name])
        assert "有 1 个单位的报告没有通过" in text(sheets[name])
    assert UNTOLD in text(row for row in sheets[UNIT_YEARS] if WRONG.unit.name in str(row[0]))
    for told_elsewhere in (page(found), said_in_word(circular(found))):
        assert f"公开率{'算不出' if alone else '还不准'}：{WRONG.unit.name}" in told_elsewhere
    shares = re.search(r"<td>公开率（.*?</tr>", page(found)).group()
    assert (UNTOLD in shares) is alone
    assert all(float(share) <= 100 for share in re.findall(r">([\d.]+)%", shares))


def test_sound_shares_bear_no_mark():
    found = brief(FILINGS, LAST)
    assert found.cautions == []
    sheets, _ = opened(found)
    assert UNTOLD not in text(sheets[LEADER]) + text(sheets[YEARS]) + text(sheets[UNIT_YEARS])
    assert not any(impossible(figure, filing) for figure in figures() for filing in FILINGS)


def test_a_share_is_over_those_that_tell_both_sides():
    """A unit that leaves the whole blank adds nothing to the part either."""
    half = FILINGS[0].with_cells({"t3.outcome_total.total": None})
    assert amount(SHARE, [half, *FILINGS[1:]]) == amount(SHARE, FILINGS[1:])


@pytest.mark.parametrize("lines", [0, 60])
def test_the_page_is_printed_to_its_last_line(lines):
    found = replace(brief(FILINGS), unread=tuple(f"读不了：{at}.xlsx。" for at in range(lines)))
    sheet = load_workbook(io.BytesIO(summary(found)))[LEADER]
    foot = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("“今年全部”"))
    assert sheet.print_area == f"'{LEADER}'!$A$1:$L${foot}"


def test_the_web_page_has_all_that_the_first_sheet_says_is_to_be_done():
    """Texts that are one another's and chains that do not hold are among it."""
    cell = "t3.carried_out.total"
    found = brief(FILINGS, [LAST[0].with_cells({cell: LAST[0].number(cell) + 1}), *LAST[1:]])
    vars(found)["alike"] = ((found.entries[1], found.entries[2], Pair(1, 2, 0.95, ())),)
    rows = [row[0] for row in opened(found)[0][LEADER]]
    lines = rows[rows.index("需要处理的") + 1 : -1]
    assert lines[-1] == f"上年结转与去年结转下年度接不上：{UNITS[0].name}。"
    assert f"文字雷同：{found.entries[1].unit}、{found.entries[2].unit}。" in lines
    assert re.findall("<li>(.*?)</li>", page(found).partition('<section id="units">')[0]) == lines


def test_without_last_year_it_is_said_and_no_zeros_are_drawn():
    found = brief(FILINGS)
    sheets, charts = opened(found)
    for name in (LEADER, YEARS, CHAINS):
        assert NO_LAST in text(sheets[name])
    assert "可比去年" not in "".join(charts)
    assert not [row for row in sheets[LEADER] if row[0] == "新收申请" and (0 in row[2:] or "0%" in row)]
    assert "去年" not in text(sheets[UNIT_YEARS])
    assert "都接得上" not in text(sheets[CHAINS])
    shown = page(found)
    assert NO_LAST in shown
    assert "可比去年" not in shown
    assert "今年与去年" not in shown
    assert "未与上年比较" in said_in_word(circular(found))


def test_one_unit_with_last_year_is_compared_alone():
    found = brief(FILINGS, LAST[:1])
    sheets, charts = opened(found)
    assert "可比去年" in "".join(charts)
    assert NO_LAST not in text(sheets[LEADER])
    assert f"没有核对的 {len(FILINGS) - 1} 个单位" in text(sheets[CHAINS])
    row = next(row for row in sheets[LEADER] if row[0] == "新收申请")
    cell = "t3.received_new.total"
    assert row[1:4] == (sum(one.cells[cell] for one in FILINGS), FILINGS[0].cells[cell], LAST[0].cells[cell])


def test_a_chinese_character_is_as_wide_as_two_others():
    assert line_count("乡镇街道/青石街道办事处.xlsx", 30) == 1
    assert line_count("行" * 30, 30) == 3
    assert line_count("一\n二", 30) == 2
