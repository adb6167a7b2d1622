"""What was read of one table, gathered while its tokens are placed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gk_xl.sources.model import NoteKind, Role, note
from gk_xl.sources.telling import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gk_xl.form.schema import CellId, Table, Value
    from gk_xl.sources.tokens import Token

UNKNOWN_LABEL: Final = "本版表格没有这样的标签；请对照原件核对。"
NO_LABEL: Final = "前面没有认得出的行标签；请对照原件填写。"


def miscounted(due: int, found: int) -> str:
    """Return why a row with other numbers than the form has cells in it is not placed."""
    return f"这一行应有 {due} 个数，原文有 {found} 个；请对照原件填写。"


def headed_otherwise(heads: Iterable[str], own: Iterable[str]) -> str:
    """Return why numbers under heads that the form does not have in their place are not placed."""
    shown, expected = ("、".join(f"“{head}”" for head in names) for names in (heads, own))
    return f"原文的列是{shown}，本版的列是{expected}，含义不同；请对照原件填写。"


def given_twice(*, same: bool) -> str:
    """Return why a row that was read already is not placed."""
    return "与前面同一行的数相同，是重复的一行。" if same else "前面已有同一行的数，两处不一致；请对照原件核定。"


OTHER_YEAR: Final = "是别的年度的数。"
"""Why numbers are not placed that stand under another year, or beside it."""


@dataclass
class TableReading(Account):
    """What was read of one table.

    ``exact`` counts labels printed exactly as in this edition, ``prose`` holds the lines of sentences among them.
    """

    table: Table
    cells: dict[CellId, Value] = field(default_factory=dict)
    units: dict[CellId, str] = field(default_factory=dict)
    placed: dict[CellId, int] = field(default_factory=dict)
    spaced: list[Token] = field(default_factory=list)
    doubts: dict[CellId, str] = field(default_factory=dict)
    prose: list[int] = field(default_factory=list)
    exact: int = 0

    def doubt(self, cell_id: CellId, why: str) -> None:
        """Say that a cell's reading is not sure, and why; the first reason stays."""
        self.doubts.setdefault(cell_id, why)

    def leave(self, tokens: Sequence[Token], place: str, why: str) -> None:
        """List tokens as not placed, with the reason."""
        lines = [number for token in tokens for number in token.lines]
        found = " ".join(token.text.strip() for token in tokens)
        self.mark(lines, Role.UNPLACED)
        self.notes.append(note(NoteKind.UNPLACED, lines, place, f"{place}：“{found}”没有放入，{why}", found=found))

    def read_in_order(self, lines: Sequence[int], found: str, read: str) -> None:
        """Tell of a row whose label is not known that it was read by its place among the others."""
        message = f"{self.table.name}有一行的标签是“{found}”，按前后次序读作“{read}”，请核对。"
        self.notes.append(note(NoteKind.NORMALISED, lines, self.table.name, message, found=found, read=read))
