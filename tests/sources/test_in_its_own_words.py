"""What a report says of itself: document numbers and gazettes above the title, who signed below it, notes on blanks."""

from __future__ import annotations

import openpyxl
import pytest

from gk_xl.form.filing import Signature
from gk_xl.sources.model import NoteKind
from gk_xl.sources.open import import_sources
from gk_xl.sources.text import import_text
from tests.sources.printed import NEWEST, messages, printed


def report(*lines, end=("样板县水务局", "2026年1月10日"), **parts):
    """Return a report with its own lines in place of the title."""
    return import_text("\n".join([*lines, printed(end=list(end), **parts).split("\n", 1)[1]]), "样本")


@pytest.mark.parametrize(
    "above",
    [
        ("样水发〔2026〕7号",), ("样板县水务局文件", "样水函[2026]第11号"), ("样板县人民政府公报", "2026年第3期"),
        ("样板县人民政府公报（2026）",), ("2026年第一期（总第12期）",),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "title", [("样板县水务局2025年政府信息公开工作年度报告",), ("样板县水务局", "关于2025年政府信息公开工作年度报告")]
)
def test_the_number_of_a_document_and_a_gazette_are_no_part_of_the_title(above, title):
    """The year is the report's, not that of the document; the unit is whoever reports."""
    filing = report(*above, *title).filing
    assert (filing.unit.name, filing.year) == ("样板县水务局", 2025)
    assert filing.paragraphs("preamble") == ()


@pytest.mark.parametrize(
    "below",
    [
        ("样板县水务局", "（二〇二六年一月十日）"), ("样板县水务局", "（2026年1月10日）"),
        ("填报单位：样板县水务局", "2026年1月10日"), ("编制机关: 样板县水务局", "（2026-01-10）"),
    ],
)  # fmt: skip
def test_who_signed_below_the_title_signed(below):
    """As gazettes and covers have it, where nothing is signed at the end; the lines are no preamble."""
    filing = report(
        "样板县水务局2025年政府信息公开工作年度报告", *below, end=(), preamble=["现将情况公布如下。"]
    ).filing
    assert filing.signed == Signature("样板县水务局", "2026-01-10")
    assert filing.paragraphs("preamble") == ("现将情况公布如下。",)


def test_a_day_without_a_name_below_the_title_is_the_page_s():
    """Nobody signs with a day alone; the end of the report goes before what stands below its title."""
    title = "样板县水务局2025年政府信息公开工作年度报告"
    assert report(title, "2026-01-20", end=()).filing.signed == Signature()
    signed = report(title, "样板县财政局", "（2026年1月20日）").filing.signed
    assert signed == Signature("样板县水务局", "2026-01-10")


def test_a_date_may_stand_before_the_name():
    """Word files that are signed in that order lost the name."""
    filing = report("样板县水务局2025年政府信息公开工作年度报告", end=("2026年1月10日", "样板县水务局")).filing
    assert filing.signed == Signature("样板县水务局", "2026-01-10")


@pytest.mark.parametrize("heading", ["一、概述", "一、工作概况", "一、工作回顾", "1.基本情况"])
def test_a_first_section_of_any_name_begins_the_text(heading):
    """What precedes it is preamble, what follows the first section, also where its heading is the office's own."""
    text = printed(preamble=["现将情况公布如下。"]).replace(NEWEST.section("overview").heading, heading)
    filing = import_text(text, "样本").filing
    assert filing.paragraphs("preamble") == ("现将情况公布如下。",)
    assert filing.paragraphs("overview") == ("这里写一句话。",)


def test_lines_of_the_page_between_title_and_text_are_the_page_s():
    """Who published it when, how often it was read, what it is about."""
    lines = (
        "发布人：样板县 发布时间：2026-01-18 点击数：43", "2026-01-21 09:00:00",
        "内容摘要：现公布样板县水务局2025年政府信息公开工作年度报告，欢迎监督。",
    )  # fmt: skip
    imported = report("样板县水务局2025年政府信息公开工作年度报告", *lines, preamble=["现将情况公布如下。"])
    assert imported.filing.paragraphs("preamble") == ("现将情况公布如下。",)
    assert all(any(line[:8] in message for message in messages(imported, NoteKind.UNPLACED)) for line in lines)


def test_a_section_s_heading_above_its_table_s_title_is_no_text():
    """（二）主动公开…… and 表1 主动公开……: one is taken for the heading, the other is the heading again."""
    own = NEWEST.section("t2").heading
    text = printed().replace(own, f"（二）{own[2:]}\n表1　{own[2:]}")
    assert import_text(text, "样本").filing.paragraphs("overview") == ("这里写一句话。",)


@pytest.mark.parametrize(
    "said", ["其他需要报告的事项无。", "其他需要报告的事项：无。", "存在的主要问题及改进情况如下。"]
)
@pytest.mark.parametrize("part", ["overview", "problems", "other_matters"])
def test_a_sentence_made_of_a_heading_s_words_stays(said, part):
    """What is no heading to the letter is text, wherever it ends a part."""
    filing = report("样板县水务局2025年政府信息公开工作年度报告", **{part: ["各项工作平稳。", said]}).filing
    assert filing.paragraphs(part)[-2:] == ("各项工作平稳。", said)


# ---------------------------------------------------------------- what blanks and strokes stand for


@pytest.mark.parametrize(
    ("note", "typed"),
    [
        ("注：空白处为0。", ""), ("说明：未填数字的栏目均为零。", ""), ("备注：表内留空的按“0”统计", ""),
        ("注：“/”表示0。", "/"), ("说明：/代表0件。", "/"), ("注：“—”表示本机关没有这一项，按0统计。", "—"),
        ("注：划横线的为0。", "－"),
    ],
)  # fmt: skip
def test_a_note_makes_zeros_of_what_it_speaks_of(note, typed):
    """In its own table; a sure 0, told with the note, which is no text of the report."""
    cells = dict.fromkeys(("t2.rules.issued", "t2.licence.decisions", "t4.reconsideration.upheld"), typed)
    imported = import_text(_by_lines(cells, note), "样本")
    filing = imported.filing
    assert (filing.cells["t2.rules.issued"], filing.cells["t2.licence.decisions"]) == (0, 0)
    assert not {"t2.rules.issued", "t2.licence.decisions"} & set(filing.doubts)
    assert filing.cells["t4.reconsideration.upheld"] in (None, typed)
    assert any(note[:6] in message for message in messages(imported, NoteKind.NORMALISED))
    assert filing.paragraphs("overview") == ("这里写一句话。",)


@pytest.mark.parametrize(
    ("note", "typed"),
    [
        ("注：单位为件。", ""), ("注：空白处为未统计。", ""), ("注：“/”表示0.5件以下。", "/"), ("注：“本年增/减”为0的不填。", "/"),
        ("注：“—”表示0。", "/"), ("注：空白不为0，是没有统计。", ""), ("注：“/”不代表0。", "/"),
    ],
)  # fmt: skip
def test_other_notes_make_none(note, typed):
    """A blank stays blank, a stroke stays as typed and is asked about."""
    filing = import_text(_by_lines({"t2.rules.issued": typed}, note), "样本").filing
    assert filing.cells["t2.rules.issued"] == (typed or None)


def test_a_note_for_what_follows_holds_for_the_tables_below():
    """Whoever says 下同 once does not say it again."""
    cells = dict.fromkeys(("t2.rules.issued", "t4.reconsideration.upheld"), "/")
    filing = import_text(_by_lines(cells, "说明：“/”表示0，下同。"), "样本").filing
    assert [filing.cells[cell] for cell in cells] == [0, 0]


def _by_lines(cells, note):
    """Return a report whose tables are rows with tabs, a note below the first."""
    lines = ["样板乡2025年政府信息公开工作年度报告"]
    for section in NEWEST.sections:
        lines.append(section.heading)
        if not section.table:
            lines.append("这里写一句话。")
            continue
        rows = {}
        for item in NEWEST.table(section.table).grid:
            rows.setdefault(item.line, []).append(f"{cells.get(item.cell, 0)}" if item.cell else item.text)
        lines += ["\t".join(row) for row in rows.values()]
        lines += [note] if section.table == "t2" else []
    return "\n".join([*lines, "样板乡人民政府", "2026年1月10日"])


# ---------------------------------------------------------------- sheets of text


def test_a_sheet_of_text_with_what_it_is_beside_it(tmp_path):
    """标题 | …, 一、总体情况 | … in one sheet, the tables in another: every part in its place, title, name and date too."""
    book = openpyxl.Workbook()
    text, tables = book.active, book.create_sheet("表格")
    rows = [
        ("标题", "样板县水务局2025年政府信息公开工作年度报告"), ("引言", "现将情况公布如下。"),
        ("一、总体情况", "2025年，各项工作平稳。"), ("", "（一）主动公开。公开信息12条。"),
        ("五、存在的主要问题及改进情况", "一是解读少。二是更新慢。"), ("六、其他需要报告的事项", "没有其他需要报告的事项。"),
        ("署名", "样板县水务局"), ("日期", "2026-01-10"),
    ]  # fmt: skip
    for row in rows:
        text.append(row)
    for section in NEWEST.sections:
        if section.table:
            tables.append([section.heading])
            first = tables.max_row + 1
            for item in NEWEST.table(section.table).grid:
                tables.cell(first + item.line, 1 + item.column, 7 if item.cell else item.text)
    path = tmp_path / "年报.xlsx"
    book.save(path)
    filing = import_sources([path]).filing
    assert (filing.unit.name, filing.year, filing.signed) == (
        "样板县水务局",
        2025,
        Signature("样板县水务局", "2026-01-10"),
    )
    assert filing.paragraphs("preamble") == ("现将情况公布如下。",)
    assert filing.paragraphs("overview") == ("2025年，各项工作平稳。", "（一）主动公开。公开信息12条。")
    assert filing.paragraphs("problems") == ("一是解读少。二是更新慢。",)
    assert filing.paragraphs("other_matters") == ("没有其他需要报告的事项。",)
    assert set(filing.cells.values()) == {7}
