"""A sheet of thousands of rows: each is written down as it comes, a row at a time, and nothing of it is held.

XlsxWriter takes cells one by one, some microseconds each; of a province that is a minute for what has no looks of its own.
The head of such a sheet is XlsxWriter's, and all around it; its rows are put together here, as XlsxWriter writes them where
strings stand in their cells.
"""

from __future__ import annotations

import os
import shutil
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.xmlwriter import XMLwriter

from gk_xl.form.patterns import regex
from gk_xl.workbook.form_sheet import FormSheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.form.schema import Value

INTERNAL: Final = "internal:"
PLAIN_HEIGHT: Final = 20
"""The height of a row that says nothing of it, in dots."""
_AT_ONCE: Final = 1 << 20
_ODD: Final = regex("[\x00-\x08\x0b-\x1f&<>\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
"""What cannot stand in a cell as it is."""


class RowSheet(FormSheet):
    """A sheet that is written from top to bottom; made by ``add_worksheet`` of a workbook whose ``constant_memory`` is on."""

    def __init__(self) -> None:
        super().__init__()
        self._leads: list[str] = []

    def begin(self, row: int) -> None:
        """Write down what stands above a row (from 0)."""
        self._write_single_row(row)

    def put(self, row: int, cells: str, last: int, height: float | None = None) -> None:
        """Write the row that was begun: its cells, up to column ``last``, in points as high as said."""
        self._check_dimensions(row, last)
        self.fh.write(f'<row r="{row + 1}"{_height(height)}>{cells}</row>')

    def lead(self, row: int, column: int, target: str, tip: str = "") -> None:
        """Let a cell lead somewhere, ``target`` as XlsxWriter takes it."""
        told = f' tooltip="{attribute(tip)}"' if tip else ""
        place = f"{letters(column)}{row + 1}"
        if target.startswith(INTERNAL):
            location = attribute(target[len(INTERNAL) :])
            self._leads.append(f'<hyperlink ref="{place}" location="{location}"{told} display=" "/>')
            return
        path, _, anchor = target.partition("#")
        self.rel_count += 1
        self.external_hyper_links.append(_relation(path))
        at = f' location="{attribute(anchor)}"' if anchor else ""
        self._leads.append(f'<hyperlink ref="{place}" r:id="rId{self.rel_count}"{at}{told}/>')

    def _write_optimized_sheet_data(self) -> None:
        """Write the rows, which lie in a file of their own, without reading them as text once more."""
        self.fh.write("<sheetData>")
        for file in (self.fh, self.row_data_fh):
            file.flush()
        self.row_data_fh.buffer.seek(0)
        shutil.copyfileobj(self.row_data_fh.buffer, self.fh.buffer, _AT_ONCE)
        self.row_data_fh.close()
        os.unlink(self.row_data_filename)  # noqa: PTH108 - as XlsxWriter does
        self.fh.write("</sheetData>")

    def _write_hyperlinks(self) -> None:
        """Write where the cells lead to, in their order."""
        if self._leads:
            self.fh.write(f"<hyperlinks>{''.join(self._leads)}</hyperlinks>")


@lru_cache(maxsize=1 << 15)
def _relation(target: str) -> tuple[str, str, str]:
    """Return the relation by which a sheet leads to a file."""
    return "/hyperlink", Url(target)._target(), "External"  # noqa: SLF001 - what write_url does with it


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """Return the letters of a column (from 0)."""
    found: str = xl_col_to_name(column)
    return found


@lru_cache(maxsize=512)
def _height(points: float | None) -> str:
    """Return what a row says of its height."""
    dots = PLAIN_HEIGHT if points is None else int(points * 4 / 3 + 0.5)
    return "" if dots == PLAIN_HEIGHT else f' ht="{dots * 0.75:.16g}" customHeight="1"'


def attribute(text: str) -> str:
    """Return a text as it stands in an attribute."""
    for sign, written in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "&#xA;")):
        text = text.replace(sign, written)
    return text


def escaped(text: str) -> str:
    """Return a text as it stands between tags."""
    if _ODD.search(text) is None:
        return text
    found: str = XMLwriter._escape_control_characters(text)  # noqa: SLF001 - as in all its sheets
    return found.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_cell(place: str, look: int, text: str) -> str:
    """Return a cell that holds a text."""
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t{kept}>{escaped(text)}</t></is></c>'


def number_cell(place: str, look: int, number: float) -> str:
    """Return a cell that holds a number."""
    return f'<c r="{place}" s="{look}"><v>{number:.16G}</v></c>'


def blank_cell(place: str, look: int) -> str:
    """Return a cell that holds nothing."""
    return f'<c r="{place}" s="{look}"/>'


def formula_cell(place: str, look: int, formula: str, now: Value) -> str:
    """Return a cell that is worked out, with what it shows now."""
    kind = ' t="str"' if isinstance(now, str) and now else ""
    shown = "" if now is None else escaped(now) if isinstance(now, str) else now
    return f'<c r="{place}" s="{look}"{kind}><f>{escaped(formula)}</f><v>{shown}</v></c>'


class NumberRow:
    """A row of so many numbers from a column on, all of one look: 200 cells by one step where each is a plain number."""

    def __init__(self, first: int, count: int, look: int) -> None:
        self.first, self.count, self.look = first, count, look
        self._form = "".join(f'<c r="{letters(first + at)}\0" s="{look}"><v>%s</v></c>' for at in range(count))

    def plain(self, row: int, values: tuple[Value, ...]) -> str | None:
        """Return the cells of a row (from 0); None where one is no plain number."""
        kinds = set(map(type, values))
        if kinds == _WHOLE:
            if max(values) >= _LARGE or min(values) <= -_LARGE:  # type: ignore[type-var, operator]
                return None
            shown: Iterable[Any] = values
        elif kinds <= _NUMBERS:
            shown = tuple(f"{value:.16G}" for value in values)
        else:
            return None
        return self._form.replace("\0", str(row + 1)) % shown


_WHOLE, _NUMBERS, _LARGE = {int}, {int, float}, 10**15
