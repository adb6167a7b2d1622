"""No text takes for ever: the time grows with the length, whatever words are repeated in whatever sentence.

``GK_XL_EVERY_PAIR=1`` tries every pair of words in every sentence instead of a sample: hours, by hand.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import subprocess
import sys
import time
from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages

import pytest

import gk_xl.checks
from gk_xl.checks.run import check
from gk_xl.checks.text.words import lexicon as words_of
from gk_xl.checks.text_rules.data import world
from gk_xl.errors import SourceError
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.text import import_text

FRAMES = (
    "2025年政府信息公开申请方面，收到{}材料5件。",
    "收到政府信息公开申请{}5件，均{}办结。",
    "办结政府信息公开申请5件，其中{}不予公开2件。",
    "未{}发生{}行政复议、行政诉讼。",
    "因政府信息公开{}被申请行政复议{}3件，{}维持2件。",
    "制发{}规范性文件{}2件，现行有效{}9件。",
    "全年作出行政许可{}决定{}26件，占{}82.4%。",
    "由{}等六个部分组成。",
    "{}",
    "本机关{}高度重视{}政府信息公开工作，截至{}12月31日。",
    "共{}公开信息480条，较2024年的400条{}增加80条。",
    "存在{}问题：一是{}不足；下一步{}将加强。",
)
UNIT = Unit("示例乡人民政府", "township", "我乡", "示例县")
ZEROS = replace(Filing.blank(2025, UNIT), cells=dict.fromkeys(Filing.blank(2025, UNIT).cells, 0))
FACTOR = 3.2
"""Doubling a text may at most multiply the processor's time by this; quadratic reading takes four times as long."""
SLACK = 0.02
"""Seconds that do not count: below them a clock tells nothing."""


def vocabulary():
    """Return every word of two characters or more that a pattern of the checks, the lexicon or a form knows."""
    sources = set(world().residue) | set(itertools.chain(*world().topics)) | set(world().foreign_parts)
    for module in walk_packages(gk_xl.checks.__path__, "gk_xl.checks."):
        values = vars(import_module(module.name)).values()
        sources |= {value.pattern for value in values if isinstance(getattr(value, "pattern", None), str)}
    words = {word for source in sources for word in re.findall(r"[\u4e00-\u9fff]{1,8}", source)}
    for name in edition_ids():
        words |= set(words_of(name).words)
        for table in load_edition(name).tables:
            words |= {item.text for item in table.grid if item.text}
    return sorted(words)


WORDS = vocabulary()


def samples():
    """Yield what is repeated, and the sentence it is repeated in: a seeded sample, or everything."""
    pairs = itertools.chain(((word,) for word in WORDS), itertools.permutations(WORDS, 2))
    if os.environ.get("GK_XL_EVERY_PAIR"):
        yield from (("".join(pair), frame) for pair in pairs for frame in FRAMES)
        return
    source = random.Random(20251231)
    for word in source.sample(WORDS, 150):
        yield word, source.choice(FRAMES)
    for _ in range(150):
        yield "".join(source.sample(WORDS, 2)), source.choice(FRAMES)


def processor_time(text):
    started = time.process_time()
    check(replace(ZEROS, narrative={"overview": (text,)}))
    return time.process_time() - started


def grows(word, frame):
    """Return whether twice the repetitions take much more than twice the time."""
    once, twice = (processor_time(frame.replace("{}", word * count)) for count in (200, 400))
    return twice > FACTOR * once + SLACK


def test_time_grows_with_length_only():
    """Every word, and every pair of words, 200 and 400 times in a sentence: no more than the stated factor apart."""
    assert len(WORDS) > 1000
    # What looks slow is asked again: a busy computer is slow now and then, a bad pattern always.
    slow = [(word, frame) for word, frame in samples() if all(grows(word, frame) for _ in range(3))]
    assert not slow


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
