"""The words of what a city or a province is given are its own: 市表, 各县（市、区）, 省政府本身."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from gk_xl.desk.brief import Brief
from gk_xl.desk.circular import circular
from gk_xl.desk.collection import Collection
from gk_xl.desk.counting import word_of
from gk_xl.desk.entry import Entry
from gk_xl.desk.total import total
from gk_xl.form.units import unit_kinds
from tests.desk.test_desk import RIGHT

CASES = [
    (["township", "town", "county_department"], "县", "各乡镇、街道，各部门："),
    (["subdistrict", "county_department", "development_zone"], "县", "各乡镇、街道，各部门："),
    (["county_government", "county_government", "city_department"], "市", "各县（市、区），各部门："),
    (["city_department", "city_department", "county_department"], "市", "各县（市、区），各部门："),
    (["city_government", "city_government", "province_department"], "省", "各市（州、地区），各部门："),
]


def entries(kinds):
    """Return files of units of some kinds."""
    units = [replace(RIGHT.unit, name=f"第{number}单位", kind=kind) for number, kind in enumerate(kinds)]
    return tuple(Entry(Path(f"{unit.name}.json"), filing=replace(RIGHT, unit=unit)) for unit in units)


def said(kinds):
    brief = Brief(Collection(entries(kinds), year=RIGHT.year))
    letter = docx.Document(io.BytesIO(circular(brief)))
    return [paragraph.text for paragraph in letter.paragraphs], total(brief, "示例人民政府").notes


@pytest.mark.parametrize(("kinds", "word", "addressed"), CASES)
def test_the_units_tell_whose_the_words_are(kinds, word, addressed):
    paragraphs, notes = said(kinds)
    assert addressed in paragraphs
    assert any(f"（{word}政府本身制发的文件" in note for note in notes)


@pytest.mark.parametrize(
    ("kind", "word"), [("county_government", "县"), ("city_government", "市"), ("province_government", "省")]
)
def test_the_governments_own_report_tells_it_before_the_units(kind, word):
    own, *others = entries([kind, *["county_department"] * 3])
    assert word_of(others, own) == word
    assert word_of(others, None) == "县"
    assert unit_kinds()[kind].label.startswith(word)
