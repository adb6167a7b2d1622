"""校验 on every engine: what it writes, lists, clears and leaves to the clerk."""

from __future__ import annotations

from dataclasses import replace

from gk_xl.addin import buttons
from gk_xl.addin.view import read_book
from gk_xl.checks.run import check as run_check
from gk_xl.workbook.build import content_for
from gk_xl.workbook.layout import RESULTS, RESULTS_FIRST
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.sheets.results import result_lines
from tests.addin.clerk import T3, faulty, flag, note, place_of, protected, zeros


def filled_rows(sheet):
    """Return the last row of the list that says something."""
    rows = sheet.range((RESULTS_FIRST, 1), (RESULTS_FIRST + 200, 2)).options(ndim=2).value
    return RESULTS_FIRST - 1 + sum(any(row) for row in rows)


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
    shown = book.sheets[RESULTS].range((RESULTS_FIRST, 1), (RESULTS_FIRST + len(lines), 8)).options(ndim=2).value
    told = [[*row[:2], None, *row[3:]] for row in shown[:-1]]  # the state is the sheet's own to work out
    assert told == [[value or None for value in line.cells] for line in lines]
    assert not any(shown[-1])
    assert protected(book)


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
    assert sheet.page_setup.print_area == f"$A$1:$H${RESULTS_FIRST + len(levels) - 1}"


def test_the_second_click_clears_what_was_corrected(opened):
    """After the cells are corrected a click leaves no flag, no note and a shorter list; no number is touched."""
    book = opened(faulty())
    assert "未通过" in buttons.check(book)
    results = book.sheets[RESULTS]
    before = filled_rows(results)
    for cell, value in zeros().cells.items():
        if faulty().cells[cell] != value:
            place = place_of(cell)
            book.sheets[place.sheet].range(place.address).value = value
    assert "未通过" not in buttons.check(book)
    after, never = filled_rows(results), results.range((2000, 1)).row_height
    assert after < before
    results.range((before + 3, 1)).row_height = 90  # as an undo of a longer list leaves it
    buttons.check(book)
    before += 3
    assert {results.range((row, 1)).row_height for row in range(after + 1, before + 1)} == {never}
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
        rows = sheet.range((RESULTS_FIRST, 1), (RESULTS_FIRST + 40, 8)).options(ndim=2).value
        return [(row, line) for row, line in enumerate(rows, start=RESULTS_FIRST) if any(line)]

    twice = [row for row, line in listed() if line[7] == "X-59"]
    wrong = next(row for row, line in listed() if line[1] == "错误")
    sheet.impl.unprotect()
    for row, words in zip((*twice, wrong, RESULTS_FIRST + 35), ("甲", "乙", "问过", "备忘"), strict=True):
        sheet.range((row, 7)).value = words
    sheet.impl.protect()
    for _ in range(3):
        buttons.check(book)
        assert [(line[1], line[6]) for _, line in listed() if line[7] == "X-59"] == [
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
    assert [line[1] for _, line in listed() if line[7] == "X-59"] == ["警告", "警告（已说明）", "已说明"]
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
    line = next(row for row in range(RESULTS_FIRST, RESULTS_FIRST + 30) if results.range((row, 8)).value == "T3-03")
    results.impl.unprotect()
    results.range((line, 5)).add_note("这条问过了")
    results.impl.protect()
    book.sheets["一、总体情况"].range("B20").value = "又写一段，出现新的问题：收到申请99件。"
    buttons.check(book)
    moved = next(row for row in range(RESULTS_FIRST, RESULTS_FIRST + 30) if results.range((row, 8)).value == "T3-03")
    assert results.range((moved, 5)).note.text == "这条问过了"
    assert note(book, T3, total).endswith(remark)
    buttons.clear_marks(book)
    assert note(book, T3, total) == note(book, T3, free) == remark
    assert sheet.range(free).color == (0, 255, 0)
    assert protected(book)
