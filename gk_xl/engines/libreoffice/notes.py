"""The notes on LibreOffice Calc's cells for xlwings, over UNO."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.engines.libreoffice.process import in_words

if TYPE_CHECKING:
    from gk_xl.engines import protocol

NOTES = 8  # com.sun.star.sheet.CellFlags
WIDTH, LINE = 9_000, 500  # hundredths of a millimetre: of a note, and of what its text makes grow


def widened(annotation: Any) -> None:
    """Make a note wide enough to read; LibreOffice makes each 29 mm wide, and as long as that takes, past the window."""
    shape = annotation.getAnnotationShape()
    size = shape.getSize()
    size.Width, size.Height = WIDTH, LINE
    shape.setSize(size)


@in_words
class Note:
    """A note on one cell."""

    def __init__(self, cell: protocol.Range) -> None:
        self.location: Any = cell

    @property
    def api(self) -> Any:
        """The UNO annotation."""
        return self.location.cell().getAnnotation()

    @property
    def text(self) -> str:
        """What the note says."""
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.delete()
        self.location.add_note(value)

    @property
    def author(self) -> str:
        """Who wrote the note, as far as the application knows."""
        return str(self.api.Author)

    def delete(self) -> None:
        """Remove the note."""
        self.location.allow_formats()
        self.location.api.clearContents(NOTES)
