"""What stands on a page beside the report: lines of the site, of an app, of a table of contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.sources.labels import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FURNITURE: Final = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*)?"
    r"(?:当前位置|您(?:当前)?所在|首页|发布(?:时间|日期|机构|人|者|单位)|发文(?:日期|机关|字号)|成文日期|索引号|索引|来源|信息来源|作者|责任编辑|编辑|审核|浏览|阅读|"
    r"内容(?:摘要|概述|提要)|摘要[:：]|关键词|文章来源|稿源|供稿|撰稿|时间[:：]|日期[:：]|访问量|人气|点击|字号|字体|打印|关闭|分享|扫一扫|收藏|附件|相关(?:附件|链接)|上一篇|下一篇|版权|主办|承办|备案|网站标识|"
    r"发表于|原创|在看|点赞|微信扫一扫|长按|【字体|【打印|【关闭)[^。]{0,60}。?"
    r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d{2}(?::\d{2})?"
    r"|发布(?:时间|日期)\s?[:：][^。]*+"
)
_PUNCTUATED: Final = re.compile(r"[。，；：！？,;:]")
LEAD: Final = re.compile(r"(?:PART\s*)?0?[1-6]", re.IGNORECASE)
"""A number alone above a heading, as layouts for telephones set it."""
LONGEST_STRAY: Final = 15


def is_furniture(text: str) -> bool:
    """Return whether a line begins as those of a site do: where one is, who published, what else there is."""
    return _FURNITURE.fullmatch(text) is not None


def is_stray(text: str) -> bool:
    """Return whether a paragraph before the first section is no text: a few words without any mark, or a date in brackets."""
    shown = bare(text)
    return len(shown) <= LONGEST_STRAY and not _PUNCTUATED.search(shown)


def leads(texts: Sequence[str], headings: Iterable[int]) -> set[int]:
    """Return the positions of numbers that stand alone right above a heading."""
    above = ([p for p in range(heading) if bare(texts[p])] for heading in headings)
    return {own[-1] for own in above if own and LEAD.fullmatch(bare(texts[own[-1]]))}
