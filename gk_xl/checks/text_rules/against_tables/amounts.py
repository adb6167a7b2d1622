"""Numbers that contradict one another inside the text, or the tables in general.

Kinds that come to more than their total (X-39), additions (X-40), rates (X-41).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import COUNTING
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.checks.text_rules.against_tables.last_year import since_last_year
from gk_xl.checks.text_rules.against_tables.shares import unlike_tables
from gk_xl.checks.text_rules.against_tables.targets import NEW
from gk_xl.checks.text_rules.arithmetic.parts_above_whole import MARKER, NO_ITEM
from gk_xl.checks.text_rules.arithmetic.reckoned import nearly
from gk_xl.checks.text_rules.arithmetic.tied import patterns, tied
from gk_xl.checks.text_rules.wordings import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

# ----------------------------------------------------------------


@rule_function("amounts.open_list", reads_text=True)
def open_list(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-39: a total followed by kinds without 其中 whose numbers come to more; 7大类 of which five are named (a hint)."""
    before: Sentence | None = None
    counting = {*case.narrative.bearing(COUNTING, *patterns("kinds"))}
    outcomes = {item.sentence for item in said(case) if item.subject.act == "outcome"}  # the tables tell their sum
    for sentence in case.narrative.sentences:
        if sentence not in counting:
            before = sentence
            continue
        problem = (
            (sentence not in outcomes and _list_above(sentence))
            or _money_parts(sentence, before)
            or _divided(sentence, before)
        )
        severity = None
        if not problem:
            told = (*(problem for problem, _ in tied("kinds", sentence)), *nearly(sentence.masked))
            problem, severity = next(iter(told), ""), Severity.HINT
        before = sentence
        if problem:
            yield rule.at(sentence, problem, severity=severity)


def _list_above(sentence: Sentence) -> str:
    """Return what is wrong when the kinds listed right behind a total come to more than it."""
    counts, text = sentence.counts, sentence.masked
    for at, total in enumerate(counts):
        if total.vague or total.unit not in ("条", "件", "篇", "份") or not _WORDS.listed.search(total.before):
            continue
        if text.startswith("、", total.end) and _WORDS.listed_from_here.search(total.before):
            continue  # 标明主动公开的40份、依申请公开的29份、不予公开的22份: one of them
        if MARKER.search(text[: total.start]):
            break  # itself an item of a list
        if _WORDS.in_tables.search(text[: total.start]):
            continue  # of applications and cases the tables tell the sum
        items = []
        for count in counts[at + 1 :]:
            before = MARKER.sub("", count.before)
            if _WORDS.of_a_year.search(before):
                continue  # 173条（2024年161条），包括……
            if (
                re.search(r"其中|；|。", text[total.end : count.start])
                or count.unit != total.unit
                or count.vague
                or NO_ITEM.search(before)
                or re.search(r"合计|共|总", before)
                or count.behind[:1] == "（"
            ):
                break
            if not 2 <= len(before) <= 16 or _WORDS.verb.search(before):
                break
            items.append(count.number)
        if {total.number + sum(items)} & {count.number for count in counts[at + 1 + len(items) :]}:
            continue  # 信息506条、公告338条、解读129条，合计973条: the first is one of them
        if len(items) >= 2 and max(items) <= total.number < sum(items):
            listed = "＋".join(show(number) for number in items)
            return f"分项 {listed}＝{show(sum(items))}，大于总数 {show(total.number)}"
    return ""


_DIVIDED: Final = regex(
    r"按[^，。；：\d]{2,10}?(?:划分|区分|分类|统计|来?分|来?看)[，：]?(?P<list>(?:[^，。；、：\d]{1,16}\d+(?P<unit>件|条|份)[，、]?){2,})(?=[。；])"
)


def _divided(sentence: Sentence, before: Sentence | None) -> str:
    """Return what is wrong when one matter is divided twice, and only one division comes to its total: 按主体划分……按受理单位划分……."""
    text = sentence.masked
    if "按" not in text:
        return ""
    told = ("" if before is None or before.paragraph != sentence.paragraph else before.masked) + text
    for match in _DIVIDED.finditer(text):
        if _WORDS.partial.search(match["list"]):
            continue
        found = sum(int(number) for number in re.findall(rf"(\d+){match['unit']}", match["list"]))
        others = [
            other
            for other in _DIVIDED.finditer(told)
            if other["list"] != match["list"]
            and other["unit"] == match["unit"]
            and not _WORDS.whole.search(other["list"])
        ]  # one that says what it comes to divides something else: 按内容分，……，总计41件
        sums = {sum(int(number) for number in re.findall(rf"(\d+){match['unit']}", other["list"])) for other in others}
        if len(sums) == 1 and found not in sums:
            (whole,) = sums
            return f"“{match[0][:16]}…”各项加起来是 {show(found)} {match['unit']}，另一种分法加起来是 {show(whole)} {match['unit']}"
    return ""


