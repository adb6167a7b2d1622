"""What a button writes, as one step: protection lifted and put back, and everything taken back when a part fails.

xlwings has no word for protection. Excel's is reached through its object model (``.api``), that of our engines through
their own methods. In LibreOffice a step is one entry of Edit → Undo. Excel forgets its undo list whenever a program
writes, so what a step wrote over is kept here, and :func:`undo` takes the last steps back, one by one, on every engine.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections import deque
from dataclasses import dataclass, field
from itertools import count, takewhile
from typing import TYPE_CHECKING, Any, Self

from gk_xl.addin.com import key_of, settle, storable, values_of
from gk_xl.addin.wording import spoken
from gk_xl.errors import Guarded, HostError
from gk_xl.workbook.layout import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from types import TracebackType

Matrix = list[list[Any]]
NOTE_WIDTH, LETTERS_A_LINE = 240, 20  # points; Chinese characters that fit into them
ALLOWED = ("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
           "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows",
           "AllowSorting", "AllowFiltering", "AllowUsingPivotTables")  # fmt: skip
"""What a protection may allow, in the order in which Excel's ``Worksheet.Protect`` takes it."""
LISTED = 5  # so many cells a sentence names
NO_PASSWORD = ""
PLAIN = "General"  # the number format of a cell that has none
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^]]*\]|General', re.IGNORECASE)
_DISGUISE = re.compile(r"[ymdhs年月日时分秒%@]", re.IGNORECASE)


class Formula(str):
    """A formula of our own in a block of values, with its ``=``; a text of the same letters is written as text."""

    __slots__ = ()


@dataclass
class Step:
    """What one button wrote over: blocks and notes, in the order they were written; and what it wrote in their place."""

    title: str
    blocks: list[tuple[str, int, int, Matrix]] = field(default_factory=list)
    notes: list[tuple[Place, str | None]] = field(default_factory=list)
    written: dict[Place, Any] = field(default_factory=dict)
    noted: dict[Place, str | None] = field(default_factory=dict)
    formats: list[tuple[str, int, int, int, int, str]] = field(default_factory=list)  # number formats taken away
    constants: list[tuple[str, str | None]] = field(default_factory=list)  # what names stood for; None: not there

    def keep(self, name: str, row: int, column: int, old: Matrix, new: Matrix) -> None:
        """Take down a block: what stood there, and what stands there now."""
        self.blocks.append((name, row, column, old))
        for r, line in enumerate(new):
            for c, value in enumerate(line):
                if isinstance(value, Formula):  # what it is worth is no change of the clerk's
                    self.written.pop(Place(name, row + r, column + c), None)
                else:
                    self.written[Place(name, row + r, column + c)] = value


KEPT = 20
"""So many steps of each open workbook can be taken back."""
_STEPS: dict[str, deque[Step]] = {}  # the last steps of each open workbook, the newest last, by com.key_of


