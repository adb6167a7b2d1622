"""What follows for every engine's sheets from their ranges: addresses, clearing, the lock of the structure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from gk_xl.engines.core.addresses import area_of, whole_lines
from gk_xl.engines.core.errors import EngineError, Refusal

if TYPE_CHECKING:
    from gk_xl.engines import protocol


class BlockSheet(ABC):
    """One sheet. A subclass names what its ranges and their dressing are made of, and says what is in use."""

    RANGE: ClassVar[type[Any]]
    DRESSING: ClassVar[type[Any]]
    book: Any

    @property
    @abstractmethod
    def used_range(self) -> Any:
        """The cells up to the last one in use."""

    def range(self, first: Any, second: Any = None) -> protocol.Range:
        """Return a range by address, by row and column, or by a defined name."""
        try:
            found: Any = self.RANGE(self, *area_of(first, second))
        except ValueError:
            if second is not None:
                raise
            named: protocol.Range = self.book.names(first).refers_to_range
            return named
        found.arg1_input = whole_lines(first)
        made: protocol.Range = found
        return made

    @property
    def dressing(self) -> Any:
        """How the sheet's cells are locked, look, and take what is typed."""
        return self.DRESSING(self)

    def clear_contents(self) -> None:
        """Empty all cells."""
        self.used_range.clear_contents()

    def allow_structure(self) -> None:
        """Raise EngineError when sheets may not be added, moved or deleted."""
        if self.book.structure_locked:
            raise EngineError(Refusal.LOCKED_STRUCTURE, book=self.book.name)
