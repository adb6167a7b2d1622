"""X-28: the text is last year's own, apart from years and numbers."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.case import not_assessable
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import read
from gk_xl.checks.text_rules.data import world
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Narrative
    from gk_xl.form.finding import Finding

WINDOW: Final = 4
"""Characters that are compared at a time."""
SHORTEST: Final = 80
"""A part shorter than this is not compared: two sentences are soon alike."""

_MOSTLY: Final = 0.75
"""So much of a part in paragraphs that are all last year's is copied, whatever the rest says."""
_SEVERAL: Final = 3
_PARAGRAPH: Final = 30
"""A shorter paragraph is a heading, or a set phrase."""
_NUMBERS: Final = regex(r"[\d.%〇○零一二两三四五六七八九十百千万]+|年度?|月|日|[，。；：、（）“”]")
_PARTS: Final = ("overview", "problems")


def bare(text: str) -> str:
    """Return a text without its years, numbers and marks."""
    return _NUMBERS.sub("", text)


@lru_cache(maxsize=8)
def pieces(text: str) -> Counter[str]:
    """Return how often each run of four characters occurs in a text without its years and numbers."""
    told = bare(text)
    return Counter([told[index : index + WINDOW] for index in range(len(told) - WINDOW + 1)])


def similarity(left: str, right: str) -> float:
    """Return what part of two texts is the same, 0 to 1, years and numbers left out."""
    a, b = pieces(left), pieces(right)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


@rule_function("copied.copied")
def copied(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the parts that repeat last year's; not assessable without last year's text."""
    if case.last is None or read(case.last).empty:
        yield not_assessable(rule, "的正文", "报告")
        return
    now, before = case.narrative, read(case.last)
    for part in _PARTS:
        left, right = now.text(part), before.text(part)
        if min(len(left), len(right)) < SHORTEST:
            continue
        alike = similarity(left, right)
        heading = case.edition.section(part).heading
        if alike > world().similarity:
            yield rule.finding({"part": heading, "value": round(alike * 100)}, place=f"narrative.{part}")
        elif (share := _whole_paragraphs(now, before, part)) >= _MOSTLY:
            yield rule.finding({"part": heading, "value": round(share * 100)}, place=f"narrative.{part}")


def _whole_paragraphs(now: Narrative, before: Narrative, part: str) -> float:
    """Return what share of a part stands in paragraphs that are last year's to the letter, years and numbers left out; 0 where there are few."""
    last = {bare(paragraph.text) for paragraph in before.part(part)}
    told = [bare(paragraph.text) for paragraph in now.part(part)]
    same = [text for text in told if len(text) >= _PARAGRAPH and text in last]
    return sum(map(len, same)) / max(1, sum(map(len, told))) if len(same) >= _SEVERAL else 0.0
