"""A workbook with the looks of ours, and the names of the sheets of a summary."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from gk_xl.desk.book.rows import (
    RowSheet,
    blank_cell,
    formula_cell,
    letters,
    number_cell,
    text_cell,
)
from gk_xl.desk.entry import ASKED, BESIDE, DUPLICATE, FAILED, MISSING, PASSED, UNREADABLE
from gk_xl.form.cleaning import clean_text
from gk_xl.intake import WORKBOOK
from gk_xl.workbook.form_sheet import FormSheet
from gk_xl.workbook.styles import BAND, COMPUTED, CONDITIONS, HEI, INPUT, LABEL, LINE, SONG, STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from gk_xl.desk.entry import Entry
    from gk_xl.form.schema import Value

LEADER, UNITS, MATRIX, FINDINGS, RULES = "一页纸", "报送情况", "问题矩阵", "问题清单", "常见问题"
ALIKE_SENTENCES, UNIT_YEARS = "雷同的句子", "各单位两年"
VALUES, YEARS, ALIKE, CHAINS, ROUNDS = "各单位数据", "两年对比", "雷同", "结转衔接", "整改进度"
LOOKS: Final = {
    UNREADABLE: "level_error",
    FAILED: "level_error",
    ASKED: "level_warning",
    PASSED: "level_suspect",
    DUPLICATE: "level_open",
    BESIDE: "level_open",
    MISSING: "level_error",
}
FILE: Final = "file"
"""The look of a file's name: set smaller where it is long, as LibreOffice breaks no link over lines."""
LONGEST: Final = 32_767  # characters that a cell holds
_CENTRE: dict[str, Any] = {"align": "center", "valign": "vcenter", "text_wrap": True}
_BOX: dict[str, Any] = {"border": 1, "border_color": LINE}
_OWN: dict[str, dict[str, Any]] = {
    "tile": {**_CENTRE, **_BOX, "bg_color": "#DDEBF7", "font_color": BAND, "font_size": 11},
    "tile_number": {**_CENTRE, **_BOX, "font_name": HEI, "font_size": 20, "font_color": BAND},
    "tile_alarm": {**_CENTRE, **_BOX, "font_name": HEI, "font_size": 20, "font_color": "#C00000"},
    "link": {"align": "left", "valign": "vcenter", "text_wrap": True, **_BOX, "font_color": "#0563C1", "underline": 1},
    "file": {"align": "left", **_BOX, "shrink": True, "font_size": 10, "font_color": "#0563C1", "underline": 1},
    "link_centre": {**_CENTRE, **_BOX, "font_color": "#0563C1", "underline": 1},
    "mark": {**_CENTRE, **_BOX, "bg_color": INPUT, "font_size": 12},
    "switch": {**_CENTRE, **_BOX, "bg_color": INPUT, "font_name": HEI, "font_size": 12, "font_color": "#C00000"},
    "head_up": {"align": "center", "valign": "bottom", "text_wrap": True, **_BOX, "bg_color": LABEL, "font_size": 9},
    "head_upright": {
        "align": "center",
        "valign": "bottom",
        "text_wrap": True,
        **_BOX,
        "bg_color": LABEL,
        "font_size": 9,
        "rotation": 90,
    },
    "sum": {**_CENTRE, **_BOX, "bg_color": "#E3EEFA", "bold": True, "num_format": "General;-General"},
    "sum_link": {
        **_CENTRE,
        **_BOX,
        "bg_color": "#E3EEFA",
        "bold": True,
        "num_format": "General;-General",
        "font_size": 12,
        "text_wrap": False,
        "shrink": True,
    },
    "number_cell": {**_CENTRE, **_BOX, "text_wrap": False, "shrink": True, "num_format": "General;-General"},
    "points_cell": {
        **_CENTRE,
        **_BOX,
        "text_wrap": False,
        "shrink": True,
        "num_format": '"+"0.0#"个百分点";"-"0.0#"个百分点";0"个百分点"',
    },
    "difference_cell": {**_CENTRE, **_BOX, "num_format": '"+"General;"-"General;0'},
    "percent_cell": {**_CENTRE, **_BOX, "num_format": '0.0"%"'},
    "percent_doubt": {**_CENTRE, **_BOX, "num_format": '0.0"%"', "bg_color": "#FFE699"},
    "note": {"align": "left", "valign": "vcenter", "text_wrap": True, "font_size": 10, "font_color": "#9C5700"},
    "growth_cell": {**_CENTRE, **_BOX, "num_format": '"+"0.0"%";"-"0.0"%";0"%"'},
    "foot": {"align": "left", "valign": "top", "text_wrap": True, "font_size": 10, "font_color": "#595959"},
}


