"""One save for everything: whole or not at all, over nothing that is not ours, every earlier version kept."""

from __future__ import annotations

import errno
import os
import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from gk_xl.addin.buttons.reporting import replacing
from gk_xl.cli.main import main
from gk_xl.errors import FileError
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.report.pdf import write_pdf
from gk_xl.workbook import saving
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.files import open_elsewhere
from gk_xl.workbook.kinds import PDF, is_ours, kind_of
from gk_xl.workbook.saving import save_bytes

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and locks as POSIX has them")


def names(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


@cache
def ours(suffix: str, unit: str = "示例乡人民政府") -> bytes:
    """Return a file of ours of each kind."""
    filing = Filing.blank(2025, Unit(unit, "township"))
    return {
        ".xlsx": lambda: build_workbook(filing),
        ".docx": lambda: write_docx(filing),
        ".html": lambda: write_html(filing).encode(),
        ".json": lambda: filing.dumps().encode(),
    }[suffix]()


@cache
def foreign(suffix: str) -> bytes:
    """Return a file of each kind that another program wrote."""
    import io

    import docx
    import openpyxl

    buffer = io.BytesIO()
    if suffix == ".xlsx":
        openpyxl.Workbook().save(buffer)
    elif suffix == ".docx":
        docx.Document().save(buffer)
    return {".html": b"<!DOCTYPE html><p>x", ".json": b'{"a": 1}'}.get(suffix) or buffer.getvalue()


SUFFIXES = (".xlsx", ".docx", ".html", ".json")


# ------------------------------------------------------------------------------------------------ earlier versions


def test_every_version_that_is_replaced_is_kept_and_the_first_for_good(tmp_path):
    """.bak is the version before, .bak1 the first original, .bak2 and .bak3 those between, older first."""
    path = tmp_path / "a.xlsx"
    assert save_bytes(path, b"0")
    assert names(tmp_path) == ["a.xlsx"]
    for number in range(1, 9):
        save_bytes(path, str(number).encode())
        kept = {item.name: item.read_text() for item in tmp_path.iterdir()}
        older = [str(n) for n in range(number - 1)]
        expected = older if len(older) <= 3 else [older[0], *older[-2:]]
        assert kept == {"a.xlsx": str(number), "a.xlsx.bak": str(number - 1)} | {
            f"a.xlsx.bak{place}": text for place, text in enumerate(expected, start=1)
        }


def test_what_has_not_changed_is_not_saved(tmp_path):
    path = tmp_path / "a.xlsx"
    save_bytes(path, b"one")
    save_bytes(path, b"two")
    before = path.stat().st_mtime_ns, path.stat().st_ino
    assert not save_bytes(path, b"two")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert (tmp_path / "a.xlsx.bak").read_bytes() == b"one"
    assert names(tmp_path) == ["a.xlsx", "a.xlsx.bak"]


def test_without_links_versions_are_copies(tmp_path, monkeypatch):
    """A disk that knows no hard links keeps earlier versions all the same."""

    def none(*_, **__):
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(saving.os, "link", none)
    path = tmp_path / "a.xlsx"
    for text in (b"0", b"1", b"2", b"3"):
        save_bytes(path, text)
    assert [item.read_bytes() for item in sorted(tmp_path.iterdir())] == [b"3", b"2", b"0", b"1"]


def test_a_version_kept_is_not_changed_by_who_writes_in_place(tmp_path):
    path = tmp_path / "a.xlsx"
    save_bytes(path, b"one")
    save_bytes(path, b"two")
    with path.open("r+b") as file:
        file.write(b"XXX")
    assert (tmp_path / "a.xlsx.bak").read_bytes() == b"one"


# ------------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_name_must_fit_what_is_written(tmp_path, suffix):
    for other in (*SUFFIXES, ".doc", ".txt", ""):
        path = tmp_path / f"领导稿{other}"
        if other != suffix:
            path.write_bytes(b"x")
            with pytest.raises(FileError, match=f"要以 {suffix} 结尾"):
                save_bytes(path, ours(suffix), force=True)
            assert path.read_bytes() == b"x"
    assert save_bytes(tmp_path / f"好{suffix.upper()}", ours(suffix))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_not_ours_is_overwritten_on_request_only(tmp_path, suffix):
    path = tmp_path / f"稿{suffix}"
    for other in (foreign(suffix), b"something else", ours(".xlsx" if suffix == ".docx" else ".docx")[:200]):
        path.write_bytes(other)
        with pytest.raises(FileError, match="不是用本工具写出的"):
            save_bytes(path, ours(suffix))
        assert path.read_bytes() == other
        assert names(tmp_path) == [path.name]
        assert save_bytes(path, ours(suffix), force=True)
        (tmp_path / f"{path.name}.bak").unlink()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_ours_is_replaced(tmp_path, suffix):
    path = tmp_path / f"稿{suffix}"
    path.write_bytes(ours(suffix))
    assert is_ours(ours(suffix))
    assert save_bytes(path, ours(suffix, "样板乡人民政府"))
    assert (tmp_path / f"稿{suffix}.bak").read_bytes() == ours(suffix)


def test_an_empty_file_is_nobodys(tmp_path):
    path = tmp_path / "a.json"
    path.touch()
    assert save_bytes(path, ours(".json"))


def test_a_pdf_that_was_signed_since_is_no_longer_ours():
    made = b"%PDF-1.7\n/Keywords <FEFF0067006B005F0078006C>\n%%EOF\n"
    assert kind_of(made) is PDF
    assert is_ours(made)
    assert not is_ours(made + b"signature\n%%EOF\n")
    assert not is_ours(b"%PDF-1.7\nOLD-SIGNED-PDF\n%%EOF\n")


@posix
def test_no_output_is_an_input(tmp_path):
    """However the file is called: by another path, a symbolic link, a hard link."""
    source = tmp_path / "d.json"
    source.write_bytes(ours(".json"))
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.json").symlink_to(source)
    os.link(source, tmp_path / "hard.json")
    for path in (source, tmp_path / "sub" / ".." / "d.json", tmp_path / "link.json", tmp_path / "hard.json"):
        assert path.samefile(source)
        with pytest.raises(FileError, match="不能写回它自己"):
            save_bytes(path, ours(".json", "样板乡"), inputs=[tmp_path / "missing.json", source], force=True)
    assert source.read_bytes() == ours(".json")


@pytest.mark.parametrize("name", ["~$a.xlsx", "~$.xlsx", ".~lock.a.xlsx#"])
def test_a_file_open_in_an_application_is_not_overwritten(tmp_path, name):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"one")
    (tmp_path / name).write_bytes(b"")
    assert open_elsewhere(path)
    with pytest.raises(FileError, match="里打开，没有写入"):
        save_bytes(path, b"two", force=True)
    assert path.read_bytes() == b"one"


