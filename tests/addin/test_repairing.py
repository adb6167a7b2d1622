"""The button 修复: a new workbook beside the open one, what is on the screen counts, the open one stays as it is."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from gk_xl.addin import buttons, worker
from gk_xl.addin.buttons.repairing import free_name
from gk_xl.addin.version import VERSION
from gk_xl.cli import dropped
from gk_xl.errors import NotATemplate
from gk_xl.form.profile import FILE
from gk_xl.workbook.read import read_workbook
from tests.conftest import ROOT
from tests.workbook.damage.filling import filled
from tests.workbook.damage.measure import damaged
from tests.workbook.damage.recipes import RECIPES

T3 = "三、依申请公开"
PROFILE = ROOT / "examples" / "profiles" / "武威_2025.toml"


@pytest.mark.parametrize("apart", [False, True], ids=["here", "another interpreter"])
def test_what_is_on_the_screen_is_repaired(opened, apart):
    """A number typed and not saved is in the new workbook; the file on the disk is not touched."""
    filing, last = filled("2021", 1)
    book = opened(filing, last)
    path = Path(book.fullname)
    before = path.read_bytes()
    sheet = book.sheets[T3]
    sheet.range("D6").value = 4711
    mend = partial(worker.ask_repair, sys.executable, VERSION) if apart else None
    said = buttons.repair(book, mend=mend)
    target = path.with_name(f"{path.stem}_修复.xlsx")
    assert said.startswith(f"已修复到“{target}”：")
    assert "没有改动" in said
    found = read_workbook(target)
    assert found.filing.cells == filing.with_cells({"t3.received_new.natural_person": 4711}).cells
    assert found.filing.narrative == filing.narrative
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "apart", [False, pytest.param(True, marks=pytest.mark.thorough)], ids=["here", "another interpreter"]
)
def test_the_county_s_tables_beside_the_workbook_come_in(opened, apart):
    """A workbook of before the county's demands: the new one has their 附表, and all that was filled."""
    filing, last = filled("2021", 1)
    book = opened(filing, last)
    path = Path(book.fullname)
    path.with_name(FILE).write_text(PROFILE.read_text(encoding="utf-8"), encoding="utf-8")
    buttons.repair(book, mend=partial(worker.ask_repair, sys.executable, VERSION) if apart else None)
    found = read_workbook(path.with_name(f"{path.stem}_修复.xlsx")).filing
    annex = found.form.tables[-1]
    assert annex.id == "a1"
    assert found.cells == {**filing.cells, **{cell.id: None for cell in annex.cells}}


def test_an_earlier_repair_is_not_written_over(tmp_path):
    """A second repair gets a name of its own, and so does the repair of a repaired workbook."""
    assert free_name(tmp_path, "年报").name == "年报_修复.xlsx"
    (tmp_path / "年报_修复.xlsx").write_bytes(b"")
    assert free_name(tmp_path, "年报").name == "年报_修复2.xlsx"
    assert free_name(tmp_path, "年报_修复").name == "年报_修复2.xlsx"


def test_a_workbook_of_somebody_else_is_refused(opened):
    """Nothing is written, the sentence points to 导入."""
    book = opened(*filled("2021", 1))
    folder = Path(book.fullname).parent
    known = set(folder.iterdir())

    def nothing_of_ours(path, name):
        raise NotATemplate(f"“{name}”里找不到年报工作簿的表，请用“导入”。")

    with pytest.raises(NotATemplate, match="导入"):
        buttons.repair(book, mend=nothing_of_ours)
    assert {path for path in folder.iterdir() if path.suffix == ".xlsx"} <= known


def test_files_dropped_on_the_cmd_are_repaired(tmp_path, monkeypatch, capsys):
    """修复.cmd: the new workbook lies beside the damaged one; doubtful things are printed, exit 1."""
    monkeypatch.setenv(dropped.QUIET, "1")
    recipe = next(recipe for _, name, recipe in RECIPES if name == "cell t3 (1, 0) 1 True")
    path = tmp_path / "坏.xlsx"
    path.write_bytes(data := damaged(recipe, "2021", 0, "county")[2])
    assert dropped.main(["repair", str(path)]) == 1
    assert (tmp_path / "坏_修复.xlsx").exists()
    assert path.read_bytes() == data
    assert "存疑" in capsys.readouterr().out
