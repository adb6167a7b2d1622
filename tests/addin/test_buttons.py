"""Every button on every engine, through xlwings and through the face that LibreOffice's own Python uses."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gk_xl.addin import buttons, edit
from gk_xl.addin.buttons.filling import computed_totals
from gk_xl.addin.view import pick, read_book
from gk_xl.checks.binding import identities
from gk_xl.checks.case import Case, judge
from gk_xl.checks.run import check as run_check
from gk_xl.engines import face
from gk_xl.errors import FileError, HostError, NotATemplate
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.finding import Severity, Verdict
from gk_xl.form.load import load_edition
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.layout import FLAGS, RESULTS, RESULTS_FIRST
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.sheets.results import result_lines

ROOT = Path(__file__).parents[2]
T3 = "三、依申请公开"
UNIT = Unit("示例乡人民政府", "township", "我乡", "示例县")


def yes(_question: str) -> bool:
    return True


def no(_question: str) -> bool:
    return False


def zeros() -> Filing:
    """Return a right filing: every number 0."""
    filing = Filing.blank(2025, UNIT)
    narrative = {
        "preamble": ("本报告中所列数据的统计期限自2025年1月1日起至2025年12月31日止。",),
        "overview": (
            "（一）主动公开。公开本级财政预算、决算和公共服务事项办理指南。",
            "（二）依申请公开。本年度未收到政府信息公开申请。",
            "（三）政府信息管理。明确专人审核，公开前逐件核对来源和日期。",
            "（四）政府信息公开平台建设。在便民服务中心设置公开查阅点。",
            "（五）监督保障。由分管领导负责，年内组织业务培训。",
        ),
        "problems": ("一是信息更新不及时。改进措施：建立台账，每月检查一次。",),
        "other_matters": ("本年度发出收费通知0件，收取信息处理费0元。",),
    }
    signed = Signature(UNIT.name, "2026-01-10")
    return replace(filing, cells=dict.fromkeys(filing.cells, 0), narrative=narrative, signed=signed)


def faulty() -> Filing:
    """Return a filing with a wrong total, a text for a number, a blank, and a warning answered with a reason."""
    changes = {
        "t3.received_new.natural_person": 2, "t3.received_new.total": 3, "t3.granted.natural_person": "2件",
        "t3.partial.research": None, "t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25,
    }  # fmt: skip
    return replace(zeros().with_cells(changes), waivers={"T2-10": "省政府赋权"})


def everything(book) -> dict[str, object]:
    """Return what stands in every sheet, hidden columns included, with the notes of the tables."""
    found: dict[str, object] = {}
    for sheet in book.sheets:
        rows = sheet.range((1, 1), (40 if sheet.name == RESULTS else 80, 40)).options(ndim=2).value
        found[sheet.name] = [list(row) for row in rows]
    return found


def protected(book) -> bool:
    return all(sheet.impl.protected for sheet in book.sheets)


def note(book, sheet: str, address: str) -> str | None:
    found = book.sheets[sheet].range(address).note
    return None if found is None else found.text


def place_of(cell: str):
    return content_for(zeros()).layout.names[cell]


def flag(book, cell: str):
    place = place_of(cell).right(FLAGS)
    return book.sheets[place.sheet].range((place.row, place.column)).value


def test_a_click_writes_what_the_marked_copy_holds(opened):
    """Flags, notes, list, verdict and time equal those of a workbook built with the same findings."""
    filing = faulty()
    book = opened(filing)
    buttons.check(book)
    result, where = run_check(filing), read_book(book).where
    content = content_for(filing, result=replace(result, findings=tuple(f.at(where(f)) for f in result.findings)))
    notes: dict[str, str] = {}
    for name, text in content.notes().items():
        place = content.layout.names.get(name) or content.layout.names[f"{name}.1"]
        notes[name] = text
        assert text in note(book, place.sheet, place.address)
    for name in filing.cells:
        assert flag(book, name) == (content.levels().get(name) or None), name
    assert {name for name in filing.cells if flag(book, name)} <= set(notes)
    assert len(notes) >= 4
    lines = list(result_lines(content))
    shown = book.sheets[RESULTS].range((RESULTS_FIRST, 1), (RESULTS_FIRST + len(lines), 7)).options(ndim=2).value
    assert shown[:-1] == [[value or None for value in line.values] for line in lines]
    assert not any(shown[-1])
    assert protected(book)


def test_every_blank_of_a_table_is_marked_and_told_in_one_line(opened):
    """A table half filled in: each blank cell bears the mark, no number does, the list has one line for all of them."""
    form = load_edition("2021").table("t3")
    blank = [cell.id for cell in form.cells if cell.column != "natural_person"]
    filing = zeros().with_cells(dict.fromkeys(blank))
    book = opened(filing)
    buttons.check(book)
    assert {cell.id for cell in form.cells if flag(book, cell.id) == 3} == set(blank)
    listed = book.sheets[RESULTS].range((RESULTS_FIRST, 5), (RESULTS_FIRST + 20, 5)).options(ndim=2).value
    assert sum(f"{len(blank)} 格没有填" in str(row[0]) for row in listed) == 1


def test_the_list_is_sorted_linked_and_coloured(opened):
    """Gravest first; the place of each line leads to its cell; the level has the colour of its gravity."""
    book = opened(faulty())
    buttons.check(book)
    sheet = book.sheets[RESULTS]
    levels = [
        row[0] for row in sheet.range((RESULTS_FIRST, 2), (RESULTS_FIRST + 20, 3)).options(ndim=2).value if row[0]
    ]
    order = ["线索", "错误", "警告", "提示", "警告（已说明）", "无法判断", "已说明"]
    assert [order.index(level) for level in levels] == sorted(order.index(level) for level in levels)
    error = RESULTS_FIRST + levels.index("错误")
    first = sheet.range((error, 4))
    sheet_name, _, address = first.value.partition(" ")
    assert first.hyperlink.replace("'", "") == f"#{sheet_name}!{address}"
    assert sheet.range((error, 2)).color == (0xF8, 0xCB, 0xAD)
    assert sheet.page_setup.print_area == f"$A$1:$G${RESULTS_FIRST + len(levels) - 1}"


def test_the_second_click_clears_what_was_corrected(opened):
    """After the cells are corrected a click leaves no flag, no note and a shorter list; no number is touched."""
    book = opened(faulty())
    assert "未通过" in buttons.check(book)
    for cell, value in zeros().cells.items():
        if faulty().cells[cell] != value:
            place = place_of(cell)
            book.sheets[place.sheet].range(place.address).value = value
    assert "未通过" not in buttons.check(book)
    assert not any(flag(book, cell) for cell in zeros().cells)
    assert note(book, T3, place_of("t3.received_new.total").address) is None
    assert read_book(book).filing.cells == zeros().cells


def test_a_click_and_the_command_line_say_the_same(opened, tmp_path):
    """The verdict in the open workbook is that of gk-xl check on the saved file; only the lock of the structure differs."""
    book = opened(faulty())
    told = buttons.check(book)
    book.save()
    reading = read_workbook(tmp_path / "年报.xlsx")
    result = run_check(reading.filing, reading.last, extra=[f for f in reading.findings if f.code != "I-07"])
    counts = result.counts
    assert told.startswith(f"✗ 未通过：错误 {counts['error']}，警告 {counts['warning']}，")
    assert reading.filing.cells == faulty().cells
    assert {finding.code for finding in reading.findings} <= {"I-07"}
    assert reading.checked_at


def test_reasons_survive(opened):
    """A reason written beside a warning waives it, stays through further clicks, and is kept when the warning is gone."""
    book = opened(faulty())
    for _ in range(2):
        buttons.check(book)
        assert read_book(book).filing.waivers == {"T2-10": "省政府赋权"}
    place = place_of("t2.normative_doc.issued")
    book.sheets[place.sheet].range(place.address).value = 0
    buttons.check(book)
    assert read_book(book).filing.waivers == {"T2-10": "省政府赋权"}


def test_each_reason_stays_in_its_line_and_nothing_typed_is_dropped(opened):
    """Two findings of one rule, two reasons, a remark beside an error and one in a free row, through three clicks."""
    text = {"overview": "辖区各单位为为公众查阅提供方便。", "problems": "辖区各单位为为公众办事提供方便。"}
    narrative = {part: (*paragraphs, *filter(None, [text.get(part)])) for part, paragraphs in zeros().narrative.items()}
    book = opened(replace(zeros().with_cells({"t3.received_new.total": 3}), narrative=narrative))
    buttons.check(book)
    sheet = book.sheets[RESULTS]

    def listed():
        rows = sheet.range((RESULTS_FIRST, 1), (RESULTS_FIRST + 40, 7)).options(ndim=2).value
        return [(row, line) for row, line in enumerate(rows, start=RESULTS_FIRST) if any(line)]

    twice = [row for row, line in listed() if line[2] == "X-59"]
    wrong = next(row for row, line in listed() if line[1] == "错误")
    sheet.impl.unprotect()
    for row, words in zip((*twice, wrong, RESULTS_FIRST + 35), ("甲", "乙", "问过", "备忘"), strict=True):
        sheet.range((row, 7)).value = words
    sheet.impl.protect()
    for _ in range(3):
        buttons.check(book)
        assert [(line[1], line[6]) for _, line in listed() if line[2] == "X-59"] == [
            ("警告（已说明）", "甲"), ("警告（已说明）", "乙"),
        ]  # fmt: skip
        assert {line[6]: line[1] for _, line in listed() if line[6] in ("问过", "备忘")} == {
            "问过": "错误",
            "备忘": "备注",
        }
    first = place_of("narrative.overview.1")
    number = len(narrative["overview"])
    book.sheets[first.sheet].range((first.row + number - 1, first.column)).value = "辖区各单位为为公众查询提供方便。"
    buttons.check(book)
    assert [line[1] for _, line in listed() if line[2] == "X-59"] == ["警告", "警告（已说明）", "已说明"]
    assert "说明针对的内容已变" in next(line[4] for _, line in listed() if line[6] == "甲")


def test_clearing_marks_keeps_numbers_and_the_clerks_own_notes(opened):
    """Flags and our notes go; what a clerk wrote into a note stays, through a check and a clearing."""
    book = opened(faulty())
    sheet = book.sheets[T3]
    total = place_of("t3.received_new.total").address
    sheet.impl.unprotect()
    sheet.range(total).add_note("问过信访办")
    sheet.impl.protect()
    buttons.check(book)
    assert note(book, T3, total).endswith("问过信访办")
    assert note(book, T3, total).startswith("【错误")
    before = read_book(book).filing
    assert "没有改动任何数" in buttons.clear_marks(book)
    assert note(book, T3, total) == "问过信访办"
    assert not any(flag(book, cell) for cell in before.cells)
    assert read_book(book).filing == before
    assert buttons.clear_marks(book) == "没有要清除的标记。"
    assert protected(book)


def test_whatever_a_clerk_writes_into_notes_stays(opened):
    """Notes that look like ours, on flagged cells and in the list, and colours survive a check, a second one, a clearing."""
    book = opened(faulty())
    sheet, results = book.sheets[T3], book.sheets[RESULTS]
    total, free = place_of("t3.received_new.total").address, place_of("t3.carried_in.total").address
    remark = "【待核】问老王要台账，电话…\n————\n再问"
    sheet.impl.unprotect()
    sheet.range(total).add_note(remark)
    sheet.range(free).add_note(remark)
    sheet.range(free).color = "#00FF00"
    sheet.impl.protect()
    buttons.check(book)
    line = next(row for row in range(RESULTS_FIRST, RESULTS_FIRST + 30) if results.range((row, 3)).value == "T3-03")
    results.impl.unprotect()
    results.range((line, 5)).add_note("这条问过了")
    results.impl.protect()
    book.sheets["一、总体情况"].range("B20").value = "又写一段，出现新的问题：收到申请99件。"
    buttons.check(book)
    moved = next(row for row in range(RESULTS_FIRST, RESULTS_FIRST + 30) if results.range((row, 3)).value == "T3-03")
    assert results.range((moved, 5)).note.text == "这条问过了"
    assert note(book, T3, total).endswith(remark)
    buttons.clear_marks(book)
    assert note(book, T3, total) == note(book, T3, free) == remark
    assert sheet.range(free).color == (0, 255, 0)
    assert protected(book)


def select_line(book, text: str) -> None:
    """Select the first line of the list whose proposal or message holds a text."""
    rows = book.sheets[RESULTS].range((RESULTS_FIRST, 1), (RESULTS_FIRST + 60, 7)).options(ndim=2).value
    number = next(n for n, row in enumerate(rows) if any(text in str(value) for value in row))
    sheet = book.sheets[RESULTS]
    sheet.activate()
    sheet.range((RESULTS_FIRST + number, 5)).select()


def test_accepting_a_proposal_writes_it_and_keeps_the_old_value_in_the_note(opened):
    """“2件” becomes 2 on the clerk's word; the note says what stood there, also after the next check."""
    book = opened(faulty())
    buttons.check(book)
    select_line(book, "改为 2")
    told = buttons.accept_proposal(book)
    assert "由“2件”改为 2" in told
    place = place_of("t3.granted.natural_person")
    assert book.sheets[T3].range(place.address).value == 2
    assert "原填“2件”" in note(book, T3, place.address)
    buttons.check(book)
    assert "原填“2件”" in note(book, T3, place.address)
    assert protected(book)


