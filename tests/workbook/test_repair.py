"""修复: whatever is done to a workbook, its numbers and its text come back, or the account says which do not."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.errors import NotATemplate
from gk_xl.form.cleaning import ERROR_VALUES
from gk_xl.form.filing import enter
from gk_xl.form.load import edition_ids
from gk_xl.intake import inspect, receive
from gk_xl.report.docx import write_docx
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import layout
from gk_xl.workbook.read import read_workbook
from gk_xl.workbook.repair import repair
from tests.workbook.damage.book import Book
from tests.workbook.damage.filling import filled
from tests.workbook.damage.measure import damaged, tried
from tests.workbook.damage.recipes import RECIPES

EVERY_DAY = 4
"""One recipe in so many is tried here, a quarter of these, of both editions, for every commit.

``python -m tests.workbook.damage.measure`` tries them all.
"""
UNDECIDABLE = {
    "block t3 0 -1 False"
}  # the totals stand where 其他 should and nothing contradicts that: marked, not moved


def by_name(name):
    """Return a recipe."""
    return next(recipe for _, known, recipe in RECIPES if known == name)


def test_there_are_enough_recipes():
    """No kind of damage is left to one recipe, and no recipe stands there twice."""
    names = [(kind, name) for kind, name, _ in RECIPES]
    assert len(set(names)) == len(names) >= 120


@pytest.mark.parametrize(
    ("number", "kind", "name"),
    [
        pytest.param(number, kind, name, marks=[pytest.mark.thorough] if number // EVERY_DAY % 8 not in (0, 7) else [])
        for number, (kind, name, _) in enumerate(RECIPES)
        if number % EVERY_DAY == 0
    ],
)
def test_what_the_file_still_holds_is_recovered(tmp_path, number, kind, name):
    """Each number and each text that is still in the damaged file is back; nothing differs without a word."""
    edition, size = edition_ids()[number // EVERY_DAY % 2], ("county", "township")[number // EVERY_DAY // 2 % 2]
    outcome = tried(RECIPES[number][2], edition, 0, size, tmp_path)
    assert outcome.silent == []
    assert outcome.texts_recovered == outcome.texts
    assert name in UNDECIDABLE or outcome.recovered >= 0.98 * outcome.numbers


@pytest.mark.parametrize("edition", edition_ids())
def test_a_sound_workbook_comes_back_as_it_was(tmp_path, edition):
    """Nothing is doubtful, nothing moved, and the new workbook reads like the old one, reasons and notes included."""
    filing, last = filled(edition, 1)
    source, target = tmp_path / "年报.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(build_workbook(filing, last))
    assert main(["repair", str(source), "-o", str(target)]) == 0
    old, new = read_workbook(source), read_workbook(target)
    assert (new.filing, new.last) == (old.filing, old.last)
    assert not [finding for finding in new.findings if finding.code.startswith("I-")]


@pytest.mark.parametrize("edition", edition_ids())
def test_what_a_check_wrote_is_not_lost_text(tmp_path, edition):
    """The program keeps beside a flagged paragraph what it was when it was judged: nobody has to put that back."""
    filing, last = filled(edition, 1)
    wrong = replace(filing, narrative={**filing.narrative, "overview": ("本年收到申请9999件，见{没有}。", "第二段。")})
    result = check(wrong, last)
    assert any(finding.place and finding.place.startswith("narrative.overview") for finding in result.findings)
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(wrong, last, result, "2026-01-10 09:00"))
    found = repair(path)
    assert found.told.clean, found.lines()
    assert found.filing.narrative == wrong.narrative


@pytest.mark.parametrize("typed", ["乡镇", "省镇\x07", "5"])
def test_a_kind_of_unit_that_is_none_is_kept_and_told(tmp_path, typed):
    """What was typed or pasted over the list on 封面 is neither called blank nor dropped by a repair."""
    filing, _ = filled("2021", 1)
    path = tmp_path / "年报.xlsx"
    none = replace(filing.unit, kind="")
    path.write_bytes(build_workbook(enter(replace(filing, unit=none, noted={"unit.kind": typed}))))
    shown = typed.removesuffix("\x07")
    for source in (path, tmp_path / "新.xlsx"):
        findings = [item for item in inspect(receive(source)).findings if item.place == "unit.kind"]
        assert [item.code for item in findings] == ["E-04"]
        assert shown in findings[0].message
        assert "没有填" not in findings[0].message
        (tmp_path / "新.xlsx").write_bytes(repair(source).workbook())


@pytest.mark.variants(3)
@pytest.mark.parametrize("error", ERROR_VALUES)
def test_an_error_value_is_no_number_that_was_found(tmp_path, error):
    """Whatever Excel calls it: the sums tell the number, and the account says that it was put in, and why."""
    filing, last = filled("2021", 1, "county")
    cell = "t3.granted.commercial"
    place, path = layout("2021").names[cell], tmp_path / "年报.xlsx"
    book = Book(build_workbook(filing, last))
    book.sheet(place.sheet).cells[place.row, place.column].value = error
    path.write_bytes(book.dump())
    found = repair(path)
    assert found.filing.value(cell) == filing.value(cell)
    assert not found.told.clean
    assert any(f"错误值 {error}" in line for line in found.lines())


def test_an_error_value_for_the_kind_of_unit_is_one(tmp_path):
    """#REF! where the kind should stand is called what it is, by the check and by the repair."""
    filing, _ = filled("2021", 1)
    wrong = enter(replace(filing, unit=replace(filing.unit, kind=""), noted={"unit.kind": "#REF!"}))
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(wrong))
    findings = [item for item in inspect(receive(path)).findings if item.place == "unit.kind"]
    assert [item.code for item in findings] == ["E-06"]
    assert any("错误值 #REF!" in line for line in repair(path).lines())


