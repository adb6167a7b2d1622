"""The fonts of a PDF, whose tables of texts are believed but where the names of their glyphs say otherwise.

pdfTeX gives digits the table of the Chinese font that it read before (package CJK): they copy as 栲栰栲栱 from every viewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFSimpleFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name

from gk_xl.sources.formats.pdf_lines import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pdfminer.pdffont import PDFFont

_ASCII: Final = range(0x21, 0x7F)


class Fonts(PDFResourceManager):
    """Makes the fonts of a file."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return a font; one that names Latin glyphs by their codes and says that they are Chinese is read by the names."""
        font = super().get_font(objid, spec)
        if isinstance(font, PDFSimpleFont) and font.unicode_map:
            told = font.unicode_map.cid2unichr
            if any(is_cjk(told.get(code, " ")) for code in _named_by_their_codes(resolve1(spec.get("Encoding")))):
                font.unicode_map = None
        return font


def _named_by_their_codes(encoding: object) -> Iterator[int]:
    """Yield the codes for which an encoding of the font's own names the glyph of that code in ASCII."""
    code = 0
    for item in resolve1(encoding.get("Differences")) or () if isinstance(encoding, dict) else ():
        if isinstance(item, int):
            code = item
            continue
        try:
            named = name2unicode(literal_name(item)) == chr(code)
        except (KeyError, ValueError):
            named = False
        if named and code in _ASCII:
            yield code
        code += 1
