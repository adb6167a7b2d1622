"""X-48: units of one folder whose texts are one another's, apart from names, years and numbers.

Time grows with the length of all texts. A clause that many units share pairs each of them with the first and the one
before it only, so that a folder of copies costs no more than one without. Of each text a sketch is held (sketches.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import rule
from gk_xl.checks.text_rules.content.copied import similarity
from gk_xl.checks.text_rules.content.sketches import EACH, PARTS, Sketch, digest_number, digest_numbers, sketches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding

CODE: Final = "X-48"
ALIKE: Final = 0.9
"""What part of a section is the same when it counts as copied."""
SENTENCES: Final = 3
"""So many of them are no accident."""
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


MOST: Final = 400_000
"""Pieces that are held against each other at a time: more would fill the memory."""


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
        sizes = [len(own) // EACH for own in clauses]
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
    """Return for each text that has any its likeliest partners, each with how many clauses both have: most of those that few have first.

    Those share three (sentences are made of clauses) or one in ``FEWEST``; ``sizes`` is how many each has. Pairs are counted some at a time, so that memory
    does not grow with them.
    """
    groups = Counter(map(tuple, _holders(clauses).values()))
    count = len(clauses)
    least = min(sizes, default=0)
    best: dict[int, list[tuple[int, int, int]]] = {}
    rounds = 1 + 4 * sum(map(len, groups)) // MOST
    for at in range(rounds):
        together, few = Counter[int](), Counter[int]()
        for units, many in groups.items():
            pairs = [pair for pair in _pairs(units, count) if rounds == 1 or pair % rounds == at]
            together.update(pairs)
            for pair in pairs if many > 1 else ():  # what a whole place says is many clauses of the same units
                together[pair] += many - 1
            few.update(dict.fromkeys(pairs, many) if len(units) <= RARE else ())
        for pair, many in together.items():
            if many < SENTENCES and many * FEWEST < least:  # most share a clause or two, and no text is that short
                continue
            one, other = divmod(pair, count)
            if many >= SENTENCES or many * FEWEST >= min(sizes[one], sizes[other]):
                best.setdefault(one, []).append((other, many, few[pair]))
                best.setdefault(other, []).append((one, many, few[pair]))
    return {
        number: [found[:2] for found in nlargest(PARTNERS, told, key=itemgetter(2, 1))]
        for number, told in sorted(best.items())
    }


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


def pairs(known: Sequence[Sequence[Sketch]], among: Sequence[Sequence[Sketch]] = ()) -> list[Pair]:
    """Return all pairs of filings that share a text, by index; ``among`` are all that the folder holds (default: these).

    Meant for those that :func:`shared` has spoken of, a few: each is held against each.
    """
    alike: dict[tuple[int, int], float] = {}
    told: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for at, part in enumerate(PARTS):
        texts = [each[at] for each in known]
        everyone = [each[at].sentences for each in among or known]
        common = _common(_holders(everyone), len(everyone))
        own = [frozenset(digest_numbers(text.sentences)) - common for text in texts]
        looks = [(text.runs, text.kinds) for text in texts]
        for number, text in enumerate(texts):
            for other in range(number + 1, len(texts)):
                if len(own[number] & own[other]) < SENTENCES and _most_alike(looks[number], looks[other]) <= ALIKE:
                    continue
                found = _compared(part, known, (number, other), common, {})
                if found.alike <= ALIKE and len(found.sentences) < SENTENCES:
                    continue
                alike[number, other] = max(found.alike, alike.get((number, other), 0.0))
                both = text.text.sentences, texts[other].text.sentences
                told.setdefault((number, other), []).extend((part, one) for one in _shared_ones(*both, common))
    return [Pair(*both, alike[both], tuple(told[both])) for both in sorted(alike)]


def _holders(texts: Sequence[bytes]) -> Mapping[int, list[int]]:
    """Return which texts hold a piece, for each piece that more than one holds; most are one's own and cost little."""
    found: dict[int, list[int]] = {}
    rounds = 1 + sum(map(len, texts)) // EACH // MOST
    for at in range(rounds):
        once, more = set[int](), set[int]()
        for parts in texts:
            own = (
                {*digest_numbers(parts)}
                if rounds == 1
                else {piece for piece in digest_numbers(parts) if piece % rounds == at}
            )
            more |= once & own
            once |= own
        del once
        for number, parts in enumerate(texts):
            for piece in more.intersection(digest_numbers(parts)):
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
    shared_ones = _shared_ones(text.sentences, neighbour.sentences, common)
    return Copy(part, pair[1], seen[both], tuple(text.sentences[one] for one in shared_ones))


def _shared_ones(mine: Mapping[str, str], theirs: Mapping[str, str], common: frozenset[int]) -> list[str]:
    """Return the sentences of one text, masked, that the other has, too; each once, though it may be masked in two ways."""
    found: dict[str, str] = {}
    for one, raw in mine.items():
        if one in theirs and digest_number(one) not in common:
            found.setdefault(raw, one)
    return _widest([*found.values()])


def _widest(pieces: Sequence[str]) -> list[str]:
    """Return the pieces that stand in no other one: of a paragraph that is shared whole its sentences are not counted again."""
    return [one for one in pieces if not any(one is not other and one in other for other in pieces)]


def shared(filings: Sequence[Filing], texts: Sequence[Sequence[Sketch]] | None = None) -> Iterator[tuple[int, Finding]]:
    """Yield X-48 for each unit, by its index, and part that is another unit's: both units are told.

    ``texts`` are the filings' sketches, where they are known.
    """
    known = rule(CODE)
    for number, copy in copies([sketches(filing) for filing in filings] if texts is None else texts):
        filing = filings[number]
        whole = any("。" in one.rstrip("。") for one in copy.sentences)
        said = (
            f"有 {len(copy.sentences)} {'段、句' if whole else '句'}相同"
            if copy.alike <= ALIKE
            else f"有 {round(copy.alike * 100)}% 相同"
        )
        shown = "；".join(f"“{sentence[:60]}”" for sentence in copy.sentences[:SHOWN])
        values = {
            "part": filing.form.section(copy.part).heading,
            "other": filings[copy.other].unit.name,
            "said": said,
            "shown": f"，如{shown}" if shown else "",
        }
        yield number, known.finding(values, (), place=f"narrative.{copy.part}")