_MONEY: Final = regex(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>万?元)")
_BRACKETED: Final = regex(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>万?元)（(?P<list>[^（）]*元)）")


def _money_parts(sentence: Sentence, before: Sentence | None) -> str:
    """Return what is wrong where sums of money do not come to the total right before their bracket, or to the one named before 其中, 分别为.

    45.5万元（锅炉32万元，会议系统15.5万元）. What is listed behind 其中 may be the larger part only.
    """
    text = sentence.masked
    if "元" not in text:
        return ""
    lists: list[tuple[re.Match[str], str, float]] = []
    for match in _BRACKETED.finditer(text):
        each = len(_MONEY.findall(match["list"])) == len(re.split("[，、]", match["list"]))
        if each and not _WORDS.some.search(match["list"]):
            lists.append((match, match["list"], 0))
    if marker := re.search(r"(?:其中|分别[为是])[，：]?", text):
        same = before is not None and before.paragraph == sentence.paragraph
        whole = before.masked if before and same and marker.start() <= 1 else text[: marker.start()]
        totals = [
            match for match in _MONEY.finditer(whole) if not _WORDS.less.search(whole, 0, match.start())
        ]  # 比上年减少124.9万元，其中……
        lists += [(match, text[marker.end() :].partition("；")[0], 0.9) for match in totals[-1:]]
    for total, listed, least in lists:
        parts = list(_MONEY.finditer(listed))
        said, found = float(total["number"]), sum(float(part["number"]) for part in parts)
        alike = len(parts) > 1 and {part["unit"] for part in parts} == {total["unit"]}
        if alike and abs(found - said) > 1e-6 and found >= said * least:
            return f"分项相加是 {show(found)} {total['unit']}，总数是 {show(said)} {total['unit']}"
    return ""


# ----------------------------------------------------------------

_RECEIVED: Final = regex(r"(?:新收|收到|受理|接收|接到)[^，。；（\d]{0,16}?(?P<number>\d+)[件宗条]")
_CARRIED: Final = regex(
    r"(?:上一?年度?|去年|\d{4}年(?:度)?)(?:结转|转入|转来|移交|带来|带过来|遗留|未办结)[^，。；（\d]{0,12}?(?P<number>\d+)[件宗条]"
)
_TOGETHER: Final = regex(
    r"(?:累计|合计|共计?|总计|一共|总共|(?:相加|之和|加起来|合起来)(?:为|是|共|有)?)(?:需|应|共)?(?:办理|受理|处理)?(?:申请|政府信息公开申请)?(?P<number>\d+)[件宗条]"
)


@rule_function("amounts.added", reads_text=True)
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


# ----------------------------------------------------------------

_RATE: Final = regex(
    r"(?P<name>(?:按[时期]|及时|依法|法定(?:时限|期限)内|规定(?:时限|期限)内)?(?:答复|办结|回复|办复|受理)率)[^，。；\d]{0,6}(?P<rate>\d+(?:\.\d+)?)%"
)
_SMALL: Final = 60


@rule_function("amounts.rates", reads_text=True)
def rates(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-41: a rate above 100 %, all closed with some carried over, a rate that no whole number gives, a change that last year's tables deny."""
    for sentence, problem, cells in since_last_year(case):
        yield rule.at(sentence, problem, cells, severity=Severity.WARNING)
    carried, told = case.filing.number("t3.carried_out.total"), ""
    for sentence in case.narrative.sentences:
        text = sentence.masked
        before, told = ("", text) if sentence.first else (told, told + text)
        if "%" not in text:
            continue
        if above := tied("beyond", sentence):
            yield rule.at(sentence, above[0][0])
            continue
        if problem := next(unlike_tables(case, sentence, before), ""):
            yield rule.at(sentence, problem, (NEW,), severity=Severity.WARNING)
            continue
        rate = _RATE.search(text)
        if rate is None or _WORDS.other_matter.search(text[: rate.start()]) or "申请" not in text[: rate.end()]:
            continue
        problem = _rate_problem(rate, case, carried)
        if problem:
            yield rule.at(sentence, problem, ("t3.carried_out.total",), severity=Severity.WARNING)


def _rate_problem(rate: re.Match[str], case: Case, carried: float | None) -> str:
    """Return what is wrong with a rate of applications: all done with some carried over, or no whole number gives it."""
    said, number = rate["rate"], case.filing.number
    in_time = re.search(
        r"按[时期]|及时|依法|法定|规定|期限|到期", rate.string[max(0, rate.start() - 16) : rate.start()] + rate["name"]
    )
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
