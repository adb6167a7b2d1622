"""gk-xl editions: the next edition begun, two editions side by side."""

from __future__ import annotations

import shutil

import pytest

from gk_xl.cli.commands import editions as command
from gk_xl.cli.main import main
from gk_xl.form import draft
from gk_xl.form.load import EDITIONS, edition_ids, read_edition


def test_diff_tells_what_is_added_gone_and_lost(capsys):
    """Headings in Chinese, a line a difference, the number of them; rules without rows by what they ask."""
    assert main(["editions", "diff", "2019", "2021"]) == 0
    told = capsys.readouterr().out
    for line in (
        "■ 行",
        "  改 t2.normative_doc：规范性文件 → 行政规范性文件",
        "  － t2.procurement：政府集中采购",
        "  ＋ t2.in_force：现行有效件数",
        "  － T2-02：rules normative_doc",
        "  － T2-07：采购项目数量为 0 与采购总金额为 0 应当同时成立。",
        "  － 规范性文件：对外公开规范性文件、新公开规范性文件",
    ):
        assert line in told.splitlines()
    assert main(["editions", "diff", "2021", "2021"]) == 0
    assert "没有不同" in capsys.readouterr().out


def test_new_writes_the_draft_and_says_what_to_do(tmp_path, monkeypatch, capsys):
    """Two files: the new edition, and the old one with its last year; then the steps."""
    for path in EDITIONS.glob("*.toml"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(command, "EDITIONS", tmp_path)
    newest = edition_ids()[-1]
    assert main(["editions", "new", "2041", "--from", newest]) == 0
    assert "gk-xl editions diff" in capsys.readouterr().out
    written = {path.name: read_edition(path.read_text("utf-8"), path.name) for path in tmp_path.glob("*.toml")}
    assert written["2041.toml"].first_year == 2041
    assert written[f"{newest}.toml"].last_year == 2040
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(written), "nothing else is left there"


@pytest.mark.parametrize(
    "words",
    [
        ["new", "abc"],
        ["new", "2019"],
        ["new", "2041", "--from", "2019"],
        ["new", "1", "2"],
        ["diff", "2021"],
        ["diff", "2021", "1999"],
    ],
)
def test_a_slip_is_told_in_one_sentence(words, capsys):
    """No such edition, a year that does not follow, one edition too few: exit 2, nothing written."""
    before = {path: path.read_bytes() for path in EDITIONS.iterdir() if path.is_file()}
    assert main(["editions", *words]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "版" in told
    assert before == {path: path.read_bytes() for path in EDITIONS.iterdir() if path.is_file()}
    assert draft.EDITIONS == EDITIONS
