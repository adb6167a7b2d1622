"""A filing: what one unit reported for one year. Blank is not zero. JSON in and out."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gk_xl.errors import BadFiling
from gk_xl.form.cleaning import (
    LARGEST,
    YEARS,
    clean_text,
    cleaned,
    digits_of,
    read_json,
    shown,
    sound_number,
    typed_number,
)
from gk_xl.form.dates import iso_date
from gk_xl.form.load import NARRATIVE, base_id, edition_for, load_edition
from gk_xl.form.profile import composed, profile_of, read_profile
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.doubt import Doubt
    from gk_xl.form.profile import Profile
    from gk_xl.form.schema import CellId, Edition, Value

MONEY_UNITS = ("元", "万元")


@dataclass(frozen=True, slots=True)
class Unit:
    """The reporting unit: full name, kind (an identifier of ``units.toml``), own word (我乡), county."""

    name: str = ""
    kind: str = ""
    self_word: str = ""
    county: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block: the unit's name and the date, ISO (``2026-01-10``) or as typed when it is none."""

    name: str = ""
    date: str = ""

    @property
    def day(self) -> dt.date | None:
        """The date as a date, None when absent or not readable."""
        try:
            return dt.date.fromisoformat(self.date)
        except ValueError:
            return None


@dataclass(frozen=True)
class Filing:
    """What one unit reported. ``cells`` holds a value for every cell of the edition (None: blank).

    ``units`` says for a cell whose printed head gives no unit which one the clerk meant (元 or 万元).
    ``deadline`` (ISO) and ``contact`` are settings of the workbook; empty means the default. ``waivers`` holds reasons by the
    key of the finding they answer (:mod:`gk_xl.checks.reasons`) or by a rule's bare code, ``remarks`` what else the clerk
    wrote into 校验结果. ``noted`` says by place what
    cleaning (:func:`enter`) took away or could not keep, ``doubts`` what was imported without being sure; both are no part
    of what was filed, nor is ``summed``: by name the units whose filings a county's is the sum of, each with the identities
    that its own numbers break, by rule and first cell, and by how much. ``ledger`` holds the numbers of the quarters (``q1.`` and the cell's identifier), ``slip`` what stands on
    报送单: who signed, and the fingerprint of what was signed.
    """

    edition: str
    year: int | None
    unit: Unit = Unit()
    cells: Mapping[CellId, Value] = field(default_factory=dict)
    narrative: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signed: Signature = Signature()
    waivers: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[CellId, str] = field(default_factory=dict)
    deadline: str = ""
    contact: str = ""
    remarks: tuple[str, ...] = ()
    noted: Mapping[str, str] = field(default_factory=dict, compare=False)
    doubts: Mapping[CellId, Doubt] = field(default_factory=dict, compare=False)
    ledger: Mapping[str, Value] = field(default_factory=dict)
    slip: Mapping[str, str] = field(default_factory=dict)
    summed: Mapping[str, Mapping[str, int | float]] = field(default_factory=dict, compare=False)

    @property
    def form(self) -> Edition:
        """The edition that this filing follows."""
        return load_edition(self.edition)

    @property
    def title(self) -> str:
        """The report's title."""
        return self.form.title(self.unit.name, self.year)

    def value(self, cell_id: CellId) -> Value:
        """Return what a cell holds; None when blank or never mentioned."""
        return self.cells.get(cell_id)

    def number(self, cell_id: CellId) -> int | float | None:
        """Return a cell's number; None when blank or not a number."""
        value = self.cells.get(cell_id)
        return None if value is None or isinstance(value, str) else value

    def paragraphs(self, part: str) -> tuple[str, ...]:
        """Return the paragraphs of one narrative part."""
        return self.narrative.get(part, ())

    def under(self, profile: Profile) -> Filing:
        """Return the filing under a county's profile: what it held stays, cells of annexes that it lacks are blank."""
        edition = composed(base_id(self.edition), profile)
        known = {cell: value for cell, value in self.cells.items() if cell in edition.cells}
        return replace(self, edition=edition.id, cells={**dict.fromkeys(edition.cells), **known})

    def with_cells(self, changes: Mapping[CellId, Value]) -> Filing:
        """Return a copy with some cells changed."""
        return replace(self, cells={**self.cells, **changes})

    @classmethod
    def blank(cls, year: int, unit: Unit = Unit()) -> Filing:
        """Return an empty filing of the edition for ``year``."""
        edition = edition_for(year)
        return cls(
            edition.id, year, unit, dict.fromkeys(edition.cells), dict.fromkeys(NARRATIVE, ()), Signature(unit.name)
        )

    def as_json(self) -> dict[str, Any]:
        """Return the filing in the published JSON shape; settings outside it only when they are set."""
        data: dict[str, Any] = {
            "edition": base_id(self.edition),
            "year": self.year if self.year is not None else typed_number(self.noted.get("year", "")),
            "unit": {
                "name": self.unit.name,
                "kind": self.unit.kind,
                "self": self.unit.self_word,
                "county": self.unit.county,
            },
            "cells": {cell_id: self.cells.get(cell_id) for cell_id in self.form.cells},
            "narrative": {part: list(self.paragraphs(part)) for part in NARRATIVE},
            "signed": {"name": self.signed.name, "date": self.signed.date},
            "waivers": dict(self.waivers),
        }
        if self.units:
            data["units"] = dict(self.units)
        if self.deadline:
            data["deadline"] = self.deadline
        if (profile := profile_of(self.edition)) is not None:
            data["profile"] = profile.text
        if self.contact:
            data["contact"] = self.contact
        if self.remarks:
            data["remarks"] = list(self.remarks)
        if self.ledger:
            data["ledger"] = dict(self.ledger)
        if self.slip:
            data["slip"] = dict(self.slip)
        if self.summed:
            data["summed"] = {unit: dict(broken) for unit, broken in self.summed.items()}
        return data

    def dumps(self) -> str:
        """Return the filing as JSON text, one cell a line, ending in a newline."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, data: object, source: str = "JSON") -> Filing:
        """Return the filing that JSON data in the published shape holds; BadFiling says what is wrong where."""
        top = _Members(source, data)
        edition_id = top.take("edition", str, "")
        year = top.take("year", int, None)
        if not edition_id and year is None:
            raise BadFiling(f"{source} 里没有 edition，也没有 year，不知道按哪一版表格读。")
        edition = load_edition(edition_id) if edition_id else edition_for(year)
        if profile := top.take("profile", str, ""):
            edition = composed(edition.id, read_profile(profile, f"{source} 的 profile"))
        unit = _Members(f"{source} 的 unit", top.take("unit", dict, {}))
        signed = _Members(f"{source} 的 signed", top.take("signed", dict, {}))
        filing = cls(
            edition.id,
            year,
            Unit(*(unit.take(key, str, "") for key in ("name", "kind", "self", "county"))),
            _cells(source, edition, top.take("cells", dict, {})),
            _narrative(source, top.take("narrative", dict, {})),
            Signature(signed.take("name", str, ""), signed.take("date", str, "")),
            _texts(f"{source} 的 waivers", top.take("waivers", dict, {})),
            _texts(f"{source} 的 units", top.take("units", dict, {})),
            top.take("deadline", str, ""),
            top.take("contact", str, ""),
            _remarks(source, top.take("remarks", list, [])),
            ledger=_ledger(source, top.take("ledger", dict, {})),
            slip=_texts(f"{source} 的 slip", top.take("slip", dict, {})),
            summed=read_summed(f"{source} 的 summed", top.take("summed", dict, {})),
        )
        for members in (top, unit, signed):
            members.done()
        if filing.unit.kind and filing.unit.kind not in unit_kinds():
            raise BadFiling(
                f"{source} 的 unit.kind 不认识：{shown(filing.unit.kind)}；可用：{'、'.join(unit_kinds())}。"
            )
        return enter(filing)

    @classmethod
    def loads(cls, text: str, source: str = "JSON") -> Filing:
        """Return the filing that JSON text holds; BadFiling when it is none."""
        return cls.from_json(read_json(text, source), source)


class _Members:
    """A JSON object whose members must all be known."""

    def __init__(self, source: str, data: object) -> None:
        if not isinstance(data, dict):
            raise BadFiling(f"{source} 应当是一个 JSON 对象。")
        self.source, self.data = source, dict(data)

    def take(self, key: str, kind: type, default: Any) -> Any:
        value = self.data.pop(key, default)
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            raise BadFiling(f"{self.source} 的 {key} 类型不对：{shown(value)}。")
        return default if value is None else value

    def done(self) -> None:
        for key in self.data:
            raise BadFiling(f"{self.source} 里有不认识的项目 {shown(key)}。")


def normal_number(value: float) -> int | float:
    """Return a number as an int where it is whole, so that 12.0 reads 12."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _cells(source: str, edition: Edition, raw: dict[str, Any]) -> dict[CellId, Value]:
    cells: dict[CellId, Value] = dict.fromkeys(edition.cells)
    for cell_id, value in raw.items():
        if cell_id not in cells:
            raise BadFiling(f"{source} 的 cells 里有 {edition.statutory} 年版没有的单元格 {shown(cell_id)}。")
        if isinstance(value, bool) or not (value is None or isinstance(value, int | float | str)):
            raise BadFiling(f"{source} 的 {cell_id} 应当是数、文字或 null：{shown(value)}。")
        cells[cell_id] = None if value == "" else sound_number(value) if isinstance(value, int | float) else value
    return cells