class Paper:
    """A workbook with the looks of ours; ``beside`` is the folder it will lie in, from where links to files lead."""

    def __init__(self, book: Any, beside: Path | None = None) -> None:
        self.book, self.beside = book, beside
        self._looks: dict[tuple[str, bool], Any] = {}
        self._links: dict[str, int] = {}
        self._indices: dict[str, int] = {}
        self._paths: dict[Path, str] = {}

    def look(self, style: str, *, computed: bool = False) -> Any:
        """Return a style of ours as a format of this workbook; ``computed`` for a formula that has no number format."""
        if (style, computed) not in self._looks:
            wanted = _OWN[style] if style in _OWN else STYLES[style]
            basic = {"font_name": SONG, "font_size": 11, "valign": "vcenter"}
            self._looks[style, computed] = self.book.add_format(
                basic | ({"num_format": COMPUTED} if computed else {}) | wanted
            )
        return self._looks[style, computed]

    def condition(self, style: str) -> Any:
        """Return a format that appears while a condition holds."""
        return self.book.add_format(CONDITIONS[style])

    def add(
        self,
        title: str,
        widths: Sequence[float],
        *,
        landscape: bool = True,
        colour: str = "#2F6DB5",
        by_row: bool = False,
    ) -> Any:
        """Add a sheet that prints on A4, as wide as one page.

        One that is written ``by_row``, from the first to the last, is not held in memory.
        """
        self.book.constant_memory = by_row
        sheet = self.book.add_worksheet(title, RowSheet if by_row else FormSheet)
        self.book.constant_memory = False
        sheet.hide_gridlines(2)
        sheet.set_tab_color(colour)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{title}&R第 &P 页，共 &N 页")
        return sheet

    def table(
        self, sheet: Any, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[tuple[str, Any]]], head: int = 0
    ) -> int:
        """Write a head row under ``head`` free rows and rows of (style, value), with a filter; return the row after the last."""
        for column, (label, _) in enumerate(columns):
            sheet.write_string(head, column, label, self.look("grid_head"))
        sheet.set_row(head, 24)
        last = head
        for last, row in enumerate(rows, start=head + 1):
            self.row(sheet, last, row, height(row, columns))
        sheet.autofilter(head, 0, max(last, head + 1), len(columns) - 1)
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)
        return last + 1

    def row(self, sheet: Any, row: int, cells: Sequence[tuple[str, Any]], points: float | None = None) -> None:
        """Write a row of (style, value) from the first column on, in points as high as said."""
        if isinstance(sheet, RowSheet):
            sheet.begin(row)
            written = [self.cell(sheet, row, column, style, value) for column, (style, value) in enumerate(cells)]
            sheet.put(row, "".join(written), len(cells) - 1, points)
            return
        for column, (style, value) in enumerate(cells):
            self.write(sheet, row, column, style, value)
        if points is not None:
            sheet.set_row(row, points)

    def cell(self, sheet: RowSheet, row: int, column: int, style: str, value: Value | Link | Formula) -> str:
        """Return a cell of a sheet that is written by row, for :meth:`RowSheet.put`; where it leads to is noted."""
        look, place = self.index(style), f"{letters(column)}{row + 1}"
        if isinstance(value, Link):
            self._link(sheet, row, column, value.target, None, value.tip)
            value = value.shown
        if isinstance(value, str) and value:
            return text_cell(place, look, shortened(value))
        if isinstance(value, Formula):
            if value.link:
                self._link(sheet, row, column, value.link, None, value.tip)
            return formula_cell(place, look, value.text, value.now)
        return blank_cell(place, look) if value is None or value == "" else number_cell(place, look, value)

    def index(self, style: str) -> int:
        """Return the number by which rows name a style."""
        found = self._indices.get(style)
        if found is None:
            found = self._indices[style] = self.look(style)._get_xf_index()  # noqa: SLF001 - as XlsxWriter's own cells do
        return found

    def band(self, sheet: Any, row: int, columns: int, style: str, text: str, points: float = 22) -> None:
        """Write a line over so many columns."""
        if columns > 1:
            sheet.merge_range(row, 0, row, columns - 1, text, self.look(style))
        else:
            self.write(sheet, row, 0, style, text)
        sheet.set_row(row, points)

    def write(self, sheet: Any, row: int, column: int, style: str, value: Value | Link | Formula) -> None:
        """Write a cell: numbers as numbers, texts as texts whatever they look like, links and formulas with what they show."""
        look = self.look(style)
        if isinstance(value, Link):
            self._link(sheet, row, column, value.target, look, value.tip)
            value = value.shown
        if isinstance(value, str) and value:
            sheet.write_string(row, column, shortened(value), look)
        elif isinstance(value, Formula):
            if value.link:
                self._link(sheet, row, column, value.link, look, value.tip)
            sheet.write_formula(row, column, f"={value.text}", look, "" if value.now is None else value.now)
        elif value is None or value == "":
            sheet.write_blank(row, column, None, look)
        else:
            sheet.write_number(row, column, value, look)

    def _link(self, sheet: Any, row: int, column: int, target: str, look: Any, tip: str) -> None:
        """Let a cell lead somewhere; a sheet takes so many links and no more, what is beyond shows its text alone."""
        self._links[sheet.name] = self._links.get(sheet.name, 0) + 1
        if self._links[sheet.name] > _MOST_LINKS:
            return
        if isinstance(sheet, RowSheet):
            sheet.lead(row, column, target, tip)
        else:
            sheet.write_url(row, column, target, look, " ", tip or None)

    def file_link(self, entry: Entry, place: str = "", shown: str = "") -> Link | str:
        """Return a link to a unit's file, at a place of its workbook where one is given; its name alone where it has no path."""
        text = shown or entry.file
        path = self._paths.get(entry.path)
        if path is None:
            told = str(entry.path) if self.beside is None else _relative(entry.path, self.beside)
            path = self._paths[entry.path] = told if clean_text(told) == told else ""
        if not path:
            return text
        target = f"external:{path}"
        if place and entry.format == WORKBOOK and not entry.member:
            target += f"#{place}"
        return Link(target, text, entry.file) if len(target) < _LONGEST_LINK else text


