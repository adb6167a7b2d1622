"""What is readable, but no annual report, or one whose tables are not there: recognised, and refused in one sentence.

What of a report nobody can read is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.errors import SourceError
from gk_xl.form.load import edition_in_force
from gk_xl.sources.document import UNREADABLE, Grid
from gk_xl.sources.formats.encoding import is_mojibake
from gk_xl.sources.identity import is_title
from gk_xl.sources.sections import heading_score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.sources.document import Document, Spot
    from gk_xl.sources.model import Imported

HEAD: Final = 40
"""So many blocks from the beginning may say what a file is."""
LONGEST: Final = 60
SURE: Final = 0.6
MOST_PLACES: Final = 5
KINDS: Final = (
    (re.compile(r"政府网站工作年度报表|网站年度(?:工作)?报表|独立用户访问总量"), "政府网站工作年度报表"),
    (
        re.compile(r"(?:部门|单位|财政)?(?:预|决)算(?:信息)?公开|(?:部门|单位)(?:预|决)算|预算说明|三公.{0,2}经费"),
        "预算、决算公开的材料",
    ),
    (re.compile(r"法治政府建设.{0,12}报告"), "法治政府建设报告"),
    (re.compile(r"政府信息公开(?:指南|目录|制度)$"), "政府信息公开指南或目录"),
    (re.compile(r"^\S{0,20}政府工作报告$"), "政府工作报告"),
)
"""What else offices publish: how its title or its table says so → what a message calls it."""


def require_report(document: Document, name: str) -> None:
    """Raise SourceError for a document of another kind, and for one that was spoilt by a wrong encoding."""
    texts = list(_head(document))
    if any(is_title(text) for text in texts):
        return
    headings = sum(heading_score(text, edition_in_force()) >= SURE for text in _texts(document))
    if headings < 4:
        for pattern, label in KINDS:
            if any(pattern.search("".join(text.split())) for text in texts):
                raise SourceError(f"{name} 像是{label}，不是政府信息公开工作年度报告；请换成年度报告的文件再导入。")
    if not headings and is_mojibake("\n".join(_texts(document))):
        raise SourceError(f"{name} 里的文字是乱码（存的时候编码不对）；请打开原件重新另存，选 UTF-8 编码，再导入。")


def illegible(document: Document) -> list[str]:
    """Return what is told of characters that nobody can read: the bytes or the fonts of the file do not say which they are."""
    places = [
        f"第{spot.line}行" if document.by_line else f"{spot}" for text, spot in _spotted(document) if UNREADABLE in text
    ]
    if not places:
        return []
    shown = "、".join(places[:MOST_PLACES]) + ("等处" if len(places) > MOST_PLACES else "")
    return [f"{shown}有字读不出（字节损坏，或字体没有文字对照），显示为“{UNREADABLE}”；请对照原件改正。"]


def require_tables(document: Document, imported: Imported, name: str) -> None:
    """Raise SourceError where none of a page's or a Word file's tables came: not loaded, or pictures in their place."""
    if imported.placed or document.by_line:
        return
    drawn = "；表格" if any(True for _ in document.grids) else "，一个表格也没有；表格"
    raise SourceError(
        f"{name} 里没有读到年度报告的三张表{drawn}可能是图片，或网页没有加载完就存了；"
        "请在浏览器里等表格显示出来再另存，是图片的照着录入，或换成 Word 文件再导入。"
    )


def _head(document: Document) -> Iterator[str]:
    yield document.meta.title
    for text in list(_texts(document))[:HEAD]:
        if len(text) <= LONGEST:
            yield text


def _texts(document: Document) -> Iterator[str]:
    """Yield the texts of a document, a table's cells one by one."""
    return (shown for text, _ in _spotted(document) if (shown := text.strip()))


def _spotted(document: Document) -> Iterator[tuple[str, Spot]]:
    """Yield these texts with where they stand."""
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from ((box.text, block.spot_of(box)) for box in block.boxes)
        else:
            yield block.text, block.spot
