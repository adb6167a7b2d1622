"""Where the rows and columns of the form stand in a sheet, told by the printed labels.

A label stands beside the number it explains, whatever was inserted, deleted or moved around both; a defined name may
have been bent by dragging a cell, and an address is true only while nothing was inserted. So labels decide, names
settle what no label tells (a column without a head, between two that moved differently).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gk_xl.workbook.layout import LAST_HIDDEN
from gk_xl.workbook.styles import unlocked

if TYPE_CHECKING:
    from gk_xl.workbook.plan import SheetPlan

Cells = Mapping[tuple[int, int], Any]
BEYOND = 120  # rows and columns past the form in which its parts are still looked for
FEW = 5  # so many labels not in their places are single edits, not a shift


def labels_of(plan: SheetPlan) -> dict[tuple[int, int], str]:
    """Return the printed texts of a sheet, comparable: what no formula, no clerk and no button writes."""
    return {
        place: comparable(cell.value)
        for place, cell in plan.cells.items()
        if cell.value not in (None, "") and not cell.formula and not cell.output and not unlocked(cell.style)
    }


def comparable(value: object) -> str:
    """Return a cell's text so that what applications change on saving makes no difference."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "".join(str("" if value is None else value).split())


@dataclass(frozen=True)
class Alignment:
    """Planned rows and columns → those of a sheet (None: deleted). ``unsure`` are rows and columns without a witness."""

    rows: Mapping[int, int | None]
    columns: Mapping[int, int | None]
    held: int = 0
    labels: int = 0
    unsure_rows: frozenset[int] = frozenset()
    unsure_columns: frozenset[int] = frozenset()
    moved: bool = field(default=True)

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """Return where a planned cell stands; None when its row or column is gone."""
        found = self.rows.get(row, row), self.columns.get(column, column)
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def is_sure(self, row: int, column: int) -> bool:
        """Return whether labels or names tell where a planned cell stands."""
        return row not in self.unsure_rows and column not in self.unsure_columns

    @cached_property
    def back(self) -> tuple[Mapping[int, int], Mapping[int, int]]:
        """The rows and columns of the sheet → the planned ones."""
        rows = {found: row for row, found in self.rows.items() if found is not None}
        return rows, {found: column for column, found in self.columns.items() if found is not None}


def align(
    plan: SheetPlan,
    cells: Cells,
    named: Mapping[tuple[int, int], tuple[int, int]] | None = None,
    within: tuple[int, int] | None = None,
) -> Alignment:
    """Return where the rows and columns of a planned sheet stand among ``cells``.

    ``named`` says for planned input cells where their defined names stand in the same sheet; ``within`` is the last row
    and column of the form that ``cells`` were read for. Where the labels stand in their places (but for single edits),
    so does everything.
    """
    labels = labels_of(plan)
    if within is not None:
        labels = {place: text for place, text in labels.items() if place[0] <= within[0] and place[1] <= within[1]}
    texts = {place: comparable(value) for place, value in cells.items() if value not in (None, "")}
    in_place = sum(texts.get(place) == text for place, text in labels.items())
    last_row = max((row for row, _ in plan.cells), default=1)
    last_row = max(last_row, plan.outputs[2] if plan.outputs else 0)
    here = Alignment({}, {}, in_place, len(labels), moved=False)
    if len(labels) - in_place < FEW:
        return here
    axes = _Axes(labels, texts, named or {}, (last_row, LAST_HIDDEN))
    found = axes.alignment()
    return found if found.held > in_place else here


class _Axes:
    """The search for rows, then for columns."""

    def __init__(
        self,
        labels: Mapping[tuple[int, int], str],
        texts: Mapping[tuple[int, int], str],
        named: Mapping[tuple[int, int], tuple[int, int]],
        last: tuple[int, int],
    ) -> None:
        self.labels, self.named, self.last = labels, named, last
        self.texts = {
            place: text
            for place, text in texts.items()
            if place[0] <= last[0] + BEYOND and place[1] <= last[1] + BEYOND
        }

    def alignment(self) -> Alignment:
        """Return rows and columns with how many labels hold there."""
        rows, unsure_rows = self.rows()
        columns, unsure_columns = self.columns(rows)
        held = sum(
            self.texts.get((rows.get(row) or 0, columns.get(column) or 0)) == text
            for (row, column), text in self.labels.items()
        )
        return Alignment(rows, columns, held, len(self.labels), frozenset(unsure_rows), frozenset(unsure_columns))

    def rows(self) -> tuple[dict[int, int | None], set[int]]:
        """Return where each row stands: the longest run of rows in order that bear the same labels."""
        found, planned = _by_row(self.texts), _by_row(self.labels)
        there = {row: Counter(line.values()) for row, line in found.items()}

        def score(row: int, other: int) -> float:
            wanted = Counter(planned[row].values())
            same = sum(found[other].get(column) == text for column, text in planned[row].items())
            return sum(_weight(text) * min(count, there[other][text]) for text, count in wanted.items()) + same / 2

        matched = _in_order(sorted(planned), sorted(found), score)
        lines = {row: list(line.values()) for row, line in planned.items()}
        _out_of_order(matched, lines, {row: set(line.values()) for row, line in found.items()})
        return _filled(matched, self.last[0], _votes(self.named, 0))

    def columns(self, rows: Mapping[int, int | None]) -> tuple[dict[int, int | None], set[int]]:
        """Return where each column stands, the rows being known."""
        planned: dict[int, list[tuple[int, str]]] = {}
        for (row, column), text in self.labels.items():
            planned.setdefault(column, []).append((rows.get(row) or 0, text))

        def score(column: int, other: int) -> float:
            return sum(_weight(text) for row, text in planned[column] if self.texts.get((row, other)) == text)

        matched = _in_order(sorted(planned), sorted({column for _, column in self.texts}), score)
        return _filled(matched, self.last[1], _votes(self.named, 1))


