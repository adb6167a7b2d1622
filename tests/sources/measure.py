"""How well a file of known content is read: cells right, silently wrong, doubtful, not found; whether the narrative is intact."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from gk_xl.errors import SourceError
from gk_xl.sources.model import NoteKind
from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.quirks import EVERY
from tests.sources.writers import TEXTS, WRITERS


@dataclass
class Measured:
    """What came of one file. ``silent`` names the cells that are wrong without a word."""

    right: int = 0
    doubtful: int = 0
    missing: int = 0
    silent: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.right + self.doubtful + self.missing + len(self.silent)


def measured(folder, quirk, writer, edition_id, seed):
    """Return how well one drawing, changed by a quirk and written by a writer, is read."""
    chance = random.Random(f"{quirk.__name__} {writer.__name__} {edition_id} {seed}")
    drawing = drawing_of(filing_of(edition_id, seed))
    quirk(drawing, chance)
    content, suffix = writer(drawing, chance)
    path = Path(folder) / f"{quirk.__name__}_{writer.__name__}_{edition_id}_{seed}{suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    imported = import_sources([path])
    return judged(drawing, imported)


def judged(drawing, imported):
    """Return an import held against the drawing that its file was made of."""
    found, filing = Measured(), imported.filing
    if filing.edition != drawing.filing.edition:
        found.broken.append(f"edition {filing.edition}")
    told = Counter(cell for cell in imported.doubts)
    missing = " ".join(note.message for note in imported.notes_of(NoteKind.MISSING))
    for cell, value in drawing.expected.items():
        got = filing.cells.get(cell)
        if got == value:
            found.right += 1
        elif told[cell] or cell in drawing.unsure or (isinstance(got, str) and cell in filing.doubts):
            found.doubtful += 1
        elif got is None and (_is_told(filing, cell, missing)):
            found.missing += 1
        else:
            found.silent.append(f"{cell}: {value} → {got}")
    for part, texts in drawing.narrative.items():
        if filing.narrative[part] != texts:
            found.broken.append(f"{part}: {filing.narrative[part]}")
    if filing.signed != drawing.filing.signed:
        found.broken.append(f"signature {filing.signed}")
    if filing.unit.name != drawing.filing.unit.name or filing.year != drawing.filing.year:
        found.broken.append(f"{filing.unit.name} {filing.year}")
    found.said = [note.message for note in imported.notes]
    return found


def _is_told(filing, cell_id, missing):
    cell = filing.form.cell(cell_id)
    table = filing.form.table(cell.table)
    whole = f"{table.name}的 {len(table.cells)} 个数一个也没有找到"
    return whole in missing or f"“{cell.row_label}”的" in missing


if __name__ == "__main__":
    import sys
    import tempfile

    only = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for writer in (*WRITERS, *TEXTS):
            total = Counter()
            for quirk in EVERY:
                if only and quirk.__name__ not in only and writer.__name__ not in only:
                    continue
                for edition in ("2019", "2021"):
                    for seed in range(2):
                        try:
                            m = measured(folder, quirk, writer, edition, seed)
                        except SourceError as refused:
                            print(writer.__name__, quirk.__name__, edition, seed, refused)
                            total["refused"] += 1
                            continue
                        total.update(
                            right=m.right,
                            doubtful=m.doubtful,
                            missing=m.missing,
                            silent=len(m.silent),
                            all=m.all,
                            broken=len(m.broken),
                        )
                        if m.silent or m.broken or m.missing > 30:
                            print(
                                writer.__name__,
                                quirk.__name__,
                                edition,
                                seed,
                                f"{m.right}/{m.all}",
                                "doubtful",
                                m.doubtful,
                                "missing",
                                m.missing,
                                "silent",
                                m.silent[:4],
                                m.broken[:3],
                            )
            print(writer.__name__, dict(total))
