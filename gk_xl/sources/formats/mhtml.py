"""A web page saved as a single file (.mht, or .doc as many offices' systems call it) → a document: the page in it."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from gk_xl.errors import SourceError
from gk_xl.sources.formats import html

if TYPE_CHECKING:
    from email.message import Message

    from gk_xl.sources.document import Document

MOST_PARTS: Final = 500


def read(data: bytes, name: str) -> Document:
    """Return what the first page in the file holds."""
    message = BytesParser(policy=policy.compat32).parsebytes(data.removeprefix(b"\xef\xbb\xbf"))
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            break
        if part.get_content_type() != "text/html":
            continue
        page = part.get_payload(decode=True)
        if isinstance(page, bytes) and page.strip():
            charset = part.get_content_charset()
            declared = f'<meta charset="{charset}">'.encode() if charset and charset.replace("-", "").isalnum() else b""
            return html.read(declared + page, name, _sheets(message, part).get)
    raise SourceError(f"{name} 是单个文件的网页，里面没有网页内容；请在浏览器或 Word 里打开核对，另存为 .docx 再导入。")


def _sheets(message: Message, page: Message) -> dict[str, bytes]:
    """Return the style sheets in the file by all addresses that the page may know them by."""
    found: dict[str, bytes] = {}
    base = page.get("Content-Location") or ""
    for part in message.walk():
        if part.get_content_type() != "text/css":
            continue
        sheet, address = part.get_payload(decode=True), part.get("Content-Location") or ""
        if isinstance(sheet, bytes):
            found |= dict.fromkeys(filter(None, (address, urljoin(base, address), *_relative(base, address))), sheet)
            found[f"cid:{(part.get('Content-ID') or '').strip('<>')}"] = sheet
    return found


def _relative(base: str, address: str) -> list[str]:
    """Return an address as a page at ``base`` may write it."""
    folder = base.rpartition("/")[0] + "/"
    rest = address.removeprefix(folder) if address.startswith(folder) else ""
    path = urlsplit(address).path
    return [rest, f"./{rest}", path] if rest else [path]
