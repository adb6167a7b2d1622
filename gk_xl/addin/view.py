"""An open workbook → what it holds: one block read a sheet, judged by the same rules as a file.

Names of sheets, printed labels, shifted rows and formulas typed into input cells are looked at; what a running
application does not show in one read (the locks and the formulas of locked cells) is left to ``gk-xl check`` of the
saved file.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from gk_xl.addin.com import counted, disguised, sheets_of, shown_of
from gk_xl.addin.edit import is_protected, is_structure_locked
from gk_xl.engines.core.addresses import parse_address
from gk_xl.errors import HostError, NotATemplate
from gk_xl.workbook.doubtful import carried_doubts
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.grid import Reading, layout_of, reading_of
from gk_xl.workbook.integrity import inspect
from gk_xl.workbook.layout import (
    COVER,
    KEY_COLUMN,
    LAST_YEAR,
    REASON_COLUMN,
    RESULTS,
    RESULTS_FIRST,
    RESULTS_ROWS,
    Place,
    layout,
)
from gk_xl.workbook.linked import carried_links
from gk_xl.workbook.plan import area
from gk_xl.workbook.raw import RawCell, RawSheet
from gk_xl.workbook.standing import Standing, has_moved, standing
from gk_xl.workbook.styles import unlocked
from gk_xl.workbook.summed import with_summed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gk_xl.workbook.layout import Layout
    from gk_xl.workbook.plan import SheetPlan

MARGIN = 30  # rows and columns past its end that a sheet is read where its labels have moved


def read_book(book: Any, lifted: Collection[str] = ()) -> Reading:
    """Return what an open workbook holds, typed and not yet saved included.

    ``lifted`` are the sheets whose protection a button has lifted and will put back: they count as protected.
    NotATemplate when the workbook is not ours; HostError when a sheet is missing or renamed. Both say what to do.
    """
    live = LiveBook(book, lifted)
    findings, formulas = inspect(live, live.form, live.places)
    doubts, links = carried_doubts(live.constant), carried_links(live.constant)
    reading = reading_of(live.form, live.values, live.places, findings, formulas, live.standing.gone, doubts, links)
    return with_summed(reading, live.constant)


def is_ours(book: Any) -> bool:
    """Return whether a workbook was made from the template."""
    return "gk_xl.schema" in book.names


class LiveBook:
    """An open workbook as it is judged: a :class:`gk_xl.workbook.view.WorkbookView`, like a closed file."""

    def __init__(self, book: Any, lifted: Collection[str] = ()) -> None:
        self.book, self.lifted = book, lifted
        self.members = {sheet.name: sheet for sheet in sheets_of(book)}
        self.form: Layout = layout_of(book.name, self.constant, self.members)
        missing = [title for title in self.form.sheets if title not in self.members]
        if missing:
            raise HostError(
                f"“{book.name}”里找不到工作表“{'、'.join(missing)}”，可能被改名或删除了。请把表名改回原样再点按钮，或点“修复”。"
            )

    @cached_property
    def plans(self) -> Mapping[str, SheetPlan]:
        """What every sheet was made to hold."""
        return {plan.title: plan for plan in expected_plan(self.form).sheets}

    def constant(self, name: str) -> str | None:
        """Return the text that a defined name holds; None when there is none."""
        if name not in self.book.names:
            return None
        text = str(self.book.names[name].refers_to).removeprefix("=")
        return text.strip('"')

    @cached_property
    def values(self) -> dict[str, list[list[Any]]]:
        """The values of every sheet that is filled in, from A1 on, one read a sheet."""
        return {title: counted(rows) for title, rows in self.shown.items()}

    @cached_property
    def shown(self) -> dict[str, list[list[Any]]]:
        """The values as they were read: what is shown as a date is one."""
        found = {title: shown_of(self.block(title)) for title in self.form.sheets if title in self.read_to}
        for title, rows in found.items():
            if has_moved(self.form, self.plans[title], rows, self.read_to[title]):
                last = (self.read_to[title][0] + MARGIN, self.read_to[title][1] + MARGIN)
                found[title] = shown_of(self.members[title].range((1, 1), last))
        return found

    def disguised(self, title: str) -> set[tuple[int, int]]:
        """Return the cells of a sheet whose number is shown as a date though it is no day of our time."""
        rows = enumerate(self.shown.get(title, []), start=1)
        return {(r, c) for r, row in rows for c, value in enumerate(row, start=1) if disguised(value) is not None}

    @cached_property
    def read_to(self) -> Mapping[str, tuple[int, int]]:
        """Up to which row and column each sheet is read: what is seen of it; 使用说明 holds nothing to read."""
        ends = {plan.title: plan.print_to for plan in self.plans.values() if plan.title in self.form.sheets[:-1]}
        return {**ends, RESULTS: (RESULTS_FIRST + RESULTS_ROWS - 1, KEY_COLUMN)}

    def block(self, title: str) -> Any:
        """Return the range of a sheet that is read."""
        return self.members[title].range((1, 1), self.read_to[title])

    @property
    def places(self) -> Mapping[str, Place]:
        """Where every name stands, by the same rule as in a file."""
        return self.standing.places

    @cached_property
    def standing(self) -> Standing:
        """Where every name stands, and what is gone; names are asked only where labels have moved."""
        return standing(self.form, self.values, self.named, self.read_to)

    def is_read(self, title: str, place: tuple[int, int]) -> bool:
        """Return whether a place lies in the block that is read."""
        rows, columns = self.read_to.get(title, (0, 0))
        return place[0] <= rows and place[1] <= columns

    def value(self, title: str, row: int, column: int) -> Any:
        """Return what was read."""
        return self.values[title][row - 1][column - 1]

    saved_by_excel = True  # an open workbook is not asked who saved it

    def value_at(self, place: Place) -> Any:
        """Return what was read somewhere; None beyond."""
        rows = self.values.get(place.sheet, [])
        return rows[place.row - 1][place.column - 1] if self.is_read(place.sheet, (place.row, place.column)) else None

    # what integrity.py asks -------------------------------------------------------------------------------

    @property
    def structure_locked(self) -> bool:
        """Whether sheets may not be added, deleted or renamed; LibreOffice cannot say and is not blamed."""
        return self.book.app.engine.name == "libreoffice" or is_structure_locked(self.book)

    @cached_property
    def names(self) -> Any:
        """The defined names of the workbook, asked for once: each asking is a call into the application."""
        return self.book.names

    def named(self, name: str) -> Place | None:
        """Return where a defined name points; None when it is missing or no single cell."""
        if name not in self.names:
            return None
        sheet, _, address = str(self.names[name].refers_to).removeprefix("=").rpartition("!")
        try:
            return Place(sheet.strip("'").replace("''", "'"), *parse_address(address))
        except ValueError:
            return None

    def place(self, name: str) -> Place | None:
        """Return where a name stands; what became of the names themselves is looked at by the healing."""
        return None if name in self.standing.gone else self.places[name]

    def sheet(self, title: str) -> RawSheet:
        """Return a sheet as it stands: what was read, and for the rest what it was made with."""
        plan = self.plans[title]
        cells = dict(_as_made(self.form.key, title))
        if title in self.values:
            self.lay_over(title, plan, cells)
        merges = {area(*merge) for merge in plan.merges}
        return RawSheet(title, cells, merges, title in self.lifted or is_protected(self.members[title]))

    def lay_over(self, title: str, plan: SheetPlan, cells: dict[tuple[int, int], RawCell]) -> None:
        """Put what was read over what was planned."""
        formulas = self.formulas(title)
        for row, line in enumerate(self.values[title], start=1):
            for column, value in enumerate(line, start=1):
                planned = plan.cells.get((row, column))
                if value is None if planned is None else planned.formula:
                    continue
                is_open = unlocked(planned.style) if planned else column == REASON_COLUMN
                known = formulas and row <= len(formulas) and column <= len(formulas[row - 1])
                text = formulas[row - 1][column - 1] if known else ""
                typed = text[1:] if isinstance(text, str) and text.startswith("=") and text != value else ""
                cells[row, column] = RawCell(_plain(value), typed, locked=not is_open)

    def formulas(self, title: str) -> Any:
        """Return the formulas of a sheet with numbers to fill in; None for the others."""
        tables = {self.form.edition.section(table.id).tab for table in self.form.edition.tables}
        return self.block(title).formula if title in tables | {LAST_YEAR, COVER} else None


@lru_cache
def _as_made(key: tuple[str, str, str, tuple[str, ...]], title: str) -> Mapping[tuple[int, int], RawCell]:
    """Return the cells of a sheet as it was made."""
    plan = next(plan for plan in expected_plan(layout(*key)).sheets if plan.title == title)
    return {
        place: RawCell(_plain(cell.value), cell.formula, locked=not unlocked(cell.style))
        for place, cell in plan.cells.items()
    }


def _plain(value: Any) -> Any:
    """Return a value as a file holds it: a date and time as its text, a blank as None."""
    return value if value is None or isinstance(value, str | bool | int | float) else value.isoformat()


def pick(app: Any) -> Any:
    """Return the workbook in front when it is ours; otherwise HostError or NotATemplate says which to turn to."""
    ours = [book for book in app.books if is_ours(book)]
    front = app.books.active
    if is_ours(front):
        return front
    if ours:
        names = "、".join(f"“{book.name}”" for book in ours)
        raise HostError(f"前面的窗口是“{front.name}”，不是年报工作簿。请切换到{names}的窗口再点按钮。")
    raise NotATemplate(
        f"“{front.name}”不是用本模板填的工作簿。请打开年报工作簿再点按钮；它原来就是年报工作簿、被改坏了的，请点“修复”。"
    )
