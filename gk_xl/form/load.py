"""Edition files → :class:`Edition`. The loader refuses what it does not know, naming file and key."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from gk_xl.errors import BadEditionFile, EditionNotFound
from gk_xl.form.kept import toml
from gk_xl.form.schema import Cell, Edition, GridCell, Reference, Section, Table, ValueKind

EDITIONS = Path(__file__).parent / "editions"
MARK = "+"
"""Between a statutory edition and the digest of the profile that it was composed with."""
NARRATIVE = ("preamble", "overview", "problems", "other_matters")
OVER_YEAR = ("sum", "first", "last")
"""How the numbers of quarters make that of a year."""


class Keys:
    """A TOML table whose keys must all be asked for; anything left over is an error with file and key."""

    def __init__(self, file: str, where: str, data: object) -> None:
        if not isinstance(data, dict):
            raise BadEditionFile(file, where, "这里应当是一个表（键 = 值）")
        self.file, self.where, self.data = file, where, dict(data)

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """Return and consume one key; BadEditionFile when it is missing or of another type."""
        if key not in self.data:
            if default is ...:
                raise BadEditionFile(self.file, f"{self.where}.{key}", "缺少这个键")
            return default
        value = self.data.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise BadEditionFile(self.file, f"{self.where}.{key}", f"类型不对：{value!r}")
        return value

    def done(self) -> None:
        """Raise BadEditionFile if a key was not consumed."""
        for key in self.data:
            raise BadEditionFile(self.file, f"{self.where}.{key}", "不认识的键")


@dataclass
class _TableReader:
    """Reads the printed lines of one table, keeping track of merged spans."""

    file: str
    where: str
    table_id: str
    unit: str
    width: int
    references: dict[str, Reference]
    cited: set[str]
    grid: list[GridCell] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    row_labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    row_references: dict[str, str] = field(default_factory=dict)
    row_quarters: dict[str, str] = field(default_factory=dict)
    column_labels: dict[str, str] = field(default_factory=dict)
    column_places: dict[str, tuple[int, int]] = field(default_factory=dict)
    taken: dict[tuple[int, int], GridCell] = field(default_factory=dict)

    def place(self, line: int, span: Keys, text: str, *, head: bool, cell: str | None = None) -> GridCell:
        """Put one printed cell at the next free place of a line."""
        lines, columns = span.take("rows", int, 1), span.take("columns", int, 1)
        start = next((c for c in range(self.width) if (line, c) not in self.taken), None)
        if start is None or start + columns > self.width:
            raise BadEditionFile(self.file, span.where, f"第 {line + 1} 行排不下：共 {self.width} 列")
        item = GridCell(line, start, lines, columns, text, cell, head)
        for r in range(line, line + lines):
            for c in range(start, start + columns):
                if (r, c) in self.taken:
                    raise BadEditionFile(self.file, span.where, f"第 {r + 1} 行第 {c + 1} 列与合并单元格重叠")
                self.taken[r, c] = item
        self.grid.append(item)
        return item

    def reference(self, where: str, name: str) -> str:
        """Return a cited reference's id; BadEditionFile when the file does not declare it."""
        if name and name not in self.references:
            raise BadEditionFile(self.file, where, f"引用了未声明的依据 {name}")
        self.cited.add(name)
        return name

    def read_line(self, number: int, keys: Keys) -> None:
        """Read one printed line: head cells, or a stub with numbers to fill in."""
        for index, raw in enumerate(keys.take("head", list, [])):
            self.read_head(number, Keys(self.file, f"{keys.where}.head[{index}]", raw))
        row = keys.take("row", str, "")
        for index, raw in enumerate(keys.take("stub", list, [])):
            stub = Keys(self.file, f"{keys.where}.stub[{index}]", raw)
            self.place(number, stub, stub.take("text", str), head=False)
            stub.done()
        total = keys.take("total", bool, False)
        quarters = self.over_year(keys)
        values = keys.take("values", list, self.columns() if row else [])
        reference = self.reference(f"{keys.where}.reference", keys.take("reference", str, ""))
        if row:
            if row in self.row_labels:
                raise BadEditionFile(self.file, f"{keys.where}.row", f"行 {row} 重复")
            self.row_labels[row] = self.path_of(number)
            self.row_references[row] = reference
            self.row_quarters[row] = quarters
        for index, raw in enumerate(values):
            where = f"{keys.where}.values[{index}]"
            entry = Keys(self.file, where, {"column": raw} if isinstance(raw, str) else raw)
            name = entry.take("column", str)
            self.read_value(number, entry, f"{row}.{name}" if row else name, total=total)
            entry.done()
        for column in range(self.width):
            if (number, column) not in self.taken:
                raise BadEditionFile(self.file, keys.where, f"第 {number + 1} 行第 {column + 1} 列是空的")
        keys.done()

    def over_year(self, keys: Keys) -> str:
        """Return how quarters make the year in a row or column; empty when nothing is said."""
        said: str = keys.take("over_year", str, "")
        if said and said not in OVER_YEAR:
            raise BadEditionFile(
                self.file, f"{keys.where}.over_year", f"不认识的写法 {said}，可用：{'、'.join(OVER_YEAR)}"
            )
        return said

    def read_head(self, number: int, keys: Keys) -> None:
        """Read a head cell; with ``column`` (and ``row``) it declares what stands under it."""
        text = keys.take("text", str)
        column, row = keys.take("column", str, ""), keys.take("row", str, "")
        reference = self.reference(f"{keys.where}.reference", keys.take("reference", str, ""))
        if column:
            kind = keys.take("value", str, "count")
            if kind not in list(ValueKind):
                raise BadEditionFile(self.file, f"{keys.where}.value", f"不认识的取值类型 {kind}")
            self.heads[f"{row}.{column}" if row else column] = {
                "label": text,
                "kind": ValueKind(kind),
                "unit": keys.take("unit", str, self.unit),
                "total": keys.take("total", bool, False),
                "quarters": self.over_year(keys),
            }
            self.column_labels.setdefault(column, text)
        elif row:
            self.row_labels[row] = (text,)
            self.row_references[row] = reference
        item = self.place(number, keys, text, head=True)
        if column:
            self.column_places.setdefault(column, (len(self.cells), item.column))
        keys.done()

    def columns(self) -> list[str]:
        """Return the column identifiers as printed from left to right, block of head lines after block."""
        return sorted(self.column_places, key=self.column_places.__getitem__)

    def read_value(self, number: int, keys: Keys, name: str, *, total: bool) -> None:
        """Declare the cell ``name`` (row.column) at the next free place of a line."""
        row, _, column = name.rpartition(".")
        head = self.heads.get(name) or self.heads.get(column)
        if head is None or row not in self.row_labels:
            raise BadEditionFile(self.file, keys.where, f"{name} 没有对应的表头或行")
        cell_id = f"{self.table_id}.{name}"
        if cell_id in self.cells:
            raise BadEditionFile(self.file, keys.where, f"单元格 {cell_id} 重复")
        self.cells[cell_id] = Cell(
            cell_id,
            self.table_id,
            row,
            column,
            head["kind"],
            head["unit"],
            total or head["total"],
            self.row_labels[row],
            head["label"],
            self.row_references[row],
            head["quarters"] or self.row_quarters.get(row) or OVER_YEAR[0],
        )
        self.place(number, keys, "", head=False, cell=cell_id)

    def path_of(self, line: int) -> tuple[str, ...]:
        """Return the labels that stand over a line's numbers, outermost first, without repeats."""
        seen: list[GridCell] = []
        for column in range(self.width):
            item = self.taken.get((line, column))
            if item is not None and not item.cell and item not in seen:
                seen.append(item)
        return tuple(item.text for item in seen)


