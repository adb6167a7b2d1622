"""All of Excel on one machine: processes, windows, what they were asked, what they answer now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.doubles.excel.application import Application
from tests.doubles.excel.com import GONE, REJECTED, CDispatch, ComError
from tests.doubles.excel.model import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.doubles.excel.area import Area

BUTTONS = {0: 1, 1: 1, 4: 6, 3: 6}  # style of a message box → its first button: OK, OK, Yes, Yes


class Breach(AssertionError):
    """Something was asked of Excel that Excel does not have."""


class Excel:
    """The machine's Excel. ``apps`` stand in the order of their windows, the front one first."""

    def __init__(self, product: str = "excel") -> None:
        self.product = product
        """Whose typings are asked. WPS has Excel's objects, windows of another class, and a registered name."""
        self.apps: list[Application] = []
        self.breaches: list[str] = []
        self.tolerated: set[str] = set()
        self.used: set[str] = set()
        self.shown: list[str] = []
        self.answers: list[int] = []
        self.choices: list[str] = []
        self.calls = 0
        self.rejects: Callable[[int, str], int | None] = lambda _number, _name: None
        self.registered: dict[str, Any] = {}
        """What runs under a registered name, such as Ket.Application."""
        self.makepy = True
        """Whether pywin32 has generated its modules: without them, a name asked of a busy Excel seems not to exist."""

    # what a test arranges ---------------------------------------------------------------------------------

    def start(self) -> Application:
        """Start another Excel, in front of the others."""
        app = Application(self, 1000 + len(self.apps))
        self.apps.insert(0, app)
        if self.product == "wps":
            self.registered["Ket.Application"] = app
        return app

    def open(self, data: bytes, path: Path, app: Application | None = None, **options: Any) -> Workbook:
        """Open a workbook in front of an Excel."""
        app = app or (self.apps[0] if self.apps else self.start())
        book = Workbook(self, app, path, data, **options)
        app.books.append(book)
        app.front, app.selection = book, book.sheets[0].call_Range("A1")
        return book

    def select(self, area: Area) -> None:
        """Select cells."""
        area.sheet.book.app.selection = area

    def busy(self, calls: int | None = None, after: int = 0, code: int = REJECTED) -> None:
        """Let Excel reject the next ``calls`` calls (None: all) after so many that it takes."""
        first = self.calls + after
        last = None if calls is None else first + calls
        self.rejects = lambda number, _: code if number > first and (last is None or number <= last) else None

    def close(self) -> None:
        """Let Excel be gone: every call fails."""
        self.rejects = lambda _number, _name: GONE

    # what the objects ask ---------------------------------------------------------------------------------

    def answer(self, _played: Any, name: str = "") -> None:
        """Raise what a call raises when Excel takes none now."""
        self.calls += 1
        code = self.rejects(self.calls, name)
        if code is None:
            return
        if name and not self.makepy and code == REJECTED:
            raise AttributeError(f"<unknown>.{name}")
        raise ComError(code, "被呼叫方拒绝接收呼叫。")

    def breach(self, text: str, kind: type[Exception] = Breach) -> Exception:
        """Write down what must not be, and return the exception that pywin32 would raise."""
        if text not in self.tolerated:
            self.breaches.append(text)
        return kind(text)

    def chosen(self) -> Any:
        """Return what the clerk chooses in a dialog: the next choice, or False."""
        return self.choices.pop(0) if self.choices else False

    def message_box(self, text: str, style: int) -> int:
        """Show a message and return the button pressed."""
        self.shown.append(text)
        return self.answers.pop(0) if self.answers else BUTTONS[style & 0xF]

    # windows ----------------------------------------------------------------------------------------------

    def app_of(self, hwnd: int) -> Application | None:
        """Return the Excel whose window, or whose window's child, this is."""
        return next((app for app in self.apps if hwnd in (app.hwnd, app.hwnd + 1, app.hwnd + 2)), None)

    def dispatch(self, played: Any) -> CDispatch:
        """Return an object as another process holds it."""
        return CDispatch(played)
