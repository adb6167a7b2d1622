"""Tables drawn with characters in a text: lines of bars and corners, and the cells that a browser copies one by one.

Both become lines with bars or tabs, one for each row, which every reader of text knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.shape import shape_of
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BARS: Final = re.compile("[│┃║┆┊╎▏]")
_BORDER: Final = re.compile(
    r"[\s│┃║|]*(?:[├┤┬┴┼┌┐└┘╔╗╚╝╠╣╦╩╬╞╡╪╟╢╫─━═┄┈]|\+[-=+]{2,})[\s├┤┬┴┼┌┐└┘╔╗╚╝╠╣╦╩╬╞╡╪╟╢╫─━═┄┈│┃║|+\-=]*"
)
_FRAME: Final = re.compile(r"\s*[|│┃║┆┊╎▏]")
_PARTLY: Final = re.compile("[─━═]{2,}")


def redrawn(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return a text's lines with their numbers (1-based), drawn rows put together into one line each."""
    numbered = list(enumerate(lines, 1))
    if any(_BORDER.fullmatch(line) for line in lines):
        numbered = list(_boxes(numbered))
    numbered = [(number, _unframed(line)) for number, line in numbered]
    return list(_copied(numbered)) if _is_copied(lines) else numbered


def _unframed(line: str) -> str:
    """Return a line without the bars around it where they frame one text that is no cell of a table."""
    if not _FRAME.match(line):
        return line
    cells = [cell.strip() for cell in _FRAME.split(line.strip())]
    text = cells[1] if len(cells) > 2 and not any(cells[2:]) else ""
    return text if text and not is_value(text) and not _is_label(text) else line


def _is_label(text: str) -> bool:
    """Return whether a text may be a label of the form."""
    tables = ((name, table.id) for name in edition_ids() for table in load_edition(name).tables)
    return any(shape_of(name, table).labels(text) for name, table in tables)


def _boxes(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield lines in which what stands between two drawn borders is one row."""
    row: list[tuple[int, str]] = []
    for number, line in lines:
        if _BORDER.fullmatch(line) or (_BARS.search(line) and _PARTLY.search(line)):
            yield from _row(row)
            row = []
        elif _BARS.search(line) or (row and "|" in line):
            row.append((number, _BARS.sub("|", line).strip()))
        else:
            yield from _row(row)
            row = []
            yield number, line
    yield from _row(row)


def _row(row: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the printed lines of a row as one, each cell's pieces joined; as they are where their bars differ."""
    cells = [line.removeprefix("|").removesuffix("|").split("|") for _, line in row]
    wide = {len(line) for line in cells}
    if len(row) > 1 and len(wide) == 1 and wide != {1} and _is_one_row(cells):
        joined = ("".join(piece.strip() for piece in column) for column in zip(*cells, strict=True))
        yield row[0][0], f"|{'|'.join(joined)}|"
    else:
        yield from row


def _is_one_row(cells: list[list[str]]) -> bool:
    """Return whether printed lines are pieces of one row: no column has numbers in two of them."""
    columns = zip(*cells, strict=True)
    return all(sum(piece.strip().isdigit() for piece in column) <= 1 for column in columns)


def _is_copied(lines: Sequence[str]) -> bool:
    """Return whether cells stand one by one with a tab alone between blank lines, as browsers copy paragraphs in cells."""
    led = any(line.startswith("\t") and line.strip() for line in lines)
    tabs = sum(_is_tab(lines, index) for index in range(1, len(lines) - 1))
    return not led and tabs >= 3


def _is_tab(lines: Sequence[str], index: int) -> bool:
    return lines[index] == "\t" and not lines[index - 1].strip("\r") and not lines[index + 1].strip("\r")


def _copied(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield lines in which the cells of a row stand behind one another with tabs between.

    Between two cells stand a blank line, a tab alone, a blank line; a row ends where two filled lines touch. A blank cell
    is a line with a blank in it.
    """
    texts = [text for _, text in lines]
    row: list[str] = []
    number = 0
    index, separated = 0, False
    while index < len(texts):
        if index + 2 < len(texts) and texts[index] == "" and _is_tab(texts, index + 1):
            separated = True
            index += 3
            continue
        if separated and texts[index] == "":
            index += 1  # a blank line inside a cell parts its paragraphs
            continue
        starts = index + 2 < len(texts) and texts[index + 1] == "" and _is_tab(texts, index + 2)
        if separated:
            row.append(texts[index].strip())
        elif starts:
            yield from _flushed(number, row)
            row, number = [texts[index].strip()], lines[index][0]
        else:
            yield from _flushed(number, row)
            row = []
            yield lines[index]
        separated = False
        index += 1
    yield from _flushed(number, row)


def _flushed(number: int, row: list[str]) -> Iterator[tuple[int, str]]:
    if row:
        yield number, "\t".join(row)
