"""A county's own demands: read strictly, kept in the workbook and in the filing, checked, printed, never loosening the law."""

from __future__ import annotations

import json

import docx
import pytest

from gk_xl.checks.catalogue import catalogue, catalogue_of
from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.errors import FileError, GkXlError
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.finding import Severity
from gk_xl.form.profile import FILE, composed, load_profile, profile_of, read_profile
from gk_xl.intake import inspect, receive
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.sources.docx import import_docx
from gk_xl.sources.model import Request
from gk_xl.workbook.build import build_template, build_workbook
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.layout import layout
from gk_xl.workbook.read import read_workbook
from tests.conftest import ROOT

PROFILES = sorted((ROOT / "examples" / "profiles").glob("*.toml"))
EXAMPLE = ROOT / "examples" / "2025_示例乡.json"
ANNEX = """
name = "示例县"
[[annex]]
id = "a1"
title = "培训情况"
columns = [{id = "times", label = "次数"}, {id = "people", label = "人次"}]
rows = [{id = "first", label = "上半年"}, {id = "second", label = "下半年"}, {id = "year", label = "全年", total = true}]
[[rule]]
code = "L-10"
name = "year-is-no-sum"
severity = "error"
each = { c = "a1.columns" }
expression = "a1.year.{c} == a1.first.{c} + a1.second.{c}"
identity = true
fills = true
left_label = "填的全年"
right_label = "应为"
message = "“{c}”：全年 {left}，两个半年相加 {right}，{gap}。"
next = "请核对这一列。"
why = "全年是两个半年之和。"
"""


def filled(profile, **changes) -> Filing:
    """The example under a profile, the annex full of right numbers, some changed."""
    filing = Filing.loads(EXAMPLE.read_text(encoding="utf-8"), "示例").under(profile)
    numbers = {"a1.first.times": 1, "a1.second.times": 2, "a1.year.times": 3} | {
        "a1.first.people": 40, "a1.second.people": 38, "a1.year.people": 78,
    }  # fmt: skip
    return filing.with_cells(numbers | {key.replace("__", "."): value for key, value in changes.items()})


def codes(filing: Filing) -> list[str]:
    """The codes of the errors and warnings."""
    return [f.code for f in check(filing).findings if f.severity.level > Severity.HINT.level]


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_the_examples_are_usable(path):
    """Each is read, its rules are bound, and the example filing is judged under it."""
    profile = load_profile(path)
    edition = composed("2021", profile)
    assert len(edition.sections) == 6
    assert catalogue_of(edition.id)["X-29"].severity is Severity.WARNING
    assert check(filled(profile) if not profile.annexes else Filing.blank(2025).under(profile)).edition == "2021"


def test_an_annex_is_filled_checked_and_blank_is_not_zero():
    """Right numbers pass; a wrong sum is located in its cell; a blank is told once."""
    profile = read_profile(ANNEX)
    assert codes(filled(profile)) == []
    result = check(filled(profile, a1__year__people=87))
    (wrong,) = [finding for finding in result.findings if finding.code == "L-10"]
    assert (wrong.left, wrong.right, wrong.cells[0]) == (87, 78, "a1.year.people")
    assert "“人次”：全年 87，两个半年相加 78" in wrong.message
    assert codes(filled(profile, a1__first__times=None)) == ["L-02"]
    assert codes(filled(profile, a1__first__times="一次")) == [
        "L-02",
        *codes(filled(profile, a1__first__times="一次"))[1:],
    ]


