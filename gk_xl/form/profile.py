"""What a county asks beyond the statute: one TOML, kept in the workbook and in the filing.

A profile never changes the statutory form. It may set character limits and dates, say which of the local demands are
asked and how gravely, ask for statements in the text, and add tables of its own (附表), which stand after 六. Keys::

    name, source                     whose demands these are, and the document they stand in
    [limits]                         most characters of a narrative part: overview = 1000
    [dates]                          hand_in, publish: "01-26", or a table by kind of unit with "*" for the others
    [asked]                          code of a rule = "error", "warning", "hint" or "off" (only what no law asks)
    [[required]]                     label, words, part, number (a figure must stand with one of the words), severity
    [[annex]]                        id (a1, a2 …), title, unit, columns, rows
    [[rule]]                         a rule in the language of the catalogue, its code from L-10 on, its label as one likes

A filing with a profile follows the edition ``2021+<digest>``: the statutory one with the annexes behind it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from gk_xl.errors import BadEditionFile, FileError
from gk_xl.form.load import MARK, NARRATIVE, Keys, compose, load_edition, read_table
from gk_xl.form.refusals import not_read
from gk_xl.form.schema import Reference, Section
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gk_xl.form.schema import Edition

FILE: Final = "本地要求.toml"
"""A profile of this name beside a workbook, or in the folder above it, holds for it."""
LEVELS: Final = ("error", "warning", "hint", "off")
REFERENCE: Final = "profile"
_ANY: Final = "*"
_LONGEST: Final = 64 * 1024
_WIDTH: Final = 160.0  # millimetres of the page that an annex fills


@dataclass(frozen=True)
class Statement:
    """A statement that the text must hold: one of the words, with a figure in the same sentence where ``number``."""

    label: str
    words: tuple[str, ...]
    part: str
    number: bool
    severity: str


@dataclass(frozen=True)
class Profile:
    """The demands of one county; ``text`` is the TOML they were read from, ``annexes`` and ``rules`` its raw blocks."""

    text: str
    name: str
    source: str
    limits: Mapping[str, int]
    hand_in: Mapping[str, str]
    publish: Mapping[str, str]
    asked: Mapping[str, str]
    required: tuple[Statement, ...]
    annexes: tuple[Mapping[str, Any], ...]
    rules: tuple[Mapping[str, Any], ...]

    @property
    def digest(self) -> str:
        """Eight characters that tell one text from another."""
        import hashlib

        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()[:8]

    def publish_for(self, kind: str, year: int) -> dt.date | None:
        """Return the last day for publishing the report on ``year``; None where the profile sets none."""
        return _day(self.publish, kind, year)

    def hand_in_for(self, kind: str, year: int) -> dt.date | None:
        """Return the last day for handing in the report on ``year``; None where the profile sets none."""
        return _day(self.hand_in, kind, year)

    @property
    def handed_in(self) -> str:
        """When reports are handed in, by kind of unit, as the cover prints it; "" where the profile sets no day."""
        told = []
        for kind, text in self.hand_in.items():
            whose = "其他单位" if len(self.hand_in) > 1 else ""
            month, day = (int(part) for part in text.split("-"))
            told.append(f"{unit_kinds()[kind].label if kind in unit_kinds() else whose} {month} 月 {day} 日".strip())
        return f"次年 {'、'.join(told)}前报送" if told else ""


def _day(days: Mapping[str, str], kind: str, year: int) -> dt.date | None:
    text = days.get(kind, days.get(_ANY, ""))
    return dt.date.fromisoformat(f"{year + 1}-{text}") if text else None


_KNOWN: dict[str, Profile] = {}  # by the identifier of the composed edition


def profile_of(edition_id: str) -> Profile | None:
    """Return the profile that an edition was composed with; None for a statutory one."""
    return _KNOWN.get(edition_id)


def read_profile(text: str, file: str = FILE) -> Profile:
    """Return the profile that TOML declares; BadEditionFile names ``file`` and the key at fault."""
    import tomllib

    try:
        top = Keys(file, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadEditionFile(file, "TOML", str(error)) from None
    dates = Keys(file, "dates", top.take("dates", dict, {}))
    profile = Profile(
        text.replace("\r\n", "\n"),
        top.take("name", str),
        top.take("source", str, ""),
        _limits(file, top.take("limits", dict, {})),
        _days(file, "dates.hand_in", dates.take("hand_in", (str, dict), {})),
        _days(file, "dates.publish", dates.take("publish", (str, dict), {})),
        _asked(file, top.take("asked", dict, {})),
        tuple(_statement(Keys(file, f"required[{n}]", raw)) for n, raw in enumerate(top.take("required", list, []))),
        tuple(top.take("annex", list, [])),
        tuple(top.take("rule", list, [])),
    )
    dates.done()
    top.done()
    return profile


def load_profile(path: Path) -> Profile:
    """Return the profile in a file; FileError or BadEditionFile with one sentence."""
    try:
        if path.stat().st_size > _LONGEST:
            raise FileError(f"“{path}”太大，不像本地要求（上限 {_LONGEST // 1024} KB），请核对是不是选错了文件。")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(f"“{path}”不是 UTF-8 编码的文本文件，请按 UTF-8 重新保存。") from None
    except (OSError, ValueError) as error:
        raise not_read(path, error) from None
    return read_profile(text, path.name)


def profile_beside(path: Path) -> Profile | None:
    """Return the profile that lies beside a file or in the folder above it; None where there is none."""
    folder = path.absolute().parent
    for place in (folder / FILE, folder.parent / FILE):
        if place.is_file():
            return load_profile(place)
    return None


def composed(edition_id: str, profile: Profile) -> Edition:
    """Return an edition with a profile's annexes behind its six sections; BadEditionFile when one cannot be read."""
    name = f"{edition_id}{MARK}{profile.digest}"
    if name in _KNOWN:
        return load_edition(name)
    base = load_edition(edition_id)
    references = {**base.references, REFERENCE: Reference(REFERENCE, profile.name, profile.source)}
    tables, sections = list(base.tables), list[Section]()
    for number, raw in enumerate(profile.annexes, start=1):
        keys = Keys(FILE, f"annex[{number - 1}]", raw)
        table_id, title = keys.take("id", str), keys.take("title", str)
        if not (table_id[:1] == "a" and table_id[1:].isdigit()) or table_id in {table.id for table in tables}:
            raise BadEditionFile(FILE, f"{keys.where}.id", "附表的标识写成 a1、a2……，不能重复")
        tables.append(read_table(FILE, _lines(keys, table_id, f"附表{number}"), dict(references), set()))
        tab = f"附表{number}"
        sections.append(Section(table_id, f"{tab}　{title}", tab, REFERENCE, table=table_id, title=title))
    edition = replace(base, id=name, references=references, tables=tuple(tables), annexes=tuple(sections))
    compose(edition)
    _KNOWN[name] = profile
    return edition


