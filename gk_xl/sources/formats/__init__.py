"""Bytes → documents, one module a format. Which format a file has is told by its content, never by its name alone.

To add one: a module with ``read(data, name) -> Document`` (SourceError in one Chinese sentence for what it cannot read),
and one entry in :data:`FORMATS`, by which a file is recognised. Heavy libraries are imported inside ``read``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.sources.formats.signs import is_html, is_mhtml, is_office, is_package_of, is_pdf, is_text
from gk_xl.workbook.kinds import PAGE, PDF, WORD, WORKBOOK

if TYPE_CHECKING:
    from collections.abc import Callable

    from gk_xl.sources.document import Document


class Format(NamedTuple):
    """A kind of source: how a message calls it, how its files usually end, what its content looks like, who reads it."""

    id: str
    label: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]

    def read(self, data: bytes, name: str) -> Document:
        """Return what a file of this kind holds; ``name`` is how messages call it."""
        module = import_module(f"{__name__}.{self.id}")
        found: Document = module.read(data, name)
        return found


FORMATS: Final[list[Format]] = [
    Format("docx", *WORD, is_package_of("word/")),
    Format("xlsx", *WORKBOOK, is_package_of("xl/")),
    Format("pdf", *PDF, is_pdf),
    Format(
        "office",
        "旧版 Word、Excel 或 RTF、ODF 文件",
        (".doc", ".wps", ".rtf", ".odt", ".ods", ".xls", ".et"),
        is_office,
    ),
    Format("mhtml", "单个文件的网页", (".mht", ".mhtml"), is_mhtml),
    Format("html", *PAGE, is_html),
    Format("text", "纯文本", (".txt", ".md", ".csv"), is_text),
]
"""All formats, the most telling first; plain text, which anything may look like, last."""


def format_of(data: bytes) -> Format | None:
    """Return which format some content has; None for none that can be read."""
    return next((known for known in FORMATS if known.recognises(data)), None)


def suffixes() -> tuple[str, ...]:
    """Return how the files that can be read usually end."""
    return tuple(dict.fromkeys(suffix for known in FORMATS for suffix in known.suffixes))
