"""A desk for the tests: a screen, a window manager and a LibreOffice with the extension, driven by mouse and keys."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gk_xl.engines.libreoffice.clipboard import PROVIDER, UPDATE
from gk_xl.engines.libreoffice.process import Office, desktop_of, open_document, properties
from gk_xl.form.filing import Filing
from gk_xl.packaging.oxt import build_oxt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
NOBODY = 65534
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
ERRORS = "stderr.txt"
KEEPING = ["sh", "-c", f'ulimit -c unlimited; cd "$HOME" && exec "$@" 2>{ERRORS}', "sh"]  # what a crash leaves behind
BACKTRACE = ["gdb", "-batch", "-ex", "thread apply all bt 40"]
MENU_BAR, PUSH_BUTTON, STATUS_BAR, STATIC = 35, 44, 57, 86  # com.sun.star.accessibility.AccessibleRole
T3 = "三、依申请公开"
BOX = "政府信息公开年报"  # the title of the extension's message boxes
PATIENCE = 30.0  # seconds
NEEDED = ("Xvfb", "openbox", "xdotool", "soffice", "unopkg", "setpriv", "import")


def right() -> Filing:
    """Return the example that passes every check."""
    return Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))


def wait(condition, what: str, seconds: float = PATIENCE):
    """Return what ``condition`` returns once it is true; the test fails when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(Exception):  # windows come and go while they are asked
            found = condition()
            if found:
                return found
        time.sleep(0.01)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


def stacks(*of: object) -> str:
    """Return the stacks of the threads of a core or a process, as gdb takes it; empty without gdb."""
    if not shutil.which("gdb"):
        return ""
    done = subprocess.run([*BACKTRACE, *map(str, of)], capture_output=True, text=True, errors="replace", check=False)
    return "\n".join(line[:200] for line in done.stdout.splitlines() if line.startswith(("#", "Thread", "Program")))


def middle(item) -> tuple[int, int]:
    """Return where the middle of something accessible is on the screen."""
    place, size = item.getLocationOnScreen(), item.getSize()
    return place.X + size.Width // 2, place.Y + size.Height // 2