def read_table(file: str, keys: Keys, references: dict[str, Reference], cited: set[str]) -> Table:
    """Read one [[tables]] block."""
    table_id, name, unit = keys.take("id", str), keys.take("name", str), keys.take("unit", str)
    widths = tuple(float(width) for width in keys.take("widths_mm", list))
    reader = _TableReader(file, keys.where, table_id, unit, len(widths), references, cited)
    head_lines = 0
    for number, raw in enumerate(keys.take("lines", list)):
        if "head" in raw and head_lines == number:
            head_lines += 1
        reader.read_line(number, Keys(file, f"{keys.where}.lines[{number}]", raw))
    keys.done()
    if max(item.line + item.lines for item in reader.grid) != number + 1:
        raise BadEditionFile(file, f"{keys.where}.lines", "合并单元格伸出了表格的最后一行")
    return Table(
        table_id,
        name,
        unit,
        widths,
        tuple(reader.grid),
        tuple(reader.cells.values()),
        head_lines,
        tuple(reader.row_labels),
        tuple(reader.columns()),
        reader.row_labels,
        reader.column_labels,
    )


def _read_references(file: str, top: Keys) -> dict[str, Reference]:
    """Read [documents] and [references]; every document must be cited by some reference."""
    documents: dict[str, tuple[str, str, str]] = {}
    for name, raw in top.take("documents", dict).items():
        keys = Keys(file, f"documents.{name}", raw)
        documents[name] = (keys.take("title", str), keys.take("number", str, ""), keys.take("issued", str, ""))
        keys.done()
    references, used = {}, set()
    for name, raw in top.take("references", dict).items():
        keys = Keys(file, f"references.{name}", raw)
        document, article = keys.take("document", str), keys.take("article", str, "")
        if document not in documents:
            raise BadEditionFile(file, f"references.{name}.document", f"没有声明文件 {document}")
        used.add(document)
        title, number, issued = documents[document]
        references[name] = Reference(name, title, number, article, issued)
        keys.done()
    for name in documents.keys() - used:
        raise BadEditionFile(file, f"documents.{name}", "声明了却没有被引用")
    return references


