"""Whether a summary that lies there already says what it would say now: then nothing is worked out and written again.

A summary is made of nothing but the files handed in, what they were judged by, and what the command was told. What tells
these from any others is kept beside the results (:mod:`gk_xl.desk.store`), with what was written.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gk_xl.desk.store import rules_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gk_xl.desk.brief import Brief
    from gk_xl.desk.store import Store


def made_of(brief: Brief, path: Path) -> bytes | None:
    """Return what tells all that a summary at a path is made of from anything else; None where that is not known of a file."""
    if any(not entry.origin for entry in brief.entries):
        return None
    found = hashlib.blake2b(rules_version(), digest_size=20)
    for said in _said(brief, path):
        data = said.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big") + data)
    return found.digest()


def _said(brief: Brief, path: Path) -> Iterator[str]:
    """Yield all that a summary depends on, one by one."""
    collection = brief.collection
    yield str(path.absolute())
    yield repr((brief.folder, brief.issuer, brief.unread, brief.rounds.dumps() if brief.rounds else ""))
    yield brief.own.dumps() if brief.own is not None else ""
    yield repr((collection.roster, collection.missing, collection.gone, collection.year, collection.notes))
    for entry in brief.entries:
        yield entry.origin.hex()
        yield repr((entry.file, entry.received, entry.problem, entry.open_elsewhere, sorted(entry.marks), entry.listed))


def stands(store: Store, path: Path, mark: bytes, others: Sequence[Path]) -> bool:
    """Return whether a file and others beside it are what was last written there, of the same."""
    return store.written(str(path.absolute())) == (mark, _content((path, *others)))


def wrote(store: Store, path: Path, mark: bytes, others: Sequence[Path]) -> None:
    """Remember of what the files there were written."""
    content = _content((path, *others))
    if content is not None:
        store.wrote(str(path.absolute()), mark, content)


def _content(paths: Sequence[Path]) -> bytes | None:
    """Return the digest of what some files hold; None where one cannot be read."""
    found = hashlib.blake2b(digest_size=20)
    try:
        for path in paths:
            found.update(hashlib.sha256(path.read_bytes()).digest())
    except OSError:
        return None
    return found.digest()
