"""Filled-in tables 三 with planted slips, for measuring and testing the search for wrong cells.

The generators know nothing of the search's own likelihoods: they imitate how tables come about (application by
application) and how slips come about (a typist, a tally).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gk_xl.checks.identity import Identity

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from gk_xl.form.schema import Edition

HEADS = ("received_new", "carried_in", "outcome_total", "carried_out")
SIZES = {"township": (3, 12), "county": (40, 160), "city": (2000, 9000)}
"""How many applications a table counts, least and most."""

Table = dict[str, int]
CASES = {"reconsideration": "T4-01", "suit_after": "T4-03"}
"""Kinds of case with a rule of their own; every other kind is T4-02's."""


def identities(edition: Edition) -> list[Identity]:
    """Return T3-01 to T3-03 and T4-01 to T4-03 as linear sums."""
    t3, t4 = edition.table("t3"), edition.table("t4")
    rows = [row for row in t3.rows if row not in HEADS]
    found = [
        Identity("T3-01", {f"t3.received_new.{c}": 1, f"t3.carried_in.{c}": 1, f"t3.outcome_total.{c}": -1, f"t3.carried_out.{c}": -1})
        for c in t3.columns
    ]  # fmt: skip
    found += [Identity("T3-02", {f"t3.outcome_total.{c}": 1, **{f"t3.{r}.{c}": -1 for r in rows}}) for c in t3.columns]
    found += [
        Identity("T3-03", {f"t3.{r}.total": 1, **{f"t3.{r}.{c}": -1 for c in t3.columns if c != "total"}})
        for r in t3.rows
    ]
    found += [
        Identity(CASES.get(r, "T4-02"), {f"t4.{r}.total": 1, **{f"t4.{r}.{c}": -1 for c in t4.columns if c != "total"}})
        for r in t4.rows
    ]
    return found


def table3(edition: Edition, rng: random.Random, size: str) -> Table:
    """Return a table 三 without a fault, counted application by application."""
    t3 = edition.table("t3")
    rows = [row for row in t3.rows if row not in HEADS]
    columns = [column for column in t3.columns if column != "total"]
    cells = {f"t3.{row}.{column}": 0 for row in t3.rows for column in t3.columns}
    row_weights = [rng.random() ** 3 for _ in rows]
    column_weights = [
        10.0,
        3.0 * rng.random(),
        0.3 * rng.random(),
        0.5 * rng.random(),
        0.6 * rng.random(),
        rng.random(),
        *(rng.random() for _ in columns[6:]),
    ][: len(columns)]  # a form may have fewer kinds of applicants
    count = rng.randint(*SIZES[size])
    for column in rng.choices(columns, column_weights, k=count):
        came = "carried_in" if rng.random() < 0.07 else "received_new"
        went = "carried_out" if rng.random() < 0.06 else rng.choices(rows, row_weights)[0]
        for cell in route(column, came, went):
            cells[cell] += 1
    return cells


def route(column: str, came: str, went: str) -> list[str]:
    """Return the cells that count one application."""
    rows = [came, went] + ([] if went == "carried_out" else ["outcome_total"])
    return [f"t3.{row}.{c}" for row in rows for c in (column, "total")]


# ------------------------------------------------------------------ slips of one cell


def swapped(rng: random.Random, true: int) -> int:
    """Two neighbouring digits exchanged."""
    digits = str(true)
    if len(digits) < 2:
        return true
    at = rng.randrange(len(digits) - 1)
    return int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def wrong(rng: random.Random, true: int) -> int:
    """One digit mistyped."""
    digits = str(true)
    at = rng.randrange(len(digits))
    return int(digits[:at] + rng.choice("0123456789") + digits[at + 1 :])


def missing(rng: random.Random, true: int) -> int:
    """One digit dropped."""
    digits = str(true)
    at = rng.randrange(len(digits))
    return int(digits[:at] + digits[at + 1 :] or "0")


def extra(rng: random.Random, true: int) -> int:
    """One digit too many, as often as not a digit typed twice."""
    digits = str(true)
    at = rng.randrange(len(digits))
    digit = digits[at] if rng.random() < 0.5 else rng.choice("0123456789")
    return int(digits[:at] + digit + digits[at:])


