"""名单.xlsx or .csv → the county's list. A list as offices keep it: a title above, merged cells, columns in any order.

What cannot be used of it is said in the list's notes; a list without any unit is none.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from gk_xl.desk.roster import Listed, Roster, bare, listed_twice
from gk_xl.errors import FileError
from gk_xl.form.cleaning import clean_text, read_text
from gk_xl.form.patterns import regex
from gk_xl.form.units import kind_named, possible_kinds
from gk_xl.workbook.files import package_in, read_bytes
from gk_xl.workbook.kinds import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

NAME, KIND, ALIASES, MERGED, CONTACT, DUE = "单位", "类型", "别名", "并入", "联系人", "截止"
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    NAME: (
        "单位",
        "单位名称",
        "单位全称",
        "名称",
        "全称",
        "机关名称",
        "机关",
        "公开主体",
        "填报单位",
        "报送单位",
        "责任单位",
    ),
    KIND: ("类型", "单位类型", "类别", "单位类别", "性质"),
    ALIASES: ("别名", "简称", "曾用名", "原名称", "其他名称"),
    MERGED: ("并入", "并入单位", "并入的单位", "合并单位", "合并的单位", "撤并单位"),
    CONTACT: ("联系人", "联系方式", "联系电话", "电话", "手机", "经办人", "联络员"),
    DUE: ("截止", "截止日期", "截止时间", "报送期限", "报送时限", "报送时间", "期限", "时限", "应交日期"),
}
"""How lists head their columns; the first is ours."""
FIRST_ROWS: Final = 15
MOST_ROWS, MOST_COLUMNS = 20_000, 40
_DAY: Final = regex(r"^\s*(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?:前|之前|以前)?(?:\s.*)?$")
_DIGITS: Final = regex(r"^(\d{4})(\d{2})(\d{2})$")
_PARTS: Final = regex(r"[、，,；;/\s\u3000]+")
_NO_UNIT: Final = regex(r"^(?:合计|总计|共计|小计|备注|说明|注)[:：]?|^注[:：]")


def read_roster(path: Path, year: int | None = None) -> Roster:
    """Return the list in a file; FileError when the file cannot be read or names no unit.

    A day without a year (1月20日) is one of the year after ``year``; None: of this year.
    """
    data = read_bytes(path)
    rows = (
        _sheet_rows(data, path) if data.startswith(b"PK") or path.suffix.lower() == ".xlsx" else _csv_rows(data, path)
    )
    table = [row for row in rows if any(row)]
    notes: list[str] = []
    columns, first = _columns(table, path, notes)
    units = [*_units(table[first:], columns, first, (year + 1) if year else dt.datetime.now().year, notes)]  # noqa: DTZ005
    if not units:
        raise FileError(f"名单“{path.name}”里没有一个单位。请在“单位”一栏写单位全称，每行一个。")
    notes.extend(f"名单里“{name}”不止一行，按第一行算。" for name in listed_twice(units))
    seen: dict[str, Listed] = {}
    for unit in units:
        seen.setdefault(bare(unit.name), unit)
    return _without_listed(Roster(tuple(seen.values()), tuple(notes), path.name))


def _without_listed(roster: Roster) -> Roster:
    """Return the list without merged units that are on it themselves: nobody can say which of the two is meant; it is told."""
    units, notes = [], [*roster.notes]
    for unit in roster.units:
        listed = [name for name in unit.merged if roster.find(name)]
        units.append(replace(unit, merged=tuple(name for name in unit.merged if name not in listed)))
        notes += [
            f"名单里“{unit.name}”的“{MERGED}”一栏写的“{name}”自己也在名单上，没有用。这一栏写去年还在、今年并进这个单位的单位。"
            for name in listed
        ]
    return replace(roster, units=tuple(units), notes=tuple(notes))


def _csv_rows(data: bytes, path: Path) -> list[list[str]]:
    """Return the rows of a text with commas (or tabs, or semicolons), in UTF-8 or as Windows writes it in China."""
    text = read_text(data)
    if text is None:
        raise FileError(f"名单“{path.name}”的编码认不出来。请另存为“CSV UTF-8”或 .xlsx 再试。")
    head = text[:2000]
    mark = max(",\t;", key=head.count)
    try:
        rows = [[_text(value) for value in row[:MOST_COLUMNS]] for row in csv.reader(io.StringIO(text), delimiter=mark)]
    except csv.Error:
        raise FileError(f"名单“{path.name}”不是表格文件（.csv）。请另存为 .xlsx 或“CSV UTF-8”再试。") from None
    return rows[:MOST_ROWS]


def _sheet_rows(data: bytes, path: Path) -> list[list[str]]:
    """Return the rows of the first sheet that shows anything; a merged cell's text stands in each of its rows."""
    import openpyxl

    package_in(data, path.name).close()  # what is encrypted, huge or no workbook is said as for every other file
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), book.worksheets[0])
        rows = [
            [_text(cell.value) for cell in row]
            for row in sheet.iter_rows(
                max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS)
            )
        ]
        for merge in sheet.merged_cells.ranges:
            if merge.max_row > len(rows) or merge.min_col > MOST_COLUMNS or merge.max_col > merge.min_col:
                continue  # a merge over columns is a title or a remark
            for row in range(merge.min_row, merge.max_row):
                rows[row][merge.min_col - 1] = rows[merge.min_row - 1][merge.min_col - 1]
    except (*DAMAGED, KeyError, TypeError, AttributeError, IndexError) as error:
        raise FileError(f"名单“{path.name}”读不出来。请用 Excel 打开后另存一份再试。") from error
    return rows


