"""What was published is held against what was filed: each difference once, both sides told, nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gk_xl.cli.main import main
from gk_xl.form.filing import Filing, Signature
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.workbook.build import build_workbook
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "2025_示例乡.json"


@pytest.fixture(scope="module")
def filing():
    return Filing.loads(EXAMPLE.read_text(encoding="utf-8"))


@pytest.fixture
def run(tmp_path, capsys):
    def compared(published, filed, *options, page=write_html):
        (tmp_path / "工作簿.xlsx").write_bytes(build_workbook(filed))
        path = tmp_path / "发布.html"
        path.write_text(published if isinstance(published, str) else page(published), encoding="utf-8")
        code = main(["compare", str(path), str(tmp_path / "工作簿.xlsx"), *options])
        return code, *capsys.readouterr()

    return compared


def test_the_same_is_the_same(filing, run):
    """A page that the workbook made does not differ from it, fields of its text included."""
    fields = replace(filing, narrative={**filing.narrative, "overview": ("新收{新收申请}件。", "其余见表。")})
    for filed in (filing, fields):
        code, out, err = run(filed, filed)
        assert (code, err) == (0, "")
        assert out.startswith("一致")


def test_each_difference_is_told_with_both_sides(filing, run):
    """A number, a blank, a changed sentence, one missing, one added, the day: six differences and no more."""
    cells = list(filing.cells)
    overview = list(filing.narrative["overview"])
    told = overview[1]
    published = replace(
        filing,
        cells={**filing.cells, cells[0]: 77, cells[9]: None},
        narrative={
            **filing.narrative,
            "overview": (*overview[:1], told.replace("148条", "150条"), *overview[2:], "全年没有其他情形发生。"),
            "problems": filing.narrative["problems"][:1],
        },
        signed=Signature(filing.signed.name, "2026-01-20"),
    )
    gone = filing.narrative["problems"][1]
    code, out, err = run(published, filing, "--json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert found["same"] is False
    numbers = {item["cell"]: (item["published"], item["filed"]) for item in found["differences"] if "cell" in item}
    assert numbers == {cells[0]: ("77", str(filing.cells[cells[0]])), cells[9]: ("", str(filing.cells[cells[9]]))}
    others = [item for item in found["differences"] if "cell" not in item]
    days = [item for item in others if item["place"] == "成文日期"]
    assert [(item["published"], item["filed"]) for item in days] == [("2026-01-20", filing.signed.date)]
    changed = [item for item in others if item["published"] and item["filed"] and item not in days]
    assert len(changed) == 1
    assert "150条" in changed[0]["message"]
    assert "148条" in changed[0]["message"]
    assert [item["published"] for item in others if not item["filed"]] == ["全年没有其他情形发生。"]
    missing = "".join(item["filed"] for item in others if not item["published"])
    assert missing == gone


def test_output_for_clerks_is_grouped(filing, run):
    """Groups in the order of the form, each with its number; the cell is named as the form names it."""
    cell = "t3.received_new.total"
    code, out, _ = run(replace(filing, cells={**filing.cells, cell: 9}), filing)
    assert code == 1
    assert f"【表三】1 处\n  {filing.form.describe(cell)}：发布件是 9，工作簿是 {filing.cells[cell]}" in out


def test_a_sentence_that_moved_is_told_once(filing, run):
    """From one section to another: not one missing and one too many."""
    first, *rest = filing.narrative["problems"]
    other = filing.narrative["other_matters"]
    moved = {**filing.narrative, "problems": tuple(rest), "other_matters": (first, *other)}
    code, out, _ = run(replace(filing, narrative=moved), filing)
    assert code == 1
    assert out.count("发布件有、工作簿没有") == out.count("在工作簿的“五、存在的主要问题及改进情况”里") > 0
    assert "工作簿有、发布件没有" not in out


def test_spaces_and_paragraphs_are_no_wording(filing, run):
    """A page may break paragraphs elsewhere and put blanks between the characters."""
    broken = tuple(piece + "。" for text in filing.narrative["problems"] for piece in text.split("。") if piece)
    assert run(replace(filing, narrative={**filing.narrative, "problems": broken}), filing)[0] == 0


def test_another_report_is_no_comparison(filing, run):
    """Another year, or a page that is no report: one sentence, exit 2."""
    code, _, err = run(replace(filing, year=2024), filing)
    assert code == 2
    assert "不是同一份报告" in err
    code, _, err = run("<html><body><p>预算公开</p></body></html>", filing)
    assert code == 2
    assert err.count("\n") == 1


def test_a_word_file_of_ours_is_compared_as_it_stands(filing, tmp_path, capsys):
    """What was changed in Word after the export differs from the workbook."""
    path = tmp_path / "报告.docx"
    path.write_bytes(write_docx(replace(filing, cells={**filing.cells, "t3.received_new.total": 8})))
    assert main(["compare", str(path), str(EXAMPLE)]) == 1
    assert "发布件是 8" in capsys.readouterr().out


@pytest.mark.parametrize("ids", [(0, -1), (-1, 0)])
def test_a_report_on_another_edition_s_form_is_compared_where_both_have_the_cells(filing, run, ids):
    """The form itself is a difference; a number that both forms have is compared, what only one has is told."""
    printed_on, filed_on = (edition_ids()[number] for number in ids)
    numbers = dict.fromkeys(load_edition(filed_on).cells, 0) | {"t3.granted.other": 7}
    filed = replace(filing, edition=filed_on, cells=numbers, units={})
    same = dict.fromkeys(load_edition(printed_on).cells, 0) | {"t3.granted.other": 7}
    for other in (0, 1):
        cells = {**same, "t3.granted.other": 7 + other}
        code, out, _ = run(replace(filed, edition=printed_on, cells=cells), filed, "--json")
        found = json.loads(out)["differences"]
        assert code == 1
        assert (found[0]["published"], found[0]["filed"]) == (f"{printed_on} 年版", f"{filed_on} 年版")
        assert [one["cell"] for one in found[1:] if "cell" in one] == ["t3.granted.other"] * other
    only = next(cell for cell in load_edition(printed_on).cells if cell.startswith("t2.") and cell not in numbers)
    _, out, _ = run(replace(filed, edition=printed_on, cells={**same, only: 12}), filed)
    assert "发布件有 1 个数，工作簿的表格里没有对应的格，没有核对" in out
