"""Rules about tables that the language cannot say, at their boundaries."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from gk_xl.checks import tables
from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import Severity
from gk_xl.form.load import load_edition

PROJECTS, AMOUNT = "t2.procurement.projects", "t2.procurement.amount"


def zeros(edition="2019", year=2020, **cells):
    """A township's filing of zeros, some cells changed."""
    values = dict.fromkeys(load_edition(edition).cells, 0) | {name.replace("__", "."): v for name, v in cells.items()}
    return Filing(edition, year, Unit("示例乡人民政府", "township", "我乡", "示例县"), values)


def said(filing, code, **others):
    """What a rule says of a filing."""
    return [finding for finding in check(filing, **others).findings if finding.code == code]


def bought(projects, amount, unit):
    """What T2-08 says of purchases."""
    return said(replace(zeros().with_cells({PROJECTS: projects, AMOUNT: amount}), units={AMOUNT: unit}), "T2-08")


@pytest.mark.parametrize(
    ("projects", "amount", "unit", "severity", "words"),
    [
        (2, 200, "元", Severity.HINT, "按“元”理解"),
        (2, 199, "元", Severity.WARNING, "平均每个项目 100 元"),  # 99.5, as printed
        (2, 100_000_000, "元", Severity.HINT, "按“元”理解"),
        (2, 100_000_002, "元", Severity.WARNING, "平均每个项目 50000001 元"),
        (2, 10_000, "万元", Severity.HINT, "按“万元”理解"),
        (2, 10_001, "万元", Severity.WARNING, "平均每个项目 50005000 元"),
        (1, 0.009, "万元", Severity.WARNING, "平均每个项目 90 元"),
        (0, 5, "元", Severity.HINT, "按“元”理解"),  # no project to divide by: another rule's business
        (1, 5000, "", Severity.WARNING, "没有说明是元还是万元"),
    ],
)
def test_the_average_of_a_project_tells_the_unit(projects, amount, unit, severity, words):
    """Between 100 yuan and 50 million a project may cost; the message names the amount as typed."""
    (finding,) = bought(projects, amount, unit)
    assert finding.severity is severity
    assert finding.cells == (AMOUNT,)
    assert words in finding.message
    assert f"{amount}" in finding.message


@pytest.mark.parametrize("amount", [0, None, -3])
def test_where_nothing_was_bought_there_is_no_unit_to_tell(amount):
    """Zero, blank, and what another rule calls negative."""
    assert bought(1, amount, "") == []


def test_the_form_of_another_year():
    """The edition asked for and the edition used are named; a year without edition, or none, asks for nothing."""
    (finding,) = said(zeros("2019", 2025), "X-21")
    assert finding.place == "year"
    for word in ("2025", "2021", "2019"):
        assert word in finding.message
    for year in (2020, None, 1990):
        assert said(zeros("2019", year), "X-21") == []
        assert said(zeros("2019", year), "T3-05") == []


def test_rows_too_many_and_rows_missing_are_named():
    """2019's form in 2025 has rows too many and lacks some; every cell of the foreign rows is pointed to."""
    (finding,) = said(zeros("2019", 2025), "T3-05")
    old, new = load_edition("2019").table("t3"), load_edition("2021").table("t3")
    for verb, table, other in (("多出", old, new), ("缺少", new, old)):
        extra = [table.row_labels[row][-1] for row in table.rows if row not in other.rows]
        told = verb + "、".join(f"“{label}”" for label in extra)
        assert (told in finding.message) is bool(extra)
    foreign = {row for row in old.rows if row not in new.rows}
    assert set(finding.cells) == {cell.id for cell in old.cells if cell.row in foreign}


def test_rows_that_are_only_missing_or_only_too_many_are_told(monkeypatch):
    """A later form that adds a row, seen from this one; an earlier one that lacks it."""
    edition = load_edition("2021")
    whole = edition.table("t3")
    short = SimpleNamespace(
        rows=whole.rows[:-1], row_labels=whole.row_labels, cells=[c for c in whole.cells if c.row != whole.rows[-1]]
    )
    label = whole.row_labels[whole.rows[-1]][-1]
    other = SimpleNamespace(id="2031", table=lambda _: short)
    monkeypatch.setattr(tables, "_expected", lambda case: other)
    (finding,) = said(zeros("2021", 2025), "T3-05")
    assert f"多出“{label}”" in finding.message
    assert "缺少" not in finding.message
    longer = SimpleNamespace(rows=(*whole.rows, "new"), row_labels={**whole.row_labels, "new": ("新的一行",)})
    monkeypatch.setattr(tables, "_expected", lambda case: SimpleNamespace(id="2031", table=lambda _: longer))
    (finding,) = said(zeros("2021", 2025), "T3-05")
    assert "缺少“新的一行”" in finding.message
    assert "多出" not in finding.message
    assert finding.cells == ()


def test_last_year_missing_is_told_once_with_how_much_it_leaves_open():
    """Three codes as examples, and the number of rules; nothing where last year is there."""
    (note,) = said(zeros("2021", 2025), "Y-09")
    open_rules = [rule.code for rule in catalogue().values() if rule.about_last_year]
    assert "、".join(open_rules[:3]) in note.message
    assert open_rules[3] not in note.message
    assert f"{len(open_rules)}" in note.message
    assert said(zeros("2021", 2025), "Y-09", last=zeros("2021", 2024)) == []


def members(*counts, edition="2021"):
    """Filings of members, each with a count of granted applications."""
    return [zeros(edition, 2025, t3__granted__total=count) for count in counts]


def _sums(own, *counts, others=()):
    filing = zeros("2021", 2025, t3__granted__total=own)
    return said(filing, "Y-10", members=[*members(*counts), *others])


@pytest.mark.parametrize(
    ("own", "counts", "told"),
    [
        (7, (3, 4), False),
        (8, (3, 4), True),
        (8, (3, None), False),
        (0, (0, 0), False),
        (None, (3, 4), False),
        (3, (), False),
    ],
)
def test_a_sum_over_members(own, counts, told):
    """Cell by cell; what is left open, here or by a member, is not judged; both sides and the difference are named."""
    found = _sums(own, *counts)
    assert [f.cells for f in found] == [("t3.granted.total",)] * told
    for finding in found:
        for words in ("填 8", "2 个单位合计 7", "多 1。"):
            assert words in finding.message


def test_a_member_on_another_form_leaves_the_sum_open():
    """Its cells mean something else."""
    assert _sums(8, 3, others=members(4, edition="2019")) == []


def test_a_cell_left_open_does_not_end_the_sum():
    """The first cell of the form is blank; the wrong one behind it is told."""
    first = next(iter(load_edition("2021").cells))
    filing = zeros("2021", 2025, t3__granted__total=8).with_cells({first: None})
    assert [f.cells for f in said(filing, "Y-10", members=members(3, 4))] == [("t3.granted.total",)]
