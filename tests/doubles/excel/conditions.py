"""``FormatConditions``: the conditional formats of a sheet, each over one or more rectangles, seen through a range."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.doubles.excel.com import ComError, refused

if TYPE_CHECKING:
    from tests.doubles.excel.area import Area

BAD_INDEX = (0, None, None, None, 0, -2147352565)  # DISP_E_BADINDEX
BY_FORMULA, OTHER = 2, 3  # xlExpression, xlColorScale
CUT = 255  # letters of an address
Rectangle = tuple[int, int, int, int]


@dataclass
class Held:
    """One conditional format of a sheet."""

    areas: list[Rectangle]
    kind: int
    formula: str
    stops: bool = True  # as Excel makes a new one
    looks: dict[str, Any] = field(default_factory=dict)

    def covers(self, row: int, column: int) -> bool:
        """Return whether the format is laid over a cell."""
        return any(a[0] <= row <= a[2] and a[1] <= column <= a[3] for a in self.areas)

    def cut(self, hole: Rectangle) -> None:
        """Take the format from the cells of a rectangle; what is left around it stays, in up to four pieces."""
        top, left, bottom, right = hole
        kept: list[Rectangle] = []
        for a in self.areas:
            if a[2] < top or bottom < a[0] or a[3] < left or right < a[1]:
                kept.append(a)
                continue
            middle = max(a[0], top), min(a[2], bottom)
            pieces = [(a[0], a[1], top - 1, a[3]), (bottom + 1, a[1], a[2], a[3]),
                      (middle[0], a[1], middle[1], left - 1), (middle[0], right + 1, middle[1], a[3])]  # fmt: skip
            kept += [piece for piece in pieces if piece[0] <= piece[2] and piece[1] <= piece[3]]
        self.areas = kept


def held_by(sheet: Any) -> list[Held]:
    """Return the conditional formats of a sheet that openpyxl has read."""
    found = []
    for item in sheet.conditional_formatting:
        areas = [(r.min_row, r.min_col, r.max_row, r.max_col) for r in item.sqref.ranges]
        for rule in item.rules:
            kind = BY_FORMULA if rule.type == "expression" else OTHER
            formula = f"={rule.formula[0]}" if rule.formula else ""
            looks = {}
            if rule.dxf is not None:
                looks["Interior.Color"] = _bgr(rule.dxf.fill.bgColor.rgb)
                looks["Font.Color"] = _bgr(rule.dxf.font.color.rgb)
                looks["Font.Bold"] = bool(rule.dxf.font.b)
            found.append(Held(list(areas), kind, formula, bool(rule.stopIfTrue), looks))
    return found


def _bgr(argb: str) -> int:
    red, green, blue = (int(argb[at : at + 2], 16) for at in (2, 4, 6))
    return red | green << 8 | blue << 16


class FormatConditions:
    """The conditional formats that a range has a part in."""

    TYPE = "FormatConditions"

    def __init__(self, area: Area) -> None:
        self.area, self.excel = area, area.excel
        self.grid = area.sheet.grid

    def held(self) -> list[Held]:
        top, left, bottom, right = self.area.rectangle
        return [
            one for one in self.grid.conditions
            if any(not (a[2] < top or bottom < a[0] or a[3] < left or right < a[1]) for a in one.areas)
        ]  # fmt: skip

    def get_Count(self) -> int:
        return len(self.held())

    def call_Item(self, Index: int) -> FormatCondition:
        held = self.held()
        if not 1 <= Index <= len(held):
            raise ComError(-2147352567, "发生意外。", BAD_INDEX)
        return FormatCondition(self.area, held[Index - 1])

    def call_Add(self, Type: int, Operator: int | None = None, Formula1: str = "", **_: Any) -> FormatCondition:
        self.area.allow_formats()
        if Type == BY_FORMULA and (not Formula1.startswith("=") or len(Formula1) > 255):
            raise refused("应用程序定义或对象定义错误")
        if Operator is not None:
            raise refused("应用程序定义或对象定义错误")
        made = Held([self.area.rectangle], Type, Formula1)
        self.grid.conditions.append(made)
        return FormatCondition(self.area, made)

    def call_Delete(self) -> None:
        self.area.allow_formats()
        for one in self.held():
            one.cut(self.area.rectangle)
        self.grid.conditions[:] = [one for one in self.grid.conditions if one.areas]


class FormatCondition:
    """One conditional format."""

    TYPE = "FormatCondition"

    def __init__(self, area: Area, held: Held) -> None:
        self.area, self.excel, self.held = area, area.excel, held

    def get_Type(self) -> int:
        return self.held.kind

    def get_Formula1(self) -> str:
        if self.held.kind != BY_FORMULA:
            raise refused("应用程序定义或对象定义错误")
        return self.held.formula

    def get_AppliesTo(self) -> Area:
        from tests.doubles.excel.area import Union

        return Union(self.area, self.held.areas)

    def get_StopIfTrue(self) -> bool:
        return self.held.stops

    def put_StopIfTrue(self, value: bool) -> None:
        self.area.allow_formats()
        self.held.stops = value

    def get_Interior(self) -> Any:
        from tests.doubles.excel.parts import Interior

        return Interior(self)  # type: ignore[arg-type]

    def get_Font(self) -> Any:
        from tests.doubles.excel.parts import Font

        return Font(self)  # type: ignore[arg-type]

    def look(self, key: str) -> Any:
        """Return how cells look while the format holds."""
        return self.held.looks.get(key)

    def dress(self, key: str, value: Any) -> None:
        """Change how cells look while the format holds."""
        self.area.allow_formats()
        self.held.looks[key] = value
