"""The window of a spreadsheet: what is selected, what stands in front, what its menu does. Hidden windows, too."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from gk_xl.engines.libreoffice.process import load_uno, properties

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE, POSITION, POSITION_AND_SIZE = (1200, 800), 3, 15  # com.sun.star.awt.PosSize
TOP, BOTTOM = 0.22, 0.92  # where the cells of a window begin and end, as parts of its height
LOW, LEFT = 0.62, 0.3  # where a box stands that leaves the cells above it in sight


@contextlib.contextmanager
def shown(sheet: Any) -> Iterator[Any]:
    """Bring a sheet to the front for a while, and yield its window's controller: much belongs to the window.

    A window that was never shown has no size, and freezes nothing; it is given one.
    """
    controller = sheet.book.uno.getCurrentController()
    before, window = controller.getActiveSheet(), controller.getFrame().getComponentWindow()
    if not window.getPosSize().Width:
        window.setPosSize(0, 0, *SIZE, POSITION_AND_SIZE)
    controller.setActiveSheet(sheet.uno)
    try:
        yield controller
    finally:
        controller.setActiveSheet(before)


@contextlib.contextmanager
def selected(area: Any) -> Iterator[Any]:
    """Select a range for a while, and yield its window's controller; what was selected before is so again."""
    controller = area.sheet.book.uno.getCurrentController()
    sheet, before = controller.getActiveSheet(), controller.getSelection()
    controller.select(area.uno)
    try:
        yield controller
    finally:
        controller.setActiveSheet(sheet)
        controller.select(before)


def aside(frame: Any) -> tuple[int, int] | None:
    """Return where a box on a window leaves the selected cell in sight, in dots of the screen; None where none is selected.

    LibreOffice puts a box into the middle of the window, and the cell that it speaks of is often there.
    """
    controller = frame.getController()
    if not hasattr(controller, "getActiveSheet") or not hasattr(cell := controller.getSelection(), "getRangeAddress"):
        return None
    sheet, seen, row = controller.getActiveSheet(), controller.getVisibleRange(), cell.getRangeAddress().EndRow

    def top(number: int) -> int:
        return int(sheet.getCellByPosition(0, number).Position.Y)

    frozen = controller.getSplitRow() if controller.hasFrozenPanes() else 0
    if not seen.StartRow <= row <= seen.EndRow:
        return None
    above, shown = top(frozen), top(seen.EndRow + 1) - top(seen.StartRow)
    end = TOP + (BOTTOM - TOP) * (above + top(row + 1) - top(seen.StartRow)) / max(1, above + shown)
    place = frame.getContainerWindow().getPosSize()
    return place.X + int(place.Width * LEFT), place.Y + int(place.Height * (LOW if end < LOW else TOP))


def state(controller: Any, context: Any, command: str) -> bool:
    """Return whether a command of the menu that is switched on and off is on."""
    import unohelper
    from com.sun.star.frame import XStatusListener

    url = load_uno().createUnoStruct("com.sun.star.util.URL")
    url.Complete = f".uno:{command}"
    _, url = context.ServiceManager.createInstanceWithContext("com.sun.star.util.URLTransformer", context).parseStrict(
        url
    )
    told: list[bool] = []

    class Listener(unohelper.Base, XStatusListener):  # type: ignore[misc]
        """What LibreOffice tells of the command's state."""

        def statusChanged(self, event: Any) -> None:  # noqa: N802 - UNO's name
            told.append(bool(event.State))

        def disposing(self, event: Any) -> None:
            """Nothing is kept."""

    listener, doer = Listener(), controller.getFrame().queryDispatch(url, "", 0)
    doer.addStatusListener(listener, url)
    doer.removeStatusListener(listener, url)
    return told[-1]


def carry_out(controller: Any, context: Any, command: str, **arguments: Any) -> None:
    """Carry out a command of the menu."""
    helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    helper.executeDispatch(controller.getFrame(), f".uno:{command}", "", 0, properties(**arguments))
