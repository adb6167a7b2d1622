"""The title's lines: broken only at the border of a word, never a rectangle (GB/T 9704 7.3.1)."""

from __future__ import annotations

import itertools
import math
import re

from gk_xl.report.values import width

LINE = 19.0
"""Characters of 2号 (22 pt) on a line: 156 mm hold 20; one is left for digits wider than half a character."""
_BORDERS = re.compile(
    r"(?<=[省县旗盟])(?!级)|(?<=自治州)|(?<=区)(?![域划县])|(?<=(?<!城)市)(?![场政民容县])|(?<=[乡镇])(?=[\d人])"
    r"|(?<=街道)(?!办)|(?<=\d年)(?!度)|(?<=年度)|(?<=公开)(?=工作)|(?=\d{4}年)"
)


def title_lines(title: str) -> tuple[str, ...]:
    """Return the lines that a title is printed on: as few as fit, then as even as possible but of unequal length."""
    words = title_words(title)
    for count in range(1, len(words) + 1):
        best = min((_arrange(words, cuts) for cuts in _cuts(len(words), count)), key=_badness, default=())
        if best and max(map(width, best)) <= LINE:
            return best
    return (title,)


def title_words(title: str) -> list[str]:
    """Return the pieces of a title between which a line may end."""
    return [piece for word in _BORDERS.split(title) if word for piece in _pieces(word)]


def _pieces(word: str) -> list[str]:
    """Return a word as it is, or in equal pieces where it is longer than a line."""
    count = math.ceil(width(word) / LINE)
    size = -(-len(word) // count)
    return [word[start : start + size] for start in range(0, len(word), size)]


def _cuts(words: int, lines: int) -> itertools.combinations[tuple[int, ...]]:
    return itertools.combinations(range(1, words), lines - 1)


def _arrange(words: list[str], cuts: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *cuts, len(words))
    return tuple("".join(words[start:end]) for start, end in itertools.pairwise(edges))


def _badness(lines: tuple[str, ...]) -> tuple[bool, bool, float]:
    widths = [width(line) for line in lines]
    spread = max(widths) - min(widths)
    return max(widths) > LINE, len(lines) > 1 and spread < 1, spread
