"""The part of the protocol that no book, sheet or range is asked for: fonts, lines, rules for typing, the printed page."""

from __future__ import annotations

from typing import Any, Protocol

Colour = tuple[int, int, int]


class Native(Protocol):
    """What stands for an object of the application itself."""

    @property
    def api(self) -> Any: ...


class Font(Native, Protocol):
    """The font of a range, or of a part of a cell's text."""

    bold: bool | None
    italic: bool | None
    size: float | None
    color: Colour | None
    name: str | None


class Characters(Native, Protocol):
    """The text of a cell, or a part of it."""

    @property
    def text(self) -> str: ...
    @property
    def font(self) -> Font: ...
    def __getitem__(self, item: Any) -> Characters: ...


class DataValidation(Native, Protocol):
    """What may be typed into a range."""

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None: ...
    def set_rule(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None: ...
    def delete(self) -> None: ...


class PageSetup(Native, Protocol):
    """How a sheet is printed."""

    print_area: str | None


class FreezePanes(Protocol):
    """The rows and columns of a sheet that stay while the rest is scrolled."""

    def freeze_at(self, frozen_range: str) -> None: ...
    def unfreeze(self) -> None: ...
