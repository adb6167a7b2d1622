"""A workbook as it really is: one pass over its XML, with values, formulas, locks, merges and names.

Sheets are read row by row and sparsely, and no further than a form can reach, so that a stray cell at the end of a
sheet costs nothing. Element names are those of ECMA-376 part 1, chapter 18.
"""

from __future__ import annotations

import posixpath
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from gk_xl.engines.core.addresses import parse_address
from gk_xl.errors import WorkbookError
from gk_xl.form.patterns import regex
from gk_xl.workbook.cutting import apart, parsed, root_of, shared_strings, text_of
from gk_xl.workbook.layout import Place
from gk_xl.workbook.namespaces import MAIN, R
from gk_xl.workbook.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    Formats,
    RawCell,
    Rows,
    read_row,
    rows_of,
    shown,
)
from gk_xl.workbook.values import BUILT_IN_DATES, is_date_format

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "RawCell", "RawSheet", "RawWorkbook"]

AROUND: Final = ("mergeCell", "sheetProtection", "drawing")
_ONE_CELL = regex(r"^'?((?:[^'!]|'')+)'?!\$([A-Z]{1,3})\$(\d+)$")
_CONSTANT = regex(r'^"(.*)"$')

LARGEST_TREE, LARGEST_STREAM = 8 * 1024 * 1024, 24 * 1024 * 1024
"""Bytes of a part that is read whole, and of one that is read piece by piece; a filled workbook has 100 KB in each."""
SMALL: Final = 1024 * 1024
"""Bytes of a part that is parsed at once although it may be read piece by piece: that takes half the time."""
KNOWN: Final = 16 * 1024
"""Bytes of a part that most workbooks have alike: it is parsed once."""


class RawSheet:
    """A sheet as the file holds it.

    ``beyond`` says how many cells with content lie beyond what is read, and the address of the first; None when none.
    ``rows`` are the rows as they were read, nothing once somebody asked for the ``cells`` by place: these may be changed.
    """

    def __init__(
        self,
        title: str,
        cells: dict[tuple[int, int], RawCell] | None = None,
        merges: set[str] | None = None,
        protected: bool = False,
    ) -> None:
        self.title, self.protected = title, protected
        self.merges = set[str]() if merges is None else merges
        self.drawings = 0
        self.beyond: tuple[int, str] | None = None
        self.rows = Rows()
        self._cells = {} if cells is None else cells

    @property
    def cells(self) -> dict[tuple[int, int], RawCell]:
        """The cells by (row, column), 1-based."""
        for row in self.rows:
            self._cells.update(row.cells)
        self.rows = Rows()
        return self._cells

    @cells.setter
    def cells(self, cells: dict[tuple[int, int], RawCell]) -> None:
        self.rows, self._cells = Rows(), cells


