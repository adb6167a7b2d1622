"""Running heads, feet and page numbers of a printed sheet, told by what all its pages have at one place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from gk_xl.sources.formats.pdf_clipped import runs_of
from gk_xl.sources.formats.pdf_numbers import SHORTEST, is_number
from gk_xl.sources.sections import is_label_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.sources.formats.pdf_lines import Sign

_EDGE: Final = 0.13
"""The part of a page, above and below, where they stand."""
_BESIDE: Final = 10.0
"""Points by which the middles of two page numbers may stand apart."""


def without_bands(pages: Sequence[Sequence[Sign]], height: float) -> list[list[Sign]]:
    """Return the characters of pages, in drawing order, without what at least two pages and half of them repeat at their edges.

    Texts are the same but for digits; a number alone is that of its page. Labels of the form stay: a sheet may print the heads
    of its table again.
    """
    seen: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    found: list[list[tuple[tuple[str, int, int], list[Sign]]]] = []
    for number, signs in enumerate(pages):
        runs = list(runs_of(signs))
        lines = Counter(round(run[0].centre[1]) for run in runs)
        alone = {id(run) for run in runs if lines[round(run[0].centre[1])] == 1}
        found.append([(_key(run, number if id(run) in alone else None, height), run) for run in runs])
        for key, _ in found[-1]:
            seen[key].add(number)
    most = max(2, (len(pages) + 1) // 2)
    return [[sign for key, run in own for sign in run if not key[0] or len(seen[key]) < most] for own in found]


def _key(run: Sequence[Sign], page: int | None, height: float) -> tuple[str, int, int]:
    """Return what a text at a page's edge has in common with those of the other pages; "" for what is none.

    ``page`` is given where it stands alone on its line, as the number of a page may.
    """
    y, text = run[0].centre[1], "".join(sign.text for sign in run).strip()
    if _EDGE * height < y < (1 - _EDGE) * height or not text:
        return "", 0, 0
    middle = (run[0].x0 + run[-1].x1) / 2
    if text.isdecimal() and page is not None:
        return f"#{int(text) - page}", round(middle / _BESIDE), round(y)
    if is_number(text) or (len(text) >= SHORTEST and is_label_part(text)):
        return "", 0, 0
    return re.sub(r"\d+", "#", text), round(middle / _BESIDE), round(y)
