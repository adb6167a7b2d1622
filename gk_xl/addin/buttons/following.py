"""Sentences that follow the tables are brought up to date by a click, and said to be; the clerk reads numbers, never names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.judging import spot
from gk_xl.addin.com import set_print_area, values_of
from gk_xl.engines.core.addresses import column_letters
from gk_xl.form.links import changed_words, kept, links_of
from gk_xl.workbook.layout import CAPACITY, NARRATIVE_COLUMN
from gk_xl.workbook.linked import NAME, link_constants
from gk_xl.workbook.sheets.narrative import printed_rows

if TYPE_CHECKING:
    from gk_xl.addin.buttons.judging import Judged
    from gk_xl.addin.edit import Edit
    from gk_xl.workbook.grid import Reading
    from gk_xl.workbook.layout import Place

LISTED = 3  # so many changes a sentence tells


def follow(edit: Edit, book: Any, judged: Judged) -> str:
    """Let linked sentences show the numbers that the tables have now; return what was changed, empty where nothing was.

    A name in braces that the clerk typed becomes its number, and is linked from then on.
    """
    reading, told = judged.reading, list[str]()
    rows: dict[str, list[Any]] = {}
    for part, number, typed, now in reading.behind():
        old = rows.setdefault(part, part_rows(book, reading, part))
        row, line = row_of(old, number)
        rows[part] = with_line(old, row, line, now, over=True)
        first = reading.places[f"narrative.{part}.1"]
        edit.block(first.sheet, first.row + row, first.column, [[rows[part][row]]])
        told.append(_told(first.down(row), typed, now))
    links = kept(links_of(judged.filing), reading.links)
    if links != reading.links:
        edit.constants(NAME, link_constants(links))
    more = f"等 {len(told)} 处" if len(told) > LISTED else ""
    return f"正文里从表里来的数已按表更新：{'；'.join(told[:LISTED])}{more}。" if told else ""


def _told(place: Place, typed: str, now: str) -> str:
    old, new = changed_words(typed, now)
    return f"{spot(place)}“{old}”改为“{new}”"


def fit_pages(book: Any, judged: Judged) -> None:
    """Let the sheets of the text be printed to their last paragraph, without yellow pages behind."""
    form = judged.reading.layout
    for section in form.edition.sections:
        if section.narrative:
            last, rows = column_letters(NARRATIVE_COLUMN), printed_rows(form, section, judged.filing)
            areas = ",".join(f"$A${first}:${last}${row}" for first, row in rows)
            set_print_area(book.sheets[section.tab], areas)


def part_rows(book: Any, reading: Reading, part: str) -> list[Any]:
    """Return what stands in every row of a part of the text."""
    first = reading.places[f"narrative.{part}.1"]
    last = first.down(CAPACITY[part] - 1)
    cells = book.sheets[first.sheet].range((first.row, first.column), (last.row, last.column))
    return [row[0] for row in values_of(cells)]


def lines_of(value: Any) -> list[str]:
    """Return the paragraphs of a row: its lines that are not blank."""
    return [line for line in str("" if value is None else value).splitlines() if line.strip()]


def row_of(rows: list[Any], paragraph: int) -> tuple[int, int]:
    """Return in which row a paragraph (from 0) stands, and which line of it."""
    for number, value in enumerate(rows):
        lines = lines_of(value)
        if paragraph < len(lines):
            return number, paragraph
        paragraph -= len(lines)
    raise IndexError(paragraph)


def with_line(rows: list[Any], number: int, line: int, text: str, *, over: bool) -> list[Any]:
    """Return the rows with a text in place of a line of one row, or before it."""
    lines = lines_of(rows[number])
    lines[line : line + over] = [text]
    return [*rows[:number], "\n".join(lines), *rows[number + 1 :]]
