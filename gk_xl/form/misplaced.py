"""Text that stands in the wrong block: 一 typed into 前言, or a whole report pasted into 一, 前言 first, 五 and 六 behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.form.load import NARRATIVE
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.form.filing import Filing

_NUMBERED = regex(r"\s*[（(][一二三四五六七八][）)]\s*(.*)")
LONGEST = 24  # a longer line is a sentence, not a heading
_OF_PREAMBLE = ("统计期限", "电子版", "编制本报告", "编制本年度报告", "本年度报告由", "本报告由")


class Misplaced(NamedTuple):
    """How the parts of the text read when each paragraph stands in its own, those that change, and what would move."""

    parts: Mapping[str, tuple[str, ...]]
    said: str


def misplaced(filing: Filing) -> Misplaced | None:
    """Return what stands in the wrong part of the text; None where nothing does for certain."""
    form = filing.form
    before = {part: filing.paragraphs(part) for part in NARRATIVE}
    parts, moves = dict(before), list[str]()
    for part in ("other_matters", "problems"):  # the last first: what stands behind its heading is all its own
        heading = form.section(part).heading
        for other in () if parts[part] else NARRATIVE[: NARRATIVE.index(part)]:
            begins = next((at for at, text in enumerate(parts[other]) if _is_heading(text, heading)), None)
            if begins is not None and parts[other][begins + 1 :]:
                parts[part], parts[other] = parts[other][begins + 1 :], parts[other][:begins]
                moves.insert(0, f"{form.part_quoted(other)}里有 {len(parts[part])} 段是“{heading}”的内容")
                break
    moves = [*_about_preamble(filing, parts), *moves]
    changed = {part: texts for part, texts in parts.items() if texts != before[part]}
    return Misplaced(changed, "；".join(moves)) if moves else None


def _about_preamble(filing: Filing, parts: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Part 前言 and 一, and yield what would move: one of the two stands in the other."""
    section = filing.form.section("overview")
    preamble, overview = parts["preamble"], parts["overview"]
    begins = next((at for at, text in enumerate(preamble) if _begins(text, section.heading, section.parts)), None)
    if begins is not None:
        moved = preamble[begins + (_bare(preamble[begins]) == _bare(section.heading)) :]
        parts["preamble"], parts["overview"] = preamble[:begins], (*moved, *overview)
        yield f"前言里有 {len(preamble) - begins} 段是“{section.heading}”的内容（从“{_short(preamble[begins])}”起）"
        return
    begins = next((at for at, text in enumerate(overview) if _begins(text, section.heading, section.parts)), None)
    if begins is None or preamble:
        return
    heading = _bare(overview[begins]) == _bare(section.heading)
    spoken = [at for at, text in enumerate(overview[:begins]) if any(word in text for word in _OF_PREAMBLE)]
    last = begins if heading else max(spoken, default=-1) + 1
    if not last:
        return
    titled = int(_is_own_title(overview[0], filing))
    parts["preamble"], parts["overview"] = overview[titled:last], overview[last + heading :]
    title = "，第一段是标题，报告自己会印，不再留" if titled else ""
    yield f"“{section.heading}”开头有 {last} 段像是前言（“{_short(overview[0])}”{title}）"


def _is_own_title(text: str, filing: Filing) -> bool:
    """Return whether a paragraph is the title that the report prints anyway, with 人民政府 or without."""
    form, unit, year = filing.form, filing.unit.name, filing.year
    titles = form.title(unit, year), form.title_pattern.format(unit=unit, year=year)
    return bool(unit) and year is not None and _bare(text) in map(_bare, titles)


def _is_heading(text: str, heading: str) -> bool:
    """Return whether a paragraph is a section's heading: its number, and half of the pairs of characters as printed."""
    shown, printed = _bare(text), _bare(heading)
    if shown == printed or shown == printed[2:]:
        return True
    if shown[:2] != printed[:2] or len(shown) > LONGEST:
        return False
    pairs = [shown[at : at + 2] for at in range(2, len(shown) - 1)]
    return bool(pairs) and 2 * sum(pair in printed for pair in pairs) >= len(pairs)


def _begins(text: str, heading: str, parts: Sequence[str]) -> bool:
    """Return whether a paragraph begins 一: its heading, or the numbered name of one of its parts."""
    if _bare(text) == _bare(heading):
        return True
    match = _NUMBERED.match(text)
    return match is not None and any(match[1].startswith(part) for part in parts)


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip("。：:")


def _short(text: str) -> str:
    return text if len(text) <= 16 else f"{text[:16]}……"
