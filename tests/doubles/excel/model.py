"""A workbook and its sheets, as gk_xl asks for them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.doubles.excel.area import Area, Comment
from tests.doubles.excel.com import refused
from tests.doubles.excel.grid import ALLOWED, Grid, copy_of, grids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doubles.excel.application import Application
    from tests.doubles.excel.excel import Excel


from tests.doubles.excel.played import Played, found


class Workbook(Played):
    """An open workbook. ``url`` is what FullName says of one that lies in OneDrive or SharePoint."""

    TYPE = "Workbook"

    def __init__(
        self, excel: Excel, app: Application, path: Path, data: bytes, url: str = "", *, read_only: bool = False
    ) -> None:
        super().__init__(excel)
        self.app, self.path, self.url, self.read_only, self.data = app, path, url, read_only, data
        sheets, self.names, self.structure = grids(data)
        self.sheets = [Worksheet(excel, self, sheet) for sheet in sheets]
        self.saved, self.shared = True, False
        self.shown = self.sheets[0]

    @property
    def name(self) -> str:
        return self.path.name

    def get_Application(self) -> Application:
        return self.app

    def get_Name(self) -> str:
        return self.name

    def get_FullName(self) -> str:
        return f"{self.url}/{self.name}" if self.url else str(self.path)

    def get_Path(self) -> str:
        return self.url or ("" if self.path.parent == Path() else str(self.path.parent))

    def get_Worksheets(self) -> Sheets:
        return Sheets(self.excel, self)

    def get_Names(self) -> Names:
        return Names(self.excel, self)

    def get_ProtectStructure(self) -> bool:
        return self.structure

    def get_MultiUserEditing(self) -> bool:
        return self.shared

    def get_ReadOnly(self) -> bool:
        return self.read_only

    def get_Saved(self) -> bool:
        return self.saved

    def call_Activate(self) -> None:
        self.app.front = self

    def call_SaveCopyAs(self, Filename: str = "") -> None:
        """Write what is on the screen to another file; this one stays open, and stays as it is on the disk."""
        Path(Filename).write_bytes(copy_of(self.data, [sheet.grid for sheet in self.sheets]))


class Sheets(Played):
    """The worksheets of a workbook."""

    TYPE = "Sheets"

    def __init__(self, excel: Excel, book: Workbook) -> None:
        super().__init__(excel)
        self.book = book

    def each(self) -> Iterator[Worksheet]:
        return iter(self.book.sheets)

    def get_Count(self) -> int:
        return len(self.book.sheets)

    def get_Parent(self) -> Workbook:
        return self.book

    def call_Item(self, Indexes: Any) -> Worksheet:
        return found(self.book.sheets, Indexes, lambda sheet: sheet.grid.title)


class Names(Played):
    """The defined names of a workbook, or those of one sheet."""

    TYPE = "Names"

    def __init__(self, excel: Excel, owner: Workbook | Worksheet) -> None:
        super().__init__(excel)
        self.owner = owner

    @property
    def held(self) -> dict[str, str]:
        return self.owner.names

    def each(self) -> Iterator[Name]:
        return (Name(self.excel, self.owner, name) for name in self.held)

    def get_Count(self) -> int:
        return len(self.held)

    def call_Item(self, Index: Any = None, **_other: Any) -> Name:
        return Name(self.excel, self.owner, found(list(self.held), Index, str))

    def call_Add(self, Name: str = "", RefersTo: str = "", **_other: Any) -> Any:
        if isinstance(self.owner, Worksheet) and Name == "Print_Area":
            self.owner.grid.print_area = RefersTo.rpartition("!")[2]
        self.held[Name] = RefersTo
        return self.call_Item(Name)


class Name(Played):
    """A defined name."""

    TYPE = "Name"

    def __init__(self, excel: Excel, owner: Workbook | Worksheet, name: str) -> None:
        super().__init__(excel)
        self.owner, self.name = owner, name

    def get_Name(self) -> str:
        return self.name

    def get_RefersTo(self) -> str:
        return self.owner.names[self.name]

    def put_RefersTo(self, value: str) -> None:
        self.owner.names[self.name] = value


class Worksheet(Played):
    """One sheet."""

    TYPE = "Worksheet"

    def __init__(self, excel: Excel, book: Workbook, grid: Grid) -> None:
        super().__init__(excel)
        self.book, self.grid = book, grid
        self.names: dict[str, str] = {}

    def allow(self, flag: str, what: str) -> None:
        """Raise Excel's 1004 when the sheet is protected and does not allow this."""
        if self.grid.protected and not self.grid.allowed.get(flag, False):
            raise refused(f"{what}：工作表受保护。若要更改，请取消工作表保护。")

    def get_Application(self) -> Application:
        return self.book.app

    def get_Parent(self) -> Workbook:
        return self.book

    def get_Name(self) -> str:
        return self.grid.title

    def put_Name(self, value: str) -> None:
        if self.book.structure:
            raise refused("工作簿受保护，不能更改。")
        self.grid.title = value

    def get_Visible(self) -> int:
        return self.grid.visible

    def get_Names(self) -> Names:
        return Names(self.excel, self)

    def get_Cells(self) -> Area:
        return Area(self.excel, self, 1, 1, 1_048_576, 16_384)

    def get_UsedRange(self) -> Area:
        rows, columns = zip(*self.grid.cells, strict=True) if self.grid.cells else ((1,), (1,))
        return Area(
            self.excel, self, min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        )

    def call_Range(self, Cell1: Any, Cell2: Any = None) -> Area:
        first = Cell1 if isinstance(Cell1, Area) else Area.parse(self.excel, self, Cell1)
        if Cell2 is None:
            return first
        return first.up_to(Cell2 if isinstance(Cell2, Area) else Area.parse(self.excel, self, Cell2))

    def call_Calculate(self) -> None:
        self.grid.calculated += 1

    def call_Activate(self) -> None:
        self.book.shown = self

    def get_ProtectContents(self) -> bool:
        return self.grid.protected

    def get_ProtectDrawingObjects(self) -> bool:
        return self.grid.protected

    def get_ProtectScenarios(self) -> bool:
        return self.grid.protected

    def get_Protection(self) -> Protection:
        return Protection(self.excel, self.grid)

    def call_Unprotect(self, Password: str | None = None) -> None:
        if self.book.shared:
            raise refused("不能在共享工作簿中更改保护。")
        if self.grid.protected and (Password or "") != self.grid.password:
            raise refused("您提供的密码不正确。请检查 CAPS LOCK 键的状态，并注意使用正确的大小写。")
        self.grid.protected = False

    def call_Protect(self, Password: str | None = None, **options: bool) -> None:
        self.grid.protected, self.grid.password = bool(options.get("Contents", True)), Password or ""
        self.grid.allowed = {name: bool(options.get(name, False)) for name in ALLOWED}

    def get_PageSetup(self) -> PageSetup:
        return PageSetup(self.excel, self)

    def get_Comments(self) -> Comments:
        return Comments(self.excel, self)


