"""The closed file beside a random walk: what differs is told with the step at which it came about."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from gk_xl.workbook.build import build_workbook
from tests.real_apps.closed_file import Beside, Click, compared, from_closed_file
from tests.real_apps.desk import right


def click(copy, sheets=None, said=(), *, label="合计", bare=None, made=None):
    """Return a click on a copy that names no file and finds nothing on the clipboard."""
    return Click(label, True, copy, None, b"", made, sheets or {}, list(said), bare or {})


def test_the_first_click_that_differs_is_told(tmp_path):
    """Of two clicks that differ the earlier is told, with its step and cell."""
    with contextlib.closing(Beside()) as beside:
        for step, wrong in enumerate(("1", "2")):
            copy = tmp_path / f"copy{step}.xlsx"
            copy.write_bytes(build_workbook(right()))
            sheets, said = from_closed_file(click(copy))
            sheets["三、依申请公开"][0][7][9] = wrong
            beside.ask(f"step {step}", click(copy, sheets, said))
        told = beside.told(all_of_it=True)
    assert told.startswith("step 0: 合计: closed file and window differ: 三、依申请公开 R8C10 "), told
    assert "'1'" in told


def test_a_copy_that_cannot_be_read_is_told(tmp_path):
    """Whatever the closed file dies of is a fault of the step, not of the walk's machinery."""
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(b"nothing")
    with contextlib.closing(Beside()) as beside:
        beside.ask("step 7", click(copy, label="校验"))
        assert "step 7: 校验: closed file: " in beside.told(all_of_it=True)
    assert not copy.exists()


def test_what_the_window_had_lost_is_lost_in_the_copy_too(tmp_path):
    """A cell bare in the window alone is healed in both, and both say so."""
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(build_workbook(right()))
    bare = {"三、依申请公开": [(10, 10)]}
    _, said = from_closed_file(click(copy, bare=bare))
    assert said[-1].startswith("已恢复 1 格的格式（“三、依申请公开”J10），填的内容没有改动。")
    assert from_closed_file(click(copy))[1] == [said[-1].partition("改动。")[2]]


def test_a_repaired_workbook_that_holds_something_else_is_told(tmp_path):
    """What 修复 made of the open book is held against what comes of the saved copy: number by number."""
    copy, made = tmp_path / "copy.xlsx", tmp_path / "made.xlsx"
    cells = {**right().cells, "t2.rules.issued": 7}
    copy.write_bytes(build_workbook(right()))
    sheets, said = from_closed_file(click(copy, label="修复"))
    made.write_bytes(build_workbook(replace(right(), cells=cells)))
    told = compared(click(copy, sheets, said, label="修复", made=made))
    assert "repaired otherwise" in told
    assert '"t2.rules.issued": 7' in told
    assert not made.exists()
