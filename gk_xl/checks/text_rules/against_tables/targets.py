"""Subject → the cells that its number is held against, and the rule that says so.

A subject may mean more than one thing (收到 with or without what was carried over): each reading is a sum of cells, and
a number that fits one of them is right. Cells that an edition does not have make no reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.subject import ORGANISATIONS, TOGETHER
from gk_xl.form.load import load_edition
from gk_xl.form.parts import RECONSIDERATION, suit_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.checks.text.subject import Subject
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition

    Sums = tuple[tuple[CellId, ...], ...]
    Wanted = tuple[str, tuple[tuple[str, ...], ...]]

NEW, IN, OUT, DONE = "t3.received_new.total", "t3.carried_in.total", "t3.carried_out.total", "t3.outcome_total.total"
GRANTED: Final = ("t3.granted.total", "t3.partial.total")
_FIXED: Final[dict[str, tuple[str, tuple[tuple[str, ...], ...]]]] = {
    "received": ("X-03", ((NEW,), (NEW, IN))),
    "received_new": ("X-03", ((NEW,),)),
    "on_application": ("X-03", ((NEW,), (NEW, IN), (DONE,), GRANTED[:1], GRANTED)),
    "handled": ("X-05", ((DONE,), (NEW,), (NEW, IN))),
    "answered": ("X-05", ((DONE,),)),
    "carried_in": ("X-04", ((IN,),)),
    "carried_out": ("X-04", ((OUT,),)),
    "carried": ("X-04", ((IN,), (OUT,))),
    "pending": ("X-04", ((OUT,),)),
}
SEVERAL: Final = 2
_PERSON: Final = "natural_person"


@dataclass(frozen=True, slots=True)
class Target:
    """What a subject is held against: the rule's code and, for each reading, the cells that are added up."""

    code: str
    readings: tuple[tuple[CellId, ...], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A number against its target: the reading that comes nearest, its sum, and whether some reading fits."""

    fits: bool
    cells: tuple[CellId, ...]
    value: int | float


@lru_cache(maxsize=256)
def target(subject: Subject, edition_id: str) -> Target | None:
    """Return what a subject is held against in an edition, None when nothing of it is in the tables."""
    edition = load_edition(edition_id)
    code, wanted = _of_applications(subject, edition) if subject.thing == "application" else _of_table(subject, edition)
    readings = tuple(cells for cells in wanted if cells and all(cell in edition.cells for cell in cells))
    return Target(code, readings) if readings else None


def _of_applications(subject: Subject, edition: Edition) -> Wanted:
    """Return the rule and the sums of cells of 表三; none for a claim about all."""
    if subject.every:
        return "", ()
    if subject.act == "outcome" and not subject.column:
        return "X-05", (tuple(cell.id for cell in edition.matching(f"t3.{subject.row}.total")),)
    if not subject.column:
        return _FIXED.get(subject.act, ("", ()))
    columns = columns_of(subject.column, edition)
    applicants = (*applicants_of(subject.column, edition), tuple(f"t3.carried_in.{column}" for column in columns))
    if subject.act == "received_new":
        return "X-03", applicants[:1]
    if subject.act in ("carried_in", "carried_out"):
        return "X-04", (tuple(f"t3.{subject.act}.{column}" for column in columns),)
    if subject.act == "outcome":
        cells = tuple(cell.id for column in columns for cell in edition.matching(f"t3.{subject.row}.{column}"))
        return "X-05", (cells,)
    return "X-03", applicants if subject.act == "applicant" else ((NEW,), (NEW, IN), *applicants)


def _of_table(subject: Subject, edition: Edition) -> Wanted:
    """Return the rule and the sums of cells of 表二 and 表四."""
    if subject.thing == "case":
        return ("", ()) if subject.every else ("X-06", (_of_cases(subject, edition),))
    cells = {
        "normative": (f"t2.normative_doc.{subject.column}",),
        "rules": (f"t2.rules.{subject.column}",),
        "documents": (f"t2.normative_doc.{subject.column}", f"t2.rules.{subject.column}"),
        "decisions": (f"t2.{subject.row}.{subject.column or 'decisions'}",),
        "purchase": ("t2.procurement.projects",) if subject.column == "projects" else (),
    }.get(subject.thing, ())
    return "X-09", (cells,)


def _of_cases(subject: Subject, edition: Edition) -> tuple[str, ...]:
    """Return the cells that a count of cases adds up."""
    return tuple(f"t4.{row}.{subject.column}" for row in kinds_of_cases(subject.row, edition))


def columns_of(column: str, edition: Edition) -> tuple[str, ...]:
    """Return the columns of 表三 that a kind of applicants is counted in, or kinds that are counted together; all but 自然人 for organisations."""
    if column != ORGANISATIONS:
        return tuple(column.split(TOGETHER))
    table = edition.table("t3")
    return tuple(name for name in table.columns if name != _PERSON and name not in table.total_columns)


def applicants_of(column: str, edition: Edition) -> Sums:
    """Return the cells in which a number of one kind of applicants may stand: of what came, was to be handled, was handled."""
    rows = (("received_new",), ("received_new", "carried_in"), ("outcome_total",))
    return tuple(tuple(f"t3.{row}.{name}" for row in some for name in columns_of(column, edition)) for some in rows)


def kinds_of_cases(kind: str, edition: Edition) -> tuple[str, ...]:
    """Return the groups of columns of 表四 that are meant by suits, or by cases of both kinds."""
    suits = suit_rows(edition)
    return {"litigation": suits, "both": (RECONSIDERATION, *suits)}.get(kind, (kind,))


def sum_of(cells: Iterable[CellId], filing: Filing) -> float | None:
    """Return what cells come to, None where one is blank or holds a text."""
    values = [filing.number(cell) for cell in cells]
    return None if None in values else sum(value or 0 for value in values)


def _apart(readings: Sums, filing: Filing) -> Sums:
    """Return the readings without those of what was handled and carried over, where as many were handled as came and nothing was.

    Nor does a number of one kind of applicants mean what was handled where its column does not come out even: one cell of
    it is wrong, and the text tells which.
    """
    if len(readings) < SEVERAL or not readings[0][0].startswith("t3.received_new"):
        return readings
    column = readings[0][0].rpartition(".")[2]
    columns = [cell.rpartition(".")[2] for cell in readings[0]]
    if column != "total" and any(uneven(one, filing) for one in columns):
        return tuple(cells for cells in readings if cells[0].startswith("t3.received_new"))
    kind = next((cells[0] for cells in readings if cells[0] != NEW), NEW)
    if column == "total" and not kind.endswith("total") and filing.number(kind) and _short(filing):
        readings = tuple(cells for cells in readings if cells[0] != NEW)
    new, over, out, done = (filing.number(cell) for cell in (NEW, IN, OUT, DONE))
    if over or out or new is None or new != done:
        return readings
    return tuple(
        cells for cells in readings if cells[0].startswith("t3.received_new") and len(cells) == len(readings[0])
    )


def uneven(column: str, filing: Filing) -> bool:
    """Return whether a column of 表三 has other numbers of what came and was carried in than of what was handled and carried out."""
    values = [filing.number(f"{cell.removesuffix('total')}{column}") for cell in (NEW, IN, DONE, OUT)]
    came, carried, done, left = (value or 0 for value in values)
    return None not in values and came + carried != done + left


def _short(filing: Filing) -> bool:
    """Return whether the kinds of applicants of 本年新收 do not come to its total: one of them, or the total, is wrong."""
    kinds = [cell.column for cell in load_edition(filing.edition).table("t3").cells if cell.row == "received_new"]
    values = [filing.number(f"{NEW.removesuffix('total')}{kind}") for kind in kinds if kind != "total"]
    return None not in values and sum(value or 0 for value in values) != filing.number(NEW)


def judge(number: float, wanted: Target, filing: Filing) -> Judgement | None:
    """Return how a number agrees with its target; None when a blank or a text leaves that open."""
    sums, over = [], 0
    for cells in _apart(wanted.readings, filing):
        values = [filing.number(cell) for cell in cells]
        total = sum(value for value in values if value is not None)
        if any(value is None for value in values):
            over += total > number  # what is blank yet makes it no less
            continue
        if total == number:
            return Judgement(fits=True, cells=cells, value=total)
        sums.append((cells, total))
    if not sums or len(sums) + over < len(_apart(wanted.readings, filing)):
        return None
    cells, total = sums[0]
    return Judgement(fits=False, cells=cells, value=total)
