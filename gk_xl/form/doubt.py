"""What was read into a cell without being sure: kept with the filing until a person changes the cell or confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from gk_xl.form.schema import Value

UNREAD: Final = "没有读到"
"""The reason of a blank that is none: the source's table, or its place in it, could not be read."""


class Doubt(NamedTuple):
    """What was read into a cell, and why that is not sure; once the cell holds something else, the doubt is over."""

    value: Value
    reason: str

    @property
    def unread(self) -> bool:
        """Whether nothing could be read at all."""
        return self.value is None
