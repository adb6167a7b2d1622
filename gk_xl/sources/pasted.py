"""What was copied in Word or a browser and lies on the clipboard → an import: a table, several, or a whole report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.errors import SourceError
from gk_xl.sources.beside import row_labels
from gk_xl.sources.formats import html
from gk_xl.sources.labels import bare, fold
from gk_xl.sources.text import import_document
from gk_xl.sources.values import entered

if TYPE_CHECKING:
    from gk_xl.sources.model import Imported

NAME: Final = "剪贴板里的内容"
_AGAIN: Final = (
    "请在 Word、WPS 或网页里连表头一起选中整张表复制，再点“导入报告”；要从文件导入的，问“用它来填吗”时选“否”，再选文件"
)
_BEGINNING: Final = re.compile(rb"<(?:!doctype|html|head|body|meta|table|div|p)\b", re.IGNORECASE)


def import_pasted(data: bytes, year: int | None = None) -> Imported:
    """Return what HTML from the clipboard holds of the form of a year; Windows puts a header before it (CF_HTML).

    SourceError where there is nothing of the form in it.
    """
    from dataclasses import replace

    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[1:2] == b"\x00":
        data = data.decode("utf-16", "replace").encode("utf-8")
    begin = _BEGINNING.search(data)
    if begin is None:
        raise SourceError(f"{NAME}不是从 Word、WPS 或网页复制的表格；{_AGAIN}。")
    document = html.read(data[begin.start() :].rstrip(b"\x00"), NAME)
    try:
        imported = import_document(document, NAME, year)
    except SourceError:
        rows = [box.text for grid in document.grids for box in grid.boxes if fold(box.text) in row_labels()]
        if rows:
            raise SourceError(
                f"{NAME}只是表格里的几行（“{bare(rows[0])}”），没有表头，不知道各数是哪一列的；{_AGAIN}。"
            ) from None
        if any(True for _ in document.grids):
            raise SourceError(f"{NAME}是别的表格，没有认出年度报告的标签；{_AGAIN}。") from None
        raise SourceError(f"{NAME}只有文字，没有年度报告的表格；{_AGAIN}。") from None
    return replace(imported, filing=entered(imported.filing))
