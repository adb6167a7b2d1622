"""Characters that a file does not tell: shown as such, told with their places, never left out."""

from __future__ import annotations

import pytest

from gk_xl.errors import SourceError
from gk_xl.form.filing import Filing
from gk_xl.sources.document import UNREADABLE
from gk_xl.sources.open import import_sources
from tests.conftest import ROOT
from tests.sources.papers import Setting, report

EXAMPLE = Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text(encoding="utf-8"))


def made(tmp_path, suffix, data):
    path = tmp_path / f"年报{suffix}"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("ruled", ["all", "none"])
def test_a_digit_that_the_font_does_not_tell_leaves_no_cell_blank(ruled, tmp_path):
    """The cell shows that something stands there, and is doubtful; the text has the mark in the digit's place."""
    pytest.importorskip("pdfplumber", reason="an extra; CI has it")
    imported = import_sources([made(tmp_path, ".pdf", report(EXAMPLE, Setting(untold="5", ruled=ruled)))])
    filing = imported.filing
    wrong = {cell: filing.value(cell) for cell, value in EXAMPLE.cells.items() if filing.value(cell) != value}
    assert wrong == {cell: UNREADABLE for cell, value in EXAMPLE.cells.items() if value == 5}
    assert wrong
    assert set(wrong) <= set(filing.doubts)
    assert [*filing.narrative["overview"]] == [text.replace("5", UNREADABLE) for text in EXAMPLE.narrative["overview"]]
    assert any("有字读不出" in note.message and "第1页" in note.message for note in imported.notes)


def test_a_file_with_more_of_them_is_refused(tmp_path):
    """Where one character in twenty is not told, the sentence says why and what to do, and accuses nothing else."""
    pytest.importorskip("pdfplumber", reason="an extra; CI has it")
    with pytest.raises(SourceError, match=r"字体没有带文字对照.*另存为 \.docx"):
        import_sources([made(tmp_path, ".pdf", report(EXAMPLE, Setting(untold="0123456789", ruled="none")))])


def test_a_spoilt_byte_of_a_web_page_is_told(tmp_path):
    """As one of a text is."""
    text = "".join(f"<p>{line}</p>" for line in (ROOT / "examples" / "2020_样板乡.txt").read_text("utf-8").split("\n"))
    data = f"<html><head><meta charset=utf-8></head><body>{text}</body></html>".encode()
    imported = import_sources([made(tmp_path, ".html", data.replace("公众号".encode(), b"\xe5\x85\xac\xe4\xbc", 1))])
    assert UNREADABLE in "".join(sum(imported.filing.narrative.values(), ()))
    assert any("有字读不出" in note.message for note in imported.notes)
