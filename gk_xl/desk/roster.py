"""The list of units that a county expects: in its own order, with kind, other names, contact and the day by which they hand in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.patterns import regex
from gk_xl.form.units import possible_kinds, unit_kinds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

_BLANK: Final = regex(r"[\s\u3000]+")
_OFFICE_OF_A_GOVERNMENT: Final = regex(r"(?:^|(?<=[省市县区旗州盟]))(?:(?:人民)?政府|府)办(?:公[室厅])?$")
_OF_A_GOVERNMENT: Final = regex(r"(?<=[省市县区旗州盟])人民政府(?=.)")
_SMALL: Final = regex(
    r"(?:(?<=[乡镇])|(?<=街道)|(?<=苏木))(?:(?:人民)?政府|办事处)?(?:党政)?(?:综合)?(?:办(?:公室)?)?$"
)
_WHOLE: Final = regex(
    r"(?<=.)(?:人民政府|政府|党政(?:综合)?办(?:公室)?)$|(?<=[区园])管(?:理委员|委)会(?:(?:党政|综合|党政综合)办(?:公室)?)?$"
)
_OFFICE: Final = regex(r"办公[室厅]$")
_BESIDE: Final = regex(
    r"附件|(?:政府)?信息公开(?:工作)?|政务公开(?:工作)?|(?:工作)?(?:年度(?:工作)?)?(?:报告|年报|总结)|年度|关于|副本|复件|汇总|报送|上报|"
    r"(?:已)?(?:修改|修订|更正)(?:后|稿|版)?|(?:定|初|终|送审|正式)稿|第?[一二三四五六七八九十]+稿|(?:最终|正式|盖章|签字)版?|扫描件?|"
    r"[\d０-９]+[年号]?|[〇○零一二三四五六七八九]{4}年|[^\u3400-\u9fff]+|的"
)
"""What stands beside the unit in the name of a file: 附件2-甲乡2025年政府信息公开工作年度报告（终稿）(1)."""
_PLACE: Final = regex(r"^.{1,12}[省市县区旗州盟]$")


@dataclass(frozen=True)
class Listed:
    """One unit of the list: ``order`` counts from 1, ``kind`` is an identifier of ``units.toml``, ``due`` a day or none.

    ``merged`` are units of last year that have become a part of it.
    """

    order: int
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    contact: str = ""
    due: dt.date | None = None
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The units that a county expects, in its order; ``notes`` says what of the list could not be used."""

    units: tuple[Listed, ...]
    notes: tuple[str, ...] = ()
    source: str = ""

    @cached_property
    def _known(self) -> Mapping[str, Listed]:
        """The units by every name they may bear; a name that two of them could bear is none's."""
        found: dict[str, Listed | None] = {}
        for unit in self.units:
            for name in {form for text in (unit.name, *unit.aliases) for form in (_whole(text), bare(text)) if form}:
                found[name] = unit if found.get(name, unit) is unit else None
        exact = {_whole(text): unit for unit in reversed(self.units) for text in (*unit.aliases, unit.name)}
        return {name: unit for name, unit in found.items() if unit is not None} | exact

    def last_year(self, name: str) -> Listed | None:
        """Return the unit that one of last year is now: into which it was merged, else itself."""
        merged = {bare(one): unit for unit in self.units for one in unit.merged}
        return merged.get(bare(name)) or self.find(name)

    @cached_property
    def level(self) -> str:
        """How high the list stands by the governments on it: several counties' make a city's, several cities' a province's; else ""."""
        kinds = [unit.kind or next(iter(possible_kinds(unit.name)), "") for unit in self.units]
        if kinds.count("city_government") > 1:
            return "province"
        return "city" if kinds.count("county_government") > 1 else ""

    def level_of(self, name: str) -> str:
        """Return the level that the list tells of a unit: its kind's, that of others of its place, that of the list; else "".

        A 市 whose bureaus are a city's is a city, whatever other 市 has the same name.
        """
        listed = self.find(name)
        if listed is not None and listed.kind:
            return unit_kinds()[listed.kind].level
        place = _WHOLE.sub("", _whole(name))
        if not _PLACE.match(place):
            return ""
        told = {
            unit_kinds()[unit.kind].level
            for unit in self.units
            if unit.kind and _whole(unit.name).startswith(place) and unit_kinds()[unit.kind].organ == "department"
        }
        if len(told) == 1:
            return told.pop()
        return "" if listed else self.level

    def find_file(self, file: str) -> Listed | None:
        """Return the unit that a file is named for; None where it names none of the list, or several."""
        whole, *pieces = names_in(file)
        found = {unit.order: unit for name in pieces if (unit := self.find(name))}
        return self.find(whole) or (next(iter(found.values())) if len(found) == 1 else None)

    def find(self, name: str) -> Listed | None:
        """Return the unit that a name means: the name itself, another name of it, either with its place in front."""
        whole, short = _whole(name), bare(name)
        for form in (whole, short):
            if form in self._known:
                return self._known[form]
        ends = {
            unit.order: unit
            for form, unit in self._known.items()
            if len(form) > 1 and len(short) > 1 and _behind_a_place(*sorted((form, short), key=len))
        }
        return next(iter(ends.values())) if len(ends) == 1 else None


def names_in(file: str) -> list[str]:
    """Return what may be a unit's name in the name of a file: all of it, then what is left without what stands beside a unit."""
    return [file, *(name for name in _BESIDE.split(file) if len(name) > 1)]


@lru_cache(maxsize=1 << 14)
def bare(name: str) -> str:
    """Return a unit's name in its shortest form: 甲乡人民政府, 甲乡政府党政办公室 and 甲乡 are one unit.

    The office of a 乡, 镇 or 街道 reports for it. That of a county, a city or a province is a unit of its own
    (示例县政府办 is not 示例县), and so is every other office.
    """
    whole = _whole(name)
    if office := _OFFICE_OF_A_GOVERNMENT.search(whole):
        return f"{whole[: office.start()]}政府办"
    whole = _OF_A_GOVERNMENT.sub("", whole)
    if small := _SMALL.search(whole):
        return whole[: small.start()]
    return _OFFICE.sub("办", _WHOLE.sub("", whole))


def _whole(name: str) -> str:
    return _BLANK.sub("", name).replace("(", "（").replace(")", "）")


def _behind_a_place(short: str, long: str) -> bool:
    """Return whether a long name is a short one with its county in front: 示例县甲乡 and 甲乡, 示例县教育局 and 县教育局."""
    if short == long or not long.endswith(short):
        return False
    return bool(_PLACE.match(long[: -len(short)]) or (len(short) > 2 and _PLACE.match(long[: 1 - len(short)])))


def listed_twice(units: Iterable[Listed]) -> list[str]:
    """Return the names that stand in a list more than once."""
    seen: dict[str, int] = {}
    for unit in units:
        seen[bare(unit.name)] = seen.get(bare(unit.name), 0) + 1
    return [name for name, count in seen.items() if count > 1]
