"""采纳建议 beside the text, on every engine: the sentence goes where it belongs, and nothing of the clerk's is lost."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import pytest

from gk_xl.addin import buttons
from gk_xl.addin.view import read_book
from gk_xl.checks.text_rules.content.aspects import insertion
from gk_xl.errors import HostError
from gk_xl.form.filing import Filing, Unit
from gk_xl.workbook.layout import CAPACITY, RESULTS, RESULTS_FIRST, layout
from gk_xl.workbook.sheets.narrative import suggestions

UNIT = Unit("示例乡人民政府", "township", "我乡", "示例县")
SHEET = "一、总体情况"
PARTS = (
    "（一）主动公开。按目录公开。",
    "（二）依申请公开",
    "设置申请受理窗口。",
    "（三）政府信息管理。专人审核。",
    "（四）政府信息公开平台建设。设查阅点。",
    "（五）监督保障。组织培训。",
)
NAMES = ("规范性文件", "依申请公开", "复议诉讼")


def filing(*overview: str, **parts: tuple[str, ...]) -> Filing:
    """Return a filing with one application, all else 0, and this text."""
    blank = Filing.blank(2025, UNIT)
    ones = dict.fromkeys(
        (f"t3.{row}.{column}" for row in ("received_new", "granted", "outcome_total")
         for column in ("natural_person", "total")), 1,
    )  # fmt: skip
    return replace(blank, cells=dict.fromkeys(blank.cells, 0) | ones, narrative={"overview": overview, **parts})


def place_of(topic: str):
    """Return where the sentence about a topic stands."""
    name = next(name for name, item, _ in suggestions(filing()) if item is not None and item.topic == topic)
    return layout("2021").names[name].suggestion


def select(book, topic: str, rows: int = 0) -> None:
    place = place_of(topic)
    sheet = book.sheets[place.sheet]
    sheet.activate()
    sheet.range((place.row + rows, place.column)).select()


def yes(_question: str) -> bool:
    return True


def no(_question: str) -> bool:
    return False


def overview(book) -> tuple[str, ...]:
    return read_book(book).filing.paragraphs("overview")


def select_finding(book, code: str) -> None:
    """Select the first line of 校验结果 with a rule's code."""
    rows = book.sheets[RESULTS].range((RESULTS_FIRST, 1), (RESULTS_FIRST + 40, 8)).options(ndim=2).value
    number = next(number for number, row in enumerate(rows) if row[7] == code)
    book.sheets[RESULTS].activate()
    book.sheets[RESULTS].range((RESULTS_FIRST + number, 5)).select()


def advice(book) -> str:
    """Return what the selected line proposes."""
    return book.sheets[RESULTS].range((book.app.selection.row, 6)).value


SAID = "本年度共收到政府信息公开申请3件，全部为自然人申请。"


def test_the_words_or_the_cell_whichever_the_clerk_says(opened):
    """“3件” against a table of 1: the line offers both; the words are changed, and what stood there is in the note."""
    book = opened(filing(SAID, *PARTS))
    buttons.check(book)
    select_finding(book, "X-03")
    assert "正文“3件”改为“1件”" in advice(book)
    assert "改为 3" in advice(book)
    asked = []
    told = buttons.accept_proposal(book, lambda question: asked.append(question) or True)
    assert len(asked) == 1
    assert "“3件”改为“1件”" in told
    assert overview(book)[0] == SAID.replace("3件", "1件")
    place = layout("2021").names["narrative.overview.1"]
    assert f"原文：{SAID}" in book.sheets[SHEET].range((place.row, place.column)).note.text
    assert read_book(book).filing.number("t3.received_new.total") == 1
    assert told.endswith(buttons.check(book))
    assert all(sheet.impl.protected for sheet in book.sheets)


def test_the_table_where_the_text_is_right_and_nothing_where_neither(opened):
    """No to the words is asked once more; no to both changes nothing."""
    book = opened(filing(SAID, *PARTS))
    buttons.check(book)
    select_finding(book, "X-03")
    assert "什么也没有改" in buttons.accept_proposal(book, no)
    assert overview(book)[0] == SAID
    asked = []
    told = buttons.accept_proposal(book, lambda question: asked.append(question) or len(asked) == 2)
    assert "改为 3" in told
    assert overview(book)[0] == SAID
    assert read_book(book).filing.number("t3.received_new.total") == 3


