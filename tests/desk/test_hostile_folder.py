"""A folder as it really comes: everything in it is a row with its reason, and the run goes to its end."""

from __future__ import annotations

import os
import zipfile

import docx
from openpyxl import Workbook

from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.entry import UNREADABLE
from gk_xl.form.filing import Filing, Unit
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.workbook.build import build_workbook
from tests.desk.test_desk import RIGHT, WRONG, of


def test_everything_at_once(tmp_path):
    """Units thrice, huge and damaged files, archives in archives, all formats, an old form, a list with merged cells."""
    box, before = tmp_path / "报送", tmp_path / "去年"
    (box / "街道").mkdir(parents=True)
    before.mkdir()
    for day, name in enumerate(("甲.xlsx", "甲（改）.xlsx", "甲（终）.xlsx"), start=1):
        (box / name).write_bytes(build_workbook(of(WRONG if day < 3 else RIGHT, "甲乡")))
        os.utime(box / name, (1_768_000_000 + day * 86_400,) * 2)
    (box / "乙.docx").write_bytes(write_docx(of(RIGHT, "乙乡")))
    (box / "街道" / "丙.html").write_text(write_html(of(RIGHT, "丙乡")), encoding="utf-8")
    with (box / "大.xlsx").open("wb") as file:
        file.write(b"PK")
        file.truncate(300 * 1024 * 1024)
    (box / "空.xlsx").write_bytes(b"")
    (box / "扫描.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 99)
    (box / "密.xlsx").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"))
    letter = docx.Document()
    letter.add_paragraph("关于报送年度报告的通知")
    letter.save(box / "通知.docx")
    with zipfile.ZipFile(box / "丁戊.zip", "w") as package:
        package.writestr("丁.json", of(RIGHT, "丁乡").dumps())
        package.writestr("里面.zip", "PK")
    (box / "旧.json").write_text(Filing.blank(2020, Unit("己乡人民政府", "township")).dumps(), encoding="utf-8")
    (before / "甲.json").write_text(Filing.blank(2020, Unit("甲乡人民政府", "township")).dumps(), encoding="utf-8")
    (before / "没了.json").write_text(of(RIGHT, "庚乡", year=2024).dumps(), encoding="utf-8")
    (before / "坏.xlsx").write_bytes(b"PK")
    book = Workbook()
    for row in (
        ["年报名单", None],
        ["乡镇", "单位名称"],
        ["东片", "甲乡人民政府"],
        [None, "乙乡人民政府"],
        ["西片", "辛乡人民政府"],
    ):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("A3:A4")
    book.save(box / "名单.xlsx")

    handed = handed_in([box], [before], means=Means(workers=2))
    found = handed.collection
    assert [unit.name for unit in found.missing] == ["辛乡人民政府"]
    (twice,) = found.duplicates
    assert (twice.kept.file, len(twice.others)) == ("甲（终）.xlsx", 2)
    assert {item.unit for item in found.counted} == {
        "甲乡人民政府", "乙乡人民政府", "丙乡人民政府", "丁乡人民政府", "己乡人民政府",
    }  # fmt: skip
    assert ([item.unit for item in found.of_other_years], found.old_forms) == (["己乡人民政府"], ())
    assert found.gone == ("庚乡人民政府",)
    problems = {item.file: item.problem for item in found.entries if item.outcome == UNREADABLE}
    said = {
        "大.xlsx": "300 MB", "空.xlsx": "空文件", "扫描.jpg": "图片", "密.xlsx": "密码", "通知.docx": "通知.docx",
        "丁戊.zip › 里面.zip": "压缩包里的压缩包",
    }  # fmt: skip
    assert problems.keys() == said.keys()
    for file, word in said.items():
        assert word in problems[file]
        assert str(box) not in problems[file]
    assert any("坏.xlsx" in line for line in handed.unread)
    formats = {item.file: item.format for item in found.counted}
    assert (formats["乙.docx"], formats["街道/丙.html"], formats["甲（终）.xlsx"]) == ("Word 文档", "网页", "工作簿")
    assert found.year == 2025
