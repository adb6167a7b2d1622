"""Whatever one file does, the batch goes on and lists it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from gk_xl import intake, journal
from gk_xl.cli.main import main
from gk_xl.desk import examining
from gk_xl.desk.book.paper import LEADER, UNITS, YEARS
from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook
from tests.conftest import ROOT

EXAMPLES = Path(__file__).parents[2] / "examples"
RIGHT = Filing.loads((EXAMPLES / "2025_示例乡.json").read_text(encoding="utf-8"))
WRONG = Filing.loads((EXAMPLES / "2025_示例乡_有误.json").read_text(encoding="utf-8"))


def of(filing, unit, **changes):
    """Return a filing as another unit's."""
    return replace(Filing.loads(filing.dumps().replace("示例乡", unit)), **changes)


@pytest.fixture(autouse=True)
def log(monkeypatch, tmp_path):
    """Let the log lie where the test can read it."""
    monkeypatch.setattr(journal, "log_file", lambda: tmp_path / "日志" / "gk_xl.log")
    return tmp_path / "日志" / "gk_xl.log"


@pytest.fixture
def folder(tmp_path):
    """Yield a folder with three filings: two right ones, one wrong."""
    box = tmp_path / "报送"
    box.mkdir()
    for unit, filing in (("甲乡", RIGHT), ("乙乡", WRONG), ("丙乡", RIGHT)):
        (box / f"{unit}.xlsx").write_bytes(build_workbook(of(filing, unit)))
    return box


@pytest.fixture
def broken(monkeypatch):
    """Let the program fail over one file in a way that nobody foresaw."""

    def over(name):
        plain = intake.receive

        def receive(path, profile=None):
            if path.name == name:
                raise ZeroDivisionError("nobody foresaw this")
            return plain(path, profile)

        whole = examining.receive_content

        def receive_content(data, path, *profiles):
            if path.name == name:
                raise ZeroDivisionError("nobody foresaw this")
            return whole(data, path, *profiles)

        monkeypatch.setattr("gk_xl.cli.commands.checking.receive", receive)
        monkeypatch.setattr(examining, "receive_content", receive_content)

    return over


def test_check_goes_on_and_lists_what_could_not_be_checked(folder, broken, capsys, log):
    """The others are checked, the one is named in Chinese, its traceback is in the log."""
    broken("甲乡.xlsx")
    assert main(["check", str(folder), "--json"]) == 2
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert [bool(item.get("findings") is not None) for item in found].count(True) == 2
    assert "程序出错" in next(item for item in found if "error" in item)["error"]
    assert "甲乡.xlsx" in said.err
    assert "Traceback" not in said.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_the_desk_goes_on_and_lists_what_could_not_be_read(folder, broken, tmp_path, capsys):
    """The summary names the file, the slips of the others are written."""
    broken("丙乡.xlsx")
    assert main(["desk", "check", str(folder), "-o", str(tmp_path / "汇总.xlsx")]) == 2
    cells = [
        str(cell) for row in load_workbook(tmp_path / "汇总.xlsx")[UNITS].iter_rows(values_only=True) for cell in row
    ]
    assert any("程序出错" in cell for cell in cells)
    assert main(["desk", "slips", str(folder), "-o", str(tmp_path / "意见单")]) == 2
    assert len(list((tmp_path / "意见单").glob("*_退回单.docx"))) == 2
    assert "程序内部出错" not in capsys.readouterr().err


def test_one_slip_that_cannot_be_written_does_not_keep_the_others(folder, tmp_path, capsys, monkeypatch):
    """It is listed, the rest is written, exit code 2."""
    from gk_xl.desk import slips

    plain = slips.slip

    def slip(item, *more):
        if item.unit.startswith("乙乡"):
            raise ValueError("no such paper")
        return plain(item, *more)

    monkeypatch.setattr(slips, "slip", slip)
    (folder / "丁.xlsx").write_bytes(b"PK broken")
    assert main(["desk", "slips", str(folder), "-o", str(tmp_path / "意见单")]) == 2
    assert [path.name for path in (tmp_path / "意见单").glob("*_退回单.docx")] == ["丁_退回单.docx"]
    assert "没有写" in capsys.readouterr().out


def test_last_years_folder_with_one_unreadable_file(folder, tmp_path, capsys):
    """The others are compared, the one is named in the summary and on the screen."""
    before = tmp_path / "去年"
    before.mkdir()
    (before / "a.json").write_text(of(RIGHT, "甲乡", year=2024).dumps(), encoding="utf-8")
    (before / "b.json").write_text("{", encoding="utf-8")
    assert main(["desk", "check", str(folder), "--last-year", str(before), "-o", str(tmp_path / "汇总.xlsx")]) == 2
    assert "上年的文件没有读" in capsys.readouterr().out
    book = load_workbook(tmp_path / "汇总.xlsx")
    assert any("b.json" in str(row[0]) for row in book[LEADER].iter_rows(values_only=True))
    assert "有去年数据、可以比较的 1 个单位" in book[YEARS]["A2"].value


def test_a_summary_in_the_folder_is_no_unit(folder, capsys):
    """Neither under its first name nor when it was renamed or saved by another program."""
    assert main(["desk", "check", str(folder), "-o", str(folder / "汇总.xlsx")]) == 1
    (folder / "汇总.xlsx").rename(folder / "第一次.xlsx")
    book = load_workbook(folder / "第一次.xlsx")
    book.save(folder / "第二次.xlsx")
    assert main(["desk", "check", str(folder), "-o", str(folder / "汇总.xlsx")]) == 1
    assert "已交 3；通过 2，未通过 1" in capsys.readouterr().out
    assert main(["check", str(folder)]) == 1