def _lines(keys: Keys, table_id: str, name: str) -> Keys:
    """Return an annex as the block of a table: a line of heads, then a line a row."""
    unit, columns, rows = keys.take("unit", str, "件"), keys.take("columns", list), keys.take("rows", list)
    keys.done()
    head: list[dict[str, Any]] = [{"text": "项目"}]
    for number, raw in enumerate(columns):
        column = Keys(FILE, f"{keys.where}.columns[{number}]", raw)
        head.append(
            {
                "text": column.take("label", str),
                "column": column.take("id", str),
                "value": column.take("value", str, "count"),
                "unit": column.take("unit", str, unit),
                "total": column.take("total", bool, False),
                "reference": REFERENCE,
            }
        )
        column.done()
    lines: list[dict[str, Any]] = [{"head": head}]
    for number, raw in enumerate(rows):
        row = Keys(FILE, f"{keys.where}.rows[{number}]", raw)
        lines.append(
            {
                "row": row.take("id", str),
                "stub": [{"text": row.take("label", str)}],
                "total": row.take("total", bool, False),
                "reference": REFERENCE,
            }
        )
        row.done()
    first = min(60.0, _WIDTH / 2)
    widths = [first, *[(_WIDTH - first) / max(1, len(columns))] * len(columns)]
    return Keys(FILE, keys.where, {"id": table_id, "name": name, "unit": unit, "widths_mm": widths, "lines": lines})


def _limits(file: str, raw: Mapping[str, object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part, value in raw.items():
        if part not in NARRATIVE or isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise BadEditionFile(file, f"limits.{part}", f"写成 {'、'.join(NARRATIVE)} 之一 = 字数")
        found[part] = value
    return found


def _days(file: str, where: str, raw: str | Mapping[str, object]) -> dict[str, str]:
    """Return days by kind of unit, ``*`` for all others; a text alone is for all."""
    days = {_ANY: raw} if isinstance(raw, str) else dict(raw)
    for kind, text in days.items():
        try:
            dt.date.fromisoformat(f"2024-{text}")
        except ValueError:
            raise BadEditionFile(file, f"{where}.{kind}", "日期写成“月-日”，如 01-26") from None
        if kind != _ANY and kind not in unit_kinds():
            raise BadEditionFile(file, f"{where}.{kind}", f"不认识的单位类型；可用：{'、'.join(unit_kinds())}")
    return {kind: str(text) for kind, text in days.items()}


def _asked(file: str, raw: Mapping[str, object]) -> dict[str, str]:
    for code, level in raw.items():
        if level not in LEVELS:
            raise BadEditionFile(file, f"asked.{code}", f"写成 {'、'.join(LEVELS)} 之一")
    return {code: str(level) for code, level in raw.items()}


def _statement(keys: Keys) -> Statement:
    statement = Statement(
        keys.take("label", str),
        tuple(keys.take("words", list)),
        keys.take("part", str, "overview"),
        keys.take("number", bool, False),
        keys.take("severity", str, "warning"),
    )
    keys.done()
    if statement.part not in NARRATIVE:
        raise BadEditionFile(keys.file, f"{keys.where}.part", f"写成 {'、'.join(NARRATIVE)} 之一")
    if statement.severity not in LEVELS[:3]:
        raise BadEditionFile(keys.file, f"{keys.where}.severity", f"写成 {'、'.join(LEVELS[:3])} 之一")
    if not statement.words or not all(isinstance(word, str) and word for word in statement.words):
        raise BadEditionFile(keys.file, f"{keys.where}.words", "写成词的列表")
    return statement