def test_a_slip_of_the_pen_is_put_right_and_taken_back(opened):
    """A doubled word has one answer: nothing is asked; 撤销 brings the old words back. A second change finds the first."""
    line = "我乡认真开展政务公开工作工作，落实以申请公开各项要求。"
    book = opened(filing(*PARTS, line))
    buttons.check(book)
    select_finding(book, "X-59")
    assert advice(book) == "正文“工作工作”改为“工作”"
    buttons.accept_proposal(book)
    assert overview(book)[-1] == line.replace("工作工作", "工作")
    select_finding(book, "X-62")
    buttons.accept_proposal(book)
    assert overview(book)[-1] == "我乡认真开展政务公开工作，落实依申请公开各项要求。"
    buttons.undo(book)
    assert overview(book)[-1] == line.replace("工作工作", "工作")


def test_a_number_by_its_name_is_no_words_to_change(opened):
    """{新收申请} is the table's own number: nothing can contradict it."""
    book = opened(filing("本年度共收到政府信息公开申请{新收申请}件，办结5件。", *PARTS))
    buttons.check(book)
    select_finding(book, "X-05")
    assert "正文" not in str(advice(book))


def test_sentences_stand_beside_the_text_and_follow_the_tables(opened):
    """A workbook shows them when it is made; a check brings them up to date."""
    book = opened(filing())
    place = place_of("依申请公开")
    cell = book.sheets[SHEET].range((place.row, place.column))
    assert "新收政府信息公开申请1件" in cell.value
    at = layout("2021").names["t3.received_new.total"]
    tables = book.sheets[at.sheet]
    tables.impl.unprotect()
    tables.range((at.row, at.column)).value = 2
    tables.impl.protect()
    buttons.check(book)
    assert "写不出" in cell.value
    assert "不平" in cell.value


def test_a_sentence_goes_under_its_heading(opened):
    """It stands at the end of its part; what followed moves down, and the sheet says that it was taken."""
    book = opened(filing(*PARTS))
    select(book, "依申请公开", rows=2)
    told = buttons.accept_proposal(book)
    text = overview(book)
    assert text[:3] == PARTS[:3]
    assert "{新收申请}件" in text[3]
    assert text[4:] == PARTS[3:]
    row = layout("2021").names["narrative.overview.4"].row
    assert f"“{SHEET}”B{row}" in told
    assert book.sheets[SHEET].range((row, 2)).row_height > 40
    place = place_of("依申请公开")
    assert book.sheets[SHEET].range((place.row, place.column)).value.startswith("【依申请公开】（已采纳）")
    assert all(sheet.impl.protected for sheet in book.sheets)
    assert told.endswith(buttons.check(book))  # the verdict that it gave is that of a check
    select(book, "依申请公开")
    with pytest.raises(HostError, match="已经有"):
        buttons.accept_proposal(book)


def test_an_empty_text_grows_in_the_order_of_the_form(opened):
    """Taken in any order, the sentences and their headings stand in the order of the five parts."""
    book = opened(filing())
    for topic in ("复议诉讼", "规范性文件", "依申请公开"):
        select(book, topic)
        buttons.accept_proposal(book)
    text = overview(book)
    assert text[0] == "（二）依申请公开"
    assert "行政复议" in text[1]
    assert "{新收申请}" in text[2]
    assert text[3] == "（三）政府信息管理"
    assert "规范性文件" in text[4]
    assert len(text) == 5


def row_text(book, number: int) -> str:
    """Return what a clerk sees in a row of 一."""
    place = layout("2021").names[f"narrative.overview.{number}"]
    return str(book.sheets[place.sheet].range((place.row, place.column)).value)


def put(book, name: str, value) -> None:
    """Type into an input."""
    place = layout("2021").names[name]
    sheet = book.sheets[place.sheet]
    sheet.impl.unprotect()
    sheet.range((place.row, place.column)).value = value
    sheet.impl.protect()


def take_in(book, changed: int) -> None:
    """Let one more application have been received and granted."""
    for row in ("received_new", "granted", "outcome_total"):
        for column in ("natural_person", "total"):
            put(book, f"t3.{row}.{column}", changed)


