"""A PDF with text → a document: printed lines as paragraphs, ruled tables as grids, over all pages.

pdfplumber (the extra ``pdf``) gives characters and lines with their coordinates; what they make is found here.
"""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from gk_xl.errors import SourceError
from gk_xl.sources.document import Document, Meta
from gk_xl.sources.formats.pdf_bands import without_bands
from gk_xl.sources.formats.pdf_cells import are_clipped, are_cut, cells_of, rows_and_tables
from gk_xl.sources.formats.pdf_clipped import moved_together
from gk_xl.sources.formats.pdf_flow import Page, blocks_of, without_furniture
from gk_xl.sources.formats.pdf_guard import require_bounded_page, require_bounded_streams
from gk_xl.sources.formats.pdf_halves import HALVED, halves_of
from gk_xl.sources.formats.pdf_joined import Part, in_runs, joined_page
from gk_xl.sources.formats.pdf_lines import is_unknown, rows_of, segments, signs_of
from gk_xl.sources.formats.pdf_linked import links_of, side_by_side
from gk_xl.sources.formats.pdf_marks import with_marks
from gk_xl.sources.formats.pdf_order import arranged, places
from gk_xl.sources.formats.pdf_seen import Seen
from gk_xl.sources.formats.pdf_sheets import is_on, is_right, look, sheets_of, shown_of
from gk_xl.sources.formats.pdf_stacks import unstacked
from gk_xl.sources.formats.pdf_tables import Ruled, outside, ruled_tables
from gk_xl.sources.formats.pdf_unruled import unruled_pages
from gk_xl.sources.formats.pdf_wrapped import unwrapped
from gk_xl.workbook.kinds import PDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.sources.formats.pdf_lines import Sign
    from gk_xl.sources.formats.pdf_sheets import Look

MOST_PAGES: Final = 120
MOST_SIGNS: Final = 400_000
_STAYING: Final = 30_000
"""Up to so many characters a file stays parsed: where no lines are drawn it is asked again; a report has some ten thousand."""
_FEW_UNKNOWN: Final = 20
"""Of so many characters one may be of a font that does not say which it is."""
SIZE: Final = 10.0
_SMALL: Final = 8.0
"""Points of letters by which distances on a sheet are told; smaller ones are looked at through a glass."""
_SAVE_AS: Final = "请用 Word 或 WPS 打开原稿另存为 .docx 再导入"


def read(data: bytes, name: str) -> Document:
    """Return what a PDF holds; SourceError for one without text, encrypted, damaged, or with nothing on its pages."""
    try:
        import pdfplumber
    except ImportError:
        raise SourceError(
            f"{name} 是 PDF 文件，这台电脑上没有读 PDF 的组件（pdfplumber）；请用 Word 或 WPS 打开它，"
            "另存为 .docx 再导入，或请维护人员装上这个组件。"
        ) from None
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    require_bounded_streams(data, name)
    from gk_xl.sources.formats.pdf_fonts import Fonts

    seen = Seen()
    with _parsing(name):
        pdf = pdfplumber.open(io.BytesIO(data))
        for page in pdf.pages[: MOST_PAGES + 1]:
            seen.watch(page)
            with_marks(page)
    pdf.rsrcmgr = Fonts()
    pages = _pages(sheets := _sheets(pdf, name), name)
    if any(page > 1 for page in seen.stamps.values()):
        pages = _pages(sheets, name)  # without the watermarks that the first pages have beside their text
    if halves := halves_of(sheets):
        pages = _pages(halves, name)
    remarks = (*seen.remarks, *([HALVED] if halves else []))
    pages = _with_unruled(pages)
    pages = [replace(page, tables=tuple(map(_doubtful, page.tables))) if page.cut else page for page in pages]
    return Document(blocks_of(pages), PDF.label, meta=_meta(pdf.metadata), remarks=remarks)