class RawWorkbook:
    """The parts of a package that integrity is judged by."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self._sheets: dict[str, RawSheet] = {}

    def xml(self, member: str) -> Any:
        """Return a member's root element; entities are not resolved, nothing is fetched."""
        self._within(member, LARGEST_TREE)
        return _root(self.package.read(member))

    def _elements(self, member: str, *names: str) -> Iterator[Any]:
        """Yield the elements of these names one by one, each forgotten when the next is asked for."""
        from lxml import etree

        self._within(member, LARGEST_STREAM)
        tags = [f"{MAIN}{name}" for name in names]
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
    def _book(self) -> tuple[Any, dict[str, str], dict[str, Place | None]]:
        """The root of ``xl/workbook.xml``, its defined names, and the cells they stand for: these are parsed once for all that have the same."""
        self._within("xl/workbook.xml", LARGEST_TREE)
        data = self.package.read("xl/workbook.xml")
        pieces = apart(data, b"<definedNames>", b"</definedNames>")
        if pieces is None:
            root = root_of(data)
            return root, *_defined(root.find(f"{MAIN}definedNames"))
        rest, spaces, names = pieces
        return _root(rest), *_names(spaces, names)

    @property
    def book(self) -> Any:
        """The root of ``xl/workbook.xml``, defined names aside."""
        return self._book[0]

    @cached_property
    def members(self) -> dict[str, str]:
        """Each sheet's member in the package, by title, in order."""
        relations = _relations(self.xml("xl/_rels/workbook.xml.rels"))
        sheets = self.book.find(f"{MAIN}sheets")
        return {item.get("name"): relations[item.get(f"{R}id")] for item in sheets}

    @property
    def defined_names(self) -> dict[str, str]:
        """Every workbook-wide defined name with what it refers to, as written."""
        return self._book[1]

    def place(self, name: str) -> Place | None:
        """Return the cell a defined name stands for; None when it is missing or no single cell (``#REF!``)."""
        return self._book[2].get(name)

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
        lock = self.book.find(f"{MAIN}workbookProtection")
        return lock is not None and lock.get("lockStructure") in ("1", "true")

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, rich text joined, phonetic hints left out."""
        member = "xl/sharedStrings.xml"
        if member not in self.package.namelist():
            return []
        if self.package.getinfo(member).file_size <= SMALL and (known := shared_strings(self.package.read(member))):
            return known
        return [text_of(item) for item in self._elements(member, "si")]

    @cached_property
    def formats(self) -> Formats:
        """The cell formats: which lock, which show a number as a date."""
        member = "xl/styles.xml"
        if member not in self.package.namelist():
            return _formats(None, self.since_1904)
        self._within(member, LARGEST_TREE)
        return _formats(self.package.read(member), self.since_1904)

    @cached_property
    def since_1904(self) -> bool:
        """Whether dates are counted from 1904 on."""
        properties = self.book.find(f"{MAIN}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    def sheet(self, title: str) -> RawSheet:
        """Return one sheet; KeyError when there is none."""
        if title not in self._sheets:
            self._sheets[title] = self._sheet(title)
        return self._sheets[title]

    def _sheet(self, title: str) -> RawSheet:
        sheet = self._cut(title) or self._whole(title)
        beyond = [address for row in sheet.rows for address in row.beyond]
        sheet.beyond = (len(beyond), beyond[0]) if beyond else None
        if len({row.number for row in sheet.rows}) < len(sheet.rows):  # a row told twice: the last one holds
            _ = sheet.cells
        return sheet

    def _cut(self, title: str) -> RawSheet | None:
        """Return a sheet whose rows are looked up one by one; None for a part that has to be read as a whole."""
        member = self.members[title]
        if self.package.getinfo(member).file_size > SMALL:
            return None
        known = rows_of(self.package.read(member), self.formats, self.strings)
        if known is None:
            return None
        pieces, rows = known
        sheet = RawSheet(title)
        for part in pieces.around:
            for kind, told in _around(part):
                self._tell(sheet, kind, told)
        sheet.rows = rows
        return sheet

    def _whole(self, title: str) -> RawSheet:
        sheet, row, rows = RawSheet(title), 0, Rows()
        for item in self._elements(self.members[title], "row", *AROUND):
            kind = item.tag.removeprefix(MAIN)
            if kind == "row":
                row = int(item.get("r") or row + 1)
                rows.append(read_row(item, row, self.formats, self.strings))
            else:
                self._tell(sheet, kind, _told(item))
        sheet.rows = rows
        return sheet

    def _tell(self, sheet: RawSheet, kind: str, told: str) -> None:
        """Take what an element beside the rows tells."""
        if kind == "mergeCell":
            sheet.merges.add(told)
        elif kind == "sheetProtection":
            sheet.protected = told in ("1", "true")
        else:
            sheet.drawings = self._drawings(sheet.title)

    def values(self, title: str) -> list[list[Any]]:
        """Return the values of one sheet from A1 on, row by row; numbers that are shown as dates are dates."""
        sheet = self.sheet(title)
        rows = sheet.rows
        if rows.values is None or not rows:
            filled = {row.number: row.values for row in rows if row.values}
            if not rows:
                for (row, column), cell in sheet.cells.items():
                    if cell.value not in (None, ""):
                        line = filled.setdefault(row, [])
                        line.extend([None] * (column - len(line)))
                        line[column - 1] = shown(cell, self.since_1904)
            columns = max(map(len, filled.values()), default=0)
            nothing: list[Any] = []
            lines = (filled.get(row, nothing) for row in range(1, max(filled, default=0) + 1))
            rows.values = [[*line, *[None] * (columns - len(line))] for line in lines]
        return rows.values

    def drawings(self, title: str) -> list[str]:
        """Return the parts that hold the pictures and shapes of a sheet."""
        folder, name = posixpath.split(self.members[title])
        relations, known = f"{folder}/_rels/{name}.rels", self.package.namelist()
        return [
            target
            for item in (self.xml(relations) if relations in known else ())
            if item.get("Type", "").endswith("/drawing")
            and (target := posixpath.normpath(posixpath.join("/", folder, item.get("Target"))).removeprefix("/"))
            in known
        ]

    def _drawings(self, title: str) -> int:
        """Return how many pictures and shapes a sheet shows."""
        return sum(len(self.xml(drawing)) for drawing in self.drawings(title))


def _told(item: Any) -> str:
    """Return what an element beside the rows tells: where it is, or that it is on."""
    return item.get("ref") or item.get("sheet") or ""


@lru_cache(maxsize=128)
def _around(part: bytes) -> tuple[tuple[str, str], ...]:
    """Return what stands beside the rows of a sheet: each element's kind with what it tells."""
    return tuple(
        (item.tag.removeprefix(MAIN), _told(item)) for item in root_of(part).iter(*(f"{MAIN}{name}" for name in AROUND))
    )


