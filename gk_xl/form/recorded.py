"""Records (dataclasses, named tuples) whose methods are compiled once a machine.

Python writes the methods of a record as text and compiles that whenever a module is loaded: of some hundred records that
is a seventh of a cold check. A process of ours takes the code of a text that it has compiled before, for this very Python.
"""

from __future__ import annotations

import atexit
import collections
import dataclasses
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.beside import Beside, place

if TYPE_CHECKING:
    from types import CodeType

_STORE: Final = Beside(place("records"))
LONGEST: Final = 20_000
"""Characters of a text that is kept: that of a record is far shorter."""


def keep() -> None:
    """From now on take what Python writes of records from what is kept; it runs in the same names and gives the same."""
    if "exec" not in vars(dataclasses):
        vars(dataclasses)["exec"] = _exec
        vars(collections)["eval"] = _eval
        atexit.register(_STORE.write)


def _exec(text: str | CodeType, *names: Any) -> None:
    """Do what ``exec`` does."""
    exec(_compiled(text, "exec"), *names)  # noqa: S102 - what dataclasses asks for


def _eval(text: str | CodeType, *names: Any) -> Any:
    """Return what ``eval`` does."""
    return eval(_compiled(text, "eval"), *names)  # noqa: S307 - what collections asks for


def _compiled(text: str | CodeType, mode: str) -> Any:
    """Return the code of a text, as it was kept or made now; what is none already, as it is."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return text
    code = _STORE.known.get((mode, text))
    if code is None:
        code = compile(text, "<string>", mode, dont_inherit=True)
        _STORE.keep((mode, text), code)
    return code