def test_the_one_explanation_of_a_wrong_cell_can_be_accepted(opened):
    """A wrong total is named with its value; accepting that line corrects it, and every sum holds."""
    book = opened(zeros().with_cells({"t3.granted.total": 5}))
    assert "未通过" in buttons.check(book)
    select_line(book, "可能填错")
    told = buttons.accept_proposal(book)
    assert "由 5 改为 0" in told
    assert "未通过" not in told
    place = place_of("t3.granted.total")
    assert book.sheets[T3].range(place.address).value == 0
    assert "原填 5 " in note(book, T3, place.address)
    assert read_book(book).filing.cells == zeros().cells
    assert told.endswith(buttons.check(book))  # the verdict that it gave is that of a check


def test_a_proposal_is_accepted_only_from_a_list_that_is_still_true(opened):
    """No line selected, a line without proposal, a workbook changed since the check: a sentence each, nothing written."""
    book = opened(faulty())
    buttons.check(book)
    book.sheets[T3].activate()
    book.sheets[T3].range("A1").select()
    with pytest.raises(HostError, match="点选一行"):
        buttons.accept_proposal(book)
    select_line(book, "T3-03")
    with pytest.raises(HostError, match="没有可以直接填入的建议"):
        buttons.accept_proposal(book)
    select_line(book, "改为 2")
    place = place_of("t3.granted.natural_person")
    book.sheets[T3].range(place.address).value = "3件"
    with pytest.raises(HostError, match="请先点“校验”"):
        buttons.accept_proposal(book)
    assert book.sheets[T3].range(place.address).value == "3件"