def sign(rng: random.Random, true: int) -> int:
    """The sign turned."""
    return -true


def other(rng: random.Random, true: int) -> int:
    """Some number of the same size."""
    return rng.randrange(2 * true + 5)


SLIPS: tuple[Callable[[random.Random, int], int], ...] = (swapped, wrong, wrong, missing, extra, sign, other)


def slip(rng: random.Random, true: int) -> int:
    """Return another number than the true one; of a number that is mistyped once more the digits, its sign stays."""
    turned = -1 if true < 0 else 1
    while True:
        found = turned * rng.choice(SLIPS)(rng, abs(true))
        if found != true:
            return found


def mistype(rng: random.Random, cells: Table, count: int, *, filled: bool) -> dict[str, int]:
    """Mistype some cells in place and return what they held: any cells, or only such as are not zero."""
    able = [cell for cell in cells if cells[cell]] if filled else list(cells)
    truth = {cell: cells[cell] for cell in rng.sample(able, min(count, len(able)))}
    for cell, true in truth.items():
        cells[cell] = slip(rng, true)
    return truth


# ------------------------------------------------------------------ slips that go together


@dataclass(frozen=True)
class Planted:
    """A faulty table, what the changed cells truly hold, and what was done."""

    cells: Table
    truth: Mapping[str, int]
    kinds: tuple[str, ...]


def _applications(edition: Edition, rng: random.Random, cells: Table) -> tuple[str, str] | None:
    """Return row and column of an application that is counted, None when there is none."""
    t3 = edition.table("t3")
    able = [
        (row, column)
        for row in t3.rows
        if row not in HEADS
        for column in t3.columns
        if column != "total" and cells[f"t3.{row}.{column}"]
    ]
    if not able:
        return None
    return rng.choices(able, [cells[f"t3.{row}.{column}"] for row, column in able])[0]


def _some_totals(rng: random.Random, row: str, column: str) -> list[str]:
    """Return some totals that count a leaf, the grand total only with one of the others."""
    chosen = rng.choice(((0,), (1,), (0, 1), (0, 1, 2), (0, 2), (1, 2)))
    totals = (f"t3.{row}.total", f"t3.outcome_total.{column}", "t3.outcome_total.total")
    return [totals[number] for number in chosen]


def omitted(edition: Edition, rng: random.Random, cells: Table) -> bool:
    """An application missing from a leaf and some of its totals."""
    place = _applications(edition, rng, cells)
    if place is None:
        return False
    for cell in ["t3.{}.{}".format(*place), *_some_totals(rng, *place)]:
        cells[cell] -= 1
    return True


def doubled(edition: Edition, rng: random.Random, cells: Table) -> bool:
    """An application counted twice in a leaf and some of its totals."""
    place = _applications(edition, rng, cells)
    if place is None:
        return False
    for cell in ["t3.{}.{}".format(*place), *_some_totals(rng, *place)]:
        cells[cell] += 1
    return True


def wrong_row(edition: Edition, rng: random.Random, cells: Table) -> bool:
    """An application in the wrong row, the row totals taken from elsewhere."""
    place = _applications(edition, rng, cells)
    if place is None:
        return False
    row, column = place
    to = rng.choice([one for one in edition.table("t3").rows if one not in (*HEADS, row)])
    cells[f"t3.{row}.{column}"] -= 1
    cells[f"t3.{to}.{column}"] += 1
    return True


def wrong_column(edition: Edition, rng: random.Random, cells: Table) -> bool:
    """An application in the wrong column, the column totals with it or not."""
    place = _applications(edition, rng, cells)
    if place is None:
        return False
    row, column = place
    to = rng.choice([one for one in edition.table("t3").columns if one not in ("total", column)])
    for line in (row, "outcome_total")[: rng.choice((1, 2))]:
        cells[f"t3.{line}.{column}"] -= 1
        cells[f"t3.{line}.{to}"] += 1
    return True


