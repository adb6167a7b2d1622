"""A linear identity between cells: what a rule instance says once it is written as one sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.schema import CellId


@dataclass(frozen=True)
class Identity:
    """One instance of a rule: ``sum(coefficient * value) + constant == 0``.

    ``code`` is the rule's code (``T3-01``). ``constant`` carries a number that is no cell of this filing, such as last
    year's; it is zero for identities inside one table.
    """

    code: str
    coefficients: Mapping[CellId, int]
    constant: int = 0
