"""Modules of Python's that others load and seldom call: loaded when one of their functions is called, not before.

``dataclasses`` and lxml ask ``inspect`` for one function each, that a check never calls, and ``pathlib`` asks
``urllib.parse``: to load these two takes longer than all the rules.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """A module of which only functions are asked for."""

    def __getattr__(self, name: str) -> Any:
        """Return what loads the module, and calls a function of it."""
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*values: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*values, **named)

        return called


def spare(module: str, seldom: str) -> None:
    """Load a module without another that it seldom calls; whoever else imports that one has it as it is."""
    if module not in sys.modules and seldom not in sys.modules:
        sys.modules[seldom] = _Later(seldom)
        try:
            import_module(module)
        finally:
            del sys.modules[seldom]
