"""The report as PDF, set by LibreOffice: one running office for many files."""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import uuid
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from gk_xl.errors import HostError
from gk_xl.report.docx import write_docx
from gk_xl.report.fonts import SYSTEM, font_configuration, fonts_note
from gk_xl.workbook.kinds import GENERATOR
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Finding

_WORKER = Path(__file__).with_name("uno_worker.py")
PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_PATIENCE = 5
"""Seconds in which an office that was asked to end may do so."""
_ABSENT = (
    "没有找到 LibreOffice，生成不了 PDF。请安装 LibreOffice（https://zh-cn.libreoffice.org，免费；Debian、Ubuntu："
    "apt install libreoffice-writer）后重试，或先导出 .docx，再用 Word、WPS 另存为 PDF。"
)


def find_soffice() -> Path:
    """Return LibreOffice's program; HostError says how to get it where there is none."""
    for name in (os.environ.get("GK_XL_SOFFICE", ""), "soffice", "libreoffice", *PLACES):
        found = shutil.which(name) if name else None
        if found:
            return Path(found)
    raise HostError(_ABSENT)


def write_pdf(
    filing: Filing,
    path: Path,
    *,
    failed: int = 0,
    findings: Sequence[Finding] = (),
    converter: PdfConverter | None = None,
    inputs: Iterable[Path] = (),
    force: bool = False,
) -> str:
    """Write the report of a filing as a PDF file; for many files pass one open ``converter``.

    ``inputs`` and ``force`` as :func:`gk_xl.workbook.saving.save_bytes` takes them. Returns a sentence about fonts that
    others stand in for, empty when all are there.
    """
    data = write_docx(filing, failed=failed, findings=findings, public=True, keywords=GENERATOR)
    with contextlib.nullcontext(converter) if converter else PdfConverter() as open_one:
        pdf = open_one.converted(data, path.name)
    save_bytes(path, pdf, inputs=inputs, force=force)
    return fonts_note(pdf)


