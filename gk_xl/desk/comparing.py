"""What was published against what was filed: difference by difference, cell by cell and sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gk_xl.errors import SourceError
from gk_xl.form.carrying import carried
from gk_xl.form.filing import MONEY_UNITS
from gk_xl.form.load import NARRATIVE, base_id
from gk_xl.report.model import build_report
from gk_xl.report.values import printed
from gk_xl.sources.model import NoteKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gk_xl.form.carrying import Carried
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId
    from gk_xl.sources.model import Imported

_SENTENCE: Final = re.compile(r"[^。！？；]*[。！？；][”’」』）)]*|[^。！？；]+")
_ALIKE: Final = 0.5
_TEN_THOUSAND: Final = 10_000
_AROUND: Final = 12
LONGEST: Final = 80
LISTED: Final = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that reads otherwise: ``group`` (封面, 表三, 一、总体情况 …), ``place`` in it, both sides as they read.

    ``published`` or ``filed`` is "" where the one side has nothing. ``cell`` is set for numbers, ``where`` says where it
    stands in the published file.
    """

    group: str
    place: str
    published: str
    filed: str
    cell: CellId = ""
    where: str = ""

    @property
    def message(self) -> str:
        """The whole Chinese sentence, both sides in it."""
        at = f"（发布件{self.where}）" if self.where else ""
        if self.cell or self.group == COVER:
            sides = [
                f"{name}{_told(value)}" for name, value in (("发布件是", self.published), ("工作簿是", self.filed))
            ]
            return f"{self.place}：{'，'.join(sides)}{at}。"
        if not self.published:
            return f"工作簿有、发布件没有：“{_short(self.filed)}”"
        if not self.filed:
            return f"发布件有、工作簿没有：“{_short(self.published)}”{at}"
        return f"发布件“{_around(self.published, self.filed)}”，工作簿“{_around(self.filed, self.published)}”{at}"

    def as_json(self) -> dict[str, str]:
        """Return the difference for programs."""
        data = {"group": self.group, "place": self.place, "published": self.published, "filed": self.filed}
        extra = {"cell": self.cell, "where": self.where}
        return {**data, **{name: value for name, value in extra.items() if value}, "message": self.message}


COVER: Final = "单位与日期"


@dataclass(frozen=True)
class Comparison:
    """Two files and what differs between them; ``unread`` says what of the published file could not be read."""

    published: str
    filed: str
    differences: tuple[Difference, ...]
    unread: tuple[str, ...] = ()

    @property
    def groups(self) -> dict[str, list[Difference]]:
        """The differences by where they stand, in the order of the form."""
        found: dict[str, list[Difference]] = {}
        for difference in self.differences:
            found.setdefault(difference.group, []).append(difference)
        return found

    def as_json(self) -> dict[str, Any]:
        """Return the comparison for programs."""
        return {
            "published": self.published,
            "filed": self.filed,
            "same": not self.differences,
            "differences": [difference.as_json() for difference in self.differences],
            "unread": list(self.unread),
        }


def compare(imported: Imported, filed: Filing, published: Path, workbook: Path) -> Comparison:
    """Return what reads otherwise in a published report than in a workbook.

    Printed in another edition's tables, its numbers are compared where both forms have them; the rest is told.
    SourceError where the two are not the same report: another year.
    """
    read = imported.filing
    if read.year is not None and filed.year is not None and read.year != filed.year:
        raise SourceError(
            f"{published} 是 {read.year} 年度的，{workbook} 是 {filed.year} 年度的，不是同一份报告；请核对选的文件。"
        )
    found: list[Difference] = []
    unread = [note.message for note in imported.notes_of(NoteKind.UNPLACED)]
    if base_id(read.edition) != base_id(filed.edition):
        moved = carried(read, base_id(filed.edition))
        found.append(Difference(COVER, "表格版本", f"{base_id(read.edition)} 年版", f"{base_id(filed.edition)} 年版"))
        unread += _not_compared(moved, read, filed)
        imported = replace(imported, filing=moved.filing)
        filed = replace(filed, cells={**filed.cells, **dict.fromkeys(moved.unknown)})
    found += [*_cover(read, filed), *_numbers(imported, filed), *_texts(read, filed)]
    return Comparison(str(published), str(workbook), tuple(found), tuple(unread))


def _not_compared(moved: Carried, read: Filing, filed: Filing) -> Iterator[str]:
    """Yield what of two forms has no counterpart in the other, and was compared with nothing."""
    filled = [cell for cell in moved.unknown if filed.value(cell) not in (None, 0)]
    if filled:
        named = "、".join(f"{filed.form.describe(cell)}的 {printed(filed.value(cell))}" for cell in filled[:LISTED])
        yield f"工作簿有 {len(filled)} 个数，发布件用的表格里没有对应的格，没有核对（如{named}）。"
    if moved.dropped:
        named = "、".join(
            f"{read.form.describe(cell)}的 {value}" for cell, value in list(moved.dropped.items())[:LISTED]
        )
        yield f"发布件有 {len(moved.dropped)} 个数，工作簿的表格里没有对应的格，没有核对（如{named}）。"


