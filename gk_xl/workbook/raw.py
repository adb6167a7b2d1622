"""A workbook as it really is: one pass over its XML, with formulas, locks, merges and names.

calamine, which reads values fifty times faster than openpyxl, shows neither formulas nor locks; this pass does.
Element names are those of ECMA-376 part 1, chapter 18.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gk_xl.workbook.layout import Place, parse_address

if TYPE_CHECKING:
    import zipfile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ONE_CELL = re.compile(r"^'?((?:[^'!]|'')+)'?!\$([A-Z]{1,3})\$(\d+)$")
_CONSTANT = re.compile(r'^"(.*)"$')


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file holds it. ``formula`` is without ``=``; a shared formula's followers carry ``…``."""

    value: str | float | bool | None
    formula: str
    locked: bool


@dataclass
class RawSheet:
    """A sheet as the file holds it; keys are (row, column), 1-based."""

    title: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merges: set[str] = field(default_factory=set)
    protected: bool = False
    drawings: int = 0


class RawWorkbook:
    """The parts of a package that integrity is judged by."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package

    def xml(self, member: str) -> Any:
        """Return a member's root element; entities are not resolved, nothing is fetched."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.package.read(member), parser)

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
        return Place(match[1].replace("''", "'"), *parse_address(match[2] + match[3]))

    def constant(self, name: str) -> str | None:
        """Return the text that a defined name holds; None when there is none."""
        match = _CONSTANT.match(self.defined_names.get(name, ""))
        return match[1] if match else None

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
        return [_text(item) for item in self.xml("xl/sharedStrings.xml")]

    @cached_property
    def locks(self) -> list[bool]:
        """For each cell format, whether it locks."""
        formats = self.xml("xl/styles.xml").find(f"{_MAIN}cellXfs")
        locks = []
        for item in formats:
            protection = item.find(f"{_MAIN}protection")
            locks.append(protection is None or protection.get("locked") not in ("0", "false"))
        return locks

    def sheet(self, title: str) -> RawSheet:
        """Return one sheet; KeyError when there is none."""
        root = self.xml(self.members[title])
        sheet = RawSheet(title)
        for item in root.iter(f"{_MAIN}c"):
            place = parse_address(item.get("r"))
            style = int(item.get("s", 0))
            locked = self.locks[style] if style < len(self.locks) else True
            sheet.cells[place] = RawCell(self._value(item), _formula(item), locked)
        sheet.merges = {item.get("ref") for item in root.iter(f"{_MAIN}mergeCell")}
        protection = root.find(f"{_MAIN}sheetProtection")
        sheet.protected = protection is not None and protection.get("sheet") in ("1", "true")
        if root.find(f"{_MAIN}drawing") is not None:
            sheet.drawings = self._drawings(title)
        return sheet

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

    def _value(self, item: Any) -> str | float | bool | None:
        kind, value = item.get("t", "n"), item.find(f"{_MAIN}v")
        if kind == "inlineStr":
            inline = item.find(f"{_MAIN}is")
            return None if inline is None else _text(inline)
        if value is None or value.text is None:
            return None
        if kind == "s":
            index = int(value.text)
            return self.strings[index] if index < len(self.strings) else None
        if kind == "b":
            return bool(value.text == "1")
        if kind == "n":
            return float(value.text)
        return str(value.text)


def _text(item: Any) -> str:
    """Return the text of a string item, its runs joined."""
    parts = [node.text or "" for node in item.findall(f"{_MAIN}t")]
    parts += [node.text or "" for run in item.findall(f"{_MAIN}r") for node in run.findall(f"{_MAIN}t")]
    return "".join(parts)


def _formula(item: Any) -> str:
    node = item.find(f"{_MAIN}f")
    if node is None:
        return ""
    return node.text or "…"
