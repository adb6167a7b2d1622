"""What is said live of how far one is: 封面 names the next step of every verdict, and no mark claims anything over blanks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import CheckResult, Finding, Severity
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.workbook.build import content_for, plan_workbook
from gk_xl.workbook.layout import COVER, FLAGS
from gk_xl.workbook.sheets.progress import HEADLINE
from tests.filings import whole

FOUND = {None: None, "passed": (0, 0), "asked": (0, 12), "failed": (3, 1)}


def cover(filing: Filing, counts: tuple[int, int] | None):
    """Return the headline of 封面 and its three next things after a check that found so many errors and warnings."""
    found = () if counts is None else [Finding("X-00", Severity.ERROR, "")] * counts[0]
    found = (*found, *([Finding("X-00", Severity.WARNING, "")] * counts[1] if counts else ()))
    result = None if counts is None else CheckResult("", filing.edition, found)
    sheet = plan_workbook(replace(content_for(filing), result=result)).sheet(COVER)
    things = [row for (row, column), cell in sheet.cells.items() if column == 2 and cell.value in ("①", "②", "③")]
    return sheet.cells[HEADLINE, 2].value, [sheet.cells[row, 3].value for row in sorted(things)]


def full(edition_id: str) -> Filing:
    """Return a filing of zeros with nothing left to fill in."""
    filing = whole(edition_id)
    texts = dict.fromkeys(("overview", "problems", "other_matters"), ("写好了。",))
    return replace(filing, cells=dict.fromkeys(load_edition(edition_id).cells, 0), narrative=texts)


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_cover_names_the_next_step_of_every_verdict(edition_id):
    filing = full(edition_id)
    told = {name: cover(filing, counts) for name, counts in FOUND.items()}
    assert told[None][0].endswith("还差“校验”")
    assert told[None][1][0].startswith("点“校验”；没有按钮的")
    assert told["passed"][0] == "✓ 可以报送"
    assert told["passed"][1][0].startswith("点“报送单”")
    assert told["asked"][0].startswith("！校验过了")
    assert "12 处请确认" in told["asked"][0]
    assert "写明理由" in told["asked"][1][0]
    assert told["asked"][1][1].startswith("点“报送单”")
    assert told["failed"][0].startswith("✗ 校验过了，有 3 处错误")
    assert "3 处错误" in told["failed"][1][0]


@pytest.mark.variants(2)
@pytest.mark.parametrize("kind", ["", "township", "county_department"])
@pytest.mark.parametrize("edition_id", edition_ids())
def test_no_live_mark_claims_anything_over_blanks(edition_id, kind):
    """Nothing that is seen of an empty workbook says ✓; neither does a row of which one number is blank."""
    first = load_edition(edition_id).first_year
    empty = replace(Filing.blank(first), unit=Unit("示例单位", kind))
    assert marks(empty) == []
    filled = replace(full(edition_id), unit=Unit("示例单位", kind))
    marked = {sheet: {row for s, row, _ in marks(filled) if s == sheet} for sheet, _, _ in marks(filled)}
    names = content_for(filled).layout.names
    for cell in filled.cells:
        place = names[cell]
        if place.row in marked.get(place.sheet, ()):
            left = marks(filled.with_cells({cell: None}))
            assert (place.sheet, place.row) not in {(sheet, row) for sheet, row, _ in left}, cell


def marks(filing: Filing) -> list[tuple[str, int, int]]:
    """Return where a formula that is seen says ✓."""
    plan = plan_workbook(content_for(filing))
    return [
        (sheet.title, row, column)
        for sheet in plan.sheets
        for (row, column), cell in sheet.cells.items()
        if cell.formula and column <= FLAGS and str(cell.value).startswith("✓")
    ]


def test_a_warning_with_a_reason_is_asked_no_more():
    """封面 counts live what is to be confirmed; a reason beside its line takes one off."""
    filing = replace(full("2021"), unit=Unit("示例乡人民政府", "township"))
    filing = filing.with_cells({"t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25})

    def asked(given: Filing) -> int:
        sheet = plan_workbook(replace(content_for(given), result=check(given))).sheet(COVER)
        (row,) = [row for (row, column), cell in sheet.cells.items() if column == 2 and cell.value == "二、主动公开"]
        return sheet.cells[row, 6].value

    assert asked(filing) == 1
    assert asked(replace(filing, waivers={"T2-10": "集中清理后重新印发。"})) == 0
    stale = replace(
        filing, waivers=dict.fromkeys(_given(filing.with_cells({"t2.normative_doc.issued": 26})), "是去年的事。")
    )
    assert asked(stale) == 1


def _given(filing: Filing) -> list[str]:
    """Return the keys under which reasons for a filing's warnings of 表二 are kept."""
    return [finding.key for finding in check(filing).findings if finding.code == "T2-10"]