_known_root = lru_cache(maxsize=32)(root_of)


def _root(data: bytes) -> Any:
    """Return the root element of a part, for reading only: a small one is parsed once for all workbooks that have the same."""
    return _known_root(data) if len(data) <= KNOWN else root_of(data)


def _relations(root: Any) -> dict[str, str]:
    """Return the part that each relation of the workbook leads to."""
    return {item.get("Id"): _target(item.get("Target")) for item in root}


@lru_cache(maxsize=256)
def _target(written: str) -> str:
    """Return the part that a relation of the workbook leads to."""
    return posixpath.normpath(posixpath.join("/xl", written)).removeprefix("/")


def _defined(names: Any) -> tuple[dict[str, str], dict[str, Place | None]]:
    told = {
        item.get("name"): item.text or ""
        for item in (names if names is not None else ())
        if item.get("localSheetId") is None
    }
    return told, {name: _place(text) for name, text in told.items()}


@lru_cache(maxsize=16)
def _names(spaces: bytes, names: bytes) -> tuple[dict[str, str], dict[str, Place | None]]:
    """Return what defined names refer to, as written and as cells; they were written under some namespaces."""
    return _defined(parsed(spaces, [names])[0])


@lru_cache(maxsize=32)
def _formats(data: bytes | None, since_1904: bool) -> Formats:
    """Return the cell formats that a part holds; ``data`` is None where the file has lost its formats."""
    if data is None:
        return Formats(since_1904=since_1904)
    root = root_of(data)
    locks = []
    formats = root.find(f"{MAIN}cellXfs")
    for item in formats:
        protection = item.find(f"{MAIN}protection")
        locks.append(protection is None or protection.get("locked") not in ("0", "false"))
    custom = {
        int(item.get("numFmtId")): is_date_format(item.get("formatCode") or "")
        for item in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    }
    numbers = [int(item.get("numFmtId") or 0) for item in formats]
    return Formats(tuple(locks), tuple(custom.get(number, number in BUILT_IN_DATES) for number in numbers), since_1904)


@lru_cache(maxsize=8_192)
def _place(told: str) -> Place | None:
    """Return the one cell that a defined name refers to; None where it refers to anything else."""
    match = _ONE_CELL.match(told)
    if match is None:
        return None
    row, column = parse_address(match[2] + match[3])
    return Place(match[1].replace("''", "'"), row, column) if row <= MOST_ROWS and column <= MOST_COLUMNS else None
