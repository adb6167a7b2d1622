"""What fits the difference of one cell: a unit's number in it left out or counted again, two digits turned, a text in no sum.

A fit is no proof, so all that fit are named; it speaks of a cell that no cause over several cells explains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import show, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult
    from gk_xl.form.schema import CellId, Edition

SHOWN: Final = 4
"""So many units that fit are named; how many there are is told."""
_TIMES: Final = ((-1, "没有加上"), (1, "加了两遍"), (2, "加了三遍"))
"""What makes a difference of so many times a unit's number."""


class Part(NamedTuple):
    """One unit in the sum: its filing, what its check found, and earlier versions of the filing by file name."""

    unit: str
    filing: Filing
    result: CheckResult | None = None
    earlier: tuple[tuple[str, Filing], ...] = ()


class Off(NamedTuple):
    """A cell in which the county's typed total is not the sum of its units."""

    cell: CellId
    typed: float
    total: float

    @property
    def difference(self) -> float:
        """By how much the typed total is larger."""
        return tidy(self.typed - self.total)


def more_or_less(difference: float) -> str:
    """Return a difference as a clerk reads it: 多 3, 少 2."""
    return f"{'多' if difference > 0 else '少'} {show(abs(difference))}"


def fits(edition: Edition, off: Sequence[Off], parts: Sequence[Part], whose: str) -> dict[CellId, str]:
    """Return in words what fits each cell that is off; no entry for one that nothing fits. ``whose`` is the typed report."""
    found = {item.cell: "；".join(told) for item in off if (told := [*_cell(item, parts, whose)])}
    return found | dict(_following(edition, off, found))


def _cell(item: Off, parts: Sequence[Part], whose: str) -> Iterator[str]:
    """Yield what fits one cell: the texts that are in no sum, without them each way in which a unit's number may be in it."""
    held = [(part.unit, part.filing.value(item.cell)) for part in parts]
    texts = [f"“{unit}”这一格填的是“{value}”" for unit, value in held if isinstance(value, str)]
    if texts:
        yield f"{listed(texts, '、')}，不是数，没有加进各单位合计，请先改好"
        return
    much = f"{'多' if item.difference > 0 else '少'}的 {show(abs(item.difference))} "
    for times, said in _TIMES:
        units = [f"“{unit}”" for unit, value in held if value and tidy(times * float(value) - item.difference) == 0]
        if units:
            double, several = "两倍" * (times == 2), len(units) > 1
            those = f"{listed(units)}{'各自' * several}这一格的数"
            yield f"{much}正好是{those}{f'的{double}' * bool(double)}，像是{'其中一个' * several}在{whose}里{said}"
    if _turned(show(item.typed), show(item.total)):
        yield f"{whose}的 {show(item.typed)} 与合计只有两位数字颠倒，像是 {show(item.total)} 打反了"


def _turned(one: str, other: str) -> bool:
    """Return whether two numbers differ in two digits that have changed places."""
    at = [number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return len(one) == len(other) and len(at) == 2 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]


def _following(edition: Edition, off: Sequence[Off], found: Mapping[CellId, str]) -> Iterator[tuple[CellId, str]]:
    """Yield the cells that nothing fits and that are off by the same as a cell of their table that something does: its totals."""
    for item in off:
        table = edition.cells[item.cell].table
        leading = [
            other.cell
            for other in off
            if other.cell in found and other.difference == item.difference and edition.cells[other.cell].table == table
        ]
        if item.cell not in found and leading:
            yield item.cell, f"与{edition.describe(leading[0])}差的是同一个数，像是跟着变的"


def listed(names: Iterable[str], mark: str = "") -> str:
    """Return names in a row, and how many there are where not all are named."""
    some = [*names]
    return mark.join(some[:SHOWN]) + (f"等 {len(some)} 个单位" if len(some) > SHOWN else "")


def not_added(off: Sequence[Off], parts: Sequence[Part], absent: Iterable[tuple[str, str]]) -> str:
    """Return in a sentence which units are not in the sum: those of ``absent``, each with why, and whose cells hold texts."""
    whole = [f"“{unit}”（{why}）" for unit, why in absent]
    texts = [
        f"“{part.unit}”{count} 格"
        for part in parts
        if (count := sum(isinstance(part.filing.value(item.cell), str) for item in off))
    ]
    told = [f"整份没有加进去的：{listed(whole, '、')}"] * bool(whole)
    told += [f"填的不是数、没有加进去的：{listed(texts, '、')}"] * bool(texts)
    return f"各单位合计还不全：{'；'.join(told)}。请先读出来、改好，再核对下面的相差。" if told else ""
