"""The style sheets of a page, in it and beside it → the style of each element, as a browser would reckon it.

CSS Cascade 4, Selectors 4: what reports are made with of them. What a browser saves beside a page is read where it is
there; where it is not, what its classes mean is not known.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from gk_xl.sources.formats.html_looks import UNKNOWN, declarations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Fetch = Callable[[str], bytes | None]
    """An address in a page → the style sheet there; None where it cannot be had."""

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a style sheet; those of whole sites have some 300 KB."""
MOST: Final = 40
"""So many style sheets are read for a page, at most."""

_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_WINDOW: Final = 1280
"""Pixels of the window that a page is thought to be seen in."""
_SCREEN: Final = re.compile(
    r"@media\s++(?:(?:only\s++)?(?:screen|all)\s*+)?+(?:and\s*+)?+(?:\(\s*+min-(?:device-)?width\s*+:\s*+(\d++)(?:\.\d++)?px\s*+\)\s*+)?+\{((?:[^{}]*+\{[^{}]*+\})*+[^{}]*+)\}",
    re.IGNORECASE,
)
_IMPORT: Final = re.compile(
    r"""@import\s++(?:url\(\s*+)?+["']?([^"')\s;]++)["']?\s*+\)?+\s*+([^;]*+);""", re.IGNORECASE
)
_ASIDE: Final = re.compile(r"@[^{};]*;|@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)
"""What of a style sheet holds only for print or some screens, or is no rule."""
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_KEPT: Final = re.compile(
    r"display|visibility|opacity|content|order|float|direction|(?:max-)?(?:width|height)|(?:background-)?color|background|overflow|unicode-bidi|position|(?:margin-)?(?:left|top|bottom)|clip(?:-path)?"
    r"|transform|text-(?:indent|decoration[\w-]*)|vertical-align|font-size|flex[\w-]*|grid[\w-]*|mso-[\w-]+"
)
"""The properties that tell whether, where and in what order something is shown."""
_IMPORTANT: Final = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)
_STEPS: Final = re.compile(r"(?:\s*([>+~])\s*|\s+)(?![^(\[]*[)\]])")
_SIMPLE: Final = re.compile(
    r"(?P<tag>\*|[a-zA-Z][\w-]*)|#(?P<id>[\w-]+)|\.(?P<of>[\w-]+)"
    r"|\[\s*(?P<name>[\w-]+)\s*(?:(?P<how>[~|^$*]?=)\s*[\"']?(?P<value>[^\"'\]]*+)[\"']?\s*+)?+\]"
    r"|::?(?P<drawn>before|after)|:(?P<is>[\w-]+)(?:\((?P<arg>[^()]*)\))?"
)
_NTH: Final = re.compile(r"([+-]?\d*)n\s*(?:([+-])\s*(\d+))?")


class Simple(NamedTuple):
    """One condition of a selector: its kind, a name, what is asked of that."""

    kind: str
    name: str
    value: str = ""


class Rule(NamedTuple):
    """A rule: the compounds from the element upwards, each with the step to the next; what it declares; its weight."""

    parts: tuple[tuple[tuple[Simple, ...], str], ...]
    said: dict[str, str]
    weight: tuple[int, int, int]
    drawn: str = ""
    """"before" or "after" where it draws something there."""


def beside(name: str) -> Fetch:
    """Return how the style sheets are had that a browser saved beside a page, in its folder or one in that."""
    folder = Path(name).parent

    def fetch(address: str) -> bytes | None:
        path = PurePosixPath(unquote(re.split(r"[?#]", address)[0]).replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0:1] or not path.parts:
            return None
        try:
            file = folder / path
            return file.read_bytes() if file.is_file() and file.stat().st_size <= LARGEST else None
        except (OSError, ValueError):
            return None

    return fetch


def dress(root: Any, fetch: Fetch, *pages: Any) -> None:
    """Give the elements of a page the style that its sheets tell, and those of pages around it, their own behind.

    The look of an element is unknown where a sheet is not there that may tell of its class.
    """
    sheets = _Sheets(fetch)
    rules: dict[str, list[Rule]] = {}
    for text in (text for page in (*pages, root) for text in sheets.of(page)):
        for rule in _rules(text):
            rules.setdefault(_key(rule), []).append(rule)
    for element in root.iter() if rules or sheets.missing else ():
        if isinstance(element.tag, str):
            known = _dressed(element, rules)
            if sheets.missing and not known and element.get("class"):
                element.set("style", ";".join(filter(None, (element.get("style"), UNKNOWN))))


