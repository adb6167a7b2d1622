"""Sentence → tokens: numbers, marks, words of the lexicon (the longest that fits), and runs of unknown words.

One pass from left to right, so the time grows with the length of the sentence only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.tokens import figures
from gk_xl.checks.text.words import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.text.tokens import Count

MARKS: Final = "，；：。！？（）、"


class Token(NamedTuple):
    """A piece of a sentence.

    ``sort`` is the lexicon's, or ``count`` ``money`` ``year`` ``share`` ``number`` (another number: a date) ``mark``
    ``unknown``; ``value`` is a count's number, a year, or an amount in yuan.
    """

    sort: str
    name: str
    start: int
    end: int
    text: str
    value: float = 0
    counted: Count | None = None


def tokens(text: str, edition_id: str) -> tuple[Token, ...]:
    """Return the tokens of a folded sentence, rows and columns named as in an edition; together they are the whole of it."""
    known = lexicon(edition_id)
    words, lengths = known.words, known.lengths
    numbers = {token.start: token for token in _numbers(text)}
    found: list[Token] = []
    at, unknown, end = 0, 0, len(text)  # what stands from unknown to at is no word
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
            found.append(Token("unknown", "", unknown, at, text[unknown:at]))
        found.append(token)
        at = unknown = token.end
    if unknown < end:
        found.append(Token("unknown", "", unknown, end, text[unknown:]))
    return tuple(found)


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