def test_limits_dates_and_statements_are_asked_as_gravely_as_the_profile_says():
    """A limit of 300 characters, publication by 5 January, a statement with a figure."""
    text = """
name = "示例县"
[limits]
overview = 300
problems = 5
[dates]
publish = "01-05"
[asked]
X-29 = "error"
[[required]]
label = "有线广播"
words = ["有线广播"]
number = true
severity = "error"
"""
    found = check(Filing.loads(EXAMPLE.read_text("utf-8"), "").under(read_profile(text)))
    graveness = {finding.code: finding.severity for finding in found.findings}
    assert graveness["X-29"] is Severity.ERROR
    assert len([finding for finding in found.findings if finding.code == "X-29"]) == 2
    assert "X-23" in graveness
    assert graveness["L-01"] is Severity.ERROR


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ('hand_in = "01-26"', "（次年 1 月 26 日前报送）"),
        (
            '[dates.hand_in]\ntownship = "01-15"\n"*" = "01-20"',
            "（次年 乡 1 月 15 日、其他单位 1 月 20 日前报送）",
        ),
        ("", "示例县 的本地要求"),
    ],
)
def test_the_cover_says_when_to_hand_in(days, told):
    """The day that the profile sets stands where the clerk begins, by kind of unit where it differs."""
    profile = read_profile('name = "示例县"\n[dates]\n' + days)
    form = layout(composed("2021", profile).id, "2021")
    cover = expected_plan(form).sheet("封面")
    (line,) = (cell.value for cell in cover.cells.values() if str(cell.value).startswith("填报工作簿"))
    assert line.endswith(told)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("name = 1", "name"),
        ('name = "甲"\nnmae = "乙"', "nmae"),
        ('name = "甲"\n[limits]\noverviev = 3', "limits.overviev"),
        ('name = "甲"\n[dates]\npublish = "02-30"', "dates.publish"),
        ('name = "甲"\n[dates.publish]\nvillage = "01-20"', "dates.publish.village"),
        ('name = "甲"\n[asked]\nX-29 = "fatal"', "asked.X-29"),
        ('name = "甲"\n[[required]]\nlabel = "乙"\nwords = []', "required"),
        ('name = "甲"\n[[annex]]\nid = "t3"\ntitle = "乙"\ncolumns = []\nrows = []', "annex"),
        (ANNEX.replace("a1.first.{c}", "a1.third.{c}"), "L-10"),
        (ANNEX.replace("L-10", "T3-01"), "code"),
        ('name = "甲"\n[asked]\nT3-01 = "hint"', "asked.T3-01"),
        ('name = "甲"\n[asked]\nT3-01 = "off"', "asked.T3-01"),
        ('name = "甲"\n[asked]\nX-00 = "hint"', "asked.X-00"),
        ("name = [", "TOML"),
    ],
)
def test_a_wrong_profile_is_refused_with_its_key(text, key, tmp_path, capsys):
    """Before anything is written: one sentence, exit 2."""
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "年报.xlsx"
    assert main(["new", "--year", "2025", "--unit", "示例乡人民政府", "--profile", str(path), "-o", str(out)]) == 2
    said = capsys.readouterr().err
    assert key in said
    assert said.count("\n") == 1
    assert not out.exists()


