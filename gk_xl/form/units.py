"""The kinds of reporting units, read from ``units.toml``, and which of them a unit's name can be."""

from __future__ import annotations

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
            name,
            keys.take("label", str),
            keys.take("self", str),
            tuple(keys.take("own", list)),
            keys.take("level", str),
            keys.take("organ", str),
            tuple(keys.take("aliases", list, [])),
            keys.take("deadline", str),
        )
        keys.done()
    return kinds


@lru_cache
def small_kinds() -> frozenset[str]:
    """Return the kinds that are a 乡, 镇 or 街道."""
    return frozenset(kind.id for kind in unit_kinds().values() if kind.small)


@lru_cache
def level_word(kind: str) -> str:
    """Return how the level of a kind is called, as its government's label has it: 县, 市, 省; 县 for one that has none."""
    kinds = unit_kinds()
    words = {one.level: one.label.partition("级")[0] for one in kinds.values() if one.whole}
    return words.get(kinds[kind].level if kind in kinds else "", words["county"])


def may_be_founded_as(kind: str, named: str) -> bool:
    """Return whether a unit whose name says one kind may have been founded as another: the office of a zone as a department.

    ``kind`` is what 封面 says, ``named`` what the name does.
    """
    chosen, other = unit_kinds().get(kind), unit_kinds()[named]
    return chosen is not None and chosen.organ == "department" and other.organ == "agency" and not other.small


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

_MINISTRIES: Final = (
    "外交|国防|教育|科学技术|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和社会保障|自然资源|生态环境|住房和城乡建设|"
    "交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理"
)
_NATIONAL: Final = regex(
    r"(?:中华人民共和国)?(?:国务院(?:[\u4e00-\u9fff]+(?:委员会|办公室|厅|室|局|中心))?"
    rf"|(?:{_MINISTRIES})部|国家[^局委署办]{{1,12}}(?:总局|局|委员会|办公室|署)|中国(?:气象|地震|民用航空)局"
    r"|中国[\u4e00-\u9fff]{2,8}监督管理委员会|中国人民银行|审计署|海关总署|(?<=国)海事局)"
)
"""What is an organ of the State Council alone, and one under it, or sent out by it, where more follows."""
_VERTICAL: Final = regex(
    r"税务局|海关(?:缉私局)?$|海事局|气象局|烟草专卖局|邮政管理局|调查队$|消防救援|出入境边防检查|地震(?:局|台)$|通信管理局"
    r"|矿山安全监察|(?:银行|外汇|金融|证券|保险)\S*监管(?:分)?局|人民银行.+行$"
)
_PARTY: Final = regex(r"^(?:中共|中国共产党)")
_INSTITUTION: Final = regex(
    r"(?:大学|学院|学校|中学|小学|幼儿园|医院|卫生院|中心|研究院|研究所|科学院|图书馆|博物馆|档案馆|联合社|[林农牧渔]场"
    r"|[站馆所处])$"
)
_ZONE: Final = regex(
    r"(?:管理委员会|管委会|(?:开发|高新|工业|产业|度假|示范|实验|试验|保税|合作|风景名胜|景|园|经开|集聚|保护|港)区)$"
)
_MANAGING: Final = regex(
    r"(?:城市|城乡|监督|交通|运输|资产|公积金|市场|水务|绿化|园林|卫生|应急|金融|房屋|事业|行政|事务|综合)管理(?:执法)?委员会$"
)
"""A department whose work is to manage something, no place that is managed."""
_AWAY: Final = regex(r"驻.+办事处$")
_DEPARTMENT: Final = regex(r"(?:[局厅委办队]|委员会|办公室|研究室|驻.+办事处)$")
_GOVERNED: Final = regex(r"(?:(?:人民)?政府|行政公署)$")
_OFFICE: Final = regex(r"(?:(?:人民)?政府|行政公署)?(?:党政|党政综合)?(?:办公[室厅])?$")
_CORPS: Final = regex(r"(?:生产建设兵团|第[一二三四五六七八九十]+师(?:[\u4e00-\u9fff]+市)?)$")
_LEVELS: Final = {
    "省": "province",
    "团": "province",
    "师": "city",
    "市": "city",
    "州": "city",
    "盟": "city",
    "县": "county",
    "旗": "county",
    "区": "county",
}
_LEVEL: Final = regex(
    r".+(?P<level>[省县旗盟州]|(?<=建设兵)团|(?<=[一二三四五六七八九十])师(?:.+市)?|(?<![社园地城山灌库校片牧])区|(?<!城)市(?![场政容]))"
)


def possible_kinds(name: str) -> tuple[str, ...]:
    """Return the kinds of unit that a name can be, the likeliest first; empty when it suggests none.

    Places are looked up in the list of provinces, prefectures and counties, so that a county-level city and its bureaus
    are no prefecture's; a 市 that is not on the list may be either.
    """
    name = "".join(name.split())
    national = _NATIONAL.match(name)
    if national and national.end() == len(name):
        return ("state_council_department",)
    if _PARTY.match(name):
        return ()
    if small := _small(_OFFICE.sub("", name)):
        return small
    if _ZONE.search(name) and not _MANAGING.search(name):
        return ("development_zone",)
    if national or _VERTICAL.search(name):
        return ("vertical_department", "county_department", "city_department", "province_department")
    levels = _levels(name)
    if _GOVERNED.search(name) or _CORPS.search(name):
        return tuple(f"{level}_government" for level in levels)
    return _of_departments(name, levels)


def _of_departments(name: str, levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of a department or institution, by its name and the levels that its place can have."""
    departments = tuple(f"{level}_department" for level in levels)
    if name.endswith("分局"):  # of a city's bureau, in a county
        return tuple(dict.fromkeys(("county_department", *departments, "institution")))
    if levels and name.endswith(("政府办公室", "政府办公厅")):  # the office that publishes for its government
        return (*departments, *(f"{level}_government" for level in levels))
    if levels and _DEPARTMENT.search(name):
        return (*departments, "institution")
    return ("institution", *departments) if _INSTITUTION.search(name) else ()


_SUBDISTRICT: Final = regex(r"街道(?:办(?:事处)?)?$|街办$|办事处$")


def _small(bare: str) -> tuple[str, ...]:
    """Return the kind of a 乡, 镇 or 街道, of its name without 人民政府."""
    if _SUBDISTRICT.search(bare) and not _AWAY.search(bare):
        return ("subdistrict",)
    if bare.endswith("族乡"):
        return ("ethnic_township", "township")
    if bare.endswith(("乡", "苏木")):
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
    level = _LEVELS[match["level"][0]]
    # A 市 below a prefecture is a county-level city; a 市 or 区 that nobody knows may be one or the other.
    if match["level"] == "市":
        return ("county",) if known else ("city", "county")
    return (level,)


def is_one_unit(mine: str, theirs: str, county: str) -> bool:
    """Return whether two names are one unit's: one begins the other, or has the county's name, or a longer one, before it."""
    if mine.startswith(theirs) or theirs.startswith(mine):
        return True
    short, long = sorted((mine, theirs), key=len)
    return bool(county) and long.endswith(short) and long.removesuffix(short).endswith(county)
