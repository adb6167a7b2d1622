"""Who breaks the sum: a county's typed totals against the sum of its units, and the unit and cell that explain it.

What may explain a difference: a unit left out or counted twice, an earlier version of its report added in place of the
newest, a slip of a unit that was mended in the one place only (the localiser and the rules say which cell, and what it
should hold), and a slip of the county's own (the localiser again, with the sum as its witness). The fewest causes that
explain all of the difference win; those that do so equally well are all told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show, tidy
from gk_xl.checks.entries import read_entry
from gk_xl.desk.explaining import Cause, cells_of, left, reports, together
from gk_xl.desk.fitting import SHOWN, Off, fits, more_or_less, not_added
from gk_xl.form.finding import Severity
from gk_xl.form.load import base_id
from gk_xl.form.units import level_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.desk.explaining import Causes, Vector
    from gk_xl.desk.fitting import Part
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId, Edition

WITNESS: Final = 6.0
"""Weight of the units' sum as a witness for the county's cell, as that of a plain statement."""
MOST: Final = 12
"""So many explanations that do equally well are told."""
CERTAIN: Final = 2
"""So many causes of units come before any slip of the county's own."""
FEW: Final = 12
"""So many cells at most may be off beside what whole reports explain."""


@dataclass(frozen=True)
class Broken:
    """What is off, and the explanations: each a set of causes that together leave ``left`` unexplained."""

    edition: Edition
    off: tuple[Off, ...]
    explanations: tuple[Causes, ...] = ()
    left: tuple[CellId, ...] = ()
    more: int = 0
    unsound: tuple[str, ...] = ()
    """Units whose own tables do not balance."""
    fitting: Mapping[CellId, str] = field(default_factory=dict)
    """What fits single cells that no unit as a whole explains."""
    incomplete: str = ""
    """Which units are not in the sum, in a sentence; "" where all are."""
    word: str = ""
    """How the level of the typed report is called: 县, 市, 省."""

    @property
    def title(self) -> str:
        """What the comparison of the typed report with the sum is called."""
        return f"{self.word}级核对"

    @property
    def lines(self) -> Iterator[str]:
        """Yield what to tell a clerk, sentence by sentence."""
        if not self.off:
            yield f"{self.word}级汇总表与各单位合计逐格相符。"
            return
        first = self.off[0]
        yield f"{self.word}级汇总表有 {len(self.off)} 格与各单位合计不符，如{self._sides(first)}。"
        if self.incomplete:
            yield self.incomplete
        if len(self.explanations) == 1:
            yield f"{self._told(self.explanations[0])}：{'除下面几格外，' if self.left else ''}相差正由此而来。"
        elif self.explanations:
            rest = "除下面几格外，" if self.left else ""
            yield f"{rest}有 {len(self.explanations) + self.more} 种说法都对得上，无法判定是哪一种，请逐一核对："
            for number, causes in enumerate(self.explanations, start=1):
                yield f"（{number}）{self._told(causes)}。"
            if self.more:
                yield f"另有 {self.more} 种同类说法，没有列出。"
        yield from self._lines_left

    def _sides(self, item: Off) -> str:
        """Return a cell that is off with both sides and the difference."""
        return (
            f"{self.edition.describe(item.cell)}：{self.word}表 {show(item.typed)}，"
            f"各单位合计 {show(item.total)}，{more_or_less(item.difference)}"
        )

    def _told(self, causes: Causes) -> str:
        """Return what some causes say together, with what fits a slip of the typed report besides."""
        fitting = {id(cause): self.fitting.get(cause.cells[0], "") for cause in causes if not cause.unit}
        return "；".join(cause.said + (f"（{fit}）" if (fit := fitting.get(id(cause))) else "") for cause in causes)

    @property
    def _lines_left(self) -> Iterator[str]:
        """Yield what there is to say of the cells that no cause explains: what fits each; of the others, that nothing does."""
        for item in self.off:
            if item.cell in self.left and item.cell in self.fitting:
                yield f"{self._sides(item)}：{self.fitting[item.cell]}。请核对。"
        unfit = [cell for cell in self.left if cell not in self.fitting]
        if unfit:
            named = "、".join(self.edition.describe(cell) for cell in unfit[:SHOWN])
            rest = f"等 {len(unfit)} 格" if len(unfit) > SHOWN else ""
            some = "、".join(f"“{unit}”" for unit in self.unsound[:SHOWN])
            many = f"等 {len(self.unsound)} 个单位" if len(self.unsound) > SHOWN else ""
            why = f"{some}{many}自己的表还不平，请先改好" if some else "各单位各自都平"
            yield (
                f"{named}{rest}的相差，没有哪个单位或哪一格单独解释得了：{why}。"
                f"请核对{self.word}表里有没有加上没有交来的单位，汇总以后有没有单位改过数。"
            )


