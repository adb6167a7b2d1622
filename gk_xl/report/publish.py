"""A Word report that somebody has edited → the file that may go on the web: the page as it is seen, and nothing besides.

Left out are the numbers the file carries for a refresh, content controls, comments, hidden text, names of authors, the
template's path, document variables. A tracked change that nobody accepted or rejected is a question, so it is refused.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any, Final

from gk_xl.errors import ReportError
from gk_xl.report.docx import created_on, properties_of
from gk_xl.report.model import build_report
from gk_xl.report.wordfile import BANNER, DOCUMENT, WordFile, blocks, text_of
from gk_xl.workbook.namespaces import W

_SHOWN: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_HIDDEN_PARTS: Final = re.compile(
    r"customXml/|docProps/(?!core\.xml|app\.xml)|word/(comments\w*|people|vbaProject|vbaData|glossary/)|word/_rels/settings\.xml\.rels"
)
_CHANGES: Final = {
    f"{W}{name}"
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "sectPrChange",
        "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange",
    )
}  # fmt: skip
_WRAPPERS: Final = {f"{W}sdt": f"{W}sdtContent", f"{W}customXml": "", f"{W}smartTag": ""}
_MARKS: Final = {
    f"{W}{name}"
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "permStart", "permEnd",
                 "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr")
}  # fmt: skip
_PRIVATE_SETTINGS: Final = ("attachedTemplate", "rsids", "docVars", "mailMerge", "saveThroughXslt", "trackRevisions")


def published(edited: bytes, source: str) -> bytes:
    """Return an edited report of ours without anything that is not seen.

    ReportError while tracked changes are open; FileError, with ``source`` as the file's name, for a file that is none of
    ours or is damaged.
    """
    file = WordFile(edited, source)
    list(file.slots())  # a table that cannot be read is not published
    pages = {
        name: file.document if name == DOCUMENT else file.parsed(name) for name in file.parts if _SHOWN.fullmatch(name)
    }
    changes = sum(item.tag in _CHANGES for root in pages.values() for item in root.iter())
    if changes:
        raise ReportError(
            f"{source} 里还有 {changes} 处没有接受或拒绝的修订。请在 Word 的“审阅”里处理完，保存后再导出公开稿。"
        )
    banner = next(
        (item for item in blocks(file.body) if item.tag == f"{W}p" and BANNER.fullmatch(text_of(item).strip())), None
    )
    if banner is not None:
        raise ReportError(
            f"{source} 首页还写着“{text_of(banner).strip()}”。请按“校验结果”改正、重新导出；已经改正的，在 Word 里删去这一行。"
        )
    for root in pages.values():
        _bare(root)
    settings = "word/settings.xml"
    if settings in file.parts:
        root = pages[settings] = file.parsed(settings)
        for name in _PRIVATE_SETTINGS:
            for item in root.findall(f"{W}{name}"):
                root.remove(item)
    gone = {name for name in file.parts if _HIDDEN_PARTS.match(name)}
    for name in [name for name in file.parts if name.endswith(".rels") and name not in gone]:
        pages[name] = _without(file.parsed(name), name, gone)
    pages["[Content_Types].xml"] = _without_types(file.parsed("[Content_Types].xml"), gone)
    filing = file.carried.filing
    for name, text in properties_of(build_report(filing), created_on(filing)).items():
        if name in file.parts:
            pages[name] = text.encode()
    return file.zipped(pages, gone)


def _bare(root: Any) -> None:
    """Take out of a page what is not seen of it."""
    for item in list(root.iter()):
        if item.tag in _WRAPPERS:
            _unwrap(item, _WRAPPERS[item.tag])
    for item in list(root.iter()):
        if (
            item.tag in _MARKS
            or (item.tag == f"{W}r" and _is_hidden(item))
            or (item.tag == f"{W}bookmarkStart" and item.get(f"{W}name", "").startswith("_GoBack"))
        ):
            _remove(item)
        else:
            for name in [
                name for name in item.attrib if name.startswith(f"{W}rsid") or name.endswith(("}paraId", "}textId"))
            ]:
                del item.attrib[name]


def _is_hidden(run: Any) -> bool:
    found = run.find(f"{W}rPr/{W}vanish")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _unwrap(item: Any, inner: str) -> None:
    """Put what a wrapper holds in its place."""
    home = item.find(inner) if inner else item
    for child in list(home if home is not None else ()):
        item.addprevious(child)
    _remove(item)


def _remove(item: Any) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def _without(root: Any, name: str, gone: set[str]) -> Any:
    """Return relationships without those to parts that are gone."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for item in list(root):
        target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
        if item.get("TargetMode") != "External" and target in gone:
            root.remove(item)
    return root


def _without_types(root: Any, gone: set[str]) -> Any:
    for item in list(root):
        if item.get("PartName", "").lstrip("/") in gone:
            root.remove(item)
    return root
