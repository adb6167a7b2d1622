"""What stands in the flag of a cell: the level that the last check gave it, as long as what was found there lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.engines.core.addresses import column_letters
from gk_xl.workbook.layout import LEVELS_ALONE, RESULTS, RESULTS_FIRST, RESULTS_ROWS, STATE_COLUMN
from gk_xl.workbook.sheets.results import result_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gk_xl.workbook.content import Content
    from gk_xl.workbook.layout import Place
    from gk_xl.workbook.sheets.results import ResultLine


class Flag(NamedTuple):
    """A level, and the formula (without ``=``) that comes to it until the lines of 校验结果 about it are done; or none."""

    level: int
    formula: str = ""


def flags(content: Content, lines: Iterable[ResultLine] | None = None) -> Mapping[str, Flag]:
    """Return the flag of every flagged name; ``lines`` are those of 校验结果, where they are known.

    A sentence is flagged no more once the table is mended so that the two agree: its line is done then. What no line
    is about, and what is flagged in one of the first templates, keeps its level.
    """
    levels = content.levels()
    if content.result is None or content.layout.schema in LEVELS_ALONE:
        return {name: Flag(level) for name, level in levels.items()}
    shown = list(result_lines(content) if lines is None else lines)[:RESULTS_ROWS]
    rows = {
        id(line.about): number
        for number, line in enumerate(shown, start=RESULTS_FIRST)
        if line.about is not None and line.state
    }
    state = f"'{RESULTS}'!${column_letters(STATE_COLUMN)}$"
    found = {}
    for name, level in levels.items():
        causes = content.flagging.get(name, ())
        parts = {f'{of}*({state}{rows[id(about)]}="")' if id(about) in rows else f"{of}" for of, about in causes}
        lasting = any(part.isdigit() and int(part) == level for part in parts)
        found[name] = Flag(level, "" if lasting or not parts else f"MAX({','.join(sorted(parts))})")
    return found


def at_places(named: Iterable[tuple[Place, Flag]]) -> dict[Place, Flag]:
    """Return the flag of each place; where several names stand in one, the graver counts, as long as it lasts."""
    found: dict[Place, Flag] = {}
    for place, flag in named:
        if (other := found.get(place)) is not None:
            both = [one.formula or str(one.level) for one in (other, flag)]
            formula = f"MAX({','.join(both)})" if other.formula or flag.formula else ""
            found[place] = Flag(max(other.level, flag.level), formula)
        else:
            found[place] = flag
    return found
