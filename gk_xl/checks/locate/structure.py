"""What can go wrong together: slip events of a table, grouped by the mark they leave on its identities.

An event is a set of cells that one slip changes by the same amount, each up or down: one cell; an application missing
from a cell and from totals that count it; an application put one row or column off. Events that leave the same mark
(change the same identities by the same amounts) cannot be told apart by arithmetic: they form one :class:`Pattern`.
The search works on patterns, so a class of ties costs as much as a single event.

Everything here follows from the identities themselves: a cell that stands alone on its side of an identity is the
total of the cells on the other side. Only "neighbouring" is taken from the printed grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

from gk_xl.form.load import load_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.identity import Identity
    from gk_xl.form.schema import CellId

CellNo = int
Node = int
Signed = tuple[CellNo, int]
Effect = tuple[tuple[Node, int], ...]
Key = tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...]


class Kind(IntEnum):
    """What sort of slip an event is; each has its own likelihood."""

    SLIP = 0  # one cell holds another number
    CARRIED = 1  # a cell, and totals that took the wrong number over
    TOTALS = 2  # totals that agree with each other and leave their parts behind
    MOVED = 3  # an amount in the wrong one of two cells that the same total counts, neighbours or not
    REROUTED = 4  # an amount handled under one item and counted under another, with or without the row totals
    NEIGHBOUR = 5  # a value in the neighbouring cell, the two counted by no common total


@dataclass(frozen=True, slots=True)
class Event:
    """Cells with the direction in which the correction moves each; the cell where the slip happened first."""

    kind: Kind
    cells: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Events that leave the same mark: ``effect`` on the identities of a correction by 1."""

    number: int
    effect: Effect
    mask: int
    events: tuple[Event, ...]
    cells: int  # all that its events change, as bits
    slips: tuple[CellNo, ...]  # its events sorted by kind: single cells,
    carried: tuple[CellNo, ...]  # first cells of those that carry on,
    counted: int  # how many only whole applications explain,
    exchanges: tuple[tuple[CellNo, CellNo], ...]  # pairs of cells that may hold each other's number


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its cells in order, and for each the identities that cross the line there."""

    cells: tuple[CellNo, ...]
    crossing: tuple[Effect, ...]
    reason: str

    @property
    def reversed(self) -> Line:
        """The same line from its other end."""
        return Line(self.cells[::-1], self.crossing[::-1], self.reason)


@dataclass(frozen=True)
class Structure:
    """The identities of one table, as a network: nodes are identities, cells join them."""

    cells: tuple[CellId, ...]
    numbers: dict[CellId, CellNo]
    touches: tuple[Effect, ...]  # by cell: (identity, coefficient)
    totals: tuple[bool, ...]  # by cell: is it the total of an identity
    leaves: tuple[bool, ...]  # by cell: counted by two totals, itself the total of none
    total_of: tuple[CellNo | None, ...]  # by identity
    members: tuple[frozenset[CellNo], ...]  # by identity
    lines: tuple[Line, ...]
    places: tuple[tuple[int, int] | None, ...]  # by cell: row and column in the printed grid, numbers only
    tables: tuple[str, ...]  # by cell
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    touching: tuple[tuple[tuple[Pattern, int], ...], ...]  # by identity: (pattern, coefficient)
    by_nodes: dict[frozenset[Node], tuple[Pattern, ...]]
    widest: int  # how many events the largest pattern has

    def neighbours(self, one: CellNo, other: CellNo) -> bool:
        """Say whether two cells are printed side by side or one above the other."""
        here, there = self.places[one], self.places[other]
        return here is not None and there is not None and abs(here[0] - there[0]) + abs(here[1] - there[1]) == 1


def structure_of(edition_id: str, identities: Sequence[Identity]) -> Structure:
    """Return the network of one table's identities; built once for each set of identities."""
    return _build(edition_id, tuple((i.code, i.constant, tuple(i.coefficients.items())) for i in identities))


