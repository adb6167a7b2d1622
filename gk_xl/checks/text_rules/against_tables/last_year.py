"""X-41, a rise or a fall since last year, in words, by a number or a share, held against last year's tables where they are known.

Also what this year's tables alone deny: 与上年的9件相比持平, 结转下年度的与上年结转相比有所减少, 首次收到 beside what was carried in.

新收申请12件，较上年有所下降, where last year there were 8. The number itself must be this year's in the tables, so that the
words surely speak of that cell; of what last year's tables leave open nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show, tidy
from gk_xl.checks.text.context import Scope
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.against_tables.figures import describe, said
from gk_xl.checks.text_rules.against_tables.targets import IN, NEW, OUT, judge, sum_of, target
from gk_xl.checks.text_rules.arithmetic.growth import FALLS
from gk_xl.checks.text_rules.arithmetic.percentages import is_share
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.schema import CellId

SINCE: Final = pieced(
    r"(?:申请|案件)?，(?:同比|(?:[与较比同和]|相较于?){last_year}(?:度|同期)?)(?:相比|，)?(?:略有|有所|明显|大幅|小幅|稳步|总体|呈){0,2}"
    r"(?P<way>增长|增加|上升|提高|下降|减少|降低|回落|持平)了?(?:(?P<share>\d+(?:\.\d+)?)%|(?P<by>\d+)[件宗条份](?![^，。；]{0,3}，[^，。；]{0,6}%)|(?=趋势|态势|[，。；）]))"
)


def since_last_year(case: Case) -> Iterator[tuple[Sentence, str, tuple[CellId, ...]]]:
    """Yield the sentences whose change since last year no reading of last year's tables upholds, what is wrong, and the cells."""
    last = case.last
    for item in said(case) if last is not None else ():
        wanted = target(item.subject, case.edition.id) if item.binding and item.scope is Scope.OWN else None
        count = next((one for one in item.sentence.counts if one.start == item.start), None)
        change = SINCE.match(item.sentence.masked, count.end) if wanted and count else None
        now = judge(item.number, wanted, case.filing) if wanted and change else None
        if last is None or wanted is None or change is None or now is None or not now.fits:
            continue
        before = [sum_of(cells, last) for cells in wanted.readings]
        known = [value for value in before if value is not None]
        if len(known) == len(before) and not any(_upheld(item.number, then, change) for then in known):
            then = known[wanted.readings.index(now.cells)]
            cells = describe(now.cells, case.edition.id)
            yield (
                item.sentence,
                f"上年{cells}是 {tidy(then)}，{tidy(item.number)} 写的是“{change[0].lstrip('，')}”",
                now.cells,
            )


def _upheld(now: float, then: float, change: re.Match[str]) -> bool:
    """Return whether a number rose or fell from last year's as it is said."""
    if change["way"] == "持平":
        return now == then
    if now == then or (now < then) != (change["way"] in FALLS):
        return False
    if change["by"]:
        return abs(now - then) == float(change["by"])
    return not change["share"] or not then or is_share(abs(now - then), then, change["share"])


_STEADY: Final = r"(?:略有|有所|小幅|大幅|明显|基本|总体|大体){0,2}(?:(?P<same>持平|相同|一致|相当)|(?P<more>增加|增长|上升)|减少|下降)"
_CAME: Final = pieced(
    r"(?:(?:新收|收到)(?:的?(?:政府信息公开|信息公开)?申请)?|(?<![\u4e00-\u9fff])申请)(?:的?(?:数?量|件数|总数|数))?"
    r"[与和同比较]{another_year}(?:同期)?的?(?P<then>\d+)件(?:相比)?" + _STEADY + r"(?![了至到]?\d)"
)
_ASIDE: Final = pieced(
    r"(?:申请[^，。；\d]{0,4}{last_year}(?:度)?[^，。；\d]{0,4}|{last_year}(?:度)?[^，。；\d]{0,4}(?:新收|收到)[^，。；\d]{0,10}申请)(?P<then>\d+)件，(?:今年|本年度?)?(?:新收|收到)(?:的)?(?:申请)?(?:的)?(?:件数|数量|总量|总数|量|数)(?:[与和同比较]{last_year}(?:相比)?|同比)?"
    + _STEADY
    + r"(?:了?(?P<by>\d+)件)?(?![了至到]?\d)"
)
_LEFT: Final = pieced(
    r"结转(?:下年度?|次年|明年)[^，。；\d]{0,16}[与和同比较](?:年初)?的?(?:{last_year}|年初)(?:度)?(?:结转|转入)[^，。；\d]{0,6}?(?:相比)?"
    + _STEADY
)
_FIRST: Final = regex(r"(?:首次|第一次|头一次)(?:收到|受理|接到)(?:政府信息公开|信息公开)?申请")
_ABOUT: Final = 0.05
"""So far from last year's number 持平 may lie."""


def changes_in_words(text: str, case: Case) -> Iterator[str]:
    """Yield what this year's tables deny of changes that a folded sentence tells without this year's number."""
    new, came, left = (case.filing.number(cell) for cell in (NEW, IN, OUT))
    if came and (first := _FIRST.search(text)):
        yield f"“{first[0]}”：表三上年结转是 {show(came)} 件"
    for match in _LEFT.finditer(text):
        if came is not None and left is not None and not _changed_so(match, left, came):
            yield f"“{match[0]}”：表三结转下年度是 {show(left)} 件，上年结转是 {show(came)} 件"
    for match in (*_CAME.finditer(text), *_ASIDE.finditer(text)):
        part = "其中" in text[: match.start()]
        if new is not None and not part and not _changed_so(match, new, int(match["then"]), _ABOUT):
            yield f"“{match[0]}”：表三本年新收是 {show(new)} 件"


def _changed_so(match: re.Match[str], now: float, then: float, about: float = 0) -> bool:
    """Return whether a number changed as the words say, 持平 within a share of what it was."""
    if match["same"]:
        return abs(now - then) <= about * then
    if by := match.groupdict().get("by"):
        return now - then == (int(by) if match["more"] else -int(by))
    return now > then if match["more"] else now < then
