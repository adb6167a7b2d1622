"""X-48: units of one folder whose texts are one another's, apart from names, years and numbers.

Time grows with the length of all texts. A clause that many units share pairs each of them with the first and the one
before it only, so that a folder of copies costs no more than one without. What is held of a text is its sketch, which
can be kept from one run to the next: two texts are unpacked and compared only where their sketches allow a copy.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import Counter, defaultdict
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import rule
from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text_rules.content.copied import SHORTEST, WINDOW, bare, similarity
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.names import own_names
from gk_xl.form.sentences import templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gk_xl.form.filing import Filing, Unit
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

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
FEWEST: Final = 5
"""One clause in so many is shared by texts of which nine tenths of the runs are the same: another character is four other
runs, so that no more than one clause is another's in forty characters, and clauses have some twelve."""
PARTNERS: Final = 3
"""So many likely partners of a unit are compared as a whole."""
SHOWN: Final = 2


_BUCKETS: Final = 8192
"""Runs of four characters are told apart in a sketch as one of so many kinds."""
_ONE: Final = ord("1")
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
            sentence = _WORDS.ordinal.sub("", blotted)
            if sentence in given:
                continue
            whole.append(sentence)
            if len(sentence) >= LONG:
                sentences[sentence] = raw
            clauses.update(clause for clause in _WORDS.mark.split(sentence) if len(clause) >= CLAUSE)
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

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_EACH).digest()


def _number(text: str) -> int:
    """Return the number that stands for a text."""
    return int.from_bytes(_digest(text), "little")


def _numbers(digests: bytes) -> tuple[int, ...]:
    """Return the numbers that stand for texts, in their order."""
    return struct.unpack(f"<{len(digests) // _EACH}Q", digests)


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