def test_totals_are_filled_and_typed_ones_changed_on_the_clerks_word(opened):
    """Blank totals get their sums; a different typed one is named, and kept or changed as the clerk says."""
    filing = zeros().with_cells(
        {"t3.received_new.natural_person": 2, "t3.received_new.total": None, "t3.granted.natural_person": 2, "t3.granted.total": 5,
         "t3.outcome_total.natural_person": None, "t3.outcome_total.total": None, "t4.reconsideration.upheld": 1}
    )  # fmt: skip
    book = opened(filing)
    asked: list[str] = []
    told = buttons.fill_totals(book, lambda question: bool(asked.append(question)))
    assert "填的是 5 ，合计是 2" in asked[0]
    assert told == "已填 3 个空着的总计。"
    found = read_book(book).filing.cells
    assert (found["t3.received_new.total"], found["t3.outcome_total.total"], found["t3.granted.total"]) == (2, 2, 5)
    assert found["t4.reconsideration.total"] == 0
    assert "改 2 个" in buttons.fill_totals(book, yes)
    found = read_book(book).filing.cells
    assert (found["t3.granted.total"], found["t4.reconsideration.total"]) == (2, 1)
    assert "原填 5 " in note(book, T3, place_of("t3.granted.total").address)
    assert buttons.fill_totals(book, no) == "总计都已填好，与合计一致。"
    assert protected(book)


