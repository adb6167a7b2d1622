"""Spreadsheets that were printed over left and right pages."""

from __future__ import annotations

import random

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.formats import pdf_clipped, pdf_sheets, pdf_wrapped
from gk_xl.sources.formats.pdf_flow import Page, without_furniture
from gk_xl.sources.formats.pdf_lines import Row, Sign
from gk_xl.sources.formats.pdf_sheets import Look
from gk_xl.sources.open import import_sources
from tests.sources import spread
from tests.sources.drawn import cut_labels, drawing_of, filing_of, plain
from tests.sources.measure import judged
from tests.sources.quirks import cut_digits
from tests.sources.spread import printed_sheet

NEWEST = edition_ids()[-1]


def read(folder, edition, quirk=plain, **how):
    """Return how well a printed sheet comes back."""
    drawing = drawing_of(filing_of(edition, 5))
    quirk(drawing, random.Random(1))
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


@pytest.mark.variants(2)
@pytest.mark.parametrize("quirk", [cut_labels, cut_digits])
@pytest.mark.parametrize("way", ["cut", "centred"])
@pytest.mark.parametrize("edition", edition_ids())
def test_cells_of_two_lines_in_low_rows_are_read(tmp_path, monkeypatch, edition, way, quirk):
    """Lines of labels, and of numbers, stand upon those of the rows above and below: their cell draws one after the other."""
    monkeypatch.setattr(spread, "WIDE", 60.0)
    found = read(tmp_path, edition, quirk, down_first=True, ruled=False, each=8, low=True, **{way: True})
    assert (found.right, found.silent, found.broken) == (found.all, [], [])


def lines(*texts):
    """Return the characters of texts, each with the place of its beginning, in drawing order."""
    return [
        Sign(sign, x + 5 * at, x + 5 * at + 5, y, y + 10, 10) for text, x, y in texts for at, sign in enumerate(text)
    ]


@pytest.mark.parametrize("down", [0.0, 6.5, 13.0], ids=["at the first line", "in the middle", "at the last line"])
def test_lines_of_a_number_are_one_where_its_row_s_are_level_with_it(down):
    """Wherever in their cells a sheet sets its texts."""
    row = [("3", 20, 100 + down), ("4", 60, 100 + down), ("118", 100, 100), ("7", 110, 113)]
    *_, last = pdf_wrapped.unwrapped(lines(*row))
    assert (last.text, last.top) == ("118\n7", 100 + down)


@pytest.mark.parametrize(
    "others",
    [
        [("3", 20, 113), ("4", 60, 113), ("9", 20, 100)],
        [("3", 20, 113), ("4", 60, 113), ("5", 20, 126), ("6", 60, 126)],
        [("3", 20, 113)],
    ],
    ids=["a row at its first line", "as far apart as rows are", "one number beside it"],
)
def test_numbers_below_one_another_that_may_be_of_two_rows_stay_two(others):
    """Blank cells beside one of them show no row."""
    signs = lines(*others, ("118", 100, 100), ("7", 110, 113))
    assert [*pdf_wrapped.unwrapped(signs)] == signs


def test_labels_below_one_another_that_make_none_together_stay_two():
    signs = lines(("行政许可", 20, 100), ("行政处罚", 20, 113))
    assert [*pdf_wrapped.unwrapped(signs)] == signs


@pytest.mark.parametrize(("text", "repeated"), [("1,006", False), ("3件", False), ("第 3 页", True)])
def test_numbers_at_the_top_of_a_right_page_are_no_running_head(text, repeated):
    """1,006 stands where the left page has 1,198; what counts the pages is one."""
    left, right = (
        Look(number, 595, 842, (Row(tuple(lines((text.replace("0", "1"), 280, 50)))),))
        for number, text in ((1, text), (2, text))
    )
    assert bool(pdf_sheets._repeated(left, right)) is repeated


LABELS = ("1.属于国家秘密", "2.重复申请", "3.要求提供公开出版物", "四、结转下年度继续办理")


@pytest.mark.parametrize(
    ("right", "joined"),
    [(LABELS, False), ((), True), (LABELS[:1] * 4, True)],
    ids=["another report", "right pages", "one label over and over"],
)
def test_pages_with_the_same_labels_at_their_places_are_another_report(right, joined):
    """Set alike, ruled alike; of a sheet's labels the pages to the right have none, or one that a turned table repeats."""

    def page(number, shift, labels):
        named = [*labels, *[""] * (len(LABELS) - len(labels))]
        rows = [
            Row(tuple(lines(*([(label, 50, y)] if label else []), ("12", 300 if label else 100, y))))
            for label, y in zip(named, range(100 + shift, 500, 20), strict=False)
        ]
        return Look(number, 595, 842, tuple(rows), tuple(float(y) for y in range(95 + shift, 600, 20)), 45, 550)

    looks = [page(n + 1, shift, LABELS if n < 2 else right) for n, shift in enumerate((0, 50, 0, 50))]
    assert [list(group) for group in pdf_sheets.sheets_of(looks)] == ([[0, 2], [1, 3]] if joined else [])


@pytest.mark.parametrize(("years", "kept"), [((2023, 2024), True), ((2024, 2024), False)], ids=["reports", "a head"])
def test_titles_of_several_years_are_no_running_heads(years, kept):
    """Nor the line below each, which differs from the other by its year alone."""
    pages = [
        Page(number, 595, 842, tuple(Row(tuple(lines((text, 50, y)))) for text, y in texts), ())
        for number, year in enumerate(years, 1)
        for texts in [
            (
                (f"样板乡{year}年政府信息公开工作年度报告", 40),
                (f"统计期限自{year}年1月1日起。", 70),
                (f"第{number}行", 300),
            )
        ]
    ]
    left = [[row.text for row in page.rows] for page in without_furniture(pages)]
    assert left == [[row.text for row in page.rows][0 if kept else 2 :] for page in pages]


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