def test_a_workbook_being_filled_in_is_not_doubted(tmp_path):
    """Totals not yet put in, a table not begun: that is no damage."""
    filing, last = filled("2021", 2)
    begun = filing.with_cells(
        {cell: None for cell in filing.cells if cell.endswith(".total") or cell.startswith("t4.")}
    )
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(begun, last))
    found = repair(path)
    assert found.filing.cells == begun.cells
    assert found.told.clean, found.lines()


def test_what_is_doubtful_is_marked_in_the_new_workbook(tmp_path, capsys):
    """The cell is flagged, its note says why, 校验结果 lists it, and the command ends with 1."""
    filing, _, data, (gone,) = damaged(by_name("cell t3 (1, 0) 1 True"), "2021", 0, "county")
    source, target = tmp_path / "坏.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(data)
    assert main(["repair", str(source), "-o", str(target)]) == 1
    place = read_workbook(target).places[gone]
    printed = capsys.readouterr().out
    assert f"“{place.sheet}”{place.address}：填的是 {filing.value(gone)}。" in printed
    book = openpyxl.load_workbook(target)
    assert "修复时存疑" in book[place.sheet][place.address].comment.text
    listed = [row[7].value for row in book["校验结果"].iter_rows(min_row=6)]
    assert "I-11" in listed
    assert source.read_bytes() == data


def test_notes_of_the_clerk_come_along(tmp_path):
    """What a clerk wrote beside a number is in the new workbook, also when a row was inserted."""
    filing, last = filled("2021", 1)
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(filing, last)))
    book["三、依申请公开"]["D8"].comment = openpyxl.comments.Comment("与台账核过", "张三")
    book["三、依申请公开"].insert_rows(7)
    path = tmp_path / "坏.xlsx"
    book.save(path)
    found = repair(path)
    (name,) = [name for name, text in found.notes.items() if text == "与台账核过"]
    assert found.layout.names[name].address == "D7" or found.layout.names[name].address == "D8"


@pytest.mark.parametrize("sheet", ["名单", "表三"])
def test_what_is_no_workbook_of_ours_is_refused(tmp_path, capsys, sheet):
    """One sentence that points to 导入; exit 2; nothing written."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    book.active["A1"], book.active["B2"] = "申请人情况", 3
    source, target = tmp_path / "别的.xlsx", tmp_path / "新.xlsx"
    book.save(source)
    with pytest.raises(NotATemplate):
        repair(source)
    assert main(["repair", str(source), "-o", str(target)]) == 2
    said = capsys.readouterr().err
    assert "导入" in said
    assert "gk-xl import" not in said
    assert not target.exists()


def test_the_damaged_file_is_never_written_over(tmp_path, capsys):
    """The new workbook needs a name of its own."""
    filing, last = filled("2021", 1)
    path = tmp_path / "年报.xlsx"
    path.write_bytes(data := build_workbook(filing, last))
    assert main(["repair", str(path), "-o", str(path)]) == 2
    assert path.read_bytes() == data
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("name", ["没有.xlsx", "空.xlsx", "字.xlsx"])
def test_what_cannot_be_opened_is_one_sentence(tmp_path, capsys, name):
    """Missing, empty, no workbook at all."""
    path = Path(tmp_path / name)
    if name == "空.xlsx":
        path.write_bytes(b"")
    elif name == "字.xlsx":
        path.write_text("不是工作簿", encoding="utf-8")
    assert main(["repair", str(path), "-o", str(tmp_path / "新.xlsx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "新.xlsx").exists()


@pytest.mark.parametrize("name", ["报告.docx", "报告.pdf", "报告.txt", "报告.html", "报告.doc", "word.xlsx", "字.xlsx"])
def test_a_report_given_to_repair_is_sent_to_import(tmp_path, capsys, name):
    """What is no workbook at all is said to be none, in one sentence that ends with 导入; nothing is written."""
    path, target = tmp_path / name, tmp_path / "新.xlsx"
    word = write_docx(filled("2021", 1)[0])
    other = {
        ".pdf": b"%PDF-1.7\n%%EOF",
        ".html": b"<!DOCTYPE html><p>",
        ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90,
    }
    path.write_bytes(word if "docx" in name or "word" in name else other.get(path.suffix, "一、总体情况".encode()))
    before = path.read_bytes()
    assert main(["repair", str(path), "-o", str(target)]) == 2
    said = capsys.readouterr().err
    assert said.endswith("要把已发布的报告放进工作簿，请用“导入”。\n")
    assert said.count("\n") == 1
    assert path.read_bytes() == before
    assert not target.exists()
