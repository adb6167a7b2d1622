"""LibreOffice Calc as an engine of xlwings, over UNO: the same program that drives Excel drives LibreOffice.

::

    import xlwings as xw
    from gk_xl.engines import libreoffice

    libreoffice.register()  # xw.engines["libreoffice"], made the active one
    with xw.App(visible=False) as app:
        book = app.books.open("年报.xlsx")

``App()`` starts a LibreOffice of its own with a profile of its own, so that nobody's open documents are touched.
:class:`App` takes a component context as well: that of a LibreOffice already running, or, inside LibreOffice, one's
own. An interpreter without ``uno`` gets a EngineError that says so (:mod:`gk_xl.engines.libreoffice.process`).

LibreOffice differs from Excel in what no engine can hide: it ignores the lock of a workbook's structure on loading, so
sheets can be added there, and a window that was never shown does not save its frozen panes.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core import applications
from gk_xl.engines.core.applications import CopyingApp, RunningApps
from gk_xl.engines.core.blocks import BlockEngine
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.refused import Refused
from gk_xl.engines.libreoffice.book import Book
from gk_xl.engines.libreoffice.macros import run_macro
from gk_xl.engines.libreoffice.process import Office, desktop_of, in_words, load_uno, open_document, properties
from gk_xl.engines.libreoffice.windows import POSITION, aside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.engines import protocol
    from gk_xl.engines.libreoffice.range import Range

SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
YES_FIRST = 0x40000  # com.sun.star.awt.MessageBoxButtons.DEFAULT_BUTTON_YES


class Engine(BlockEngine):
    """The engine ``libreoffice``."""

    name = "libreoffice"

    @property
    def apps(self) -> Apps:
        """The LibreOffices that this process started or was given."""
        return Apps()


ENGINE: protocol.Engine = Engine()


def register() -> Any:
    """Add the engine to xlwings, make it the active one, and return it."""
    return applications.register(ENGINE, "gk_xl.engines.libreoffice")


@in_words
class Apps(RunningApps):
    """The LibreOffices at hand, the newest first."""

    running: list[App] = []  # noqa: RUF012 - shared on purpose

    def add(self, *, add_book: Any = None, visible: bool | None = None, **_: Any) -> App:
        """Start a LibreOffice; without a display it stays invisible."""
        can_show = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt")
        office = Office(visible=visible is not False and can_show)
        app = App(office.connect(), office)
        self.running.insert(0, app)
        if add_book:
            app.books.add()
        return app


@in_words
class App(CopyingApp):
    """One LibreOffice."""

    engine = ENGINE
    xl = Refused()
    hwnd = Refused()
    startup_path = Refused()
    display_alerts = True
    enable_events = True
    interactive = True

    def __init__(self, context: Any, office: Office | None = None) -> None:
        self.context, self.office = context, office
        self.desktop = desktop_of(context)
        self._updating = True
        self._told: Any = False

    @property
    def api(self) -> Any:
        """The UNO desktop."""
        return self.desktop

    @property
    def books(self) -> Books:
        """The open spreadsheets."""
        return Books(self)

    @property
    def pid(self) -> int:
        """The process id: LibreOffice's own where it was started here."""
        return self.office.process.pid if self.office else os.getpid()

    @property
    def version(self) -> str:
        """The version, such as ``7.4.7.2``."""
        provider = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.configuration.ConfigurationProvider", self.context
        )
        node = properties(nodepath="/org.openoffice.Setup/Product")
        access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", node)
        return str(access.ooSetupVersionAboutBox)

    @property
    def path(self) -> str:
        """The folder of the program."""
        name = "com.sun.star.util.PathSubstitution"
        substitution = self.context.ServiceManager.createInstanceWithContext(name, self.context)
        return str(load_uno().fileUrlToSystemPath(substitution.getSubstituteVariableValue("$(prog)")))

    @property
    def status_bar(self) -> Any:
        """What a program told in the bar below the window; False where LibreOffice says there what it likes."""
        return self._told

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        frame = self.books.active.uno.getCurrentController().getFrame()
        indicator = frame.createStatusIndicator()
        if isinstance(value, str):
            indicator.start(value, 0)
        else:
            indicator.end()
        self._told = value if isinstance(value, str) else False

    def run(self, macro: str, args: Sequence[Any]) -> Any:
        """Run a macro: ``Module.Macro`` of Basic, ``'book'!Module.Macro`` of that book, ``file.py$function`` of Python."""
        return run_macro(self, macro, args)

    @property
    def selection(self) -> Range | None:
        """The selected cells of the active spreadsheet."""
        if not len(self.books):
            return None
        book = self.books.active
        found = book.uno.getCurrentController().getSelection()
        if hasattr(found, "getRangeAddresses"):
            areas = found.getRangeAddresses()
            return book.range_at(areas[0]) if areas else None
        return book.range_at(found.getRangeAddress()) if hasattr(found, "getRangeAddress") else None

    def activate(self, steal_focus: bool = False) -> None:
        """Bring the active window to the front."""
        frame = self.desktop.getActiveFrame()
        if frame is not None:
            frame.activate()
            if steal_focus:
                frame.getContainerWindow().toFront()

    @property
    def visible(self) -> bool:
        """Whether it has windows to be seen."""
        return self.office is None or self.office.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        """Do nothing: a LibreOffice is started with windows or without, and stays so."""

    @property
    def screen_updating(self) -> bool:
        """Whether windows follow each change."""
        return self._updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value != self._updating:
            self._updating = value
            for book in self.books:
                if value:
                    book.uno.calculate()  # before anything is drawn: a format that drawing a cell gives it is fatal
                    book.uno.unlockControllers()
                else:
                    book.uno.lockControllers()

    @property
    def calculation(self) -> str:
        """``automatic`` or ``manual``, of the active spreadsheet."""
        return "automatic" if self.books.active.uno.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        for book in self.books:
            book.uno.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        """Calculate every formula of every open spreadsheet anew."""
        for book in self.books:
            book.uno.calculateAll()

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, _callback: Any = None) -> str:
        """Show a message box and return the button pressed: ok, cancel, yes or no."""
        toolkit = self.context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", self.context)
        frame = self.desktop.getCurrentFrame()
        if frame is None or not self.visible:
            raise EngineError(Refusal.NO_WINDOW, prompt=prompt)
        kinds = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}  # com.sun.star.awt.MessageBoxButtons
        kind = load_uno().Enum(
            "com.sun.star.awt.MessageBoxType",
            "ERRORBOX" if mode == "critical" else ("INFOBOX" if buttons == "ok" else "QUERYBOX"),
        )
        first = YES_FIRST if mode == "info" and "yes" in buttons else 0  # as in Excel, where the Return key means yes
        box = toolkit.createMessageBox(frame.getContainerWindow(), kind, kinds[buttons] | first, title or "", prompt)
        if place := aside(frame):
            box.setPosSize(*place, 0, 0, POSITION)
        try:
            answer = box.execute()
        finally:
            box.dispose()
        return {0: "cancel", 1: "ok", 2: "yes", 3: "no"}[answer]

    def choose_file(self, title: str, kind: str, patterns: str, folder: str = "") -> str:
        """Return the path of the file that is chosen in a dialog, empty when none is; it opens in ``folder``."""
        name = "com.sun.star.ui.dialogs.FilePicker"
        picker = self.context.ServiceManager.createInstanceWithContext(name, self.context)
        picker.setTitle(title)
        picker.appendFilter(kind, patterns)
        if folder:
            picker.setDisplayDirectory(load_uno().systemPathToFileUrl(folder))
        chosen = picker.getSelectedFiles() if picker.execute() == 1 else ()
        return str(load_uno().fileUrlToSystemPath(chosen[0])) if chosen else ""

    def choose_folder(self, title: str) -> str:
        """Return the path of the folder that is chosen in a dialog, empty when none is."""
        name = "com.sun.star.ui.dialogs.FolderPicker"
        picker = self.context.ServiceManager.createInstanceWithContext(name, self.context)
        picker.setTitle(title)
        return str(load_uno().fileUrlToSystemPath(picker.getDirectory())) if picker.execute() == 1 else ""

    def copied_html(self) -> bytes:
        """Return the HTML on the clipboard, empty when there is none."""
        name = "com.sun.star.datatransfer.clipboard.SystemClipboard"
        held = self.context.ServiceManager.createInstanceWithContext(name, self.context).getContents()
        for flavor in held.getTransferDataFlavors() if held is not None else ():
            if flavor.MimeType.startswith("text/html"):
                data = held.getTransferData(flavor)
                return data.encode("utf-8") if isinstance(data, str) else bytes(data.value)
        return b""

    def finish_typing(self, book: Book) -> None:
        """Take a cell that is being edited as it stands: a click on a button does not end the typing by itself."""
        controller = book.uno.getCurrentController()
        if controller is not None:
            name = "com.sun.star.frame.DispatchHelper"
            helper = self.context.ServiceManager.createInstanceWithContext(name, self.context)
            helper.executeDispatch(controller.getFrame(), ".uno:AcceptFormula", "", 0, ())

    def quit(self) -> None:
        """Close the spreadsheets opened here and end the process started here."""
        if self in Apps.running:
            Apps.running.remove(self)
        if self.office is not None:
            for book in list(self.books):
                with contextlib.suppress(EngineError):
                    book.close()
            self.office.stop()

    def kill(self) -> None:
        """End the process started here at once."""
        if self in Apps.running:
            Apps.running.remove(self)
        if self.office is not None:
            self.office.stop()


