"""What is repeated: the words that the checks know, in the kinds of sentences they stand in ({} stands for them)."""

from __future__ import annotations

import itertools
import re
from importlib import import_module
from pkgutil import walk_packages
from typing import Final

import gk_xl.checks
from gk_xl.checks.text.words import lexicon as words_of
from gk_xl.checks.text_rules.data import world
from gk_xl.form.load import edition_ids, load_edition

FRAMES: Final = (
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


def vocabulary() -> list[str]:
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