def test_the_cell_shows_numbers_and_follows_the_tables(opened):
    """No names in braces where the clerk reads; a number that changed in the table changes in the text, and it is said."""
    book = opened(filing(*PARTS))
    select(book, "依申请公开")
    told = buttons.accept_proposal(book)
    assert "句中的数连着表格" in told
    assert "新收政府信息公开申请1件，其中自然人申请1件" in row_text(book, 4)
    assert not {"{", "}"} & set(row_text(book, 4))
    take_in(book, 2)
    told = buttons.check(book)
    assert f"“{SHEET}”B{layout('2021').names['narrative.overview.4'].row}" in told
    assert "新收政府信息公开申请2件，其中自然人申请2件" in row_text(book, 4)
    assert "{新收申请}件" in overview(book)[3]
    assert "已按表更新" not in buttons.check(book)
    take_in(book, 1)
    buttons.check(book)
    buttons.undo(book)
    assert "申请2件" in row_text(book, 4)
    assert "{新收申请}件" in overview(book)[3]  # a step taken back is known again


def test_what_the_clerk_rewrites_is_the_clerks_from_then_on(opened):
    """A clause with a number of the clerk's own follows no more and is judged; the clause beside it still follows."""
    book = opened(filing(*PARTS))
    select(book, "依申请公开")
    buttons.accept_proposal(book)
    mine = row_text(book, 4).replace("新收政府信息公开申请1件", "新收政府信息公开申请7件")
    put(book, "narrative.overview.4", mine)
    buttons.check(book)
    assert row_text(book, 4) == mine
    assert any(row[7] in {"X-03", "X-04", "X-10"} for row in book.sheets[RESULTS].range("A6:H20").options(ndim=2).value)
    take_in(book, 2)
    buttons.check(book)
    assert "新收政府信息公开申请7件" in row_text(book, 4)
    assert "全年办结2件，其中予以公开2件" in row_text(book, 4)


def test_a_name_in_braces_becomes_its_number_by_a_check(opened):
    book = opened(filing(*PARTS))
    put(book, "narrative.overview.7", "全年收到申请{新收申请}件。")
    assert "“全年收到申请{新收申请}”改为“全年收到申请1”" in buttons.check(book).replace("件”", "”")
    assert row_text(book, 7) == "全年收到申请1件。"
    assert overview(book)[6] == "全年收到申请{新收申请}件。"


def test_a_sentence_that_contradicts_is_replaced_alone(opened):
    """What the check holds against the same cells gives way; the rest of its paragraph stays, the old text in the note."""
    wrong = "全年收到政府信息公开申请99件。"
    paragraph = f"（二）依申请公开。渠道畅通。{wrong}答复及时。"
    book = opened(filing(*PARTS[:1], paragraph, *PARTS[2:]))
    asked = []
    select(book, "依申请公开")
    buttons.accept_proposal(book, lambda question: asked.append(question) or True)
    assert f"“{wrong}”。用建议的句子替换这一句吗" in asked[0]
    text = overview(book)
    assert len(text) == len(PARTS)
    assert text[1].startswith("（二）依申请公开。渠道畅通。")
    assert text[1].endswith("答复及时。")
    assert "99" not in text[1]
    assert "{新收申请}" in text[1]


def test_an_earlier_version_is_replaced_on_the_clerks_word(opened):
    """The clerk is asked; the replaced text is kept in the note, and the step can be taken back."""
    older = "本年度收到申请{新收申请}件，未办结。"
    book = opened(filing(*PARTS[:2], older, *PARTS[3:]))
    asked = []
    select(book, "依申请公开")
    buttons.accept_proposal(book, lambda question: asked.append(question) or True)
    shown = "本年度收到申请1件，未办结。"
    assert shown in asked[0]
    text = overview(book)
    assert len(text) == len(PARTS)
    assert "全年办结{办结申请}件" in text[2]
    place = layout("2021").names["narrative.overview.3"]
    assert shown in book.sheets[SHEET].range((place.row, place.column)).note.text
    buttons.undo(book)
    assert overview(book)[2] == older
    select(book, "依申请公开")
    buttons.accept_proposal(book, no)
    assert overview(book)[2] == older
    assert "全年办结{办结申请}件" in overview(book)[3]


