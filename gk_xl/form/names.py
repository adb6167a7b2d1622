"""What a unit is called: its own forms (full, with and without its county, everyday short), and bureaus by their names.

A short form keeps characters of the full name in their order (卫健 for 卫生健康), or is a known one (城管 for 综合行政执法).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.form.kept import toml
from gk_xl.form.patterns import regex
from gk_xl.form.places import SUFFIXES, gazetteer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.filing import Unit

_GOVERNMENT: Final = regex(
    r"(?:人民政府|政府)(?:办公室|办公厅)?$|(?:人民政府)?办事处$|(?:党政(?:综合)?|党政和人大)?办公室$|党政(?:综合)?办$"
)
_SMALL: Final = regex(r"(?:街道|苏木|[乡镇])$")
_OFFICE: Final = regex(r"(?:委员会|总局|分局|支队|大队|中心|[局委厅办院站])$")
_PLACE: Final = regex(
    r"^(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,9}?(?:市|自治州|地区|盟))?(?:[\u4e00-\u9fff]{1,14}?(?:[县区旗]|(?<!城)市))?"
)
_LEVEL: Final = regex(r"^[省市县区旗州盟](?=.)")
_SELF: Final = regex(
    r"^(?:我|本|该)(?:乡|镇|街道?|苏木|局|厅|委|办|县|市|区|旗|州|省|机关|单位|院|站|中心|部门)?$|^本级$"
)

COMMITTEE: Final = ("管理委员会", "管委会")
"""What the name of the organ that runs a zone ends with."""


@lru_cache(maxsize=1)
def bureau_stems() -> Mapping[str, frozenset[str]]:
    """Return the known stems of bureaus' names: each short and full form with all forms that mean the same bureau."""
    path = Path(__file__).with_name("bureaus.toml")
    found: dict[str, set[str]] = {}
    for short, fulls in toml(path)["stems"].items():
        for stem in (short, *fulls):
            found.setdefault(stem, set()).update((short, *fulls))
    return {stem: frozenset(forms) for stem, forms in found.items()}


def shortens(short: str, full: str) -> bool:
    """Return whether all characters of a short form stand in the full one in their order."""
    rest = iter(full)
    return all(character in rest for character in short)


@dataclass(frozen=True)
class OwnNames:
    """The parts of a unit's name: ``place`` (清波县), ``core`` (白水, 卫生健康), ``level`` (乡, 局 …), and its county."""

    name: str
    county: str
    place: str
    core: str
    level: str

    @cached_property
    def level_word(self) -> str:
        """What kind of place the unit belongs to: 县 区 市 旗 州 省, empty when unknown."""
        source = self.county or self.place
        return source[-1:] if source[-1:] in tuple("省市县区旗州盟") else ""

    @cached_property
    def small(self) -> bool:
        """Whether the unit is a 乡, 镇, 街道 or 苏木."""
        return bool(_SMALL.search(self.level))

    def owns(self, name: str) -> bool:
        """Return whether a name of an organ is the unit's own: in full, without its place, as 县 + bureau, in short, 我局."""
        if not self.core or _SELF.match(name) or self.name.endswith(name):
            return bool(name)
        if self.name.endswith(COMMITTEE) and name.endswith(COMMITTEE) and shortens(name, self.name):
            return True  # 高新区管委会
        bare = _GOVERNMENT.sub("", name) or name
        for place in (self.county, self.place):
            if place:
                bare = bare.removeprefix(place)
        if not bare:
            return True
        if self.small or self.level in tuple("县市区旗州省"):
            return bare.endswith(self.core + self.level) or bare == self.level
        bare = bare.removeprefix(self.county[:-1] or self.place[:-1])
        return self._is_bureau(bare) or (
            _LEVEL.match(bare) is not None and bare[:1] == self.level_word and self._is_bureau(bare[1:])
        )

    def _is_bureau(self, name: str) -> bool:
        """Return whether a bureau's name without its place is the unit's own, in full or in short."""
        stem = _OFFICE.sub("", name)
        ending = name[len(stem) :]
        if ending[-1:] not in (self.level[-1:], "") and not {ending[-1:], self.level[-1:]} <= set("局委会"):
            return False
        if not stem or stem == self.core or (len(stem) > 1 and shortens(stem, self.core)):
            return bool(ending or stem)
        return any(form in self.core for form in bureau_stems().get(stem, ()))


def _own_place(name: str, county: str) -> str:
    """Return the place that a unit's name begins with: its county, known places, else what ends in 县 区 旗 市."""
    if county and name.startswith(county):
        return county
    if not any(level in name[1:-1] for level in SUFFIXES):
        return ""
    known = [found for found in gazetteer().find(name) if found.start == 0]
    if known:
        end = known[0].end
        for found in gazetteer().find(name):
            if found.start == end:
                end = found.end
        return name[:end] if end < len(name) else ""
    match = _PLACE.match(name)
    return match[0] if match and match.end() < len(name) else ""


@lru_cache(maxsize=32)
def _own_names(name: str, county: str) -> OwnNames:
    bare = _GOVERNMENT.sub("", name)
    if county.endswith(bare) or (bare and bare[-1] in "省市县区旗州盟"):
        return OwnNames(name, county or bare, bare, bare[:-1], bare[-1:])
    place = _own_place(bare, county)
    rest = bare.removeprefix(place)
    level = _SMALL.search(rest) or _OFFICE.search(rest)
    core = rest[: level.start()] if level else rest
    return OwnNames(name, county or place, place, core, level[0] if level else "")


def own_names(unit: Unit) -> OwnNames:
    """Return the parts of a unit's name."""
    return _own_names("".join(unit.name.split()), "".join(unit.county.split()))
