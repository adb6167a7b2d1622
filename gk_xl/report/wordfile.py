"""A Word report of ours as a file: its parts, the filing it carries, and where on the page each number stands.

Both who refreshes such a file and who imports it read it through here. Numbers are found by their content controls, by
the control's name where LibreOffice (before 7.5) has dropped its tag, and by their place in the table where there is no
control at all.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from gk_xl.errors import FileError, FormError
from gk_xl.report.embed import Carried
from gk_xl.workbook.kinds import DAMAGED, WORD_NAMESPACE
from gk_xl.workbook.namespaces import W

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gk_xl.form.schema import CellId, Table

SIGNATURE: Final = {"Signature": ("signed.name", "落款·单位"), "Date": ("signed.date", "落款·日期")}
"""Style of a paragraph of the signature block → identifier and name of what stands in it."""
BANNER: Final = re.compile(r"校验未通过 \d+ 处")
"""What the first page of a report says that was exported with errors."""
DOCUMENT: Final = "word/document.xml"
_LARGEST: Final = 100 * 1024 * 1024
_GONE: Final = {f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "tcPr", "tblPr", "trPr", "tblGrid")}
_TRACKED: Final = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}


@dataclass(frozen=True)
class Slot:
    """A place on the page that shows something of the filing: what (``tag``), its name, and the element around it."""

    tag: str
    name: str
    element: Any

    @property
    def text(self) -> str:
        """The text as it reads with all changes accepted; Word's “click here” prompt is no text."""
        prompt = self.element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        return "" if prompt else text_of(self.element).strip()

    @property
    def tracked(self) -> bool:
        """Whether a tracked change stands in it."""
        return any(item.tag in _TRACKED for item in self.element.iter())

    def write(self, text: str) -> None:
        """Put a text into the first run, whose look it takes; further runs become empty."""
        from lxml import etree

        texts = list(self.element.iter(f"{W}t"))
        if not texts:
            run = next(self.element.iter(f"{W}r"), None)
            if run is None:
                content = self.element.find(f"{W}sdtContent")
                home = self.element if content is None else content
                run = etree.SubElement(next(home.iter(f"{W}p"), home), f"{W}r")
            texts = [etree.SubElement(run, f"{W}t")]
        texts[0].text = text
        for rest in texts[1:]:
            rest.text = ""
        for prompt in self.element.findall(f"{W}sdtPr/{W}showingPlcHdr"):
            prompt.getparent().remove(prompt)

    def change_unit(self, before: str, now: str) -> None:
        """Let another unit stand behind the number, or none; a word of somebody else's in its place stays."""
        from lxml import etree

        behind = next(self.element.itersiblings(f"{W}r"), None)
        standing = "" if behind is None else text_of(behind).strip()
        if behind is not None and standing and standing in (before, now):
            behind.getparent().remove(behind)
        elif before:
            return
        if now:
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = now
            self.element.addnext(run)


