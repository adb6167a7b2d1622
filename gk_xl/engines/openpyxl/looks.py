"""Notes, fonts and borders of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.borders import SidedBorders
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.values import part, to_rgb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DIAGONALS = {"diagonal_down": "diagonalDown", "diagonal_up": "diagonalUp"}
STYLES = {
    "hair": ("continuous", "hairline"),
    "thin": ("continuous", "thin"),
    "medium": ("continuous", "medium"),
    "thick": ("continuous", "thick"),
    "dashed": ("dash", "thin"),
    "mediumDashed": ("dash", "medium"),
    "dotted": ("dot", "thin"),
    "double": ("double", "thick"),
    "dashDot": ("dash_dot", "thin"),
    "mediumDashDot": ("dash_dot", "medium"),
    "dashDotDot": ("dash_dot_dot", "thin"),
    "mediumDashDotDot": ("dash_dot_dot", "medium"),
    "slantDashDot": ("slant_dash_dot", "medium"),
}


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


class Note:
    """A note on one cell."""

    def __init__(self, cell: Any, location: Any) -> None:
        self.cell, self.location = cell, location

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

    @property
    def author(self) -> str:
        """Who wrote the note."""
        return str(self.cell.comment.author or "")

    def delete(self) -> None:
        """Remove the note."""
        self.location.allow_formats()
        self.cell.comment = None


class Font:
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
    def bold(self, value: Any) -> None:
        self.change("b", bool(value))

    @property
    def italic(self) -> bool | None:
        """Whether the font is italic; None where cells differ."""
        found: bool | None = same(bool(cell.font.i) for cell in self.parent.each())
        return found

    @italic.setter
    def italic(self, value: Any) -> None:
        self.change("i", bool(value))

    @property
    def size(self) -> float | None:
        """The size in points; None where cells differ."""
        found: float | None = same(cell.font.sz for cell in self.parent.each())
        return found

    @size.setter
    def size(self, value: Any) -> None:
        self.change("sz", float(value))

    @property
    def name(self) -> str | None:
        """The name of the font; None where cells differ."""
        found: str | None = same(cell.font.name for cell in self.parent.each())
        return found

    @name.setter
    def name(self, value: Any) -> None:
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


class Characters:
    """The text of a cell, or a part of it; only the whole has a font of its own here."""

    def __init__(self, parent: Any, text: str, *, whole: bool = True) -> None:
        self.parent, self.text, self.whole = parent, text, whole

    @property
    def api(self) -> Any:
        """Openpyxl's cell."""
        return self.parent.first

    @property
    def font(self) -> Font:
        """The font of the whole text; EngineError for a part."""
        if not self.whole:
            raise EngineError(Refusal.UNSUPPORTED, what="Characters.font: of a part of a text")
        return Font(self.parent.at(self.parent.row, self.parent.column))

    def __getitem__(self, item: Any) -> Characters:
        start, length = part(item, len(self.text))
        whole = self.whole and (start, length) == (0, len(self.text))
        return Characters(self.parent, self.text[start : start + length], whole=whole)


class Border:
    """The lines on one side of a range."""

    def __init__(self, parent: Any, side: str) -> None:
        self.parent, self.side = parent, side

    @property
    def api(self) -> Any:
        """Openpyxl's border of the first cell."""
        return self.parent.first.border

    def places(self) -> Iterator[tuple[Any, str]]:
        """Yield each cell with the side of it that lies on this side of the range, or inside of it."""
        rows, columns = self.parent.shape
        edges = {
            "edge_top": (0, None),
            "edge_bottom": (rows - 1, None),
            "edge_left": (None, 0),
            "edge_right": (None, columns - 1),
        }
        for number, cell in enumerate(self.parent.each()):
            row, column = divmod(number, columns)
            if self.side in edges:
                at = edges[self.side]
                if at[0] in (None, row) and at[1] in (None, column):
                    yield cell, self.side.removeprefix("edge_")
            elif self.side in DIAGONALS:
                yield cell, "diagonal"
            elif self.side == "inside_horizontal":
                yield from [(cell, "bottom")] if row < rows - 1 else []
                yield from [(cell, "top")] if row else []
            else:
                yield from [(cell, "right")] if column < columns - 1 else []
                yield from [(cell, "left")] if column else []

    def lines(self) -> Iterator[Any]:
        """Yield openpyxl's lines, None where a diagonal runs the other way."""
        for cell, side in self.places():
            drawn = side != "diagonal" or getattr(cell.border, DIAGONALS[self.side])
            yield getattr(cell.border, side) if drawn else None

    @property
    def line_style(self) -> str | None:
        """The style of the lines, ``none`` without; None where cells differ."""
        found: str | None = same(_style_of(line)[0] for line in self.lines())
        return found

    @line_style.setter
    def line_style(self, value: Any) -> None:
        self.change(lambda _, weight: (value or "none", weight))

    @property
    def weight(self) -> str | None:
        """``hairline``, ``thin``, ``medium`` or ``thick``; None without lines, or where cells differ."""
        found: str | None = same(_style_of(line)[1] for line in self.lines())
        return found

    @weight.setter
    def weight(self, value: Any) -> None:
        self.change(lambda style, _: ("continuous" if style == "none" else style, value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour of the lines; None without lines, or where cells differ."""
        found: tuple[int, int, int] | None = same(
            rgb_of(line.color) if line and line.style else None for line in self.lines()
        )
        return found

    @color.setter
    def color(self, colour: Any) -> None:
        self.change(lambda style, weight: ("continuous" if style == "none" else style, weight), hex_of(colour))

    def change(self, wanted: Callable[[str, str | None], tuple[str, str | None]], colour: str | None = None) -> None:
        """Draw the lines as a function of style and weight says, in a colour of their own or another.

        What cells of one border get is worked out once: openpyxl looks a border up by all that it is made of.
        """
        from openpyxl.styles import Side
        from openpyxl.styles.cell_style import StyleArray

        self.parent.allow_formats()
        drawn: dict[tuple[int, str], int] = {}
        for cell, side in self.places():
            looks = cell._style = cell._style or StyleArray()  # noqa: SLF001 - openpyxl has no other name for them
            had = looks.borderId, side
            if had in drawn:
                looks.borderId = drawn[had]
                continue
            border = copy(cell.border)
            line = getattr(border, side)
            style = _named(*wanted(*_style_of(line)))
            setattr(border, side, Side(style=style, color=(colour or line.color) if style else None))
            if side == "diagonal":
                setattr(border, DIAGONALS[self.side], bool(style))
            cell.border = border
            drawn[had] = looks.borderId


class Borders(SidedBorders):
    """The borders of a range."""

    @property
    def api(self) -> Any:
        """Openpyxl's border of the first cell."""
        return self.parent.first.border

    def __getitem__(self, key: str) -> Border:
        return Border(self.parent, key)


def _style_of(line: Any) -> tuple[str, str | None]:
    """Return style and weight of openpyxl's line, as xlwings names them."""
    name = line.style if line is not None else None
    if not name:
        return "none", None
    return STYLES.get(name, ("continuous", name))


def _named(style: str, weight: str | None) -> str | None:
    """Return what openpyxl calls a line of a style and a weight; EngineError for a pair that no file can hold."""
    if style == "none":
        return None
    names = {pair: name for name, pair in STYLES.items()}
    for pair in ((style, weight or "thin"), (style, None)):
        if pair in names:
            return names[pair]
    fitting = [name for (kind, _), name in names.items() if kind == style]
    return fitting[0]
