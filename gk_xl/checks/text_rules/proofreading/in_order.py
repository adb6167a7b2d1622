"""Steps of one piece of work that a sentence tells month by month, the later one in an earlier month (X-33)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re

_WORDS: Final = Words(__file__)

STEP: Final = regex(
    r"(?<![年\d至到—-])(?P<month>1[0-2]|[1-9])月(?:(?P<day>[12]?\d|3[01])日|份|[初底末]|[上中下]旬)?"
    r"(?:[至到—-]+(?:1[0-2]|[1-9])月(?:\d{1,2}日|[初底末])?|(?:、|和|及)(?:1[0-2]|[1-9])月)?各?，?(?P<done>[^，。；、：（）\d]{2,})"
)
"""A month, and what was done in it."""
_FEW: Final = 3
_LATE: Final = 10
"""From this month on what follows may be of the next year."""


def out_of_order(text: str) -> str:
    """Return the steps of a folded sentence of which the later one stands in an earlier month; empty when they are in order."""
    told = [(match, _stage(match["done"])) for match in STEP.finditer(text)]
    steps = [(match, stage) for match, stage in told if stage]
    if len(steps) < 2 or _WORDS.other_year.search(text):
        return ""
    for (first, stage), (then, later) in pairwise(steps):
        month, next_month = int(first["month"]), int(then["month"])
        over = month >= _LATE and next_month <= _FEW
        if stage < later and not over and (next_month, _day(then, first)) < (month, _day(first, then)):
            return f"“{first[0]}”“{then[0]}”：后做的事月份反而在前"
    return ""


def _day(match: re.Match[str], other: re.Match[str]) -> int:
    """Return the day of a step where both steps have one, else 0."""
    return int(match["day"]) if match["day"] and other["day"] else 0


def _stage(done: str) -> int:
    """Return how far the work has come with what is done: begun (1), going on (2), ended (3); 0 where that is not said."""
    stages = enumerate(_WORDS.table("stages").values(), 1)
    return next((stage for stage, words in stages if words.search(done)), 0)
