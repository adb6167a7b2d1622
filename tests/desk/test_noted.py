"""What the office notes in 问题清单 for a unit that answered on paper holds in the next run, and in every one after it."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from gk_xl.cli.main import main
from gk_xl.desk.folder import slips_of, summary_of
from gk_xl.desk.noted import KEY, read_noted
from gk_xl.report.docx import write_docx
from gk_xl.workbook.build import build_workbook
from tests.desk.test_desk import RIGHT, of

SAID = "单位书面答复：已核对，属实"


def warned(unit: str, issued: int = 25):
    """Return a filing with many documents for a 乡: a warning and no more."""
    filing = of(RIGHT, unit).with_cells({"t2.normative_doc.issued": issued, "t2.normative_doc.in_force": 125})
    text = tuple(
        line.replace("规范性文件2件", f"规范性文件{issued}件").replace("现行有效9件", "现行有效125件")
        for line in filing.narrative["overview"]
    )
    return replace(filing, narrative={**filing.narrative, "overview": text})


@pytest.fixture
def handed(tmp_path):
    """A folder with one Word file and one workbook; both bear a warning, the workbook a reason for it."""
    folder = tmp_path / "报送"
    folder.mkdir()
    word = warned("甲乡人民政府")
    (folder / "甲乡.docx").write_bytes(write_docx(word, public=True))
    own = replace(warned("乙乡人民政府"), waivers={"T2-10": "省里赋权"})
    (folder / "乙乡.xlsx").write_bytes(build_workbook(own))
    return folder


def check(handed):
    """Run the command and return the rows of 问题清单 by unit and code, and what the units came to."""
    target = handed.parent / "汇总.xlsx"
    main(["desk", "check", str(handed), "-o", str(target)])
    book = openpyxl.load_workbook(target)
    rows = {(row[0], row[2]): row for row in book["问题清单"].iter_rows(min_row=2, values_only=True)}
    states = {row[1]: row[4] for row in book["报送情况"].iter_rows(min_row=4, values_only=True)}
    return rows, states


def note(path, text, unit="甲乡人民政府", code="T2-10"):
    """Type a reason beside a unit's line."""
    book = openpyxl.load_workbook(path)
    for row in book["问题清单"].iter_rows(min_row=2):
        if (row[0].value, row[2].value) == (unit, code):
            row[6].value = text
    book.save(path)


def test_a_noted_reason_is_read_and_kept(handed):
    rows, states = check(handed)
    assert states["甲乡人民政府"] == "请确认"
    target = handed.parent / "汇总.xlsx"
    heads = [cell.value for cell in openpyxl.load_workbook(target)["问题清单"][1]]
    hidden = openpyxl.load_workbook(target)["问题清单"].column_dimensions["I"].hidden
    assert (heads[-1], hidden) == (KEY, True)
    note(target, SAID)
    for _ in range(3):
        rows, states = check(handed)
        assert rows["甲乡人民政府", "T2-10"][6] == SAID
        assert states["甲乡人民政府"] == "通过"
    assert rows["甲乡人民政府", "T2-10"][1] != "警告"


def test_it_answers_that_finding_alone(handed):
    """With other numbers the warning stands again; the words stay, they answer nothing now."""
    check(handed)
    target = handed.parent / "汇总.xlsx"
    note(target, SAID)
    more = warned("甲乡人民政府", 26)
    (handed / "甲乡.docx").write_bytes(write_docx(more, public=True))
    _, states = check(handed)
    assert states["甲乡人民政府"] == "请确认"
    kept = [row[6] for row in openpyxl.load_workbook(target)["问题清单"].iter_rows(min_row=2, values_only=True)]
    assert SAID in kept


def test_a_reason_of_the_units_own_is_not_the_offices(handed):
    """It is gone when the unit takes it back, and wins where both say something."""
    rows, states = check(handed)
    assert (rows["乙乡人民政府", "T2-10"][6], states["乙乡人民政府"]) == ("省里赋权", "通过")
    assert read_noted(handed.parent / "汇总.xlsx") == {}
    (handed / "乙乡.xlsx").write_bytes(build_workbook(warned("乙乡人民政府")))
    assert check(handed)[1]["乙乡人民政府"] == "请确认"


def test_slips_and_buttons_know_it(handed):
    """A unit whose warnings are answered gets no slip."""
    check(handed)
    target = handed.parent / "汇总.xlsx"
    note(target, SAID)
    slips = handed.parent / "退回单"
    main(["desk", "slips", str(handed), "-o", str(slips)])
    assert not list(slips.glob("甲乡*"))
    main(["desk", "slips", str(handed), "-o", str(slips), "--reasons", str(handed / "没有.xlsx")])
    assert list(slips.glob("甲乡*"))
    beside = handed.parent / "报送_汇总.xlsx"
    summary_of(handed, beside)
    note(beside, SAID)
    assert "通过 2" in summary_of(handed, beside)
    assert "已写好 0 份" in slips_of(handed, handed.parent / "报送_退回单", ["甲乡人民政府"])


def test_what_is_no_summary_notes_nothing(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK no workbook")
    (tmp_path / "b.xlsx").write_bytes(build_workbook(RIGHT))
    assert [read_noted(tmp_path / name) for name in ("a.xlsx", "b.xlsx", "c.xlsx")] == [{}, {}, {}]
