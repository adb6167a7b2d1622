"""X-48: units of one folder whose texts are one another's, apart from names, years and numbers.

Time grows with the length of all texts. A clause that many units share pairs each of them with the first and the one
before it only, so that a folder of copies costs no more than one without. What is held of a text is its sketch, which
can be kept from one run to the next: two texts are unpacked and compared only where their sketches allow a copy.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import rule
from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text_rules.copied import SHORTEST, WINDOW, pieces, similarity
from gk_xl.form.names import own_names
from gk_xl.form.patterns import regex
from gk_xl.form.sentences import suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gk_xl.form.filing import Filing, Unit
    from gk_xl.form.finding import Finding

CODE: Final = "X-48"
PARTS: Final = ("overview", "problems")
ALIKE: Final = 0.9
"""What part of a section is the same when it counts as copied."""
LONG: Final = 30
"""Characters from which a sentence that two units share is no set phrase."""
SENTENCES: Final = 3
"""So many of them are no accident."""
CLAUSE: Final = 8
SET_PHRASE: Final = 5
"""A sentence that more units share than this, and more than a fifth of all, is a set phrase of the place."""
RARE: Final = 12
"""A clause that so many units share pairs each with each; a more frequent one only with its neighbours."""
PARTNERS: Final = 3
"""So many likely partners of a unit are compared as a whole."""
SHOWN: Final = 2

_NUMBERS: Final = regex(r"\{[^{}]*\}|\d+(?:\.\d+)?%?")
_SENTENCE: Final = regex(r"[。！？；\n]")
_MARK: Final = regex(r"[，。；：、！？\n]")
_ORDINAL: Final = regex(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|□[.、]|[一二三四五六七八九十]是)+")


_BUCKETS: Final = 8192
"""Runs of four characters are told apart in a sketch as one of so many kinds."""


_EACH: Final = 8
"""Bytes that stand for one text."""
MOST: Final = 400_000
"""Pieces that are held against each other at a time: more would fill the memory."""


class Sketch(NamedTuple):
    """One part of a unit's report for comparison: what it is made of, and the text itself.

    ``runs`` is how many runs of characters the whole text has (0 where it is too short to say); ``clauses`` and ``sentences``
    stand for the masked ones by numbers, eight bytes each (:func:`_numbers`). ``body`` is what is asked for of likely copies
    only: the bits of the runs that occur, and the text, packed. All is plain, and what is no body small, so that the
    sketches of a whole province can be kept; a body that lies elsewhere is a function that fetches it.
    """

    runs: int
    clauses: bytes
    sentences: bytes
    body: bytes | Callable[[], bytes]

    def laid_aside(self, put: Callable[[bytes], Callable[[], bytes]]) -> Sketch:
        """Return the sketch with its body elsewhere; ``put`` takes it and says how to fetch it."""
        return self._replace(body=put(self._body))

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


class Copy(NamedTuple):
    """What two units share in one part: how alike it is (0 to 1), and which sentences, as the unit wrote them."""

    part: str
    other: int
    alike: float
    sentences: tuple[str, ...]


class Pair(NamedTuple):
    """Two units, by their index, whose texts are one another's: how alike at most, and the masked sentences by part."""

    one: int
    other: int
    alike: float
    sentences: tuple[tuple[str, str], ...]


class _Text(NamedTuple):
    """One part of a unit's report: masked as a whole, and its long sentences (masked → as written)."""

    masked: str
    sentences: Mapping[str, str]


@lru_cache(maxsize=64)
def _unpacked(packed: bytes) -> _Text:
    whole, masked, written = json.loads(zlib.decompress(packed))
    return _Text(whole, dict(zip(masked, written, strict=True)))


