"""The commands as a person runs them: exit codes, what they print, what they write."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from gk_xl.cli.main import main
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.read import read_workbook
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "2025_示例乡.json"


def zeros(**changes) -> Filing:
    """Return a township's filing of zeros with some cells changed."""
    filing = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    cells = {**dict.fromkeys(filing.cells, 0), **{key.replace("__", "."): value for key, value in changes.items()}}
    return replace(filing, cells=cells, signed=Signature("示例乡人民政府", "2026-01-10"))


@pytest.fixture
def wrong(tmp_path):
    """A workbook with one wrong total."""
    path = tmp_path / "错.xlsx"
    path.write_bytes(build_workbook(zeros(t3__granted__total=1)))
    return path


def test_check_prints_the_published_json(wrong, capsys):
    """source, edition, counts, findings, suspects: letter for letter; exit code 1 where errors stand."""
    assert main(["check", str(wrong), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["source", "edition", "counts", "findings", "suspects"]
    assert data["source"] == str(wrong)
    assert data["edition"] == "2021"
    assert set(data["counts"]) == {"error", "warning", "hint", "not_assessable"}
    first = next(finding for finding in data["findings"] if finding["code"] == "T3-03")
    assert list(first) == [
        "code", "severity", "cells", "message", "left", "right", "difference", "where", "excerpt", "waived",
    ]  # fmt: skip
    assert first["cells"][0] == "t3.granted.total"
    assert (first["left"], first["right"], first["difference"]) == (1, 0, 1)
    assert first["where"] == {"sheet": "三、依申请公开", "address": "J8"}
    assert first["waived"] is False


def test_a_json_filing_and_its_workbook_get_the_same_verdict(wrong, tmp_path, capsys):
    """export writes what check also reads in place of a workbook."""
    data = tmp_path / "a.json"
    assert main(["export", str(wrong), "-o", str(data)]) == 0
    capsys.readouterr()
    main(["check", str(wrong), "--json"])
    first = json.loads(capsys.readouterr().out)
    main(["check", str(data), "--json"])
    second = json.loads(capsys.readouterr().out)
    assert {**first, "source": ""} == {**second, "source": ""}


def test_several_files_give_a_list_and_a_folder_is_checked_whole(wrong, tmp_path, capsys):
    """A list in the order of the files; a file that cannot be read does not stop the others, and exits with 2."""
    (tmp_path / "坏.xlsx").write_bytes(b"x")
    assert main(["check", str(tmp_path), "--json"]) == 2
    out = capsys.readouterr()
    data = json.loads(out.out)
    assert len(data) == 2
    assert sum("error" in item for item in data) == 1
    assert "坏.xlsx" in out.err
    (tmp_path / "坏.xlsx").unlink()
    assert main(["check", str(wrong), str(wrong), "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_the_model_example_is_right(tmp_path, capsys):
    """The clean example of the repository has no errors and no warnings: exit code 0."""
    assert main(["check", str(EXAMPLE), "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert (counts["error"], counts["warning"]) == (0, 0)


def test_check_speaks_to_a_person(wrong, capsys):
    """Verdict, what to mend first, cell, both sides; one cause is one line; what could not be judged is said, not passed."""
    main(["check", str(wrong)])
    text = capsys.readouterr().out
    for word in ("✗ 未通过", "先改：三、依申请公开 J8", "1 应为 0", "T3-03", "条自行消失", "不等于通过", "跨年核对"):
        assert word in text
    assert text.count("[三、依申请公开 J8]") == 1


def test_check_names_the_next_step_of_a_pass(capsys):
    main(["check", str(EXAMPLE)])
    assert "接下来写报送单" in capsys.readouterr().out


def test_mark_writes_a_copy_and_leaves_the_file(wrong, tmp_path):
    """The copy has flags, notes and results with links; the file checked is byte for byte the same."""
    import openpyxl

    before, copy = wrong.read_bytes(), tmp_path / "标注.xlsx"
    assert main(["check", str(wrong), "--mark", str(copy)]) == 1
    assert wrong.read_bytes() == before
    book = openpyxl.load_workbook(copy)
    assert openpyxl.load_workbook(copy, data_only=True)["三、依申请公开"]["AD8"].value == 3
    assert "T3-03" in book["三、依申请公开"]["J8"].comment.text
    results = book["校验结果"]
    codes = [results.cell(row, 8).value for row in range(6, 40)]
    row = codes.index("T3-03") + 6
    assert results.cell(row, 4).hyperlink.location == "'三、依申请公开'!J8"
    assert results["C2"].value.startswith("✗ 未通过")
    assert read_workbook(copy).filing == read_workbook(wrong).filing
    assert main(["check", str(wrong), "--mark", str(wrong)]) == 2


def test_last_year_opens_the_rules_between_years(tmp_path, capsys):
    """With --last-year nothing is left unjudged that last year's numbers decide."""
    this, last = tmp_path / "a.json", tmp_path / "b.json"
    this.write_text(zeros().dumps(), encoding="utf-8")
    last.write_text(replace(zeros(t3__carried_out__other=1), year=2024).dumps(), encoding="utf-8")
    main(["check", str(this), "--last-year", str(last), "--json"])
    data = json.loads(capsys.readouterr().out)
    assert "Y-01" in {f["code"] for f in data["findings"] if f["severity"] == "error"}
    assert "Y-09" not in {f["code"] for f in data["findings"]}


def test_new_makes_the_workbook_of_any_year(tmp_path, capsys):
    """The edition follows the year; last year's numbers are filled in."""
    last = tmp_path / "last.json"
    last.write_text(replace(zeros(t3__carried_out__other=4), year=2024).dumps(), encoding="utf-8")
    for year, edition in ((2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")):
        path = tmp_path / f"{year}.xlsx"
        arguments = ["new", "--year", str(year), "--unit", "示例乡人民政府", "--kind", "township", "-o", str(path)]
        assert main(arguments + (["--last-year", str(last)] if year == 2025 else [])) == 0
        reading = read_workbook(path)
        assert (reading.filing.edition, reading.filing.year) == (edition, year)
        assert reading.findings == ()
    assert reading.last.number("t3.carried_out.other") == 4


@pytest.mark.parametrize("target", ["a.docx", "a.html"])
def test_export_is_refused_while_errors_stand(wrong, tmp_path, capsys, target):
    """Exit code 1, nothing written; with --force the file name says how many errors stand."""
    path = tmp_path / target
    assert main(["report", str(wrong), "-o", str(path)]) == 1
    assert "未导出" in capsys.readouterr().err
    assert not list(tmp_path.glob("a*"))
    assert main(["report", str(wrong), "-o", str(path), "--force"]) == 0
    (written,) = tmp_path.glob("a*")
    assert "校验未通过" in written.name


def test_rules_and_explain_print_the_catalogue(capsys):
    """Every rule in a line; one rule with reason, source and what to do."""
    from gk_xl.checks.catalogue import catalogue

    assert main(["rules"]) == 0
    text = capsys.readouterr().out
    assert all(code in text for code in catalogue())
    assert main(["rules", "--edition", "2019"]) == 0
    text = capsys.readouterr().out
    assert "T2-07" in text
    assert "T2-09" not in text
    assert main(["explain", "t2-01"]) == 0
    text = capsys.readouterr().out
    assert "立法法" in text
    assert "怎么办" in text
    assert main(["explain", "T9-99"]) == 2


def test_how_a_sentence_is_read(capsys):
    """Words, period and scope, the readings tried with their reasons, and what comes out."""
    assert main(["read", "未发生行政诉讼败诉案件。全年作出行政处罚决定3件，上年结转申请1件。", "--year", "2024"]) == 0
    text = capsys.readouterr().out
    assert "败诉[halt]" in text
    assert "没有读出与表格对应的数" in text
    assert "按 decide-count 读：合" in text
    assert "读作：decisions:penalty = 3 件（本年度，本单位）" in text
    assert "读作：carried_in = 1 件" in text
    assert main(["read", "2024年我镇收到政府信息公开申请5件。", "--kind", "镇", "--year", "2024"]) == 0
    assert "读作：received = 5 件（本年度，本单位）" in capsys.readouterr().out
    assert main(["read", "收到申请5件。", "--kind", "没有的"]) == 2
    assert "可用" in capsys.readouterr().err


def test_the_committed_template_verifies(capsys, tmp_path, monkeypatch):
    """template verify compares part by part and names what differs."""
    monkeypatch.chdir(ROOT)
    assert main(["template", "verify"]) == 0
    other = tmp_path / "t.xlsx"
    other.write_bytes(build_workbook(zeros()))
    assert main(["template", "verify", "-o", str(other)]) == 1
    assert "xl/worksheets/sheet1.xml" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "没有这个文件.xlsx"],
        ["check", "."],
        ["new", "--year", "2018", "-o", "a.xlsx"],
        ["new", "--year", "2025", "--kind", "village", "-o", "a.xlsx"],
        ["report", "没有.xlsx", "-o", "a.docx"],
        ["export", "没有.xlsx", "-o", "a.json"],
        ["rules", "--edition", "1999"],
        ["import", "没有.txt", "-o", "a.xlsx"],
    ],
)
def test_what_cannot_run_says_so_in_one_line(arguments, tmp_path, monkeypatch, capsys):
    """Exit code 2, one Chinese sentence on stderr, nothing on stdout, nothing written."""
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out = capsys.readouterr()
    assert out.err.startswith("gk-xl：")
    assert out.err.count("\n") == 1
    assert not out.out
    assert not list(tmp_path.iterdir())


def test_an_unknown_format_is_refused(tmp_path, capsys):
    """A report in a format that does not exist names those that do."""
    path = tmp_path / "a.json"
    path.write_text(zeros().dumps(), encoding="utf-8")
    assert main(["report", str(path), "-o", str(tmp_path / "a.rtf"), "--force"]) == 2
    assert ".docx" in capsys.readouterr().err


def test_suggested_sentences_come_from_the_tables(capsys):
    """suggest prints, topic by topic, what can be written, with the numbers and with their names."""
    assert main(["suggest", str(EXAMPLE)]) == 0
    text = capsys.readouterr().out
    assert "■ 依申请公开" in text
    assert "{新收申请}" in text


def test_members_open_the_sum_over_them(tmp_path, capsys):
    """A county's own report is held against the sum of the filings in a folder."""
    (tmp_path / "乡").mkdir()
    for name in "ab":
        unit = replace(zeros(t2__licence__decisions=2), unit=Unit(f"{name}乡人民政府"))
        (tmp_path / "乡" / f"{name}.json").write_text(unit.dumps(), encoding="utf-8")
    county = tmp_path / "县.json"
    county.write_text(zeros(t2__licence__decisions=5).dumps(), encoding="utf-8")
    main(["check", str(county), "--members", str(tmp_path / "乡"), "--json"])
    found = [item for item in json.loads(capsys.readouterr().out)["findings"] if item["code"] == "Y-10"]
    assert [(item["left"], item["right"], item["cells"]) for item in found] == [(5, 4, ["t2.licence.decisions"])]


def test_wrong_usage_exits_with_2(capsys):
    """argparse's complaints are one line too."""
    with pytest.raises(SystemExit) as error:
        main(["check"])
    assert error.value.code == 2


def test_a_failure_inside_is_no_traceback(monkeypatch, capsys):
    """Whatever goes wrong inside, the clerk reads one sentence."""
    monkeypatch.setattr("gk_xl.cli.commands.catalogue.catalogue", lambda: 1 / 0)
    assert main(["rules"]) == 2
    assert "程序内部出错" in capsys.readouterr().err


def test_it_runs_as_a_program(tmp_path):
    """python -m gk_xl.cli.main works as a process, in any locale."""
    done = subprocess.run(
        [sys.executable, "-m", "gk_xl.cli.main", "explain", "T3-01"],
        capture_output=True, env={"LC_ALL": "C", "PATH": ""}, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "新收加上年结转" in done.stdout.decode("utf-8")


def test_what_was_not_judged_is_said_in_a_clerks_words(tmp_path, capsys):
    """No list of codes: how many, of which table, and what brings it."""
    filing = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))
    path = tmp_path / "年报.json"
    path.write_text(
        filing.with_cells({"t3.granted.research": None, "t2.licence.decisions": "若干"}).dumps(), encoding="utf-8"
    )
    main(["check", str(path)])
    closing = capsys.readouterr().out.splitlines()[-2:]
    assert closing[0].startswith("  跨年核对的 10 条没有查：没有上年数据")
    assert closing[1].startswith("  有空格或填了文字，有关的核对没有做（不等于通过）：")
    assert "表三" in closing[1]
    assert not re.search(r"[A-Z]\d?-\d\d", "".join(closing))


@pytest.mark.parametrize(
    ("name", "leads"), [("报告.txt", True), ("报告.docx", True), ("报告.xlsx", False), ("没有.txt", False)]
)
def test_a_published_report_is_sent_to_import(tmp_path, capsys, name, leads):
    """校验 takes workbooks and data; of what others published the sentence says how it comes into one."""
    if name.startswith("报告"):
        (tmp_path / name).write_text("示例乡2025年政府信息公开工作年度报告\n", encoding="utf-8")
    assert main(["check", str(tmp_path / name)]) == 2
    assert ("请用“导入”" in capsys.readouterr().err) is leads
