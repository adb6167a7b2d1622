"""A folder of workbooks: every file comes to something, the summary and the slips say what, in the words of 校验结果."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from gk_xl.cli.main import main
from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.book import summary
from gk_xl.desk.book.paper import FINDINGS, LEADER, RULES, UNITS, VALUES
from gk_xl.desk.brief import Brief
from gk_xl.desk.collection import collect
from gk_xl.desk.entry import ASKED, FAILED, PASSED, UNREADABLE
from gk_xl.desk.slips import COLUMNS, slips
from gk_xl.form.filing import Filing
from gk_xl.form.load import load_edition
from gk_xl.intake import expand
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.form_sheet import FormSheet
from gk_xl.workbook.layout import layout
from tests.conftest import ROOT

EXAMPLES = Path(__file__).parents[2] / "examples"
RIGHT = Filing.loads((EXAMPLES / "2025_示例乡.json").read_text(encoding="utf-8"))
WRONG = Filing.loads((EXAMPLES / "2025_示例乡_有误.json").read_text(encoding="utf-8"))


def of(filing: Filing, unit: str, **changes) -> Filing:
    """Return a filing as another unit's; the text names no unit that is not its own."""
    renamed = json.loads(filing.dumps().replace("示例乡", unit.removesuffix("人民政府")))
    return replace(Filing.loads(json.dumps(renamed)), **changes)


@pytest.fixture
def folder(tmp_path):
    """Yield a folder with a right workbook, a wrong one, one with a warning, a damaged one and things to pass over."""
    box = tmp_path / "报送"
    box.mkdir()
    (box / "甲.xlsx").write_bytes(build_workbook(of(RIGHT, "甲乡")))
    (box / "乙.xlsx").write_bytes(build_workbook(of(WRONG, "乙乡")))
    many = of(RIGHT, "丙乡").with_cells({"t2.normative_doc.issued": 60, "t2.normative_doc.in_force": 90})
    text = {
        **many.narrative,
        "overview": tuple(
            line.replace("文件2件", "文件60件").replace("有效9件", "有效90件") for line in many.narrative["overview"]
        ),
    }
    (box / "丙.json").write_text(replace(many, narrative=text).dumps(), encoding="utf-8")
    (box / "丁.xlsx").write_bytes(b"PK\x03\x04 half a file")
    (box / "~$甲.xlsx").write_bytes(b"lock")
    (box / "通知.docx").write_bytes(b"not ours")
    return box


def collection(paths):
    """Return the workbooks and filings at some paths, read in this process."""
    return handed_in(list(expand(paths)), means=Means(workers=1)).collection


def rows(sheet) -> list[tuple]:
    return list(sheet.iter_rows(values_only=True))


def test_every_file_comes_to_something(folder):
    told = []
    means = Means(workers=1, progress=lambda run: told.append((run.done, run.total)))
    found = handed_in(list(expand([folder])), means=means).collection.entries
    assert {item.path.name: item.outcome for item in found} == {
        "甲.xlsx": PASSED, "乙.xlsx": FAILED, "丙.json": ASKED, "丁.xlsx": UNREADABLE,
    }  # fmt: skip
    assert told[-1] == (4, 4)
    broken = next(item for item in found if item.outcome == UNREADABLE)
    assert "丁.xlsx" in broken.problem
    assert str(folder) not in broken.problem


def test_the_summary_lists_units_findings_and_rules(folder, monkeypatch):
    found = collection([folder]).entries
    brief = Brief(collect(found))
    book = load_workbook(io.BytesIO(summary(brief)))
    assert book.sheetnames[0] == LEADER
    listed = rows(book[UNITS])
    assert listed[1][0].startswith("已交 4；通过 1，请确认 1，未通过 1，读不了 1。")
    assert sorted(row[4] for row in listed[3:]) == sorted([UNREADABLE, FAILED, ASKED, PASSED])
    assert [row[14] for row in listed[3:] if row[4] in (FAILED, UNREADABLE)] == ["√", "√"]
    wrong = next(item for item in found if item.outcome == FAILED)
    told = [row[4] for row in rows(book[FINDINGS])[1:] if row[0] == wrong.unit]
    assert told == [line.values[4] for line in wrong.lines]
    frequent = {row[0]: row[1] for row in rows(book[RULES])[1:]}
    assert frequent.keys() >= {"T3-03", "T2-10"}
    assert not any(re.search("[a-z]{3}", text) for text in frequent.values())  # a clerk reads it
    ours = summary(brief)
    assert ours == summary(Brief(collect(found)))
    monkeypatch.delattr(FormSheet, "_prepare_formula")  # XlsxWriter finds no function that it has to mark as new
    assert ours == summary(Brief(collect(found)))


