"""Records (dataclasses, named tuples) whose methods are compiled once a machine, and the patterns of every module.

Python writes the methods of a record as text and compiles that whenever a module is loaded: of some hundred records that
is a seventh of a cold check; the patterns that modules compile, most of them Python's own, are a fifteenth. A process of
ours takes the code of a text that it has compiled before, for this very Python.
"""

from __future__ import annotations

import atexit
import re
import sys
from re import _compiler  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.beside import Beside, place
from gk_xl.form.patterns import compiled
from gk_xl.form.spared import spare

if TYPE_CHECKING:
    from types import CodeType

_STORE: Final = Beside(place("records"))
_FILE: Final = "<string>"
"""So the code of a text is called that stands in no file."""


def keep() -> None:
    """From now on take patterns, and what Python writes of records, from what is kept; it runs in the same names and gives the same."""
    _compiler.compile = _pattern
    spare("dataclasses", "inspect")
    spare("pathlib", "urllib.parse")
    import collections
    import dataclasses  # it compiles patterns itself
    import typing

    if "exec" not in vars(dataclasses):
        vars(dataclasses)["exec"] = _exec
        vars(collections)["eval"] = _eval
        vars(typing)["compile"] = _compile
        atexit.register(_STORE.write)


_compile_pattern: Final = _compiler.compile
_LOADING: Final = ("<module>", "_call_with_frames_removed")
"""So the code of a module is called, and what loads one that is not written in Python."""
_ASKING: Final = 3
"""So many calls up from the compiler of ``re`` stands who wrote the pattern: behind ``re.search`` and what it calls."""


def _pattern(text: Any, flags: int = 0) -> re.Pattern[Any]:
    """Return what the compiler of ``re`` makes; of a module that is loaded, or as it stands in the code, it is taken from what is kept.

    What is put together later, from a unit's words, is another pattern for each unit: it is not kept.
    """
    asking = sys._getframe(_ASKING).f_code  # noqa: SLF001 - the one way to know who asks
    if (asking.co_name in _LOADING or text in asking.co_consts) and isinstance(text, str | bytes):
        return compiled(text, flags)
    made: re.Pattern[Any] = _compile_pattern(text, flags)
    return made


def _exec(text: str | CodeType, *names: Any) -> None:
    """Do what ``exec`` does: what dataclasses asks for."""
    exec(_compiled(text, "exec"), *names)  # noqa: S102 - as they would


def _eval(text: str | CodeType, *names: Any) -> Any:
    """Return what ``eval`` does: what named tuples ask for."""
    return eval(_compiled(text, "eval"), *names)  # noqa: S307 - as they would


def _compile(text: Any, file: str, mode: str, *more: Any, **named: Any) -> Any:
    """Return what ``compile`` does: what the types of a named tuple's fields ask for."""
    plain = file == _FILE and not more and not named
    return _compiled(text, mode) if plain and isinstance(text, str) else compile(text, file, mode, *more, **named)


def _compiled(text: str | CodeType, mode: str) -> Any:
    """Return the code of a text, as it was kept or made now; what is none already, as it is."""
    if not isinstance(text, str):
        return text
    code = _STORE.known.get((mode, text))
    if code is None:
        code = compile(text, _FILE, mode, dont_inherit=True)
        _STORE.keep((mode, text), code)
    return code
