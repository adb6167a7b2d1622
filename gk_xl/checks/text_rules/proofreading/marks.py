"""Brackets and quotation marks that have no partner (X-60), paragraphs that do not end (X-61)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text_rules.rewriting import at_place
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Paragraph
    from gk_xl.form.finding import Finding, Rewrite

_WORDS: Final = Words(__file__)

_PAIRS: Final = {
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "［": "］",
}
_WIDTH: Final = str.maketrans("()", "（）")
_NEXT: Final = {"》": "〈〉", "”": "‘’"}
"""Marks to use inside the same marks."""


class _Open(NamedTuple):
    """A mark that waits for its partner."""

    mark: str
    paragraph: Paragraph
    at: int


@rule_function("marks.paired")
def paired(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-60: an opening mark without a closing one, a closing without an opening one, the same mark inside itself."""
    for part in ("preamble", "overview", "problems", "other_matters"):
        waiting: list[_Open] = []
        told: set[int] = set()
        for paragraph in case.narrative.part(part):
            for match in _WORDS.mark.finditer(paragraph.raw):
                problem = _take(match[0].translate(_WIDTH), match.start(), paragraph, waiting)
                if problem and paragraph.index not in told:
                    told.add(paragraph.index)
                    yield _finding(rule, paragraph, match.start(), *problem)
            if _WORDS.ended.search(paragraph.raw):  # a line that does not end may go on in the next
                yield from _unclosed(rule, waiting, told)
        yield from _unclosed(rule, waiting, told)


def _take(mark: str, at: int, paragraph: Paragraph, waiting: list[_Open]) -> tuple[str, Severity | None] | None:
    """Put an opening mark on the stack or take its partner off it; return what is wrong, and how grave."""
    if mark in _PAIRS:
        nested = _PAIRS[mark] in _NEXT and any(item.mark == mark for item in waiting)
        if nested and mark == "“" and waiting[-1].mark == mark:
            return "前一个左引号没有配上右引号", None
        waiting.append(_Open(mark, paragraph, at))
        if nested:
            return f"“{mark}{_PAIRS[mark]}”里面再用“{mark}{_PAIRS[mark]}”，应当用“{_NEXT[_PAIRS[mark]]}”", Severity.HINT
        return None
    for depth in range(len(waiting) - 1, -1, -1):
        if _PAIRS[waiting[depth].mark] == mark:
            lost = waiting[depth + 1 :]
            del waiting[depth:]
            return (f"“{lost[-1].mark}”没有配上“{_PAIRS[lost[-1].mark]}”", None) if lost else None
    if (
        mark == "）"
        and _WORDS.list_mark.search(paragraph.raw[:at])
        and not _WORDS.half_lost.match(paragraph.raw[: at + 1])
    ):
        return None
    opening = next(start for start, end in _PAIRS.items() if end == mark)
    return f"“{mark}”前面没有“{opening}”", None


def _unclosed(rule: Rule, waiting: list[_Open], told: set[int]) -> Iterator[Finding]:
    """Yield the marks still open, one a paragraph, and forget them."""
    for item in waiting:
        if item.paragraph.index not in told:
            told.add(item.paragraph.index)
            problem = f"“{item.mark}”没有配上“{_PAIRS[item.mark]}”"
            yield _finding(rule, item.paragraph, item.at, problem, None, _closed(item))
    waiting.clear()


def around(raw: str, at: int, reach: int = 18) -> str:
    """Return some characters of a paragraph on both sides of a place, as a message quotes them."""
    start, end = max(0, at - reach), min(len(raw), at + reach)
    return ("…" if start else "") + raw[start:end].strip() + ("…" if end < len(raw) else "")


def _closed(item: _Open) -> Rewrite | None:
    """Return a paragraph with the mark that closes a bracket, where there is one place for it."""
    match = _WORDS.up_to.match(item.paragraph.raw, item.at + 1)
    if match is None or item.mark not in "（(":
        return None
    return at_place(item.paragraph.raw, match.end(), "", "）" if item.paragraph.raw[item.at] == "（" else ")")


