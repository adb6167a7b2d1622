"""A cold ``gk-xl check`` against openpyxl's bare load of the same workbook: processor time, in turn, with kept bytecode.

Run ``python tests/bench/bench_cold.py [pairs]``. Prints the median ratio of the pairs, and the least and the greatest.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook

ROOT = Path(__file__).resolve().parents[2]
BARE = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"
CHECK = "import sys; from gk_xl.cli.start import run; sys.argv[1:1] = ['check']; sys.exit(run())"


def processor_time(code, path):
    """Return the seconds of the processor that a fresh Python takes for some code."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run([sys.executable, "-c", code, str(path)], stdout=subprocess.DEVNULL, check=False, env=environment)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main():
    """Measure and print."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "年报.xlsx"
        path.write_bytes(build_workbook(Filing.loads((ROOT / "examples/2025_示例乡.json").read_text(encoding="utf-8"))))
        for code in (CHECK, CHECK, BARE):
            processor_time(code, path)
        ratios = [processor_time(CHECK, path) / processor_time(BARE, path) for _ in range(pairs)]
    print(f"check / bare load: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}, {pairs} pairs)")


if __name__ == "__main__":
    main()
