"""What every button does first: notice what of the form is damaged in the open workbook, restore it, and say so.

A paste from a word processor or another workbook brings its formats along: cells are locked, fonts and fills change,
conditional formats and validation go. Dragging a cell bends its name. All that can be restored without touching what was
filled in. A cell counts as damaged when it is locked, has lost its conditional formats or its validation, or bears that of
another cell, as a cell does that was dragged or pasted over; colours that a clerk gave to a cell that is otherwise sound are
left alone. A label or formula that lost its lock gets it back, cells that a merged one joined come apart.
What cannot be restored here is said, with the way on: 修复.

Restoring and what the button itself does are one step of Edit → Undo where an application has such steps.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from gk_xl.addin.com import is_excel, values_of
from gk_xl.addin.com_dressing import ExcelDressing
from gk_xl.addin.damage import Cell, Damage, told
from gk_xl.addin.edit import PLAIN, Edit, one_step
from gk_xl.addin.view import LiveBook
from gk_xl.addin.wording import spoken
from gk_xl.engines.core.dressing import Entry, Rule
from gk_xl.errors import GkXlError
from gk_xl.form.schema import ValueKind
from gk_xl.workbook.build import CONSTANTS, ERROR_TITLE, rectangles
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.integrity import is_earlier
from gk_xl.workbook.layout import Place, layout
from gk_xl.workbook.plan import covers
from gk_xl.workbook.sheets.narrative import row_height
from gk_xl.workbook.shown_names import shown_names
from gk_xl.workbook.standing import has_moved
from gk_xl.workbook.styles import COMPUTED, CONDITIONS, SONG, STYLES, unlocked
from gk_xl.workbook.values import is_date_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gk_xl.engines.core.dressing import Area, Look
    from gk_xl.workbook.plan import Condition, SheetPlan, Validation

P = ParamSpec("P")
TITLE = "恢复格式"
FLAGGED = "INDEX("  # what the formula of a flag begins with; a paste may bring conditional formats of another kind
PRINTED = 40  # so many names at most are those of what is printed
_EPOCH = dt.date(1899, 12, 30)
_OLDEST_DATE = dt.date(2000, 1, 1)


def healing(label: str) -> Callable[[Callable[Concatenate[Any, P], str]], Callable[Concatenate[Any, P], str]]:
    """Return what makes a button heal the form first; what was restored stands before what the button says.

    ``label`` is what stands on the button, for the step that holds both.
    """

    def healed(button: Callable[Concatenate[Any, P], str]) -> Callable[Concatenate[Any, P], str]:
        @wraps(button)
        def run(book: Any, /, *arguments: P.args, **options: P.kwargs) -> str:
            live = LiveBook(book)
            damage = find_damage(live)
            if not damage.is_mendable:
                return f"{told(damage)}{button(book, *arguments, **options)}"
            with one_step(book, f"{TITLE}、{label}"):
                mend(live, damage)
                try:
                    with spoken():
                        return f"{told(damage)}{button(book, *arguments, **options)}"
                except GkXlError as error:  # the form was restored all the same
                    error.args = (f"{told(damage)}{error}",)
                    raise

        return run

    return healed


def mend(live: LiveBook, damage: Damage) -> None:
    """Restore what is damaged, as one step."""
    with Edit(live.book, TITLE) as edit:
        for areas, merged in ((damage.joined, False), (damage.parted, True)):
            for title, held in areas.items():
                for area in sorted(held):
                    dressing_of(edit.sheet(title)).merge(area, merged=merged)
        for title, cells in damage.cells.items():
            _restore(edit, live, damage, title, cells)
        for title, cells in damage.open.items():
            dressing = dressing_of(edit.sheet(title))
            for block in rectangles(tuple(cells)):
                dressing.lock(block, locked=True)
        for title, blocks in (*damage.plain.items(), *damage.dated.items()):
            dressing = dressing_of(edit.sheet(title))
            for block, shown in blocks:
                dressing.format_numbers(block, shown)
        _rename(live, damage.names)


def find_damage(live: LiveBook) -> Damage:
    """Return what is damaged in an open workbook; of an earlier template's, whose looks are not known here, formulas."""
    damage = Damage()
    damage.from_earlier = is_earlier(live.constant)
    if damage.from_earlier:
        for title in live.form.sheets:
            plain = dressing_of(live.members[title]).plain_formulas()
            if plain:
                damage.plain[title] = [(block, COMPUTED) for block in plain]
        return damage
    for title, form in _forms(live.form.key).items():
        if title in live.values and has_moved(live.form, form.plan, live.values[title], live.read_to[title]):
            damage.shifted.append(title)
        else:
            _find_in_sheet(dressing_of(live.members[title]), title, form, damage)
            _find_merges(live, title, form, damage)
            _find_dated(live, title, form, damage)
    _find_names(live, damage)
    return damage


