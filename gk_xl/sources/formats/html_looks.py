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
    r"(?<![\w-])(?:opacity\s*:\s*(?:0?\.0\d*|0+(?![.\d]))|font-size\s*:\s*0(?![.\d]*[1-9])|(?:(?:margin-)?(?:left|top)|text-indent)\s*:\s*-(?:\d{3,}(?:px|pt)|\d{2,}(?:em|rem|vw))"
    r"|transform\s*:\s*scale\(0\)|clip\s*:\s*rect\([01px,\s]+\)|clip-path\s*:\s*inset\((?:50|100)%\))",
    re.IGNORECASE,
)
_COLOUR: Final = re.compile(
    r"#(?P<hex>[0-9a-f]{3,8})(?!\w)|rgba?\((?P<parts>[\d.,\s/%]+)\)|(?P<name>white|transparent)(?!\w)"
)
_WHITE: Final = 250
"""So light are all parts of a colour that is not seen on paper, of 255."""
_NOTHING: Final = re.compile(r"[01](?:\.0*)?(?:px|pt)?|0\D*")
"""How wide or high a box is in which nothing is seen."""
_APART: Final = re.compile(
    r"(?<![\w-])(?:display\s*:\s*(?:inline-block|inline-flex|table-cell)|position\s*:\s*(?:absolute|fixed)|float\s*:\s*(?:left|right)|(?:top|bottom)\s*:\s*-?[.\d]*[1-9]"
    r"|font-size\s*:\s*(?:0?\.\d+r?em|[1-9]\d%|[1-8](?:\.\d+)?px|[1-6](?:\.\d+)?pt|smaller|x{1,2}-small))",
    re.IGNORECASE,
)
_APART_TAGS: Final = frozenset({"a", "small", "label"})
_SMALLER: Final = ("1", "-1", "-2")
"""Sizes of a font element that are smaller than usual."""
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
    unseen = not _NOT.isdisjoint(last.items()) or bool(_UNSEEN.search(style)) or _is_shut(style)
    return element.get("hidden") is not None or (unseen and not _is_shown_within(element, style))


def _is_shut(style: str) -> bool:
    """Return whether a box has no room for what it holds, and hides it."""
    said = dict(declarations(style)) if "overflow" in style else {}
    sizes = (said.get(name, "") for name in ("width", "height", "max-width", "max-height"))
    return "hidden" in said.get("overflow", "") and any(_NOTHING.fullmatch(size) for size in sizes)


def _is_shown_within(element: Any, style: str) -> bool:
    """Return whether what is in an element is shown though its own text is not: its size or visibility is told anew."""
    if "font-size" in style and _UNSEEN.search(style) and declared(element).get("display") != "none":
        return not (element.text or "").strip() and any(_is_sized(child) for child in element)
    return False


def _is_sized(element: Any) -> bool:
    return (
        bool(re.match(r"\d*\.?\d*[1-9]", declared(element).get("font-size", "")))
        if isinstance(element.tag, str)
        else False
    )


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
    """Return whether an element is written in white, in no colour or in that of its ground, so that nothing of it is seen."""
    said = declared(element)
    colour = _shade(said.get("color", (element.get("color") or "").lower()))
    ground = _shade(said.get("background-color", said.get("background", "")))
    return colour is not None and (colour == ground or not colour[3] or min(colour[:3]) >= _WHITE)


def _shade(text: str) -> tuple[float, float, float, float] | None:
    """Return a colour as red, green and blue, to 255, and how much it covers; None where it is not told."""
    match = _COLOUR.search(text)
    if match is None:
        return None
    if match["name"]:
        return (255, 255, 255, float(match["name"] == "white"))
    if match["hex"]:
        digits = match["hex"] if len(match["hex"]) > 4 else "".join(sign * 2 for sign in match["hex"])
        parts = [float(int(digits[at : at + 2], 16)) for at in range(0, len(digits), 2)]
    else:
        parts = [float(one) for one in re.findall(r"\d*\.?\d+", match["parts"])]
    return (parts[0], parts[1], parts[2], (*parts, 1.0)[3]) if len(parts) > 2 else None


def is_apart(element: Any) -> bool:
    """Return whether an element is a box of its own on its line, or stands off it: what it holds goes on with no number.

    Links and small signs behind a number are marks of notes more often than digits. What an element is whose class is not
    known may be struck out or hidden; where all that stands beside it has that class, it is one text.
    """
    style = element.get("style") or ""
    if element.tag in _APART_TAGS or _APART.search(style) is not None or element.get("size") in _SMALLER:
        return True
    return UNKNOWN in style and not _is_among_its_like(element)


def _is_among_its_like(element: Any) -> bool:
    parent, name = element.getparent(), element.get("class")
    alone = not any((text or "").strip() for text in (parent.text, *(child.tail for child in parent)))
    return alone and all(child.get("class") == name for child in parent if isinstance(child.tag, str))
