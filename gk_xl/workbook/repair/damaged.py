"""A damaged workbook, read leniently: values, formulas, merges, names and notes of every sheet it has."""

from __future__ import annotations

import datetime as dt
import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import parse_address
from gk_xl.form.cleaning import error_value
from gk_xl.form.patterns import regex
from gk_xl.workbook.layout import LAST_HIDDEN, Place
from gk_xl.workbook.namespaces import MAIN
from gk_xl.workbook.raw import RawWorkbook
from gk_xl.workbook.values import is_day

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

ROWS, COLUMNS = 700, LAST_HIDDEN + 60  # what is looked at of a sheet; no edition's sheet is half as large
_AREA = regex(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell holds: its value (None: blank), the formula that made it, whether its format shows a date."""

    value: str | float | bool | None = None
    formula: str = ""
    dated: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands there; blanks alone are nothing."""
        return not self.formula and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))

    @property
    def error(self) -> str:
        """The error value that stands there, else empty."""
        return error_value(self.value) if isinstance(self.value, str) else ""


BLANK = Held()


@dataclass
class DamagedSheet:
    """One sheet of a damaged workbook."""

    title: str
    cells: dict[tuple[int, int], Held] = field(default_factory=dict)
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # inside a merge → its first cell
    notes: dict[tuple[int, int], str] = field(default_factory=dict)

    def held(self, place: tuple[int, int] | None) -> Held:
        """Return what stands somewhere."""
        return BLANK if place is None else self.cells.get(place, BLANK)

    @property
    def values(self) -> dict[tuple[int, int], Any]:
        """The values that stand there, without the formulas behind them."""
        return {place: held.value for place, held in self.cells.items() if held.value not in (None, "")}


class DamagedBook:
    """A damaged workbook: ``sheets`` by title, ``named`` where each defined name stands."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.raw = RawWorkbook(package)
        self.sheets = {title: self._sheet(title) for title in self.raw.members}
        self.named: dict[str, Place] = {
            name: place for name in self.raw.defined_names if (place := self.raw.place(name)) is not None
        }
        self.epoch = _EPOCH_1904 if self.raw.since_1904 else _EPOCH

    def date(self, days: float) -> dt.date | None:
        """Return the day that a serial number stands for; None for a number that is no day of our time."""
        if not is_day(days):
            return None
        return self.epoch + dt.timedelta(days=int(days))

    def _sheet(self, title: str) -> DamagedSheet:
        raw = self.raw.sheet(title)
        sheet = DamagedSheet(title)
        for place, cell in raw.cells.items():
            if place[0] <= ROWS and place[1] <= COLUMNS and (cell.value not in (None, "") or cell.formula):
                sheet.cells[place] = Held(cell.value, cell.formula, cell.is_date)
        for merge in raw.merges:
            match = _AREA.fullmatch(merge)
            if match is None:
                continue
            top, left = parse_address(match[1] + match[2])
            bottom, right = parse_address(match[3] + match[4])
            sheet.covered |= {
                (row, column): (top, left)
                for row in range(top, min(bottom, ROWS) + 1)
                for column in range(left, min(right, COLUMNS) + 1)
                if (row, column) != (top, left)
            }
        sheet.notes = self._notes(title)
        return sheet

    def drawn(self, title: str) -> bool:
        """Return whether a picture or a chart lies on a sheet."""
        return any(kind == "drawing" and len(self.raw.xml(target)) for kind, target in self._related(title))

    def _related(self, title: str) -> Iterator[tuple[str, str]]:
        """Yield what belongs to a sheet: the kind, and the member that holds it."""
        folder, name = posixpath.split(self.raw.members[title])
        relations = f"{folder}/_rels/{name}.rels"
        names = set(self.raw.package.namelist())
        for item in self.raw.xml(relations) if relations in names else ():
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).removeprefix("/")
            if target in names:
                yield item.get("Type", "").rpartition("/")[2], target

    def _notes(self, title: str) -> dict[tuple[int, int], str]:
        """Return the notes of a sheet; one that cannot be read is left out."""
        found: dict[tuple[int, int], str] = {}
        for kind, target in self._related(title):
            if kind != "comments":
                continue
            for comment in self.raw.xml(target).iter(f"{MAIN}comment"):
                text = "".join(node.text or "" for node in comment.iter(f"{MAIN}t"))
                found[parse_address(comment.get("ref"))] = text
        return found
