"""What is held of a report's text to compare it with others' (X-48): its sketch, and what two sketches say of one another.

A sketch can be kept from one run to the next: two texts are unpacked and compared only where their sketches allow a copy.
"""

from __future__ import annotations

import json
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text_rules.content.copied import SHORTEST, WINDOW, bare
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.names import own_names
from gk_xl.form.sentences import templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gk_xl.form.filing import Filing, Unit

_WORDS: Final = Words(__file__)

PARTS: Final = ("overview", "problems")
LONG: Final = 30
"""Characters from which a sentence that two units share is no set phrase."""
CLAUSE: Final = 8
_BUCKETS: Final = 8192
"""Runs of four characters are told apart in a sketch as one of so many kinds."""
_ONE: Final = ord("1")
EACH: Final = 8
"""Bytes that stand for one text."""


class Sketch(NamedTuple):
    """One part of a unit's report for comparison: what it is made of, and the text itself.

    ``runs`` is how many runs of characters the whole text has (0 where it is too short to say); ``clauses`` and ``sentences``
    stand for the masked ones by numbers, eight bytes each (:func:`digest_numbers`). ``body`` is what is asked for of likely copies
    only: the bits of the runs that occur, and the text, packed. All is plain, and what is no body small, so that the
    sketches of a whole province can be kept; a body that lies elsewhere is a function that fetches it.
    """

    runs: int
    clauses: bytes
    sentences: bytes
    body: bytes | Callable[[], bytes]

    @property
    def kinds(self) -> int:
        """The bits of the runs that occur."""
        return int.from_bytes(self._body[: _BUCKETS // 8], "little")

    @property
    def text(self) -> _Text:
        """The text."""
        return _unpacked(self._body[_BUCKETS // 8 :])

    @property
    def _body(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body()


class _Text(NamedTuple):
    """One part of a unit's report: masked as a whole, and its long sentences (masked → as written)."""

    masked: str
    sentences: Mapping[str, str]


@lru_cache(maxsize=64)
def _unpacked(packed: bytes) -> _Text:
    whole, masked, written = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return _Text(whole, dict(zip(masked, written, strict=True)))


def masked(text: str, unit: Unit) -> str:
    """Return a folded text in which the unit's names, years and numbers are blotted out."""
    return _without(_blotted(unit), text)


def _without(names: Iterable[str], text: str) -> str:
    """Return a folded text in which some names and all numbers are blotted out."""
    for name in names:
        text = text.replace(name, "□")
    return _WORDS.numbers.sub("□", text)


def _by_trade(sentence: str, unit: Unit) -> str:
    """Return a sentence with the unit's names blotted out, yet not what it is named for: who copied it may have left that in.

    审计 in the text of the 审计局 stands unmasked in one of another bureau that was copied from it.
    """
    names = _blotted(unit)
    trade = own_names(unit).core
    kept = names[:-1] if names and names[-1] == trade else names
    return _WORDS.ordinal.sub("", _without(kept, sentence))


@lru_cache(maxsize=64)
def _blotted(unit: Unit) -> tuple[str, ...]:
    """Return the names of a unit, the longest first, its bare place name last."""
    own = own_names(unit)
    names = {own.name, own.county, own.place, own.core + own.level, unit.self_word, unit.self_word.replace("我", "本")}
    longest = sorted(sorted(names), key=len, reverse=True)
    return tuple(name for name in (*longest, own.core) if len(name) > 1)


def sketches(filing: Filing) -> tuple[Sketch, ...]:
    """Return the sketch of each of ``PARTS``."""
    given = _suggested(filing)
    return tuple(_sketch(filing, part, given) for part in PARTS)


def _sketch(filing: Filing, part: str, given: frozenset[str]) -> Sketch:
    """Return one part of a report; sentences that the program itself suggests (``given``) belong to all.

    A paragraph of several sentences stands beside them: units share the set phrases of their place, not how these follow.
    """
    sentences, clauses, whole = {}, set[str](), list[str]()
    for paragraph in filing.paragraphs(part):
        begun = len(whole)
        for raw, blotted in _split(fold(paragraph), filing.unit):
            sentence = _WORDS.ordinal.sub("", blotted)
            if sentence in given:
                continue
            whole.append(sentence)
            if len(sentence) >= LONG:
                sentences[sentence] = raw
                sentences.setdefault(_by_trade(raw, filing.unit), raw)
            clauses.update(clause for clause in _WORDS.mark.split(sentence) if len(clause) >= CLAUSE)
        together = "".join(whole[begun:])
        if len(together) >= LONG and sum(len(one) >= CLAUSE for one in whole[begun:]) > 1:
            sentences[together] = fold(paragraph)
            clauses.add(together)
    text = "".join(whole)
    run = bare(text) if len(text) >= SHORTEST else ""
    told = json.dumps((text, [*sentences], [*sentences.values()]), ensure_ascii=False)
    packed = zlib.compress(told.encode("utf-8", "surrogatepass"), 1)
    return Sketch(
        max(0, len(run) - WINDOW + 1),
        b"".join(map(_digest, sorted(clauses))),
        b"".join(map(_digest, sentences)),
        _kinds(run) + packed,
    )


def _kinds(text: str) -> bytes:
    """Return a bit for each kind of runs of ``WINDOW`` characters, set where one occurs in a text."""
    kinds, size = bytearray(b"0" * _BUCKETS), 4 * WINDOW
    written = text.encode("utf-32-le", "surrogatepass")
    for told in set(map(zlib.crc32, [written[at : at + size] for at in range(0, len(written) - size + 1, 4)])):
        kinds[told % _BUCKETS] = _ONE
    return int(kinds, 2).to_bytes(_BUCKETS // 8, "little")


def _digest(text: str) -> bytes:
    """Return the eight bytes that stand for a text."""
    from hashlib import blake2b  # a check of one file has no others to compare with

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=EACH).digest()


def digest_number(text: str) -> int:
    """Return the number that stands for a text."""
    return int.from_bytes(_digest(text), "little")


def digest_numbers(digests: bytes) -> tuple[int, ...]:
    """Return the numbers that stand for texts, in their order."""
    return struct.unpack(f"<{len(digests) // EACH}Q", digests)


def _split(text: str, unit: Unit) -> Iterable[tuple[str, str]]:
    """Return the sentences of a folded text, each as written and masked."""
    written, blotted = _WORDS.sentence.split(text), _WORDS.sentence.split(masked(text, unit))
    if len(written) == len(blotted):
        return zip(written, blotted, strict=True)
    return [(sentence, masked(sentence, unit)) for sentence in written]  # a field holds a mark


def _suggested(filing: Filing) -> frozenset[str]:
    """Return the sentences that the program offers for the text, masked: a field is blotted out as its number is."""
    told = "\n".join([item.template for item in templates(filing)])
    return _offered(told, tuple(name for name in _blotted(filing.unit) if name in told))


@lru_cache(maxsize=64)
def _offered(told: str, names: tuple[str, ...]) -> frozenset[str]:
    """Return the sentences of a text without some names: most units are offered the same."""
    sentences = [sentence for line in told.split("\n") for sentence in _WORDS.sentence.split(fold(line))]
    return frozenset([_WORDS.ordinal.sub("", _without(names, sentence)) for sentence in sentences])
