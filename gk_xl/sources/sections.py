"""Where the six sections of a report begin: headings as printed, varied, numbered otherwise, or lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.annexes import begins
from gk_xl.sources.labels import bare, fold, likeness, split_ordinal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.schema import Edition, GridCell, Section
    from gk_xl.sources.model import Line

LONGEST: Final = 40
"""A longer line is a sentence, not a heading."""

_MARKUP: Final = re.compile(r"^\s*(?:#{1,6}\s+|>\s+|\*\*|__)+|(?:\*\*|__|\s#+)\s*$")
CLOSING: Final = re.compile(r"[:：。;；]+$")
_IMPLIED: Final = 0.3
LONGEST_PATH: Final = 80
"""Characters of a label with the groups that it stands in; a longer text is a sentence."""
SURE: Final = 0.85
"""A line that agrees so well with a heading is nothing else."""
_OPENING: Final = re.compile(r"[\u4e00-\u9fff]{0,8}(?:概述|概况|综述|总述|概要|情况|回顾|工作)")
_OPENS: Final = 0.35
"""How surely 一、概述 begins the first section, where nothing agrees with its heading."""
_DECORATED: Final = re.compile(r"^[▌▎■●◆★▶►◎□◇☆▲▍┃\s]+|^[【〖〔\[<《]+(?=[^】〗〕\]>》]*[】〗〕\]>》]\s*$)")
_PARTS: Final = (
    (re.compile(r"^第\s*([一二三四五六1-6])\s*(?:部分|章|节|篇)\s*+[、：:.．]?\s*+"), r"\1、"),
    (re.compile(r"^(?:PART|Part|part)\s*\.?\s*0?([1-6])\s*+[、：:.．]?\s*+"), r"\1、"),
    (re.compile(r"^0([1-6])\s*+[、：:.．]?\s*+"), r"\1、"),
)
"""How the parts of a report are numbered otherwise."""
_TWICE: Final = re.compile(r"^([一二三四五六])(?:[、.．]\s*)?\1(?=[、.．])")
"""The number of a list before the one that was typed: 三三、, 三、三、."""
_CAPITALS: Final = dict(zip("壹贰叁肆伍陆ⅠⅡⅢⅣⅤⅥ", "一二三四五六" * 2, strict=True))
_CONTENTS: Final = re.compile(r"[.…·‥．。_\s-]*\d{1,3}$")
_DOUBLED: Final = 4
"""Every fourth character of a text repeats the one before: no sentence does."""
_WITHIN: Final = re.compile(r"[-—–－/／\\>＞→|｜:：·•・]+")
_IN_BRACKETS: Final = re.compile(r"(?<=.)[（(]([^（）()]{3,})[）)]$")
"""How a label is parted from the one that it stands within."""
_NOTHING: Final = re.compile(r"(?:本(?:年度?|单位|机关)|我\S|目前|暂)?(?:无|没有)")
"""How a line begins that says that there is nothing: text of a section, not its heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a section: position in the list of lines, and how sure that is (1: as the form prints it).

    ``found`` is the heading as printed, ``rest`` what follows it in the same line. A table whose heading is missing
    begins, with ``found`` empty, at its first label.
    """

    section: Section
    position: int
    score: float
    found: str = ""
    rest: str = ""


def plain(text: str) -> str:
    """Return a line without the marks that Markdown puts on headings and bold text."""
    return _MARKUP.sub("", text).strip()


def undecorated(shown: str) -> str:
    """Return a heading without bars and brackets round it, its number as the form writes it: 【第一部分 总体情况】, 壹、."""
    text = _DECORATED.sub("", shown)
    if text != shown:
        text = text.rstrip("】〗〕]>》 ")
    for numbered, meant in (*_PARTS, (_TWICE, r"\1")):
        text = numbered.sub(meant, text)
    first = _CAPITALS.get(text[:1]) if text[1:2] in ("、", ".", "．") else None
    return text if first is None else first + text[1:]


def is_contents(text: str, edition: Edition) -> bool:
    """Return whether a line before the first section is one of a table of contents: a heading, with its page or without."""
    shown = bare(plain(text))
    return shown in ("目录", "目次") or heading_score(_CONTENTS.sub("", shown), edition) >= SURE


def find_headings(lines: Sequence[Line], edition: Edition) -> tuple[Heading, ...]:
    """Return the beginnings of the sections, in the form's order; sections not found are left out.

    Of all candidates those are chosen that follow one another in the form's order and agree best with its headings;
    a heading with nothing but the next one under it (a table of contents) counts less.
    """
    known = table_labels()
    candidates = []
    for position, line in enumerate(lines):
        if line.cells is None and "\t" not in line.text.strip() and fold(plain(line.text)) not in known:
            candidates += _as_heading(line.text, position, edition)
    candidates += _implied(lines, edition)
    return _best_sequence(lines, edition, candidates)


@lru_cache
def table_labels() -> frozenset[str]:
    """Return the folded labels of all tables of all editions."""
    return frozenset(
        fold(item.text)
        for name in edition_ids()
        for table in load_edition(name).tables
        for item in table.grid
        if item.text
    )


def is_table_label(text: str) -> bool:
    """Return whether a text is a label of a table, its ordinal written otherwise or left out."""
    folded = fold(text)
    return folded in table_labels() or split_ordinal(folded)[1] in _bodies()


@lru_cache(maxsize=4096)
def path_of(text: str) -> tuple[str, ...]:
    """Return the labels of a table that a text names one within the other, the widest first; the text where it does not.

    三、本年度办理结果—（一）予以公开, 行政诉讼（复议后起诉）; a group and a label of it with a comma, a blank or nothing between.
    """
    if is_table_label(text):
        return (text,)
    pieces = tuple(piece for piece in _WITHIN.split(_IN_BRACKETS.sub(r"—\1", bare(text))) if piece)
    if len(pieces) > 1 and all(map(is_table_label, pieces)):
        return pieces
    return _in_groups(bare(text)) or (text,)


def _in_groups(text: str) -> tuple[str, ...]:
    """Return the labels that a text is made of, groups before a label in them; () where it is not."""
    for end in range(2, len(text) - 1) if len(text) <= LONGEST_PATH else ():
        if fold(text[:end]) in group_labels() and (rest := text[end:].lstrip("，,、;；:：-—/")):
            inner = (rest,) if is_table_label(rest) else _in_groups(rest)
            if inner:
                return (text[:end], *inner)
    return ()


@lru_cache
def group_labels() -> frozenset[str]:
    """Return the folded labels that others stand in: beside several rows, or over other heads."""
    tables = [table.grid for name in edition_ids() for table in load_edition(name).tables]
    return frozenset(fold(item.text) for grid in tables for item in grid if not item.cell and _holds(item, grid))


def _holds(item: GridCell, grid: Sequence[GridCell]) -> bool:
    """Return whether a label has others in it."""
    if not item.head:
        return item.lines > 1
    below = [one for one in grid if one.head and one.line == item.line + item.lines]
    return any(item.column <= one.column and one.columns < item.columns for one in below)


@lru_cache(maxsize=4096)
def is_label_part(text: str) -> bool:
    """Return whether a text is a label of a table or a piece of one."""
    folded = fold(text)
    return bool(folded) and any(folded in label for label in table_labels())


def is_scrap(text: str) -> bool:
    """Return whether a text is what is left of a table's heads: labels beside one another, or their characters line by line.

    三三三本本本年年年: the heads of columns as wide as a character, read across. So is what is mostly digits.
    """
    shown = bare(text)
    doubled = sum(sign == following for sign, following in pairwise(shown))
    digits = sum(sign.isdigit() for sign in shown)
    return len(shown) < _DOUBLED * doubled or 2 * digits > len(shown) or all(map(is_label_part, text.split()))


def begins_table_label(text: str) -> bool:
    """Return whether a label of a table begins so, its ordinal written otherwise or left out."""
    folded = fold(text)
    body = split_ordinal(folded)[1]
    return any(label.startswith(folded) for label in table_labels()) or any(own.startswith(body) for own in _bodies())


@lru_cache
def _bodies() -> frozenset[str]:
    """Return the labels of all tables without their ordinals, the shortest left out: they may stand anywhere."""
    return frozenset(body for label in table_labels() if len(body := split_ordinal(label)[1]) > 2)


def heading_score(text: str, edition: Edition) -> float:
    """Return how surely a line is the heading of a section, from 0 to 1."""
    return max((heading.score for heading in _as_heading(text, 0, edition)), default=0.0)


def is_heading_again(text: str, section: Section) -> bool:
    """Return whether a line is a section's heading to the letter, numbered in whatever way; 其他需要报告的事项无 is a text."""
    body = split_ordinal(CLOSING.sub("", fold(undecorated(plain(text)))))[1]
    return any(body == split_ordinal(fold(printed))[1] for printed in (section.heading, *section.variants))


