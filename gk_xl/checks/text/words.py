"""The lexicon: what a surface form is. Each form stands once in ``lexicon/*.toml``.

(…) in a form may be left out, [我] is each of the words by which a unit calls itself (``filler.self``).
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.errors import BadEditionFile
from gk_xl.form.kept import toml
from gk_xl.form.load import MARK, load_edition
from gk_xl.form.patterns import regex
from gk_xl.form.prebuilt import prebuilt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER: Final = Path(__file__).with_name("lexicon")
_OPTIONAL: Final = regex(r"[(]([^()]*)[)]")
_SELF: Final = "[我]"


class Word(NamedTuple):
    """What a form means: its sort (``case``, ``issue``, ``halt`` …) and its name within the sort."""

    sort: str
    name: str


class Lexicon(NamedTuple):
    """All forms, and for each first character the lengths of the forms that begin with it, longest first."""

    words: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]]


def _forms(written: str) -> Iterable[str]:
    """Return a form with and without each part that may be left out; no such part lies in another."""
    if _SELF in written:
        return itertools.chain.from_iterable(_forms(written.replace(_SELF, own)) for own in _selves())
    if "(" not in written:
        return (written,)
    pieces = _OPTIONAL.split(written)  # what stands always, what may stand, what stands always …
    return map("".join, itertools.product(*[("", piece) if at % 2 else (piece,) for at, piece in enumerate(pieces)]))


@lru_cache
def _selves() -> tuple[str, ...]:
    """Return the words by which a unit calls itself: 我局, 本机关."""
    return tuple(toml(FOLDER / "modifiers.toml")["filler"]["self"].split())


@lru_cache
def lexicon(edition_id: str) -> Lexicon:
    """Return all words, with the rows and columns of an edition's 表三; BadEditionFile names a form that stands twice."""
    if MARK in edition_id:  # a county's own form
        return _lexicon(edition_id)
    return prebuilt(f"words_{edition_id}", lambda: _lexicon(edition_id))


def _lexicon(edition_id: str) -> Lexicon:
    words = _printed(edition_id)
    known = {word.name for word in words.values()} | {"natural_person", "organisations", "other"}
    for form, word in _written().items():
        group = word.name.removesuffix(".*")  # a group that in another edition is one row
        if word.sort not in ("row", "applicant") or word.name in known:
            words.setdefault(form, word)
        elif group in known:
            words.setdefault(form, Word(word.sort, group))
    lengths: dict[str, set[int]] = {}
    for form in words:
        lengths.setdefault(form[0], set()).add(len(form))
    return Lexicon(words, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})


def names(edition_id: str, sort: str) -> Mapping[str, str]:
    """Return the forms of one sort and the names that they stand for."""
    return _by_sort(edition_id)[sort]


@lru_cache
def _by_sort(edition_id: str) -> Mapping[str, Mapping[str, str]]:
    """Return the forms of each sort with their names."""
    found: dict[str, dict[str, str]] = {}
    for form, word in lexicon(edition_id).words.items():
        found.setdefault(word.sort, {})[form] = word.name
    return found


def _printed(edition_id: str) -> dict[str, Word]:
    """Return the names of the rows of 三、本年度办理结果, their groups, and the kinds of applicants, as they are spoken.

    They are the printed labels without ordinal, remark, quotation marks and what follows a 、.
    """
    table = load_edition(edition_id).table("t3")
    words: dict[str, Word] = {}
    for row, path in table.row_labels.items():
        if len(path) > 1 and not row.endswith("_total"):
            words.setdefault(_spoken(path[1]), Word("row", row if len(path) == 2 else f"{row.partition('.')[0]}.*"))
            words.setdefault(_spoken(path[-1]), Word("row", row))
    words.pop("其他", None)
    return words | {label: Word("applicant", column) for label, column in heads(edition_id).items()}


@lru_cache
def heads(edition_id: str) -> Mapping[str, str]:
    """Return who applies as the columns of 表三 are called, and the columns; 其他 and 总计 name nobody."""
    labels = load_edition(edition_id).table("t3").column_labels
    return {label: column for column, label in labels.items() if column not in ("other", "total")}


def _spoken(label: str) -> str:
    """Return how a printed label is said in a sentence."""
    text = re.sub(r"^(?:（[^（）]*）|\d+\.)|（[^（）]*）|[“”]", "", label).removeprefix("属于")
    return re.sub(r"类?申请$", "", text.partition("、")[0])


@lru_cache
def _written() -> dict[str, Word]:
    """Return the words of the lexicon's files; BadEditionFile names the file and the form that stands twice."""
    words: dict[str, Word] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for sort, names in toml(path).items():
            for name, written in names.items():
                word = Word(sort, name)
                for form in itertools.chain.from_iterable(map(_forms, written.split())):
                    if words.setdefault(form, word) != word:
                        raise BadEditionFile(path.name, f"{sort}.{name}", f"“{form}”已经有别的意思")
    return words
