"""Who breaks the county's sum: the unit left out, counted twice, in an earlier version, or with a slip in one cell."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.desk.breaking import added, breaks
from gk_xl.desk.fitting import Part
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import load_edition
from tests.desk.county import sound, summed, units

EDITION = load_edition("2021")
UNITS = units()[:12]
FILINGS = {unit.name: sound(unit, random.Random(unit.name)) for unit in UNITS}
NAMES = list(FILINGS)


def county(filings) -> Filing:
    """Return the county's typed report: the sum over some filings."""
    sums = added(EDITION, filings)
    unit = Unit("临泽川县人民政府", "county_government", "我县")
    return Filing("2021", 2025, unit, {cell: sums.get(cell, 0) for cell in EDITION.cells})


def parts(changed=(), checked=()) -> list[Part]:
    """Return the units; some with another filing, some with what their check found."""
    found = {**FILINGS, **dict(changed)}
    return [Part(name, filing, check(filing) if name in checked else None) for name, filing in found.items()]


def test_a_county_that_is_the_sum_breaks_nothing():
    found = breaks(county(FILINGS.values()), parts())
    assert not found.off
    assert list(found.lines) == ["县级汇总表与各单位合计逐格相符。"]


@pytest.mark.parametrize("name", [NAMES[0], NAMES[7]])
def test_a_unit_left_out_or_counted_twice_is_named(name):
    others = [filing for unit, filing in FILINGS.items() if unit != name]
    for typed, said in ((others, f"没有加上“{name}”"), ([*others, *[FILINGS[name]] * 2], f"“{name}”在县表里加了两遍")):
        found = breaks(county(typed), parts())
        ((cause,),) = found.explanations
        assert said in cause.said
        assert not found.left


def test_two_units_left_out_are_both_named():
    typed = [filing for unit, filing in FILINGS.items() if unit not in NAMES[3:5]]
    ((one, other),) = breaks(county(typed), parts()).explanations
    assert {one.unit, other.unit} == set(NAMES[3:5])


def test_two_units_with_the_same_numbers_are_a_tie():
    """Neither is sure: both are told."""
    twins = {NAMES[1]: FILINGS[NAMES[0]]}
    typed = county([filing for unit, filing in {**FILINGS, **twins}.items() if unit != NAMES[0]])
    found = breaks(typed, parts(twins))
    assert {cause.unit for (cause,) in found.explanations} == {NAMES[0], NAMES[1]}
    assert "2 种说法都对得上，无法判定" in " ".join(found.lines)


def test_an_earlier_version_that_was_added_is_named():
    name = NAMES[2]
    older = FILINGS[name].with_cells({"t2.licence.decisions": 3, "t2.penalty.decisions": 5})
    typed = county([older if unit == name else filing for unit, filing in FILINGS.items()])
    told = (("初稿.xlsx", older),)
    listed = [part._replace(earlier=told) if part.unit == name else part for part in parts()]
    ((cause,),) = breaks(typed, listed).explanations
    assert "初稿.xlsx" in cause.said
    assert name in cause.said


def test_the_cell_of_a_unit_with_a_slip_is_named_by_the_localiser():
    """The county added 21, the unit's file still says 12 where its own sums ask for 21."""
    name, cell = NAMES[4], "t3.granted.natural_person"
    right = summed(
        {**FILINGS[name].cells, cell: 21, "t3.received_new.natural_person": 60, "t3.carried_out.natural_person": 0}
    )
    right = FILINGS[name].with_cells(
        summed(
            {
                **right,
                "t3.received_new.natural_person": right["t3.outcome_total.natural_person"]
                - right["t3.carried_in.natural_person"],
            }
        )
    )
    wrong = right.with_cells({cell: 12})
    typed = county([right if unit == name else filing for unit, filing in FILINGS.items()])
    found = breaks(typed, parts({name: wrong}, checked=[name]))
    assert [item.cell for item in found.off] == [cell]
    assert any(cause.unit == name and "12，应为 21" in cause.said for causes in found.explanations for cause in causes)


def test_a_number_with_its_unit_of_measure_is_named():
    """12件 is no number: the sheet's sum leaves it out, the county's clerk did not."""
    name, cell = NAMES[6], "t2.licence.decisions"
    text = FILINGS[name].with_cells({cell: f"{FILINGS[name].cells[cell]}件"})
    found = breaks(county(FILINGS.values()), parts({name: text}, checked=[name]))
    ((cause,),) = found.explanations
    assert cause.unit == name
    assert "件" in cause.said


def test_the_countys_own_slip_is_told_by_its_own_sums():
    typed = county(FILINGS.values())
    right = typed.cells["t3.granted.natural_person"]
    wrong = typed.with_cells(
        {"t3.granted.natural_person": int(str(right)[::-1]) if str(right)[::-1] != str(right) else right + 9}
    )
    found = breaks(wrong, parts())
    said = " ".join(found.lines)
    assert "县表" in said
    assert f"应为 {right}" in said


def test_what_nobody_explains_is_said_to_be_unexplained():
    """Both sides add up in themselves: nothing is made up."""
    typed = county(FILINGS.values())
    cells = {**typed.cells, "t2.licence.decisions": typed.cells["t2.licence.decisions"] + 1}
    found = breaks(replace(typed, cells=cells), parts())
    assert found.explanations == ()
    assert found.left == ("t2.licence.decisions",)
    assert "没有哪个单位或哪一格单独解释得了" in " ".join(found.lines)


