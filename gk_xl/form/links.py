"""Sentences that follow the tables: a clerk's cell shows the numbers, which cell each came from is kept beside the text.

A link holds as long as its sentence reads as it was written. What somebody changes in it is theirs from then on; the
sentences and clauses around it, where they still read the same, go on following.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gk_xl.form.fields import fields, number_text, pieces
from gk_xl.form.load import NARRATIVE
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.form.filing import Filing

_CLAUSE: Final = regex("[^；。]*[；。]?")
_SHORTEST: Final = 6  # characters of a clause that is known again by its words
KEPT: Final = 120
"""So many links a workbook keeps, the newest first; a report has some ten."""


@dataclass(frozen=True, slots=True)
class Link:
    """A sentence as ``template``, with the names of fields in braces, and the ``numbers`` that stood for them, in order."""

    template: str
    numbers: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The sentence as the clerk's cell shows it."""
        numbers = iter(self.numbers)
        return "".join(next(numbers, typed) if name else typed for typed, name in pieces(self.template))

    def clauses(self) -> Iterator[Link]:
        """Yield the sentence, and each clause of it that bears a number."""
        yield self
        at = 0
        for match in _CLAUSE.finditer(self.template):
            count = sum(bool(name) for _, name in pieces(match[0]))
            part = Link(match[0], self.numbers[at : at + count])
            at += count
            if count and part.template != self.template and len(part.shown) >= _SHORTEST:
                yield part


def link_of(template: str, filing: Filing) -> Link | None:
    """Return the link of a paragraph with the numbers as they are now; None without names, or where one has no number."""
    known = fields(filing.edition)
    names = [name for _, name in pieces(template) if name]
    numbers = [known[name].number(filing) if name in known else None for name in names]
    texts = tuple(number_text(number) for number in numbers if number is not None)
    return Link(template, texts) if names and len(texts) == len(names) else None


def links_of(filing: Filing) -> tuple[Link, ...]:
    """Return the links of a filing's text, in the order of the text."""
    found = (link_of(text, filing) for part in NARRATIVE for text in filing.paragraphs(part))
    return tuple(dict.fromkeys(link for link in found if link is not None))


def seen(filing: Filing) -> Filing:
    """Return the filing with its text as a clerk reads it: numbers for names, paragraph by paragraph where all are known."""

    def shown(text: str) -> str:
        link = link_of(text, filing)
        return link.shown if link else text

    return replace(filing, narrative={part: tuple(map(shown, filing.paragraphs(part))) for part in NARRATIVE})


def named(text: str, links: Sequence[Link]) -> str:
    """Return a paragraph with the names of its numbers, wherever a linked sentence or clause still reads the same."""
    known = {part.shown: part for link in reversed(links) for part in link.clauses()}
    return _named(text, sorted(known.values(), key=lambda link: -len(link.shown)))


def _named(text: str, links: Sequence[Link]) -> str:
    for number, link in enumerate(links):
        at = _standing(text, link.shown)
        if at >= 0:
            before, after = text[:at], text[at + len(link.shown) :]
            return _named(before, links[number:]) + link.template + _named(after, links[number:])
    return text


def _standing(text: str, words: str) -> int:
    """Return where words stand in a text, no digit of a longer number cut off; −1 where they do not."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        cut_before = at > 0 and words[0].isdigit() and (text[at - 1].isdigit() or text[at - 1] == ".")
        cut_after = end < len(text) and words[-1].isdigit() and (text[end].isdigit() or text[end] == ".")
        if not (cut_before or cut_after):
            return at
        at = text.find(words, at + 1)
    return -1


def kept(new: Iterable[Link], old: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links to keep: the new ones first. Old ones stay, so that a step that is taken back is known again."""
    return tuple(dict.fromkeys((*new, *old)))[:KEPT]


def changed_words(old: str, new: str, around: int = 6) -> tuple[str, str]:
    """Return where a paragraph differs from itself with other numbers: a few words before, whole numbers, as it was and is."""
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    while start and (old[start - 1].isdigit() or old[start - 1] == "."):
        start -= 1
    rest = next(
        (at for at, (a, b) in enumerate(zip(reversed(old[start:]), reversed(new[start:]), strict=False)) if a != b),
        min(len(old), len(new)) - start,
    )
    while rest and (old[len(old) - rest].isdigit() or old[len(old) - rest] == "."):
        rest -= 1
    first, rest = max(start - around, 0), max(rest - 1, 0)  # a measure word behind the number
    return old[first : len(old) - rest], new[first : len(new) - rest]
