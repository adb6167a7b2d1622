"""What a report says of its blanks and strokes: 注：空白处为0, 说明：“/”表示0. Nothing else makes a blank 0."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.sources.labels import bare
from gk_xl.sources.model import NoteKind, Role, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gk_xl.sources.readings import TableReading

_STATED: Final = re.compile(
    r"(?:(?P<blank>空白|空格|留空|未填|没填|没有填|不填)|(?<![\u4e00-\u9fff])[“‘\"]?(?P<stroke>[/／\\]+)|"
    r"(?<![\u4e00-\u9fff])[“‘\"]?(?P<dash>[-－—–―]+)|(?P<word>[横斜][线杠]))"
    r"[^。；]{0,24}?(?<![不非])(?:为|表示|代表|视同|计作|计|按|即)[“‘\"]?(?:[0０](?![.\d])|零)"
)
_FOLLOWING: Final = re.compile(r"下同|以下各表|各表|表中|全文")
_STROKES: Final = {"斜": "/", "横": "-"}
_KINDS: Final = {"": "空白", "/": "斜线", "-": "横线"}


def put_zeros(readings: Iterable[TableReading], texts: Mapping[int, str]) -> None:
    """Put 0 into the blank cells, or those with a stroke, of a table with a note that these stand for 0, and tell it.

    ``texts`` are the lines by number; a note that says 下同 holds for the tables after it. The note is no text of the report.
    """
    following: dict[str, str] = {}
    for reading in readings:
        stated = dict(following)
        unplaced = [number for item in reading.notes if item.kind is NoteKind.UNPLACED for number in item.lines]
        for number in dict.fromkeys([*reading.prose, *unplaced]):
            text = bare(texts[number])
            own = {_meant(match): text for match in _STATED.finditer(text)}
            if own:
                reading.prose = [other for other in reading.prose if other != number]
                reading.notes = [
                    item for item in reading.notes if item.kind is not NoteKind.UNPLACED or number not in item.lines
                ]
                reading.roles.pop(number, None)
                reading.mark([number], Role.LAYOUT)
                stated |= own
                following |= own if _FOLLOWING.search(text) else {}
        for meant, text in stated.items():
            _put(reading, meant, text)


def _meant(match: re.Match[str]) -> str:
    """Return what stands for 0: "" for a blank, / or - for a stroke."""
    return "" if match["blank"] else "/" if match["stroke"] else "-" if match["dash"] else _STROKES[match["word"][0]]


def _put(reading: TableReading, meant: str, text: str) -> None:
    cells = [cell for cell in reading.placed if _shows(reading.cells.get(cell)) == meant]
    for cell in cells:
        reading.cells[cell] = 0
        reading.doubts.pop(cell, None)
    if cells:
        name = reading.table.name
        message = f"{name}有 {len(cells)} 格是{_KINDS[meant]}，按原文的“{text}”读作 0。"
        lines = {reading.placed[cell] for cell in cells}
        reading.notes.append(note(NoteKind.NORMALISED, lines, name, message, found=text, read="0"))


def _shows(value: object) -> str | None:
    """Return what a cell shows that may stand for 0; None for a number and for any other text."""
    if value is None:
        return ""
    shown = value.strip() if isinstance(value, str) else "?"
    return "/" if shown and not shown.strip("/／\\") else "-" if shown and not shown.strip("-－—–―") else None
