"""What of a page's text its reader sees: no white, invisible or painted-over characters, no watermark laid across the text.

A file in which most of a page would be unseen is drawn otherwise than this knows (the text of a scan is so): there all is read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from gk_xl.sources.formats.pdf_marks import OVER
from gk_xl.sources.formats.pdf_numbers import is_number
from gk_xl.sources.sections import is_label_part, is_table_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Thing = dict[str, Any]

_WHITE: Final = 0.985
"""How light what is drawn is that nobody sees on paper, at least; black is 0."""
_LIGHTER: Final = 0.2
"""How much lighter a watermark is than the text that it is laid across, at least, or"""
_LARGE: Final = 28.0
"""how many points large it is, at least."""
_LARGER: Final = 1.5
"""So many times as large it is then, at least."""
_INNER: Final = 0.2
"""The part of a character's width and height on each side within which another's middle tells nothing: lines stand close."""
_FEWEST: Final = 2
"""So many characters of others a watermark is laid across, at least."""
_PALE: Final = 0.6
"""How light a text is that is a watermark where several pages have it at the same place, at least."""
_NUMBERS: Final = 3
"""A watermark of digits alone stands so often on a page, at least."""
_GAP: Final = 4.0
"""Ems between two characters of a watermark, at most."""
_WHOLE: Final = 0.75
"""How much of its width and height is seen of a digit that is told from others, at least."""
_HALF: Final = 0.33
"""Ems from the middle of a digit to its upper and lower edge."""
_TEXT: Final = 0.4
"""Ems between two characters of one text, at most."""
_MOST_AREAS: Final = 5_000
"""So many areas are looked at on a page, at most: a table has some hundreds."""
_MOST_LOOKS: Final = 2_000_000
"""So many characters are held against areas, or against watermarks, on a page, at most; a report's page has some thousand."""
HIDDEN: Final = "文件里有看不见的字（白色、透明，或被白块盖住），没有读入；请与原件核对。"
STAMPED: Final = "水印“{}”没有读入。"

Stamp = tuple[str, int, float]
"""A watermark: its text, size and lightness."""


@dataclass
class Seen:
    """What was left out of a file's pages so far."""

    hidden: bool = False
    stamps: dict[Stamp, int] = field(default_factory=dict)
    """Watermarks, with the page on which each was found out."""
    pale: dict[tuple[Stamp, int, int], int] = field(default_factory=dict)
    """What pages have in pale letters at a place, with the first page."""

    @property
    def remarks(self) -> list[str]:
        """What the clerk is told of it."""
        texts = "”“".join(dict.fromkeys(text for text, *_ in self.stamps))
        return [HIDDEN] * self.hidden + ([STAMPED.format(texts)] if texts else [])

    def watch(self, page: Any) -> None:
        """Have one of pdfplumber's pages, whenever it is parsed, hold the characters that are seen."""
        from gk_xl.sources.formats.pdf_clips import with_drawing

        with_drawing(page)
        parse = page.parse_objects

        def parsed() -> dict[str, list[Thing]]:
            objects: dict[str, list[Thing]] = parse()
            return {**objects, "char": self._of(objects, page.page_number)} if "char" in objects else objects

        page.parse_objects = parsed

    def _of(self, objects: dict[str, list[Thing]], page: int) -> list[Thing]:
        """Return the characters of a page's things that are seen and of no watermark."""
        chars = objects.get("char", [])
        unseen = {id(char) for char in _unseen(objects)} | _behind_clips(chars)
        if 2 * len(unseen) > sum(bool(char["text"].strip()) for char in chars):
            unseen = set()
        shown = [char for char in chars if id(char) not in unseen]
        self.hidden = self.hidden or bool(unseen)
        runs = list(_runs(shown))
        for stamp in (*_stamps(runs, shown), *self._again(runs, page)):
            self.stamps.setdefault(stamp, page)
        laid = {id(char) for run in runs if _stamp(run) in self.stamps or run[0]["drawn"].watermark for char in run}
        return [char for char in shown if id(char) not in laid]

    def _again(self, runs: Sequence[list[Thing]], page: int) -> Iterator[Stamp]:
        """Yield what stands in pale letters where another page has the same: a watermark beside the text, no head of a table."""
        for run in runs:
            if _PALE <= _lightness(run[0]) < _WHITE and not _is_of_form((stamp := _stamp(run))[0]):
                place = stamp, round(run[0]["x0"]), round(run[0]["top"])
                if self.pale.setdefault(place, page) != page:
                    yield stamp


def _is_of_form(text: str) -> bool:
    return not text or is_label_part(text) or is_number(text)


def _lightness(thing: Thing) -> float:
    """Return how light a thing is painted on white paper, from 0 for black to 1; patterns are dark."""
    told = thing.get("non_stroking_color")
    colour = [one for one in (told if isinstance(told, tuple | list) else (told,)) if isinstance(one, int | float)]
    if len(colour) == 3:
        light = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]
    elif len(colour) == 4:
        light = 1 - min(1.0, 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2] + colour[3])
    else:
        light = colour[0] if len(colour) == 1 else 0.0
    return float(1 - (1 - light) * thing["drawn"].shows)


# ---------------------------------------------------------------------- what nobody sees


