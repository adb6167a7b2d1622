"""导入报告: a report, or a table from the clipboard, fills the open workbook; nothing is replaced without a word."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from functools import partial

import pytest

from gk_xl.addin import buttons, worker
from gk_xl.addin.buttons.choosing import PATTERNS
from gk_xl.addin.buttons.importing import Arrived
from gk_xl.addin.buttons.last_year import received
from gk_xl.addin.version import VERSION
from gk_xl.addin.view import read_book
from gk_xl.errors import HostError, SourceError
from gk_xl.form.doubt import UNREAD
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.report.html import write_html
from gk_xl.sources.formats import suffixes
from gk_xl.sources.pasted import import_pasted
from gk_xl.workbook.doubtful import LEVEL, open_doubts
from gk_xl.workbook.layout import FLAGS, JUDGED
from gk_xl.workbook.sheets.narrative import suggestions
from tests.conftest import ROOT

REPORT = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))
CF_HTML = b"Version:0.9\r\nStartHTML:00000097\r\nEndHTML:99999999\r\nStartFragment:00000131\r\nEndFragment:99999999\r\n"


def never(_question):
    raise AssertionError(_question)


def yes(_question):
    return True


def no(_question):
    return False


def page(folder, filing=REPORT):
    path = folder / "年报.html"
    path.write_text(write_html(filing), encoding="utf-8")
    return path


def table(number):
    """Return a table of the report as Word puts it on the clipboard of Windows."""
    found = re.findall(r"<table.*?</table>", write_html(REPORT), re.DOTALL)[number]
    return CF_HTML + f"<html><body><!--StartFragment-->{found}<!--EndFragment--></body></html>\0".encode()


def beside(book):
    """Return the suggested sentences as they stand beside the text."""
    places = [read_book(book).places[name].suggestion for name, _, _ in suggestions(REPORT)]
    return [book.sheets[place.sheet].range((place.row, place.column)).value for place in places]


@pytest.mark.parametrize("apart", [False, True])
def test_a_report_fills_an_empty_workbook_without_a_question(opened, tmp_path, apart):
    """Numbers, text, signature, the sentences beside the text; one step, taken back by 撤销上一步; the same where another Python reads the file."""
    book = opened(Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县")))
    before = read_book(book).filing
    take = partial(worker.ask_import, sys.executable, VERSION) if apart else None
    said = buttons.import_report(book, page(tmp_path), never, take)
    assert said.startswith("已从“年报.html”填入 200 个数、")
    found = read_book(book).filing
    assert (found.cells, found.narrative) == (REPORT.cells, REPORT.narrative)
    assert found.signed == REPORT.signed
    assert beside(book) == [text or None for _, _, text in suggestions(REPORT)]
    assert "没有可以填入的新内容" in buttons.import_report(book, page(tmp_path), never, take)
    buttons.undo(book)
    after = read_book(book).filing
    assert (after.cells, after.narrative, after.signed) == (before.cells, before.narrative, before.signed)


def test_what_stands_there_is_asked_about(opened, tmp_path):
    """On a no only blanks are filled; on a yes the old number and the old text are in the notes."""
    cell, blank = "t3.received_new.total", "t3.carried_in.total"
    typed = replace(
        REPORT,
        cells={**REPORT.cells, cell: 99, blank: None},
        narrative={**REPORT.narrative, "problems": ("自己写的一段。",)},
        signed=Signature("示例乡人民政府", ""),
    )
    book = opened(typed)
    asked = []
    buttons.import_report(book, page(tmp_path), lambda question: bool(asked.append(question)))
    assert len(asked) == 1
    for words in ("1 个不同的数", "填的是 99，报告是 6", "五、存在的主要问题及改进情况"):
        assert words in asked[0]
    found = read_book(book).filing
    assert (found.value(cell), found.value(blank)) == (99, REPORT.value(blank))
    assert found.paragraphs("problems") == ("自己写的一段。",)
    assert found.signed == REPORT.signed
    said = buttons.import_report(book, page(tmp_path), yes)
    assert "记在批注里" in said
    reading = read_book(book)
    assert reading.filing.narrative == REPORT.narrative
    assert reading.filing.cells == REPORT.cells
    place = reading.places["narrative.problems.1"]
    assert "自己写的一段。" in book.sheets[place.sheet].range((place.row, place.column)).note.text
    place = reading.places[cell]
    assert "原填 99" in book.sheets[place.sheet].range((place.row, place.column)).note.text


@pytest.mark.parametrize(
    ("copied", "said"),
    [
        ("<table><tr><td>项目</td><td>金额</td></tr><tr><td>办公费</td><td>12</td></tr></table>", "别的表格"),
        ("<table><tr><td>行政许可</td><td>3</td></tr></table>", "只是表格里的几行（“行政许可”），没有表头"),
        ("<p>下午三点开会。</p>", "只有文字"),
        ("下午三点开会。", "不是从 Word、WPS 或网页复制的表格"),
    ],
)
def test_what_is_no_table_of_the_form_is_told_how_to_copy(copied, said):
    """Whatever lies on the clipboard, the advice is about copying, never about files that nobody chose."""
    with pytest.raises(SourceError, match=said) as refused:
        import_pasted(copied.encode(), 2025)
    assert "选中整张表复制" in str(refused.value)
    assert "正文的文本" not in str(refused.value)
    assert str(refused.value).count("。") == 1


def test_a_table_copied_in_word_fills_its_cells_alone(opened):
    """The clipboard is offered before a file is asked for; Windows' header before the HTML does not matter."""
    book = opened(Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县")))
    asked = []

    def agreed(question):
        asked.append(question)
        return True

    said = buttons.import_report(book, ask=agreed, paste=lambda: table(1))
    assert len(asked) == 1
    assert "剪贴板里有复制来的表格（" in asked[0]
    assert "“自然人”" in asked[0]
    assert said.startswith("已从剪贴板里的表格填入 175 个数：三、依申请公开 175 格；没有动封面、")
    found = read_book(book).filing
    assert {cell: value for cell, value in found.cells.items() if value is not None} == {
        cell: value for cell, value in REPORT.cells.items() if cell.startswith("t3.")
    }


def test_doubtful_cells_are_said(opened):
    """Their notes tell why; a table that was not read is said first."""
    book = opened(Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县")))
    cells = {cell: (value if cell.startswith("t3.") else None) for cell, value in REPORT.cells.items()}
    arrived = Arrived(replace(REPORT, cells=cells), {"t3.granted.total": "数字连在一起。"}, ("“甲 5”没有放入。",))
    said = buttons.import_report(book, "年报.txt", never, lambda *_: arrived)
    assert said.startswith("表二、表四没有读到，请照原件填写。")
    assert "有 1 个数读得没有把握" in said
    assert "有 1 处没有放进来，如：“甲 5”" in said
    place = read_book(book).places["t3.granted.total"]
    assert "数字连在一起" in book.sheets[place.sheet].range((place.row, place.column)).note.text


def test_what_is_no_number_is_said_apart(opened, tmp_path):
    """It is not counted as a number that came, and is blue until it is changed."""
    book = opened(Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县")))
    source, cell = tmp_path / "年报.json", "t3.granted.commercial"
    source.write_text(replace(REPORT, cells={**REPORT.cells, cell: "若干"}).dumps(), encoding="utf-8")
    said = buttons.import_report(book, source, never)
    numbers = sum(REPORT.number(one) is not None for one in REPORT.cells if one != cell)
    assert f"填入 {numbers} 个数" in said
    assert "有 1 格填的不是数，照原样放入（" in said
    assert "没有把握" not in said
    assert set(open_doubts(read_book(book).filing)) == {cell}


def test_doubts_stay_in_the_workbook_until_they_are_settled(opened):
    """Blue, named by 校验 and a reason; gone where the number is typed, and as they were where the step is taken back."""
    book = opened(Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县")))
    sure, typed, unread = "t3.granted.total", "t3.received_new.total", "t4.reconsideration.upheld"
    cells = {**REPORT.cells, unread: None}
    arrived = Arrived(replace(REPORT, cells=cells), {sure: "分在两行。", typed: "分在两行。", unread: UNREAD}, ())
    buttons.import_report(book, "年报.txt", never, lambda *_: arrived)

    def flag(cell):
        place = read_book(book).places[cell]
        return book.sheets[place.sheet].range((place.row, place.column + FLAGS)).value

    assert [flag(cell) for cell in (sure, typed, unread, "t3.granted.commercial")] == [LEVEL, LEVEL, LEVEL, None]
    for cell in (sure, typed, unread):  # the colour shows as long as the cell holds what stands beside the flag
        place = read_book(book).places[cell]
        held, judged = (book.sheets[place.sheet].range((place.row, place.column + by)).value for by in (0, JUDGED))
        assert judged == held == (None if cell == unread else REPORT.value(cell))
    buttons.check(book)
    reading = read_book(book)
    assert set(open_doubts(reading.filing)) == {sure, typed, unread}
    assert {cell for finding in reading.findings if finding.code == "I-14" for cell in finding.cells} == {sure, typed}
    buttons.import_report(
        book, "年报.txt", yes, lambda *_: Arrived(replace(REPORT, cells={**cells, typed: 999}), {}, ())
    )
    assert set(open_doubts(read_book(book).filing)) == {sure, unread}
    for _ in range(3):
        buttons.undo(book)
    assert read_book(book).filing.doubts == {}
    assert flag(sure) is None


def test_another_report_is_asked_about_or_refused(opened, tmp_path):
    """Another year or unit on the clerk's word, another form not at all, what is no report with its sentence."""
    book = opened(Filing.blank(2025, Unit("别乡人民政府", "township", "我乡", "示例县")))
    assert buttons.import_report(book, page(tmp_path, replace(REPORT, year=2024)), no).startswith("没有导入")
    assert read_book(book).filing.value("t3.granted.total") is None
    with pytest.raises(HostError, match="载入上年"):
        buttons.import_report(book, ROOT / "examples" / "2020_样板乡.txt", yes)
    (tmp_path / "别的.txt").write_text("预算公开", encoding="utf-8")
    with pytest.raises(SourceError, match="不是政府信息公开工作年度报告"):
        buttons.import_report(book, tmp_path / "别的.txt", yes)


@pytest.mark.parametrize(
    ("name", "asked"),
    [("示例县示例乡人民政府", False), ("示例市示例县示例乡人民政府", False), ("别县示例乡人民政府", True)],
)
@pytest.mark.parametrize(("button", "year"), [(buttons.import_report, 2025), (buttons.load_last_year, 2026)])
def test_the_county_before_a_name_makes_no_other_unit(opened, tmp_path, button, year, name, asked):
    """示例县示例乡 is 示例乡 of 示例县, without a question; of another county it is asked about."""
    theirs = replace(REPORT, unit=replace(REPORT.unit, name=name, county=""), signed=Signature(name, "2026-01-10"))
    book = opened(Filing.blank(year, REPORT.unit))
    questions = []
    button(book, page(tmp_path, theirs), lambda question: questions.append(question) or True)
    assert [question for question in questions if "它的单位是" in question] == questions
    assert bool(questions) is asked


@pytest.mark.parametrize("apart", [False, True])
def test_a_text_among_the_tables_is_said_to_stand_in_another_place(opened, tmp_path, apart):
    """A note below 表二 goes to the end of 一: the clerk is told, for the report prints it there."""
    note = "注：行政许可数据含县行政审批局委托本乡办理的事项。"
    shown = write_html(REPORT).replace("</table>", f"</table><p>{note}</p>", 1)
    path = tmp_path / "年报.html"
    path.write_text(shown, encoding="utf-8")
    book = opened(Filing.blank(2025, REPORT.unit))
    take = partial(worker.ask_import, sys.executable, VERSION) if apart else None
    said = buttons.import_report(book, path, never, take)
    assert f"表格里有 1 段文字放在了“一、总体情况”的末尾（{note[:20]}…），不要的请删去。" in said
    assert read_book(book).filing.narrative["overview"][-1] == note


def test_the_dialog_lists_every_format():
    """What can be read can be chosen."""
    assert set(PATTERNS.split(";")) == {f"*{suffix}" for suffix in (*suffixes(), ".json", ".zip")} - {"*.et"}


def test_last_year_may_be_another_tools_workbook(tmp_path):
    """A table pasted into a sheet is read as a report is."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["示例乡2024年政府信息公开工作年度报告"])
    table_two = next(table for table in REPORT.form.tables if table.id == "t2")
    sheet.append(["二、主动公开政府信息情况"])
    for line in range(table_two.lines):
        row = [None] * table_two.width
        for item in table_two.grid:
            if item.line == line:
                row[item.column] = REPORT.value(item.cell) if item.cell else item.text
        sheet.append(row)
    path = tmp_path / "去年.xlsx"
    book.save(path)
    assert received(path).value("t2.licence.decisions") == REPORT.value("t2.licence.decisions")
