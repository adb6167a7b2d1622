"""What Excel answers over COM, made plain: money, dates, error values, addresses in the web, an Excel that is busy.

xlwings hands on what pywin32 makes of an answer, and hides part of it. The buttons ask here, for an open workbook of any
engine, so that a value means the same in Excel, in LibreOffice and in a file. Standard library only: xlwings is
imported where Excel is.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gk_xl.engines.core.values import CellError
from gk_xl.form.cleaning import ERROR_CODES
from gk_xl.workbook.values import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

BUSY: Final = {0x800AC472, 0x80010001, 0x8001010A}
"""COM's answers of an Excel that takes no calls now: a cell being edited, a dialog open."""
GONE: Final = {0x800706BA, 0x80010108, 0x80010007}
"""COM's answers of an Excel that has been closed."""
FIRST_ERROR: Final = 0x800A0000 - 2**32

WPS: Final = ("Ket.Application", "et.Application")
"""The names under which WPS 表格 registers itself, today's and that of old releases."""
ATTEMPTS: Final = 30
PAUSE: Final = 0.1  # seconds between them, so that a call is tried for three
LONGEST: Final = 20.0  # seconds that a step waits to be taken back

_EXCEPTION: Final = 0x80020009  # the call got through, and what Excel says of it is inside
_ON_DEMAND: Final = -4135  # xlCalculationManual
_BEGINS_FORMULA: Final = "=+-@'＝＋－＠"
_IN_NUMBERS: Final = frozenset(
    "零一二三四五六七八九十百千万亿廿两壹贰叁肆伍陆柒捌玖拾佰仟年月日号时分秒点上下午星期周元角负正第"
)
_LONGEST_INTEGER: Final = 2**31


def is_excel(thing: Any) -> bool:
    """Return whether a book, sheet or range of xlwings belongs to Excel itself."""
    return hasattr(getattr(thing, "impl", None), "xl")


# ------------------------------------------------------------------------------------------------ a busy Excel


def answer(error: BaseException) -> int | None:
    """Return the answer (HRESULT) of a failed COM call as COM prints it, None for another error."""
    if type(error).__name__ == "ExcelBusyError":  # xlwings, where pywin32 takes a busy Excel for a missing member
        return 0x80010001
    code = getattr(error, "hresult", None)
    if code is None:
        return None
    inside = getattr(error, "excepinfo", None)
    if int(code) & 0xFFFFFFFF == _EXCEPTION and inside and inside[5]:
        code = inside[5]
    return int(code) & 0xFFFFFFFF


def reason(error: BaseException) -> str:
    """Return why Excel refused a call, in its own words; an empty text where it gave none, or another error happened."""
    inside = getattr(error, "excepinfo", None)
    return str(inside[2]).strip().rstrip("。.") if inside and inside[2] else ""


class Patience(int):
    """How often xlwings tries a call that a busy Excel rejects. It would try for ever, and without a pause."""

    __slots__ = ()

    def __gt__(self, attempts: int) -> bool:
        """Return whether to try again, after a pause where Excel was busy."""
        error = sys.exception()
        if isinstance(error, AttributeError) or (error is not None and answer(error) in BUSY):
            time.sleep(PAUSE)
        return int(self) > attempts

    __hash__ = int.__hash__


def tame() -> None:
    """Make xlwings' Windows layer fit for an office.

    It gives up on a busy Excel, so that the clerk is told why. And when this Python ends, it no longer ends every Excel
    without a workbook's window: those serve a table inside a Word document, or another program.
    """
    import xlwings

    layer = getattr(xlwings, "_xlwindows", None)
    if layer is not None:
        layer.N_COM_ATTEMPTS = Patience(ATTEMPTS)
        atexit.unregister(layer.cleanup)


def book_of_wps() -> Any:
    """Return the workbook in front of WPS 表格; None where it does not run, or shows none.

    WPS has Excel's objects under a registered name of its own; xlwings looks for Excel's windows only.
    """
    import xlwings

    layer = getattr(xlwings, "_xlwindows", None)
    if layer is None:
        return None
    from win32com.client import GetActiveObject

    for name in WPS:
        try:
            book = layer.COMRetryObjectWrapper(GetActiveObject(name)).ActiveWorkbook
        except Exception as error:
            if answer(error) in BUSY:
                raise
            continue
        if book is not None:
            return xlwings.Book(impl=layer.Book(book))
    return None


def patient(book: Any) -> Any:
    """Return a workbook whose calls are tried again while Excel is busy, as xlwings does it in other ways of calling."""
    import xlwings

    layer = getattr(xlwings, "_xlwindows", None)
    if layer is None or not is_excel(book) or isinstance(book.impl.xl, layer.COMRetryObjectWrapper):
        return book
    return xlwings.Book(impl=layer.Book(layer.COMRetryObjectWrapper(book.impl.xl)))


def settle(book: Any) -> None:
    """Wait until Excel takes calls again, :data:`LONGEST` seconds at most, so that a step can be taken back."""
    end = time.monotonic() + LONGEST
    while is_excel(book) and time.monotonic() < end:
        try:
            book.impl.xl.Name  # noqa: B018 - any call will do
        except Exception as error:  # noqa: BLE001 - what else is wrong, the step itself will tell
            if answer(error) not in BUSY:
                return
        else:
            return


# ------------------------------------------------------------------------------------------------ values


def values_of(area: Any) -> list[list[Any]]:
    """Return what a range holds, row by row: None, str, bool, int, float or datetime; an error value as CellError.

    A number that is shown as a date, though it is no day of our time, is that number.
    """
    return counted(shown_of(area))


def counted(rows: list[list[Any]]) -> list[list[Any]]:
    """Return values in which a date that is no day of our time is the number that was typed."""
    return [[_counted(value) if isinstance(value, dt.datetime) else value for value in row] for row in rows]