def _unseen(objects: dict[str, list[Thing]]) -> Iterator[Thing]:
    """Yield the characters that are drawn without ink, white on white, or under a white area."""
    chars = sorted((char for char in objects.get("char", []) if char["text"].strip()), key=_middle)
    yield from (char for char in chars if not char["drawn"].shows)
    areas = [one for kind in ("rect", "curve") for one in objects.get(kind, []) if one.get("fill")]
    if len(areas) > _MOST_AREAS:
        return
    grounds = [one for one in areas if _lightness(one) < _WHITE] + objects.get("image", [])
    white = (char for char in chars if char["drawn"].shows and _lightness(char) >= _WHITE)
    yield from (char for char in white if not any(_holds(one, char) for one in grounds))
    places = [_middle(char) for char in chars]
    looks = _MOST_LOOKS
    for area in areas:
        if area["drawn"].shows < 1 or _lightness(area) < _WHITE:
            continue
        under = chars[bisect_left(places, area["top"]) : bisect_left(places, area["bottom"])]
        looks -= len(under)
        if looks < 0:
            return
        yield from (char for char in under if char["drawn"].order < area["drawn"].order and _holds(area, char))


def _holds(area: Thing, char: Thing) -> bool:
    """Return whether an area is painted where a character stands."""
    x = (char["x0"] + char["x1"]) / 2
    return bool(area["x0"] <= x <= area["x1"] and area["top"] <= _middle(char) <= area["bottom"])


def _behind_clips(chars: Sequence[Thing]) -> set[int]:
    """Return the digits of numbers of which clips let nothing be seen; those of which a part is seen are marked.

    The hidden end of a label is kept: it tells which it is.
    """
    inked = [char for char in chars if char["text"].strip()]
    cut = [at for at, char in enumerate(inked) if char["text"].isdecimal() and _part_seen(char) < _WHOLE]
    unseen: set[int] = set()
    done = -1
    for at in cut:
        if at <= done:
            continue
        first = last = at
        while first and _touches(inked[first - 1], inked[first]):
            first -= 1
        while last + 1 < len(inked) and _touches(inked[last], inked[last + 1]):
            last += 1
        own = inked[first : last + 1]
        done = last
        if not is_number("".join(char["text"] for char in own)):
            continue
        if all(_part_seen(char) < 1 - _WHOLE for char in own):
            unseen |= {id(char) for char in own}
        else:
            for char in own:
                char["text"] += OVER
    return unseen


def _part_seen(char: Thing) -> float:
    """Return how much of a digit the clips in force there let be seen, from 0 to 1."""
    drawn = char["drawn"]
    if drawn.window is None:
        return 1.0
    half = _HALF * char["size"]
    return float(drawn.window.shows((char["x0"], drawn.y - half, char["x1"], drawn.y + half)))


def _touches(char: Thing, other: Thing) -> bool:
    """Return whether two characters stand one behind the other in one text."""
    size = max(char["size"], other["size"], 1.0)
    level = abs(_middle(char) - _middle(other)) < _TEXT * size
    return bool(level and -_TEXT * size < other["x0"] - char["x1"] < _TEXT * size)


# ---------------------------------------------------------------------- what is laid across the text


def _runs(chars: Sequence[Thing]) -> Iterator[list[Thing]]:
    """Yield the characters that are drawn one behind another on one line, as large and as light."""
    run: list[Thing] = []
    for char in chars:
        if run and not _goes_on(run[-1], char):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _goes_on(last: Thing, char: Thing) -> bool:
    size = max(char["size"], 1.0)
    alike = abs(last["size"] - size) < 0.1 and last["non_stroking_color"] == char["non_stroking_color"]
    return bool(
        alike and abs(_middle(last) - _middle(char)) < 0.2 * size and 0 <= char["x0"] - last["x0"] < _GAP * size
    )


def _stamp(run: Sequence[Thing]) -> Stamp:
    return "".join(char["text"] for char in run).strip(), round(run[0]["size"]), round(_lightness(run[0]), 1)


def _stamps(runs: Sequence[list[Thing]], chars: Sequence[Thing]) -> Iterator[Stamp]:
    """Yield the watermarks of a page: lighter or larger than the text that they are laid across."""
    inked = sorted((char for char in chars if char["text"].strip()), key=_middle)
    places = [_middle(char) for char in inked]
    crossed, count = Counter[Stamp](), Counter[Stamp]()
    looks = _MOST_LOOKS
    for run in runs:
        light, size = _lightness(run[0]), run[0]["size"]
        if light < _LIGHTER and size < _LARGE:
            continue
        near = inked[bisect_left(places, run[0]["top"]) : bisect_left(places, run[0]["bottom"])]
        looks -= len(near) * len(run)
        if looks < 0:
            return
        others = [other for other in near if _stands_out(light, size, other)]
        stamp = _stamp(run)
        count[stamp] += 1
        crossed[stamp] += sum(_is_across(char, other) for other in others for char in run if _is_shown(char))
    for stamp, times in crossed.items():
        text = stamp[0]
        if times >= _FEWEST and not is_table_label(text) and (not is_number(text) or count[stamp] >= _NUMBERS):
            yield stamp


def _stands_out(light: float, size: float, other: Thing) -> bool:
    """Return whether a text so light and large is lighter or much larger than what another character is of, and not darker."""
    lighter = light - _lightness(other)
    return lighter >= _LIGHTER or (lighter >= 0 and size >= max(_LARGE, _LARGER * other["size"]))


def _is_across(char: Thing, other: Thing) -> bool:
    """Return whether another character stands in the middle of one."""
    x, y = (other["x0"] + other["x1"]) / 2, _middle(other)
    wide, high = _INNER * (char["x1"] - char["x0"]), _INNER * (char["bottom"] - char["top"])
    return bool(char["x0"] + wide <= x <= char["x1"] - wide and char["top"] + high <= y <= char["bottom"] - high)


def _is_shown(char: Thing) -> bool:
    """Return whether the clip in force lets a character be seen: a sheet draws the end of a text that its cell cuts."""
    clip = char["drawn"].clip
    return clip is None or bool(clip[0] <= (char["x0"] + char["x1"]) / 2 <= clip[2])


def _middle(thing: Thing) -> float:
    return float(thing["top"] + thing["bottom"]) / 2