def added(edition: Edition, filings: Iterable[Filing]) -> dict[CellId, float]:
    """Return the sum of each cell over some filings, texts and blanks left out; no cell that all leave blank."""
    total: dict[CellId, float] = {}
    for filing in filings:
        for cell, value in filing.cells.items():
            if value is not None and not isinstance(value, str) and cell in edition.cells:
                total[cell] = total.get(cell, 0) + value
    return {cell: tidy(value) for cell, value in total.items()}


def breaks(
    county: Filing,
    parts: Sequence[Part],
    outside: Sequence[tuple[str, Filing]] = (),
    absent: Sequence[tuple[str, str]] = (),
) -> Broken:
    """Return where a county's typed totals are not the sum of its units, and what explains it.

    ``outside`` are filings that are left out of the sum, each with the words that name it: a stranger's, another year's;
    ``absent`` units that have none to add, each with why.
    """
    edition, word = county.form, level_word(county.unit.kind)
    total = added(edition, (part.filing for part in parts))
    off = tuple(
        Off(cell, typed, total.get(cell, 0))
        for cell in edition.cells
        if (typed := county.number(cell)) is not None and tidy(typed - total.get(cell, 0))
    )
    if not off:
        return Broken(edition, (), word=word)
    found = _explained(county, total, off, parts, outside)
    unsound = tuple(part.unit for part in parts if _unsound(part)) if found.left else ()
    own = {cell for causes in found.explanations for cause in causes if not cause.unit for cell in cause.cells}
    asked = [item for item in off if item.cell in own or item.cell in found.left]
    return replace(
        found,
        unsound=unsound,
        fitting=fits(edition, asked, parts, f"{word}表") if len(asked) <= FEW else {},  # of many, some fit by chance
        incomplete=not_added(off, parts, absent),
        word=word,
    )


def _unsound(part: Part) -> bool:
    """Return whether a unit's own tables do not balance."""
    found = part.result.findings if part.result is not None else ()
    return any(finding.severity is Severity.ERROR and finding.code.startswith("T") for finding in found)


def _explained(
    county: Filing,
    total: Mapping[CellId, float],
    off: tuple[Off, ...],
    parts: Sequence[Part],
    outside: Sequence[tuple[str, Filing]],
) -> Broken:
    """Return the explanations of what is off: by one or two causes, by slips of the county's own, by more, by both."""
    edition = county.form
    shift = {item.cell: item.difference for item in off}
    causes = [cause for cause in _causes(county, parts, outside) if cause.shift]
    found = together(shift, causes, most=CERTAIN)
    if found:
        own = _own(county, total, shift) if len(off) == 1 else []
        return _told(edition, off, [*found, *own])
    slips = [found for found in _own(county, total, shift) if not left(shift, found)]
    found = together(shift, causes, least=CERTAIN + 1)
    fewest = min((len(chosen) for chosen in (*slips, *found)), default=0)
    found = [chosen for chosen in (*slips, *found) if len(chosen) == fewest]
    return _told(edition, off, found) if found else _partly(county, total, off, shift, causes)


def _told(edition: Edition, off: tuple[Off, ...], found: Sequence[Causes]) -> Broken:
    return Broken(edition, off, tuple(found[:MOST]), more=max(0, len(found) - MOST))


def _partly(
    county: Filing, total: Mapping[CellId, float], off: tuple[Off, ...], shift: Vector, causes: Sequence[Cause]
) -> Broken:
    """Return the explanations by whole reports, by single cells in what these leave, and by the county's own slips in the rest."""
    found: list[tuple[Causes, Vector]] = []
    for taken, rest in reports(shift, causes, FEW)[:MOST]:
        cells, after = cells_of(rest, causes)
        chosen = (*taken, *cells)
        meant = {cell: tidy(total.get(cell, 0) + shift.get(cell, 0) - after.get(cell, 0)) for cell in county.form.cells}
        own = _own(county, meant, after, "连同上面说的，各单位合计" if chosen else "各单位合计") if after else []
        whole = [slips for slips in own if not left(after, slips)]
        found += [((*chosen, *slips), {}) for slips in whole] or [(chosen, after)]
    fewest = min((len(rest) for _, rest in found), default=len(off))
    best = [(chosen, rest) for chosen, rest in found if len(rest) == fewest and chosen]
    if not best or any(
        rest.keys() != best[0][1].keys() for _, rest in best
    ):  # what is left depends on which of them it is
        return Broken(county.form, off, (), tuple(shift))
    short = min(len(chosen) for chosen, _ in best)
    told = [chosen for chosen, _ in best if len(chosen) == short]
    return Broken(county.form, off, tuple(told[:MOST]), tuple(best[0][1]), more=max(0, len(told) - MOST))


