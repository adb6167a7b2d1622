"""Long work: only changed files are read again, several processes say what one says, one that dies takes nothing with it."""

from __future__ import annotations

import io
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
import zlib
from dataclasses import replace
from multiprocessing import get_context

import pytest

from gk_xl.cli.commands.handing_in import duration, told
from gk_xl.desk import examining, packing, running
from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.context import Context
from gk_xl.desk.examining import examine
from gk_xl.desk.gathering import Piece
from gk_xl.desk.packing import Packed, unpack
from gk_xl.desk.running import Progress
from gk_xl.desk.store import Store
from gk_xl.form.filing import Signature, Unit
from gk_xl.form.finding import Severity
from gk_xl.workbook.build import build_workbook
from tests.desk.test_desk import RIGHT, WRONG, of

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")


@pytest.fixture
def folder(tmp_path):
    """Return a folder of forty filings: so many are worth several processes."""
    return filled(tmp_path / "报送", "白青红黄")


@pytest.fixture
def few(tmp_path):
    """Return a folder of thirteen filings."""
    return filled(tmp_path / "报送", "白")


def filled(box, firsts):
    """Return a folder of nine filings for each sign, and four more: one a workbook with faults, one damaged, two in an archive."""
    box.mkdir()
    for name in (f"{first}{second}乡" for first in firsts for second in "山水石河田岭沟坪湾"):
        (box / f"{name}.json").write_text(of(RIGHT, name).dumps(), encoding="utf-8")
    (box / "错.xlsx").write_bytes(build_workbook(of(WRONG, "错乡"), of(RIGHT, "错乡", year=2024)))
    (box / "坏.xlsx").write_bytes(b"PK half")
    with zipfile.ZipFile(box / "两个.zip", "w") as package:
        package.writestr("甲.json", of(RIGHT, "甲乡").dumps())
        package.writestr("乙.json", of(WRONG, "乙乡").dumps())
    return box


@pytest.fixture
def read(monkeypatch):
    """Yield the names of the files that this process reads."""
    names = []
    plain = examining.receive_content

    def receive_content(data, path, *profiles):
        names.append(path.name)
        return plain(data, path, *profiles)

    monkeypatch.setattr(examining, "receive_content", receive_content)
    return names


def entries(folder, **means):
    """Return what was handed in, without what only a place on the disk tells."""
    return handed_in([folder], means=Means(**means)).collection.entries


def test_several_processes_say_what_one_says(folder):
    """Every finding, line, filing and last year's filing, in the same order."""
    assert entries(folder, workers=2) == entries(folder, workers=1)


def test_only_changed_files_are_read_again(few, store, read):
    """The same file under another name is another; a file that changed alone is read; the results are the same."""
    first = entries(few, store=Store(store), workers=1)
    assert len(read) == 13
    read.clear()
    again = entries(few, store=Store(store), workers=1)
    assert again == first
    assert read == []
    (few / "白山乡.json").write_text(of(WRONG, "白山乡").dumps(), encoding="utf-8")
    (few / "白水乡.json").rename(few / "白水.json")
    entries(few, store=Store(store), workers=1)
    assert sorted(read) == ["白山乡.json", "白水.json"]


def test_other_rules_read_all_again(few, store, read, monkeypatch):
    entries(few, store=Store(store), workers=1)
    read.clear()
    monkeypatch.setattr("gk_xl.desk.store.rules_version", lambda: b"other")
    entries(few, store=Store(store), workers=1)
    assert len(read) == 13


def test_another_last_year_reads_its_unit_again(few, store, read, tmp_path):
    """The unit whose last year came is checked against it, the others are as they were."""
    entries(few, store=Store(store), workers=1)
    before = tmp_path / "去年"
    before.mkdir()
    (before / "甲.json").write_text(of(RIGHT, "甲乡", year=2024).dumps(), encoding="utf-8")
    read.clear()
    found = handed_in([few], [before], means=Means(Store(store), 1)).collection
    assert read == ["甲.json", "甲.json"]  # last year's and this year's
    (unit,) = [item for item in found.entries if item.unit == "甲乡人民政府"]
    assert unit.last.year == 2024


@pytest.mark.parametrize("content", [b"no database at all" * 99, b""])
def test_a_damaged_store_is_begun_anew(few, store, read, content):
    store.write_bytes(content)
    entries(few, store=Store(store), workers=1)
    read.clear()
    entries(few, store=Store(store), workers=1)
    assert not read


