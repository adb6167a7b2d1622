"""A document that holds several reports, one behind the other → the newest of them: their texts and tables are never mixed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import edition_in_force
from gk_xl.sources.document import Paragraph
from gk_xl.sources.identity import is_title, year_of_title
from gk_xl.sources.labels import bare
from gk_xl.sources.sections import is_heading_again, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.sources.document import Document, Grid

    Blocks = Sequence[Paragraph | Grid]

TOLD: Final = "原文里有 {count} 份报告（{all}），读的是“{read}”；其余的请分开另存，再逐份导入。"


def one_report(document: Document, year: int | None = None) -> Document:
    """Return a document with one report: of a year where that is asked for, else the newest, the first of equals.

    A remark names all of them. A title begins a report where the one before has its last section and this one all.
    """
    starts = [0, *_starts(document.blocks), len(document.blocks)]
    if len(starts) == 2:
        return document
    reports = [document.blocks[begin:end] for begin, end in pairwise(starts)]
    titles = [next(filter(is_title, _texts(own)), "") for own in reports]
    years = [year_of_title(title) or 0 for title in titles]
    newest = years.index(year if year in years else max(years))
    told = [bare(plain(title)) for title in titles]
    remark = TOLD.format(count=len(reports), all="、".join(told), read=told[newest])
    return replace(document, blocks=tuple(reports[newest]), remarks=(*document.remarks, remark))


def _starts(blocks: Blocks) -> Iterator[int]:
    """Yield where reports begin behind the first."""
    first, *_, last = edition_in_force().sections
    closed = False
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        if is_heading_again(block.text, last):
            closed = True
        elif closed and is_title(block.text):
            behind = _texts(blocks[number:])
            if all(any(is_heading_again(text, section) for text in behind) for section in (first, last)):
                yield number
                closed = False


def _texts(blocks: Blocks) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]
