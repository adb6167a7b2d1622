"""Merged cells of the strict double: what ``Range`` tells of them, and how it merges and takes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.doubles.excel.area import Area


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
            area: Area = self.sheet.call_Range(held)
            if (self.row, self.column) in set(area.places()):
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