class Desk:
    """A screen of its own with a window manager and a LibreOffice that has the extension, all run by nobody."""

    def __init__(self, folder: Path, screen: str = "1600x1000") -> None:
        self.folder, self.home, self.screen = folder, folder / "home", screen
        self.shots = Path(os.environ.get("GK_XL_SHOTS") or folder / "shots")
        self.shots.mkdir(parents=True, exist_ok=True)
        self.home.mkdir()
        self.prefix = AS_NOBODY if os.geteuid() == 0 else []
        self.processes: list[subprocess.Popen] = []
        self.office: Office | None = None

    def start(self) -> None:
        """Start screen, window manager and LibreOffice, with the extension built now."""
        reading, writing = os.pipe()
        screen = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{self.screen}x24", "-nolisten", "tcp"]
        self.processes.append(subprocess.Popen(screen, pass_fds=[writing], stderr=subprocess.DEVNULL))
        os.close(writing)
        with os.fdopen(reading) as answer:
            display = f":{answer.readline().strip()}"
        drop = ("PYTHONPATH", "PYTHONHOME", "WAYLAND_DISPLAY")
        keep = {name: value for name, value in os.environ.items() if name not in drop}
        own = {
            "DISPLAY": display,
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "SAL_USE_VCLPLUGIN": "gen",
        }
        self.environment = {**keep, **own}
        self.own(self.home)
        self.processes.append(
            subprocess.Popen([*self.prefix, "openbox"], env=self.environment, stderr=subprocess.DEVNULL)
        )
        extension = self.folder / "gk_xl.oxt"
        extension.write_bytes(build_oxt(str(self.interpreter())))
        profile = self.home / "profile"
        installation = f"-env:UserInstallation={profile.as_uri()}"
        command = [*self.prefix, "unopkg", "add", "-f", installation, str(extension)]
        subprocess.run(command, env=self.environment, check=True, capture_output=True, timeout=60)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.office = Office(
            visible=True, profile=profile, prefix=[*self.prefix, *KEEPING], environment=self.environment,
            address=f"socket,host=127.0.0.1,port={port}",
        )  # fmt: skip
        self.context = self.office.connect()
        self.desktop = desktop_of(self.context)
        self.without_tips()

    def without_tips(self) -> None:
        """Let LibreOffice show no tip where the mouse rests.

        To list the windows gives each a peer, as nothing else does to a tip, and LibreOffice 7.4 can end when it shows
        the next tip with the peer of the last (VCLXWindow below Help::ShowQuickHelp): our question, not the clerk's.
        """
        provider = self.context.ServiceManager.createInstanceWithContext(PROVIDER, self.context)
        node = properties(nodepath="/org.openoffice.Office.Common/Help")
        access = provider.createInstanceWithArguments(UPDATE, node)
        access.Tip = access.ExtendedTip = False
        access.commitChanges()

    def interpreter(self) -> Path:
        """Return this Python as nobody can run it: root's own home is closed to others."""
        script = self.folder / "python"
        packages = ":".join(path for path in sys.path if path.endswith("site-packages"))
        script.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT}:{packages} exec {self.open_python()} "$@"\n')
        script.chmod(0o755)
        return script

    @staticmethod
    def open_python() -> str:
        """Return an interpreter of this minor version that every user may run."""
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        for path in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
            probe = ["sh", "-c", 'exec "$0" -c ""', path]  # by way of sh: setpriv itself still has root's rights
            if (
                os.geteuid() != 0
                or not subprocess.run([*AS_NOBODY, *probe], check=False, capture_output=True).returncode
            ):
                return path
        pytest.skip(f"no {version} that every user may run")

    def own(self, path: Path) -> None:
        """Give a file or folder to nobody."""
        if self.prefix:
            os.chown(path, NOBODY, NOBODY)

    def open(self, data: bytes, name: str = "年报.xlsx"):
        """Return the document LibreOffice shows of a workbook."""
        path = self.home / name
        path.write_bytes(data)
        self.own(path)
        document = open_document(self.desktop, path)
        wait(lambda: self.button("校验"), "the toolbar")
        return document

    def last_words(self) -> str:
        """Return what a LibreOffice that is gone left behind: exit code, what it wrote, the stacks of its threads."""
        code = None
        if self.office is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):  # it takes a while to write its core
                code = self.office.process.wait(PATIENCE)
        told = [
            f"exit code {'none: it still runs' if code is None else code} (128 + the signal, 137: killed by others)"
        ]
        errors = self.home / ERRORS
        told += errors.read_text(encoding="utf-8", errors="replace").splitlines()[-400:] if errors.exists() else []
        program = Path(shutil.which("soffice") or "soffice").resolve().with_name("soffice.bin")
        for core in self.home.glob("core*"):
            told.append(stacks(program, core))
        return "\n".join(told)

    def take_down(self) -> None:
        """End a LibreOffice that answers no more; where it stands is written to its errors first."""
        group = ["pgrep", "-g", str(self.office.process.pid if self.office else 0), "soffice.bin"]
        for found in subprocess.run(group, capture_output=True, text=True, check=False).stdout.split():
            with (self.home / ERRORS).open("a", encoding="utf-8") as errors:
                errors.write(f"LibreOffice answers no more, taken down:\n{stacks('-p', found)}\n")
            os.kill(int(found), signal.SIGKILL)

    def stop(self) -> None:
        """End everything that was started."""
        if self.office is not None:
            self.office.stop()
        for process in reversed(self.processes):
            process.terminate()
            process.wait(10)

    # looking ------------------------------------------------------------------------------------------------

    @cached_property
    def toolkit(self):
        """What knows all windows; asked for once, for it is asked again and again."""
        return self.context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", self.context)

    def windows(self) -> list:
        """Return the accessible contexts of all windows, the newest last."""
        return [window.getAccessibleContext() for window in self.tops()]

    def tops(self) -> list:
        """Return all windows, the newest last."""
        toolkit = self.toolkit
        found = [toolkit.getTopWindow(number) for number in range(toolkit.getTopWindowCount())]
        return [window for window in found if window is not None]

    def seen(self, context, depth: int = 6):
        """Yield an accessible context and what is in it, menus and the status bar left out: hundreds of items."""
        yield context
        if context.getAccessibleRole() in (MENU_BAR, STATUS_BAR):
            return
        for number in range(min(context.getAccessibleChildCount(), 60) if depth else 0):
            with contextlib.suppress(Exception):
                yield from self.seen(context.getAccessibleChild(number).getAccessibleContext(), depth - 1)

    def push_buttons(self) -> Iterator:
        """Yield the push buttons that are shown, those of the window in front first."""
        front = self.desktop.getCurrentFrame().getContainerWindow().getAccessibleContext()
        for context in (front, *self.windows()):
            for item in self.seen(context):
                if item.getAccessibleRole() == PUSH_BUTTON and item.getSize().Width:
                    yield item

    def button(self, name: str):
        """Return the push button of this name in the window in front; None without one."""
        return next((item for item in self.push_buttons() if item.getAccessibleName() == name), None)

    def spots(self, names: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return where the middle of each of these buttons is on the screen, by name."""
        wanted, found = set(names), {}
        for item in self.push_buttons():
            if (name := item.getAccessibleName()) in wanted - set(found):
                found[name] = middle(item)
            if len(found) == len(wanted):
                break
        return found

    def box(self) -> str:
        """Return the text of the message box that is shown, empty without one."""
        for window in self.windows():
            if window.getAccessibleName() == BOX:
                return "".join(i.getAccessibleName() for i in self.seen(window, 3) if i.getAccessibleRole() == STATIC)
        return ""

    def has_window(self, title: str) -> bool:
        """Return whether the screen shows a window of this title; the screen is asked, not LibreOffice."""
        search = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        return not subprocess.run(search, env=self.environment, check=False, capture_output=True).returncode

    def on_screen(self) -> set[str]:
        """Return the windows that the screen shows, by their numbers; the screen is asked, not LibreOffice."""
        search = ["xdotool", "search", "--onlyvisible", "--name", "."]
        found = subprocess.run(search, env=self.environment, check=False, capture_output=True, text=True)
        return set(found.stdout.split())

    def open_files(self) -> list[str]:
        """Return the addresses of all documents that are open."""
        components, found = self.desktop.getComponents().createEnumeration(), []
        while components.hasMoreElements():
            found.append(components.nextElement().getURL())
        return found

    def shot(self, name: str) -> Path:
        """Keep a picture of the screen, once it has been painted."""
        time.sleep(0.6)
        path = self.shots / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)
        return path

    # doing --------------------------------------------------------------------------------------------------

    def xdotool(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True)

    def click(self, name: str) -> float:
        """Press a button with the mouse and return when."""
        item = wait(lambda: self.button(name), f"the button {name}")
        self.xdotool("mousemove", *middle(item))
        began = time.monotonic()
        self.xdotool("click", 1)
        return began

    def type(self, document, address: str, text: str, *, finished: bool = True) -> None:
        """Type into a cell of table three as a clerk does; not ``finished``: without the Return at the end."""
        sheet = document.Sheets.getByName(T3)
        controller = document.getCurrentController()
        controller.setActiveSheet(sheet)
        controller.select(sheet.getCellRangeByName(address))
        controller.getFrame().getContainerWindow().setFocus()
        self.xdotool("type", "--delay", 30, text)
        if finished:
            self.xdotool("key", "Return")
            cell = sheet.getCellRangeByName(address)
            wait(lambda: cell.getString() == text, f"{text} in {address}")

    def answer(self, button: str = "") -> str:
        """Return the text of the message box that comes up, and close it: with Return, or with a button."""
        text = wait(self.box, "a message box")
        for patience in (5.0, 30.0):  # a box that is not yet in front loses a key
            if button:
                self.click(button)
            else:
                self.xdotool("key", "Return")
            with contextlib.suppress(AssertionError):
                wait(lambda: self.box() != text, "the message box to close", patience)
                break
        else:
            raise AssertionError(f"the message box does not close: {text}")
        return text


@contextlib.contextmanager
def desk_of_its_own(screen: str = "1600x1000") -> Iterator[Desk]:
    """Yield a desk in a folder that every user may enter: pytest closes its own to all others, at every run's start."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="gk_xl_desk_"))
    folder.chmod(0o755)
    made = Desk(folder, screen)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
