"""What the window of LibreOffice holds: values, notes and protection of the sheets, and what it has lost of their looks."""

from __future__ import annotations

from functools import cache
from typing import Any

from gk_xl.workbook.build import content_for
from tests.real_apps.desk import right


def snapshot(document: Any) -> dict[str, Any]:
    """Return all that the sheets hold: values, notes, protection."""
    sheets = {}
    for name in document.Sheets.ElementNames:
        sheet = document.Sheets.getByName(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(True)
        sheets[name] = (cursor.getDataArray(), notes(sheet), sheet.isProtected())
    return sheets


def notes(sheet: Any) -> dict[tuple[int, int], str]:
    """Return the notes of a sheet by row and column, from 0."""
    found = sheet.getAnnotations()
    held = [found.getByIndex(number) for number in range(found.getCount())]
    places = [note.getPosition() for note in held]
    return {(place.Row, place.Column): note.getString() for place, note in zip(places, held, strict=True)}


@cache
def tables() -> dict[str, set[tuple[int, int]]]:
    """Return the cells of the tables, by sheet."""
    found: dict[str, set[tuple[int, int]]] = {}
    for name, place in content_for(right()).layout.names.items():
        if name.startswith(("t2.", "t3.", "t4.")):
            found.setdefault(place.sheet, set()).add((place.row, place.column))
    return found


def bare(document: Any) -> dict[str, list[tuple[int, int]]]:
    """Return the cells of the tables that the window paints nothing for.

    Undoing a cut, LibreOffice gives a cell back to its list of conditional formats, which it saves, and not to the cell
    itself, which it paints by: the file is sound, the window is not, and the next button mends it.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for title, cells in tables().items():
        rows, columns = zip(*cells, strict=True)
        corners = min(columns) - 1, min(rows) - 1, max(columns) - 1, max(rows) - 1
        groups = document.Sheets.getByName(title).getCellRangeByPosition(*corners).getUniqueCellFormatRanges()
        for group in (groups.getByIndex(number) for number in range(groups.getCount())):
            if not group.ConditionalFormat.getCount():
                within = {
                    (row + 1, column + 1)
                    for place in group.getRangeAddresses()
                    for row in range(place.StartRow, place.EndRow + 1)
                    for column in range(place.StartColumn, place.EndColumn + 1)
                }
                found.setdefault(title, []).extend(sorted(within & cells))
    return found