class _Sheets:
    """Gathers the style sheets of a page; ``missing`` once one was not there."""

    def __init__(self, fetch: Fetch) -> None:
        self.fetch, self.missing, self.left = fetch, False, MOST

    def of(self, root: Any) -> Iterator[str]:
        """Yield the texts of all sheets for screens, in their order."""
        for element in root.iter("style", "link"):
            if not _is_for_screens(element.get("media") or ""):
                continue
            if element.tag == "style":
                yield from self._whole(element.text or "")
            elif "stylesheet" in (element.get("rel") or "").lower().split() and element.get("href"):
                yield from self._at(element.get("href"))

    def _at(self, address: str) -> Iterator[str]:
        self.left -= 1
        data = self.fetch(address) if self.left >= 0 else None
        if data is None:
            self.missing = True
            return
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030", "replace")
        yield from self._whole(text)

    def _whole(self, text: str) -> Iterator[str]:
        text = _COMMENT.sub("", text)
        for address, media in _IMPORT.findall(text):
            if _is_for_screens(media):
                yield from self._at(address)
        yield text


def _is_for_screens(media: str) -> bool:
    return media.strip().lower() in ("", "all", "screen")


def _rules(sheet: str) -> Iterator[Rule]:
    plain = _ASIDE.sub(
        "", _SCREEN.sub(lambda found: found[2] if int(found[1] or 0) <= _WINDOW else "", _IMPORT.sub("", sheet))
    )
    for selectors, body in _RULE.findall(plain):
        said = {name: value for name, value in declarations(body) if _KEPT.fullmatch(name)}
        for selector in _apart(selectors) if said else ():
            if (rule := _rule(selector.strip(), said)) is not None:
                yield rule


def _apart(selectors: str) -> list[str]:
    return re.split(r",(?![^(\[]*[)\]])", selectors)


def _rule(selector: str, said: dict[str, str]) -> Rule | None:
    """Return a rule; None for one whose selector tells of states, or is none that is known."""
    pieces = _STEPS.split(selector)
    parts, steps = pieces[::2], [step or " " for step in pieces[1::2]]
    compounds = [_compound(part) for part in parts]
    if not all(compounds):
        return None
    simple = [own for own in compounds if own]
    drawn = next((one.name for one in simple[-1] if one.kind == "drawn"), "")
    own = [tuple(one for one in part if one.kind != "drawn") for part in simple]
    every = [one.kind for part in own for one in part]
    weight = (every.count("id"), sum(kind in ("of", "attribute", "is") for kind in every), every.count("tag"))
    return Rule(tuple(zip(own[::-1], [*steps[::-1], ""], strict=True)), said, weight, drawn)


def _compound(text: str) -> tuple[Simple, ...] | None:
    """Return the conditions of a compound; None where one of them is not known."""
    found, at = [], 0
    while at < len(text):
        match = _SIMPLE.match(text, at)
        if match is None or match.end() == at:
            return None
        at = match.end()
        if match["tag"]:
            found.append(Simple("tag", match["tag"].lower()))
        elif match["id"] or match["of"]:
            found.append(Simple("id" if match["id"] else "of", match["id"] or match["of"]))
        elif match["name"]:
            found.append(Simple("attribute", f"{match['how'] or ''}{match['name']}", match["value"] or ""))
        elif match["drawn"]:
            found.append(Simple("drawn", match["drawn"]))
        elif match["is"] in _STATES:
            found.append(Simple("is", match["is"], match["arg"] or ""))
        else:
            return None
    return tuple(found) or None


def _key(rule: Rule) -> str:
    """Return by what a rule is found: a class, an id or the name of the element that it tells of."""
    first = rule.parts[0][0]
    order = {"of": 0, "id": 1, "tag": 2}
    best = min((one for one in first if one.kind in order), key=lambda one: order[one.kind], default=Simple("tag", "*"))
    return f"{best.kind} {best.name}"


def _dressed(element: Any, rules: dict[str, list[Rule]]) -> bool:
    """Give an element the style of the rules that tell of it, by their weight; return whether its class was known."""
    keys = [f"of {name}" for name in (element.get("class") or "").split()]
    keys += [f"id {element.get('id')}", f"tag {element.tag}", "tag *"]
    own = [rule for key in keys for rule in rules.get(key, ()) if _fits(element, rule.parts)]
    own.sort(key=lambda rule: rule.weight)
    if style := _cascade([rule.said for rule in own if not rule.drawn], element.get("style") or ""):
        element.set("style", style)
    for place in ("before", "after"):
        drawn = [rule.said for rule in own if rule.drawn == place]
        if drawn and "content" in (style := _cascade(drawn, "")):
            element.set(f"data-{place}-style", style)
    return any(key in rules for key in keys if key.startswith("of "))


