"""The text of a report as it is published, for the tests that read one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xl.form.load import edition_ids, load_edition

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
HUI, TONG = "000_24f5c9f1b4e8e6e7.txt", "004_823258b7bce19c4d.txt"
MONEY = "t2.procurement.amount"
NEWEST = load_edition(edition_ids()[-1])
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def seed(name):
    """Return a seed's text; skip where the seeds are not at hand."""
    path = SEEDS / name
    if not path.exists():
        pytest.skip(f"没有 {path}")
    return path.read_text(encoding="utf-8")


def messages(imported, kind):
    return [note.message for note in imported.notes_of(kind)]


def about(imported, kind, *words):
    """Return the one note of a kind that mentions all words."""
    found = [note for note in imported.notes_of(kind) if all(word in note.message for word in words)]
    assert len(found) == 1, (words, messages(imported, kind))
    return found[0]


def printed(edition=NEWEST, year=2025, cells=None, **parts):
    """Return a tidy report, one table cell a line; ``parts`` replaces the text under a section."""
    text = [f"样板乡{year}年政府信息公开工作年度报告", *parts.get("preamble", [])]
    for section in edition.sections:
        text.append(section.heading)
        if section.table:
            grid = edition.table(section.table).grid
            text += [f"{(cells or {}).get(item.cell, 0)}" if item.cell else item.text for item in grid]
        text += parts.get(section.id, [] if section.table else ["这里写一句话。"])
    return "\n".join([*text, *parts.get("end", ["样板乡人民政府", f"{year + 1}年1月10日"])])
