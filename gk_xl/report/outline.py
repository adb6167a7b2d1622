"""Heading levels of GB/T 9704 recognised in what the clerk typed. The text is never rewritten."""

from __future__ import annotations

import re

_NUMBERS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、\s*"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]、?\s*"),
    re.compile(r"[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|、)\s*"),
    re.compile(r"[（(][0-9０-９]{1,2}[）)]、?\s*"),
)
LONGEST_HEADING = 40
LONGEST_LEAD = 30
_SENTENCE_END = "。；！？，：;!?,:"
_RUN_IN = (
    re.compile(rf"[^。；！？]{{1,{LONGEST_LEAD}}}。(?=.)", re.DOTALL),
    re.compile(r"[^。；！？，：:]{1,15}[：:](?=.)", re.DOTALL),
    re.compile(r"[^。；！？，\s]{2,15}(?=\s+\S{16})", re.DOTALL),
)


def level_of(text: str) -> tuple[int, int]:
    """Return a paragraph's heading level (1–4; 0: body) and how many leading characters are the heading.

    A paragraph that is a heading as a whole returns its full length. For a heading run in with the sentence after it
    (“（一）主动公开情况。本年度……”) the length ends behind the heading. A numbered sentence without a heading is body.
    """
    for level, pattern in enumerate(_NUMBERS, start=1):
        match = pattern.match(text)
        if match:
            return _extent(text, level, match.end())
    return 0, 0


def _extent(text: str, level: int, start: int) -> tuple[int, int]:
    """Return level and heading length of a text whose number ends at ``start``."""
    rest = text[start:]
    if not rest or rest[0] == "是":  # “（二）是……” is an enumeration in a sentence
        return 0, 0
    for run_in in _RUN_IN:
        lead = run_in.match(rest)
        if lead:
            return level, start + lead.end()
    if len(text) <= LONGEST_HEADING and rest[-1] not in _SENTENCE_END and not re.search("[。；！？]", rest):
        return level, len(text)
    # 1. and （1） with a full stop are items of a list; 一、 and （一） are headings with a stop too many.
    if level < 3 and len(rest) <= LONGEST_LEAD and rest.endswith("。") and not re.search("[。，；]", rest[:-1]):
        return level, len(text)
    return 0, 0
