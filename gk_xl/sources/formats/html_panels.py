"""Pages of tabs and folds: which hidden elements a click shows, and the heading that stands on the tab alone.

WAI-ARIA Authoring Practices (tabs, accordion). What else is hidden stays so: a second copy, last year's page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.load import edition_in_force
from gk_xl.sources.document import Grid
from gk_xl.sources.formats.html_blocks import Panels
from gk_xl.sources.formats.html_looks import is_hidden
from gk_xl.sources.labels import fold
from gk_xl.sources.sections import LONGEST, is_heading_again
from gk_xl.sources.shape import known_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gk_xl.sources.formats.html_blocks import Placed

    Blocks = Callable[[Any], list[Placed]]
    """What an element would show."""

ENOUGH: Final = 3
"""Headings and tables of the form that stand in the panels of one report, at least."""
MOST: Final = 20
"""A report has no more panels."""
_KINDS: Final = frozenset({"div", "section", "article", "li", "dd", "td"})
"""The elements that pages use as panels."""


def panels_of(root: Any, seen: Sequence[Placed], blocks: Blocks) -> Panels:
    """Return the panels of a page over which one report is spread: nothing of it stands in two of them.

    ``seen`` is what the page shows by itself: a table there is no second time behind a tab.
    """
    tabs, names = _tabs(root)
    for panels in _alike(root):
        paired = names if len(names) == len(panels) and not _is_in(panels[0], [tabs]) else [""] * len(panels)
        if not any(paired) and not any(map(is_hidden, panels)):
            continue
        outside = [placed for placed in seen if not _is_in(placed[1], [*panels, tabs])]
        beside = _marks(outside)
        marks = [_marks(blocks(panel)) for panel in panels]
        told = zip(paired, marks, strict=True)
        own = [heading if heading not in {*found, *beside} else "" for heading, found in told]
        every = [mark for heading, found in zip(paired, marks, strict=True) for mark in {*found, heading} - {""}]
        if len(every) < ENOUGH or len(set(every)) < len(every) or _tables().isdisjoint(every):
            continue
        if beside.isdisjoint(_tables().intersection(every)):
            return Panels(dict(zip(panels, own, strict=True)), tabs if any(paired) else None)
    return Panels()


def _tabs(root: Any) -> tuple[Any, list[str]]:
    """Return the element whose children are tabs that name sections of the form, and the heading on each, "" for another."""
    for element in root.iter("ul", "ol", "div", "nav", "dl"):
        children = [child for child in element if isinstance(child.tag, str)]
        texts = [_short(child) for child in children] if ENOUGH <= len(children) <= MOST else []
        if all(texts) and len({section for text in texts if text and (section := _section(text))}) >= ENOUGH:
            return element, [_section(text or "") for text in texts]
    return None, []


def _short(element: Any) -> str | None:
    """Return the text of an element; None for one too long for a heading."""
    text = ""
    for part in element.itertext():
        text += part.strip()
        if len(text) > LONGEST:
            return None
    return text


def _alike(root: Any) -> Iterator[list[Any]]:
    """Yield elements that are alike by tag, role and first class, none of them inside another, from the outermost on."""
    found: dict[tuple[str, str, str], list[Any]] = {}
    for element in root.iter(*_KINDS):
        role, classes = element.get("role") or "", (element.get("class") or "").split()
        if role or classes:
            found.setdefault((element.tag, role, (classes or [""])[0]), []).append(element)
    for panels in found.values():
        if 1 < len(panels) <= MOST and not any(_is_in(one.getparent(), panels) for one in panels):
            yield panels


def _is_in(element: Any, panels: Sequence[Any]) -> bool:
    return element in panels or any(above in panels for above in element.iterancestors())


def _marks(blocks: Sequence[Placed]) -> set[str]:
    """Return the sections whose headings stand among blocks, and the tables of the form."""
    marks = set()
    for block, _ in blocks:
        if isinstance(block, Grid):
            texts = {fold(box.text) for box in block.boxes}
            marks |= {table for table in _tables() if len(texts & known_labels(table)) >= ENOUGH}
        else:
            marks.add(_section(block.text))
    return marks - {""}


def _tables() -> set[str]:
    return {section.table for section in edition_in_force().sections if section.table}


@lru_cache(maxsize=1024)
def _section(text: str) -> str:
    """Return the heading of the section that a text names; "" for any other text."""
    known = (section for section in edition_in_force().sections if is_heading_again(text, section))
    return next((section.heading for section in known), "")
