"""Tokens of a sentence on documents as what is said of documents: those made, repealed, in force, disclosed.

年末为7件 and 年末规章31件 are those in force, 公开19件 behind 制作 those disclosed; 年初8件，新增2件、废止3件; 立3件、废5件.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gk_xl.checks.text.lexer import Token

_NEAR: Final = 4
_YEAR_END: Final = ("年末", "年底")
_STANDING: Final = ("现有", "现存")
_STILL: Final = ("维持", "保持", "仍维持", "仍保持")
_DISCLOSED: Final = ("公开", "公布", "发布", "上网")
_ALL_OPEN: Final = "全部公开"
"""A row of 表三, of documents not: 新制作3件，3件全部公开."""
_OF_THIS_YEAR: Final = ("依法", "当年", "本年", "本年度", "年内")

_IN_SHORT: Final = {
    "立": ("issue", "issued"),
    "废": ("repeal", "repealed"),
}
"""立3件、废5件."""
_ENDED: Final = ("失效", "退出")
_STOCK: Final = ("总量", "总数", "总数量")
_STILL_ARE: Final = ("仍是", "仍为", "还是", "仍有")


def of_documents(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens with what they mean of documents; as they are where none are named, or applications as well."""
    named = any(token.sort == "document" and token.name != "file" for token in found)
    if not named or any(token.sort == "application" for token in found):
        return found
    return tuple(_standing(tuple(_in_other_words(tuple(_denied_together(found))))))


