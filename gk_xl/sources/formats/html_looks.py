"""How an element of a page is shown, by itself and by the style sheets in the page: not at all, struck out, raised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN: Final = re.compile(r"(?<![\w-])(display|visibility)\s*:\s*([a-z-]+)", re.IGNORECASE)
_NOT: Final = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")}
_STRUCK_TAGS: Final = frozenset({"s", "strike", "del"})
_STRUCK: Final = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED: Final = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_ASIDE: Final = re.compile(r"/\*.*?\*/|@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)
"""What of a style sheet holds only for print or some screens."""
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS: Final = re.compile(r"\s*([a-zA-Z]\w*)?\.([\w-]+)\s*")

Rules = dict[tuple[str, str], str]
"""Declarations by element and class; "" for any element."""


def rules_of(root: Any) -> Rules:
    """Return what the style sheets in a page say of classes."""
    found: Rules = {}
    for sheet in root.iter("style"):
        for selectors, said in _RULE.findall(_ASIDE.sub("", sheet.text or "")):
            for match in filter(None, map(_CLASS.fullmatch, selectors.split(","))):
                key = ((match[1] or "").lower(), match[2])
                found[key] = f"{found.get(key, '')};{said}"
    return found


def dress(root: Any, rules: Mapping[tuple[str, str], str]) -> None:
    """Give the elements inside one the style that their classes have; their own prevails."""
    for element in root.iter() if rules else ():
        names = (element.get("class") or "").split() if isinstance(element.tag, str) else []
        said = [rules[key] for name in names for key in (("", name), (element.tag, name)) if key in rules]
        if said:
            element.set("style", ";".join((*said, element.get("style") or "")))


def is_hidden(element: Any) -> bool:
    """Return whether a browser does not show an element."""
    last = dict(_SHOWN.findall((element.get("style") or "").lower()))
    return element.get("hidden") is not None or not _NOT.isdisjoint(last.items())


def is_struck(element: Any) -> bool:
    """Return whether an element is struck out: what stands there holds no longer."""
    return element.tag in _STRUCK_TAGS or _STRUCK.search(element.get("style") or "") is not None


def is_raised(element: Any) -> bool:
    """Return whether an element is raised above its line."""
    return element.tag == "sup" or _RAISED.search(element.get("style") or "") is not None
