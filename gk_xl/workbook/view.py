"""What is asked of a workbook when it is judged, whether it is open in an application or a file on a disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Container

    from gk_xl.workbook.layout import Place
    from gk_xl.workbook.raw import RawSheet


class WorkbookView(Protocol):
    """A workbook as :mod:`gk_xl.workbook.integrity` sees it: a closed file, or an open workbook's live view."""

    @property
    def members(self) -> Container[str]:
        """The titles of its sheets."""

    @property
    def structure_locked(self) -> bool:
        """Whether sheets may not be added, deleted or renamed."""

    @property
    def saved_by_excel(self) -> bool:
        """Whether a missing lock of the structure is to be told: other programs drop it on saving."""

    def constant(self, name: str) -> str | None:
        """Return the text that a defined name holds; None when there is none."""

    def place(self, name: str) -> Place | None:
        """Return the cell a defined name stands for; None when it is missing or no single cell."""

    def sheet(self, title: str) -> RawSheet:
        """Return a sheet with its cells, merges and protection."""
