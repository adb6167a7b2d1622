"""Files become imports, or are refused in one Chinese sentence that says what to do."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from gk_xl import journal
from gk_xl.errors import SourceError
from gk_xl.form.filing import Filing, Unit
from gk_xl.sources.document import Document, Paragraph, Spot
from gk_xl.sources.formats import FORMATS, Format
from gk_xl.sources.formats.text import LARGEST_TEXT
from gk_xl.sources.model import NoteKind
from gk_xl.sources.open import LARGEST, import_content, import_sources
from gk_xl.sources.text import import_text
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.read import read_workbook
from tests.sources.papers import report

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = EXAMPLES / "2020_样板乡.txt"
JSON = EXAMPLES / "2025_示例乡.json"


@pytest.fixture
def write(tmp_path):
    """Write bytes or text into a file and return its path."""

    def to(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return to


@pytest.mark.variants(3)
@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8（带 BOM）"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("suffix", [".txt", ".TXT", ".md"])
def test_every_encoding_and_line_ending_gives_the_same_filing(write, encoding, said, ending, suffix):
    """The filing does not depend on encoding or line ends; the encoding is said in a note."""
    text = TEXT.read_text(encoding="utf-8")
    path = write(f"年报{suffix}", text.replace("\n", ending).encode(encoding))
    imported = import_sources([path])
    expected = import_text(text, "样本")
    assert imported.filing == expected.filing
    assert imported.placed == expected.placed
    assert [note.read for note in imported.notes if note.where == "编码"] == [said]
    assert len(imported.notes) == len(expected.notes) + 1


def test_a_filing_as_json_is_read_with_the_line_of_each_cell():
    """JSON gives the filing itself; each filled cell is placed on the line of its key."""
    imported = import_sources([JSON])
    assert imported.filing == Filing.loads(JSON.read_text(encoding="utf-8"))
    lines = JSON.read_text(encoding="utf-8").split("\n")
    assert imported.placed
    assert all(f'"{name}":' in lines[number - 1] for name, number in imported.placed.items())
    assert imported.notes == ()


def test_a_unit_that_is_asked_for_prevails_over_the_json():
    """What the caller leaves empty stays as the file has it."""
    filing = import_sources([JSON], unit=Unit(name="试点乡人民政府")).filing
    assert filing.unit == Unit("试点乡人民政府", "township", "我乡", "示例县")


PLENTY = b"x" * (LARGEST + 1)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.txt", b"", "是空文件"),
        ("零.txt", b"\x00" * 4096, "是空文件"),
        ("空白.txt", "\n \t\n\u3000\n", "只有空白"),
        ("空.json", b"", "是空文件"),
        ("图片.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "其实是图片"),
        ("改名.txt", b"PK\x03\x04" + bytes(range(256)), "已经损坏"),
        ("旧版.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "其实是旧版 Word 或 Excel 文件"),
        ("扫描.md", b"%PDF-1.7\n" + bytes(500), "不是完整的 PDF 文件"),
        ("二进制.txt", bytes(range(256)) * 20, "不是文本文件"),
        ("乱码.txt", b"\xff\xfe\x00" + b"\xff\xff\x81" * 50, "不是文本文件"),
        ("太大.txt", PLENTY, "超过 20 MB"),
        ("年报.xyz", b"abc", "没有认得出的年度报告标题或表格"),
        ("没有扩展名", b"abc", "没有认得出的年度报告标题或表格"),
        ("小说.txt", "从前有座山，山里有座庙。", "没有认得出的年度报告标题或表格"),
        ("坏.json", '{"edition": ', "不是有效的 JSON"),
        ("别的.json", '{"name": "x"}', "没有 edition"),
        ("列表.json", "[1, 2]", "应当是一个 JSON 对象"),
        ("多余.json", '{"year": 2025, "edtion": "x"}', "不认识的项目 edtion"),
        ("太早.json", '{"year": 1999}', "没有适用于 1999 年度的表格版本"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(write, name, content, reason):
    """File, reason, next step; the file stays as it was."""
    path = write(name, content)
    before = path.read_bytes()
    with pytest.raises(SourceError) as caught:
        import_sources([path])
    said = str(caught.value)
    assert str(path) in said
    assert reason in said
    assert "请" in said.rpartition("；")[2]
    assert said.endswith("。")
    assert said.count("。") == 1
    assert path.read_bytes() == before


def test_a_spoilt_byte_does_not_refuse_a_text(write):
    """A character cut in its middle leaves the rest as it is, and is told with its line; many are refused."""
    data = TEXT.read_bytes()
    at = data.index("。".encode())
    imported = import_sources([write("断.txt", data[:at] + b"\xe6\x94" + data[at:])])
    assert imported.filing.cells == import_sources([TEXT]).filing.cells
    line = data[:at].count(b"\n") + 1
    assert [note.message for note in imported.notes if f"第{line}行有字读不出" in note.message]
    with pytest.raises(SourceError, match="已经损坏"):
        import_sources([write("坏.txt", data.replace("公开".encode(), "公开".encode() + b"\xe6"))])


def test_what_is_no_file_is_refused(tmp_path):
    """Nothing there, a folder, nothing given: one sentence each."""
    for path, reason in (
        (tmp_path / "没有.txt", "找不到文件"),
        (tmp_path, "是文件夹"),
        (tmp_path / "a" / "b.txt", "找不到文件"),
    ):
        with pytest.raises(SourceError, match=reason):
            import_sources([path])
    with pytest.raises(SourceError, match="没有给出要导入的文件"):
        import_sources([])


@pytest.mark.skipif(os.name == "nt", reason="named pipes are of Unix")
def test_a_pipe_is_refused_without_waiting(tmp_path):
    """A named pipe is no report and must not be waited for."""
    path = tmp_path / "管道.txt"
    os.mkfifo(path)
    with pytest.raises(SourceError, match="不是普通文件"):
        import_sources([path])


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission_is_refused(write):
    """A file that may not be read is refused with the system's reason."""
    path = write("锁.txt", TEXT.read_bytes())
    path.chmod(0)
    with pytest.raises(SourceError, match="请检查权限"):
        import_sources([path])


