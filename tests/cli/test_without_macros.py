"""A whole year where no macro may run: the template, what is dropped on the .cmd files, what is typed; up to a signed report."""

from __future__ import annotations

import shutil
import zipfile

import docx
import pytest
from openpyxl import load_workbook

from gk_xl.cli.dropped import QUIET, on_file
from gk_xl.cli.main import main
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import Severity
from gk_xl.form.load import load_edition
from gk_xl.intake import inspect, receive, with_reasons
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import LEVEL_COLUMN, REASON_COLUMN, RESULTS, RESULTS_FIRST, SLIP, layout
from gk_xl.workbook.read import read_workbook
from tests.conftest import ROOT

NAMES = layout("2021").names


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Return the path of an empty workbook, and what types into it by name."""
    monkeypatch.setenv(QUIET, "1")
    path = tmp_path / "年报.xlsx"
    path.write_bytes(
        build_workbook(Filing("2021", None, Unit(), dict.fromkeys(load_edition("2021").cells)))
    )  # the example's form, whatever came later

    def put(values):
        book = load_workbook(path)
        for name, value in values.items():
            place = NAMES[name]
            book[place.sheet].cell(place.row, place.column, value)
        book.save(path)

    return path, put


def test_from_the_empty_form_to_the_signed_report(typed, capsys):
    """校验.cmd tells the cell and the number due, 报送单.cmd writes what is signed, 导出报告.cmd the report of just that."""
    path, put = typed
    filing = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))
    cover = {
        "unit.name": filing.unit.name, "unit.kind": "乡", "year": filing.year, "unit.county": filing.unit.county,
        "signed.name": filing.signed.name, "signed.date": filing.signed.date,
    }  # fmt: skip
    text = {
        f"narrative.{part}.{number}": words
        for part, paragraphs in filing.narrative.items()
        for number, words in enumerate(paragraphs, start=1)
    }
    put(cover | dict(filing.cells) | text | {"t3.granted.total": 14})
    assert on_file("check", path) == 1
    assert "J8 可能填错：14 应为 4" in capsys.readouterr().out
    assert on_file("report", path) == 1
    assert "先改：三、依申请公开 J8，14 应为 4。" in capsys.readouterr().err
    assert not path.with_suffix(".docx").exists()
    assert on_file("slip", path) == 1
    assert "先改正再签" in capsys.readouterr().out
    put({"t3.granted.total": 4})
    assert on_file("check", path) == 0
    assert on_file("slip", path) == 0
    slip = path.with_name("年报_报送单.xlsx")
    sheet = load_workbook(slip, data_only=True)[SLIP]
    verdict, code = (sheet[NAMES[f"slip.{name}"].address].value for name in ("verdict", "fingerprint"))
    assert verdict.startswith("✓ 通过")
    assert code in capsys.readouterr().out
    assert on_file("report", path) == 0
    report = path.with_suffix(".docx")
    public = path.with_name("年报（公开稿）.docx")
    assert "不要直接上网" in capsys.readouterr().out
    assert hidden(report)
    assert not hidden(public)
    assert filing.title in docx.Document(str(report)).paragraphs[0].text
    for received in (path, report, slip):
        assert main(["verify", str(received), "--sign", str(slip)]) == 0
    put({"t3.granted.total": 5})
    assert main(["verify", str(path), "--sign", str(slip)]) == 1


def test_a_reason_beside_the_copy_of_a_filing_counts(tmp_path, monkeypatch):
    """Of a filing that is no workbook, too; a reason of its own comes first, and a copy that cannot be read is none."""
    monkeypatch.setenv(QUIET, "1")
    filing = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))
    asked = filing.with_cells({"t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25})
    path, copy = tmp_path / "年报.json", tmp_path / "年报_校验.xlsx"
    path.write_text(asked.dumps(), encoding="utf-8")
    on_file("check", path)
    warned = [finding for finding in inspect(receive(path)).findings if finding.severity is Severity.WARNING]
    assert warned
    book = load_workbook(copy)
    for row in range(RESULTS_FIRST, RESULTS_FIRST + 20):
        if book[RESULTS].cell(row, LEVEL_COLUMN).value == Severity.WARNING.label:
            book[RESULTS].cell(row, REASON_COLUMN).value = "省政府赋权"
    book.save(copy)
    answered = inspect(with_reasons(receive(path), copy))
    assert not [found for found in answered.findings if found.severity is Severity.WARNING and not found.waived]
    copy.write_bytes(b"PK")
    assert with_reasons(receive(path), copy).filing.waivers == {}


def hidden(report) -> bool:
    """Return whether a Word file carries the filing's data unseen."""
    with zipfile.ZipFile(report) as package:
        return any(name.startswith("customXml") for name in package.namelist())


def test_a_draft_becomes_a_filled_workbook(tmp_path, monkeypatch):
    """导入报告.cmd: a workbook beside the draft, a second one where the first is there already; nothing else is touched."""
    monkeypatch.setenv(QUIET, "1")
    shutil.copy(ROOT / "examples" / "2025_示例乡.json", tmp_path / "样.json")
    assert main(["report", str(tmp_path / "样.json"), "-o", str(tmp_path / "草稿.docx")]) == 0
    for name in ("草稿_年报.xlsx", "草稿_年报2.xlsx"):
        assert on_file("import", tmp_path / "草稿.docx") == 0
        filled = read_workbook(tmp_path / name).filing
        assert filled.value("t3.granted.total") == 4
        assert filled.narrative["overview"]


def test_a_slip_needs_a_workbook_with_that_sheet(typed, capsys):
    """A filing as JSON, an earlier template: one sentence, nothing written; the workbook itself is never the copy."""
    path, _ = typed
    other = ROOT / "tests" / "golden" / "workbook" / "template_1.xlsx"
    for source in (ROOT / "examples" / "2025_示例乡.json", other):
        assert main(["slip", str(source), "-o", str(path.with_name("单.xlsx"))]) == 2
        assert f"没有“{SLIP}”这张表" in capsys.readouterr().err
    before = path.read_bytes()
    assert main(["slip", str(path), "-o", str(path)]) == 2
    assert path.read_bytes() == before


def test_a_whole_text_in_one_sheet_is_told(typed, capsys):
    """No button moves it: what is dropped on 校验.cmd says which paragraphs belong elsewhere."""
    path, put = typed
    texts = ("（一）主动公开。已公开。", "五、存在问题及改进措施", "一是更新不及时。改进措施：每月检查。")
    put({f"narrative.overview.{number}": text for number, text in enumerate(texts, start=1)})
    on_file("check", path)
    told = capsys.readouterr().out
    assert "“一、总体情况”里有 1 段是“五、存在的主要问题及改进情况”的内容。请移到该在的地方去。" in told
