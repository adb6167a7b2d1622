"""What the form prints, in texts that hold for every edition: 「请核对{label(t3.outcome_total)}」 reads （七）总计, or （八）总计.

In braces, each with a name of the form:

- ``label(t3.outcome_total)``: a row's label, or the heading of a group of rows (``t3.refused``: （三）不予公开), without what it
  explains in brackets; ``ordinal(t3.outcome_total)`` its number alone, （七）, and ``path(…)`` the number of its heading before
  it: 三（七）总计. Where the form prints no number the label stands for it;
- ``added(t3.outcome_total)``: the numbers of what a total adds up, first and last: （一）至（六）;
- ``heading(overview)``: a section's heading; ``parts(overview)``: the parts it is made of;
- ``before(t3.other)``: in words how many columns stand before this one under the same head;
- ``count(sections)``, ``count(overview)``, ``count(t4.suit_after)``: in words how many sections, parts, numbers in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.errors import UnknownCell
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from gk_xl.form.schema import Edition

_PRINTED = regex(r"\{(label|ordinal|path|added|heading|parts|before|count)\(([a-z]\w*(?:\.\w+)*)\)\}")
_ORDINAL = regex(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+(?=、)|\d+(?=[.．]))")
_DIGITS = "〇一二三四五六七八九"


def printed(text: str, edition: Edition) -> str:
    """Return a text with what the edition prints in place of the braces that ask for it; UnknownCell where it has none."""

    def put(match: re.Match[str]) -> str:
        return _FUNCTIONS[match[1]](edition, match[2])

    return _PRINTED.sub(put, text) if "(" in text else text


def in_words(number: int) -> str:
    """Return a number from 0 to 99 in Chinese: 六, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    first = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return first + (_DIGITS[ones] if ones or not tens else "")


def _labels(edition: Edition, name: str) -> tuple[str, ...]:
    """Return the labels over a row or a group of rows, outermost first, its own the last."""
    table_id, _, row = name.partition(".")
    labels = edition.table(table_id).row_labels
    if row in labels:
        return labels[row]
    grouped = [path[:-1] for other, path in labels.items() if other.startswith(f"{row}.") and len(path) > 1]
    if not grouped:
        raise UnknownCell(f"{edition.statutory} 年版表格里没有 {name} 这一行、这一组")
    return grouped[0]


def _label(edition: Edition, name: str) -> str:
    own = _labels(edition, name)[-1]
    numbered = _ORDINAL.match(own)
    start = numbered.end() if numbered else 0
    return own[:start] + own[start:].partition("（")[0]


def _number(label: str) -> str:
    """Return the number that a label begins with, （七） or 四; the label where it has none."""
    found = _ORDINAL.match(label)
    return found[1] if found else label


def _path(edition: Edition, name: str) -> str:
    above = _labels(edition, name)[:-1]
    return "".join(map(_number, above)) + _label(edition, name)


def _added(edition: Edition, name: str) -> str:
    """Return the numbers of the first and the last group of rows that a total adds up."""
    row = list(edition.matching(f"{name}.*"))
    groups = edition.added_up_by(row[0].id) if row and all(cell.total for cell in row) else ()
    numbers = [_number(edition.cell(cells[0]).path[len(row[0].path) - 1]) for cells in groups]
    if not numbers:
        raise UnknownCell(f"{edition.statutory} 年版表格里没有 {name} 要合计的行")
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}至{numbers[-1]}"


def _before(edition: Edition, name: str) -> str:
    table_id, _, column = name.partition(".")
    table = edition.table(table_id)
    if column not in table.column_labels:
        raise UnknownCell(f"{edition.statutory} 年版表格里没有 {name} 这一列")
    heads = [cell for cell in table.grid if cell.head]
    own = next(head for head in heads if head.text == table.column_labels[column])
    above = [head for head in heads if head.line < own.line and head.column <= own.column < head.column + head.columns]
    start = max((head.line, head.column) for head in above)[1] if above else 0
    return in_words(sum(1 for head in heads if head.line == own.line and start <= head.column < own.column))


def _count(edition: Edition, name: str) -> str:
    if name == "sections":
        return in_words(len(edition.sections))
    if "." not in name:
        return in_words(len(edition.section(name).parts))
    return in_words(sum(1 for _ in edition.matching(f"{name}.*")))


_FUNCTIONS: Mapping[str, Callable[[Edition, str], str]] = {
    "label": _label,
    "ordinal": lambda edition, name: _number(_labels(edition, name)[-1]),
    "path": _path,
    "added": _added,
    "heading": lambda edition, name: edition.section(name).heading,
    "parts": lambda edition, name: "、".join(edition.section(name).parts),
    "before": _before,
    "count": _count,
}
