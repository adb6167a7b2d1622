"""Fonts, characters and borders of LibreOffice Calc for xlwings, over UNO."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.borders import SidedBorders, is_given
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import part, to_rgb
from gk_xl.engines.libreoffice.process import in_words, load_uno

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.engines.libreoffice.kinds import Area

SIDES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_horizontal": "HorizontalLine",
    "inside_vertical": "VerticalLine",
    "diagonal_down": "DiagonalTLBR2",
    "diagonal_up": "DiagonalBLTR2",
}
DIAGONALS = ("DiagonalTLBR2", "DiagonalBLTR2")
STYLES = {0: "continuous", 1: "dot", 2: "dash", 3: "double", 16: "dash_dot", 17: "dash_dot_dot"}
WEIGHTS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}  # 1/100 mm


def colour_of(number: int) -> tuple[int, int, int] | None:
    """Return red, green, blue of LibreOffice's colour; None for none."""
    return None if number < 0 else (number >> 16 & 255, number >> 8 & 255, number & 255)


def number_of(colour: Any) -> int:
    """Return LibreOffice's colour; -1 for none."""
    rgb = to_rgb(colour)
    return -1 if rgb is None else rgb[0] << 16 | rgb[1] << 8 | rgb[2]


@in_words
class Font:
    """The font of a range: Western and Chinese characters alike."""

    def __init__(self, parent: Area) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """The UNO cell range."""
        return self.parent.uno

    def set(self, name: str, value: Any) -> None:
        """Set a character property for Western and Chinese characters."""
        self.parent.allow_formats()
        for suffix in ("", "Asian"):
            setattr(self.parent.uno, name + suffix, value)

    @property
    def bold(self) -> bool | None:
        """Whether the font is bold; None where cells differ."""
        return None if self.parent.mixed("CharWeight") else bool(self.parent.uno.CharWeight > 100)

    @bold.setter
    def bold(self, value: Any) -> None:
        self.set("CharWeight", 150.0 if value else 100.0)

    @property
    def italic(self) -> bool | None:
        """Whether the font is italic; None where cells differ."""
        return None if self.parent.mixed("CharPosture") else bool(self.parent.uno.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, value: Any) -> None:
        self.set("CharPosture", load_uno().Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """The size in points; None where cells differ."""
        return None if self.parent.mixed("CharHeight") else float(self.parent.uno.CharHeight)

    @size.setter
    def size(self, value: Any) -> None:
        self.set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """The name of the font; None where cells differ."""
        return None if self.parent.mixed("CharFontName") else str(self.parent.uno.CharFontName)

    @name.setter
    def name(self, value: Any) -> None:
        self.set("CharFontName", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour as red, green, blue; None for the automatic one."""
        return colour_of(self.parent.uno.CharColor)

    @color.setter
    def color(self, colour: Any) -> None:
        self.parent.allow_formats()
        self.parent.uno.CharColor = number_of(colour)


@in_words
class Characters:
    """The text of a cell, or a part of it."""

    def __init__(self, parent: Area, text: Any, start: int = 0, length: int | None = None) -> None:
        self.parent, self.cell, self.start = parent, text, start
        self.length = len(text.getString()) - start if length is None else length

    @property
    def uno(self) -> Any:
        """A cursor over the characters."""
        cursor = self.cell.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(self.start, False)
        cursor.goRight(self.length, True)
        return cursor

    @property
    def api(self) -> Any:
        """A UNO cursor over the characters."""
        return self.uno

    @property
    def text(self) -> str:
        """The characters."""
        return str(self.uno.getString())

    @property
    def font(self) -> Font:
        """The font of the characters."""
        return Font(self)

    def mixed(self, name: str) -> bool:
        """Return whether the characters differ in a property."""
        return bool(self.uno.getPropertyState(name).value == "AMBIGUOUS_VALUE")

    def allow_formats(self) -> None:
        """Raise EngineError where looks may not change."""
        self.parent.allow_formats()

    def __getitem__(self, item: Any) -> Characters:
        start, length = part(item, self.length)
        return Characters(self.parent, self.cell, self.start + start, length)


@in_words
class Border:
    """The lines on one side of a range."""

    def __init__(self, parent: Area, side: str) -> None:
        self.parent, self.side = parent, SIDES[side]

    @property
    def api(self) -> Any:
        """The UNO line; None where the cells differ."""
        if self.side in DIAGONALS:
            return getattr(self.parent.uno, self.side)
        border = self.parent.uno.TableBorder2
        return getattr(border, self.side) if getattr(border, f"Is{self.side}Valid") else None

    @property
    def line_style(self) -> str | None:
        """The style of the lines, ``none`` without; None where cells differ."""
        line = self.api
        if line is None:
            return None
        return STYLES.get(line.LineStyle) if line.OuterLineWidth else "none"

    @line_style.setter
    def line_style(self, value: Any) -> None:
        self.change(line_style=value)

    @property
    def weight(self) -> str | None:
        """``hairline``, ``thin``, ``medium`` or ``thick``; None without lines, or where cells differ."""
        width = self.api.LineWidth if self.api else 0
        return min(WEIGHTS, key=lambda name: abs(WEIGHTS[name] - width)) if width else None

    @weight.setter
    def weight(self, value: Any) -> None:
        self.change(weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour of the lines; None without lines, or where cells differ."""
        line = self.api
        return colour_of(line.Color) if line and line.OuterLineWidth else None

    @color.setter
    def color(self, colour: Any) -> None:
        self.change(color=colour)

    def change(self, **wanted: Any) -> None:
        """Draw the lines on this side of the range in another style, weight or colour."""
        self.parent.allow_formats()
        uno = self.parent.uno
        if self.side in DIAGONALS:
            line = getattr(uno, self.side)
            draw(line, **wanted)
            setattr(uno, self.side, line)
        else:
            uno.TableBorder2 = drawn(uno.TableBorder2, [self.side], **wanted)


def drawn(border: Any, sides: Iterable[str], **wanted: Any) -> Any:
    """Return the borders of a range with the lines of some sides drawn otherwise."""
    for side in sides:
        line = getattr(border, side)
        draw(line, **wanted)
        setattr(border, side, line)
        setattr(border, f"Is{side}Valid", True)
    return border


def draw(line: Any, line_style: Any = ..., weight: Any = ..., color: Any = ...) -> None:
    """Change a line: colour, then weight, then style; one that was not there becomes a thin one."""
    if is_given(color):
        line.Color = number_of(color)
    if is_given(weight):
        line.OuterLineWidth = line.LineWidth = WEIGHTS[weight]
    if not is_given(line_style):
        line.OuterLineWidth = line.LineWidth = line.LineWidth or WEIGHTS["thin"]
    elif line_style in (None, "none"):
        line.OuterLineWidth = line.LineWidth = line.InnerLineWidth = 0
    else:
        numbers = {name: number for number, name in STYLES.items()}
        if line_style not in numbers:
            raise EngineError(Refusal.UNSUPPORTED, what=f"line style {line_style}")
        line.LineStyle, line.InnerLineWidth = numbers[line_style], 0
        line.OuterLineWidth = line.LineWidth = line.LineWidth or WEIGHTS["thin"]


@in_words
class Borders(SidedBorders):
    """The borders of a range."""

    @property
    def api(self) -> Any:
        """The UNO cell range."""
        return self.parent.uno

    def __getitem__(self, key: str) -> Border:
        return Border(self.parent, key)

    def set(self, which: Any = "all", *, line_style: Any = ..., weight: Any = ..., color: Any = ...) -> None:
        """Set lines on some sides, or a group of them, all at once."""
        self.parent.allow_formats()
        wanted = {"line_style": line_style, "weight": weight, "color": color}
        sides = [SIDES[side] for side in self.chosen(which)]
        grid = [side for side in sides if side not in DIAGONALS]
        if grid:
            self.parent.uno.TableBorder2 = drawn(self.parent.uno.TableBorder2, grid, **wanted)
        for side in ("diagonal_down", "diagonal_up"):
            if SIDES[side] in sides:
                Border(self.parent, side).change(**wanted)