class PdfConverter:
    """A LibreOffice kept running: ``with PdfConverter() as converter: converter.convert(docx_bytes, path)``.

    Where no Python with LibreOffice's ``uno`` module is found, each file costs a start of the office instead; it works
    all the same. The office runs under a profile of its own, so the user's open documents are not touched.
    """

    def __init__(self, *, soffice: Path | None = None, timeout: float = 90) -> None:
        self.soffice = soffice or find_soffice()
        self.timeout = timeout
        self._stack = contextlib.ExitStack()
        self._worker: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> Self:
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        python = find_uno_python(self.soffice)
        if python:
            try:
                self._start(python)
            except BaseException:
                self._stack.close()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def convert(self, docx: bytes, path: Path) -> None:
        """Write the PDF of one Word file to ``path``, whole or not at all; HostError when the office fails."""
        save_bytes(path, self.converted(docx, path.name))

    def converted(self, docx: bytes, name: str) -> bytes:
        """Return the PDF of one Word file; HostError, with the ``name`` it will have, when the office fails."""
        source, made = self._folder / "report.docx", self._folder / "report.pdf"
        source.write_bytes(docx if self._worker else _ragged(docx))
        made.unlink(missing_ok=True)
        if self._worker:
            self._ask({"source": source.as_uri(), "target": made.as_uri()})
        else:
            self._run_once(source)
        if not made.exists():
            raise HostError(f"LibreOffice 没有生成 {name}。请先导出 .docx，再用 Word、WPS 另存为 PDF。")
        return made.read_bytes()

    def _start(self, python: Path) -> None:
        """Start the office and the worker that speaks with it; both end with the stack."""
        pipe = f"gk_xl_{uuid.uuid4().hex}"
        office = subprocess.Popen(  # noqa: S603 - the office found on this machine
            [*self._office(), f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment(),
            start_new_session=True,
        )
        self._stack.callback(end_process, office)
        worker = subprocess.Popen(  # noqa: S603 - its Python, our worker
            [python, _WORKER, pipe, str(self.timeout)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=_clean_environment(),
            start_new_session=True,
        )
        self._stack.callback(end_process, worker)
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()
        self._worker = worker
        self._answer()

    def _office(self) -> list[str]:
        profile = (self._folder / "profile").as_uri()
        return [
            str(self.soffice),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nofirststartwizard",
            "--nodefault",
        ]

    def _environment(self) -> dict[str, str]:
        """Return the environment of the office: on Linux one that knows what stands in for missing fonts."""
        if "FONTCONFIG_FILE" in os.environ or not SYSTEM.is_file():
            return dict(os.environ)
        file = self._folder / "fonts.conf"
        file.write_text(font_configuration(), encoding="utf-8")
        return {**os.environ, "FONTCONFIG_FILE": str(file)}

    def _listen(self, worker: subprocess.Popen[str]) -> None:
        with worker.stdout or contextlib.nullcontext(()) as lines:
            for line in lines:
                self._answers.put(line)
        self._answers.put("")

    def _ask(self, request: dict[str, str]) -> None:
        worker = self._worker
        if worker is None or worker.stdin is None:
            raise HostError("LibreOffice 已经关闭。请重新导出。")
        try:
            worker.stdin.write(json.dumps(request) + "\n")
            worker.stdin.flush()
        except OSError:
            raise HostError("LibreOffice 意外退出，PDF 没有生成。请重新导出。") from None
        self._answer()

    def _answer(self) -> None:
        """Wait for the worker's answer; HostError on silence, on the worker's end, or on the office's complaint."""
        try:
            line = self._answers.get(timeout=self.timeout)
        except queue.Empty:
            raise HostError(f"LibreOffice 在 {self.timeout:g} 秒内没有应答，PDF 没有生成。请重试。") from None
        if not line:
            raise HostError("LibreOffice 意外退出，PDF 没有生成。请重新导出。")
        error = json.loads(line)["error"]
        if error:
            raise HostError(f"LibreOffice 转换失败：{error}。请先导出 .docx，再用 Word、WPS 另存为 PDF。")

    def _run_once(self, source: Path) -> None:
        options = json.dumps(
            {name: {"type": "boolean", "value": str(value).lower()} for name, value in _filter().items()},
            separators=(",", ":"),
        )
        command = [*self._office(), "--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", str(source.parent)]
        try:
            subprocess.run(  # noqa: S603 - the office found on this machine
                [*command, source], capture_output=True, timeout=self.timeout, env=self._environment(), check=False
            )
        except subprocess.TimeoutExpired:
            raise HostError(f"LibreOffice 在 {self.timeout:g} 秒内没有转换完，PDF 没有生成。请重试。") from None


def _ragged(docx: bytes) -> bytes:
    """Return a Word file whose lines are not justified.

    Writer loses marks that hang out of a justified line, and an office that is not spoken to (:mod:`uno_worker`) cannot
    be told to hang none.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            target.writestr(part, data.replace(b'<w:jc w:val="both"/>', b'<w:jc w:val="left"/>'))
    return made.getvalue()


def _filter() -> dict[str, Any]:
    from gk_xl.report.uno_worker import FILTER

    return FILTER


@lru_cache
def find_uno_python(soffice: Path) -> Path | None:
    """Return a Python that can ``import uno``: LibreOffice's own, else the system's; None where there is none."""
    program = soffice.resolve().parent
    candidates: Iterable[Path | str] = (
        program / "python.exe",
        program / "python",
        program.parent / "Resources" / "python",
        *(["/usr/bin/python3"] if sys.platform != "win32" else []),
    )
    for candidate in candidates:
        if not Path(candidate).exists():
            continue
        try:
            probe = subprocess.run(  # noqa: S603 - a Python that lies beside the office
                [candidate, "-c", "import uno"], capture_output=True, timeout=30, env=_clean_environment(), check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if probe.returncode == 0:
            return Path(candidate)
    return None


def _clean_environment() -> dict[str, str]:
    """Return the environment without what ties another Python to this one."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in ours}


def end_process(process: subprocess.Popen[Any]) -> None:
    """End a process that was asked to go; by force, children included, where it does not."""
    if process.stdin:
        with contextlib.suppress(OSError):
            process.stdin.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        if sys.platform == "win32":
            kill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(kill, capture_output=True, check=False)  # noqa: S603 - our own child
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
