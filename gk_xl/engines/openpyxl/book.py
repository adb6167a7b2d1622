"""The workbook of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import parse_address
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.core.refused import Refused
from gk_xl.engines.core.values import moment
from gk_xl.engines.openpyxl.names import Names
from gk_xl.engines.openpyxl.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.engines.core.dressing import Area


class Book:
    """One workbook in memory: as written (``file``) and with the values its formulas had (``values``)."""

    json = Refused()
    to_pdf = Refused(Refusal.NOT_DRAWN)

    def __init__(self, app: Any, file: Any, values: Any, fullname: str, data: bytes = b"") -> None:
        self.app, self.file, self.values, self._fullname, self.data = app, file, values, fullname, data

    @property
    def api(self) -> Any:
        """Openpyxl's workbook."""
        return self.file

    @property
    def fullname(self) -> str:
        """The file's path; a name of its own before the first save."""
        return self._fullname

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self._fullname).name

    @property
    def sheets(self) -> Sheets:
        """The sheets in their order."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """The defined names of the workbook."""
        return Names(self, self.file.defined_names)

    @property
    def structure_locked(self) -> bool:
        """Whether sheets may not be added, deleted or renamed."""
        return bool(self.file.security and self.file.security.lockStructure)

    @property
    def offset(self) -> int:
        """How many days later than usual the file begins to count: those of old Macintoshes begin in 1904."""
        return 1462 if self.file.epoch.year == 1904 else 0

    def dated(self, value: Any, shown: str) -> Any:
        """Return a value as a date when it is a number and its number format shows one."""
        from openpyxl.styles.numbers import is_date_format

        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return moment(value + self.offset) if is_number and is_date_format(shown) else value

    def files(self) -> list[Any]:
        """Return openpyxl's workbooks: as written, and with values where that is another."""
        return [self.file] if self.values is self.file else [self.file, self.values]

    def under(self, title: str, area: Area) -> list[tuple[int, int, Any]]:
        """Return row, column and value of what the file held under a merged area when it was read: openpyxl drops it."""
        from openpyxl import load_workbook

        top, left, bottom, right = area
        if not self.data:
            return []
        file = load_workbook(BytesIO(self.data), read_only=True)
        if title not in file.sheetnames:
            return []
        lines = file[title].iter_rows(top, bottom, left, right, values_only=True)
        return [
            (row, column, value)
            for row, line in enumerate(lines, top)
            for column, value in enumerate(line, left)
            if value is not None and (row, column) != (top, left)
        ]

    def notes_under(self, title: str, area: Area) -> list[tuple[int, int, Any]]:
        """Return row, column and openpyxl's comment of what the file held under a merged area: openpyxl drops these too."""
        from openpyxl.reader.excel import (
            COMMENTS_NS,
            CommentSheet,
            ExcelReader,
            fromstring,
            get_dependents,
            get_rels_path,
        )

        if not self.data:
            return []
        top, left, bottom, right = area
        reader = ExcelReader(BytesIO(self.data))
        reader.read_manifest()
        reader.read_workbook()
        target = next((rel.target for sheet, rel in reader.parser.find_sheets() if sheet.name == title), "")
        if get_rels_path(target) not in reader.valid_files:
            return []
        found = []
        for part in get_dependents(reader.archive, get_rels_path(target)).find(COMMENTS_NS):
            for address, note in CommentSheet.from_tree(fromstring(reader.archive.read(part.target))).comments:
                row, column = parse_address(address)
                if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                    found.append((row, column, note))
        return found

    def activate(self) -> None:
        """Make this the file in front."""
        self.app.files.remove(self)
        self.app.files.append(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, in place or elsewhere; either wholly or not at all."""
        if password:
            raise EngineError(Refusal.UNSUPPORTED, what="a password")
        target = Path(path or (self._fullname if "." in self.name else f"{self._fullname}.xlsx")).resolve()
        buffer = BytesIO()
        self.file.calculation.fullCalcOnLoad = True
        self.file.save(buffer)
        self.app.engine.files.write(target, buffer.getvalue())
        self._fullname = str(target)

    def save_copy(self, path: str) -> None:
        """Write the workbook as it is now to another file."""
        self.file.save(path)

    def close(self) -> None:
        """Forget the file without saving."""
        self.app.files.remove(self)


class Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """Openpyxl's sheets."""
        return self.book.file.worksheets

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self.book, self.book.file.active)

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by name or number."""
        if isinstance(name_or_index, int):
            return Sheet(self.book, self.api[name_or_index - 1])
        for sheet in self.api:
            if sheet.title.lower() == name_or_index.lower():
                return Sheet(self.book, sheet)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.api)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, sheet) for sheet in self.api])

    def __contains__(self, key: str | int) -> bool:
        if isinstance(key, int):
            return 1 <= key <= len(self)
        return key.lower() in (sheet.title.lower() for sheet in self.api)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add a sheet."""
        if self.book.structure_locked:
            raise EngineError(Refusal.LOCKED_STRUCTURE, book=self.book.name)
        index = before.index - 1 if before else (after.index if after else self.active.index - 1)
        for file in self.book.files():
            made = file.create_sheet(name, index)
        return self(made.title)
