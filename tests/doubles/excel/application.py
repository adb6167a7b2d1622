"""Excel itself, its dialogs for files, and the workbooks that are open in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.doubles.excel.com import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doubles.excel.excel import Excel
    from tests.doubles.excel.model import Workbook, Worksheet

from tests.doubles.excel.played import Played, found

XL_AUTOMATIC, XL_MANUAL = -4105, -4135


class Application(Played):
    """One Excel: a process with a window of its own."""

    TYPE = "Application"

    def __init__(self, excel: Excel, pid: int) -> None:
        super().__init__(excel)
        self.pid, self.hwnd = pid, pid * 16
        self.books: list[Workbook] = []
        self.selection: Any = None
        self.screen, self.alerts, self.calculation = True, True, XL_AUTOMATIC
        self.printer, self.calculated = True, 0
        self.front: Workbook | None = None

    def get_Application(self) -> Application:
        return self

    def get_Workbooks(self) -> Workbooks:
        return Workbooks(self.excel, self)

    def get_ActiveWorkbook(self) -> Workbook | None:
        return self.front

    def get_ActiveSheet(self) -> Worksheet | None:
        return self.front.shown if self.front else None

    def get_Selection(self) -> Any:
        return self.selection

    def get_ScreenUpdating(self) -> bool:
        return self.screen

    def put_ScreenUpdating(self, value: bool) -> None:
        self.screen = value

    def get_DisplayAlerts(self) -> bool:
        return self.alerts

    def put_DisplayAlerts(self, value: bool) -> None:
        self.alerts = value

    def get_Calculation(self) -> int:
        if not self.books:
            raise refused("类 Application 的 Calculation 属性失败")
        return self.calculation

    def call_Calculate(self) -> None:
        self.calculated += 1
        for book in self.books:
            for sheet in book.sheets:
                sheet.grid.calculated += 1

    def get_Hwnd(self) -> int:
        return self.hwnd

    def get_Version(self) -> str:
        return "16.0"

    def get_Ready(self) -> bool:
        return True

    def get_Name(self) -> str:
        return "Microsoft Excel"

    def call_GetOpenFilename(self, **_options: Any) -> Any:
        return self.excel.chosen()

    def call_GetSaveAsFilename(self, **_options: Any) -> Any:
        return self.excel.chosen()

    def call_FileDialog(self, fileDialogType: int) -> FileDialog:
        return FileDialog(self.excel, fileDialogType)


class FileDialog(Played):
    """Office's dialog that asks for a file or a folder."""

    TYPE = "FileDialog"

    def __init__(self, excel: Excel, kind: int) -> None:
        super().__init__(excel)
        self.kind, self.title, self.start = kind, "", ""
        self.selected: list[str] = []

    def put_Title(self, value: str) -> None:
        self.title = value

    def put_InitialFileName(self, value: str) -> None:
        self.start = value

    def put_AllowMultiSelect(self, value: bool) -> None:
        pass

    def call_Show(self) -> int:
        answer = self.excel.chosen()
        self.selected = [] if answer is False else [answer]
        return -1 if self.selected else 0

    def get_SelectedItems(self) -> SelectedItems:
        return SelectedItems(self.excel, self.selected)


class SelectedItems(Played):
    """What was chosen in a dialog."""

    TYPE = "FileDialogSelectedItems"

    def __init__(self, excel: Excel, items: list[str]) -> None:
        super().__init__(excel)
        self.items = items

    def get_Count(self) -> int:
        return len(self.items)

    def call_Item(self, Index: int) -> str:
        return self.items[Index - 1]


class Workbooks(Played):
    """The open workbooks of one Excel."""

    TYPE = "Workbooks"

    def __init__(self, excel: Excel, app: Application) -> None:
        super().__init__(excel)
        self.app = app

    def each(self) -> Iterator[Workbook]:
        return iter(self.app.books)

    def get_Application(self) -> Application:
        return self.app

    def get_Count(self) -> int:
        return len(self.app.books)

    def call_Item(self, Index: Any) -> Workbook:
        return found(self.app.books, Index, lambda book: book.name)
