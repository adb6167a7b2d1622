"""What was read of one table, gathered while its tokens are placed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.sources.model import NoteKind, Role, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gk_xl.form.schema import CellId, Table, Value
    from gk_xl.sources.model import Note
    from gk_xl.sources.tokens import Token


@dataclass
class TableReading:
    """What was read of one table.

    ``exact`` counts labels printed exactly as in this edition, ``prose`` holds the lines of sentences among them.
    """

    table: Table
    cells: dict[CellId, Value] = field(default_factory=dict)
    units: dict[CellId, str] = field(default_factory=dict)
    placed: dict[CellId, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    roles: dict[int, set[Role]] = field(default_factory=dict)
    spaced: list[Token] = field(default_factory=list)
    doubts: dict[CellId, str] = field(default_factory=dict)
    prose: list[int] = field(default_factory=list)
    exact: int = 0

    def mark(self, lines: Iterable[int], role: Role) -> None:
        """Note what lines were used for."""
        for number in lines:
            self.roles.setdefault(number, set()).add(role)

    def doubt(self, cell_id: CellId, why: str) -> None:
        """Say that a cell's reading is not sure, and why; the first reason stays."""
        self.doubts.setdefault(cell_id, why)

    def leave(self, tokens: Sequence[Token], place: str, why: str) -> None:
        """List tokens as not placed, with the reason."""
        lines = [number for token in tokens for number in token.lines]
        found = " ".join(token.text.strip() for token in tokens)
        self.mark(lines, Role.UNPLACED)
        self.notes.append(note(NoteKind.UNPLACED, lines, place, f"{place}：“{found}”没有放入，{why}", found=found))
