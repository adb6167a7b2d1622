"""Rules about single cells: what was typed, and whether it can be a number of its kind."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from gk_xl.checks.expression import fits
from gk_xl.checks.registry import rule_function
from gk_xl.form.cleaning import ERROR_VALUES, error_value, is_beyond, shown
from gk_xl.form.filing import MONEY_UNITS
from gk_xl.form.finding import Severity
from gk_xl.form.load import load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.form.units import may_be_founded_as, possible_kinds, unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.entries import Reading
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding
    from gk_xl.form.schema import Cell

WANTED = {
    ValueKind.COUNT: " 0 或正整数",
    ValueKind.SIGNED: "整数（减少填负数）",
    ValueKind.AMOUNT: " 0 或正数",
}

TYPED = ("year", "unit.kind")
"""Places of which a filing's notes say what was typed there, when it is no year, no kind."""


def _read(text: str, cell: Cell, filing: Filing) -> Reading | None:
    """Return what a typed text reads as, in the unit chosen on 封面; the reader is loaded only when a cell holds a text."""
    from gk_xl.checks.entries import read_entry

    return read_entry(text, cell.kind, unit_of(cell, filing))


def unit_of(cell: Cell, filing: Filing) -> str:
    """Return the unit that a cell's number is in: the one that is printed, else the one chosen on 封面, else either."""
    chosen = filing.units.get(cell.id, "")
    return chosen if chosen in MONEY_UNITS and cell.unit not in MONEY_UNITS else cell.unit


@lru_cache
def _named(edition_id: str, patterns: tuple[str, ...]) -> tuple[Cell, ...]:
    """Return the cells of an edition that patterns name, in printed order."""
    edition = load_edition(edition_id)
    return tuple(cell for pattern in patterns for cell in edition.matching(pattern))


def _concerned(case: Case, rule: Rule) -> tuple[Cell, ...]:
    """Return the cells that the rule's ``each`` names, in printed order."""
    return _named(case.filing.edition, tuple(rule.each["cell"]))


def _texts(case: Case, rule: Rule) -> Iterator[tuple[Cell, str]]:
    """Yield those of the rule's cells that hold a text, with it."""
    if texts := case.texts:
        yield from ((cell, texts[cell.id]) for cell in _concerned(case, rule) if cell.id in texts)