def masked(text: str, unit: Unit) -> str:
    """Return a folded text in which the unit's names, years and numbers are blotted out."""
    for name in _blotted(unit):
        text = text.replace(name, "□")
    return _NUMBERS.sub("□", text)


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
    """Return one part of a report; sentences that the program itself suggests (``given``) belong to all."""
    sentences, clauses, whole = {}, set[str](), []
    for paragraph in filing.paragraphs(part):
        for raw, blotted in _split(fold(paragraph), filing.unit):
            sentence = _ORDINAL.sub("", blotted)
            if sentence in given:
                continue
            whole.append(sentence)
            if len(sentence) >= LONG:
                sentences[sentence] = raw
            clauses.update(clause for clause in _MARK.split(sentence) if len(clause) >= CLAUSE)
    text = "".join(whole)
    runs = pieces(text) if len(text) >= SHORTEST else Counter[str]()
    packed = zlib.compress(json.dumps((text, [*sentences], [*sentences.values()])).encode(), 1)
    return Sketch(
        runs.total(),
        b"".join(map(_digest, sorted(clauses))),
        b"".join(map(_digest, sentences)),
        _kinds(runs) + packed,
    )


def _kinds(runs: Iterable[str]) -> bytes:
    """Return a bit for each kind of runs, set where one occurs."""
    kinds, size = bytearray(b"0" * _BUCKETS), 4 * WINDOW
    written = "".join(runs).encode("utf-32-le", "surrogatepass")
    for at in range(0, len(written), size):
        kinds[zlib.crc32(written[at : at + size]) % _BUCKETS] = ord("1")
    return int(kinds, 2).to_bytes(_BUCKETS // 8, "little")


def _digest(text: str) -> bytes:
    """Return the eight bytes that stand for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_EACH).digest()


def _number(text: str) -> int:
    """Return the number that stands for a text."""
    return int.from_bytes(_digest(text), "little")


def _numbers(digests: bytes) -> tuple[int, ...]:
    """Return the numbers that stand for texts, in their order."""
    return struct.unpack(f"<{len(digests) // _EACH}Q", digests)


def _split(text: str, unit: Unit) -> Iterable[tuple[str, str]]:
    """Return the sentences of a folded text, each as written and masked."""
    written, blotted = _SENTENCE.split(text), _SENTENCE.split(masked(text, unit))
    if len(written) == len(blotted):
        return zip(written, blotted, strict=True)
    return [(sentence, masked(sentence, unit)) for sentence in written]  # a field holds a mark


def _suggested(filing: Filing) -> frozenset[str]:
    """Return the sentences that the program offers for the text, masked."""
    return frozenset(
        _ORDINAL.sub("", masked(sentence, filing.unit))
        for item in suggest(filing)
        for sentence in _SENTENCE.split(fold(item.text))
    )


def copies(known: Sequence[tuple[Sketch, ...]]) -> Iterator[tuple[int, Copy]]:
    """Yield for each filing, by its index, what it shares with the one whose text is most alike, part by part."""
    for at, part in enumerate(PARTS):
        texts = [each[at] for each in known]
        common = _common(_holders([text.sentences for text in texts]), len(texts))
        seen: dict[tuple[int, int], float] = {}
        for number, partners in enumerate(_partners(texts)):
            text = texts[number]
            own = frozenset(_numbers(text.sentences)) - common
            kinds = text.kinds if partners else 0
            likely = [
                other
                for other, _ in partners.most_common(PARTNERS)
                if len(own.intersection(_numbers(texts[other].sentences))) >= SENTENCES
                or _most_alike(text.runs, texts[other].runs, kinds, texts[other].kinds) > ALIKE
            ]
            found = max(
                (_compared(part, texts, number, other, common, seen) for other in likely),
                key=lambda copy: (copy.alike, len(copy.sentences)),
                default=None,
            )
            if found is not None and (found.alike > ALIKE or len(found.sentences) >= SENTENCES):
                yield number, found


def _partners(texts: Sequence[Sketch]) -> list[Counter[int]]:
    """Return for each text how many clauses it shares with its likely partners."""
    partners: list[Counter[int]] = [Counter() for _ in texts]
    groups = Counter(map(tuple, _holders([text.clauses for text in texts]).values()))
    for units, clauses in groups.items():  # what a whole place says is many clauses of the same units
        for one, other in _pairs(units):
            partners[one][other] += clauses
            partners[other][one] += clauses
    return partners


def _most_alike(one: int, other: int, kinds: int, others: int) -> float:
    """Return how alike two texts can be at most: runs of a kind that the other has not are its own."""
    if not (one and other):
        return 0.0
    both = min(one - (kinds & ~others).bit_count(), other - (others & ~kinds).bit_count())
    return 2 * both / (one + other)


def pairs(known: Sequence[tuple[Sketch, ...]], among: int = 0) -> list[Pair]:
    """Return all pairs of filings that share a text, by index; ``among`` is how many the folder holds (default: these).

    Meant for those that :func:`shared` has spoken of, a few: each is held against each.
    """
    alike: dict[tuple[int, int], float] = {}
    told: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for at, part in enumerate(PARTS):
        texts = [each[at] for each in known]
        common = _common(_holders([text.sentences for text in texts]), max(among, len(texts)))
        own = [frozenset(_numbers(text.sentences)) - common for text in texts]
        kinds = [text.kinds for text in texts]
        for number, text in enumerate(texts):
            for other in range(number + 1, len(texts)):
                if (
                    len(own[number] & own[other]) < SENTENCES
                    and _most_alike(text.runs, texts[other].runs, kinds[number], kinds[other]) <= ALIKE
                ):
                    continue
                found = _compared(part, texts, number, other, common, {})
                if found.alike <= ALIKE and len(found.sentences) < SENTENCES:
                    continue
                alike[number, other] = max(found.alike, alike.get((number, other), 0.0))
                theirs = texts[other].text.sentences
                shared_ones = [one for one in text.text.sentences if one in theirs and _number(one) not in common]
                told.setdefault((number, other), []).extend((part, one) for one in shared_ones)
    return [Pair(*both, alike[both], tuple(told[both])) for both in sorted(alike)]


def _holders(texts: Sequence[bytes]) -> Mapping[int, list[int]]:
    """Return which texts hold a piece, for each piece that more than one holds; most are one's own and cost little."""
    found: dict[int, list[int]] = {}
    rounds = 1 + sum(map(len, texts)) // _EACH // MOST
    for at in range(rounds):
        once, more = set[int](), set[int]()
        for parts in texts:
            own = {piece for piece in _numbers(parts) if piece % rounds == at}
            more |= once & own
            once |= own
        for number, parts in enumerate(texts):
            for piece in _numbers(parts):
                if piece in more:
                    found.setdefault(piece, []).append(number)
    return found


def _common(holders: Mapping[int, list[int]], units: int) -> frozenset[int]:
    """Return the sentences that are set phrases of the place."""
    most = max(SET_PHRASE, units // 5)
    return frozenset(sentence for sentence, found in holders.items() if len(found) > most)


def _pairs(units: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of units that a shared clause makes likely partners."""
    for at, unit in enumerate(units[1:], start=1):
        if len(units) <= RARE:
            yield from ((other, unit) for other in units[:at])
        else:
            yield units[at - 1], unit
            if at > 1:
                yield units[0], unit


def _compared(
    part: str,
    texts: Sequence[Sketch],
    one: int,
    other: int,
    common: frozenset[int],
    known: dict[tuple[int, int], float],
) -> Copy:
    """Return what a text shares with another; ``known`` is how alike two are as a whole, worked out once for both."""
    text, neighbour = texts[one].text, texts[other].text
    pair = min(one, other), max(one, other)
    if pair not in known:
        long_enough = texts[one].runs and texts[other].runs
        known[pair] = similarity(text.masked, neighbour.masked) if long_enough else 0.0
    shared_ones = [
        raw for said, raw in text.sentences.items() if said in neighbour.sentences and _number(said) not in common
    ]
    return Copy(part, other, known[pair], tuple(shared_ones))


def shared(
    filings: Sequence[Filing], texts: Sequence[tuple[Sketch, ...]] | None = None
) -> Iterator[tuple[int, Finding]]:
    """Yield X-48 for each unit, by its index, and part that is another unit's: both units are told.

    ``texts`` are the filings' sketches, where they are known.
    """
    known = rule(CODE)
    for number, copy in copies([sketches(filing) for filing in filings] if texts is None else texts):
        filing = filings[number]
        said = f"有 {len(copy.sentences)} 句相同" if copy.alike <= ALIKE else f"有 {round(copy.alike * 100)}% 相同"
        shown = "；".join(f"“{sentence[:60]}”" for sentence in copy.sentences[:SHOWN])
        values = {
            "part": filing.form.section(copy.part).heading,
            "other": filings[copy.other].unit.name,
            "said": said,
            "shown": f"，如{shown}" if shown else "",
        }
        yield number, known.finding(values, (), place=f"narrative.{copy.part}")
