"""Tables behind the signature of a text are read, however their labels are set off."""

from __future__ import annotations

import random

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.text import import_text
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.quirks import annexed
from tests.sources.writers import TEXTS, bold_markdown


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("writer", [bold_markdown, TEXTS[2]])
def test_bold_labels_are_labels(edition, writer):
    """Markdown with **labels** and without: every number in its cell, the signature the signature."""
    drawing = drawing_of(filing_of(edition, 3))
    annexed(drawing, random.Random(1))
    found = import_text(writer(drawing, random.Random(1))[0], "样本").filing
    assert found.cells == drawing.filing.cells
    assert found.signed == drawing.filing.signed