@lru_cache(maxsize=16)
def _build(edition_id: str, key: Key) -> Structure:
    weaver = _Weaver(edition_id, key)
    patterns = weaver.patterns()
    touching: list[list[tuple[Pattern, int]]] = [[] for _ in key]
    by_nodes: dict[frozenset[Node], list[Pattern]] = {}
    for pattern in patterns:
        for node, coefficient in pattern.effect:
            touching[node].append((pattern, coefficient))
        by_nodes.setdefault(frozenset(node for node, _ in pattern.effect), []).append(pattern)
    return Structure(
        cells=tuple(weaver.cells),
        numbers=weaver.numbers,
        touches=tuple(tuple(touch) for touch in weaver.touches),
        totals=tuple(bool(parts) for parts in weaver.parts),
        leaves=tuple(len(weaver.parents[n]) > 1 and not weaver.parts[n] for n in range(len(weaver.cells))),
        total_of=tuple(weaver.total_of),
        members=tuple(frozenset(one + other) for one, other in weaver.sides),
        lines=weaver.lines(),
        places=tuple(weaver.places),
        tables=tuple(cell.partition(".")[0] for cell in weaver.cells),
        rows=weaver.rows,
        columns=weaver.columns,
        patterns=tuple(patterns),
        touching=tuple(tuple(found) for found in touching),
        by_nodes={nodes: tuple(found) for nodes, found in by_nodes.items()},
        widest=max(len(pattern.events) for pattern in patterns),
    )


def _pattern(number: int, effect: Effect, events: tuple[Event, ...]) -> Pattern:
    kinds = [event.kind for event in events]
    return Pattern(
        number=number,
        effect=effect,
        mask=sum(1 << node for node, _ in effect),
        events=events,
        cells=sum(1 << cell for cell in {cell for event in events for cell, _ in event.cells}),
        slips=tuple(event.cells[0][0] for event in events if event.kind is Kind.SLIP),
        carried=tuple(event.cells[0][0] for event in events if event.kind is Kind.CARRIED),
        counted=sum(kind in (Kind.TOTALS, Kind.MOVED, Kind.REROUTED) for kind in kinds),
        exchanges=tuple(
            (event.cells[0][0], event.cells[1][0]) for event in events if event.kind in (Kind.MOVED, Kind.NEIGHBOUR)
        ),
    )


