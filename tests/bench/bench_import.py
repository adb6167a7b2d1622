"""Reports set by several makers, read back: cells right, silent errors, narrative, seconds and memory for a format.

``python tests/bench/bench_import.py [--reports 5] [--office] [--seed 1] [--only pdf]``. A silent error is a cell that reads
otherwise than it was filed, neither blank with a note nor doubtful; a false finding is one that a check makes of what came
in right, and not of what was filed. Each format is read in a process of its own, so that its memory is its own; every
quirk of the generator goes through every writer of pages, Word files, sheets and texts. ``--office`` adds what LibreOffice
and Chromium make of reports of ours.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from gk_xl.checks.run import check  # noqa: E402
from gk_xl.form.filing import Filing  # noqa: E402
from gk_xl.form.load import edition_ids  # noqa: E402
from gk_xl.report.docx import write_docx  # noqa: E402
from gk_xl.report.html import write_html  # noqa: E402
from gk_xl.sources.formats import format_of  # noqa: E402
from gk_xl.sources.open import import_sources  # noqa: E402
from tests.sources.drawn import QUIRKS, drawing_of, filing_of  # noqa: E402
from tests.sources.measure import judged  # noqa: E402
from tests.sources.papers import Setting, report  # noqa: E402
from tests.sources.writers import TEXTS, WRITERS  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

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
    false: list[str] = field(default_factory=list)


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


def read_papers(name: str, count: int, seed: int) -> dict[str, Score]:
    """Return how one setting of PDF files is read."""
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "年报.pdf"
        for filing in filings(count, seed):
            path.write_bytes(report(filing, SETTINGS[name]))
            judge(score, filing, path)
    return {name: score}


def read_office(name: str, count: int, seed: int) -> dict[str, Score]:
    """Return how the files of LibreOffice and Chromium are read, by format."""
    scores: dict[str, Score] = defaultdict(Score)
    with tempfile.TemporaryDirectory() as made:
        for number, filing in enumerate(filings(count, seed)):
            folder = Path(made) / f"{name} {number}"
            folder.mkdir()
            for kind, path in office_files(filing, folder).items():
                assert format_of(path.read_bytes()) is not None
                judge(scores[kind], filing, path)
    return scores


def read_drawn(name: str, count: int, seed: int) -> dict[str, Score]:
    """Return how a writer's files of every quirk are read, both editions."""
    score = Score()
    writer = next(one for one in (*WRITERS, *TEXTS) if one.__name__ == name)
    with tempfile.TemporaryDirectory() as folder:
        for quirk in QUIRKS:
            for edition in edition_ids():
                for number in range(seed, seed + count):
                    chance = random.Random(f"{quirk.__name__} {name} {edition} {number}")
                    drawing = drawing_of(filing_of(edition, number))
                    quirk(drawing, chance)
                    content, suffix = writer(drawing, chance)
                    path = Path(folder) / f"年报{suffix}"
                    path.write_bytes(content.encode() if isinstance(content, str) else content)
                    judge_drawn(score, drawing, path, quirk.__name__)
    return {name: score}


def judge_drawn(score: Score, drawing, path: Path, quirk: str) -> None:
    """Read a drawing's file and add it to a score."""
    begun = time.perf_counter()
    imported = import_sources([path])
    score.seconds.append(time.perf_counter() - begun)
    found = judged(drawing, imported)
    score.cells += found.all
    score.right += found.right
    score.told += found.doubtful + found.missing
    score.silent += [f"{quirk}: {text}" for text in found.silent]
    score.texts.append(not found.broken)
    filed = replace(drawing.filing, cells=drawing.expected)
    if found.right == found.all and not found.broken and None not in drawing.expected.values():
        known = {(item.code, item.message) for item in check(filed).findings}
        made = check(replace(imported.filing, unit=filed.unit)).findings
        score.false += [f"{quirk}: {item.message}" for item in made if (item.code, item.message) not in known]


def apart(read: Callable[[str, int, int], dict[str, Score]], name: str, count: int, seed: int) -> tuple[dict, float]:
    """Return what a reading gives, and the memory of its process in MB."""
    return dict(read(name, count, seed)), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--office", action="store_true")
    parser.add_argument("--only", default="", help="formats whose name holds this")
    options = parser.parse_args()
    asked = [(read_papers, name) for name in SETTINGS]
    asked += [(read_drawn, writer.__name__) for writer in (*WRITERS, *TEXTS)]
    asked += [(read_office, "office")] if options.office else []
    for read, name in asked:
        if options.only not in name:
            continue
        with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
            scores, memory = pool.submit(apart, read, name, options.reports, options.seed).result()
        for kind, score in scores.items():
            show(kind, score, memory)


def show(name: str, score: Score, memory: float) -> None:
    """Print a format's line, and the first of what went wrong."""
    seconds = statistics.median(score.seconds) if score.seconds else 0.0
    share = score.right / score.cells if score.cells else 0.0
    print(
        f"{name:26} {score.right}/{score.cells} right ({share:.4f}), {score.told} told, {len(score.silent)} silent, text "
        f"{sum(score.texts)}/{len(score.texts)}, {len(score.false)} false findings, {seconds:.2f} s, {memory:.0f} MB, "
        f"{len(score.refused)} refused",
        flush=True,
    )
    for line in [*score.silent[:5], *score.refused[:2], *score.false[:3]]:
        print(f"    {line}")


if __name__ == "__main__":
    main()
