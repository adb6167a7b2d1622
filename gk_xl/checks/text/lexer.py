"""Sentence → tokens: numbers, marks, words of the lexicon (the longest that fits), and runs of unknown words.

One pass from left to right, so the time grows with the length of the sentence only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.tokens import figures
from gk_xl.checks.text.words import Lexicon, lexicon

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
    return tuple(_joined(text, lexicon(edition_id)))


def _joined(text: str, known: Lexicon) -> Iterator[Token]:
    """Yield the tokens, unknown characters in a row as one."""
    unknown = -1
    for token in _pieces(text, known):
        if token.sort == "unknown":
            unknown = token.start if unknown < 0 else unknown
            continue
        if unknown >= 0:
            yield Token("unknown", "", unknown, token.start, text[unknown : token.start])
            unknown = -1
        yield token
    if unknown >= 0:
        yield Token("unknown", "", unknown, len(text), text[unknown:])


def _pieces(text: str, known: Lexicon) -> Iterator[Token]:
    """Yield the tokens, every unknown character alone."""
    found = {token.start: token for token in _numbers(text)}
    at = 0
    while at < len(text):
        form = known.longest(text, at)
        number = found.get(at)
        if number is not None and number.end - at >= len(form) + (number.sort == "number"):
            token = number
        elif form:
            word = known.words[form]
            token = Token(word.sort, word.name, at, at + len(form), form)
        elif text[at] in MARKS:
            token = Token("mark", text[at], at, at + 1, text[at])
        else:
            token = Token("unknown", "", at, at + 1, text[at])
        yield token
        at = token.end


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
            yield Token("money", f"{decimals}{'万' if '万' in said else ''}", start, end, said, figure.yuan)
        elif figure.share is not None:
            yield Token("share", "", start, end, said, figure.share)
        else:
            yield Token("number", "", start, end, said)
