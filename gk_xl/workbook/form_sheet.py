"""How XlsxWriter writes a sheet of ours: formulas as they are."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet


class FormSheet(Worksheet):  # type: ignore[misc] # XlsxWriter says nothing of its types
    """A sheet whose formulas name no function that is to be marked as newer than the format.

    XlsxWriter looks for thirty such names in each formula, which takes as long as all else of a workbook.
    """

    def _prepare_formula(self, formula: str, *_: Any) -> str:
        """Return a formula as it stands in the file."""
        return formula.removeprefix("=")
