"""A file that a command writes over is kept, and the command says where."""

from __future__ import annotations

import pytest

from gk_xl.cli.main import main
from tests.filings import whole


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "数据.json"
    path.write_text(whole("2021").dumps(), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["new", "--year", "2025", "--unit", "示例乡人民政府"], "年报.xlsx"),
        (["import", "数据.json"], "年报.xlsx"),
        (["report", "数据.json", "--force"], "报告.docx"),
    ],
)
def test_what_was_replaced_is_named(data, monkeypatch, capsys, words, name):
    """Not at the first run, and not where nothing changed."""
    monkeypatch.chdir(data.parent)
    main([*words, "-o", name])
    assert "留作" not in capsys.readouterr().err
    (written,) = data.parent.glob(f"{name.partition('.')[0]}*")
    before = written.read_bytes()
    data.write_text(whole("2021").dumps().replace("示例乡", "试点乡"), encoding="utf-8")
    main([*("试点乡人民政府" if word == "示例乡人民政府" else word for word in words), "-o", name])
    told = capsys.readouterr().err
    assert f"原来的“{written.name}”没有丢，留作“{written.name}.bak”。" in told
    assert written.with_name(written.name + ".bak").read_bytes() == before


def test_without_an_earlier_file_or_where_it_failed_nothing_is_said(data, capsys):
    folder = data.parent
    assert main(["import", str(folder / "没有.json"), "-o", str(data)]) == 2
    assert "留作" not in capsys.readouterr().err
    assert main(["import", str(data), "-o", str(folder / "新.xlsx")]) == 0
    assert main(["import", str(data), "-o", str(folder / "新.xlsx")]) == 0
    assert "留作" not in capsys.readouterr().err