def _denied_together(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens without the mark between two acts that there were none of: 没有新发、也没有废止规范性文件."""
    for index, token in enumerate(found):
        before = [other.sort for other in found[max(index - 2, 0) : index]]
        ahead = [other.sort for other in found[index + 1 : index + _NEAR] if other.sort not in ("filler", "list")]
        if not (token.name == "、" and before == ["negation", "issue"] and ahead[:2] == ["negation", "repeal"]):
            yield token


def _in_other_words(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with words as acts that only numbers of documents make such."""
    sorts = {token.sort for token in found}
    level = any(token.name == "level" for token in found)
    level |= {"negation", "repeal"} <= sorts and sum(token.sort == "count" for token in found) == 1
    in_all = "repeal" in sorts and not sorts & {"in_force", "disclose"}
    acts = sum(token.sort == "issue" for token in found)
    for index, token in enumerate(found):
        behind = found[index + 1].sort if index + 1 < len(found) else ""
        if behind == "count" and token.text in _IN_SHORT:
            sort, name = _IN_SHORT[token.text]
            yield token._replace(sort=sort, name=name)
        elif token.text == "新增" and _added(found, index, sorts):
            yield from _this_year(found, index)
            yield token._replace(sort="issue", name="issued")
        elif token.sort == "issue" and behind == "count" and acts == 1:
            yield from _this_year(found, index)
            yield token
        elif level and behind == "count" and token.text in _STILL_ARE and _begins(found, index):
            yield token._replace(sort="in_force", name="in_force")  # 规范性文件数量没有变化，仍是25件
        elif behind == "count" and token.text in _STOCK and in_all and _said_of_documents(found, index):
            yield token._replace(sort="in_force", name="in_force")  # 规范性文件总量25件，……废止5件
        elif behind == "count" and token.text in _STILL and "case" not in sorts:
            yield token._replace(sort="filler", name="tail")  # 维持2件不变
        elif token.text in _DISCLOSED and _by_order(found, index):
            yield token._replace(sort="issue", name="issued")
        elif token.text in _ENDED and [other.sort for other in found[max(index - 2, 0) : index]] == [
            "count",
            "document",
        ]:
            yield token._replace(sort="repeal", name="repealed")  # 宣布1部规章失效
        elif behind == "publish" and token.text == "修订":
            yield token._replace(sort="filler", name="word")  # 修订公布规章2件
        else:
            yield token


def _by_order(found: tuple[Token, ...], index: int) -> bool:
    """Return whether a word makes rules: an order of a government before it, so many repealed behind: 年内公布规章2件，废止1件."""
    rules = index + 1 < len(found) and found[index + 1].sort == "document" and found[index + 1].name == "rules"
    ordered = any("令" in token.text for token in found[max(index - _NEAR, 0) : index])
    behind = [token.sort for token in found[index + 2 : index + 2 + _NEAR]]
    return rules and (
        ordered or (found[index].text == "公布" and behind[:2] == ["count", "mark"] and "repeal" in behind)
    )


def _added(found: tuple[Token, ...], index: int, sorts: Collection[str]) -> bool:
    """Return whether 新增 counts documents made, or says that none were, where others were repealed: 年初8件，新增2件、废止3件."""
    if "issue" in sorts or "repeal" not in sorts:
        return False
    counted = index + 1 < len(found) and found[index + 1].sort == "count"
    none = index > 0 and found[index - 1].sort in ("negation", "zero") and (index + 1 == len(found) or not counted)
    return (counted and (_begins(found, index) or found[index - 1].sort == "among")) or none


def _this_year(found: tuple[Token, ...], index: int) -> Iterator[Token]:
    """Yield the year of what is made before the only act of making, among those in force: 现行有效9件，其中新制发2件."""
    if index and found[index - 1].sort == "among":
        at = found[index].start
        yield found[index]._replace(sort="filler", name="year", start=at, end=at, text="")


def _said_of_documents(found: tuple[Token, ...], index: int) -> bool:
    """Return whether documents, or their number, are named right before a word: 规范性文件数量由8件增至9件."""
    before = next((token for token in reversed(found[max(index - _NEAR, 0) : index]) if token.sort != "filler"), None)
    return before is not None and before.sort == "document"


def _standing(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with what is in force, or disclosed, without one of the words for it: 年末为7件, 新制作3件，公开2件."""
    acted_on = False  # some were repealed
    made = acted = False  # how many were made has been told, since the last ；; an act, since the last mark
    for index, token in enumerate(found):
        behind = [other for other in found[index + 1 : index + 4] if other.sort not in ("be", "document", "filler")]
        counted = bool(behind) and behind[0].sort == "count"
        made = (made and token.name != "；") or (token.sort == "issue" and counted)
        acted = (acted and token.sort != "mark") or token.sort in ("issue", "repeal")
        standing = token.text in _STANDING and index + 1 < len(found) and found[index + 1].sort == "document"
        kept = token.text == "保留" and counted and behind[0] is found[index + 1] and acted_on
        acted_on |= token.sort == "repeal"
        if (token.text in _YEAR_END and counted) or standing or kept:  # 现有规范性文件17件; 废止2件，保留17件
            yield token._replace(sort="in_force", name="in_force")
        elif token.name == "reach" and counted and not acted and _said_of_documents(found, index):
            yield token._replace(sort="in_force", name="in_force")  # 规范性文件由100件减至83件
        elif made and token.text == _ALL_OPEN and index and found[index - 1].sort == "count":
            yield token._replace(sort="every", name="every", text="全部")
            yield token._replace(sort="disclose", name="newly_disclosed", text="公开")
        elif made and token.text in _DISCLOSED and (_every_one(found, index) or _not_out(found, index)):
            yield token._replace(sort="disclose", name="newly_disclosed")  # 新制作3件，3件全部公开
        elif made and token.text in _DISCLOSED and counted and behind[0] is found[index + 1] and _begins(found, index):
            yield token._replace(sort="disclose", name="newly_disclosed")
        else:
            yield token


def _every_one(found: tuple[Token, ...], index: int) -> bool:
    """Return whether all of a number are said to be so, and nothing more: 3件全部公开."""
    before = [token.sort for token in found[max(index - _NEAR, 0) : index] if token.sort != "filler"]
    ends = index + 1 >= len(found) or found[index + 1].sort == "mark"
    return before[-2:] == ["count", "every"] and ends


def _not_out(found: tuple[Token, ...], index: int) -> bool:
    """Return whether it is denied, and no more said: 制作11件，未向社会公开."""
    before = [token.sort for token in found[max(index - _NEAR, 0) : index] if token.sort != "filler"]
    ends = index + 1 >= len(found) or found[index + 1].sort == "mark"
    return before[-2:] == ["mark", "negation"] and ends


def _begins(found: tuple[Token, ...], index: int) -> bool:
    """Return whether a word begins what stands between two marks, but for 依法 and 当年: not 累计公开8件."""
    before = found[index - 1] if index else None
    return before is None or before.sort in ("mark", "list", "document") or before.text in _OF_THIS_YEAR
