"""校验 and 清除标记: flags, notes, 校验结果, verdict and time."""

from __future__ import annotations

import contextlib
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.following import fit_pages, follow
from gk_xl.addin.buttons.judging import changed_since_slip, judge, outdated
from gk_xl.addin.buttons.moving import move_text
from gk_xl.addin.com import note_count, set_print_area, value_of, values_of
from gk_xl.addin.edit import Edit, Formula, contents
from gk_xl.addin.healing import dressing_of, healing
from gk_xl.addin.view import read_book
from gk_xl.addin.wording import spoken
from gk_xl.engines.core.addresses import column_letters
from gk_xl.engines.core.dressing import Rule
from gk_xl.workbook.content import now, verdict_text
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.flags import at_places, flags
from gk_xl.workbook.layout import (
    CODE_COLUMN,
    FIRST_ONES,
    FLAGS,
    JUDGED,
    KEY_COLUMN,
    LEVEL_COLUMN,
    LIST_COLUMNS,
    PLACE_COLUMN,
    REASON_COLUMN,
    RESULTS,
    RESULTS_FIRST,
    RESULTS_ROWS,
    STATE_COLUMN,
    UNCOUNTED,
    Place,
    is_judged,
)
from gk_xl.workbook.notes import joined, own_text, parted
from gk_xl.workbook.pointing import first_thing
from gk_xl.workbook.sheets.narrative import suggestions
from gk_xl.workbook.sheets.results import OURS, ResultLine, fading
from gk_xl.workbook.sheets.slip import STALE, live_verdict, slip_height
from gk_xl.workbook.styles import CONDITIONS, LINE, SONG, STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.addin.buttons.judging import Ask, Judged
    from gk_xl.workbook.flags import Flag
    from gk_xl.workbook.grid import Reading

CENTRED = ((1, PLACE_COLUMN), (CODE_COLUMN, CODE_COLUMN))
READY = "接下来点“报送单”，打印签字，再点“导出报告”。"


@spoken()
@healing("校验")
def check(book: Any, ask: Ask | None = None) -> str:
    """校验: mark every fault where it stands, list all in 校验结果, and return the verdict.

    Text that stands in the wrong part is moved first, when the clerk says so.
    """
    reading = read_book(book)
    moved = move_text(book, reading, ask)
    judged = judge(book, now(), reading=None if moved else reading)
    with Edit(book, "校验") as edit:
        followed = follow(edit, book, judged)
        mark(edit, judged)
        fit_pages(book, judged)
    return f"{moved}{followed}{sentence(judged)}{outdated(judged)}"


def sentence(judged: Judged) -> str:
    """Return the verdict in words: how many, what to mend first and where, how to come there."""
    lines = judged.lines
    where = "逐条见“校验结果”。" if lines else ""
    if len(lines) > RESULTS_ROWS:
        where = f"“校验结果”列出前 {RESULTS_ROWS} 条，改正后再校验会看到其余的。"
    ready = READY if not judged.result.counts["error"] and not judged.result.counts["warning"] else ""
    return f"{verdict_text(judged.content)}。{ready or first_thing(judged.content, lines)}{where}"


@spoken()
@healing("清除标记")
def clear_marks(book: Any) -> str:
    """清除标记: remove the colours and notes of the last check; numbers, reasons and the list stay."""
    reading = read_book(book)
    with Edit(book, "清除标记") as edit:
        shown = put_verdict(edit, reading, "verdict")
        cleared = put_flags(edit, reading, {})
        put_notes(edit, cleared, {})
        if shown:
            put_verdict(edit, reading, "checked_at")
    return f"已清除 {len(cleared)} 处标记和批注，没有改动任何数。" if cleared else "没有要清除的标记。"


