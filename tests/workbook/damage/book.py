"""A workbook of ours as an editable model, and the edits as Excel makes them: what moves along, and what is left."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from gk_xl.engines.core.addresses import column_letters, parse_address
from gk_xl.workbook.raw import RawWorkbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NAMED = re.compile(r"^'((?:[^']|'')+)'!\$([A-Z]+)\$(\d+)$")
_AREA = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


@dataclass
class Cell:
    """A cell: its format, its value (None: blank), its formula."""

    style: int = 0
    value: Any = None
    formula: str = ""


@dataclass
class Sheet:
    """A sheet: its cells, its merges, and the rest of its XML as it is."""

    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    before: list[Any] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)


class Book:
    """A workbook that can be damaged and written again."""

    def __init__(self, data: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(data))
        raw = RawWorkbook(self.package)
        self.names: dict[str, str] = dict(raw.defined_names)
        self.sheets = [self._sheet(raw, title) for title in raw.members]
        self.styles: bytes | None = self.package.read("xl/styles.xml")

    def _sheet(self, raw: RawWorkbook, title: str) -> Sheet:
        root = raw.xml(raw.members[title])
        sheet, target, held = Sheet(title), None, raw.sheet(title).cells
        for child in root:
            tag = etree.QName(child).localname
            if tag == "sheetData":
                target = sheet.after
            elif tag == "mergeCells":
                for item in child:
                    match = _AREA.match(item.get("ref"))
                    top, left = parse_address(match[1] + match[2])
                    sheet.merges.append((top, left, *parse_address(match[3] + match[4])))
            elif tag not in ("hyperlinks", "legacyDrawing", "drawing"):
                (sheet.before if target is None else target).append(child)
        for item in root.iter(f"{MAIN}c"):
            formula = item.find(f"{MAIN}f")
            place = parse_address(item.get("r"))
            sheet.cells[place] = Cell(
                int(item.get("s", 0)),
                held[place].value if place in held else None,
                "" if formula is None else formula.text or "",
            )
        return sheet

    def sheet(self, title: str) -> Sheet:
        """Return a sheet by its title."""
        return next(sheet for sheet in self.sheets if sheet.title == title)

    # ------------------------------------------------------------------------------------------------ edits

    def insert(self, title: str, at: int, count: int = 1, *, columns: bool = False, follow: bool = True) -> None:
        """Insert rows (or columns) before ``at``; with ``follow``, names and merges move along as in Excel."""
        self._shift(title, at, count, columns=columns, follow=follow)

    def delete(self, title: str, at: int, count: int = 1, *, columns: bool = False, follow: bool = True) -> None:
        """Delete rows (or columns) from ``at`` on; names of what is gone become ``#REF!``."""
        sheet, axis = self.sheet(title), 1 if columns else 0
        sheet.cells = {place: cell for place, cell in sheet.cells.items() if not at <= place[axis] < at + count}
        if follow:
            for name, (there, place) in self.placed().items():
                if there == title and at <= place[axis] < at + count:
                    self.names[name] = f"'{title}'!#REF!"
        self._shift(title, at + count, -count, columns=columns, follow=follow)

    def _shift(self, title: str, at: int, count: int, *, columns: bool, follow: bool) -> None:
        sheet, axis = self.sheet(title), 1 if columns else 0

        def moved(place: tuple[int, int]) -> tuple[int, int]:
            if place[axis] < at:
                return place
            return (place[0] + count, place[1]) if axis == 0 else (place[0], place[1] + count)

        sheet.cells = {moved(place): cell for place, cell in sheet.cells.items()}
        merges = [(*moved(merge[:2]), *moved(merge[2:])) for merge in sheet.merges]
        sheet.merges = [m for m in merges if m[2:] != m[:2] and m[2] >= m[0] and m[3] >= m[1]]
        if follow:
            for name, (there, place) in self.placed().items():
                if there == title:
                    self.point(name, title, moved(place))

    def placed(self) -> dict[str, tuple[str, tuple[int, int]]]:
        """Return the names that stand for one cell, with sheet and place."""
        found = {}
        for name, text in self.names.items():
            match = _NAMED.match(text)
            if match:
                found[name] = (match[1], parse_address(match[2] + match[3]))
        return found

    def point(self, name: str, title: str, place: tuple[int, int]) -> None:
        """Let a name stand for a cell."""
        self.names[name] = f"'{title}'!${column_letters(place[1])}${place[0]}"

    def drag(self, title: str, source: tuple[int, int], target: tuple[int, int], *, excel: bool = True) -> None:
        """Drag a cell onto another: value, format and name go along; Excel breaks the name of what is covered."""
        sheet = self.sheet(title)
        placed = self.placed()
        for name, place in placed.items():
            if place == (title, target) and excel:
                self.names[name] = f"'{title}'!#REF!"
        for name, place in placed.items():
            if place == (title, source):
                self.point(name, title, target)
        sheet.cells[target] = sheet.cells.pop(source, Cell())

    def rename(self, title: str, new: str) -> None:
        """Rename a sheet; names follow."""
        for name, (there, place) in self.placed().items():
            if there == title:
                self.point(name, new, place)
        self.sheet(title).title = new

    def drop(self, title: str) -> None:
        """Delete a sheet; its names become ``#REF!``."""
        for name, (there, _) in self.placed().items():
            if there == title:
                self.names[name] = "#REF!"
        self.sheets.remove(self.sheet(title))

    def copy_sheet(self, title: str, new: str) -> Sheet:
        """Put a copy of a sheet behind it."""
        twin = copy.deepcopy(self.sheet(title))
        twin.title = new
        self.sheets.insert(self.sheets.index(self.sheet(title)) + 1, twin)
        return twin

    # ---------------------------------------------------------------------------------------------- writing

    def dump(self) -> bytes:
        """Return the workbook as .xlsx bytes, every text in its cell."""
        target = io.BytesIO()
        count = len(self.sheets)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("[Content_Types].xml", _types(count, styles=self.styles is not None))
            out.writestr("_rels/.rels", _RELS)
            out.writestr("xl/workbook.xml", self._workbook())
            out.writestr("xl/_rels/workbook.xml.rels", _workbook_rels(count, styles=self.styles is not None))
            if self.styles is not None:
                out.writestr("xl/styles.xml", self.styles)
            for number, sheet in enumerate(self.sheets, start=1):
                out.writestr(f"xl/worksheets/sheet{number}.xml", _sheet_xml(sheet, styled=self.styles is not None))
        return target.getvalue()

    def _workbook(self) -> bytes:
        root = etree.Element(f"{MAIN}workbook", nsmap={None: MAIN[1:-1], "r": _R})
        etree.SubElement(root, f"{MAIN}workbookPr")
        sheets = etree.SubElement(root, f"{MAIN}sheets")
        for number, sheet in enumerate(self.sheets, start=1):
            item = etree.SubElement(sheets, f"{MAIN}sheet", name=sheet.title, sheetId=str(number))
            item.set(f"{{{_R}}}id", f"rId{number}")
        if self.names:
            names = etree.SubElement(root, f"{MAIN}definedNames")
            for name, text in self.names.items():
                etree.SubElement(names, f"{MAIN}definedName", name=name).text = text
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _sheet_xml(sheet: Sheet, *, styled: bool) -> bytes:
    root = etree.Element(f"{MAIN}worksheet", nsmap={None: MAIN[1:-1], "r": _R})
    for child in sheet.before if styled else ():
        root.append(copy.deepcopy(child))
    data = etree.SubElement(root, f"{MAIN}sheetData")
    rows: dict[int, list[tuple[int, Cell]]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, []).append((column, cell))
    for row in sorted(rows):
        line = etree.SubElement(data, f"{MAIN}row", r=str(row))
        for column, cell in sorted(rows[row], key=lambda item: item[0]):
            _write(line, f"{column_letters(column)}{row}", cell, styled=styled)
    after = [copy.deepcopy(child) for child in sheet.after] if styled else []
    lock = [child for child in after if etree.QName(child).localname == "sheetProtection"]
    for child in lock:
        root.append(child)
    if sheet.merges:
        merges = etree.SubElement(root, f"{MAIN}mergeCells")
        for top, left, bottom, right in sheet.merges:
            ref = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            etree.SubElement(merges, f"{MAIN}mergeCell", ref=ref)
    for child in after:
        if child not in lock:
            root.append(child)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _write(line: Any, address: str, cell: Cell, *, styled: bool) -> None:
    item = etree.SubElement(line, f"{MAIN}c", r=address)
    if styled and cell.style:
        item.set("s", str(cell.style))
    if cell.formula:
        etree.SubElement(item, f"{MAIN}f").text = cell.formula
    value = cell.value
    if value is None:
        return
    if isinstance(value, bool):
        item.set("t", "b")
        etree.SubElement(item, f"{MAIN}v").text = str(int(value))
    elif isinstance(value, int | float):
        etree.SubElement(item, f"{MAIN}v").text = repr(value)
    elif value.startswith("#") and value.endswith(("!", "?", "A")):
        item.set("t", "e")
        etree.SubElement(item, f"{MAIN}v").text = value
    elif cell.formula:
        item.set("t", "str")
        etree.SubElement(item, f"{MAIN}v").text = value
    else:
        item.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(item, f"{MAIN}is"), f"{MAIN}t")
        text.text = value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_M = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELS = (
    f'<?xml version="1.0"?><Relationships xmlns="{_P}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


def _types(count: int, *, styles: bool) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_M}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    if styles:
        parts += f'<Override PartName="/xl/styles.xml" ContentType="{_M}.styles+xml"/>'
    return (
        f'<?xml version="1.0"?><Types xmlns="{_P}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_M}.sheet.main+xml"/>{parts}</Types>'
    )


def _workbook_rels(count: int, *, styles: bool) -> str:
    parts = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    if styles:
        parts += f'<Relationship Id="rId{count + 1}" Type="{_R}/styles" Target="styles.xml"/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{_P}/relationships">{parts}</Relationships>'
