"""Write anew what is printed from the data: template, page of rules, forms as text, accepted reports.

usage: python -m tools.renew        from the checkout's folder; then read `git diff`, look at the sheets, and commit

Run it after a change in `gk_xl/checks/rules` or `gk_xl/form`. Accepted pages (PNG) are renewed by
`GK_XL_ACCEPT=1 python -m pytest tests/report/test_render.py`, which needs LibreOffice Writer and the Noto fonts.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ("tests/form/test_editions.py", "tests/report/test_golden.py", "-k", "prints_as_proofread or accepted_one")


def run(module: str, *arguments: str, **environment: str) -> str:
    """Run a module in the checkout and return what it printed; stop with that where it fails."""
    ran = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, check=False, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
    )  # fmt: skip
    if ran.returncode:
        sys.exit(ran.stdout[-6000:] + ran.stderr[-3000:])
    return ran.stdout


def main() -> None:
    """Write each file in its place."""
    run("gk_xl", "template", "build", "-o", "workbook_template.xlsx")
    (ROOT / "docs" / "rules.md").write_text(run("gk_xl", "rules", "--markdown"), encoding="utf-8")
    run("pytest", "-q", *GOLDEN, GK_XL_ACCEPT="1")


if __name__ == "__main__":
    main()
