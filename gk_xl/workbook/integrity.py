"""Is it still our template? Labels, formulas, locks, names, merges, sheets, against what the plan says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.catalogue import rule, show
from gk_xl.engines.core.addresses import column_letters, parse_address
from gk_xl.form.finding import Finding, Severity, Where
from gk_xl.form.patterns import regex
from gk_xl.workbook.build import CONSTANTS, rectangles
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.layout import EARLIER, LAST_HIDDEN, Place
from gk_xl.workbook.plan import area, cells_of, covers
from gk_xl.workbook.styles import unlocked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from gk_xl.workbook.layout import Layout
    from gk_xl.workbook.plan import PlanCell, SheetPlan, WorkbookPlan
    from gk_xl.workbook.raw import RawCell, RawSheet
    from gk_xl.workbook.view import WorkbookView

ALONE, AREAS = 3, 8  # so many findings of a kind stand alone; so many areas one line names
MANY = 12  # so many changed labels in one sheet are a shift, not single edits
_QUOTES = regex(r"'([^']+)'!")


def inspect(raw: WorkbookView, form: Layout, places: Mapping[str, Place]) -> tuple[list[Finding], dict[str, str]]:
    """Return what was changed in a workbook, and the formulas found in input cells by name."""
    plan = expected_plan(form)
    findings: list[Finding] = []
    if is_earlier(raw.constant):
        return _of_earlier(raw, plan, places)
    if not raw.structure_locked and raw.saved_by_excel:  # other programs drop the lock on saving: no news to a clerk
        findings.append(rule("I-07").finding({"value": "工作簿结构"}))
    moved: set[str] = set()
    formulas: dict[str, str] = {}
    named = {place: name for name, place in places.items()}
    for sheet in plan.sheets:
        if sheet.title not in raw.members:
            findings.append(rule("I-05").finding({"value": sheet.title}))
            continue
        found = raw.sheet(sheet.title)
        statutory = sheet.title in {section.tab for section in form.edition.printed}
        looked_at = unsettled(sheet, found)
        judged = list(grouped(_sheet(sheet, found, looked_at)))
        findings.extend(finding if statutory else _milder(finding) for finding in judged)
        if any(finding.code == "I-06" for finding in judged):
            moved.add(sheet.title)
        for (row, column), cell in looked_at.held.items():
            if cell.formula:
                expected = sheet.cells.get((row, column))
                name = named.get(Place(sheet.title, row, column)) if expected is None or not expected.formula else None
                if name is not None:
                    formulas[name] = f"={cell.formula}"
    return [*findings, *grouped(_names(raw, plan, moved))], formulas


def is_earlier(constant: Callable[[str], str | None]) -> bool:
    """Return whether a workbook was made from an earlier template; ``constant`` gives the text of a defined name."""
    return constant("gk_xl.schema") in EARLIER


def _of_earlier(
    raw: WorkbookView, plan: WorkbookPlan, places: Mapping[str, Place]
) -> tuple[list[Finding], dict[str, str]]:
    """Return what is told of a workbook from an earlier template: that it is one, sheets gone, formulas typed."""
    findings = [rule("I-13").finding({})]
    findings += [
        rule("I-05").finding({"value": sheet.title}) for sheet in plan.sheets if sheet.title not in raw.members
    ]
    formulas = {}
    sheets = {sheet.title: (sheet, raw.sheet(sheet.title)) for sheet in plan.sheets if sheet.title in raw.members}
    for name, place in places.items():
        if place.sheet not in sheets:
            continue
        planned, held = sheets[place.sheet]
        fixed = planned.cells.get((place.row, place.column))
        if fixed is not None and fixed.formula:
            continue
        cell = held.cells.get((place.row, place.column))
        if cell is not None and cell.formula:
            formulas[name] = f"={cell.formula}"
    return findings, formulas


def _milder(finding: Finding) -> Finding:
    """Return a finding of a sheet that is not part of the statutory form as a warning: no number can go wrong there."""
    return replace(finding, severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding


def _names(raw: WorkbookView, plan: WorkbookPlan, moved: Collection[str]) -> Iterator[Finding]:
    """Yield missing and bent names; those of sheets whose rows or columns ``moved`` are told with these."""
    for name in CONSTANTS:
        if raw.constant(name) is None:
            yield rule("I-04").finding({"value": name, "problem": "丢失了"})
    for name, expected in plan.names.items():
        if expected.sheet not in raw.members or expected.sheet in moved:
            continue
        found = raw.place(name)
        if found is None:
            yield _name_finding(expected, "丢失了")
        elif found.sheet != expected.sheet:
            yield _name_finding(expected, f"指到了别的工作表（{found.sheet}）")
        elif found != expected:
            yield _name_finding(expected, f"指到了 {found.address}，单元格可能移动过")


def _name_finding(place: Place, problem: str) -> Finding:
    values = {"value": place.address, "problem": problem}
    return rule("I-04").finding(values).at(Where(place.sheet, place.address))


def grouped(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings with those of one kind in one sheet as one line, which names the areas; a few stand alone."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        sheet = finding.where.sheet if finding.where else ""
        groups.setdefault((finding.code, sheet), []).append(finding)
    for (_, sheet), group in groups.items():
        places = [parse_address(finding.where.address) for finding in group if finding.where]
        if len(group) <= ALONE or not sheet or len(places) < len(group):
            yield from group
            continue
        areas = [cells_of(*block) for block in rectangles(tuple(places))]
        shown = "、".join(areas[:AREAS]) + ("等处" if len(areas) > AREAS else "")
        alike = len({finding.message for finding in group}) == 1
        example = "" if alike else f"如 {group[0].where.address}，" if group[0].where else ""
        yield replace(group[0], message=f"{shown}（共 {len(group)} 格）：{example}{group[0].message}")


def _shift(sheet: str, what: str, place: Place) -> Finding:
    values = {"value": what, "place": place.address}
    return rule("I-06").finding(values).at(Where(sheet, place.address))


def _sheet(plan: SheetPlan, found: RawSheet, looked_at: Unsettled | None = None) -> Iterator[Finding]:
    """Yield what was changed in one sheet; only what is ``looked_at`` can have been, everything where it is None."""
    planned, held = looked_at or unsettled(plan, found)
    if not found.protected:
        yield rule("I-07").finding({"value": f"工作表“{plan.title}”"}).at(Where(plan.title, "A1"))
    if found.beyond:
        count, address = found.beyond
        yield (
            rule("I-09")
            .finding({"found": f"表格以外很远的 {count} 格，从 {address} 起"})
            .at(Where(plan.title, address))
        )
    if found.drawings:
        yield rule("I-10").finding({"value": found.drawings}).at(Where(plan.title, "A1"))
    shift = _moved_labels(plan, found, planned)
    if shift is not None:
        yield shift
        return
    expected_merges = {area(*merge) for merge in plan.merges}
    for merge in sorted(expected_merges - found.merges):
        yield _at(plan, merge, rule("I-08").finding({"value": merge, "problem": "被拆开了"}))
    for merge in sorted(found.merges - expected_merges):
        yield _at(plan, merge, rule("I-08").finding({"value": merge, "problem": "是后来合并的"}))
    checked = _is_checked(plan, found)
    for place, cell in planned.items():
        there = held.get(place)
        if not _as_planned(cell, there):
            yield from _cell(plan, place, cell, there, checked=checked)
    for (row, column), extra in held.items():
        if (row, column) in plan.cells or column > LAST_HIDDEN or column == plan.kept or extra.value in (None, ""):
            continue
        if plan.outputs and covers(plan.outputs, (row, column)):
            if not checked and extra.locked:
                where = Where(plan.title, f"{column_letters(column)}{row}")
                yield rule("I-01").finding({"wanted": "", "found": extra.value}).at(where)
        else:
            text = str(extra.value)[:20]
            yield rule("I-09").finding({"found": text}).at(Where(plan.title, f"{column_letters(column)}{row}"))


def _at(plan: SheetPlan, region: str, finding: Finding) -> Finding:
    return finding.at(Where(plan.title, region.partition(":")[0]))


def _is_checked(plan: SheetPlan, found: RawSheet) -> bool:
    """Return whether the program may have written into a sheet: 校验结果 bears the time of a check, or reasons from one.

    Other sheets have no such mark: what the program suggests beside a text follows the tables at any time.
    """
    if not plan.outputs:
        return True
    if any(cell.value and not cell.locked for place, cell in found.cells.items() if covers(plan.outputs, place)):
        return True
    for (row, column), cell in plan.cells.items():
        if cell.output and (row, column) in found.cells:
            try:
                dt.datetime.fromisoformat(str(found.cells[row, column].value))
            except ValueError:
                continue
            return True
    return False


def _as_planned(cell: PlanCell, found: RawCell | None, written: bool = False) -> bool:
    """Return whether a cell is at first sight what it must be, letter by letter; most are.

    ``written`` says that the program may have written into the sheet at any time.
    """
    if found is None or found.locked is unlocked(cell.style):
        return False
    if not found.locked:
        return True
    if cell.formula or found.formula:
        return found.formula == cell.formula
    if cell.output:
        return written
    return found.value == cell.value and isinstance(found.value, str) is isinstance(cell.value, str)


def _cell(
    plan: SheetPlan, place: tuple[int, int], cell: PlanCell, found: RawCell | None, *, checked: bool
) -> Iterator[Finding]:
    """Yield what was changed in one cell: its lock, its formula, or its text."""
    where = Where(plan.title, f"{column_letters(place[1])}{place[0]}")
    wanted_lock = not unlocked(cell.style)
    if found is not None and found.locked != wanted_lock:
        words = {True: "锁定", False: "可以填写"}
        yield rule("I-03").finding({"wanted": words[wanted_lock], "found": words[found.locked]}).at(where)
    if not wanted_lock:
        return
    value = None if found is None else found.value
    if cell.formula:
        formula = "" if found is None else found.formula
        if formula != "…" and normal_formula(formula) != normal_formula(cell.formula):
            shown = f"“={formula[:SHOWN]}{'……' * (len(formula) > SHOWN)}”" if formula else f"“{_shown(value)}”"
            yield rule("I-02").finding({"wanted": f"“={cell.formula}”", "found": shown}).at(where)
    elif found is not None and found.formula:
        yield rule("I-01").finding({"wanted": cell.value or "", "found": f"={found.formula}"}).at(where)
    elif cell.output:
        if not checked and value not in (None, ""):
            yield rule("I-01").finding({"wanted": "", "found": value}).at(where)
    elif not _same(cell.value, value):
        yield rule("I-01").finding({"wanted": cell.value or "", "found": "" if value is None else value}).at(where)


def _shown(value: object) -> str:
    """Return what stands in a cell as a clerk reads it: 306, not 306.0."""
    return show(None if value == "" else value)


def _same(expected: object, found: object) -> bool:
    """Return whether a label is unchanged; a number label may have become a float."""
    if expected is None or expected == "":
        return found in (None, "")
    if isinstance(expected, int | float):
        return isinstance(found, int | float) and float(found) == float(expected)
    return str(found) == str(expected)


SHOWN = 40  # signs of a formula that a message repeats


@lru_cache(maxsize=16_384)
def normal_formula(formula: str) -> str:
    """Return a formula without what applications change on saving: quotes of sheet names, blanks, letter case."""
    return _QUOTES.sub(r"\1!", formula).replace(" ", "").replace("$'", "").upper()


def _moved_labels(plan: SheetPlan, found: RawSheet, planned: Mapping[tuple[int, int], PlanCell]) -> Finding | None:
    """Return the finding of a shift when most labels below some row (or right of some column) stand elsewhere.

    Only what is ``planned`` here may stand elsewhere: the rest of the sheet is as it must be.
    """
    if not planned:
        return None
    labels = _printed(planned)
    cells = found.cells

    def holds(place: tuple[int, int], value: object) -> bool:
        cell = cells.get(place)
        return cell is not None and cell.value == value

    wrong = sorted(
        place for place, value in labels.items() if (cell := cells.get(place)) is None or cell.value != value
    )
    if len(wrong) < 3:
        return None
    for rows, columns in ((1, 0), (-1, 0), (2, 0), (-2, 0), (0, 1), (0, -1), (3, 0), (-3, 0)):
        moved = sum(holds((row + rows, column + columns), labels[row, column]) for row, column in wrong)
        if moved * 10 >= len(wrong) * 7:
            axis = f"{abs(rows)} 行" if rows else f"{abs(columns)} 列"
            return _shift(plan.title, axis, Place(plan.title, *wrong[0]))
    if len(wrong) > MANY and len(wrong) * 2 > len(_printed(plan.cells)):
        return _shift(plan.title, f"内容，{len(wrong)} 处印定文字不在原处", Place(plan.title, *wrong[0]))
    return None


def _printed(planned: Mapping[tuple[int, int], PlanCell]) -> dict[tuple[int, int], object]:
    """Return what stands printed and locked, by place."""
    return {
        place: cell.value
        for place, cell in planned.items()
        if cell.value is not None and not cell.formula and not cell.output and not unlocked(cell.style)
    }


class Unsettled(NamedTuple):
    """What of a sheet has to be looked at cell by cell: what is planned there, and what is held."""

    planned: Mapping[tuple[int, int], PlanCell]
    held: Mapping[tuple[int, int], RawCell]


def unsettled(plan: SheetPlan, found: RawSheet) -> Unsettled:
    """Return all of a sheet but the rows that were found as planned before, in another workbook or in this one."""
    if not found.rows:
        return Unsettled(plan.cells, found.cells)
    if found.rows.settled.get(id(plan)) is plan:
        return Unsettled({}, {})
    rows, planned = _by_row(plan), {}
    loose: dict[tuple[int, int], RawCell] = {}
    there = set[int]()
    for row in found.rows:
        there.add(row.number)
        known = row.judged.get(id(plan))
        if known is None or known[0] is not plan:
            known = row.judged[id(plan)] = plan, _fits(plan, rows.get(row.number, {}), row.cells)
        if not known[1]:
            loose.update(row.cells)
            planned.update(rows.get(row.number, {}))
    for number, cells in rows.items():
        if number not in there:
            planned.update(cells)
    if not planned and not loose:
        found.rows.settled[id(plan)] = plan
    return Unsettled(planned, loose)


def _fits(
    plan: SheetPlan, planned: Mapping[tuple[int, int], PlanCell], held: Mapping[tuple[int, int], RawCell]
) -> bool:
    """Return whether a row is at first sight as planned, and holds nothing else that anybody must be told of."""
    if not planned.keys() <= held.keys():
        return False
    written, fitting = not plan.outputs, _fitting(plan)
    for place, cell in held.items():
        if fitting.get(place) is cell:
            continue
        expected = planned.get(place)
        if expected is None:
            if cell.formula or not (place[1] > LAST_HIDDEN or place[1] == plan.kept or cell.value in (None, "")):
                return False
        elif not _as_planned(expected, cell, written) or (cell.formula and not expected.formula):
            return False
        else:
            fitting[place] = cell
    return True


_FITTING: dict[int, tuple[SheetPlan, dict[tuple[int, int], RawCell]]] = {}


def _fitting(plan: SheetPlan) -> dict[tuple[int, int], RawCell]:
    """Return for each place of a plan the cell that was found as planned there last: most are the same in the next workbook."""
    known = _FITTING.get(id(plan))
    if known is None or known[0] is not plan:
        known = _FITTING[id(plan)] = plan, {}
    return known[1]


_ROWS: dict[int, tuple[SheetPlan, dict[int, dict[tuple[int, int], PlanCell]]]] = {}


def _by_row(plan: SheetPlan) -> dict[int, dict[tuple[int, int], PlanCell]]:
    """Return a plan's cells by row; worked out once for each plan that workbooks are held against."""
    known = _ROWS.get(id(plan))
    if known is None or known[0] is not plan:
        rows: dict[int, dict[tuple[int, int], PlanCell]] = {}
        for place, cell in plan.cells.items():
            rows.setdefault(place[0], {})[place] = cell
        known = _ROWS[id(plan)] = plan, rows
    return known[1]