def mark(edit: Edit, judged: Judged) -> None:
    """Write all that a check found."""
    named = ((judged.place(name), flag) for name, flag in flags(judged.content, judged.lines).items())
    flagged = at_places((place, flag) for place, flag in named if place is not None)
    notes: dict[Place, list[str]] = {}
    for name, text in judged.content.notes().items():
        place = judged.place(name)
        if place is not None:
            notes.setdefault(place, []).append(text)
    put_verdict(edit, judged.reading, "verdict", verdict_text(judged.content))
    before = put_flags(edit, judged.reading, flagged)
    if judged.reading.layout.schema not in FIRST_ONES:
        put_judged(edit, judged.reading)
    put_notes(edit, before, {place: "\n".join(texts) for place, texts in notes.items()})
    put_suggestions(edit, judged.reading)
    put_results(edit, judged)
    if judged.filing.slip.get("fingerprint"):
        put_slip_verdict(edit, judged)
    put_verdict(edit, judged.reading, "checked_at", judged.content.checked_at)


def put_verdict(edit: Edit, reading: Reading, name: str, value: str | None = None) -> bool:
    """Write the verdict or its time, by default what stands there; return whether there was anything to write.

    The verdict is written first, the time last: undone and redone, a step ends there (see :func:`in_sight`).
    """
    place = reading.places[name]
    if value is None:
        value = value_of(edit.book.sheets[place.sheet].range((place.row, place.column)))
    for written in (None, value) if value else ():  # as in in_sight
        edit.block(place.sheet, place.row, place.column, [[written]])
    return bool(value)


def put_slip_verdict(edit: Edit, judged: Judged, *, signed: bool = False) -> None:
    """Write the verdict on 报送单, or, where something was changed since, that it holds no more.

    Where the application calculates by itself, it holds no more from the change on. ``signed``: 报送单 is made now.
    """
    place = judged.reading.places["slip.verdict"]
    verdict = verdict_text(judged.content)
    stale = [] if signed else changed_since_slip(judged)
    shown: str = STALE.format("、".join(stale)) if stale else verdict
    live = judged.reading.layout.schema not in UNCOUNTED and edit.book.app.impl.calculation != "manual"
    if live and not stale:
        shown = Formula(f"={live_verdict(verdict)}")
    edit.block(place.sheet, place.row, place.column, [[shown]])
    height = slip_height("verdict", shown if stale else verdict)
    edit.sheet(place.sheet).range((place.row, 1)).row_height = height


def put_suggestions(edit: Edit, reading: Reading) -> None:
    """Write the sentences that the tables allow beside the text; what has not changed is left alone."""
    for name, _, text in suggestions(reading.filing):
        place = reading.places[name].suggestion
        shown = value_of(edit.book.sheets[place.sheet].range((place.row, place.column)))
        if (shown or "") != text:
            edit.block(place.sheet, place.row, place.column, [[text or None]])


# ------------------------------------------------------------------------------------------------ flags and notes


def flag_areas(reading: Reading) -> Mapping[str, tuple[int, int, int, int]]:
    """Return for each sheet with flags the block that its flagged cells span: first and last row and column."""
    places: dict[str, list[Place]] = {}
    for name, place in reading.places.items():
        if not name.startswith("last.") and place.sheet != RESULTS:
            places.setdefault(place.sheet, []).append(place)
    return {sheet: _span(own) for sheet, own in places.items()}


