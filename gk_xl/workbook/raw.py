"""A workbook as it really is: one pass over its XML, with values, formulas, locks, merges and names.

Sheets are read row by row and sparsely, and no further than a form can reach, so that a stray cell at the end of a
sheet costs nothing. Element names are those of ECMA-376 part 1, chapter 18.
"""

from __future__ import annotations

import math
import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.engines.core.addresses import column_letters, parse_address
from gk_xl.errors import WorkbookError
from gk_xl.form.patterns import regex
from gk_xl.workbook.layout import Place
from gk_xl.workbook.values import BUILT_IN_DATES, is_date_format, moment, unescaped

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ROW_CELL, _VALUE, _FORMULA, _INLINE = (f"{_MAIN}{name}" for name in ("c", "v", "f", "is"))
_ONE_CELL = regex(r"^'?((?:[^'!]|'')+)'?!\$([A-Z]{1,3})\$(\d+)$")
_CONSTANT = regex(r'^"(.*)"$')

MOST_ROWS, MOST_COLUMNS = 1_000, 128
"""How far a sheet is read: well beyond every form, also where rows were inserted."""
LARGEST_TREE, LARGEST_STREAM = 8 * 1024 * 1024, 24 * 1024 * 1024
"""Bytes of a part that is read whole, and of one that is read piece by piece; a filled workbook has 100 KB in each."""
SMALL: Final = 1024 * 1024
"""Bytes of a part that is parsed at once although it may be read piece by piece: that takes half the time."""


class RawCell(NamedTuple):
    """A cell as the file holds it. ``formula`` is without ``=``; a shared formula's followers carry ``…``."""

    value: str | float | bool | None
    formula: str
    locked: bool
    is_date: bool = False


@dataclass
class RawSheet:
    """A sheet as the file holds it; keys are (row, column), 1-based.

    ``beyond`` says how many cells with content lie beyond what is read, and the address of the first; None when none.
    """

    title: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merges: set[str] = field(default_factory=set)
    protected: bool = False
    drawings: int = 0
    beyond: tuple[int, str] | None = None


