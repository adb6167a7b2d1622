"""Single words and marks: notices cited (X-20), punctuation (X-26), residue of the template (X-27), length (X-29)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.rewriting import all_instead
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.load import base_id, edition_ids, notice_of
from gk_xl.form.patterns import regex
from gk_xl.form.profile import profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Paragraph, Sentence
    from gk_xl.form.finding import Finding, Rewrite
    from gk_xl.form.schema import Edition

_WORDS: Final = Words(__file__)

# ----------------------------------------------------------------

_NUMBER: Final = regex(
    r"(?P<issuer>国办[\u4e00-\u9fff]{0,8}?)(?P<open>[〔\[［﹝（(【])(?P<year>\d{4})(?P<close>[〕\]］﹞）)】])(?P<serial>\d{1,3})号"
)
_OWN: Final = regex(r"(?P<issuer>.+)〔(?P<year>\d{4})〕(?P<serial>\d+)号")


@rule_function("wording.notice")
def notice(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-20: the notice that the report cites is the one of its edition, with its issuer's characters and 〔〕."""
    own, narrative = case.edition.notice, case.narrative
    if not _WORDS.notice.search(narrative.whole):
        return
    for sentence in narrative.sentences:
        problem = _cited_number(sentence, case.edition) or _cited_title(sentence, case.edition)
        if (
            not problem
            and sentence.part == "preamble"
            and "编制" in sentence.text
            and _WORDS.website_report.search(sentence.text)
        ):
            problem = "引用的是政府网站年度报表的通知，不是这份报告的"
        if problem:
            yield rule.at(sentence, {"problem": problem, "wanted": own.number})


@lru_cache
def _notices() -> tuple[tuple[str, str, str, str], ...]:
    """Return issuer's characters, year and serial number of every edition's notice, with the edition's id."""
    found = []
    for name in edition_ids():
        match = _OWN.fullmatch(notice_of(name).number)
        if match:
            found.append((match["issuer"], match["year"], match["serial"], name))
    return tuple(found)


@lru_cache
def _titles() -> tuple[tuple[str, str], ...]:
    """Return every edition's id and the title of its notice, from 关于 on."""
    return tuple((name, re.sub(r"^.*?关于", "关于", notice_of(name).title)) for name in edition_ids())


def _cited_number(sentence: Sentence, edition: Edition) -> str:
    """Return what is wrong with a document number that means the notice on annual reports."""
    for match in _NUMBER.finditer(sentence.text) if "国办" in sentence.text else ():
        for issuer, year, serial, name in _notices():
            if (match["year"], match["serial"]) != (year, serial):
                continue
            if name != base_id(edition.id):
                return f"引用的是 {name} 年版表格的通知（{match[0]}）"
            if match["issuer"] != issuer:
                return f"发文字号的机关代字写成了“{match['issuer']}”"
            if (match["open"], match["close"]) != ("〔", "〕"):
                return f"发文字号的括号写成了“{match['open']}{match['close']}”，应当用“〔〕”"
        if match["issuer"] in {issuer for issuer, *_ in _notices()} and _means_notice(sentence, match, edition):
            return f"没有“{match[0]}”这个年度报告格式的通知"
    return ""


def _means_notice(sentence: Sentence, match: re.Match[str], edition: Edition) -> bool:
    """Return whether a number that no notice on annual reports bears is meant for one.

    Its title says so; or it stands without a title in the sentence on what the report was drawn up by, with the year
    or the serial of a notice.
    """
    known = {(year, serial) for _, year, serial, _ in _notices()}
    if (match["year"], match["serial"]) in known:
        return False
    title = _title_before(sentence.text, match.start())
    if _WORDS.about_report.search(title):
        return True
    others = {reference.number for reference in edition.references.values()}
    if match[0] in world().other_notices and not _WORDS.report_drawn_up.search(sentence.text):
        return False
    near = any(match["year"] == year or match["serial"] == serial for year, serial in known)
    return near and not title.endswith("》") and bool(_WORDS.drawn_up.search(sentence.text)) and match[0] not in others


def _title_before(text: str, at: int) -> str:
    """Return the title that a document number in brackets belongs to: the 《》 right before it, else the clause."""
    before = text[:at].rstrip("（([【")
    if before.endswith("》"):
        depth = 0
        for start in range(len(before) - 1, -1, -1):
            depth += {"》": 1, "《": -1}.get(before[start], 0)
            if depth == 0:
                return before[start:]
    return re.split(r"[，。；、]", before)[-1]


def _cited_title(sentence: Sentence, edition: Edition) -> str:
    """Return what is wrong when the title of another edition's notice is cited."""
    for name, title in _titles():
        if name == base_id(edition.id) or title not in sentence.text or edition.notice.number in sentence.text:
            continue
        if re.search(r"国务院办公厅|国办", sentence.text):
            return f"引用的是 {name} 年版表格的通知（《……{title}》）"
    return ""


# ----------------------------------------------------------------

_HAN: Final = r"[\u4e00-\u9fff]"
_HALF: Final = regex(
    r"[,;?!:.()](?:(?<=[\u4e00-\u9fff”》）%][,;?!])(?!\d)|(?<=[\u4e00-\u9fff”》）]:)(?!//)|"
    rf"(?<={_HAN}\.)(?={_HAN}|$)|(?<={_HAN}\()(?={_HAN})|(?<={_HAN}\))(?={_HAN}|[，。；]|$)|(?<=\d,)(?={_HAN}))"
)
_GAP: Final = regex(rf"[ \u00a0](?<={_HAN}.)(?={_HAN})")


