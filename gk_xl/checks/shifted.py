"""Slips that keep every sum: a row or column filled in one place off, in parts and totals alike.

Arithmetic cannot see them. Against last year's report they show: where there were cases last year there are none, and
the neighbouring row (or column), empty last year, has them. One such year may be true, so it is a hint, never more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from gk_xl.checks.registry import rule_function
from gk_xl.form.finding import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding
    from gk_xl.form.schema import CellId, Edition, Value

ENOUGH = 2  # cases in either year: a single application does not raise the question
ALIKE = 4  # times at most by which the two years may differ


@dataclass(frozen=True, slots=True)
class Hint:
    """Numbers that may stand one place off: what to change if they do, and the question for the clerk."""

    changes: tuple[Change, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A result row, or an applicants' column, as it is called and in cells; the last of them bears its total."""

    label: str
    cells: tuple[CellId, ...]

    def numbers(self, values: Mapping[CellId, Value]) -> tuple[int, ...] | None:
        """Return its numbers; None where one is missing or no count."""
        found = tuple(value for cell in self.cells if isinstance(value := values.get(cell), int) and value >= 0)
        return found if len(found) == len(self.cells) else None


def hints(edition: Edition, cells: Mapping[CellId, Value], last: Mapping[CellId, Value]) -> tuple[Hint, ...]:
    """Return where this year's table 三 is last year's, but one row or one column off; blanks are passed over."""
    return (
        *_shifted(_rows(edition), cells, last, "行", "wrong_row"),
        *_shifted(_columns(edition), cells, last, "列", "wrong_column"),
    )


@rule_function("shifted.shifted")
def shifted(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the hints as findings of a rule, whose message holds ``{problem}``."""
    if case.last is not None:
        for hint in hints(case.edition, case.filing.cells, case.last.cells):
            yield rule.finding(hint.text, tuple(change.cell for change in hint.changes))


def _rows(edition: Edition) -> list[_Line]:
    """Return the rows of results: those that the total of 办理结果 adds up."""
    table = edition.table("t3")
    first = table.columns[0]
    return [
        _Line(f"“{labels[-1]}”行", tuple(f"t3.{row}.{column}" for column in table.columns))
        for row, labels in table.row_labels.items()
        if len(labels) > 1 and not edition.cell(f"t3.{row}.{first}").total
    ]


def _columns(edition: Edition) -> list[_Line]:
    """Return the columns of applicants, that total moved to the end."""
    table = edition.table("t3")
    rows = sorted(table.rows, key=lambda row: edition.cell(f"t3.{row}.{table.columns[0]}").total)
    return [
        _Line(f"“{table.column_labels[column]}”列", tuple(f"t3.{row}.{column}" for row in rows))
        for column in table.columns
        if not edition.cell(f"t3.{rows[0]}.{column}").total
    ]


def _shifted(
    lines: Sequence[_Line], cells: Mapping[CellId, Value], last: Mapping[CellId, Value], kind: str, reason: str
) -> Iterator[Hint]:
    """Yield the pairs of neighbours of which one took the other's place."""
    for one, other in [pair for two in pairwise(lines) for pair in (two, two[::-1])]:
        now, beside = one.numbers(cells), other.numbers(cells)
        then, apart = one.numbers(last), other.numbers(last)
        if now is None or beside is None or then is None or apart is None or any(now) or any(apart):
            continue
        few, many = sorted((beside[-1], then[-1]))
        if few < ENOUGH or many > few * ALIKE:
            continue
        moves = [(cell, 0, value) for cell, value in zip(one.cells, beside, strict=True) if value]
        moves += [(cell, value, 0) for cell, value in zip(other.cells, beside, strict=True) if value]
        yield Hint(
            tuple(Change(cell, found, proposed, reason) for cell, found, proposed in moves),
            f"去年{one.label}有 {then[-1]} 件、{other.label}是 0，今年{one.label}是 0、{other.label}有 {beside[-1]} 件，"
            f"是不是错填了一{kind}？各项合计不受影响，勾稽关系看不出来，请对照台账核对。",
        )
