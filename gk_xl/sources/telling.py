"""The account that an import keeps of the lines of its source: what each was used for, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.sources.labels import bare
from gk_xl.sources.model import NoteKind, Role, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gk_xl.sources.model import Line, Note


@dataclass(kw_only=True)
class Account:
    """What lines were used for, by their numbers, and what is told of them."""

    notes: list[Note] = field(default_factory=list)
    roles: dict[int, set[Role]] = field(default_factory=dict)

    def mark(self, numbers: Iterable[int], role: Role) -> None:
        """Note what lines were used for."""
        for number in numbers:
            self.roles.setdefault(number, set()).add(role)


@dataclass
class Told(Account):
    """The lines of a source, and what has been told of them so far."""

    lines: Sequence[Line]

    def leave_the_rest(self) -> None:
        """List every line that is not blank and has not been used."""
        left = [p for p, line in enumerate(self.lines) if bare(line.text) and line.number not in self.roles]
        for position in left:
            self.leave([position], "没有认出它属于哪一部分。")

    def leave(self, positions: Sequence[int], why: str) -> None:
        """Say that lines were not put anywhere, and why."""
        numbers = self.numbers(positions)
        found = " ".join(self.lines[position].text.strip() for position in positions)
        self.mark(numbers, Role.UNPLACED)
        self.tell(NoteKind.UNPLACED, numbers, "", f"“{found}”没有放入：{why}", found=found)

    def numbers(self, positions: Iterable[int]) -> list[int]:
        """Return the numbers of the lines at some positions."""
        return [self.lines[position].number for position in positions]

    def tell(
        self, kind: NoteKind, numbers: Iterable[int], place: str, message: str, *, found: str = "", read: str = ""
    ) -> None:
        """Add a note."""
        self.notes.append(note(kind, numbers, place, message, found=found, read=read))