def test_a_file_that_is_no_profile(tmp_path):
    """Not there, too large, no UTF-8, a folder: one sentence each."""
    with pytest.raises(FileError, match="找不到"):
        load_profile(tmp_path / "没有.toml")
    (tmp_path / "大.toml").write_bytes(b"#" * 70_000)
    with pytest.raises(FileError, match="太大"):
        load_profile(tmp_path / "大.toml")
    (tmp_path / "乱.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="UTF-8"):
        load_profile(tmp_path / "乱.toml")
    with pytest.raises(FileError, match="（这是一个文件夹）"):
        load_profile(tmp_path)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_the_workbook_and_the_json_keep_the_profile(path, tmp_path):
    """new → file → filing → JSON → filing: the same profile, no complaint about the form, statutory id in JSON."""
    profile = load_profile(path)
    unit = Unit("示例乡人民政府", "township", "我乡", "示例县")
    filing = Filing.blank(2025, unit).under(profile)
    book = tmp_path / "年报.xlsx"
    book.write_bytes(build_workbook(filing))
    reading = read_workbook(book)
    assert not [finding for finding in reading.findings if finding.code.startswith("I-")]
    assert reading.filing.edition == filing.edition
    data = json.loads(reading.filing.dumps())
    assert data["edition"] == "2021"
    again = Filing.from_json(data)
    assert again.edition == filing.edition
    kept = profile_of(again.edition)
    assert kept is not None
    assert kept.text == profile.text


def test_a_profile_beside_the_workbook_or_above_it_holds(tmp_path):
    """In the county's folder; what the workbook carries itself goes first, what the command gives goes before all."""
    unit = tmp_path / "示例乡"
    unit.mkdir()
    data = unit / "年报.json"
    data.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert profile_of(receive(data).filing.edition) is None
    (tmp_path / FILE).write_text(ANNEX, encoding="utf-8")
    assert [f.code for f in inspect(receive(data)).findings if f.severity is Severity.ERROR] == ["L-02"]
    other = read_profile('name = "别的"')
    own = unit / "带着.json"
    own.write_text(receive(data, other).filing.dumps(), encoding="utf-8")
    kept = profile_of(receive(own).filing.edition)
    assert kept is not None
    assert kept.name == "别的"


def test_a_workbook_made_beside_a_profile_or_below_has_its_annexes(tmp_path, capsys):
    """new, import and repair put the county's annexes in, so that what a check asks for can be filled."""
    unit = tmp_path / "示例乡"
    unit.mkdir()
    old, broken = unit / "旧.xlsx", tmp_path.parent / f"{tmp_path.name}.xlsx"
    blank = ["new", "--year", "2025", "--unit", "示例乡人民政府", "-o"]
    assert main([*blank, str(old)]) == main([*blank, str(broken)]) == 0
    (tmp_path / FILE).write_text(ANNEX, encoding="utf-8")
    told = next(f for f in inspect(receive(old)).findings if f.code == "L-02")
    assert "没有这张附表的，先点“修复”" in told.message
    published = ROOT / "examples" / "2020_示例回族乡.txt"
    made = {
        "new": [*blank],
        "import": ["import", str(published), "-o"],
        "repair": ["repair", str(old), "-o"],
        "elsewhere": ["repair", str(broken), "-o"],
    }
    for name, command in made.items():
        assert main([*command, str(unit / f"{name}.xlsx")]) == 0, name
        reading = read_workbook(unit / f"{name}.xlsx")
        assert not [finding for finding in reading.findings if finding.code.startswith("I-")], name
        assert reading.filing.form.tables[-1].id == "a1", name


def test_a_profile_that_got_lost_in_a_workbook_is_told(tmp_path):
    """Its names deleted by hand: one sentence, nothing is guessed."""
    from openpyxl import load_workbook

    book = tmp_path / "年报.xlsx"
    book.write_bytes(build_workbook(Filing.blank(2025, Unit("示例乡人民政府", "township")).under(read_profile(ANNEX))))
    file = load_workbook(book)
    del file.defined_names["gk_xl.profile.1"]
    file.save(book)
    with pytest.raises(GkXlError, match="本地要求"):
        read_workbook(book)


def test_the_report_prints_the_annex_and_reads_back(tmp_path):
    """After 六 in Word and on the web page, numbers in their places; re-import is exact."""
    filing = filled(read_profile(ANNEX))
    filing = Filing.loads(filing.dumps(), "示例")
    page = write_html(filing)
    assert page.index("六、") < page.index("附表1　培训情况") < page.index("下半年")
    word = write_docx(filing)
    path = tmp_path / "报告.docx"
    path.write_bytes(word)
    again = import_docx(word, Request(str(path))).filing
    assert again.cells == filing.cells
    assert again.edition == filing.edition
    assert again.narrative == filing.narrative
    last = docx.Document(path).tables[-1].rows[-1]  # the signature shall not stand alone on a page
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next is not False for cell in last.cells)


def test_statutory_workbooks_do_not_change():
    """Without a profile nothing of all this is there."""
    assert b"profile" not in build_template()
    assert profile_of("2021") is None
    assert set(catalogue_of("2021")) == set(catalogue())
    assert Filing.blank(2025, Unit("示例乡人民政府")).signed == Signature("示例乡人民政府")
