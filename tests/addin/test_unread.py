"""A table that an import could not read is told as 没有读到, never as 没有填: by the command, the desk and the button."""

from __future__ import annotations

import json
import random
import zipfile

import pytest

from gk_xl.addin import buttons
from gk_xl.cli.main import main
from gk_xl.form.load import edition_ids
from gk_xl.sources.open import import_sources
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import RESULTS
from tests.addin.clerk import everything
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.writers import bold_markdown, commas, sheet, tidy_page, word_file


def _without_last_table(writer, folder):
    """Return a report whose 表四 is not there, as it is imported."""
    drawing = drawing_of(filing_of(edition_ids()[-1], 3))
    drawing.blocks[:] = [one for one in drawing.blocks if not (isinstance(one, Drawn) and one.table == "t4")]
    content, suffix = writer(drawing, random.Random(1))
    path = folder / f"报告{suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_sources([path]).filing


@pytest.mark.parametrize("writer", [tidy_page, word_file, sheet, commas, bold_markdown])
def test_a_table_that_could_not_be_read_is_not_called_blank(writer, tmp_path, capsys):
    """gk-xl check, and desk, which reads as it does: one finding names the whole table, none says that it is not filled."""
    target = tmp_path / "收" / "年报.xlsx"
    target.parent.mkdir()
    target.write_bytes(build_workbook(_without_last_table(writer, tmp_path)))
    main(["check", str(target), "--json"])
    found = [item["message"] for item in json.loads(capsys.readouterr().out)["findings"]]
    assert sum("表四整张表没有读到" in message for message in found) == 1
    assert not [message for message in found if "表四" in message and ("没有填" in message.replace("不是没有填", ""))]
    summary = tmp_path / "汇总.xlsx"
    main(["desk", "check", str(target.parent), "-o", str(summary), "--workers", "1"])
    with zipfile.ZipFile(summary) as package:
        assert "表四整张表没有读到" in b"".join(map(package.read, package.namelist())).decode("utf-8", "replace")


@pytest.mark.parametrize("opened", ["openpyxl"], indirect=True)
def test_the_button_says_that_a_table_was_not_read(opened, tmp_path):
    """校验 in the workbook says of the table what the command says."""
    book = opened(_without_last_table(tidy_page, tmp_path))
    buttons.check(book)
    shown = " ".join(str(value) for row in everything(book)[RESULTS] for value in row if value)
    assert "表四整张表没有读到" in shown
    assert "表四整张表没有填" not in shown
