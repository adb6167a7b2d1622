"""What a reader of a PDF sees counts: no digits that are struck out, raised, printed over, white or covered, no watermark."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

from gk_xl.sources.formats import pdf_seen
from gk_xl.sources.formats.pdf_clips import Drawn
from gk_xl.sources.formats.pdf_seen import HIDDEN, STAMPED
from tests.sources.papers import HEIGHT, Paper, Setting, report, width
from tests.sources.test_seen import EACH, drawing, read


class Marked(Paper):
    """Paper on which every so manieth number is printed otherwise."""

    def __init__(self, way):
        super().__init__()
        self.way, self.count, self.within = way, 0, False

    def text(self, x, y, size, text, **how):
        number = not self.within and size == Setting.table_size and text.isdigit()
        self.count += number
        if number and self.count % EACH == 0:
            self.within = True
            self.way(self, x, y, size, text)
            self.within = False
        else:
            super().text(x, y, size, text, **how)

    def so(self, instructions, *texts):
        """Print texts, each with its place and size, so."""
        self.draw(f"q {instructions}")
        for x, y, size, text in texts:
            self.text(x, y, size, text)
        self.draw("Q")

    def area(self, colour, x, y, wide, high):
        self.draw(f"q {colour} {x:.2f} {HEIGHT - y - high:.2f} {wide:.2f} {high:.2f} re f Q")

    def draw(self, instructions):
        self.pages[-1].append(instructions)


def struck(paper, x, y, size, text):
    paper.text(x, y, size, text)
    paper.text(x - size / 2, y, size, "9")
    paper.rule(x - size / 2, y + size / 2, x, y + size / 2)


def raised(paper, x, y, size, text):
    paper.text(x, y, size, text)
    paper.text(x + width(text, size), y - 1, size * 0.6, "2")


def lowered(paper, x, y, size, text):
    paper.text(x, y, size, text)
    paper.text(x + width(text, size), y + size / 2, size * 0.6, "2")


def raised_by_a_browser(paper, x, y, size, text):
    """Five sixths as large, a third of its height higher."""
    paper.text(x, y, size, text)
    paper.text(x + width(text, size), y - 0.25 * size, size * 5 / 6, "2")


def raised_as_it_is(paper, x, y, size, text):
    paper.text(x, y, size, text)
    paper.text(x + width(text, size), y - 0.33 * size, size, "2")


def over(paper, x, y, size, text):
    """A number printed over another, as an editor of PDF files leaves it."""
    paper.text(x + 1.5, y, size, "86")
    paper.text(x, y, size, text)


def shadowed(paper, x, y, size, text):
    paper.text(x + 2, y + 1, size, text)
    paper.text(x, y, size, text)


@pytest.mark.parametrize("ruled", ["all", "none"])
@pytest.mark.parametrize("way", [struck, raised, raised_by_a_browser, raised_as_it_is, lowered])
def test_digits_of_a_pdf_that_are_marks_or_struck_out_are_left_out_and_that_is_said(way, ruled, tmp_path):
    """Of each number that has one; what was struck out is asked about besides."""
    paper = Marked(way)
    imported, found = read(tmp_path, report(drawing().filing, Setting(ruled=ruled), paper), ".pdf")
    assert (found.right, found.broken) == (found.all, [])
    assert sum("是标记，未计" in note.message for note in imported.notes) > EACH
    assert (way is struck) == any("划去的" in doubt.reason for doubt in imported.filing.doubts.values())


@pytest.mark.parametrize("ruled", ["all", "none"])
@pytest.mark.parametrize("way", [over, shadowed])
def test_digits_of_a_pdf_that_are_none_of_the_number_are_asked_about(way, ruled, tmp_path):
    """A number beside them is doubtful, never one with a digit more."""
    paper = Marked(way)
    _, found = read(tmp_path, report(drawing().filing, Setting(ruled=ruled), paper), ".pdf")
    assert (found.silent, found.broken) == ([], [])
    assert EACH < found.doubtful <= found.all - found.right < 2 * paper.count // EACH


def test_a_number_that_is_printed_twice_to_look_bold_is_one(tmp_path):
    """Half a point beside itself."""

    def bold(paper, x, y, size, text):
        paper.text(x, y, size, text)
        paper.text(x + 0.5, y, size, text)

    _, found = read(tmp_path, report(drawing().filing, paper=Marked(bold)), ".pdf")
    assert (found.right, found.broken) == (found.all, [])


def beside(instructions):
    def way(paper, x, y, size, text):
        paper.so(instructions, (x - size / 2, y, size, "7"))
        paper.text(x, y, size, text)

    return way


def covered(paper, x, y, size, text):
    paper.text(x - size, y, size, "77")
    paper.area("1 g", x - size, y, 2 * size, size)
    paper.text(x, y, size, text)


@pytest.mark.parametrize("ruled", ["all", "none"])
@pytest.mark.parametrize(
    "way",
    [beside("1 g"), beside("1 1 1 rg"), beside("0 0 0 0 k"), beside("3 Tr"), beside("/Clear gs"), covered],
    ids=["white", "white in colours", "no colour", "without ink", "clear", "under a white area"],
)  # fmt: skip
def test_what_nobody_sees_of_a_pdf_is_no_digit(way, ruled, tmp_path):
    """Beside the number that is seen; that it was left out is said."""
    imported, found = read(tmp_path, report(drawing().filing, Setting(ruled=ruled), Marked(way)), ".pdf")
    assert (found.silent, found.broken) == ([], [])
    assert found.right == found.all or way is covered
    assert HIDDEN in [note.message for note in imported.notes]


def test_a_number_that_nobody_sees_is_not_found(tmp_path):
    """White, alone in its cell."""
    paper = Marked(lambda paper, *text: paper.so("1 g", text))
    _, found = read(tmp_path, report(drawing().filing, paper=paper), ".pdf")
    assert (found.silent, found.missing) == ([], paper.count // EACH)


def reversed_out(paper, x, y, size, text):
    paper.area("0.2 0.3 0.6 rg", x - 2, y - 2, width(text, size) + 4, size + 4)
    paper.so("1 g", (x, y, size, text))


def under_clear(paper, x, y, size, text):
    paper.text(x, y, size, text)
    paper.area("/Pale gs 1 g", x - 2, y - 2, width(text, size) + 4, size + 4)


def shaded(paper, x, y, size, text):
    paper.area("1 g", x - 2, y - 2, width(text, size) + 4, size + 4)
    paper.so("0 0 1 rg", (x, y, size, text))


@pytest.mark.parametrize("way", [reversed_out, under_clear, shaded])
def test_numbers_that_are_seen_in_colours_and_on_areas_are_read(way, tmp_path):
    """White on blue, under a veil, blue on white: nothing is left out."""
    imported, found = read(tmp_path, report(drawing().filing, paper=Marked(way)), ".pdf")
    assert (found.right, found.broken) == (found.all, [])
    assert HIDDEN not in [note.message for note in imported.notes]


def test_the_text_of_a_scan_is_read(tmp_path):
    """All of it is drawn without ink, above the picture."""

    class Layer(Paper):
        def text(self, *place, **how):
            self.pages[-1].append("q 3 Tr")
            super().text(*place, **how)
            self.pages[-1].append("Q")

    _, found = read(tmp_path, report(drawing().filing, paper=Layer()), ".pdf")
    assert (found.right, found.broken) == (found.all, [])


class EveryPage(Paper):
    """Paper on each page of which something is stamped when it is full."""

    def stamp(self):
        raise NotImplementedError

    def turn(self):
        self.stamp()
        super().turn()

    def data(self, **how):
        self.stamp()
        return super().data(**how)


class Stamped(EveryPage):
    """Paper with watermarks on some of its pages: how they are painted, where, how large, what they say."""

    def __init__(self, how, places, size, text, *, first):
        super().__init__()
        self.how, self.places, self.size, self.text_of_it, self.first = how, places, size, text, first

    def stamp(self):
        codes = "".join(f"{ord(sign):04x}" for sign in self.text_of_it)
        own = [
            f"q {self.how[0]} BT /F {self.size} Tf 0 Tc 1 0 0 1 {x} {y} Tm <{codes}> Tj ET Q {self.how[1]}"
            for x, y in self.places
        ]
        page = self.pages[-1]
        page[:] = [*own, *page] if self.first else [*page, *own]


FEW = [(100, y) for y in range(100, 760, 130)]
MANY = [(x, y) for y in range(90, 760, 37) for x in (150, 290, 430)]


@pytest.mark.variants(2)
@pytest.mark.parametrize("first", [True, False], ids=["under the text", "over the text"])
@pytest.mark.parametrize("ruled", ["all", "none"])
@pytest.mark.parametrize(
    ("how", "places", "size", "text"),
    [
        (("0.85 g", ""), FEW, 40, "政府信息公开"), (("1 0.7 0.7 rg", ""), FEW, 30, "仅供公开使用"),
        (("0.85 g", ""), MANY, 24, "2024"), (("0.8 g", ""), MANY, Setting.table_size, "内部资料"),
        (("/Pale gs", ""), MANY, 12, "样板 99"), (("", ""), FEW, 40, "样板县2024"),
        (("/Artifact <</Subtype /Watermark>> BDC", "EMC"), FEW, 14, "样板县2024"),
    ],
    ids=["pale", "red", "digits", "small", "clear", "black", "said"],
)  # fmt: skip
def test_a_watermark_laid_across_the_text_is_no_part_of_it(how, places, size, text, ruled, first, tmp_path):
    """Lighter or larger than the text that it is laid across; it is told, once."""
    paper = Stamped(how, places, size, text, first=first)
    imported, found = read(tmp_path, report(drawing().filing, Setting(ruled=ruled), paper), ".pdf")
    assert (found.right, found.silent, found.broken) == (found.all, [], [])
    assert [note.message for note in imported.notes].count(STAMPED.format(text)) == (how[1] == "")


def test_a_watermark_that_the_first_page_has_beside_its_text_is_none_of_it(tmp_path):
    """Behind a heading, on its line; it is found out on the next page, where it lies under a table."""

    class Late(Stamped):
        def stamp(self):
            heading = "".join(f"{ord(sign):04x}" for sign in "一、总体情况")
            lines = [one for one in self.pages[-1] if heading in one]
            self.places = [(330, float(re.search(r"([\d.]+) Tm", one)[1]) - 10) for one in lines] or FEW
            super().stamp()

    paper = Late(("0.85 g", ""), [], 40, "样板县公开", first=True)
    _, found = read(tmp_path, report(drawing().filing, paper=paper), ".pdf")
    assert len(paper.pages) > 1
    assert (found.right, found.broken) == (found.all, [])


def test_pale_letters_at_one_place_of_several_pages_are_a_watermark(tmp_path):
    """In the margin, across nothing; pale heads that a table has on every page are its heads."""
    margin = [(20, y) for y in range(100, 760, 130)]
    _, found = read(
        tmp_path, report(drawing().filing, paper=Stamped(("0.8 g", ""), margin, 12, "内部资料", first=True)), ".pdf"
    )
    assert (found.right, found.broken) == (found.all, [])

    class Pale(Paper):
        def text(self, x, y, size, text, **how):
            self.pages[-1].append("q 0.65 g" if size == Setting.table_size else "q")
            super().text(x, y, size, text, **how)
            self.pages[-1].append("Q")

    _, found = read(tmp_path, report(drawing().filing, Setting(repeat_heads=True), Pale()), ".pdf")
    assert (found.right, found.broken) == (found.all, [])


class Aslant(EveryPage):
    """Paper with a watermark aslant on every page."""

    def stamp(self):
        for y in range(150, 760, 150):
            for x in (120, 320):
                codes = "".join(f"{ord(sign):04x}" for sign in "样板县2024")
                self.pages[-1].append(f"BT /F 24 Tf 0 Tc 0.77 0.64 -0.64 0.77 {x} {y} Tm <{codes}> Tj ET")


@pytest.mark.parametrize("ruled", ["all", "none"])
def test_a_watermark_aslant_is_no_part_of_the_text(ruled, tmp_path):
    """Neither its letters in sentences nor its digits in cells."""
    _, found = read(tmp_path, report(drawing().filing, Setting(ruled=ruled), Aslant()), ".pdf")
    assert (found.silent, found.broken) == ([], [])
    assert found.right == found.all


def test_a_page_of_nothing_but_areas_and_pale_letters_is_looked_at_in_bounds(monkeypatch):
    """However many a file draws on one line."""
    drawn = [Drawn(order, 1.0, watermark=False) for order in range(8_000)]
    chars = [
        {"text": "字", "x0": 5.0 * at, "x1": 5.0 * at + 5, "top": 100.0, "bottom": 110.0, "size": 10.0, "drawn": drawn[at],
         "non_stroking_color": (0.8 * (at % 2),)}
        for at in range(4_000)
    ]  # fmt: skip
    areas = [
        {
            "x0": 0.0,
            "x1": 9e4,
            "top": 90.0,
            "bottom": 120.0,
            "fill": True,
            "non_stroking_color": 1.0,
            "drawn": drawn[-1 - at],
        }
        for at in range(3_000)
    ]
    looked = []
    monkeypatch.setattr(pdf_seen, "_MOST_LOOKS", 50_000)
    for name in ("_holds", "_is_across"):
        real = getattr(pdf_seen, name)
        monkeypatch.setattr(pdf_seen, name, lambda *things, real=real: looked.append(1) or real(*things))
    seen = pdf_seen.Seen()
    seen._of({"char": chars, "rect": areas}, 1)
    assert len(looked) <= 2 * pdf_seen._MOST_LOOKS
