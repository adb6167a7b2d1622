"""Numbers written in characters → the same text in figures: 新收七件，比二〇二二年的五件增长百分之四十 → 新收7件，比2022年的5件增长40%.

The rules on arithmetic read figures; a report in characters says no less.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.tokens import KEPT, figures
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from gk_xl.checks.text.tokens import Figure

_IN_CHARACTERS: Final = regex(r"[零〇一二两三四五六七八九十百](?:[件宗起份条篇期次场项个名人户家]|分之|年)|百分之")
_LEADING: Final = regex(r"[近约超逾]?[零〇一二两三四五六七八九十百千]+")


@lru_cache(maxsize=KEPT)
def in_figures(text: str) -> str:
    """Return a folded text with counts, shares and years that are written in characters as figures."""
    if not _IN_CHARACTERS.search(text):
        return text
    found, at = [], 0
    for figure in figures(text):
        written = _written(text[figure.start : figure.end], figure)
        if written:
            found += [text[at : figure.start], written]
            at = figure.end
    return "".join((*found, text[at:]))


def _written(said: str, figure: Figure) -> str:
    """Return a number in figures, empty where it is written so already or is no plain number."""
    if any("0" <= mark <= "9" for mark in said):
        return ""
    if figure.share is not None and said.startswith("百分之"):
        return f"{figure.share:g}%"
    if figure.year is not None:
        return f"{figure.year}年" + said.partition("年")[2]
    count, leading = figure.counted, _LEADING.match(said)
    if count is None or count.vague or leading is None or count.number != int(count.number):
        return ""
    return f"{int(count.number)}{said[leading.end() :]}"