def _text(value: Any) -> str:
    """Return a cell as text; a day as 2026-01-20."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_text(str(value)).strip()


def _columns(table: Sequence[Sequence[str]], path: Path, notes: list[str]) -> tuple[dict[str, int], int]:
    """Return where the columns stand and the first row below the heads; without heads, the column that holds units."""
    for number, row in enumerate(table[:FIRST_ROWS]):
        bared = ["".join(text.split()).rstrip("：:*") for text in row]
        found = {name: at for name, heads in HEADS.items() for at, text in enumerate(bared) if text in heads}
        if sum(map(bool, bared)) > 1:
            found = {name: at for name in HEADS for at, text in enumerate(bared) if _heads(text, name)} | found
        if NAME in found:
            if DUE not in found:
                notes.append(f"名单“{path.name}”没有“截止”一栏，没有按日期核对迟交。")
            return found, number + 1
    counted = [
        (sum(bool(possible_kinds(row[at])) for row in table if at < len(row)), -at)
        for at in range(max(map(len, table), default=0))
    ]
    count, column = max(counted, default=(0, 0))
    if not count:
        raise FileError(f"名单“{path.name}”里找不到“单位”一栏。请在第一行写上“单位”，下面每行写一个单位全称。")
    notes.append(f"名单“{path.name}”没有“单位”这个栏名，按第 {1 - column} 栏是单位读的；没有按日期核对迟交。")
    return {NAME: -column}, 0


def _heads(text: str, name: str) -> bool:
    """Return whether a head names a column in more words than usual: 单位名称（全称）, 年报报送截止日期."""
    heads = (head for head in HEADS[name] if len(head) > 1)
    another = any(text in others for one, others in HEADS.items() if one != name)
    return (
        0 < len(text) <= 16
        and not another
        and any(text.startswith(f"{head}（") or text.endswith(head) for head in heads)
    )


SHOWN: Final = 3
"""So many units are named of those whose kind is not known."""


def _units(
    table: Sequence[Sequence[str]], columns: Mapping[str, int], above: int, year: int, notes: list[str]
) -> Iterator[Listed]:
    """Yield the units below the heads."""
    order = 0
    strange: dict[str, list[str]] = {}
    for number, row in enumerate(table, start=above + 1):
        held = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        name = held[NAME]
        if not name or _NO_UNIT.search(name) or name in HEADS[NAME]:
            if not name and (held.get(CONTACT) or held.get(DUE)):
                notes.append(f"名单第 {number} 行没有单位，没有用。")
            continue
        if not columns.keys() - {NAME} and not possible_kinds(name) and above == 0:
            continue  # a title over a list without heads
        order += 1
        kind = kind_named(held.get(KIND, ""))
        if held.get(KIND) and not kind:
            strange.setdefault(held[KIND], []).append(name)
        due = _day(held.get(DUE, ""), year)
        if held.get(DUE) and due is None:
            notes.append(
                f"名单里“{name}”的截止日期“{held[DUE]}”读不出来，没有核对它迟交没有。请写成 {year}-01-20 这样。"
            )
        aliases, merged = (
            tuple(part for part in _PARTS.split(held.get(column, "")) if part) for column in (ALIASES, MERGED)
        )
        yield Listed(order, name, kind, aliases, held.get(CONTACT, ""), due, merged)
    notes += [
        f"名单里{'、'.join(f'“{name}”' for name in names[:SHOWN])}{f'等 {len(names)} 个单位' if len(names) > SHOWN else ''}"
        f"的类型“{kind}”不认识，按单位名称判断。"
        for kind, names in strange.items()
    ]


def _day(text: str, year: int) -> dt.date | None:
    """Return the day that a list means; None for what is none."""
    match = _DAY.match(text) or _DIGITS.match(text)
    if match is None:
        return None
    try:
        return dt.date(int(match[1] or year), int(match[2]), int(match[3]))
    except ValueError:
        return None
