"""What is stale is seen no more, in the real application: flags and counts go when either side is mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.layout import COVER, FLAGS, REASON_COLUMN, RESULTS, RESULTS_FIRST
from gk_xl.workbook.sheets.results import result_lines
from tests.real_apps.desk import right

pytestmark = pytest.mark.application


def cell(document, place):
    """Return a cell of the document by its place."""
    return document.Sheets.getByName(place.sheet).getCellByPosition(place.column - 1, place.row - 1)


def of_part(document, title: str, column: int) -> str:
    """Return what the list of parts on 封面 says of a sheet."""
    sheet = document.Sheets.getByName(COVER)
    row = next(row for row in range(15, 40) if sheet.getCellByPosition(1, row).String == title)
    return sheet.getCellByPosition(column - 1, row).String


def test_a_sentence_is_flagged_until_either_side_is_mended(opened):
    """The table mended, the sentence that was right is flagged no more, its line is done, 封面 counts it no more; and back."""
    filing = right().with_cells({"t2.normative_doc.issued": 9, "t2.normative_doc.in_force": 9})
    result = check(filing)
    document = opened(build_workbook(filing, result=result))
    content = replace(content_for(filing), result=result)
    (line,) = [line for line in result_lines(content) if line.code == "X-09" and line.about.cells[0].endswith("issued")]
    flag = cell(document, content.layout.names[line.about.place].right(FLAGS))
    number = cell(document, content.layout.names["t2.normative_doc.issued"])
    before = int(of_part(document, "一、总体情况", 7))
    assert flag.Value == 3
    number.Value = right().value("t2.normative_doc.issued")
    others = [one for one in result_lines(content) if one.about and one.about.place == line.about.place and one != line]
    assert flag.Value == (3 if others else 0)
    assert int(of_part(document, "一、总体情况", 7)) == before - (not others)
    number.Value = 9
    assert flag.Value == 3


def test_a_reason_takes_a_warning_off_the_cover(opened):
    """Typed beside its line, before 校验 is pressed again; rubbed out, it is asked again."""
    filing = right().with_cells({"t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25})
    result = check(filing)
    document = opened(build_workbook(filing, result=result))
    lines = result_lines(replace(content_for(filing), result=result))
    (line,) = [line for line in lines if line.code == "T2-10"]
    reason = document.Sheets.getByName(RESULTS).getCellByPosition(REASON_COLUMN - 1, RESULTS_FIRST + line.number - 2)
    assert of_part(document, "二、主动公开", 6) == "1"
    reason.String = "集中清理后重新印发。"
    assert of_part(document, "二、主动公开", 6) == "0"
    reason.String = ""
    assert of_part(document, "二、主动公开", 6) == "1"
