"""Words written twice (X-59): 工作工作, 县县人民政府, 可通过可以通过, 本报告……编制本报告, a paragraph pasted twice."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.proofreading.language import language
from gk_xl.checks.text_rules.rewriting import instead
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding, Rewrite

_WORDS: Final = Words(__file__)

_TWICE: Final = regex(r"(?P<word>[\u4e00-\u9fff]{2,8})(?P=word)")
_CLAUSE_TWICE: Final = regex(r"(?:^|[，。；：])(?P<clause>[^，。；：、（）□]{5,})[，；、](?P=clause)(?=[，。；、])")
_SPLIT: Final = regex(r"(?P<word>[\u4e00-\u9fff]{2})(?:可以?|能够?|要)(?P=word)")
_LEVEL: Final = regex(
    r"(?P<level>[乡镇县市区旗局厅委])(?P=level)(?=人民政府|政府(?!大?院|办公楼|所在地|[一二三四五六\d]+楼)|办公室|党政|办事处|政务公开|政府信息)"
)
_YEAR: Final = regex(
    r"(?:(?P<number>(?<!\d)\d+[件条份次期场篇])(?P=number)|\d年年(?![度报末底初内中])|月月(?=\d)|\d日日|\d[条件份]{2}(?=[，。；、]))"
)
_SINGLE: Final = regex(r"(?P<one>[的了和及在为是对与将并由被从于我以或把现已按经据请不未均])(?P=one)")
_LEVELS: Final = "省市州盟县区旗乡镇"
_EACH: Final = "有通都建设抓见争能要达"
"""县县有, 队队通."""
_BEGUN: Final = regex(r"(?:^|[，。；：！、）])(?P<one>[\u4e00-\u9fff])(?P=one)(?=[\u4e00-\u9fff\d“《])")
"""Two of one character at the beginning of a clause, where no other word can end."""
PAIR: Final = 2
_VERBS: Final = "保稳防促抓强增提降扩优创护控治惠助兴爱建同共齐"
"""First words of pairs such as 保通保畅, 同屏同步, whose first object may end the word before them."""
PHRASE: Final = 8
"""Characters from which a sentence is not said twice for effect."""
CLAUSE: Final = 12
"""Characters from which the end of one sentence is not said again as the next."""
SHORTEST: Final = 30
"""Characters from which a paragraph that stands twice is no set phrase."""


@rule_function("doubles.words")
def words(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-59: one finding a sentence with a word in it twice; one a paragraph that stands twice."""
    for sentence in case.narrative.sentences:
        found = doubled(sentence.text) or _said_twice(sentence.masked)
        if found:
            yield rule.at(sentence, found, rewrite=_once(sentence.raw, found))
    for paragraph in case.narrative.paragraphs:
        for one, again in pairwise(paragraph.sentences):
            ends = one.text.removesuffix(again.text)
            whole = not ends or (ends[-1] in "；，" and len(again.text) >= CLAUSE)
            if whole and ends != one.text and len(again.text) >= PHRASE:
                yield rule.at(again, "整句重复了一遍")
    seen, before = set[str](), ("", "")
    for paragraph in case.narrative.paragraphs:
        text = paragraph.text
        at_once = before == (paragraph.part, text) and len(text) >= PHRASE
        if at_once or (len(text) >= SHORTEST and text in seen):
            excerpt = text[:24] + "…"
            yield rule.finding("整段重复了一遍", excerpt=excerpt, place=paragraph.place)
        before = (paragraph.part, text)
        seen.add(text)


_SHOWN: Final = regex(r"^“(?P<word>[\u4e00-\u9fff]{1,8})(?P=word)”重复$")


def _once(raw: str, problem: str) -> Rewrite | None:
    """Return a sentence with a doubled word in it once."""
    match = _SHOWN.match(problem)
    return instead(raw, match["word"] * 2, match["word"]) if match else None


@lru_cache(maxsize=KEPT)
def _said_twice(text: str) -> str:
    """Return what is wrong when the report is drawn up twice in one sentence."""
    return "“本报告”与“编制本报告”重复，留一个" if _WORDS.report.search(text) else ""


@lru_cache(maxsize=KEPT)
def doubled(text: str) -> str:
    """Return what is doubled in a folded sentence, quotations left out; empty when nothing is."""
    data = language()
    text = _WORDS.quoted.sub(lambda quoted: "□" * len(quoted[0]), text) if "“" in text else text
    if again := _CLAUSE_TWICE.search(text):
        return f"“{again['clause']}”写了两遍"
    for match in _TWICE.finditer(text):
        word, behind = match["word"], text[match.end() :]
        if _natural(word, behind, text[: match.start()]):
            continue
        return f"“{word}{word}”重复"
    for pattern in (_SPLIT, _LEVEL, _YEAR, _WORDS.negated):
        if found := pattern.search(text):
            return f"“{found[0]}”重复"
    for match in _BEGUN.finditer(text):
        behind = text[match.end() : match.end() + 1]
        if match[0][0] == "、" and match["one"] in _LEVELS:
            continue  # 国家、省、市市场监管部门
        if match["one"] + behind in data.begun or (match["one"] not in data.said_twice and behind not in _EACH):
            return f"“{match['one'] * 2}”重复"
    for match in _SINGLE.finditer(text):
        one = match["one"]
        if text[match.end() : match.end() + 1] in data.doubled_before.get(one, ""):
            continue
        if match.start() and text[match.start() - 1] in data.doubled_behind.get(one, ""):
            continue
        return f"“{match[0]}”重复"
    return ""


def _natural(word: str, behind: str, before: str) -> bool:
    """Return whether the language itself doubles the word: 一件一件, 研究研究, 政务公开|公开栏."""
    data = language()
    if word in ("逐一", "逐条", "逐件", "逐项", "逐级", "逐步"):
        return False
    if word[0] in "一逐二两" or "每" in word or word in data.may_double:
        return True
    if len(set(word)) == 1 or (word[1:] == "一" and before[-1:].isdigit()):
        return True  # 1874户一户一张
    if (
        len(word) == PAIR
        and word[1] in _VERBS
        and before
        and behind
        and _WORDS.han.match(before[-1])
        and _WORDS.han.match(behind)
    ):
        return True  # 交通保通保畅
    tails = data.compounds.get(word, ())
    return any(behind.startswith(tail) for tail in tails) and bool(before)
