"""The notes of one sheet part: texts (``comments``) and their boxes (a VML drawing); a clerk's stay as they are.

A cell whose note is a discussion (a threaded comment) is left alone: Excel keeps it in a part of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gk_xl.engines.core.addresses import column_letters, parse_address
from gk_xl.workbook.namespaces import MAIN, RELATIONS, SPREADSHEET_ML
from gk_xl.workbook.notes import joined, own_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.workbook.package.cells import Cells

_AUTHOR: Final = "gk_xl"
_THREADS: Final = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_SHAPE: Final = re.compile(rb"<v:shape\b[^>]*?>.*?</v:shape>", re.DOTALL)
_SHAPE_TYPE: Final = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_EMPTY_DRAWING: Final = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_LETTERS: Final = 22
"""Chinese characters on a line of a box."""
_WIDE, _LINE, _ROW, _COLUMN = 320, 18, 20, 64
"""Width of a box and height of its lines, of a row and a column without sizes of their own, in pixels."""


class Notes:
    """The notes of a sheet. ``put`` changes one; ``close`` writes what changed into the package."""

    def __init__(self, cells: Cells) -> None:
        self.cells, self.package = cells, cells.package
        related = {kind: target for _, kind, target in self.package.relations(cells.name)}
        self.part = related.get(f"{RELATIONS}/comments", "")
        self.drawing = related.get(f"{RELATIONS}/vmlDrawing", "")
        self.threads = {
            item.get("ref", "")
            for _, kind, target in self.package.relations(cells.name)
            if kind == _THREADS and target in self.package.parts
            for item in self.package.root(target)
        }
        self.items: dict[str, Any] = {}
        if self.part:
            found = self.package.root(self.part).iter(f"{MAIN}comment")
            self.items = {item.get("ref", "").replace("$", ""): item for item in found}

    def put(self, findings: Mapping[tuple[int, int], str]) -> int:
        """Write the findings of a check into the notes in place of the last one's; return how many cells have one."""
        wanted = {f"{column_letters(column)}{row}": text for (row, column), text in findings.items()}
        written = 0
        for ref in [*self.items, *(ref for ref in wanted if ref not in self.items)]:
            if ref in self.threads:
                continue
            old = _text(self.items.get(ref))
            new = joined(wanted.get(ref, ""), own_text(old))
            written += ref in wanted
            if new == old:
                continue
            if not new:
                self._remove(ref)
            elif ref in self.items:
                self._rewrite(self.items[ref], wanted.get(ref, ""), old, new)
            else:
                self._add(ref, new)
        return written

    # ---------------------------------------------------------------------------------------------- texts

    def _rewrite(self, item: Any, findings: str, old: str, new: str) -> None:
        """Change a note's text; a clerk's text at its end keeps its fonts and colours."""
        holder, kept = item.find(f"{MAIN}text"), own_text(old)
        if not kept or not old.endswith(kept):
            _clear(holder)
            holder.append(_run(holder, new))
            return
        spare = len(old) - len(kept)
        for run in list(holder):
            piece = run if run.tag == f"{MAIN}t" else run.find(f"{MAIN}t")
            if piece is None or spare == 0:
                continue
            length = len(piece.text or "")
            if length <= spare:
                holder.remove(run)
            else:
                piece.text = (piece.text or "")[spare:]
            spare = max(0, spare - length)
        if findings:
            for piece in holder.findall(f"{MAIN}t"):  # a text beside runs would not be shown
                run = holder.makeelement(f"{MAIN}r")
                holder.replace(piece, run)
                run.append(piece)
            holder.insert(0, _run(holder, new[: len(new) - len(kept)]))

    def _add(self, ref: str, text: str) -> None:
        root = self._comments()
        item = root.makeelement(f"{MAIN}comment", ref=ref, authorId=str(self._author(root)))
        holder = item.makeelement(f"{MAIN}text")
        holder.append(_run(holder, text))
        item.append(holder)
        root.find(f"{MAIN}commentList").append(item)
        self.items[ref] = item
        self._draw(ref, text)

    def _remove(self, ref: str) -> None:
        item = self.items.pop(ref)
        item.getparent().remove(item)
        row, column = parse_address(ref)
        if self.drawing in self.package.parts:
            data = self.package.parts[self.drawing]
            kept = _SHAPE.sub(lambda shape: b"" if _stands_at(shape[0], row, column) else shape[0], data)
            self.package.put(self.drawing, kept)

    def _comments(self) -> Any:
        """Return the root of the sheet's notes, made where it has none."""
        if not self.part:
            self.part = self.package.free_name("xl/comments{}.xml")
            empty = f'<comments xmlns="{SPREADSHEET_ML}"><authors/><commentList/></comments>'
            self.package.put(self.part, empty.encode(), _COMMENTS_TYPE)
            self.package.relate(self.cells.name, f"{RELATIONS}/comments", self.part)
        root = self.package.root(self.part)
        if root.find(f"{MAIN}commentList") is None:
            root.append(root.makeelement(f"{MAIN}commentList"))
        return root

    def _author(self, root: Any) -> int:
        authors = root.find(f"{MAIN}authors")
        if authors is None:
            authors = root.makeelement(f"{MAIN}authors")
            root.insert(0, authors)
        names = [item.text for item in authors]
        if _AUTHOR not in names:
            item = authors.makeelement(f"{MAIN}author")
            item.text = _AUTHOR
            authors.append(item)
            names.append(_AUTHOR)
        return names.index(_AUTHOR)

    # ---------------------------------------------------------------------------------------------- boxes

    def _draw(self, ref: str, text: str) -> None:
        """Add the box of a new note, hidden until the pointer is over its cell."""
        if self.drawing not in self.package.parts:
            self.drawing = self.package.free_name("xl/drawings/vmlDrawing{}.vml")
            self.package.put(self.drawing, _EMPTY_DRAWING, _VML_TYPE)
            identifier = self.package.relate(self.cells.name, f"{RELATIONS}/vmlDrawing", self.drawing)
            self.cells.draw_notes(identifier)
        data = self.package.parts[self.drawing]
        end = data.rindex(b"</xml>")
        kind = b"" if b'id="_x0000_t202"' in data else _SHAPE_TYPE
        row, column = parse_address(ref)
        number = max([1024, *(int(found) for found in re.findall(rb'id="_x0000_s(\d{1,9})"', data))]) + 1
        self.package.put(self.drawing, data[:end] + kind + self._box(row, column, number, text).encode() + data[end:])

    def _box(self, row: int, column: int, number: int, text: str) -> str:
        tall = min(400, 24 + _LINE * sum(-(-max(1, len(line)) // _LETTERS) for line in text.split("\n")))
        heights = {number: _pixels(line.get("ht")) for number, line in self.cells.rows.items()}
        right, across = _far(column + 1, 15 + _WIDE, self._widths(), _COLUMN)
        bottom, down = _far(row, 10 + tall, heights, _ROW)
        return (
            f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
            ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black"'
            ' obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
            '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
            f"<x:SizeWithCells/><x:Anchor>{column}, 15, {row - 1}, 10, {right - 1}, {across}, {bottom - 1}, {down}</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        )

    def _widths(self) -> dict[int, int | None]:
        widths: dict[int, int | None] = {}
        for item in self.cells.root.iterfind(f"{MAIN}cols/{MAIN}col"):
            for column in range(int(item.get("min")), min(int(item.get("max")), 100) + 1):
                widths[column] = round(float(item.get("width", 8.43)) * 7 + 5)
        return widths


def _far(start: int, distance: int, sizes: Mapping[int, int | None], usual: int) -> tuple[int, int]:
    """Return the row or column in which a box ends that begins in ``start``, and how far into it (pixels)."""
    at = start
    while distance > (sizes.get(at) or usual) and at < start + 100:
        distance -= sizes.get(at) or usual
        at += 1
    return at, distance


def _pixels(points: str | None) -> int | None:
    return None if points is None else round(float(points) * 4 / 3)


def _text(item: Any) -> str:
    if item is None:
        return ""
    return "".join(piece.text or "" for piece in item.find(f"{MAIN}text").iter(f"{MAIN}t"))


def _clear(holder: Any) -> None:
    for child in list(holder):
        holder.remove(child)


def _run(holder: Any, text: str) -> Any:
    """Return a run of text in the font of a note."""
    run, look = holder.makeelement(f"{MAIN}r"), holder.makeelement(f"{MAIN}rPr")
    for name, value in (
        ("sz", {"val": "9"}),
        ("color", {"indexed": "81"}),
        ("rFont", {"val": "宋体"}),
        ("charset", {"val": "134"}),
    ):
        look.append(look.makeelement(f"{MAIN}{name}", **value))
    piece = run.makeelement(f"{MAIN}t")
    piece.set(_SPACE, "preserve")
    piece.text = text
    run.extend((look, piece))
    return run


def _stands_at(shape: bytes, row: int, column: int) -> bool:
    """Return whether a shape is the box of a cell's note."""
    found = [re.search(rb"<x:%s>\s*(\d+)\s*</x:%s>" % (name, name), shape) for name in (b"Row", b"Column")]
    return [int(match[1]) for match in found if match] == [row - 1, column - 1]
