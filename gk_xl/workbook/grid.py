"""Values by sheet, row and column → filing. The same for a file that was read and for a workbook that is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gk_xl.checks.catalogue import rule
from gk_xl.errors import EditionNotFound, NotATemplate
from gk_xl.form.cleaning import error_value, sound_number
from gk_xl.form.dates import iso_date
from gk_xl.form.filing import Filing, Signature, Unit, enter
from gk_xl.form.finding import Finding, Where
from gk_xl.form.links import Link, link_of, named
from gk_xl.form.load import NARRATIVE
from gk_xl.form.patterns import regex
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.carried import carried_edition
from gk_xl.workbook.clerks_words import read_reasons
from gk_xl.workbook.doubtful import doubt_findings
from gk_xl.workbook.layout import (
    CAPACITY,
    EARLIER,
    FIRST_ONES,
    LAST_REASONS,
    LAST_TEXT,
    LAST_TEXT_LABELS,
    LEDGER,
    OPTIONAL,
    RESULTS,
    SCHEMA,
    SEALED,
    SIGNERS,
    SLIP,
    Layout,
    Place,
    layout,
)
from gk_xl.workbook.ledger import ledger_places
from gk_xl.workbook.values import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from gk_xl.form.doubt import Doubt
    from gk_xl.form.schema import CellId, Value


_YEAR = regex(r"\s*([0-9０-９]{4})\s*(?:年度?)?\s*")


@dataclass(frozen=True)
class Reading:
    """What a workbook holds: this year's filing, last year's (None: not filled in), and what is wrong with the file.

    ``places`` maps every name to where it stands in *this* file; ``rows`` maps paragraphs to the names of their rows. The
    filing's text names the cells of its linked numbers (``links``); ``typed`` is the text as it stands in the rows.
    """

    filing: Filing
    last: Filing | None
    findings: tuple[Finding, ...]
    layout: Layout
    places: Mapping[str, Place]
    rows: Mapping[str, str] = field(default_factory=dict)
    checked_at: str = ""
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()

    def behind(self) -> Iterator[tuple[str, int, str, str]]:
        """Yield each paragraph that does not read as the tables have it now: part, number (from 0), as typed, as it should."""
        for part, texts in self.typed.items():
            for number, (typed, text) in enumerate(zip(texts, self.filing.paragraphs(part), strict=True)):
                link = link_of(text, self.filing)
                if link is not None and link.shown != typed:
                    yield part, number, typed, link.shown

    def where(self, finding: Finding) -> Where | None:
        """Return where a finding points in this file."""
        if finding.where is not None:
            return finding.where
        name = finding.place or (finding.cells[0] if finding.cells else "")
        place = self.places.get(self.rows.get(name, name))
        return None if place is None else Where(place.sheet, place.address)


def layout_of(name: str, constant: Callable[[str], str | None], members: Container[str]) -> Layout:
    """Return the layout that a workbook says it has; NotATemplate when it says none, or a newer one.

    ``name`` is how a message calls the workbook, ``constant`` gives the text that a defined name holds, ``members`` are its
    sheets: those that are optional may be missing.
    """
    schema, edition, last = (constant(f"gk_xl.{key}") for key in ("schema", "edition", "last_edition"))
    if schema is None or edition is None:
        raise NotATemplate(
            f"“{name}”不是用本模板填的工作簿（没有模板标记）。原来是年报工作簿的，请点“修复”；已发布的报告请用“导入”读进来。"
        )
    if schema not in (str(SCHEMA), *EARLIER):
        raise NotATemplate(f"“{name}”是用另一版本的工具（模板版本 {schema}）做的，请升级本工具后再试。")
    try:
        own = carried_edition(edition, constant)
        if own is None:
            raise NotATemplate(f"“{name}”带的本地要求（附表、限制）读不出来了。请用“修复”新做一本，或换回原来的文件。")
        extras = tuple(title for title in OPTIONAL if title in members and schema not in FIRST_ONES)
        return layout(own, last or "", schema, extras)
    except EditionNotFound as error:
        raise NotATemplate(f"“{name}”用的表格版本不认识：{error}请升级本工具后再试。") from None


def reading_of(
    form: Layout,
    values: Mapping[str, Sequence[Sequence[Any]]],
    places: Mapping[str, Place],
    findings: Iterable[Finding] = (),
    formulas: Mapping[str, str] | None = None,
    gone: frozenset[str] = frozenset(),
    doubts: Mapping[str, Doubt] | None = None,
    links: Sequence[Link] = (),
) -> Reading:
    """Return what a workbook's values say. ``formulas`` holds what was typed as a formula, by the name of its cell.

    ``gone`` are names whose row or column was deleted: they hold nothing. ``doubts`` is what an import was not sure of,
    ``links`` what is kept of sentences that follow the tables.
    """
    get, formulas = Grid(values, places, gone), formulas or {}
    cells = {
        **get.numbers(form.edition.cells),
        **{cell: formulas[cell] for cell in form.edition.cells if cell in formulas},
    }
    typed = [rule("E-03").finding({"value": formulas[cell]}, (cell,)) for cell in formulas if cell in cells]
    typed_text, rows = _narrative(get)
    narrative = (
        {part: tuple(named(text, links) for text in texts) for part, texts in typed_text.items()}
        if links
        else typed_text
    )
    filing = _filing(get, form, cells, narrative, doubts or {})
    typed += doubt_findings(filing)
    last = _last(get, form, filing)
    return Reading(
        enter(filing),
        None if last is None else enter(last),
        (*findings, *typed),
        form,
        places,
        rows,
        get.text("checked_at"),
        typed_text,
        tuple(links),
    )


def _filing(
    get: Grid,
    form: Layout,
    cells: Mapping[CellId, Value],
    narrative: Mapping[str, tuple[str, ...]],
    doubts: Mapping[str, Doubt],
) -> Filing:
    """Return the filing of the report year, as it was typed."""
    units = {name.removeprefix("units."): get.text(name) for name, _, _ in form.settings if name.startswith("units.")}
    reasons, remarks = read_reasons(get.values.get(RESULTS, []))
    year, unit = _year(get.text("year")), _unit(get)
    noted = {name: get.text(name) for name, read in (("year", year), ("unit.kind", unit.kind)) if not read}
    return Filing(
        form.edition.id,
        year,
        unit,
        cells,
        narrative,
        Signature(get.text("signed.name"), get.date("signed.date")),
        reasons,
        {name: unit for name, unit in units.items() if unit},
        get.date("deadline"),
        get.text("contact"),
        remarks,
        {place: text for place, text in noted.items() if text},
        doubts,
        _ledger(get, form),
        _slip(get, form),
    )


class Grid:
    """Values by name."""

    def __init__(
        self,
        values: Mapping[str, Sequence[Sequence[Any]]],
        places: Mapping[str, Place],
        gone: frozenset[str] = frozenset(),
    ) -> None:
        self.values, self.places, self.gone = values, places, gone

    def raw(self, name: str) -> Any:
        """Return what stands there, None where nothing does."""
        if name in self.gone:
            return None
        sheet, row, column = self.places[name]
        try:
            value = self.values[sheet][row - 1][column - 1]
        except LookupError:  # no such sheet, or nothing so far down or right
            return None
        return None if value == "" else value

    def number(self, name: str) -> Value:
        """Return a number, None (blank), or the text as typed; dates and logical values as texts."""
        return plain_value(self.raw(name))

    def numbers(self, names: Iterable[str]) -> dict[str, Value]:
        """Return what :meth:`number` returns of each of some names, which are hundreds."""
        found: dict[str, Value] = {}
        values, places = self.values, self.places
        for name in names:
            sheet, row, column = places[name]
            try:
                value = values[sheet][row - 1][column - 1]
            except LookupError:  # no such sheet, or nothing so far down or right
                value = None
            found[name] = None if value is None or value == "" or name in self.gone else plain_value(value)
        return found

    def text(self, name: str) -> str:
        """Return what stands there as a text without blanks around it."""
        value = self.raw(name)
        if value is None:
            return ""
        return str(plain_value(value) if isinstance(value, int | float) else value).strip()

    def date(self, name: str) -> str:
        """Return a date as ISO text, or what was typed when it is none."""
        value = self.raw(name)
        if isinstance(value, dt.datetime | dt.date):
            return value.isoformat()[:10]
        if isinstance(value, int | float) and (day := day_of(value)) is not None:
            return day.isoformat()  # 2205年 for 2025年 is a date that was typed, though none of our time
        return iso_date(self.text(name))


def plain_value(value: Any) -> Value:
    """Return what a cell holds as a filing keeps it; only white space counts as blank."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return error_value(value) or sound_number(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()[:10]
    return str(value)