def neighbour(edition: Edition, rng: random.Random, cells: Table) -> bool:
    """A value typed in the next cell of its row or column, and the next one's in its place."""
    t3 = edition.table("t3")
    for _ in range(50):
        place = _applications(edition, rng, cells)
        if place is None:
            return False
        row, column = place
        if rng.random() < 0.5:
            beside = t3.rows[t3.rows.index(row) + rng.choice((-1, 1))], column
        else:
            at = t3.columns.index(column) + rng.choice((-1, 1))
            beside = row, t3.columns[at]
            if beside[1] == "total":
                continue
        if beside[0] in HEADS:
            continue
        one, two = f"t3.{row}.{column}", "t3.{}.{}".format(*beside)
        if cells[one] != cells[two]:
            cells[one], cells[two] = cells[two], cells[one]
            return True
    return False


def row_shift(edition: Edition, rng: random.Random, cells: Table) -> bool:
    """The values of a row typed one column further on, the last one lost."""
    t3 = edition.table("t3")
    able = [row for row in t3.rows if sum(1 for c in t3.columns if cells[f"t3.{row}.{c}"]) >= 3]
    if not able:
        return False
    row = rng.choice(able)
    values = [cells[f"t3.{row}.{column}"] for column in t3.columns]
    for column, value in zip(t3.columns, [0, *values[:-1]], strict=True):
        cells[f"t3.{row}.{column}"] = value
    return True


def column_shift(edition: Edition, rng: random.Random, cells: Table) -> bool:
    """The handling results of a column typed one row further down, the last one lost."""
    t3 = edition.table("t3")
    rows = [row for row in t3.rows if row not in HEADS]
    able = [c for c in t3.columns if sum(1 for row in rows if cells[f"t3.{row}.{c}"]) >= 2]
    if not able:
        return False
    column = rng.choice(able)
    values = [cells[f"t3.{row}.{column}"] for row in rows]
    for row, value in zip(rows, [0, *values[:-1]], strict=True):
        cells[f"t3.{row}.{column}"] = value
    return True


def unadded(edition: Edition, rng: random.Random, cells: Table) -> bool:
    """All row totals, or all column totals, left at zero."""
    t3 = edition.table("t3")
    row, column = rng.choice((("outcome_total", None), (None, "total")))
    for cell in cells:
        _, line = cell.split(".", 1)
        head, _, last = line.rpartition(".")
        if head == row or last == column:
            cells[cell] = 0
    return bool(t3)


EVENTS = (omitted, omitted, doubled, wrong_row, wrong_column)
LINES = (neighbour, row_shift, column_shift, unadded)


def planted(
    edition: Edition, rng: random.Random, size: str, count: int, events: tuple[Callable[..., bool], ...] = EVENTS
) -> Planted:
    """Return a table with so many correlated events, all of which leave a mark on it."""
    while True:
        true = table3(edition, rng, size)
        cells = dict(true)
        kinds = []
        for _ in range(200):
            if len(kinds) == count:
                break
            event = rng.choice(events)
            if event(edition, rng, cells):
                kinds.append(event.__name__)
        if len(kinds) == count and min(cells.values()) >= 0 and cells != true:
            return Planted(cells, {cell: value for cell, value in true.items() if cells[cell] != value}, tuple(kinds))


def mistyped(edition: Edition, rng: random.Random, size: str, count: int, *, filled: bool) -> Planted:
    """Return a table with so many mistyped cells, independent of each other."""
    cells = table3(edition, rng, size)
    truth = mistype(rng, cells, count, filled=filled)
    return Planted(cells, truth, ("slip",) * count)


def mistyped4(edition: Edition, rng: random.Random) -> Planted:
    """Return a table 四 with one mistyped cell, beside a table 三 without a fault."""
    cells = {cell: 0 for cell in edition.cells if cell.startswith("t3.")}
    t4 = edition.table("t4")
    for row in t4.rows:
        for column in t4.columns[:-1]:
            cells[f"t4.{row}.{column}"] = rng.choice((0, 0, 1, 2, 5, 14, 60))
        cells[f"t4.{row}.total"] = sum(cells[f"t4.{row}.{column}"] for column in t4.columns[:-1])
    cell = rng.choice([cell for cell in cells if cell.startswith("t4.")])
    true = cells[cell]
    cells[cell] = slip(rng, true)
    return Planted(cells, {cell: true}, ("slip",))
