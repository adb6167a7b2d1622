"""X-72: 封面 names another unit, kind or county than signature, text and last year do. One slip then, not one a sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text_rules.names.neighbours import other_place
from gk_xl.checks.text_rules.names.unit import said_words, same_unit
from gk_xl.form.finding import Severity
from gk_xl.form.names import own_names
from gk_xl.form.patterns import regex
from gk_xl.form.units import may_be_founded_as, possible_kinds, unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.filing import Unit
    from gk_xl.form.finding import Finding

_ENOUGH = 2
"""So many witnesses must agree on a name, so many sentences on a county: one alone is a slip of its own."""

_COUNTY = regex(r"[\u4e00-\u9fff]{1,6}?[县市区旗](?=[\u4e00-\u9fff])")


class Told(NamedTuple):
    """The unit that everything but 封面 speaks of; what of 封面 is other and who says so, in words; the setting to look at."""

    unit: Unit
    problem: str
    place: str


def unit_told(case: Case) -> Told | None:
    """Return the unit that the rest of a filing speaks of; None while anything speaks for 封面, or the rest do not agree."""
    unit = case.filing.unit
    named = _name(case) if unit.name else None
    name, who = named or (unit.name, ())
    kind, kind_who = _kind(case, name)
    county, county_who = _county(case, replace(unit, name=name))
    changes = [
        (place, f"{label}是“{found}”，{'、'.join(said)}说的是“{wanted}”")
        for place, label, found, wanted, said in (
            ("unit.name", "单位名称", unit.name, name, who),
            ("unit.kind", "单位类型", _label(unit.kind), _label(kind), kind_who),
            ("unit.county", "所属县（市、区）", unit.county, county, county_who),
        )
        if found != wanted
    ]
    if not changes:
        return None
    own = unit_kinds()[kind].self_word if kind != unit.kind else unit.self_word
    return Told(
        replace(unit, name=name, kind=kind, self_word=own, county=county),
        "；".join(text for _, text in changes),
        changes[0][0],
    )


@rule_function("cover_unit.unit")
def unit_of_the_cover(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-72: what of 封面 about the unit nothing else bears out."""
    told = unit_told(case)
    if told is not None:
        # The county stands nowhere else on 封面; a 管委会 may have been founded as a department.
        milder = told.place == "unit.county" or (
            told.place == "unit.kind" and may_be_founded_as(case.filing.unit.kind, told.unit.kind)
        )
        yield rule.finding(told.problem, place=told.place, severity=Severity.WARNING if milder else None)


def _name(case: Case) -> tuple[str, tuple[str, ...]] | None:
    """Return the name of another unit that at least two of signature, text and last year bear, none bearing that of 封面."""
    unit, signed, last = case.filing.unit, fold(case.filing.signed.name), case.last
    before = fold(last.unit.name) if last is not None else ""
    candidates = [name for name in (signed, before) if name and not same_unit(name, fold(unit.name))]
    if not candidates or (signed and signed not in candidates):
        return None
    name = candidates[0]
    text = case.narrative.whole
    past = "" if last is None else fold("\n".join(text for part in last.narrative.values() for text in part))
    if _bears(text, unit, unit.name):
        return None
    who = [
        label
        for label, says in (
            ("落款", same_unit(signed, name)),
            ("正文", _bears(text, unit, name)),
            ("上年数据", same_unit(before, name) or (_bears(past, unit, name) and not _bears(past, unit, unit.name))),
        )
        if says
    ]
    return (name, tuple(who)) if len(who) >= _ENOUGH else None


def _bears(text: str, unit: Unit, name: str) -> bool:
    """Return whether a text speaks of a unit by its name, in full or short (示例乡)."""
    own = own_names(replace(unit, name=name))
    short = own.core + own.level
    return fold(name) in text or (len(own.core) > 1 and fold(short) in text)


def _kind(case: Case, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the kind that the name is of where the text calls itself so too, and 封面 says another; else that of 封面."""
    kind = case.filing.unit.kind
    possible = possible_kinds(name)
    if kind not in unit_kinds() or not possible or kind in possible:
        return kind, ()
    own, chosen = set(unit_kinds()[possible[0]].own), set(unit_kinds()[kind].own)
    words = said_words(case.narrative.whole)
    if words & own and not words & chosen:
        return possible[0], ("名称", "正文")
    return (possible[0], ("名称",)) if name != case.filing.unit.name else (kind, ())


def _county(case: Case, unit: Unit) -> tuple[str, tuple[str, ...]]:
    """Return the county that the text's organs are of, where it is one, told at least twice, and that of 封面 nowhere.

    Of a unit whose whole name stands in place of its county, what the name begins with.
    """
    text = case.narrative.whole
    if unit.county == unit.name and (county := _COUNTY.match(unit.name)):  # as applications complete what is typed
        return county[0], ("单位名称",)
    if not unit.county or fold(unit.county) in text:
        return unit.county, ()
    places = Counter(place for sentence in case.narrative.sentences if (place := other_place(sentence, unit)))
    if len(places) == 1 and (found := next(iter(places.items())))[1] >= _ENOUGH:
        return found[0], ("正文",)
    return unit.county, ()


def _label(kind: str) -> str:
    known = unit_kinds().get(kind)
    return known.label if known else kind