class RawWorkbook:
    """The parts of a package that integrity is judged by."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self._sheets: dict[str, RawSheet] = {}

    def xml(self, member: str) -> Any:
        """Return a member's root element; entities are not resolved, nothing is fetched."""
        from lxml import etree

        self._within(member, LARGEST_TREE)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.package.read(member), parser)

    def _elements(self, member: str, *names: str) -> Iterator[Any]:
        """Yield the elements of these names one by one, each forgotten when the next is asked for."""
        from lxml import etree

        self._within(member, LARGEST_STREAM)
        tags = [f"{_MAIN}{name}" for name in names]
        if self.package.getinfo(member).file_size <= SMALL:
            yield from self.xml(member).iter(*tags)
            return
        with self.package.open(member) as part:
            for _, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True, huge_tree=False):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _within(self, member: str, largest: int) -> None:
        """Refuse a part that is larger than a part of this kind can be."""
        if self.package.getinfo(member).file_size > largest:
            raise WorkbookError(f"工作簿里的 {member} 展开后大得不正常，为安全起见没有读。请核对文件来源。")

    @cached_property
    def book(self) -> Any:
        """The root of ``xl/workbook.xml``."""
        return self.xml("xl/workbook.xml")

    @cached_property
    def members(self) -> dict[str, str]:
        """Each sheet's member in the package, by title, in order."""
        relations = {
            item.get("Id"): posixpath.normpath(posixpath.join("/xl", item.get("Target"))).removeprefix("/")
            for item in self.xml("xl/_rels/workbook.xml.rels")
        }
        sheets = self.book.find(f"{_MAIN}sheets")
        return {item.get("name"): relations[item.get(f"{_RELATION}id")] for item in sheets}

    @cached_property
    def defined_names(self) -> dict[str, str]:
        """Every workbook-wide defined name with what it refers to, as written."""
        names = self.book.find(f"{_MAIN}definedNames")
        return {
            item.get("name"): item.text or ""
            for item in (names if names is not None else ())
            if item.get("localSheetId") is None
        }

    def place(self, name: str) -> Place | None:
        """Return the cell a defined name stands for; None when it is missing or no single cell (``#REF!``)."""
        match = _ONE_CELL.match(self.defined_names.get(name, ""))
        if match is None:
            return None
        row, column = parse_address(match[2] + match[3])
        return Place(match[1].replace("''", "'"), row, column) if row <= MOST_ROWS and column <= MOST_COLUMNS else None

    def constant(self, name: str) -> str | None:
        """Return the text that a defined name holds; None when there is none."""
        match = _CONSTANT.match(self.defined_names.get(name, ""))
        return match[1] if match else None

    @cached_property
    def saved_by_excel(self) -> bool:
        """Whether the file says that Excel, or this tool in its place, saved it last."""
        member = "docProps/app.xml"
        if member not in self.package.namelist():
            return False
        names = [node.text or "" for node in self.xml(member) if node.tag.endswith("}Application")]
        return any(name.startswith(("Microsoft Excel", "gk_xl")) for name in names)

    @property
    def structure_locked(self) -> bool:
        """Whether sheets may not be added, deleted, renamed or moved."""
        lock = self.book.find(f"{_MAIN}workbookProtection")
        return lock is not None and lock.get("lockStructure") in ("1", "true")

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, rich text joined, phonetic hints left out."""
        if "xl/sharedStrings.xml" not in self.package.namelist():
            return []
        return [_text(item) for item in self._elements("xl/sharedStrings.xml", "si")]

    @cached_property
    def styles(self) -> Any:
        """The root of ``xl/styles.xml``; None where the file has lost its formats."""
        return self.xml("xl/styles.xml") if "xl/styles.xml" in self.package.namelist() else None

    @cached_property
    def locks(self) -> list[bool]:
        """For each cell format, whether it locks; empty where the file has lost its formats."""
        if self.styles is None:
            return []
        formats = self.styles.find(f"{_MAIN}cellXfs")
        locks = []
        for item in formats:
            protection = item.find(f"{_MAIN}protection")
            locks.append(protection is None or protection.get("locked") not in ("0", "false"))
        return locks

    @cached_property
    def dates(self) -> list[bool]:
        """For each cell format, whether it shows a number as a date or a time; as ``locks`` where formats are lost."""
        if not self.locks:
            return []
        root = self.styles
        custom = {
            int(item.get("numFmtId")): is_date_format(item.get("formatCode") or "")
            for item in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
        }
        formats = [int(item.get("numFmtId") or 0) for item in root.find(f"{_MAIN}cellXfs")]
        return [custom.get(number, number in BUILT_IN_DATES) for number in formats]

    @cached_property
    def since_1904(self) -> bool:
        """Whether dates are counted from 1904 on."""
        properties = self.book.find(f"{_MAIN}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    def sheet(self, title: str) -> RawSheet:
        """Return one sheet; KeyError when there is none."""
        if title not in self._sheets:
            self._sheets[title] = self._sheet(title)
        return self._sheets[title]

    def _sheet(self, title: str) -> RawSheet:
        sheet = RawSheet(title)
        row, beyond = 0, 0
        for item in self._elements(self.members[title], "row", "mergeCell", "sheetProtection", "drawing"):
            kind = item.tag.removeprefix(_MAIN)
            if kind == "row":
                row = int(item.get("r") or row + 1)
                first = self._row(sheet, item, row)
                beyond += len(first)
                if first and sheet.beyond is None:
                    sheet.beyond = beyond, first[0]
            elif kind == "mergeCell":
                sheet.merges.add(item.get("ref"))
            elif kind == "sheetProtection":
                sheet.protected = item.get("sheet") in ("1", "true")
            else:
                sheet.drawings = self._drawings(title)
        if sheet.beyond is not None:
            sheet.beyond = beyond, sheet.beyond[1]
        return sheet

    def _row(self, sheet: RawSheet, item: Any, row: int) -> list[str]:
        """Read one row into a sheet, and return the addresses of cells with content that lie beyond what is read."""
        column, beyond = 0, []
        locks, dates, cells = self.locks, self.dates, sheet.cells
        known = len(locks)
        for cell in item.iterchildren(_ROW_CELL):
            get = cell.get
            address = get("r")
            column = parse_address(address)[1] if address else column + 1
            if row > MOST_ROWS or column > MOST_COLUMNS:
                if len(cell):
                    beyond.append(f"{column_letters(column)}{row}")
                continue
            style = int(get("s", 0))
            value, formula = self._content(cell, get("t") or "n") if len(cell) else (None, "")
            cells[row, column] = (
                RawCell(value, formula, locks[style], dates[style])
                if 0 <= style < known
                else RawCell(value, formula, locked=True)
            )
        return beyond

    def values(self, title: str) -> list[list[Any]]:
        """Return the values of one sheet from A1 on, row by row; numbers that are shown as dates are dates."""
        cells = self.sheet(title).cells
        filled = [(row, column, cell) for (row, column), cell in cells.items() if cell.value not in (None, "")]
        if not filled:
            return []
        rows, columns = max(row for row, _, _ in filled), max(column for _, column, _ in filled)
        values: list[list[Any]] = [[None] * columns for _ in range(rows)]
        for row, column, cell in filled:
            found = cell.value
            shown = moment(found, self.since_1904) if cell.is_date and isinstance(found, float) else found
            values[row - 1][column - 1] = shown
        return values

    def _drawings(self, title: str) -> int:
        """Return how many pictures and shapes a sheet shows."""
        folder, name = posixpath.split(self.members[title])
        relations = f"{folder}/_rels/{name}.rels"
        count = 0
        for item in self.xml(relations) if relations in self.package.namelist() else ():
            if item.get("Type", "").endswith("/drawing"):
                target = posixpath.normpath(posixpath.join("/", folder, item.get("Target"))).removeprefix("/")
                count += len(self.xml(target)) if target in self.package.namelist() else 0
        return count

    def _content(self, item: Any, kind: str) -> tuple[str | float | bool | None, str]:
        """Return the value and the formula of a cell that has either."""
        value = formula = inline = None
        for node in item:
            tag = node.tag
            if tag == _VALUE:
                value = node if value is None else value
            elif tag == _FORMULA:
                formula = node if formula is None else formula
            elif tag == _INLINE:
                inline = node if inline is None else inline
        told = "" if formula is None else formula.text or "…"
        if kind == "inlineStr":
            return (None if inline is None else _text(inline)), told
        text = None if value is None else value.text
        return (None if text is None else self._typed(text, kind)), told

    def _typed(self, text: str, kind: str) -> str | float | bool | None:
        """Return what the text of a value means for a cell of a kind (18.18.11, ST_CellType)."""
        if kind == "s":
            index = int(text)
            return self.strings[index] if 0 <= index < len(self.strings) else None
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "n":
            number = float(text)
            return number if math.isfinite(number) else text.strip()
        return unescaped(text)


def _text(item: Any) -> str:
    """Return the text of a string item, its runs joined."""
    parts = [node.text or "" for node in item.findall(f"{_MAIN}t")]
    parts += [node.text or "" for run in item.findall(f"{_MAIN}r") for node in run.findall(f"{_MAIN}t")]
    return unescaped("".join(parts))
