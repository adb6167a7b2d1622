"""Ranges of a closed .xlsx file for xlwings, through openpyxl: names, links, notes, and what copies cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import quoted
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.refused import Refused
from gk_xl.engines.openpyxl import moving
from gk_xl.engines.openpyxl.formatted import Formatted
from gk_xl.engines.openpyxl.looks import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE_WIDTH = 320  # pixels


class Range(Formatted):
    """A rectangle of cells in a closed file."""

    autofit = Refused(Refusal.NOT_DRAWN)
    copy_picture = Refused(Refusal.NOT_DRAWN)
    to_pdf = Refused(Refusal.NOT_DRAWN)
    to_png = Refused(Refusal.NOT_DRAWN)
    insert = Refused(Refusal.NOT_CALCULATED)  # formulas elsewhere would have to follow
    delete = Refused(Refusal.NOT_CALCULATED)
    move = Refused(Refusal.NOT_CALCULATED)

    # names, links, notes ----------------------------------------------------------------------------------

    @property
    def name(self) -> Any:
        """The defined name that stands for exactly this range; None without one."""
        wanted = {f"={sheet}!{self.address}" for sheet in (quoted(self.sheet.name), f"'{self.sheet.name}'")}
        return next((name for _, name in self.sheet.book.names.snapshot() if name.refers_to in wanted), None)

    @name.setter
    def name(self, value: Any) -> None:
        self.sheet.book.names.add(value, f"='{self.sheet.name}'!{self.address}")

    @property
    def hyperlink(self) -> str:
        """The address that the first cell links to."""
        link = self.first.hyperlink
        if link is None:
            raise KeyError(f"{self.address} holds no link")
        return f"#{link.location}" if link.location else str(link.target)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Link the first cell to an address, or to a place in the workbook (``#'表'!A1``)."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        self.allow_formats()
        self.sheet.put(self.row, self.column, text_to_display or address)
        inside = address.startswith("#")
        where = {"location": address[1:]} if inside else {"target": address}
        self.first.hyperlink = Hyperlink(ref=self.first.coordinate, tooltip=screen_tip, **where)

    @property
    def note(self) -> Note | None:
        """The note of the first cell; None without one."""
        return Note(self.first, self) if self.first.comment else None

    def add_note(self, text: str) -> Note:
        """Attach a note to the first cell, tall enough for its text."""
        from openpyxl.comments import Comment

        self.allow_formats()
        lines = sum(-(-max(1, len(line)) // 22) for line in text.split("\n"))
        self.first.comment = Comment(text, "gk_xl", width=NOTE_WIDTH, height=min(400, 24 + 18 * lines))
        return Note(self.first, self)

    # what moves cells about ---------------------------------------------------------------------------------

    def copy(self, destination: Any = None) -> None:
        """Copy the cells to another range, again and again where it is several times as large; else to be pasted."""
        self.sheet.book.app.cut_copy_mode = None
        if destination is None:
            self.sheet.book.app.copied = self
            return
        target, kept = destination.impl, moving.keep(self)
        target.allow_values()
        times = [
            max(1, whole // own) if whole % own == 0 else 1 for whole, own in zip(target.shape, self.shape, strict=True)
        ]
        for down in range(times[0]):
            for right in range(times[1]):
                place = target.at(target.row + down * self.shape[0], target.column + right * self.shape[1])
                moving.put_down(place, kept, moving.PARTS["all"])

    def autofill(self, destination: Any, type_: str) -> None:
        """Repeat the cells over a range that begins with them, so many times as large; EngineError for a series: nothing is reckoned."""
        target = destination.impl
        begins = (target.row, target.column) == (self.row, self.column)
        whole = all(other % own == 0 for own, other in zip(self.shape, target.shape, strict=True))
        if type_ != "fill_copy" or not (begins and whole):
            raise EngineError(Refusal.UNSUPPORTED, what=f"Range.autofill: {type_}")
        self.copy(destination)

    def paste(
        self, paste: str | None = None, operation: str | None = None, skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Paste what was copied: all, or ``values``, ``formulas``, ``formats``, ``comments``, ``column_widths``."""
        self.allow_formats()
        source = self.sheet.book.app.copied
        if source is None:
            raise EngineError(Refusal.UNSUPPORTED, what="Range.paste: nothing was copied")
        moving.paste(self, source, paste or "all", operation, skip_blanks=skip_blanks, transpose=transpose)

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy another range here: all of it, its ``values``, ``formulas`` or ``formats``."""
        self.allow_formats()
        moving.paste(self, source_range.impl, copy_type, None, skip_blanks=skip_blanks, transpose=transpose)

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        """Sort the rows by some columns, counted from 1."""
        self.allow_values()
        moving.sort(self, keys, ascending, has_headers=has_headers)