def test_a_sum_in_the_form_counts_those_that_count_and_leads_to_the_units(folder):
    """Every cell is the sum of a column of the units' numbers with 计入, checked by the formulas of a unit's own workbook."""
    found = collection([folder]).entries
    data = summary(Brief(collect(found)))
    book, cached = (load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))
    edition = load_edition("2021")
    places, units = layout("2021").names, [item for item in found if item.filing]
    values = cached[VALUES]
    for cell in edition.cells:
        place = places[cell]
        formula = book[place.sheet][place.address].value
        column = re.fullmatch(r"=SUMPRODUCT\('各单位数据'!\$C\$7:\$C\$9,'各单位数据'!\$([A-Z]+)\$7:\$\1\$9\)", formula)[
            1
        ]
        wanted = sum(item.filing.number(cell) or 0 for item in units)
        assert cached[place.sheet][place.address].value == wanted
        assert sum(values[f"{column}{row}"].value or 0 for row in (7, 8, 9)) == wanted
        assert book[place.sheet][place.address].hyperlink.location.startswith("'各单位数据'!")
    assert [values[f"B{row}"].value for row in (7, 8, 9)].count(FAILED) == 1
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert set(re.findall(r"'([^']+)'!", cell.value)) <= set(book.sheetnames)
    counted = book[VALUES]["C7"].value
    assert counted == '=IF(AND(B7="未通过",$C$2<>"计入"),0,1)'


def test_sums_leave_out_the_governments_own_report(folder):
    """A county's own report counts its townships already."""
    whole = replace(RIGHT, unit=replace(RIGHT.unit, name="示例县人民政府", kind="county_government"))
    (folder / "县.json").write_text(whole.dumps(), encoding="utf-8")
    brief = Brief(collection([folder]))
    assert brief.county.unit == "示例县人民政府"
    assert len(brief.members) == 3
    assert "县级核对" in load_workbook(io.BytesIO(summary(brief))).sheetnames


def test_a_slip_says_what_the_units_own_clerk_reads(folder):
    found = collection([folder]).entries
    files = dict(slips(found))
    assert sorted(files) == ["丁_退回单.docx", "丙乡人民政府_退回单.docx", "乙乡人民政府_退回单.docx"]
    wrong = next(item for item in found if item.outcome == FAILED)
    document = docx.Document(io.BytesIO(files["乙乡人民政府_退回单.docx"]))
    text = "".join(paragraph.text for paragraph in document.paragraphs)
    assert "乙乡人民政府：" in text
    assert "经审核，有必须改正的" in text
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [label for label, _ in COLUMNS]  # something is proposed
    wanted = [line.values for line in wrong.lines if line.style != "level_open"]
    told = [
        re.sub("，改后 .*? 成立。改后以下 2 条自行消失", "。改了这一处，另外 2 条也就对了", str(values[4]))
        for values in wanted
    ]
    assert [row.cells[3].text for row in table.rows[1:-1]] == told
    assert [row.cells[4].text for row in table.rows[1:-1]] == [str(values[5] or "—") for values in wanted]
    assert all(row.cells[5].text for row in table.rows[1:-1])  # why
    assert "丁.xlsx" in "".join(p.text for p in docx.Document(io.BytesIO(files["丁_退回单.docx"])).paragraphs)


def test_units_whose_names_no_file_can_bear_get_a_slip_each(tmp_path):
    for number, unit in enumerate(("a/b:乡", "a:b/乡", "乙乡")):
        (tmp_path / f"{number}.json").write_text(of(WRONG, unit).dumps(), encoding="utf-8")
    names = [name for name, _ in slips(collection([tmp_path]).entries)]
    assert len(set(names)) == 3
    assert not any(mark in name for name in names for mark in '/:\\"')


