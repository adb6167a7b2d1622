"""What is worked out once and kept beside the bytecode: the TOML files as Python's own constants.

A TOML file is read through :mod:`importlib`, as if it were the source of a module: the first reading writes its bytecode
into ``__pycache__``, later ones take it from there while the file's time and size are the same. Where nothing may be
written (or ``PYTHONDONTWRITEBYTECODE`` is set) it is parsed each time.
"""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import os
    from pathlib import Path
    from types import CodeType

_ENDING: Final = ".data"
"""Behind the file's name, so that lexicon.toml and lexicon.py do not share one file of bytecode."""


class _Table(SourceFileLoader):
    """Loads a TOML file as a module whose one name, ``TABLE``, is what the file says."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name, f"{path}{_ENDING}")

    def path_stats(self, path: str | os.PathLike[str]) -> dict[str, Any]:
        """Return time and size of the TOML file."""
        return dict(super().path_stats(str(path).removesuffix(_ENDING)))

    def get_data(self, path: str) -> bytes:
        """Return the bytes of the TOML file, or of its bytecode."""
        return super().get_data(path.removesuffix(_ENDING))

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        """Return the code that gives what the TOML file says; TOMLDecodeError where it is none."""
        import tomllib

        text = f"TABLE = {tomllib.loads(data.decode('utf-8'))!r}"
        dates = "import datetime\n" if "datetime." in text else ""
        return compile(dates + text, path, "exec", dont_inherit=True)


def toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file of ours says; TOMLDecodeError where it is none. It is the caller's own."""
    names: dict[str, Any] = {}
    loader = _Table(path)
    code = loader.get_code(loader.name)
    assert code is not None  # a source always gives one
    exec(code, names)  # noqa: S102 - constants only, made above
    table: dict[str, Any] = names["TABLE"]
    return table
