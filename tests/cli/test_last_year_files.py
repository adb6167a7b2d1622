"""``--last-year`` takes the published report in any format."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.cli.main import main
from gk_xl.form.filing import Filing
from gk_xl.report.html import write_html
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.read import read_workbook

ROOT = Path(__file__).parents[2]
LAST = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))


def page(filing):
    """Return the web page without what makes it ours."""
    return write_html(filing).encode()


def text(filing):
    """Return it as text, a cell a line."""
    form = filing.form
    lines = [filing.title, *filing.narrative["preamble"]]
    for section in form.sections:
        lines.append(section.heading)
        if section.table:
            lines += [f"{filing.cells[i.cell]}" if i.cell else i.text for i in form.table(section.table).grid]
        else:
            lines += filing.narrative[section.narrative]
    return "\n".join([*lines, filing.signed.name, filing.signed.date]).encode()


@pytest.mark.parametrize(
    ("suffix", "write"), [(".html", page), (".txt", text), (".json", lambda f: f.dumps().encode())]
)
def test_new_and_check_take_last_year_in_any_format(tmp_path, capsys, suffix, write):
    """All numbers stand in 上年数据, and check judges by them."""
    source, book = tmp_path / f"去年{suffix}", tmp_path / "年报.xlsx"
    source.write_bytes(write(LAST))
    assert main(["new", "--year", "2026", "--unit", "示例乡人民政府", "--last-year", str(source), "-o", str(book)]) == 0
    last = read_workbook(book).last
    assert last is not None
    assert last.cells == LAST.cells
    capsys.readouterr()
    main(["check", str(book), "--last-year", str(source), "--json"])
    assert json.loads(capsys.readouterr().out)["counts"]["not_assessable"] == 0


def test_the_slip_knows_last_year_and_says_what_was_not_judged(tmp_path, capsys):
    """Given last year's report a wrong number stands on the sheet; without it, it says what 无法判断 means, and so does the report."""
    cells = {name: value + 3 if isinstance(value, int) else value for name, value in LAST.cells.items()}
    path, last = tmp_path / "年报.xlsx", tmp_path / "去年.json"
    path.write_bytes(build_workbook(LAST))
    last.write_text(replace(LAST, year=2024, cells=cells).dumps(), encoding="utf-8")
    sheet = tmp_path / "单.xlsx"
    assert main(["slip", str(path), "-o", str(sheet), "--last-year", str(last)]) == 1
    signed = read_workbook(sheet).filing.slip
    assert signed["verdict"].startswith("✗ 未通过")
    assert signed["verdict"].endswith("无法判断 0")
    assert "没有上年数据" not in signed["reasons"]
    capsys.readouterr()
    assert main(["slip", str(path), "-o", str(sheet)]) == 0
    assert "--last-year" in capsys.readouterr().out
    assert read_workbook(sheet).filing.slip["reasons"].startswith("无法判断：跨年核对的 10 条没有查：没有上年数据")
    assert main(["report", str(path), "-o", str(tmp_path / "报告.html")]) == 0
    assert "跨年核对的 10 条没有查" in capsys.readouterr().out
    assert main(["report", str(path), "-o", str(tmp_path / "二.html"), "--last-year", str(last)]) == 1
    assert "跨年核对" not in capsys.readouterr().out
