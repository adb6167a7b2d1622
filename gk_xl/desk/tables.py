"""What was handed in as three Parquet tables, written while files are read: a row a unit, a cell, a finding.

``units``, ``cells`` and ``findings`` share the column ``file`` (the file's number in this run), so that pandas or DuckDB
answers what a province asks; docs/desk.md gives examples. Held are as many rows as make up one group, and what is packed
of the groups before; at the end each table is saved as everything is.
"""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.desk.columns import column, filled, repeated, sparse, type_of
from gk_xl.desk.counting import members
from gk_xl.desk.light import finding_row
from gk_xl.desk.same_numbers import told_numbers
from gk_xl.errors import FileError, HostError
from gk_xl.form.refusals import in_chinese, shown
from gk_xl.workbook.kinds import TABLE_MARK
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from gk_xl.desk.collection import Collection
    from gk_xl.desk.entry import Entry, Rows
    from gk_xl.form.schema import Edition

GROUP: Final = 40_000
"""Rows of one group of a file: some megabytes."""
FEWER: Final = 8
"""So much fewer rows make a group where each bears a message."""
UNITS: Final = {
    "file": "int32", "unit": "string", "kind": "string", "year": "int32", "edition": "string", "path": "string",
    "format": "string", "received": "timestamp[s]", "digest": "string", "status": "string", "outcome": "string",
    "counts": "bool", "late": "bool", "stranger": "bool", "old_form": "bool", "order": "int32", "errors": "int32",
    "warnings": "int32", "hints": "int32", "not_assessable": "int32", "problem": "string",
}  # fmt: skip
CELLS: Final = {
    "file": "int32",
    "unit": "string",
    "year": "int32",
    "edition": "string",
    "table": "string",
    "cell": "string",
    "value": "double",
    "text": "string",
    "last": "double",
}
FINDINGS: Final = {
    "file": "int32", "unit": "string", "year": "int32", "code": "string", "severity": "string", "waived": "bool",
    "cell": "string", "sheet": "string", "address": "string", "left": "double", "right": "double",
    "difference": "double", "message": "string",
}  # fmt: skip


class Tables:
    """The three tables of a run; they are written into a folder when :meth:`finish` says that they are whole.

    Tables that this tool did not write are replaced with ``force`` only.
    """

    def __init__(self, folder: Path, *, force: bool = False) -> None:
        try:
            import pyarrow as pa  # noqa: F401
        except ImportError:
            raise HostError("写 Parquet 表要先装 gk_xl 的附加部分 parquet（pyarrow）。") from None
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"文件夹“{shown(folder)}”建不了（{in_chinese(error)}）。请换个位置。") from None
        self._folder, self._force = folder, force
        self.cells, self.findings, self.units = _Cells(), _Listed(FINDINGS), _Listed(UNITS)

    def add(self, number: int, entry: Entry) -> Entry:
        """Write a file's cells and findings, and return what of it is still needed: its counts, its sketches.

        Of what was summed up only the whole tells whether it is one of the reports: that waits.
        """
        return entry if entry.filing is not None and entry.filing.summed else self._put(number, entry)

    def _put(self, number: int, entry: Entry) -> Entry:
        filing, rows = entry.filing, entry.rows
        if filing is None or rows is None or entry.result is None:
            return entry
        self.cells.add(_File(number, entry.unit, filing.year, entry.result.edition, filing.form, rows))
        for row in rows.findings:
            self.findings.add(number, entry.unit, filing.year, *row)
        return entry.but(rows=None, numbers=told_numbers(entry))

    def finish(self, collection: Collection, numbers: dict[str, int]) -> None:
        """Write what only the whole tells: a row a file, and what is told of one beside another."""
        inside = {id(entry) for entry in members(collection)}
        for entry in collection.entries:
            number = numbers[entry.file]
            self._put(number, entry)
            year = entry.filing.year if entry.filing else None
            for finding in entry.result.findings if entry.result else ():  # those that only several files tell
                self.findings.add(number, entry.unit, year, *finding_row(finding))
            self.units.add(*_unit(number, entry, counts=id(entry) in inside))
        for name, table in (("cells", self.cells), ("findings", self.findings), ("units", self.units)):
            save_bytes(self._folder / f"{name}.parquet", table.packed(), force=self._force)