def test_a_store_holds_records_and_nothing_that_acts(store):
    """Whoever writes into the store cannot make the desk run anything."""
    evil = zlib.compress(pickle.dumps(os.system))
    with pytest.raises(pickle.UnpicklingError, match="system"):
        unpack(Packed("", "", evil), Context())


class Attribute:
    """Is written as the attribute of something."""

    def __init__(self, of: object, name: str) -> None:
        self.of, self.name = of, name

    def __reduce__(self):
        return getattr, (self.of, self.name)


def test_a_member_of_an_enumeration_is_read_as_every_python_writes_it():
    """Before 3.11.4 it was written as an attribute; no other attribute is read."""
    written = pickle.dumps(Attribute(Severity, "ERROR"))
    assert packing._Known(io.BytesIO(written)).load() is Severity.ERROR
    for other in (
        Attribute(Severity, "__subclasses__"),
        Attribute(Unit, "__init__"),
        Attribute(Severity.ERROR, "name"),
    ):
        with pytest.raises(pickle.UnpicklingError):
            packing._Known(io.BytesIO(pickle.dumps(other))).load()


def test_what_is_packed_comes_back():
    """Numbers, blanks, texts, findings with places, the workbook's own last year."""
    whole = of(WRONG, "甲乡").with_cells({"t3.granted.total": "12件", "t3.granted.research": None})
    data = build_workbook(whole, of(RIGHT, "甲乡", year=2024))
    (packed,) = examine([examining.Task("甲.xlsx", data)], Context())
    entry = unpack(packed, Context())
    assert entry.filing == whole
    assert entry.last.year == 2024
    assert entry.lines
    assert all(finding.where for finding in entry.result.findings if finding.cells)
    assert entry.content.result is entry.result


KILLER = "要命.json"


def deadly(data, path, *profiles):
    """Let the process end where it meets one file."""
    if path.name == KILLER:
        os._exit(9)
    return PLAIN(data, path, *profiles)


PLAIN = examining.receive_content


@POSIX
def test_a_file_that_kills_its_process_is_a_row(folder, store, monkeypatch):
    """The others lose nothing; the next run tries the file again."""
    monkeypatch.setattr(examining, "receive_content", deadly)
    monkeypatch.setattr(running, "_processes", lambda: get_context("fork"))  # they meet the same deadly function
    (folder / KILLER).write_text(of(RIGHT, "要命乡").dumps(), encoding="utf-8")
    found = entries(folder, store=Store(store), workers=2)
    assert len(found) == 41
    problems = {item.path.name: item.problem for item in found if item.problem}
    assert set(problems) == {KILLER, "坏.xlsx"}
    assert "异常退出" in problems[KILLER]
    monkeypatch.setattr(examining, "receive_content", PLAIN)
    assert [item.problem for item in entries(folder, store=Store(store), workers=2) if item.path.name == KILLER] == [""]


def test_what_goes_to_a_process_fits_its_pipe(folder, monkeypatch):
    """Files are laid down for it: one that dies behind a full pipe made some versions of Python wait for ever."""
    sent = []
    plain = running.ProcessPoolExecutor.submit

    def submit(self, function, *arguments):
        sent.append(len(pickle.dumps(arguments)))
        return plain(self, function, *arguments)

    monkeypatch.setattr(running.ProcessPoolExecutor, "submit", submit)
    for number in range(8):
        (folder / f"大{number}.xlsx").write_bytes(b"PK" + bytes(100_000))
    assert len(entries(folder, workers=2)) == 48
    assert sent
    assert max(sent) < 1_000


def test_where_nothing_can_be_laid_down_the_files_travel(folder, monkeypatch, tmp_path):
    """A full disk is no reason to stop."""
    monkeypatch.setattr(running, "_laid_down", lambda tasks, _: PLAIN_LAID(tasks, str(tmp_path / "nowhere")))
    assert entries(folder, workers=2) == entries(folder, workers=1)


PLAIN_LAID = running._laid_down


def test_ctrl_c_keeps_what_was_done(few, store, read):
    """The next run reads only the rest."""

    def stop(at):
        if at.done == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        entries(few, store=Store(store), workers=1, progress=stop)
    count = len(read)
    assert 6 <= count < 13
    read.clear()
    assert len(entries(few, store=Store(store), workers=1)) == 13
    assert len(read) == 13 - count


