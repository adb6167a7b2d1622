"""The functions that rules call for what the language of expressions cannot say, registered by decorator.

A rule names one with ``call = "figures.compared"``; the module that holds it stands in :data:`MODULES`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

    Judge = Callable[[Case, Rule], Iterable[Finding]]

TEXT_ROOM = "text_rules"
TEXT_RULES = {
    "arithmetic": ("added", "parts_above_whole", "sums"),
    "against_tables": ("amounts", "decisions", "fees", "figures", "nowhere", "rates", "table2", "unsaid"),
    "years": ("cover_year", "foreign_years", "period", "signing", "stale"),
    "names": ("cover_unit", "levels", "neighbours", "unit"),
    "proofreading": ("digits", "doubles", "marks", "personal", "terms", "wording"),
    "content": ("aspects", "copied", "outline", "problems", "substance"),
}
"""The modules of the rules on the text, room by room."""
MODULES = (
    "cells",
    "local",
    "shifted",
    "tables",
    *(f"{TEXT_ROOM}.{room}.{name}" for room, names in TEXT_RULES.items() for name in names),
)
"""The modules under ``gk_xl.checks`` that hold such functions; a test finds one that is missing here."""


class RuleFunction(NamedTuple):
    """One function, and whether it reads the text as it will be printed (names of fields replaced by their numbers)."""

    judge: Judge
    reads_text: bool


_REGISTERED: dict[str, RuleFunction] = {}


def rule_function(name: str, *, reads_text: bool | None = None) -> Callable[[Judge], Judge]:
    """Register a function ``(case, rule) → findings`` under the name that rules call it by; ValueError when taken.

    Whatever stands in ``text_rules`` reads the text as it will be printed, others only where they say so.
    """

    def register(judge: Judge) -> Judge:
        if name in _REGISTERED:
            raise ValueError(f"two rule functions are called {name}")
        of_the_text = f".{TEXT_ROOM}." in judge.__module__
        _REGISTERED[name] = RuleFunction(judge, of_the_text if reads_text is None else reads_text)
        return judge

    return register


@cache
def rule_functions() -> Mapping[str, RuleFunction]:
    """Return every function that a rule may call, by name."""
    for module in MODULES:
        import_module(f"gk_xl.checks.{module}")
    return _REGISTERED
