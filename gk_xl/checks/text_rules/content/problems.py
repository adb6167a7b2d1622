"""五、存在的主要问题及改进情况: problems and measures are both there (X-14), each has one (X-47), and they answer one another (X-15)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text_rules.data import world
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

SEVERAL: Final = 2
SHORTEST: Final = 10
"""Characters below which 五 says nothing."""


@rule_function("problems.both_there")
def both_there(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-14: 五 names a problem and a measure, and is not just 无 or a few characters."""
    text = case.narrative.text("problems")
    place = "narrative.problems"
    section = f"“{case.edition.section('problems').heading}”"
    if not text:
        yield rule.finding(f"{section}没有文字", place=place)
    elif _WORDS.none.match(text) or len(text) < SHORTEST:
        yield rule.finding(f"{section}只写了“{text[:40]}”", excerpt=text[:40], place=place)
    else:
        lacking = []
        if not (_WORDS.problem.search(text) or _WORDS.lacks.search(text) or _WORDS.facts.search(text)):
            lacking.append("没有说存在什么问题")
        ahead = _WORDS.ahead.search(text) or f"{(case.filing.year or 0) + 1}年" in text
        if not (_measured(text) or ahead) and len(_listed(text)) < SEVERAL:  # X-47 speaks of a list of problems
            lacking.append("没有说怎样改进")
        if lacking:
            yield rule.finding({"problem": section + "，也".join(lacking)}, severity=Severity.WARNING, place=place)


def names_a_problem(sentence: str) -> bool:
    """Return whether a sentence says what is wanting, not only what is done about it."""
    return bool(_WORDS.problem.search(sentence)) and not _WORDS.turn.search(sentence)


def _measured(text: str) -> bool:
    """Return whether a text says what is or will be done, or lists as much again as problems: 1.……；2.……, twice."""
    if (
        _WORDS.turn.search(text)
        or _WORDS.done.search(text)
        or _WORDS.dashed.search(text)
        or _WORDS.measure.search(_without_problems(text))
    ):
        return True
    first, _, again = text.partition("\n")
    numbers = _WORDS.enumerated.findall(first)
    return len(numbers) >= SEVERAL and numbers == _WORDS.enumerated.findall(again) and not _WORDS.problem.search(again)


def _listed(text: str) -> list[str]:
    """Return the items of a list (一是……二是……) that name a problem."""
    starts = [match.start() for match in _WORDS.enumerated.finditer(text)]
    items = [text[start:end] for start, end in itertools.pairwise([*starts, len(text)])]
    return [item for item in items if _WORDS.problem.search(item)]


@rule_function("problems.unmeasured")
def unmeasured(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-47: a list of problems without any measure; a problem without one where each of the others has its own beside it."""
    paragraphs = case.narrative.part("problems")
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    section = case.edition.section("problems").heading
    listed = _listed(text)
    if len(listed) >= SEVERAL and not _measured(text):
        problem = f"列了 {len(listed)} 条问题，没有一条改进措施"
        yield rule.finding(
            {"section": section, "problem": problem}, (), excerpt=listed[0][:40], place="narrative.problems"
        )
        return
    told = [
        (paragraph, bool(_WORDS.problem.search(paragraph.text)), _measured(paragraph.text)) for paragraph in paragraphs
    ]
    paired = [paragraph for paragraph, named, measured in told if named and measured]
    if len(paired) < SEVERAL:
        return
    for at, (paragraph, named, measured) in enumerate(told):
        answered_next = at + 1 < len(told) and told[at + 1][2] and not _WORDS.enumerated.match(told[at + 1][0].text)
        if not named or measured or answered_next or not _WORDS.enumerated.match(paragraph.text):
            continue
        excerpt = paragraph.raw.strip()[:60]
        problem = f"别的问题都写了怎样改进，“{excerpt}”没有写"
        yield rule.finding({"section": section, "problem": problem}, excerpt=excerpt, place=paragraph.place)


def _without_problems(text: str) -> str:
    """Return the clauses that state no problem; in those that do, 提高 or 加强 is what is still wanting."""
    return "，".join(
        clause
        for clause in _WORDS.parts.split(text)
        if not _WORDS.problem.search(clause) and not _WORDS.wanting.match(clause)
    )


@rule_function("problems.answered")
def answered(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-15: as many measures as problems, and each problem's topic comes back among the measures."""
    text = _WORDS.done_since.sub("", "\n".join(paragraph.text for paragraph in case.narrative.part("problems")))
    turn = _WORDS.turn.search(text)
    first = _WORDS.problem.search(text)
    if first is None or turn is None or turn.start() <= first.start():
        return
    said, done = text[: turn.start()], text[turn.start() :]
    problems, measures = (len(_WORDS.enumerated.findall(part)) for part in (said, done))
    complaints = []
    if problems >= 2 and measures >= 2 and problems != measures:
        complaints.append(f"列了 {problems} 条问题、{measures} 条改进措施")
    general = _general(said)
    if general:
        complaints.append(f"问题写得笼统：“{general}”，没有说是哪方面的问题")
    open_topics = _unanswered(said, done)
    if open_topics:
        complaints.append(f"问题“{'”“'.join(open_topics)}”没有对应的措施")
    if complaints:
        section = case.edition.section("problems").heading
        values = {"section": section, "problem": "；".join(complaints)}
        yield rule.finding(values, place="narrative.problems")


def _general(said: str) -> str:
    """Return the problem when it is only that there are some (还存在一些不足), empty when one is named."""
    clauses = [clause for clause in _WORDS.parts_and_lines.split(said) if _WORDS.problem.search(clause)]
    if any(_WORDS.problem.search(_WORDS.some.sub("", clause)) for clause in clauses):
        return ""
    return clauses[-1][-40:] if clauses else ""


def _unanswered(said: str, done: str) -> list[str]:
    """Return the problems none of whose topics comes back among the measures."""
    found = []
    for clause in _WORDS.items.split(said):
        match = _WORDS.lacking.search(clause)
        if match is None:
            continue
        named = clause[: match.end() + 2]  # 不够全面: what is wanting may stand behind
        topics = [words for words in world().topics if any(word in named for word in words)]
        if topics and not any(word in done for words in topics for word in words) and not _alike(clause, done):
            found.append(_WORDS.opened.sub("", clause))
    return found[:3]


def _alike(clause: str, done: str) -> bool:
    """Return whether a measure speaks of the problem in its own words: two characters of it that are no common word."""
    words = _WORDS.opened.sub("", clause)
    pieces = [piece for piece in _WORDS.common.split(words) if len(piece) > 1]
    return any(piece[at : at + 2] in done for piece in pieces for at in range(len(piece) - 1))
