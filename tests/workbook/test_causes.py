"""One cause is one line of 校验结果; counts, marks and data keep every finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.form.finding import Severity
from gk_xl.workbook.build import content_for
from gk_xl.workbook.sheets.results import result_lines

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
    ((code, message, changes),) = [line for line in lines(filing) if line[0] in {item.code for item in found}]
    assert code == found[0].code
    assert all(item.code in message for item in found[1:])
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