class _Weaver:
    """Reads totals and parts off the identities and lists the events."""

    def __init__(self, edition_id: str, key: Key) -> None:
        edition = load_edition(edition_id)
        mentioned = {cell for _, _, terms in key for cell, _ in terms}
        self.cells = [cell for cell in edition.cells if cell in mentioned]
        self.numbers = {cell: number for number, cell in enumerate(self.cells)}
        self.rows = tuple(edition.cell(cell).row for cell in self.cells)
        self.columns = tuple(edition.cell(cell).column for cell in self.cells)
        self.touches: list[list[tuple[Node, int]]] = [[] for _ in self.cells]
        self.parents: list[list[CellNo]] = [[] for _ in self.cells]  # totals that count the cell
        self.parts: list[list[CellNo]] = [[] for _ in self.cells]  # what the cell is the total of
        self.total_of: list[CellNo | None] = []
        self.sides: list[tuple[list[CellNo], list[CellNo]]] = []
        for node, (_, _, terms) in enumerate(key):
            self._read(node, terms)
        self.places = self._places(edition_id)

    def _read(self, node: Node, terms: tuple[tuple[str, int], ...]) -> None:
        sides: tuple[list[CellNo], list[CellNo]] = ([], [])
        for cell, coefficient in terms:
            number = self.numbers[cell]
            self.touches[number].append((node, coefficient))
            sides[coefficient < 0].append(number)
        self.sides.append(sides)
        small, large = sorted(sides, key=len)
        alone = len(small) == 1 and len(large) > 1 and all(abs(coefficient) == 1 for _, coefficient in terms)
        self.total_of.append(small[0] if alone else None)
        if alone:
            self.parts[small[0]].extend(large)
            for part in large:
                self.parents[part].append(small[0])

    def _places(self, edition_id: str) -> list[tuple[int, int] | None]:
        """Return printed row and column of each cell; columns are counted without the labels and spans before."""
        places: list[tuple[int, int] | None] = [None] * len(self.cells)
        for table in load_edition(edition_id).tables:
            for item in table.grid:
                if item.cell in self.numbers:
                    places[self.numbers[item.cell]] = (item.line, item.column)
        return places

    def lines(self) -> tuple[Line, ...]:
        """Return the rows and columns of more than two cells, from either end."""
        members = [set(one + other) for one, other in self.sides]
        found = []
        for heads, reason in ((self.rows, "row_shift"), (self.columns, "column_shift")):
            for head in dict.fromkeys(heads):
                cells = tuple(number for number, own in enumerate(heads) if own == head)
                if len(cells) > 2:
                    crossing = tuple(
                        tuple(touch for touch in self.touches[cell] if len(members[touch[0]] & set(cells)) == 1)
                        for cell in cells
                    )
                    line = Line(cells, crossing, reason)
                    found += [line, line.reversed]
        return tuple(found)

    def above(self, cell: CellNo) -> set[CellNo]:
        """Return all totals that a cell enters, directly or through other totals."""
        found: set[CellNo] = set()
        for parent in self.parents[cell]:
            found |= {parent} | self.above(parent)
        return found

    def patterns(self) -> list[Pattern]:
        """Return all events grouped by effect; events that leave no mark are out of reach and left out."""
        groups: dict[Effect, dict[tuple[Signed, ...], Event]] = {}
        for event in self._events():
            effect, sign = self._effect(event)
            if effect:
                cells = event.cells if sign > 0 else tuple((cell, -way) for cell, way in event.cells)
                # The same cells may come up under two headings; the first, more telling one stays.
                groups.setdefault(effect, {}).setdefault(tuple(sorted(cells)), Event(event.kind, cells))
        return [
            _pattern(number, effect, tuple(events.values())) for number, (effect, events) in enumerate(groups.items())
        ]

    def _effect(self, event: Event) -> tuple[Effect, int]:
        """Return the mark that an event leaves, with a positive first coefficient, and the sign taken out."""
        marks: dict[Node, int] = {}
        for cell, way in event.cells:
            for node, coefficient in self.touches[cell]:
                marks[node] = marks.get(node, 0) + way * coefficient
        effect = tuple(sorted((node, mark) for node, mark in marks.items() if mark))
        if effect and effect[0][1] < 0:
            return tuple((node, -mark) for node, mark in effect), -1
        return effect, 1

    def _events(self) -> Iterator[Event]:
        for cell in range(len(self.cells)):
            yield Event(Kind.SLIP, ((cell, 1),))
        for cell in range(len(self.cells)):
            yield from self._carried(cell)
        for sides in self.sides:
            yield from self._between(sides)
        for one, other in self._neighbours():
            yield Event(Kind.NEIGHBOUR, ((one, 1), (other, -1)))

    def _carried(self, cell: CellNo) -> Iterator[Event]:
        """Yield a cell with any of the totals above it that the wrong number can have reached from it."""
        above = sorted(self.above(cell))
        for size in range(1, len(above) + 1):
            for taken in combinations(above, size):
                reached = {cell, *taken}
                if all(reached & set(self.parts[total]) for total in taken):
                    yield Event(Kind.CARRIED, tuple((number, 1) for number in (cell, *taken)))

    def _between(self, sides: tuple[list[CellNo], list[CellNo]]) -> Iterator[Event]:
        """Yield amounts in the wrong one of two cells of one side, or on neither side though the parts have them."""
        for side in sides:
            for one, other in combinations(side, 2):
                yield Event(Kind.MOVED, ((one, 1), (other, -1)))
                yield self._with_totals(Kind.MOVED, one, other, -1)
        if min(len(side) for side in sides) < 2:
            return
        # A balance, such as “what came in = what was handled + what is carried over”.
        for side in sides:
            for total, beside in permutations(side, 2):
                for part in self._down(total):
                    yield from self._rerouted(part, total, beside)
        for one, other in product(*sides):
            if self._down(one) or self._down(other):
                yield self._with_totals(Kind.TOTALS, one, other, 1)

    def _down(self, total: CellNo) -> list[CellNo]:
        """Return the parts of a total in its own column; in the column 总计 a cell is the total of its row, too."""
        column = self.columns[total]
        return [part for part in self.parts[total] if self.columns[part] == column]

    def _with_totals(self, kind: Kind, one: CellNo, other: CellNo, way: int) -> Event:
        """Two cells, each with the totals that count it; what both enter alike cancels when they go opposite ways."""
        here, there = self.above(one), self.above(other)
        both = here & there if way < 0 else set()
        moves = [(one, 1), (other, way)]
        moves += [(total, 1) for total in sorted(here - both)] + [(total, way) for total in sorted(there - both)]
        return Event(kind, tuple(moves))

    def _rerouted(self, part: CellNo, total: CellNo, beside: CellNo) -> Iterator[Event]:
        """Yield an amount under ``part`` that belongs under ``beside``, next to the part's total."""
        yield Event(Kind.REROUTED, ((part, 1), (beside, -1)))
        yield Event(Kind.REROUTED, ((part, 1), (beside, -1), (total, 1)))
        rows = [(up, 1) for up in self.parents[part] if up != total]
        columns = [(up, -1) for up in self.parents[beside]]
        if rows and columns:
            yield Event(Kind.REROUTED, ((part, 1), (beside, -1), *rows, *columns))

    def _neighbours(self) -> Iterator[tuple[CellNo, CellNo]]:
        at = {place: number for number, place in enumerate(self.places) if place is not None}
        for number, place in enumerate(self.places):
            if place is not None:
                for beside in ((place[0], place[1] + 1), (place[0] + 1, place[1])):
                    if beside in at:
                        yield number, at[beside]