def _unit(number: int, entry: Entry, *, counts: bool) -> tuple[Any, ...]:
    """Return a file's row, in the order of ``UNITS``; ``counts`` says whether its numbers belong into the sum."""
    from gk_xl.desk.entry import LATE, OLD_FORM, STRANGER

    found = entry.result.counts if entry.result else {}
    listed = entry.listed
    return (
        number,
        entry.unit,
        listed.kind if listed and listed.kind else entry.filing.unit.kind if entry.filing else None,
        entry.filing.year if entry.filing else None,
        entry.result.edition if entry.result else None,
        entry.file,
        entry.format,
        entry.received,
        entry.digest,
        entry.status,
        entry.outcome,
        counts,
        LATE in entry.marks,
        STRANGER in entry.marks,
        OLD_FORM in entry.marks,
        listed.order if listed else None,
        *(found.get(severity, 0) for severity in ("error", "warning", "hint", "not_assessable")),
        entry.problem or None,
    )


class _Table(ABC):
    """One Parquet file, packed group by group."""

    def __init__(self, columns: dict[str, str]) -> None:
        self._columns = columns
        self._file = io.BytesIO()
        self._writer: Any = None

    def _pack(self, columns: dict[str, Any]) -> None:
        """Pack a group."""
        import pyarrow as pa
        from pyarrow import parquet

        schema = pa.schema([(name, type_of(kind)) for name, kind in self._columns.items()], metadata=dict([TABLE_MARK]))
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._file, schema, compression="zstd")
        whole = [pa.chunked_array(found if isinstance(found, list) else [found]) for found in columns.values()]
        self._writer.write_table(pa.Table.from_arrays(whole, schema=schema))

    @abstractmethod
    def _rest(self) -> None:
        """Pack the last group."""

    def packed(self) -> bytes:
        """Return the whole file; nothing can be added after that."""
        self._rest()
        self._writer.close()
        return self._file.getvalue()


class _Listed(_Table):
    """A table that is given row by row."""

    def __init__(self, columns: dict[str, str]) -> None:
        super().__init__(columns)
        self._rows: list[tuple[Any, ...]] = []

    def add(self, *row: Any) -> None:
        """Add a row; the group is packed when it is full."""
        self._rows.append(row)
        if len(self._rows) >= GROUP // FEWER:
            self._rest()

    def _rest(self) -> None:
        held = zip(*self._rows, strict=True) if self._rows else [()] * len(self._columns)
        self._pack(
            {name: column(kind, values) for (name, kind), values in zip(self._columns.items(), held, strict=True)}
        )
        self._rows.clear()


class _File(NamedTuple):
    """One file's cells."""

    number: int
    unit: str
    year: int | None
    edition: str
    form: Edition
    rows: Rows


class _Cells(_Table):
    """The table of cells, which is given file by file: a group is put together of whole columns."""

    def __init__(self) -> None:
        super().__init__(CELLS)
        self._files: list[_File] = []
        self._count = 0

    def add(self, file: _File) -> None:
        """Add the cells of a file; the group is packed when it is full."""
        self._files.append(file)
        self._count += len(file.rows.values) // 8
        if self._count >= GROUP:
            self._rest()

    def _rest(self) -> None:
        """Pack a group: what a file says of all its cells is repeated, what its form says of each is shared."""
        import numpy as np

        files, counts = self._files, [len(file.rows.values) // 8 for file in self._files]
        texts: dict[int, str] = {}
        begin = 0
        for file, count in zip(files, counts, strict=True):
            texts.update({begin + place: text for place, text in file.rows.texts})
            begin += count

        def numbers(parts: list[bytes]) -> Any:
            found = np.frombuffer(b"".join(parts), dtype="float64")
            return filled("double", found, ~np.isnan(found))

        def integers(values: list[int | None]) -> Any:
            there = np.repeat(np.asarray([value is not None for value in values], dtype=bool), counts)
            return filled(
                "int32", np.repeat(np.asarray([value or 0 for value in values], dtype="int32"), counts), there
            )

        blank = np.full(max(counts, default=0), np.nan).tobytes()
        self._pack(
            {
                "file": integers([file.number for file in files]),
                "unit": repeated([file.unit for file in files], counts),
                "year": integers([file.year for file in files]),
                "edition": repeated([file.edition for file in files], counts),
                "table": [_names(file.form)[0] for file in files] or repeated([], []),
                "cell": [_names(file.form)[1] for file in files] or repeated([], []),
                "value": numbers([file.rows.values for file in files]),
                "text": sparse(self._count, texts),
                "last": numbers([file.rows.last or blank[: len(file.rows.values)] for file in files]),
            }
        )
        self._files, self._count = [], 0


_NAMES: dict[str, tuple[Any, Any]] = {}


def _names(form: Edition) -> tuple[Any, Any]:
    """Return for each cell of a form its table and its name, as columns."""
    if form.id not in _NAMES:
        cells = [cell for table in form.tables for cell in table.cells]
        _NAMES[form.id] = (
            column("string", [cell.table for cell in cells]),
            column("string", [cell.id for cell in cells]),
        )
    return _NAMES[form.id]
