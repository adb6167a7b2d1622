"""The lexicon: what a surface form is. Each form stands once in ``lexicon/*.toml``; (…) in a form may be left out."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.errors import BadEditionFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER: Final = Path(__file__).with_name("lexicon")
_OPTIONAL: Final = re.compile(r"[(]([^()]*)[)]")


class Word(NamedTuple):
    """What a form means: its sort (``case``, ``issue``, ``halt`` …) and its name within the sort."""

    sort: str
    name: str


class Lexicon(NamedTuple):
    """All forms, and for each first character the lengths of the forms that begin with it, longest first."""

    words: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]]

    def longest(self, text: str, at: int) -> str:
        """Return the longest form that begins at a place of a text, empty when there is none."""
        for length in self.lengths.get(text[at], ()):
            form = text[at : at + length]
            if form in self.words:
                return form
        return ""


def _forms(written: str) -> Iterator[str]:
    """Yield a form with and without each part that may be left out."""
    match = _OPTIONAL.search(written)
    if match is None:
        yield written
        return
    for part in ("", match[1]):
        yield from _forms(written[: match.start()] + part + written[match.end() :])


@lru_cache
def lexicon() -> Lexicon:
    """Return all words; BadEditionFile names the file and the form that stands twice."""
    words: dict[str, Word] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for sort, names in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for name, written in names.items():
                for form in (form for item in written.split() for form in _forms(item)):
                    if words.setdefault(form, Word(sort, name)) != Word(sort, name):
                        raise BadEditionFile(path.name, f"{sort}.{name}", f"“{form}”已经有别的意思")
    lengths: dict[str, set[int]] = {}
    for form in words:
        lengths.setdefault(form[0], set()).add(len(form))
    return Lexicon(words, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})
