"""Digits that a clipping path hides: left out where nothing of a number is seen, asked about where a part of it is."""

from __future__ import annotations

import pytest

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

from gk_xl.sources.formats.pdf_seen import HIDDEN
from gk_xl.sources.formats.pdf_windows import Window, box_of, through
from tests.sources.papers import HEIGHT, Setting, report, width
from tests.sources.test_pdf_seen import EACH, Marked, drawing, read

SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def box(x, y, wide, high):
    return f"{x:.2f} {HEIGHT - y - high:.2f} {wide:.2f} {high:.2f} re"


def polygon(*points):
    (x, y), *others = points
    return f"{x:.2f} {HEIGHT - y:.2f} m " + " ".join(f"{x:.2f} {HEIGHT - y:.2f} l" for x, y in others) + " h"


def far(x, y, size, wide):
    return f"{box(20, 20, 5, 5)} W n"


def above(x, y, size, wide):
    return f"{box(x - size, y - 2 * size, wide + 2 * size, 1.9 * size)} W n"


def painted(x, y, size, wide):
    """The path is drawn, too: in no colour that is seen."""
    return f"1 g {box(x - 2, y - 9 * size, 1, 1)} W* f 0 g"


def beside_two(x, y, size, wide):
    """Between two areas of one path, each side of the number."""
    return f"{box(x - 9 - size, y, size, size)} {box(x + wide + 9, y, size, size)} W n"


def corner(x, y, size, wide):
    """In the empty corner of a path that reaches as far as the number does."""
    left, right, top, foot = x - 60, x + wide + 2, y - 60, y + size + 2
    return f"{polygon((left, top), (right, top), (left, foot))} W n"


def hole(x, y, size, wide):
    return f"{box(x - 90, y - 90, 200, 200)} {box(x - 2, y - 2, wide + 4, size + 4)} W* n"


HIDING = [far, above, painted, beside_two, corner, hole]


def hidden(clip):
    def way(paper, x, y, size, text):
        paper.so(clip(x, y, size, width(text, size)), (x, y, size, text))

    return way


@pytest.mark.parametrize("ruled", ["all", "none"])
@pytest.mark.parametrize("clip", HIDING)
def test_a_number_that_a_path_hides_is_not_found(clip, ruled, tmp_path):
    """Whatever the path: its cell is as blank as the reader sees it, which is said."""
    paper = Marked(hidden(clip))
    imported, found = read(tmp_path, report(drawing().filing, Setting(ruled=ruled), paper), ".pdf")
    assert (found.silent, found.broken) == ([], [])
    assert found.missing + found.doubtful >= paper.count // EACH
    assert HIDDEN in [note.message for note in imported.notes]


def last_hidden(paper, x, y, size, text):
    """A digit more, behind the right edge of the path round the number."""
    wide = width(text, size)
    paper.so(f"{box(x - 1, y, wide + 1, size)} W n", (x, y, size, text + "7"))


def first_hidden(paper, x, y, size, text):
    wide = width(text, size)
    paper.so(f"{box(x, y, wide + 1, size)} W n", (x - size / 2, y, size, "7" + text))


def half_seen(paper, x, y, size, text):
    """8 with its upper half alone may be 9."""
    paper.so(f"{box(x - 1, y, width(text, size) + 2, size / 2)} W n", (x, y, size, "8" * len(text)))


@pytest.mark.parametrize("ruled", ["all", "none"])
@pytest.mark.parametrize("way", [last_hidden, first_hidden, half_seen])
def test_a_number_of_which_a_path_hides_a_part_is_asked_about(way, ruled, tmp_path):
    """Never read with the digits that nobody sees."""
    paper = Marked(way)
    _, found = read(tmp_path, report(drawing().filing, Setting(ruled=ruled), paper), ".pdf")
    assert (found.silent, found.broken) == ([], [])
    assert EACH < found.doubtful <= found.all - found.right < 2 * paper.count // EACH


def seen_in(paper, x, y, size, text):
    wide = width(text, size)
    cell = f"{box(x - 1, y - 1, wide + 2, size + 2)} W n"
    shape = (
        f"{polygon((x - 9, y - 9), (x + wide + 9, y - 9), (x + wide + 20, y + size + 9), (x - 20, y + size + 9))} W n"
    )
    paper.so(f"{cell} {shape}", (x, y, size, text))


def after_it(paper, x, y, size, text):
    """A path in force before, and no more."""
    paper.so(f"{box(20, 20, 5, 5)} W n")
    paper.text(x, y, size, text)


@pytest.mark.parametrize("way", [seen_in, after_it])
def test_a_number_that_is_seen_through_paths_is_read(way, tmp_path):
    """Every cell of a sheet has one."""
    imported, found = read(tmp_path, report(drawing().filing, paper=Marked(way)), ".pdf")
    assert (found.right, found.broken) == (found.all, [])
    assert HIDDEN not in [note.message for note in imported.notes]


def test_a_curve_and_its_inside():
    """A circle of four curves; the corners of the square round it lie outside."""
    k = 55.2
    path = [
        ("m", 200, 100), ("c", 200, 100 + k, 100 + k, 200, 100, 200), ("c", 100 - k, 200, 0, 100 + k, 0, 100),
        ("c", 0, 100 - k, 100 - k, 0, 100, 0), ("c", 100 + k, 0, 200, 100 - k, 200, 100), ("h",),
    ]  # fmt: skip
    window = through(None, path, SAME, even_odd=False)
    assert window.shows((90, 90, 110, 110)) == 1.0
    assert window.shows((2, 2, 12, 12)) == 0.0
    assert through(window, box_of((0, 0, 100, 300)), SAME, even_odd=False).shows((90, 90, 110, 110)) == 0.5


def test_paths_without_end_are_looked_at_in_bounds():
    """Shapes upon shapes of many points: their places, not their outlines."""
    window = None
    for number in range(1_000):
        path = [("m", 0, 0), *(("l", 5 * at, number + 500 * (at % 2)) for at in range(300)), ("h",)]
        window = through(window, path, SAME, even_odd=True)
    assert isinstance(window, Window)
    assert len(window.shapes) < 10