@contextmanager
def _parsing(name: str) -> Iterator[None]:
    """Say of a file what it is when pdfminer cannot parse it: it raises whatever a damaged or encrypted one leads it to."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    locked = (PDFPasswordIncorrect, PDFEncryptionError)
    try:
        yield
    except SourceError:
        raise
    except Exception as error:  # noqa: BLE001
        causes = (error, error.__cause__, error.__context__, *error.args[:1])
        raise (_locked(name) if any(isinstance(cause, locked) for cause in causes) else _damaged(name)) from None


def _locked(name: str) -> SourceError:
    return SourceError(f"{name} 是加了密码的 PDF，打不开；请先用密码打开，另存为不带密码的文件再导入。")


def _damaged(name: str) -> SourceError:
    return SourceError(f"{name} 已经损坏，不是完整的 PDF 文件；请重新下载，或{_SAVE_AS[1:]}。")


def _sheets(pdf: Any, name: str) -> list[Any]:
    """Return pdfplumber's pages; SourceError for a file without any, or with too many."""
    with _parsing(name):
        pages: list[Any] = pdf.pages
    if not pages:
        raise SourceError(f"{name} 里一页也没有；请重新下载，或找原来的 Word 文件或网页再导入。")
    if len(pages) > MOST_PAGES:
        raise SourceError(f"{name} 有 {len(pages)} 页，超过 {MOST_PAGES} 页，不像年度报告；请只保留报告的几页再导入。")
    return pages


def _pages(pages: Sequence[Any], name: str) -> list[Page]:
    """Return what stands on pdfplumber's pages; SourceError where they hold no text that could be read."""
    found: list[Page] = []
    looks: list[Look] = []
    total = unknown = chinese = images = 0
    over = False
    for page in pages:
        with _parsing(name):
            require_bounded_page(page, name)
            page.close()
            page.objects  # noqa: B018 - parsed when first asked for
        images += len(page.images)
        drawn_as = signs_of(page.chars)
        signs = moved_together(drawn_as)
        total += len(signs)
        unknown += sum(map(is_unknown, page.chars))
        chinese += sum("\u4e00" <= sign.text <= "\u9fff" for sign in signs)
        if total > MOST_SIGNS:
            raise SourceError(f"{name} 的文字太多（超过 {MOST_SIGNS} 个字），不像年度报告；请只保留报告的几页再导入。")
        found.append(_page(page, signs))
        looks.append(look(page, rows_of(signs)))
        over = over or (bool(looks[-1].rules) and signs != drawn_as and are_cut([drawn_as]))
        if total > _STAYING:
            page.close()
    if not total:
        what = "只有图片（扫描件）" if images else "没有文字"
        raise SourceError(f"{name} {what}，读不出文字和表格；请找原来的 Word 文件或网页再导入，或照着录入。")
    if _FEW_UNKNOWN * unknown > total or not chinese:
        raise SourceError(f"{name} 的字体没有带文字对照，复制出来是乱码，汉字读不出；{_SAVE_AS}。")
    if not any(one.rules for one in looks):
        drawn = [signs_of(page.chars, all_drawn=True) for page in pages]
        if are_cut(drawn) or any(map(is_right, looks)):
            drawn = _clipped(pages, ruled=False) or drawn
        if are_cut(drawn):
            return _celled(drawn, pages, looks) or _cut(drawn, pages, looks) or found
    over = over and are_clipped(_clipped(pages, ruled=True))
    sheets = sheets_of(looks) or [{number: Part(0.0)} for number in range(len(pages)) if over]
    times = _glass(sign.size for one in looks for row in one.rows for sign in row.signs) if sheets else 1.0
    wide = (joined_page({number: pages[number] for number in sheet}, sheet, times) for sheet in sheets)
    return [_page(page, in_runs(moved_together(signs_of(page.chars), ruled=over))) for page in wide] or found


def _glass(sizes: Iterable[float]) -> float:
    """Return how many times as large characters are looked at: more than once where they were scaled down to fit the paper."""
    usual = median([*sizes] or [SIZE])
    return SIZE / usual if 0 < usual < _SMALL else 1.0


def _clipped(pages: Sequence[Any], *, ruled: bool) -> list[list[Sign]]:
    """Return the characters of pages with what the pages say is seen of them; [] where they say nothing."""
    from gk_xl.sources.formats.pdf_clips import clips_of

    found = [clips_of(page, ruled=ruled) for page in pages]
    if not any(clip for clips in found for clip in clips):
        return []
    for page, clips in zip(pages, found, strict=True):
        for char, clip in zip(page.chars, clips, strict=False):
            char["clip"] = clip
    return [signs_of(page.chars, all_drawn=True) for page in pages]


