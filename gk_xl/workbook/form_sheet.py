"""How XlsxWriter writes a workbook of ours: its structure locked, its own names hidden; a sheet's formulas as they are."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet


class FormBook(Workbook):  # type: ignore[misc] # XlsxWriter says nothing of its types
    """A workbook with its structure locked (no sheet added, deleted, renamed or moved) and its own names hidden.

    XlsxWriter cannot write the lock, which stands after ``<workbookPr>`` (ECMA-376 part 1, 18.2.27). Hidden (18.2.5) are the
    identifiers that programs go by; names of one sheet are a clerk's.
    """

    def _write_workbook_pr(self) -> None:
        """Write the workbook's properties, and the lock behind them."""
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])

    def _write_defined_name(self, defined_name: list[Any]) -> None:
        """Write a name: what it is called, the number of the sheet whose own it is or -1, what it stands for, hidden."""
        name, sheet, stands_for, hidden = defined_name
        is_program_s = sheet == -1 and not name.startswith("_xlnm.")
        super()._write_defined_name([name, sheet, stands_for, hidden or is_program_s])


class FormSheet(Worksheet):  # type: ignore[misc] # XlsxWriter says nothing of its types
    """A sheet whose formulas name no function that is to be marked as newer than the format.

    XlsxWriter looks for thirty such names in each formula, which takes as long as all else of a workbook.
    """

    def _prepare_formula(self, formula: str, *_: Any) -> str:
        """Return a formula as it stands in the file."""
        return formula.removeprefix("=")
