"""Fonts, characters and borders of LibreOffice Calc for xlwings, over UNO."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.borders import SidedBorders
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import part, to_rgb
from gk_xl.engines.libreoffice.process import in_words, load_uno

if TYPE_CHECKING:
    from gk_xl.engines.libreoffice.kinds import Area

SIDES = {"edge_top": "TopLine", "edge_bottom": "BottomLine", "edge_left": "LeftLine", "edge_right": "RightLine",
         "inside_horizontal": "HorizontalLine", "inside_vertical": "VerticalLine",
         "diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2"}  # fmt: skip
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
        numbers = {name: number for number, name in STYLES.items()}
        if value not in (None, "none") and value not in numbers:
            raise EngineError(Refusal.UNSUPPORTED, what=f"line style {value}")
        if value in (None, "none"):
            self.change(OuterLineWidth=0, LineWidth=0, InnerLineWidth=0)
        else:
            self.change(LineStyle=numbers[value], InnerLineWidth=0, **self.width_at_least())

    @property
    def weight(self) -> str | None:
        """``hairline``, ``thin``, ``medium`` or ``thick``; None without lines, or where cells differ."""
        width = self.api.LineWidth if self.api else 0
        return min(WEIGHTS, key=lambda name: abs(WEIGHTS[name] - width)) if width else None

    @weight.setter
    def weight(self, value: Any) -> None:
        self.change(OuterLineWidth=WEIGHTS[value], LineWidth=WEIGHTS[value])

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour of the lines; None without lines, or where cells differ."""
        line = self.api
        return colour_of(line.Color) if line and line.OuterLineWidth else None

    @color.setter
    def color(self, colour: Any) -> None:
        self.change(Color=number_of(colour), **self.width_at_least())

    def width_at_least(self) -> dict[str, int]:
        """Return the width that the lines have, or get when they first appear."""
        width = (self.api.LineWidth if self.api else 0) or WEIGHTS["thin"]
        return {"OuterLineWidth": width, "LineWidth": width}

    def change(self, **values: Any) -> None:
        """Set properties of the lines on this side of the range."""
        self.parent.allow_formats()
        uno = self.parent.uno
        border = uno if self.side in DIAGONALS else uno.TableBorder2
        line = getattr(border, self.side)
        for name, value in values.items():
            setattr(line, name, value)
        setattr(border, self.side, line)
        if border is not uno:
            setattr(border, f"Is{self.side}Valid", True)
            uno.TableBorder2 = border


@in_words
class Borders(SidedBorders):
    """The borders of a range."""

    @property
    def api(self) -> Any:
        """The UNO cell range."""
        return self.parent.uno

    def __getitem__(self, key: str) -> Border:
        return Border(self.parent, key)
