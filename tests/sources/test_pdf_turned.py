"""Pages that lie sideways on their sheets, and tables that begin pages of their own."""

from __future__ import annotations

import pytest

from gk_xl.form.load import edition_ids
from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.measure import judged
from tests.sources.papers import Setting, report

pytest.importorskip("pdfplumber", reason="an extra; CI has it")


def read(folder, edition, setting):
    drawing = drawing_of(filing_of(edition, 5))
    path = folder / "年报.pdf"
    path.write_bytes(report(drawing.filing, setting))
    return judged(drawing, import_sources([path]))


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_tables_on_pages_of_their_own_are_two_tables(turned, edition, tmp_path):
    """表三 and 表四 each below its heading, as high on its page: no left and right page of one sheet."""
    setting = Setting(turned=turned, new_pages=("t3", "t4", "problems"), left=40, right=560, table_size=5, number="")
    found = read(tmp_path, edition, setting)
    assert (found.right, found.doubtful, found.broken) == (found.all, 0, [])
