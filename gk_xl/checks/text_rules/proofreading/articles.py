"""X-44, what a sentence says of the regulation's own rules: which article holds them, and which limits they set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.wordings import Table, number_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.text.sentences import Narrative, Sentence

_WORDS: Final = Words(__file__)

WORDINGS: Final = Table(__file__)
"""Limits that are not the regulation's, and days on which it did not come into force, among others."""
_CITED: Final = regex(r"条例》?(?:（[^）]{0,30}）)?第(?P<article>[一二三四五六七八九十\d]{1,4})条")
_NUMBERED: Final = regex(
    r"(?:《(?:中华人民共和国)?(?:政府信息公开)?条例》|政府信息公开条例》?)(?:（[^）]{0,30}）)?"
    r"(?P<articles>第[一二三四五六七八九十百\d]{1,5}条(?:[、和及与至到]{1,2}第[一二三四五六七八九十百\d]{1,5}条){0,5})"
)
_LAST_ARTICLE: Final = 56


def articles_in(text: str) -> Iterator[str]:
    """Yield the articles of the regulation that a folded sentence cites: 条例第四十九条、第五十条."""
    for match in _CITED.finditer(text):
        yield match["article"]
        more = _WORDS.more_articles.match(text, match.end())
        yield from _WORDS.any.findall(more[0]) if more else ()


def no_article(text: str) -> str:
    """Return what is wrong where a folded sentence cites an article that the regulation has not: 《条例》第六十三条."""
    for match in _NUMBERED.finditer(text) if "条例" in text else ():
        for written in re.findall(r"第([^第、和及与至到]+)条", match["articles"]):
            if (number_of(written) or 0) > _LAST_ARTICLE:
                return f"条例共 {_LAST_ARTICLE} 条，没有第{written}条"
    return ""


def wrong_article(text: str) -> str:
    """Return what is wrong where a piece of a sentence cites one article for a matter that stands in others."""
    if beyond := no_article(text):
        return beyond
    for piece in _WORDS.piece.findall(text) if "条例" in text and "条" in text else ():
        cited = _CITED.findall(piece)
        if len(cited) != 1 or len(_WORDS.any.findall(piece)) != 1 or _WORDS.another.search(piece):
            continue
        article = number_of(cited[0])
        about = _item(piece)
        matters = [matter for matter in world().articles if any(word in about for word in matter.words)]
        if matters and article and not any(article in matter.articles for matter in matters):
            matter = matters[0]
            word = next(word for word in matter.words if word in about)
            right = "、".join(f"第{number}条" for number in sorted(matter.articles))
            return f"条例第{cited[0]}条说的不是“{word}”，有关的是{right}"
    return ""


def _item(piece: str) -> str:
    """Return what an article is cited for in a list of numbers: its own item; else the whole piece."""
    cited = _CITED.search(piece)
    at = cited.start() if cited else 0
    bracket = piece.rfind("（", 0, at)
    begins = (
        max(piece.rfind(mark, 0, at if bracket < 0 or "）" in piece[bracket:at] else bracket) for mark in "，、；") + 1
    )
    return piece[begins:] if _COUNTED.search(piece, 0, begins) else piece


_COUNTED: Final = regex(r"\d[件宗]")


_ANSWERED_ON: Final = regex(
    r"第(?P<days>\d{1,3}|[一二三四五六七八九十]{1,4})个?工作日[^，。；\d]{0,10}(?:答复|公开|办结|提供|回复|送达)"
)
_LONGEST: Final = 20


_SHORT: Final = regex(r"《(?P<short>办法|规定|细则|意见|方案|要点|格式|规范|条例)》")


def undefined(narrative: Narrative) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentences that cite by a short name (《办法》) what no title before ends in, where the text defines others."""
    whole = narrative.whole
    if not (defined := set(_WORDS.defined.findall(whole))):
        return
    for sentence in narrative.bearing(_SHORT):
        for match in _SHORT.finditer(sentence.text):
            short = match["short"]
            if short not in defined and whole.count(f"{short}》") + whole.count(f"{short}〉") == whole.count(match[0]):
                yield sentence, f"“{match[0]}”是哪个文件没有说过，前面定的简称是“《{'》《'.join(sorted(defined))}》”"
                break


_IN_FORCE: Final = regex(
    r"《(?:中华人民共和国)?(?P<law>[^《》]{3,24})》(?:（[^（）]{0,12}）)?(?:，该(?:法|条例|办法)|，)?(?:已|将)?[自于从](?P<day>\d{4}年\d{1,2}月\d{1,2}日)起?，?(?:开始|正式)?(?:施行|实施|生效)"
    r"|(?P<day2>\d{4}年\d{1,2}月\d{1,2}日)起?，?(?:正式)?(?:施行|实施|生效)的(?:新?修[订改]后?的)?《(?:中华人民共和国)?(?P<law2>[^《》]{3,24})》"
    r"|(?P<day3>\d{4}年\d{1,2}月\d{1,2}日)起?，?(?:正式)?(?:施行|实施|生效)的(?:新?修[订改]后?的)?(?P<law3>民法典|行政复议法|行政处罚法|个人信息保护法|数据安全法)"
)


def another_day(text: str) -> str:
    """Return what is wrong where a law in a folded sentence came into force on a day that is none of its own."""
    for match in _IN_FORCE.finditer(text):
        law, day = (next(filter(None, match.group(name, f"{name}2", f"{name}3"))) for name in ("law", "day"))
        _, *days = world().laws.get(law, ("",))
        if days and day not in days:
            return f"《{law}》的施行日期“{day}”不对，是{'、'.join(days)}"
    return ""


def citing() -> Iterator[re.Pattern[str]]:
    """Yield patterns of which a sentence has one that says anything of the regulation's own rules."""
    yield from (_CITED, _ANSWERED_ON, _IN_FORCE, *WORDINGS.patterns("limits", "in_force"))


def too_late(text: str, before: str) -> str:
    """Return what is wrong where an application was answered on a working day beyond the limit, and nothing says why."""
    for match in _ANSWERED_ON.finditer(text):
        if (number_of(match["days"]) or 0) > _LONGEST and not _WORDS.allowed_longer.search(before + text):
            return f"“{match[0]}”超过了 {_LONGEST} 个工作日的答复期限，也没有说明延期"
    return ""
