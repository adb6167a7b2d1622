"""Locks, looks and validation of a form's cells in Excel itself, through its object model.

A paste that brings its lock along brings its validation along, too, so a locked cell counts as having lost its own. A
conditional format is left to 修复: Excel counts its references from whichever cell is active, and splits formats on a paste.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gk_xl.engines.core.dressing import State

if TYPE_CHECKING:
    from gk_xl.engines.core.dressing import Area, Entry, Look, Rule

HORIZONTAL: Final = {"left": "left", "center": "center", "right": "right"}
VERTICAL: Final = {"top": "top", "vcenter": "center", "bottom": "bottom"}
GENERAL: Final = "General"
KINDS: Final = {"any": 0, "whole": 1, "decimal": 2, "list": 3, "date": 4}  # XlDVType
STOP, BETWEEN, AT_LEAST = 1, 1, 7  # xlValidAlertStop, xlBetween, xlGreaterEqual


class ExcelDressing:
    """The dress of one sheet's cells."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def area(self, area: Area) -> Any:
        """Return the range of an area."""
        top, left, bottom, right = area
        return self.sheet.range((top, left), (bottom, right))

    def states(self, block: Area) -> list[State]:
        """Return which cells of a block are locked: halves are asked for until all of one are alike."""
        locked = self.area(block).api.Locked
        if locked is not None:
            return [State(block, bool(locked), conditioned=True, validated=not locked)]
        top, left, bottom, right = block
        if bottom > top:
            middle = (top + bottom) // 2
            parts = (top, left, middle, right), (middle + 1, left, bottom, right)
        else:
            middle = (left + right) // 2
            parts = (top, left, bottom, middle), (top, middle + 1, bottom, right)
        return [state for part in parts for state in self.states(part)]

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
        """Nothing is asked for here: :meth:`states` calls every cell's conditional formats sound."""

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
        rule.IgnoreBlank, rule.ShowInput, rule.ShowError = True, True, True
        rule.InputTitle, rule.InputMessage = entry.title, entry.prompt
        if entry.error:
            rule.ErrorTitle, rule.ErrorMessage = "请核对", entry.error