def test_a_stranger_that_was_added_is_named():
    stranger = sound(units()[20], random.Random(9))
    found = breaks(county([*FILINGS.values(), stranger]), parts(), [("“外地局”（不在名单上）", stranger)])
    ((cause,),) = found.explanations
    assert "外地局" in cause.said


@pytest.mark.parametrize("count", [3, 4])
def test_three_and_four_units_at_once_are_all_named(count):
    """One left out, one twice, the others left out: no fewer causes explain it, and no others."""
    chosen = NAMES[2 : 2 + count]
    typed = [filing for unit, filing in FILINGS.items() if unit not in (chosen[0], *chosen[2:])] + [FILINGS[chosen[1]]]
    (causes,) = breaks(county(typed), parts()).explanations
    assert {cause.unit for cause in causes} == set(chosen)
    assert ["加了两遍" in cause.said for cause in causes if cause.unit == chosen[1]] == [True]


def test_three_units_of_which_one_has_a_twin_are_a_tie():
    """Which of the twins was left out cannot be told: both ways are."""
    twins = {NAMES[1]: FILINGS[NAMES[0]]}
    every = {**FILINGS, **twins}
    typed = county([filing for unit, filing in every.items() if unit not in (NAMES[0], NAMES[4], NAMES[8])])
    found = breaks(typed, parts(twins))
    told = [{cause.unit for cause in causes} for causes in found.explanations]
    assert sorted(map(sorted, told)) == sorted(
        map(sorted, ({NAMES[0], NAMES[4], NAMES[8]}, {NAMES[1], NAMES[4], NAMES[8]}))
    )
    assert "2 种说法都对得上，无法判定" in " ".join(found.lines)


@pytest.mark.parametrize("left_out", [NAMES[3:4], NAMES[3:5]])
def test_units_left_out_and_a_slip_of_the_countys_own_are_told_together(left_out):
    typed = county([filing for unit, filing in FILINGS.items() if unit not in left_out])
    cell = "t3.granted.natural_person"
    right = typed.cells[cell]
    found = breaks(typed.with_cells({cell: right * 10}), parts())
    (causes,) = found.explanations
    assert {cause.unit for cause in causes} == {*left_out, ""}
    own = next(cause for cause in causes if not cause.unit)
    assert own.cells == (cell,)
    assert f"应为 {right}" in own.said
    assert not found.left


def test_two_slips_of_the_countys_own_are_both_told():
    typed = county(FILINGS.values())
    cells = ("t3.granted.natural_person", "t4.reconsideration.upheld")
    wrong = typed.with_cells({cell: typed.cells[cell] * 10 for cell in cells})
    (causes,) = breaks(wrong, parts()).explanations
    assert {cause.cells[0] for cause in causes} == set(cells)


def test_a_large_county_with_three_units_left_out():
    """Two hundred units: found in seconds, among a million pairs."""
    many = {f"单位{number}": sound(units()[number % 60], random.Random(number)) for number in range(200)}
    gone = ("单位17", "单位90", "单位181")
    typed = county([filing for unit, filing in many.items() if unit not in gone])
    (causes,) = breaks(typed, [Part(unit, filing) for unit, filing in many.items()]).explanations
    assert {cause.unit for cause in causes} == set(gone)


def test_an_unexplained_cell_beside_a_unit_left_out_stays_unexplained():
    """The unit is named, the cell is not made up."""
    typed = county([filing for unit, filing in FILINGS.items() if unit != NAMES[5]])
    cell = "t2.licence.decisions"
    found = breaks(typed.with_cells({cell: typed.cells[cell] + 700}), parts())
    ((cause,),) = found.explanations
    assert cause.unit == NAMES[5]
    assert found.left == (cell,)
    assert "除下面几格外" in " ".join(found.lines)


SLIPS = ("t3.granted.natural_person", "t3.partial.commercial", "t4.reconsideration.upheld")


def slipped(name, cell):
    """Return a unit whose cell holds ten times what its sums say."""
    return FILINGS[name].with_cells({cell: int(FILINGS[name].cells[cell]) * 10 + 10})


@pytest.mark.parametrize("left_out", [0, 1, 2, 3])
@pytest.mark.parametrize("slips", [0, 1, 2])
@pytest.mark.parametrize("text", [False, True])
def test_units_left_out_slips_and_texts_are_all_named_at_once(left_out, slips, text):
    """A unit left out, units with a slip that the county mended, 约120件 that the county added: any of them together."""
    gone, wrong, texted = NAMES[:left_out], dict(zip(NAMES[4:6], SLIPS, strict=False)), NAMES[8]
    changed = {name: slipped(name, cell) for name, cell in list(wrong.items())[:slips]}
    right = dict(FILINGS)
    if text:
        changed[texted] = FILINGS[texted].with_cells({"t2.licence.decisions": "约120件"})
        right[texted] = FILINGS[texted].with_cells({"t2.licence.decisions": 120})
    typed = county([filing for name, filing in right.items() if name not in gone])
    found = breaks(typed, parts(changed, checked=changed))
    if not found.off:
        assert not gone
        assert not changed
        return
    (causes,) = found.explanations
    assert {cause.unit for cause in causes} == {*gone, *changed}
    assert not found.left


def test_what_stays_unexplained_names_the_units_that_do_not_balance():
    name = NAMES[4]
    typed = county(FILINGS.values())
    off = typed.with_cells({"t2.licence.decisions": typed.cells["t2.licence.decisions"] + 700})
    changed = {name: slipped(name, SLIPS[0]).with_cells({SLIPS[1]: 77})}
    said = " ".join(breaks(off, parts(changed, checked=changed)).lines)
    assert f"“{name}”自己的表还不平，请先改好" in said
    assert "各自都平" not in said