@pytest.mark.parametrize(
    ("code", "word"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"), (errno.EACCES, "只读"), (errno.EIO, "磁盘读写出错")],
)
@pytest.mark.parametrize("function", ["fsync", "open"])
def test_a_save_that_fails_changes_nothing(tmp_path, monkeypatch, code, word, function):
    """Disk full, read-only, an error in between: the old file stands, no half file, no temporary one."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"one")

    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(saving.os, function, fail)
    with pytest.raises(FileError, match=word) as caught:
        save_bytes(path, b"two")
    assert os.strerror(code) not in str(caught.value)
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["a.xlsx"]


def test_a_full_disk_leaves_the_kept_version_whole(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    save_bytes(path, b"one")
    save_bytes(path, b"two")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(saving.os, "link", full)
    monkeypatch.setattr(saving.shutil, "copyfileobj", full)
    with pytest.raises(FileError, match="磁盘已满"):
        save_bytes(path, b"three")
    assert {item.name: item.read_bytes() for item in tmp_path.iterdir()} == {"a.xlsx": b"two", "a.xlsx.bak": b"one"}


def test_what_is_no_target_is_named(tmp_path):
    with pytest.raises(FileError, match="是一个文件夹"):
        save_bytes(tmp_path, b"x")
    with pytest.raises(FileError, match="不存在"):
        save_bytes(tmp_path / "没有" / "a.xlsx", b"x")

    def twice(path: Path) -> None:
        save_bytes(path, b"x")
        save_bytes(path, b"y")

    for name in ("长" * 100, "长" * 83 + ".xlsx"):  # the second is short enough itself, but not with .bak behind it
        path = tmp_path / name
        with pytest.raises(FileError, match="文件名太长") as caught:
            twice(path)
        assert len(str(caught.value)) < 150
    assert [item.read_bytes() for item in tmp_path.iterdir()] == [b"x"]


@posix
def test_a_folder_without_permission_and_a_device_are_one_sentence(tmp_path):
    if os.geteuid():
        (tmp_path / "锁").mkdir(mode=0o000)
        with pytest.raises(FileError, match="只读"):
            save_bytes(tmp_path / "锁" / "a.xlsx", b"x")
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(FileError, match="不是普通文件"):
        save_bytes(tmp_path / "pipe.xlsx", b"x")


# ------------------------------------------------------------------------------------------------ links, leftovers


@posix
def test_a_link_stays_and_the_file_behind_it_is_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "年报.xlsx", tmp_path / "a.xlsx"
    real.write_bytes(b"one")
    link.symlink_to(real)
    save_bytes(link, b"two")
    assert link.is_symlink()
    assert real.read_bytes() == b"two"
    assert names(tmp_path / "real") == ["年报.xlsx", "年报.xlsx.bak"]
    (tmp_path / "loop.xlsx").symlink_to("loop.xlsx")
    with pytest.raises(FileError, match="绕成了圈"):
        save_bytes(tmp_path / "loop.xlsx", b"x")


@posix
def test_a_bak_that_is_a_link_is_never_followed(tmp_path):
    path, victim = tmp_path / "v.xlsx", tmp_path / "victim"
    victim.write_bytes(b"precious")
    path.write_bytes(b"one")
    (tmp_path / "v.xlsx.bak").symlink_to(victim)
    for number in range(5):
        save_bytes(path, str(number).encode())
    assert victim.read_bytes() == b"precious"
    assert (tmp_path / "v.xlsx.bak").read_bytes() == b"3"


@posix
def test_what_a_killed_save_left_is_removed_by_the_next_and_a_living_one_is_left_alone(tmp_path):
    with saving._temporary(tmp_path) as (_, living):
        living.with_suffix(".old").write_bytes(b"kept")
        for number in range(3):
            (tmp_path / f".gk_xl-{number:016x}.tmp").write_bytes(b"half")
            (tmp_path / f".gk_xl-{number:016x}.old").write_bytes(b"spare")
        (tmp_path / ".gk_xl-notes.txt").write_bytes(b"somebody's")
        save_bytes(tmp_path / "a.xlsx", b"x")
        assert names(tmp_path) == sorted([living.name, f"{living.stem}.old", ".gk_xl-notes.txt", "a.xlsx"])
    assert names(tmp_path) == [".gk_xl-notes.txt", "a.xlsx"]


@posix
def test_the_new_file_has_the_mode_of_the_old_one(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"one")
    path.chmod(0o640)
    save_bytes(path, b"two")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_waiver_or_contact_changes_only_the_workbook():
    """What is not published changes no published file."""
    filing = Filing.blank(2025, Unit("示例乡人民政府", "township"))
    private = replace(filing, contact="王小明 13800001111", waivers={"T2-10": "口头要求"})
    for writer in (write_docx, write_html):
        assert writer(filing) == writer(private)


LONG = "长" * 100


@pytest.mark.parametrize(
    "line",
    [
        ["check", f"{LONG}.xlsx"], ["check", "原.json", "--mark", f"{LONG}.xlsx"], ["import", f"{LONG}.txt", "-o", "a.xlsx"],
        ["export", "原.json", "-o", f"{LONG}.json"], ["report", "原.json", "--force", "-o", f"{LONG}.docx"],
        ["desk", "check", "原.json", "-o", f"{LONG}.xlsx"], ["desk", "slips", "原.json", "-o", LONG],
        ["new", "--year", "2025", "-o", f"{LONG}.xlsx"], ["refresh", f"{LONG}.docx", "原.json"], ["export", "a\0.xlsx", "-o", "b.json"],
        ["report", "原.json", "--force", "-o", "没有/报告.docx"], ["report", "原.json", "--force", "-o", "原.json"],
        ["export", "原.json", "-o", "原.json"], ["export", "原.json", "-o", "领导稿.docx"], ["new", "--year", "2025", "-o", "领导稿.docx"],
        ["check", "原.json", "--mark", "领导稿.docx"], ["check", "原.json", "--mark", "别人的.xlsx"],
    ],
)  # fmt: skip
def test_a_command_that_cannot_write_is_one_chinese_sentence(line, tmp_path, monkeypatch, capsys):
    """Exit 2, no English of the system's, nothing written, nothing changed."""
    monkeypatch.chdir(tmp_path)
    Path("原.json").write_bytes(ours(".json"))
    Path("领导稿.docx").write_bytes(foreign(".docx"))
    Path("别人的.xlsx").write_bytes(foreign(".xlsx"))
    before = {item.name: item.read_bytes() for item in tmp_path.iterdir()}
    assert main(line) == 2
    said = capsys.readouterr().err
    assert said.startswith("gk-xl：")
    assert said.count("\n") == 1
    assert "程序内部出错" not in said
    assert not re.search("too long|such file|directory|Errno|null", said)
    assert {item.name: item.read_bytes() for item in tmp_path.iterdir()} == before


def test_a_pdf_is_saved_like_everything_else(tmp_path):
    """The signed one stays unless asked for, a lock is heeded, what was there is kept, nothing is left behind."""

    class Printed:
        def converted(self, docx: bytes, name: str) -> bytes:
            return b"%PDF-1.7\n/Keywords <FEFF0067006B005F0078006C>\n" + str(len(docx)).encode() + b"\n%%EOF\n"

    filing, path = Filing.blank(2025, Unit("示例乡人民政府", "township")), tmp_path / "r.pdf"
    signed = b"%PDF-1.7\nOLD-SIGNED-PDF\n%%EOF\n"
    path.write_bytes(signed)
    with pytest.raises(FileError, match="不是用本工具写出的"):
        write_pdf(filing, path, converter=Printed())
    (tmp_path / ".~lock.r.pdf#").touch()
    with pytest.raises(FileError, match="没有写入"):
        write_pdf(filing, path, converter=Printed(), force=True)
    (tmp_path / ".~lock.r.pdf#").unlink()
    assert path.read_bytes() == signed
    write_pdf(filing, path, converter=Printed(), force=True)
    write_pdf(replace(filing, signed=Signature("示例乡人民政府", "2026-01-10")), path, converter=Printed())
    assert names(tmp_path) == ["r.pdf", "r.pdf.bak", "r.pdf.bak1"]
    assert (tmp_path / "r.pdf.bak1").read_bytes() == signed


def test_the_question_before_a_report_is_replaced_says_whose_it_is(tmp_path):
    path = tmp_path / "报告.docx"
    for data, said in ((ours(".docx"), "已经有“报告.docx”。"), (foreign(".docx"), "不是用本工具导出的")):
        path.write_bytes(data)
        assert said in replacing(path)
