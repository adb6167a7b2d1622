"""The ``words.toml`` of a room: what its modules look for, as patterns, module by module."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.checks.text.pieces import whole
from gk_xl.form.kept import toml
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping


class Words:
    """The patterns that a module looks for, as attributes: those under its name in ``words.toml`` beside it."""

    def __init__(self, module: str) -> None:
        self._file, self._name = Path(module).with_name("words.toml"), Path(module).stem

    def __iter__(self) -> Iterator[re.Pattern[str]]:
        """Yield all patterns, those of its tables among them."""
        for name, written in _words(self._file)[self._name].items():
            yield from [getattr(self, name)] if isinstance(written, str) else self.table(name).values()

    def __getattr__(self, name: str) -> re.Pattern[str]:
        """Return a pattern; AttributeError where the file has none of that name."""
        table = _words(self._file)
        written = table[self._name].get(name)
        if written is None:
            raise AttributeError(name)
        found = regex(whole(written, table.get("pieces", {})))
        setattr(self, name, found)
        return found

    def table(self, name: str) -> Mapping[str, re.Pattern[str]]:
        """Return patterns by what they are of: those under the module's and this name."""
        return _table(self._file, self._name, name)


@cache
def _table(file: Path, module: str, name: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of one table of a module."""
    pieces = _words(file).get("pieces", {})
    return {key: regex(whole(written, pieces)) for key, written in _words(file)[module][name].items()}


@cache
def _words(file: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return what stands in a file of words."""
    return toml(file)
