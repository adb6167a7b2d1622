"""The project's own interpreter, asked by an application's Python that has only the standard library.

``python -P -m gk_xl.addin.worker report VERSION`` reads a filing with its findings as JSON from standard input and
writes the Word report to standard output. ``… receive VERSION FILE`` writes the filing of a workbook or of a published
report as JSON. ``… import VERSION YEAR [FILE]`` writes what a report, or HTML on standard
input, holds, with what is doubtful, as JSON. ``… repair VERSION FILE NAME`` writes the repaired workbook and its account as JSON. ``… county VERSION WHAT FOLDER``
writes a county's summary or slips and says so. What goes wrong is one Chinese sentence on standard error, exit 2. Data crosses by pipes: no temporary
file, and nothing of a workbook stays behind.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.importing import Arrived
from gk_xl.addin.buttons.repairing import Mended
from gk_xl.errors import GkXlError, HostError
from gk_xl.form.filing import Filing
from gk_xl.form.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

FOREIGN = ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH")  # an application's own, wrong for another interpreter
LONGEST = 120.0  # seconds
LONGEST_FOLDER = 1800.0  # for a whole county's folder
COULD_NOT = 2


def main(arguments: Sequence[str]) -> int:
    """Answer one question; see the module's text."""
    try:
        action, version, *rest = arguments
        refuse_other_version(version)
        if action == "report":
            sys.stdout.buffer.write(report(json.loads(sys.stdin.buffer.read())))
        elif action == "import":
            sys.stdout.write(imported(*rest))
        elif action == "county":
            sys.stdout.write(county(*rest))
        elif action == "repair":
            sys.stdout.write(repaired(Path(rest[0]), rest[1]))
        else:
            from gk_xl.addin.buttons.last_year import received

            sys.stdout.buffer.write(received(Path(rest[0])).dumps().encode("utf-8"))
    except GkXlError as error:
        sys.stderr.buffer.write(str(error).encode("utf-8"))
        return COULD_NOT
    return 0


def refuse_other_version(version: str) -> None:
    """Raise HostError when an extension of another version asks."""
    from gk_xl.addin.version import VERSION

    if version != VERSION:
        raise HostError(f"LibreOffice 里的扩展是 {version} 版，程序是 {VERSION} 版。请让维护人员重新安装扩展。")


def report(question: dict[str, Any]) -> bytes:
    """Return the Word report that a question asks for."""
    from gk_xl.addin.buttons.reporting import written

    findings = [
        Finding(
            item["code"],
            Severity(item["severity"]),
            item["message"],
            tuple(item["cells"]),
            excerpt=item["excerpt"],
            place=item["place"],
        )
        for item in question["findings"]
    ]
    return written(Filing.from_json(question["filing"]), question["failed"], findings, question["public"])


def repaired(path: Path, name: str) -> str:
    """Return what a repair gives, as JSON."""
    from gk_xl.addin.buttons.repairing import mended_here

    mended = mended_here(path, name)
    workbook = base64.b64encode(mended.workbook).decode("ascii")
    return json.dumps({"workbook": workbook, "summary": mended.summary, "lines": mended.lines})


def county(what: str, folder: str) -> str:
    """Return the sentence about what was written of a folder; the units come on standard input, a line each."""
    from gk_xl.addin.buttons.county import made_here

    units = sys.stdin.buffer.read().decode("utf-8").splitlines()
    return made_here(what, Path(folder), units)


def imported(year: str, file: str = "") -> str:
    """Return what a report holds, as JSON; without a file, what was copied comes on standard input."""
    from gk_xl.addin.buttons.importing import taken

    path = Path(file) if file else None
    arrived = taken(path, b"" if path else sys.stdin.buffer.read(), int(year) if year else None)
    answer = {"filing": arrived.filing.as_json(), "doubts": dict(arrived.doubts)}
    return json.dumps({**answer, "left": arrived.left, "moved": arrived.moved})


# ------------------------------------------------------------------------------------------------ the asking side


def ask_report(
    interpreter: str, version: str, filing: Filing, failed: int, findings: Sequence[Finding], public: bool = False
) -> bytes:
    """Return the Word report of a filing, made by ``interpreter``."""
    listed = [
        {
            "code": f.code,
            "severity": f.severity.value,
            "message": f.message,
            "cells": f.cells,
            "excerpt": f.excerpt,
            "place": f.place,
        }
        for f in findings
    ]
    question = {"filing": filing.as_json(), "failed": failed, "findings": listed, "public": public}
    return ask(interpreter, ("report", version), json.dumps(question).encode("utf-8"))


def ask_filing(interpreter: str, version: str, path: Path) -> Filing:
    """Return the filing that a file holds, read by ``interpreter``."""
    return Filing.loads(ask(interpreter, ("receive", version, str(path))).decode("utf-8"), f"“{path}”")


def ask_import(interpreter: str, version: str, path: Path | None, copied: bytes, year: int | None) -> Arrived:
    """Return what a report, or else what was copied, holds, read by ``interpreter``."""
    file = [] if path is None else [str(path)]
    answer = json.loads(ask(interpreter, ("import", version, str(year or ""), *file), copied))
    left, moved = tuple(answer["left"]), tuple(answer["moved"])
    return Arrived(Filing.from_json(answer["filing"]), answer["doubts"], left, moved)


def ask_repair(interpreter: str, version: str, path: Path, name: str) -> Mended:
    """Return what a repair of a file gives, made by ``interpreter``."""
    answer = json.loads(ask(interpreter, ("repair", version, str(path), name)))
    return Mended(base64.b64decode(answer["workbook"]), answer["summary"], tuple(answer["lines"]))


def ask_county(interpreter: str, version: str, what: str, folder: Path, units: Sequence[str]) -> str:
    """Return the sentence about what ``interpreter`` wrote of a folder: its summary, or the slips of some units."""
    data = "\n".join(units).encode("utf-8")
    return ask(interpreter, ("county", version, what, str(folder)), data, LONGEST_FOLDER).decode("utf-8")


def no_python(place: str) -> HostError:
    """Return the error of an interpreter that is not where it was said to be."""
    return HostError(f"找不到程序所用的 Python（{place}）。请让维护人员重新安装扩展。")


def ask(interpreter: str, arguments: Sequence[str], data: bytes = b"", longest: float = LONGEST) -> bytes:
    """Return what the worker answers; HostError with its sentence, or with why there is no answer."""
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    try:
        answer = subprocess.run(  # noqa: S603 - our own module, no shell
            [interpreter, "-P", "-m", "gk_xl.addin.worker", *arguments],
            input=data,
            capture_output=True,
            timeout=longest,
            check=False,
            env={**environment, "PYTHONUTF8": "1"},
        )
    except OSError:
        raise no_python(interpreter) from None
    except subprocess.TimeoutExpired:
        raise HostError(f"程序 {longest:.0f} 秒没有完成，已停止，什么也没有写。请稍后再试。") from None
    if answer.returncode == COULD_NOT:
        raise HostError(answer.stderr.decode("utf-8", "replace").strip())
    if answer.returncode:
        last = answer.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["没有说明"]
        raise HostError(f"程序没有运行起来（{last[0]}）。请让维护人员重新安装扩展。")
    return answer.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