def _read_section(file: str, keys: Keys, references: dict[str, Reference], cited: set[str]) -> Section:
    """Read one [[sections]] block."""
    reference = keys.take("reference", str)
    if reference not in references:
        raise BadEditionFile(file, f"{keys.where}.reference", f"引用了未声明的依据 {reference}")
    cited.add(reference)
    narrative = keys.take("narrative", str, "")
    if narrative and narrative not in NARRATIVE:
        raise BadEditionFile(file, f"{keys.where}.narrative", f"不认识的正文部分 {narrative}")
    section = Section(
        keys.take("id", str),
        keys.take("heading", str),
        keys.take("tab", str),
        reference,
        narrative,
        keys.take("table", str, ""),
        tuple(keys.take("variants", list, [])),
        tuple(keys.take("parts", list, [])),
        keys.take("in_order", bool, False),
    )
    keys.done()
    return section


def read_edition(text: str, file: str) -> Edition:
    """Return the edition that ``text`` (TOML) declares; BadEditionFile names ``file`` and the key at fault."""
    import tomllib

    try:
        return _edition(file, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadEditionFile(file, "TOML", str(error)) from None


def _edition(file: str, data: dict[str, Any]) -> Edition:
    """Return the edition that a TOML table declares."""
    top = Keys(file, "", data)
    references = _read_references(file, top)
    cited: set[str] = set()
    sections = tuple(
        _read_section(file, Keys(file, f"sections[{n}]", raw), references, cited)
        for n, raw in enumerate(top.take("sections", list))
    )
    tables: list[Table] = []
    for number, raw in enumerate(top.take("tables", list)):
        table = read_table(file, Keys(file, f"tables[{number}]", raw), references, cited)
        if table.id in {known.id for known in tables}:
            raise BadEditionFile(file, f"tables[{number}].id", f"表 {table.id} 重复")
        tables.append(table)
    for number, section in enumerate(sections):
        if section.id in {known.id for known in sections[:number]}:
            raise BadEditionFile(file, f"sections[{number}].id", f"部分 {section.id} 重复")
        if bool(section.table) == bool(section.narrative) or (
            section.table and section.table not in {table.id for table in tables}
        ):
            raise BadEditionFile(file, f"sections.{section.id}", "一个部分要么有一张已声明的表，要么有正文")
    notice = top.take("notice", str)
    if notice not in references:
        raise BadEditionFile(file, "notice", f"引用了未声明的依据 {notice}")
    edition = Edition(
        top.take("edition", str),
        top.take("first_year", int),
        top.take("last_year", int, None),
        top.take("title", str),
        references[notice],
        references,
        sections,
        tuple(tables),
    )
    top.done()
    return edition


@lru_cache
def edition_ids() -> tuple[str, ...]:
    """Return the identifiers of all editions, oldest first (one file each)."""
    return tuple(sorted(path.stem for path in EDITIONS.iterdir() if path.suffix == ".toml"))


_COMPOSED: dict[str, Edition] = {}


def compose(edition: Edition) -> None:
    """Make an edition with a profile's annexes known by its identifier."""
    _COMPOSED[edition.id] = edition


def base_id(edition_id: str) -> str:
    """Return the statutory edition that an edition is, or was composed from."""
    return edition_id.partition(MARK)[0]


@lru_cache
def load_edition(edition_id: str) -> Edition:
    """Return the edition with this identifier, e.g. the one of a workbook; EditionNotFound when there is none."""
    if edition_id in _COMPOSED:
        return _COMPOSED[edition_id]
    if edition_id not in edition_ids():
        raise EditionNotFound(f"没有 {edition_id} 年版的表格；现有：{'、'.join(edition_ids())}。")
    file = EDITIONS / f"{edition_id}.toml"
    edition = _edition(f"form/editions/{file.name}", toml(file))
    if edition.id != edition_id:
        raise BadEditionFile(f"form/editions/{file.name}", "edition", "与文件名不一致")
    return edition


@lru_cache
def notice_of(edition_id: str) -> Reference:
    """Return the notice that an edition rests on, its tables unread."""
    if edition_id in _COMPOSED:
        return _COMPOSED[edition_id].notice
    file = EDITIONS / f"{edition_id}.toml"
    data = toml(file)
    return _read_references(f"form/editions/{file.name}", Keys(f"form/editions/{file.name}", "", data))[data["notice"]]


def edition_for(year: int) -> Edition:
    """Return the edition that a report on ``year`` follows; EditionNotFound for a year before the first.

    Editions are named for the year they begin with, so only the one needed is read.
    """
    for edition_id in reversed(edition_ids()):
        if int(edition_id) <= year:
            return load_edition(edition_id)
    raise EditionNotFound(f"没有适用于 {year} 年度的表格版本；最早的是 {edition_ids()[0]} 年度。")


def edition_in_force() -> Edition:
    """Return the newest edition: the one of the committed template."""
    return load_edition(edition_ids()[-1])
