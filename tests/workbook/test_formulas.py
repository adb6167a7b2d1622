"""Live formulas and conditional formats: short, plain, and bent by nothing that a clerk may drag."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from gk_xl.engines.core.addresses import parse_address
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.workbook.build import content_for, plan_workbook
from gk_xl.workbook.styles import unlocked

OLD_AND_COMMON = {"ABS", "AND", "COLUMN", "COUNT", "COUNTIF", "EXACT", "FIND", "IF", "IFERROR", "INDEX", "INT", "ISBLANK", "ISNUMBER", "LEFT", "MAX", "MID",
                  "NOT", "OR", "ROUND", "ROW", "SUM", "SUMPRODUCT"}  # fmt: skip
LONGEST = 255
MENTION = re.compile(r"(?:'([^']+)'!)?(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?")
TEXTS = re.compile(r'"[^"]*"')


@pytest.fixture(scope="module", params=edition_ids())
def plan(request):
    edition = load_edition(request.param)
    return plan_workbook(
        content_for(replace(Filing.blank(edition.first_year), unit=Unit("示例乡人民政府", "township")))
    )


def formulas(plan):
    """Yield sheet, where, formula; those of conditional formats by the first cell of their region."""
    for sheet in plan.sheets:
        for at, cell in sheet.cells.items():
            if cell.formula:
                yield sheet, at, cell.formula
        for condition in sheet.conditions:
            yield sheet, condition.area[:2], condition.formula


def edges(first, last):
    """Return the four edges of a range, each as the cells on it: dragging a whole edge bends the range."""
    (top, left), (bottom, right) = first, last
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    return (
        list(product([top], columns)),
        list(product([bottom], columns)),
        list(product(rows, [left])),
        list(product(rows, [right])),
    )


def may_be_dragged(sheet, at):
    """Return whether a clerk sees the cell and may type into it: only such cells can be dragged on a locked sheet."""
    cell = sheet.cells.get(at)
    return cell is not None and unlocked(cell.style) and at[1] < (sheet.hidden_from or 10_000)


def test_no_formula_mentions_what_may_be_dragged(plan):
    """Neither a single input, nor a range of which a whole edge is inputs; conditional formats included."""
    sheets, mentioned = {sheet.title: sheet for sheet in plan.sheets}, 0
    for sheet, at, formula in formulas(plan):
        for title, first, last in MENTION.findall(TEXTS.sub('""', formula)):
            of = sheets[title] if title else sheet
            for edge in edges(parse_address(first), parse_address(last or first)):
                assert not all(may_be_dragged(of, cell) for cell in edge), (sheet.title, at, formula)
            mentioned += 1
    assert mentioned > 1000


def test_a_formula_that_mentions_an_input_is_told(plan):
    """The test above knows an input when it meets one, alone and as the edge of a range."""
    table = plan.sheet("三、依申请公开")
    first = next(at for at, cell in table.cells.items() if unlocked(cell.style))
    assert may_be_dragged(table, first)
    assert not may_be_dragged(table, (1, 1))
    assert all(may_be_dragged(table, at) for at in edges(first, (first[0] + 1, first[1] + 1))[2])


def test_formulas_are_short_and_plain(plan):
    """Functions of Excel 2007 that every spreadsheet has, and no formula longer than an eye can follow."""
    for sheet, at, formula in formulas(plan):
        assert len(formula) <= LONGEST, (sheet.title, at, formula)
        assert set(re.findall(r"([A-Z]+)\(", TEXTS.sub('""', formula))) <= OLD_AND_COMMON, formula