def _finding(
    rule: Rule, paragraph: Paragraph, at: int, problem: str, severity: Severity | None, rewrite: Rewrite | None = None
) -> Finding:
    excerpt = around(paragraph.raw, at)
    return rule.finding(problem, severity=severity, excerpt=excerpt, place=paragraph.place, rewrite=rewrite)


# ----------------------------------------------------------------

LONG: Final = 24
"""Characters from which a paragraph is no heading."""


@rule_function("marks.ended")
def ended(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-61: a paragraph of running text that ends without a mark, or in a comma."""
    broken = {sentence.place for sentence in case.narrative.bearing(_WORDS.broken_off)}
    for part in ("preamble", "overview", "problems", "other_matters"):
        paragraphs = case.narrative.part(part)
        open_ends = [paragraph for paragraph in paragraphs if _open_end(paragraph.raw.rstrip(" \u3000\xa0"))]
        yield from _broken_off(rule, [paragraph for paragraph in paragraphs if paragraph.place in broken])
        if len(open_ends) > max(1, len(paragraphs) // 2):
            continue  # a list, or lines cut by the page: not a slip
        yield from (_end_finding(rule, paragraph) for paragraph in _not_continued(open_ends, paragraphs))
        doubted = [paragraph for paragraph in paragraphs if _says_and_stops(paragraph.raw.rstrip(" \u3000\xa0"))]
        if len(doubted) == 1 and doubted[0] not in open_ends:
            yield _end_finding(rule, doubted[0], Severity.HINT)


def _broken_off(rule: Rule, paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Yield the sentences that end before their verb (我局将继续。)."""
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            match = _WORDS.broken_off.search(sentence.masked)
            if match:
                values = {"excerpt": match["words"] + "。", "problem": "有一句没有写完"}
                yield rule.finding(values, excerpt=sentence.excerpt, place=paragraph.place)
                break


def _open_end(raw: str) -> bool:
    """Return whether a paragraph should end in a mark and does not."""
    if _WORDS.ended.search(raw.rstrip("，、,")):
        return False  # 。、 is two marks in a row, another rule's matter
    if _WORDS.comma.search(raw):
        return True
    return (
        len(raw) > LONG
        and ("，" in raw or "。" in raw or "；" in raw)
        and not _WORDS.address.search(raw)
        and not _WORDS.headed.match(raw)
    )


_SHORTEST: Final = 14


def _says_and_stops(raw: str) -> bool:
    """Return whether a short paragraph, or one that ends in a bracket, says something and has no mark at its end."""
    plain = (
        not (_WORDS.ended.search(raw) or _WORDS.headed.match(raw) or _WORDS.address.search(raw))
        and raw[-1:] not in "：，、；"
    )
    return len(raw) >= _SHORTEST and plain and bool(_WORDS.says.search(raw)) and not _open_end(raw)


def _not_continued(open_ends: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs with an open end that the next one does not carry on (a line cut by the page)."""
    following = {paragraph.index: after for paragraph, after in itertools.pairwise(paragraphs)}
    for paragraph in open_ends:
        after = following.get(paragraph.index)
        if after is None or after.sentences[0].ordinal or not _WORDS.ended.search(after.raw) or len(after.raw) > LONG:
            yield paragraph


def _end_finding(rule: Rule, paragraph: Paragraph, severity: Severity | None = None) -> Finding:
    raw = paragraph.raw.rstrip()
    comma = _WORDS.comma.search(raw)
    problem = f"以“{comma[0].strip()}”结尾" if comma else "结尾没有标点"
    excerpt = around(raw, len(raw), 24)
    if comma:
        rewrite = at_place(paragraph.raw, comma.start(), comma[0].strip(), "。")
    else:
        rewrite = at_place(paragraph.raw, len(raw), "", "。")
    return rule.finding(problem, severity=severity, excerpt=excerpt, place=paragraph.place, rewrite=rewrite)