@POSIX
def test_ctrl_c_in_the_command(folder, store, tmp_path):
    """With processes under way: one Chinese sentence, no traceback, no half file; what was read is in the store."""
    for number in range(160):
        (folder / f"多{number}.json").write_text(of(RIGHT, f"多{number}乡").dumps(), encoding="utf-8")
    command = [sys.executable, "-m", "gk_xl", "desk", "check", str(folder), "-o", str(tmp_path / "汇总.xlsx")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    for _ in range(6000):  # as long as a crowded machine takes
        time.sleep(0.05)
        if process.poll() is not None or (store.exists() and rows(store) >= 50):
            break
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2, said.decode()
    assert "已中断：200 份里读完了" in said.decode()
    assert "Traceback" not in said.decode()
    assert not (tmp_path / "汇总.xlsx").exists()
    assert rows(store) >= 50


def rows(store) -> int:
    """Return how many results are in the store."""
    try:
        base = sqlite3.connect(store)
        try:
            (count,) = base.execute("SELECT count(*) FROM files").fetchone()
        finally:
            base.close()
    except sqlite3.Error:
        return 0
    return count


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes that are forked")
def test_what_is_known_is_not_kept_waiting_by_what_is_read(tmp_path, store, monkeypatch):
    """However many files are unchanged, all of them come while the changed ones are being read elsewhere."""
    paths = [tmp_path / f"{number:03}.json" for number in range(200)]
    for path in paths:
        path.write_text(f'{{"{path.stem}": 1}}', encoding="utf-8")
    pieces = [Piece(path) for path in paths]
    for _ in running.Run(Context(), Store(store), workers=1).entries(pieces[30:]):
        pass
    plain = running.examine
    monkeypatch.setattr(running, "examine", lambda *given: time.sleep(2) or plain(*given))
    order = [number for number, _ in running.Run(Context(), Store(store), workers=2).entries(pieces)]
    assert set(order[:170]) == set(range(30, 200))
    assert sorted(order) == [*range(200)]


def test_progress_says_rate_remaining_time_and_the_file():
    at = Progress(3000, 1500, 500, "一个名字非常非常长的乡人民政府二〇二五年度报告最终版.xlsx", time.monotonic() - 10)
    line = told(at)
    for said in ("1500/3000", "未变 500", "每秒 150 份", "还要 15 秒", "…"):
        assert said in line
    assert [duration(seconds) for seconds in (8, 125, 4860)] == ["还要 8 秒", "还要 2 分 5 秒", "还要 1 小时 21 分"]


def test_at_most_some_dozens_of_files_are_held(tmp_path, monkeypatch):
    """However many files there are, few are in memory at a time."""
    held = most = 0
    content = Piece.content

    def counted(self):
        nonlocal held, most
        held += 1
        most = max(most, held)
        return content(self)

    monkeypatch.setattr(Piece, "content", counted)
    for number in range(300):
        (tmp_path / f"{number}.json").write_text("{}", encoding="utf-8")
    run = running.Run(Context(), workers=2)
    for _ in run.entries([Piece(tmp_path / f"{number}.json") for number in range(300)]):
        held -= 1
    assert most <= 3 * 2 * running.TOGETHER + running.FEW + 2 * running.TOGETHER


def test_a_unit_of_the_list_gets_its_kind(tmp_path):
    """Where the file names none; and another's kind on the list is no reason to read a file anew."""
    bare = replace(RIGHT, unit=Unit("丙镇人民政府"), signed=Signature("丙镇人民政府"))
    (tmp_path / "丙.json").write_text(bare.dumps(), encoding="utf-8")
    (tmp_path / "名单.csv").write_text(
        "单位,类型,截止\n示例县丙镇人民政府,镇,2020-01-01\n丁镇人民政府,镇,\n", encoding="utf-8"
    )
    found = handed_in([tmp_path], means=Means(workers=1)).collection
    (item,) = found.entries
    assert (item.filing.unit.kind, item.unit) == ("town", "示例县丙镇人民政府")
    assert [unit.name for unit in found.missing] == ["丁镇人民政府"]
    assert found.late == (item,)


@pytest.mark.skipif(os.name == "nt", reason="killed by a signal")
def test_no_process_outlives_the_first(tmp_path):
    """The first process is killed in the middle: those that read for it end, too."""
    from gk_xl.desk.running import _begin, _processes

    ends, begun = os.pipe()
    first = os.fork()
    if not first:
        os.close(ends)
        context = _processes()
        context.Process(target=lambda: (_begin(Context()), time.sleep(600))).start()
        os.write(begun, b"1")
        time.sleep(600)
    os.close(begun)
    assert os.read(ends, 1) == b"1"
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    assert os.read(ends, 1) == b""  # the last who holds the other end is gone
    os.close(ends)
