"""Looks of cells taken from one workbook into another: font, fill, border and number format, each entered once."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from gk_xl.workbook.namespaces import MAIN

if TYPE_CHECKING:
    from gk_xl.workbook.package.parts import Package

STYLES: Final = "xl/styles.xml"
_LISTS: Final = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_FIRST_OWN_FORMAT: Final = 164


class Looks:
    """Brings the cell formats of ``source`` into ``target``."""

    def __init__(self, source: Package, target: Package) -> None:
        self.source, self.target = source.root(STYLES), target.root(STYLES)
        self._known: dict[int, int] = {}

    def number(self, of_source: int) -> int:
        """Return the number that a look of the source has in the target."""
        if of_source not in self._known:
            look = copy.deepcopy(self.source.find(f"{MAIN}cellXfs")[of_source])
            for attribute, name in _LISTS.items():
                item = self.source.find(f"{MAIN}{name}")[int(look.get(attribute, 0))]
                look.set(attribute, str(_entered(self._list(name), item)))
            look.set("numFmtId", str(self._format(int(look.get("numFmtId", 0)))))
            look.set("xfId", "0")
            self._known[of_source] = _entered(self._list("cellXfs"), look)
        return self._known[of_source]

    def _list(self, name: str) -> Any:
        found = self.target.find(f"{MAIN}{name}")
        if found is None:
            raise ValueError(name)
        return found

    def _format(self, number: int) -> int:
        """Return the number that a number format has in the target; the built-in ones are the same everywhere."""
        if number < _FIRST_OWN_FORMAT:
            return number
        code = next(
            item.get("formatCode") for item in self.source.find(f"{MAIN}numFmts") if item.get("numFmtId") == str(number)
        )
        formats = self.target.find(f"{MAIN}numFmts")
        if formats is None:
            formats = self.target.makeelement(f"{MAIN}numFmts")
            self.target.insert(0, formats)
        for item in formats:
            if item.get("formatCode") == code:
                return int(item.get("numFmtId"))
        free = max([_FIRST_OWN_FORMAT - 1, *(int(item.get("numFmtId")) for item in formats)]) + 1
        formats.append(formats.makeelement(f"{MAIN}numFmt", numFmtId=str(free), formatCode=code))
        formats.set("count", str(len(formats)))
        return free


def _entered(items: Any, item: Any) -> int:
    """Return the number of an item in a list, at the end of which it is put when it is not there."""
    wanted = _shape(item)
    for number, other in enumerate(items):
        if _shape(other) == wanted:
            return number
    items.append(copy.deepcopy(item))
    items.set("count", str(len(items)))
    return len(items) - 1


def _shape(item: Any) -> tuple[Any, ...]:
    """Return what makes two items the same."""
    return (item.tag, tuple(sorted(item.attrib.items())), (item.text or "").strip(), tuple(map(_shape, item)))