def test_several_files_complete_each_other(write):
    """Tables in one file and text in another make one filing; what was missing in each is not missing any more."""
    text = TEXT.read_text(encoding="utf-8")
    at, end = text.index("二、主动公开政府信息情况"), text.index("五、存在的主要问题")
    words = write("正文.txt", text[:at] + text[end:])
    tables = write("表格.txt", text[at:end])
    imported = import_sources([words, tables])
    expected = import_text(text, "样本").filing
    assert imported.filing == dataclasses.replace(expected, unit=imported.filing.unit)
    assert imported.filing.unit == expected.unit
    assert [note.where for note in imported.notes_of(NoteKind.MISSING)] == ["落款"]
    assert import_sources([tables, words]).filing == imported.filing


def test_files_that_contradict_each_other_are_noted(write):
    """The first file prevails; each contradiction, in a cell or in the text, is listed."""
    text = TEXT.read_text(encoding="utf-8")
    first, second = (
        write("一.txt", text),
        write("二.txt", text.replace("10.4万元", "10.5万元").replace("我乡没有其他", "本乡没有其他")),
    )
    imported = import_sources([first, second])
    assert imported.filing.value("t2.procurement.amount") == 10.4
    cell, words = imported.notes_of(NoteKind.UNPLACED)
    assert (cell.found, cell.read) == ("10.5", "10.4")
    assert "六、其他需要报告的事项" in words.message


def test_files_of_two_years_are_not_one_report():
    """Reports of different years are refused together."""
    with pytest.raises(SourceError, match=r"不是同一份报告；请分别导入。$"):
        import_sources([TEXT, JSON])


def test_a_further_format_plugs_in(monkeypatch, write):
    """A format that recognises a file's content reads it, whatever the file is called; where things stood is told."""
    blocks = tuple(
        Paragraph(line, Spot(page=number)) for number, line in enumerate(TEXT.read_text("utf-8").split("\n"))
    )

    class Page(Format):
        def read(self, data, name):
            return Document(blocks, self.label)

    monkeypatch.setattr(
        "gk_xl.sources.formats.FORMATS", [Page("page", "版面", (".page",), lambda data: data == b"<data>"), *FORMATS]
    )
    imported = import_sources([write("年报.txt", b"<data>")])
    assert imported.filing.cells == import_sources([TEXT]).filing.cells
    assert any("其实是版面" in note.message for note in imported.notes)
    assert any(note.where.startswith("第1页") for note in imported.notes)


def test_control_characters_in_a_source_are_taken_away_and_said(write, tmp_path):
    """What was imported is written into a workbook that can be read again, and a note tells what was taken away."""
    text = TEXT.read_text(encoding="utf-8").replace("。", "。\x07", 1)
    imported = import_sources([write("报告.txt", text.encode())])
    assert [item.where for item in imported.notes if "U+0007" in item.message]
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(imported.filing))
    assert read_workbook(path).filing.narrative == imported.filing.narrative


def test_a_text_that_is_far_too_long_is_refused(write):
    """Before anything is made of it."""
    with pytest.raises(SourceError, match="不像年度报告"):
        import_sources([write("报告.txt", b"9" * (LARGEST_TEXT + 1))])


@pytest.mark.parametrize(
    "read", [lambda path: import_sources([path]), lambda path: import_content(path.read_bytes(), path)]
)
@pytest.mark.parametrize("broken", ["formats.pdf.blocks_of", "open.import_document"])
def test_what_fails_by_our_own_fault_accuses_no_file(read, broken, write, monkeypatch, tmp_path):
    """The clerk hears whose fault it is and how to go on; the log keeps the cause."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def fails(*_):
        raise IndexError

    monkeypatch.setattr(f"gk_xl.sources.{broken}", fails)
    path = write("年报.pdf", report(Filing.loads(JSON.read_text(encoding="utf-8"))))
    with pytest.raises(SourceError, match="不是文件坏了") as caught:
        read(path)
    assert "另存为 .docx 再导入。" in str(caught.value)
    assert str(caught.value).count("。") == 1
    assert str(journal.log_file()) in str(caught.value)
    assert "IndexError" in journal.log_file().read_text("utf-8")
