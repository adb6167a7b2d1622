"""Where each value of the form stands in a damaged workbook: label, name and place asked, and what to make of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.form.filing import normal_number
from gk_xl.form.patterns import regex
from gk_xl.workbook.layout import COVER, LAST_YEAR, OUTPUTS, RESULTS, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gk_xl.form.schema import Value
    from gk_xl.workbook.layout import Layout
    from gk_xl.workbook.repair.damaged import DamagedBook, Held
    from gk_xl.workbook.repair.sheets import Sheets
    from gk_xl.workbook.repair.told import Told

DATES = ("signed.date", "deadline", "slip.date")
_DIGITS = regex(r"\s*[-+]?\d{1,12}(\.\d{1,6})?\s*")


@dataclass(frozen=True)
class Moved:
    """A cell dragged onto another: ``source`` is blank now, ``target`` holds what stood in it."""

    source: str
    target: str
    value: Value


@dataclass
class Evidence:
    """What was found for the cells of the form. ``unknown`` lost their value, ``moves`` are decided by the sums."""

    values: dict[str, Value | dt.date] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)  # name → why
    moves: list[Moved] = field(default_factory=list)
    overwritten: set[str] = field(default_factory=set)  # another cell was dragged here, and both hold something
    damaged: set[str] = field(default_factory=set)  # titles of sheets that bear traces of damage


class Witnesses:
    """Weighs the witnesses of one damaged workbook; ``evidence`` is the result."""

    def __init__(self, book: DamagedBook, form: Layout, sheets: Sheets, told: Told) -> None:
        self.book, self.form, self.sheets, self.told = book, form, sheets, told
        self.evidence = Evidence()
        self.names = [name for name in form.names if name not in OUTPUTS and not name.startswith("narrative.")]
        self.base = {name: self.place(name) for name in form.names}
        self.owner = {place: name for name, place in self.base.items() if place is not None}
        self.digits: list[str] = []
        self._mark_damage()
        for name in self.names:
            self._weigh(name)
        if self.digits:
            self.told.moved.append(
                f"{len(self.digits)} 格的数存成了文本（如{self.spot(self.digits[0])}），已改回数字，数没有变。"
            )

    def place(self, name: str) -> Place | None:
        """Return where a name's cell stands by the labels; None when its row, column or sheet is gone."""
        planned = self.form.names[name]
        found = self.sheets.found.get(planned.sheet)
        there = None if found is None else found.alignment.place(planned.row, planned.column)
        return None if found is None or there is None else Place(found.sheet.title, *there)

    def held(self, place: Place) -> Held:
        """Return what stands somewhere in the damaged workbook."""
        return self.book.sheets[place.sheet].held((place.row, place.column))

    def spot(self, name: str) -> str:
        """Return how a message calls a cell of the form."""
        place = self.form.names[name]
        return f"“{place.sheet}”{place.address}"

    def named(self, name: str) -> Place | None:
        """Return where a defined name points, when that is in a sheet that exists."""
        place = self.book.named.get(name)
        return place if place is not None and place.sheet in self.book.sheets else None

    def _mark_damage(self) -> None:
        """Note the sheets in which a value may have been moved: names gone or bent, labels moved, merges of inputs."""
        for name, base in self.base.items():
            sheet = self.form.names[name].sheet
            if (
                base is None
                or self.named(name) != base
                or (base.row, base.column) in self.book.sheets[base.sheet].covered
            ):
                self.evidence.damaged.add(sheet)
        for title, found in self.sheets.found.items():
            if found.alignment.moved:
                self.evidence.damaged.add(title)

    def _weigh(self, name: str) -> None:
        """Put what a cell holds, and what is doubtful of it, into the evidence."""
        base, named = self.base[name], self.named(name)
        evidence = self.evidence
        if base is None:
            self._without_place(name, named)
            return
        held = self.held(base)
        if named is not None and named != base:
            there = self.held(named)
            other = self.owner.get(named)
            if held.blank and not there.blank:
                if other is None and self.is_free(named):
                    evidence.values[name] = self.value(name, there)
                    self.told.moved.append(f"{self.spot(name)}的内容在“{named.sheet}”{named.address}找到，已放回。")
                    return
                if other is not None and self.named(other) in (None, named):
                    evidence.moves.append(Moved(name, other, self._plain(name, there)))
                    evidence.values[name] = None
                    return
            elif other is not None and other != name and self.named(other) is None and not there.blank:
                evidence.overwritten.add(other)
        if held.blank and (base.row, base.column) in self.book.sheets[base.sheet].covered:
            first = self.book.sheets[base.sheet].covered[base.row, base.column]
            if self.owner.get(Place(base.sheet, *first)) not in (None, name):
                evidence.unknown[name] = "这一格被合并到了旁边的格里，原来的数没有留下。"
                return
        evidence.values[name] = self.value(name, held)
        found = self.sheets.found[self.form.names[name].sheet]
        planned = self.form.names[name]
        if not found.alignment.is_sure(planned.row, planned.column):
            self.told.doubt(name, "这一行（列）插入或删除过，旁边没有标签可以核对。", self._shown(name))

    def _without_place(self, name: str, named: Place | None) -> None:
        """Ask the name of a cell whose row, column or sheet is gone: it may still lead to what it held."""
        sheet = self.form.names[name].sheet
        if named is not None and named not in self.owner and not self.held(named).blank and self.is_free(named):
            self.evidence.values[name] = self.value(name, self.held(named))
            self.told.doubt(name, f"只按名称在“{named.sheet}”{named.address}找到。", self._shown(name))
        elif sheet in self.sheets.missing:
            self.evidence.unknown[name] = ""  # told once for the whole sheet
        else:
            self.evidence.unknown[name] = "这一行（列）被删除了。"

    def is_free(self, place: Place) -> bool:
        """Return whether a place is none of the form's own printed or computed cells."""
        for found in self.sheets.found.values():
            if found.sheet.title == place.sheet:
                rows, columns = found.alignment.back if found.alignment.moved else ({}, {})
                planned = (rows.get(place.row, place.row), columns.get(place.column, place.column))
                cell = found.plan.cells.get(planned)
                return cell is None or (cell.value is None and not cell.formula)
        return True

    def _shown(self, name: str) -> Value:
        value = self.evidence.values.get(name)
        return value.isoformat() if isinstance(value, dt.date) else value

    def _plain(self, name: str, held: Held) -> Value:
        value = self.value(name, held)
        return value.isoformat() if isinstance(value, dt.date) else value

    def value(self, name: str, held: Held) -> Value | dt.date:
        """Return what a cell held as the form takes it; what is doubtful of it is told."""
        if held.error:
            self.evidence.unknown[name] = f"原来的格里是错误值 {held.error}。"
            return None
        if held.blank:
            return None
        value = held.value
        if held.formula:
            if value is None or value == "":
                self.evidence.unknown[name] = f"原来的格里是公式“={held.formula}”，没有留下算出的数。"
                return None
            shown = normal_number(value) if isinstance(value, float) else value
            self.told.doubt(name, f"原来的格里是公式“={held.formula}”，取它算出的数。", str(shown))
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if name in DATES:
            return self._date(value)
        if isinstance(value, float):
            day = self.book.date(value) if held.dated else None
            if day is not None:
                self.told.doubt(name, "原来的格里显示为日期，可能是输入时被当成了日期。", day.isoformat())
                return day.isoformat()
            return normal_number(value)
        return self._text(name, str(value))

    def _date(self, value: str | float | None) -> Value | dt.date:
        day = self.book.date(value) if isinstance(value, float) else None
        return day or (normal_number(value) if isinstance(value, float) else value)

    def _text(self, name: str, text: str) -> Value:
        """Return a text, or the number that an application has stored as one."""
        is_number = self.form.names[name].sheet not in (COVER, RESULTS) and not name.startswith("last.narrative")
        if is_number and name != "last.waivers" and _DIGITS.fullmatch(text):
            self.digits.append(name)
            return normal_number(float(text))
        return text

    def copies(self) -> Iterator[tuple[str, str, Value]]:
        """Yield what further copies of a sheet hold otherwise than what was taken: name, sheet, value."""
        for name in self.names:
            planned = self.form.names[name]
            found = self.sheets.found.get(planned.sheet)
            for sheet, alignment in found.copies if found else ():
                there = alignment.place(planned.row, planned.column)
                held = sheet.held(there)
                if held.blank or held.error:
                    continue
                value = normal_number(held.value) if isinstance(held.value, float) else held.value
                if value != self.evidence.values.get(name) and not isinstance(self.evidence.values.get(name), dt.date):
                    yield name, sheet.title, value


def statutory_sheets(form: Layout) -> Iterable[str]:
    """Return the sheets whose loss loses what a clerk filled in."""
    return (COVER, *(section.tab for section in form.edition.sections), LAST_YEAR)
