"""X-10, numbers that a fixed wording ties to one another (``wordings.toml``): parts and wholes, products, shares, lists that are counted."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.arithmetic.percentages import is_share
from gk_xl.checks.text_rules.wordings import Table, number_of
from gk_xl.checks.text_rules.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Severity

_WORDS: Final = Words(__file__)

WORDINGS: Final = Table(__file__)
patterns, asked = WORDINGS.patterns, WORDINGS.asked
_A_YEAR: Final = {"季": 4, "半年": 2, "月": 12}


def tied(kind: str, sentence: Sentence, among: tuple[int, ...] = ()) -> tuple[tuple[str, Severity | None], ...]:
    """Return what is wrong with the numbers of a sentence in the wordings of a kind, and how grave where that is not the rule's own.

    ``among`` are the numbers of those to look for where it is not all.
    """
    return _tied(kind, sentence.figures, sentence.masked, sentence.text, among)


@lru_cache(maxsize=KEPT)
def _tied(
    kind: str, figures: str, masked: str, text: str, among: tuple[int, ...]
) -> tuple[tuple[str, Severity | None], ...]:
    return tuple(dict.fromkeys(WORDINGS.problems(kind, figures, around=around, among=among, masked=masked, text=text)))


def around(match: re.Match[str]) -> Mapping[str, float]:
    """Return what is known of a match besides the numbers of its groups: of a share, of a span of time, of a list."""
    groups, found = match.groupdict(), dict[str, float]()
    if groups.get("rate") and groups.get("whole"):
        part, whole, rate = float(groups["part"]), float(groups["whole"]), groups["rate"]
        found["share"] = bool(whole) and is_share(part, whole, rate)
        found["true"] = round(100 * part / whole, max(len(rate.partition(".")[2]), 1)) if whole else 0
    if (kind := groups.get("kind")) is not None:
        wholes = re.findall(rf"(\d+){groups['unit']}", match.string[: match.start("part")])
        shares = (is_share(float(groups["part"]), float(one), groups["rate"]) for one in wholes if float(one))
        found |= {"share_before": any(shares), "own": kind[-2:] in match[0].rpartition("，")[0]}
    if groups.get("all") and groups.get("each"):
        found["rest"] = (number_of(groups["all"]) or 0) % max(int(groups["each"]), 1)
    if run := groups.get("run"):
        found["clauses"] = run.count("；") + 1
    if span := groups.get("span") or groups.get("span2"):
        found["a_year"] = next(times for word, times in _A_YEAR.items() if word in span)
    if listed := groups.get("list"):
        joins, pieces = len(_WORDS.joins.findall(listed)), listed.count("、") + 1
        found |= {
            "listed": pieces,
            "joins": joins,
            "quoted": listed.count("“"),
            "items": pieces + bool(joins),
            "odd": bool(_WORDS.no_list.search(listed)),
        }
    return found