def copies(known: Sequence[Sequence[Sketch]]) -> Iterator[tuple[int, Copy]]:
    """Yield for each filing, by its index, what it shares with the one whose text is most alike, part by part.

    A sketch is asked for when it is needed, wherever it lies, and not held.
    """
    for at, part in enumerate(PARTS):
        sentences, clauses = zip(*((text.sentences, text.clauses) for each in known if (text := each[at])), strict=True)
        holders = _holders(sentences)
        common = _common(holders, len(known))
        held: defaultdict[int, set[int]] = defaultdict(set)  # what others say, too: all that two can have in common
        for sentence, numbers in holders.items():
            if sentence not in common:
                for number in numbers:
                    held[number].add(sentence)
        sizes = [len(own) // _EACH for own in clauses]
        seen: dict[tuple[int, int], float] = {}
        look = _looks(known, at)
        best: dict[int, Copy] = {}
        for number, partners in _partners(clauses, sizes).items():
            own = held.get(number, set())
            likely = [
                other
                for other, many in partners
                if (own and len(own & held.get(other, set())) >= SENTENCES)
                or (
                    many * FEWEST >= min(sizes[number], sizes[other]) and _most_alike(look(number), look(other)) > ALIKE
                )
            ]
            found = max(
                (_compared(part, known, (number, other), common, seen) for other in likely),
                key=lambda copy: (copy.alike, len(copy.sentences)),
                default=None,
            )
            if found is not None and _copied(found):
                best[number] = found
        for number, found in list(best.items()):  # both are told, also one whose own likeliest partners are others
            if found.other not in best:
                back = _compared(part, known, (found.other, number), common, seen)
                if _copied(back):
                    best[found.other] = back
        yield from sorted(best.items())


def _copied(copy: Copy) -> bool:
    """Return whether what two units share is a copy."""
    return copy.alike > ALIKE or len(copy.sentences) >= SENTENCES


def _partners(clauses: Sequence[bytes], sizes: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Return for each text that has any its likeliest partners, each with how many clauses both have, most first.

    Those share three (sentences are made of clauses) or one in ``FEWEST``; ``sizes`` is how many each has. Pairs are counted some at a time, so that memory
    does not grow with them.
    """
    groups = Counter(map(tuple, _holders(clauses).values()))
    count = len(clauses)
    least = min(sizes, default=0)
    best: dict[int, list[tuple[int, int]]] = {}
    rounds = 1 + 4 * sum(map(len, groups)) // MOST
    for at in range(rounds):
        together = Counter[int]()
        for units, many in groups.items():
            pairs = [pair for pair in _pairs(units, count) if rounds == 1 or pair % rounds == at]
            together.update(pairs)
            for pair in pairs if many > 1 else ():  # what a whole place says is many clauses of the same units
                together[pair] += many - 1
        for pair, many in together.items():
            if many < SENTENCES and many * FEWEST < least:  # most share a clause or two, and no text is that short
                continue
            one, other = divmod(pair, count)
            if many >= SENTENCES or many * FEWEST >= min(sizes[one], sizes[other]):
                best.setdefault(one, []).append((other, many))
                best.setdefault(other, []).append((one, many))
    return {number: nlargest(PARTNERS, found, key=itemgetter(1)) for number, found in sorted(best.items())}


def _looks(known: Sequence[Sequence[Sketch]], at: int) -> Callable[[int], tuple[int, int]]:
    """Return how to ask for a text's runs, how many and of which kinds; the partners of one are often the next one's."""

    @lru_cache(maxsize=64)
    def look(number: int) -> tuple[int, int]:
        text = known[number][at]
        return text.runs, text.kinds

    return look


def _most_alike(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return how alike two texts can be at most, given the runs of each: those of a kind that the other has not are its own."""
    (runs, kinds), (others, theirs) = one, other
    if not (runs and others):
        return 0.0
    both = min(runs - (kinds & ~theirs).bit_count(), others - (theirs & ~kinds).bit_count())
    return 2 * both / (runs + others)


def pairs(known: Sequence[Sequence[Sketch]], among: int = 0) -> list[Pair]:
    """Return all pairs of filings that share a text, by index; ``among`` is how many the folder holds (default: these).

    Meant for those that :func:`shared` has spoken of, a few: each is held against each.
    """
    alike: dict[tuple[int, int], float] = {}
    told: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for at, part in enumerate(PARTS):
        texts = [each[at] for each in known]
        common = _common(_holders([text.sentences for text in texts]), max(among, len(texts)))
        own = [frozenset(_numbers(text.sentences)) - common for text in texts]
        looks = [(text.runs, text.kinds) for text in texts]
        for number, text in enumerate(texts):
            for other in range(number + 1, len(texts)):
                if len(own[number] & own[other]) < SENTENCES and _most_alike(looks[number], looks[other]) <= ALIKE:
                    continue
                found = _compared(part, known, (number, other), common, {})
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
            own = {*_numbers(parts)} if rounds == 1 else {piece for piece in _numbers(parts) if piece % rounds == at}
            more |= once & own
            once |= own
        del once
        for number, parts in enumerate(texts):
            for piece in more.intersection(_numbers(parts)):
                found.setdefault(piece, []).append(number)
    return found


def _common(holders: Mapping[int, list[int]], units: int) -> frozenset[int]:
    """Return the sentences that are set phrases of the place."""
    most = max(SET_PHRASE, units // 5)
    return frozenset(sentence for sentence, found in holders.items() if len(found) > most)


def _pairs(units: Sequence[int], count: int) -> list[int]:
    """Return the pairs of units that a shared clause makes likely partners, each as one number: first × count + second."""
    if len(units) <= RARE:
        return [one * count + other for at, other in enumerate(units) for one in units[:at]]
    first = units[0] * count
    return [one * count + other for one, other in pairwise(units)] + [first + other for other in units[2:]]


def _compared(
    part: str,
    known: Sequence[Sequence[Sketch]],
    pair: tuple[int, int],
    common: frozenset[int],
    seen: dict[tuple[int, int], float],
) -> Copy:
    """Return what the first of a pair shares with the other; ``seen`` is how alike two are as a whole, worked out once for both."""
    mine, theirs = (known[number][PARTS.index(part)] for number in pair)
    text, neighbour = mine.text, theirs.text
    both = min(pair), max(pair)
    if both not in seen:
        seen[both] = similarity(text.masked, neighbour.masked) if mine.runs and theirs.runs else 0.0
    shared_ones = [
        raw for said, raw in text.sentences.items() if said in neighbour.sentences and _number(said) not in common
    ]
    return Copy(part, pair[1], seen[both], tuple(shared_ones))


def shared(filings: Sequence[Filing], texts: Sequence[Sequence[Sketch]] | None = None) -> Iterator[tuple[int, Finding]]:
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
