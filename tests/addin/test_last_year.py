"""载入上年 and 导出报告 on every engine: what comes in from another file, and what goes out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gk_xl.addin import buttons
from gk_xl.addin.view import read_book
from gk_xl.errors import FileError, HostError
from gk_xl.form.filing import Filing
from gk_xl.form.load import load_edition
from gk_xl.report.html import write_html
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import RESULTS
from tests.addin.clerk import ROOT, UNIT, everything, faulty, no, place_of, protected, write_json, yes, zeros

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_last_year_is_loaded_from_a_workbook_or_json(opened, tmp_path, kind):
    """Last year's numbers stand in 上年数据 cell by cell; the sentence says whose they are and how many."""
    cells = {cell: (number * 7) % 13 for number, cell in enumerate(load_edition("2021").cells)}
    last = replace(zeros(), year=2024, cells=cells)
    source = tmp_path / f"去年.{kind}"
    source.write_bytes(build_workbook(last) if kind == "xlsx" else last.dumps().encode())
    book = opened(zeros())
    told = buttons.load_last_year(book, source)
    assert "2024 年度报告的 200 / 200 个数" in told
    assert read_book(book).last.cells == cells
    assert protected(book)


def test_last_years_words_come_with_its_numbers(opened, tmp_path):
    """Its reasons are offered again beside this year's warnings, and its text shows what was copied from it."""
    same = tuple(f"{text}每季检查一次公开目录，漏项当月补上。" for text in zeros().narrative["overview"])
    warned = {"t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25}
    this = replace(zeros().with_cells(warned), narrative={**zeros().narrative, "overview": same})
    last = replace(this, year=2024, waivers={"T2-10": "省政府\n赋权"})
    source = tmp_path / "去年.xlsx"
    source.write_bytes(build_workbook(last))
    book = opened(this)
    told = buttons.load_last_year(book, source)
    assert "还有去年的正文和写过的理由" in told
    read = read_book(book).last
    assert (read.narrative, read.waivers) == (last.narrative, {"T2-10": "省政府 赋权"})
    buttons.check(book)
    lines = {row[7]: row for row in everything(book)[RESULTS] if row[7]}
    assert "上年写的理由：省政府 赋权" in lines["T2-10"][5]
    assert "X-28" in lines
    bare = replace(zeros(), year=2024, narrative={}).with_cells(dict(this.cells))
    asked = []
    assert "没有载入" in buttons.load_last_year(
        book, write_json(tmp_path, bare), lambda question: bool(asked.append(question))
    )
    assert "“上年数据”里已经填有不同的" in asked[0]  # the numbers are the same, the words are not
    assert read_book(book).last.waivers == {"T2-10": "省政府 赋权"}
    assert "去年的正文" not in buttons.load_last_year(book, write_json(tmp_path, bare), yes)
    assert read_book(book).last.waivers == {}
    assert protected(book)


def test_what_is_not_sure_in_last_years_report_is_told(opened, tmp_path):
    """Another's page: a number that was not read surely, a row that is not there; a sure report says nothing of it."""
    page = write_html(replace(zeros(), year=2024))
    source = tmp_path / "去年.html"
    source.write_text(page, encoding="utf-8")
    book = opened(zeros())
    sure = buttons.load_last_year(book, source)
    assert "存疑" not in sure
    assert "没有读到" not in sure
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    gone = next(row for row in rows if "2.重复申请" in row)
    wrapped = next(row for row in rows if "行政许可" in row)
    cell = "<td>1<br/>2</td>"
    other = re.sub(r"<td[^>]*>0</td>", cell, wrapped, count=1)
    assert other != wrapped
    source.write_text(page.replace(gone, "").replace(wrapped, other), encoding="utf-8")
    told = buttons.load_last_year(book, source, yes)
    assert "其中 1 个存疑（如表二“行政许可”" in told
    assert "原件里有 7 个没有读到，空着，请照原件补填。" in told


def test_last_year_of_another_year_unit_or_edition_is_questioned_or_refused(opened, tmp_path):
    """A doubtful file is loaded only on the clerk's word; numbers that stand there are not replaced in silence."""
    before = replace(zeros(), year=2024, cells=dict.fromkeys(zeros().cells, 1))
    book = opened(zeros(), before)
    other = tmp_path / "别的.json"
    other.write_text(replace(zeros(), year=2023, unit=replace(UNIT, name="别乡人民政府")).dumps(), encoding="utf-8")
    asked: list[str] = []
    assert "没有载入" in buttons.load_last_year(book, other, lambda question: bool(asked.append(question)))
    for words in ("是 2023 年度的报告，应当是 2024 年度的", "单位是“别乡人民政府”", "已经填有不同的数"):
        assert words in asked[0]
    assert read_book(book).last.cells == before.cells
    buttons.load_last_year(book, other, yes)
    assert set(read_book(book).last.cells.values()) == {0}
    old = tmp_path / "旧版.json"
    earlier = Filing.blank(2020, UNIT)
    same, lost = "t3.received_new.total", "t2.penalty.items_prev"
    old.write_text(replace(earlier, cells={**earlier.cells, same: 7, lost: 304}).dumps(), encoding="utf-8")
    assert "没有载入" in buttons.load_last_year(book, old, lambda question: bool(asked.append(question)))
    for words in (
        "是 2019 年版表格，“上年数据”是 2021 年版",
        "能对应的有 1 个数",
        "1 个数没有对应的格、不载入（如",
        "的 304）",
    ):
        assert words in asked[-1]
    assert set(read_book(book).last.cells.values()) == {0}
    buttons.load_last_year(book, old, yes)
    assert {cell: value for cell, value in read_book(book).last.cells.items() if value is not None} == {same: 7}
    with pytest.raises(FileError, match=r"没有\.xlsx"):
        buttons.load_last_year(book, tmp_path / "没有.xlsx", yes)


def test_a_published_report_can_be_last_year(opened, tmp_path):
    """A report's text is read and loaded like a workbook."""
    book = opened(replace(Filing.blank(2020, UNIT)))
    told = buttons.load_last_year(book, ROOT / "examples" / "2020_样板乡.txt", yes)
    assert "/ 198 个数" in told
    assert read_book(book).last.cells["t3.received_new.total"] is not None


def test_the_report_is_refused_while_errors_stand_unless_asked_for(opened, tmp_path):
    """With errors nothing is written on a no; on a yes the file's name and first page say so."""
    book = opened(faulty())
    shown: list[Path] = []
    assert buttons.export_report(book, no, shown.append).startswith("没有导出：校验还有")
    assert not list(tmp_path.glob("*.docx"))
    assert shown == []
    told = buttons.export_report(book, yes, shown.append)
    (made,) = tmp_path.glob("*.docx")
    assert "校验未通过" in made.name
    assert str(made) in told
    assert shown == [made]


def test_a_right_report_lies_beside_the_workbook_and_is_opened(opened, tmp_path):
    """What is typed and not saved is in the report; a file that is there is replaced on the clerk's word, with .bak."""
    import docx

    book = opened(zeros())
    book.sheets["封面"].range(place_of("signed.date").address).value = "2026-01-12"
    shown: list[Path] = []
    buttons.export_report(book, no, shown.append)
    (made,) = tmp_path.glob("*.docx")
    assert made.name == "示例乡2025年政府信息公开工作年度报告.docx"
    assert "2026年1月12日" in "".join(paragraph.text for paragraph in docx.Document(str(made)).paragraphs)
    first = made.read_bytes()
    assert "没有导出" in buttons.export_report(book, no, shown.append)
    book.sheets["封面"].range(place_of("signed.date").address).value = "2026-01-13"
    buttons.export_report(book, lambda text: "公开稿" not in text, shown.append)
    assert made.with_name(made.name + ".bak").read_bytes() == first
    assert shown == [made, made]


def test_a_workbook_that_refuses_leaves_no_report_behind(opened, tmp_path, monkeypatch):
    """The clerk is told that nothing came of it, and nothing lies there."""
    book = opened(zeros())

    def refuses(*_: object) -> str:
        raise HostError("工作表有密码")

    monkeypatch.setattr("gk_xl.addin.buttons.reporting.follow", refuses)
    with pytest.raises(HostError, match="密码"):
        buttons.export_report(book, no, lambda _: None)
    assert not list(tmp_path.glob("*.docx*"))


def test_what_is_to_be_published_carries_nothing_that_is_not_seen(opened, tmp_path):
    """公开稿 is a file of its own: no part of ours, no controls, no comments."""
    import zipfile

    book = opened(zeros())
    told = buttons.export_report(book, yes, lambda _: None)
    (made,) = tmp_path.glob("*.docx")
    assert made.name.endswith("（公开稿）.docx")
    assert str(made) in told
    with zipfile.ZipFile(made) as package:
        assert not [name for name in package.namelist() if name.startswith("customXml") or "comments" in name]
        assert b"w:sdt" not in package.read("word/document.xml")
