"""A report in a spreadsheet that is wider than the paper, as printed: left and right pages, without an application."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sources.drawn import Drawn
from tests.sources.papers import Paper, width

LEFT, TOP, BOTTOM = 54.0, 54.0, 780.0
WIDE, HIGH, SIZE = 105.0, 13.0, 10.0


@dataclass(frozen=True)
class Placed:
    """A text of the sheet: its first row and column, how many it covers, whether it is a cell of a table."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    ruled: bool


def _placed(drawing):
    """Return the texts of a drawing by rows and columns of one sheet."""
    placed, row = [], 0
    for block in drawing.blocks:
        if not isinstance(block, Drawn):
            placed.append(Placed(row, 0, 1, 1, block, ruled=False))
            row += 1
            continue
        taken = set()
        for number, cells in enumerate(block.rows):
            column = 0
            for cell in cells:
                while (number, column) in taken:
                    column += 1
                placed.append(Placed(row + number, column, cell.rows, cell.columns, cell.text, ruled=True))
                taken |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
        row += len(block.rows)
    return placed, row


def _lines(item, *, cut):
    """Return the lines of a text in its cell; where it is ``cut``, or in no table, it runs over the cells beside it."""
    if cut or not item.ruled:
        return item.text.split("\n")
    lines, line = [], ""
    for sign in item.text.replace("\n", ""):
        if width(line + sign, SIZE) > item.columns * WIDE - 6:
            lines, line = [*lines, line], ""
        line += sign
    return [*lines, line]


def printed_sheet(drawing, *, down_first, ruled, each=4, foot="", cut=False, centred=False, bordered=False, low=False):
    """Return a drawing as a PDF of pages of ``each`` columns: down and then over, or over and then down.

    ``cut``: as cells that nobody widened print, texts from the left and on one line, numbers at the right. ``centred``: as
    such cells print with their texts in the middle, a clip round each that is too long. ``bordered``: as ``cut`` with a clip
    round each text that its cell or the page cuts, borders round every cell of the sheet, those of text and blank ones too.
    """
    cut = cut or bordered
    placed, count = _placed(drawing)
    heights = [HIGH + 4] * count
    for item in placed:
        if item.rows == 1 and not low:
            heights[item.row] = max(heights[item.row], HIGH * len(_lines(item, cut=cut or centred)) + 4)
    bands, tops = [[]], []
    for row, height in enumerate(heights):
        if bands[-1] and sum(heights[one] for one in bands[-1]) + height > BOTTOM - TOP:
            bands.append([])
        bands[-1].append(row)
        tops.append(sum(heights[:row]))
    columns = max(item.column + item.columns for item in placed)
    across = range(0, max(item.column + _reach(item) for item in placed), each)
    places = (
        [(band, first) for first in across for band in bands] if down_first else [(b, f) for b in bands for f in across]
    )
    paper, first_page = Paper(), True
    for band, first in places:
        shown = [item for item in placed if _is_on(item, band, first, each)]
        if not shown and not (bordered and first < columns):
            continue
        if not first_page:
            paper.turn()
        first_page = False
        place = (tops, heights), (band[0], band[-1]), (first, first + each)
        for item in shown:
            _draw(paper, item, *place, ruled=ruled, cut=cut, clip="cell" * centred or "page" * bordered)
        if bordered:
            _rule_the_rest(paper, placed, *place, columns)
        if foot:
            paper.text(280, 805, SIZE, foot.format(len(paper.pages)))
    return paper.data()


def _reach(item):
    """Return over how many columns an item is seen: a text of no table runs on over as many as it wants."""
    return item.columns if item.ruled else 1 + int((width(item.text, SIZE) + 2) // WIDE)


def _is_on(item, band, first, each):
    return (
        item.row <= band[-1]
        and item.row + item.rows > band[0]
        and item.column < first + each
        and item.column + _reach(item) > first
    )


def _rule_the_rest(paper, placed, down, band, across, columns):
    """Draw the borders of the cells that are of no table, on a page."""
    inside = {
        (item.row + row, item.column + column)
        for item in placed if item.ruled
        for row in range(item.rows) for column in range(item.columns)
    }  # fmt: skip
    for row in range(max(1, band[0]), band[1] + 1):  # the title has none
        for column in range(across[0], min(across[1], columns)):
            if (row, column) not in inside:
                cell = Placed(row, column, 1, 1, "", ruled=True)
                _draw(paper, cell, down, band, across, ruled=True, cut=True, clip="")


def _draw(paper, item, down, band, across, *, ruled, cut, clip):
    """Draw a text where it stands on the whole sheet, beyond the edges of this page too, and the rules that are on it."""
    tops, heights = down
    x = LEFT + (item.column - across[0]) * WIDE
    y = TOP + tops[item.row] - tops[band[0]]
    high = sum(heights[item.row : item.row + item.rows])
    lines = _lines(item, cut=cut or bool(clip))
    begin, wide, foot, seen = x, item.columns * WIDE, 0.0, 842.0
    is_clipped = bool(clip) and item.ruled and width(lines[0], SIZE) > wide - 4 * (clip == "page")
    if clip == "page":
        seen = sum(heights[band[0] : band[1] + 1])
        foot = 842 - TOP - seen
        is_clipped = is_clipped or not item.ruled or not TOP <= y <= TOP + seen - high
        begin, wide = (x, wide) if item.ruled else (LEFT, (across[1] - across[0]) * WIDE)
    if is_clipped:
        paper.pages[-1].append(f"q {begin:.2f} {foot:.2f} {wide:.2f} {seen:.2f} re W* n")
    for number, line in enumerate(lines):
        set_in = (item.columns * WIDE - width(line, SIZE)) / 2 if item.ruled else 2
        if cut:
            set_in = item.columns * WIDE - width(line, SIZE) - 2 if line[:1].isdigit() and line.isascii() else 2
        paper.text(x + set_in, y + (high - HIGH * len(lines)) / 2 + HIGH * number + 1, SIZE, line)
    if is_clipped:
        paper.pages[-1].append("Q")
    if not (ruled and item.ruled):
        return
    left, right = max(item.column, across[0]), min(item.column + item.columns, across[1])
    begin, end = LEFT + (left - across[0]) * WIDE, LEFT + (right - across[0]) * WIDE
    upper, lower = max(y, TOP), min(y + high, TOP + tops[band[1]] + heights[band[1]] - tops[band[0]])
    for at, is_edge in ((upper, item.row >= band[0]), (lower, item.row + item.rows - 1 <= band[1])):
        if is_edge:
            paper.rule(begin, at, end, at)
    for at, is_edge in ((begin, left == item.column), (end, right == item.column + item.columns)):
        if is_edge:
            paper.rule(at, upper, at, lower)