def _by_row(texts: Mapping[tuple[int, int], str]) -> dict[int, dict[int, str]]:
    """Return texts by row and column."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        rows.setdefault(row, {})[column] = text
    return rows


def _weight(text: str) -> float:
    """Return how much a label says: a bare number, which many rows bear, says little."""
    return 1.0 if text.isdigit() or len(text) < 3 else 3.0


def _votes(named: Mapping[tuple[int, int], tuple[int, int]], axis: int) -> Mapping[int, int]:
    """Return where the names of a row (or column) say that it stands: what most of them say."""
    counts: dict[int, Counter[int]] = {}
    for planned, found in named.items():
        counts.setdefault(planned[axis], Counter())[found[axis]] += 1
    return {line: count.most_common(1)[0][0] for line, count in counts.items()}


def _in_order(planned: list[int], found: list[int], score: Callable[[int, int], float]) -> dict[int, int]:
    """Return the pairs of lines, in the order of both, whose scores sum highest; staying in place breaks ties."""
    best = [[0.0] * (len(found) + 1) for _ in range(len(planned) + 1)]
    gains = [
        [value + (0.01 if other == line else 0.0) if (value := score(line, other)) else 0.0 for other in found]
        for line in planned
    ]
    for i in range(len(planned)):
        for j in range(len(found)):
            pair = best[i][j] + gains[i][j] if gains[i][j] else 0.0
            best[i + 1][j + 1] = max(pair, best[i][j + 1], best[i + 1][j])
    i, j, matched = len(planned), len(found), {}
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            matched[planned[i]] = found[j]
    return matched


def _out_of_order(matched: dict[int, int], planned: Mapping[int, list[str]], found: Mapping[int, set[str]]) -> None:
    """Match lines that were moved past others, where a label that stands once in the form stands once in the sheet."""
    known = Counter(text for texts in planned.values() for text in texts)
    there = Counter(text for texts in found.values() for text in texts)
    taken = set(matched.values())
    for line, texts in planned.items():
        if line in matched:
            continue
        single = [text for text in texts if known[text] == there[text] == 1 and _weight(text) > 1]
        places = {other for text in single for other in found if text in found[other]} - taken
        if len(places) == 1:
            matched[line] = places.pop()
            taken.add(matched[line])


def _filled(matched: Mapping[int, int], last: int, votes: Mapping[int, int]) -> tuple[dict[int, int | None], set[int]]:
    """Return all lines: those between two known ones by their number, or by the names; and those without a witness."""
    lines: dict[int, int | None] = dict(matched)
    unsure: set[int] = set()
    known = [0, *sorted(matched)]
    taken = set(matched.values())
    for before, after in zip(known, [*known[1:], last + 1], strict=True):
        gap = range(before + 1, after)
        start = matched.get(before, 0)
        end = matched.get(after)
        room = len(gap) if end is None else end - start - 1
        if room == len(gap):
            lines |= {line: start + line - before for line in gap}
            continue
        _by_votes(lines, unsure, gap, votes, taken, (start, start + max(room, 0) + 1))
    return lines, unsure


def _by_votes(
    lines: dict[int, int | None],
    unsure: set[int],
    gap: Iterable[int],
    votes: Mapping[int, int],
    taken: set[int],
    limits: tuple[int, int],
) -> None:
    """Place the lines of a gap that has grown or shrunk: where their names stand, if that lies in it; else nowhere sure."""
    start, end = limits
    for number, line in enumerate(gap, start=1):
        vote = votes.get(line)
        if vote is not None and start < vote < end and vote not in taken:
            lines[line] = vote
            taken.add(vote)
        else:
            unsure.add(line)
            lines[line] = start + number if start + number < end else None
