"""The fields of the narrative in a document: each number a run of its own that bears its cell's identifier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gk_xl.form.fields import FieldFault, fields, number_text, pieces, problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.fields import Field
    from gk_xl.form.filing import Filing


BLANK = re.compile(r"〔([^〔〕]{1,30})未填〕")
"""What a document shows for a field that has no number yet."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. ``tag`` names the cell whose number it shows; ``lead`` marks a heading or its run-in part."""

    text: str
    tag: str = ""
    label: str = ""
    lead: bool = False


def field_runs(text: str, filing: Filing) -> list[Run]:
    """Return a paragraph as runs, its fields filled in; an unknown field stays as typed."""
    known = fields(filing.edition)
    return [
        Run(field_text(known[name], filing), known[name].tag, name) if name in known else Run(typed)
        for typed, name in pieces(text)
    ]


def field_text(field: Field, filing: Filing) -> str:
    """Return what a document shows for a field; a blank one is shown as such, never as 0."""
    number = field.number(filing)
    return f"〔{field.name}未填〕" if number is None else number_text(number)


def field_notes(filing: Filing) -> Iterator[str]:
    """Yield one sentence for each field that could not be filled in."""
    for problem in problems(filing):
        place = filing.form.part_quoted(problem.part)
        where = f"{place}第 {problem.paragraph + 1} 段的 {{{problem.name}}}"
        if problem.fault is FieldFault.BLANK:
            cells = "、".join(filing.form.describe(cell) for cell in problem.blank) or "封面的年度"
            yield f"{where} 还没有数：{cells}未填；请填好后重新导出。"
        else:
            guess = f"是不是 {{{problem.nearest}}}？" if problem.nearest else ""
            yield f"{where} 不是可用的名称，照原样印出。{guess}可用的名称见使用说明。"
