"""The report once, as data: title, preamble, six sections, signature. Word, web page and PDF are drawn from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gk_xl.report.fields import Run, field_notes, field_runs
from gk_xl.report.outline import level_of
from gk_xl.report.title import title_lines
from gk_xl.report.values import clean, printed, printed_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition, Section, Table

_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LONGEST_NAME = 64
"""Characters that Word allows in the name of a content control."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``level`` 1–4 when it is a heading or begins with one, 0 for body text.

    ``place`` names the paragraph of the filing it was printed from, as findings do: ``narrative.overview.3``.
    """

    runs: tuple[Run, ...]
    level: int = 0
    place: str = ""

    @property
    def text(self) -> str:
        """The paragraph's whole text."""
        return "".join(run.text for run in self.runs)

    @property
    def is_heading(self) -> bool:
        """Whether the whole paragraph is a heading."""
        return self.level > 0 and all(run.lead for run in self.runs)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A statutory table with the text of every cell, and its name in words; ``units``: the unit printed behind a number."""

    table: Table
    caption: str
    texts: Mapping[CellId, str]
    units: Mapping[CellId, str]
    labels: Mapping[CellId, str]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One of the six sections, or an annex: its heading and either paragraphs or a table."""

    section: Section
    paragraphs: tuple[Paragraph, ...] = ()
    table: PrintedTable | None = None

    @property
    def heading(self) -> str:
        """The heading as the edition prints it."""
        return self.section.heading


@dataclass(frozen=True, slots=True)
class Report:
    """What every form of the report shows. ``notes`` says in Chinese what was left out or is missing."""

    edition: Edition
    title: str
    title_lines: tuple[str, ...]
    subject: str
    unit: str
    year: int | None
    banner: str
    preamble: tuple[Paragraph, ...]
    sections: tuple[ReportSection, ...]
    signature: str
    date: str
    notes: tuple[str, ...]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield all narrative paragraphs in order."""
        yield from self.preamble
        for section in self.sections:
            yield from section.paragraphs


def build_report(filing: Filing, *, failed: int = 0) -> Report:
    """Return the report that a filing makes; with ``failed`` > 0 it bears the banner that errors stand."""
    edition, notes = filing.form, list[str]()
    title = clean(filing.title)
    banner = f"校验未通过 {failed} 处" if failed > 0 else ""
    notes += field_notes(filing)
    preamble = _paragraphs(filing, "preamble", (), notes)
    sections = tuple(_section(filing, section, notes) for section in edition.printed)
    day = filing.signed.day
    if filing.year is None or not filing.unit.name:
        missing = "、".join(
            name for name, value in (("单位名称", filing.unit.name), ("年度", filing.year)) if not value
        )
        notes.append(f"封面没有填{missing}，题目不完整；请补填后重新导出。")
    signature = clean(filing.signed.name).strip()
    date = printed_day(day) if day else clean(filing.signed.date).strip()
    if not (signature and date):
        missing = "、".join(name for name, text in (("单位名称", signature), ("日期", date)) if not text)
        notes.append(f"落款缺{missing}，报告里没有印；请在封面补填后重新导出。")
    return Report(
        edition,
        title,
        title_lines(title),
        edition.title_pattern.rpartition("}")[2].removeprefix("年"),
        clean(filing.unit.name),
        filing.year,
        banner,
        preamble,
        sections,
        signature,
        date,
        tuple(notes),
    )


def _section(filing: Filing, section: Section, notes: list[str]) -> ReportSection:
    if section.table:
        return ReportSection(section, table=_table(filing, section))
    paragraphs = _paragraphs(filing, section.narrative, (section.heading, *section.variants), notes)
    if not paragraphs:
        notes.append(f"“{section.heading}”没有正文，报告里只有标题；请补写后重新导出。")
    return ReportSection(section, paragraphs)


def _table(filing: Filing, section: Section) -> PrintedTable:
    table = filing.form.table(section.table)
    return PrintedTable(
        table,
        f"{table.name} {section.title or _without_number(section.heading)}",
        {cell.id: printed(filing.value(cell.id)) for cell in table.cells},
        {
            cell.id: filing.units[cell.id]
            for cell in table.cells
            if filing.units.get(cell.id, cell.unit) != cell.unit and filing.number(cell.id) is not None
        },
        {cell.id: "·".join((*cell.path, cell.column_label))[:_LONGEST_NAME] for cell in table.cells},
    )


def _paragraphs(filing: Filing, part: str, headings: tuple[str, ...], notes: list[str]) -> tuple[Paragraph, ...]:
    """Return a narrative part as paragraphs: blank ones left out, line breaks inside a cell become paragraphs.

    The section's own heading typed as the first paragraph is printed once, as the heading.
    """
    texts = list[tuple[str, str]]()
    for number, raw in enumerate(filing.paragraphs(part), start=1):
        lines = _LINE_BREAKS.split(raw)
        if any(clean(line) != line for line in lines):
            notes.append(
                f"{filing.form.part_quoted(part)}第 {number} 段里有文档容纳不了的控制字符，导出时略去；请在工作簿里检查这一段。"
            )
        texts += [(text, f"narrative.{part}.{number}") for line in lines if (text := clean(line).strip())]
    if texts and _squeezed(texts[0][0]) in map(_squeezed, headings):
        texts = texts[1:]
    return tuple(_paragraph(text, filing, place) for text, place in texts)


def _paragraph(text: str, filing: Filing, place: str) -> Paragraph:
    """Return a paragraph with its fields filled in and its heading told apart."""
    runs = field_runs(text, filing)
    level, end = level_of("".join(run.text for run in runs))
    split, at = list[Run](), 0
    for run in runs:
        lead = max(min(end - at, len(run.text)), 0)
        if run.tag:
            split.append(replace(run, lead=lead > 0))
        else:
            split += [
                Run(part, lead=early) for part, early in ((run.text[:lead], True), (run.text[lead:], False)) if part
            ]
        at += len(run.text)
    return Paragraph(tuple(split), level, place)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _without_number(heading: str) -> str:
    return heading.partition("、")[2]
