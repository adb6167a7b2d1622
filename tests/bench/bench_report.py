"""Ratios of the report formats, in one run: ``python tests/bench/bench_report.py [--pdf 100]``.

Word and web page against docxtpl (development only) filling the same content into the same document; PDF through one
running LibreOffice against one start for each file. Absolute figures belong to one machine, the ratios travel.
"""

from __future__ import annotations

import argparse
import io
import re
import statistics
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from gk_xl.form.filing import Filing

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "2025_示例乡.json"


def in_process(work: Callable[[], object], runs: int = 31) -> float:
    """Return the median milliseconds of process time of some work, warm."""
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def template_of(data: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return our own document as a docxtpl template, every text a variable, and what fills it in again."""
    values: list[str] = []

    def variable(match: re.Match[str]) -> str:
        values.append(match[1])
        return f'<w:t xml:space="preserve">{{{{ v[{len(values) - 1}] }}}}</w:t>'

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = re.sub(r'<w:t xml:space="preserve">([^<]*)</w:t>', variable, part.decode()).encode()
            new.writestr(name, part)
    return buffer.getvalue(), {"v": values}


def documents(filing: Filing) -> None:
    """Print Word and web page against docxtpl."""
    from docxtpl import DocxTemplate

    from gk_xl.report.docx import write_docx
    from gk_xl.report.html import write_html
    from gk_xl.report.refresh import refresh

    template, context = template_of(write_docx(filing))

    def fill() -> bytes:
        document, buffer = DocxTemplate(io.BytesIO(template)), io.BytesIO()
        document.render(context)
        document.save(buffer)
        return buffer.getvalue()

    yardstick = in_process(fill)
    print(f"docxtpl, {len(context['v'])} texts filled in: {yardstick:.1f} ms")
    data, late = write_docx(filing), filing.with_cells({"t3.received_new.total": 99})
    for name, work in (
        ("docx", lambda: write_docx(filing)),
        ("html", lambda: write_html(filing)),
        ("refresh", lambda: refresh(data, late)),
    ):
        ours = in_process(work)
        print(f"{name}: {ours:.1f} ms, {ours / yardstick:.2f} of docxtpl")


def pdfs(filing: Filing, count: int) -> None:
    """Print ``count`` PDFs through one running office against ``count`` starts of it."""
    from gk_xl.report.docx import write_docx
    from gk_xl.report.pdf import PdfConverter, find_soffice

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        start = time.perf_counter()
        with PdfConverter() as converter:
            for number in range(count):
                converter.convert(write_docx(filing), place / f"{number}.pdf")
        warm = time.perf_counter() - start
        source = place / "report.docx"
        source.write_bytes(write_docx(filing))
        profile = (place / "profile").as_uri()
        command = [str(find_soffice()), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        start = time.perf_counter()
        for _ in range(count):
            subprocess.run([*command, "--outdir", folder, str(source)], capture_output=True, check=True)
        cold = time.perf_counter() - start
    print(f"{count} PDFs, one running office, start included: {warm:.1f} s, {1000 * warm / count:.0f} ms each")
    print(
        f"{count} PDFs, one start each: {cold:.1f} s, {1000 * cold / count:.0f} ms each; warm is {warm / cold:.2f} of it"
    )


def main() -> None:
    """Print one line a measurement."""
    from gk_xl.form.filing import Filing

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", type=int, default=100, help="how many PDFs (0: none)")
    count = parser.parse_args().pdf
    filing = Filing.loads(EXAMPLE.read_text(encoding="utf-8"))
    documents(filing)
    if count:
        pdfs(filing, count)


if __name__ == "__main__":
    main()
