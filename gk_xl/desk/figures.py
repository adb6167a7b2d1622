"""What a county is asked about: applications, outcomes, cases, rates; over one filing or many, in any edition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.expression import bind, evaluate, mentions, parse
from gk_xl.errors import UnknownCell
from gk_xl.form.filing import normal_number
from gk_xl.form.kept import toml
from gk_xl.form.load import Keys, load_edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gk_xl.checks.expression import Node
    from gk_xl.form.filing import Filing
    from gk_xl.form.schema import CellId

SHARE: Final = "%"
UNTOLD: Final = "算不出"
"""What stands in the place of a share whose part is more than its whole."""
MOST_NAMED: Final = 6
COUNT: Final = "件"
_PAGE: Final = "page"


class Figure(NamedTuple):
    """One figure: a sum of cells (``part``), or with ``whole`` the share of one sum in another."""

    id: str
    group: str
    label: str
    part: tuple[str, ...]
    whole: tuple[str, ...] = ()
    on_page: bool = False

    @property
    def unit(self) -> str:
        """What it is counted in: 件, or %."""
        return SHARE if self.whole else COUNT


@lru_cache
def figures() -> tuple[Figure, ...]:
    """Return all figures in the order in which they are told."""
    path = Path(__file__).with_name("figures.toml")
    found = []
    for name, raw in toml(path).items():
        keys = Keys(f"desk/{path.name}", name, raw)
        group, label = keys.take("group", str), keys.take("label", str)
        part, whole = tuple(keys.take("part", list)), tuple(keys.take("whole", list, []))
        found.append(Figure(name, group, label, part, whole, keys.take("shown", str, "") == _PAGE))
        keys.done()
    return tuple(found)


@dataclass(frozen=True)
class Compared:
    """A figure of this year beside last year's; None where no filing tells it. Shares are in percent.

    ``wrong`` and ``wrong_before`` name the units whose own numbers make a share what no share can be: a part that is more
    than its whole; ``lacking`` those that are on neither side because they tell it in one of the two years only.
    """

    figure: Figure
    now: float | None
    before: float | None
    wrong: tuple[str, ...] = ()
    wrong_before: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def shown_now(self) -> float | str | None:
        """The figure of this year as it is shown: in words where a share cannot be worked out."""
        return UNTOLD if self.now is None and self.wrong else self.now

    @property
    def shown_before(self) -> float | str | None:
        """The figure of last year as it is shown."""
        return UNTOLD if self.before is None and self.wrong_before else self.before

    @property
    def doubt(self) -> str:
        """Why a share cannot be relied on, in one sentence; "" where it can."""
        units = (*self.wrong, *(f"{unit}（去年）" for unit in self.wrong_before))
        if not units:
            return ""
        name, _, parts = self.figure.label.removesuffix("）").partition("（")
        named = "、".join(units[:MOST_NAMED]) + (f"等 {len(units)} 个单位" if len(units) > MOST_NAMED else "")
        lacking = UNTOLD in (self.shown_now, self.shown_before)
        return f"{name}{UNTOLD if lacking else '还不准'}：{named}填的数里，{parts}不在 0 到 100% 之间，改正以后再看。"

    @property
    def change(self) -> float | None:
        """By how much it grew: in 件, or in percentage points."""
        if self.now is None or self.before is None:
            return None
        return normal_number(round(self.now - self.before, 2))

    @property
    def growth(self) -> float | None:
        """By what part of last year it grew, in percent; None for shares and where last year was nothing."""
        if self.change is None or not self.before or self.figure.whole:
            return None
        return normal_number(round(self.change / self.before * 100, 1))


def amount(figure: Figure, filings: Iterable[Filing]) -> float | None:
    """Return a figure over some filings, what they leave blank left out; None where none of them tells it.

    A share is that of the sums, not the mean of the shares, in percent with one decimal; None, too, where the part is
    more than the whole. Only filings that tell both are in it.
    """
    if not figure.whole:
        values = [value for filing in filings if (value := _value(figure.part, filing)) is not None]
        return normal_number(round(sum(values), 6)) if values else None
    return _share_of([pair for filing in filings if (pair := _share(figure, filing)) is not None])


def _share_of(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return the share of sums; None where there is nothing to share, or the part is more than the whole."""
    part, whole = (sum(side) for side in zip(*pairs, strict=True)) if pairs else (0, 0)
    return normal_number(round(part / whole * 100, 1)) if whole and _sound(part, whole) else None


