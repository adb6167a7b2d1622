"""What lies in a folder: files below it, in archives with names in any encoding; what cannot be had is told in its place."""

from __future__ import annotations

import os
import sys
import zipfile

import pytest

from gk_xl.cli.main import main
from gk_xl.desk.entry import Entry
from gk_xl.desk.gathering import gather, roster_in
from gk_xl.desk.slips import slip
from gk_xl.errors import FileError
from gk_xl.workbook.kinds import GENERATOR, PRODUCT_META
from tests.desk.test_desk import RIGHT


def packed(path, **members):
    """Write an archive."""
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def test_subfolders_and_what_is_passed_over(tmp_path):
    """Locks, backups, systems' files, profiles, the list, what we made of filings: none is a filing."""
    for name in ("乙.xlsx", "甲.docx", "街道/东街.pdf", "街道/丙.txt", ".隐藏/x.xlsx", "~$乙.xlsx", "乙.xlsx.bak", "Thumbs.db",
                 "名单.csv", "本地要求.toml", "退回单/退回记录.json", "去年/旧.xlsx", "甲.html"):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "汇总.html").write_text(
        f'<!doctype html><meta name="generator" content="{GENERATOR}">{PRODUCT_META}', encoding="utf-8"
    )
    (tmp_path / "意见单.docx").write_bytes(slip(Entry(tmp_path / "x.xlsx", problem="读不了")))
    found = gather([tmp_path], passed_over=[tmp_path / "去年"])
    assert [piece.path.relative_to(tmp_path).as_posix() for piece in found] == [
        "乙.xlsx", "甲.docx", "甲.html", "街道/丙.txt", "街道/东街.pdf",
    ]  # fmt: skip
    assert roster_in([tmp_path]) == tmp_path / "名单.csv"


def test_an_archive_is_its_members(tmp_path):
    """Also with folders in it; each with its own content."""
    packed(tmp_path / "报送.zip", **{"乡镇/甲.json": "1", "乙.json": "22", "__MACOSX/._乙.json": "3", "名单.csv": "4"})
    found = gather([tmp_path])
    assert [(piece.member, piece.content()) for piece in found] == [("乡镇/甲.json", b"1"), ("乙.json", b"22")]
    assert found[0].name == "甲.json"


def test_names_as_windows_packs_them(tmp_path):
    """GBK without a word about it."""
    path = packed(tmp_path / "a.zip", AAAAAA="x")
    data = path.read_bytes().replace(b"AAAAAA", "丙镇甲".encode("gb18030"))
    path.write_bytes(data)
    assert [piece.member for piece in gather([path])] == ["丙镇甲"]


@pytest.mark.parametrize(("members", "said"), [({"内.zip": "x"}, "压缩包里的压缩包"), ({}, "没有文件")])
def test_what_an_archive_may_hide(tmp_path, members, said):
    (piece,) = gather([packed(tmp_path / "a.zip", **members)])
    assert said in piece.problem


def test_a_damaged_archive_and_a_damaged_member(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 half")
    path = packed(tmp_path / "b.zip", **{"甲.json": "abcdefgh" * 9})
    data = bytearray(path.read_bytes())
    data[50] ^= 255
    path.write_bytes(data)
    first, second = gather([tmp_path])
    assert "已损坏" in first.problem
    with pytest.raises(FileError, match="甲.json.*已损坏"):
        second.content()


def test_a_member_that_swells_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("gk_xl.desk.gathering.LARGEST", 1000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("甲.json", "0" * 5000)
    (piece,) = gather([tmp_path])
    with pytest.raises(FileError, match="大得不正常"):
        piece.content()


@pytest.mark.skipif(sys.platform == "win32", reason="links as POSIX has them")
def test_a_link_that_leads_nowhere_is_told(tmp_path):
    (tmp_path / "甲.xlsx").symlink_to(tmp_path / "不在.xlsx")
    (piece,) = gather([tmp_path])
    assert "找不到" in piece.problem


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read all")
def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path):
    (tmp_path / "甲.json").write_text("{}", encoding="utf-8")
    (tmp_path / "关").mkdir(mode=0)
    assert any("没有权限" in piece.problem for piece in gather([tmp_path]))


def test_an_empty_folder_is_one_sentence(tmp_path):
    with pytest.raises(FileError, match="没有年度报告"):
        gather([tmp_path])


@pytest.mark.parametrize("action", ["check", "total"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("没有/汇总.xlsx", "不存在，请先建好"),
        ("汇总.docx", "文件名要以 .xlsx 结尾"),
        ("别人的.xlsx", "不是用本工具写出的"),
        ("报送.xlsx", "是一个文件夹"),
    ],
)
def test_where_nothing_can_be_written_no_file_is_read_first(tmp_path, monkeypatch, capsys, action, name, told):
    """Told at once, not after thousands of files."""
    (tmp_path / "报送.xlsx").mkdir()
    (tmp_path / "别人的.xlsx").write_bytes(b"PK another's")
    (tmp_path / "甲.json").write_text(RIGHT.dumps(), encoding="utf-8")
    read = []
    monkeypatch.setattr("gk_xl.desk.examining.receive_content", lambda *given: read.append(given))
    assert main(["desk", action, str(tmp_path), "-o", str(tmp_path / name)]) == 2
    assert told in capsys.readouterr().err
    assert read == []
