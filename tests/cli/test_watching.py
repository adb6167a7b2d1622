"""校验.cmd stays open and checks after every save, whatever way a program saves."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from queue import Empty, Queue
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from gk_xl.cli import dropped, watching
from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import LEVEL_COLUMN, OUTPUT_ROW, REASON_COLUMN, RESULTS, RESULTS_FIRST, SLIP, layout
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def built(name: str) -> bytes:
    return build_workbook(Filing.loads((ROOT / "examples" / f"{name}.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def good() -> bytes:
    return built("2025_示例乡")


@pytest.fixture(scope="module")
def faulty() -> bytes:
    return built("2025_示例乡_有误")


def replaced(path: Path, data: bytes) -> None:
    """Save as Excel and WPS do: another file, then its name."""
    other = path.with_name("A1B2C3D4")
    other.write_bytes(data)
    other.replace(path)


class Steps:
    """What happens between two looks, one step a look; then the watching ends."""

    def __init__(self, *steps) -> None:
        self.steps = list(steps)

    def __call__(self) -> None:
        if not self.steps:
            raise KeyboardInterrupt
        step = self.steps.pop(0)
        if step:
            step()


def collected(path: Path, *steps) -> list[bool]:
    """Return what is told of a file while these things happen."""
    told: list[bool] = []
    try:
        for there in watching.saves(path, Steps(*steps, None, None, None), watching.stamp(path)):
            told.append(there)  # noqa: PERF402 - what was told before the end counts
    except KeyboardInterrupt:
        return told
    raise AssertionError("it ended by itself")


def test_every_way_of_saving_is_one_save(tmp_path):
    """Written in place, in parts, replaced, removed and written anew: one check each, when the file stands still."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"1")

    def more() -> None:
        with path.open("ab") as file:
            file.write(b"x")

    assert collected(path) == []
    assert collected(path, lambda: path.write_bytes(b"22")) == [True]
    assert collected(path, more, more, more) == [True]
    assert collected(path, lambda: replaced(path, b"333")) == [True]
    assert collected(path, path.unlink, None, lambda: path.write_bytes(b"4444")) == [True]
    assert collected(path, more, None, None, more, None) == [True, True]


def test_a_file_that_is_gone_is_said_once(tmp_path):
    """Moved away: one line; back again: a check."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"1")
    gone = [None] * (watching.MISSED + 5)
    assert collected(path, path.unlink, *gone) == [False]
    path.write_bytes(b"1")
    assert collected(path, path.unlink, *gone, lambda: path.write_bytes(b"22")) == [False, True]


def test_the_list_names_cells_and_what_has_changed(tmp_path, faulty, good, monkeypatch, capsys):
    """After each save all faults by cell, and how many are mended; what cannot be read is one sentence."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(faulty)
    steps = Steps(
        lambda: replaced(path, good), None, lambda: path.write_bytes(good[:2000]), None, lambda: replaced(path, faulty), None, None,
    )  # fmt: skip
    monkeypatch.setattr(watching.time, "sleep", lambda _: steps())
    assert watching.watch(path) == 1
    out, err = capsys.readouterr()
    first, second, last = out.split("────────")[2::2]
    assert "✓ 通过" in first
    assert "新出现 0 处" in first
    assert "改好 0 处" not in first
    assert second.strip() == ""
    assert err.count("\n") == 1
    assert "年报.xlsx" in err
    assert "[三、依申请公开 J8]" in last
    assert "改好 0 处" in last
    assert "Traceback" not in out + err


def verdict_of(copy: Path) -> str:
    """Return what 校验结果 of a marked copy says."""
    return str(load_workbook(copy)[RESULTS].cell(OUTPUT_ROW["verdict"], 3).value)


def test_the_marked_copy_follows_every_save(tmp_path, faulty, good, monkeypatch, capsys):
    """As long as nobody wrote into it or has it open; then it stays as it is, and that is said."""
    path, copy = tmp_path / "年报.xlsx", tmp_path / "年报_校验.xlsx"
    path.write_bytes(faulty)
    dropped.on_file("check", path)
    assert verdict_of(copy).startswith("✗ 未通过")
    lock, seen = tmp_path / ".~lock.年报_校验.xlsx#", []

    def keep() -> None:
        seen.append((verdict_of(copy), copy.read_bytes()))

    def write_into() -> None:
        book = load_workbook(copy)
        place = layout("2021").names["t3.granted.total"]
        book[place.sheet][place.address] = 5
        book.save(copy)

    steps = Steps(
        lambda: replaced(path, good), None, keep,
        lambda: lock.write_text(",clerk,,,;"), lambda: replaced(path, faulty), None, keep, lock.unlink,
        lambda: replaced(path, good), None, write_into, keep, lambda: replaced(path, faulty), None, keep,
    )  # fmt: skip
    monkeypatch.setattr(watching.time, "sleep", lambda _: steps())
    capsys.readouterr()
    assert watching.watch(path, copy) == 1
    out = capsys.readouterr().out
    verdicts = [verdict[:3] for verdict, _ in seen]
    assert verdicts == ["✓ 通"] * 4
    assert seen[0][1] == seen[1][1]
    assert seen[2][1] == seen[3][1] == copy.read_bytes()
    assert [part in out for part in ("标注本没有更新：", "正在 Excel", "里有后来写的内容，没有更新")] == [True] * 3


