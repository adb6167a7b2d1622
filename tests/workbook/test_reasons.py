"""Reasons belong to a finding, and nothing that a clerk typed is dropped: in files; the button is tried in tests/addin."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gk_xl.checks.reasons import by_code, code_of
from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import REASON_COLUMN, RESULTS, RESULTS_FIRST, RESULTS_ROWS
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.repair.run import repair

EXAMPLE = Path(__file__).parents[2] / "examples" / "2025_示例乡.json"
RIGHT = Filing.loads(EXAMPLE.read_text(encoding="utf-8"))
TWICE = "X-59"  # a word written twice: once in 一, once in 五


def with_gaps(*, overview="查阅", problems="办事", **changes):
    """Return the example with a gap in two parts of the text; an empty text leaves the part as it is."""
    narrative = dict(RIGHT.narrative)
    for part, word in (("overview", overview), ("problems", problems)):
        if word:
            narrative[part] = (*narrative[part], f"辖区各单位为为公众{word}提供方便。")
    return replace(RIGHT, narrative=narrative, **changes)


def codes(filing):
    """Return code and whether it is answered for each finding of the rule."""
    return [finding.waived for finding in check(filing).findings if finding.code == TWICE]


@pytest.fixture
def recheck(tmp_path):
    """Save a filing as a workbook, let a clerk type, check it anew, and return the reading and the rows of 校验结果."""
    path = tmp_path / "年报.xlsx"

    def go(filing=None, typed=()):
        if filing is not None:
            path.write_bytes(build_workbook(filing, None, check(filing), "2026-01-05 10:00"))
        book = load_workbook(path)
        for row, column, text in typed:
            book[RESULTS].cell(row, column, text)
        book.save(path)
        return reread()

    def reread():
        reading = read_workbook(path)
        result = check(reading.filing, reading.last, extra=reading.findings)
        path.write_bytes(build_workbook(reading.filing, reading.last, result, "2026-01-06 10:00"))
        again = read_workbook(path)
        rows = [[cell.value for cell in row] for row in load_workbook(path)[RESULTS].iter_rows(min_row=RESULTS_FIRST)]
        return again, [row for row in rows if any(row)]

    return go


def lines_of(filing):
    """Return the rows of 校验结果 of a workbook, numbered as in the sheet."""
    book = load_workbook(io.BytesIO(build_workbook(filing, None, check(filing), "2026-01-05 10:00")))
    return [(row[0].row, [cell.value for cell in row]) for row in book[RESULTS].iter_rows(min_row=RESULTS_FIRST)]


def test_each_reason_stays_with_its_own_finding(recheck):
    """Two findings of one rule, two reasons: both are there after another check, each in its line."""
    rows = [row for row, cells in lines_of(with_gaps()) if cells[7] == TWICE]
    assert len(rows) == 2
    reading, lines = recheck(with_gaps(), [(rows[0], REASON_COLUMN, "理由甲"), (rows[1], REASON_COLUMN, "理由乙")])
    assert [row[6] for row in lines if row[7] == TWICE] == ["理由甲", "理由乙"]
    assert sorted(reading.filing.waivers.values()) == ["理由乙", "理由甲"]
    assert codes(reading.filing) == [True, True]


def test_a_reason_beside_one_finding_does_not_answer_the_other(recheck):
    """Nor one that comes later."""
    (first, *_) = [row for row, cells in lines_of(with_gaps()) if cells[7] == TWICE]
    reading, _ = recheck(with_gaps(), [(first, REASON_COLUMN, "理由甲")])
    assert sorted(codes(reading.filing)) == [False, True]
    later = replace(reading.filing, narrative=with_gaps(problems="来访").narrative)
    assert sorted(codes(later)) == [False, True]


def test_a_reason_answers_no_later_fault_of_the_same_place(recheck):
    """The values have changed: the reason is kept, and listed as one whose subject has changed."""
    filing = with_gaps(problems="")
    (first, *_) = [row for row, cells in lines_of(filing) if cells[7] == TWICE]
    reading, _ = recheck(filing, [(first, REASON_COLUMN, "去年也这样")])
    changed = replace(reading.filing, narrative=with_gaps(overview="查询", problems="").narrative)
    reading, lines = recheck(changed)
    assert codes(reading.filing) == [False]
    (line,) = [row for row in lines if row[6] == "去年也这样"]
    assert "说明针对的内容已变" in line[4]
    assert codes(replace(reading.filing, narrative=filing.narrative)) == [True]


def test_a_paragraph_put_before_does_not_cost_the_reason(recheck):
    """The reason belongs to the sentence, not to the number of its paragraph."""
    (first, *_) = [row for row, cells in lines_of(with_gaps(problems="")) if cells[7] == TWICE]
    reading, _ = recheck(with_gaps(problems=""), [(first, REASON_COLUMN, "有据")])
    narrative = dict(reading.filing.narrative)
    narrative["overview"] = ("本年度工作总体平稳。", *narrative["overview"])
    assert codes(replace(reading.filing, narrative=narrative)) == [True]


def test_reasons_beside_errors_are_kept_and_answer_nothing(recheck):
    """An error stays an error; what the clerk wrote beside it stays, too, also when the number changes."""
    wrong = RIGHT.with_cells({"t3.received_new.total": 99, "t2.licence.decisions": -7})
    rows = lines_of(wrong)
    (row,) = [row for row, cells in rows if cells[7] == "T2-13"]
    (clue,) = [row for row, cells in rows if cells[1] == "线索"]
    reading, lines = recheck(wrong, [(row, REASON_COLUMN, "问过老王"), (clue, REASON_COLUMN, "查台账")])
    assert {row[6]: row[1] for row in lines if row[6]} == {"问过老王": "错误", "查台账": "线索"}
    assert check(reading.filing).errors
    reading, lines = recheck(reading.filing.with_cells({"t3.received_new.total": 98, "t2.licence.decisions": -8}))
    assert {row[6] for row in lines if row[6]} == {"问过老王", "查台账"}


def test_a_reason_beside_a_line_of_several_codes_stays_with_it(recheck):
    """A text for a number is one line with two codes: the line is read back as its own, not as the clerk's remark."""
    wrong = RIGHT.with_cells({"t2.licence.decisions": "三件"})
    ((row, cells),) = [
        (row, cells) for row, cells in lines_of(wrong) if "\n" in (cells[7] or "") and cells[1] == "错误"
    ]
    reading, lines = recheck(wrong, [(row, REASON_COLUMN, "问过老王")])
    assert reading.filing.remarks == ()
    assert [code_of(key) for key in reading.filing.waivers] == [cells[7].split("\n")[0]]
    assert [row[7].split("\n")[0] for row in lines if row[6] == "问过老王"] == [cells[7].split("\n")[0]]


