"""Which pages of a printed sheet show the same rows: by rows with numbers, by texts that run over, in a printer's order."""

from __future__ import annotations

import pytest

from gk_xl.sources.formats.pdf_lines import Sign
from gk_xl.sources.formats.pdf_linked import links_of
from gk_xl.sources.formats.pdf_order import Shown, arranged, places, same_rules

UPPER, LOWER = (200.0, 215.0, 230.0, 245.0), (60.0, 75.0, 90.0)
LEFT, LOWER_LEFT = Shown(UPPER, UPPER), Shown(LOWER, LOWER)
RIGHT, LOWER_RIGHT = Shown(UPPER, ()), Shown(LOWER, ())
NOTHING = Shown((), ())


@pytest.mark.parametrize(
    ("pages", "groups"),
    [
        ([LEFT, LOWER_LEFT, RIGHT, LOWER_RIGHT], [[0, 2], [1, 3]]),
        ([LEFT, RIGHT, LOWER_LEFT, LOWER_RIGHT], [[0, 1], [2, 3]]),
        ([LEFT, LOWER_LEFT, RIGHT, LOWER_RIGHT, LOWER_RIGHT], [[0, 2], [1, 3, 4]]),
        ([LEFT, LOWER_LEFT, LOWER_RIGHT], [[0], [1, 2]]),
        ([LEFT, LOWER_LEFT], []),
        ([Shown(UPPER * 9, ())], []),
        ([Shown(UPPER * 9, ()), LEFT], []),
        ([], []),
    ],
    ids=[
        "down and over",
        "over and down",
        "a wider lower part",
        "nothing beside the upper part",
        "no right page",
        "one without labels",
        "none before it",
        "none",
    ],
)
def test_pages_stand_beside_the_rows_that_they_show(pages, groups):
    assert arranged(pages, [()] * len(pages)) == groups


def test_a_text_that_runs_over_tells_where_a_page_without_numbers_belongs():
    """From page to page: the third page goes on with the second, which goes on with the first."""
    pages = [LEFT, LOWER_LEFT, NOTHING, LOWER_RIGHT, NOTHING]
    assert arranged(pages, [(), (), (0,), (), (2,)]) == [[0, 2, 4], [1, 3]]


def test_texts_may_run_over_from_right_pages_that_none_runs_over_to():
    """The third and fourth page have their rows alone to tell them; all further to the right goes on with them."""
    pages = [LEFT, LOWER_LEFT, RIGHT, LOWER_RIGHT, RIGHT, LOWER_RIGHT, NOTHING, NOTHING]
    links = [(), (), (), (), (2,), (3,), (4,), (5,)]
    assert arranged(pages, links) == [[0, 2, 4, 6], [1, 3, 5, 7]]


def _run(text, x, y=100.0):
    return [Sign(sign, x + 10 * n, x + 10 * n + 10, y - 5, y + 5, 10.0) for n, sign in enumerate(text)]


def test_a_text_beyond_the_edge_is_on_the_page_that_shows_it():
    """A sheet draws a text in the middle of merged cells on each of their pages: the step between two of them is told."""
    first, second = _run("样板乡", 40) + _run("总体情况", 700), _run("总体情况", 222)
    assert links_of([first, second], 595.0) == [{}, {0: 478.0}]
    assert links_of([first, _run("总体情况", 222, 130.0)], 595.0) == [{}, {}]


def test_all_pages_of_one_column_begin_at_one_place():
    """What one text tells holds for the pages below; the nearest page counts; without a text it is a page's width."""
    groups, links = [[0, 2, 4], [1, 3, 5]], [{}, {}, {0: 400.0}, {}, {2: 380.0, 0: 120.0}, {}]
    assert places(groups, links, 595.0) == [{0: 0.0, 2: 400.0, 4: 780.0}, {1: 0.0, 3: 400.0, 5: 780.0}]
    assert places([[0, 1]], [{}, {}], 595.0) == [{0: 0.0, 1: 595.0}]


def test_many_left_pages_are_looked_through_at_once():
    """As many pages as a file may have: the ways to put them side by side are not tried one by one."""
    pages = [LEFT, LOWER_LEFT] * 10 + [RIGHT, LOWER_RIGHT] * 50
    assert arranged(pages, [()] * len(pages)) == [], "twenty left pages have no room for a hundred right ones"


@pytest.mark.parametrize(
    ("pages", "groups"),
    [
        ([UPPER, LOWER, UPPER, LOWER], [[0, 2], [1, 3]]),
        ([UPPER, UPPER, UPPER, LOWER, LOWER, LOWER], [[0, 1, 2], [3, 4, 5]]),
        ([UPPER, LOWER, tuple(rule + 1 for rule in UPPER), LOWER], [[0, 2], [1, 3]]),
        ([UPPER, UPPER, UPPER, UPPER], []),
        ([UPPER, UPPER, UPPER, LOWER], []),
        ([UPPER, LOWER, LOWER, UPPER], []),
        ([UPPER, LOWER, tuple(rule + 3 for rule in UPPER), LOWER], []),
        ([UPPER, (), UPPER, ()], []),
        ([], []),
    ],
    ids=[
        "down and over",
        "over and down",
        "a little lower",
        "full pages of rows of one height",
        "the last of them shorter",
        "in no printer's order",
        "rows of other heights",
        "a page without rules",
        "none",
    ],
)
def test_pages_of_a_sheet_with_borders_all_over_have_the_same_rules(pages, groups):
    assert same_rules(pages) == groups


@pytest.mark.parametrize(
    ("links", "groups"),
    [
        ([(), (), (0,), (1,), (2,), (4,)], [[0, 2, 4, 5], [1, 3]]),
        ([(), (), (0,), (1,), (2,), ()], []),
        ([(), (), (0,), (1,), (2, 3), (4,)], []),
    ],
    ids=["texts run over", "a page of nobody's", "of two rows of pages"],
)
def test_pages_without_rules_hold_what_runs_over_the_last_column(links, groups):
    assert same_rules([UPPER, LOWER, UPPER, LOWER, (), ()], links) == groups


def test_a_page_of_nothing_but_text_is_no_right_one():
    """Below the left page the sheet goes on with text; the next page shows the rows of the upper one."""
    left, text, right = Shown((100, 120, 140), (100, 120, 140)), Shown((), ()), Shown((100, 120, 140), ())
    assert arranged([left, text, right], [(), (), (0,)]) == [[0, 2], [1]]