def _causes(county: Filing, parts: Sequence[Part], outside: Sequence[tuple[str, Filing]]) -> Iterator[Cause]:
    """Yield all that the units can explain."""
    edition, typed = county.form, f"{level_word(county.unit.kind)}表"
    for part in parts:
        own = added(edition, (part.filing,))
        some = {cell: value for cell, value in own.items() if value}
        cells = tuple(some)
        minus = {cell: -value for cell, value in some.items()}
        yield Cause(part.unit, cells, f"{typed}没有加上“{part.unit}”", minus)
        yield Cause(part.unit, cells, f"“{part.unit}”在{typed}里加了两遍", some)
        for file, filing in part.earlier:
            if base_id(filing.edition) != base_id(edition.id):
                continue
            before = added(edition, (filing,))
            moved = {cell: tidy(before.get(cell, 0) - own.get(cell, 0)) for cell in before.keys() | own.keys()}
            moved = {cell: value for cell, value in moved.items() if value}
            yield Cause(part.unit, tuple(moved), f"{typed}加的是“{part.unit}”先前报的一份（{file}），不是最新的", moved)
        yield from _slips(edition, part, typed)
        yield from _texts(edition, part, typed)
    for named, filing in outside:
        some = {cell: value for cell, value in added(edition, (filing,)).items() if value}
        yield Cause(filing.unit.name, tuple(some), f"{typed}把{named}也加进去了", some)


def _slips(edition: Edition, part: Part, typed: str) -> Iterator[Cause]:
    """Yield what a unit's own slips explain: the county added what is right, the unit's file still holds what is wrong."""
    if part.result is None:
        return
    told: set[frozenset[tuple[CellId, float]]] = set()
    proposals = [
        ((finding.cells[0], finding.proposal),)
        for finding in part.result.findings
        if finding.proposal is not None and finding.cells
    ]
    located = [
        tuple((change.cell, change.proposed) for change in (*suspect.changes, *choice))
        for suspect in part.result.suspects
        for choice in (suspect.choices or ((),))
    ]
    for changes in (*located, *proposals):
        shift = {
            cell: tidy(proposed - (part.filing.number(cell) or 0))
            for cell, proposed in changes
            if cell in edition.cells
        }
        shift = {cell: value for cell, value in shift.items() if value}
        key = frozenset(shift.items())
        if not shift or key in told:
            continue
        told.add(key)
        words = "、".join(
            f"{edition.describe(cell)}填的是 {_held(part.filing, cell)}，应为 {show(proposed)}"
            for cell, proposed in changes
        )
        yield Cause(part.unit, tuple(shift), f"“{part.unit}”{words}，{typed}加的是改正后的数", shift)


_FIGURES: Final = re.compile(r"\d+(?:\.\d+)?")


def _texts(edition: Edition, part: Part, typed: str) -> Iterator[Cause]:
    """Yield what texts in place of numbers explain: 约120件 is in no sum, and the county's clerk added 120."""
    for cell, value in part.filing.cells.items():
        known = edition.cells.get(cell)
        if not isinstance(value, str) or known is None or read_entry(value, known.kind, known.unit) is not None:
            continue  # what can be read has a proposal
        figures = _FIGURES.findall(value)
        if len(figures) == 1 and float(figures[0]):
            number = tidy(float(figures[0]))
            told = f"“{part.unit}”{edition.describe(cell)}填的是“{value}”，不是数，没有加进合计，{typed}加的是 {show(number)}"
            yield Cause(part.unit, (cell,), told, {cell: number})


def _held(filing: Filing, cell: CellId) -> str:
    value = filing.value(cell)
    return "空" if value is None else f"“{value}”" if isinstance(value, str) else show(value)


def _own(county: Filing, total: Mapping[CellId, float], shift: Vector, witness: str = "各单位合计") -> list[Causes]:
    """Return the county's own slips: what the localiser proposes, the units' sum being its witness, where both agree.

    ``witness`` is what the sum is called.
    """
    from gk_xl.checks.binding import identities
    from gk_xl.checks.identity import Identity
    from gk_xl.checks.locate import Witness, locate
    from gk_xl.checks.locate.tell import REASONS

    witnesses = [
        Witness(cell, int(total.get(cell, 0)), WITNESS, "各单位合计")
        for cell in county.form.cells
        if float(total.get(cell, 0)).is_integer()
    ]
    known = [Identity(instance.rule.code, terms) for instance, terms in identities(county.edition)]
    found: list[Causes] = []
    for suspect in locate(county.form, county.cells, known, witnesses=witnesses).suspects:
        if suspect.rank > 1:
            continue
        for choice in suspect.choices or ((),):
            causes = tuple(
                Cause(
                    "",
                    (change.cell,),
                    f"{level_word(county.unit.kind)}表{county.form.describe(change.cell)}填错：{_held(county, change.cell)} 应为 {show(change.proposed)}"
                    f"（{REASONS[change.reason]}），{witness}也是 {show(change.proposed)}",
                    {change.cell: shift[change.cell]},
                )
                for change in (*suspect.changes, *choice)
                if change.cell in shift and tidy(change.proposed - total.get(change.cell, 0)) == 0
            )
            if causes:
                found.append(causes)
    return [tuple(cause for causes in found for cause in causes)] if len(found) > 1 and _apart(found) else found


def _apart(found: Sequence[Causes]) -> bool:
    """Return whether explanations speak of different cells: then they are one explanation, table by table."""
    cells = [cell for causes in found for cause in causes for cell in cause.cells]
    return len(cells) == len(set(cells))
