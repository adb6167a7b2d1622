"""Locks, looks and validation of a form's cells in Excel itself, through its object model.

Excel counts the references of a new conditional format from whichever cell is active; the form's own formats on cells to
fill in have absolute ones only, so that none can go wrong.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from gk_xl.addin.com import BUSY, GONE, answer
from gk_xl.engines.core.addresses import COLUMNS, ROWS, column_letters, column_number
from gk_xl.engines.core.dressing import Area, State, halves
from gk_xl.engines.core.values import to_rgb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.engines.core.dressing import Entry, Look, Rule

HORIZONTAL: Final = {"left": "left", "center": "center", "right": "right"}
VERTICAL: Final = {"top": "top", "vcenter": "center", "bottom": "bottom"}
GENERAL: Final = "General"
KINDS: Final = {"any": 0, "whole": 1, "decimal": 2, "list": 3, "date": 4}  # XlDVType
BY_FORMULA: Final = 2  # xlExpression
LONGEST: Final = 200  # letters of an address that Excel surely gives whole
STOP, BETWEEN, AT_LEAST = 1, 1, 7  # xlValidAlertStop, xlBetween, xlGreaterEqual


class ExcelDressing:
    """The dress of one sheet's cells."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._formulas: dict[int, str] = {}

    def area(self, area: Area) -> Any:
        """Return the range of an area."""
        top, left, bottom, right = area
        return self.sheet.range((top, left), (bottom, right))

    def states(self, block: Area, mark: str = "") -> list[State]:
        """Return which cells of a block are locked, and which have conditional formats, those alike together."""
        return [
            State(part, locked, conditioned)
            for area, locked in self._locked(block)
            for part, conditioned in self._parted(area, mark)
        ]

    def _locked(self, block: Area) -> list[tuple[Area, bool]]:
        """Return which parts of a block are locked: halves are asked for until all cells of one are alike."""
        locked = self.sheet.impl.xl.Range(_address(block)).Locked
        if locked is not None:
            return [(block, bool(locked))]
        return [found for part in halves(block) for found in self._locked(part)]

    def without_prompt(self, block: Area, title: str) -> list[Area]:
        """Return the areas of a block whose validation shows another title, or none: cells that differ are asked singly."""
        if self._prompt(block) == title:
            return []
        top, left, bottom, right = block
        cells = [(row, column, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        return cells if len(cells) == 1 else [cell for cell in cells if self._prompt(cell) != title]

    def _prompt(self, block: Area) -> str:
        """Return the title that the validation of a block shows; Excel refuses to say where there is none, or several."""
        try:
            return str(self.sheet.impl.xl.Range(_address(block)).Validation.InputTitle)
        except Exception as error:
            if answer(error) in BUSY | GONE:
                raise
            return ""

    def unlocked(self, blocks: Sequence[Area]) -> list[Area]:
        """Return the areas of some blocks that are not locked; many blocks are asked for at once, as long as all are."""
        found = []
        for held in _batches(blocks):
            if self.sheet.impl.xl.Range(",".join(map(_address, held))).Locked is not True:
                found += [area for block in held for area, locked in self._locked(block) if not locked]
        return found

    def merged(self, blocks: Sequence[Area]) -> set[Area]:
        """Return the merged areas that cells of some blocks belong to."""
        return {area for block in blocks for area in self._merged(block)}

    def _merged(self, block: Area) -> list[Area]:
        """Return the merged areas of a block: halves are asked for until a half has none, or one that covers it."""
        if self.sheet.impl.xl.Range(_address(block)).MergeCells is False:
            return []
        top, left, bottom, right = area = _rectangle(str(self.sheet.impl.xl.Cells(*block[:2]).MergeArea.Address))
        if top <= block[0] and left <= block[1] and bottom >= block[2] and right >= block[3]:
            return [area] if (top, left) != (bottom, right) else []
        return [found for part in halves(block) for found in self._merged(part)]

    def merge(self, area: Area, *, merged: bool) -> None:
        """Merge cells, or take them apart."""
        target = self.sheet.impl.xl.Range(_address(area))
        _ = target.Merge() if merged else target.UnMerge()

    def _parted(self, block: Area, mark: str) -> list[tuple[Area, bool]]:
        """Return the parts of a block that have conditional formats, and those that have none."""
        top, left, bottom, right = block
        covers = [
            area for area, number in self._conditions if not _apart(area, block) and mark in self._formula(number)
        ]
        if any(a[0] <= top and a[1] <= left and a[2] >= bottom and a[3] >= right for a in covers) or not covers:
            return [(block, bool(covers))]
        cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        return [((*cell, *cell), any(not _apart(area, (*cell, *cell)) for area in covers)) for cell in cells]

    @cached_property
    def _conditions(self) -> list[tuple[Area, int]]:
        """The areas of the sheet that have a conditional format, each with the format's number."""
        formats = self.sheet.impl.xl.Cells.FormatConditions
        return [
            (area, number) for number in range(1, formats.Count + 1) for area in _areas(formats.Item(number).AppliesTo)
        ]

    def _formula(self, number: int) -> str:
        """Return the formula of a conditional format; an empty text for one of another kind."""
        if number not in self._formulas:
            condition = self.sheet.impl.xl.Cells.FormatConditions.Item(number)
            self._formulas[number] = str(condition.Formula1) if condition.Type == BY_FORMULA else ""
        return self._formulas[number]

    def plain_formulas(self, _: Sequence[Area] = ()) -> list[Area]:
        """Return the formula cells that need a number format of their own: none, Excel gives none while it draws."""
        return []

    def format_numbers(self, area: Area, shown: str) -> None:
        """Give cells a number format."""
        self.area(area).number_format = shown

    def lock(self, area: Area, *, locked: bool) -> None:
        """Lock cells, or open them."""
        self.area(area).api.Locked = locked

    def dress(self, area: Area, look: Look) -> None:
        """Give cells a look; a number shown as a date stays one."""
        target = self.area(area)
        target.font.name, target.font.size = look["font_name"], look["font_size"]
        target.font.bold, target.font.italic = bool(look.get("bold")), False
        target.font.color = look.get("font_color", "#000000")
        target.color = look.get("bg_color")
        target.horizontal_alignment = HORIZONTAL.get(str(look.get("align")), "general")
        target.vertical_alignment = VERTICAL[str(look.get("valign", "vcenter"))]
        target.wrap_text = bool(look.get("text_wrap"))
        shown = target.number_format
        if look.get("num_format"):
            target.number_format = look["num_format"]
        elif shown is None or not {"y", "d", "年", "日"} & set(str(shown).lower()):
            target.number_format = GENERAL
        if look.get("border"):
            target.borders.set("all", line_style="continuous", weight="thin", color=look["border_color"])
        self.lock(area, locked=bool(look.get("locked", True)))

    def conditions(self, area: Area, rules: list[Rule]) -> None:
        """Give cells these conditional formats in place of those they have."""
        formats = self.sheet.impl.xl.Range(_address(area)).FormatConditions
        formats.Delete()
        for rule in rules:
            made = formats.Add(BY_FORMULA, Formula1=f"={rule.formula}")
            made.StopIfTrue = False
            made.Interior.Color = _colour(rule.look["bg_color"])
            made.Font.Color = _colour(rule.look["font_color"])
            if rule.look.get("bold"):
                made.Font.Bold = True

    def entry(self, area: Area, entry: Entry) -> None:
        """Say what may be typed into cells."""
        rule = self.area(area).api.Validation
        rule.Delete()
        if entry.kind == "any":
            rule.Add(KINDS["any"])
        elif entry.kind == "list":
            rule.Add(KINDS["list"], STOP, BETWEEN, ",".join(entry.choices))
        elif entry.maximum is None:
            rule.Add(KINDS[entry.kind], STOP, AT_LEAST, f"{entry.minimum:g}")
        else:
            rule.Add(KINDS[entry.kind], STOP, BETWEEN, f"{entry.minimum:g}", f"{entry.maximum:g}")
        rule.IgnoreBlank, rule.ShowInput, rule.ShowError = True, entry.shown, True
        rule.InputTitle, rule.InputMessage = entry.title, entry.prompt
        if entry.error:
            rule.ErrorTitle, rule.ErrorMessage = entry.error_title, entry.error


def _address(area: Area) -> str:
    """Return an area as Excel takes it."""
    top, left, bottom, right = area
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def _batches(blocks: Sequence[Area]) -> list[list[Area]]:
    """Return blocks in groups whose addresses Excel takes in one text."""
    batches: list[list[Area]] = []
    letters = LONGEST
    for block in blocks:
        letters += len(_address(block)) + 1
        if letters > LONGEST:
            batches.append([])
            letters = len(_address(block))
        batches[-1].append(block)
    return batches


def _areas(found: Any) -> list[Area]:
    """Return the rectangles of a range of Excel's; a long address may come cut, so that its parts are asked singly."""
    address = str(found.Address)
    if len(address) > LONGEST:
        parts = found.Areas
        texts = [str(parts.Item(number).Address) for number in range(1, parts.Count + 1)]
    else:
        texts = address.split(",")
    return [_rectangle(text) for text in texts]


def _rectangle(text: str) -> Area:
    """Return the rectangle of an address: of cells, of whole columns (``$A:$B``), of whole rows (``$1:$2``)."""
    first, last = text.partition(":")[0].split("$")[1:], text.rpartition(":")[2].split("$")[1:]
    letters = [column_number(part) for part in (*first, *last) if part.isalpha()] or [1, COLUMNS]
    rows = [int(part) for part in (*first, *last) if part.isdigit()] or [1, ROWS]
    return rows[0], letters[0], rows[-1], letters[-1]


def _apart(one: Area, other: Area) -> bool:
    """Return whether two areas have no cell in common."""
    return one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


def _colour(colour: Any) -> int:
    """Return a colour as Excel counts it: blue first."""
    red, green, blue = to_rgb(colour) or (0, 0, 0)
    return red | green << 8 | blue << 16
