"""A number that contradicts its cell and stands in the cell beside: what is read may mean that one, so it is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.subject import GROUP, ORGANISATIONS, TOTALS
from gk_xl.checks.text_rules.against_tables.targets import DONE, IN, NEW, OUT, Target, columns_of, sum_of, target
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.checks.case import Case
    from gk_xl.checks.text.statement import Statement
    from gk_xl.form.schema import Cell, CellId

_OPEN: Final = ("pending", "carried")
_OF_NEW: Final = regex(r"新收的?(?:\d+件)?(?:政府信息公开)?申请?(?:之|当)?中[，：]?[^，。；：\d]{0,10}$")
BESIDE: Final = "这个数与{cell}的相同，说的如果是那一格，请把文字写清楚；"


def meant_instead(case: Case, item: Statement, cells: tuple[CellId, ...], told: tuple[Statement, ...]) -> CellId | None:
    """Return a cell beside those meant that holds just the number said; None where no doubt is left.

    A cell whose number the text gives in words of its own is not meant a second time. The cells of a wrong reading hold
    another number nearly always, and the right one stands close by: most right texts that were accused were of this kind.
    """
    if not item.number:
        return None
    meant = {case.edition.cell(cell) for cell in cells}
    said = [target(other.subject, case.filing.edition) for other in told if other.number == item.number]
    taken = {cells[0] for one in said if one is not None for cells in one.readings if len(cells) == 1}
    for cell in case.edition.cells.values():
        same = case.filing.number(cell.id) == item.number
        part = cell in meant and len(meant) > 1 and item.subject.act not in TOTALS  # 因……，不予公开2件 may be one row's
        if same and cell.id not in taken and (part or (cell not in meant and _is_beside(cell, meant, item))):
            return cell.id
    return None


def off_in_its_list(case: Case, item: Statement, told: tuple[Statement, ...]) -> Target | None:
    """Return 新收 of one kind of applicants where its number may be another row's, but its list says that it is 新收's.

    收到申请6件，其中自然人4件、科研机构1件: the total is that of 新收, and the list comes to it with the number that
    新收 holds of this one kind, and only with that. 收到6件，其中自然人4件、科研机构2件: the list comes to it as it is, and
    no other total of that size is told before it.
    """
    if item.subject.act != "applicant" or item.subject.every:
        return None
    here = [other for other in told if other.sentence.place == item.sentence.place and other.binding]
    total = case.filing.number(NEW)
    first, last = run_of(here, item)
    front = here[first - 1] if first else None
    listed = {other.subject.column: other.number for other in here[first:last]}
    if not total or front is None or len(listed) < last - first:
        return None
    of_new = Target("X-03", (_new(item.subject.column, case),))
    if sum(listed.values()) == total and item.subject.column != ORGANISATIONS:
        totals = {other.subject.act for other in here[:first] if _is_total(other) and other.number == total}
        return of_new if totals and totals <= {"received", "received_new"} else None
    if not any(other.subject.act.startswith("received") and other.number == total for other in here[:first]):
        return None
    named = _OF_NEW.search(item.sentence.masked, 0, max(here[first].start, 0))
    if not named and not front.subject.act.startswith("received") and sum(listed.values()) in _told_before(item, case):
        return None  # 新收5件，上年结转1件，共6件。自然人5件、商业企业1件
    held = {column: sum_of(_new(column, case), case.filing) for column in listed}
    off = [column for column in listed if listed[column] != held[column]]
    if off != [item.subject.column] or sum(value or 0 for value in held.values()) != total:
        return None
    return of_new


def _new(column: str, case: Case) -> tuple[CellId, ...]:
    """Return the cells of 新收 of one kind of applicants, or of kinds counted together."""
    return tuple(f"t3.received_new.{one}" for one in columns_of(column, case.edition))


def _told_before(item: Statement, case: Case) -> set[float]:
    """Return the numbers that the paragraph of a statement gives, and what was to be handled and was, as the tables have it."""
    told = [sentence for sentence in case.narrative.sentences if sentence.place == item.sentence.place]
    both = (case.filing.number(NEW) or 0) + (case.filing.number(IN) or 0)
    return {both, case.filing.number(DONE) or 0, *(count.number for sentence in told for count in sentence.counts)}


def run_of(here: Sequence[Statement], item: Statement) -> tuple[int, int]:
    """Return where the list of applicants that a statement is one of begins and ends among those of its paragraph."""
    first = last = next((at for at, other in enumerate(here) if other is item), 0)
    while first and here[first - 1].subject.act == "applicant":
        first -= 1
    while last < len(here) and here[last].subject.act == "applicant":
        last += 1
    return first, last


def _is_total(item: Statement) -> bool:
    """Return whether a statement tells how many applications there were of every kind."""
    return item.subject.act in TOTALS and not (item.subject.column or item.subject.row or item.subject.every)


def _is_beside(cell: Cell, meant: set[Cell], item: Statement) -> bool:
    """Return whether words may mean one cell as well as others: of one row of 表二, or one column of 表三 or 表四.

    对外公开7件 is this year's or all; 纠正1件 is of one kind of case or another; a result of applications is one row or
    another, one kind's where the sentence names it, or what all came to; 没办完2件 came in or went out. What totals are
    said of is plain.
    """
    if item.subject.act in _OPEN:
        return cell.id in (IN, OUT)
    if cell.table == "t2":
        return any((cell.table, cell.row) == (other.table, other.row) for other in meant)
    same_column = {(cell.table, cell.column)} == {(other.table, other.column) for other in meant}
    if cell.table == "t4":
        return same_column and not cell.total
    if item.subject.act != "outcome":
        return False
    if cell.id in (NEW, DONE):
        return item.subject.row.endswith(GROUP)
    if same_column:
        return cell.id not in (IN, OUT)
    of_row = cell.row in {other.row for other in meant}
    return of_row and not item.subject.column and cell.column_label in item.sentence.masked
