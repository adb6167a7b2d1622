"""Fields: ``{新收申请}`` in the narrative stands for a number of the tables, so that the text cannot drift from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.errors import BadEditionFile
from gk_xl.form.filing import normal_number
from gk_xl.form.kept import toml
from gk_xl.form.load import NARRATIVE, Keys, load_edition
from gk_xl.form.parts import outcomes, reviewed, sued, suits
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition

YEAR = "year"
_FILE = Path(__file__).with_name("fields.toml")
_FIELD = regex(r"[{｛]([^{}｛｝\r\n]{1,30})[}｝]")


@dataclass(frozen=True, slots=True)
class Field:
    """A name that the narrative may use; its number is the sum of ``cells`` (no cells: the report's year)."""

    name: str
    cells: tuple[CellId, ...]

    @property
    def tag(self) -> str:
        """How a document marks the number: the cell's identifier, or ``field:`` and the name for a sum."""
        if not self.cells:
            return YEAR
        return self.cells[0] if len(self.cells) == 1 else f"field:{self.name}"

    def number(self, filing: Filing) -> int | float | None:
        """Return the number; None while a cell is blank or holds no number."""
        if not self.cells:
            return filing.year
        numbers = [filing.number(cell) for cell in self.cells]
        known = [number for number in numbers if number is not None]
        return normal_number(round(sum(known), 10)) if len(known) == len(numbers) else None

    def says(self, edition: Edition) -> str:
        """Return what the field stands for, for the list that a clerk reads."""
        if not self.cells:
            return "报告年度"
        return " + ".join(edition.describe(cell) for cell in self.cells)


GUESSES = 20  # for so many unknown names the nearest known one is looked up; it takes time


class FieldFault(StrEnum):
    """What is wrong with a field in the narrative."""

    UNKNOWN = "unknown"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A field that cannot be filled in: no such name (``nearest``: the name probably meant), or its cells are blank."""

    fault: FieldFault
    name: str
    part: str
    paragraph: int
    nearest: str = ""
    blank: tuple[CellId, ...] = ()

    @property
    def place(self) -> str:
        """The paragraph as findings name it, counted from 1: ``narrative.overview.3``."""
        return f"narrative.{self.part}.{self.paragraph + 1}"


@lru_cache
def fields(edition_id: str) -> Mapping[str, Field]:
    """Return the fields of an edition by name, in the order of the list."""
    edition, known = load_edition(edition_id), dict[str, Field]()
    for number, raw in enumerate(toml(_FILE)["fields"]):
        keys = Keys(f"form/{_FILE.name}", f"fields[{number}]", raw)
        name, readings = keys.take("name", str), keys.take("readings", list)
        keys.done()
        if name in known:
            raise BadEditionFile(keys.file, keys.where, f"名称 {name} 重复")
        for reading in readings:
            cells = _cells(edition, reading)
            if cells is not None:
                known[name] = Field(name, cells)
                break
    named = {frozenset(field.cells) for field in known.values()}
    for part in (*outcomes(edition), *reviewed(edition), *sued(edition), *suits(edition)):
        if frozenset(part.cells) not in named:
            known.setdefault(part.name, Field(part.name, part.cells))
    return known


def _cells(edition: Edition, reading: Iterable[str]) -> tuple[CellId, ...] | None:
    """Return the cells whose sum a reading asks for, without those behind ``-``; None where the edition has none of an entry."""
    cells: list[CellId] = []
    for entry in reading:
        if entry == YEAR:
            continue
        match = [cell.id for cell in edition.matching(entry.removeprefix("-"))]
        if entry.startswith("-"):
            cells = [cell for cell in cells if cell not in match]
        elif match:
            cells += match
        else:
            return None
    return tuple(cells)


@lru_cache
def field_of(edition_id: str, cells: frozenset[CellId]) -> str:
    """Return the name of the field that stands for the sum of some cells; "" when there is none."""
    return next((name for name, field in fields(edition_id).items() if frozenset(field.cells) == cells), "")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text as pairs: a stretch as typed, and the name of the field if it is one (else empty)."""
    at = 0
    for match in _FIELD.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], ""
        yield match[0], "".join(match[1].split())
        at = match.end()
    if at < len(text):
        yield text[at:], ""


@lru_cache(maxsize=256)
def nearest(name: str, edition_id: str) -> str:
    """Return the field whose name is most like an unknown one; empty when none is."""
    import difflib

    return next(iter(difflib.get_close_matches(name, fields(edition_id), 1, 0.4)), "")


def expand(filing: Filing) -> Filing:
    """Return the filing with each field of its narrative replaced by its number; what cannot be stays as typed."""
    if not any(_FIELD.search(text) for part in NARRATIVE for text in filing.paragraphs(part)):
        return filing
    known = fields(filing.edition)

    def filled(text: str) -> str:
        return "".join(
            typed if name not in known or (number := known[name].number(filing)) is None else number_text(number)
            for typed, name in pieces(text)
        )

    return replace(filing, narrative={part: tuple(map(filled, filing.paragraphs(part))) for part in NARRATIVE})


def problems(filing: Filing) -> Iterator[FieldProblem]:
    """Yield every field of the narrative that cannot be filled in, in the order of the text, each once a paragraph."""
    known, unknown = fields(filing.edition), set[str]()
    for part in NARRATIVE:
        for paragraph, text in enumerate(filing.paragraphs(part)):
            for name in dict.fromkeys(name for _, name in pieces(text) if name):
                if name not in known:
                    unknown.add(name)
                    guess = nearest(name, filing.edition) if len(unknown) <= GUESSES else ""
                    yield FieldProblem(FieldFault.UNKNOWN, name, part, paragraph, guess)
                elif known[name].number(filing) is None:
                    blank = tuple(cell for cell in known[name].cells if filing.number(cell) is None)
                    yield FieldProblem(FieldFault.BLANK, name, part, paragraph, blank=blank)


def number_text(number: float) -> str:
    """Return a number as a report prints it: the 15 digits that a spreadsheet keeps, no noise, never an exponent."""
    if isinstance(number, int):
        return str(number)
    text = f"{number:.15g}"
    mantissa, _, exponent = text.partition("e")
    if exponent:
        decimals = max(len(mantissa.partition(".")[2]) - int(exponent), 0)
        text = f"{float(text):.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
