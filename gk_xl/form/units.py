"""The kinds of reporting units, read from ``units.toml``, and which of them a unit's name can be."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.errors import FormError
from gk_xl.form.kept import toml
from gk_xl.form.load import Keys
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALL_LEVEL: Final = "township"
GOVERNMENT: Final = "government"


class UnitKind(NamedTuple):
    """A kind of unit: ``label`` is what a clerk reads, ``self_word`` how the unit calls itself in its report.

    ``own`` are all words behind 我 that fit it; ``level`` is township, county, city, province or state; ``organ`` is
    government, department, agency (派出机关、管委会) or authorised (法律法规授权的组织).
    """

    id: str
    label: str
    self_word: str
    own: tuple[str, ...]
    level: str
    organ: str
    aliases: tuple[str, ...]
    deadline: str

    @property
    def small(self) -> bool:
        """Whether it is a 乡, 镇 or 街道: an office without departments of its own."""
        return self.level == SMALL_LEVEL

    @property
    def whole(self) -> bool:
        """Whether it is the government of a county or above: one that adds up others."""
        return self.organ == GOVERNMENT and not self.small

    def deadline_for(self, year: int) -> date:
        """Return the default last day for publishing the report on ``year``."""
        month, day = self.deadline.split("-")
        return date(year + 1, int(month), int(day))


@lru_cache
def unit_kinds() -> Mapping[str, UnitKind]:
    """Return all kinds of units by identifier, in the order of the list on 封面."""
    path = Path(__file__).with_name("units.toml")
    kinds = {}
    for name, raw in toml(path).items():
        keys = Keys(f"form/{path.name}", name, raw)
        kinds[name] = UnitKind(
            name, keys.take("label", str), keys.take("self", str), tuple(keys.take("own", list)),
            keys.take("level", str), keys.take("organ", str), tuple(keys.take("aliases", list, [])),
            keys.take("deadline", str),
        )  # fmt: skip
        keys.done()
    return kinds


def kind_named(text: str) -> str:
    """Return the kind that a person means by an identifier, a label or another name of it, "" when there is none."""
    return next((kind.id for kind in unit_kinds().values() if text in (kind.id, kind.label, *kind.aliases)), "")


def named_kind(asked: str, name: str) -> str:
    """Return the kind that was asked for by identifier, label or another name; else what the unit's name says."""
    if not asked:
        return next(iter(possible_kinds(name)), "")
    kind = kind_named(asked)
    if not kind:
        known = "、".join(f"{kind.label}（{kind.id}）" for kind in unit_kinds().values())
        raise FormError(f"单位类型 {asked} 不认识；可用：{known}。")
    return kind


# ------------------------------------------------------------------------------------- what a name says

_STATE: Final = regex(
    r"(?:中华人民共和国.*|国家[\u4e00-\u9fff]+(?:局|委员会|办公室|署|行)|[\u4e00-\u9fff]{2,10}部|中国人民银行|审计署|海关总署)$"
)
_VERTICAL: Final = regex(
    r"(?:国家)?税务(?:总局.+)?局|(?<!总)海关$|海事局|气象局|烟草专卖局|邮政管理局|国家统计局.+(?:队|局)$|消防救援|金融监督?管(?:理)?|"
    r"中国人民银行.+行$|出入境边防检查|地震(?:局|台)$|通信管理局|矿山安全监察"
)
_INSTITUTION: Final = regex(
    r"(?:大学|学院|学校|中学|小学|幼儿园|医院|卫生院|中心|研究院|研究所|科学院|图书馆|博物馆|档案馆|[站馆所])$"
)
_ZONE: Final = regex(r"(?:管理委员会|管委会)$")
_DEPARTMENT: Final = regex(r"(?:[局厅委]|委员会|办公室|政府办|研究室|支队|大队|总队)$")
_GOVERNED: Final = regex(r"(?:(?:人民)?政府|行政公署)$")
_LEVELS: Final = {
    "省": "province",
    "市": "city",
    "州": "city",
    "盟": "city",
    "县": "county",
    "旗": "county",
    "区": "county",
}
_LEVEL: Final = regex(r".+(?P<level>[省县旗盟州]|(?<![社园地城山])区|(?<!城)市(?![场政容]))")


def possible_kinds(name: str) -> tuple[str, ...]:
    """Return the kinds of unit that a name can be, the likeliest first; empty when it suggests none.

    Places are looked up in the list of provinces, prefectures and counties, so that a county-level city and its bureaus
    are no prefecture's; a 市 that is not on the list may be either.
    """
    name = "".join(name.split())
    bare = _GOVERNED.sub("", name)
    if small := _small(bare):
        return small
    if _ZONE.search(name):
        return ("development_zone",)
    if _VERTICAL.search(name):
        return ("vertical_department", "county_department", "city_department", "province_department")
    levels = _levels(name)
    if _GOVERNED.search(name):
        return tuple(f"{level}_government" for level in levels)
    if levels and name.endswith("政府办公室"):  # the office that publishes for its government
        return tuple(f"{level}_{organ}" for organ in ("department", "government") for level in levels)
    if levels and _DEPARTMENT.search(name):
        return (*(f"{level}_department" for level in levels), "institution")
    if _INSTITUTION.search(name):
        return ("institution", *(f"{level}_department" for level in levels))
    return ("state_council_department",) if not levels and _STATE.search(name) else ()


def _small(bare: str) -> tuple[str, ...]:
    """Return the kind of a 乡, 镇 or 街道, of its name without 人民政府."""
    if re.search(r"街道(?:办事处)?$|办事处$", bare):
        return ("subdistrict",)
    if re.search(r"族乡$", bare):
        return ("ethnic_township", "township")
    if re.search(r"(?:乡|苏木)$", bare):
        return ("township",)
    return ("town",) if bare.endswith("镇") else ()


def _levels(name: str) -> tuple[str, ...]:
    """Return the levels that the place at the head of a name can have: by the list of places, else by its last word."""
    from gk_xl.form.places import COUNTY, PREFECTURE, gazetteer

    end, known = 0, ""
    for found in gazetteer().find(name):
        if found.start != end:
            break
        end = found.end
        levels = {place.level for place in found.places}
        known = "city" if levels == {PREFECTURE} else "county" if levels == {COUNTY} else "province"
    rest = name[end:]
    match = _LEVEL.match(_DEPARTMENT.sub("", _GOVERNED.sub("", rest)))
    if known and match is None:
        return (known,)
    if match is None:
        return ("province",) if name.endswith("厅") else ()
    level = _LEVELS[match["level"]]
    # A 市 below a prefecture is a county-level city; a 市 or 区 that nobody knows may be one or the other.
    if match["level"] == "市":
        return ("county",) if known else ("city", "county")
    return (level,)
