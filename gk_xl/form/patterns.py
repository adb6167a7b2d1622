"""Regular expressions that are compiled when they are first used, and once a machine.

A module writes ``regex("…")`` where it would write ``re.compile("…")``. Compiling is most of what a cold check would
cost, so what :mod:`re` made of a pattern is kept in ``__pycache__``, beside the bytecode and for the very Python that
wrote it; where it cannot be read or written, each pattern is compiled as it is used. Python itself checks a kept code
before it takes it, and a pattern that changed is another pattern.
"""

from __future__ import annotations

import atexit
import re
from array import array
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.beside import Beside, place
from gk_xl.form.demands import ANYTHING, demanded
from gk_xl.form.needed import as_set, needed

if TYPE_CHECKING:
    from gk_xl.form.demands import Demand
    from gk_xl.form.needed import Needed

    Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...], Needed | None, Demand]

_STEP: Final = "I"
"""How a step of a code is kept: a number of four bytes, as ``re`` itself holds it."""


class Patterns(Beside):
    """Compiled codes by pattern and flags."""

    def compiled(self, text: str, flags: int) -> re.Pattern[str]:
        """Return a pattern, from its kept code where there is one; re.error where it is none."""
        import _sre  # type: ignore[import-not-found]

        code = self.known.get((text, flags))
        if code is None:
            code = _code_of(text, flags)
            if code is None:
                return re.compile(text, flags)
            self.keep((text, flags), code)
        try:
            its_flags, steps, *rest = code[:-2]
            kept: re.Pattern[str] = _sre.compile(text, its_flags, array(_STEP, steps).tolist(), *rest)
        except (RuntimeError, TypeError, ValueError, OverflowError):  # not what this Python takes for a code
            del self.known[text, flags]
            return re.compile(text, flags)
        return kept

    def needed(self, text: str, flags: int) -> Needed | None:
        """Return what a text must have for a pattern that was compiled to be found in it; None where that is not known."""
        code = self.known.get((text, flags))
        need = code[-2] if code is not None else None
        return need if isinstance(need, str | frozenset) else None

    def demanded(self, text: str, flags: int) -> Demand:
        """Return all that a text must have for a pattern that was compiled; nothing where that is not known."""
        code = self.known.get((text, flags))
        demand = code[-1] if code is not None else ANYTHING
        return demand if isinstance(demand, str | frozenset | tuple) else ANYTHING


def _code_of(text: str, flags: int) -> Code | None:
    """Return what :mod:`re` makes of a pattern as plain data; None where this Python does it otherwise. re.error where it is none."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        parsed = _parser.parse(text, flags)
        code = [int(step) for step in _compiler._code(parsed, flags)]  # noqa: SLF001 - re has no public name for it
        state = parsed.state
        names, groups, flags = dict(state.groupdict), state.groups, flags | state.flags
        need, demand = needed(parsed, code), demanded(parsed)
    except (ImportError, AttributeError, TypeError):
        return None
    index: list[str | None] = [None] * groups
    for name, number in names.items():
        index[number] = name
    return flags, array(_STEP, code).tobytes(), groups - 1, names, tuple(index), need, demand


_STORE: Final = Patterns(place("patterns"))
atexit.register(_STORE.write)


class _Pattern:
    """A pattern that is compiled when something of it is first asked for; from then on as fast as one of ``re``."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep a pattern as it is written: it is compiled where it is used."""
        return regex, (self.pattern, self.__dict__["_flags"])

    def __getattr__(self, name: str) -> Any:
        """Compile, and take over all that a compiled pattern can do."""
        made = _STORE.compiled(self.pattern, self.__dict__["_flags"])
        for taken in (
            "search",
            "match",
            "fullmatch",
            "finditer",
            "findall",
            "sub",
            "subn",
            "split",
            "flags",
            "groups",
            "groupindex",
        ):
            self.__dict__[taken] = getattr(made, taken)
        need = _STORE.needed(self.pattern, self.__dict__["_flags"])
        self.__dict__["demand"] = _STORE.demanded(self.pattern, self.__dict__["_flags"])
        if need:
            self.__dict__.update(_with_word(made, need) if isinstance(need, str) else _where_needed(made, need))
        found = self.__dict__.get(name)
        return getattr(made, name) if found is None else found


def _where_needed(made: re.Pattern[str], need: frozenset[str]) -> dict[str, Any]:
    """Return what asks a text for one of some characters before it asks for the pattern."""
    search, finditer, sub, findall, split = made.search, made.finditer, made.sub, made.findall, made.split
    has = _STORE.compiled(as_set(need), 0).search
    return {
        "search": lambda text, *span: search(text, *span) if has(text) else None,
        "finditer": lambda text, *span: finditer(text, *span) if has(text) else iter(()),
        "findall": lambda text, *span: findall(text, *span) if has(text) else [],
        "sub": lambda put, text, *most, **named: sub(put, text, *most, **named) if has(text) else text,
        "split": lambda text, *most, **named: split(text, *most, **named) if has(text) else [text],
    }


def _with_word(made: re.Pattern[str], need: str) -> dict[str, Any]:
    """Return what asks a text for a word before it asks for the pattern."""
    search, finditer, sub, findall, split = made.search, made.finditer, made.sub, made.findall, made.split
    return {
        "search": lambda text, *span: search(text, *span) if need in text else None,
        "finditer": lambda text, *span: finditer(text, *span) if need in text else iter(()),
        "findall": lambda text, *span: findall(text, *span) if need in text else [],
        "sub": lambda put, text, *most, **named: sub(put, text, *most, **named) if need in text else text,
        "split": lambda text, *most, **named: split(text, *most, **named) if need in text else [text],
    }


def demand_of(pattern: re.Pattern[str]) -> Demand:
    """Return all that a text must have for a pattern to be found in it; ``ANYTHING`` for one that ``regex`` did not give."""
    found: Demand = getattr(pattern, "demand", ANYTHING)
    return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern as ``re.compile`` does, compiled when it is first used."""
    lazy: Any = _Pattern(text, int(flags))
    pattern: re.Pattern[str] = lazy
    return pattern
