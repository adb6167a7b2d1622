"""The account of an import: how many numbers were read, which are doubtful, which not found; for a person and for a program.

What could not be read comes first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.load import base_id
from gk_xl.sources.document import Spot
from gk_xl.sources.model import NoteKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.form.schema import CellId, Value
    from gk_xl.sources.model import Imported, Note

_QUOTED: Final = re.compile("“[^”]*”")
_NUMBER_READ: Final = re.compile(r"(?P<table>[^“]*)“.*填的是“[^”]*”，读作 [\d.,-]+[^（]*（(?P<why>.*)）。$", re.DOTALL)
"""What a note says of a number that was written otherwise than in plain digits."""
_SHOWN: Final = 3
"""So many are quoted of what was read, or left out, for one and the same reason."""


@dataclass(frozen=True)
class Account:
    """An import as it is told."""

    imported: Imported

    @property
    def read(self) -> list[CellId]:
        """The cells that hold a number."""
        filing = self.imported.filing
        return [cell for cell in filing.form.cells if filing.number(cell) is not None]

    @property
    def doubtful(self) -> dict[CellId, str]:
        """The cells that hold something, or may hold something, without its being sure, with the reason."""
        doubts = self.imported.filing.doubts
        return {c: d.reason for c, d in doubts.items() if not self._unread(c) and not isinstance(d.value, str)}

    @property
    def kept(self) -> dict[CellId, str]:
        """The cells that hold what was typed, which is no number for certain, with the reason."""
        return {c: d.reason for c, d in self.imported.filing.doubts.items() if isinstance(d.value, str)}

    @property
    def unread(self) -> list[CellId]:
        """The cells that were not found in the source at all."""
        return [cell for cell in self.imported.filing.doubts if self._unread(cell)]

    def _unread(self, cell: CellId) -> bool:
        return self.imported.filing.doubts[cell].unread and cell not in self.imported.doubts

    @property
    def summary(self) -> str:
        """How many of how many, in one clause."""
        cells = self.imported.filing.form.cells
        blank = sum(self.imported.filing.value(cell) is None for cell in cells) - len(self.unread)
        parts = [f"{len(self.read)} / {len(cells)} 个数"]
        parts += [f"存疑 {len(self.doubtful)} 个"] if self.doubtful else []
        parts += [f"照原样放入、不是数的 {len(self.kept)} 个"] if self.kept else []
        parts += [f"没有读到 {len(self.unread)} 个"] if self.unread else []
        parts += [f"空白 {blank} 个"] if blank else []
        return "，".join(parts) + "。"

    def lines(self) -> Iterator[str]:
        """Yield the account, a line each: tables that could not be read, then doubts, then how each part was read."""
        filing = self.imported.filing
        lost = Counter(cell.partition(".")[0] for cell in self.unread)
        for table in filing.form.tables:
            if lost[table.id]:
                of = len(table.cells)
                which = "整张没有读到" if lost[table.id] == of else f"有 {lost[table.id]} 个数没有读到"
                yield f"【没有读到】{table.name}{which}（共 {of} 个）；请对照原件补填，校验会把它们列为“没有读到”。"
        for word, unsure in (("存疑", self.doubtful), ("照原样放入", self.kept)):
            alike: dict[tuple[str, str], dict[str, list[CellId]]] = {}
            for cell, reason in unsure.items():
                cause = cell.partition(".")[0], _QUOTED.sub("", reason)
                alike.setdefault(cause, {}).setdefault(reason, []).append(cell)
            for (table_id, _), reasons in alike.items():
                all_of_them = {_at_once([*reasons]): [cell for cells in reasons.values() for cell in cells]}
                for reason, cells in (all_of_them if len(reasons) > _SHOWN else reasons).items():
                    name = filing.form.table(table_id).name
                    where = filing.form.describe(cells[0]) if len(cells) == 1 else f"{name} {len(cells)} 格"
                    yield f"【{word}】{where}：{reason}（工作簿里已用蓝色标出）"
        for first, *more in _of_one_cause(self.imported.notes):
            if len(more) < _SHOWN:
                yield from (_line(note.where, note.message) for note in (first, *more))
            elif (read := _NUMBER_READ.match(first.message)) is not None:
                shown = "、".join(f"“{note.found}”读作 {note.read}" for note in (first, *more[: _SHOWN - 1]))
                yield f"{read['table']} {len(more) + 1} 格：填的是别的写法，照数读，如{shown}（{_QUOTED.sub('', read['why'])}）。"
            else:
                where = f"{first.where}至{more[-1].where}，共 {len(more) + 1} 处"
                yield _line(where, _at_once([note.message for note in (first, *more)]))

    def as_json(self) -> dict[str, Any]:
        """Return every cell with where it stood and how sure its reading is, and the notes.

        The state of a cell is ``read``, ``blank`` (in the source), ``doubtful``, ``kept`` (as typed: no number for
        certain) or ``unread`` (not found). ``counts`` counts the last three, and as ``read`` every cell with a number.
        """
        filing, imported = self.imported.filing, self.imported
        unsure = {"doubtful": self.doubtful, "kept": self.kept, "unread": dict.fromkeys(self.unread, "")}
        states = {cell: state for state, cells in unsure.items() for cell in cells}
        reasons = self.doubtful | self.kept
        cells = {}
        for cell in filing.form.cells:
            value: Value = filing.value(cell)
            state = states.get(cell, "blank" if value is None else "read")
            line = imported.placed.get(cell)
            spot = None if line is None else imported.spots.get(line, Spot(line=line)).as_json()
            cells[cell] = {"value": value, "state": state, "spot": spot, "reason": reasons.get(cell, "")}
        return {
            "edition": base_id(filing.edition),
            "year": filing.year,
            "unit": filing.unit.name,
            "signed": {"name": filing.signed.name, "date": filing.signed.date},
            "counts": {
                "cells": len(cells),
                "read": len(self.read),
                **{state: len(found) for state, found in unsure.items()},
            },
            "cells": cells,
            "notes": [
                {
                    "kind": note.kind.value,
                    "where": note.where,
                    "message": note.message,
                    "found": note.found,
                    "read": note.read,
                }
                for note in imported.notes
            ],
        }


def _of_one_cause(notes: Iterable[Note]) -> list[list[Note]]:
    """Return notes as they are told together: pieces left out one after another for one reason, numbers written alike anywhere."""
    groups: list[list[Note]] = []
    numbers: dict[tuple[str, str], list[Note]] = {}
    before: object = None
    for note in notes:
        number = _NUMBER_READ.match(note.message) if note.kind is NoteKind.NORMALISED else None
        cause = _QUOTED.sub("", note.message) if note.kind is NoteKind.UNPLACED and note.where else None
        if number is not None:
            alike = numbers.setdefault((number["table"], _QUOTED.sub("", number["why"])), [])
            groups += [] if alike else [alike]
            alike.append(note)
        elif cause is not None and cause == before:
            groups[-1].append(note)
        else:
            groups.append([note])
        before = cause
    return groups


def _line(where: str, message: str) -> str:
    """Return a remark in one line, with its place once."""
    place, _, rest = message.partition("：")
    told = rest if rest and where.endswith(place) else message
    spot, _, of = where.partition("，")
    where = spot if of and told.startswith(of) else where
    return "：".join(part for part in (where, told.replace("\n", " ")) if part)


def _at_once(reasons: Sequence[str]) -> str:
    """Return reasons that differ in what they quote as one, which quotes the first few."""
    first, *others = dict.fromkeys(reasons)
    quoted = [match[0] for reason in (first, *others[: _SHOWN - 1]) if (match := _QUOTED.search(reason))]
    rest = "……" if len(others) >= _SHOWN else ""
    return _QUOTED.sub(lambda _: "".join(quoted) + rest, first, count=1) if others else first


def account(imported: Imported) -> Account:
    """Return the account of an import."""
    return Account(imported)