class Edit:
    """A step of changes to a workbook; use it in a ``with`` block."""

    def __init__(self, book: Any, title: str) -> None:
        self.book, self.step = book, Step(title)
        self._opened: list[tuple[str, Any, tuple[bool, ...] | None]] = []
        self._sheets: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self.book.app.screen_updating = False
        self._own("begin", self.step.title)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        torn = False
        try:
            if kind is not None:
                settle(self.book)
                torn = not self._taken_back()
            elif self.step.blocks or self.step.notes:
                _STEPS.setdefault(key_of(self.book), deque(maxlen=KEPT)).append(self.step)
        finally:
            bare = [name for name, sheet, options in self._opened if not _protect(sheet, options)]
            with contextlib.suppress(Exception):  # a screen that stands still is the least of it
                self._own("finish")
                self.book.app.screen_updating = True
        if torn:
            raise HostError(
                f"“{self.step.title}”没有做完，写了一部分，也没能还原。请先按回车或 Esc 结束正在编辑的单元格、关掉别的对话框，"
                "不要保存，关闭工作簿再打开，核对后重做。"
            ) from error
        if bare and kind is None:
            raise HostError(f"工作表“{'、'.join(bare)}”的保护没能恢复，请用“审阅”→“保护工作表”（不设密码）补上。")

    def _taken_back(self) -> bool:
        """Write back what the failed step wrote over; whether that went through. The first failure is the one to tell."""
        try:
            self._take_back(self.step)
        except Exception:  # noqa: BLE001
            return False
        return True

    def _own(self, method: str, *arguments: Any) -> None:
        """Call a method that only our engines have."""
        found = getattr(self.book.impl, method, None)
        if found is not None:
            found(*arguments)

    def sheet(self, name: str) -> Any:
        """Return a sheet that may be written to; its protection comes back when the step ends."""
        if name not in self._sheets:
            sheet = self.book.sheets[name]
            if is_protected(sheet):
                self._opened.append((name, sheet, _unprotect(sheet)))
            self._sheets[name] = sheet
        return self._sheets[name]

    @property
    def lifted(self) -> frozenset[str]:
        """The sheets whose protection is lifted until the step ends."""
        return frozenset(name for name, _, _ in self._opened)

    def block(self, name: str, row: int, column: int, values: Matrix) -> None:
        """Write a block of values whose first cell is at ``row`` and ``column``."""
        area = self._area(name, row, column, len(values), len(values[0]))
        self.step.keep(name, row, column, contents(area), values)
        area.value = [
            [str(value) if isinstance(value, Formula) else storable(value) for value in line] for line in values
        ]

    def formulas(self, name: str, row: int, column: int, texts: Matrix) -> None:
        """Write formulas of our own (without ``=``, empty for none); what they are worth is no change of the clerk's."""
        area = self._area(name, row, column, len(texts), len(texts[0]))
        self.step.blocks.append((name, row, column, contents(area)))
        for r, line in enumerate(texts):
            for c in range(len(line)):
                self.step.written.pop(Place(name, row + r, column + c), None)
        area.formula = tuple(tuple(f"={text}" if text else "" for text in line) for line in texts)

    def numbers(self, name: str, row: int, column: int, values: Matrix) -> None:
        """Write a block of plain numbers: a date or an amount typed there before leaves no format behind."""
        self._plainly(name, row, column, len(values), len(values[0]))
        self.block(name, row, column, values)

    def _plainly(self, name: str, row: int, column: int, rows: int, columns: int) -> None:
        """Take formats away that show numbers as dates, per cent or text; those of money stay."""
        area = self._area(name, row, column, rows, columns)
        shown = area.number_format
        if shown is None:  # cells differ
            for r in range(row, row + rows):
                for c in range(column, column + columns):
                    self._plainly(name, r, c, 1, 1)
        elif _DISGUISE.search(_QUOTED.sub("", shown)):
            self.step.formats.append((name, row, column, rows, columns, shown))
            area.number_format = PLAIN

    def wipe(self, name: str, row: int, column: int, rows: int, columns: int) -> None:
        """Empty a block and remove how it looks, its links included."""
        area = self._area(name, row, column, rows, columns)
        self.step.keep(name, row, column, contents(area), [[None] * columns] * rows)
        area.clear()

    def note(self, place: Place, text: str | None) -> None:
        """Give a cell this note in place of the one it has; None removes it."""
        cell = self.sheet(place.sheet).range((place.row, place.column))
        note = cell.note
        old = None if note is None else note.text
        if old != text:
            self.step.notes.append((place, old))
            self.step.noted[place] = text
            if note is not None:
                note.delete()
            if text is not None:
                _fit(cell, cell.add_note(text), text)

    def note_at(self, place: Place) -> str | None:
        """Return the note of a cell; None without one."""
        note = self.book.sheets[place.sheet].range((place.row, place.column)).note
        return None if note is None else str(note.text)

    def constants(self, prefix: str, texts: Mapping[str, str]) -> None:
        """Let names that begin with ``prefix`` and end in a number hold these texts, and no others of them be there."""
        old = takewhile(self.book.names.__contains__, (f"{prefix}{number}" for number in count(1)))
        for name in [*texts, *(name for name in old if name not in texts)]:
            self.step.constants.append((name, _constant(self.book, name, texts.get(name))))

    def _area(self, name: str, row: int, column: int, rows: int, columns: int) -> Any:
        return self.sheet(name).range((row, column), (row + rows - 1, column + columns - 1))

    def _take_back(self, step: Step, changed: Collection[Place] = ()) -> None:
        """Write back what a step wrote over, the last change first, except where the clerk has ``changed`` it since."""
        for name, row, column, values in reversed(step.blocks):
            area = self._area(name, row, column, len(values), len(values[0]))
            kept = [
                [Place(name, row + r, column + c) in changed for c, _ in enumerate(line)]
                for r, line in enumerate(values)
            ]
            area.value = _chosen(kept, contents(area), values) if any(map(any, kept)) else values
        for name, text in reversed(step.constants):
            _constant(self.book, name, text)
        for name, row, column, rows, columns, shown in reversed(step.formats):
            self._area(name, row, column, rows, columns).number_format = shown
        for place, text in reversed(step.notes):
            cell = self.sheet(place.sheet).range((place.row, place.column))
            note = cell.note
            if changed and (None if note is None else note.text) != step.noted[place]:
                continue
            step.noted[place] = text
            if note is not None:
                note.delete()
            if text is not None:
                _fit(cell, cell.add_note(text), text)


