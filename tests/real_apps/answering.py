"""What a window asks and says: its message boxes and file dialogs, answered with the mouse and the keys."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

from gk_xl.addin.wording import GO
from tests.real_apps.clipboard import copied_text
from tests.real_apps.desk import BOX, PUSH_BUTTON, middle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.real_apps.desk import Desk

ALERT, DIALOG = 1, 12  # com.sun.star.accessibility.AccessibleRole
QUICK, SLOW = 1.5, 60.0  # seconds: for a key to be worked off, for a button
LOOKS = 0.1  # seconds: between two looks for a window, each of which is a program that starts
TRIES = 5
GONE = "LibreOffice is gone"
COPIED = "剪贴板里有"  # how the question about what was copied begins
BROKEN = "程序内部出错"  # what a button says of an exception nobody foresaw


class Fault(AssertionError):
    """What must not be."""


class Answering:
    """Whoever sits at a desk and answers what LibreOffice and the extension ask."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def wait(self, condition: Callable[[], Any], seconds: float = QUICK, every: float = 0.05) -> Any:
        """Return what a condition comes to, within some time, asked every so many; its last answer otherwise."""
        end = time.monotonic() + seconds
        while True:
            found = None
            with contextlib.suppress(Exception):  # windows come and go while they are asked
                found = condition()
            if found or time.monotonic() > end:
                return found
            self.alive()
            time.sleep(every)

    def alive(self) -> None:
        if self.desk.office is None or self.desk.office.process.poll() is not None:
            raise Fault(GONE)

    def box(self) -> str:
        """Return the text of the extension's message box, empty without one.

        LibreOffice is asked once the window is there: to count its windows while a button makes or ends one can end it
        (SetWindowPeer below Application::GetTopWindowCount), which is no fault of the button.
        """
        return self.desk.box() if self.desk.has_window(BOX) else ""

    def boxes(self) -> list[Any]:
        """Return the dialogs that are shown."""
        found = []
        for window in self.desk.tops():
            with contextlib.suppress(Exception):  # it closes while it is asked
                if window.getAccessibleContext().getAccessibleRole() in (ALERT, DIALOG):
                    found.append(window.getAccessibleContext())
        return found

    def close_boxes(self) -> None:
        """Close what LibreOffice itself says: that a cell is protected, that pasting replaces data."""
        for _ in range(4):
            if not self.boxes():
                return
            self.desk.xdotool("key", "Return")
            self.wait(lambda: not self.boxes())
        if not self.wait(lambda: not self.boxes(), SLOW):
            raise Fault("a dialog does not close: " + "; ".join(box.getAccessibleName() for box in self.boxes()))

    def choose(self, path: Path, before: set[str]) -> None:
        """Name a file in the dialog that comes up; without a dialog the button has something else to say.

        The screen is asked for a window that was not there before, for the reason told in :meth:`box`.
        """
        self.wait(lambda: self.desk.on_screen() - before, SLOW, LOOKS)
        self.wait(lambda: self.boxes() or self.box(), SLOW, LOOKS)
        if self.box():
            return
        for _ in range(TRIES):  # a dialog that is not yet in front loses keys
            self.desk.xdotool("key", "ctrl+a")
            self.desk.xdotool("type", "--delay", 5, path.as_posix())
            self.desk.xdotool("key", "ctrl+a", "ctrl+c")
            if self.wait(lambda: copied_text(self.desk.context) == path.as_posix()):
                break
        self.desk.xdotool("key", "Return")

    def answers(self, answer: str, path: Path | None = None) -> list[str]:
        """Answer questions until the last sentence is told; return all that was said.

        Whoever will not have what was copied is asked for a file, and names ``path``.
        """
        said: list[str] = []
        while True:
            text = self.wait(self.box, SLOW, LOOKS)
            if not text:
                raise Fault(f"no message box after {said}")
            if BROKEN in text:
                raise Fault(text)
            said.append(text.removesuffix(GO))
            wanted = self.push(answer)
            if asked := wanted is not None:
                self.desk.xdotool("mousemove", *wanted, "click", 1)
            else:
                self.desk.xdotool("key", "Return")
            self.wait(lambda text=text: self.box() != text, SLOW, LOOKS)
            if path and text.startswith(COPIED) and answer == "No":
                self.choose(path, set())
            if not asked or text.endswith(GO):
                return said

    def push(self, name: str) -> tuple[int, int] | None:
        """Return where a button of the dialog is; None without one."""
        for box in self.boxes():
            for item in self.desk.seen(box, 3):
                if item.getAccessibleRole() == PUSH_BUTTON and item.getAccessibleName() == name:
                    return middle(item)
        return None
