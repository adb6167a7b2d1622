"""A web page → a document: the article without the site around it, its tables as grids.

Browsers show text by blocks: what stands between two of them is one paragraph, however many spans it is split into.
The article is the smallest element that holds the headings of the six sections and the tables of the form.
"""

from __future__ import annotations

import codecs
import itertools
import re
from typing import TYPE_CHECKING, Any, Final

from gk_xl.errors import SourceError
from gk_xl.sources.document import LEFT_OUT, Document, Meta, Paragraph, Spot
from gk_xl.sources.formats.article import article_of, marks_of
from gk_xl.sources.formats.encoding import is_text
from gk_xl.sources.formats.html_blocks import Flow
from gk_xl.sources.formats.html_drawn import draw
from gk_xl.sources.formats.html_looks import is_hidden
from gk_xl.sources.formats.html_panels import panels_of
from gk_xl.sources.formats.html_sheets import beside, dress
from gk_xl.sources.formats.scripted import carried
from gk_xl.workbook.kinds import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.sources.formats.html_blocks import Placed
    from gk_xl.sources.formats.html_sheets import Fetch

LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a page; a report with all the markup of Word in it has 1 MB."""
ENOUGH: Final = 3
"""Headings and tables of the form that a report has at least."""
MOST_CARRIED: Final = 5
_CARRIED: Final = "正文不在网页里，是从网页脚本的数据里取出来的；请与网页上看到的核对。"
_UNSEEN: Final = "正文在网页里是隐藏的，要由脚本显示出来，已照样读入；请与网页上看到的核对。"
_CLICKED: Final = "正文分在几个要点开的标签页里，没有点开的也已读入；请与网页上看到的核对。"
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_TITLES: Final = ("ArticleTitle", "title", "ucaptitle", "og:title", "DC.Title")
_UNITS: Final = ("ContentSource", "source", "author", "发布机构", "DC.Creator")
_DATES: Final = ("PubDate", "publishdate", "og:release_date", "createDate", "DC.Date")


def read(data: bytes, name: str, fetch: Fetch | None = None) -> Document:
    """Return what a web page holds; its style sheets are those that ``fetch`` gives, by themselves those beside it."""
    if len(data) > LARGEST:
        raise SourceError(
            f"{name} 有 {len(data) / 1048576:.0f} MB，不像一份报告的网页；请在浏览器里打开，只把正文复制到 Word 后再导入。"
        )
    fetch = fetch or beside(name)
    root = _seen(parsed(decoded(data), name), fetch)
    blocks = (flow := Flow(root)).blocks()
    panels = panels_of(root, blocks, lambda panel: Flow(panel, hidden=True).blocks())
    if panels.headings:
        blocks = (flow := Flow(root, panels=panels)).blocks()
    told, remark = _carried(root, name, fetch) if marks_of(blocks) < ENOUGH else None, _CARRIED
    if told is None and marks_of(blocks) < ENOUGH <= marks_of(shown := Flow(root, hidden=True).blocks()):
        told, remark = shown, _UNSEEN
    clicked = [_CLICKED] if any(map(is_hidden, panels.headings)) else []
    remarks = (*([LEFT_OUT] if flow.struck else []), *clicked, *([] if told is None else [remark]))
    return Document(_numbered(article_of(told or blocks)), PAGE.label, meta=_meta(root), remarks=remarks)


def _seen(root: Any, fetch: Fetch, *pages: Any) -> Any:
    """Return a page as its style sheets show it."""
    dress(root, fetch, *pages)
    draw(root)
    return root


def _carried(root: Any, name: str, fetch: Fetch) -> list[Placed] | None:
    """Return the blocks of a report that the page's script was to show; None where there is none."""
    for text in itertools.islice(carried(root), MOST_CARRIED):
        blocks = Flow(_seen(parsed(text, name), fetch, root)).blocks()
        if marks_of(blocks) >= ENOUGH:
            return blocks
    return None


def decoded(data: bytes) -> str:
    """Return a page's text: by its byte order mark, as UTF-8 where it is, else as it declares, else as GB18030."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    declared = [match.decode("ascii").lower() for match in _CHARSET.findall(data[:4096])[:1]]
    names = ["gb18030" if name.startswith("gb") else name for name in declared]
    for encoding in ("utf-8-sig", *names, "gb18030"):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding == "utf-8-sig" or is_text(text):
            return text
    # A few spoilt bytes in a page of a known encoding are shown as such, as browsers do.
    tried = [data.decode(name, "replace") for name in ("utf-8", "gb18030")]
    return min(tried, key=lambda text: text.count("\ufffd"))


def parsed(text: str, name: str) -> Any:
    """Return the root of a page's elements; SourceError, naming the file, where there are none."""
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text).replace("\x00", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise SourceError(f"{name} 里没有读得出的网页内容；请在浏览器里打开核对，另存后再导入。") from None
    return root


def _meta(root: Any) -> Meta:
    """Return what the page's head says of the article."""
    said: dict[str, str] = {}
    for item in root.iter("meta"):
        key, value = item.get("name") or item.get("property") or "", (item.get("content") or "").strip()
        if key and value:
            said.setdefault(key.lower(), value)
    shown = next((" ".join((item.text or "").split()) for item in root.iter("title")), "")

    def first(names: tuple[str, ...]) -> str:
        return next((said[name.lower()] for name in names if name.lower() in said), "")

    return Meta(first(_TITLES) or shown, first(_UNITS), first(_DATES))


def _numbered(blocks: list[Any]) -> tuple[Any, ...]:
    return tuple(_spotted(blocks))


def _spotted(blocks: list[Any]) -> Iterator[Any]:
    """Yield blocks with their numbers: paragraphs and tables are counted each by themselves."""
    from dataclasses import replace

    tables = 0
    for number, (block, _) in enumerate(blocks, 1):
        if isinstance(block, Paragraph):
            yield replace(block, spot=Spot(line=number))
        else:
            tables += 1
            yield replace(block, spot=Spot(line=number, table=tables))
