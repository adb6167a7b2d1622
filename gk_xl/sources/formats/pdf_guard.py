"""PDF files that would unfold without end are refused before anything is laid out: small files, huge streams, forms in forms."""

from __future__ import annotations

import re
import zlib
from typing import Any, Final

from gk_xl.errors import SourceError

LARGEST_STREAM: Final = 64 * 1024 * 1024
LARGEST_IN_ALL: Final = 256 * 1024 * 1024
"""Bytes unpacked, pictures aside; the largest things in a report are the fonts in it, of some 20 MB."""
LARGEST_PAGE: Final = 3 * 1024 * 1024
"""Bytes of a page's instructions, forms counted as often as they are drawn; a page of a report has some 100 KB."""
DEEPEST: Final = 12
LAYERS: Final = 4
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_DRAWN: Final = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")
_NESTED: Final = re.compile(rb"(?:(?:\[|<<)\s*){64}")
"""Lists in lists, which nobody draws with."""
_DICTIONARY: Final = 1000
"""Bytes before a stream in which it says what it is."""


def require_bounded_streams(data: bytes, name: str) -> None:
    """Raise SourceError where streams of a file unpack to far more than a report holds."""
    total = 0
    for match in _STREAM.finditer(data):
        said = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b"obj")[2]
        if b"/Image" in said:
            continue
        end = data.find(b"endstream", match.end())
        size = _unpacked(data[match.end() : end if end >= 0 else None])
        total += size
        if size > LARGEST_STREAM or total > LARGEST_IN_ALL:
            raise _swollen(name)


def _unpacked(packed: bytes) -> int:
    """Return how many bytes a deflated stream has, deflated several times as well; what is above the limit is not counted."""
    size = 0
    for _ in range(LAYERS):
        try:
            packed = zlib.decompressobj().decompress(packed, LARGEST_STREAM + 1)
        except zlib.error:
            break
        size = max(size, len(packed))
        if size > LARGEST_STREAM:
            break
    return size


def require_bounded_page(page: Any, name: str) -> None:
    """Raise SourceError where a page of pdfplumber's draws far more than a report's page does."""
    shown = page.page_obj
    if _Cost().of(list(shown.contents), shown.resources, 0) > LARGEST_PAGE:
        raise _swollen(name)


class _Cost:
    """How many bytes of instructions are carried out; forms are remembered by their numbers."""

    def __init__(self) -> None:
        self.known: dict[Any, int] = {}

    def of(self, contents: list[Any], resources: Any, depth: int) -> int:
        """Return the bytes of streams and of the forms that they draw."""
        from pdfminer.pdftypes import PDFStream, resolve1

        if depth > DEEPEST:
            return LARGEST_PAGE + 1
        streams = [found for item in contents if isinstance(found := resolve1(item), PDFStream)]
        forms = resolve1((resolve1(resources) or {}).get("XObject")) or {}
        total = 0
        for stream in streams:
            data = stream.get_data()
            total += len(data)
            if _NESTED.search(data):
                return LARGEST_PAGE + 1
            if total > LARGEST_PAGE:
                break
            for match in _DRAWN.finditer(data):
                total += self._form(forms.get(match[1].decode("latin-1")), resources, depth)
        return total

    def _form(self, reference: Any, resources: Any, depth: int) -> int:
        from pdfminer.pdftypes import PDFStream, resolve1

        form = resolve1(reference)
        if not isinstance(form, PDFStream) or getattr(form.get("Subtype"), "name", "") != "Form":
            return 0
        key = getattr(reference, "objid", id(form))
        if key not in self.known:
            self.known[key] = 0  # a form that draws itself is stopped by pdfminer's own depth
            self.known[key] = self.of([form], form.get("Resources") or resources, depth + 1)
        return self.known[key]


def _swollen(name: str) -> SourceError:
    return SourceError(
        f"{name} 展开后大得不正常，不像年度报告，为安全起见没有读；请核对文件来源，或找原来的 Word 文件或网页再导入。"
    )
