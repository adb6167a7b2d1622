"""Notes, fonts and borders of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.base_classes import xw
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import to_rgb

if TYPE_CHECKING:
    from collections.abc import Iterator

SIDES = {"edge_top": "top", "edge_bottom": "bottom", "edge_left": "left", "edge_right": "right"}


def same(values: Iterator[Any]) -> Any:
    """Return what all have in common; None where they differ."""
    first = next(values)
    return first if all(value == first for value in values) else None


def rgb_of(colour: Any) -> tuple[int, int, int] | None:
    """Return red, green, blue of openpyxl's colour; None for a theme's or none."""
    if colour is None or colour.type != "rgb" or not isinstance(colour.rgb, str):
        return None
    return to_rgb(colour.rgb[-6:])


def hex_of(colour: Any) -> str:
    """Return openpyxl's notation of a colour."""
    return "FF{:02X}{:02X}{:02X}".format(*(to_rgb(colour) or (0, 0, 0)))


class Note(xw.Note):  # type: ignore[misc]
    """A note on one cell."""

    def __init__(self, cell: Any, location: Any) -> None:
        self.cell, self.location = cell, location

    location: Any = None

    @property
    def api(self) -> Any:
        """Openpyxl's comment."""
        return self.cell.comment

    @property
    def text(self) -> str:
        """What the note says."""
        return str(self.cell.comment.text)

    @text.setter
    def text(self, value: str) -> None:
        self.location.add_note(value)

    def delete(self) -> None:
        """Remove the note."""
        self.location.allow_formats()
        self.cell.comment = None


class Font(xw.Font):  # type: ignore[misc]
    """The font of a range."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """Openpyxl's font of the first cell."""
        return self.parent.first.font

    def change(self, name: str, value: Any) -> None:
        """Change one property of every cell's font."""
        self.parent.allow_formats()
        for cell in self.parent.each():
            font = copy(cell.font)
            setattr(font, name, value)
            cell.font = font

    @property
    def bold(self) -> bool | None:
        """Whether the font is bold; None where cells differ."""
        found: bool | None = same(bool(cell.font.b) for cell in self.parent.each())
        return found

    @bold.setter
    def bold(self, value: bool) -> None:
        self.change("b", bool(value))

    @property
    def italic(self) -> bool | None:
        """Whether the font is italic; None where cells differ."""
        found: bool | None = same(bool(cell.font.i) for cell in self.parent.each())
        return found

    @italic.setter
    def italic(self, value: bool) -> None:
        self.change("i", bool(value))

    @property
    def size(self) -> float | None:
        """The size in points; None where cells differ."""
        found: float | None = same(cell.font.sz for cell in self.parent.each())
        return found

    @size.setter
    def size(self, value: float) -> None:
        self.change("sz", float(value))

    @property
    def name(self) -> str | None:
        """The name of the font; None where cells differ."""
        found: str | None = same(cell.font.name for cell in self.parent.each())
        return found

    @name.setter
    def name(self, value: str) -> None:
        self.change("name", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour as red, green, blue; None for the automatic one, or where cells differ."""
        found: tuple[int, int, int] | None = same(rgb_of(cell.font.color) for cell in self.parent.each())
        return found

    @color.setter
    def color(self, colour: Any) -> None:
        from openpyxl.styles import Color

        self.change("color", None if colour is None else Color(rgb=hex_of(colour)))


class Borders(xw.Borders):  # type: ignore[misc]
    """The borders of a range; plain lines of four weights."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """Openpyxl's border of the first cell."""
        return self.parent.first.border

    @property
    def line_style(self) -> str | None:
        """``continuous`` where every cell has lines all around, ``none`` where none has; None where they differ."""
        lines = (bool(getattr(cell.border, side).style) for cell in self.parent.each() for side in SIDES.values())
        return {True: "continuous", False: "none", None: None}[same(lines)]

    def set(self, which: Any = "all", *, line_style: Any = ..., weight: Any = ..., color: Any = ...) -> None:
        """Set lines on all sides of every cell; single sides and other than plain lines raise EngineError."""
        from openpyxl.styles import Border, Side

        self.parent.allow_formats()
        if which != "all" and not set(which) >= set(SIDES):
            raise EngineError(Refusal.UNSUPPORTED, what="one border of several")
        if isinstance(line_style, str) and line_style not in ("none", "continuous"):
            raise ValueError(f"line style {line_style} is not supported")
        style = (
            None
            if line_style in (None, "none")
            else {"hairline": "hair"}.get(str(weight), str(weight) if isinstance(weight, str) else "thin")
        )
        tint = hex_of(color) if isinstance(color, str | int | tuple) else None
        side = Side(style=style, color=tint if style else None)
        border = Border(**dict.fromkeys(SIDES.values(), side))
        for cell in self.parent.each():
            cell.border = border
