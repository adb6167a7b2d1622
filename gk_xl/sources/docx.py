"""A report that this package wrote as a Word file → the filing it came from, with what was changed in Word since.

The file carries the numbers and settings of its filing. What reads as it was printed comes back as it was filed (numbers,
fields, settings); text comes from the page, and so does what was changed in Word. Contact and reasons are not in the file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gk_xl.errors import SourceError
from gk_xl.form.dates import iso_date
from gk_xl.form.fields import fields
from gk_xl.form.filing import Signature
from gk_xl.form.load import NARRATIVE
from gk_xl.report.embed import is_text, reads_as, told, words
from gk_xl.report.fields import BLANK
from gk_xl.report.wordfile import BANNER, SIGNATURE, WordFile, blocks, inline, style_of, text_of
from gk_xl.sources.model import Imported, NoteKind, missing_notes, note
from gk_xl.workbook.namespaces import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Value
    from gk_xl.sources.model import Note, Request


def import_docx(data: bytes, request: Request) -> Imported:
    """Return the filing in a Word file of ours; SourceError for any other file."""
    reader = _Reader(WordFile(data, request.source, SourceError))
    reader.read()
    filing, notes = reader.filing()
    if request.unit is not None:
        own, names = filing.unit, ("name", "kind", "self_word", "county")
        given = {name: getattr(request.unit, name) or getattr(own, name) for name in names}
        filing = replace(filing, unit=replace(own, **given))
    if request.year is not None and request.year != filing.year:
        raise SourceError(f"{request.source} 是 {filing.year} 年的报告，与指定的 {request.year} 年不一致；请核对年度。")
    return Imported(filing, (*notes, *missing_notes(filing, {})))


class _Reader:
    """Reads the page: numbers where they stand, paragraphs by the heading they stand under."""

    def __init__(self, file: WordFile) -> None:
        self.file, self.own = file, file.carried.filing
        self.headings = {
            _squeezed(text): section
            for section in self.own.form.printed
            for text in (section.heading, *section.variants)
        }
        self.shown: dict[str, str] = {}
        self.paragraphs: dict[str, list[str]] = {part: [] for part in NARRATIVE}
        self.stray: list[str] = []

    def read(self) -> None:
        """Read the body from top to bottom; a paragraph is kept with its fields named again."""
        for slot in self.file.slots():
            if "·" in slot.name:
                self.shown[slot.tag] = slot.text
        page, titled, title = list[tuple[str, str]](), False, _squeezed(self.own.title)
        for block in blocks(self.file.body):
            if block.tag == f"{W}tbl" or style_of(block) in SIGNATURE:
                continue
            pairs = list(self.stretches(block))
            shown, written = ("".join(texts).strip() for texts in zip(*pairs, strict=True)) if pairs else ("", "")
            if not titled and (_squeezed(shown) == title or style_of(block) == "Title"):
                titled = True
            elif shown and not BANNER.fullmatch(shown):
                page.append((shown, self.named(written)))
        if not self.place_by_count([written for _, written in page]):
            self.place_by_heading(page)

    def place_by_count(self, page: list[str]) -> bool:
        """Share out the paragraphs as they were printed; False when any was changed, added or removed since.

        So a paragraph that reads like a heading of the form stays where it was.
        """
        found, at = dict[str, list[str]](), 0
        for part, heading in [("preamble", 0), *((section.narrative, 1) for section in self.own.form.printed)]:
            at += heading
            if part:
                printed = self.file.carried.words[part]
                found[part] = page[at : at + printed.paragraphs]
                at += printed.paragraphs
                if words(found[part]) != printed:
                    return False
        if at != len(page):
            return False
        self.paragraphs = found
        return True

    def place_by_heading(self, page: list[tuple[str, str]]) -> None:
        """Share out the paragraphs by the headings they stand under; what stands under a table's is stray."""
        part = "preamble"
        for shown, written in page:
            section = self.headings.get(_squeezed(shown))
            if section is not None:
                part = section.narrative
            elif part:
                self.paragraphs[part].append(written)
            else:
                self.stray.append(shown)

    def stretches(self, paragraph: Any) -> Iterator[tuple[str, str]]:
        """Yield a paragraph's stretches as shown and as written: a field that was not typed over is its name again."""
        for item in inline(paragraph):
            text = text_of(item)
            _, name = self.file.identity(item) if item.tag == f"{W}sdt" else ("", "")
            yield text, f"{{{name}}}" if name and reads_as(text, self.file.shown[name][1]) else text

    def named(self, written: str) -> str:
        """Return a paragraph with the fields named that had no number to show, and so no control."""
        known = fields(self.own.edition)
        return BLANK.sub(lambda blank: f"{{{blank[1]}}}" if blank[1] in known else blank[0], written)

    def filing(self) -> tuple[Filing, list[Note]]:
        """Return the filing, and a note on everything that was changed in Word."""
        filing, notes = self.own, list(self.changed_numbers())
        for part, paragraphs in self.paragraphs.items():
            if words(paragraphs) != self.file.carried.words[part]:
                place = filing.form.part_name(part)
                notes.append(note(NoteKind.READ, (), place, f"“{place}”的文字在 Word 里改过，以 Word 为准。"))
        for text in self.stray:
            message = f"表格部分多出一段文字“{text}”，没有放入；请移到一、五或六。"
            notes.append(note(NoteKind.UNPLACED, (), "表格部分", message, found=text))
        signed = Signature(
            self.signed("signed.name", filing.signed.name), self.signed("signed.date", filing.signed.date)
        )
        cells = {cell: self.value(cell) for cell in filing.cells}
        narrative = {part: tuple(paragraphs) for part, paragraphs in self.paragraphs.items()}
        return replace(filing, cells=cells, narrative=narrative, signed=signed), notes

    def value(self, cell: CellId) -> Value:
        """Return what a cell holds: as filed where it reads as printed or has no place any more, else from the page."""
        found, printed = self.shown.get(cell), self.printed(cell)
        if found is None:
            return self.own.value(cell)
        if reads_as(found, printed):
            return found or None if is_text(printed) else self.own.value(cell)
        return _value(found)

    def printed(self, tag: str) -> str:
        """Return what a place in a table or the signature block showed when the file was written."""
        return self.file.shown.get(self.file.names.get(tag, ""), ("", ""))[1]

    def changed_numbers(self) -> Iterator[Note]:
        """Yield a note for each number, unit or date that reads otherwise than it was written."""
        form = self.own.form
        signature = {tag: name.replace("·", "的") for tag, name in SIGNATURE.values()}
        for tag in (*form.cells, *signature):
            place, before = signature.get(tag) or form.describe(tag), self.printed(tag)
            after = self.shown.get(tag)
            if after is None and is_text(before) and tag in form.cells:
                message = f"{place}在 Word 里找不到了，导出时填的是文字，没有放入；请补填。"
                yield note(NoteKind.UNPLACED, (), place, message)
            elif after is None and (before or tag in form.cells):
                told_before = told(before) if tag in form.cells else "内容"
                message = f"{place}在 Word 里找不到了，用导出时的{told_before}；请核对。"
                yield note(NoteKind.READ, (), place, message)
            elif after is not None and not reads_as(after, before):
                message = f"{place}在 Word 里由{told(before)}改成了“{after}”，以 Word 为准。"
                yield note(NoteKind.READ, (), place, message, found=after, read=after)

    def signed(self, tag: str, filed: str) -> str:
        """Return unit or date of the signature: as filed where it reads as printed, else from the page."""
        text = self.shown.get(tag)
        if text is None or reads_as(text, self.printed(tag)):
            return filed
        return iso_date(text) if tag == "signed.date" else text


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