def test_totals_over_a_blank_are_left_open_and_counted(opened):
    """A total with a blank or a text among its parts is not guessed."""
    book = opened(
        zeros().with_cells(
            {"t3.granted.research": None, "t3.granted.total": None, "t3.partial.other": "1件", "t3.partial.total": None}
        )
    )
    told = buttons.fill_totals(book, no)
    assert "个总计因分项有空格或文字没有算" in told
    assert read_book(book).filing.cells["t3.granted.total"] is None


def test_zeros_are_filled_only_when_the_clerk_says_so(opened):
    """Every blank but the totals becomes 0; texts and numbers stay; a no changes nothing."""
    filing = Filing.blank(2025, UNIT).with_cells({"t3.granted.research": 4, "t3.partial.other": "１件"})
    book = opened(filing)
    asked: list[str] = []
    assert "没有补零" in buttons.fill_zeros(book, lambda question: bool(asked.append(question)))
    assert read_book(book).filing.cells == filing.cells
    told = buttons.fill_zeros(book, yes)
    found = read_book(book).filing.cells
    for cell, value in found.items():
        if filing.cells[cell] is not None:
            assert value == filing.cells[cell]
        else:
            assert value == (None if load_edition("2021").cell(cell).total or cell.endswith(".total") else 0), cell
    count = sum(value == 0 for value in found.values())
    assert f"{count} 个" in told
    assert f"{count} 个" in asked[0]
    assert "没有空着的格" in buttons.fill_zeros(book, no)


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
    lines = {row[2]: row for row in everything(book)[RESULTS] if row[2]}
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


