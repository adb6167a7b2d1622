"""The cells of one sheet part: values, looks, heights and links of single cells, everything else as it is."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import column_letters, parse_address
from gk_xl.workbook.namespaces import MAIN, R

if TYPE_CHECKING:
    from collections.abc import Collection

    from gk_xl.form.schema import Value
    from gk_xl.workbook.package.parts import Package

_AFTER_LINKS = [
    f"{MAIN}{name}"
    for name in (
        "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
        "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture",
        "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    )
]  # fmt: skip
"""What stands behind the links of a sheet (ECMA-376 part 1, 18.3.1.99)."""
_AFTER_NOTES = _AFTER_LINKS[_AFTER_LINKS.index(f"{MAIN}legacyDrawingHF") :]


class Cells:
    """The cells of a sheet; rows and columns are 1-based."""

    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name, self.root = package, name, package.root(name)
        self.data = self.root.find(f"{MAIN}sheetData")
        if self.data is None:
            raise ValueError(name)
        self.rows: dict[int, Any] = {}
        self.cells: dict[tuple[int, int], Any] = {}
        self._index()

    def _index(self) -> None:
        """Find rows and cells; where a file leaves out their addresses, they count on from the one before."""
        row = 0
        for line in self.data.iterfind(f"{MAIN}row"):
            row = int(line.get("r") or row + 1)
            self.rows.setdefault(row, line)
            column = 0
            for cell in line.iterfind(f"{MAIN}c"):
                column = parse_address(cell.get("r"))[1] if cell.get("r") else column + 1
                cell.set("r", f"{column_letters(column)}{row}")
                self.cells.setdefault((row, column), cell)

    def cell(self, row: int, column: int) -> Any:
        """Return a cell's element, made in its place where there is none."""
        found = self.cells.get((row, column))
        if found is None:
            line = self.row(row)
            found = line.makeelement(f"{MAIN}c", r=f"{column_letters(column)}{row}")
            before = [other for (r, c), other in self.cells.items() if r == row and c < column]
            if before:
                max(before, key=lambda item: parse_address(item.get("r"))[1]).addnext(found)
            else:
                line.insert(0, found)
            self.cells[row, column] = found
        return found

    def row(self, row: int) -> Any:
        """Return a row's element, made in its place where there is none."""
        found = self.rows.get(row)
        if found is None:
            found = self.data.makeelement(f"{MAIN}row", r=str(row))
            before = [number for number in self.rows if number < row]
            if before:
                self.rows[max(before)].addnext(found)
            else:
                self.data.insert(0, found)
            self.rows[row] = found
        return found

    def put(self, row: int, column: int, value: Value, style: int | None = None) -> None:
        """Write one value, a text as a text; the look stays unless one is given. A formula that stood there goes."""
        if value is None and style is None and (row, column) not in self.cells:
            return
        cell = self.cell(row, column)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if style is not None:
            cell.set("s", str(style))
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = cell.makeelement(f"{MAIN}t")
            text.text = value
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            inline = cell.makeelement(f"{MAIN}is")
            inline.append(text)
            cell.append(inline)
        elif value is not None:
            number = cell.makeelement(f"{MAIN}v")
            number.text = repr(int(value) if float(value).is_integer() else value)
            cell.append(number)

    def forget(self, inputs: Collection[tuple[int, int]]) -> None:
        """Take away what formulas came to before, but in ``inputs``, where a clerk's formula is worth its number.

        LibreOffice believes what stands there, of a file by Excel or by itself, whatever fullCalcOnLoad says.
        """
        for place, cell in self.cells.items():
            worth = cell.find(f"{MAIN}v")
            if worth is not None and place not in inputs and cell.find(f"{MAIN}f") is not None:
                cell.remove(worth)
                cell.attrib.pop("t", None)

    def calculate(self, row: int, column: int, formula: str | None, worth_now: str = "") -> None:
        """Let a cell be worth a formula (without ``=``); a number that was written, or a text, is what it is worth now."""
        if formula:
            cell = self.cell(row, column)
            element = cell.makeelement(f"{MAIN}f")
            element.text = formula
            worth = cell.find(f"{MAIN}v") if cell.get("t") is None else None
            for child in list(cell):
                cell.remove(child)
            cell.attrib.pop("t", None)
            if worth_now:
                worth = cell.makeelement(f"{MAIN}v")
                worth.text = worth_now
                cell.set("t", "str")
            cell.extend([element] if worth is None else [element, worth])

    def copy_value(self, row: int, column: int, to: int) -> None:
        """Write what a cell holds, of a formula its value, into another column of its row; the look there stays."""
        own, cell = self.cells.get((row, column)), self.cell(row, to)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if own is not None:
            cell.attrib.update({key: own.get(key) for key in ("t",) if own.get(key)})
            cell.extend(copy.deepcopy(child) for child in own if child.tag in (f"{MAIN}v", f"{MAIN}is"))

    def drop(self, row: int, column: int) -> None:
        """Remove a cell with its look."""
        cell = self.cells.pop((row, column), None)
        if cell is not None:
            cell.getparent().remove(cell)

    def style(self, row: int, column: int) -> int:
        """Return the number of a cell's look."""
        cell = self.cells.get((row, column))
        return 0 if cell is None else int(cell.get("s", 0))

    def height(self, row: int, points: str | None) -> None:
        """Set a row's height, or let it follow its content."""
        line = self.row(row)
        if points is None:
            line.attrib.pop("ht", None)
            line.attrib.pop("customHeight", None)
        else:
            line.set("ht", points)
            line.set("customHeight", "1")

    def link(self, links: dict[tuple[int, int], dict[str, str]], first: tuple[int, int], last: tuple[int, int]) -> None:
        """Set the links inside an area in place of those it has."""
        home = self.root.find(f"{MAIN}hyperlinks")
        for item in list(home if home is not None else ()):
            row, column = parse_address(item.get("ref", "A1").partition(":")[0])
            if first[0] <= row <= last[0] and first[1] <= column <= last[1]:
                home.remove(item)
        if home is None and links:
            home = self.root.makeelement(f"{MAIN}hyperlinks")
            self._insert(home, _AFTER_LINKS)
        for (row, column), attributes in links.items():
            home.append(home.makeelement(f"{MAIN}hyperlink", ref=f"{column_letters(column)}{row}", **attributes))
        if home is not None and not len(home):
            self.root.remove(home)

    def draw_notes(self, identifier: str) -> None:
        """Let the sheet show the notes whose drawing has this identifier."""
        item = self.root.makeelement(f"{MAIN}legacyDrawing")
        item.set(f"{R}id", identifier)
        self._insert(item, _AFTER_NOTES)

    def _insert(self, item: Any, behind: list[str]) -> None:
        """Insert a child of the sheet before the first of those that stand behind it."""
        follower = next((child for child in self.root if child.tag in behind), None)
        if follower is None:
            self.root.append(item)
        else:
            follower.addprevious(item)
