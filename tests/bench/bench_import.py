"""Reports set by several makers, read back: cells right, silent errors, narrative, seconds and memory for a format.

``python tests/bench/bench_import.py [--reports 5] [--office] [--seed 1]``. A silent error is a cell that reads otherwise
than it was filed, neither blank with a note nor doubtful. ``--office`` adds what LibreOffice and Chromium make.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from gk_xl.form.filing import Filing  # noqa: E402
from gk_xl.report.docx import write_docx  # noqa: E402
from gk_xl.report.html import write_html  # noqa: E402
from gk_xl.sources.formats import format_of  # noqa: E402
from gk_xl.sources.open import import_sources  # noqa: E402
from tests.sources.papers import Setting, report  # noqa: E402

SETTINGS = {
    "pdf, ruled": Setting(),
    "pdf, justified": Setting(justified=True, number="{}", centred=False),
    "pdf, open sides": Setting(ruled="open", head="示例乡政府信息公开年报", number="第{}页"),
    "pdf, narrow labels, cut": Setting(narrow=True, per_page=500, number="- {} -"),
    "pdf, heads repeated": Setting(narrow=True, repeat_heads=True, per_page=420),
    "pdf, web page": Setting(indent=0, gap=12, size=11, pitch=18, number="{}/9", head="https://example.gov.cn/nb.html"),
    "pdf, no lines": Setting(ruled="none"),
    "pdf, no lines, narrow": Setting(ruled="none", narrow=True),
}


@dataclass
class Score:
    """What came back of the reports of one format."""

    cells: int = 0
    right: int = 0
    silent: list[str] = field(default_factory=list)
    told: int = 0
    texts: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def filings(count: int, seed: int) -> list[Filing]:
    """Return reports with random numbers: mostly small, some of many digits, every tenth cell blank in every second."""
    example = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))
    chance = random.Random(seed)
    made = []
    for number in range(count):
        cells = {
            cell: None if number % 2 and chance.random() < 0.1 else int(10 ** (chance.random() * 4.5)) - 1
            for cell in example.cells
        }
        made.append(replace(example, cells=cells))
    return made


def judge(score: Score, filing: Filing, path: Path) -> None:
    """Read a file back and add it to a score."""
    begun = time.perf_counter()
    try:
        found = import_sources([path])
    except Exception as error:  # noqa: BLE001 - counted
        score.refused.append(str(error))
        return
    score.seconds.append(time.perf_counter() - begun)
    doubtful = set(found.doubts) | set(found.filing.doubts)
    for cell, value in filing.cells.items():
        read = found.filing.value(cell)
        score.cells += 1
        if read == value:
            score.right += 1
        elif cell in doubtful or read is None:
            score.told += 1
        else:
            score.silent.append(f"{cell}: {value} → {read}")
    score.texts.append(found.filing.narrative == filing.narrative)


def office_files(filing: Filing, folder: Path) -> dict[str, Path]:
    """Return a report as LibreOffice and Chromium save it, by format. The Word file is given as another's: unsigned by us."""
    made: dict[str, Path] = {}
    source = folder / "年报.docx"
    source.write_bytes(write_docx(filing, public=True))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for suffix in ("pdf", "doc", "rtf", "odt"):
        command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", folder / suffix, source]
        subprocess.run(command, check=False, capture_output=True, timeout=180)
        made[f"{suffix} by LibreOffice"] = folder / suffix / f"年报.{suffix}"
    page = folder / "年报.html"
    page.write_text(write_html(filing), encoding="utf-8")
    made["html"] = page
    if shutil.which("chromium"):
        target = folder / "chromium.pdf"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chromium'}"]
        subprocess.run(
            [*command, f"--print-to-pdf={target}", page.as_uri()], check=False, capture_output=True, timeout=180
        )
        made["pdf by Chromium"] = target
    return {name: path for name, path in made.items() if path.is_file()}


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--office", action="store_true")
    options = parser.parse_args()
    scores: dict[str, Score] = defaultdict(Score)
    with tempfile.TemporaryDirectory() as made:
        for number, filing in enumerate(filings(options.reports, options.seed)):
            folder = Path(made) / str(number)
            folder.mkdir()
            for name, setting in SETTINGS.items():
                path = folder / "年报.pdf"
                path.write_bytes(report(filing, setting))
                judge(scores[name], filing, path)
            for name, path in (office_files(filing, folder) if options.office else {}).items():
                assert format_of(path.read_bytes()) is not None
                judge(scores[name], filing, path)
    for name, score in scores.items():
        seconds = statistics.median(score.seconds) if score.seconds else 0.0
        print(
            f"{name:28} {score.right}/{score.cells} right, {score.told} told, {len(score.silent)} silent, text "
            f"{sum(score.texts)}/{len(score.texts)}, {seconds:.2f} s, {len(score.refused)} refused"
        )
        for line in [*score.silent[:5], *score.refused[:2]]:
            print(f"    {line}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
