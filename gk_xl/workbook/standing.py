"""Where every input of the form stands in a workbook: the one rule, for a file as for a workbook that is open.

An input is what stands beside its printed labels. While these are in their places, addresses hold, whatever became of
the defined names (dragging a cell bends them); where rows or columns were inserted or deleted, labels lead, and names
where no label tells. So the button and the check of the file judge the same numbers: those a person reads there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.workbook.alignment import FEW, align, comparable, labels_of
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.layout import LEDGER, Layout, Place, layout
from gk_xl.workbook.ledger import ledger_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gk_xl.workbook.plan import SheetPlan


class Standing(NamedTuple):
    """Where each name stands; ``gone`` are those whose row or column was deleted: they hold nothing."""

    places: Mapping[str, Place]
    gone: frozenset[str]


def standing(
    form: Layout,
    values: Mapping[str, Sequence[Sequence[Any]]],
    named: Callable[[str], Place | None],
    read_to: Mapping[str, tuple[int, int]] | None = None,
) -> Standing:
    """Return where every name of the form stands, given the values of each sheet row by row.

    ``named`` tells where a defined name points and is asked only where labels have moved; ``read_to`` is the last row
    and column of the form that was read of each sheet, where that is not all.
    """
    own = {**form.names, **(ledger_places(form.edition.id) if LEDGER in form.extras else {})}
    places, gone = dict(own), set[str]()
    for plan in expected_plan(form).sheets:
        rows = values.get(plan.title)
        end = None if read_to is None else read_to.get(plan.title)
        if rows is None or not has_moved(form, plan, rows, end):
            continue
        names = {name: place for name, place in own.items() if place.sheet == plan.title}
        pointed = {
            (place.row, place.column): (there.row, there.column)
            for name, place in names.items()
            if (there := named(name)) is not None and there.sheet == plan.title
        }
        cells = {
            (row, column): value
            for row, line in enumerate(rows, start=1)
            for column, value in enumerate(line, start=1)
            if value not in (None, "")
        }
        found = align(plan, cells, pointed, end)
        for name, place in names.items() if found.moved else ():
            at = found.place(place.row, place.column)
            if at is None:
                gone.add(name)
            else:
                places[name] = Place(plan.title, *at)
    return Standing(places, frozenset(gone))


def has_moved(form: Layout, plan: SheetPlan, rows: Sequence[Sequence[Any]], end: tuple[int, int] | None = None) -> bool:
    """Return whether more labels of a sheet are out of their places than single edits explain."""
    missed = 0
    for (row, column), text in _labels(form.key)[plan.title].items():
        if end is not None and (row > end[0] or column > end[1]):
            continue
        value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
        missed += value != text and comparable(value) != text
        if missed >= FEW:
            return True
    return False


@lru_cache
def _labels(key: tuple[str, str, str, tuple[str, ...]]) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Return the printed texts of every sheet."""
    return {plan.title: labels_of(plan) for plan in expected_plan(layout(*key)).sheets}
