"""Real clicks in a real LibreOffice: numbers typed, buttons found by accessibility and pressed, the result looked at.

``GK_XL_STARTS=10`` repeats the main test with as many fresh starts; ``GK_XL_SHOTS=folder`` keeps the screenshots and
the measured seconds there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx
import pytest

from gk_xl.engines.libreoffice.process import Office, desktop_of, open_document, properties
from gk_xl.form.filing import Filing
from gk_xl.packaging.oxt import build_oxt
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.layout import FLAGS, RESULTS, RESULTS_FIRST

pytestmark = pytest.mark.application

ROOT = Path(__file__).parents[2]
STARTS = int(os.environ.get("GK_XL_STARTS", "1"))
NOBODY = 65534
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
PUSH_BUTTON, STATIC = 44, 86  # com.sun.star.accessibility.AccessibleRole
T3 = "三、依申请公开"
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


class Desk:
    """A screen of its own with a window manager and a LibreOffice that has the extension, all run by nobody."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        self.shots = Path(os.environ.get("GK_XL_SHOTS") or folder / "shots")
        self.shots.mkdir(parents=True, exist_ok=True)
        self.home.mkdir()
        self.prefix = AS_NOBODY if os.geteuid() == 0 else []
        self.processes: list[subprocess.Popen] = []
        self.office: Office | None = None

    def start(self) -> None:
        """Start screen, window manager and LibreOffice, with the extension built now."""
        reading, writing = os.pipe()
        screen = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
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
            visible=True, profile=profile, prefix=self.prefix, environment=self.environment,
            address=f"socket,host=127.0.0.1,port={port}",
        )  # fmt: skip
        self.context = self.office.connect()
        self.desktop = desktop_of(self.context)

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

    def stop(self) -> None:
        """End everything that was started."""
        if self.office is not None:
            self.office.stop()
        for process in reversed(self.processes):
            process.terminate()
            process.wait(10)

    # looking ------------------------------------------------------------------------------------------------

    def windows(self) -> list:
        """Return the accessible contexts of all windows, the newest last."""
        create = self.context.ServiceManager.createInstanceWithContext
        toolkit = create("com.sun.star.awt.Toolkit", self.context)
        return [toolkit.getTopWindow(n).getAccessibleContext() for n in range(toolkit.getTopWindowCount())]

    def seen(self, context, depth: int = 6):
        """Yield an accessible context and what is in it."""
        yield context
        for number in range(min(context.getAccessibleChildCount(), 60) if depth else 0):
            with contextlib.suppress(Exception):
                yield from self.seen(context.getAccessibleChild(number).getAccessibleContext(), depth - 1)

    def button(self, name: str):
        """Return the push button of this name in the window in front; None without one."""
        front = self.desktop.getCurrentFrame().getContainerWindow().getAccessibleContext()
        for context in (front, *self.windows()):
            for item in self.seen(context):
                if (
                    item.getAccessibleRole() == PUSH_BUTTON
                    and item.getAccessibleName() == name
                    and item.getSize().Width
                ):
                    return item
        return None

    def box(self) -> str:
        """Return the text of the message box that is shown, empty without one."""
        for window in self.windows():
            if window.getAccessibleName() == "政府信息公开年报":
                return "".join(i.getAccessibleName() for i in self.seen(window, 3) if i.getAccessibleRole() == STATIC)
        return ""

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
        place, size = item.getLocationOnScreen(), item.getSize()
        self.xdotool("mousemove", place.X + size.Width // 2, place.Y + size.Height // 2)
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
        if button:
            self.click(button)
        else:
            self.xdotool("key", "Return")
        wait(lambda: self.box() != text, "the message box to close")
        return text


@pytest.fixture
def desk():
    """A desk in a folder that every user may enter: pytest closes its own to all others, at the start of every run."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="gk_xl_desk_"))
    folder.chmod(0o755)
    made = Desk(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def address_of(cell: str, right: int = 0) -> str:
    return content_for(right_filing()).layout.names[cell].right(right).address


def right_filing() -> Filing:
    return right()


def flag(document, cell: str) -> float:
    """Return the level that stands in the hidden flag of a cell."""
    return document.Sheets.getByName(T3).getCellRangeByName(address_of(cell, FLAGS)).getValue()


def flags(document) -> int:
    """Return how many cells of table three are flagged."""
    block = document.Sheets.getByName(T3).getCellRangeByName("U1:AD40").getDataArray()
    return sum(bool(value) for row in block for value in row)


def note(document, cell: str) -> str:
    return document.Sheets.getByName(T3).getCellRangeByName(address_of(cell)).getAnnotation().getString()


def listed(document) -> list[tuple]:
    sheet = document.Sheets.getByName(RESULTS)
    rows = sheet.getCellRangeByName(f"A{RESULTS_FIRST}:G{RESULTS_FIRST + 60}").getDataArray()
    return [row for row in rows if row[1]]


def protected(document) -> bool:
    return all(document.Sheets.getByName(name).isProtected() for name in document.Sheets.ElementNames)


@pytest.mark.parametrize("start", range(STARTS))
def test_a_clerks_session(desk, start):
    """Wrong total typed → 校验 marks it, names the value; undone and redone; corrected → cleared; 导出报告 → Word file."""
    total = "t3.received_new.total"
    good = right().cells[total]
    document = desk.open(build_workbook(right()))
    desk.type(document, address_of(total), f"{good}1")
    began = desk.click("校验")
    wait(lambda: flag(document, total) == 3, "the flag")
    first = time.monotonic() - began
    wait(desk.box, "the message box")
    desk.shot(f"{start:02}_1_marked")
    assert desk.answer().startswith("✗ 未通过：错误")
    assert f"应为 {good}" in note(document, total)
    assert any(f"改为 {good}" in str(row[5]) for row in listed(document))
    assert document.Sheets.getByName(RESULTS).getCellRangeByName("C2").getString().startswith("✗ 未通过")
    assert protected(document)

    document.getCurrentController().getFrame().getContainerWindow().setFocus()
    desk.xdotool("key", "ctrl+z")
    wait(lambda: not flags(document) and not listed(document), "one Ctrl+Z to take the whole click back")
    assert note(document, total) == ""
    assert protected(document)
    desk.xdotool("key", "ctrl+y")
    wait(lambda: flag(document, total) == 3 and listed(document), "Ctrl+Y to bring it back")
    document.getCurrentController().setActiveSheet(document.Sheets.getByName(RESULTS))
    desk.shot(f"{start:02}_2_list")

    desk.type(document, address_of(total), str(good), finished=False)  # still in the cell when the button is pressed
    began = desk.click("校验")
    wait(lambda: not flags(document), "the flags to go")
    second = time.monotonic() - began
    desk.shot(f"{start:02}_3_cleared")
    assert desk.answer().startswith(("✓ 通过", "！请确认"))
    assert document.Sheets.getByName(T3).getCellRangeByName(address_of(total)).getValue() == good
    assert note(document, total) == ""
    assert protected(document)
    (desk.shots / f"{start:02}_seconds.txt").write_text(f"first {first:.3f} second {second:.3f}\n")

    desk.click("导出报告")
    made = wait(lambda: next(desk.home.glob("*.docx"), None), "the Word file")
    wait(lambda: any(url.endswith(".docx") for url in desk.open_files()), "Writer to open it")
    wait(desk.box, "the message box")
    desk.shot(f"{start:02}_4_report")
    assert "已导出" in desk.answer()
    report = docx.Document(str(made))
    assert report.tables
    text = "".join(paragraph.text for paragraph in report.paragraphs)
    assert right().title in text.replace("\n", "")
    assert "校验未通过" not in text


def test_ten_warm_clicks(desk, record_property):
    """The median of ten clicks in a running LibreOffice takes at most one second to the flags."""
    total, seconds = "t3.received_new.total", []
    document = desk.open(build_workbook(right()))
    desk.click("校验")
    desk.answer()
    cell = document.Sheets.getByName(T3).getCellRangeByName(address_of(total))
    good = cell.getValue()
    for number in range(10):
        wrong = number % 2 == 0
        cell.setValue(good + 10 if wrong else good)
        began = desk.click("校验")
        wait(lambda wrong=wrong: (flag(document, total) == 3) == wrong, "the flag")
        seconds.append(time.monotonic() - began)
        desk.answer()
    median = statistics.median(seconds)
    record_property("click_to_flags_seconds", median)
    told = f"median {median:.3f} of {' '.join(f'{value:.3f}' for value in seconds)}\n"
    (desk.shots / "warm_seconds.txt").write_text(told)
    assert median <= 1.0, told


def test_wrong_windows_questions_and_dialogs(desk):
    """Another workbook in front, no line chosen, no file chosen, a no to a question: a sentence each, nothing changed."""
    document = desk.open(build_workbook(right()))
    before = document.Sheets.getByName(T3).getCellRangeByName("A1:AD40").getDataArray()
    desk.click("采纳建议")
    assert "点选一行" in desk.answer()
    desk.click("载入上年")
    wait(lambda: len(desk.windows()) > 1, "the file dialog")
    time.sleep(1)
    desk.shot("dialog")
    desk.xdotool("key", "Escape")
    assert "没有选择文件" in desk.answer()
    document.Sheets.getByName(T3).getCellRangeByName(address_of("t3.granted.research")).setString("")
    desk.click("一键补零")
    wait(desk.box, "the question")
    desk.shot("question")
    assert "填成 0 吗" in desk.answer("No")
    assert "没有补零" in desk.answer()
    document.Sheets.getByName(T3).getCellRangeByName(address_of("t3.granted.research")).setValue(0)
    desk.click("关于")
    assert "政府信息公开年报工具" in desk.answer()
    other = desk.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties())
    wait(lambda: desk.button("校验"), "the toolbar of the other window")
    desk.click("校验")
    told = desk.answer()
    assert "请切换到“年报.xlsx”的窗口" in told
    other.close(True)
    assert document.Sheets.getByName(T3).getCellRangeByName("A1:AD40").getDataArray() == before
