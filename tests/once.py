"""What the tests ask for again and again is worked out once a process.

A plan always gives the same bytes (``tests/workbook/test_build.py`` asks the builder itself), and a file always reads as the
same book: most of the everyday tests' time went into building and reading the same few workbooks. A book is handed out to the
first that asks, and from then on as a copy of its own, so that no test sees what another did to it.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from functools import partial, wraps
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray

from gk_xl.workbook.plan import WorkbookPlan

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.reader.excel import ExcelReader
    from openpyxl.worksheet.merge import MergedCellRange

    from gk_xl.workbook.content import Content

MOST = 200  # of each kind, up to a megabyte a piece


class Kept(OrderedDict[Any, Any]):
    """What was asked for last, by what it was worked out of."""

    def of(self, key: Any, make: Callable[[], Any]) -> Any:
        """Return what was kept, or what is made now and kept."""
        if key not in self:
            self[key] = make()
            if len(self) > MOST:
                self.popitem(last=False)
        self.move_to_end(key)
        return self[key]


def planned_once(plan_workbook: Callable[[Content], WorkbookPlan]) -> Callable[[Content], WorkbookPlan]:
    """Return a planner of workbooks that plans one when something of its plan is asked for; ``__wrapped__`` plans at once.

    What was built of the same content before (:func:`built_once`) needs no plan.
    """

    class Planned(WorkbookPlan):
        def __init__(self, content: Content) -> None:
            self.__dict__ |= {"content": content, "form": content.layout}

        def __getattr__(self, name: str) -> Any:
            content = self.__dict__.pop("content")
            self.__class__ = WorkbookPlan
            self.__dict__ |= vars(plan_workbook(content))
            return getattr(self, name)

    return wraps(plan_workbook)(partial(Planned))


def built_once(render: Callable[[WorkbookPlan], bytes]) -> Callable[[WorkbookPlan], bytes]:
    """Return a builder of workbooks that builds an equal plan once; ``__wrapped__`` is the builder itself."""
    kept = Kept()

    @wraps(render)
    def same(plan: WorkbookPlan) -> bytes:
        of: Content | None = vars(plan).get("content")
        said = plan if of is None else (of.layout.key, of.filing, of.last, of.result, of.checked_at)
        built: bytes = kept.of(blake2b(pickle.dumps(said)).digest(), lambda: render(plan))
        return built

    return same


def read_once(read: Callable[[ExcelReader], None]) -> Callable[[ExcelReader], None]:
    """Return openpyxl's reading of a file that reads the same bytes once; ``__wrapped__`` is the reading itself.

    What is read in passing (``read_only``) holds its file open and is read each time.
    """
    kept = Kept()

    @wraps(read)
    def same(reader: ExcelReader) -> None:
        if reader.read_only or reader.keep_vba:
            read(reader)
            return
        file = reader.archive.fp
        file.seek(0)
        way = reader.data_only, reader.keep_links, reader.rich_text, "read_worksheets" in vars(reader)  # of our engine

        fresh: list[Any] = []

        def made() -> bytes:
            read(reader)
            fresh.append(reader.wb)
            return pickle.dumps(reader.wb)

        found = kept.of((blake2b(file.read()).digest(), *way), made)
        reader.wb = fresh.pop() if fresh else copy_of(found)
        reader.archive.close()

    return same


def calculated_once(calculated: Callable[[bytes, Any], Any]) -> Callable[[bytes, Any], Any]:
    """Return our engine's reading of what formulas came to, which reads the same bytes once."""
    kept = Kept()

    @wraps(calculated)
    def same(data: bytes, formulas: Any) -> Any:
        return copy_of(kept.of(blake2b(data).digest(), lambda: pickle.dumps(calculated(data, formulas))))

    return same


def dressed_once(dress: Callable[[MergedCellRange], None]) -> Callable[[MergedCellRange], None]:
    """Return openpyxl's dressing of the cells that a merged one joins, which adds up two borders of a book once.

    A border added to a cell's is worked out of the two each time, for thousands of cells that have the same few.
    """
    kept: WeakKeyDictionary[Any, dict[tuple[str, int, int], int]] = WeakKeyDictionary()

    @wraps(dress)
    def same(area: MergedCellRange) -> None:
        def joined(place: tuple[int, int]) -> Any:
            cell = area.ws._cells.get(place) or area.ws._cells.setdefault(place, MergedCell(area.ws, *place))
            cell._style = cell._style or StyleArray()
            return cell

        for name in ("top", "left", "right", "bottom"):
            side = getattr(area.start_cell.border, name)
            if side and side.style is None:
                continue
            sums = kept.setdefault(area.ws.parent, {})
            for cell in map(joined, getattr(area, name)):
                both = name, area.start_cell._style.borderId, cell._style.borderId
                if both not in sums:
                    cell.border += Border(**{name: side})
                    sums[both] = cell._style.borderId
                cell._style.borderId = sums[both]
        for cell in map(joined, area.cells):
            cell._style.protectionId = area.start_cell._style.protectionId

    return same


def copy_of(kept: bytes) -> Any:
    """Return a book that was kept; openpyxl's rows and columns lose on the way what makes a new one of them."""
    book = pickle.loads(kept)
    for sheet in book.worksheets:
        sheet.row_dimensions.default_factory = sheet._add_row
        sheet.column_dimensions.default_factory = sheet._add_column
    return book
