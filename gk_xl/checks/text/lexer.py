"""Sentence → tokens: numbers, marks, words of the lexicon (the longest that fits), and runs of unknown words.

One pass from left to right, so the time grows with the length of the sentence only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.tokens import figures
from gk_xl.checks.text.words import lexicon
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.text.tokens import Count

MARKS: Final = "，；：。！？（）、【】"
MASK: Final = "□"
"""What stands in place of each character of a title."""

SUGGESTED: Final = 1.0
"""The ``value`` of a row that the words of an item only suggest."""
LONGEST_NAME: Final = 6
"""Tokens of the name of an organ."""
_ADVERBS: Final = frozenset(
    ["于", "既", "就", "便", "才", "曾", "之", "其", "所", "来", "同时", "随后", "其后", "继续"]
)
"""What narrows nothing where no other unknown character stands beside it; within words it means something else: 就业, 来信."""
_LEADING: Final = frozenset({"year", "this", "among", "list"})
"""Sorts that may stand before the name of an organ."""
_NAMING: Final = frozenset({"unknown", "filler", "halt", "part", "info", "elsewhere"})
"""Sorts of what such a name is made of: 交通 and 公安 are words of other matters elsewhere."""
_BETWEEN: Final = frozenset({"filler", "year", "this"})
_ACTING: Final = frozenset({"receive", "answer", "manage", "issue", "decide", "application", "disclosure"})
_ORGAN: Final = regex(
    r"(?!各|某)(?:(?!部门|单位|乡镇|下属|所属|基层|直属|上级|有关|相关|其他|转办|交办)[\u4e00-\u9fff]){2,16}"
    r"(?:(?<=[局厅委镇乡])|(?<=[府政合务我制管改]办)|(?<=管委会|委员会|办公室)|(?<=街道|中心|大队|支队)|(?<=办事处))"
)


class Token(NamedTuple):
    """A piece of a sentence.

    ``sort`` is the lexicon's, or ``count`` ``money`` ``year`` ``share`` ``number`` (another number: a date) ``mark``
    ``title`` (masked) ``unknown``; ``value`` is a count's number, a year, an amount in yuan, or that a row is only suggested.
    """

    sort: str
    name: str
    start: int
    end: int
    text: str
    value: float = 0
    counted: Count | None = None


_BULLETS: Final = regex(r"[●■※◆•·➢★▲▶△○◇*—-]+")
"""What an item of a list may begin with: ——新收6件."""


_DASH: Final = regex(r"(?<=\d[件宗份起])——(?=[\u4e00-\u9fff])")
"""What a list may begin behind: 新收13件——个人11件，企业2件."""


_HEADING: Final = regex(r"[^，。；：（）【】《》、\d—]{2,12}(?P<dash>——)")
"""What a sentence may begin with in place of a heading: 争议化解——被申请行政复议3件."""


def tokens(text: str, edition_id: str) -> tuple[Token, ...]:
    """Return the tokens of a folded sentence, rows and columns named as in an edition; together they are the whole of it."""
    known = lexicon(edition_id)
    words, lengths = known.words, known.lengths
    numbers = {token.start: token for token in _numbers(text)}
    found: list[Token] = []
    lead = _BULLETS.match(text)
    at = unknown = lead.end() if lead else 0  # what stands from unknown to at is no word
    end = len(text)
    if lead:
        found.append(Token("filler", "word", 0, at, text[:at]))
    if heading := _HEADING.match(text, at):
        numbers[heading.start("dash")] = Token("mark", "：", heading.start("dash"), heading.end(), "——")
    for dash in _DASH.finditer(text) if "——" in text else ():
        numbers[dash.start()] = Token("mark", "：", dash.start(), dash.end(), "——")
    while at < end:
        token = numbers.get(at) if numbers else None
        for length in lengths.get(text[at], ()):
            form = text[at : at + length]
            if form in words:
                if token is None or token.end - at < length + (token.sort == "number"):
                    token = Token(*words[form], at, at + length, form)
                break
        if token is None and text[at] in MARKS:
            token = Token("mark", text[at], at, at + 1, text[at])
        if token is None:
            at += 1
            continue
        if unknown < at:
            found.append(_unknown(text, unknown, at))
        found.append(token)
        at = unknown = token.end
    if unknown < end:
        found.append(_unknown(text, unknown, end))
    return tuple(_with_organs(found)) if "unknown" in [token.sort for token in found] else tuple(found)


def _with_organs(found: list[Token]) -> list[Token]:
    """Return the tokens with the name of an organ that begins what stands between two marks, and acts, in one: 省交通运输厅2020年新收."""
    begins, organs = True, []
    for index, token in enumerate(found):
        sort = token.sort
        if sort == "mark":
            begins = True
        elif begins and sort not in _LEADING:
            begins = False
            if end := _end_of_organ(found, index):
                organs.append((index, end))
    for index, end in reversed(organs):
        text = "".join(token.text for token in found[index:end])
        found[index:end] = [Token("organ", "", found[index].start, found[end - 1].end, text)]
    return found


def _end_of_organ(found: list[Token], start: int) -> int:
    """Return where the name of an organ ends that begins at a place, behind which it acts; 0 where none does."""
    text, unknown, end = "", False, 0
    for index in range(start, min(start + LONGEST_NAME, len(found) - 1)):
        token = found[index]
        if token.sort not in _NAMING:
            break
        text += token.text
        unknown |= token.sort == "unknown"
        if unknown and _acts(found, index + 1) and _ORGAN.fullmatch(text):
            end = index + 1
    return end


def _acts(found: list[Token], start: int) -> bool:
    """Return whether a verb, or what is counted, follows from a place on: 全年新收, 共收到."""
    behind = (token for token in found[start : start + LONGEST_NAME] if token.sort not in _BETWEEN)
    return next((token.sort for token in behind), "") in _ACTING


def _unknown(text: str, start: int, end: int) -> Token:
    """Return what is no word as a token, a title that was masked as one of its own sort, an adverb that stands alone as filling."""
    said = text[start:end]
    if said in _ADVERBS:
        return Token("filler", "word", start, end, said)
    return Token("unknown" if said.strip(MASK) else "title", "", start, end, said)


def _numbers(text: str) -> Iterator[Token]:
    """Yield what is written in figures."""
    for figure in figures(text):
        start, end, count = figure.start, figure.end, figure.counted
        said = text[start:end]
        if count is not None:
            yield Token("count", count.unit, start, end, said, count.number, count)
        elif figure.year is not None:
            yield Token("year", "", start, end, said, figure.year)
        elif figure.yuan is not None:
            decimals = len(said.partition(".")[2].rstrip("万亿元"))
            yield Token(
                "money",
                f"{decimals}{'亿' if '亿' in said else '万' if '万' in said else ''}",
                start,
                end,
                said,
                figure.yuan,
            )
        elif figure.share is not None:
            yield Token("share", "", start, end, said, figure.share)
        else:
            yield Token("number", "", start, end, said)
