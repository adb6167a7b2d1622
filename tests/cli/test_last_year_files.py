"""``--last-year`` takes the published report in any format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gk_xl.cli.main import main
from gk_xl.form.filing import Filing
from gk_xl.report.html import write_html
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
