"""A text as long as no report is takes seconds, and what no report holds is refused or left out."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.errors import SourceError
from gk_xl.form.filing import Filing, Unit
from gk_xl.sources.text import import_text

UNIT = Unit("示例乡人民政府", "township", "我乡", "示例县")
ZEROS = replace(Filing.blank(2025, UNIT), cells=dict.fromkeys(Filing.blank(2025, UNIT).cells, 0))


LONG = """
from dataclasses import replace
from gk_xl.checks.run import check
from gk_xl.form.filing import Filing
from gk_xl.sources.text import import_text

head = "2025年示例乡人民政府政府信息公开工作年度报告\\n一、总体情况\\n文字。\\n三、收到和处理政府信息公开申请情况\\n"
for unit in ("{", "收到申请5件，"):
    check(replace(Filing.blank(2025), narrative={"overview": (unit * (200_000 // len(unit)),)}))
import_text(head + 100_000 * "\\n", "空行.txt")
import_text(head + 10_000 * "甲\\n", "文字.txt")
import_text(head + 5_000 * "一、总体情况\\n", "标题.txt")
"""


@pytest.mark.thorough
def test_a_text_of_200000_characters_is_read():
    """Checked and imported in seconds; the limit is for a computer that has much else to do."""
    done = subprocess.run([sys.executable, "-c", LONG], timeout=240, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_sentence_without_end_is_read_in_pieces():
    """What is said behind the first thousand characters is read as well."""
    text = "开展工作，" * 400 + "收到政府信息公开申请5件。"
    found = check(replace(ZEROS, narrative={"overview": (text,)})).findings
    assert [finding.left for finding in found if finding.code == "X-03"] == [5]


def test_a_text_that_no_report_is_as_long_as_is_refused(tmp_path):
    """A file of a million characters is said to be none of a report."""
    from gk_xl.sources.open import import_sources

    path = tmp_path / "长.txt"
    path.write_text("甲" * 1_000_000, encoding="utf-8")
    with pytest.raises(SourceError, match="超过"):
        import_sources([path])


def test_a_table_ends_somewhere():
    """Lines far below a table are none of its rows, and are listed as not placed."""
    head = "2025年示例乡人民政府政府信息公开工作年度报告\n一、总体情况\n文字。\n三、收到和处理政府信息公开申请情况\n"
    imported = import_text(head + "\n" * 5000 + "本年新收政府信息公开申请数量 9 9 9 9 9 9 9\n", "远.txt")
    assert imported.filing.cells["t3.received_new.total"] is None
    assert any("没有放入" in note.message for note in imported.notes)
