"""What is said at a glance: the point of a message, and what is to be mended first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gk_xl.workbook.content import Content
    from gk_xl.workbook.sheets.results import ResultLine

FIRST: Final = "先改："
"""What a verdict says before the first thing to mend; where it does, the box leads there."""
GLANCE: Final = 100
"""So many characters of a message a box repeats; the whole stands in the cell's note and in the list."""
_PAIRS: Final = {"“": "”", "（": "）", "《": "》"}
PRESSING: Final = ("level_suspect", "level_error", "level_warning")


def first_thing(content: Content, lines: Iterable[ResultLine]) -> str:
    """Return what to mend first: the first line's cell with what it should hold, else the point of its message."""
    line = next((line for line in lines if line.link and line.style in PRESSING), None)
    if line is None:
        return ""
    change = line.changes[0] if line.changes and not line.rewrite else None
    if change and line.shown != " ".join(content.layout.where(change.cell) or ()):
        change = None  # it is another cell than the line's
    point = f"{show(change.found)} 应为 {show(change.proposed)}" if change else ""  # else the message says both sides
    return f"{FIRST}{line.shown}，{point or point_of(line.message)}。"


def point_of(message: str) -> str:
    """Return what a message says is wrong: its first sentence, without the clerk's own words that it quotes at the end."""
    ends = [at for at, letter in _outside(message) if letter in "。\n"]
    head = message[: ends[0]] if ends else message
    opened = [at for at, letter in _outside(head) if letter == "“"]
    if head.endswith("”") and opened and head[: opened[-1]].endswith("："):
        head = head[: opened[-1] - 1]
    return shortened(head)


def shortened(text: str, most: int = GLANCE) -> str:
    """Return as much of a text as one reads at a glance, ended where the text pauses, never in a word or what it quotes."""
    if len(text) <= most:
        return text
    pauses = [at for at, letter in _outside(text[:most]) if letter in "。；，、：" and at]
    return f"{text[: pauses[-1]] if pauses else text[:most]}……"


def _outside(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character that stands in no quotation or bracket (one that opens it does), with its place."""
    closing: list[str] = []
    for at, letter in enumerate(text):
        if closing and letter == closing[-1]:
            closing.pop()
            continue
        if not closing:
            yield at, letter
        if letter == "“" or (letter in _PAIRS and closing[-1:] != ["”"]):
            closing.append(_PAIRS[letter])
