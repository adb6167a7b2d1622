"""The elements of a page → paragraphs and grids, as a browser shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.document import STRUCK, Grid, Paragraph, grid_of_rows
from gk_xl.sources.formats.html_grids import drawn_by_rows, drawn_by_style
from gk_xl.sources.formats.html_looks import (
    BLOCKS,
    is_apart,
    is_block,
    is_hidden,
    is_raised,
    is_struck,
    is_white,
)
from gk_xl.sources.formats.nested import is_labelled, unfolded
from gk_xl.sources.sections import is_table_label, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Placed = tuple["Paragraph | Grid", Any]
"""A block with the element that it stands in."""

_UNSEEN: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "head",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "map",
        "audio",
        "video",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "link",
        "meta",
        "rt",
        "rp",
    ]
)
_FIELDS: Final = frozenset({"input", "textarea"})
_TYPED: Final = frozenset({"text", "number", "tel"})
"""What kinds of fields show what was typed into them."""
_HEADS: Final = frozenset({"h1", "h2", "title"})
_INVISIBLE: Final = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_SPACES: Final = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_BREAK: Final = "\x1e"
_WIDE: Final = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’]"
_BETWEEN: Final = re.compile(rf"(?<={_WIDE})[ \t\f\v]*+[\r\n][ \t\r\n\f\v]*+(?={_WIDE})")
DEEPEST: Final = 200
PROSE_IN_CELL: Final = 400
"""A cell with more text than any entry or label is a frame around text, not a cell of a form: where there are few."""
PROSE_IN_FIELD: Final = 40
"""A longer text in a field is a paragraph that a system prints; shorter ones are hints of what to type."""
FRAME_CELLS: Final = 12
LONGEST_MARK: Final = 4


@dataclass
class Panels:
    """The panels of a report, each with the heading that only its tab bears ("" for none), and the ``tabs`` themselves."""

    headings: dict[Any, str] = field(default_factory=dict)
    tabs: Any = None


class Flow:
    """Walks through a page, also through what is hidden if ``hidden``; ``struck`` once something struck out was left out.

    ``panels`` are read, hidden or not, below the headings that only their tabs bear.
    """

    def __init__(self, root: Any, *, hidden: bool = False, panels: Panels | None = None) -> None:
        self.root, self.hidden, self.struck = root, hidden, False
        self.panels = panels or Panels()
        self.found: list[Placed] = []
        self._unknown: set[Any] = set()
        self._text: list[str] = []
        self._home: Any = root
        self._strong = False

    def blocks(self) -> list[Placed]:
        """Return the page's blocks in order, each with the element that it stands in."""
        self._walk(self.root, 0)
        self._flush(self.root)
        return self.found

    def _flush(self, home: Any) -> None:
        for line in shown_text("".join(self._text)).split("\n"):
            if line:
                self.found.append((Paragraph(line, strong=self._strong), self._home))
        self._text, self._home, self._strong = [], home, False

    def _walk(self, element: Any, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "textarea" and len(text := _entered(element)) > PROSE_IN_FIELD:
            self._text += [_BREAK, text, _BREAK]
        heading = self.panels.headings.get(element)
        unseen = is_hidden(element) and not self.hidden and heading is None
        if not tag or tag in _UNSEEN or depth > DEEPEST or unseen or element is self.panels.tabs:
            return
        if is_struck(element):
            self.struck = True
            return
        block = is_block(element)
        if block:
            self._flush(element)
            self._strong = tag in _HEADS
        if heading:
            self.found.append((Paragraph(heading), element))
        grid = None if tag != "table" else _of_tables(element) if _is_frame(element) else _grid(element)
        if grid is not None:
            self.struck = self.struck or any(is_struck(one) and not is_hidden(one) for one in element.iter())
            self.found.append((grid, element))
            return
        if block and (grid := drawn_by_style(element, _cell_text)) is not None:
            self.found.append((grid, element))
            return
        if tag == "dl" and (told := _told(element)):
            self.found += [(Paragraph(line), element) for line in told]
            return
        if tag == "br":
            self._text.append(_BREAK)
        self._text.append(element.text or "")
        drawn = drawn_by_rows(element, _cell_text, self._unknown) if block else ()
        rows = {child: grid for own, grid in drawn for child in own}
        for child in element:
            if child not in rows:
                self._walk(child, depth + 1)
            elif not self.found or self.found[-1][0] is not rows[child]:
                self._flush(element)
                self.found.append((rows[child], child))
            self._text.append(child.tail or "")
        if block:
            self._flush(element.getparent())


def _told(terms: Any) -> list[str]:
    """Return what a list of terms says where each is a label of the form, its number behind it, blank ones too; else []."""
    own = list(terms.iter("dt", "dd"))
    names, values = ([_cell_text(one) for one in own[at::2]] for at in (0, 1))
    in_turn = all(one.tag == ("dt", "dd")[number % 2] for number, one in enumerate(own))
    known = in_turn and all(is_table_label(part) for name in names for part in path_of(name))
    return [f"{name}：{value}" for name, value in zip(names, values, strict=False)] if known and names else []


def shown_text(text: str) -> str:
    """Return a text as a browser shows it: white space collapsed, none where the source merely broke a line of Chinese."""
    text = _BETWEEN.sub("", _INVISIBLE.sub("", text))
    lines = (_SPACES.sub(" ", line).strip(" \u3000") for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _rows(table: Any) -> list[Any]:
    """Return the rows of a table itself, not those of tables inside it: heads first, feet last, as they are shown."""
    heads, bodies, feet = list[Any](), list[Any](), list[Any]()
    for child in table:
        if child.tag == "tr":
            bodies += [] if is_hidden(child) else [child]
        elif child.tag in ("thead", "tbody", "tfoot") and not is_hidden(child):
            rows = [row for row in child if row.tag == "tr" and not is_hidden(row)]
            (heads if child.tag == "thead" else feet if child.tag == "tfoot" else bodies).extend(rows)
    return [*heads, *bodies, *feet]


def _is_frame(table: Any) -> bool:
    """Return whether a table only holds a page or a text in its place: it has tables or much text in a cell, or one cell."""
    cells = [cell for row in _rows(table) for cell in row if cell.tag in ("td", "th")]
    if len(cells) <= 1:
        return True
    for cell in cells:
        if any(len(list(inner.iter("td", "th"))) > 1 for inner in cell.iter("table")):
            return True
        if len(cells) <= FRAME_CELLS and len("".join(cell.itertext())) > PROSE_IN_CELL:
            return True
    return False


def _grid(table: Any) -> Grid:
    return grid_of_rows(
        [(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row if _is_cell(cell)]
        for row in _rows(table)
    )


def _of_tables(table: Any) -> Grid | None:
    """Return a table with its cells' tables as one grid, where it is one of the form."""
    rows = _contents(table)
    return unfolded(rows) if is_labelled(rows) else None


def _contents(table: Any) -> list[list[tuple[tuple[str, list[Grid | None]], int, int]]]:
    """Return what the cells of a table hold, with their spans."""
    return [
        [(_parts(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row if _is_cell(cell)]
        for row in _rows(table)
    ]


def _inner_tables(cell: Any) -> list[Any]:
    """Return the tables in a cell, not those inside of them."""
    home = next(cell.iterancestors("table"))
    return [one for one in cell.iter("table") if next(one.iterancestors("table")) is home and not is_hidden(one)]


def _parts(cell: Any) -> tuple[str, list[Grid | None]]:
    """Return the text of a cell beside its tables, and these."""
    tables = _inner_tables(cell)
    if not tables:
        return _cell_text(cell), []
    text = shown_text("".join(_inside(cell, lambda part: part.tag == "table" or _is_aside(part))))
    return text, [unfolded(_contents(one)) for one in tables]


def _is_cell(element: Any) -> bool:
    """Return whether an element of a row takes a place in it; one of which the text alone is not shown does."""
    return element.tag in ("td", "th") and (not is_hidden(element) or "visibility" in element.get("style", "").lower())


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return int(text) if text.isdigit() and len(text) < 5 else 1


def _cell_text(cell: Any) -> str:
    """Return a cell's text, its paragraphs as lines; without what is struck out, and the raised marks of notes."""
    if is_hidden(cell):
        return ""
    whole = is_struck(cell) or is_struck(cell.getparent())
    for left_out in () if whole else (_is_aside, is_struck):
        text = shown_text("".join(_inside(cell, left_out)))
        if text:
            return text
    struck = shown_text("".join(_inside(cell, lambda _: False)))
    return STRUCK + struck if struck else ""


def _inside(element: Any, left_out: Callable[[Any], bool]) -> Iterator[str]:
    """Yield the texts inside an element, a break around each block in it."""
    yield element.text or ""
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag and tag not in _UNSEEN and not left_out(child) and not is_hidden(child):
            around = _BREAK if tag in BLOCKS or tag == "br" else " " if is_apart(child) else ""
            yield around
            yield from _inside(child, left_out)
            yield around
        elif tag in _FIELDS:
            yield _entered(child)
        yield child.tail or ""


def _entered(field: Any) -> str:
    """Return what a field of a form shows: pages of reporting systems print their numbers so."""
    if field.tag == "textarea":
        return (field.text or "").strip().replace("\n", _BREAK)
    return (field.get("value") or "") if (field.get("type") or "text").lower() in _TYPED else ""


def _is_aside(element: Any) -> bool:
    """Return whether an element in a cell is struck out, unseen, or the mark of a note: 12 with a raised 1 is not 121."""
    return (
        is_struck(element)
        or is_white(element)
        or (is_raised(element) and len("".join(element.itertext()).strip()) <= LONGEST_MARK)
    )
