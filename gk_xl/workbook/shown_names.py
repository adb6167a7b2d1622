"""What the name box calls a cell: 新收申请_自然人, and not the identifier under which programs know it.

Each is a name of its sheet, for a spreadsheet that finds several names for a cell shows the sheet's own first; the identifiers
are names of the workbook and hidden, which LibreOffice does not mind. Nothing is ever read by a shown name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.fields import fields
from gk_xl.form.load import NARRATIVE
from gk_xl.form.parts import plain_label
from gk_xl.form.patterns import regex
from gk_xl.form.schema import PREAMBLE
from gk_xl.workbook.layout import LAST_TEXT_LABELS, SEALED, SIGNERS, layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.schema import Cell, Edition
    from gk_xl.workbook.layout import Layout

LONGEST: Final = 60
ROW: Final = 10  # letters of the row in a name: the box shows some ten
OUTPUTS: Final = {"verdict": "校验结论", "checked_at": "校验时间"}
LAST: Final = "上年"
_FORBIDDEN: Final = regex(r"[^\u4e00-\u9fffA-Za-z0-9_]+")
_CHINESE: Final = regex(r"^[\u4e00-\u9fff]")


def shown_names(form: Layout) -> Mapping[str, str]:
    """Return what the name box calls each named cell, by its identifier; no two cells of a sheet share one."""
    return _shown(*form.key)


@lru_cache
def _shown(*key: object) -> Mapping[str, str]:
    form = layout(*key)
    known = _called(form)
    taken: set[tuple[str, str]] = set()
    shown = {}
    for name, place in form.names.items():
        said = free = _valid(known[name])
        number = 1
        while (place.sheet, free) in taken:
            number += 1
            free = f"{said}_{number}"
        taken.add((place.sheet, free))
        shown[name] = free
    return shown


def _called(form: Layout) -> dict[str, str]:
    """Return what each named cell is called, as words."""
    called = {name: label for name, label, _ in form.settings} | OUTPUTS
    called |= {name: f"{LAST}_{label}" for name, label in LAST_TEXT_LABELS.items()}
    called |= {f"slip.{name}": label for name, label in (*SEALED, *SIGNERS)}
    called |= _cells(form.edition)
    called |= {f"last.{name}": f"{LAST}_{label}" for name, label in _cells(form.last).items()}
    for part in NARRATIVE:
        label = PREAMBLE if part == "preamble" else plain_label(form.edition.section(part).tab)
        called |= {name: f"{label}_{name.rpartition('.')[2]}" for name in form.names if _is_of(name, part)}
    return called


def _is_of(name: str, part: str) -> bool:
    return name.startswith(f"narrative.{part}.")


def _cells(edition: Edition) -> dict[str, str]:
    """Return what the numbers are called: their row, as the text names it where it does, and their column."""
    named = {field.cells[0]: field.name for field in fields(edition.id).values() if len(field.cells) == 1}
    return {cell.id: f"{_row(cell, named)}_{plain_label(cell.column_label)}" for cell in edition.cells.values()}


def _row(cell: Cell, named: Mapping[str, str]) -> str:
    """Return what a row is called: as the field that stands for its total, else as printed."""
    total = f"{cell.table}.{cell.row}.total"
    return named.get(total, plain_label(cell.row_label)[:ROW])


def _valid(words: str) -> str:
    """Return words as a name that every spreadsheet takes: letters, figures and strokes, a Chinese letter first."""
    name = _FORBIDDEN.sub("", words)[:LONGEST]
    return name if _CHINESE.match(name) else f"格_{name}"