@contextlib.contextmanager
def one_step(book: Any, title: str) -> Iterator[None]:
    """Make several steps one entry of Edit → Undo, where an application has such steps; elsewhere they stay several."""
    begin = getattr(book.impl, "begin", None)
    if begin is None:
        yield
        return
    begin(title)
    try:
        yield
    finally:
        book.impl.finish()


def _constant(book: Any, name: str, text: str | None) -> str | None:
    """Let a name hold a text, or be there no longer; return what it held."""
    old = str(book.names[name].refers_to).removeprefix("=").strip('"') if name in book.names else None
    if old is None and text is not None:
        book.names.add(name, f'="{text}"')
    elif old is not None and text is None:
        book.names[name].delete()
    elif old != text:
        book.names[name].refers_to = f'="{text}"'
    return old


def _chosen(which: list[list[bool]], yes: Matrix, no: Matrix) -> Matrix:
    """Return the values of one block where ``which`` says so, those of another elsewhere."""
    return [
        [y if choice else n for choice, y, n in zip(*lines, strict=True)] for lines in zip(which, yes, no, strict=True)
    ]


def changed_since(book: Any, step: Step) -> list[Place]:
    """Return the cells of a step that no longer hold what it wrote, in the order of the sheets."""
    changed: dict[Place, None] = {}
    for name, row, column, values in step.blocks:
        area = book.sheets[name].range((row, column), (row + len(values) - 1, column + len(values[0]) - 1))
        for r, line in enumerate(values_of(area)):
            for c, value in enumerate(line):
                place = Place(name, row + r, column + c)
                if place in step.written and not _same(value, step.written[place]):
                    changed[place] = None
    for place, text in step.noted.items():
        note = book.sheets[place.sheet].range((place.row, place.column)).note
        if (None if note is None else note.text) != text:
            changed[place] = None
    return list(changed)


def _same(found: Any, written: Any) -> bool:
    """Return whether a cell still holds what was written."""
    if isinstance(found, int | float) and isinstance(written, int | float):
        return math.isclose(found, written, rel_tol=1e-12)
    return (found or None) == (written or None)


