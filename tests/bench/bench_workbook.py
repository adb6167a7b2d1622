"""Ratios of the main job, each measured against something else in the same run: ``python tests/bench/bench_workbook.py``.

Medians of process time; absolute figures belong to one machine, the ratios travel.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "2025_示例乡.json"


def in_process(work: Callable[[], object], runs: int = 15) -> float:
    """Return the median milliseconds of process time of some work, warm."""
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def cold(first: list[str], second: list[str], runs: int = 11) -> tuple[float, float]:
    """Return the median wall milliseconds of two commands run in turn, so that a drifting machine treats both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for command, into in zip((first, second), times, strict=True):
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            into.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    """Print one line a measurement: ours, the yardstick, the ratio."""
    import openpyxl

    from gk_xl.form.filing import Filing
    from gk_xl.intake import inspect, receive
    from gk_xl.report.docx import write_docx
    from gk_xl.workbook.build import build_template, build_workbook
    from gk_xl.workbook.read import read_workbook

    filing = Filing.loads(EXAMPLE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filled.xlsx"
        path.write_bytes(build_workbook(filing))
        yardstick = in_process(lambda: openpyxl.load_workbook(path))
        received = receive(path)
        rows = [
            ("reading with integrity", in_process(lambda: read_workbook(path)), yardstick),
            ("reading values only", in_process(lambda: read_workbook(path, integrity=False)), yardstick),
            ("all rules on one filing", in_process(lambda: inspect(received)), yardstick),
            ("building the template", in_process(build_template), yardstick),
            ("docx export", in_process(lambda: write_docx(filing)), yardstick),
        ]
        print("in process, median ms          ours   openpyxl.load   ratio")
        for name, ours, other in rows:
            print(f"{name:28} {ours:7.1f} {other:12.1f} {ours / other:10.2f}")
        bare = f"import openpyxl; openpyxl.load_workbook({str(path)!r})"
        ours, other = cold([sys.executable, "-m", "gk_xl.cli.main", "check", str(path)], [sys.executable, "-c", bare])
        print(f"{'gk-xl check, cold start':28} {ours:7.1f} {other:12.1f} {ours / other:10.2f}   (wall)")


if __name__ == "__main__":
    main()
