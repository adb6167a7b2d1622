"""All that a text must have for a pattern to be found in it, as plain data: which texts of many are worth asking.

Where :mod:`gk_xl.form.needed` has one text asked for one thing before a pattern is tried, this has a whole report asked
at once: of forty sentences two may hold a year, a figure and 将, and a rule looks at no others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.needed import DIGIT, of_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Demand = str | frozenset[str] | tuple["Demand | None", ...]
"""Characters that are all there; some of which one is (``DIGIT`` stands for any figure, ``RUN`` for so many in a row); demands that all hold, or of which,
behind None, one holds. Of an empty tuple every text has what is demanded."""

ANYTHING: Final[Demand] = ()
RUN: Final = "\\d{5}"
_IN_A_ROW: Final = 5
MOST: Final = 80
"""So many ways may lead to a pattern; of more it is not worth asking."""


def demanded(parsed: Any) -> Demand:
    """Return what every text has in which a pattern is found, wherever it stands; ``parsed`` is ``re``'s own."""
    from re import _constants as sre  # type: ignore[attr-defined]

    return ANYTHING if parsed.state.flags & sre.SRE_FLAG_IGNORECASE else _of_sequence(list(parsed), sre)


def one_of(demands: Iterable[Demand], most: float = MOST) -> Demand:
    """Return what a text has that has what one of some demands asks; of more than ``most`` ways it is not asked."""
    signs: set[str] = set()
    others: list[Demand] = []
    for demand in demands:
        if demand == ANYTHING:
            return ANYTHING
        if isinstance(demand, frozenset) or len(demand) == 1:
            signs.update(sign for sign in demand if isinstance(sign, str))
        elif demand not in others:
            others.append(demand)
    if len(others) + len(signs) > most:
        return ANYTHING
    others = [demand for demand in others if not _asks_one(demand, signs)]
    joint = [frozenset(signs), *others] if signs else others
    return joint[0] if len(joint) == 1 else (None, *joint) if joint else ANYTHING


def _asks_one(demand: Demand, signs: set[str]) -> bool:
    """Return whether whatever has what is demanded has one of some characters: these are asked for already."""
    if isinstance(demand, frozenset):
        return demand <= signs
    if demand and demand[0] is None:
        return all(_asks_one(part or ANYTHING, signs) for part in demand[1:])
    return any(part in signs if isinstance(demand, str) else _asks_one(part or ANYTHING, signs) for part in demand)


def _of_sequence(items: Sequence[Any], sre: Any) -> Demand:
    """Return what items that follow each other demand together."""
    literal = "".join(dict.fromkeys(chr(argument) for operator, argument in items if operator is sre.LITERAL))
    found: list[Demand] = [literal] if literal else []
    for operator, argument in items:
        demand = _of_item(operator, argument, sre)
        if demand != ANYTHING and demand not in found:
            found.append(demand)
    if _longest_run(items, sre) >= _IN_A_ROW:
        found.append(frozenset((RUN,)))
    return found[0] if len(found) == 1 else tuple(found)


def _longest_run(items: Sequence[Any], sre: Any) -> int:
    """Return how many figures in a row some items that follow each other have at least."""
    longest = run = 0
    for operator, argument in items:
        least, inside = 1, [(operator, argument)]
        if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, inside = argument[0], list(argument[2])
        if operator not in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
            run = run + least if len(inside) == 1 and _is_figure(*inside[0], sre) else 0
        longest = max(longest, run)
    return longest


def _is_figure(operator: Any, argument: Any, sre: Any) -> bool:
    """Return whether one item is any figure, or one of some."""
    if operator is sre.LITERAL:
        return chr(argument).isdecimal()
    found = of_set(argument, sre) if operator is sre.IN else frozenset()
    return bool(found) and all(sign == DIGIT or sign.isdecimal() for sign in found)


def _of_item(operator: Any, argument: Any, sre: Any) -> Demand:
    """Return what one item demands that is no literal character."""
    if operator is sre.IN:
        return of_set(argument, sre, MOST) or ANYTHING
    if operator is sre.BRANCH:
        return one_of([_of_sequence(list(branch), sre) for branch in argument[1]])
    if operator is sre.SUBPATTERN:
        _, added, taken, inside = argument
        return ANYTHING if added or taken else _of_sequence(list(inside), sre)
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None)):
        least, _, inside = argument
        return _of_sequence(list(inside), sre) if least else ANYTHING
    if operator is getattr(sre, "ATOMIC_GROUP", ()):
        return _of_sequence(list(argument), sre)
    return _of_sequence(list(argument[1]), sre) if operator is sre.ASSERT else ANYTHING


def needs_of(demand: Demand) -> tuple[frozenset[str], ...]:
    """Return sets of characters, of each of which every text holds one that has what is demanded."""
    if isinstance(demand, str):
        return tuple(map(frozenset, demand))
    if isinstance(demand, frozenset):
        return (demand,)
    if demand and demand[0] is None:
        ways = [needs_of(part or ANYTHING) for part in demand[1:]]
        return (frozenset[str]().union(*(min(way, key=len) for way in ways)),) if all(ways) else ()
    return tuple(dict.fromkeys(need for part in demand for need in needs_of(part or ANYTHING)))


def met_by(demand: Demand, holding: dict[str, int], every: int) -> int:
    """Return which of some texts have what is demanded, a bit a text; ``holding`` gives those that hold a character."""
    if isinstance(demand, str):
        for sign in demand:
            every &= holding.get(sign, 0)
            if not every:
                break
        return every
    found = 0
    if isinstance(demand, frozenset):
        for sign in demand:
            found |= holding.get(sign, 0) & every
            if found == every:
                break
        return found
    if demand and demand[0] is None:
        rest = every
        for part in demand[1:]:
            rest &= ~met_by(part or ANYTHING, holding, rest)
            if not rest:
                break
        return every & ~rest
    for part in demand:
        if not every:
            return 0
        every = met_by(part or ANYTHING, holding, every)
    return every


@cache
def _row() -> Any:
    """Return what asks a text for so many figures in a row."""
    return re.compile(r"\d{5}").search


def held_by(texts: Sequence[str], always: str) -> dict[str, int]:
    """Return for every character which of some texts hold it, a bit a text, with ``DIGIT`` and ``RUN`` for figures; ``always`` are taken for held by all."""
    found: dict[str, int] = defaultdict(int)
    bit = 1
    for text in texts:
        for sign in set(text):
            found[sign] |= bit
        bit <<= 1
    figures = 0
    for sign in filter(str.isdecimal, found):
        figures |= found[sign]
    in_a_row = sum(1 << at for at, text in enumerate(texts) if figures >> at & 1 and _row()(text))
    return {**found, DIGIT: figures, RUN: in_a_row, **dict.fromkeys(always, bit - 1)}
