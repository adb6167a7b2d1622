"""An archive with one report in it is that report; whatever else an archive holds, one sentence says what to do."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from gk_xl.errors import SourceError
from gk_xl.sources import archive
from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.writers import tidy_page, word_file

DRAWING = drawing_of(filing_of("2021", 3))
WORD, PAGE = word_file(DRAWING, random.Random(1))[0], tidy_page(DRAWING, random.Random(1))[0].encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def packed(path, files):
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "files",
    [
        {"年报.docx": WORD},
        {"报送/2021年报.docx": WORD, "报送/附件1.png": PICTURE, "报送/说明.txt": "请查收，谢谢。", "__MACOSX/._年报.docx": b"\0" * 9},
        {"年报.html": PAGE, "年报_files/share.html": "<p>分享</p>", "年报_files/a.png": PICTURE},
        {"../../年报.docx": WORD, "C:\\Temp\\~$年报.docx": b"\x05Admin", "内.zip": WORD},
        {"年报.json": DRAWING.filing.dumps().encode()},
    ],
    ids=["alone", "attachments", "page", "names", "ours"],
)  # fmt: skip
def test_the_one_report_in_an_archive_is_read(files, tmp_path):
    """With its attachments beside it; nothing is written anywhere."""
    path = packed(tmp_path / "报送.zip", files)
    imported = import_sources([path])
    found = judged(DRAWING, imported)
    assert (found.right, found.broken) == (found.all, [])
    assert "是压缩文件，读的是里面的" in imported.notes[0].message
    assert [item.name for item in tmp_path.iterdir()] == ["报送.zip"]


def small_zip():
    return packed(made := io.BytesIO(), {"年报.docx": WORD}) and made.getvalue()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"年报.docx": WORD, "年报.html": PAGE}, "有 2 份报告（年报.docx、年报.html）"),
        ({"内.zip": small_zip()}, "没有读得出的年度报告"),
        ({"年报.docx": small_zip()}, "读不成报告"),
        ({"图.png": PICTURE}, "没有读得出的年度报告"),
        ({f"{n}.docx": WORD for n in range(13)}, "有 13 个文件"),
        ({"年报.docx": WORD[:-400]}, "已经损坏"),
        ({"预算.txt": "样板乡2021年预算公开", "说明.txt": "谢谢"}, "没有读得出的年度报告"),
    ],
    ids=["two", "nested", "nested as word", "pictures", "many", "damaged", "none"],
)
def test_an_archive_without_the_one_report_is_refused(files, said, tmp_path):
    """One sentence, with the next step; an archive in it stays shut."""
    path = packed(tmp_path / "报送.zip", files)
    with pytest.raises(SourceError, match="是压缩文件") as refused:
        import_sources([path])
    assert said in str(refused.value)
    assert "先解压" in str(refused.value)
    assert str(refused.value).count("。") == 1


def test_what_unpacks_to_more_than_a_report_is_not_unpacked(tmp_path, monkeypatch):
    """Neither one huge file nor many large ones."""
    with pytest.raises(SourceError, match="有 21.0 MB，不像年度报告"):
        import_sources([packed(tmp_path / "大.zip", {"年报.txt": bytes(21 * 1024 * 1024)})])
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 1000)
    with pytest.raises(SourceError, match="大得不正常"):
        import_sources([packed(tmp_path / "炸.zip", {"年报.docx": WORD})])


def test_a_file_with_a_password_in_an_archive_is_called_so(tmp_path):
    """By the flag that its entry has."""
    path = packed(tmp_path / "密.zip", {"年报.docx": WORD})
    data = bytearray(path.read_bytes())
    for place in (data.index(b"PK\x03\x04") + 6, data.rindex(b"PK\x01\x02") + 8):
        data[place] |= archive.ENCRYPTED
    path.write_bytes(data)
    with pytest.raises(SourceError, match="里的 年报.docx 设了密码"):
        import_sources([path])


def test_names_that_windows_wrote_are_shown():
    """GBK, without a word of it in the archive."""
    info = zipfile.ZipInfo("年报.json".encode("gb18030").decode("cp437"))
    assert archive.name_of_member(info) == "年报.json"