def _cascade(sheets: Iterable[dict[str, str]], own: str) -> str:
    """Return a style: what is said last prevails, its own before all; what is important before that."""
    plain: dict[str, str] = {}
    important: dict[str, str] = {}
    for said in sheets:
        for name, value in said.items():
            (important if _IMPORTANT.search(value) else plain)[name] = _IMPORTANT.sub("", value)
    own = own.strip().rstrip(";")
    overruled = {name for name, value in declarations(own) if _IMPORTANT.search(value)}
    stronger = {name: value for name, value in important.items() if name not in overruled}
    known = {name for name, _ in declarations(own)} | stronger.keys()
    before = [f"{name}: {value}" for name, value in plain.items() if name not in known]
    kept = [f"{name}: {value}" for name, value in declarations(own) if name not in stronger] if stronger else [own]
    return "; ".join(filter(None, (*before, *kept, *(f"{name}: {value}" for name, value in stronger.items()))))


# ------------------------------------------------------------------------------------------------ which rules fit


def _fits(element: Any, parts: tuple[tuple[tuple[Simple, ...], str], ...], at: int = 0) -> bool:
    """Return whether an element, with those above and before it, is one of which a selector tells."""
    if element is None or not all(_meets(element, one) for one in parts[at][0]):
        return False
    step = parts[at][1]
    if not step:
        return True
    others = {
        ">": [element.getparent()],
        "+": [*element.itersiblings(preceding=True)][:1],
        "~": element.itersiblings(preceding=True),
        " ": element.iterancestors(),
    }[step]
    return any(_fits(one, parts, at + 1) for one in others)


def _meets(element: Any, one: Simple) -> bool:
    if not isinstance(element.tag, str):
        return False
    if one.kind == "tag":
        return one.name in ("*", element.tag)
    if one.kind == "id":
        return bool(element.get("id") == one.name)
    if one.kind == "of":
        return one.name in (element.get("class") or "").split()
    return _STATES[one.name](element, one.value) if one.kind == "is" else _has(element, one)


def _has(element: Any, one: Simple) -> bool:
    """Return whether an attribute is there, and as it is asked."""
    how, name = re.fullmatch(r"([~|^$*]?=)?(.*)", one.name).groups()  # type: ignore[union-attr]
    text: str | None = element.get(name)
    asked = one.value
    if text is None or not how:
        return text is not None
    return {
        "=": text == asked,
        "~=": asked in text.split(),
        "|=": text == asked or text.startswith(f"{asked}-"),
        "^=": bool(asked) and text.startswith(asked),
        "$=": bool(asked) and text.endswith(asked),
        "*=": bool(asked) and asked in text,
    }[how]


def _place(element: Any, *, last: bool = False, alike: bool = False) -> int:
    """Return which child an element is, from 1."""
    others = [*element.itersiblings(preceding=not last)]
    return 1 + sum(1 for one in others if isinstance(one.tag, str) and (not alike or one.tag == element.tag))


def _nth(place: int, asked: str) -> bool:
    """Return whether a place is one that an+b tells."""
    said = asked.strip().lower()
    said = {"odd": "2n+1", "even": "2n"}.get(said, said)
    if said.lstrip("+").isdigit():
        return place == int(said)
    match = _NTH.fullmatch(said)
    if match is None:
        return False
    step = int(f"{match[1]}1" if match[1] in ("", "+", "-") else match[1])
    rest = place - int(f"{match[2] or ''}{match[3] or 0}")
    return rest == 0 if not step else rest % step == 0 and rest // step >= 0


def _is_not(element: Any, asked: str) -> bool:
    compound = _compound(asked.strip())
    return compound is not None and not all(_meets(element, one) for one in compound)


_STATES: Final[dict[str, Callable[[Any, str], bool]]] = {
    "first-child": lambda element, _: _place(element) == 1,
    "last-child": lambda element, _: _place(element, last=True) == 1,
    "only-child": lambda element, _: _place(element) == _place(element, last=True) == 1,
    "first-of-type": lambda element, _: _place(element, alike=True) == 1,
    "last-of-type": lambda element, _: _place(element, last=True, alike=True) == 1,
    "nth-child": lambda element, asked: _nth(_place(element), asked),
    "nth-last-child": lambda element, asked: _nth(_place(element, last=True), asked),
    "nth-of-type": lambda element, asked: _nth(_place(element, alike=True), asked),
    "empty": lambda element, _: not len(element) and not element.text,
    "not": _is_not,
}
"""What a selector asks of an element beside its name, classes and attributes; states of a mouse are none of it."""
