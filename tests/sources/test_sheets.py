"""Spreadsheets that were printed over left and right pages."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.formats import pdf_clipped
from gk_xl.sources.formats.pdf_lines import Sign
from gk_xl.sources.open import import_sources
from tests.sources import spread
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.spread import printed_sheet

NEWEST = edition_ids()[-1]


def read(folder, edition, **how):
    """Return how well a printed sheet comes back."""
    drawing = drawing_of(filing_of(edition, 5))
    path = folder / "年报.pdf"
    path.write_bytes(printed_sheet(drawing, **how))
    return judged(drawing, import_sources([path]))


@pytest.mark.variants(2)
@pytest.mark.parametrize("each", [3, 4])
@pytest.mark.parametrize("down_first", [True, False], ids=["down", "over"])
@pytest.mark.parametrize("edition", edition_ids())
def test_left_and_right_pages_are_one_sheet(tmp_path, edition, down_first, each):
    """Every number in its cell and every sentence whole, whichever way the pages follow."""
    found = read(tmp_path, edition, down_first=down_first, ruled=True, each=each)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


@pytest.mark.variants(2)
@pytest.mark.parametrize("each", [3, 4])
@pytest.mark.parametrize("down_first", [True, False], ids=["down", "over"])
@pytest.mark.parametrize("edition", edition_ids())
def test_sheets_without_rules_are_read_but_for_rows_that_a_page_cut(tmp_path, edition, down_first, each):
    """Nothing is read into another cell; what is not read is said to be so."""
    found = read(tmp_path, edition, down_first=down_first, ruled=False, each=each)
    assert (found.silent, found.broken) == ([], [])
    assert found.right > 0.9 * found.all


@pytest.mark.variants(2)
@pytest.mark.parametrize("foot", ["{}", "第 {} 页", "— {} —"])
@pytest.mark.parametrize("down_first", [True, False], ids=["down", "over"])
def test_page_numbers_of_right_pages_are_left_out(tmp_path, down_first, foot):
    """Each page has its own number below; none becomes a value or a sentence."""
    found = read(tmp_path, NEWEST, down_first=down_first, ruled=True, each=4, foot=foot)
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


@pytest.mark.variants(2)
@pytest.mark.parametrize("down_first", [True, False], ids=["down", "over"])
@pytest.mark.parametrize("wide", [50.0, 62.0, 75.0])
@pytest.mark.parametrize("edition", edition_ids())
def test_labels_that_the_next_cell_cuts_are_parted_from_its_numbers(tmp_path, monkeypatch, edition, wide, down_first):
    """A label longer than its cell is drawn whole under the number beside it: neither takes a character of the other."""
    monkeypatch.setattr(spread, "WIDE", wide)
    found = read(tmp_path, edition, down_first=down_first, ruled=False, each=8, cut=True)
    assert (found.silent, found.broken) == ([], [])
    assert found.right > 0.85 * found.all


@pytest.mark.variants(2)
@pytest.mark.parametrize("wide", [45.0, 60.0])
@pytest.mark.parametrize("edition", edition_ids())
def test_texts_in_the_middle_of_cells_are_parted_where_the_page_cuts_them(tmp_path, monkeypatch, edition, wide):
    """Labels drawn over their neighbours to both sides: what the clip round each lets be seen is its cell."""
    monkeypatch.setattr(spread, "WIDE", wide)
    found = read(tmp_path, edition, down_first=True, ruled=False, each=8, centred=True)
    assert (found.silent, found.broken) == ([], [])
    assert found.right > 0.97 * found.all


@pytest.mark.parametrize("edition", edition_ids())
def test_a_number_that_touches_its_label_is_its_own(tmp_path, monkeypatch, edition):
    """信访举报投诉类申请0: a whole label and what stands right behind it."""
    monkeypatch.setattr(spread, "WIDE", 95.0)
    found = read(tmp_path, edition, down_first=True, ruled=False, each=5, cut=True)
    assert (found.silent, found.broken) == ([], [])
    assert found.right > 0.97 * found.all


def test_the_runs_looked_at_grow_with_the_page_only(monkeypatch):
    """A page of single characters on one line, of long texts beside them: each run looks at so many others at most."""
    letters = [Sign("字", 5.0 * at, 5.0 * at + 1, 100, 110, 10) for at in range(4000)]
    texts = [
        Sign("长", 40.0 * row + 10 * at, 40.0 * row + 10 * at + 10, 100.5, 110.5, 10)
        for row in range(200)
        for at in range(40)
    ]
    looked = []
    real = pdf_clipped._is_over
    monkeypatch.setattr(pdf_clipped, "_is_over", lambda *runs: looked.append(1) or real(*runs))
    signs = [*letters, *texts]
    assert len(pdf_clipped.moved_together(signs)) == len(signs)
    assert len(looked) <= 60 * len(signs)
