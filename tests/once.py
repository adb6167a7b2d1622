"""What the tests ask for again and again is worked out once a process.

A plan always gives the same bytes (``tests/workbook/test_build.py`` asks the builder itself), and a file always reads as the
same book: most of the everyday tests' time went into building and reading the same few workbooks. A book is handed out as a
copy of its own, so that no test sees what another did to it.
"""

from __future__ import annotations

import pickle
from functools import wraps
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from gk_xl.workbook.plan import WorkbookPlan

MOST = 300  # of each kind, some hundred kilobytes a piece


class Kept(dict[Any, bytes]):
    """What was worked out last, by what it was worked out of."""

    def __setitem__(self, key: Any, value: bytes) -> None:
        super().__setitem__(key, value)
        if len(self) > MOST:
            del self[next(iter(self))]


def built_once(render: Callable[[WorkbookPlan], bytes]) -> Callable[[WorkbookPlan], bytes]:
    """Return a builder of workbooks that builds an equal plan once; ``__wrapped__`` is the builder itself."""
    kept = Kept()

    @wraps(render)
    def same(plan: WorkbookPlan) -> bytes:
        key = blake2b(pickle.dumps(plan)).digest()
        if key not in kept:
            kept[key] = render(plan)
        return kept[key]

    return same


def prepared_once(prepare: Callable[..., str]) -> Callable[..., str]:
    """Return XlsxWriter's look for new functions in a formula, thirty patterns each time, that looks at a formula once."""
    kept: dict[Any, str] = {}

    @wraps(prepare)
    def same(sheet: Any, formula: str, *expand: bool) -> str:
        key = (sheet.use_future_functions, formula, *expand)
        if key not in kept:
            kept[key] = prepare(sheet, *key[1:])
        return kept[key]

    return same


def read_once(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return a reader of openpyxl's workbooks that reads the same bytes once; ``__wrapped__`` is the reader itself.

    What is read in passing (``read_only``) holds its file open and is read each time.
    """
    kept = Kept()

    @wraps(read)
    def same(data: bytes, *formulas: Any, **options: bool) -> Any:
        key = blake2b(data).digest(), *sorted(options.items())
        if key in kept:
            return copy_of(kept[key])
        book = read(data, *formulas, **options)
        if not options.get("read_only"):
            kept[key] = pickle.dumps(book)
        return book

    return same


def copy_of(kept: bytes) -> Any:
    """Return a book that was kept; openpyxl's rows and columns lose on the way what makes a new one of them."""
    book = pickle.loads(kept)
    for sheet in book.worksheets:
        sheet.row_dimensions.default_factory = sheet._add_row
        sheet.column_dimensions.default_factory = sheet._add_column
    return book
