"""What to count in each row and column, in plain words: guidance.toml, for the tips, 使用说明 and the guide."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.errors import BadEditionFile
from gk_xl.form.kept import toml
from gk_xl.form.load import Keys, edition_ids, load_edition
from gk_xl.form.printed import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.schema import Edition

_FILE = Path(__file__).with_name("guidance.toml")


class Guidance(NamedTuple):
    """What a row or column counts and what not, where that is looked up, the commonest mistake; ``tip`` says it briefly."""

    counts: str
    leaves_out: str = ""
    where: str = ""
    mistake: str = ""
    tip: str = ""


@lru_cache
def guidance() -> Mapping[str, Guidance]:
    """Return every entry by ``table.row`` or ``table.*.column``; BadEditionFile for one that no edition has."""
    known = {name for edition_id in edition_ids() for name in subjects(edition_id)}
    found = {}
    for name, raw in toml(_FILE).items():
        keys = Keys(f"form/{_FILE.name}", name, raw)
        if name not in known:
            raise BadEditionFile(keys.file, name, "哪一版表格都没有这一行、这一列")
        texts = [keys.take(key, str, "") for key in ("not", "where", "mistake", "tip")]
        found[name] = Guidance(keys.take("counts", str), *texts)
        keys.done()
    return found


@lru_cache
def subjects(edition_id: str) -> tuple[str, ...]:
    """Return what an edition's tables ask to be counted: its rows, then its columns, in printed order."""
    cells = load_edition(edition_id).cells.values()
    rows = dict.fromkeys(f"{cell.table}.{cell.row}" for cell in cells)
    return (*rows, *dict.fromkeys(f"{cell.table}.*.{cell.column}" for cell in cells))


def of_row(edition: Edition, table: str, row: str) -> Guidance | None:
    """Return what a row counts, in the words of an edition; None where nobody has written it down."""
    return _worded(edition, f"{table}.{row}")


def of_column(edition: Edition, table: str, column: str) -> Guidance | None:
    """Return what a column counts, in the words of an edition; None where nobody has written it down."""
    return _worded(edition, f"{table}.*.{column}")


def _worded(edition: Edition, name: str) -> Guidance | None:
    known = guidance().get(name)
    return None if known is None else Guidance(*(printed(text, edition) for text in known))
