"""The list of units that a county expects: in its own order, with kind, other names, contact and the day by which they hand in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

_BLANK: Final = regex(r"[\s\u3000]+")
_ENDING: Final = regex(
    r"(?<=.)(?:(?:人民)?政府(?:办公室|办公厅)?|(?:人民政府)?(?<=街道)办事处|(?:党政)?(?:综合)?办公室)$"
)
_PLACE: Final = regex(r"^.{1,12}[省市县区旗州盟]$")


@dataclass(frozen=True)
class Listed:
    """One unit of the list: ``order`` counts from 1, ``kind`` is an identifier of ``units.toml``, ``due`` a day or none."""

    order: int
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    contact: str = ""
    due: dt.date | None = None


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


@lru_cache(maxsize=1 << 14)
def bare(name: str) -> str:
    """Return a unit's name without blanks and without 人民政府: 甲乡人民政府 and 甲乡 are one unit."""
    return _ENDING.sub("", _whole(name))


def _whole(name: str) -> str:
    return _BLANK.sub("", name).replace("(", "（").replace(")", "）")


def _behind_a_place(short: str, long: str) -> bool:
    """Return whether a long name is a short one with its county in front: 示例县甲乡 and 甲乡."""
    return short != long and long.endswith(short) and bool(_PLACE.match(long[: -len(short)]))


def listed_twice(units: Iterable[Listed]) -> list[str]:
    """Return the names that stand in a list more than once."""
    seen: dict[str, int] = {}
    for unit in units:
        seen[bare(unit.name)] = seen.get(bare(unit.name), 0) + 1
    return [name for name, count in seen.items() if count > 1]
