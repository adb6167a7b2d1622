"""The public entry: :func:`locate`. One table at a time, under one time bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gk_xl.checks.locate.classes import LIMIT, Teller, explanations
from gk_xl.checks.locate.likelihood import Judge
from gk_xl.checks.locate.lines import line_slips
from gk_xl.checks.locate.search import search
from gk_xl.checks.locate.structure import structure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gk_xl.checks.identity import Identity
    from gk_xl.checks.locate.structure import CellNo, Node, Structure
    from gk_xl.form.finding import Suspect
    from gk_xl.form.schema import CellId, Edition, Value

MOST_LOOSE = 4  # so many blank cells at most are filled in as part of an explanation
LAST_YEAR = 3.0  # weight of last year's 结转下年度 as a witness for this year's 上年结转


LIMIT_OF_STEPS = 400_000
"""Patterns that the search of one table may look at: about a quarter of a second on an office machine."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What something outside the table says a cell holds: a sentence of the narrative, last year's report.

    ``weight`` is the natural logarithm of how much likelier the witness says so if it is true than if it is not:
    3 for a hint (20 to 1), 6 for a plain statement (400 to 1). ``source`` is the text to quote.
    """

    cell: CellId
    value: int
    weight: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """The suspects of all tables, table by table, best first.

    ``decided`` is false when the list may be incomplete: the time was up, too many explanations tie, or none was found;
    ``reason`` then says which, for the clerk.
    """

    suspects: tuple[Suspect, ...] = ()
    decided: bool = True
    reason: str = ""


def locate(
    edition: Edition,
    cells: Mapping[CellId, Value],
    identities: Sequence[Identity],
    *,
    witnesses: Sequence[Witness] = (),
    last: Mapping[CellId, Value] | None = None,
    limit: int = LIMIT_OF_STEPS,
) -> Located:
    """Return which cells explain the broken identities, and what they should hold.

    ``cells`` are the values of one filing, ``identities`` the linear rules over them; an identity over a cell without a
    whole number is undecided and explains nothing. ``witnesses`` break ties; ``last`` is last year's filing, whose
    carried-over numbers are a witness for this year's. ``limit`` bounds the search of each table in steps.
    """
    tables: dict[str, list[Identity]] = {}
    for identity in identities:
        tables.setdefault(edition.cell(next(iter(identity.coefficients))).table, []).append(identity)
    spoken = [*witnesses, *_last_year(edition, last or {})]
    numbers = {cell: number for cell, value in cells.items() if (number := _whole(value)) is not None}
    found = [_locate(edition, cells, numbers, table, spoken, limit) for table in tables.values()]
    return Located(
        tuple(suspect for part in found for suspect in part.suspects),
        all(part.decided for part in found),
        "".join(part.reason for part in found),
    )


def _last_year(edition: Edition, last: Mapping[CellId, Value]) -> Iterable[Witness]:
    """Yield last year's 结转下年度 as witnesses for this year's 上年结转."""
    for cell in edition.matching("t3.carried_in.*"):
        value = last.get(f"t3.carried_out.{cell.column}")
        if isinstance(value, int):
            yield Witness(cell.id, value, LAST_YEAR, f"上年“{edition.cell(f't3.carried_out.{cell.column}').row_label}”")


def _whole(value: Value) -> int | None:
    """Return a cell's value as a whole number; None for blank, text and fractions."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) else None


def _decidable(numbers: Mapping[CellId, int], identities: Sequence[Identity]) -> tuple[list[Identity], set[CellId]]:
    """Return the identities to work with and the cells without a number in them.

    A blank cell is kept where at least two identities lack nothing but this cell: together they still say something
    about the other cells, and both must agree on its number. All other identities over blanks say nothing.
    """
    lacking = [identity.coefficients.keys() - numbers.keys() for identity in identities]
    kept = list(range(len(identities)))
    while True:
        alone: dict[CellId, int] = {}
        for number in kept:
            if len(lacking[number]) == 1:
                (cell,) = lacking[number]
                alone[cell] = alone.get(cell, 0) + 1
        useful = {cell for cell, count in alone.items() if count > 1}
        if len(useful) > MOST_LOOSE:
            useful = set()
        after = [number for number in kept if len(lacking[number]) <= 1 and lacking[number] <= useful]
        if after == kept:
            return [identities[number] for number in kept], {cell for number in kept for cell in lacking[number]}
        kept = after


def _residuals(numbers: Mapping[CellId, int], identities: Sequence[Identity]) -> dict[Node, int]:
    """Return by how much each identity is off that is; a cell without a number counts as 0."""
    found = {}
    for node, identity in enumerate(identities):
        total = identity.constant
        for cell, factor in identity.coefficients.items():
            total += factor * numbers.get(cell, 0)
        if total:
            found[node] = total
    return found


def _locate(
    edition: Edition,
    cells: Mapping[CellId, Value],
    numbers: Mapping[CellId, int],
    identities: Sequence[Identity],
    witnesses: Sequence[Witness],
    limit: int,
) -> Located:
    """Return the suspects of one table."""
    usable, blanks = _decidable(numbers, identities)
    residuals = _residuals(numbers, usable)
    broken = [usable[node].code for node in residuals if blanks.isdisjoint(usable[node].coefficients)]
    if not broken:
        return Located()
    structure = structure_of(edition.id, usable)
    judge = _judge(structure, numbers, blanks, witnesses)
    codes = [identity.code for identity in usable]
    starts = [(judge, residuals, None), *line_slips(structure, codes, judge, residuals)]
    found = search(structure, starts, limit)
    listed = explanations(judge.found, found.solutions)
    name = edition.table(structure.tables[0]).name
    if not listed.explanations:
        why = "差错太多太杂，没有找到说得通的改法" if found.cut_short else "差错太多，几处小改动说不通"
        reason = f"{name}有 {len(broken)} 处勾稽不平，{why}，无法判定是哪几格填错，请逐项核对原始台账。"
        return Located((), decided=False, reason=reason)
    reason = ""
    if found.cut_short:
        reason = f"{name}的差错互相牵连，没有比较完所有可能，下列改法不一定是全部，无法判定。"
    elif not listed.complete:
        reason = f"{name}能说得通的改法超过 {LIMIT} 种，只列出一部分，无法判定。"
    teller = Teller(structure, judge, cells, tuple(sorted(set(broken))))
    return Located(tuple(teller.suspects(listed, decided=not reason)), not reason, reason)


def _judge(
    structure: Structure, numbers: Mapping[CellId, int], blanks: set[CellId], witnesses: Sequence[Witness]
) -> Judge:
    """Return the likelihoods on this table, with what witnesses hold its cells to be."""
    expected: dict[CellNo, dict[int, float]] = {}
    for witness in witnesses:
        cell = structure.numbers.get(witness.cell)
        if cell is not None:
            held = expected.setdefault(cell, {})
            held[witness.value] = held.get(witness.value, 0.0) + witness.weight
    found = [numbers.get(cell, 0) for cell in structure.cells]
    return Judge(structure, found, frozenset(structure.numbers[cell] for cell in blanks), expected)
