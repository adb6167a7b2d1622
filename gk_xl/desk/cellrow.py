"""A filing's cells as a row of values, in the order of its form: a quarter of a dictionary, and taken as a whole in one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition, Value


class CellRow(Mapping["CellId", "Value"]):
    """A filing's cells; where each stands is told once for a form."""

    __slots__ = ("_places", "values_in_order")

    def __init__(self, form: Edition, values: tuple[Value, ...]) -> None:
        self._places, self.values_in_order = places(form), values

    def __getitem__(self, cell: CellId) -> Value:
        """Return what a cell holds; KeyError where the form has no such cell."""
        return self.values_in_order[self._places[cell]]

    def get(self, cell: CellId, default: Any = None) -> Any:
        """Return what a cell holds; ``default`` where the form has no such cell."""
        place = self._places.get(cell)
        return default if place is None else self.values_in_order[place]

    def __iter__(self) -> Iterator[CellId]:
        """Yield the cells."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many cells there are."""
        return len(self.values_in_order)

    def follows(self, form: Edition) -> bool:
        """Return whether the values stand in the order of a form."""
        return self._places is places(form)


_PLACES: Final[dict[str, tuple[Edition, dict[CellId, int]]]] = {}


def places(form: Edition) -> dict[CellId, int]:
    """Return the place of each cell in a form."""
    known = _PLACES.get(form.id)
    if known is None or known[0] is not form:
        known = _PLACES[form.id] = form, {cell: place for place, cell in enumerate(form.cells)}
    return known[1]


def values_of(filing: Filing, form: Edition) -> tuple[Value, ...]:
    """Return what a filing holds in the cells of a form, in their order; None in one that it does not have."""
    cells = filing.cells
    if isinstance(cells, CellRow) and cells.follows(form):
        return cells.values_in_order
    return tuple(map(cells.get, form.cells))
