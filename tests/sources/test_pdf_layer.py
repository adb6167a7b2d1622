"""The text that is laid behind a scan: unseen, word by word at the places of the picture, narrower than it."""

from __future__ import annotations

import random
import re

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.formats.pdf_lines import Sign, text_of
from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.papers import Paper, Setting, report, width

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

NARROW = 0.8


class Layer(Paper):
    """Each word at its place, somewhat astray, in letters that nobody sees; no rules."""

    chance = random.Random(3)

    def text(self, x, y, size, text, *, spread=0.0):
        for word in re.findall(r"[\d.]+|[^\d.]+", text):
            astray = (self.chance.uniform(-0.4, 0.4), self.chance.uniform(-0.5, 0.5))
            super().text(x + astray[0], y + astray[1] + (1 - NARROW) * size / 2, NARROW * size, word)
            self.pages[-1][-1] = self.pages[-1][-1].replace("Tc 1 0", "Tc 3 Tr 1 0")
            x += width(word, size)


@pytest.mark.parametrize("edition", edition_ids())
def test_the_text_of_a_scan_is_typed_without_blanks(edition, tmp_path):
    """Gaps before and behind its numbers are none that anybody typed; the tables are as sure as those of a page without lines."""
    drawing = drawing_of(filing_of(edition, 4))
    path, setting = tmp_path / "年报.pdf", Setting(ruled="none", number="")
    path.write_bytes(report(drawing.filing, setting))
    alone = judged(drawing, import_sources([path]))
    path.write_bytes(report(drawing.filing, setting, Layer()))
    imported = import_sources([path])
    found = judged(drawing, imported)
    assert (found.silent, found.right >= alone.right - 14) == ([], True)
    texts = ["".join(own) for own in imported.filing.narrative.values()]
    assert texts == ["".join(own) for own in drawing.narrative.values()]


def set_at(*words):
    """Return the characters of words, each with where it begins."""
    return [Sign(sign, x + 10 * at, x + 10 * at + 10, 0, 10, 10) for x, word in words for at, sign in enumerate(word)]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ([(0, "新增，接待"), (80, "56"), (110, "人次。")], "新增，接待56人次。"),
        ([(0, "新增，结转"), (80, "56")], "新增，结转56"),
        ([(0, "信息内容"), (80, "56"), (110, "件")], "信息内容 56件"),
        ([(0, "公开（，其他）"), (100, "56"), (110, "人")], "公开（，其他） 56人"),
        ([(0, "办结，其他"), (80, "56"), (140, "73")], "办结，其他 56 73"),
    ],
)
def test_a_blank_before_a_number_is_typed_but_in_a_sentence(words, shown):
    """Labels with their numbers behind them keep it, with a comma in brackets as well."""
    assert text_of(set_at(*words)) == shown