def test_a_reason_written_in_the_marked_copy_counts(tmp_path, good, monkeypatch, capsys):
    """Where no button can be clicked the workbook's own list is empty: the copy's answers its warnings, and is kept."""
    filing = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text("utf-8"))
    path, copy = tmp_path / "年报.xlsx", tmp_path / "年报_校验.xlsx"
    path.write_bytes(
        build_workbook(filing.with_cells({"t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25}))
    )
    dropped.on_file("check", path)
    assert "警告 0" not in verdict_of(copy)

    def give_reason() -> None:
        book = load_workbook(copy)
        for row in range(RESULTS_FIRST, RESULTS_FIRST + 20):
            if book[RESULTS].cell(row, LEVEL_COLUMN).value == "警告":
                book[RESULTS].cell(row, REASON_COLUMN).value = "省政府赋权"
        book.save(copy)

    before = path.read_bytes()
    capsys.readouterr()
    dropped.on_file("slip", path)
    assert "请在“年报_校验.xlsx”的“校验结果”" in capsys.readouterr().out
    give_reason()
    steps = Steps(lambda: replaced(path, before), None)
    monkeypatch.setattr(watching.time, "sleep", lambda _: steps())
    capsys.readouterr()
    watching.watch(path, copy)
    assert "没有更新" not in capsys.readouterr().out
    assert "警告 0" in verdict_of(copy)
    assert "省政府赋权" in str(list(load_workbook(copy)[RESULTS].iter_rows(values_only=True)))
    dropped.on_file("slip", path)
    slip = load_workbook(tmp_path / "年报_报送单.xlsx", data_only=True)
    assert "省政府赋权" in str(list(slip[SLIP].iter_rows(values_only=True)))


@pytest.mark.parametrize("name", ["年报.json", "年报.xlsx"])
def test_only_a_workbook_is_watched(tmp_path, monkeypatch, name, faulty):
    """A dropped workbook keeps the window open; other files, several, or nobody looking on do not."""
    path = tmp_path / name
    path.write_bytes(faulty if name.endswith("x") else (ROOT / "examples" / "2025_示例乡.json").read_bytes())
    watched = []
    monkeypatch.setattr(watching, "watch", lambda path, copy: watched.append((path, copy.name)) or 0)
    monkeypatch.delenv(dropped.QUIET, raising=False)
    dropped.main(["check", str(path)])
    assert watched == ([(path, "年报_校验.xlsx")] if name.endswith("x") else [])
    watched.clear()
    dropped.main(["check", str(path), str(path)])
    dropped.main(["report", str(path)])
    monkeypatch.setenv(dropped.QUIET, "1")
    dropped.main(["check", str(path)])
    assert watched == []


def test_the_window_that_stays_open(tmp_path, faulty, good):
    """The program itself, started as the .cmd does: it lists, waits, lists again after a save, and is ended from outside."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(faulty)
    environment = {key: value for key, value in os.environ.items() if key != dropped.QUIET}
    command = [sys.executable, "-m", "gk_xl.cli.dropped", "check", str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        lines: Queue[str] = Queue()
        threading.Thread(
            target=lambda: [lines.put(line.decode("utf-8")) for line in running.stdout], daemon=True
        ).start()

        def wait_for(text: str) -> None:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                try:
                    if text in lines.get(timeout=1):
                        return
                except Empty:
                    continue
            raise AssertionError(text)

        try:
            wait_for("[三、依申请公开 J8]")
            wait_for("关上窗口就结束")
            replaced(path, good)
            wait_for("✓ 通过")
            wait_for("新出现 0 处")
            wait_for("标注本")
            assert verdict_of(path.with_name("年报_校验.xlsx")).startswith("✓ 通过")
            assert running.poll() is None
        finally:
            running.kill()
