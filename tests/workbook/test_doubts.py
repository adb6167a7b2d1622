"""What an import was not sure of stays with the workbook until a person changes the cell or confirms it."""

from __future__ import annotations

import json

import pytest

from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.form.doubt import UNREAD, Doubt
from gk_xl.form.filing import Filing
from gk_xl.intake import inspect, receive
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.doubtful import CODE, LEVEL, carried_doubts, doubt_constants
from gk_xl.workbook.files import open_package
from gk_xl.workbook.layout import FLAGS, JUDGED, layout
from gk_xl.workbook.raw import RawWorkbook
from tests.conftest import ROOT

FIRST, SECOND, BLANK = "t3.received_new.natural_person", "t3.received_new.total", "t2.licence.decisions"


@pytest.fixture
def filing():
    """A filing with two doubtful numbers and a cell that was not read."""
    own = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8")).with_cells({BLANK: None})
    doubts = {cell: Doubt(own.value(cell), "数分在两行。") for cell in (FIRST, SECOND)} | {BLANK: Doubt(None, UNREAD)}
    from dataclasses import replace

    return replace(own, doubts=doubts)


def saved(tmp_path, filing, **more):
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(filing, **more))
    return path


def told(path):
    """Return the findings of a check about doubts, and what it says of blanks."""
    result = inspect(receive(path))
    return [f for f in result.findings if f.code == CODE], [
        f.message for f in result.findings if "没有读到" in f.message
    ]


def flag(path, cell):
    """Return the level beside a cell."""
    raw, place = RawWorkbook(open_package(path)), layout("2021").names[cell]
    held = raw.sheet(place.sheet).cells.get((place.row, place.column + FLAGS))
    return held.value if held else None


def test_doubts_survive_the_workbook_and_have_a_colour_of_their_own(tmp_path, filing):
    """Reason and value come back; the flag is that of a doubt, a note says why; a right cell has none."""
    path = saved(tmp_path, filing)
    assert receive(path).filing.doubts == filing.doubts
    assert [flag(path, cell) for cell in (FIRST, SECOND, BLANK, "t3.granted.total")] == [LEVEL, LEVEL, LEVEL, None]
    assert b"\xe6\x95\xb0\xe5\x88\x86\xe5\x9c\xa8" in b"".join(
        open_package(path).read(name) for name in open_package(path).namelist() if "comments" in name
    )


def test_a_flag_is_seen(tmp_path, filing):
    """A colour shows as long as the cell holds what stands in the judged block: beside a doubt it stands without a check, too."""
    path = saved(tmp_path, filing)
    raw, names = RawWorkbook(open_package(path)), layout("2021").names
    for cell in (FIRST, SECOND, BLANK):
        cells, place = raw.sheet(names[cell].sheet).cells, names[cell]
        held, judged = (cells.get((place.row, place.column + by)) for by in (0, JUDGED))
        assert (judged.value if judged else None) == (held.value if held else None) == filing.value(cell)
    other = names["t3.granted.total"]
    beside = raw.sheet(other.sheet).cells.get((other.row, other.column + JUDGED))
    assert beside is None or beside.value is None


def test_a_check_names_doubts_once_a_reason_and_says_not_read(tmp_path, filing):
    """One warning for both numbers; the blank is not called 没有填."""
    doubts, unread = told(saved(tmp_path, filing))
    assert [finding.cells for finding in doubts] == [(FIRST, SECOND)]
    assert len(unread) == 1
    assert "不是没有填" in unread[0]
    assert "行政许可" in unread[0]


def test_a_changed_cell_is_in_doubt_no_more(tmp_path, filing):
    """The other one still is; a cell filled in is read."""
    path = saved(tmp_path, filing.with_cells({FIRST: 99, BLANK: 3}))
    doubts, unread = told(path)
    assert [finding.cells for finding in doubts] == [(SECOND,)]
    assert unread == []
    assert [flag(path, cell) for cell in (FIRST, SECOND, BLANK)] == [None, LEVEL, None]


def test_a_reason_confirms(tmp_path, filing):
    """A reason in 校验结果 waives the warning and takes the colour off."""
    from dataclasses import replace

    extra = receive(saved(tmp_path, filing)).findings
    result = check(filing, extra=extra)
    key = next(f.key for f in result.findings if f.code == CODE)
    confirmed = replace(filing, waivers={key: "已核对"})
    path = saved(tmp_path, confirmed, result=check(confirmed, extra=extra))
    doubts, _ = told(path)
    assert [finding.waived for finding in doubts] == [True]
    assert flag(path, FIRST) is None


def test_spoilt_constants_are_no_doubts(filing):
    """What cannot be read is nothing, and nobody's filing is refused for it."""
    constants = doubt_constants(filing.doubts)
    assert carried_doubts(constants.get) == filing.doubts
    assert carried_doubts({name: text[:-3] for name, text in constants.items()}.get) == {}
    assert carried_doubts({}.get) == {}


def test_an_import_tells_how_sure_it_is(tmp_path, capsys):
    """gk-xl import: what could not be read comes first; --json gives value, place and state of each cell."""
    text = (ROOT / "examples" / "2020_样板乡.txt").read_text(encoding="utf-8")
    source, target = tmp_path / "报告.txt", tmp_path / "年报.xlsx"
    at, end = text.index("四、政府信息公开行政复议"), text.index("五、存在的主要问题")
    source.write_text(text[:at] + text[at:end].split("\n")[0] + "\n" + text[end:], encoding="utf-8")
    assert main(["import", str(source), "-o", str(target)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "没有读到 15 个" in lines[0]
    assert lines[1].startswith("  【没有读到】表四整张没有读到")
    assert "表四整张表没有读到" in told(target)[1][0]
    assert main(["import", str(source), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["counts"] == {"cells": 198, "read": 183, "doubtful": 0, "kept": 0, "unread": 15}
    assert data["cells"]["t4.suit_after.total"]["state"] == "unread"
    assert data["cells"]["t2.procurement.amount"]["spot"]["line"] == 1 + text[: text.index("10.4万元")].count("\n")
    assert main(["import", str(source)]) == 2
