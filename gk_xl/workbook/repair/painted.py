"""Which cells of a damaged sheet have a colour that no style of ours has: a clerk painted them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.engines.core.addresses import parse_address
from gk_xl.workbook.namespaces import MAIN
from gk_xl.workbook.repair.damaged import COLUMNS, ROWS
from gk_xl.workbook.styles import CONDITIONS, STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gk_xl.workbook.raw import RawWorkbook

_MEMBER: Final = "xl/styles.xml"
_WHITE: Final = "FFFFFF"


def painted(raw: RawWorkbook, title: str) -> list[tuple[int, int]]:
    """Return the cells that a clerk painted, row by row; none where the styles cannot be read."""
    if _MEMBER not in raw.package.namelist():
        return []
    foreign = _foreign(raw.xml(_MEMBER))
    cells = raw.xml(raw.members[title]).iter(f"{MAIN}c") if foreign else ()
    places = [parse_address(cell.get("r")) for cell in cells if cell.get("r") and cell.get("s") in foreign]
    return sorted((row, column) for row, column in places if row <= ROWS and column <= COLUMNS)


def _foreign(styles: Any) -> set[str]:
    """Return the cell formats whose fill is none of ours, by their numbers as cells write them."""
    looks = (*STYLES.values(), *CONDITIONS.values())
    ours = {str(look["bg_color"]).lstrip("#").upper() for look in looks if "bg_color" in look} | {_WHITE}
    fills = styles.find(f"{MAIN}fills")
    other = {str(number) for number, fill in enumerate(() if fills is None else fills) if not _is_of(fill, ours)}
    formats = styles.find(f"{MAIN}cellXfs")
    return {str(number) for number, one in enumerate(() if formats is None else formats) if one.get("fillId") in other}


def _is_of(fill: Any, ours: set[str]) -> bool:
    """Return whether a fill shows no colour, or one of ours."""
    pattern = fill.find(f"{MAIN}patternFill")
    if pattern is None:
        return len(fill) == 0  # a gradient is nobody's but the clerk's
    if pattern.get("patternType") in (None, "none", "gray125"):
        return True
    return all(colour in ours for colour in _colours(pattern))


def _colours(pattern: Any) -> Iterator[str]:
    """Yield the colour of a pattern as six digits; what a theme calls its first colour is white."""
    colour = pattern.find(f"{MAIN}fgColor")
    if colour is None or colour.get("indexed") in ("9", "64"):
        return
    if colour.get("theme") == "0" and not float(colour.get("tint") or 0):
        return
    yield str(colour.get("rgb") or "")[-6:].upper()
