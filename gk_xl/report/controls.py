"""What stands at the places of a report that show something of the filing: the name, the identifier, the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.form.fields import fields
from gk_xl.report.fields import field_text
from gk_xl.report.model import build_report
from gk_xl.report.wordfile import SIGNATURE

if TYPE_CHECKING:
    from gk_xl.form.filing import Filing


def control_texts(filing: Filing) -> dict[str, tuple[str, str]]:
    """Return for every place of a report that shows something of the filing: its name → its identifier and text."""
    report = build_report(filing)
    texts = {field.name: (field.tag, field_text(field, filing)) for field in fields(filing.edition).values()}
    for section in report.sections:
        if section.table:
            for cell, label in section.table.labels.items():
                texts[label] = cell, section.table.texts[cell]
    for (tag, name), text in zip(SIGNATURE.values(), (report.signature, report.date), strict=True):
        texts[name] = tag, text
    return texts