@spoken()
def undo(book: Any) -> str:
    """Take back the last step written to a workbook that was not taken back yet, and say which.

    What was changed after the step stays as it is and is named. HostError when there is no step, or nothing left of it.
    """
    steps = _STEPS.get(key_of(book))
    if not steps:
        raise HostError(f"没有可以撤销的操作：按钮的操作可以撤销最近 {KEPT} 次。")
    step = steps.pop()
    changed = changed_since(book, step)
    if step.written.keys() | step.noted.keys() <= set(changed):
        raise HostError(f"“{step.title}”写过的格后来都改过（或者工作簿重新打开过），没有可以撤销的，什么也没有改。")
    with Edit(book, f"撤销{step.title}") as edit:
        edit._take_back(step, changed)  # noqa: SLF001 - the same module
    return f"已撤销“{step.title}”。" + _kept(changed) + (f"再点可撤销“{steps[-1].title}”。" if steps else "")


def _kept(changed: Sequence[Place]) -> str:
    """Return the sentence on cells that were left alone."""
    if not changed:
        return ""
    told = "、".join(f"“{place.sheet}”{place.address}" for place in changed[:LISTED])
    return f"其中 {told}{f'等 {len(changed)} 格' if len(changed) > LISTED else ''}后来改过，没有动。"


def is_protected(sheet: Any) -> bool:
    """Return whether a sheet is protected, on any engine."""
    own = getattr(sheet.impl, "protected", None)
    return bool(sheet.api.ProtectContents) if own is None else bool(own)


def is_structure_locked(book: Any) -> bool:
    """Return whether sheets may not be added, deleted or renamed, on any engine."""
    own = getattr(book.impl, "structure_locked", None)
    return bool(book.api.ProtectStructure) if own is None else bool(own)


def _unprotect(sheet: Any) -> tuple[bool, ...] | None:
    """Lift a sheet's protection and return what is needed to restore it; HostError when it has a password."""
    if hasattr(sheet.impl, "unprotect"):
        sheet.impl.unprotect()
        return None
    api = sheet.api
    drawings, scenarios = bool(api.ProtectDrawingObjects), bool(api.ProtectScenarios)
    allowed = tuple(bool(getattr(api.Protection, name)) for name in ALLOWED)
    with contextlib.suppress(Exception):  # a password makes Excel raise; what counts is whether it is still protected
        api.Unprotect(NO_PASSWORD)
    if api.ProtectContents:
        if sheet.book.api.MultiUserEditing:
            raise HostError(
                f"“{sheet.book.name}”是多人共享的工作簿（共享工作簿），Excel 不让程序写。请先取消共享（“审阅”→“共享工作簿”），"
                "再点按钮。"
            )
        raise Guarded(
            f"工作表“{sheet.name}”的保护设了密码，程序写不进去。请先撤销工作表保护（“审阅”→“撤销工作表保护”）再点按钮。"
        )
    return (drawings, True, scenarios, False, *allowed)


def _protect(sheet: Any, options: tuple[bool, ...] | None) -> bool:
    """Protect a sheet as it was; return whether it is."""
    with contextlib.suppress(Exception):
        if options is None:
            sheet.impl.protect()
        else:
            sheet.api.Protect(NO_PASSWORD, *options)
        return is_protected(sheet)
    return False


def contents(area: Any) -> Matrix:
    """Return what a block holds, so that writing it restores it: formulas as formulas, texts as texts."""
    values, formulas = values_of(area), area.formula
    rows = formulas if isinstance(formulas, tuple | list) else ((formulas,),)
    return [
        [
            formula if isinstance(formula, str) and formula.startswith("=") and formula != value else storable(value)
            for value, formula in zip(line, texts, strict=True)
        ]
        for line, texts in zip(values, rows, strict=True)
    ]


def _fit(cell: Any, note: Any, text: str) -> None:
    """Make Excel's note large enough for its text; our engines do that themselves."""
    if not hasattr(cell.impl, "read"):
        lines = sum(-(-max(1, len(line)) // LETTERS_A_LINE) for line in text.split("\n"))
        note.api.Shape.Width = NOTE_WIDTH
        note.api.Shape.Height = min(300, 18 + 14 * lines)
