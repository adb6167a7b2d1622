"""Files that are not told apart at first sight: two of one unit with one date, one that is named for another unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.desk.roster import Listed, Roster, bare, names_in
from gk_xl.form.fingerprint import different, fingerprint, parts_text, read_parts
from gk_xl.form.units import possible_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.desk.entry import Entry

AT_ONCE: Final = 2
"""So many seconds apart, two files have one date: old disks and archives count in twos."""
SHOWN: Final = 8
"""So many cells are named in which two files differ."""


class Misnamed(NamedTuple):
    """A file whose name is another unit's than its content: the file, the unit in it, the one that its name says."""

    file: str
    unit: str
    other: str

    @property
    def said(self) -> str:
        """Both sides, and what to ask."""
        return (
            f"文件名与内容不是一个单位：“{self.file}”里面是{self.unit}的报告，文件名写的是{self.other}；"
            f"按里面的算，请核对有没有拿错文件、{self.other}的有没有报来。"
        )


def misnamed(entries: Iterable[Entry], roster: Roster | None) -> Iterator[tuple[Entry, Misnamed]]:
    """Yield the files that are named for another unit of the list, or without a list for another that handed in."""
    files = [entry for entry in entries if entry.filing is not None and entry.filing.unit.name]
    if roster is None:
        roster = Roster(tuple(Listed(at, name) for at, name in enumerate(dict.fromkeys(e.unit for e in files))))
    for entry in files:
        own = {bare(name) for name in (entry.unit, entry.filing.unit.name if entry.filing else "")}
        if any(name in entry.stem for name in own):
            continue
        name = next((name for name in names_in(entry.stem) if possible_kinds(name)), "")
        other = roster.find(name) if name else None
        if other is None or (entry.listed or Listed(-1, entry.unit)).order == other.order or bare(other.name) in own:
            continue
        if not any(name.startswith(bare(other.name)) for name in own):  # 示例县.xlsx of a bureau names its place
            yield entry, Misnamed(entry.file, entry.unit, other.name)


def at_once(one: Entry, other: Entry) -> bool:
    """Return whether two files have one date and say different things, so that neither is known to be the later one."""
    if one.received is None or other.received is None or one.filing is None or other.filing is None:
        return False
    near = abs(one.received.timestamp() - other.received.timestamp()) <= AT_ONCE
    return near and fingerprint(one.filing).whole != fingerprint(other.filing).whole


def differing(one: Entry, other: Entry) -> str:
    """Return where two readable files of a unit differ: cells with both numbers, then the other parts by name."""
    assert one.filing is not None
    assert other.filing is not None
    content = one.content
    assert content is not None
    told, sheets = [], set()
    for cell in content.edition.cells:
        values = [filing.value(cell) if cell in filing.cells else None for filing in (one.filing, other.filing)]
        if values[0] != values[1]:
            place = content.layout.names[cell]
            sheets.add(place.sheet)
            sides = "，".join("空着" if value is None else str(value) for value in values)
            told.append(f"{place.sheet} {place.address}（{sides}）")
    more = [f"等 {len(told)} 格"] if len(told) > SHOWN else []
    printed = read_parts(parts_text(fingerprint(other.filing)))
    parts = [label for label in different(fingerprint(one.filing), printed) if label not in sheets]
    return "、".join([*told[:SHOWN], *more, *parts])


def undecided(kept: Entry, tied: Sequence[Entry], others: str) -> str:
    """Return that it is not known which of a unit's files is the last one, where they differ, and whom to ask; ``others`` names them."""
    where = "；".join(f"与“{entry.file}”不同的有：{differing(kept, entry)}" for entry in tied)
    return (
        f"“{kept.unit}”交了几份，日期相同，分不出先后：现在按“{kept.file}”算，{others}不计入任何合计。"
        f"{where}（前一个数是“{kept.file}”的）。请问清单位以哪一份为准，移走另一份再汇总。"
    )
