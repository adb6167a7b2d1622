"""X-10, which item of a list is said to be the most or the least of it: 动态76条、公告92条、解读64条，其中公告数量最多."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final = Words(__file__)

_ITEM: Final = r"[^，。；：（）、\d]{2,14}\d+(?P=unit)"
_LIST: Final = pieced(
    rf"(?P<list>[^，。；：（）、\d]{{2,14}}\d+(?P<unit>{{measure}})(?:[、，和及](?![^，。；：、\d]{{0,4}}(?:合计|共计?|总计)){_ITEM}){{1,8}})"
    r"，(?:其中|以)?(?P<label>[^，。；：、\d]{2,12}?)(?:类|的)?(?:信息|申请|留言|事项|问题)?(?:的)?(?:数量|数|占比|发布量)?(?:(?P<most>最多|最高|最大|居首|居首位)|最少|最低)(?=[，。；])"
)
_FEWEST: Final = 2
"""So many items at least are a list."""


def not_most_of_list(text: str) -> Iterator[str]:
    """Yield what is wrong where a folded sentence calls an item of its list the most or the least and another one is."""
    for match in _LIST.finditer(text) if "最" in text or "居首" in text else ():
        items = {label.lstrip("和及其中"): int(number) for label, number in _WORDS.item.findall(match["list"])}
        own = [
            number
            for label, number in items.items()
            if label.endswith(match["label"]) or match["label"].startswith(label)
        ]
        if len(items) < _FEWEST or len(own) != 1:
            continue
        first = max(items.values()) if match["most"] else min(items.values())
        if own[0] != first:
            yield f"“{match['label']}”是 {own[0]}，{'最多' if match['most'] else '最少'}的是 {first}"