def _narrative(source: str, raw: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    for part, paragraphs in raw.items():
        if part not in NARRATIVE:
            raise BadFiling(f"{source} 的 narrative 里有不认识的部分 {shown(part)}。")
        if not isinstance(paragraphs, list) or not all(isinstance(text, str) for text in paragraphs):
            raise BadFiling(f"{source} 的 narrative.{part} 应当是文字段落的列表。")
    return {part: tuple(raw.get(part, ())) for part in NARRATIVE}


def _remarks(source: str, raw: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(text, str) for text in raw):
        raise BadFiling(f"{source} 的 remarks 应当是文字的列表。")
    return tuple(raw)


def _ledger(source: str, raw: dict[str, Any]) -> dict[str, Value]:
    for name, value in raw.items():
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise BadFiling(f"{source} 的 ledger.{shown(name)} 应当是数或文字：{shown(value)}。")
    return {name: sound_number(value) if isinstance(value, int | float) else value for name, value in raw.items()}


def read_summed(source: str, raw: Any) -> dict[str, dict[str, int | float]]:
    """Return what JSON says of the units that a filing is the sum of; BadFiling where it says something else."""
    if not isinstance(raw, dict) or not all(isinstance(broken, dict) for broken in raw.values()):
        raise BadFiling(f"{source} 应当是单位到数的对照。")
    if any(
        isinstance(by, bool) or not isinstance(by, int | float) for broken in raw.values() for by in broken.values()
    ):
        raise BadFiling(f"{source} 里相差的数应当是数。")
    return raw


def _texts(source: str, raw: dict[str, Any]) -> dict[str, str]:
    for key, text in raw.items():
        if not isinstance(text, str):
            raise BadFiling(f"{source}.{shown(key)} 应当是文字。")
    return raw


def enter(filing: Filing) -> Filing:
    """Return a filing as it may go on: clean texts, numbers within reason, a year that can be; with notes on the rest.

    A filing that is clean already comes back as it is.
    """
    noted: dict[str, str] = dict(filing.noted)

    def clean(text: str, place: str) -> str:
        kept, gone = cleaned(text)
        if gone:
            noted[place] = gone
        return kept

    def value(cell: str, held: Value) -> Value:
        if isinstance(held, str):
            text = clean(held, cell)
            return text if text.strip() else None  # blanks and line ends are no entry, as in a sheet
        return held if held is None or (isinstance(held, int) and abs(held) <= LARGEST) else sound_number(held)

    def fields(owner: Any, names: str, prefix: str) -> Any:
        return replace(owner, **{name: clean(getattr(owner, name), f"{prefix}{name}") for name in names.split()})

    def mapped(texts: Any, prefix: str) -> dict[str, str]:
        return {clean(name, prefix): clean(text, f"{prefix}.{name}") for name, text in texts.items()}

    signed = fields(filing.signed, "name date", "signed.")
    year = filing.year
    if year is not None and year not in YEARS:
        noted["year"], year = (digits_of(year), None)
    return replace(
        filing,
        year=year,
        unit=fields(filing.unit, "name kind self_word county", "unit."),
        cells={cell: value(cell, held) for cell, held in filing.cells.items()},
        narrative={
            part: tuple(clean(text, f"narrative.{part}.{number}") for number, text in enumerate(texts, start=1))
            for part, texts in filing.narrative.items()
        },
        signed=replace(signed, date=iso_date(signed.date)),
        waivers=mapped(filing.waivers, "waivers"),
        units=mapped(filing.units, "units"),
        deadline=iso_date(clean(filing.deadline, "deadline")),
        contact=clean(filing.contact, "contact"),
        remarks=tuple(clean(text, "remarks") for text in filing.remarks),
        noted={place: clean_text(text) for place, text in noted.items()},
        ledger={name: value(f"ledger.{name}", held) for name, held in filing.ledger.items()},
        slip=mapped(filing.slip, "slip"),
        summed={clean(unit, "summed"): broken for unit, broken in filing.summed.items()},
    )
