"""Bad input: one Chinese sentence with the file, the reason and the next step; nothing written, nothing lost."""

from __future__ import annotations

import errno
import io
import zipfile
from pathlib import Path

import pytest

from gk_xl.errors import FileError, WorkbookError
from gk_xl.workbook.build import build_template
from gk_xl.workbook.files import open_package, read_bytes


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip of some members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return buffer.getvalue()


def with_member(name: str, data: bytes) -> bytes:
    """Return the template with one more member."""
    buffer = io.BytesIO(build_template())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return buffer.getvalue()


def flipped() -> bytes:
    """Return the template with bytes of a sheet overwritten, its directory whole."""
    data = bytearray(build_template())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo("xl/worksheets/sheet3.xml")
    start = info.header_offset + 200
    data[start : start + 60] = bytes(60)
    return bytes(data)


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
BAD = {  # made where they are asked for: the bomb takes its time
    "empty": (lambda: b"", "空文件"),
    "gbk text": (lambda: "单位名称,年度\n示例乡,2025\n".encode("gbk"), "不是 Excel 工作簿"),
    "xls": (lambda: OLE, "旧格式（.xls）"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "cut off": (lambda: build_template()[:9000], "已损坏"),
    "bytes overwritten": (flipped, "已损坏"),
    "word": (lambda: zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "是 Word 文档"),
    "ods": (lambda: zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "ODS"),
    "xlsb": (lambda: zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}), "xlsb"),
    "any zip": (lambda: zipped({"photo.txt": b"x"}), "不是 Excel 工作簿"),
    "macros": (lambda: with_member("xl/vbaProject.bin", b"x"), "里有宏"),
    "bomb": (lambda: with_member("xl/worksheets/sheet99.xml", b"0" * 320_000_000), "大得不正常"),
    "steep": (lambda: with_member("xl/media/a.xml", b"0" * 5_000_000), "大得不正常"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path, name):
    """The sentence names the file and the reason, and the file is untouched."""
    make, word = BAD[name]
    data = make()
    path = tmp_path / "年报.xlsx"
    path.write_bytes(data)
    with pytest.raises(FileError, match=word) as error:
        open_package(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    assert path.read_bytes() == data


def test_a_folder_a_missing_file_and_a_huge_one(tmp_path, monkeypatch):
    """Each has its own sentence."""
    with pytest.raises(FileError, match="是一个文件夹"):
        read_bytes(tmp_path)
    with pytest.raises(FileError, match="找不到文件"):
        read_bytes(tmp_path / "没有.xlsx")
    huge = tmp_path / "huge.xlsx"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(FileError, match="2048 MB"):
        read_bytes(huge)

    def refuse(self):
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    small = tmp_path / "locked.xlsx"
    small.write_text("x")
    with pytest.raises(FileError, match="被别的程序占用"):
        read_bytes(small)


def test_a_broken_part_is_one_sentence(tmp_path):
    """A package whose XML is no workbook inside does not end in a traceback."""
    from gk_xl.workbook.read import read_workbook

    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<oops"}))
    with pytest.raises(WorkbookError, match="内部结构不完整"):
        read_workbook(path)


def test_entities_are_not_expanded(tmp_path):
    """An XML bomb inside a part is refused, not expanded."""
    from gk_xl.workbook.read import read_workbook

    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]><workbook>&j;</workbook>"
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": bomb.encode()}))
    with pytest.raises(WorkbookError):
        read_workbook(path)


def test_a_name_too_long_or_with_a_nul_is_a_chinese_sentence(tmp_path):
    """What the system says in English is said in Chinese."""
    for name, why in (("长" * 100 + ".xlsx", "文件名太长"), ("a\0b.xlsx", "不是文件名")):
        with pytest.raises(FileError, match=why) as caught:
            read_bytes(tmp_path / name)
        assert "\0" not in str(caught.value)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_a_part_that_is_there_twice_the_last_is_read(tmp_path):
    """As every program reads it, although parts are unpacked once and kept."""
    path = tmp_path / "两次.xlsx"
    path.write_bytes(with_member("xl/theme/theme9.xml", b"first"))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/theme/theme9.xml", b"last")
    package = open_package(path)
    assert package.read("xl/theme/theme9.xml") == b"last"
    assert package.read("xl/workbook.xml") == zipfile.ZipFile(path).read("xl/workbook.xml")


@pytest.mark.parametrize("where", ["part", "name", "checksum", "directory"])
def test_a_damaged_part_is_not_taken_for_the_whole_one_that_was_read_before(tmp_path, where):
    """Parts are known by their bytes from one workbook to the next; what was damaged since has other bytes."""
    path, name = tmp_path / "坏.xlsx", b"xl/worksheets/sheet3.xml"
    data = bytearray(build_template())
    path.write_bytes(data)
    with open_package(path) as package:
        info = package.getinfo(name.decode())
    entry = data.rindex(name)  # the directory comes last
    at = {
        "part": info.header_offset + 30 + len(name) + 50,
        "name": info.header_offset + 30 + 5,
        "checksum": entry - 46 + 16,
        "directory": entry + len(name) - 5,
    }[where]
    data[at] ^= 1
    path.write_bytes(data)
    with pytest.raises(WorkbookError, match="已损坏"):
        open_package(path)
