"""What may be typed into the cells of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation as Held

from gk_xl.engines.core.addresses import column_letters
from gk_xl.engines.core.validation import BlockValidation, Validation

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES = {
    "whole_number": "whole", "decimal": "decimal", "date": "date", "time": "time", "text_length": "textLength",
    "list": "list", "custom": "custom", "unknown": None,
}  # fmt: skip
OPERATORS = {
    "between": "between", "not_between": "notBetween", "equal_to": "equal", "not_equal_to": "notEqual",
    "greater_than": "greaterThan", "less_than": "lessThan", "greater_than_or_equal": "greaterThanOrEqual",
    "less_than_or_equal": "lessThanOrEqual",
}  # fmt: skip
_TYPE = {word: name for name, word in TYPES.items()}
_OPERATOR = {word: name for name, word in OPERATORS.items()}
Box = tuple[int, int, int, int]  # first row and column, the last ones


class DataValidation(BlockValidation):
    """The rule for what may be typed into a range."""

    @property
    def api(self) -> list[Held]:
        """Openpyxl's rules that hold in the range."""
        return [held for held in self._all if any(_common(area, self._box) for area in _areas(held))]

    @property
    def _all(self) -> list[Held]:
        rules: list[Held] = self.parent.sheet.file.data_validations.dataValidation
        return rules

    @property
    def _box(self) -> Box:
        _, row, column, rows, columns = self.parent.coords
        return row, column, row + rows - 1, column + columns - 1

    def rules(self) -> set[Validation]:
        """Return the rules that hold in the range."""
        met = [common for held in self._all for area in _areas(held) if (common := _common(area, self._box))]
        covered = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in met)
        return {self._read(held) for held in self.api} | ({Validation()} if covered < len(self.parent) else set())

    def _read(self, held: Held) -> Validation:
        kind = _TYPE.get(held.type, "unknown")
        compared = kind not in ("list", "custom", "unknown")
        operator = _OPERATOR[held.operator or "between"] if compared else None
        first, second = (_moved(text, _first(held), self._box) for text in (held.formula1, held.formula2))
        if kind == "list" and first.startswith('="'):
            first = first[2:-1].replace('""', '"')
        return Validation(
            kind,
            operator,
            first or None,
            second if operator in ("between", "not_between") else None,
            not held.showDropDown,
            bool(held.allowBlank),
            bool(held.showInputMessage),
            held.promptTitle or "",
            held.prompt or "",
            bool(held.showErrorMessage),
            held.errorTitle or "",
            held.error or "",
            held.errorStyle or "stop",
        )

    def put(self, rule: Validation) -> None:
        """Let one rule hold in the whole range and no other."""
        for held in self.api:
            left = [piece for area in _areas(held) for piece in _without(area, self._box)]
            if not left:
                self._all.remove(held)
                continue
            before = _first(held)
            held.sqref = MultiCellRange([_address(area) for area in left])
            held.formula1, held.formula2 = (
                _moved(text, before, _first(held))[1:] or None for text in (held.formula1, held.formula2)
            )
        if rule.type == "none":
            return
        first = (rule.formula1 or "").removeprefix("=")
        literal = rule.type == "list" and first == rule.formula1
        made = Held(
            type=TYPES[rule.type],
            operator=OPERATORS.get(rule.operator or ""),
            formula1='"' + first.replace('"', '""') + '"' if literal else first or None,
            formula2=(rule.formula2 or "").removeprefix("=") or None,
            showDropDown=not rule.in_cell_dropdown,
            allowBlank=rule.ignore_blank,
            showInputMessage=rule.show_input,
            promptTitle=rule.input_title or None,
            prompt=rule.input_message or None,
            showErrorMessage=rule.show_error,
            errorTitle=rule.error_title or None,
            error=rule.error_message or None,
            errorStyle=rule.alert_style,
            sqref=_address(self._box),
        )
        self.parent.sheet.file.add_data_validation(made)


def _areas(held: Held) -> Iterator[Box]:
    """Yield the rectangles that a rule holds in."""
    for area in held.sqref.ranges:
        yield area.min_row, area.min_col, area.max_row, area.max_col


def _first(held: Held) -> Box:
    """Return the rectangle whose first cell the formulas of a rule are written for."""
    return next(_areas(held))


def _common(one: Box, other: Box) -> Box | None:
    """Return the rectangle that two have in common; None without one."""
    top, left = max(one[0], other[0]), max(one[1], other[1])
    bottom, right = min(one[2], other[2]), min(one[3], other[3])
    return (top, left, bottom, right) if top <= bottom and left <= right else None


def _without(area: Box, hole: Box) -> Iterator[Box]:
    """Yield what is left of a rectangle where another is taken away."""
    common = _common(area, hole)
    if common is None:
        yield area
        return
    (top, left, bottom, right), (first, start, last, end) = area, common
    pieces = (
        (top, left, first - 1, right),
        (first, left, last, start - 1),
        (first, end + 1, last, right),
        (last + 1, left, bottom, right),
    )
    yield from (piece for piece in pieces if piece[0] <= piece[2] and piece[1] <= piece[3])


def _address(box: Box) -> str:
    return f"{column_letters(box[1])}{box[0]}:{column_letters(box[3])}{box[2]}"


def _moved(text: str | None, origin: Box, target: Box) -> str:
    """Return a formula written for one rectangle's first cell as it is for another's, with its equals sign; empty without one."""
    if not text:
        return ""
    at, to = (f"{column_letters(box[1])}{box[0]}" for box in (origin, target))
    return str(Translator(f"={text}", at).translate_formula(to))