def test_a_text_in_one_cell_gets_a_line_of_its_own(opened):
    """Everything pasted into one cell stays there; the sentence becomes one of its lines."""
    book = opened(filing("开头。"))
    place = layout("2021").names["narrative.overview.1"]
    sheet = book.sheets[SHEET]
    sheet.impl.unprotect()
    sheet.range((place.row, place.column)).value = "\n".join(PARTS)
    sheet.impl.protect()
    select(book, "复议诉讼")
    buttons.accept_proposal(book)
    lines = sheet.range((place.row, place.column)).value.splitlines()
    assert [line for line in lines if "行政复议" in line] == [lines[3]]
    assert lines[:3] + lines[4:] == list(PARTS)


def test_a_full_part_is_said_and_left_alone(opened):
    full = (*PARTS, *(f"第{number}项工作完成。" for number in range(CAPACITY["overview"] - len(PARTS))))
    book = opened(filing(*full))
    select(book, "复议诉讼")
    with pytest.raises(HostError, match="写满"):
        buttons.accept_proposal(book)
    assert overview(book) == full


def test_what_cannot_be_written_says_why(opened):
    """A sentence over a blank cell gives the reason; beside the list there is nothing to take."""
    book = opened(filing().with_cells({"t3.granted.total": None}))
    select(book, "依申请公开")
    with pytest.raises(HostError, match="写不出：.*还没有填数"):
        buttons.accept_proposal(book)
    select(book, "复议诉讼", rows=30)
    with pytest.raises(HostError, match="没有建议的句子"):
        buttons.accept_proposal(book)
    assert overview(book) == ()


def test_a_zero_report_of_other_matters_can_be_taken_whole(opened):
    """Fee first, then 无其他: both stay on offer until taken, one after the other."""
    book = opened(filing(*PARTS))
    for topic in ("信息处理费", "其他事项"):
        select(book, topic)
        buttons.accept_proposal(book)
    text = read_book(book).filing.paragraphs("other_matters")
    assert [len(text), text[1]] == [2, "无其他需要报告的事项。"]


@pytest.mark.parametrize(
    ("paragraphs", "under", "expected"),
    [
        ((), "主动公开", (0, "（一）主动公开")),
        (PARTS, "主动公开", (1, "")),
        (PARTS, "依申请公开", (3, "")),
        (PARTS[3:], "依申请公开", (0, "（二）依申请公开")),
        (PARTS[:1], "依申请公开", (1, "（二）依申请公开")),
        (("本年度各项工作有序推进。",), "主动公开", (1, "（一）主动公开")),
    ],
)
def test_where_a_sentence_belongs(paragraphs, under, expected):
    assert insertion(filing(*paragraphs), "overview", under) == expected


def test_a_part_without_headings_takes_the_sentence_at_its_end():
    assert insertion(filing(other_matters=("一", "二")), "other_matters", "") == (2, "")


def test_a_report_is_made_though_a_password_keeps_the_text_as_it_was(opened, tmp_path):
    """The report holds the tables' numbers; that the workbook's text stayed behind is said, with what to do; nothing is written."""
    book = opened(filing(*PARTS))
    select(book, "依申请公开")
    buttons.accept_proposal(book)
    take_in(book, 2)
    before = row_text(book, 4)
    api = book.sheets[SHEET].api
    if hasattr(api, "protection"):
        api.protection.password = "secret"
    else:
        api.unprotect("")
        api.protect("secret")
    told = buttons.export_report(book, yes, lambda _: None)
    (made,) = tmp_path.glob("*.docx")
    assert "工作簿里的正文（“一、总体情况”B" in told
    assert "保护设了密码" in told
    assert str(made) in told
    assert row_text(book, 4) == before
    with zipfile.ZipFile(made) as package:
        words = re.sub("<[^>]+>", "", package.read("word/document.xml").decode())
    assert "新收政府信息公开申请2件" in words
    if not hasattr(api, "protection"):
        api.unprotect("secret")


def test_a_sentence_that_stands_there_with_other_blanks_is_not_put_in_again(opened):
    """Typed by hand, with a blank round each number: it is told so, and nothing changes."""
    book = opened(filing(*PARTS))
    select(book, "依申请公开")
    buttons.accept_proposal(book, no)
    said = next(text for text in overview(book) if text not in PARTS)
    words = tuple(text.replace("1", " 1 ") if text == said else text for text in overview(book))
    spaced = opened(filing(*words), name="空格.xlsx")
    select(spaced, "依申请公开")
    with pytest.raises(HostError, match="没有再放"):
        buttons.accept_proposal(spaced, no)
    assert overview(spaced) == words
