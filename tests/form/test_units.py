"""The kinds of units: named in many ways, told by a unit's name, and never guessed from a part of a word."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gk_xl.form.units import kind_named, possible_kinds, unit_kinds

NAMES = tomllib.loads(Path(__file__).with_name("unit_names.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("示例乡人民政府", ["township"]),
        ("示例镇人民政府", ["town"]),
        ("示例回族乡人民政府", ["ethnic_township", "township"]),
        ("示例街道办事处", ["subdistrict"]),
        ("正定县新安镇人民政府", ["town"]),
        ("昆山市人民政府", ["county_government"]),
        ("河北省石家庄市正定县人民政府", ["county_government"]),
        ("苏州市人民政府", ["city_government"]),
        ("恩施土家族苗族自治州人民政府", ["city_government"]),
        ("阿拉善盟行政公署", ["city_government"]),
        ("北京市人民政府", ["province_government"]),
        ("北京市东城区人民政府", ["county_government"]),
        ("广西壮族自治区人民政府", ["province_government"]),
        ("示例市人民政府", ["city_government", "county_government"]),
        ("昆山市教育局", ["county_department", "institution"]),
        ("北京市教育委员会", ["province_department", "institution"]),
        ("内蒙古自治区教育厅", ["province_department", "institution"]),
        ("鄂托克前旗教育体育局", ["county_department", "institution"]),
        ("黄石港区人民政府办公室", ["county_department", "county_government"]),
        ("示例经济技术开发区管理委员会", ["development_zone"]),
        ("示例市公共检测中心", ["institution", "city_department", "county_department"]),
        ("教育部", ["state_council_department"]),
        ("示例社区", []),
        ("", []),
    ],
)
def test_a_name_says_what_kind_of_unit_it_is(name, kinds):
    """Places decide the level; a 市 that no list has may be a prefecture or a county."""
    assert list(possible_kinds(name)) == kinds


@pytest.mark.parametrize("name", ["国家税务总局示例县税务局", "天津海关", "示例县气象局", "国家统计局示例调查队"])
def test_departments_under_their_own_ministry_are_told(name):
    """They report in this form too."""
    assert possible_kinds(name)[0] == "vertical_department"


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in NAMES.items() for name in names])
def test_the_likeliest_kind_comes_first(kind, name):
    """Zones, institutions, organs under a ministry, ministries, county-level cities, 直辖市, 自治区 and 兵团."""
    assert next(iter(possible_kinds(name)), "none") == kind


def test_a_kind_is_named_as_a_person_names_it():
    """By identifier, by the label on 封面, by another name; no name means two kinds."""
    assert [kind_named(text) for text in ("township", "乡", "街道", "管委会", "事业单位", "税务", "县")] == [
        "township", "township", "subdistrict", "development_zone", "institution", "vertical_department",
        "county_government",
    ]  # fmt: skip
    assert kind_named("公司") == ""
    names = [name for kind in unit_kinds().values() for name in (kind.id, kind.label, *kind.aliases)]
    assert len(names) == len(set(names))


def test_every_kind_fits_its_own_word():
    """The word that 封面 proposes is among those that fit."""
    for kind in unit_kinds().values():
        assert kind.self_word.removeprefix("我") in kind.own
        assert kind.level in ("township", "county", "city", "province", "state")
        assert kind.organ in ("government", "department", "agency", "authorised")
