"""Subject → the cells that its number is held against, and the rule that says so.

A subject may mean more than one thing (收到 with or without what was carried over): each reading is a sum of cells, and
a number that fits one of them is right. Cells that an edition does not have make no reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import load_edition

if TYPE_CHECKING:
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition

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
_PERSON: Final = "natural_person"
_SUITS: Final = ("suit_direct", "suit_after")


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
def target(subject: str, edition_id: str) -> Target | None:
    """Return what a subject is held against in an edition, None when nothing of it is in the tables."""
    edition = load_edition(edition_id)
    code, wanted = _wanted(subject, edition)
    readings = tuple(cells for cells in wanted if cells and all(cell in edition.cells for cell in cells))
    return Target(code, readings) if readings else None


def _wanted(subject: str, edition: Edition) -> tuple[str, tuple[tuple[str, ...], ...]]:
    if subject in _FIXED:
        return _FIXED[subject]
    group, _, name = subject.partition(":")
    if group == "outcome":
        return "X-05", (tuple(cell.id for cell in edition.matching(f"t3.{name}.total")),)
    if group == "received":
        _, applicants = _wanted(f"applicant:{name}", edition)
        return "X-03", ((NEW,), (NEW, IN), *applicants)
    if group == "applicant":
        columns = _organisations(edition) if name == "organisations" else (name,)
        rows = (("received_new",), ("received_new", "carried_in"), ("outcome_total",))
        return "X-03", tuple(tuple(f"t3.{row}.{column}" for row in some for column in columns) for some in rows)
    if group == "case":
        return "X-06", _cases(*name.split("."))
    if group == "normative":
        return "X-09", ((f"t2.normative_doc.{name}",),)
    if group == "rules":
        return "X-09", ((f"t2.rules.{name}",),)
    if group == "documents":
        return "X-09", ((f"t2.normative_doc.{name}", f"t2.rules.{name}"),)
    if subject == "purchase:projects":
        return "X-09", (("t2.procurement.projects",),)
    return ("X-09", ((f"t2.{name}.decisions",),)) if group == "decisions" else ("", ())


def _organisations(edition: Edition) -> tuple[str, ...]:
    """Return the columns of 表三 that are neither 自然人 nor a total."""
    table = edition.table("t3")
    return tuple(column for column in table.columns if column != _PERSON and column not in table.total_columns)


def _cases(kind: str, column: str) -> tuple[tuple[str, ...], ...]:
    """Return the readings of a count of cases."""
    rows = {"litigation": _SUITS, "both": ("reconsideration", *_SUITS)}.get(kind, (kind,))
    total = tuple(f"t4.{row}.{column}" for row in rows)
    return (total,)


def judge(number: float, wanted: Target, filing: Filing) -> Judgement | None:
    """Return how a number agrees with its target; None when a blank or a text leaves that open."""
    sums = []
    for cells in wanted.readings:
        values = [filing.number(cell) for cell in cells]
        if any(value is None for value in values):
            continue
        total = sum(value for value in values if value is not None)
        if total == number:
            return Judgement(fits=True, cells=cells, value=total)
        sums.append((cells, total))
    if len(sums) < len(wanted.readings) or not sums:
        return None
    cells, total = sums[0]
    return Judgement(fits=False, cells=cells, value=total)
