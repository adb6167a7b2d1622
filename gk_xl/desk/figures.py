"""What a county is asked about: applications, outcomes, cases, rates; over one filing or many, in any edition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.expression import bind, evaluate, mentions, parse
from gk_xl.errors import UnknownCell
from gk_xl.form.filing import normal_number
from gk_xl.form.kept import toml
from gk_xl.form.load import Keys, load_edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gk_xl.checks.expression import Node
    from gk_xl.form.filing import Filing

SHARE: Final = "%"
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
    """A figure of this year beside last year's; None where no filing tells it. Shares are in percent."""

    figure: Figure
    now: float | None
    before: float | None

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

    A share is that of the sums, not the mean of the shares, in percent with one decimal.
    """
    listed = list(filings)
    part = _added(figure.part, listed)
    if not figure.whole:
        return part
    whole = _added(figure.whole, listed)
    return normal_number(round(part / whole * 100, 1)) if part is not None and whole else None


def _added(texts: tuple[str, ...], filings: list[Filing]) -> float | None:
    values = [value for filing in filings if (value := _value(texts, filing)) is not None]
    return normal_number(round(sum(values), 6)) if values else None


def _value(texts: tuple[str, ...], filing: Filing) -> float | None:
    """Return what a sum of cells comes to in one filing; None over a blank, or where its edition lacks the cells."""
    node = _bound(texts, filing.edition)
    if node is None:
        return None
    numbers = {ref.name: number for ref in mentions(node) if (number := filing.number(ref.cell)) is not None}
    return evaluate(node, numbers)


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
    return [Compared(figure, amount(figure, this), amount(figure, last)) for figure in figures()]
