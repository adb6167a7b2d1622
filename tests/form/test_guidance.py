"""What to count: told for every row and column of every edition, briefly beside the cell, in full in 使用说明."""

from __future__ import annotations

import pytest

from gk_xl.form.filing import Filing
from gk_xl.form.guidance import guidance, of_column, of_row, subjects
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.form.printed import printed
from gk_xl.workbook.build import content_for, plan_workbook
from gk_xl.workbook.layout import GUIDE
from gk_xl.workbook.sheets.tips import LONGEST
from gk_xl.workbook.styles import unlocked

LONGEST_TIP, LONGEST_PROMPT = 24, 90


@pytest.fixture(params=edition_ids())
def edition(request):
    """Each edition."""
    return load_edition(request.param)


def test_every_row_is_told_in_full(edition):
    """What counts, what not, where it is looked up, the commonest slip, and the tip."""
    for name in subjects(edition.id):
        table, _, row = name.partition(".")
        if row.startswith("*."):
            continue
        found = of_row(edition, table, row)
        assert found is not None, name
        assert all(found), name
        assert len(found.tip) <= LONGEST_TIP, name
    for column in edition.table("t3").columns:
        assert of_column(edition, "t3", column) is not None


def test_a_tip_covers_no_other_cells(edition):
    """No box opens at a number; that of a label says all that a box can hold, what a program asks of a cell stays small."""
    for sheet in plan_workbook(content_for(Filing.blank(edition.first_year))).sheets:
        if sheet.title not in {edition.section(table.id).tab for table in edition.tables}:
            continue
        inputs = {place for place, cell in sheet.cells.items() if unlocked(cell.style)}
        for validation in sheet.validations:
            assert not (validation.shown and inputs & set(validation.cells)), validation.prompt
            assert len(validation.prompt) <= (LONGEST if validation.shown else LONGEST_PROMPT), validation.prompt
            assert len(validation.title) <= 14


def test_the_instructions_begin_with_what_to_count(edition):
    """使用说明: the first part is about rows and columns, each text of the data stands there."""
    sheet = plan_workbook(content_for(Filing.blank(edition.first_year))).sheet(GUIDE)
    texts = [str(cell.value) for _, cell in sorted(sheet.cells.items()) if cell.value]
    assert texts[1] == "每一行、每一列计什么"
    told = "\n".join(texts)
    for name in set(subjects(edition.id)) & set(guidance()):
        assert printed(guidance()[name].counts, edition) in told, name
