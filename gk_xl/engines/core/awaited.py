"""The coroutines of xlwings' base classes (``get_color`` for ``color``): what a desktop answers at once, awaited.

xlwings gives them to its engine in the browser only, where a program cannot wait otherwise. A program written for the
browser runs on these engines, too, because the coroutines follow from the members that they are named after.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Coroutine, Mapping
from importlib import import_module
from typing import Any

Coroutines = Callable[..., Coroutine[Any, Any, Any]]
NAMED_OTHERWISE = {"get_expanded_range": "expand", "get_formula": "read_formulas"}
AT_ONCE = ("load", "flush")  # what a desktop would have to fetch or to send is there already


def classes_of(package: str) -> Mapping[str, type]:
    """Return the classes that an engine's modules define, by name."""
    folder = import_module(package).__path__
    modules = [import_module(f"{package}.{item.name}") for item in pkgutil.iter_modules(folder)]
    found = [item for module in modules for item in vars(module).values() if inspect.isclass(item)]
    return {item.__name__: item for item in found if item.__module__.startswith(package)}


def complete(package: str) -> None:
    """Give an engine's classes the coroutines that xlwings' classes of the same names have."""
    known = vars(import_module("xlwings.base_classes"))
    for name, cls in classes_of(package).items():
        for member, coroutine in vars(known.get(name, object)).items():
            if inspect.iscoroutinefunction(coroutine) and not hasattr(cls, member):
                setattr(cls, member, _at_once if member in AT_ONCE else _following(member_of(member)))


def member_of(coroutine: str) -> str:
    """Return the member that a coroutine is named after."""
    return NAMED_OTHERWISE.get(coroutine, coroutine.removeprefix("get_"))


def _following(name: str) -> Coroutines:
    async def get(self: Any, *arguments: Any) -> Any:
        found = getattr(self, name)
        return found(*arguments) if inspect.ismethod(found) else found

    return get


async def _at_once(_self: Any, **_options: Any) -> None:
    """Do nothing: a desktop holds nothing back."""
