"""Notes, fonts and borders of LibreOffice Calc for xlwings, over UNO."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.base_classes import xw
from gk_xl.engines.core.values import to_rgb
from gk_xl.engines.libreoffice.process import in_words, load_uno

if TYPE_CHECKING:
    from gk_xl.engines.libreoffice.range import Range

NOTES = 8  # com.sun.star.sheet.CellFlags
SIDES = {"edge_top": "TopLine", "edge_bottom": "BottomLine", "edge_left": "LeftLine", "edge_right": "RightLine",
         "inside_horizontal": "HorizontalLine", "inside_vertical": "VerticalLine"}  # fmt: skip
WEIGHTS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}  # 1/100 mm


def colour_of(number: int) -> tuple[int, int, int] | None:
    """Return red, green, blue of LibreOffice's colour; None for none."""
    return None if number < 0 else (number >> 16 & 255, number >> 8 & 255, number & 255)


def number_of(colour: Any) -> int:
    """Return LibreOffice's colour; -1 for none."""
    rgb = to_rgb(colour)
    return -1 if rgb is None else rgb[0] << 16 | rgb[1] << 8 | rgb[2]


@in_words
class Note(xw.Note):  # type: ignore[misc]
    """A note on one cell."""

    def __init__(self, cell: Range) -> None:
        self.location: Any = cell

    location: Any = None

    @property
    def api(self) -> Any:
        """The UNO annotation."""
        return self.location.cell().getAnnotation()

    @property
    def text(self) -> str:
        """What the note says."""
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.delete()
        self.location.add_note(value)

    def delete(self) -> None:
        """Remove the note."""
        self.location.allow_formats()
        self.location.api.clearContents(NOTES)


@in_words
class Font(xw.Font):  # type: ignore[misc]
    """The font of a range: Western and Chinese characters alike."""

    def __init__(self, parent: Range) -> None:
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
    def bold(self, value: bool) -> None:
        self.set("CharWeight", 150.0 if value else 100.0)

    @property
    def italic(self) -> bool | None:
        """Whether the font is italic; None where cells differ."""
        return None if self.parent.mixed("CharPosture") else bool(self.parent.uno.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, value: bool) -> None:
        self.set("CharPosture", load_uno().Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """The size in points; None where cells differ."""
        return None if self.parent.mixed("CharHeight") else float(self.parent.uno.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self.set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """The name of the font; None where cells differ."""
        return None if self.parent.mixed("CharFontName") else str(self.parent.uno.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
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
class Borders(xw.Borders):  # type: ignore[misc]
    """The borders of a range; plain lines of four weights."""

    def __init__(self, parent: Range) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """The UNO cell range."""
        return self.parent.uno

    @property
    def line_style(self) -> str | None:
        """``continuous`` where all edges have a line, ``none`` where none has; None where they differ."""
        border = self.parent.uno.TableBorder2
        widths = {getattr(border, SIDES[side]).OuterLineWidth > 0 for side in self.sides()}
        return {True: "continuous", False: "none"}[widths.pop()] if len(widths) == 1 else None

    def sides(self) -> list[str]:
        """Return the sides that a range of this shape has."""
        missing = {"inside_horizontal"} if self.parent.shape[0] == 1 else set()
        missing |= {"inside_vertical"} if self.parent.shape[1] == 1 else set()
        return [side for side in SIDES if side not in missing]

    def set(self, which: Any = "all", *, line_style: Any = ..., weight: Any = ..., color: Any = ...) -> None:
        """Set lines on sides given by their names; lines other than plain ones raise ValueError."""
        self.parent.allow_formats()
        if line_style not in (..., None, "none", "continuous") and isinstance(line_style, str):
            raise ValueError(f"line style {line_style} is not supported")
        border = self.parent.uno.TableBorder2
        for side in SIDES if which == "all" else [side for side in which if side in SIDES]:
            line = getattr(border, SIDES[side])
            line.OuterLineWidth = line.LineWidth = (
                0 if line_style in (None, "none") else WEIGHTS.get(str(weight), line.OuterLineWidth or WEIGHTS["thin"])
            )
            if isinstance(color, str | int | tuple):
                line.Color = number_of(color)
            setattr(border, SIDES[side], line)
            setattr(border, f"Is{SIDES[side]}Valid", True)
        self.parent.uno.TableBorder2 = border