def put_flags(edit: Edit, reading: Reading, flagging: Mapping[Place, Flag]) -> set[Place]:
    """Write the flag blocks, one write a sheet, and return the places that were flagged before, also those that show no more."""
    written = {place: Formula(f"={flag.formula}") if flag.formula else flag.level for place, flag in flagging.items()}
    flagged: set[Place] = set()
    for sheet, (top, left, bottom, right) in flag_areas(reading).items():
        area = edit.book.sheets[sheet].range((top, left + FLAGS), (bottom, right + FLAGS))
        old = contents(area)
        new = [
            [written.get(Place(sheet, row, column)) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
        flagged |= {
            Place(sheet, top + r, left + c)
            for r, line in enumerate(old)
            for c, value in enumerate(line)
            if value not in (None, "")
        }
        if old != new:
            with in_sight(edit, reading, sheet):
                edit.block(sheet, top, left + FLAGS, new)
    return flagged


def put_judged(edit: Edit, reading: Reading) -> None:
    """Write beside every input what it holds now: a flag shows as long as its cell does, the verdict as all of them do.

    What stands there already is not written again.
    """
    places: dict[str, set[Place]] = {}
    for name, place in reading.places.items():
        if is_judged(name) and not (name.startswith("last.") and reading.layout.schema in UNCOUNTED):
            places.setdefault(place.sheet, set()).add(place)
    for sheet, inputs in places.items():
        top, left, bottom, right = _span(inputs)
        tab = edit.book.sheets[sheet]
        judged = [
            [value if Place(sheet, row, column) in inputs else None for column, value in enumerate(line, start=left)]
            for row, line in enumerate(values_of(tab.range((top, left), (bottom, right))), start=top)
        ]
        if values_of(tab.range((top, left + JUDGED), (bottom, right + JUDGED))) != judged:
            with in_sight(edit, reading, sheet):
                edit.block(sheet, top, left + JUDGED, judged)


def _span(places: Iterable[Place]) -> tuple[int, int, int, int]:
    """Return first and last row and column of places in one sheet: row, column, row, column."""
    rows, columns = [place.row for place in places], [place.column for place in places]
    return min(rows), min(columns), max(rows), max(columns)


@contextlib.contextmanager
def in_sight(edit: Edit, reading: Reading, title: str) -> Iterator[None]:
    """Let a sheet's window show its table once flags are undone or redone, in an application with a list of steps.

    Undoing, LibreOffice goes to the cell that was written first, redoing to the last one; flags stand in hidden columns,
    where a clerk would see an empty window. So a printed text that scrolls with the table is written before and after.
    """
    plan = next(plan for plan in expected_plan(reading.layout).sheets if plan.title == title)
    texts = (
        (row, column, cell.value)
        for (row, column), cell in sorted(plan.cells.items())
        if column >= plan.freeze[1] and isinstance(cell.value, str) and cell.value and not cell.formula
    )
    row, column, text = next(texts, (1, 1, ""))
    has_steps = hasattr(edit.book.impl, "begin")
    sound = has_steps and value_of(edit.book.sheets[title].range((row, column))) == text

    def show() -> None:
        for written in (None, text) if sound else ():  # what a cell holds already is not written again
            edit.block(title, row, column, [[written]])

    show()
    yield
    show()


def put_notes(edit: Edit, before: Iterable[Place], notes: Mapping[Place, str]) -> None:
    """Write the notes of a check in place of the last one's; what else a note says is kept below."""
    for place in sorted({*before, *notes}, key=lambda place: (place.sheet, place.row, place.column)):
        edit.note(place, joined(notes.get(place, ""), own_text(edit.note_at(place))) or None)


def keep_in_note(edit: Edit, place: Place, text: str) -> None:
    """Add a line to what the note of a cell says besides our findings: what stood in the cell before."""
    ours, kept = parted(edit.note_at(place))
    edit.note(place, joined(ours, "\n".join(filter(None, (text, kept)))))


# ------------------------------------------------------------------------------------------------ 校验结果


def put_results(edit: Edit, judged: Judged) -> None:
    """Write the list."""
    lines = judged.lines[:RESULTS_ROWS]
    sheet = edit.sheet(RESULTS)
    old = values_of(sheet.range((RESULTS_FIRST, 1), (RESULTS_FIRST + RESULTS_ROWS - 1, CODE_COLUMN)))
    used = max((number for number, row in enumerate(old, start=1) if any(row)), default=0)
    height = max(used, len(lines))
    if height:
        keys = [[line.key or None] for line in lines] + [[None]] * (height - len(lines))
        remarks = lifted_notes(edit, sheet, height, [line.key for line in lines])
        edit.block(RESULTS, RESULTS_FIRST, KEY_COLUMN, keys)
        for first, last in OURS:
            edit.wipe(RESULTS, RESULTS_FIRST, first, height, last - first + 1)
        values = [list(line.cells) for line in lines] + [[None] * CODE_COLUMN] * (height - len(lines))
        edit.block(RESULTS, RESULTS_FIRST, 1, values)
        head = values_of(sheet.range((RESULTS_FIRST - 1, 1), (RESULTS_FIRST - 1, CODE_COLUMN)))[0]
        if head != list(LIST_COLUMNS):  # a list of an earlier template
            edit.block(RESULTS, RESULTS_FIRST - 1, 1, [list(LIST_COLUMNS)])
        if lines and judged.reading.layout.schema not in FIRST_ONES:
            edit.formulas(RESULTS, RESULTS_FIRST, STATE_COLUMN, [[line.state] for line in lines])
        dress(sheet, lines)
        for place, text in remarks.items():
            edit.note(place, text)
    lower_rest(sheet, len(lines))
    last = RESULTS_FIRST + max(len(lines), 1) - 1
    set_print_area(sheet, f"$A$1:${column_letters(CODE_COLUMN)}${last}")


def lower_rest(sheet: Any, lines: int) -> None:
    """Let the rows below the list be as low as one that was never written, also those that an undo has left tall."""
    if lines < RESULTS_ROWS:
        rest = sheet.range((RESULTS_FIRST + lines, 1), (RESULTS_FIRST + RESULTS_ROWS - 1, 1))
        low = sheet.range((RESULTS_FIRST + RESULTS_ROWS, 1)).row_height
        if rest.row_height != low:
            rest.row_height = low


def lifted_notes(edit: Edit, sheet: Any, height: int, keys: list[str]) -> dict[Place, str]:
    """Take a clerk's notes off the list and return where they go: with their finding, else where they were."""
    if not note_count(sheet):
        return {}
    old = [
        str(row[0] or "")
        for row in values_of(sheet.range((RESULTS_FIRST, KEY_COLUMN), (RESULTS_FIRST + height - 1, KEY_COLUMN)))
    ]
    found: dict[Place, str] = {}
    for number, key in enumerate(old):
        for column in (*range(1, REASON_COLUMN), CODE_COLUMN):
            place = Place(RESULTS, RESULTS_FIRST + number, column)
            text = edit.note_at(place)
            if text:
                edit.note(place, None)
                home = place._replace(row=RESULTS_FIRST + keys.index(key)) if key and key in keys else place
                found[home] = "\n".join(filter(None, (found.get(home), text)))
    return found


def dress_done(sheet: Any, last: int) -> None:
    """Let lines fade whose cell has been changed."""
    dressing = dressing_of(sheet)
    for area, formula, style in fading(last):
        dressing.conditions(area, [Rule(area[:2], formula, CONDITIONS[style])])


def dress(sheet: Any, lines: Sequence[ResultLine]) -> None:
    """Give the list its looks: lines, wrapping, the colour of each level, links, heights."""
    if not lines:
        return
    last = RESULTS_FIRST + len(lines) - 1
    for left, right in OURS:
        area = sheet.range((RESULTS_FIRST, left), (last, right))
        area.font.name, area.font.size = SONG, 11
        area.wrap_text, area.vertical_alignment = True, "center"
        area.borders.set("all", line_style="continuous", weight="thin", color=LINE)
    for left, right in CENTRED:
        sheet.range((RESULTS_FIRST, left), (last, right)).horizontal_alignment = "center"
    dress_done(sheet, last)
    for style, run in groupby(enumerate(lines, start=RESULTS_FIRST), key=lambda item: item[1].style):
        rows = [row for row, _ in run]
        look, cells = STYLES[style], sheet.range((rows[0], LEVEL_COLUMN), (rows[-1], LEVEL_COLUMN))
        cells.color, cells.font.bold = look.get("bg_color"), bool(look.get("bold"))
        cells.font.color = look.get("font_color", "#000000")
    for height, run in groupby(enumerate(lines, start=RESULTS_FIRST), key=lambda item: item[1].height):
        rows = [row for row, _ in run]
        sheet.range((rows[0], 1), (rows[-1], 1)).row_height = height or 24
    for row, line in enumerate(lines, start=RESULTS_FIRST):
        if line.link:
            sheet.range((row, PLACE_COLUMN)).add_hyperlink(f"#{line.link}", line.shown, "跳到这一格")
