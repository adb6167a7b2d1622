"""Pages and texts with several reports: one of them is read, none is mixed with another, all are named."""

from __future__ import annotations

import random

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.model import NoteKind
from gk_xl.sources.open import import_sources
from gk_xl.sources.several import one_report
from gk_xl.sources.text import document_of
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.papers import Paper, report
from tests.sources.writers import TEXTS, tidy_page, word_file

NEWEST = edition_ids()[-1]
YEAR = 2024


def drawing(seed, year=YEAR, unit="样板乡"):
    made = drawing_of(filing_of(NEWEST, seed, year=year))
    made.blocks[:] = [one.replace("样板乡", unit) if isinstance(one, str) else one for one in made.blocks]
    return made


OWN, OTHERS = drawing(1), {"older": drawing(2, YEAR - 1), "another unit's": drawing(3, unit="模范乡")}


def read(folder, first, second, writer=tidy_page, **how):
    """Return the import of two reports, one behind the other."""
    whole = drawing_of(OWN.filing)
    whole.blocks[:] = [*first.blocks, *second.blocks]
    content, suffix = writer(whole, random.Random(1))
    path = folder / f"年报{suffix}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_sources([path], **how)


@pytest.mark.parametrize("writer", [tidy_page, word_file, TEXTS[0]], ids=lambda writer: writer.__name__)
@pytest.mark.parametrize("other", OTHERS)
def test_a_second_report_is_not_mixed_with_the_first(tmp_path, writer, other):
    """Its text stood under 六, the signature was not found."""
    imported = read(tmp_path, OWN, OTHERS[other], writer)
    found = judged(OWN, imported)
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])
    (told,) = [note.message for note in imported.notes_of(NoteKind.READ) if "2 份报告" in note.message]
    assert all(one.blocks[0] in told for one in (OWN, OTHERS[other]))


def test_the_newest_is_read_wherever_it_stands(tmp_path):
    found = judged(OWN, read(tmp_path, OTHERS["older"], OWN))
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])


def test_the_year_that_is_asked_for_is_read(tmp_path):
    older = OTHERS["older"]
    found = judged(older, read(tmp_path, OWN, older, year=YEAR - 1))
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])


@pytest.mark.parametrize(
    "more",
    [[OTHERS["older"].blocks[0]], [*OWN.blocks[:1], "一、总体情况"], ["上一篇：", OTHERS["older"].blocks[0], "六、其他需要报告的事项"]],
    ids=["a link", "the title and a heading", "the title and the last heading"],
)  # fmt: skip
def test_a_title_behind_a_report_begins_none_by_itself(more):
    """A link to last year's, a title that is repeated."""
    texts = [one for one in OWN.blocks if isinstance(one, str)]
    document = document_of("\n".join([*texts, *more]))
    assert one_report(document) is document


@pytest.mark.parametrize("older_first", [True, False], ids=["older first", "newest first"])
def test_two_reports_set_alike_on_pages_of_one_pdf(tmp_path, older_first):
    """Pages with the same rules are no left and right page of a sheet, titles at their top no running heads."""
    pytest.importorskip("pdfplumber", reason="an extra; CI has it")
    pair, paper = (OWN, OTHERS["older"]), Paper()
    first, second = pair[::-1] if older_first else pair
    report(first.filing, paper=paper)
    paper.turn()
    path = tmp_path / "年报.pdf"
    path.write_bytes(report(second.filing, paper=paper))
    found = judged(OWN, import_sources([path]))
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])
