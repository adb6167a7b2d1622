"""What a clerk reads as numbers is known by its names again, as long as it reads as it was written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.form.filing import Filing, Unit
from gk_xl.form.links import KEPT, Link, changed_words, kept, link_of, links_of, named, seen

LINK = Link("新收申请{新收申请}件，其中自然人{自然人申请}件；全年办结{办结申请}件。", ("12", "10", "9"))
FILING = replace(
    Filing.blank(2025, Unit("示例乡人民政府", "township")), narrative={"overview": (LINK.template, "无数。")}
)


def test_a_paragraph_is_shown_with_numbers_and_named_again():
    assert LINK.shown == "新收申请12件，其中自然人10件；全年办结9件。"
    assert named(LINK.shown, [LINK]) == LINK.template
    assert named(f"（二）依申请公开。{LINK.shown}答复及时。", [LINK]) == f"（二）依申请公开。{LINK.template}答复及时。"
    assert named("全年办结9件。", []) == "全年办结9件。"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("新收申请13件，其中自然人10件；全年办结9件。", "新收申请13件，其中自然人10件；全年办结{办结申请}件。"),
        ("新收申请12件，其中自然人10件；共办结9件。", "新收申请{新收申请}件，其中自然人{自然人申请}件；共办结9件。"),
        ("另一句话9件。", "另一句话9件。"),
    ],
)
def test_a_clause_that_was_rewritten_is_the_writers_alone(typed, expected):
    assert named(typed, [LINK]) == expected


def test_a_number_is_never_cut_from_a_longer_one():
    link = Link("办结申请共{办结申请}", ("12",))
    assert named("办结申请共123件", [link]) == "办结申请共123件"
    assert named("办结申请共12.5件", [link]) == "办结申请共12.5件"
    assert named("办结申请共12件", [link]) == "办结申请共{办结申请}件"


def test_only_what_has_all_its_numbers_is_linked():
    assert link_of(LINK.template, FILING) is None
    cells = {"t3.received_new.total": 3}
    filing = replace(FILING.with_cells(cells), narrative={"overview": ("新收{新收申请}件。", "{写错的}{新收申请}件")})
    assert links_of(filing) == (Link("新收{新收申请}件。", ("3",)),)
    assert seen(filing).paragraphs("overview") == ("新收3件。", "{写错的}{新收申请}件")


def test_the_newest_links_are_kept():
    old = [Link(f"{{新收申请}}件{number}", ("1",)) for number in range(KEPT)]
    assert kept([LINK], old) == (LINK, *old[:-1])
    assert kept(old[:1], old) == tuple(old)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "本年度我乡新收申请12件，无结转。",
            "本年度我乡新收申请15件，无结转。",
            ("我乡新收申请12件", "我乡新收申请15件"),
        ),
        ("收到9件。", "收到10件。", ("收到9件", "收到10件")),
        ("收到1件。", "收到11件。", ("收到1件", "收到11件")),
    ],
)
def test_where_two_readings_differ_whole_numbers_are_told(old, new, expected):
    assert changed_words(old, new) == expected