def write_json(folder: Path, filing: Filing) -> Path:
    path = folder / "空.json"
    path.write_text(filing.dumps(), encoding="utf-8")
    return path


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
    old.write_text(Filing.blank(2020, UNIT).dumps(), encoding="utf-8")
    with pytest.raises(HostError, match="2019 年版"):
        buttons.load_last_year(book, old, yes)
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


def test_a_failure_halfway_leaves_the_workbook_as_it_was(opened, monkeypatch):
    """When the last part of a click fails, flags, notes and list are taken back, and every sheet is protected."""
    book = opened(faulty())
    before = everything(book)
    monkeypatch.setattr("gk_xl.addin.buttons.marking.dress", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        buttons.check(book)
    assert everything(book) == before
    assert note(book, T3, place_of("t3.received_new.total").address) is None
    assert protected(book)


def test_steps_can_be_taken_back_one_by_one(opened):
    """Undo restores numbers, texts, flags and notes of the last button, then of the one before, down to the first."""
    book = opened(faulty())
    states = [everything(book)]
    buttons.check(book)
    states.append(everything(book))
    buttons.fill_totals(book, yes)
    states.append(everything(book))
    buttons.check(book)
    assert buttons.undo(book) == "已撤销“校验”。再点可撤销“合计”。"
    assert everything(book) == states.pop()
    assert buttons.undo(book) == "已撤销“合计”。再点可撤销“校验”。"
    assert everything(book) == states.pop()
    assert buttons.undo(book) == "已撤销“校验”。"
    assert everything(book) == states.pop()
    with pytest.raises(HostError, match="没有可以撤销"):
        buttons.undo(book)


def test_only_so_many_steps_are_kept(opened, monkeypatch):
    """The oldest steps are forgotten."""
    assert edit.KEPT == 20
    monkeypatch.setattr(edit, "KEPT", 2)
    book = opened(faulty())
    for _ in range(4):
        buttons.check(book)
    for _ in range(2):
        buttons.undo(book)
    with pytest.raises(HostError, match="最近 2 次"):
        buttons.undo(book)


def test_a_button_writes_numbers_as_numbers(opened):
    """A total that was typed as a date is a number again, shown as one, in LibreOffice and in the file."""
    book = opened(zeros())
    place = place_of("t3.granted.total")
    cell = book.sheets[place.sheet].range((place.row, place.column))
    if book.app.engine.name == "libreoffice":
        cell.impl.uno.NumberFormat = book.impl.format_key("yyyy-mm-dd")
    else:
        next(iter(cell.impl.each())).number_format = "yyyy-mm-dd"
    cell.value = 46000
    assert "改 1 个" in buttons.fill_totals(book, yes)
    assert cell.value == 0
    assert cell.number_format == "General"
    buttons.undo(book)
    assert cell.number_format.lower() == "yyyy-mm-dd"


def test_the_last_step_can_be_taken_back(opened):
    """Undo restores numbers, texts, flags and notes of the last button, once."""
    book = opened(faulty())
    buttons.check(book)
    before, text = everything(book), note(book, T3, place_of("t3.granted.natural_person").address)
    select_line(book, "改为 2")
    buttons.accept_proposal(book)
    assert buttons.undo(book) == "已撤销“采纳建议”。再点可撤销“校验”。"
    assert everything(book) == before
    assert note(book, T3, place_of("t3.granted.natural_person").address) == text


def test_a_sheet_with_a_password_is_named_and_nothing_is_written(opened):
    """A county's password stops the button with the next step; no other sheet was changed."""
    book = opened(faulty())
    before = everything(book)
    api = book.sheets[T3].api
    if hasattr(api, "protection"):
        api.protection.password = "secret"
    else:
        api.unprotect("")
        api.protect("secret")
    with pytest.raises(HostError, match="密码"):
        buttons.check(book)
    assert everything(book) == before
    assert protected(book)
    if not hasattr(api, "protection"):
        api.unprotect("secret")


def test_a_renamed_sheet_is_named(opened):
    """A button on a workbook whose sheet was renamed says which and what to do."""
    book = opened(faulty())
    sheet = book.sheets[T3]
    if book.impl.structure_locked:
        book.api.security.lockStructure = False
    (sheet.impl if hasattr(sheet, "impl") else sheet).name = "表三"
    with pytest.raises(HostError, match=r"找不到工作表“三、依申请公开”.*改回原样"):
        buttons.check(book)


def test_a_workbook_that_is_not_ours_is_left_alone(apps, opened):
    """Another workbook in front: the sentence names ours; none of ours: where to get one."""
    book = opened(faulty())
    app = book.app
    other = app.books.add() if not isinstance(app, face.App) else face.Book(app.impl.books.add())
    try:
        with pytest.raises(NotATemplate, match="没有模板标记"):
            buttons.check(other)
        other.activate()
        if app.books.active == other:
            with pytest.raises(HostError, match=r"切换到“年报\.xlsx”的窗口"):
                pick(app)
        book.activate()
        if app.books.active == book:
            assert pick(app) == book
    finally:
        other.close()


def test_a_changed_label_is_found_in_the_open_workbook(opened):
    """A printed text overwritten on an unprotected sheet is an error of the list, as in the saved file."""
    book = opened(zeros())
    book.sheets[T3].impl.unprotect()
    book.sheets[T3].range("A6").value = "一、新收"
    assert "未通过" in buttons.check(book)
    codes = [
        row[0] for row in book.sheets[RESULTS].range((RESULTS_FIRST, 3), (RESULTS_FIRST + 9, 4)).options(ndim=2).value
    ]
    assert "I-01" in codes
    assert "I-07" in codes  # the sheet is not protected; the click does not protect what it found open
    assert not book.sheets[T3].impl.protected


def test_a_formula_typed_into_a_cell_is_found(opened):
    """=1+1 in an input cell is E-03 with the formula, in the open workbook too; so is =1/0, and each is told once."""
    book = opened(zeros())
    typed = {"t3.granted.research": "=1+1", "t4.reconsideration.upheld": "=1/0", "t2.rules.issued": "=1/0"}
    for name, formula in typed.items():
        book.sheets[place_of(name).sheet].range(place_of(name).address).formula = formula
    buttons.check(book)
    for name, formula in typed.items():
        place = place_of(name)
        assert formula in note(book, place.sheet, place.address)
        assert note(book, place.sheet, place.address).count("【") == 1
        assert book.sheets[place.sheet].range(place.address).formula == formula
    listed = book.sheets[RESULTS].range((RESULTS_FIRST, 3), (RESULTS_FIRST + 9, 4)).options(ndim=2).value
    assert [row[0] for row in listed].count("E-03") == len(typed)


@pytest.mark.parametrize("rows", [2, 18])
def test_every_blank_is_painted(opened, rows):
    """Blanks are told in few lines, but coloured each, and colourless once filled."""
    edition = load_edition("2021")
    names = [cell.id for cell in edition.table("t3").cells if cell.row in edition.table("t3").rows[:rows]]
    filing = zeros()
    book = opened(filing.with_cells(dict.fromkeys(names)))
    buttons.check(book)
    assert {name for name in filing.cells if flag(book, name) == Severity.ERROR.level} == set(names)
    told = [name for name in names if note(book, T3, place_of(name).address)]
    assert len(told) == (rows if rows == 2 else 1)
    buttons.clear_marks(book)
    assert not any(flag(book, name) for name in filing.cells)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["2019", "2021"]))
