"""What was handed in as three Parquet tables, written while files are read: a row a unit, a cell, a finding.

``units``, ``cells`` and ``findings`` share the column ``file`` (the file's number in this run), so that pandas or DuckDB
answers what a province asks; docs/desk.md gives examples. Held are as many rows as make up one group, and what is packed
of the groups before; at the end each table is saved as everything is.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from gk_xl.checks.text_rules.shared import CODE as ALIKE
from gk_xl.errors import FileError, HostError
from gk_xl.workbook.files import in_chinese, shown
from gk_xl.workbook.kinds import TABLE_MARK
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gk_xl.desk.collection import Collection
    from gk_xl.desk.entry import Entry
    from gk_xl.form.finding import Finding

GROUP: Final = 40_000
"""Rows of one group of a file: some megabytes."""
UNITS: Final = {
    "file": "int32", "unit": "string", "kind": "string", "year": "int32", "edition": "string", "path": "string",
    "format": "string", "received": "timestamp[s]", "digest": "string", "status": "string", "outcome": "string",
    "counts": "bool", "late": "bool", "stranger": "bool", "old_form": "bool", "order": "int32", "errors": "int32",
    "warnings": "int32", "hints": "int32", "not_assessable": "int32", "problem": "string",
}  # fmt: skip
CELLS: Final = {
    "file": "int32", "unit": "string", "year": "int32", "edition": "string", "table": "string", "cell": "string",
    "value": "double", "text": "string", "last": "double",
}  # fmt: skip
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
        self.cells, self.findings, self.units = _Table(CELLS), _Table(FINDINGS), _Table(UNITS)

    def add(self, number: int, entry: Entry) -> Entry:
        """Write a file's cells and findings, and return what of it is still needed: its text, its counts."""
        filing, result = entry.filing, entry.result
        if filing is None or result is None:
            return entry
        cells = [cell for table in filing.form.tables for cell in table.cells]
        held = [filing.value(cell.id) for cell in cells]
        last = entry.last
        self.cells.extend(
            len(cells), number, entry.unit, filing.year, result.edition, [cell.table for cell in cells],
            [cell.id for cell in cells],
            [None if value is None or isinstance(value, str) else float(value) for value in held],
            [value if isinstance(value, str) else None for value in held],
            [last.number(cell.id) for cell in cells] if last else None,
        )  # fmt: skip
        self._found(number, entry, result.findings)
        bare = tuple(replace(finding, message="", excerpt=None, rewrite=None) for finding in result.findings)
        return replace(
            entry, filing=replace(filing, cells={}), last=None, lines=(), notes=(),
            result=replace(result, findings=bare, suspects=()),
        )  # fmt: skip

    def _found(self, number: int, entry: Entry, findings: Iterable[Finding]) -> None:
        year = entry.filing.year if entry.filing else None
        for finding in findings:
            where = finding.where
            self.findings.add(
                number, entry.unit, year, finding.code, finding.severity.value, finding.waived,
                finding.cells[0] if finding.cells else finding.place, where.sheet if where else None,
                where.address if where else None, finding.left, finding.right, finding.difference, finding.message,
            )  # fmt: skip

    def finish(self, collection: Collection, numbers: dict[str, int]) -> None:
        """Write what only the whole tells: a row a file, and what is told of one beside another."""
        for entry in collection.entries:
            number = numbers[entry.file]
            found = entry.result.findings if entry.result else ()
            self._found(number, entry, (finding for finding in found if finding.code == ALIKE))
            self.units.add(*_unit(number, entry))
        for name, table in (("cells", self.cells), ("findings", self.findings), ("units", self.units)):
            save_bytes(self._folder / f"{name}.parquet", table.packed(), force=self._force)


def _unit(number: int, entry: Entry) -> tuple[Any, ...]:
    """Return a file's row, in the order of ``UNITS``."""
    from gk_xl.desk.entry import LATE, OLD_FORM, STRANGER

    counts = entry.result.counts if entry.result else {}
    listed = entry.listed
    return (
        number, entry.unit, listed.kind if listed and listed.kind else entry.filing.unit.kind if entry.filing else None,
        entry.filing.year if entry.filing else None, entry.result.edition if entry.result else None, entry.file,
        entry.format, entry.received, entry.digest, entry.status, entry.outcome, entry.counts, LATE in entry.marks,
        STRANGER in entry.marks, OLD_FORM in entry.marks, listed.order if listed else None,
        *(counts.get(severity, 0) for severity in ("error", "warning", "hint", "not_assessable")), entry.problem or None,
    )  # fmt: skip


class _Table:
    """One Parquet file, packed group by group."""

    def __init__(self, columns: dict[str, str]) -> None:
        self._columns = columns
        self._rows: dict[str, list[Any]] = {name: [] for name in columns}
        self._file = io.BytesIO()
        self._writer: Any = None

    def add(self, *row: Any) -> None:
        """Add a row; the group is packed when it is full."""
        for values, value in zip(self._rows.values(), row, strict=True):
            values.append(value)
        if len(self._rows["file"]) >= GROUP:
            self._pack()

    def extend(self, count: int, *columns: Any) -> None:
        """Add so many rows at once: each column a list, or the value that all rows have."""
        for values, column in zip(self._rows.values(), columns, strict=True):
            values.extend(column if isinstance(column, list) else [column] * count)
        if len(self._rows["file"]) >= GROUP:
            self._pack()

    def _pack(self) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        kinds = {"timestamp[s]": pa.timestamp("s"), "double": pa.float64(), "bool": pa.bool_()}
        schema = pa.schema(
            [(name, kinds[kind] if kind in kinds else getattr(pa, kind)()) for name, kind in self._columns.items()],
            metadata=dict([TABLE_MARK]),
        )
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._file, schema, compression="zstd")
        self._writer.write_table(pa.table(self._rows, schema=schema))
        for values in self._rows.values():
            values.clear()

    def packed(self) -> bytes:
        """Return the whole file; nothing can be added after that."""
        self._pack()
        self._writer.close()
        return self._file.getvalue()
