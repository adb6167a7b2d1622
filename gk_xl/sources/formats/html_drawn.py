"""What style sheets draw: numbers that stand in no text, and boxes in another order than in the source → the page as it is seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.formats.html_looks import declarations, declared, is_flex

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART: Final = re.compile(r"""attr\(\s*([\w-]+)[^)]*\)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""")
_ESCAPED: Final = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_NUMBER: Final = re.compile(r"\s*[\d.,]+\s*")
_SIGN: Final = re.compile(r"\s*[-−－+＋]\s*")
_WHOLE: Final = re.compile(r"-?\d+")


def draw(root: Any) -> None:
    """Put into a page what its style sheets draw of numbers, and its boxes into the order in which they are seen."""
    for element in [*root.iter()]:
        if not isinstance(element.tag, str):
            continue
        for place in ("before", "after"):
            if style := element.get(f"data-{place}-style"):
                _put(element, place, style)
        _reorder(element)


def _put(element: Any, place: str, style: str) -> None:
    """Put what is drawn before or after the text of an element there: numbers, signs of numbers, what attributes hold."""
    drawn = element.makeelement("span", {"style": re.sub(r"content\s*:[^;]*", "", style)})
    content = dict(declarations(style)).get("content", "")
    text = "".join(_content(element, content))
    own = "".join(element.itertext())
    is_sign = _SIGN.fullmatch(text) and _NUMBER.fullmatch(own)
    if not ("attr(" in content or any(sign.isdigit() for sign in text) or is_sign):
        return
    drawn.text = text
    if place == "before":
        drawn.tail, element.text = element.text, None
        element.insert(0, drawn)
    else:
        element.append(drawn)


def _content(element: Any, content: str) -> Iterator[str]:
    for name, *texts in _PART.findall(content):
        yield element.get(name) or "" if name else _ESCAPED.sub(_unescaped, "".join(texts))


def _unescaped(match: re.Match[str]) -> str:
    return chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else match[2]


def _reorder(element: Any) -> None:
    """Put the boxes of an element into the order that they have on the screen."""
    boxes = [child for child in element if isinstance(child.tag, str)]
    laid_out = is_flex(element) or "grid" in declared(element).get("display", "")
    orders = [_order(box) if laid_out else 0 for box in boxes]
    flow = " ".join((declared(element).get("flex-direction", ""), declared(element).get("flex-flow", "")))
    floats = len(boxes) > 1 and all(declared(box).get("float") == "right" for box in boxes)
    back = "reverse" in flow if is_flex(element) else floats
    if not any(orders) and not back:
        return
    seen = [box for _, box in sorted(zip(orders, boxes, strict=True), key=lambda pair: pair[0])]
    texts = [box.tail for box in boxes]
    for box in boxes:
        element.remove(box)
    for box, text in zip(reversed(seen) if back else seen, texts, strict=True):
        box.tail = text
        element.append(box)


def _order(box: Any) -> int:
    said = declared(box).get("order", "")
    return int(said) if _WHOLE.fullmatch(said) else 0
