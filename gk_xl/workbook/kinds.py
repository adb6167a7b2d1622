"""What a file is, told from its content, and whether this tool wrote it."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from lzma import LZMAError
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Kind(NamedTuple):
    """A kind of file: what a sentence calls it, and how its name may end (the usual ending first)."""

    label: str
    suffixes: tuple[str, ...]


WORKBOOK = Kind("Excel 工作簿", (".xlsx",))
WORD = Kind("Word 文档", (".docx",))
PAGE = Kind("网页", (".html", ".htm"))
PDF = Kind("PDF 文件", (".pdf",))
DATA = Kind("填报数据（JSON）", (".json",))
ADD_IN = Kind("Excel 加载宏", (".xlam",))
EXTENSION = Kind("LibreOffice 扩展", (".oxt",))
TABLE = Kind("Parquet 表", (".parquet",))

OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
"""How a compound file begins ([MS-CFB]): Word and Excel until 2003, what has a password, a VBA project."""
GENERATOR = "gk_xl"
"""How files of ours that have no cells or controls to be known by name what made them."""
WORD_NAMESPACE = "urn:gk_xl:filing"
"""Namespace of the part of a Word report that holds its filing."""
TABLE_MARK: Final = (GENERATOR.encode(), b"desk tables")
"""Name and value in the footer of a Parquet table of ours."""
PRODUCT_META = f'<meta name="{GENERATOR}" content="summary">'
"""In the head of a page that was made of filings, beside the generator: it is no filing itself."""
_PDF_MARK = GENERATOR.encode("utf-16-be").hex().upper().encode()
_GENERATOR_META = f'<meta name="generator" content="{GENERATOR}">'.encode()
_MADE_BY = re.compile(
    rb"<Application>%(name)s</Application>|<dc:creator[^>]*>%(name)s</dc:creator>" % {b"name": GENERATOR.encode()}
)
_LONGEST_PART = 4 * 1024 * 1024
DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    NotImplementedError,
)
"""What opening a zip package, or reading a part of it, ends in when it is damaged, encrypted or packed in an unknown way."""


def kind_of(data: bytes) -> Kind | None:
    """Return what some content is; None for what this tool never writes, a damaged file among it."""
    if data.startswith(b"PK"):
        return _package(data)
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PAR1"):
        return TABLE
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return PAGE
    return DATA if start.startswith((b"{", b"[")) else None


def is_ours(data: bytes) -> bool:
    """Return whether this tool wrote a file, so that a new version of it may take its place."""
    kind = kind_of(data)
    if kind in (WORKBOOK, WORD):
        return _bears_our_mark(data)
    if kind is PAGE:
        return _GENERATOR_META in data[:4000]
    if kind is PDF:
        return data.count(b"%%EOF") == 1 and _PDF_MARK in data  # what was signed or noted in it since is appended
    if kind is TABLE:
        return all(part in data[-_LONGEST_PART:] for part in TABLE_MARK)
    return kind is DATA and _is_filing(data)


def is_ours_workbook(data: bytes) -> bool:
    """Return whether some content is a workbook with our names, whatever its file is called."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return b"gk_xl.schema" in _small(package, "xl/workbook.xml")
    except (*DAMAGED, KeyError):
        return False


def carries_filing(data: bytes) -> bool:
    """Return whether a Word file of ours holds the filing that it was written from; one for the public does not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name for name in package.namelist() if name.startswith("customXml/")]
            return any(WORD_NAMESPACE.encode() in _small(package, name) for name in names)
    except (*DAMAGED, KeyError):
        return False


def is_product(source: Path | bytes) -> bool:
    """Return whether a file, or its content, was made by this tool of filings (a summary, a slip) and holds none itself."""
    if isinstance(source, bytes) and source.startswith(b"<"):
        return PRODUCT_META.encode() in source[:4000]
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" in names and b"gk_xl.schema" in _small(package, "xl/workbook.xml"):
                return False
            if any(WORD_NAMESPACE.encode() in _small(package, name) for name in names if name.startswith("customXml/")):
                return False
            # A report for the public names its unit as its author, what is made of filings names this tool.
            told = ("docProps/core.xml", "docProps/app.xml") if "xl/workbook.xml" in names else ("docProps/core.xml",)
            return any(_MADE_BY.search(_small(package, name)) for name in told if name in names)
    except (*DAMAGED, KeyError):
        return False


def _small(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part; nothing of one that is too large to be of ours."""
    return package.read(name) if package.getinfo(name).file_size <= _LONGEST_PART else b""


def _package(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except DAMAGED:
        return None
    if "word/document.xml" in names:
        return WORD
    if "xl/workbook.xml" in names:
        return ADD_IN if "xl/vbaProject.bin" in names else WORKBOOK
    return EXTENSION if "description.xml" in names else None


def _bears_our_mark(data: bytes) -> bool:
    """Return whether a workbook has our names, a Word file our part, or either says that we made it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                name = info.filename
                if info.file_size > _LONGEST_PART:
                    continue
                if name == "xl/workbook.xml" and b"gk_xl.schema" in package.read(info):
                    return True
                if name.startswith("customXml/") and WORD_NAMESPACE.encode() in package.read(info):
                    return True
                if name.startswith("docProps/") and _MADE_BY.search(package.read(info)):
                    return True
    except DAMAGED:
        return False
    return False


def _is_filing(data: bytes) -> bool:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    if not isinstance(found, dict):
        return False
    return found.get("generator") == GENERATOR or ("cells" in found and ("edition" in found or "year" in found))
