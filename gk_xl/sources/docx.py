"""A report that this package wrote as a Word file → the filing it came from, with what was changed in Word since.

The file carries its filing. A number, a paragraph or a signature that reads as it was printed comes back exactly as it
was filed (text as typed, fields, settings, waivers); what reads otherwise was changed in Word and comes from the page.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from gk_xl.errors import FormError, SourceError
from gk_xl.form.filing import Filing, Signature
from gk_xl.form.load import NARRATIVE
from gk_xl.sources.model import Imported, NoteKind, missing_notes, note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gk_xl.form.filing import Value
    from gk_xl.form.schema import CellId
    from gk_xl.sources.model import Note
    from gk_xl.sources.open import Request

_LARGEST: Final = 100 * 1024 * 1024
"""Bytes of one part unpacked; ours have less than one million."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMBEDDED: Final = "{urn:gk_xl:filing}"
_MOST_FIELD_NAME: Final = 30
_GONE: Final = {f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}sdtPr", f"{_W}tcPr", f"{_W}tblPr"}


@dataclass(frozen=True)
class _Embedded:
    """What a Word file of ours says of itself: its filing, the paragraphs as printed, name → tag and text of controls."""

    filing: Filing
    printed: Mapping[str, list[str]]
    controls: Mapping[str, tuple[str, str]]


def import_docx(data: bytes, request: Request) -> Imported:
    """Return the filing in a Word file of ours; SourceError for any other file. Bytes of the file, its name for messages."""
    body, embedded = _open(data, request.source)
    reader = _Reader(embedded)
    reader.read(body)
    filing, notes = reader.filing()
    if request.unit is not None:
        names = ("name", "kind", "self_word", "county")
        given, own = request.unit, filing.unit
        filing = replace(
            filing, unit=replace(own, **{name: getattr(given, name) or getattr(own, name) for name in names})
        )
    if request.year is not None and request.year != filing.year:
        raise SourceError(f"{request.source} 是 {filing.year} 年的报告，与指定的 {request.year} 年不一致；请核对年度。")
    return Imported(filing, (*notes, *missing_notes(filing, {})))


def read_docx(path: Path) -> Filing:
    """Return the filing in a Word file of ours; SourceError for any other file."""
    from gk_xl.sources.open import Request

    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} 读不出来（{error.strerror}）；请检查路径和权限后再试。") from None
    return import_docx(data, Request(str(path))).filing


def _open(data: bytes, source: str) -> tuple[Any, _Embedded]:
    """Return the document's body and what it says of itself."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(f"{source} 有密码，或是旧版 .doc 文件；请用 Word 打开后另存为不加密的 .docx 再导入。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [info.filename for info in package.infolist() if info.file_size <= _LARGEST]
            roots = [_parse(package.read(name)) for name in names if re.fullmatch(r"customXml/item\d+\.xml", name)]
            found = [root for root in roots if root is not None and root.tag == f"{_EMBEDDED}filing"]
            document = _parse(package.read("word/document.xml")) if "word/document.xml" in names else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise SourceError(f"{source} 已经损坏，不是完整的 .docx 文件；请重新下载或导出后再试。") from None
    body = None if document is None else document.find(f"{_W}body")
    if body is None or not found:
        raise SourceError(f"{source} 不是用本工具导出的 Word 报告；请另存为纯文本（.txt）再导入。")
    try:
        filing = Filing.from_json(json.loads(found[0].findtext(f"{_EMBEDDED}json")), source)
        printed = json.loads(found[0].findtext(f"{_EMBEDDED}printed"))
        controls = {
            name: (tag, text) for name, (tag, text) in json.loads(found[0].findtext(f"{_EMBEDDED}controls")).items()
        }
    except (FormError, ValueError, TypeError, AttributeError):
        raise SourceError(f"{source} 里随附的填报数据已经损坏；请另存为纯文本（.txt）再导入。") from None
    return body, _Embedded(filing, printed, controls)


def _parse(data: bytes) -> Any:
    """Return the root of an XML part, None when it is none; no entities, no network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