def _find_in_sheet(dressing: Any, title: str, form: Form, damage: Damage) -> None:
    """Note the cells of one sheet that are damaged."""
    for block in form.blocks:
        for state in dressing.states(block, FLAGGED):
            for cell in form.inputs.keys() & set(_within(state.area)):
                bare = not state.conditioned and cell in form.conditions
                if state.locked or bare:
                    damage.cells.setdefault(title, set()).add(cell)
                if bare:
                    damage.bare.setdefault(title, set()).add(cell)
    free = {
        cell
        for validation in dict.fromkeys(form.validations.values())
        for block in rectangles(validation.cells)
        for area in dressing.without_prompt(block, entry_of(validation).title)
        for cell in _within(area)
        if form.validations.get(cell) is validation
    }
    if free:
        damage.free[title] = free
        damage.cells.setdefault(title, set()).update(free)
    open_here = {cell for area in dressing.unlocked(form.fixed_blocks) for cell in _within(area)} & form.fixed
    if open_here:
        damage.open[title] = open_here
    plain = {
        cell for area in dressing.plain_formulas(form.fixed_blocks) for cell in _within(area)
    } & form.formats.keys()
    for shown, cells in _grouped(plain, form.formats).items():
        damage.plain.setdefault(title, []).extend((block, shown) for block in rectangles(tuple(cells)))


def _find_merges(live: LiveBook, title: str, form: Form, damage: Damage) -> None:
    """Note input cells that a merged cell, dragged or pasted there, joined, and merged ones that it left in parts.

    Parts are merged again only while nothing but the first holds anything. Both count as damaged: their looks are mixed.
    """
    found = dressing_of(live.members[title]).merged(form.blocks)
    expected = {merge for merge in form.plan.merges if merge[:2] in form.inputs}
    parted = {
        area
        for area in expected - found
        if all(live.value_at(Place(title, *cell)) is None for cell in _within(area) if cell != area[:2])
    }
    for kind, areas in ((damage.joined, found - expected), (damage.parted, parted)):
        if areas:
            kind[title] = areas
            changed = {cell for area in areas for cell in _within(area)} & form.inputs.keys()
            damage.cells.setdefault(title, set()).update(changed)


def _find_dated(live: LiveBook, title: str, form: Form, damage: Damage) -> None:
    """Note the inputs whose number is shown as a date, as a cell does that a date was once typed into."""
    formats = {
        cell: STYLES[form.inputs[cell]].get("num_format", PLAIN) for cell in live.disguised(title) & form.inputs.keys()
    }
    for shown, cells in _grouped(formats, formats).items():
        if not is_date_format(shown):
            damage.dated.setdefault(title, []).extend((block, shown) for block in rectangles(tuple(cells)))


def _within(area: Area) -> Iterable[Cell]:
    """Yield the cells of an area."""
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _find_names(live: LiveBook, damage: Damage) -> None:
    """Note names that are gone or bent; in a sheet whose labels moved, names may well be right."""
    owners = {place: name for name, place in live.form.names.items()}
    for name in _asked(live):
        place, there = live.form.names[name], live.named(name)
        if place.sheet in damage.shifted or there == place:
            continue
        damage.names[name] = place
        if there is not None and there in owners and live.value_at(place) is None:
            damage.dragged.append((place, there))


def _asked(live: LiveBook) -> Iterable[str]:
    """Return the names that are looked at.

    In Excel, where each is a call, all of them only when there are too few; else those whose cell a drag may have emptied.
    """
    own, count = len(live.form.names) + len(CONSTANTS), live.book.impl.xl.Names.Count if is_excel(live.book) else 0
    if not (own <= count <= own + PRINTED or count >= own + len(live.form.names)):  # those of sheets counted, or not
        return live.form.names
    blank: list[str] = []
    for table in live.form.edition.tables:
        empty = [cell.id for cell in table.cells if live.value_at(live.form.names[cell.id]) is None]
        if len(empty) * 2 < len(table.cells):
            blank += empty
    return blank


