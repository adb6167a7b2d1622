"""Fonts whose table of texts is another font's."""

from __future__ import annotations

import pytest

pytest.importorskip("pdfplumber", reason="an extra; CI has it")

from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from gk_xl.sources.formats.pdf_fonts import Fonts


def font(names, told):
    """Return a font of Latin glyphs, its table as pdfTeX writes it."""
    table = "\n".join(f"<{code:02x}> <{ord(text):04x}>" for code, text in told.items())
    given = f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(told)} beginbfchar\n{table}\nendbfchar"
    spec = {"Subtype": LIT("Type1"), "BaseFont": LIT("F"), "ToUnicode": PDFStream({}, given.encode())}
    differences = [item for code, name in names.items() for item in (code, LIT(name))]
    return Fonts().get_font(None, spec | ({"Encoding": {"Differences": differences}} if names else {}))


def test_digits_with_the_table_of_a_chinese_font_are_digits():
    """PdfTeX's package CJK leaves it so; every viewer copies 丱丹 for 19."""
    found = font({0x31: "one", 0x39: "nine"}, {0x31: "丱", 0x39: "丹"})
    assert [found.to_unichr(code) for code in (0x31, 0x39)] == ["1", "9"]


@pytest.mark.parametrize("names", [{}, {0x31: "g21", 0x39: "g22"}])
def test_a_chinese_font_keeps_its_table(names):
    """Its glyphs have no names, or names that tell nothing."""
    found = font(names, {0x31: "丱", 0x39: "丹"})
    assert [found.to_unichr(code) for code in (0x31, 0x39)] == ["丱", "丹"]
