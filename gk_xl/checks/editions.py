"""Two editions side by side: what of the form is added, gone or renamed, and what of the rules and the words follows."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.checks.binding import editions_of, instances
from gk_xl.checks.catalogue import PROFILE_RULES, catalogue
from gk_xl.form.fields import fields
from gk_xl.form.guidance import guidance, subjects
from gk_xl.form.load import EDITIONS, edition_ids, load_edition
from gk_xl.form.patterns import regex
from gk_xl.form.sentences import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.form.schema import Cell, Edition

PACKAGE = Path(__file__).parent.parent
_TOLD_APART = ("fields.toml", "sentences.py", "guidance.toml")
"""Files whose cells are told as fields, sentences and guidance."""
_CELL = regex(r"[\"'](t\d+(?:\.\w+\*?|\.\*)+)[\"']")


@dataclass(frozen=True)
class Change:
    """One difference: what it is about (``row``, ``column``, ``rule`` …), its identifier, and how each edition has it.

    ``before`` is empty where the newer edition adds it, ``after`` where it is gone.
    """

    about: str
    name: str
    before: str
    after: str


def compare(old_id: str, new_id: str) -> tuple[Change, ...]:
    """Return every difference between two editions: of tables, rows, columns, cells; of rules, words, sentences, guidance."""
    old, new = load_edition(old_id), load_edition(new_id)
    return (
        *_form(old, new),
        *_differences("rule", rules_bound(old_id), rules_bound(new_id)),
        *_differences("field", _fields(old_id), _fields(new_id)),
        *_sentences(old_id, new_id),
        *_words(old, new),
        *_aspects(old, new),
        *_left_out(old, new),
        *_unexplained(old, new),
    )


def _form(old: Edition, new: Edition) -> Iterator[Change]:
    """Yield the differences of the printed form."""
    yield from _differences("section", *({s.id: s.heading for s in edition.sections} for edition in (old, new)))
    yield from _differences("table", *({t.id: t.name for t in edition.tables} for edition in (old, new)))
    for about in ("row", "column"):
        yield from _differences(about, *(_lines(edition, about) for edition in (old, new)))
    kept = (
        _lines(old, "row").keys() & _lines(new, "row").keys(),
        _lines(old, "column").keys() & _lines(new, "column").keys(),
    )
    cells = [
        {
            cell.id: f"{edition.describe(cell.id)}（{cell.kind.value}，{cell.unit}）"
            for cell in edition.cells.values()
            if f"{cell.table}.{cell.row}" in kept[0] and f"{cell.table}.{cell.column}" in kept[1]
        }
        for edition in (old, new)
    ]
    renamed = {cell for cell in cells[0].keys() & cells[1].keys() if _same_kind(old, new, cell)}
    yield from _differences("cell", *({k: v for k, v in each.items() if k not in renamed} for each in cells))


def _same_kind(old: Edition, new: Edition, cell: str) -> bool:
    """Return whether a cell holds the same kind of number in the same unit; its labels are told by row and column."""
    return (old.cell(cell).kind, old.cell(cell).unit) == (new.cell(cell).kind, new.cell(cell).unit)


def _lines(edition: Edition, about: str) -> dict[str, str]:
    """Return the labels of all rows (or columns) by ``table.identifier``."""
    if about == "row":
        return {f"{t.id}.{row}": " ".join(path) for t in edition.tables for row, path in t.row_labels.items()}
    return {f"{t.id}.{column}": label for t in edition.tables for column, label in t.column_labels.items()}


def rules_bound(edition_id: str) -> dict[str, str]:
    """Return the rules that hold in an edition for its cells, each with the rows or cells that it names one by one.

    Rules about the text alone hold everywhere and are left out; so are rows and columns that a rule takes as they come.
    """
    bound: dict[str, str] = {}
    for known in catalogue().values():
        if (
            not (known.expressions or known.needs)
            or known.code in PROFILE_RULES
            or edition_id not in editions_of(known.code)
        ):
            continue
        named = any(not isinstance(domain, str) for domain in known.each.values()) and "cell" not in known.each
        subjects = [
            name
            for last_id in (edition_id, *reversed(edition_ids()))
            for instance in instances(known.code, edition_id, last_id)
            for name in instance.subject.values()
        ]
        bound[known.code] = " ".join(dict.fromkeys(subjects)) if named else known.name
    return bound


def _fields(edition_id: str) -> dict[str, str]:
    """Return the fields of an edition with the cells they stand for."""
    return {name: "＋".join(field.cells) for name, field in fields(edition_id).items()}


def _sentences(old_id: str, new_id: str) -> Iterator[Change]:
    """Yield the suggested sentences that name a field which the newer edition lacks."""
    lost = fields(old_id).keys() - fields(new_id).keys()
    for topic in TOPICS:
        source = inspect.getsource(topic.write)
        names = sorted(name for name in lost if f'"{name}"' in source or f"{{{name}}}" in source)
        if names:
            yield Change("sentence", topic.name, "、".join(names), "")


def _words(old: Edition, new: Edition) -> Iterator[Change]:
    """Yield the cells that words, figures and code name and the newer edition lacks, each with the file that names it."""
    for path, text in _sources():
        for name in dict.fromkeys(_CELL.findall(text)) if path.name not in _TOLD_APART else ():
            if any(old.matching(name)) and not any(new.matching(name)):
                yield Change("word", name, path.relative_to(PACKAGE).as_posix(), "")


def _sources() -> Iterator[tuple[Path, str]]:
    """Yield the files of the package that may name something of an edition, but editions and rules."""
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".toml", ".py")):
        if path.parent != EDITIONS and path.parent.name != "rules":
            yield path, path.read_text(encoding="utf-8")


def _aspects(old: Edition, new: Edition) -> Iterator[Change]:
    """Yield the aspects of a section that come, go or are renamed; of those that go, each file that knows them by name."""
    before, after = ({name for section in one.sections for name in section.parts} for one in (old, new))
    for name in sorted(before - after):
        files = [path.relative_to(PACKAGE).as_posix() for path, text in _sources() if f'"{name}"' in text]
        yield Change("aspect", name, "、".join(files) or name, "")
    for name in sorted(after - before):
        yield Change("aspect", name, "", name)


def _left_out(old: Edition, new: Edition) -> Iterator[Change]:
    """Yield the rules and fields that name several cells of a row or column, one by one, and not the cell that is new."""
    added = [cell for cell in new.cells.values() if cell.id not in old.cells]
    named = {(f"字段 {name}", frozenset(field.cells)) for name, field in fields(new.id).items()}
    named |= {
        (f"规则 {code}", frozenset(ref.cell for ref in instance.refs if not ref.last))
        for code, known in catalogue().items()
        if known.expressions
        for instance in instances(code, new.id)
    }
    found: dict[str, list[str]] = {}
    for cell in added:
        for who, cells in sorted(named):
            beside = [new.cell(name) for name in cells if name in new.cells]
            in_row = sum(
                (other.table, other.row) == (cell.table, cell.row) and not new.adds_up(other) for other in beside
            )
            grouped = "." in cell.row
            in_group = sum(other.column == cell.column and _family(other) == _family(cell) for other in beside)
            if cell.id not in cells and (in_row > 2 or in_group > (1 if grouped else 2)):
                found.setdefault(who, []).append(cell.id)
    for who, missing in found.items():
        yield Change("left_out", who, "、".join(missing[:3]) + ("…" if len(missing) > 3 else ""), "")


def _unexplained(old: Edition, new: Edition) -> Iterator[Change]:
    """Yield the rows and columns that are new and of which nobody has written what they count."""
    labels = {
        **_lines(new, "row"),
        **{name.replace(".", ".*.", 1): label for name, label in _lines(new, "column").items()},
    }
    for name in subjects(new.id):
        if name not in guidance() and name not in subjects(old.id):
            yield Change("guidance", name, labels[name], "")


def _family(cell: Cell) -> tuple[str, ...]:
    """Return what a row stands under: its group of rows, or the labels before its own; totals stand apart."""
    group = cell.row.rpartition(".")[0]
    return (cell.table, group) if group else (cell.table, str(cell.total), *cell.path[:-1])


def _differences(about: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    """Yield what is in one mapping only, or stands differently in both, in the order of the form."""
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name, ""), new.get(name, "")
        if before != after or (name in old) != (name in new):
            yield Change(about, name, before, after)
