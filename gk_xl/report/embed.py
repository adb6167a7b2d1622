"""What a Word report of ours carries besides its page: a custom XML part, which Word and LibreOffice keep untouched.

The report will be published, so the part holds nothing that is not meant for everybody: the numbers and settings of the
filing, what each content control is and showed, and of words only how many paragraphs there were and a digest of them.
That is enough to bring numbers up to date and to read the file again exactly: text is read from the page. Contact and
reasons are left out, and a paragraph that somebody deletes in Word is gone. The part also says which control holds which
number: LibreOffice before 7.5 keeps a control's name but drops its tag.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from gk_xl.form.filing import Filing
from gk_xl.form.load import NARRATIVE
from gk_xl.report.model import build_report
from gk_xl.report.values import escape
from gk_xl.workbook.kinds import WORD_NAMESPACE
from gk_xl.workbook.namespaces import XML_HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gk_xl.report.model import Paragraph, Report

ITEM = "customXml/item1.xml"
PROPERTIES = "customXml/itemProps1.xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_OWN = f"{{{WORD_NAMESPACE}}}"
_NUMBER = re.compile(r"-?\d+(\.\d+)?|")
_DIGEST_MARK = "#"


class Words(NamedTuple):
    """A part of the narrative as it was printed: how many paragraphs, and a digest of them with their fields named."""

    paragraphs: int
    digest: str


@dataclass(frozen=True)
class Carried:
    """What the file carries. ``filing`` is without words; ``shown`` maps a control's name to identifier and text.

    A text that is no number stands in ``shown`` as its digest: compare with :func:`reads_as`.
    """

    filing: Filing
    words: Mapping[str, Words]
    shown: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, filing: Filing, report: Report, controls: Mapping[str, tuple[str, str]]) -> Carried:
        """Return what the report of a filing carries; ``controls`` are the places on its page."""
        return cls(publishable(filing), printed_words(report), _without_words(filing, controls))

    @classmethod
    def read(cls, own: Any, source: str) -> Carried:
        """Return what the root of the part says; ValueError, KeyError, TypeError or FormError when it is damaged."""
        filing = Filing.from_json(json.loads(_member(own, "json")), source)
        raw = json.loads(_member(own, "controls"))
        shown = {str(name): (str(tag), str(text)) for name, (tag, text) in raw.items()}
        if own.get("version") == "1":  # files of earlier versions hold the words themselves
            if not all(isinstance(texts, list) for texts in json.loads(_member(own, "printed")).values()):
                raise TypeError("printed")
            return cls.of(filing, build_report(filing), shown)
        printed = {
            part: Words(int(count), str(text)) for part, (count, text) in json.loads(_member(own, "words")).items()
        }
        return cls(filing, {part: printed[part] for part in NARRATIVE}, shown)

    def updated(self, filing: Filing, wanted: Mapping[str, tuple[str, str]]) -> Carried:
        """Return what the file carries once its numbers are those of ``filing``; its words are what they were."""
        new = _without_words(filing, {name: wanted[name] for name in self.shown if name in wanted})
        return Carried(publishable(filing), self.words, {**self.shown, **new})

    def xml(self) -> str:
        """Return the part."""
        data = self.filing.as_json()
        data["cells"] = {cell: value for cell, value in data["cells"].items() if value is not None}
        for empty in ("narrative", "waivers"):
            del data[empty]
        return (
            f'{XML_HEAD}<filing xmlns="{WORD_NAMESPACE}" version="2"><json>{_json(data)}</json>'
            f"<words>{_json(self.words)}</words><controls>{_json(self.shown)}</controls></filing>"
        )


def publishable(filing: Filing) -> Filing:
    """Return of a filing what a refresh and an exact reading need and everybody may know; words are read from the page.

    Each member is taken by name, so that what a filing comes to hold besides is not published unasked.
    """
    cells = {cell: None if isinstance(value, str) else value for cell, value in filing.cells.items()}
    return Filing(
        filing.edition,
        filing.year,
        filing.unit,
        cells,
        dict.fromkeys(NARRATIVE, ()),
        filing.signed,
        units=filing.units,
        deadline=filing.deadline,
        summed={unit: {} for unit in filing.summed},
    )


def printed_words(report: Report) -> Mapping[str, Words]:
    """Return what the narrative of a report was, part by part."""
    sections = {section.section.narrative: section.paragraphs for section in report.sections if not section.table}
    parts = {"preamble": report.preamble, **sections}
    return {part: words(map(_written, parts[part])) for part in NARRATIVE}


def words(paragraphs: Iterable[str]) -> Words:
    """Return count and digest of paragraphs as they are written, with the names of fields in place of their numbers."""
    texts = list(paragraphs)
    return Words(len(texts), _digest("\n".join(texts)))


def reads_as(text: str, shown: str) -> bool:
    """Return whether a text found on the page is what stood there when the file was written."""
    return shown in (text, _DIGEST_MARK + _digest(text))


def is_text(shown: str) -> bool:
    """Return whether what stood somewhere was no number, so that only its digest is known."""
    return shown.startswith(_DIGEST_MARK)


def told(shown: str) -> str:
    """Return how a message tells what stood somewhere."""
    return "一段文字" if is_text(shown) else f"“{shown}”"


def properties() -> str:
    """Return the part that names the custom XML part's schema."""
    return (
        f'{XML_HEAD}<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{{6F0B0C52-6E5A-4E0B-9A43-2A7C1F6D7E11}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{WORD_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def _written(paragraph: Paragraph) -> str:
    return "".join(f"{{{run.label}}}" if run.tag else run.text for run in paragraph.runs)


def _without_words(filing: Filing, controls: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return what stands at each place, with a digest for what is no number or was not typed as one."""
    return {
        name: (tag, _DIGEST_MARK + _digest(text))
        if isinstance(filing.value(tag), str) or not _NUMBER.fullmatch(text)
        else (tag, text)
        for name, (tag, text) in controls.items()
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _member(own: Any, name: str) -> str:
    item = own.find(f"{_OWN}{name}")
    if item is None:
        raise KeyError(name)
    return item.text or ""


def _json(data: object) -> str:
    """Return data as JSON in ASCII: whatever a clerk's settings hold, the part stays readable XML."""
    return escape(json.dumps(data, ensure_ascii=True, separators=(",", ":")))
