"""The filing inside its own Word file: a custom XML part, which Word and LibreOffice carry along untouched.

It makes re-import exact (text as typed, settings, waivers) and is what a refresh compares the edited document with.
It also says which content control holds which number: LibreOffice before 7.5 keeps a control's name but drops its tag.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from gk_xl.report.values import escape
from gk_xl.report.wordfile import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.filing import Filing
    from gk_xl.report.model import Report

ITEM = "customXml/item1.xml"
PROPERTIES = "customXml/itemProps1.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def embedded(filing: Filing, report: Report, controls: Mapping[str, tuple[str, str]]) -> str:
    """Return the part that holds the filing as JSON and what was printed of it.

    The contact is left out: the report will be published, and 封面 promises that it is not part of it.

    ``printed`` are the paragraphs of each part of the narrative; ``controls`` maps the name of each content control to
    the identifier and the text that it bore.
    """
    sections = {section.section.narrative: section.paragraphs for section in report.sections if not section.table}
    printed = {
        part: [paragraph.text for paragraph in paragraphs]
        for part, paragraphs in {"preamble": report.preamble, **sections}.items()
    }
    return (
        f'{_HEAD}<filing xmlns="{NAMESPACE}" version="1"><json>{_json(replace(filing, contact="").as_json())}</json>'
        f"<printed>{_json(printed)}</printed><controls>{_json(controls)}</controls></filing>"
    )


def properties() -> str:
    """Return the part that names the custom XML part's schema."""
    return (
        f'{_HEAD}<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{{6F0B0C52-6E5A-4E0B-9A43-2A7C1F6D7E11}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def _json(data: object) -> str:
    """Return data as JSON in ASCII: whatever a clerk's text holds, the part stays readable XML."""
    return escape(json.dumps(data, ensure_ascii=True, separators=(",", ":")))
