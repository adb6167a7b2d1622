"""What follows for a range's borders from those of each side: what they have in common, and setting several."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

GRID = ("edge_top", "edge_bottom", "edge_left", "edge_right", "inside_vertical", "inside_horizontal")
DIAGONALS = ("diagonal_down", "diagonal_up")
GROUPS = {"all": GRID, "outside": GRID[:4], "inside": GRID[4:], "everything": (*GRID, *DIAGONALS)}


def is_given(value: Any) -> bool:
    """Return whether an argument was given; xlwings has a sign of its own for those that were not."""
    return value is not ... and type(value).__name__ != "_Unset"


class SidedBorders(ABC):
    """The borders of a range; subclasses return the border of one side."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    @abstractmethod
    def __getitem__(self, key: str) -> Any:
        """Return the border of one side."""

    def sides(self) -> list[str]:
        """Return the sides that a range of this shape has."""
        rows, columns = self.parent.shape
        missing = {"inside_horizontal"} if rows == 1 else set()
        missing |= {"inside_vertical"} if columns == 1 else set()
        return [side for side in GRID if side not in missing]

    def common(self, name: str) -> Any:
        """Return what all sides have in common; None where they differ."""
        found = {getattr(self[side], name) for side in self.sides()}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> str | None:
        """The style of the lines, ``none`` without; None where sides differ."""
        found: str | None = self.common("line_style")
        return found

    @line_style.setter
    def line_style(self, value: Any) -> None:
        self.set("all", line_style=value)

    @property
    def weight(self) -> str | None:
        """``hairline``, ``thin``, ``medium`` or ``thick``; None where sides differ."""
        found: str | None = self.common("weight")
        return found

    @weight.setter
    def weight(self, value: Any) -> None:
        self.set("all", weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour as red, green, blue; None where sides differ."""
        found: tuple[int, int, int] | None = self.common("color")
        return found

    @color.setter
    def color(self, value: Any) -> None:
        self.set("all", color=value)

    def set(self, which: Any = "all", *, line_style: Any = ..., weight: Any = ..., color: Any = ...) -> None:
        """Set lines on some sides, or a group of them: colour, then weight, then style, so that the style wins."""
        self.parent.allow_formats()
        for border in [self[side] for side in self.chosen(which)]:
            for name, value in (("color", color), ("weight", weight), ("line_style", line_style)):
                if is_given(value):
                    setattr(border, name, value)

    def chosen(self, which: Any) -> list[str]:
        """Return the sides that are meant and that a range of this shape has."""
        wanted = GROUPS.get(which, (which,)) if isinstance(which, str) else which
        return [side for side in wanted if side in (*self.sides(), *DIAGONALS)]

    def clear(self, which: Any = "everything") -> None:
        """Remove the lines."""
        self.set(which, line_style=None)
