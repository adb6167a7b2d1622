"""How the cells of a workbook that is not ours are seen where that is not what they hold: hidden, struck out, scaled, rounded.

Element names are those of ECMA-376 part 1, chapter 18.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gk_xl.engines.core.addresses import parse_address
from gk_xl.sources.document import STRUCK, UNSEEN
from gk_xl.workbook.namespaces import MAIN
from gk_xl.workbook.raw import LARGEST_TREE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gk_xl.workbook.raw import RawWorkbook

Place = tuple[int, int]
_USUAL, _SMALL = 11.0, 0.7
"""Points of a text that does not tell its size; one of so much of another's size is small."""
_WHITE: Final = "FFFFFF"
_OFF: Final = ("0", "false")
_BUILT_IN: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"} | dict.fromkeys(
    (37, 38, 41, 42), "#,##0") | dict.fromkeys((39, 40, 43, 44), "#,##0.00")  # fmt: skip
_LITERAL: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
_DIGITS: Final = re.compile(r"[#0?](?:,?[#0?])*(?P<thousands>,*)(?:\.(?P<places>[#0?]*))?(?P<percent>%?)")
_OTHER: Final = re.compile(r"[eE/yYdDhHsS@]|m|General")
"""In the code of a number that is shown as a power, a fraction, a date, a text, or as it is."""


