"""X-10, what numbers of a paragraph tell of one another where no fixed wording ties them; asked about as hints or warnings.

Channels that come to more than what came by them, a share of a whole that is told a sentence before, lists in more
than one unit, kinds announced by their number.
"""

from __future__ import annotations

import re
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.text.sentences import COUNTING, FIGURE
from gk_xl.checks.text_rules.arithmetic.percentages import ending, gives_share, told_shares, true_share
from gk_xl.checks.text_rules.arithmetic.swapped_digits import turned, turned_in_lists
from gk_xl.checks.text_rules.arithmetic.within_totals import within
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.text.sentences import Paragraph, Sentence

    Problem = tuple[str, Severity]

_WORDS: Final = Words(__file__)


def loosely(case: Case) -> Iterator[tuple[Sentence, str, Severity]]:
    """Yield the sentences whose numbers do not fit one another, with what is wrong and how grave it is."""
    yield from _ends_open(case)
    narrative = case.narrative
    whole = _Numbers([sentence.figures for sentence in narrative.bearing(FIGURE)])
    for sentence in narrative.bearing(COUNTING):
        for problem, severity in _problems(sentence.figures, narrative.before(sentence, BEFORE), whole):
            yield sentence, problem, severity


BEFORE: Final = 400
"""So many characters before a sentence a whole may stand."""


class _Numbers:
    """The numbers of a report by their unit, looked for once a unit."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._found: dict[str, frozenset[int]] = {}

    def of(self, unit: str) -> frozenset[int]:
        """Return the numbers of a unit."""
        if unit not in self._found:
            told = (number for text in self._texts for number in _numbers(text, unit))
            self._found[unit] = frozenset(islice(told, _MOST))
        return self._found[unit]


_MOST: Final = 200
"""Among more numbers than that some gives any share."""


def _ends_open(case: Case) -> Iterator[tuple[Sentence, str, Severity]]:
    """Yield what is announced and not given: behind a ：at the end of a part, or before the next heading; 以下四类信息。 with no list behind."""
    for part in ("preamble", "overview", "problems", "other_matters"):
        told = [paragraph for paragraph in case.narrative.part(part) if paragraph.sentences]
        sentences = [sentence for paragraph in told for sentence in paragraph.sentences]
        for sentence, behind in zip_longest(sentences, sentences[1:]):
            text = sentence.masked
            if text.endswith("：") and len(text) > _LABEL:
                sibling = behind is not None and behind.first and _siblings(sentence, behind, told)
                if behind is None or (sibling and _WORDS.follows.search(text)):
                    yield sentence, "“：”后面没有内容", Severity.WARNING
            elif (match := _WORDS.follows.search(text)) and not (behind and _WORDS.given.match(behind.masked)):
                same = behind is not None and behind.place == sentence.place
                if behind is not None and not same and not _siblings(sentence, behind, told):
                    continue  # the paragraphs behind are what is announced
                if not same or _WORDS.counted.search(match[0]):
                    yield sentence, f"“{match[0]}”后面没有列出来", Severity.HINT if same else Severity.WARNING


def _siblings(sentence: Sentence, behind: Sentence, told: Sequence[Paragraph]) -> bool:
    """Return whether the next paragraph's ordinal follows the paragraph's own: （一）……：, then （二）."""
    first = next(paragraph.sentences[0] for paragraph in told if sentence in paragraph.sentences)
    own, other = first.ordinal, behind.ordinal
    return bool(own and other) and _WORDS.ordinals.sub("", own) == _WORDS.ordinals.sub("", other)


_LABEL: Final = 8
"""A line as short is a heading that the reader knows to be empty."""


def _problems(text: str, before: str, whole: _Numbers) -> Iterator[Problem]:
    """Yield what is wrong in one sentence."""
    if "占" in text:
        yield from _shares(text, before, whole)
    if "其中" in text:
        yield from _in_several_units(text)
    yield from turned_in_lists(text, before)
    yield from within(text, before)


_SEVERAL: Final = 2


def _shares(text: str, before: str, whole: _Numbers) -> Iterator[Problem]:
    """Yield shares of what was published that no number of the report gives, and parts with 100 % of a whole that is another.

    公开信息465条……153条，占全年公开信息的39.2%; 发布信息1850条……网站1110条，占60%；公众号575条，占30%；报纸185条，占10%.
    """
    listed = [share for share in told_shares(text) if share.plain]
    total, least = sum(share.part for share in listed), max((share.part for share in listed), default=0)
    if len(listed) > _SEVERAL and abs(sum(float(share.rate) for share in listed) - 100) < _ROUNDED * len(listed):
        numbers = _numbers((before + text[: listed[0].start])[-BEFORE:], listed[0].unit)
        near = [number for number in numbers if least < number and abs(number - total) <= _NEAR * total]
        if near and total not in numbers and {share.unit for share in listed} in _PUBLISHED:
            parts = " + ".join(f"{tidy(share.part)}" for share in listed)
            yield f"{parts} = {tidy(total)}，前面的总数是 {near[-1]}", Severity.WARNING
    for share in islice(told_shares(text), _LISTED):
        numbers = _numbers((before + text[: share.start])[-BEFORE:], share.unit)
        wholes = [number for number in numbers if number >= share.part > 0]
        every = {*wholes, sum(numbers), *whole.of(share.unit)} if wholes and _WORDS.published.search(share.of) else ()
        if every and not gives_share(ending(share.part, numbers[-_LISTED:]), every, share.rate):
            yield true_share(share.part, max(wholes), share.rate), Severity.WARNING


_LISTED: Final = 12
_NEAR: Final = 0.1
_PUBLISHED: Final = ({"条"}, {"篇"}, {"期"}, {"份"})
"""What is published is counted in these; of applications those closed have their own total."""
_ROUNDED: Final = 0.06
"""So far from its number a share with a decimal may lie, rounded."""


def _numbers(text: str, unit: str) -> list[int]:
    """Return the numbers of a unit in a text."""
    return [int(number) for number in re.findall(rf"(?<![\d.])(\d+){unit}", text)]


_TOTAL_IN_FRONT: Final = regex(
    r"(?P<whole>(?<![\d.])\d{2,})(?P<unit>[条篇个期则部份])(?:信息)?，其中[：，]?(?P<list>[^。；]{4,120}?)(?=[。；])"
)
_PART: Final = regex(r"(?P<label>[^，、\d（）]{2,14}?)(?P<number>\d+)[条篇个期则部份]")


def _in_several_units(text: str) -> Iterator[Problem]:
    """Yield lists in more than one unit that would come to their total with two digits the other way round: 321篇，其中64篇、48个、200篇."""
    for match in _TOTAL_IN_FRONT.finditer(text):
        items = [_PART.fullmatch(part) for part in _WORDS.between.split(match["list"])]
        if len(items) < _SEVERAL or not all(items):
            continue
        units = {part[-1:] for part in _WORDS.between.split(match["list"])}
        found, told = sum(int(item["number"]) for item in items if item), match["whole"]
        if len(units) > 1 and turned(int(told), found):
            yield f"分项加起来是 {found}，总数写的是 {told}", Severity.WARNING