class _Reader:
    """Reads the page: numbers by their controls, paragraphs by the heading they stand under."""

    def __init__(self, embedded: _Embedded) -> None:
        self.own = embedded
        edition = embedded.filing.form
        self.headings = {
            _squeezed(text): section for section in edition.sections for text in (section.heading, *section.variants)
        }
        self.title = _squeezed(embedded.filing.title)
        self.cells: dict[CellId, str] = {}
        self.signed: dict[str, str] = {}
        self.paragraphs: dict[str, list[tuple[str, str]]] = {part: [] for part in NARRATIVE}
        self.stray: list[str] = []

    def read(self, body: Any) -> None:
        """Read the body from top to bottom; a paragraph is kept as printed and with its fields named again."""
        part, titled = "preamble", False
        for block in _blocks(body):
            if block.tag == f"{_W}tbl":
                self.read_table(block)
                continue
            shown = "".join(text for text, _ in self.inline(block))
            written = "".join(text for _, text in self.inline(block))
            section = self.headings.get(_squeezed(shown))
            if section is not None:
                part = section.narrative
            elif not titled and (_squeezed(shown) == self.title or _style(block) == "Title"):
                titled = True
            elif not shown.strip() or _style(block) == "CheckBanner" or self.read_signature(block):
                continue
            elif part:
                self.paragraphs[part].append((shown.strip(), written.strip()))
            else:
                self.stray.append(shown.strip())

    def read_table(self, table: Any) -> None:
        for control in table.iter(f"{_W}sdt"):
            tag, _ = self.control(control)
            if tag in self.own.filing.form.cells:
                self.cells[tag] = _text(control)

    def read_signature(self, paragraph: Any) -> bool:
        """Return whether the paragraph is unit or date of the signature, and keep it."""
        for control in paragraph.iter(f"{_W}sdt"):
            tag, _ = self.control(control)
            if tag in {"signed.name", "signed.date"}:
                self.signed[tag] = _text(paragraph).strip()
                return True
        return False

    def control(self, control: Any) -> tuple[str, str]:
        """Return a control's tag and name; LibreOffice before 7.5 keeps the name only."""
        properties = control.find(f"{_W}sdtPr")
        values = [
            "" if item is None else item.get(f"{_W}val", "")
            for item in (properties.find(f"{_W}{kind}") for kind in ("tag", "alias"))
        ]
        tag, name = values
        return tag or self.own.controls.get(name, ("", ""))[0], name

    def inline(self, paragraph: Any) -> Iterator[tuple[str, str]]:
        """Yield a paragraph's stretches as shown and as written: a field that was not typed over is its name again."""
        for item in paragraph:
            if item.tag in _GONE:
                continue
            if item.tag == f"{_W}sdt":
                _, name = self.control(item)
                text = _text(item)
                known = name in self.own.controls and len(name) <= _MOST_FIELD_NAME
                yield text, f"{{{name}}}" if known and text == self.own.controls[name][1] else text
            elif item.tag == f"{_W}r":
                text = _text(item)
                yield text, text
            else:
                yield from self.inline(item)

    def filing(self) -> tuple[Filing, list[Note]]:
        """Return the filing, and a note on everything that was changed in Word."""
        filing, notes = self.own.filing, list[Note]()
        cells = dict(filing.cells)
        printed = dict(self.own.controls.values())
        for cell_id in filing.form.cells:
            if cell_id not in self.cells:
                message = f"{filing.form.describe(cell_id)}的数在 Word 里找不到了，用导出时的数；请核对。"
                notes.append(note(NoteKind.READ, (), filing.form.describe(cell_id), message))
            elif (text := self.cells[cell_id]) != printed.get(cell_id):
                cells[cell_id] = _value(text)
                notes.append(_changed(filing.form.describe(cell_id), printed.get(cell_id, ""), text))
        narrative = {}
        for part in NARRATIVE:
            paragraphs = self.paragraphs[part]
            as_printed = [text for text, _ in paragraphs] == self.own.printed.get(part, [])
            narrative[part] = filing.paragraphs(part) if as_printed else tuple(text for _, text in paragraphs)
            if not as_printed:
                place = "前言" if part == "preamble" else filing.form.section(part).heading
                notes.append(note(NoteKind.READ, (), place, f"“{place}”的文字在 Word 里改过，以 Word 为准。"))
        for text in self.stray:
            message = f"表格部分多出一段文字“{text}”，没有放入；请移到一、五或六。"
            notes.append(note(NoteKind.UNPLACED, (), "表格部分", message, found=text))
        return replace(filing, cells=cells, narrative=narrative, signed=self.signature(notes)), notes

    def signature(self, notes: list[Note]) -> Signature:
        filing, values = self.own.filing, []
        printed = dict(self.own.controls.values())
        for tag, place, filed in (
            ("signed.name", "落款的单位", filing.signed.name),
            ("signed.date", "落款的日期", filing.signed.date),
        ):
            text = self.signed.get(tag, printed.get(tag, ""))
            if text == printed.get(tag, ""):
                values.append(filed)
            else:
                values.append(_iso(text) if tag == "signed.date" else text)
                notes.append(_changed(place, printed.get(tag, ""), text))
        return Signature(*values)


def _blocks(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also those inside block-level controls and insertions."""
    for item in parent:
        if item.tag in {f"{_W}p", f"{_W}tbl"}:
            yield item
        elif item.tag not in _GONE:
            yield from _blocks(item)


def _text(item: Any) -> str:
    """Return the text inside an element as it reads with all changes accepted."""
    parts = []
    for child in item:
        if child.tag in _GONE:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in {f"{_W}tab", f"{_W}br", f"{_W}cr"}:
            parts.append("\t" if child.tag == f"{_W}tab" else "\n")
        else:
            parts.append(_text(child))
    return "".join(parts)


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _value(text: str) -> Value:
    """Return what a clerk typed into a number's place in Word: a number if it is one, else the text."""
    text = text.strip()
    if re.fullmatch(r"[-+]?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"[-+]?\d{1,15}\.\d{1,15}", text):
        return float(text)
    return text or None


def _iso(text: str) -> str:
    """Return a date as ISO when it is written 2026年1月5日, else as typed."""
    match = re.fullmatch(r"\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*", text)
    try:
        return dt.date(*map(int, match.groups())).isoformat() if match else text
    except ValueError:
        return text


def _changed(place: str, before: str, after: str) -> Note:
    message = f"{place}在 Word 里由“{before}”改成了“{after}”，以 Word 为准。"
    return note(NoteKind.READ, (), place, message, found=after, read=after)
