"""One cause is one line of 校验结果; counts, marks and data keep every finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.form.finding import Severity
from gk_xl.workbook.build import content_for
from gk_xl.workbook.sheets.results import TABLES_FIRST, result_lines

EXAMPLE = Path(__file__).parents[2] / "examples" / "2025_示例乡.json"


@pytest.fixture(scope="module")
def right():
    return Filing.loads(EXAMPLE.read_text(encoding="utf-8"))


def lines(filing):
    """Return code and message of every line that speaks of a fault."""
    content = content_for(filing, None, check(filing))
    return [
        (str(line.values[2]), str(line.values[4]), line.changes)
        for line in result_lines(content)
        if line.style != "level_open"
    ]


@pytest.mark.parametrize("typed", ["3件", "３", "三", "3 件"])
def test_a_text_for_a_number_is_one_line_with_its_suggestion(right, typed):
    filing = right.with_cells({"t2.licence.decisions": typed})
    found = [item for item in check(filing).findings if "t2.licence.decisions" in item.cells]
    ((codes, message, changes),) = [line for line in lines(filing) if line[0].startswith(found[0].code)]
    assert codes.split("、") == list(dict.fromkeys(item.code for item in found))
    assert not any(item.code in message for item in found)  # codes mean nothing to a clerk: they stand in their column
    assert [change.proposed for change in changes] == [3]


def totals_off(filing, count):
    """Return a filing in which so many totals of 表三 are one too large."""
    names = [name for name in filing.cells if name.startswith("t3.") and name.endswith(".total")][:count]
    return filing.with_cells({name: (filing.number(name) or 0) + 1 for name in names})


@pytest.mark.parametrize(("count", "lines_of_rows"), [(25, 1), (11, 1), (8, 1), (6, 6)])
def test_many_totals_of_a_column_that_are_off_are_one_line(right, count, lines_of_rows):
    """It names the first cells, how many there are, and 合计; done it is once the last of them is mended."""
    filing = totals_off(right, count)
    filing = filing.with_cells(
        {"t3.granted.natural_person": 9, "t3.partial.natural_person": 8}
    )  # no single explanation
    result = check(filing)
    content = content_for(filing, None, result)
    broken = [item for item in result.findings if item.code == "T3-03"]
    found = [line for line in result_lines(content) if line.code == "T3-03" and line.style != "level_open"]
    assert len(found) == (lines_of_rows if lines_of_rows == 1 else len(broken))
    if lines_of_rows == 1:
        cells = [content.layout.names[item.cells[0]].address for item in broken]
        assert f"{'、'.join(cells[:5])}{f' 等 {len(cells)} 格' if len(cells) > 5 else ''}" in found[0].message
        assert "点“合计”" in found[0].message
        assert f",{content.layout.names[broken[-1].cells[0]].row},10)" in found[0].state


def test_what_one_explanation_resolves_stands_under_it(right):
    filing = right.with_cells({"t3.granted.total": 14})
    result = check(filing)
    errors = [item for item in result.findings if item.severity is Severity.ERROR]
    ((codes, message, _),) = lines(filing)
    assert len(errors) == 2
    assert all(item.code in codes for item in errors)
    assert "以下 2 条自行消失。" in message
    assert result.errors == 2
    clue, *below = list(result_lines(content_for(filing, None, result)))[:3]
    assert clue.values[1] == "线索"
    assert [(line.style, line.values[2], str(line.values[4])[:9]) for line in below] == [
        ("level_open", item.code, "随上面的线索消失：") for item in errors
    ]


def test_a_sum_that_the_explanation_does_not_touch_keeps_its_line(right):
    filing = right.with_cells({"t3.granted.total": 14, "t4.reconsideration.total": 9})
    told = lines(filing)
    assert any(code.startswith("T4-") for code, _, _ in told)
    assert not any(code == "T3-03" for code, _, _ in told)


def test_what_the_clerk_has_answered_keeps_its_line(right):
    filing = right.with_cells({"t2.licence.decisions": "3件"})
    key = next(item.key for item in check(filing).findings if item.code == "E-01")
    answered = replace(filing, waivers={key: "照县里要求写"})
    assert any(code == "E-01" for code, _, _ in lines(answered))


def told(filing):
    """Return code, place, advice and message of the lines that must be mended."""
    content = content_for(filing, None, check(filing))
    return [
        (line.code, line.shown, line.advice, line.message) for line in result_lines(content) if line.level == "错误"
    ]


def saying(filing, words):
    return replace(filing, narrative={**filing.narrative, "overview": (words,)})


def test_the_tables_are_put_right_before_the_words_about_them(right):
    """A row with a text for a number and a total that is off: the words, which are right, are not to be made wrong."""
    rows = {"t3.received_new": 5, "t3.granted": 5, "t3.outcome_total": 5}
    cells = {f"{row}.{column}": value for row, value in rows.items() for column in ("natural_person", "total")}
    filing = replace(
        saying(right.with_cells(dict.fromkeys(right.cells, 0) | cells), "收到政府信息公开申请5件，予以公开5件。")
    )
    assert not any("予以公开" in message for _, _, _, message in told(filing))
    wrong = filing.with_cells(
        {"t3.granted.commercial": "0件", "t3.granted.total": 7, "t3.outcome_total.total": None}
    )  # with the last total the sums would name the cell
    first, *_, last = told(wrong)
    assert first[:3] == ("T3-04、E-01", "三、依申请公开 E8", "改为 0")
    assert last[0] == "X-05"
    assert last[2] is None
    assert last[3].startswith(TABLES_FIRST)


def test_words_that_make_the_tables_agree_are_the_answer(right):
    """现行有效 0 is less than was made: the words say 3, so 3 is offered for the cell, and not 0 for the words."""
    number = "t2.normative_doc"
    cells = {f"{number}.issued": 3, f"{number}.repealed": 0, f"{number}.in_force": 0}
    filing = saying(right.with_cells(cells), "制发行政规范性文件3件，现行有效3件。")
    found = [line for line in told(filing) if line[0] == "X-09" and "现行有效件数" in line[3]]
    assert found
    assert {line[2] for line in found} == {"二、主动公开 D6 改为 3"}
    fewer = saying(right.with_cells(cells), "制发行政规范性文件3件，现行有效2件。")
    assert {line[2] for line in told(fewer) if line[0] == "X-09" and "是 0 件，文字多 2 件" in line[3]} == {None}


def test_error_values_of_a_row_are_one_line(right):
    """Seven cells of one row were copied with it: one line names them; another row, another value are lines of their own."""
    row = [cell.id for cell in right.form.table("t3").cells if cell.row == "granted"]
    other = "t3.partial.natural_person"
    filing = right.with_cells({**dict.fromkeys(row, "#REF!"), other: "#REF!", "t2.licence.decisions": "#DIV/0!"})
    found = [message for codes, message, _ in lines(filing) if codes == "E-06"]
    assert len(found) == 3
    content = content_for(filing)
    together = next(message for message in found if f"有 {len(row)} 格" in message)
    assert all(content.layout.names[cell].address in together for cell in row)
    assert together.count("#REF!") == 1
    assert sum(finding.code == "E-06" for finding in check(filing).findings) == len(row) + 2
