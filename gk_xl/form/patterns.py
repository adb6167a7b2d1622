"""Regular expressions that are compiled when they are first used, and once a machine.

A module writes ``regex("…")`` where it would write ``re.compile("…")``. Compiling is most of what a cold check would
cost, so what :mod:`re` made of a pattern is kept in ``__pycache__``, beside the bytecode and for the very Python that
wrote it; where it cannot be read or written, each pattern is compiled as it is used. Python itself checks a kept code
before it takes it, and a pattern that changed is another pattern.
"""

from __future__ import annotations

import atexit
import marshal
import os
import re
import sys
from array import array
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.demands import ANYTHING, demanded
from gk_xl.form.needed import as_set, needed

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from gk_xl.form.demands import Demand
    from gk_xl.form.needed import Needed

    Key = tuple[str, int]
    Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...], Needed | None, Demand]

_STEP: Final = "I"
"""How a step of a code is kept: a number of four bytes, as ``re`` itself holds it."""
MOST: Final = 3000
"""Patterns that are kept; a store that outgrew this is begun anew."""


class Patterns:
    """Compiled codes by pattern and flags: read from a file at the first use, written to it at the end."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._known: MutableMapping[Key, Code] | None = None
        self._fresh = False

    def compiled(self, text: str, flags: int) -> re.Pattern[str]:
        """Return a pattern, from its kept code where there is one; re.error where it is none."""
        import _sre  # type: ignore[import-not-found]

        if self._known is None:
            self._known = self._read()
        code = self._known.get((text, flags))
        if code is None:
            code = _code_of(text, flags)
            if code is None:
                return re.compile(text, flags)
            self._known[text, flags] = code
            self._fresh = True
        try:
            its_flags, steps, *rest = code[:-2]
            kept: re.Pattern[str] = _sre.compile(text, its_flags, array(_STEP, steps).tolist(), *rest)
        except (RuntimeError, TypeError, ValueError, OverflowError):  # not what this Python takes for a code
            del self._known[text, flags]
            return re.compile(text, flags)
        return kept

    def needed(self, text: str, flags: int) -> Needed | None:
        """Return what a text must have for a pattern that was compiled to be found in it; None where that is not known."""
        code = self._known.get((text, flags)) if self._known is not None else None
        need = code[-2] if code is not None else None
        return need if isinstance(need, str | frozenset) else None

    def demanded(self, text: str, flags: int) -> Demand:
        """Return all that a text must have for a pattern that was compiled; nothing where that is not known."""
        code = self._known.get((text, flags)) if self._known is not None else None
        demand = code[-1] if code is not None else ANYTHING
        return demand if isinstance(demand, str | frozenset | tuple) else ANYTHING

    def _read(self) -> dict[Key, Code]:
        """Return what the file holds, nothing where it is not ours."""
        try:
            stamp, known = marshal.loads(self.file.read_bytes())  # noqa: S302 - as safe as the bytecode beside it
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return known if stamp == _stamp() and isinstance(known, dict) and len(known) <= MOST else {}

    def write(self) -> None:
        """Write what was compiled since; nothing where nothing was, or where the file cannot be written."""
        if not self._fresh or sys.dont_write_bytecode or self._known is None:
            return
        beside = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        try:
            self.file.parent.mkdir(exist_ok=True)
            beside.write_bytes(marshal.dumps((_stamp(), {**self._read(), **self._known})))
            beside.replace(self.file)
        except OSError:
            with suppress(OSError):
                beside.unlink()
        self._fresh = False


def _stamp() -> str:
    """Return what a kept code depends on: this Python, to the last digit."""
    import _sre

    return f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE} bytes"


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


_STORE: Final = Patterns(Path(__file__).with_name("__pycache__") / f"patterns.{sys.implementation.cache_tag}.codes")
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
