"""Where a message box stands on a clerk's screen: beside the cell that it speaks of, never on it."""

from __future__ import annotations

import pytest

from gk_xl.workbook.build import build_workbook
from tests.real_apps.desk import BOX, T3, desk_of_its_own, right, wait

pytestmark = pytest.mark.application
T4, TEXT = "四、复议诉讼", "一、总体情况"


@pytest.fixture(scope="module")
def desk():
    with desk_of_its_own("1366x768") as made:
        yield made


def rectangle(item):
    """Return left, top, right and bottom of something accessible on the screen."""
    place, size = item.getLocationOnScreen(), item.getSize()
    return place.X, place.Y, place.X + size.Width, place.Y + size.Height


def cell_rectangle(desk, address):
    column, row = ord(address[0]) - 65, int(address[1:]) - 1
    for window in desk.windows():
        for item in desk.seen(window, 8):
            if hasattr(item, "getAccessibleCellAt"):
                found = rectangle(item.getAccessibleCellAt(row, column).getAccessibleContext())
                if found[2] > found[0]:
                    return found
    return None


def test_the_box_leaves_the_cell_in_sight(desk):
    """Everywhere on the screen: above, in the middle, below, in a tall row of text; after 下一处 as after 校验."""
    wrong = right().with_cells({"t3.received_new.total": 9, "t4.suit_direct.total": 2, "t3.carried_out.total": 4})
    document = desk.open(build_workbook(wrong))
    controller = document.getCurrentController()
    for title, address in ((T3, "E8"), (T3, "E14"), (T3, "F22"), (T3, "J30"), (T4, "J6"), (TEXT, "B5"), (TEXT, "B9")):
        sheet = document.Sheets.getByName(title)
        controller.setActiveSheet(sheet)
        controller.select(sheet.getCellRangeByName(address))
        cell = wait(lambda a=address: cell_rectangle(desk, a), address)
        desk.click("校验")
        wait(desk.box, "the message box")
        shot = desk.shot(f"box_{title[0]}_{address}")
        (box,) = [rectangle(window) for window in desk.windows() if window.getAccessibleName() == BOX]
        apart = box[2] <= cell[0] or cell[2] <= box[0] or box[3] <= cell[1] or cell[3] <= box[1]
        assert apart, f"{title} {address} {cell} under {box}: {shot}"
        assert min(box) >= 0, box
        assert (box[2] <= 1366, box[3] <= 768) == (True, True), box
        desk.answer("No")
    document.close(True)
