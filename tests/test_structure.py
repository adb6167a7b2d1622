"""The shape of the code: imports one way, files that stay readable, documents that name what exists."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter

import pytest

import gk_xl
from gk_xl.cli.main import build_parser
from tests.conftest import ROOT

PYTHON = sorted((ROOT / "gk_xl").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_imports_go_one_way():
    """errors, form → checks → workbook → report → sources → intake → desk → addin → packaging → cli; engines stand apart."""
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("path", [*PYTHON, *TESTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_readable(path):
    """A file past 400 lines is made of several things."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_only_tables_are_kept_from_the_formatter():
    """Rows of a module or class that are read side by side; calls and conditions are the formatter's."""
    for path in ROOT.glob("gk_xl/**/*.py"):
        text = path.read_text(encoding="utf-8")
        skips = {number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# fmt: skip")}
        if not skips:
            continue
        bodies = [node.body for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Module | ast.ClassDef)]
        ends = {one.end_lineno for body in bodies for one in body if isinstance(one, ast.Assign | ast.AnnAssign)}
        assert skips <= ends, path


def imports_of(name: str, files: dict) -> set[str]:
    """Return the files of the package that a file imports: at its head, within functions, for types alone."""
    found = set()
    for node in ast.walk(ast.parse(files[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {place if place in files else node.module for place in full}
    return (found & set(files)) - {name}


def test_no_files_import_each_other():
    """Not even for the sake of a type: whoever reads one file can begin with what it imports."""
    files = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in PYTHON}
    list(TopologicalSorter({name: imports_of(name, files) for name in files}).static_order())


def test_the_engines_cast_nothing():
    """A protocol says what a thing is; nothing is passed off as another."""
    assert not [
        path
        for path in PYTHON
        if re.search(r"\bcast\(", path.read_text(encoding="utf-8")) and path.is_relative_to(ROOT / "gk_xl" / "engines")
    ]


@pytest.mark.parametrize(
    "readme", sorted((ROOT / "gk_xl" / "checks").rglob("README.md")), ids=lambda path: path.parent.name
)
def test_every_module_of_the_checks_is_in_the_readme_beside_it(readme):
    """Who looks for what does something finds it in the table."""
    told = readme.read_text(encoding="utf-8")
    modules = [path for path in readme.parent.rglob("*.py") if path.stem != "__init__"]
    assert [path.name for path in modules if not re.search(rf"[`/]{path.name}`", told)] == []


def test_there_is_no_utils():
    """Every module is named for what it holds."""
    assert not [path for path in PYTHON if re.search(r"util|helper|misc|common", path.stem)]


def commands() -> list[str]:
    """Return the names of all commands."""
    (action,) = (action for action in build_parser()._actions if action.dest == "command")
    return list(action.choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_readme(name):
    """A command that the README does not name does not exist for its users."""
    assert f"gk-xl {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", gk_xl.__all__)
def test_every_public_name_loads(name):
    """The public names are there, each with a docstring."""
    assert getattr(gk_xl, name).__doc__


def test_pictures_of_the_readme_exist():
    """The README shows what it promises."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"\]\((docs/[^)]+)\)", text)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture.partition("#")[0]).is_file(), picture


def test_importing_the_package_is_light():
    """import gk_xl, and the command line's check of arguments, load nothing heavy."""
    heavy = "{'lxml', 'pandas', 'numpy', 'xlsxwriter', 'openpyxl', 'docx', 'xlwings'}"
    code = f"import sys, gk_xl, gk_xl.cli.main as c; c.build_parser(); sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