@in_words
class Books:
    """The open spreadsheets of one LibreOffice, in the order they were opened."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """The UNO components."""
        return self.app.desktop.getComponents()

    def __iter__(self) -> Iterator[Book]:
        found, components = [], self.api.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if hasattr(component, "supportsService") and component.supportsService(SPREADSHEET):
                found.append(Book(self.app, component))
        return iter(found)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> Book:
        """Return a spreadsheet by name, path or number."""
        books = list(self)
        if isinstance(name_or_index, int):
            return books[name_or_index - 1]
        for book in books:
            if name_or_index.lower() in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(name_or_index)

    @property
    def active(self) -> Book:
        """The spreadsheet in front; the newest where none is."""
        current = self.app.desktop.getCurrentComponent()
        if current is not None and hasattr(current, "supportsService") and current.supportsService(SPREADSHEET):
            return Book(self.app, current)
        books = list(self)
        if not books:
            raise EngineError(Refusal.NO_BOOK)
        return books[-1]

    def add(self) -> Book:
        """Make a new spreadsheet."""
        options = properties(Hidden=not self.app.visible)
        return Book(self.app, self.app.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, options))

    def open(self, fullname: str, _update_links: Any = None, read_only: bool | None = None, *_: Any, **__: Any) -> Book:
        """Open a file, or return the book that is open already; EngineError when it cannot be opened."""
        path = Path(fullname).resolve()
        for book in self:
            if book.fullname == str(path):
                return book
        if not path.is_file():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        document = open_document(
            self.app.desktop, path, Hidden=not self.app.visible, ReadOnly=bool(read_only), MacroExecutionMode=0
        )
        if not document.supportsService(SPREADSHEET):
            document.close(True)
            raise EngineError(Refusal.NOT_A_SPREADSHEET, path=str(path))
        return Book(self.app, document)
