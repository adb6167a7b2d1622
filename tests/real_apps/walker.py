"""A random walk through a workbook in a visible LibreOffice, and what must hold after every step of it.

The walk types, deletes, pastes, cuts, drags, undoes, redoes, scrolls, turns to other sheets, presses every button of the
extension, saves and opens again: all with the mouse and the keys, as a clerk does. After each step LibreOffice must be
alive and show no window that nobody asked for. After each button the closed file tells what should have come of it:
the workbook is saved as a copy before the click, the same button runs on the copy with the engine for closed files, in
a process beside, and both must hold the same values, notes and marks and say the same sentence. After each undo and redo
the workbook must be what it was at that place of the list of steps.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gk_xl.addin import buttons
from gk_xl.addin.buttons.county import FIRST, LIST, MARK, MARKED, SLIPS
from gk_xl.addin.buttons.repairing import ENDING
from gk_xl.engines.libreoffice.process import open_document, properties, remove_lock
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import RESULTS, RESULTS_FIRST
from tests.real_apps.answering import GONE, SLOW, Answering, Fault
from tests.real_apps.clipboard import Pasted, put
from tests.real_apps.closed_file import Beside, Click, differences, gone, without
from tests.real_apps.desk import desk_of_its_own, right
from tests.real_apps.window import bare, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.real_apps.desk import Desk
    from tests.real_apps.walk import Step

REMEMBERED = 100  # so many steps LibreOffice can take back
PAUSE = 0.1  # seconds: between the movements of the mouse that make a drag
DROP = 4.0  # seconds: for what was dragged to land; a thread of its own sees to it
TRAIL = 12  # so many steps are told before the one that went wrong
PATIENCE = (2.0, 5.0)  # seconds: for a step back to be taken, at the first and the second press
HANGS = 240.0  # seconds: for a step, then LibreOffice is taken down
XLSX = "Calc MS Excel 2007 XML"
LAST_YEAR, REPORT, HANDED_IN = "last.json", "published.docx", "handed_in"  # xdotool types these
DRAGGED = ("Copy", "Move")
"""What LibreOffice takes back without telling formulas, =COUNT(L6) included: they show what was until it calculates."""
SHOWN = ("校验", "采纳建议", "清除标记", "合计", "一键补零")  # whose undoing is to be seen
ALONE = (  # what writes nothing here, or goes by what is selected: not compared
    "关于",
    "下一处",
    "上一处",
    "导出报告",
    "汇总",
)
SCREEN = "1366x768"  # small: the tables reach below the window


def handed(home: Path, workbook: bytes) -> tuple[dict[str, Path], bytes]:
    """Return which file each button is given that asks for one, and the page from which a table is copied."""
    cells = {**right().cells, "t3.received_new.natural_person": 5, "t2.rules.issued": 1}
    told = replace(right(), cells=cells, narrative={**right().narrative, "problems": ("一是渠道不多。二是培训不够。",)})
    files = {"载入上年": home / LAST_YEAR, "导入报告": home / REPORT, "汇总": home / HANDED_IN}
    files["载入上年"].write_text(right().dumps(), encoding="utf-8")
    files["导入报告"].write_bytes(write_docx(told, public=True))
    files["汇总"].mkdir()
    (files["汇总"] / "示例乡.xlsx").write_bytes(workbook)
    return files, write_html(told).encode()


def fault(steps: Sequence[Step]) -> str:
    """Return what goes wrong in a walk from a fresh start, empty when nothing does."""
    with desk_of_its_own(SCREEN) as desk, contextlib.closing(Beside()) as beside:
        try:
            Walker(desk, beside).run(list(steps))
        except Fault as wrong:
            return str(wrong)
    return ""


def timed(steps: Sequence[Step]) -> tuple[str, float]:
    """Return what goes wrong in a walk, and how many seconds it took."""
    began = time.monotonic()
    return fault(steps), time.monotonic() - began


class Walker(Answering):
    """One workbook on one desk, and what is known of it."""

    def __init__(self, desk: Desk, beside: Beside) -> None:
        super().__init__(desk)
        self.beside = beside
        self.where, self.copies, self.seen, self.undone = "", 0, None, False
        self.trail = deque[str](maxlen=TRAIL)
        self.known, self.lost = dict[int, Any](), set[tuple[str, int, int]]()
        data = build_workbook(right())
        self.files, self.page = handed(desk.home, data)
        self.document = desk.open(data)
        self.path = desk.home / "年报.xlsx"
        self.look()

    def run(self, steps: list[Step], told: Callable[[int, Step], None] = lambda *_: None) -> None:
        """Do the steps; Fault names the first that goes wrong, and how."""
        for place, step in enumerate(steps):
            told(place, step)
            self.where = f"step {place} {step.kind} {step.words}"
            watch = threading.Timer(HANGS, self.desk.take_down)
            watch.start()
            try:
                self.do(step)
            except Exception as error:
                before = self.beside.told(all_of_it=True)
                trail = "\n".join(
                    ("", "the steps before, with how many could be taken back and the last of them:", *self.trail)
                )
                raise Fault(before or f"{self.where}: {self.why(error)}{trail}") from error
            finally:
                watch.cancel()
            self.agree(all_of_it=False)
        self.agree(all_of_it=True)

    def agree(self, *, all_of_it: bool) -> None:
        """Raise Fault when the closed file differs at one of the clicks that are compared by now, or of all."""
        if told := self.beside.told(all_of_it=all_of_it):
            raise Fault(told)

    def why(self, error: Exception) -> str:
        """Return what a step failed of; with what LibreOffice left behind when it is gone."""
        office = self.desk.office
        if office is None or office.process.poll() is not None or "bridge" in str(error):
            return f"{GONE}: {self.desk.last_words()}"
        return f"{type(error).__name__}: {error}"

    def do(self, step: Step) -> None:
        before = self.depth
        getattr(self, step.kind)(*step.words)
        self.close_boxes()
        if step.kind not in ("undo", "redo", "turn", "scroll"):
            self.remember(before)
        self.trail.append(f"{self.where[:70]} {before} → {self.depth} {self.undoing.getAllUndoActionTitles()[:2]}")

    # the window ----------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Find controller, undo list and buttons of the document that was opened."""
        self.controller = self.document.getCurrentController()
        self.undoing = self.document.getUndoManager()
        labels = set(buttons.LABELS.values())
        self.spots = self.wait(lambda: labels <= set(found := self.desk.spots(labels)) and found, SLOW)
        if not self.spots:
            raise Fault("the buttons of the extension are not shown")
        self.known, self.lost, self.undone = {self.depth: snapshot(self.document)}, set(), False

    @property
    def depth(self) -> int:
        """How many steps can be taken back."""
        return len(self.undoing.getAllUndoActionTitles())

    def select(self, sheet: str, address: str) -> None:
        found = self.document.Sheets.getByName(sheet)
        self.controller.setActiveSheet(found)
        self.controller.select(found.getCellRangeByName(address))
        self.controller.getFrame().getContainerWindow().setFocus()

    def keys(self, *names: str) -> None:
        """Press keys and wait until the list of steps changes or a dialog comes or goes, or a moment."""
        before = self.state()
        self.desk.xdotool("key", *names)
        self.wait(lambda: self.state() != before)

    def state(self) -> tuple[int, int, bool]:
        """Return what a key can change: how many steps go back and forth, whether a dialog is shown."""
        return self.depth, len(self.undoing.getAllRedoActionTitles()), bool(self.boxes())

    # steps ---------------------------------------------------------------------------------------------------

    def type(self, sheet: str, address: str, text: str) -> None:
        self.select(sheet, address)
        self.desk.xdotool("type", "--delay", 5, "--", text)
        self.keys("Return")

    def enter(self, sheet: str, address: str, text: str) -> None:
        self.select(sheet, address)
        self.dispatch("EnterString", StringName=text)

    def delete(self, sheet: str, address: str) -> None:
        self.select(sheet, address)
        self.keys("Delete")

    def paste(self, sheet: str, address: str, table: tuple[tuple[str, ...], ...]) -> None:
        Pasted(table).put(self.desk.context)
        self.select(sheet, address)
        self.keys("ctrl+v")

    def move(self, sheet: str, address: str, target: str, key: str) -> None:
        self.select(sheet, address)
        if key == "ctrl+x":  # what is pressed before the cut is worked off would find another cell selected
            self.keys(key)
        else:
            self.desk.xdotool("key", key)
        self.select(sheet, target)
        self.keys("ctrl+v")
        self.close_boxes()  # yes, what is there may go
        self.desk.xdotool("key", "Escape")

    def drag(self, sheet: str, source: tuple[int, int], target: tuple[int, int], wide: int) -> None:
        """Mark what lies at a spot of the screen and drag it to another with the mouse."""
        self.controller.setActiveSheet(self.document.Sheets.getByName(sheet))
        (x, y), (to_x, to_y) = source, target
        self.desk.xdotool("mousemove", x, y, "click", 1, "sleep", PAUSE)
        self.desk.xdotool("mousemove", x + wide, y, "keydown", "shift", "click", 1, "keyup", "shift", "sleep", PAUSE)
        before = self.state()
        self.desk.xdotool("mousedown", 1, "sleep", PAUSE)
        for there in ((x + 6, y + 4), (x + 20, y + 10), target, (to_x + 3, to_y + 2)):
            self.desk.xdotool("mousemove", *there, "sleep", PAUSE)
        self.desk.xdotool("mouseup", 1)
        self.wait(lambda: self.state() != before, DROP)

    def scroll(self, sheet: str, row: int) -> None:
        self.controller.setActiveSheet(self.document.Sheets.getByName(sheet))
        self.controller.getByIndex(self.controller.getCount() - 1).setFirstVisibleRow(row)

    def turn(self, way: str, times: int) -> None:
        self.controller.getFrame().getContainerWindow().setFocus()
        self.desk.xdotool("key", *[f"ctrl+{way}"] * times)

    def undo(self, times: int) -> None:
        self.back_and_forth("ctrl+z", times)

    def redo(self, times: int) -> None:
        self.back_and_forth("ctrl+y", times)

    def save(self) -> None:
        self.document.store()

    def reopen(self) -> None:
        self.document.store()
        self.desk.xdotool("mousemove", *self.spots["关于"], "sleep", PAUSE)  # closed from outside under a note, it dies
        self.document.close(True)
        remove_lock(self.path)
        self.document = open_document(self.desk.desktop, self.path)
        self.look()

    def dispatch(self, command: str, **options: Any) -> None:
        name = "com.sun.star.frame.DispatchHelper"
        helper = self.desk.context.ServiceManager.createInstanceWithContext(name, self.desk.context)
        helper.executeDispatch(self.controller.getFrame(), f".uno:{command}", "", 0, properties(**options))

    def remember(self, before: int) -> None:
        """Keep what the workbook is now, for when undo or redo come back here; what lay ahead of ``before`` is gone."""
        depth, self.seen, seen = self.depth, None, self.seen
        self.known = {} if depth >= REMEMBERED else {at: seen for at, seen in self.known.items() if at <= before}
        self.known[depth] = seen or snapshot(self.document)

    def back_and_forth(self, key: str, times: int) -> None:
        """Undo or redo so many times; each time the workbook must be what it was there."""
        for _ in range(times):
            titles = self.undoing.getAllUndoActionTitles() if key == "ctrl+z" else self.undoing.getAllRedoActionTitles()
            if not titles:
                return
            self.undone = True
            if not any(self.reaches(key, patience) for patience in PATIENCE):
                raise Fault(f"{key} of “{titles[0]}” does nothing")
            if titles[0].endswith(SHOWN) and not self.in_sight():
                raise Fault(f"{key} of “{titles[0]}” shows hidden cells")
            if self.depth in self.known:
                if titles[0] in DRAGGED:
                    self.document.calculateAll()
                now = snapshot(self.document)
                if titles[0] not in buttons.LABELS.values():
                    self.lost |= gone(self.known[self.depth], now)
                told = differences(without(self.known[self.depth], self.lost), without(now, self.lost))
                if told:
                    raise Fault(f"{key} of “{titles[0]}” left {told}")

    def reaches(self, key: str, patience: float) -> bool:
        """Press a key and return whether a step was taken back or again.

        The end of a drag holds the keyboard for a moment longer than the list of steps shows: such a key is lost, and
        a clerk presses it again.
        """
        self.controller.getFrame().getContainerWindow().setFocus()
        before = self.depth
        self.keys(key)
        return bool(self.wait(lambda: self.depth != before, patience))

    def in_sight(self) -> bool:
        """Return whether what is selected is not in hidden columns, where a clerk would see an empty window."""
        columns = getattr(self.controller.getSelection(), "Columns", None)
        return columns is None or columns.IsVisible

    def press(self, label: str, answer: str, line: int) -> None:
        """Press a button; the copy made before tells what should come of it."""
        self.close_boxes()  # what a busy machine says late
        if label == "采纳建议":
            self.select(RESULTS, f"E{RESULTS_FIRST + line}")
        file, copied = self.files.get(label), b""
        if label == "导入报告":
            copied = self.page if line % 2 else b""
            put(self.desk.context, copied, "")
        self.copies += 1
        copy = self.desk.home / f"copy{self.copies}.xlsx"
        self.document.storeToURL(copy.as_uri(), properties(FilterName=XLSX, Overwrite=True))
        lost = bare(self.document) if self.undone else {}
        before = self.desk.on_screen() if file else set()
        self.desk.xdotool("mousemove", *self.spots[label], "click", 1)
        if file:
            self.choose(file, before)
        sentences = self.answers(answer, file)
        if label == "汇总":
            self.send_back(sentences, marked=answer == "Yes")
        if label in ("汇总", "导出报告"):
            self.put_away()
        if label in ALONE:
            return
        made = self.path.with_stem(f"{self.path.stem}{ENDING}")
        if made.exists():
            made = made.rename(copy.with_stem(f"{copy.stem}_made"))
        now = self.seen = snapshot(self.document)
        sheets = {name: seen[:2] for name, seen in now.items()}
        click = Click(
            label, answer == "Yes", copy, file, copied, made if made.exists() else None, sheets, sentences, lost
        )
        self.beside.ask(self.where, click)
        if not all(seen[2] for seen in now.values()):
            raise Fault(f"{label} left a sheet unprotected")

    def send_back(self, said: list[str], *, marked: bool) -> None:
        """Mark the first unit of the summary that was opened, or none, and press 退回单 there."""
        summary = self.wait(lambda: next((one for one in self.open() if one.Sheets.hasByName(LIST)), None), SLOW)
        if summary is None:
            raise Fault(f"汇总 said {said}, and no summary is open")
        if marked:
            summary.Sheets.getByName(LIST).getCellByPosition(MARKED - 1, FIRST - 1).setString(MARK)
        self.desk.click("退回单")
        said, written = self.answers("Yes"), self.desk.home / f"{HANDED_IN}_{SLIPS}"
        if marked != any(written.glob("*.docx")):
            raise Fault(f"退回单 said {said} and wrote {sorted(written.glob('*'))}")

    def open(self) -> list[Any]:
        """Return the documents that are open besides the workbook."""
        components, found = self.desk.desktop.getComponents().createEnumeration(), []
        while components.hasMoreElements():
            if (component := components.nextElement()).getURL() != self.path.as_uri():
                found.append(component)
        return found

    def put_away(self) -> None:
        """Close what was opened, so that the workbook is in front again, and remove what was written."""
        for document in self.open():
            document.close(True)
        for made in (*self.desk.home.glob("*.docx*"), *self.desk.home.glob(f"{HANDED_IN}_*")):
            if made.name != REPORT:
                shutil.rmtree(made) if made.is_dir() else made.unlink()
        self.controller.getFrame().activate()
        self.controller.getFrame().getContainerWindow().setFocus()
