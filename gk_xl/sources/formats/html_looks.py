"""How an element of a page is shown, by its style: not at all, struck out, as a mark of a note."""

from __future__ import annotations

import re
from typing import Any, Final

_SHOWN: Final = re.compile(r"(?<![\w-])(display|visibility)\s*:\s*([a-z-]+)", re.IGNORECASE)
_NOT: Final = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")}
_STRUCK_TAGS: Final = frozenset({"s", "strike", "del"})
_STRUCK: Final = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED: Final = re.compile(r"vertical-align\s*:\s*(?:super|sub)(?![\w-])", re.IGNORECASE)
_RAISED_TAGS: Final = frozenset({"sup", "sub"})
_UNSEEN: Final = re.compile(
    r"(?<![\w-])(?:(?:opacity|font-size)\s*:\s*0(?![.\d]*[1-9])|(?:left|top|text-indent)\s*:\s*-(?:\d{3,}(?:px|pt)|\d{2,}(?:em|rem|vw))"
    r"|transform\s*:\s*scale\(0\)|clip\s*:\s*rect\([0px,\s]+\)|clip-path\s*:\s*inset\((?:50|100)%\))",
    re.IGNORECASE,
)
_WHITE: Final = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#fff(?:fff)?(?!\w)|white(?!\w)|rgb\(255,\s*255,\s*255\))", re.IGNORECASE
)
_APART: Final = re.compile(
    r"(?<![\w-])(?:display\s*:\s*(?:inline-block|inline-flex|table-cell)|(?:top|bottom)\s*:\s*-?[.\d]*[1-9]"
    r"|font-size\s*:\s*(?:0?\.\d+r?em|[1-9]\d%|[1-8](?:\.\d+)?px|[1-6](?:\.\d+)?pt|smaller|x{1,2}-small))",
    re.IGNORECASE,
)
_APART_TAGS: Final = frozenset({"a", "small", "label"})
UNKNOWN: Final = "look: unknown"
"""What the style says of an element whose class may mean anything, as a style sheet is not there."""
_LIFTED: Final = re.compile(r"(?<![\w-])(?:top\s*:\s*-|bottom\s*:\s*)[.\d]*[1-9]", re.IGNORECASE)
"""How far an element stands above its line."""
BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
"""The elements that browsers show as blocks."""
_INLINE: Final = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "b", "strong", "em", "font", "td", "th", "li")
"""Elements that hold a line of text, whatever they are made of."""
_DECLARED: Final = re.compile(r"(?<![\w-])([a-z-]+)\s*:\s*((?:[^;\"']|\"[^\"]*\"|'[^']*')+)", re.IGNORECASE)


def declarations(style: str) -> list[tuple[str, str]]:
    """Return what a style says, one by one: a property and its value."""
    return [(name.lower(), said.strip()) for name, said in _DECLARED.findall(style)]


def declared(element: Any) -> dict[str, str]:
    """Return what the style of an element says, by property; what is said last prevails."""
    return {name: said.lower() for name, said in declarations(element.get("style") or "")}


def is_flex(element: Any) -> bool:
    """Return whether the boxes of an element are laid out as CSS Flexible Box tells."""
    return declared(element).get("display", "") in ("flex", "inline-flex")


def is_block(element: Any) -> bool:
    """Return whether a browser shows an element as a block of its own.

    What an element is shown as that a system invented, its style sheet tells; without one it is a block where nothing but
    elements stand beside it.
    """
    if element.tag in BLOCKS:
        return True
    display = declared(element).get("display", "")
    parent = element.getparent()
    if display or "-" not in element.tag or parent is None or parent.tag in _INLINE:
        return display.partition(" ")[0] in ("block", "flex", "grid", "table", "table-row", "flow-root", "list-item")
    return not any((text or "").strip() for text in (parent.text, *(child.tail for child in parent)))


def is_hidden(element: Any) -> bool:
    """Return whether a browser does not show an element."""
    style = (element.get("style") or "").lower()
    last = dict(_SHOWN.findall(style))
    return element.get("hidden") is not None or not _NOT.isdisjoint(last.items()) or bool(_UNSEEN.search(style))


def is_struck(element: Any) -> bool:
    """Return whether an element is struck out: what stands there holds no longer."""
    by_tag = element.tag in _STRUCK_TAGS and "none" not in declared(element).get("text-decoration", "")
    return by_tag or _STRUCK.search(element.get("style") or "") is not None


def is_raised(element: Any) -> bool:
    """Return whether an element is raised above its line, or lowered."""
    style = element.get("style") or ""
    lifted = declared(element).get("position") == "relative" and _LIFTED.search(style)
    return element.tag in _RAISED_TAGS or bool(lifted) or _RAISED.search(style) is not None


def is_white(element: Any) -> bool:
    """Return whether an element is written in white, so that nothing of it is seen on paper."""
    return _WHITE.search(f"color:{element.get('color') or ''};{element.get('style') or ''}") is not None


def is_apart(element: Any) -> bool:
    """Return whether an element is a box of its own on its line, or stands off it: what it holds goes on with no number.

    Links and small signs behind a number are marks of notes more often than digits. What an element is whose class is not
    known may be struck out or hidden; where all that stands beside it has that class, it is one text.
    """
    style = element.get("style") or ""
    if element.tag in _APART_TAGS or _APART.search(style) is not None:
        return True
    return UNKNOWN in style and not _is_among_its_like(element)


def _is_among_its_like(element: Any) -> bool:
    parent, name = element.getparent(), element.get("class")
    alone = not any((text or "").strip() for text in (parent.text, *(child.tail for child in parent)))
    return alone and all(child.get("class") == name for child in parent if isinstance(child.tag, str))
