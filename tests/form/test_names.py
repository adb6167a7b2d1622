"""Places are known from a list, units by their own names and short forms."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gk_xl.form.filing import Unit
from gk_xl.form.names import bureau_stems, own_names, shortens
from gk_xl.form.places import COUNTY, PREFECTURE, PROVINCE, gazetteer
from tests.conftest import ROOT


def test_the_list_is_whole_and_small():
    """34 provinces, some 330 prefectures, some 2,850 counties, in at most 60 KB."""
    known = gazetteer()
    places = [place for name in known.codes for place in known.places(name)]
    counts = [sum(place.level == level for place in places) for level in (PROVINCE, PREFECTURE, COUNTY)]
    assert counts[0] == 34
    assert 320 <= counts[1] <= 345
    assert 2800 <= counts[2] <= 2900
    assert (ROOT / "gk_xl/form/places.toml").stat().st_size <= 60_000


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本报告可以通过临洮县人民政府门户网站查阅", ["临洮县"]),
        ("内蒙古自治区包头市达尔罕茂明安联合旗", ["内蒙古自治区", "包头市", "达尔罕茂明安联合旗"]),
        ("及时在县政府门户网站公开，其他组织通过市政府网站申请", []),
        ("完善城区路网，加快郊区建设", []),
        ("积石山保安族东乡族撒拉族自治县人民政府", ["积石山保安族东乡族撒拉族自治县"]),
    ],
)
def test_names_are_found_and_running_text_is_not(text, names):
    """Only names of the list, the longest at each place."""
    assert [found.name for found in gazetteer().find(text)] == names


def test_a_place_lies_in_another():
    """By their codes; short names leave out what kind of place it is."""
    names = {name: gazetteer().places(name) for name in gazetteer().codes}
    (gansu,), (dingxi,), (lintao,) = names["甘肃省"], names["定西市"], names["临洮县"]
    assert gansu.holds(lintao)
    assert dingxi.holds(lintao)
    assert not lintao.holds(dingxi)
    assert [names[name][0].short for name in ("恩施土家族苗族自治州", "新疆维吾尔自治区", "阿克苏地区", "赵县")] == [
        "恩施",
        "新疆",
        "阿克苏",
        "赵县",
    ]


@pytest.mark.parametrize(
    ("name", "county", "own", "other"),
    [
        ("云溪县卫生健康局", "云溪县", "县卫健局 卫健局 云溪县卫健局 我局 本局 云溪卫健 县卫健委", "县教育局 市卫健局 云江县卫健局"),
        ("云溪县教育和科学技术局", "云溪县", "县教科局 云溪县教育和科学技术局 局", "县财政局 县教体局"),
        ("云溪县自然资源和规划局", "云溪县", "县资规局 县自然资源局", "县林草局"),
        ("云溪县市场监督管理局", "云溪县", "县市监局 县市场监管局 市场监管局", "市市场监管局"),
        ("云溪县综合行政执法局", "云溪县", "县城管局 县执法局", "县交通局"),
        ("云江市人力资源和社会保障局", "云江市", "市人社局", "县人社局 省人社厅"),
        ("白水乡人民政府", "临川县", "白水乡 乡政府 乡人民政府 临川县白水乡 白水乡党政办公室 我乡", "青石乡 白水镇 县政府"),
        ("金源撒拉族乡人民政府", "湟源河县", "金源撒拉族乡", "金源土族乡"),
        ("云渡街道办事处", "滦桥区", "云渡街道 街道办事处 云渡街道办事处 本街道", "云河街道 区政府"),
        ("巴彦查干苏木人民政府", "青格勒旗", "巴彦查干苏木 苏木人民政府 我苏木", "青格勒苏木"),
        ("临洮县上营乡人民政府", "", "上营乡 临洮县上营乡人民政府", "下营乡"),
        ("松岭市人民政府", "", "市政府 松岭市人民政府 市人民政府", "省政府 松江市人民政府"),
    ],
)  # fmt: skip
def test_a_unit_knows_its_own_names(name, county, own, other):
    """Full names, names without the place, 县 + bureau, everyday short forms, 我局; no other unit's."""
    names = own_names(Unit(name, "", "", county))
    assert [form for form in own.split() if not names.owns(form)] == []
    assert [form for form in other.split() if names.owns(form)] == []


def test_short_forms_keep_the_order():
    """卫健 shortens 卫生健康, not the other way round; at least 60 short forms are known."""
    assert shortens("卫健", "卫生健康")
    assert not shortens("健卫", "卫生健康")
    assert len(bureau_stems()) >= 60


def test_the_list_is_loaded_only_when_asked():
    """A check of a report whose unit has no place in its name reads no list."""
    code = (
        "from gk_xl.form import names, places; from gk_xl.form.filing import Unit;"
        "names.own_names(Unit('白水乡人民政府', 'township', '', '临川县')).owns('青石乡');"
        "import sys; sys.exit(places.gazetteer.cache_info().currsize + names.bureau_stems.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
