"""What style sheets draw: numbers that stand in no text, and boxes in another order than in the source → the page as it is seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.formats.html_looks import declarations, declared, is_flex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PART: Final = re.compile(r"""attr\(\s*([\w-]+)[^)]*\)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""")
_ESCAPED: Final = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_NUMBER: Final = re.compile(r"\s*[\d.,]+\s*")
_SIGN: Final = re.compile(r"\s*[-−－+＋]\s*")
_QUOTED: Final = re.compile(r"[\"']([^\"']*)[\"']")
_LEFT: Final = re.compile(r"(-?[\d.]+)(px|em|rem|%|pt|vw|)")
_WHOLE: Final = re.compile(r"-?\d+")


def draw(root: Any) -> None:
    """Put into a page what its style sheets draw of numbers, and its boxes into the order in which they are seen."""
    for element in [*root.iter()]:
        if not isinstance(element.tag, str):
            continue
        for place in ("before", "after"):
            if style := element.get(f"data-{place}-style"):
                _put(element, place, style)
        _name_areas(element)
        _reorder(element)
        if not len(element) and element.text and _is_backwards(element):
            element.text = element.text[::-1]


def _is_backwards(element: Any) -> bool:
    """Return whether the signs of a text are shown from right to left."""
    said = declared(element)
    override = "override" in said.get("unicode-bidi", "") or element.tag == "bdo"
    return override and said.get("direction", (element.get("dir") or "").lower()) == "rtl"


def _name_areas(element: Any) -> None:
    """Tell the boxes of a grid whose areas have names the lines between which they stand."""
    said = declared(element)
    told = f"{said.get('grid-template-areas', '')} {said.get('grid-template', '')} {said.get('grid', '')}"
    rows = [row.split() for row in _QUOTED.findall(told)]
    places: dict[str, list[tuple[int, int]]] = {}
    for row, names in enumerate(rows, 1):
        for column, name in enumerate(names, 1):
            places.setdefault(name, []).append((row, column))
    for box in element if rows else ():
        own = places.get(declared(box).get("grid-area", "")) if isinstance(box.tag, str) else None
        if own:
            lines = (own[0][0], own[0][1], own[-1][0] + 1, own[-1][1] + 1)
            box.set("style", f"{box.get('style')}; grid-area: {' / '.join(map(str, lines))}")


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
    orders = _orders(element, boxes)
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


def _orders(element: Any, boxes: Sequence[Any]) -> list[float]:
    """Return by what numbers boxes are in order on the screen; 0 for all where that is as in the source."""
    if placed := _placed(boxes):
        return placed
    grid = "grid" in declared(element).get("display", "")
    if is_flex(element) or grid:
        orders: list[float] = [_order(box) for box in boxes]
        columns = [_column(box) for box in boxes] if grid else []
        return columns if columns and all(columns) and len({*columns}) == len(columns) else orders
    return [0.0] * len(boxes)


def _placed(boxes: Sequence[Any]) -> list[float]:
    """Return how far to the right boxes stand that are placed one by one on a line; none where they are not."""
    said = [declared(box) for box in boxes]
    lefts = [_LEFT.fullmatch(one.get("left", "")) for one in said]
    level = len({one.get("top", "") for one in said}) == 1
    whole = level and len(boxes) > 1 and all(one.get("position") == "absolute" for one in said)
    units = {match[2] for match in lefts if match}
    return [float(match[1]) for match in lefts if match] if whole and all(lefts) and len(units - {""}) < 2 else []


def _column(box: Any) -> float:
    """Return the line at which a box of a grid begins, from 1; 0 where that is not told, or it stands in a row below."""
    said = declared(box)
    area = [part.strip() for part in said.get("grid-area", "").split("/")]
    row = said.get("grid-row-start") or said.get("grid-row", "").split("/")[0].strip() or area[0]
    column = said.get("grid-column-start") or said.get("grid-column", "").split("/")[0].strip() or "".join(area[1:2])
    return float(column) if column.isdigit() and row in ("", "auto", "1") else 0.0


def _order(box: Any) -> int:
    said = declared(box).get("order", "")
    return int(said) if _WHOLE.fullmatch(said) else 0