def test_slips_of_units_that_pass_now_do_not_stay(folder, tmp_path, capsys):
    """What lies in the folder is what is to be sent: no old slips, no .bak; a clerk's own file stays."""
    box = tmp_path / "意见单"
    (folder / "丁.xlsx").write_bytes(b"PK broken")
    assert main(["desk", "slips", str(folder), "-o", str(box)]) == 2
    assert sorted(path.name for path in box.glob("*单.docx")) == ["丁_退回单.docx", "乙乡人民政府_退回单.docx"]
    own = docx.Document()
    own.save(box / "丙乡人民政府_退回单.docx")
    (box / "说明.txt").write_text("x", encoding="utf-8")
    (folder / "乙乡.xlsx").write_bytes(build_workbook(of(RIGHT, "乙乡")))
    (folder / "丁.xlsx").write_bytes(build_workbook(of(WRONG, "丁乡")))
    assert main(["desk", "slips", str(folder), "-o", str(box)]) == 1
    assert main(["desk", "slips", str(folder), "-o", str(box)]) == 1
    assert sorted(path.name for path in box.iterdir()) == [
        "丁乡人民政府_退回单.docx",
        "丙乡人民政府_退回单.docx",
        "说明.txt",
        "退回记录.json",
        "通报（草稿）.docx",
    ]
    assert "收走 2 份" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [
    ["check", "长" * 300 + ".xlsx"], ["check", "/" + "a" * 300], ["desk", "check", "长" * 300, "-o", "x.xlsx"],
    ["desk", "slips", "{right}", "-o", "长" * 300], ["desk", "check", "{right}", "-o", "长" * 300 + ".xlsx"],
    ["check", "{right}", "--mark", "长" * 300 + ".xlsx"], ["export", "{right}", "-o", "长" * 300 + ".json"],
    ["check", "a\0b"], ["desk", "check", "a\0b", "-o", "x.xlsx"],
    ["export", "{right}", "-o", "a\0b.json"], ["desk", "slips", "{right}", "-o", "a\0b"], ["check", "{right}", "--mark", "a\0b.xlsx"],
])  # fmt: skip
def test_names_that_no_disk_takes(arguments, tmp_path, capsys, monkeypatch):
    """One Chinese sentence, exit 2."""
    monkeypatch.chdir(tmp_path)
    Path("right.json").write_text(RIGHT.dumps(), encoding="utf-8")
    assert main([argument.replace("{right}", "right.json") for argument in arguments]) == 2
    said = capsys.readouterr().err
    assert "程序内部出错" not in said
    assert not any(word in said for word in ("too long", "Errno", "null byte", "Traceback"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read all")
def test_a_folder_without_permission(folder, capsys):
    """One Chinese sentence."""
    folder.chmod(0)
    try:
        assert main(["check", str(folder)]) == 2
    finally:
        folder.chmod(0o755)
    assert "没有权限" in capsys.readouterr().err


def test_a_file_name_that_is_no_text(folder, tmp_path):
    """Bytes that are no UTF-8, as other systems leave them: summary and slips are written."""
    if sys.platform == "win32":
        pytest.skip("Windows names files in Unicode")
    (folder / os.fsdecode("坏\udcff名".encode("utf-8", "surrogateescape") + b".xlsx")).write_bytes(b"PK broken")
    assert main(["desk", "check", str(folder), "-o", str(tmp_path / "汇总.xlsx")]) == 2
    assert main(["desk", "slips", str(folder), "-o", str(tmp_path / "意见单")]) == 2
    assert "坏名_退回单.docx" in {path.name for path in (tmp_path / "意见单").iterdir()}


AT = """
import os, signal, sys
wanted, count = sys.argv[1], int(sys.argv[2])
def stop(event, given):
    global count
    if event in ("import", "open") and wanted in str(given[0]):
        count -= 1
        if not count:
            os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(stop)
sys.argv = ["gk-xl", "check", sys.argv[3]]
from gk_xl.cli.start import run
sys.exit(run())
"""
"""The command, interrupted at the moment when a module is loaded or a file opened, for the time that is given."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ("gk_xl.cli.main", 1), ("argparse", 1), ("checking.cpython", 1), ("gk_xl.checks", 3),
        (".xlsx", 1), (".xlsx", 4),
    ],
)  # fmt: skip
def test_an_interrupt_at_any_moment_is_no_traceback(folder, wanted, count):
    """Ctrl+C while modules load, while files are checked: one sentence."""
    done = subprocess.run([sys.executable, "-c", AT, wanted, str(count), str(folder)], capture_output=True, check=False)
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert "已中断" in said
    assert "Traceback" not in said


def test_nothing_but_the_handler_stands_before_the_first_line():
    """Until Ctrl+C is answered no module is loaded that takes time, so that hardly a moment is left for Python's own words."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "import signal\nset_to = signal.signal\n"
        "def first(*given):\n    print(sorted(set(sys.modules) - before)); sys.stdout.flush(); import os; os._exit(0)\n"
        "signal.signal = first\nimport gk_xl.cli.start"
    )
    said = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, check=True, cwd=ROOT, text=True
    ).stdout
    assert not {"typing", "re", "argparse", "gk_xl.cli.main"} & set(re.findall(r"'([^']+)'", said))
