"""Rounds where a unit has files of two years, and records that know no years; how the county's rounds went in counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.checks.run import check
from gk_xl.desk.batch import told
from gk_xl.desk.entry import Entry
from gk_xl.desk.rounds import Rounds
from tests.desk.test_desk import RIGHT, of

NAME = "甲乡人民政府"
GOOD = of(RIGHT, NAME)
SUM = {"t3.outcome_total.total": 99}
UNIT = {"t2.licence.decisions": "26件"}


def entry(cells=None, year: int = 2025, file: str = "") -> Entry:
    """Return a file of the unit as the desk has it."""
    filing = replace(GOOD, year=year).with_cells(cells or {})
    return told(Entry(Path(file or f"甲乡{year}.xlsx"), filing=filing, result=check(filing)))


def unread(file: str) -> Entry:
    """Return a file that cannot be read."""
    return Entry(Path(file), problem="文件损坏。", digest=file)


def old(rounds: Rounds) -> Rounds:
    """Return a record as it was written before it knew years: a unit's files one after another."""
    data = json.loads(rounds.dumps())
    for listed in data["units"].values():
        for one in listed:
            del one["of"], one["again"]
    data["format"] = 1
    return Rounds.loads(json.dumps(data), "记录")


@pytest.mark.parametrize("order", [1, -1])
def test_files_of_two_years_have_rounds_of_their_own(order):
    """What one year's file was told is not mended because the other year's file does not have it."""
    files = [entry(SUM), entry(UNIT, 2020)][::order]
    rounds = Rounds().issued(files, "2026-01-15", "")
    assert [rounds.progress(file) for file in files] == [None, None]
    mended = rounds.progress(entry())
    assert {item.stem.partition("@")[2] for item in mended.mended} == {"t3.outcome_total.total"}
    assert not mended.still
    assert rounds.progress(files[::order][1]) is None
    again = Rounds.loads(rounds.dumps(), "记录")
    assert again == rounds


@pytest.mark.parametrize("order", [1, -1])
def test_an_old_record_of_two_files_claims_nothing_of_either(order):
    """It does not say which of the two was about which year: what stands is not called mended."""
    files = [entry(SUM), entry(UNIT, 2020)][::order]
    rounds = old(Rounds().issued(files, "2026-01-15", ""))
    assert [rounds.progress(file) for file in files] == [None, None]
    assert rounds.progress(entry()) is None
    again = rounds.issued(files, "2026-01-20", "")
    assert (again.before, {told.date for told in again.latest.values()}) == ({}, {"2026-01-15"})


def test_an_old_record_of_one_file_goes_on():
    rounds = old(Rounds().issued([entry(SUM)], "2026-01-15", ""))
    progress = rounds.progress(entry())
    assert (progress.number, len(progress.mended)) == (2, len(rounds.latest[next(iter(rounds.latest))].items))
    second = rounds.issued([entry(UNIT)], "2026-01-22", "")
    assert [key.of for key in second.latest] == ["2025"]
    assert second.progress(entry()).number == 3
    assert Rounds.loads(second.dumps(), "记录") == second


def test_a_file_that_could_not_be_read_goes_on_as_the_one_that_can():
    broken = unread("甲乡人民政府.xlsx")
    rounds = Rounds().issued([broken], "2026-01-15", "2026-01-20")
    assert rounds.open_round(broken) is not None
    assert rounds.progress(entry()).number == 2
    both = rounds.issued([entry(UNIT)], "2026-01-22", "")
    assert [(key.of, told.number) for key, told in both.latest.items()] == [("2025", 2)]


def test_a_day_that_has_passed_stays_the_one_that_was_missed():
    """A day is put off before it comes; written once more behind it, it is the same round with the same day."""
    file = entry(SUM)
    rounds = Rounds().issued([file], "2026-01-15", "2026-01-20")
    (key,) = rounds.latest
    for date, deadline, kept in (
        ("2026-01-18", "2026-01-25", ("2026-01-15", "2026-01-25")),
        ("2026-01-21", "2026-01-25", ("2026-01-15", "2026-01-20")),
    ):
        found = rounds.issued([file], date, deadline).latest[key]
        assert (found.date, found.deadline) == kept
