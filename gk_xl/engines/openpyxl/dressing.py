"""Locks, looks, conditional formats and validation of a form's cells in a closed .xlsx file, through openpyxl."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.formula.translate import Translator
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from gk_xl.engines.core.addresses import column_letters
from gk_xl.engines.core.dressing import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.engines.core.dressing import Area, Entry, Look, Rule
    from gk_xl.engines.openpyxl.kinds import FileSheet

PLAIN = "General"  # the number format of a cell that has none
VERTICAL = {"top": "top", "vcenter": "center", "bottom": "bottom"}


class Dressing:
    """The dress of one sheet's cells."""

    def __init__(self, sheet: FileSheet) -> None:
        self.sheet = sheet

    def states(self, block: Area, mark: str = "") -> list[State]:
        """Return how each cell of a block is dressed."""
        conditioned = [
            area
            for held in self.sheet.file.conditional_formatting
            if any(mark in formula for rule in held.rules for formula in rule.formula or [""])
            for area in _areas(held.sqref, block)
        ]
        return [
            State(
                (row, column, row, column),
                self._is_locked(cell),
                _is_in((row, column), conditioned),
            )
            for row, column, cell in self._cells(block)
        ]

    def _is_locked(self, cell: Any) -> bool:
        """Return whether one of openpyxl's cells is locked; its own answer is a copy, made each time.

        A cell within a merged one that was dragged there has no style yet: it is locked as any.
        """
        style = cell._style  # noqa: SLF001
        return bool(self.sheet.file.parent._protections[style.protectionId if style else 0].locked)  # noqa: SLF001

    def _cells(self, area: Area) -> Iterator[tuple[int, int, Any]]:
        top, left, bottom, right = area
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield row, column, self.sheet.cell(row, column)

    def without_prompt(self, block: Area, title: str) -> list[Area]:
        """Return the cells of a block whose validation shows another title, or none."""
        rules = self.sheet.file.data_validations.dataValidation
        sound = [area for rule in rules if (rule.promptTitle or "") == title for area in _areas(rule.sqref, block)]
        return [(row, column, row, column) for row, column, _ in self._cells(block) if not _is_in((row, column), sound)]

    def unlocked(self, blocks: Sequence[Area]) -> list[Area]:
        """Return the cells of some blocks that are not locked."""
        return [
            (row, column, row, column)
            for block in blocks
            for row, column, cell in self._cells(block)
            if not self._is_locked(cell)
        ]

    def merged(self, blocks: Sequence[Area]) -> set[Area]:
        """Return the merged areas that begin in some blocks."""
        return {
            (held.min_row, held.min_col, held.max_row, held.max_col)
            for held in self.sheet.file.merged_cells.ranges
            for top, left, bottom, right in blocks
            if top <= held.min_row <= bottom and left <= held.min_col <= right
        }

    def merge(self, area: Area, *, merged: bool) -> None:
        """Merge cells, or take them apart; what the file held under the merged cell shows again, as in an application."""
        if merged:
            self.sheet.file.merge_cells(_address(area))
            return
        self.sheet.file.unmerge_cells(_address(area))
        for row, column, value in self.sheet.book.under(self.sheet.name, area):
            self.sheet.put(row, column, value)
        for row, column, note in self.sheet.book.notes_under(self.sheet.name, area):
            self.sheet.file.cell(row, column).comment = note

    def plain_formulas(self, _: Sequence[Area] = ()) -> list[Area]:
        """Return the formula cells that have no number format of their own, of the whole sheet."""
        return [
            (cell.row, cell.column, cell.row, cell.column)
            for cell in self.sheet.there()
            if cell.data_type == "f" and cell.number_format == PLAIN
        ]

    def format_numbers(self, area: Area, shown: str) -> None:
        """Give cells a number format."""
        for _, _, cell in self._cells(area):
            cell.number_format = shown

    def lock(self, area: Area, *, locked: bool) -> None:
        """Lock cells, or open them."""
        for _, _, cell in self._cells(area):
            cell.protection = Protection(locked=locked)

    def dress(self, area: Area, look: Look) -> None:
        """Give cells a look; a number shown as a date stays one."""
        side = Side("thin", _argb(look.get("border_color", "#000000"))) if look.get("border") else Side()
        for _, _, cell in self._cells(area):
            cell.font = Font(
                look["font_name"],
                look["font_size"],
                bool(look.get("bold")),
                color=_argb(look["font_color"]) if "font_color" in look else Color(theme=1),
            )
            cell.fill = PatternFill("solid", _argb(look["bg_color"])) if "bg_color" in look else PatternFill()
            cell.alignment = Alignment(
                look.get("align"),
                VERTICAL[look.get("valign", "vcenter")],
                wrap_text=bool(look.get("text_wrap")),
                indent=look.get("indent", 0),
            )
            cell.border = Border(copy(side), copy(side), copy(side), copy(side))
            cell.protection = Protection(locked=bool(look.get("locked", True)))
            if look.get("num_format") or not getattr(cell, "is_date", False):  # the rest of a merged cell has no value
                cell.number_format = look.get("num_format", PLAIN)

    def conditions(self, area: Area, rules: list[Rule]) -> None:
        """Give cells conditional formats; formulas are moved to the area's first cell."""
        address = _address(area)
        for rule in rules:
            origin = f"{column_letters(rule.origin[1])}{rule.origin[0]}"
            moved = Translator(f"={rule.formula}", origin).translate_formula(address.partition(":")[0])
            self.sheet.file.conditional_formatting.add(
                address,
                FormulaRule(
                    [moved.removeprefix("=")],
                    font=Font(color=_argb(rule.look["font_color"]), bold=rule.look.get("bold")),
                    fill=PatternFill(bgColor=_argb(rule.look["bg_color"]), fill_type="solid"),
                ),
            )

    def entry(self, area: Area, entry: Entry) -> None:
        """Say what may be typed into cells."""
        rule = DataValidation(
            type=None if entry.kind == "any" else entry.kind,
            operator="between" if entry.maximum is not None else "greaterThanOrEqual",
            formula1=f'"{",".join(entry.choices)}"' if entry.kind == "list" else _number(entry.minimum),
            formula2=_number(entry.maximum),
            allow_blank=True,
            showInputMessage=entry.shown,
            showErrorMessage=True,
            promptTitle=entry.title,
            prompt=entry.prompt,
            errorTitle=entry.error_title if entry.error else None,
            error=entry.error or None,
        )
        rule.add(_address(area))
        self.sheet.file.add_data_validation(rule)


def _address(area: Area) -> str:
    top, left, bottom, right = area
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"


def _argb(colour: Any) -> str:
    return f"FF{str(colour).lstrip('#')}"


def _areas(ranges: Any, block: Area) -> list[Area]:
    """Return the areas of openpyxl's ranges that have a cell in a block."""
    top, left, bottom, right = block
    return [
        (held.min_row, held.min_col, held.max_row, held.max_col)
        for held in ranges.ranges
        if held.min_row <= bottom and top <= held.max_row and held.min_col <= right and left <= held.max_col
    ]


def _is_in(place: tuple[int, int], areas: list[Area]) -> bool:
    """Return whether a cell lies in one of some areas."""
    row, column = place
    return any(area[0] <= row <= area[2] and area[1] <= column <= area[3] for area in areas)