class Link:
    """A cell that leads somewhere: ``target`` as XlsxWriter takes it (internal:, external:), what it shows, its tip."""

    def __init__(self, target: str, shown: str | int, tip: str = "") -> None:
        self.target, self.shown, self.tip = target, shown, tip if len(tip) < _SHORT else cut(tip, _LONGEST_TIP)

    def __str__(self) -> str:
        """Return what the cell shows."""
        return str(self.shown)


class Formula:
    """A cell that is worked out, with the value it has now; ``link`` leads on to where its parts stand."""

    def __init__(self, text: str, now: Value = None, link: str = "", tip: str = "") -> None:
        self.text, self.now, self.link, self.tip = text, now, link, tip if len(tip) < _SHORT else cut(tip, _LONGEST_TIP)

    def __str__(self) -> str:
        """Return what the cell shows now."""
        return "" if self.now is None else str(self.now)


_LONGEST_LINK, _LONGEST_TIP, _MOST_LINKS = 2000, 250, 65_000
_SHORT = _LONGEST_TIP // 2
"""Signs that are no more than so many units, whichever they are."""


def shortened(text: str) -> str:
    """Return as much of a text as a cell holds."""
    if len(text) <= LONGEST // 2:
        return text
    return text if len(cut(text, LONGEST)) == len(text) else f"{cut(text, LONGEST - 2)}……"


def cut(text: str, most: int) -> str:
    """Return as much of a text as so many units hold: a sign beyond the first plane takes two."""
    return text[:most].encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def _relative(path: Path, folder: Path) -> str:
    """Return a path from a folder, so that both can be moved together; as it is on another drive."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def height(row: Sequence[tuple[str, Any]], columns: Sequence[tuple[str, float]]) -> float:
    """Return the height of a row, in points, that shows the longest of its texts whole; a file's name stands on one line."""
    lines = 1
    for (style, value), (_, width) in zip(row, columns, strict=True):
        if style == FILE:
            continue
        text = "" if value is None else value if type(value) is str else str(value)
        if 2 * len(text) > width - 2 or "\n" in text:  # else it stands on one line, however wide its signs are
            lines = max(lines, line_count(text, width))
    return min(400, 8 + 15 * lines)


def line_count(text: str, width: float) -> int:
    """Return on how many lines a text stands in a column; a Chinese character is as wide as two others."""
    room = max(2, int(width - 2))
    return sum(-(-max(1, 2 * len(line) - _narrow(line)) // room) for line in text.split("\n"))


def _narrow(text: str) -> int:
    """Return how many signs of a text are as wide as a letter: those of Latin-1."""
    return len(text) if text.isascii() else len(text.encode("latin-1", "ignore"))


def cells_of(entry: Entry, *names: str) -> Iterator[tuple[str, Any]]:
    """Yield how many findings of some severities a file has, as cells."""
    counts = entry.result.counts if entry.result else {}
    yield from (("result_centre", counts.get(name)) for name in names)
