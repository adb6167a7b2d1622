"""A checkout with one edition more, made as CONTRIBUTING says: drafted, edited, proofread, its template built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT

COPIED = (
    "gk_xl", "tests", "tools", "examples", "macros", "docs", "pyproject.toml", "README.md", "CHANGELOG.md",
    "CONTRIBUTING.md", "SECURITY.md", "CITATION.cff", "LICENSE", "dev.py", ".github", ".pre-commit-config.yaml",
    "workbook_template.xlsx",
)  # fmt: skip


class MadeUp:
    """A copy of the checkout in which the next edition has come into force."""

    def __init__(self, folder: Path, changes: str) -> None:
        told = tomllib.loads(Path(__file__).with_name(f"{changes}.toml").read_text(encoding="utf-8"))
        self.folder, self.year = folder, told["year"]
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.bak*"))
            else:
                shutil.copy(ROOT / name, folder / name)
        from gk_xl.form.load import edition_ids

        self.base = edition_ids()[-1]
        self.run("gk_xl", "editions", "new", str(self.year), "--from", self.base)
        path = folder / f"gk_xl/form/editions/{self.year}.toml"
        text = path.read_text(encoding="utf-8")
        for change in told["changes"]:
            assert text.count(change["old"]) == 1, change["old"]
            text = text.replace(change["old"], change["new"])
        path.write_text(text, encoding="utf-8")
        with (folder / "gk_xl/form/guidance.toml").open("a", encoding="utf-8") as guidance:
            guidance.write(f"\n{told['guidance']}")
        self.run("tools.renew")

    def everyday(self, *paths: str) -> int:
        """Run the everyday tests of the copy, or some of them, and return pytest's exit code; what it prints is seen."""
        command = [sys.executable, "-m", "pytest", "-q", "-m", "not application and not bench", *paths]
        return subprocess.run(command, cwd=self.folder, check=False, env=self.surroundings()).returncode

    def surroundings(self, **more: str) -> dict[str, str]:
        """Return the environment in which Python finds the copy first."""
        return {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONUTF8": "1", **more}

    def run(self, module: str, *arguments: str, **environment: str) -> str:
        """Run a module in the copy and return what it printed; AssertionError with it when it fails."""
        ran = subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=self.folder, capture_output=True, text=True,
            encoding="utf-8", check=False, env=self.surroundings(**environment),
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-3000:]
        return ran.stdout