def test_last_year_is_found_by_the_units_name(tmp_path, folder):
    """Rules about last year are judged for the unit whose workbook of last year lies in the other folder."""
    before = tmp_path / "去年"
    before.mkdir()
    (before / "x.json").write_text(of(RIGHT, "甲乡", year=2024).dumps(), encoding="utf-8")
    found = handed_in([folder], [before], means=Means(workers=1)).collection.entries
    judged = {item.unit: item.result.counts["not_assessable"] for item in found if item.result}
    assert judged["甲乡人民政府"] == 0
    assert judged["乙乡人民政府"] > 0


def test_the_commands(folder, tmp_path, capsys):
    """desk check writes one workbook, desk slips a folder; 2 where a file cannot be read, 1 where errors stand."""
    (folder / "通知.docx").unlink()
    assert main(["desk", "check", str(folder), "-o", str(tmp_path / "汇总.xlsx")]) == 2
    assert "通过 1，请确认 1，未通过 1，读不了 1" in capsys.readouterr().out
    (folder / "丁.xlsx").unlink()
    assert main(["desk", "slips", str(folder), "-o", str(tmp_path / "新" / "意见单")]) == 1
    assert len(list((tmp_path / "新" / "意见单").glob("*_退回单.docx"))) == 2
    (folder / "乙.xlsx").unlink()
    assert main(["desk", "check", str(folder), "-o", str(tmp_path / "汇总.xlsx")]) == 0
    assert (tmp_path / "汇总.xlsx.bak").exists()
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    assert main(["desk", "slips", str(folder), "-o", str(tmp_path / "文件")]) == 2
    assert "不是文件夹" in capsys.readouterr().err
    (tmp_path / "空").mkdir()
    assert main(["desk", "check", str(tmp_path / "空"), "-o", str(tmp_path / "x.xlsx")]) == 2
    assert not (tmp_path / "x.xlsx").exists()


def test_a_slip_is_written_as_the_report_is(folder):
    """One way to write Word: the report's styles and page numbers, the same bytes each time, no third package."""
    found = collection([folder]).entries
    written = dict(slips(found))
    assert dict(slips(found)) == written
    with zipfile.ZipFile(io.BytesIO(next(iter(written.values())))) as package:
        assert package.testzip() is None
        assert package.read("word/styles.xml").decode() == (ROOT / "gk_xl/report/parts/styles.xml").read_text("utf-8")
        assert "docProps/core.xml" in package.namelist()
    code = "import sys; sys.modules['docx'] = None; from gk_xl.desk.slips import slips; print(len(slips.__doc__))"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_a_slip_breaks_its_list_between_rows_and_repeats_the_head(folder):
    """Each row stays whole, each page begins with what the columns are; the list fills the width between the margins."""
    found = collection([folder]).entries
    data = dict(slips(found))["乙乡人民政府_退回单.docx"]
    (table,) = docx.Document(io.BytesIO(data)).tables
    rows = [row._tr.trPr.xml for row in table.rows]
    assert all("cantSplit" in row for row in rows)
    assert ["tblHeader" in row for row in rows] == [True] + [False] * (len(rows) - 1)
    assert sum(column.width for column in table.columns) == docx.shared.Twips(8845)


def test_the_closing_of_a_slip_takes_the_last_row_of_the_list_along(folder):
    """No page holds closing and signature alone: they are a row of the list, which the last row is kept with."""
    found = collection([folder]).entries
    document = docx.Document(io.BytesIO(dict(slips(found))["乙乡人民政府_退回单.docx"]))
    (table,) = document.tables
    *rows, end = table.rows
    kept = [{p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs} for row in rows]
    assert kept[-1] == {True}
    assert set().union(*kept[1:-1]) <= {False}
    assert "cantSplit" in end._tr.trPr.xml
    assert "改好后点“校验”" in end.cells[0].text
    assert not document.paragraphs[-1].text
