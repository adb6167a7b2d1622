"""What a province's tables need of one file, ready for them: made once, when the file is read, and kept beside its result.

Plain values only, so that nothing of an unchanged file is worked out again: counts, rows of cells and of findings, and
the sketches of its text.
"""

from __future__ import annotations

import io
import pickle
import zlib
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gk_xl.checks.text_rules.content.sketches import sketches
from gk_xl.desk.entry import Entry, FindingRow, Rows
from gk_xl.desk.texts import Texts, laid
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import CheckResult, count_by_severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gk_xl.checks.text_rules.content.sketches import Sketch
    from gk_xl.form.finding import Finding
    from gk_xl.form.schema import CellId, Edition

_FAST: Final = 1
_BLANK: Final = float("nan")


@dataclass(frozen=True, slots=True)
class Counted(CheckResult):
    """A result of which only the counts are kept; ``findings`` are what was found since."""

    standing: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity stand."""
        if not self.findings:
            return self.standing
        more = count_by_severity(self.findings)
        return {name: self.standing.get(name, 0) + count for name, count in more.items()}


def light(entry: Entry, profile: str) -> bytes:
    """Return what the tables need of an entry; ``profile`` is the TOML of the profile that its filing follows."""
    filing, result = entry.filing, entry.result
    if filing is None or result is None:
        return pickle.dumps((entry.format, entry.problem, None, b"", ()), 5)
    cells = cells_of(filing.form)
    held = [filing.value(cell) for cell in cells]
    rows = Rows(
        _doubles(None if isinstance(value, str) else value for value in held),
        tuple((number, value) for number, value in enumerate(held) if isinstance(value, str)),
        _doubles(entry.last.number(cell) for cell in cells) if entry.last else b"",
        tuple(map(finding_row, result.findings)),
    )
    unit = filing.unit
    head = (
        filing.edition,
        profile,
        filing.year,
        (unit.name, unit.kind, unit.self_word, unit.county),
        result.edition,
        result.counts,
        dict(filing.waivers),
        tuple(filing.summed),
    )
    packed = zlib.compress(pickle.dumps(tuple(rows), 5), _FAST)
    return pickle.dumps((entry.format, entry.problem, head, packed, laid(sketches(filing))), 5)


def texts_of(data: bytes) -> Sequence[Sketch]:
    """Return the sketches of a file's text; nothing of one that could not be read."""
    told = _Plain(io.BytesIO(data)).load()[4]
    return Texts(told) if told else ()


def lit(data: bytes, edition: Mapping[tuple[str, str], Edition]) -> Entry:
    """Return an entry without what only its own result holds: with counts, rows and sketches.

    ``edition`` gives the form by its identifier and the profile's TOML, so that it is known.
    """
    form, problem, head, packed, texts = _Plain(io.BytesIO(data)).load()
    if head is None:
        return Entry(Path(), format=form, problem=problem, verdict=problem)
    identifier, profile, year, unit, statutory, counts, waivers, summed = head
    name = edition[identifier, profile].id
    filing = Filing(name, year, Unit(*unit), {}, waivers=waivers, summed={name: {} for name in summed})
    return Entry(
        Path(),
        format=form,
        filing=filing,
        result=Counted("", statutory, (), standing=counts),
        problem=problem,
        texts=Texts(texts),
        rows=Rows(*_Plain(io.BytesIO(zlib.decompress(packed))).load()),
    )


def cells_of(form: Edition) -> list[CellId]:
    """Return the cells of a form in the order of its tables."""
    return [cell.id for table in form.tables for cell in table.cells]


def finding_row(finding: Finding) -> FindingRow:
    """Return a finding as the table of findings has it."""
    where = finding.where
    return (
        finding.code,
        finding.severity.value,
        finding.waived,
        finding.cells[0] if finding.cells else finding.place,
        where.sheet if where else None,
        where.address if where else None,
        finding.left,
        finding.right,
        finding.difference,
        finding.message,
    )


def _doubles(numbers: Iterable[float | None]) -> bytes:
    return array("d", [_BLANK if number is None else float(number) for number in numbers]).tobytes()


class _Plain(pickle.Unpickler):
    """Reads plain values, and nothing that could do anything."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse all but plain values."""
        raise pickle.UnpicklingError(f"{module}.{name}")
