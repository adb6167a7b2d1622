"""What a file is by its first bytes and, for a package, by its members: cheap signs, before anything is parsed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.workbook.kinds import DAMAGED, OLE, PDF

if TYPE_CHECKING:
    from collections.abc import Callable

LOCKED: Final = "locked"
_STREAMS: Final = {
    "EncryptedPackage": LOCKED,
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "MatOST": "wps",
}
"""Names of streams in an OLE file → how such files end."""
_MIMES: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
OFD: Final = "OFD.xml"
"""The member by which GB/T 33190 tells its packages."""


class Other(NamedTuple):
    """A kind of file that is no text: what a message calls it; where it cannot be read, why not, and what to do."""

    label: str
    instead: str = "不能导入；请打开后另存为 .docx 或 .pdf 再导入"


_ARCHIVE: Final = Other("压缩文件", "不能直接导入；请先解压，再导入里面的年度报告")
_PICTURE: Final = Other("图片", "读不出文字和表格；请找原来的 Word 文件或网页，或照着录入")
_OFD: Final = Other(
    "版式文件（OFD）",
    "还不能直接读；请用 WPS 或 OFD 阅读器打开，另存为 .pdf，或把全文复制到 Word 文档里另存为 .docx 再导入",
)
_OTHERS: Final = {
    b"PK\x03\x04": _ARCHIVE,
    b"%PDF": Other(PDF.label),
    OLE: Other(
        "旧版 Word 或 Excel 文件", "但不完整，或是别的程序的文件，读不出；请用 Word 或 WPS 打开，另存为 .docx 再导入"
    ),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"{\\rtf": Other("RTF 文件"),
    b"[InternetShortcut]": Other("网页的快捷方式", "里面没有网页；请双击它，在浏览器里打开后另存为网页再导入"),
    b"bplist00": Other("网页归档（Safari）", "读不了；请在浏览器里打开它，另存为网页（.html）或 .pdf 再导入"),
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
}
"""First bytes → what such a file is."""

_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|h[1-6])\b", re.IGNORECASE)
_MAIL: Final = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_PAGE_IN_MAIL: Final = re.compile(
    rb"(?:^|\n)content-type:\s*(?:multipart/related|multipart/alternative|text/html)", re.IGNORECASE
)
_START: Final = 4096


def members(data: bytes) -> frozenset[str]:
    """Return the names of a package's members; none for what is no package, or a damaged one."""
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except DAMAGED:
        return frozenset()


def first_member(data: bytes, name: str) -> bytes:
    """Return the beginning of a package's member, at most 200 bytes; nothing where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(name) as member:
            return member.read(200)
    except (KeyError, *DAMAGED):
        return b""


def is_package_of(folder: str) -> Callable[[bytes], bool]:
    """Return how a package is recognised that has its parts in this folder."""
    return lambda data: any(member.startswith(folder) for member in members(data))


def start_of(data: bytes) -> bytes:
    """Return how a text begins, in ASCII where it is UTF-16."""
    start = data[: 4 * _START]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "ignore").encode("ascii", "ignore")[:_START]
    return start.removeprefix(b"\xef\xbb\xbf")[:_START]


def is_html(data: bytes) -> bool:
    """Return whether something is a web page: its first element is one of HTML's."""
    start = start_of(data).lstrip()
    if start.startswith((b"<?xml", b"<!--")):
        return _HTML.search(start) is not None
    return _HTML.match(start) is not None


def is_mhtml(data: bytes) -> bool:
    """Return whether something is a page in a single file: lines as of a mail, with a page as what it holds."""
    start = data.removeprefix(b"\xef\xbb\xbf")[:_START]
    return _MAIL.match(start) is not None and _PAGE_IN_MAIL.search(start) is not None


def is_pdf(data: bytes) -> bool:
    """Return whether something is a PDF: its mark stands within the first kilobyte."""
    return b"%PDF-" in data[:1024]


def office_kind(data: bytes) -> str:
    """Return how a file usually ends that only an office program reads; "locked" for one with a password, else ""."""
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(OLE):
        return next((kind for stream, kind in _STREAMS.items() if stream.encode("utf-16-le") + bytes(2) in data), "")
    if "mimetype" in members(data):
        return _MIMES.get(first_member(data, "mimetype").strip(), "")
    return ""


def is_office(data: bytes) -> bool:
    """Return whether something is a file of Word or Excel 97, WPS, RTF or OpenDocument, or has a password."""
    return office_kind(data) != ""


def is_text(data: bytes) -> bool:
    """Return whether something may be a text: it begins like no other kind of file."""
    return other_kind(data) is None


def other_kind(data: bytes) -> Other | None:
    """Return what a file is that begins like this; None for a text."""
    if OFD in members(data):
        return _OFD
    return next((kind for sign, kind in _OTHERS.items() if data.startswith(sign) and not _is_bare(data, sign)), None)


def _is_bare(data: bytes, sign: bytes) -> bool:
    """Return whether a text merely begins with the letters of a sign: BM is two letters of many."""
    return sign == b"BM" and b"\x00" not in data[:64]


def is_json(data: bytes) -> bool:
    """Return whether a text is JSON by its first character: no report begins with a brace."""
    return start_of(data).lstrip()[:1] in (b"{", b"[") and b'"' in data