def _restore(edit: Edit, live: LiveBook, damage: Damage, title: str, cells: set[Cell]) -> None:
    """Dress the damaged cells of one sheet again."""
    form = _forms(live.form.key)[title]
    sheet = edit.sheet(title)
    dressing = dressing_of(sheet)
    for style, group in _grouped(cells, form.inputs).items():
        for block in rectangles(tuple(group)):
            dressing.dress(block, look_of(style))
    for conditions, group in _grouped(damage.bare.get(title, set()), form.conditions).items():
        rules = [Rule(condition.area[:2], condition.formula, CONDITIONS[condition.style]) for condition in conditions]
        for block in rectangles(tuple(group)):
            dressing.conditions(block, rules)
    for validation, group in _grouped(damage.free.get(title, set()), form.validations).items():
        for block in rectangles(tuple(group)):
            dressing.entry(block, entry_of(validation))
    for row, column in sorted(cells):
        if form.inputs[row, column] == "paragraph":
            text = values_of(sheet.range((row, column)))[0][0]
            sheet.range((row, column)).row_height = row_height(str(text or ""))


def _grouped(cells: Iterable[Cell], kinds: Mapping[Cell, Any]) -> dict[Any, list[Cell]]:
    """Return cells by their kind."""
    groups: dict[Any, list[Cell]] = {}
    for cell in sorted(cells):
        groups.setdefault(kinds[cell], []).append(cell)
    return groups


def _rename(live: LiveBook, names: Mapping[str, Place]) -> None:
    """Let names stand for their cells again, with those that the name box shows: what bent one bent the other."""
    for name, place in names.items():
        shown = live.members[place.sheet].names
        for held, word in ((live.book.names, name), (shown, shown_names(live.form)[name])):
            if word in held:
                held[word].refers_to = f"={place.absolute}"
            else:
                held.add(word, f"={place.absolute}")


# ----------------------------------------------------------------------------------------------------- the form


@dataclass(frozen=True)
class Form:
    """What one sheet's inputs must be like, by cell, and what is fixed; the ``blocks`` are rectangles that they fill.

    ``formats`` are the number formats of formulas.
    """

    plan: SheetPlan
    blocks: tuple[Area, ...]
    inputs: Mapping[Cell, str]
    conditions: Mapping[Cell, tuple[Condition, ...]]
    validations: Mapping[Cell, Validation]
    fixed: frozenset[Cell]
    fixed_blocks: tuple[Area, ...]
    formats: Mapping[Cell, str]


@lru_cache
def _forms(key: tuple[str, str, str, tuple[str, ...]]) -> Mapping[str, Form]:
    """Return what the inputs and the fixed cells of every sheet must be like."""
    found: dict[str, Form] = {}
    for plan in expected_plan(layout(*key)).sheets:
        inputs = {
            place: cell.style for place, cell in plan.cells.items() if unlocked(cell.style) and cell.style != "flag"
        }
        if plan.outputs is not None:
            top, _, bottom, _ = plan.outputs  # beside what the program writes, whole columns are open
            columns = {column: style for column, style in plan.column_styles.items() if unlocked(style)}
            inputs |= {(row, column): style for column, style in columns.items() for row in range(top, bottom + 1)}
        conditions = {
            cell: covering for cell in inputs if (covering := tuple(c for c in plan.conditions if covers(c.area, cell)))
        }
        validations = {cell: asked for asked in plan.validations for cell in asked.cells if cell in inputs}
        fixed = tuple(place for place, cell in plan.cells.items() if not unlocked(cell.style))
        formats = {
            at: STYLES[cell.style].get("num_format", COMPUTED) for at, cell in plan.cells.items() if cell.formula
        }
        found[plan.title] = Form(
            plan,
            tuple(rectangles(tuple(inputs))),
            inputs,
            conditions,
            validations,
            frozenset(fixed),
            tuple(rectangles(fixed)),
            formats,
        )
    return found


def look_of(style: str) -> Look:
    """Return the look of a style, the workbook's defaults filled in."""
    return {"font_name": SONG, "font_size": 11, "valign": "vcenter", **STYLES[style]}


def entry_of(validation: Validation) -> Entry:
    """Return what may be typed, as an engine takes it."""
    kind, minimum, maximum = "any", None, None
    if validation.kind is ValueKind.SIGNED:
        kind, minimum, maximum = "whole", -999999, 999999
    elif validation.kind is not None:
        kind, minimum = "decimal" if validation.kind is ValueKind.AMOUNT else "whole", 0
    elif validation.choices:
        kind = "list"
    elif validation.years:
        kind, (minimum, maximum) = "whole", validation.years
    elif validation.date:
        kind, minimum = "date", (_OLDEST_DATE - _EPOCH).days
    error = validation.error[:255] if kind != "any" else ""
    shown = validation.title[:32], validation.prompt[:255], error
    return Entry(kind, *shown, minimum, maximum, validation.choices, ERROR_TITLE, validation.shown)


def dressing_of(sheet: Any) -> Any:
    """Return how a sheet's cells are dressed, on any engine."""
    own = getattr(sheet.impl, "dressing", None)
    return ExcelDressing(sheet) if own is None or is_excel(sheet) else own
