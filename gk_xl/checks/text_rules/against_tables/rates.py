"""X-41, rates by their names, held against 表三 and 表四: 公开率（含部分公开）54.7%, 办结率100%, 纠正率20%; changes since last year."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text_rules.against_tables.last_year import changes_in_words, since_last_year
from gk_xl.checks.text_rules.against_tables.ranked import not_the_most
from gk_xl.checks.text_rules.against_tables.shares import RATE, Share, in_words, of_tables, shares, totals, unlike
from gk_xl.checks.text_rules.against_tables.side_by_side import denied_side_by_side
from gk_xl.checks.text_rules.against_tables.targets import DONE, IN, NEW, sum_of
from gk_xl.checks.text_rules.arithmetic.percentages import is_share
from gk_xl.checks.text_rules.arithmetic.tied import tied
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.parts import RECONSIDERATION, suit_rows
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

_GRANTING: Final = regex(
    rf"(?:(?P<before>\d+)[件份]，)?(?P<name>(?:予以)?(?:公开|同意公开)率)(?:（(?P<remark>[^（）\d]{{1,12}})）)?{RATE}"
)
_CASES: Final = regex(
    rf"(?P<kind>行政复议|复议|行政诉讼|诉讼)?(?:案件)?(?:的)?(?P<name>纠正|撤销|纠错|维持|败诉)率{RATE}"
)
_CLOSED: Final = regex(rf"(?<![期时限])(?P<name>(?:总体|年度|综合)?(?:办结|办复|答复)率){RATE}")
_CORRECTED: Final = {
    "纠正": "corrected",
    "撤销": "corrected",
    "纠错": "corrected",
    "败诉": "corrected",
    "维持": "upheld",
}
_ANSWERED: Final = regex(
    r"(?P<name>(?:按[时期]|及时|依法|法定(?:时限|期限)内|规定(?:时限|期限)内)?(?:答复|办结|回复|办复|受理)率)[^，。；\d]{0,6}(?P<rate>\d+(?:\.\d+)?)%"
)
_SMALL: Final = 60
"""Of no more applications not every rate in hundredths can be."""


@rule_function("rates.rates")
def rates(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-41: a rate above 100 %, all closed with some carried over, a rate that no whole number gives.

    A change that the tables deny, fractions in words, which kind is the most; one finding a sentence.
    """
    for sentence, problem, cells in since_last_year(case):
        yield rule.at(sentence, problem, cells, severity=Severity.WARNING)
    carried, told = case.filing.number("t3.carried_out.total"), ""
    for sentence in case.narrative.sentences:
        text = sentence.masked
        before, told = ("", text) if sentence.first else (told, told + text)
        if problem := next(
            chain(
                in_words(text, case),
                not_the_most(text, case),
                changes_in_words(text, case),
                denied_side_by_side(text, case),
            ),
            "",
        ):
            yield rule.at(sentence, problem, (NEW,), severity=Severity.WARNING)
            continue
        if "%" not in text:
            continue
        if above := tied("beyond", sentence):
            yield rule.at(sentence, above[0][0])
            continue
        given = chain(shares(text, case), _rates(text, case)) if of_tables(sentence, before) else ()
        if problem := next(filter(None, map(unlike, given)), ""):
            yield rule.at(sentence, problem, (NEW,), severity=Severity.WARNING)
            continue
        rate = _ANSWERED.search(text)
        if rate is None or _WORDS.other_matter.search(text[: rate.start()]) or "申请" not in text[: rate.end()]:
            continue
        problem = _rate_problem(rate, case, carried)
        if problem:
            yield rule.at(sentence, problem, ("t3.carried_out.total",), severity=Severity.WARNING)


def _rate_problem(rate: re.Match[str], case: Case, carried: float | None) -> str:
    """Return what is wrong with a rate of applications: all done with some carried over, or no whole number gives it."""
    said, number = rate["rate"], case.filing.number
    in_time = _WORDS.in_time.search(rate.string[max(0, rate.start() - 16) : rate.start()] + rate["name"])
    if float(said) == 100:
        return f"{rate['name']} 100%，表三却有 {show(carried)} 件结转下年度继续办理" if carried and not in_time else ""
    bases = [number("t3.received_new.total"), number("t3.outcome_total.total")]
    carried_in = number("t3.carried_in.total")
    if None in bases or carried_in is None:
        return ""
    wholes = {int(base) for base in bases if base} | {int((bases[0] or 0) + carried_in)}
    decimals = len(said.partition(".")[2])
    if not wholes or max(wholes) > _SMALL or min(wholes) < 1:
        return ""
    possible = {f"{100 * part / whole:.{decimals}f}" for whole in wholes for part in range(whole + 1)}
    return "" if f"{float(said):.{decimals}f}" in possible else f"表三里的件数算不出“{rate[0]}”"


def _rates(text: str, case: Case) -> Iterator[Share]:
    """Yield rates by their names: 公开率, 办结率, 纠正率."""
    granted, partial = (sum_of([f"t3.{row}.total"], case.filing) for row in ("granted", "partial"))
    told = any(word in text for word in ("申请", "予以公开", "部分公开"))
    for match in _GRANTING.finditer(text) if told else ():
        if (
            granted is None
            or partial is None
            or _WORDS.apart.search(match[0])
            or text[: match.start()].endswith(("主动", "信息"))
        ):
            continue
        parts = (granted + partial,) if "含" in (match["remark"] or "") else (granted, granted + partial)
        yield Share(match[0], match["rate"], parts, totals(case))
    new, carried, done = (sum_of([cell], case.filing) for cell in (NEW, IN, DONE))
    if new is not None and carried is not None and done is not None:
        for match in _CLOSED.finditer(text):
            if _WORDS.in_time.search(text[max(0, match.start() - 16) : match.start()]) or "申请" not in text:
                continue
            if float(match["rate"]) < _ALL:
                yield Share(match[0], match["rate"], (done, done - carried), (new, new + carried))
    for match in _CASES.finditer(text):
        piece = text[: match.start()].rpartition("；")[2]
        own = [int(number) for number in _OF_CASES.findall(piece)[-_FEW:]]
        if not any(part and is_share(part, whole, match["rate"]) for whole in own for part in own if part < whole):
            yield from _of_cases(match, text, case)  # 四季度审结的38件中被纠正4件，纠错率10.5%: of those that it tells


_OF_CASES: Final = regex(r"(\d+)[件宗]")
_FEW: Final = 6
_ALL: Final = 100


def _of_cases(match: re.Match[str], text: str, case: Case) -> Iterator[Share]:
    """Yield a rate of cases with one result, of each kind of case that it may be of."""
    before = (match["kind"] or "") + text[max(0, match.start() - 40) : match.start()]
    suits = suit_rows(case.edition)
    kinds = (
        [(RECONSIDERATION,)]
        if "诉讼" not in before
        else [suits]
        if "复议" not in before
        else [(RECONSIDERATION,), suits]
    )
    column = _CORRECTED[match["name"]]
    parts, wholes = [], []
    for rows in kinds:
        part, whole, pending = (
            sum_of([f"t4.{row}.{name}" for row in rows], case.filing) for name in (column, "total", "pending")
        )
        if part is None or whole is None or pending is None:
            return
        parts.append(part)
        wholes += [whole, whole - pending]
    if match["name"] != "败诉":
        yield Share(match[0], match["rate"], tuple(parts), tuple(wholes))
