"""A single cell of the typed report that is off: whose number it is, twice or left out, two digits turned, a text in no sum."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.desk.breaking import breaks
from gk_xl.form.filing import Unit
from tests.desk.test_breaking import FILINGS, NAMES, SLIPS, county, parts

CELL = "t2.licence.decisions"
UNUSUAL = {name: 20_000 + 37 * number**2 for number, name in enumerate(NAMES)}
"""A number of each unit that no other has, nor any two of them together."""


def told(change, changed=None, **given):
    """Return what is said where a unit's numbers are all different and the typed report holds so much more in the cell."""
    filings = {name: filing.with_cells({CELL: UNUSUAL[name]}) for name, filing in FILINGS.items()} | (changed or {})
    typed = county(filings.values())
    wrong = typed.with_cells({CELL: change(typed.cells[CELL])})
    return "\n".join(breaks(wrong, parts(filings), **given).lines)


@pytest.mark.parametrize(("times", "said"), [(-1, "没有加上"), (1, "加了两遍"), (2, "加了三遍")])
@pytest.mark.parametrize("name", [NAMES[1], NAMES[9]])
def test_the_unit_whose_number_the_difference_is_is_named(name, times, said):
    line = told(lambda right: right + times * UNUSUAL[name])
    assert f"“{name}”这一格的数" in line
    assert said in line
    assert "没有哪个单位" not in line
    assert not any(f"“{other}”" in line for other in NAMES if other != name)


def test_all_units_that_fit_are_named():
    twins = {NAMES[3]: FILINGS[NAMES[3]].with_cells({CELL: UNUSUAL[NAMES[5]]})}
    line = told(lambda right: right - UNUSUAL[NAMES[5]], twins)
    assert f"“{NAMES[3]}”“{NAMES[5]}”各自这一格的数，像是其中一个在县表里没有加上" in line


def test_of_many_that_fit_it_is_told_how_many():
    alike = {name: FILINGS[name].with_cells({CELL: 77}) for name in NAMES[:7]}
    line = told(lambda right: right + 77, alike)
    assert "等 7 个单位各自" in line
    assert f"“{NAMES[5]}”" not in line


def turned(number):
    """Return a number with the first two neighbouring digits that differ exchanged."""
    text = str(number)
    at = next(at for at in range(1, len(text) - 1) if text[at] != text[at + 1])
    return int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def test_two_digits_that_changed_places_are_told_with_the_right_number():
    line = told(turned)
    right = sum(UNUSUAL.values())
    assert f"像是 {right} 打反了" in line


def test_a_text_in_the_cell_is_told_and_no_unit_is_suspected():
    broken = {NAMES[2]: FILINGS[NAMES[2]].with_cells({CELL: "#REF!"})}
    line = told(lambda right: right + UNUSUAL[NAMES[4]], broken)
    assert f"“{NAMES[2]}”这一格填的是“#REF!”" in line
    assert "填的不是数、没有加进去的" in line
    assert f"“{NAMES[4]}”" not in line


def test_units_that_are_not_in_the_sum_are_told_before_any_reason():
    lines = told(lambda right: right + 5, absent=[("甲局", "读不了"), ("乙局", "未交")]).split("\n")
    assert "整份没有加进去的：“甲局”（读不了）、“乙局”（未交）" in lines[1]
    assert "相差" in lines[2]


def test_totals_that_differ_by_the_same_are_told_to_follow():
    """The county left one number out of a cell and added its own rows and columns up with it."""
    name = NAMES[2]
    unit = FILINGS[name].with_cells({SLIPS[0]: 4099, "t3.granted.total": 4100})
    filings = {**FILINGS, name: unit}
    typed = county(filings.values())
    wrong = typed.with_cells({cell: typed.cells[cell] - 4099 for cell in (SLIPS[0], "t3.granted.total")})
    lines = "\n".join(breaks(wrong, parts({name: unit})).lines)
    assert f"正好是“{name}”这一格的数" in lines
    assert "差的是同一个数，像是跟着变的" in lines
    assert "没有哪个单位" not in lines


def test_a_slip_that_the_sums_tell_names_the_unit_too():
    typed = county(FILINGS.values())
    name = next(name for name in NAMES if FILINGS[name].cells[SLIPS[0]])
    wrong = typed.with_cells({SLIPS[0]: typed.cells[SLIPS[0]] - FILINGS[name].cells[SLIPS[0]]})
    line = "\n".join(breaks(wrong, parts()).lines)
    assert "填错" in line
    assert f"“{name}”" in line


def test_what_is_off_in_a_city_is_not_called_the_countys():
    typed = replace(county(FILINGS.values()), unit=Unit("临泽川市人民政府", "city_government", "我市"))
    for wrong in (typed, typed.with_cells({CELL: typed.cells[CELL] + 70_001})):
        line = "\n".join(breaks(wrong, parts()).lines)
        assert "市级汇总表" in line
        assert "县" not in line