class Comments(Played):
    """The notes of a sheet."""

    TYPE = "Comments"

    def __init__(self, excel: Excel, sheet: Worksheet) -> None:
        super().__init__(excel)
        self.sheet = sheet

    def each(self) -> Iterator[Comment]:
        noted = [place for place, cell in self.sheet.grid.cells.items() if cell.note is not None]
        return (Comment(Area(self.excel, self.sheet, *place)) for place in noted)

    def get_Count(self) -> int:
        return len(list(self.each()))


class Protection(Played):
    """What a protected sheet allows all the same."""

    TYPE = "Protection"

    def __init__(self, excel: Excel, grid: Grid) -> None:
        super().__init__(excel)
        self.grid = grid

    def __getattr__(self, name: str) -> Any:
        key = name.removeprefix("get_")
        if key in ALLOWED:
            return lambda: self.grid.allowed[key]
        raise AttributeError(name)


class PageSetup(Played):
    """How a sheet is printed. Without any printer Excel refuses to change it."""

    TYPE = "PageSetup"

    def __init__(self, excel: Excel, sheet: Worksheet) -> None:
        super().__init__(excel)
        self.sheet = sheet

    def get_PrintArea(self) -> str:
        return self.sheet.grid.print_area

    def put_PrintArea(self, value: str) -> None:
        if not self.sheet.book.app.printer:
            raise refused("不能设置类 PageSetup 的 PrintArea 属性")
        if value and not re.fullmatch(r"\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", value):
            raise refused("不能设置类 PageSetup 的 PrintArea 属性")
        self.sheet.grid.print_area = value