def _counted(value: dt.datetime) -> dt.datetime | float:
    count = disguised(value)
    return value if count is None else count


def disguised(value: Any) -> float | None:
    """Return the number that is shown as a date though it is no day of our time; None for any other value."""
    return count_of(value) if isinstance(value, dt.datetime) else None


def shown_of(area: Any) -> list[list[Any]]:
    """Return what a range holds as :func:`values_of` does; numbers shown as dates are dates, of whatever time."""
    values = _rows(area.impl.raw_value)
    if not is_excel(area):
        return [[None if value == "" else value for value in line] for line in values]
    if any(isinstance(value, Decimal) for line in values for value in line):
        exact = _rows(area.impl.xl.Value2)  # currency is cut to four places, Value2 is not
        return [[_plain(*pair) for pair in zip(*lines, strict=True)] for lines in zip(values, exact, strict=True)]
    return [[_plain(value, value) for value in line] for line in values]


def value_of(cell: Any) -> Any:
    """Return what a single cell holds, as :func:`values_of` does."""
    return values_of(cell)[0][0]


def error_value(value: int) -> CellError | None:
    """Return the error value that an integer over COM stands for, None for an integer that is none."""
    name = ERROR_CODES.get(value - FIRST_ERROR)
    return None if name is None else CellError(name)


def _rows(value: Any) -> Sequence[Sequence[Any]]:
    return value if isinstance(value, tuple | list) else ((value,),)


def _plain(value: Any, exact: Any) -> Any:
    """Return one value of Excel's; all its numbers are floats, so that an integer is an error value."""
    if isinstance(value, Decimal):
        return float(exact)
    if isinstance(value, int) and not isinstance(value, bool):
        return error_value(value) or CellError("#ERROR!")
    if isinstance(value, dt.datetime):
        return dt.datetime(*value.timetuple()[:6])  # noqa: DTZ001 - Excel's dates have no zone
    return None if value == "" else value


def storable(value: Any) -> Any:
    """Return a value so that Excel keeps it as it is: an integer that is too long for COM as a float, a text as a text."""
    if isinstance(value, int) and not isinstance(value, bool) and not -_LONGEST_INTEGER <= value < _LONGEST_INTEGER:
        return float(value)
    if isinstance(value, CellError):
        return str(value)  # as if typed, so that it is an error again
    return f"'{value}" if isinstance(value, str) and value and not _is_surely_text(value) else value


def _is_surely_text(value: str) -> bool:
    """Return whether no application takes a text for a number, a date, a formula, an error or a logical value.

    So it is with a Chinese word in it that belongs neither to a number nor to a date. The rest (“1.5”, “(5)”, “￥5”,
    “#N/A”, “2025年3月”, “May 5”) is put behind Excel's apostrophe, which is not part of the text.
    """
    return value[0] not in _BEGINS_FORMULA and any(
        "\u4e00" <= letter <= "\u9fff" for letter in set(value) - _IN_NUMBERS
    )


def selection_of(book: Any) -> Any:
    """Return the selected cells; None when nothing is selected, or what is no cell: a picture, a chart."""
    try:
        return book.app.selection
    except AttributeError:  # Excel answers Nothing, and xlwings asks it for its address
        return None


# ------------------------------------------------------------------------------------------------ pages, calculation


def sheets_of(book: Any) -> list[Any]:
    """Return the sheets of a workbook, asked for by number: a walk over them is not tried again when Excel is busy."""
    return [book.sheets[number] for number in range(len(book.sheets))]


def note_count(sheet: Any) -> int:
    """Return how many notes a sheet has, on any engine; counted, not walked over, for the same reason."""
    ours = hasattr(sheet.impl, "protected")
    return len(sheet.impl.notes) if ours else int(sheet.api.Comments.Count)


def set_print_area(sheet: Any, address: str) -> None:
    """Say what of a sheet is printed. Without a printer Excel refuses PageSetup, so its defined name is set instead."""
    try:
        sheet.page_setup.print_area = address
    except Exception as error:
        if not is_excel(sheet) or answer(error) in BUSY | GONE:
            raise
        with contextlib.suppress(Exception):  # what is printed is no reason to lose a list
            sheet.impl.xl.Names.Add("Print_Area", f"='{sheet.name}'!{address}")


def catch_up(book: Any) -> str:
    """Calculate a workbook whose Excel does so on demand only, and return the sentence that says so; else an empty one.

    Excel takes the way of calculating from the first workbook opened, so that another office's settings stop our ✓ and ✗.
    """
    if not is_excel(book):
        return ""
    with contextlib.suppress(Exception):
        if book.impl.xl.Application.Calculation != _ON_DEMAND:
            return ""
        for _ in range(2):  # the cover looks at sheets that come after it
            for sheet in sheets_of(book):
                sheet.impl.xl.Calculate()
        return (
            "注意：Excel 现在是“手动计算”，表里的 ✓ ✗ 和合计刚刚重算过；以后改了数请按 F9，"
            "或点“公式”→“计算选项”→“自动”。"
        )
    return ""


# ------------------------------------------------------------------------------------------------ where a workbook lies


def key_of(book: Any) -> str:
    """Return what tells an open workbook from others: its full name, an address in the web as it is."""
    return str(book.impl.xl.FullName if is_excel(book) else book.fullname)


def folder_of(book: Any) -> Path | None:
    """Return the folder that holds a workbook; None when it was never saved, or lies in the web with no copy here."""
    try:
        folder = Path(book.fullname).parent
    except Exception as error:
        if answer(error) in BUSY | GONE:
            raise
        return None  # xlwings looked for a synchronized folder, and there is none
    return folder if folder.is_absolute() and folder.is_dir() else None
