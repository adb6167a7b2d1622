"""The figure: what is recovered, by kind of recipe. Run ``python -m tests.workbook.damage.measure``."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.form.load import NARRATIVE, edition_ids
from gk_xl.workbook.build import build_workbook, content_for
from gk_xl.workbook.repair import repair
from tests.workbook.damage.book import Book
from tests.workbook.damage.filling import filled
from tests.workbook.damage.recipe import Recipe, Scene
from tests.workbook.damage.recipes import RECIPES

if TYPE_CHECKING:
    from gk_xl.form.filing import Filing


@dataclass
class Outcome:
    """What became of one damaged workbook. ``numbers`` and ``texts`` count what the damaged file still held."""

    numbers: int = 0
    recovered: int = 0
    doubtful: int = 0  # right, but marked
    derived: int = 0  # destroyed, and yet put in rightly from the sums
    destroyed: int = 0
    texts: int = 0
    texts_recovered: int = 0
    wrong: list[str] = field(default_factory=list)  # not recovered, and marked
    silent: list[str] = field(default_factory=list)  # differs, and nothing says so


def damaged(recipe: Recipe, edition: str, seed: int, size: str) -> tuple[Filing, Filing, bytes, set[str]]:
    """Return a sound filing, last year's, its workbook damaged by a recipe, and what that destroyed."""
    filing, last = filled(edition, seed, size)
    book = Book(build_workbook(filing, last))
    scene = Scene(book, content_for(filing, last).layout, random.Random(f"{edition} {seed}"))
    result = recipe(scene)
    if isinstance(result, bytes):
        return filing, last, result, set()
    return filing, last, book.dump(), result or set()


def tried(recipe: Recipe, edition: str, seed: int, size: str, folder: Path) -> Outcome:
    """Return what a repair recovers of a damaged workbook."""
    filing, last, data, gone = damaged(recipe, edition, seed, size)
    path = folder / "坏.xlsx"
    path.write_bytes(data)
    return compared(filing, last, path, gone)


def compared(filing: Filing, last: Filing, path: Path, gone: set[str]) -> Outcome:
    """Return how a damaged file's repair compares with what it was."""
    found, outcome = repair(path), Outcome()
    told = found.told
    all_lost = "\n".join(told.lost)
    expected = {**filing.cells, **{f"last.{cell}": value for cell, value in last.cells.items()}}
    values = {**found.filing.cells, **{f"last.{c}": v for c, v in (found.last.cells if found.last else {}).items()}}
    for name, value in expected.items():
        place = found.layout.names.get(name)
        right = values.get(name) == value
        marked = name in told.doubts or (place is not None and f"“{place.sheet}”不在" in all_lost)
        if name in gone:
            outcome.destroyed += 1
            outcome.derived += right
        else:
            outcome.numbers += 1
            outcome.recovered += right
            outcome.doubtful += right and marked
        if not right:
            line = f"{name}: {value} → {values.get(name)}"
            (outcome.wrong if marked else outcome.silent).append(line)
    _texts(filing, found, gone, outcome, all_lost)
    return outcome


def _texts(filing: Filing, found: object, gone: set[str], outcome: Outcome, lost: str) -> None:
    told, new = found.told, found.filing  # type: ignore[attr-defined]
    expected: list[tuple[str, object, object]] = [
        ("unit.name", filing.unit.name, new.unit.name), ("unit.kind", filing.unit.kind, new.unit.kind),
        ("unit.county", filing.unit.county, new.unit.county), ("unit.self", filing.unit.self_word, new.unit.self_word),
        ("year", filing.year, new.year), ("signed.name", filing.signed.name, new.signed.name),
        ("signed.date", filing.signed.date, new.signed.date), ("contact", filing.contact, new.contact),
    ]  # fmt: skip
    for name, value, got in expected:
        place = found.layout.names[name]  # type: ignore[attr-defined]
        marked = name in told.doubts or f"“{place.sheet}”不在" in lost
        outcome.texts += name not in gone
        outcome.texts_recovered += name not in gone and value == got
        if value != got:
            (outcome.wrong if marked else outcome.silent).append(f"{name}: {value} → {got}")
    for part in NARRATIVE:
        had, has = filing.paragraphs(part), Counter(new.paragraphs(part))
        sheet = found.layout.names[f"narrative.{part}.1"].sheet  # type: ignore[attr-defined]
        marked = f"“{sheet}”" in lost or any(name.startswith(f"narrative.{part}") for name in told.doubts)
        for number, text in enumerate(had, start=1):
            alive = f"narrative.{part}.{number}" not in gone
            outcome.texts += alive
            outcome.texts_recovered += alive and has[text] > 0
            if not has[text]:
                (outcome.wrong if marked else outcome.silent).append(f"{part}.{number}: {text}")
        if Counter(had) == has and had != new.paragraphs(part) and not marked:
            outcome.silent.append(f"{part}: order")
        for text in has - Counter(had):
            (outcome.wrong if marked else outcome.silent).append(f"{part}: extra {text}")
    if new.waivers != filing.waivers and "校验结果" not in lost:
        outcome.silent.append(f"reasons: {new.waivers}")


def main(seeds: int = 1) -> None:
    """Print the figure."""
    totals: dict[str, Outcome] = {}
    runs: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for kind, name, recipe in RECIPES:
            for edition in edition_ids():
                for seed in range(seeds):
                    for size in ("township", "county"):
                        outcome = tried(recipe, edition, seed, size, Path(folder))
                        total = totals.setdefault(kind, Outcome())
                        runs[kind] += 1
                        for item in (
                            "numbers",
                            "recovered",
                            "doubtful",
                            "derived",
                            "destroyed",
                            "texts",
                            "texts_recovered",
                        ):
                            setattr(total, item, getattr(total, item) + getattr(outcome, item))
                        total.wrong += outcome.wrong
                        total.silent += outcome.silent
                        if (
                            outcome.silent
                            or outcome.recovered < 0.98 * outcome.numbers
                            or outcome.texts > outcome.texts_recovered
                        ):
                            print(f"  {kind} {name} {edition} {size}: {outcome.recovered}/{outcome.numbers}, "
                                  f"texts {outcome.texts_recovered}/{outcome.texts}, silent {len(outcome.silent)}: "
                                  f"{outcome.silent[:3]} wrong {outcome.wrong[:2]}")  # fmt: skip
    print(f"{len(RECIPES)} recipes")
    for kind, total in totals.items():
        print(
            f"{kind}: {runs[kind]} workbooks, numbers {total.recovered}/{total.numbers} "
            f"({100 * total.recovered / max(1, total.numbers):.2f} %), of them marked {total.doubtful}; "
            f"destroyed {total.destroyed}, put in from sums {total.derived}; "
            f"texts {total.texts_recovered}/{total.texts}; silent {len(total.silent)}"
        )
    numbers, recovered = sum(t.numbers for t in totals.values()), sum(t.recovered for t in totals.values())
    print(
        f"all: {recovered}/{numbers} ({100 * recovered / numbers:.3f} %), silent {sum(len(t.silent) for t in totals.values())}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
