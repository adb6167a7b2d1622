"""A part of a workbook in pieces (the rows of a sheet, the shared strings), each parsed once for all workbooks that hold it.

Only a part that is written in the plainest way is cut: its bytes then say all that a parser would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.form.spared import spare
from gk_xl.workbook.namespaces import MAIN
from gk_xl.workbook.values import unescaped

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEXT, _RUN = f"{MAIN}t", f"{MAIN}r"
KEPT: Final = 1_200
"""Rows, or shared strings, of one generation; two generations are kept."""
FEW: Final = 8
"""Sets of namespaces that are known at a time."""

_DECLARED = re.compile(rb'<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\s*\?>\s*')
_ROOT = re.compile(rb"<worksheet(?:\s[^>]*)?>")
_SPACES = re.compile(rb'\sxmlns(?::\w+)?="[^"]*"')
_ROWS = re.compile(rb"<row(?:\s[^>]*)?/>|<row(?:\s[^>]*[^/>])?>(?s:.*?)</row>")
_ITEMS = re.compile(rb"<si(?:\s[^>]*)?/>|<si>(?s:.*?)</si>")
_LESS, _SLASH = b"</"
_OPENED, _CLOSED, _END = b"<sheetData>", b"</sheetData>", b"</worksheet>"


class Lately:
    """What was read lately by its bytes, in two generations: the older one goes when the younger is full."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._young: dict[bytes, Any] = {}
        self._old: dict[bytes, Any] = {}

    def get(self, key: bytes) -> Any:
        """Return what is known; None where it is not, or no longer."""
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def several(self, keys: Sequence[bytes]) -> list[Any]:
        """Return what is known of each."""
        found = [*map(self._young.get, keys)]
        if self._old:
            for at in [at for at, one in enumerate(found) if one is None]:
                found[at] = self.get(keys[at])
        return found

    def put(self, key: bytes, value: Any) -> None:
        """Remember something."""
        if len(self._young) >= self._most:
            self._old, self._young = self._young, {}
        self._young[key] = value


class Cut(NamedTuple):
    """A sheet's part in pieces: the namespaces it declares, its rows, and what stands around them, each well-formed."""

    spaces: bytes
    rows: list[bytes]
    around: tuple[bytes, bytes]


def cut(data: bytes) -> Cut | None:
    """Return a sheet's part cut at its rows; None for one that is written in any but the plainest way.

    Comments, declarations, prefixed names, other encodings: such a part is read as a whole.
    """
    declared = _DECLARED.match(data)
    root = _ROOT.match(data, declared.end() if declared else 0)
    if root is None or not _elements_only(data):
        return None
    head, opened, rest = data.partition(_OPENED)
    body, closed, tail = rest.rpartition(_CLOSED)
    end = tail.rstrip()
    beside = head + tail
    if not opened or not closed or not end.endswith(_END) or b"<row" in beside or b"<sheetData" in beside:
        return None
    rows = _pieces(body, b"<row", b"</row>", _ROWS)
    if rows is None:
        return None
    spaces = b"".join(sorted(_SPACES.findall(root[0])))
    return Cut(spaces, rows, (head + _END, b"<worksheet%b>%b" % (spaces, end)))


def _elements_only(data: bytes) -> bool:
    """Return whether a part has no comment, no CDATA, no instruction and no declaration but the one it begins with.

    They are looked for by the second of their first two characters, the rarer by far: one is found as fast as can be.
    """
    for sign, begin in ((b"!", 1), (b"?", 2)):
        at = data.find(sign, begin)
        while at >= 0:
            if data[at - 1] == _LESS:
                return False
            at = data.find(sign, at + 1)
    return True


def _pieces(body: bytes, begin: bytes, end: bytes, pattern: re.Pattern[bytes]) -> list[bytes] | None:
    """Return a text cut into its elements of one name; None where anything but white space stands between them."""
    *found, rest = body.split(end)
    if not rest and all(piece.startswith(begin) and piece[piece.find(b">") - 1] != _SLASH for piece in found):
        return [piece + end for piece in found]
    found = pattern.findall(body)
    return None if sum(map(len, found)) != len(body) and pattern.sub(b"", body).strip() else found


def apart(data: bytes, begin: bytes, end: bytes) -> tuple[bytes, bytes, bytes] | None:
    """Return a part without one element, the namespaces that it declares, and the element; None where it has it not once.

    None, too, for a part that is written in any but the plainest way.
    """
    declared = _DECLARED.match(data)
    start = declared.end() if declared else 0
    root = data[start : data.find(b">", start) + 1]
    first, last = data.find(begin), data.find(end)
    if not start <= first < last or not _elements_only(data):
        return None
    last += len(end)
    if begin[:-1] in data[:first] or begin[:-1] in data[last:]:
        return None
    return data[:first] + data[last:], b"".join(sorted(_SPACES.findall(root))), data[first:last]


def root_of(data: bytes) -> Any:
    """Return the root element of a part; entities are not resolved, nothing is fetched."""
    spare("lxml.etree", "inspect")
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def parsed(spaces: bytes, pieces: Sequence[bytes]) -> Any:
    """Return the element that holds some pieces, which were written under some namespaces."""
    return root_of(b"<all%b>%b</all>" % (spaces, b"".join(pieces)))


_STRINGS: dict[bytes, Lately] = {}


def shared_strings(data: bytes) -> list[str] | None:
    """Return the texts of a part of shared strings; None for one that is written in any but the plainest way."""
    declared = _DECLARED.match(data)
    begin = data.find(b"<sst", declared.end() if declared else 0)
    begin, end = data.find(b">", begin) + 1, data.rfind(b"</sst>")
    if not 0 < begin <= end or not _elements_only(data) or data[end:].strip() != b"</sst>":
        return None
    root = data[declared.end() if declared else 0 : begin]
    if not root.startswith(b"<sst"):
        return None
    body, spaces = data[begin:end], b"".join(sorted(_SPACES.findall(root)))
    pieces = _pieces(body, b"<si", b"</si>", _ITEMS)
    if pieces is None:
        return None
    if spaces not in _STRINGS and len(_STRINGS) >= FEW:
        _STRINGS.clear()
    lately = _STRINGS.setdefault(spaces, Lately())
    found: list[str | None] = lately.several(pieces)
    missing = [number for number, one in enumerate(found) if one is None]
    if missing:
        elements = list(parsed(spaces, [pieces[number] for number in missing]))
        if len(elements) != len(missing) or any(item.tag != f"{MAIN}si" for item in elements):
            return None
        for number, item in zip(missing, elements, strict=True):
            found[number] = text_of(item)
            lately.put(pieces[number], found[number])
    return [one or "" for one in found]


def text_of(item: Any) -> str:
    """Return the text of a string item, its runs joined, phonetic hints left out."""
    if len(item) == 1 and item[0].tag == _TEXT:
        return unescaped(item[0].text or "")
    parts = [node.text or "" for node in item.findall(_TEXT)]
    parts += [node.text or "" for run in item.findall(_RUN) for node in run.findall(_TEXT)]
    return unescaped("".join(parts))