def _cut(drawn: Sequence[Sequence[Sign]], pages: Sequence[Any], looks: Sequence[Look]) -> list[Page]:
    """Return the pages of a sheet whose columns are not told by edges, those that draw the same texts side by side.

    What its texts are, printed over one another, is doubtful.
    """
    groups = _groups(drawn, float(pages[0].width), looks)
    sheets = [{number: Part(right) for number, right in group.items()} for group in groups]
    wide = (joined_page({number: pages[number] for number in sheet}, sheet) for sheet in sheets)
    found = (_page(page, moved_together([*unwrapped(signs_of(page.chars))])) for page in wide)
    return [replace(page, apart=True, cut=True) for page in found]


def _groups(drawn: Sequence[Sequence[Sign]], width: float, looks: Sequence[Look]) -> list[dict[int, float]]:
    """Return which pages stand side by side, and how far right each: told by texts on both, or by their rows, as joins more."""
    links = links_of(drawn, width)
    ordered = arranged([shown_of(one) for one in looks], links)
    if ordered:
        return places(ordered, links, width)
    linked = side_by_side(drawn, width, [is_right(one) for one in looks])
    level = [{number: part.right for number, part in sheet.items()} for sheet in sheets_of(looks)]
    alone = [{number: 0.0} for number in range(len(looks))]
    return min((ways for ways in (level, linked, alone) if ways), key=len)


def _celled(all_drawn: Sequence[Sequence[Sign]], pages: Sequence[Any], looks: Sequence[Look]) -> list[Page]:
    """Return the pages of a spreadsheet that was printed without lines; [] where they are not of one."""
    width, height = float(pages[0].width), float(pages[0].height)
    drawn = without_bands(all_drawn, height)
    times = _glass(sign.size for own in drawn for sign in own)
    if times > 1:
        drawn = [[sign.scaled(times) for sign in own] for own in drawn]
        width, height = width * times, height * times
    if all(cells_of([own]) is None for own in drawn):
        return []
    groups = _groups(drawn, width, looks)
    wide = [[sign.moved(right) for number, right in group.items() for sign in drawn[number]] for group in groups]
    sheets = [[*unwrapped(signs)] for signs in wide]
    cells = cells_of(sheets)
    if cells is None:
        return []
    found = []
    for group, own in zip(groups, sheets, strict=True):
        number = next(iter(group)) + 1
        lines, tables = rows_and_tables(cells, own, number)
        found.append(Page(number, width, height, tuple(lines), tuple(tables), apart=True))
    return found


def _page(page: Any, signs: Iterable[Sign]) -> Page:
    """Return a page of pdfplumber's; what is drawn beyond its edges nobody sees."""
    width, height = float(page.width), float(page.height)
    seen = [sign for sign in signs if is_on(sign, width, height)]
    tables = ruled_tables(page, seen)
    return Page(page.page_number, width, height, tuple(rows_of(outside(seen, tables))), tuple(tables))


def _with_unruled(pages: Sequence[Page]) -> list[Page]:
    """Return the pages with the tables that no lines are drawn round; page numbers and running heads part none of them."""
    single = [replace(page, rows=tuple(row for row in page.rows if len(segments(row)) == 1)) for page in pages]
    furniture = [set(a.rows) - set(b.rows) for a, b in zip(single, without_furniture(single), strict=True)]
    rows = [[row for row in page.rows if row not in gone] for page, gone in zip(pages, furniture, strict=True)]
    found = unruled_pages((page.number, unstacked(own)) for page, own in zip(pages, rows, strict=True))
    return [
        replace(page, rows=tuple(left), tables=(*page.tables, *tables))
        for page, (tables, left) in zip(pages, found, strict=True)
    ]


def _doubtful(table: Ruled) -> Ruled:
    """Return a table that was put together of texts printed over one another, each of its cells marked so."""
    boxes = tuple(replace(box, over=True) for box in table.grid.boxes)
    return replace(table, grid=replace(table.grid, boxes=boxes))


def _meta(said: dict[str, Any] | None) -> Meta:
    """Return what the file says of itself, where that is a report's title."""
    title = (said or {}).get("Title")
    return Meta(title.strip()) if isinstance(title, str) and "公开" in title else Meta()
