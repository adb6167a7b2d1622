"""采纳建议 beside the text: a suggested sentence goes where it belongs, with its numbers, and follows the tables from then on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.addin.buttons.following import follow, lines_of, part_rows, row_of, with_line
from gk_xl.addin.buttons.judging import judge, spot
from gk_xl.addin.buttons.marking import keep_in_note, mark, sentence
from gk_xl.addin.com import selection_of
from gk_xl.addin.edit import Edit
from gk_xl.checks.text_rules.content.aspects import insertion
from gk_xl.errors import HostError
from gk_xl.form.fields import fields, pieces
from gk_xl.form.links import kept, link_of
from gk_xl.workbook.content import now
from gk_xl.workbook.layout import SUGGESTION_COLUMN, SUGGESTION_ROWS
from gk_xl.workbook.linked import NAME, link_constants
from gk_xl.workbook.pointing import shortened
from gk_xl.workbook.sheets.narrative import row_height, suggestions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.addin.buttons.judging import Ask, Judged
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Rewrite
    from gk_xl.form.sentences import Suggestion
    from gk_xl.workbook.layout import Place

EXCERPT = 40
FULL = "这一部分的行已经写满，放不下了。请先把几段并到一格里（Alt+Enter 换行），再点“采纳建议”。"


class Taken(NamedTuple):
    """A part's rows with a sentence in them: all rows, the one that holds it (from 0), what it replaces."""

    rows: list[Any]
    row: int
    replaced: str = ""


def selected_suggestion(book: Any, judged: Judged) -> Suggestion | None:
    """Return the suggested sentence that is selected; None when the selection is not beside a text."""
    selection = selection_of(book)
    if selection is None or selection.column != SUGGESTION_COLUMN:
        return None
    places = [(judged.reading.places[name], item) for name, item, _ in suggestions(judged.filing)]
    beside = [(place, item) for place, item in places if place.sheet == selection.sheet.name]
    for place, item in beside:
        if item is not None and place.row <= selection.row < place.row + SUGGESTION_ROWS:
            return item
    if beside:
        raise HostError("这里没有建议的句子。请点选有文字的一条，再点“采纳建议”。")
    return None


def take_sentence(book: Any, judged: Judged, item: Suggestion, ask: Ask) -> str:
    """Put a suggested sentence into its part of the text, in the place of an earlier version when the clerk says so."""
    if not item.template:
        raise HostError(f"“{item.topic}”的句子现在写不出：{item.reason}")
    if item.taken(judged.filing):
        raise HostError(f"正文里已经有“{item.topic}”的这句话，没有再放。")
    first = judged.reading.places[f"narrative.{item.part}.1"]
    old = part_rows(book, judged.reading, item.part)
    rival = _rival(judged, item)
    taken = None
    if rival is not None:
        paragraph, said = rival
        number, line = row_of(old, paragraph)
        text = judged.reading.typed[item.part][paragraph]
        shown = shortened(said, EXCERPT)
        what = "这一段" if said == text else "这一句"
        question = (
            f"{spot(first.down(number))}已经写有这些数：“{shown}”。用建议的句子替换{what}吗？（选“否”则另起一段。）"
        )
        if ask(question):
            taken = Taken(with_line(old, number, line, text.replace(said, item.text), over=True), number, text)
    if taken is None:
        taken = inserted(old, judged.filing, item)
    with Edit(book, "采纳建议") as edit:
        put_rows(edit, first, old, taken)
        link = link_of(item.template, judged.filing)
        if link is not None:
            edit.constants(NAME, link_constants(kept((link,), judged.reading.links)))
        after = judge(book, now(), edit.lifted)
        follow(edit, book, after)
        mark(edit, after)
    where = spot(first.down(taken.row))
    fields = "句中的数连着表格：以后改了表，点“校验”就跟着改。" if link is not None else ""
    return f"已把“{item.topic}”的句子放进{where}。{fields}现在{sentence(after)}"


