"""The text of a published report → a filing, with an account of every line.

Sections are found by their headings, numbers by the labels before them, the edition by the heads. Narrative is kept
as it stands, also where it stands in the wrong place: that is for the check to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from gk_xl.errors import EditionNotFound, SourceError
from gk_xl.form.doubt import UNREAD, Doubt
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import NARRATIVE, edition_for, edition_ids, edition_in_force, load_edition
from gk_xl.form.units import unit_kinds
from gk_xl.sources.annexes import annexes
from gk_xl.sources.displaced import doubt_displaced
from gk_xl.sources.editions import carried_over, edition_of, printed_in
from gk_xl.sources.formats.text import document_of
from gk_xl.sources.furniture import is_furniture, is_stray, leads
from gk_xl.sources.grid_tables import pieces_of, read_pieces
from gk_xl.sources.identity import completed, find_titles, full_name, title_in_head, year_in_text
from gk_xl.sources.labels import bare
from gk_xl.sources.lengthened import doubt_marked
from gk_xl.sources.lines import at_spots, lines_of
from gk_xl.sources.model import MOVED, Imported, Line, NoteKind, Role, missing_notes
from gk_xl.sources.paragraphs import PAGE_NUMBER, joined
from gk_xl.sources.parted import join_parted
from gk_xl.sources.sections import (
    CLOSING,
    SURE,
    find_headings,
    heading_score,
    is_contents,
    is_heading_again,
    is_scrap,
    plain,
)
from gk_xl.sources.segments import PROSE
from gk_xl.sources.signing import FURNITURE, Signing
from gk_xl.sources.stated_zeros import put_zeros
from gk_xl.sources.tables import read_table
from gk_xl.sources.text_grids import told_better
from gk_xl.sources.tokens import is_border

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gk_xl.form.schema import CellId, Edition, Value
    from gk_xl.sources.document import Document, Meta
    from gk_xl.sources.identity import Title
    from gk_xl.sources.readings import TableReading
    from gk_xl.sources.sections import Heading

TABLE_LINES: Final = 4000
"""A table has at most some 600 cells; with every cell on a line and blank lines between, it ends well before this line."""

INSTRUCTION: Final = re.compile(
    r"以表格(?:的)?形式报告|表格如下|见(?:下|附)表|^（?单位：|(?:填报|填表|审核|负责)人：.*(?:填报|填表|审核|负责)人："
)
_RUN: Final = re.compile(r"\d{4}(?!年)")
_NO_PLACE: Final = "这是表格以外的文字；如需保留，请移到一、五、六部分。"


def import_text(text: str, source: str, year: int | None = None, unit: Unit | None = None) -> Imported:
    """Return the filing that a report's text holds, with notes; ``source`` names it in messages.

    ``year`` and ``unit`` prevail over what the text says. SourceError when no section and no table is recognised, or
    when the year is older than every edition.
    """
    return import_document(document_of(text), source, year, unit)


def import_document(document: Document, source: str, year: int | None = None, unit: Unit | None = None) -> Imported:
    """Return the filing that a document holds; as :func:`import_text`, for every format."""
    lines = lines_of(document)
    imported = _Importer(lines, source, year, unit or Unit(), document.meta).run()
    spots = {line.number: line.spot for line in lines}
    if document.by_line:
        return imported
    return replace(imported, notes=tuple(at_spots(imported.notes, spots)), spots=spots)


@dataclass
class _Importer(Signing):
    """One import: the lines, what was asked for, and what has been found so far."""

    source: str
    asked_year: int | None
    asked_unit: Unit
    meta: Meta
    in_tables: set[int] = field(default_factory=set)
    """The lines that tables were read from."""
    annexes: dict[str, range] = field(default_factory=dict)
    """By table the positions of its lines, where it stands behind the last section."""
    leads: set[int] = field(default_factory=set)
    """The positions of numbers that stand alone above a heading."""

    def run(self) -> Imported:
        headings = find_headings(self.lines, edition_in_force())
        if not headings:
            raise SourceError(
                f"{self.source} 里没有认得出的年度报告标题或表格，可能不是政府信息公开工作年度报告；"
                "请换成报告正文的文本再导入。"
            )
        titles = find_titles(self.lines, headings[0].position) or title_in_head(self.meta.title)
        if not headings[-1].section.table:
            self.annexes = annexes(self.lines, headings[-1].position)
        year = self._year(titles)
        edition, tables = self._edition(headings, year)
        self._read_headings(edition, headings)
        put_zeros(tables.values(), {line.number: line.text for line in self.lines})
        self.in_tables = {number for reading in tables.values() for number in reading.roles}
        self.leads = leads([line.text for line in self.lines], [h.position for h in headings if h.found])
        narrative, signature = self._narrative(edition, headings, titles)
        signature = self.dated(signature, self.meta, year)
        self._keep_prose(edition, tables, narrative)
        unit = self._unit(titles, signature, narrative)
        self._read_title(titles, edition, unit, year)
        cells: dict[CellId, Value] = dict.fromkeys(edition.cells)
        units: dict[CellId, str] = {}
        placed: dict[CellId, int] = {}
        doubts: dict[CellId, str] = {}
        for reading in tables.values():
            doubt_displaced(reading)
            join_parted(reading, edition.id)
            doubt_marked(reading, edition.id)
            cells |= reading.cells
            units |= reading.units
            placed |= reading.placed
            doubts |= reading.doubts
            self.notes += reading.notes
            for number, roles in reading.roles.items():
                self.roles.setdefault(number, set()).update(roles)
        self.leave_the_rest()
        known = {cell: Doubt(cells[cell], why) for cell, why in doubts.items()}
        unread = {cell: Doubt(None, UNREAD) for cell in cells if cell not in placed and cell not in known}
        filing = Filing(edition.id, year, unit, cells, narrative, signature, units=units, doubts={**unread, **known})
        notes = sorted(self.notes, key=lambda item: item.lines[:1] or (0,)) + missing_notes(filing, placed)
        account = {number: tuple(sorted(self.roles[number])) for number in sorted(self.roles)}
        return Imported(filing, tuple(notes), placed, account, doubts=doubts)

    # ------------------------------------------------------------------ year and edition

    def _year(self, titles: Sequence[Title]) -> int | None:
        """Return the year: asked for, in the title, in the text, else None."""
        in_title = next((title.year for title in titles if title.year is not None), None)
        year = self.asked_year if self.asked_year is not None else in_title
        if self.asked_year is not None and in_title not in (None, self.asked_year):
            message = f"标题写的是 {in_title} 年，按指定的 {self.asked_year} 年读。"
            numbers = self.numbers(titles[0].positions)
            self.tell(NoteKind.READ, numbers, "年度", message, found=f"{in_title}", read=f"{year}")
        if year is None:
            year = year_in_text([line.text for line in self.lines if line.cells is None])
            if year is not None:
                self.tell(NoteKind.READ, (), "年度", f"标题里没有年度，按正文读作 {year} 年，请核对。", read=f"{year}")
        return year

    def _edition(self, headings: Sequence[Heading], year: int | None) -> tuple[Edition, dict[str, TableReading]]:
        """Return the edition that the tables are printed in, and what they hold."""
        try:
            own = edition_for(year).id if year is not None else ""
        except EditionNotFound as error:
            raise SourceError(f"{self.source} 是 {year} 年的报告，{str(error).rstrip('。')}；请核对年度。") from None
        read = {name: self._tables(load_edition(name), headings, year) for name in edition_ids()}
        fits = {name: {table: found.exact for table, found in read[name].items()} for name in read}
        edition = edition_of(fits, year)
        if year is None:
            message = f"不知道是哪一年的报告，按版式最接近的 {edition.id} 年版表格读取；请核对年度。"
        elif edition.id == own:
            message = f"按 {year} 年度的表格（{edition.id} 年版）读取。"
        else:
            alike, same = sum(fits[edition.id].values()), sum(fits[own].values())
            message = (
                f"原文的表格是 {edition.id} 年版（与它相同的标签 {alike} 个，与 {own} 年版相同的 {same} 个），"
                f"按 {edition.id} 年版读取；{year} 年度应当用 {own} 年版，请核对年度。"
            )
        self.tell(NoteKind.READ, (), "表格版本", message, found=own, read=edition.id)
        tables = read[edition.id]
        for table in [table.id for table in edition.tables if table.id in tables]:
            printed = printed_in(fits, edition, table)
            if printed is not edition:
                tables[table] = carried_over(read[printed.id][table], printed, edition)
        return edition, tables

    # ------------------------------------------------------------------ regions

    def _regions(self, headings: Sequence[Heading]) -> Iterable[tuple[Heading, range]]:
        """Yield every section with the positions of the lines under its heading."""
        last = min((own.start for own in self.annexes.values()), default=len(self.lines))
        ends = [heading.position for heading in headings[1:]] + [last]
        for heading, end in zip(headings, ends, strict=True):
            yield heading, range(heading.position + bool(heading.found), end)

    def _tables(self, edition: Edition, headings: Sequence[Heading], year: int | None) -> dict[str, TableReading]:
        """Read all tables as tables of ``edition``: those drawn as grids wherever they stand, the others by section."""
        known = {table.id for table in edition.tables}
        regions: dict[str, tuple[Heading | None, range]] = {
            h.section.table: (h, region) for h, region in self._regions(headings) if h.section.table in known
        }
        asked = {self.lines[p].number: name for name, (_, region) in regions.items() for p in region}
        regions |= {name: (None, region) for name, region in self.annexes.items() if name in known}
        pieces = pieces_of(self.lines, asked)
        readings = {name: read_pieces(edition, name, found, year) for name, found in pieces.items() if name in known}
        for name, (heading, region) in regions.items():
            rest = heading.rest if heading else ""
            lines = [Line(self.lines[heading.position].number, rest)] if heading and rest else []
            lines += [self.lines[p] for p in region[:TABLE_LINES] if self.lines[p].grid is None]
            if name not in readings:
                first = read_table(edition, edition.table(name), lines, year)
                readings[name] = told_better(first, edition, lines, year)
            else:
                readings[name].prose += [line.number for line in lines if bare(line.text)]
        return readings

    def _read_headings(self, edition: Edition, headings: Sequence[Heading]) -> None:
        """Mark the heading lines and say which differ from the form's, and which are missing."""
        for heading in headings:
            if not heading.found:
                message = f"没有找到标题“{heading.section.heading}”，按表格里的标签认出了这一部分。"
                self.tell(NoteKind.NORMALISED, self.numbers([heading.position]), "标题", message)
                continue
            numbers = self.numbers([heading.position])
            self.mark(numbers, Role.HEADING)
            own = edition.section(heading.section.id).heading
            if bare(CLOSING.sub("", heading.found)) != own:
                message = f"标题写作“{heading.found}”，按“{own}”读。"
                self.tell(NoteKind.NORMALISED, numbers, "标题", message, found=heading.found, read=own)
        found = {heading.section.id for heading in headings}
        for section in edition.sections:
            if section.table and section.id not in found:
                self.tell(NoteKind.MISSING, (), "标题", f"没有找到“{section.heading}”这一部分。")

    # ------------------------------------------------------------------ narrative and signature

    def _narrative(
        self, edition: Edition, headings: Sequence[Heading], titles: Sequence[Title]
    ) -> tuple[dict[str, tuple[str, ...]], Signature]:
        """Return the paragraphs of every part, and the signature taken off the last one."""
        parts: dict[str, list[str]] = {part: [] for part in NARRATIVE}
        signature = Signature()
        titled = {position for title in titles for position in title.positions} or {-1}
        before = [p for p in range(headings[0].position) if p not in titled and bare(self.lines[p].text)]
        for heading, region in self._regions(headings):
            if heading.section.table:
                continue
            filled = self._before_tables([position for position in region if bare(self.lines[position].text)])
            if heading is headings[-1]:
                signature, filled = self.signed_at_end(filled)
            below = next((h.section for h in headings if h.position > heading.position), None)
            if filled and below is not None and is_heading_again(self.lines[filled[-1]].text, below):
                self.mark(self.numbers([filled.pop()]), Role.HEADING)  # （二）… above the 表1 … that was taken for it
            part = parts[heading.section.narrative]
            part += [heading.rest] if heading.rest else []
            for text, numbers in joined(self.lines, [p for p in filled if not self._is_layout(p)]):
                self.mark(numbers, Role.NARRATIVE)
                part.append(text)
        if not (signature.name or signature.date):
            signature, before = self.signed_below_title(before, max(titled))
        own = [p for p in before if self._is_preamble(p, edition, before_title=p < max(titled))]
        for text, numbers in joined(self.lines, own):
            if is_stray(text):
                self.leave([p for p in own if self.lines[p].number in numbers], FURNITURE)
                continue
            self.mark(numbers, Role.NARRATIVE)
            parts["preamble"].append(text)
        self._preamble_inside(edition, parts, headings)
        return {part: tuple(paragraphs) for part, paragraphs in parts.items()}, signature

    def _keep_prose(
        self, edition: Edition, tables: Mapping[str, TableReading], narrative: dict[str, tuple[str, ...]]
    ) -> None:
        """Keep the paragraphs among the tables: a filing has text in three parts only, so they go to the end of 一."""
        first = next(section for section in edition.sections if section.narrative)
        texts = {line.number: line.text for line in self.lines}
        for name, reading in tables.items():
            place = edition.section(name).heading
            for number in dict.fromkeys(reading.prose):
                text = plain(texts[number])
                if PAGE_NUMBER.fullmatch(text):
                    self.mark([number], Role.LAYOUT)
                    continue
                again = is_heading_again(text, edition.section(name))
                if (
                    again or heading_score(text, edition) >= SURE
                ):  # the section's heading again, over the table's columns
                    self.mark([number], Role.HEADING)
                    continue
                prose = text.endswith("。") or (len(bare(text)) >= PROSE and not _RUN.match(bare(text)))
                if INSTRUCTION.search(bare(text)) or not prose or is_scrap(text):
                    self.leave([p for p, line in enumerate(self.lines) if line.number == number], _NO_PLACE)
                    continue
                narrative[first.narrative] = (*narrative[first.narrative], text)
                self.mark([number], Role.NARRATIVE)
                message = f"“{place}”里有一段文字，{MOVED}，已放在“{first.heading}”的末尾，请核对。"
                self.tell(NoteKind.READ, [number], place, message, found=text[:20] + "…")

    def _before_tables(self, positions: list[int]) -> list[int]:
        """Return the lines of a section of text before tables that stand in it, as annexes do; what follows them is left."""
        own = [at for at, position in enumerate(positions) if self._is_in_table(position)]
        for position in positions[own[0] :] if own else ():
            if not self._is_in_table(position):
                self.leave([position], "在附表中，不是表格的内容。")
        return positions[: own[0]] if own else positions

    def _is_in_table(self, position: int) -> bool:
        line = self.lines[position]
        return line.grid is not None and line.number in self.in_tables

    def _is_preamble(self, position: int, edition: Edition, *, before_title: bool) -> bool:
        """Return whether a line before the first section is preamble; what belongs to the page is left where it is."""
        if self._is_layout(position) or self._is_in_table(position):
            return False
        text = plain(self.lines[position].text)
        contents = is_contents(text, edition)
        left = contents or before_title or self.lines[position].grid is not None or is_furniture(text)
        if left:
            self.leave([position], "是目录，不是正文。" if contents else FURNITURE)
        return not left

    def _is_layout(self, position: int) -> bool:
        """Return whether a line is a page's number or only draws, and note that it is."""
        text = self.lines[position].text
        found = PAGE_NUMBER.fullmatch(text) is not None or is_border(text) or position in self.leads
        if found:
            self.mark(self.numbers([position]), Role.LAYOUT)
        return found

    def _preamble_inside(self, edition: Edition, parts: dict[str, list[str]], headings: Sequence[Heading]) -> None:
        """Say when what customarily precedes 一 stands inside it; it is kept where it stands."""
        first = parts["overview"][0] if parts["overview"] else ""
        signs = sum(word in first for word in ("统计期限", "编制", "联系", "下载", "根据", "本报告", "本年报"))
        if not parts["preamble"] and signs >= 3:
            heading = edition.section("overview").heading
            position = next(h.position for h in headings if h.section.narrative == "overview")
            numbers = [line.number for line in self.lines[position + 1 :] if plain(line.text) == first][:1]
            message = f"“{heading}”的第一段像是前言（编制依据、统计期限、联系方式），按原位置保留。"
            self.tell(NoteKind.READ, numbers, heading, message, found=first[:20] + "…")

    # ------------------------------------------------------------------ title and unit

    def _unit(self, titles: Sequence[Title], signature: Signature, narrative: dict[str, tuple[str, ...]]) -> Unit:
        """Return the unit: as asked for, completed from signature, text and title."""
        in_title = titles[-1].unit if titles else ""
        name, origin = full_name(
            in_title, signature.name, [*narrative["preamble"], *narrative["overview"]], self.meta.unit
        )
        unit = completed(self.asked_unit, name)
        if not self.asked_unit.name and origin == "推断":
            message = f"全文没有单位全称，按标题里的“{in_title}”推为“{name}”，请核对。"
            self.tell(NoteKind.READ, (), "单位名称", message, found=in_title, read=name)
        elif not self.asked_unit.name and origin:
            self.tell(NoteKind.READ, (), "单位名称", f"单位全称取自{origin}：{name}。", found=in_title, read=name)
        if unit.name and not self.asked_unit.kind:
            if unit.kind:
                kind = unit_kinds()[unit.kind]
                message = f"按名称把单位类型读作“{kind.label}”，自称“{unit.self_word}”；不对的请在封面改。"
                self.tell(NoteKind.READ, (), "单位类型", message, found=unit.name, read=unit.kind)
            else:
                message = f"从“{unit.name}”看不出单位类型；请在封面选择。"
                self.tell(NoteKind.MISSING, (), "单位类型", message, found=unit.name)
        return unit

    def _read_title(self, titles: Sequence[Title], edition: Edition, unit: Unit, year: int | None) -> None:
        """Mark the title's lines; say when it is split, repeated, or differs from the form's."""
        for index, title in enumerate(titles):
            numbers = self.numbers(title.positions)
            self.mark(numbers, Role.TITLE)
            if not numbers:
                self.tell(
                    NoteKind.READ, (), "标题", f"正文里没有标题，取自网页的标题栏：“{title.text}”。", found=title.text
                )
            if len(numbers) > 1:
                message = f"标题分在 {len(numbers)} 行，已连成“{title.text}”。"
                self.tell(NoteKind.NORMALISED, numbers, "标题", message, found=title.text, read=title.text)
            own = edition.title(title.unit or unit.name, year)
            if index:
                self.tell(NoteKind.READ, numbers, "标题", f"标题重复出现：“{title.text}”，只取一次。", found=title.text)
            elif title.text != own:
                lacks = "（缺“年度”）" if "年度报告" in own and "年度报告" not in title.text else ""
                message = f"标题写作“{title.text}”{lacks}，规范写法是“{own}”；导出时用规范写法。"
                self.tell(NoteKind.NORMALISED, numbers, "标题", message, found=title.text, read=own)
        if not titles:
            message = "没有找到“……年政府信息公开工作年度报告”这样的标题。"
            self.tell(NoteKind.MISSING, (), "标题", message)
