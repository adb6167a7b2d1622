"""Tables of a page that are no table elements: by CSS grid, display: table or roles, by rows and stacks of boxes → grids.

CSS Grid Layout 1 (8 Placing grid items), WAI-ARIA 1.2 (table, row, cell). Blank boxes keep their places.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.beside import column_labels
from gk_xl.sources.document import LARGEST_GRID, LARGEST_SPAN, Box, Grid, grid_of_rows
from gk_xl.sources.formats.html_looks import declared, is_block, is_flex, is_hidden
from gk_xl.sources.formats.nested import unfolded
from gk_xl.sources.formats.sheet_order import is_heading
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import table_labels
from gk_xl.sources.tokens import is_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Text = Callable[[Any], str]
    Shown = list[tuple[str, int, int]]

LONGEST: Final = 200
"""Characters of a box; what holds more is a part of the page."""
FEWEST_LABELS: Final = 3
"""So many labels of the form stand in a table of it, at least."""
FEWEST_ROWS: Final = 2
_CELLS: Final = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_REPEAT: Final = re.compile(r"repeat\(\s*(\d+)\s*,((?:[^()]|\([^()]*\))*)\)")
_SPAN: Final = re.compile(r"span\s+(\d+)")
_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?)(?:%|px|fr|em|rem|vw|pt)?(?:\s|$)")
_OF_A_PAGE: Final = frozenset({"table", "nav", "header", "footer", "article", "main"})
"""Elements that no cell of a table is made of."""


def drawn_by_style(element: Any, text: Text) -> Grid | None:
    """Return the table that an element is by its style or its role; None where it is none."""
    display, role = declared(element).get("display", ""), element.get("role") or ""
    if display in ("grid", "inline-grid"):
        grid = _placed(element, text)
    elif display in ("table", "inline-table") or role in ("table", "grid", "treegrid"):
        grid = grid_of_rows([[_spanned(cell, text) for cell in _own(row)] for row in _rows(element)])
    else:
        return None
    return grid if grid is not None and grid.width > 1 and _is_of_the_form(grid) else None


def drawn_by_rows(element: Any, text: Text, unknown: set[Any]) -> Iterator[tuple[list[Any], Grid]]:
    """Yield the tables that stand among the children of an element as rows of boxes, each with the children it takes.

    ``unknown`` are elements whose parts do not fit together, which this adds to: none inside them is a table of its own.
    """
    run: list[Any] = []
    inside = bool(unknown) and not unknown.isdisjoint([element, *element.iterancestors()])
    for child in [*_shown(element), None]:
        if child is not None and (_is_rows(child, inside=inside) or (run and _is_caption(child, text))):
            run.append(child)
            continue
        if run and (grid := _drawn(run, text, unknown)) is not None and _is_of_the_form(grid):
            yield run, grid
        run = []


def _is_rows(element: Any, *, inside: bool) -> bool:
    return bool(_boxes_of(element) or _groups(element) or (not inside and _nests(element)))


def _drawn(run: Sequence[Any], text: Text, unknown: set[Any]) -> Grid | None:
    """Return elements below each other as a grid; None for too few rows, or what is no table."""
    if any(map(_nests, run)):
        nest = _Nest(text)
        grid = unfolded([[(("", [*map(nest.grid, run)]), 1, 1)]])
        unknown.update(run if grid is None and not nest.of_a_page else ())
        return grid if grid is not None and grid.height >= FEWEST_ROWS else None
    rows = [row for own in run for row in (_groups(own) or [own])]
    grid = _lined([[(text(box), _share(box)) for box in _boxes_of(row) or [row]] for row in rows])
    return grid if sum(len(_boxes_of(row)) > 1 for row in rows) >= FEWEST_ROWS else None


def _shown(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str) and not is_hidden(child)]


def _is_of_the_form(grid: Grid) -> bool:
    texts = [box.text for box in grid.boxes]
    return max(map(len, texts)) <= LONGEST and sum(fold(one) in table_labels() for one in texts) >= FEWEST_LABELS


# ------------------------------------------------------------------------------------------------ placed by a CSS grid


def _placed(container: Any, text: Text) -> Grid | None:
    """Return the items of a CSS grid at their places; None where those are not told."""
    columns = _columns(declared(container).get("grid-template-columns", ""))
    items = [inner for item in _shown(container) for inner in _contents(item)]
    spans = [(_lines(item, "column"), _lines(item, "row")) for item in items]
    if not items or (columns is None and not all(column[0] for column, _ in spans)):
        return None
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []

    def put(item: Any, row: int, column: int, down: int, across: int) -> None:
        boxes.append(Box(row - 1, column - 1, down, across, text(item)))
        taken.update((r, c) for r in range(row, row + down) for c in range(column, column + across))

    for item, ((column, across), (row, down)) in zip(items, spans, strict=True):
        if column and row:
            put(item, row, column, down, _to_end(column, across, columns))
    at = (1, 0)
    for item, ((column, across), (row, down)) in zip(items, spans, strict=True):
        if (column and row) or len(taken) > LARGEST_GRID:
            continue
        wide = min(_to_end(column or 1, across, columns), columns or LARGEST_SPAN)
        at = _free(at, taken, (row, column), (down, wide), columns or LARGEST_SPAN)
        put(item, at[0], at[1], down, wide)
    return Grid(tuple(sorted(boxes, key=lambda box: (box.row, box.column))))


def _contents(item: Any) -> list[Any]:
    """Return an element, or what is in it where it has no box of its own."""
    return _shown(item) if declared(item).get("display") == "contents" else [item]


def _free(
    at: tuple[int, int], taken: set[tuple[int, int]], fixed: tuple[int, int], size: tuple[int, int], columns: int
) -> tuple[int, int]:
    """Return the first free place behind another, row by row, where an item of this size fits."""
    row, column = fixed[0] or at[0], at[1] + 1 if not fixed[0] or fixed[0] == at[0] else 1
    while True:
        if fixed[1]:
            row, column = (row, fixed[1]) if column <= fixed[1] else (row + 1, fixed[1])
        if column + size[1] - 1 > columns:
            row, column = row + 1, 1
            continue
        if not any((r, c) in taken for r in range(row, row + size[0]) for c in range(column, column + size[1])):
            return row, column
        column += 1


def _to_end(column: int, across: int, columns: int | None) -> int:
    """Return how many columns an item spans; 0 stands for all that are left."""
    return across or max(1, (columns or column) - column + 1)


def _columns(template: str) -> int | None:
    """Return how many columns a template has; None where that depends on the window."""
    plain = _REPEAT.sub(lambda found: f" {found[2]} " * min(int(found[1]), LARGEST_SPAN), template)
    if not plain.strip() or "repeat" in plain or plain.strip() in ("none", "subgrid"):
        return None
    return len(_BRACKETS.sub("", plain).split())


def _lines(item: Any, axis: str) -> tuple[int, int]:
    """Return the line at which an item begins, from 1, 0 where it is not told, and how many tracks it spans, 0 for all."""
    said = declared(item)
    area = [part.strip() for part in said.get("grid-area", "").split("/")]
    short = [part.strip() for part in said.get(f"grid-{axis}", "").split("/")]
    first, last = {"row": (0, 2), "column": (1, 3)}[axis]
    begin = said.get(f"grid-{axis}-start") or short[0] or (area[first] if len(area) > first else "")
    end = said.get(f"grid-{axis}-end") or "".join(short[1:2]) or (area[last] if len(area) > last else "")
    spanned = _SPAN.search(f"{begin} {end}")
    if spanned:
        start = begin if begin.isdigit() else ""
        return int(start or 0), min(int(spanned[1]), LARGEST_SPAN)
    if end == "-1":
        return int(begin) if begin.isdigit() else 0, 0
    if begin.isdigit() and end.isdigit():
        return int(begin), max(1, min(int(end) - int(begin), LARGEST_SPAN))
    return int(begin) if begin.isdigit() else 0, 1


# ------------------------------------------------------------------------------------------------- by display and role


def _rows(element: Any) -> list[Any]:
    """Return the rows of an element that is a table by its style or role."""
    return [
        row
        for row in element.iter()
        if isinstance(row.tag, str)
        and not is_hidden(row)
        and (row.get("role") == "row" or declared(row).get("display") == "table-row")
    ]


def _own(row: Any) -> list[Any]:
    """Return the cells of a row."""
    return [
        cell
        for cell in _shown(row)
        if (cell.get("role") or "") in _CELLS or declared(cell).get("display") == "table-cell"
    ]


def _spanned(cell: Any, text: Text) -> tuple[str, int, int]:
    rows, columns = (
        cell.get(f"aria-{name}") or cell.get(name) or cell.get(f"data-{name}") or "1" for name in ("rowspan", "colspan")
    )
    return text(cell), _number(rows), _number(columns)


def _number(text: str) -> int:
    return max(1, min(int(text), LARGEST_SPAN)) if text.isdigit() and len(text) < 5 else 1


# ------------------------------------------------------------------------------------------------------- rows of boxes


def _boxes_of(row: Any) -> list[Any]:
    """Return the boxes side by side that an element is a row of; [] where it is none."""
    boxes = _shown(row)
    flowing = _flows(row)
    texts = (row.text, *(child.tail for child in row))
    if len(boxes) < 2 or any((one or "").strip() for one in texts):
        return []
    if (
        (row.tag in ("ul", "ol", "dl") and not flowing)
        or "column" in _direction(row)
        or row.tag in ("table", "tbody", "thead", "tr")
        or any(inner.tag in ("table", "p") for box in boxes for inner in box.iter())
    ):
        return []
    leaves = all(sum(map(is_block, _shown(inner))) < 2 for box in boxes for inner in box.iter())
    return boxes if leaves and (flowing or all(map(is_block, boxes))) else []


def _flows(element: Any) -> bool:
    """Return whether the boxes of an element stand side by side by its style."""
    return is_flex(element) and "column" not in _direction(element)


def _direction(element: Any) -> str:
    said = declared(element)
    return said.get("flex-direction", said.get("flex-flow", ""))


def _nests(row: Any) -> bool:
    """Return whether an element is a row of boxes of which some are rows, stacks or paragraphs, and no page in columns."""
    if not _flows(row) or len(_shown(row)) < 2 or any(inner.tag in _OF_A_PAGE for inner in row.iter()):
        return False
    return any(inner.tag == "p" or _is_stack(inner) for box in _shown(row) for inner in box.iter())


def _is_stack(element: Any) -> bool:
    """Return whether blocks stand below each other in an element; paragraphs alone are the lines of one text."""
    blocks = [one for one in _shown(element) if is_block(one)]
    return len(blocks) > 1 and any(one.tag != "p" for one in blocks)


class _Nest:
    """Puts rows and stacks of boxes in each other together: a row of numbers has as many boxes as the heads above it."""

    def __init__(self, text: Text) -> None:
        self.text, self.heads, self.of_a_page = text, 0, False

    def grid(self, element: Any) -> Grid | None:
        """Return what an element is made of as one grid.

        None where text stands between its parts, a part is of a page, or a row of numbers lacks a box.
        """
        parts = _shown(element)
        if not _flows(element) and not _is_stack(element):
            shown = self.text(element)
            self.of_a_page = self.of_a_page or len(shown) > LONGEST or any(map(is_heading, shown.split("\n")))
            return None if self.of_a_page else grid_of_rows([[(shown, 1, 1)]])
        if any((one or "").strip() for one in (element.text, *(child.tail for child in element))):
            return None
        inner = [self.grid(part) for part in parts]
        if not _flows(element):
            return unfolded([[(("", inner), 1, 1)]])
        row = unfolded([[(("", [one]), 1, 1) for one in inner]])
        texts = [box.text for box in row.boxes] if row is not None else []
        if row is None or (row.height == 1 and any(map(is_value, texts)) and self.heads not in (0, row.width)):
            return None
        if not any(map(is_value, texts)) and not column_labels().isdisjoint(map(fold, texts)):
            self.heads = row.width
        return row


def _groups(element: Any) -> list[Any]:
    """Return the rows of an element that is a group of rows, as heads and body are; [] where it is none."""
    rows = _shown(element)
    return rows if rows and all(map(_boxes_of, rows)) else []


def _is_caption(element: Any, text: Text) -> bool:
    """Return whether an element among rows is a label over all columns."""
    return fold(text(element)) in table_labels()


def _share(box: Any) -> float:
    """Return how wide a box is, by what its style says; 0 where it says nothing."""
    said = declared(box)
    parts = said.get("flex", "").split()
    told = [said.get("width", ""), said.get("flex-basis", ""), *parts[-1:], *parts[:1], said.get("flex-grow", "")]
    return next((float(found[1]) for one in told if (found := _SHARE.fullmatch(one)) and float(found[1])), 0.0)


def _lined(rows: Sequence[Sequence[tuple[str, float]]]) -> Grid:
    """Return rows of boxes as a grid: by their widths where all tell them, else box by box; one alone is as wide as all."""
    most = max(map(len, rows))
    if not all(share for row in rows if len(row) > 1 for _, share in row):
        return grid_of_rows([[(text, 1, 1 if len(row) > 1 else most) for text, _ in row] for row in rows], sure=False)
    ends = [_ends(row) for row in rows]
    cuts = sorted({end for own in ends for end in own})
    boxes = []
    for number, (row, own) in enumerate(zip(rows, ends, strict=True)):
        begin = 0
        for (text, _), end in zip(row, own, strict=True):
            columns = cuts.index(end) + 1 - begin
            boxes.append(Box(number, begin, 1, max(1, columns), text))
            begin += max(1, columns)
    return Grid(tuple(boxes))


def _ends(row: Sequence[tuple[str, float]]) -> list[int]:
    """Return where the boxes of a row end, in hundredths of its width."""
    whole, at, ends = sum(share for _, share in row) or 1.0, 0.0, []
    for _, share in row:
        at += share or whole
        ends.append(min(100, round(100 * at / whole)))
    return ends
