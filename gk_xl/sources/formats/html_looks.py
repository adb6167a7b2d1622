"""How an element of a page is shown, by itself and by the style sheets in the page: not at all, struck out, as a mark of a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_DECLARED: Final = re.compile(r"(?<![\w-])([a-z-]+)\s*:\s*([^;]+)", re.IGNORECASE)
_ASIDE: Final = re.compile(r"/\*.*?\*/|@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)
"""What of a style sheet holds only for print or some screens."""
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PART: Final = re.compile(r"([a-zA-Z]\w*)?((?:\.[\w-]+)*)")
"""An element with its classes, in a selector."""

Part = tuple[str, frozenset[str]]
"""The name of an element, "" for any, and classes that it has."""
Rules = dict[str, list[tuple[list[Part], frozenset[int], str]]]
"""By a class of the element: the element and those above it, which of these must be right above, what is declared."""


def rules_of(root: Any) -> Rules:
    """Return what the style sheets in a page say of classes, by themselves or inside other elements."""
    found: Rules = {}
    for sheet in root.iter("style"):
        for selectors, said in _RULE.findall(_ASIDE.sub("", sheet.text or "")):
            for selector in selectors.split(","):
                words = selector.replace(">", " > ").split()[::-1]
                names = [word for word in words if word != ">"]
                matches = [match for name in names if (match := _PART.fullmatch(name))]
                parts = [((match[1] or "").lower(), frozenset(match[2].split(".")[1:])) for match in matches]
                close = frozenset(at - number for number, at in enumerate(n for n, w in enumerate(words) if w == ">"))
                if len(matches) == len(names) and parts and parts[0][1]:
                    found.setdefault(min(parts[0][1]), []).append((parts, close, said))
    return found


def dress(root: Any, rules: Rules) -> None:
    """Give the elements of a page the style that their classes have, those of more classes behind; their own prevails."""
    for element in root.iter() if rules else ():
        names = _classes(element) if isinstance(element.tag, str) else frozenset()
        own = [rule for name in sorted(names & rules.keys()) for rule in rules[name] if _fits(element, *rule[:2])]
        said = [said for _, _, said in sorted(own, key=lambda rule: sum(len(classes) for _, classes in rule[0]))]
        if said:
            element.set("style", ";".join((*said, element.get("style") or "")))


def _classes(element: Any) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _fits(element: Any, parts: Sequence[Part], close: frozenset[int], at: int = 0) -> bool:
    """Return whether an element, with those above it, is one of which a selector tells."""
    tag, classes = parts[at]
    if element is None or (tag and tag != element.tag) or not classes <= _classes(element):
        return False
    if at + 1 == len(parts):
        return True
    above = element.getparent()
    if at + 1 in close:
        return _fits(above, parts, close, at + 1)
    return any(_fits(one, parts, close, at + 1) for one in element.iterancestors())


def declared(element: Any) -> dict[str, str]:
    """Return what the style of an element says, by property; what is said last prevails."""
    return {name.lower(): said.strip().lower() for name, said in _DECLARED.findall(element.get("style") or "")}


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
    return element.tag in _STRUCK_TAGS or _STRUCK.search(element.get("style") or "") is not None


def is_raised(element: Any) -> bool:
    """Return whether an element is raised above its line, or lowered."""
    return element.tag in _RAISED_TAGS or _RAISED.search(element.get("style") or "") is not None


def is_white(element: Any) -> bool:
    """Return whether an element is written in white, so that nothing of it is seen on paper."""
    return _WHITE.search(f"color:{element.get('color') or ''};{element.get('style') or ''}") is not None


def is_apart(element: Any) -> bool:
    """Return whether an element is a box of its own on its line, or stands off it: what it holds goes on with no number.

    Links and small signs behind a number are marks of notes more often than digits; so may be digits of a class of their
    own, of which only a style sheet outside the page tells.
    """
    if element.tag in _APART_TAGS or _APART.search(element.get("style") or "") is not None:
        return True
    return element.get("class") is not None and _lengthens(element) and _is_dressed_outside(element)


def _lengthens(element: Any) -> bool:
    """Return whether an element holds digits right behind others that are of another class."""
    before = element.getprevious()
    if before is None:
        digits = element.getparent().text or ""
    elif before.tail:
        digits = before.tail
    else:
        digits = "" if before.get("class") == element.get("class") else "".join(before.itertext())
    return digits[-1:].isdigit() and "".join(element.itertext())[:1].isdigit()


def _is_dressed_outside(element: Any) -> bool:
    """Return whether a page names a style sheet that does not come with it."""
    links = element.getroottree().iter("link")
    return any("stylesheet" in (link.get("rel") or "").lower() for link in links)
