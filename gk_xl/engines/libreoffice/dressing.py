"""Locks, looks, conditional formats and validation of a form's cells in LibreOffice Calc, over UNO."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.dressing import Area, Entry, Look, Rule, State, halves
from gk_xl.engines.libreoffice.cells import area_of, holding
from gk_xl.engines.libreoffice.looks import number_of
from gk_xl.engines.libreoffice.notes import NOTES
from gk_xl.engines.libreoffice.process import in_words, load_uno

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.engines.libreoffice.kinds import UnoSheet

HORIZONTAL = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
VERTICAL = {"top": 1, "vcenter": 2, "bottom": 3}
KINDS = {"any": "ANY", "whole": "WHOLE", "decimal": "DECIMAL", "date": "DATE", "list": "LIST"}
INDENT = 296  # 1/100 mm of one step of indentation where the plain font is Arial 10, as in our workbooks
THIN = 26  # 1/100 mm
IMPORTED, OWN = "ConditionalStyle_", "gk_xl "  # how styles of conditional formats are called
TEXT, FORMULA = 4, 16  # com.sun.star.sheet.CellFlags
DATE = 2  # com.sun.star.util.NumberFormat
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')  # outside quotes


@in_words
class Dressing:
    """The dress of one sheet's cells."""

    def __init__(self, sheet: UnoSheet) -> None:
        self.sheet = sheet
        self._known: dict[Area, list[Any]] = {}

    def area(self, area: Area) -> Any:
        """Return the UNO range of an area."""
        top, left, bottom, right = area
        return self.sheet.uno.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    def states(self, block: Area, mark: str = "") -> list[State]:
        """Return how the cells of a block are dressed, those alike together."""
        groups, found = self.area(block).getUniqueCellFormatRanges(), []
        for number in range(groups.getCount()):
            group = groups.getByIndex(number)
            locked = bool(group.CellProtection.IsLocked)
            formats = group.ConditionalFormat
            conditioned = any(mark in formats.getByIndex(n).getFormula1() for n in range(formats.getCount()))
            places = group.getRangeAddresses()
            found += [State(area_of(place), locked, conditioned) for place in places]
        return found

    def without_prompt(self, block: Area, title: str) -> list[Area]:
        """Return the areas of a block whose validation shows another title, or none."""
        groups, found = self.area(block).getUniqueCellFormatRanges(), []
        for number in range(groups.getCount()):
            group = groups.getByIndex(number)
            if group.Validation.InputTitle != title:
                found += [area_of(place) for place in group.getRangeAddresses()]
        return found

    def unlocked(self, blocks: Sequence[Area]) -> list[Area]:
        """Return areas that are not locked, all those of some blocks among them."""
        found = []
        for group in self._alike(blocks):
            if not group.CellProtection.IsLocked:
                found += [area_of(place) for place in group.getRangeAddresses()]
        return found

    def _alike(self, blocks: Sequence[Area]) -> list[Any]:
        """Return the groups of cells that look alike, of all cells around some blocks; asked for once."""
        tops, lefts, bottoms, rights = zip(*blocks, strict=True)
        around = min(tops), min(lefts), max(bottoms), max(rights)
        if around not in self._known:
            groups = self.area(around).getUniqueCellFormatRanges()
            self._known[around] = [groups.getByIndex(number) for number in range(groups.getCount())]
        return self._known[around]

    def merged(self, blocks: Sequence[Area]) -> set[Area]:
        """Return the merged areas that begin in some blocks."""
        return {area for block in blocks for area in self._merged(block)}

    def _merged(self, block: Area) -> list[Area]:
        """Return the merged areas of a block: halves are asked for until one has none, or is one cell."""
        target = self.area(block)
        if not target.IsMerged:
            return []
        if block[:2] != block[2:]:
            return [found for part in halves(block) for found in self._merged(part)]
        cursor = self.sheet.uno.createCursorByRange(target)
        cursor.collapseToMergedArea()
        return [area_of(cursor.getRangeAddress())]

    def merge(self, area: Area, *, merged: bool) -> None:
        """Merge cells, or take them apart."""
        self.area(area).merge(merged)

    def plain_formulas(self, blocks: Sequence[Area] = ()) -> list[Area]:
        """Return the areas of formula cells around some blocks, or anywhere, that have no number format of their own."""
        found = []
        for group in self._alike(blocks or [area_of(self.sheet.used_range.api.getRangeAddress())]):
            if self.sheet.book.has_no_format(group.NumberFormat):
                found += holding(group, FORMULA)
        return found

    def format_numbers(self, area: Area, shown: str) -> None:
        """Give cells a number format."""
        self.area(area).NumberFormat = self.sheet.book.format_key(shown)

    def lock(self, area: Area, *, locked: bool) -> None:
        """Lock cells, or open them."""
        target = self.area(area)
        protection = target.CellProtection
        protection.IsLocked, protection.IsHidden, protection.IsFormulaHidden = locked, False, False
        target.CellProtection = protection

    def dress(self, area: Area, look: Look) -> None:
        """Give cells a look; formats inside their texts go, a number shown as a date stays one."""
        target = self.area(area)
        dated = self.sheet.book.format_type(target.NumberFormat) & DATE
        self._plain_texts(target)
        target.CharFontName = look["font_name"]
        for name in ("CharFontNameAsian", "CharPosture", "CharPostureAsian", "CharUnderline", "CharStrikeout"):
            target.setPropertyToDefault(name)
        for suffix in ("", "Asian"):
            setattr(target, f"CharHeight{suffix}", float(look["font_size"]))
            setattr(target, f"CharWeight{suffix}", 150.0 if look.get("bold") else 100.0)
        target.CharColor = number_of(look.get("font_color", "#000000"))
        target.CellBackColor = number_of(look["bg_color"]) if "bg_color" in look else -1
        align = HORIZONTAL.get(str(look.get("align")), "STANDARD")
        target.HoriJustify = load_uno().Enum("com.sun.star.table.CellHoriJustify", align)
        target.VertJustify = VERTICAL[str(look.get("valign", "vcenter"))]
        target.IsTextWrapped = bool(look.get("text_wrap"))
        target.ParaIndent = INDENT * int(look.get("indent", 0))
        if look.get("num_format") or not dated:
            target.NumberFormat = self.sheet.book.format_key(look.get("num_format", "General"))
        self._box(target, look)
        self.lock(area, locked=bool(look.get("locked", True)))

    def _plain_texts(self, target: Any) -> None:
        """Write each text anew, so that fonts and sizes within it, as a word processor pastes them, are gone."""
        for top, left, bottom, right in holding(target, TEXT):
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    cell = self.sheet.uno.getCellByPosition(column - 1, row - 1)
                    cell.setString(cell.getString())

    def _box(self, target: Any, look: Look) -> None:
        """Draw the lines around and between cells."""
        border = target.TableBorder2
        for side in ("Top", "Bottom", "Left", "Right", "Horizontal", "Vertical"):
            line = getattr(border, f"{side}Line")
            line.OuterLineWidth = line.LineWidth = THIN if look.get("border") else 0
            line.InnerLineWidth = line.LineDistance = 0
            line.Color = number_of(look.get("border_color", "#000000"))
            setattr(border, f"{side}Line", line)
            setattr(border, f"Is{side}LineValid", True)
        target.TableBorder2 = border

    def conditions(self, area: Area, rules: list[Rule]) -> None:
        """Give cells these conditional formats in place of those they have."""
        target = self.area(area)
        with self._without_notes(target):
            self._condition(target, rules)

    @contextmanager
    def _without_notes(self, target: Any) -> Iterator[None]:
        """Take the notes of some cells off for a while: undoing conditional formats, LibreOffice loses those it finds.

        Notes that are removed before and attached after come back by themselves, whether undone or redone.
        """
        held = [
            (cell.getCellAddress(), cell.getAnnotation().getString())
            for top, left, bottom, right in holding(target, NOTES)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            for cell in (self.sheet.uno.getCellByPosition(column - 1, row - 1),)
        ]
        if held:
            target.clearContents(NOTES)
        try:
            yield
        finally:
            for address, text in held:
                self.sheet.uno.getAnnotations().insertNew(address, text)

    def _condition(self, target: Any, rules: list[Rule]) -> None:
        """Put conditional formats on a UNO range."""
        formats = target.ConditionalFormat
        formats.clear()
        for rule in rules:
            origin = self.sheet.uno.getCellByPosition(rule.origin[1] - 1, rule.origin[0] - 1).getCellAddress()
            formats.addNew(
                (
                    _property("Operator", load_uno().Enum("com.sun.star.sheet.ConditionOperator", "FORMULA")),
                    _property("Formula1", _COMMA.sub(";", rule.formula)),
                    _property("StyleName", self._style(rule.look)),
                    _property("SourcePosition", origin),
                )
            )
        target.ConditionalFormat = formats

    def _style(self, look: Look) -> str:
        """Return the name of a cell style with a look, made where there is none."""
        styles = self.sheet.book.uno.StyleFamilies.getByName("CellStyles")
        wanted = number_of(look["bg_color"]), number_of(look["font_color"])
        for name in styles.getElementNames():
            if name.startswith((IMPORTED, OWN)):
                style = styles.getByName(name)
                if (style.CellBackColor, style.CharColor) == wanted:
                    return str(name)
        name = f"{OWN}{wanted[0]:06X}"
        with self._open():
            styles.insertByName(name, self.sheet.book.uno.createInstance("com.sun.star.style.CellStyle"))
            style = styles.getByName(name)
            style.CellBackColor, style.CharColor = wanted
            if look.get("bold"):
                style.CharWeight = style.CharWeightAsian = 150.0
        return name

    @contextmanager
    def _open(self) -> Iterator[None]:
        """Lift the protection of all sheets for a while: under it, Calc changes no cell style."""
        sheets = [sheet for sheet in self.sheet.book.sheets if sheet.protected]
        for sheet in sheets:
            sheet.unprotect()
        try:
            yield
        finally:
            for sheet in sheets:
                sheet.protect()

    def entry(self, area: Area, entry: Entry) -> None:
        """Say what may be typed into cells."""
        target = self.area(area)
        rule = target.Validation
        rule.Type = load_uno().Enum("com.sun.star.sheet.ValidationType", KINDS[entry.kind])
        rule.ShowInputMessage, rule.InputTitle, rule.InputMessage = entry.shown, entry.title, entry.prompt
        rule.ShowErrorMessage, rule.IgnoreBlankCells = True, True
        if entry.kind != "any":
            rule.ErrorTitle, rule.ErrorMessage = entry.error_title, entry.error
        open_ended = entry.minimum is not None and entry.maximum is None
        operator = "GREATER_EQUAL" if open_ended else "BETWEEN"
        rule.setOperator(load_uno().Enum("com.sun.star.sheet.ConditionOperator", operator))
        if entry.kind == "list":
            rule.setFormula1(";".join(f'"{choice}"' for choice in entry.choices))
        elif entry.minimum is not None:
            rule.setFormula1(f"{entry.minimum:g}")
        if entry.maximum is not None:
            rule.setFormula2(f"{entry.maximum:g}")
        target.Validation = rule


def _property(name: str, value: Any) -> Any:
    made = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made
