"""X-48: units of one folder whose texts are one another's, apart from names, years and numbers.

Time and memory grow with the length of all texts. A clause that many units share pairs each of them with the first and
the one before it only, so that a folder of copies costs no more than one without; two texts are compared as a whole
only where they share enough clauses.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import rule
from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text_rules.copied import SHORTEST, similarity
from gk_xl.form.names import own_names
from gk_xl.form.patterns import regex
from gk_xl.form.sentences import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    """One part of a unit's report: masked as a whole, its long sentences (masked → as written), its clauses."""

    masked: str
    sentences: Mapping[str, str]
    clauses: frozenset[str]


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


def _text(filing: Filing, part: str, given: frozenset[str]) -> _Text:
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
    return _Text("".join(whole), sentences, frozenset(clauses))


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


def copies(filings: Sequence[Filing]) -> Iterator[tuple[int, Copy]]:
    """Yield for each filing, by its index, what it shares with the one whose text is most alike, part by part."""
    given = [_suggested(filing) for filing in filings]
    for part in PARTS:
        texts = [_text(filing, part, known) for filing, known in zip(filings, given, strict=True)]
        holders = _holders(text.clauses for text in texts)
        common = _common(_holders(text.sentences for text in texts), len(texts))
        partners: list[Counter[int]] = [Counter() for _ in texts]
        for units in holders.values():
            for one, other in _pairs(units):
                partners[one][other] += 1
                partners[other][one] += 1
        known: dict[tuple[int, int], float] = {}
        for number, text in enumerate(texts):
            found = max(
                (
                    _compared(part, text, texts[other], other, common, _alike(texts, number, other, known))
                    for other, _ in partners[number].most_common(PARTNERS)
                ),
                key=lambda copy: (copy.alike, len(copy.sentences)),
                default=None,
            )
            if found is not None and (found.alike > ALIKE or len(found.sentences) >= SENTENCES):
                yield number, found


def pairs(filings: Sequence[Filing], among: int = 0) -> list[Pair]:
    """Return all pairs of filings that share a text, by index; ``among`` is how many the folder holds (default: these).

    Meant for those that :func:`shared` has spoken of, a few: each is held against each.
    """
    given = [_suggested(filing) for filing in filings]
    alike: dict[tuple[int, int], float] = {}
    told: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for part in PARTS:
        texts = [_text(filing, part, known) for filing, known in zip(filings, given, strict=True)]
        common = _common(_holders(text.sentences for text in texts), max(among, len(texts)))
        for number, text in enumerate(texts):
            for other in range(number + 1, len(texts)):
                found = _compared(part, text, texts[other], other, common, _alike(texts, number, other, {}))
                if found.alike <= ALIKE and len(found.sentences) < SENTENCES:
                    continue
                alike[number, other] = max(found.alike, alike.get((number, other), 0.0))
                shared_ones = [one for one in text.sentences if one in texts[other].sentences and one not in common]
                told.setdefault((number, other), []).extend((part, one) for one in shared_ones)
    return [Pair(*both, alike[both], tuple(told[both])) for both in sorted(alike)]


def _holders(texts: Iterable[Iterable[str]]) -> Mapping[str, list[int]]:
    """Return which texts hold a piece, for each piece that more than one holds."""
    found: dict[str, list[int]] = {}
    for number, pieces in enumerate(texts):
        for piece in pieces:
            found.setdefault(piece, []).append(number)
    return {piece: units for piece, units in found.items() if len(units) > 1}


def _common(holders: Mapping[str, list[int]], units: int) -> frozenset[str]:
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


def _alike(texts: Sequence[_Text], one: int, other: int, known: dict[tuple[int, int], float]) -> float:
    """Return how alike two texts are as a whole, worked out once for both of them; 0 where one is too short to say."""
    pair = min(one, other), max(one, other)
    if pair not in known:
        left, right = (texts[number].masked for number in pair)
        known[pair] = similarity(left, right) if min(len(left), len(right)) >= SHORTEST else 0.0
    return known[pair]


def _compared(part: str, text: _Text, other: _Text, number: int, common: frozenset[str], alike: float) -> Copy:
    """Return what two texts share that are so much alike as a whole."""
    shared = [raw for sentence, raw in text.sentences.items() if sentence in other.sentences and sentence not in common]
    return Copy(part, number, alike, tuple(shared))


def shared(filings: Sequence[Filing]) -> Iterator[tuple[int, Finding]]:
    """Yield X-48 for each unit, by its index, and part that is another unit's: both units are told."""
    known = rule(CODE)
    for number, copy in copies(filings):
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