@rule_function("wording.punctuation")
def punctuation(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-26: half-width marks in Chinese text, marks in a row, a space inside a word, brackets of document numbers."""
    for paragraph in case.narrative.paragraphs:
        raw = paragraph.raw.strip()
        found = _marks_in(raw)
        if found:
            yield _punctuation_finding(rule, raw, [problem for _, problem in found], found[0][0], paragraph)


@lru_cache(maxsize=KEPT)
def _marks_in(raw: str) -> tuple[tuple[int, str], ...]:
    """Return what is wrong with the marks of a paragraph as written, each with its place, kind by kind."""
    found = [(match.start(), f"半角“{match[0]}”") for match in _HALF.finditer(raw)]
    found += [(match.start(), f"标点连用“{match[0]}”") for match in _WORDS.double.finditer(raw)]
    bare = _WORDS.quotes.sub(lambda quoted: quoted[0][0] + "□" * (len(quoted[0]) - 2) + quoted[0][-1], raw)
    found += [
        (match.start(), f"多余的标点“{raw[max(0, match.start() - 2) : match.end() + 2]}”")
        for match in _WORDS.stray.finditer(bare)
    ]
    found += [(match.start(), f"发文字号写错了“{match[0]}”") for match in _WORDS.stray_number.finditer(raw)]
    found += [
        (match.end() - 1, f"没有发问却用了问号“{match[0][-8:]}”")
        for match in (_WORDS.asked.finditer(raw) if "？" in raw else ())
    ]
    found += [(match.start(), f"网址写错了“{match[0]}”") for match in _WORDS.link.finditer(raw)]
    quoted = [match.span() for match in _WORDS.quotes.finditer(raw)]
    found += [
        (match.start(), f"多余的字母“{raw[match.start() - 2 : match.end() + 2]}”")
        for match in _WORDS.letter.finditer(raw)
        if not any(start < match.start() < end for start, end in quoted)
    ]
    found += [
        (match.start(), f"词语中间有空格“{raw[match.start() - 1]} {raw[match.end()]}”")
        for match in _GAP.finditer(raw)
        if _gap_counts(raw, match) and not any(start < match.start() < end for start, end in quoted)
    ]
    found += [
        (match.start(), f"发文字号的括号应当用“〔〕”：“{match[0]}”")
        for match in _WORDS.brackets.finditer(raw)
        if not _WORDS.state_council.search(fold(raw[: match.start()]))
    ]
    return tuple(found)


def _gap_counts(raw: str, match: re.Match[str]) -> bool:
    """Return whether a space stands inside a sentence's words, not behind a heading or before a label."""
    before, behind = raw[: match.start()], raw[match.end() :]
    return not (
        _WORDS.headline.match(before)
        or _WORDS.gap_allowed.match(behind)
        or re.search(r"[号室楼层]$|(?:人|长|员|任|审核|编辑)[：:][\u4e00-\u9fff]$", before)
        or len(before) < 2
    )


_FULL: Final = {",": "，", ";": "；", "?": "？", "!": "！", ":": "：", ".": "。", "(": "（", ")": "）"}


def _set_right(raw: str) -> Rewrite | None:
    """Return a paragraph with full-width marks, and one mark where two stand in a row."""
    pairs = [(match.start(), match[0], _FULL[match[0]]) for match in _HALF.finditer(raw)]
    pairs += [
        (match.start(), match[0], "。" if "。" in match[0] else match[0][0])
        for match in _WORDS.double.finditer(raw)
        if len(set(match[0])) == 1 or match[0][-1] == "。"
    ]
    return all_instead(raw, pairs)


def _punctuation_finding(rule: Rule, raw: str, found: list[str], at: int, paragraph: Paragraph) -> Finding:
    listed = list(dict.fromkeys(found))
    start, end = max(0, at - 18), min(len(raw), at + 18)
    excerpt = ("…" if start else "") + raw[start:end] + ("…" if end < len(raw) else "")
    more = f"等 {len(found)} 处" if len(found) > len(listed[:4]) else ""
    return rule.finding(
        "、".join(listed[:4]) + more, (), excerpt=excerpt, place=paragraph.place, rewrite=_set_right(paragraph.raw)
    )


# ----------------------------------------------------------------


_REMARK: Final = "起草时的批注"
"""So world.toml calls what a drafter wrote to a colleague: a warning, for a bracket may say much."""


@lru_cache
def _residue() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of residue with what a clerk calls them: one by one is faster than all in one."""
    return tuple((regex(pattern), name) for pattern, name in world().residue.items())


@rule_function("wording.residue")
def residue(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-27: instructions and placeholders of the form that were left in the text."""
    narrative = case.narrative
    texts = {narrative.whole, narrative.raw}  # mostly one and the same
    left = [
        (pattern, name)
        for pattern, name in _residue()
        if narrative.may_hold(pattern) and any(map(pattern.search, texts))
    ]
    if not left:
        return
    for sentence in narrative.sentences:
        found = [
            (match.start(), match[0], name)
            for pattern, name in left
            if (match := pattern.search(sentence.text) or pattern.search(sentence.raw))
        ]
        if found:
            _, words, name = min(found)
            severity = Severity.WARNING if name == _REMARK else None
            values = {"found": words, "problem": name}
            yield rule.at(sentence, values, severity=severity)


# ----------------------------------------------------------------


@rule_function("wording.length")
def length(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-29: 一 is longer than the usual limit, or any part than the profile's."""
    profile = profile_of(case.filing.edition)
    for part, limit in {"overview": world().overview_limit, **(profile.limits if profile else {})}.items():
        count = len(case.narrative.text(part))
        if count > limit:
            heading = case.edition.part_name(part)
            values = {"section": heading, "value": count, "limit": limit}
            yield rule.finding(values, sides=(count, limit), place=f"narrative.{part}")
