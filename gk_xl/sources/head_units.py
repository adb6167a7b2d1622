"""The units that heads and labels name behind what they call: 采购总金额（万元）, 本年收费金额，单位：元, 规章/件."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gk_xl.checks.entries import COUNT_UNITS
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MONEY: Final = "(?:亿|千万|百万|十万|万|千|百)?元"
_UNIT: Final = rf"(?:人民币)?(?:{_MONEY}|万|{'|'.join(COUNT_UNITS)})(?:人民币)?"
_SAYS: Final = "(?:[^()]{0,12}单位[为是:]?|[^()]{0,12}[:,/])?"
_BEHIND: Final = regex(
    rf"(?:\({_SAYS}{_UNIT}(?:[,;/:][^()]*)?\)|[,:/;-]?(?:金额|计量|货币)?单位[为是:]?{_UNIT}|[,:/;-]{_UNIT}|(?<=[额费]){_MONEY})$"
)
_MONEY_NAMED: Final = regex(
    rf"(?:^|[(:,/;-]|单位[为是]?|[额费以])(?:人民币)?(?P<unit>{_MONEY}|万(?=\)|$))(?:人民币)?(?=$|[),/;:为])"
)

_ALONE: Final = regex(rf"\(?(?:金额|计量|货币)?(?:单位[为是:]?)?{_UNIT}\)?")


def is_unit_alone(folded: str) -> bool:
    """Return whether a text names a unit and says nothing else."""
    return _ALONE.fullmatch(folded) is not None


def without_unit(folded: str) -> str:
    """Return a folded label without the unit behind it; as it is where it has none, or is nothing else."""
    return (len(folded) > 1 and _BEHIND.sub("", folded)) or folded


@lru_cache
def printed_names(fold: Callable[[str], str]) -> dict[str, str]:
    """Return by what each label of the form is without its unit how the form prints it, folded."""
    tables = (table for name in edition_ids() for table in load_edition(name).tables)
    printed = {fold(item.text) for table in tables for item in table.grid if item.text}
    return {without_unit(label): label for label in printed}


def money_in(folded: Iterable[str]) -> str:
    """Return the unit of money that labels name; of several units, which are no unit, all with 或 between."""
    named = (match["unit"].removesuffix("元") + "元" for text in folded for match in _MONEY_NAMED.finditer(text))
    return "或".join(dict.fromkeys(named))
