"""Printed lines → paragraphs: a line that was broken in the middle of a sentence goes on in the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.sources.labels import bare, fold, split_ordinal
from gk_xl.sources.sections import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.sources.model import Line

SHORTEST, LONGEST = 18, 60
"""A printed line has some 28 characters; a shorter one is a heading or ends its paragraph, a longer one is a paragraph."""
_ENDED: Final = re.compile(r"[。！？：；:;!?…][”’）)】》]*$")
_INDENT: Final = ("\u3000\u3000", "    ")
_MARKED: Final = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|[一二三四五六七八九十]是|首先|其次|最后|附件|#|[-*•●◆] )"
)
PAGE_NUMBER: Final = re.compile(
    r"\s*(?:[-—–－―]\s*\d{1,3}\s*[-—–－―]|第\s*\d{1,3}\s*页(?:\s*[，,/]?\s*共\s*\d{1,3}\s*页)?"
    r"|[（(]?(?:续上?表|[续接]上页|[转接]下页|上接|下转)\s*(?:之?[\d一二三四五]|第\s*\d{1,2}\s*页)?[）)]?)\s*"
)
"""A line that is a page's number, or says that a table goes on there: -2-, — 3 —, 第 2 页, 续表1, （接上页）."""


def joined(lines: Sequence[Line], positions: Sequence[int]) -> list[tuple[str, tuple[int, ...]]]:
    """Return the paragraphs that some lines make, each with the numbers of its lines; page numbers between are left out."""
    result: list[tuple[str, tuple[int, ...]]] = []
    last = -1
    for position in positions:
        line = lines[position]
        text = plain(line.text)
        near = last >= 0 and all(
            PAGE_NUMBER.fullmatch(lines[between].text)
            for between in range(last + 1, position)
            if bare(lines[between].text)
        )
        gap = position - last - 1
        paged = any(PAGE_NUMBER.fullmatch(lines[between].text) for between in range(last + 1, position))
        if result and near and (not gap or paged) and _goes_on(lines[last], result[-1][0], line):
            before, numbers = result[-1]
            result[-1] = (before + text, (*numbers, line.number))
        else:
            result.append((text, (line.number,)))
        last = position
    return result


def _goes_on(before: Line, paragraph: str, line: Line) -> bool:
    """Return whether a paragraph goes on in a line: it stops in the middle of a sentence, and the line begins none."""
    if before.grid is not None or line.grid is not None or line.text.startswith(_INDENT):
        return False
    shown, text = bare(plain(before.text)), bare(plain(line.text))
    if not SHORTEST <= len(shown) <= LONGEST or _ENDED.search(shown) or _MARKED.match(text):
        return False
    heading = split_ordinal(fold(paragraph))[0] is not None and not re.search("[。，]", paragraph)
    return not heading or text[:1] in "，、。；）"
