"""What plays an object of Excel: ``get_…`` reads a member, ``put_…`` sets it, ``call_…`` calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.doubles.excel.com import ComError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.doubles.excel.excel import Excel


BAD_INDEX = (0, None, None, None, 0, -2147352565)  # DISP_E_BADINDEX


class Played:
    """What plays an object: its type, and the Excel it belongs to."""

    TYPE = ""

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    def each(self) -> Iterator[Any]:
        """Yield what the object counts."""
        raise TypeError(f"{self.TYPE} is not a collection")


def found(items: list[Any], index: Any, name: Callable[[Any], str]) -> Any:
    """Return an item by number or by name, in any letters; ComError as Excel's “subscript out of range”."""
    if isinstance(index, int | float) and 1 <= index <= len(items):
        return items[int(index) - 1]
    for item in items:
        if isinstance(index, str) and name(item).lower() == index.lower():
            return item
    raise ComError(-2147352567, "发生意外。", BAD_INDEX)