def _year(typed: str) -> int | None:
    """Return the year that 封面 says; None for what is no year."""
    match = _YEAR.fullmatch(typed)
    return int(match[1]) if match else None


def _unit(get: Grid) -> Unit:
    labels = {kind.label: kind for kind in unit_kinds().values()}
    kind = labels.get(get.text("unit.kind"))
    word = get.text("unit.self") or (kind.self_word if kind else "")
    return Unit(get.text("unit.name"), kind.id if kind else "", word, get.text("unit.county"))


def _ledger(get: Grid, form: Layout) -> dict[str, Value]:
    """Return what stands in the quarters of 台账."""
    if LEDGER not in form.extras:
        return {}
    held = get.numbers(ledger_places(form.edition.id))
    return {name.removeprefix("ledger."): value for name, value in held.items() if value is not None}


def _slip(get: Grid, form: Layout) -> dict[str, str]:
    """Return what stands on 报送单."""
    if SLIP not in form.extras:
        return {}
    names = [name for name, _ in (*SEALED, *SIGNERS)]
    texts = {name: (get.date if name == "date" else get.text)(f"slip.{name}") for name in names}
    return {name: text for name, text in texts.items() if text}


def _narrative(get: Grid) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the paragraphs of each part, and for each paragraph the name of the row it stands in."""
    narrative: dict[str, tuple[str, ...]] = {}
    rows: dict[str, str] = {}
    for part in NARRATIVE:
        paragraphs: list[str] = []
        rows[f"narrative.{part}"] = f"narrative.{part}.1"  # what concerns a whole part is shown at its beginning
        for number in range(1, CAPACITY[part] + 1):
            name = f"narrative.{part}.{number}"
            value = get.raw(name)
            for line in str(value if value is not None else "").splitlines():
                if line.strip():
                    paragraphs.append(line)
                    rows[f"narrative.{part}.{len(paragraphs)}"] = name
        narrative[part] = tuple(paragraphs)
    return narrative, rows


def _last(get: Grid, form: Layout, filing: Filing) -> Filing | None:
    """Return last year's filing from 上年数据, with its words where they are kept; None when the sheet is blank."""
    held = get.numbers([f"last.{cell}" for cell in form.last.cells])
    cells = dict(zip(form.last.cells, held.values(), strict=True))
    texts = {name: get.text(name) for name in LAST_TEXT_LABELS if name in get.places}
    if all(value is None for value in cells.values()) and not any(texts.values()):
        return None
    year = None if filing.year is None else filing.year - 1
    narrative = {
        part: tuple(line for line in texts.get(f"{LAST_TEXT}{part}", "").splitlines() if line.strip())
        for part in NARRATIVE
    }
    reasons = (line.strip().partition(" ") for line in texts.get(LAST_REASONS, "").splitlines())
    waivers: dict[str, str] = {}
    for code, _, reason in reasons:
        if code and reason.strip():
            waivers[code] = "；".join(filter(None, (waivers.get(code), reason.strip())))
    return Filing(form.last.id, year, replace(filing.unit), cells, narrative, waivers=waivers)
