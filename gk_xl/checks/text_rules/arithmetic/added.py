"""X-40, additions and subtractions that a sentence tells in full: received and carried in, together; closed and left."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.arithmetic.tied import patterns, tied
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

_RECEIVED: Final = regex(r"(?:新收|收到|受理|接收|接到)[^，。；（\d]{0,16}?(?P<number>\d+)[件宗条]")
_CARRIED: Final = regex(
    r"(?:上一?年度?|去年|\d{4}年(?:度)?)(?:结转|转入|转来|移交|带来|带过来|遗留|未办结)[^，。；（\d]{0,12}?(?P<number>\d+)[件宗条]"
)
_TOGETHER: Final = regex(
    r"(?:累计|合计|共计?|总计|一共|总共|(?:相加|之和|加起来|合起来)(?:为|是|共|有)?)(?:需|应|共)?(?:办理|受理|处理)?(?:申请|政府信息公开申请)?(?P<number>\d+)[件宗条]"
)


@rule_function("added.added")
def added(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-40: a received, b carried in, c together, where a + b is not c; n of which m closed, k left, where n − m is not k."""
    for sentence in case.narrative.bearing(*patterns("kept"), _CARRIED):
        problem, severity = next(iter(tied("kept", sentence)), None) or _added_wrong(sentence.masked)
        if problem:
            yield rule.at(sentence, problem, severity=severity)


@lru_cache(maxsize=KEPT)
def _added_wrong(text: str) -> tuple[str, Severity | None]:
    """Return what is wrong with an addition or a subtraction that a folded sentence tells, and how grave it is."""
    carried = _CARRIED.search(text)
    first = _RECEIVED.search(text, 0, carried.start()) if carried else None
    received = first or (_RECEIVED.search(text, carried.end()) if carried else None)
    behind = max(carried.end(), received.end()) if carried and received else 0
    together = _TOGETHER.search(text, behind) if behind else None
    if carried is None or received is None or together is None or _WORDS.turns.search(text, behind, together.start()):
        return "", None
    a, b, c = int(received["number"]), int(carried["number"]), int(together["number"])
    right = a + b == c or bool(re.search(r"[含（]", text[received.start() : carried.start()]))
    if first is None:  # 上年结转1件，本年新收9件，共计11件; of what was received alone the last may be said
        right = right or c == a or text.count("，", behind, together.start()) > 1
    return ("", None) if right else (f"{a}＋{b}＝{a + b}，写的是 {c}", None if first else Severity.WARNING)
