"""Merged cells of the strict double: what ``Range`` tells of them, and how it merges and takes apart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.doubles.excel.area import Area


@cache
def corners(address: str) -> tuple[int, int, int, int]:
    """Return first row and column, last row and column of an area that a sheet's list of merges names."""
    from tests.doubles.excel.area import Area

    return Area.parse(None, None, address).rectangle  # type: ignore[arg-type] # it asks neither for anything


class Merging:
    """The part of a range that is about merged cells; Excel keeps what lies under a merge."""

    if TYPE_CHECKING:
        excel: Any
        sheet: Any
        row: int
        column: int

        def places(self) -> Any: ...
        def each(self) -> Any: ...
        def allow_formats(self) -> None: ...
        def get_Address(self) -> str: ...

    def get_MergeArea(self) -> Area:
        """Return the merged area of the first cell, or the cell itself."""
        for held in self.sheet.grid.merges:
            top, left, bottom, right = corners(held)
            if top <= self.row <= bottom and left <= self.column <= right:
                area: Area = self.sheet.call_Range(held)
                return area
        first: Area = next(self.each())
        return first

    def get_MergeCells(self) -> bool | None:
        """Return whether all cells are merged; None where they differ."""
        found = {cell.get_MergeArea().get_Count() > 1 for cell in self.each()}
        return found.pop() if len(found) == 1 else None

    def call_Merge(self) -> None:
        """Merge the cells."""
        self.allow_formats()
        self.sheet.grid.merges.append(self.get_Address().replace("$", ""))

    def call_UnMerge(self) -> None:
        """Take apart every merged area that has a cell here."""
        self.allow_formats()
        held = {cell.get_MergeArea().get_Address().replace("$", "") for cell in self.each()}
        self.sheet.grid.merges[:] = [area for area in self.sheet.grid.merges if area not in held]