def _as_heading(text: str, position: int, edition: Edition) -> list[Heading]:
    """Return what sections a line may be the heading of, with its score."""
    shown = plain(text)
    found: list[Heading] = []
    if not shown or _NOTHING.match(shown):
        return found
    full, shown = shown, undecorated(shown)
    for number, section in enumerate(edition.sections, 1):
        best = (0.0, "")
        for printed in (section.heading, *section.variants):
            best = max(best, _score(shown, printed, number))
        if best[0]:
            heading = full if not best[1] else full[: len(full) - len(best[1])]
            found.append(Heading(section, position, best[0], heading.strip(), best[1].strip()))
    return found


def _score(shown: str, printed: str, number: int) -> tuple[float, str]:
    """Return how well a line agrees with a heading (0: not at all) and what follows the heading in the line."""
    folded, wanted = CLOSING.sub("", fold(shown)), fold(printed)
    if not folded:
        return 0.0, ""
    if folded == wanted:
        return 1.0, ""
    if folded.startswith(wanted):
        rest = _after(shown, len(wanted))
        if _CONTENTS.fullmatch(rest):
            return 0.0, ""
        return (0.9, rest.lstrip(":：。 \u3000")) if rest[0] not in "、，,；;" else (0.0, "")
    if len(bare(shown)) > LONGEST:
        return 0.0, ""
    (ordinal, body), (_, own) = split_ordinal(folded), split_ordinal(wanted)
    if body == own and not _top_level(folded):
        # （四）… inside 一 often repeats the heading of a later section.
        return (0.4 if ordinal == number else 0.0), ""
    if body == own:
        other = 0.7 if folded[0] in "一二三四五六七八九十" else 0.2
        return (0.95 if ordinal == number else 0.85 if ordinal is None else other), ""
    ratio = likeness(body, own)
    if ordinal == number and _top_level(folded) and (ratio >= 0.6 or _covers(body, own)):
        return 0.6 + 0.3 * ratio, ""
    if ordinal == number == 1 and _top_level(folded) and _OPENING.fullmatch(body):
        return _OPENS, ""
    return (0.8 * ratio, "") if ordinal is None and ratio >= 0.85 else (0.0, "")