def _cover(read: Filing, filed: Filing) -> Iterator[Difference]:
    pairs = (
        ("单位名称", read.unit.name, filed.unit.name),
        ("落款单位", read.signed.name, filed.signed.name),
        ("成文日期", read.signed.date, filed.signed.date),
    )
    for place, published, own in pairs:
        if _bare(published) != _bare(own) and not (place == "单位名称" and not published):
            yield Difference(COVER, place, published, own)


def _numbers(imported: Imported, filed: Filing) -> Iterator[Difference]:
    read = imported.filing
    for table in filed.form.tables:
        for cell in table.cells:
            if cell.id not in read.form.cells:  # a county's own annex is not published
                continue
            if _same(read, filed, cell.id):
                continue
            spot = imported.spots.get(imported.placed.get(cell.id, 0))
            line = imported.placed.get(cell.id)
            where = str(spot) if spot is not None else f"第{line}行" if line else ""
            yield Difference(
                table.name,
                filed.form.describe(cell.id),
                _amount(read, cell.id),
                _amount(filed, cell.id),
                cell.id,
                where,
            )


def _same(read: Filing, filed: Filing, cell: CellId) -> bool:
    """Return whether a cell says the same on both sides: 1万元 is 10000元."""
    ours, theirs = filed.value(cell), read.value(cell)
    units = filed.units.get(cell, ""), read.units.get(cell, "")
    first, second = filed.number(cell), read.number(cell)
    if first is None or second is None or units[0] == units[1] or not all(unit in MONEY_UNITS for unit in units):
        return ours == theirs or (isinstance(ours, str) and isinstance(theirs, str) and _bare(ours) == _bare(theirs))
    scales = [_TEN_THOUSAND if unit == "万元" else 1 for unit in units]
    return abs(first * scales[0] - second * scales[1]) < 0.005


def _amount(filing: Filing, cell: CellId) -> str:
    value = filing.value(cell)
    return "" if value is None else f"{printed(value)}{filing.units.get(cell, '')}"


def _texts(read: Filing, filed: Filing) -> Iterator[Difference]:
    """Yield the differences of wording: sentences changed, missing, added; one that only moved is told once, as moved."""
    groups = [(part, filed.form.part_name(part)) for part in NARRATIVE]
    published, own = _printed(read), _printed(filed)
    pairs = {
        part: list(_changed(_sentences(published.get(part, ())), _sentences(own.get(part, ())))) for part, _ in groups
    }
    gone = {_bare(theirs): name for part, name in groups for theirs, ours in pairs[part] if theirs and not ours}
    added = {_bare(ours): name for part, name in groups for theirs, ours in pairs[part] if ours and not theirs}
    for part, name in groups:
        for theirs, ours in pairs[part]:
            moved_to = added.get(_bare(theirs)) if theirs and not ours else None
            if moved_to is not None:
                yield Difference(name, f"在工作簿的“{moved_to}”里", theirs, "")
            elif not (ours and not theirs and _bare(ours) in gone):
                yield Difference(name, name, theirs, ours)


def _printed(filing: Filing) -> dict[str, list[str]]:
    """Return the paragraphs as they are printed, fields filled in."""
    report = build_report(filing)
    parts = {"preamble": [paragraph.text for paragraph in report.preamble]}
    for section in report.sections:
        if section.section.narrative:
            parts[section.section.narrative] = [paragraph.text for paragraph in section.paragraphs]
    return parts


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    return [found.strip() for text in paragraphs for found in _SENTENCE.findall(text) if _bare(found)]


def _changed(theirs: Sequence[str], ours: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is not the same on both sides: a sentence and its other wording, or one with nothing beside it."""
    match = SequenceMatcher(None, [_bare(text) for text in theirs], [_bare(text) for text in ours], autojunk=False)
    for kind, a0, a1, b0, b1 in match.get_opcodes():
        if kind == "equal":
            continue
        rest = list(ours[b0:b1])
        for text in theirs[a0:a1]:
            best = max(rest, key=partial(_likeness, text), default="")
            if best and _likeness(text, best) >= _ALIKE:
                for skipped in rest[: rest.index(best)]:
                    yield "", skipped
                rest = rest[rest.index(best) + 1 :]
                yield text, best
            else:
                yield text, ""
        for text in rest:
            yield "", text


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _bare(text: str) -> str:
    return "".join(text.split())


def _told(value: str) -> str:
    return (
        f"“{value}”" if value and not re.fullmatch(r"-?[\d.]+(?:万?元)?", value) else f" {value}" if value else "空白"
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}……{text[-LONGEST // 2 :]}"


def _around(text: str, other: str) -> str:
    """Return a sentence's part that reads otherwise, with what stands around it."""
    begin = 0
    while begin < min(len(text), len(other)) and text[begin] == other[begin]:
        begin += 1
    end = 0
    while end < min(len(text), len(other)) - begin and text[-1 - end] == other[-1 - end]:
        end += 1
    first, last = max(0, begin - _AROUND), min(len(text), len(text) - end + _AROUND)
    return f"{'……' if first else ''}{_short(text[first:last])}{'……' if last < len(text) else ''}"
