"""Fields of the narrative: each name means the same sum of cells, unknown names get the nearest one, nothing is invented."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.form.fields import FieldFault, expand, fields, nearest, number_text, pieces, problems
from gk_xl.form.filing import Filing
from gk_xl.form.load import edition_ids, load_edition


def numbered(edition_id: str) -> Filing:
    """Return a filing whose n-th cell holds n."""
    blank = Filing.blank(int(edition_id))
    return replace(blank, cells={cell: number for number, cell in enumerate(blank.form.cells, start=1)})


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_field_is_the_sum_of_cells_that_the_edition_has(edition_id):
    filing = numbered(edition_id)
    for field in fields(edition_id).values():
        assert set(field.cells) <= set(filing.form.cells)
        expected = sum(filing.cells[cell] for cell in field.cells) if field.cells else filing.year
        assert field.number(filing) == expected
        assert all(filing.form.describe(cell) in field.says(filing.form) for cell in field.cells)
        assert len(field.tag) <= 64


def test_a_field_keeps_its_meaning_where_the_form_changed():
    old, new = edition_ids()[0], edition_ids()[-1]
    assert fields(old)["其他处理"].cells == ("t3.otherwise.total",)
    assert fields(new)["其他处理"].cells == tuple(
        cell.id for cell in load_edition(new).matching("t3.otherwise.*.total")
    )
    assert fields(old)["制发规范性文件"].cells == ("t2.normative_doc.made",)
    assert "采购金额" in fields(old)
    assert "采购金额" not in fields(new)


@given(st.text(alphabet="{}｛｝新收申请 \n1", max_size=40))
def test_pieces_lose_nothing(text):
    assert "".join(typed for typed, _ in pieces(text)) == text


def test_fields_are_filled_in_and_everything_else_stays():
    filing = numbered(edition_ids()[-1])
    number = filing.cells["t3.received_new.total"]
    text = "收到{新收申请}件，｛ 新收申请 ｝件，{新收申清}件，{}，{年度}年"
    filled = expand(replace(filing, narrative={"overview": (text,)}))
    assert filled.paragraphs("overview") == (f"收到{number}件，{number}件，{{新收申清}}件，{{}}，{filing.year}年",)


def test_blank_cells_are_never_zero():
    filing = replace(Filing.blank(int(edition_ids()[-1])), narrative={"overview": ("共{申请总数}件",)})
    filing = filing.with_cells({"t3.received_new.total": 3})
    assert expand(filing).paragraphs("overview") == ("共{申请总数}件",)
    (problem,) = problems(filing)
    assert (problem.fault, problem.blank) == (FieldFault.BLANK, ("t3.carried_in.total",))


def test_an_unknown_name_is_named_with_its_place_and_the_nearest_field():
    filing = replace(numbered(edition_ids()[-1]), narrative={"overview": ("一", "收到{新收申清}件")})
    (problem,) = problems(filing)
    assert (problem.fault, problem.name, problem.nearest) == (FieldFault.UNKNOWN, "新收申清", "新收申请")
    assert problem.place == "narrative.overview.2"


@pytest.mark.parametrize(("typed", "meant"), [("复议维待", "复议维持"), ("办结件", "办结申请"), ("xyz", "")])
def test_nearest_field(typed, meant):
    assert nearest(typed, edition_ids()[-1]) == meant


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_printed_numbers_read_back_and_have_no_exponent(number):
    text = number_text(number)
    assert "e" not in text
    assert float(text) == pytest.approx(float(f"{number:.15g}"), rel=1e-14)


def test_a_name_that_comes_again_and_again_is_told_once_a_paragraph():
    """And a text of nothing but wrong names takes no time."""
    began = time.process_time()
    filing = replace(
        Filing.blank(2025),
        narrative={"overview": ("{甲}" * 20_000, "{乙}{甲}" + "".join(f"{{名{n}}}" for n in range(3000)))},
    )
    found = [problem for problem in problems(filing) if problem.name in "甲乙"]
    assert [(problem.name, problem.paragraph) for problem in found] == [("甲", 0), ("乙", 1), ("甲", 1)]
    assert time.process_time() - began < 3
