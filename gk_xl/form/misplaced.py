"""Text that stands in the wrong block: 一 typed into 前言, or a whole report pasted into 一, its 前言 first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.form.filing import Filing

_NUMBERED = regex(r"\s*[（(][一二三四五六七八][）)]\s*(.*)")
_OF_PREAMBLE = ("统计期限", "电子版", "编制本报告", "编制本年度报告", "本年度报告由", "本报告由")


class Misplaced(NamedTuple):
    """How 前言 and 一 read when each paragraph stands in its own block, and a sentence that says what would move."""

    preamble: tuple[str, ...]
    overview: tuple[str, ...]
    said: str


def misplaced(filing: Filing) -> Misplaced | None:
    """Return what stands in the wrong one of the two blocks; None where nothing does for certain."""
    section = filing.form.section("overview")
    preamble, overview = filing.paragraphs("preamble"), filing.paragraphs("overview")
    begins = next((at for at, text in enumerate(preamble) if _begins(text, section.heading, section.parts)), None)
    if begins is not None:
        count = len(preamble) - begins
        said = f"前言里有 {count} 段是“{section.heading}”的内容（从“{_short(preamble[begins])}”起）。要移到“一”里去吗？"
        moved = preamble[begins + (_bare(preamble[begins]) == _bare(section.heading)) :]
        return Misplaced(preamble[:begins], (*moved, *overview), said)
    begins = next((at for at, text in enumerate(overview) if _begins(text, section.heading, section.parts)), None)
    if begins is None or preamble:
        return None
    heading = _bare(overview[begins]) == _bare(section.heading)
    spoken = [at for at, text in enumerate(overview[:begins]) if any(word in text for word in _OF_PREAMBLE)]
    last = begins if heading else max(spoken, default=-1) + 1
    if not last:
        return None
    said = f"“{section.heading}”开头有 {last} 段像是前言（“{_short(overview[0])}”）。要移到前言里去吗？"
    return Misplaced(overview[:last], overview[last + heading :], said)


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