def test_computed_totals_satisfy_every_sum(data, edition_id):
    """Whatever the parts, the totals of 合计 leave no broken sum of rows, columns or cases."""
    edition = load_edition(edition_id)
    dice = data.draw(st.randoms(use_true_random=False))
    filing = Filing(
        edition_id, edition.first_year, UNIT, {cell: dice.choice((0, 0, 1, 12, 300)) for cell in edition.cells}
    )
    sums, unknown = computed_totals(filing)
    assert not unknown
    case = Case(filing.with_cells(sums))
    broken = [i.rule.code for i, _ in identities(edition_id) if i.rule.fills and judge(i, case) is not Verdict.HOLDS]
    assert broken == []


def test_the_buttons_need_the_standard_library_only():
    """What LibreOffice's own Python imports for a click touches no package outside the standard library."""
    modules = [
        "gk_xl.addin.buttons",
        "gk_xl.engines.face",
        "gk_xl.engines.libreoffice",
        "gk_xl.addin.view",
    ]
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        f"import {', '.join(modules)}\n"
        "import gk_xl.checks.catalogue as c\n"
        "c.catalogue()\n"
        "import json; print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules} - set(sys.stdlib_module_names))))"
    )
    found = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert set(json.loads(found.stdout)) - {"gk_xl", "__main__"} == set()