def test_remarks_in_free_rows_are_kept(recheck):
    """Wherever in the list they were written, twice over."""
    free = RESULTS_FIRST + 40
    reading, _ = recheck(RIGHT, [(free, REASON_COLUMN, "等县里回话"), (free + 3, 5, "周三前改好")])
    reading, lines = recheck(reading.filing)
    assert [row[6] for row in lines if row[1] == "备注"] == ["等县里回话", "周三前改好"]
    assert reading.filing.remarks == ("等县里回话", "周三前改好")
    assert reading.findings == ()


def test_more_findings_than_rows_drop_no_reason():
    """Lines that the clerk wrote beside come before those that do not fit."""
    many = replace(
        RIGHT,
        narrative={**RIGHT.narrative, "overview": tuple(f"第{n}家单位为为公众办事提供方便。" for n in range(400))},
    )
    result = check(many)
    last = [finding for finding in result.findings if finding.code == TWICE][-1]
    answered = replace(many, waivers={last.key: "最后一处有理由"}, remarks=("备忘",))
    rows = lines_of(answered)
    assert len(rows) <= RESULTS_ROWS
    assert {"最后一处有理由", "备忘"} <= {cells[6] for _, cells in rows}


@pytest.mark.parametrize("count", [1, 2])
def test_a_bare_code_in_json_answers_the_one_finding_of_its_rule(count):
    """Where there are several it answers none, is kept and said; by key it answers the one."""
    filing = with_gaps(problems="办事" if count == 2 else "", waivers={TWICE: "有理由"})
    assert codes(filing) == ([True] if count == 1 else [False, False])
    assert any(cells[6] == "有理由" for _, cells in lines_of(filing))
    keys = [finding.key for finding in check(filing).findings if finding.code == TWICE]
    assert len(set(keys)) == count
    assert {code_of(key) for key in keys} == {TWICE}
    assert sorted(codes(replace(filing, waivers={keys[0]: "有理由"}))) == [False, True][2 - count :]


def test_keys_travel_as_json():
    """A filing with them reads back the same; the verdict's published shape does not change for their sake."""
    keys = [finding.key for finding in check(with_gaps()).findings if finding.code == TWICE]
    assert not any("key" in finding.as_json() for finding in check(with_gaps()).findings)
    filing = with_gaps(waivers={keys[0]: "一", keys[1]: "二", "T2-10": "三"}, remarks=("备忘",))
    assert Filing.loads(filing.dumps()) == filing
    assert codes(filing) == [True, True]
    assert by_code(filing.waivers)[TWICE] in ("一；二", "二；一")


def test_a_repaired_workbook_keeps_all_of_it(tmp_path):
    """Reasons still belong to their findings, remarks are there."""
    keys = [finding.key for finding in check(with_gaps()).findings if finding.code == TWICE]
    filing = with_gaps(waivers={keys[0]: "理由甲"}, remarks=("备忘",))
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(filing, None, check(filing), "2026-01-05 10:00"))
    path.write_bytes(repair(path).workbook("2026-01-06 10:00"))
    reading = read_workbook(path)
    assert (reading.filing.waivers, reading.filing.remarks) == ({keys[0]: "理由甲"}, ("备忘",))


def test_the_marked_copy_keeps_all_of_it(tmp_path):
    """check --mark of a workbook that the clerk wrote into."""
    path, copy = tmp_path / "年报.xlsx", tmp_path / "标注.xlsx"
    path.write_bytes(build_workbook(with_gaps(), None, check(with_gaps()), "2026-01-05 10:00"))
    rows = [row for row, cells in lines_of(with_gaps()) if cells[7] == TWICE]
    book = load_workbook(path)
    book[RESULTS].cell(rows[1], REASON_COLUMN, "理由乙")
    book[RESULTS].cell(RESULTS_FIRST + 50, REASON_COLUMN, "备忘")
    book.save(path)
    main(["check", str(path), "--mark", str(copy)])
    reading = read_workbook(copy)
    assert list(reading.filing.waivers.values()) == ["理由乙"]
    assert reading.filing.remarks == ("备忘",)
    assert sorted(codes(reading.filing)) == [False, True]
