"""A recipe changes a Book in place and returns what it destroyed: names whose content is gone.

Coordinates are taken from the form, so that each recipe damages both editions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    from gk_xl.workbook.layout import Layout
    from tests.workbook.damage.book import Book


Destroyed = set[str]


@dataclass
class Scene:
    """A workbook about to be damaged: the model, its form, a source of chance."""

    book: Book
    form: Layout
    rng: random.Random

    def tab(self, section: str) -> str:
        """Return the sheet of a section or table."""
        return self.form.edition.section(section).tab

    def places(self, table: str) -> dict[str, tuple[int, int]]:
        """Return the inputs of a table with their places."""
        return {
            cell.id: (self.form.names[cell.id].row, self.form.names[cell.id].column)
            for cell in self.form.edition.table(table).cells
        }

    def block(self, table: str) -> tuple[int, int, int, int]:
        """Return the first and last row and column of a table's inputs."""
        places = self.places(table).values()
        rows, columns = [row for row, _ in places], [column for _, column in places]
        return min(rows), min(columns), max(rows), max(columns)

    def at(self, section: str, place: tuple[int, int]) -> str:
        """Return the name of an input, empty when there is none."""
        tab = self.tab(section)
        return next((n for n, p in self.form.names.items() if (p.sheet, p.row, p.column) == (tab, *place)), "")


Recipe = Callable[[Scene], "Destroyed | bytes | None"]
RECIPES: list[tuple[str, str, Recipe]] = []


def recipe(kind: str, name: str = "") -> Callable[[Recipe], Recipe]:
    """Add a function to the recipes."""

    def add(function: Recipe) -> Recipe:
        RECIPES.append((kind, name or function.__name__, function))
        return function

    return add


def each(kind: str, name: str, make: Callable[..., Recipe], cases: list[tuple[object, ...]]) -> None:
    """Add a recipe for each case."""
    RECIPES.extend((kind, f"{name} {' '.join(map(str, case))}".strip(), make(*case)) for case in cases)
