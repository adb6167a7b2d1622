"""名单 as offices keep it: titles, merged cells, columns in any order or missing, dates in any spelling, GBK."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import Workbook

from gk_xl.cli.main import main
from gk_xl.desk.roster_file import read_roster
from gk_xl.errors import FileError
from tests.desk.test_desk import RIGHT


def book(path, rows, merges=()):
    """Write rows into a workbook."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for merge in merges:
        made.active.merge_cells(merge)
    made.save(path)
    return path


def test_a_list_with_everything(tmp_path):
    path = book(tmp_path / "名单.xlsx", [
        ["示例县2025年度年报报送名单"],
        ["序号", "单位名称", "单位类型", "简称", "联系人", "报送截止日期"],
        [1, "东街街道办事处", "街道", "东街街道、东街", "张三 0551-1234567", dt.date(2026, 1, 20)],
        [2, "丙镇人民政府", "镇", None, None, None],
        [3, "示例县卫生健康局", "县直部门", "卫健局", "李四", "1月15日前"],
        [None, "合计", None, None, "3 个", None],
    ], ["A1:F1", "F3:F4"])  # fmt: skip
    found = read_roster(path, 2025)
    assert [(unit.order, unit.name, unit.kind) for unit in found.units] == [
        (1, "东街街道办事处", "subdistrict"), (2, "丙镇人民政府", "town"), (3, "示例县卫生健康局", "county_department"),
    ]  # fmt: skip
    assert found.units[0].aliases == ("东街街道", "东街")
    assert [unit.due for unit in found.units] == [dt.date(2026, 1, 20), dt.date(2026, 1, 20), dt.date(2026, 1, 15)]
    assert found.units[0].contact == "张三 0551-1234567"
    assert not found.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "名单.csv"
    path.write_bytes("单位,截止\n甲乡人民政府,2026.1.20\n乙镇人民政府,20260121\n".encode(encoding))
    assert [unit.due for unit in read_roster(path).units] == [dt.date(2026, 1, 20), dt.date(2026, 1, 21)]


def test_what_cannot_be_used_is_said(tmp_path):
    """A kind and a day that nobody knows, a unit twice, a row without a unit: the others are read."""
    path = book(tmp_path / "名单.xlsx", [
        ["单位", "类型", "截止"], ["甲乡人民政府", "小组", "年底"], ["甲乡", None, "2026-01-20"], [None, None, "2026-01-20"],
        ["乙镇人民政府", None, "2026-02-30"],
    ])  # fmt: skip
    found = read_roster(path)
    assert [unit.name for unit in found.units] == ["甲乡人民政府", "乙镇人民政府"]
    told = "\n".join(found.notes)
    for said in ("“小组”不认识", "“年底”读不出来", "不止一行", "第 4 行没有单位", "2026-02-30"):
        assert said in told


def test_a_list_without_heads_is_read_by_what_it_holds(tmp_path):
    path = book(tmp_path / "名单.xlsx", [["各单位"], [1, "甲乡人民政府"], [2, "乙镇人民政府"]])
    found = read_roster(path)
    assert [unit.name for unit in found.units] == ["甲乡人民政府", "乙镇人民政府"]
    assert "第 2 栏" in found.notes[0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", b"a,b\n1,2\n", "单位\n".encode()])
def test_what_is_no_list_is_one_sentence(tmp_path, content):
    path = tmp_path / "名单.csv"
    path.write_bytes(content)
    with pytest.raises(FileError, match="名单"):
        read_roster(path)


def test_a_list_that_was_asked_for_and_cannot_be_read_does_not_end_the_run(tmp_path, capsys):
    """No column of units: told, and the files are checked; a list that is not there is a slip of the hand."""
    (tmp_path / "甲.json").write_text(RIGHT.dumps(), encoding="utf-8")
    path = tmp_path / "县名单.csv"
    path.write_text("联系人,截止\n张三,2026-01-20\n", encoding="utf-8")
    asked = ["desk", "check", str(tmp_path / "甲.json"), "-o", str(tmp_path / "汇总.xlsx"), "--roster"]
    assert main([*asked, str(path)]) == 2
    assert "没有按名单核对：名单“县名单.csv”里找不到“单位”一栏" in capsys.readouterr().out
    assert (tmp_path / "汇总.xlsx").exists()
    assert main([*asked, str(tmp_path / "没有.csv")]) == 2
    assert "没有.csv" in capsys.readouterr().err


def test_a_kind_that_many_units_have_is_told_once(tmp_path):
    path = tmp_path / "名单.csv"
    names = [f"{name}乡人民政府" for name in ("白水", "青石", "大河", "长岭")]
    path.write_text("单位,类型\n" + "".join(f"{name},乡镇级\n" for name in names), encoding="utf-8")
    (said,) = (note for note in read_roster(path, 2025).notes if "类型" in note)
    assert (
        said
        == "名单里“白水乡人民政府”、“青石乡人民政府”、“大河乡人民政府”等 4 个单位的类型“乡镇级”不认识，按单位名称判断。"
    )
