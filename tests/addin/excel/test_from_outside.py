"""校验.cmd beside a running Excel: which Excel and which workbook are meant, and what happens to the others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gk_xl.addin.excel import BUTTONS, run
from gk_xl.cli import dropped
from gk_xl.errors import GkXlError
from gk_xl.workbook.layout import RESULTS, RESULTS_FIRST
from tests.addin.excel.conftest import office, sheet, state
from tests.conftest import ROOT


@pytest.fixture
def twice(excel, monkeypatch):
    """Return a function that double-clicks 校验.cmd: exit code and what the window shows."""
    monkeypatch.setenv(dropped.QUIET, "1")

    def run(action: str = "check"):
        code = dropped.main([action])
        out, err = excel.capsys.readouterr()
        return code, (out + err).strip()

    return run


def test_no_excel_runs(twice):
    """The clerk is told to open the workbook, or to drop the file."""
    code, said = twice()
    assert code == 2
    assert "没有打开的 Excel" in said
    assert "拖到" in said


def test_wps_without_a_workbook(wps, twice_in_wps):
    """An empty window of WPS is no workbook."""
    wps.start()
    assert "没有打开的 Excel" in twice_in_wps()[1]


def test_an_excel_without_a_workbook(excel, twice):
    """An empty window is no workbook."""
    excel.start()
    assert "没有打开的 Excel" in twice()[1]


def test_a_protected_view_is_no_workbook_that_can_be_marked(excel, faulty, twice):
    """Excel then says that nothing is active."""
    excel.report(faulty).app.front = None
    code, said = twice()
    assert code == 2
    assert "受保护的视图" in said


@pytest.mark.parametrize("action", ["check", "report"])
def test_the_workbook_in_front_is_meant(excel, faulty, twice, action):
    """Of two Excels the one in front, of its workbooks the active one; the others stay as they are."""
    behind = excel.report(faulty)
    excel.start()
    beside = excel.report(faulty, "另一本.xlsx")
    front = excel.report(faulty)  # of the same name as the one behind
    before = [state(book) for book in (behind, beside)]
    code, said = twice(action)
    assert code == 0
    assert ("校验结果" in said) if action == "check" else ("已导出" in said)
    assert [state(book) for book in (behind, beside)] == before
    if action == "check":
        assert sheet(front, RESULTS).grid.cell(RESULTS_FIRST, 1).value == 1


def test_a_cell_being_edited(excel, faulty, twice):
    """The sentence that the release checklist promises."""
    excel.report(faulty)
    excel.rejects = lambda _, name: -2147418111 if excel.calls > 3 else None
    code, said = twice()
    assert code == 2
    assert "正在编辑" in said


def test_busy_from_the_first_call_on(excel, faulty, twice):
    """Even the question which workbook is in front is rejected."""
    excel.report(faulty)
    for excel.makepy in (True, False):
        excel.busy()
        assert "正在编辑" in twice()[1]


def test_undo_does_not_reach_another_workbook_of_the_same_name(excel, faulty):
    """What is taken back is known by the full path."""
    mine = excel.report(faulty)
    (excel.folder / "备份").mkdir()
    other = excel.open(faulty, excel.folder / "备份" / "年报.xlsx", excel.start())
    excel.click(mine, "check")
    assert "没有可以撤销" in excel.click(other, "undo")
    assert "已撤销" in excel.click(mine, "undo")


LEAVING = """
import subprocess, sys
from types import SimpleNamespace
from tests.doubles.excel.excel import Excel
from tests.doubles.excel.pywin32 import installed

def run(command, **_):
    print("ran", *command)
    table = "\\nImage\\n====\\nEXCEL.EXE 4711 Console 1 100,000 K\\n"
    return SimpleNamespace(stdout=table)

subprocess.run, subprocess.CREATE_NO_WINDOW = run, 0
excel = Excel()
with installed(excel) as layer:
    exec(sys.argv[1])
    import atexit
    atexit._run_exitfuncs()
"""


@pytest.mark.parametrize(
    "program",
    [
        "from gk_xl.addin import excel as entry; layer.BOOK_CALLER = None; entry.press('check')",
        "from gk_xl.cli import dropped; dropped.main(['check'])",
        "import gk_xl.addin.functions",
    ],
)
def test_leaving_ends_nobodys_excel(program):
    """When our Python ends, no list of processes is asked for and none is ended: a table in Word goes on living."""
    done = subprocess.run(
        [sys.executable, "-c", LEAVING, program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "ran" not in done.stdout


def test_the_double_would_show_processes_ended():
    """The same with xlwings alone: it asks for the list, and ends what has no window."""
    done = subprocess.run([sys.executable, "-c", LEAVING, ""], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "ran taskkill /PID 4711 /F" in done.stdout


@pytest.fixture
def wps(monkeypatch, tmp_path, capsys):
    """A machine with WPS in place of Excel: its own typings, its own registered name, no window of Excel's class."""
    yield from office(monkeypatch, tmp_path, capsys, "wps")


def test_wps_is_found_by_its_own_name(wps, faulty, twice_in_wps):
    """The same buttons mark the workbook in front of WPS, and no member is used that its typings do not have."""
    book = wps.report(faulty)
    code, said = twice_in_wps()
    assert code == 0
    assert "校验结果" in said
    assert sheet(book, RESULTS).grid.cell(RESULTS_FIRST, 1).value == 1
    assert twice_in_wps("report")[0] == 0


@pytest.mark.variants(2)
@pytest.mark.parametrize("name", BUTTONS)
def test_every_button_works_on_what_wps_has(wps, faulty, name):
    """As from outside, for all buttons."""
    book = wps.report(faulty)
    try:
        said = run(name, dropped.front_book())
    except GkXlError as error:  # nothing selected, nothing to take back, no file chosen
        said = str(error)
    assert said
    assert all(item.grid.protected for item in book.sheets)


@pytest.fixture
def twice_in_wps(wps, monkeypatch):
    monkeypatch.setenv(dropped.QUIET, "1")

    def double_click(action: str = "check"):
        code = dropped.main([action])
        out, err = wps.capsys.readouterr()
        return code, (out + err).strip()

    return double_click