def _after(shown: str, count: int) -> str:
    """Return what follows the first ``count`` characters of a text that are not white space."""
    seen = 0
    for index, character in enumerate(shown):
        seen += bool(bare(character))
        if seen > count:
            return shown[index:]
    return ""


def _top_level(folded: str) -> bool:
    """Return whether an ordinal is one of the first level (一、 or 1.), not （一）."""
    return not folded.startswith("(")


def _covers(body: str, own: str) -> bool:
    """Return whether all characters of the form's heading occur in the line in order: 工作总体推进情况."""
    if own in body:
        return len(body) <= 5 * len(own)
    rest = iter(body)
    return len(body) <= 3 * len(own) and all(character in rest for character in own)


def _implied(lines: Sequence[Line], edition: Edition) -> list[Heading]:
    """Return where each table's first labels stand, for tables whose heading is missing."""
    found = []
    for section in edition.sections:
        if not section.table:
            continue
        position = begins(lines, section.table)
        if position is not None:
            found.append(Heading(section, position, _IMPLIED))
    return found


def _best_sequence(lines: Sequence[Line], edition: Edition, candidates: list[Heading]) -> tuple[Heading, ...]:
    """Return the ascending sequence of candidates with the greatest sum of scores; the earliest among equals."""
    order = {section.id: number for number, section in enumerate(edition.sections)}
    sections: dict[int | None, set[str]] = {}
    for heading in candidates:
        if heading.score > _IMPLIED:
            sections.setdefault(heading.position, set()).add(heading.section.id)
    following = _following(lines)
    best: dict[int, tuple[float, tuple[Heading, ...]]] = {}  # by the section that a sequence ends with
    ranked = sorted(candidates, key=lambda heading: (heading.position, order[heading.section.id]))
    for _, same in groupby(ranked, key=lambda heading: heading.position):
        ending = []
        for heading in same:
            number = order[heading.section.id]
            below = sections.get(following[heading.position], {heading.section.id})
            hollow = heading.score > _IMPLIED and not heading.rest and heading.section.id not in below
            known = (found for last, found in best.items() if last < number)
            score, before = max(known, key=lambda found: found[0], default=(0.0, ()))
            ending.append((number, score + heading.score - (0.5 if hollow else 0.0), (*before, heading)))
        for number, score, sequence in ending:
            if number not in best or score > best[number][0]:
                best[number] = (score, sequence)
    return max(best.values(), key=lambda found: found[0], default=(0.0, ()))[1]


def _following(lines: Sequence[Line]) -> list[int | None]:
    """Return for each line the position of the next one that is not blank."""
    found: list[int | None] = []
    ahead: int | None = None
    for position in range(len(lines) - 1, -1, -1):
        found.append(ahead)
        ahead = position if bare(lines[position].text) else ahead
    return found[::-1]