class Looks:
    """What is seen of the sheets of a workbook."""

    def __init__(self, raw: RawWorkbook) -> None:
        self.raw = raw
        self.styles = [*self._styles()]
        self.struck: dict[int, Any] = {}
        """The shared strings whose parts tell by themselves whether they are struck out."""
        self.strings = self._strings()

    def sheets(self) -> list[str]:
        """Return the sheets that are seen."""
        told = {item.get("name"): item.get("state", "visible") for item in self.raw.book.find(f"{MAIN}sheets")}
        return [title for title in self.raw.members if told.get(title) == "visible"]

    def hidden(self, title: str) -> tuple[set[int], set[int]]:
        """Return the rows and the columns of a sheet that are hidden, from 1."""
        root = self.root(self.raw.members[title])
        rows, columns = set[int](), set[int]()
        for number, row in enumerate(() if root is None else root.iter(f"{MAIN}row"), 1):
            if row.get("hidden", "0") not in _OFF:
                rows.add(int(row.get("r") or number))
        for column in () if root is None else root.iter(f"{MAIN}col"):
            if column.get("hidden", "0") not in _OFF:
                columns |= set(range(int(column.get("min")), min(int(column.get("max")), 200) + 1))
        return rows, columns

    def texts(self, title: str) -> dict[Place, str]:
        """Return by place what is seen of the cells that do not show what they hold, or say so where it is another number."""
        root, found = self.root(self.raw.members[title]), {}
        for cell in () if root is None else root.iter(f"{MAIN}c"):
            number = int(cell.get("s") or 0)
            code, struck, unseen = self.styles[number] if number < len(self.styles) else ("", False, False)
            text = self._text(cell, code, struck=struck)
            value = cell.findtext(f"{MAIN}v") or ""
            if unseen and text is None and cell.get("t", "n") == "n" and value:
                text = UNSEEN + value
            if text is not None and cell.get("r"):
                found[parse_address(cell.get("r"))] = text
        return found

    def _text(self, cell: Any, code: str, *, struck: bool) -> str | None:
        kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v") or ""
        if kind == "n":
            return STRUCK + value if struck and value else _another(value, code)
        inline = cell.find(f"{MAIN}is")
        shared = kind == "s" and value.isdigit()
        item = inline if inline is not None else self.struck.get(int(value)) if struck and shared else None
        seen = self.strings.get(int(value)) if shared else None
        seen = _seen(item, struck=struck) if item is not None else seen
        if not struck or item is not None:
            return seen
        return STRUCK + (self.raw.strings[int(value)] if shared else value)

    def root(self, member: str) -> Any:
        """Return the root of a part of the package; None for one that it has not, or that is too large."""
        names = self.raw.package.namelist()
        small = member in names and self.raw.package.getinfo(member).file_size <= LARGEST_TREE
        return self.raw.xml(member) if small else None

    def _styles(self) -> Iterator[tuple[str, bool, bool]]:
        """Yield the code of numbers of each format, whether its font strikes texts out, and whether nothing is seen of a number."""
        root = self.root("xl/styles.xml")
        if root is None:
            return
        codes = {int(one.get("numFmtId")): one.get("formatCode") or "" for one in root.iter(f"{MAIN}numFmt")}
        struck = [_is_on(font, "strike") for font in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
        white = [_is_white(font) for font in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
        filled = [_is_filled(fill) for fill in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
        for one in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
            number, font, fill = (int(one.get(name) or 0) for name in ("numFmtId", "fontId", "fillId"))
            code = codes.get(number, _BUILT_IN.get(number, ""))
            pale = font < len(white) and white[font] and not (fill < len(filled) and filled[fill])
            yield code, font < len(struck) and struck[font], pale or (";" in code and not code.strip("; "))

    def _strings(self) -> dict[int, str]:
        """Return the shared strings of which a part is struck out or raised, as they are seen."""
        root = self.root("xl/sharedStrings.xml")
        items = dict(enumerate(() if root is None else root.iter(f"{MAIN}si")))
        self.struck = {number: item for number, item in items.items() if item.find(f"{MAIN}r/{MAIN}rPr") is not None}
        seen = {number: _seen(item) for number, item in items.items()}
        return {number: text for number, text in seen.items() if text is not None}


def _is_white(look: Any) -> bool:
    """Return whether a font is white, as paper is."""
    colour = None if look is None else look.find(f"{MAIN}color")
    return colour is not None and (
        colour.get("rgb", "")[-6:].upper() == _WHITE or (colour.get("theme") == "0" and not colour.get("tint"))
    )


def _is_filled(fill: Any) -> bool:
    pattern = fill.find(f"{MAIN}patternFill")
    return pattern is None or pattern.get("patternType", "none") != "none"


def _is_on(element: Any, name: str) -> bool:
    found = element.find(f"{MAIN}{name}")
    return found is not None and found.get("val", "1") not in _OFF


def _seen(item: Any, *, struck: bool = False) -> str | None:
    """Return a text without what of it is struck out, raised or white, as a whole where nothing else is; None for a plain one.

    What is much smaller than the rest stands apart: it may be the mark of a note. ``struck`` where the font of its cell
    strikes out what does not tell a font of its own.
    """
    runs = [(run.findtext(f"{MAIN}t") or "", run.find(f"{MAIN}rPr")) for run in item.iterfind(f"{MAIN}r")]
    if struck and not runs:
        return STRUCK + "".join(item.itertext())
    largest = max((_size(look) for _, look in runs), default=0)
    small = [_size(look) <= _SMALL * largest for _, look in runs]
    parts = [
        (f" {text}" if apart else text, struck if look is None else _is_on(look, "strike"), _is_aside(look))
        for (text, look), apart in zip(runs, small, strict=True)
    ]
    if not any(small) and not any(gone or aside for _, gone, aside in parts):
        return None
    ways: tuple[Collection[str], ...] = (
        [text for text, gone, aside in parts if not gone and not aside],
        [text for text, gone, _ in parts if not gone],
        [STRUCK, *(text for text, _, _ in parts)],
    )
    return next((text for way in ways if (text := "".join(way)).strip()), None)


def _size(look: Any) -> float:
    told = None if look is None else look.find(f"{MAIN}sz")
    return _USUAL if told is None else float(told.get("val", _USUAL))


def _is_aside(look: Any) -> bool:
    """Return whether a part of a text is raised or lowered, or white."""
    place = None if look is None else look.find(f"{MAIN}vertAlign")
    marked = place is not None and place.get("val") in ("superscript", "subscript")
    return marked or _is_white(look)


def _another(value: str, code: str) -> str | None:
    """Return what a number is seen as where that is another one, with what it is; None where it is the same."""
    plain = _LITERAL.sub("", code.partition(";")[0])
    match = _DIGITS.search(plain)
    if match is None or _OTHER.search(plain) or not value:
        return None
    try:
        held = float(value)
    except ValueError:
        return None
    scale = 1000.0 ** len(match["thousands"]) / (100 if match["percent"] else 1)
    shown = round(held / scale, len(match["places"] or ""))
    if not held or (not match["percent"] and abs(shown - held) <= 1e-6 * max(1.0, abs(held))):
        return None
    return f"显示为{shown:.15g}{match['percent']}，实际是{held:.15g}"
