"""The kinds of reporting units, read from ``units.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.form.load import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnitKind(NamedTuple):
    """A kind of unit: ``label`` is what a clerk reads, ``self_word`` how the unit calls itself in its report."""

    id: str
    label: str
    self_word: str
    ending: str
    deadline: str
    makes_rules: bool

    def deadline_for(self, year: int) -> date:
        """Return the default last day for publishing the report on ``year``."""
        month, day = self.deadline.split("-")
        return date(year + 1, int(month), int(day))


@lru_cache
def unit_kinds() -> Mapping[str, UnitKind]:
    """Return all kinds of units by identifier, in the order of the list on 封面."""
    path = Path(__file__).with_name("units.toml")
    kinds = {}
    for name, raw in tomllib.loads(path.read_text(encoding="utf-8")).items():
        keys = Keys(f"form/{path.name}", name, raw)
        kinds[name] = UnitKind(
            name, keys.take("label", str), keys.take("self", str), keys.take("ending", str),
            keys.take("deadline", str), keys.take("makes_rules", bool, False),
        )  # fmt: skip
        keys.done()
    return kinds
