"""What a mere check loads: a list, so that nothing heavy comes back unnoticed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook
from tests.conftest import ROOT

OURS = {
    "": "cli errors form checks workbook intake journal engines",
    "cli": "start main chinese exit_codes replaced commands commands.checking commands.profiles",
    "engines": "core core.addresses",
    "form": "beside cleaning dates demands doubt fields filing finding kept links load misplaced names needed parts patterns places prebuilt printed profile recorded refusals schema spared units",
    "checks": "again binding case catalogue cells entries expression local reasons registry run shifted suspects tables",
    "workbook": (
        "alignment build carried causes clerks_words content cutting doubtful expected files grid integrity kinds layout ledger linked namespaces notes packed plan pointing raw read rows since standing styles summed "
        "values sheets sheets.advice sheets.changed sheets.results"
    ),
}
"""Modules of ours that a check of a workbook loads, and no others (no search for slips where no sum is broken); the reading and judging of text is judged as one."""
TEXT = ("gk_xl.checks.text.", "gk_xl.checks.text_rules.", "gk_xl.form.sentences")
THIRD = {"lxml", "cython_runtime"}  # the latter is what lxml brings
LATER = {
    "logging", "tempfile", "difflib", "decimal", "_decimal", "tomllib", "socket", "subprocess", "multiprocessing",
    "asyncio", "email", "http", "xml", "xmlrpc", "unittest", "ctypes", "html", "csv", "statistics", "fractions", "sqlite3",
    "inspect", "hashlib", "urllib",
}  # fmt: skip
"""Modules of Python that are needed when something is wrong, or not at all."""
CODE = """
import json, sys
from gk_xl.cli.start import main
assert main(["check", *sys.argv[1:]]) in (0, 1)
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules that are there after a workbook was checked, bytecode being kept."""
    path = tmp_path_factory.mktemp("cold") / "年报.xlsx"
    text = (ROOT / "examples/2025_示例乡.json").read_text(encoding="utf-8")
    path.write_bytes(build_workbook(Filing.loads(text, "x")))
    for _ in range(2):
        command = [sys.executable, "-S", "-c", CODE, str(path)]
        packages = ":".join(item for item in sys.path if item.endswith("site-packages"))
        environment = {"PYTHONPATH": f"{ROOT}:{packages}", "PYTHONUTF8": "1"}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, encoding="utf-8")
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_check_loads_these_modules_of_ours_and_no_others(loaded):
    """No writer, planner of reports, importer, desk or button; what is new on the way is looked at, then listed."""
    listed = {"gk_xl"} | {
        f"gk_xl.{package}{'.' if package else ''}{name}" for package, names in OURS.items() for name in names.split()
    }
    found = {name for name in loaded if name.partition(".")[0] == "gk_xl" and not f"{name}.".startswith(TEXT)}
    assert found - listed == set()
    assert listed - found == set(), "no longer loaded: take it off the list"


def test_a_check_loads_no_heavy_module(loaded):
    """Of other packages only lxml; of Python's own none that only errors or exports need."""
    tops = {name.partition(".")[0] for name in loaded}
    third = {name for name in tops if name not in sys.stdlib_module_names and not name.startswith("_")} - {"gk_xl"}
    assert third <= THIRD
    assert tops & LATER == set()


def test_what_a_command_made_is_not_looked_through_when_it_ends(tmp_path):
    """Nothing of it is needed any more; what is registered for the end is still done."""
    code = (
        "import atexit, gc, sys\nfrom gk_xl.cli.start import run\natexit.register(print, 'ended')\n"
        "sys.argv[1:] = ['explain', 'T3-01']\ncode = run()\nprint(gc.get_freeze_count() > 10_000, code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-2:] == ["True 0", "ended"]


@pytest.mark.parametrize("watched", [False, True])
def test_what_a_command_made_is_not_taken_apart_when_it_ends(tmp_path, watched):
    """The process ends with the command's code, all that was written being out; who asked for its end before has Python's own."""
    code = (
        "import atexit, sys\n" + "atexit.register(print, 'watched')\n" * watched + "from gk_xl.cli.start import run\n"
        "sys.argv[1:] = ['explain', 'no such rule']\nprint('begun')\nsys.exit(run())"
    )
    command = [sys.executable, "-S", "-v", "-c", code]  # Python tells what it takes apart
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert done.stdout.split() == [b"begun", b"watched"][: 1 + watched]
    assert (b"# cleanup" in done.stderr) is watched
