"""X-10, how many documents stand in force as others came and went: 上年13件，新增2件、废止1件，年末15件."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES: Final = r"[^，。；\d]{0,14}?(?P<number>\d+)[件份部个](?![^，。；]{0,4}(?:修改|修订|备案))"
_BEFORE: Final = regex(
    r"(?:上一?年|去年|\d{4}年)(?:度)?(?:末|底|年末|年底|的|结转|现行有效|有效|保留)[^，。；\d比增减多少]{0,14}?(?P<number>\d+)[件份部个]"
)
_MADE: Final = regex(rf"(?:新增|新制定|制定|制发|新出台|出台|印发|新发|制作){_FILES}")
_GONE: Final = regex(rf"(?:废止|宣布失效|失效|清理退出|停止执行){_FILES}")
_LEFT: Final = regex(rf"(?:年末|年底|现行有效|现有|继续有效|变为|增至|减至|增加到|减少到|保留){_FILES}")
_NONE_GONE: Final = regex(r"(?:无|未|没有)(?:废止|宣布失效)")
_NET: Final = regex(r"净(?P<way>增|减)(?:加|少)?(?P<number>\d+)[件份部个]")


def stock(text: str) -> Iterator[str]:
    """Yield stocks of documents that do not follow from what was there, came and went: 上年13件，新增2件、废止1件，年末15件.

    Where a sentence tells of rules and of documents, each part of it is reckoned alone.
    """
    both = "规章" in text and "规范性文件" in text
    for piece in text.split("；") if both else (text,):
        yield from _stock(piece)


def _stock(text: str) -> Iterator[str]:
    made, gone = _MADE.findall(text), _GONE.findall(text) or ["0"] * bool(_NONE_GONE.search(text))
    if len(made) != 1 or len(gone) != 1 or "修改" in text or "其中" in text:
        return
    came, went = int(made[0]), int(gone[0])
    if net := _NET.search(text):
        wanted = came - went
        if (wanted > 0) != (net["way"] == "增") or abs(wanted) != int(net["number"]):
            yield f"制定 {came} 件、废止 {went} 件，“{net[0]}”不对"
        return
    before = _BEFORE.search(text)
    left = None
    for match in _LEFT.finditer(text):
        if before is None or match.end("number") != before.end("number"):
            left = match
    if before is None or left is None:
        return
    then, now = int(before["number"]), int(left["number"])
    if then + came - went != now:
        yield f"{then} + {came} - {went} = {then + came - went}，写的是 {now}"
