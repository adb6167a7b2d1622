"""What is told of labels that were not printed as the form has them, and of cells with blanks around their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.sources.labels import Kind, fold
from gk_xl.sources.model import NoteKind, note
from gk_xl.sources.tokens import Sort

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gk_xl.sources.model import Note
    from gk_xl.sources.readings import TableReading
    from gk_xl.sources.tokens import Token

LISTED = 3


def tell_labels(
    result: TableReading, tokens: Sequence[Token], rows: Collection[int | None], heads: Collection[str]
) -> None:
    """Say which labels were not printed as the form has them; ``rows`` and ``heads`` are those of rows and columns of numbers."""
    spaced: list[Token] = []
    broken: list[Token] = []
    told: dict[str, Note] = {}
    name = result.table.name
    for token in tokens:
        match = token.match
        if token.sort is not Sort.LABEL or match is None:
            continue
        text, read = token.text.strip(), match.label.text
        shown = " ".join(text.split())
        result.exact += match.kind is Kind.EXACT
        used = match.index in rows or fold(match.label.text) in heads
        if match.kind is Kind.FRAGMENT or (token.foreign is not None and not used):
            continue
        if "\n" in text:
            broken.append(token)
            continue
        if match.kind is Kind.GLUED and not match.label.head:
            message = f"{name}的标签“{read}”和数“{match.glued}”连在一起，已分开。"
        elif match.kind is Kind.GLUED:
            message = f"{name}的标签“{read}”里混进了“{match.glued}”，不是格里的数，没有采用；请核对原件。"
        elif match.kind is Kind.ALIKE:
            message = f"{name}的标签写作“{shown}”，按“{read}”读。"
        elif match.kind is Kind.CUT:
            message = f"{name}的标签只剩“{shown}”，按次序读作“{read}”，请核对。"
        else:
            if text != read:
                spaced.append(token)
            continue
        before = told[message].lines if message in told else ()  # one label in many rows is told once
        told[message] = note(
            NoteKind.NORMALISED, (*before, *token.lines), f"{name}标签", message, found=shown, read=read
        )
    result.notes += told.values()
    if broken:
        result.notes.append(_broken(name, broken))
    if spaced:
        lines = [number for token in spaced for number in token.lines]
        texts = "、".join(dict.fromkeys(f"“{' '.join(token.text.split())}”" for token in spaced))
        message = f"{name}有 {len(spaced)} 个标签的空格、标点或序号与规范格式不同（{texts}），按规范格式读。"
        result.notes.append(note(NoteKind.NORMALISED, lines, f"{name}标签", message, found=texts))


def _broken(name: str, tokens: Sequence[Token]) -> Note:
    """Return the one note of a table on labels that a line break cut."""
    lines = [number for token in tokens for number in token.lines]
    found = dict.fromkeys(" ".join(token.text.split()) for token in tokens)
    labels = list(dict.fromkeys(token.match.label.text for token in tokens if token.match is not None))
    named = "”“".join(labels[:LISTED]) + ("”等" if len(labels) > LISTED else "”")
    of = f" {len(labels)} 个标签" if len(labels) > LISTED else ""
    message = f"{name}的标签“{named}{of}被换行拆开，已接上。"
    found_text, read = "、".join(found), "、".join(labels)
    return note(NoteKind.NORMALISED, lines, f"{name}标签", message, found=found_text, read=read)


def tell_spaces(result: TableReading) -> None:
    """Say how many cells had spaces around their value."""
    if result.spaced:
        lines = [number for token in result.spaced for number in token.lines]
        kinds = {"\u3000": "全角空格", "\u00a0": "不间断空格", " ": "半角空格", "\t": "制表符"}
        seen = [name for mark, name in kinds.items() if any(mark in token.text for token in result.spaced)]
        spaces = "、".join(seen or ["空白"])
        message = f"{result.table.name}有 {len(result.spaced)} 个格的数字前后带有{spaces}，已去掉。"
        result.notes.append(note(NoteKind.NORMALISED, lines, f"{result.table.name}数字", message))