def _rival(judged: Judged, item: Suggestion) -> tuple[int, str] | None:
    """Return what of the text says the same otherwise, with its paragraph (from 0); None when nothing does.

    That is an earlier version of the sentence, a paragraph; or a sentence that the check holds against the same cells.
    """
    paragraphs = judged.reading.typed[item.part]
    earlier = item.rival(judged.filing)
    if earlier is not None:
        return earlier, paragraphs[earlier]
    known = fields(judged.filing.edition)
    cells = {cell for _, name in pieces(item.template) if name for cell in known[name].cells}
    for finding in judged.result.findings:
        part, _, number = (finding.place or "").removeprefix("narrative.").rpartition(".")
        said = (finding.excerpt or "").strip()
        if part == item.part and said and cells.intersection(finding.cells) and said in paragraphs[int(number) - 1]:
            return int(number) - 1, said
    return None


def put_rewrites(edit: Edit, book: Any, judged: Judged, rewrites: Sequence[tuple[str, Rewrite]]) -> list[str]:
    """Change words of paragraphs; what a row held before stays in its note. Return what was changed, where."""
    told = []
    today = dt.datetime.now().astimezone().date().isoformat()
    for part in dict.fromkeys(name.split(".")[1] for name, _ in rewrites):
        first = judged.reading.places[f"narrative.{part}.1"]
        old = part_rows(book, judged.reading, part)
        rows = list(old)
        for name, rewrite in rewrites:
            if name.split(".")[1] != part:
                continue
            if not rewrite.old:
                number, rows = _at_the_end(rows, rewrite.new)
                told.append(f"{spot(first.down(number))}{rewrite.said}")
                continue
            number, line = row_of(rows, int(name.rpartition(".")[2]) - 1)
            text = lines_of(rows[number])[line]
            if text.count(rewrite.old) != 1:
                raise HostError("这一段有几处要改，改了一处，别处的建议就不准了。请一处一处地采纳。")
            rows = with_line(rows, number, line, text.replace(rewrite.old, rewrite.new), over=True)
            told.append(f"{spot(first.down(number))}{rewrite.said}")
        for number, (was, row) in enumerate(zip(old, rows, strict=True)):
            if was != row:
                put_rows(edit, first, old, Taken([*old[:number], row, *old[number + 1 :]], number))
                if was:
                    keep_in_note(edit, first.down(number), f"原文：{was}（{today} 采纳建议改）")
    return told


def _at_the_end(rows: list[Any], text: str) -> tuple[int, list[Any]]:
    """Return the rows with a text behind the last that holds one, and which row that is; HostError when they are full."""
    number = max((at for at, row in enumerate(rows, start=1) if lines_of(row)), default=0)
    if number == len(rows):
        raise HostError(FULL)
    return number, [*rows[:number], text, *rows[number + 1 :]]


def inserted(rows: list[Any], filing: Filing, item: Suggestion) -> Taken:
    """Return the rows with a sentence, and its heading where there is none, where they belong; HostError when full.

    Blank rows are used up before text moves down; a sentence between two lines of one row becomes a line of it.
    """
    at, heading = insertion(filing, item.part, item.under)
    new = [text for text in (heading, item.text) if text]
    count = len(filing.paragraphs(item.part))
    before = row_of(rows, at - 1) if at else (-1, 0)
    after = row_of(rows, at) if at < count else (len(rows), 0)
    if before[0] == after[0]:
        return Taken(with_line(rows, *after, "\n".join(new), over=False), after[0])
    start = before[0] + 1
    free = [number for number in range(start, len(rows)) if not lines_of(rows[number])][: len(new)]
    if len(free) < len(new):
        raise HostError(FULL)
    rest = [value for number, value in enumerate(rows[start:], start=start) if number not in free]
    return Taken([*rows[:start], *new, *rest], start + len(new) - 1)


def put_rows(edit: Edit, first: Place, old: list[Any], taken: Taken) -> None:
    """Write the rows that changed, with their heights; a text that was replaced stays in the note."""
    changed = [number for number, (was, value) in enumerate(zip(old, taken.rows, strict=True)) if was != value]
    start, end = changed[0], changed[-1] + 1
    edit.block(first.sheet, first.row + start, first.column, [[value] for value in taken.rows[start:end]])
    sheet = edit.sheet(first.sheet)
    for number in changed:
        height = row_height(str(taken.rows[number] or ""))
        sheet.range((first.row + number, first.column)).row_height = height
    if taken.replaced:
        keep_in_note(edit, first.down(taken.row), f"原文：{taken.replaced}")
