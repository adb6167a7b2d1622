"""What a clerk's hands do to 表三 with mouse and keys: a cell dragged, one cut and pasted, undo between the buttons, 修复."""

from __future__ import annotations

import contextlib
import time

import pytest

from gk_xl.intake import receive
from gk_xl.workbook.build import build_workbook
from tests.real_apps.desk import T3, desk_of_its_own, right, wait
from tests.real_apps.test_paste import TABLE, looks

pytestmark = pytest.mark.application


@pytest.fixture(scope="module")
def desk():
    with desk_of_its_own("1920x1200") as made:
        yield made


def cell_on_screen(desk, address: str):
    """Return the middle of a cell that is in sight, in points of the screen."""
    column, row = ord(address[0]) - 65, int(address[1:]) - 1
    for window in desk.windows():
        for item in desk.seen(window, 8):
            if hasattr(item, "getAccessibleCellAt"):
                cell = item.getAccessibleCellAt(row, column).getAccessibleContext()
                place, size = cell.getLocationOnScreen(), cell.getSize()
                if size.Width > 0:
                    return place.X + size.Width // 2, place.Y + size.Height // 2
    return None


def drag(desk, first: str, last: str, target: str) -> None:
    """Mark cells with the mouse and drag them so that the first comes to lie on another, as a hand does."""
    start, end, to = (wait(lambda a=a: cell_on_screen(desk, a), a) for a in (first, last, target))
    for source, goal in ((start, end), (start, to)):
        desk.xdotool("mousemove", *source, "mousedown", 1)
        for part in range(1, 11):
            desk.xdotool("mousemove", *(s + (g - s) * part // 10 for s, g in zip(source, goal, strict=True)))
            time.sleep(0.05)
        desk.xdotool("mouseup", 1)
        time.sleep(0.5)


def go(desk, document, address: str) -> None:
    """Put the cursor on a cell of 表三, with the keys going there."""
    sheet = document.Sheets.getByName(T3)
    controller = document.getCurrentController()
    controller.setActiveSheet(sheet)
    controller.select(sheet.getCellRangeByName(address))
    controller.getFrame().getContainerWindow().setFocus()


def keys(desk, words: str, condition, what: str) -> None:
    """Press keys, answer LibreOffice's question whether to overwrite, and wait for what comes of it."""
    desk.xdotool("key", words)
    time.sleep(0.7)
    with contextlib.suppress(AssertionError):
        wait(condition, what, 2)
        return
    desk.xdotool("key", "Return")
    wait(condition, what)


def test_a_clerks_day(desk):
    """Numbers dragged, one cut and pasted: 校验 puts the form right as one step and says where to look; 修复 keeps all."""
    document = desk.open(build_workbook(right()))
    sheet = document.Sheets.getByName(T3)
    undo = document.getUndoManager()

    def text(address):
        return sheet.getCellRangeByName(address).getString()

    def numbers():
        return sheet.getCellRangeByName(TABLE).getDataArray()

    go(desk, document, "D6")
    before, filled = looks(document, T3, TABLE), numbers()
    drag(desk, "E8", "E9", "G8")
    keys(desk, "shift", lambda: (text("E8"), text("G8")) == ("", "1"), "the numbers dragged")
    go(desk, document, "F8")
    keys(desk, "ctrl+x", lambda: not text("F8"), "the number cut")
    go(desk, document, "F10")
    keys(desk, "ctrl+v", lambda: len(undo.getAllUndoActionTitles()) == 3, "the number pasted")
    desk.shot("day_1_moved")
    moved = numbers()
    assert looks(document, T3, TABLE) != before
    desk.click("校验")
    wait(desk.box, "the message box")
    desk.shot("day_2_healed")
    said = desk.answer()
    assert said.startswith("已恢复 4 格的格式（“三、依申请公开”E8:F8、“三、依申请公开”E9、“三、依申请公开”F10）")
    assert "“三、依申请公开”E8 移到了 G8" in said
    assert "✗ 未通过" in said
    assert (looks(document, T3, TABLE), numbers()) == (before, moved)
    assert undo.getAllUndoActionTitles()[0] == "恢复格式、校验"
    for count in (3, 2, 1, 0):
        keys(desk, "ctrl+z", lambda count=count: len(undo.getAllUndoActionTitles()) == count, "one step back")
    assert (looks(document, T3, TABLE), numbers()) == (before, filled)
    for count in (1, 2, 3, 4):
        keys(desk, "ctrl+y", lambda count=count: len(undo.getAllUndoActionTitles()) == count, "one step again")
    assert (looks(document, T3, TABLE), numbers()) == (before, moved)
    desk.click("一键补零")
    assert "3 个空着的格" in desk.answer("Yes")
    assert desk.answer().startswith("已把 3 个空格填成 0")
    desk.shot("day_3_zeros")
    document.store()
    document.close(True)
    path = desk.home / "年报.xlsx"
    document = desk.open(path.read_bytes())
    desk.click("修复")
    wait(desk.box, "the message box")
    desk.shot("day_4_repaired")
    assert "已修复到" in desk.answer()
    document.close(True)
    found = receive(desk.home / "年报_修复.xlsx").filing
    zeros = ("t3.granted.commercial", "t3.granted.research", "t3.partial.commercial")
    assert found.cells == right().with_cells({**dict.fromkeys(zeros, 0), "t3.granted.public_interest": 1}).cells
    assert found.narrative == right().narrative
