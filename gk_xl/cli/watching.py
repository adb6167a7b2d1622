"""The window of 校验.cmd stays open: after every save the workbook is checked again, and the faults listed by cell.

So a clerk who fills in with WPS, or where macros are forbidden, sees at each save what the button 校验 would say. Only
the file is looked at, once a second; the program that has it open is not touched.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from gk_xl.addin.excel import sentence
from gk_xl.cli.commands.checking import show
from gk_xl.cli.commands.copies import Copies
from gk_xl.cli.exit_codes import COULD_NOT, DONE, FOUND
from gk_xl.errors import GkXlError
from gk_xl.form.finding import Severity
from gk_xl.form.fingerprint import fingerprint
from gk_xl.intake import inspect, receive, with_reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gk_xl.form.finding import CheckResult
    from gk_xl.intake import Received

    Stamp = tuple[int, int, int]
    Fault = tuple[str, str]

PAUSE: Final = 1.0  # seconds between two looks
MISSED: Final = 10  # so many looks without a file are said


class Copy:
    """The marked copy of what is watched, written anew at every save unless it is open, or somebody changed more than reasons."""

    def __init__(self, path: Path) -> None:
        self.path, self.ours, self.content = path, _digest(path), _content(path)

    def renew(self, received: Received, result: CheckResult) -> str:
        """Write it anew and return what to say of it."""
        there = _digest(self.path)
        if there is not None and there != self.ours and _content(self.path) != self.content:
            return f"标注本“{self.path.name}”里有后来写的内容，没有更新；不需要的删去它，再保存一次。"
        try:
            said = Copies(self.path, [received.path]).write(received, result, None)
        except GkXlError as error:
            return f"标注本没有更新：{error}"
        self.ours, self.content = _digest(self.path), _content(self.path)
        return said


def watch(path: Path, copy: Path | None = None, pause: float = PAUSE) -> int:
    """Check a workbook that has been listed already after every save; the exit code of the last check, as ``check`` has it.

    ``copy`` is the marked copy of it that was written. It ends when the clerk closes the window, or stops it with Ctrl+C.
    """
    marked = Copy(copy) if copy else None
    begun = stamp(path)  # before it is read: a save that comes meanwhile counts
    code, known = DONE, None
    with suppress(GkXlError):
        result = inspect(with_reasons(receive(path), copy))
        code, known = outcome(result), faults(result)
    print(
        f"\n窗口开着的时候，每次保存“{path.name}”都会自动再校验，结果列在下面。请在这一本里改；关上窗口就结束。",
        flush=True,
    )
    try:
        for there in saves(path, lambda: time.sleep(pause), begun):
            if there:
                code, known = look(path, known, marked)
            else:
                print(f"“{path.name}”不见了：可能改了名或移走了。放回原处会接着校验；不再需要请关上窗口。", flush=True)
    except KeyboardInterrupt:
        print("已结束。")
    return code


def saves(path: Path, wait: Callable[[], object], judged: Stamp | None) -> Iterator[bool]:
    """Yield True after every save, once the file stands still; False when it has been gone for a while.

    ``judged`` is the stamp of the file that has been checked.
    """
    seen = judged
    missing = 0
    while True:
        wait()
        now = stamp(path)
        missing = 0 if now else missing + 1
        if missing == MISSED:
            yield False
        if now and now == seen and now != judged:
            judged = now
            yield True
        seen = now


def stamp(path: Path) -> Stamp | None:
    """Return what changes with every save of a file; None where there is none, as while a program replaces it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def look(path: Path, before: set[Fault] | None, copy: Copy | None = None) -> tuple[int, set[Fault] | None]:
    """Check once and list the faults, with what has changed since ``before``; return the exit code and the faults."""
    print(f"\n──────── {dt.datetime.now().astimezone():%H:%M:%S} ────────", flush=True)
    try:
        received = with_reasons(receive(path), copy.path if copy else None)
        result = inspect(received)
        show(received, result)
    except Exception as error:  # noqa: BLE001 - the window stays open, the next save is another chance
        print(sentence("watch", error), file=sys.stderr, flush=True)
        return COULD_NOT, before
    now = faults(result)
    if before is not None:
        print(f"  比上一次：改好 {len(before - now)} 处，新出现 {len(now - before)} 处。")
    if copy is not None:
        print(f"  {copy.renew(received, result)}")
    sys.stdout.flush()
    return outcome(result), now


def _digest(path: Path) -> str | None:
    """Return what tells one content of a file from another; None where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _content(path: Path) -> str:
    """Return what tells one filing from another, whatever reasons stand beside the list; empty where it cannot be read."""
    try:
        return fingerprint(receive(path).filing).whole
    except GkXlError:
        return ""


def outcome(result: CheckResult) -> int:
    """Return the exit code of a check."""
    return FOUND if result.errors else DONE


def faults(result: CheckResult) -> set[Fault]:
    """Return what has to be looked at, each fault by its rule and where it stands."""
    return {
        (finding.code, f"{finding.where.sheet} {finding.where.address}" if finding.where else finding.message)
        for finding in result.findings
        if finding.severity is not Severity.NOT_ASSESSABLE and not finding.waived
    }
