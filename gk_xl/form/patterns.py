"""Regular expressions that are compiled when they are first used, and once a machine.

A module writes ``regex("…")`` where it would write ``re.compile("…")``. Compiling is most of what a cold check would
cost, so what :mod:`re` made of a pattern is kept in ``__pycache__``, beside the bytecode and for the very Python that
wrote it; where it cannot be read or written, each pattern is compiled as it is used. Python itself checks a kept code
before it takes it, and a pattern that changed is another pattern.
"""

from __future__ import annotations

import atexit
import marshal
import re
from array import array
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.beside import Beside, place
from gk_xl.form.demands import ANYTHING, demanded
from gk_xl.form.needed import as_set, needed

if TYPE_CHECKING:
    from gk_xl.form.demands import Demand
    from gk_xl.form.needed import Needed

    Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...], Needed | None, Demand]
    Told = tuple[re.Pattern[str], Needed | None, Demand]

_STEP: Final = "I"
"""How a step of a code is kept: a number of four bytes, as ``re`` itself holds it."""
_PARTS: Final = 7
"""What is kept of a pattern, by number."""


class Patterns(Beside):
    """Compiled codes by pattern and flags, each packed for itself: of all that are kept a check needs half."""

    def compiled(self, text: str, flags: int) -> re.Pattern[str]:
        """Return a pattern, from its kept code where there is one; re.error where it is none."""
        return self.told(text, flags)[0]

    def told(self, text: str, flags: int) -> Told:
        """Return a pattern with what a text must have for it to be found there, as far as that is known; re.error where it is none."""
        import _sre  # type: ignore[import-not-found]

        code = self._code(text, flags)
        if code is not None:
            its_flags, steps, groups, names, index, need, demand = code
            try:
                made = _sre.compile(text, its_flags, array(_STEP, steps).tolist(), groups, names, index)
            except (RuntimeError, TypeError, ValueError, OverflowError):  # not what this Python takes for a code
                del self.known[text, flags]
            else:
                return made, need, demand
        return re.compile(text, flags), None, ANYTHING

    def demanded(self, text: str, flags: int) -> Demand:
        """Return what a text must have for a pattern to be found in it, without compiling one that is kept; re.error where it is none."""
        code = self._code(text, flags)
        return ANYTHING if code is None else code[-1]

    def _code(self, text: str, flags: int) -> Code | None:
        """Return what is kept of a pattern, or made now; None where this Python does it otherwise. re.error where it is none."""
        packed = self.known.get((text, flags))
        if isinstance(packed, bytes):  # not as an earlier version kept it
            with suppress(TypeError, ValueError, EOFError):
                kept: Code = marshal.loads(packed)  # noqa: S302 - as safe as the file itself
                if len(kept) == _PARTS:
                    return kept
        code = _code_of(text, flags)
        if code is not None:
            self.keep((text, flags), marshal.dumps(code))
        return code


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


def compiled(text: Any, flags: int) -> re.Pattern[Any]:
    """Return a pattern of characters or bytes, from what is kept of it; re.error where it is none."""
    return _STORE.compiled(text, flags)


class _Pattern:
    """A pattern that is compiled when something of it is first asked for; from then on as fast as one of ``re``."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep a pattern as it is written: it is compiled where it is used."""
        return regex, (self.pattern, self.__dict__["_flags"])

    def __getattr__(self, name: str) -> Any:
        """Compile, and take over all that a compiled pattern can do; what a text must have is told without that."""
        if name == "demand":
            self.demand = _STORE.demanded(self.pattern, self.__dict__["_flags"])
            return self.demand
        made, need, demand = _STORE.told(self.pattern, self.__dict__["_flags"])
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
        self.__dict__["demand"] = demand
        if need:
            self.__dict__.update(_with_word(made, need) if isinstance(need, str) else _where_needed(made, need))
        found = self.__dict__.get(name)
        return getattr(made, name) if found is None else found


def _where_needed(made: re.Pattern[str], need: frozenset[str]) -> dict[str, Any]:
    """Return what asks a text for one of some characters before it asks for the pattern."""
    search, finditer, sub, findall, split = made.search, made.finditer, made.sub, made.findall, made.split
    has = _asking(need)
    return {
        "search": lambda text, *span: search(text, *span) if has(text) else None,
        "finditer": lambda text, *span: finditer(text, *span) if has(text) else iter(()),
        "findall": lambda text, *span: findall(text, *span) if has(text) else [],
        "sub": lambda put, text, *most, **named: sub(put, text, *most, **named) if has(text) else text,
        "split": lambda text, *most, **named: split(text, *most, **named) if has(text) else [text],
    }


@cache
def _asking(need: frozenset[str]) -> Any:
    """Return what asks a text for one of some characters: many patterns need the same."""
    return _STORE.compiled(as_set(need), 0).search


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