class WordFile:
    """An opened Word report of ours."""

    def __init__(self, data: bytes, source: str, error: type[FileError] = FileError) -> None:
        """Open a file; ``error``, with ``source`` as the file's name, for one that is damaged or not ours."""
        from lxml import etree

        self.infos, self.parts = _unzipped(data, source, error)
        self.damaged = error(f"{source} 已经损坏；请重新导出。")
        if any(_declares_entities(part) for part in self.parts.values()):
            raise error(f"{source} 里有 Word 文档不该有的内容（DOCTYPE），为安全起见没有打开；请重新导出。")
        parser = _parser()
        try:
            self.document = etree.fromstring(self.parts[DOCUMENT], parser)
            self.own_name = next(
                name
                for name, part in self.parts.items()
                if name.startswith("customXml/") and WORD_NAMESPACE.encode() in part
            )
            self.own = etree.fromstring(self.parts[self.own_name], parser)
            self.body = next(self.document.iter(f"{W}body"))
            for name, part in self.parts.items():  # what Word could not open would be written again as it is
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(part, parser)
        except (KeyError, StopIteration):
            raise error(f"{source} 不是用本工具导出的 Word 报告；请换成本工具导出的文件。") from None
        except etree.XMLSyntaxError:
            raise self.damaged from None
        try:
            self.carried = Carried.read(self.own, source)
        except (FormError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
            raise error(f"{source} 里随附的填报数据已经损坏；请重新导出。") from None

    @property
    def shown(self) -> Mapping[str, tuple[str, str]]:
        """What each control is and showed when the file was written: name → identifier and text, or its digest."""
        return self.carried.shown

    @property
    def carries_words(self) -> bool:
        """Whether an earlier version wrote the file, with words in it that are not to be published."""
        return bool(self.own.get("version") == "1")

    def carry(self, carried: Carried) -> None:
        """Let the file carry something else from now on."""
        from lxml import etree

        self.carried = carried
        self.own = etree.fromstring(carried.xml().encode())

    def parsed(self, name: str) -> Any:
        """Return the root of another part; the file is damaged when it cannot be read."""
        from lxml import etree

        try:
            return etree.fromstring(self.parts[name], _parser())
        except (KeyError, etree.XMLSyntaxError):
            raise self.damaged from None

    def zipped(self, changed: Mapping[str, Any] | None = None, without: Collection[str] = ()) -> bytes:
        """Return the file with its parts in their order; parts that were not touched keep their bytes and dates.

        ``changed`` are parts with their new root or bytes, by default page and carried data.
        """
        from lxml import etree

        changed = {DOCUMENT: self.document, self.own_name: self.own} if changed is None else changed
        for name, root in changed.items():
            self.parts[name] = (
                root
                if isinstance(root, bytes)
                else etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for info in self.infos:
                if info.filename not in without:
                    package.writestr(info, self.parts[info.filename], zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    @cached_property
    def names(self) -> Mapping[CellId, str]:
        """The name of each identifier's control in a table or in the signature block."""
        return {tag: name for name, (tag, _) in self.shown.items() if "·" in name}

    def slots(self) -> Iterator[Slot]:
        """Yield every place that shows a number, and unit and date of the signature, from top to bottom."""
        for block in blocks(self.body):
            if block.tag == f"{W}tbl":
                yield from self._table(block)
            elif style_of(block) in SIGNATURE:
                yield Slot(*SIGNATURE[style_of(block)], block)
            else:
                for control in block.iter(f"{W}sdt"):
                    tag, name = self.identity(control)
                    if tag:
                        yield Slot(tag, name, control)

    def identity(self, control: Any) -> tuple[str, str]:
        """Return a control's identifier and name, both empty when it is none of ours."""
        properties = control.find(f"{W}sdtPr")
        items = [None if properties is None else properties.find(f"{W}{kind}") for kind in ("alias", "tag")]
        name, tag = ("" if item is None else item.get(f"{W}val", "") for item in items)
        if name in self.shown and tag in {"", self.shown[name][0]}:
            return self.shown[name][0], name
        known = [own for own, (own_tag, _) in self.shown.items() if tag and own_tag == tag]
        return (tag, known[0]) if known else ("", "")

    def _table(self, element: Any) -> Iterator[Slot]:
        seen = set()
        for control in element.iter(f"{W}sdt"):
            tag, name = self.identity(control)
            if tag:
                seen.add(tag)
                yield Slot(tag, name, control)
        form = next((table for table in self.carried.filing.form.tables if _same_head(element, table)), None)
        try:
            places = _places(element, form) if form else {}
        except ValueError:
            raise self.damaged from None
        for cell, place in places.items():
            if cell not in seen:
                yield Slot(cell, self.names.get(cell, cell), place)


def blocks(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also those inside block-level controls and insertions."""
    for item in parent:
        if item.tag in {f"{W}p", f"{W}tbl"}:
            yield item
        elif item.tag not in _GONE:
            yield from blocks(item)


def inline(parent: Any) -> Iterator[Any]:
    """Yield the runs and content controls of a paragraph in order, without what a tracked change deletes."""
    for item in parent:
        if item.tag in {f"{W}r", f"{W}sdt"}:
            yield item
        elif item.tag not in _GONE:
            yield from inline(item)


def text_of(element: Any) -> str:
    """Return the text inside an element as it reads with all changes accepted."""
    parts = []
    for item in element:
        if item.tag == f"{W}t":
            parts.append(item.text or "")
        elif item.tag in {f"{W}tab", f"{W}br", f"{W}cr"}:
            parts.append("\t" if item.tag == f"{W}tab" else "\n")
        elif item.tag not in _GONE:
            parts.append(text_of(item))
    return "".join(parts)


def style_of(paragraph: Any) -> str:
    """Return the identifier of a paragraph's style, empty for the default."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _same_head(element: Any, table: Table) -> bool:
    """Return whether a table of the page is this statutory one: it begins with the same printed cell."""
    first = next(element.iter(f"{W}tc"), None)
    return first is not None and "".join(text_of(first).split()) == "".join(table.grid[0].text.split())


def _places(element: Any, table: Table) -> dict[CellId, Any]:
    """Return the table cell of each number by its place in the grid; nothing where rows were added or removed.

    ValueError when a cell spans no number of columns.
    """
    rows = [row for row in element.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
    if len(rows) != table.lines:
        return {}
    cells = {(item.line, item.column): item.cell for item in table.grid if item.cell}
    found = {}
    for line, row in enumerate(rows):
        column = 0
        for place in row.iter(f"{W}tc"):
            cell = cells.get((line, column))
            if cell:
                found[cell] = place
            span = place.find(f"{W}tcPr/{W}gridSpan")
            column += 1 if span is None else int(span.get(f"{W}val", "1"))
    return found


def _unzipped(data: bytes, source: str, error: type[FileError]) -> tuple[list[zipfile.ZipInfo], dict[str, bytes]]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise error(f"{source} 有密码，或是旧版 .doc 文件；请用 Word 打开后另存为不加密的 .docx 再试。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = list({info.filename: info for info in package.infolist() if not info.is_dir()}.values())
            if sum(info.file_size for info in infos) > _LARGEST:
                raise error(f"{source} 展开后超过 100 MB，不像年度报告；请删去多余的图片再试。")
            return infos, {info.filename: package.read(info) for info in infos}
    except DAMAGED:
        raise error(f"{source} 已经损坏，不是完整的 .docx 文件；请重新下载或导出后再试。") from None


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _declares_entities(part: bytes) -> bool:
    """Return whether a part declares entities, in whatever encoding; no Word file does."""
    return any("<!DOCTYPE".encode(encoding) in part for encoding in ("ascii", "utf-16-le", "utf-16-be"))