@rule_function("cells.entries")
def entries(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield what does not fit its cell: one finding a cell; blanks one a row, or one for many rows."""
    cells = _concerned(case, rule)
    values = [case.filing.value(cell.id) for cell in cells]
    empty = [cell for cell, value in zip(cells, values, strict=True) if value is None]
    unread = [cell for cell in empty if (doubt := case.filing.doubts.get(cell.id)) is not None and doubt.unread]
    blank = [cell for cell in empty if cell not in unread]
    if unread:
        yield _not_read(case, rule, unread, whole=len(unread) == len(cells))
    if len(blank) == len(cells):
        name = case.edition.table(cells[0].table).name
        problem = f"{name}整张表没有填（{len(cells)} 格），空着不等于 0，有关的勾稽都没有判断。"
        yield rule.finding({"problem": problem, "wanted": WANTED[ValueKind.COUNT]}, tuple(cell.id for cell in cells))
    else:
        yield from _blank_rows(case, rule, blank)
    for cell, value in zip(cells, values, strict=True):
        if value is None or fits(value, cell.kind):
            continue
        if isinstance(value, str) and (error_value(value) or _beyond(value, cell)):
            continue  # E-06 and E-07 say more
        if isinstance(value, str):
            problem = f"{case.edition.describe(cell.id)}填的是“{value}”，不是数。"
        elif value < 0:
            problem = f"{case.edition.describe(cell.id)}填的是 {value}，不能是负数。"
        else:
            problem = f"{case.edition.describe(cell.id)}填的是 {value}，不能有小数。"
        yield rule.finding({"problem": problem, "wanted": WANTED[cell.kind]}, (cell.id,))


def _not_read(case: Case, rule: Rule, cells: list[Cell], *, whole: bool) -> Finding:
    """Return what is said of cells that an import could not read: they are not blank in the source."""
    name = case.edition.table(cells[0].table).name
    rows = list(dict.fromkeys(f"“{cell.row_label}”" for cell in cells))
    which = "整张表" if whole else "、".join(rows[:3]) + (f"等 {len(rows)} 行" if len(rows) > 3 else "")
    problem = f"{name}{which}没有读到（{len(cells)} 格）：导入时没能从原件读出来，不是没有填，有关的勾稽没有判断；请对照原件补填。"
    return rule.finding({"problem": problem, "wanted": WANTED[cells[0].kind]}, tuple(cell.id for cell in cells))


MANY_ROWS = 5  # more rows than this with blanks are one finding: the clerk has not finished, and knows it


def _blank_rows(case: Case, rule: Rule, blank: list[Cell]) -> Iterator[Finding]:
    """Yield the blanks of a table: one finding a row, or one for all when many rows have them."""
    rows = [list(group) for _, group in groupby(blank, key=lambda cell: cell.row)]
    if len(rows) > MANY_ROWS:
        name, first = case.edition.table(blank[0].table).name, rows[0][0].row_label
        problem = (
            f"{name}还有 {len(rows)} 行共 {len(blank)} 格没有填（从“{first}”行起），空着不等于 0，有关的勾稽没有判断。"
        )
        yield rule.finding({"problem": problem, "wanted": WANTED[blank[0].kind]}, tuple(cell.id for cell in blank))
        return
    for row in rows:
        columns = "、".join(cell.column_label for cell in row)
        problem = (
            f"{case.edition.table(row[0].table).name}“{row[0].row_label}”行有 {len(row)} 格没有填（{columns}），"
            "空着不等于 0，有关的勾稽没有判断。"
        )
        problem += "分项填好以后，总计点“合计”就算出来。" if all(cell.total for cell in row) else ""
        yield rule.finding({"problem": problem, "wanted": WANTED[row[0].kind]}, tuple(cell.id for cell in row))


@rule_function("cells.units_typed")
def units_typed(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the cells whose number was typed with a unit or a remark behind it."""
    for cell, value in _texts(case, rule):
        reading = _read(value, cell, case.filing)
        if reading is not None and any(character.isdigit() for character in value) and reading.unit:
            yield rule.finding({"value": value, "proposal": reading.number}, (cell.id,), proposal=reading.number)


@rule_function("cells.readings")
def readings(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield a reading for every text that can be read as a number; written back only on the clerk's word."""
    for cell, value in _texts(case, rule):
        reading = _read(value, cell, case.filing)
        if reading is not None:
            values = {"value": value, "proposal": reading.number, "note": reading.note or "是文本格式，不是数字"}
            yield rule.finding(values, (cell.id,), proposal=reading.number)


@rule_function("cells.unreadable")
def unreadable(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the texts that cannot be read as a number."""
    for cell, value in _texts(case, rule):
        if (
            value.startswith("=")
            or error_value(value)
            or _beyond(value, cell)
            or _read(value, cell, case.filing) is not None
        ):
            continue
        yield rule.finding({"value": value}, (cell.id,))


@rule_function("cells.error_values")
def error_values(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield what stands where a formula has failed: #DIV/0! and its like, in a cell, a paragraph or a setting."""
    filing, form = case.filing, case.edition
    for cell in _concerned(case, rule):
        if found := error_value(filing.value(cell.id)):
            yield rule.finding(_failed(form.describe(cell.id), found), (cell.id,))
    for part, paragraphs in filing.narrative.items():
        for number, text in enumerate(paragraphs, start=1):
            if found := error_value(text):
                yield rule.finding(_failed("这一段", found), place=f"narrative.{part}.{number}")
    for place, text in _settings(filing):
        if found := error_value(text):
            yield rule.finding(_failed("这一项", found), place=place)


def _failed(where: str, found: str) -> dict[str, object]:
    return {"where": where, "value": found, "reason": ERROR_VALUES[found]}


def _settings(filing: Filing) -> Iterator[tuple[str, str]]:
    """Yield what 封面 says, by place."""
    unit = filing.unit
    yield from (("unit.name", unit.name), ("unit.kind", filing.noted.get("unit.kind", "")))
    yield from (("unit.self", unit.self_word), ("unit.county", unit.county))
    yield from (("signed.name", filing.signed.name), ("signed.date", filing.signed.date))
    yield from (("deadline", filing.deadline), ("contact", filing.contact))


def _beyond(text: str, cell: Cell) -> bool:
    """Return whether a text writes a number that no cell can hold, as digits or in words."""
    from gk_xl.checks.entries import reads_beyond

    return is_beyond(text) or reads_beyond(text, cell.kind, cell.unit)


@rule_function("cells.beyond")
def beyond(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the entries that are larger than any count or amount can be, or no number at all (inf, nan)."""
    for cell, value in _texts(case, rule):
        if _beyond(value, cell):
            yield rule.finding({"where": case.edition.describe(cell.id), "value": shown(value)}, (cell.id,))


@rule_function("cells.year_typed")
def year_typed(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the year on 封面 that no report can be about."""
    typed = case.filing.noted.get("year")
    if typed and not error_value(typed):
        yield rule.finding({"value": shown(typed)}, place="year")
    elif typed:
        yield rule.finding({"value": f"{typed}（错误值：{ERROR_VALUES[error_value(typed)]}）"}, place="year")


@rule_function("cells.characters")
def characters(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the texts from which characters were taken away that no file can hold."""
    for place, found in case.filing.noted.items():
        if place in TYPED:
            continue
        cells = (place,) if place in case.edition.cells else ()
        yield rule.finding({"value": found}, cells, place=None if cells else place)


@rule_function("cells.slips")
def slips(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield numbers below 0 and with a fraction, as slips of the keyboard."""
    for cell in _concerned(case, rule):
        value = case.numbers.get(cell.id)
        if value is None or fits(value, cell.kind):
            continue
        what = "负数" if value < 0 else "小数"
        problem = f"{case.edition.describe(cell.id)}填的是 {value}，件数不会是{what}，多半是键入有误。"
        yield rule.finding(problem, (cell.id,))


@rule_function("cells.settings")
def settings(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the settings of 封面 without which the rules cannot be chosen."""
    unit = case.filing.unit
    for place, label, value in (
        ("unit.name", "单位名称", unit.name),
        ("unit.kind", "单位类型", unit.kind),
        ("year", "报告年度", case.filing.year),
    ):
        typed = case.filing.noted.get(place, "")
        if not value and not typed:
            yield rule.finding({"value": label, "problem": "没有填"}, place=place)
        elif not value and place == "unit.kind" and not error_value(typed):
            problem = f"填的是“{shown(typed)}”，不在可选的类型里"
            yield rule.finding({"value": label, "problem": problem}, place=place)


@rule_function("cells.kind_of_unit")
def kind_of_unit(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield a kind that a unit of this name cannot be; silent where the name says nothing."""
    unit, kinds = case.filing.unit, unit_kinds()
    possible = possible_kinds(unit.name)
    if unit.kind in kinds and possible and unit.kind not in possible:
        values = {"value": kinds[unit.kind].label, "name": unit.name, "wanted": kinds[possible[0]].label}
        severity = Severity.HINT if may_be_founded_as(unit.kind, possible[0]) else None
        yield rule.finding(values, place="unit.kind", severity=severity)


@rule_function("cells.narrative_fields")
def narrative_fields(case: Case, rule: Rule) -> Iterator[Finding]:
    """Yield the fields of the narrative that stand for no number: unknown names (error), blank cells (warning)."""
    if not has_fields(case.filing):
        return
    from gk_xl.form.fields import FieldFault, problems

    for found in problems(case.filing):
        value = "{" + found.name + "}"
        if found.fault is FieldFault.UNKNOWN:
            problem = "没有这个名称" + (f"，是不是“{{{found.nearest}}}”" if found.nearest else "")
            yield rule.finding({"value": value, "problem": problem}, place=found.place)
        else:
            values = {"value": value, "problem": "对应的格没有填数"}
            yield rule.finding(values, found.blank, place=found.place, severity=Severity.WARNING)


def has_fields(filing: Filing) -> bool:
    """Return whether the narrative may name fields; a cheap look before the reader of fields is loaded."""
    return any("{" in text or "｛" in text for texts in filing.narrative.values() for text in texts)
