"""The fingerprint of what was filed: one code for all numbers and sentences, and a short one for each part.

Two filings have the same fingerprint when they say the same: the same edition, year, unit and signature, the same number in
every cell, the same characters in every part of the text. How a paragraph is broken or set, whether a number stands as
a field, and everything that is no part of the report (reasons, notes, last year) makes no difference, so that a
workbook, its JSON and every report made from it agree.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.form.fields import expand, number_text
from gk_xl.form.load import base_id
from gk_xl.form.patterns import regex
from gk_xl.form.schema import PREAMBLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import Value

WHOLE, SHORT = 32, 8  # hexadecimal digits: 128 bits for the whole, 32 to tell which part differs
HEAD = ("封面", "标题、落款")
_CODE = regex(r"(?i)[0-9a-f]{4}(?:[\s-]?[0-9a-f]{4}){7}")


class Part(NamedTuple):
    """A part of the report: the sheet that holds it, what a sentence calls it, its short code."""

    sheet: str
    label: str
    code: str


class Fingerprint(NamedTuple):
    """The code of the whole, in groups of four, and those of its parts in the order of the report."""

    whole: str
    parts: tuple[Part, ...]


def fingerprint(filing: Filing) -> Fingerprint:
    """Return the fingerprint of a filing."""
    parts, whole = [], hashlib.sha256()
    for sheet, label, text in _texts(expand(filing)):
        data = f"{label}\n{text}\n".encode()
        whole.update(hashlib.sha256(data).digest())
        parts.append(Part(sheet, label, hashlib.sha256(data).hexdigest()[:SHORT].upper()))
    return Fingerprint(grouped(whole.hexdigest()[:WHOLE]), tuple(parts))


def grouped(code: str) -> str:
    """Return a code as it is printed: capitals, in groups of four."""
    digits = code.upper()
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def typed_code(text: str) -> str:
    """Return a code that a person typed from paper as it is printed; empty when the text is none."""
    plain = "".join(text.split()).replace("－", "-").replace("—", "-")
    return grouped(plain.replace("-", "")) if _CODE.fullmatch(plain) else ""


def parts_text(found: Fingerprint) -> str:
    """Return the short codes of the parts as 报送单 prints them, a line each."""
    return "\n".join(f"{part.label} {part.code}" for part in found.parts)


def read_parts(text: str) -> dict[str, str]:
    """Return the short codes of printed parts by their labels."""
    lines = (line.strip().rpartition(" ") for line in text.splitlines())
    return {label.strip(): code for label, _, code in lines if label and len(code) == SHORT}


def different(found: Fingerprint, printed: Mapping[str, str]) -> tuple[str, ...]:
    """Return the labels of the parts that say something else than those whose short codes are printed."""
    return tuple(part.label for part in found.parts if printed.get(part.label, part.code) != part.code)


def _texts(filing: Filing) -> Iterator[tuple[str, str, str]]:
    """Yield every part of the report as a text: sheet, label, what it says."""
    form = filing.form
    head = (base_id(filing.edition), form.title(filing.unit.name, filing.year), filing.signed.name, filing.signed.date)
    yield (*HEAD, "\n".join(map(_close, head)))
    for section in form.printed:
        if section.table:
            cells = form.table(section.table).cells
            yield section.tab, section.tab, "\n".join(f"{cell.id}={_number(filing.value(cell.id))}" for cell in cells)
            continue
        if section.narrative == "overview":
            yield section.tab, PREAMBLE, _close("".join(filing.paragraphs("preamble")))
        yield section.tab, section.tab, _close("".join(filing.paragraphs(section.narrative)))


def _number(value: Value) -> str:
    """Return a cell's value so that 3, 3.0 and 0.1 + 0.2 read alike; nothing for a blank."""
    return "" if value is None else _close(value) if isinstance(value, str) else number_text(value)


def _close(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())
