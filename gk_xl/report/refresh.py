"""Late corrections into a Word report that somebody has edited since: numbers change, everything else stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gk_xl.errors import FileError
from gk_xl.form.load import NARRATIVE, base_id
from gk_xl.report.controls import control_texts
from gk_xl.report.embed import printed_words, reads_as, told
from gk_xl.report.model import build_report
from gk_xl.report.wordfile import WordFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.report.embed import Carried
    from gk_xl.report.wordfile import Slot

    Texts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NumberChange:
    """One number that was brought up to date: where it stands, what it was and what it is."""

    tag: str
    where: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.where}：{self.old or '空白'} → {self.new or '空白'}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that was left alone: ``exported`` then, ``found`` in the document now, ``wanted`` by the filing."""

    tag: str
    where: str
    exported: str
    found: str
    wanted: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The document with its numbers up to date, what was changed, and what was left to the reader's judgement.

    ``data`` is the document as it was given when there was nothing to bring up to date.
    """

    data: bytes
    changed: tuple[NumberChange, ...]
    conflicts: tuple[Conflict, ...]


def refresh(edited: bytes, filing: Filing, *, source: str = "这份 Word 文件") -> Refreshed:
    """Return an edited report of ours with the numbers of ``filing``.

    Text, styles, comments and tracked changes stay. A number that was typed over by hand, or that stands in a tracked
    change, stays too and is a conflict. FileError, with ``source`` as the file's name, for a file that cannot be used.
    """
    file = WordFile(edited, source)
    base = file.carried.filing
    if (base_id(base.edition), base.year) != (base_id(filing.edition), filing.year):
        raise FileError(f"{source} 是 {base.year} 年度的报告，数据是 {filing.year} 年度的，不是同一份；请核对文件。")
    wanted = control_texts(filing)
    units = _printed_units(base), _printed_units(filing)
    changed, conflicts, seen = list[NumberChange](), list[Conflict](), set[str]()
    for slot in file.slots():
        if slot.name in wanted:
            seen.add(slot.name)
            outcome = _update(slot, file.shown.get(slot.name, ("", ""))[1], wanted[slot.name][1], filing)
            if isinstance(outcome, NumberChange):
                changed.append(outcome)
                before, now = (known.get(slot.name, "") for known in units)
                if before != now:
                    slot.change_unit(before, now)
            elif outcome is not None:
                conflicts.append(outcome)
    conflicts += _gone(file.shown, wanted, seen, filing)
    conflicts += _texts_kept(file.carried, filing)
    carried = file.carried.updated(filing, wanted)
    if not changed and carried.xml() == file.carried.xml() and not file.carries_words:
        return Refreshed(edited, (), tuple(conflicts))
    file.carry(carried)
    return Refreshed(file.zipped(), tuple(changed), tuple(conflicts))


def _update(slot: Slot, exported: str, wanted: str, filing: Filing) -> NumberChange | Conflict | None:
    """Bring one number up to date, unless somebody else has changed it; return what came of it."""
    where, found = _where(filing, slot.name, slot.tag), slot.text
    unit = filing.units.get(slot.tag, "")
    if found == wanted or (unit and found == wanted + unit):
        return None
    if not reads_as(found, exported):
        message = (
            f"{where}：导出时是{told(exported)}，Word 里被改成“{found}”，数据现在是“{wanted}”；保留 Word 里的，请核对。"
        )
        return Conflict(slot.tag, where, exported, found, wanted, message)
    if slot.tracked:
        message = f"{where}：有未接受的修订，没有改动；数据现在是“{wanted}”，请接受或拒绝修订后再更新。"
        return Conflict(slot.tag, where, exported, found, wanted, message)
    slot.write(wanted)
    return NumberChange(slot.tag, where, found, wanted)


def _printed_units(filing: Filing) -> dict[str, str]:
    """Return the units that stand behind numbers of the tables, by the names of their places."""
    tables = [section.table for section in build_report(filing).sections if section.table]
    return {table.labels[cell]: unit for table in tables for cell, unit in table.units.items()}


def _where(filing: Filing, name: str, tag: str) -> str:
    """Return how a message names a place: the cell of its table, the field of the narrative, the signature."""
    if "·" in name:
        return filing.form.describe(tag) if tag in filing.form.cells else name.replace("·", "的")
    return f"正文 {{{name}}}"


def _gone(exported: Texts, wanted: Texts, seen: set[str], filing: Filing) -> Iterator[Conflict]:
    """Yield the numbers that changed but have no place in the document any more."""
    for name, (tag, text) in exported.items():
        if name not in seen and name in wanted and not reads_as(wanted[name][1], text):
            where, new = _where(filing, name, tag), wanted[name][1]
            message = f"{where}：Word 里原来的位置已被删去，没有改动；数据由{told(text)}改成了“{new}”，请手工核对。"
            yield Conflict(tag, where, text, "", new, message)


def _texts_kept(carried: Carried, filing: Filing) -> Iterator[Conflict]:
    """Yield what is no number and changed in the filing since the export: the document keeps its own wording."""
    base, words = carried.filing, printed_words(build_report(filing))
    if base.title != filing.title:
        message = f"题目：数据里现在是“{filing.title}”，Word 里的题目没有改动；请核对。"
        yield Conflict("title", "题目", base.title, "", filing.title, message)
    for part in NARRATIVE:
        if carried.words[part] != words[part]:
            place = filing.form.part_quoted(part)
            message = f"{place}：工作簿里的文字在导出以后改过，Word 里的文字没有改动；请核对。"
            yield Conflict(f"narrative.{part}", place, "", "", "", message)