def impossible(figure: Figure, filing: Filing) -> bool:
    """Return whether a filing's own numbers make a share what none can be: less than nothing, or more than the whole."""
    pair = _share(figure, filing) if figure.whole else None
    return pair is not None and not _sound(*pair)


def _sound(part: float, whole: float) -> bool:
    return 0 <= part <= whole


def _share(figure: Figure, filing: Filing) -> tuple[float, float] | None:
    """Return part and whole of a share in one filing; None where it does not tell both."""
    part, whole = _value(figure.part, filing), _value(figure.whole, filing)
    return None if part is None or whole is None else (part, whole)


def _value(texts: tuple[str, ...], filing: Filing) -> float | None:
    """Return what a sum of cells comes to in one filing; None over a blank, or where its edition lacks the cells."""
    cells = _added(texts, filing.edition)
    if cells:
        numbers = [filing.number(cell) for cell in cells]
        return None if None in numbers else reduce(add, numbers)
    node = _bound(texts, filing.edition)
    if node is None:
        return None
    known = {ref.name: number for ref in mentions(node) if (number := filing.number(ref.cell)) is not None}
    return evaluate(node, known)


@cache
def _added(texts: tuple[str, ...], edition_id: str) -> tuple[CellId, ...]:
    """Return the cells that are added up, and nothing else done with; none where there is more to it."""
    node = _bound(texts, edition_id)
    named = {ref.name: ref.cell for ref in mentions(node)} if node is not None else {}
    names = getattr(node, "names", ())
    return tuple(named[name] for name in names)


@cache
def _bound(texts: tuple[str, ...], edition_id: str) -> Node | None:
    """Return the first of several expressions whose cells an edition has."""
    edition = load_edition(edition_id)
    for text in texts:
        try:
            return bind(parse(text), edition, edition)
        except UnknownCell:
            continue
    return None


def compared(now: Iterable[Filing], before: Iterable[Filing]) -> list[Compared]:
    """Return every figure of this year's filings beside last year's."""
    this, last = list(now), list(before)
    found = []
    for figure in figures():
        shown, wrong = _over(figure, this)
        shown_before, wrong_before = _over(figure, last)
        found.append(Compared(figure, shown, shown_before, wrong, wrong_before))
    return found


def compared_pairs(pairs: Iterable[tuple[Filing, Filing]]) -> list[Compared]:
    """Return every figure over units whose two filings, this year's and last year's, both tell it."""
    known = list(pairs)
    found = []
    for figure in figures():
        years = [[_told(figure, filing) for filing in pair] for pair in known]
        both = [pair for pair, told in zip(known, years, strict=True) if all(told)]
        shown, wrong = _over(figure, [now for now, _ in both])
        shown_before, wrong_before = _over(figure, [before for _, before in both])
        lacking = tuple(
            now.unit.name for (now, _), told in zip(known, years, strict=True) if any(told) and not all(told)
        )
        found.append(Compared(figure, shown, shown_before, wrong, wrong_before, lacking))
    return found


def lacking(found: Iterable[Compared], count: int) -> list[str]:
    """Return which of ``count`` units are on neither side of which figures: a sentence for those of the same figures."""
    of: dict[tuple[str, ...], list[str]] = {}
    for two in found:
        if 0 < len(two.lacking) < count:
            of.setdefault(two.lacking, []).append(two.figure.label.partition("（")[0])
    return [
        f"与上年比较的{'、'.join(labels)}两年都不含{'、'.join(units[:MOST_NAMED])}"
        f"{f'等 {len(units)} 个单位' if len(units) > MOST_NAMED else ''}：有一年这一项没有数。"
        for units, labels in of.items()
    ]


def _told(figure: Figure, filing: Filing) -> bool:
    return (_share(figure, filing) if figure.whole else _value(figure.part, filing)) is not None


def _over(figure: Figure, filings: Sequence[Filing]) -> tuple[float | None, tuple[str, ...]]:
    """Return a figure over some filings, and the units whose own numbers make it what no share can be."""
    if not figure.whole:
        return amount(figure, filings), ()
    told = [(filing, pair) for filing in filings if (pair := _share(figure, filing)) is not None]
    wrong = tuple(filing.unit.name for filing, pair in told if not _sound(*pair))
    return _share_of([pair for _, pair in told]), wrong


def signed(value: float, unit: str = "") -> str:
    """Return a change as one reads it: +3, -2, 0."""
    return f"{value:+g}{unit}" if value else f"0{unit}"
