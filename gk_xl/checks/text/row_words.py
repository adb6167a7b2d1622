"""Words as rows of 表三 where what stands beside them says so: grounds before 不予公开, petitions before 不予处理, 重复.

What a group parts into, and what is told of two rows together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.paired import SHORT_ROWS
from gk_xl.checks.text.shorthand import COUNTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gk_xl.checks.text.lexer import Token

_PETITIONS: Final = ("信访", "投诉", "举报", "诉求")
_NOT_GIVEN: Final = ("未予公开", "未予以公开")
"""Words for 不予公开 behind a ground alone."""
_UNWILLING: Final = ("第三方不同意公开且涉及其合法权益", "第三方不同意公开")
"""The row called by its ground: 因第三方不同意公开而未公开的1件."""
_OTHERWISE: Final = "以其他方式处理"
"""How cases end, too."""
_AS: Final = "作为"
_OPENED: Final = "了"
_APPLIED_AND_OPEN: Final = "申请公开"
_ENTERED: Final = frozenset({"列入", "计入", "归入", "记入"})
_ONE_ROW: Final = ("一项", "一栏", "一类")
_SAID_OF_ALL: Final = ("重复",)
"""Rows called by a word that is said of other things as well."""
_OF_OTHERS: Final = frozenset({"info", "unknown", "publish", "hold", "part", "document", "halt"})
_CLOSING: Final = ("，", "；", "。", "：", "（", "）")
_ENDS: Final = ("mark", "count")
_REFUSED_WHOLLY: Final = (["refused.*"], ["refused.*", "，"], ["refused.*", "；"], ["refused.*", "。"])
"""What stands behind the count of a ground: 商业秘密2件不公开."""
_NEAR: Final = 4


def rows_meant(found: tuple[Token, ...], said: Collection[str], sorts: Collection[str]) -> tuple[Token, ...]:
    """Return the tokens of a sentence that names rows with those words as rows that are meant so, and no others.

    ``said`` and ``sorts``: the words of the sentence, and their sorts.
    """
    if any(word in said for word in _ONE_ROW):
        found = tuple(_named_so(found))
    if any(word in said for word in _SAID_OF_ALL):
        found = tuple(_alone(found))
    if _OTHERWISE in said and "case" not in sorts:
        found = tuple(_otherwise(found))
    if "ground" in sorts or any(word in said for word in (*_NOT_GIVEN, *_UNWILLING)):
        found = tuple(_grounds(tuple(_not_published(found))))
    if "其他" in said and "result" not in sorts and not _ENTERED.isdisjoint(said):
        found = tuple(_entered_as_other(found))
    if _APPLIED_AND_OPEN in said:
        found = tuple(_apart_from_applying(found))
    if _OPENED in said:
        found = tuple(_opened(found))
    if any(word in said for word in _PETITIONS):
        found = tuple(_petitions(found))
    return _joined(_taken_as(found) if _AS in said else found)


def _taken_as(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens with 作为 before a row as the word that says so: 4件作为行政执法案卷不予公开."""
    following = (*found[1:], None)
    return tuple(
        token._replace(sort="be") if token.text == _AS and ahead is not None and ahead.sort == "row" else token
        for token, ahead in zip(found, following, strict=True)
    )


def _otherwise(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 以其他方式处理 as the row, where no case is spoken of: 逾期不补正11件，以其他方式处理5件."""
    for token in found:
        yield token._replace(sort="row", name="otherwise.*") if token.text == _OTHERWISE else token


def _entered_as_other(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 其他 behind 列入 as the row, where nothing says of what: 1件申请人撤回，列入其他; not 归入其他类主体."""
    for index, token in enumerate(found):
        entered = index > 0 and found[index - 1].text in _ENTERED
        ends = index + 1 == len(found) or found[index + 1].sort in _ENDS
        yield token._replace(sort="row", name="otherwise.*") if token.text == "其他" and entered and ends else token


def _opened(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 公开了 right behind a count as 予以公开, what was opened behind it: 2件公开了补偿方案等信息; not 公开了部分内容."""
    at = 0
    while at < len(found):
        token, ahead = found[at], found[at + 1 : at + 3]
        counted = at > 0 and found[at - 1].sort == "count" and found[at - 1].name in COUNTED
        what = ahead[1].text if len(ahead) > 1 else ""
        if counted and token.text == "公开" and ahead and ahead[0].text == _OPENED and "部分" not in what:
            yield token._replace(sort="row", name="granted", end=ahead[0].end, text="公开了")
            at += 1
        else:
            yield token
        at += 1


def _apart_from_applying(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 申请公开 between two numbers as 申请 and 公开, each with its own: 7件申请公开3件."""
    for before, token, ahead in zip((None, *found), found, (*found[1:], None), strict=False):
        counts = (before, ahead)
        if token.text != _APPLIED_AND_OPEN or not all(one is not None and one.sort == "count" for one in counts):
            yield token
            continue
        cut = token.start + len("申请")
        yield token._replace(name="bare", end=cut, text="申请")
        yield token._replace(sort="mark", name="，", start=cut, end=cut, text="，")
        yield token._replace(sort="row", name="granted", start=cut, text="公开")


def _named_so(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 一项 behind a row as a word of its name: 国家秘密一项空缺."""
    for index, token in enumerate(found):
        named = token.text in _ONE_ROW and index > 0 and found[index - 1].sort == "row"
        yield token._replace(sort="filler", name="word") if named else token


def _alone(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 重复 as a row where it says so of applications: not 清理重复信息203条, 重复录入3件."""
    for index, token in enumerate(found):
        behind = found[index + 1] if index + 1 < len(found) else None
        apart = behind is not None and behind.sort in _OF_OTHERS
        yield token._replace(sort="unknown", name="") if token.text in _SAID_OF_ALL and apart else token


def _petitions(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with the row of petitions where 不予处理 says so, or what they go by: 按投诉举报类不予处理, 以申请为名的投诉举报."""
    named = ""
    for index, token in enumerate(found):
        if token.sort == "pretext" and any(other.text in _PETITIONS for other in found[index + 1 : index + _NEAR]):
            named = "not_processed.petition"
            yield token._replace(sort="row", name=named)
            continue
        named = named if token.sort not in _ENDS else ""
        if named and token.text in _PETITIONS:
            yield token._replace(sort="filler", name="word")
            continue
        before = reversed(found[max(index - _NEAR, 0) : index]) if token.name == "not_processed.*" else ()
        near = next((other for other in before if other.sort not in ("filler", "be", "unknown")), None)
        if near is not None and near.text in _PETITIONS and near.end + 4 > token.start:
            yield token._replace(name="not_processed.petition")
        elif token.text in _PETITIONS and any(
            other.name == "not_processed.*" for other in _listed(found, index, _NEAR + 1)
        ):
            yield token._replace(sort="filler", name="word")
        else:
            yield token


def _listed(found: tuple[Token, ...], index: int, near: int) -> tuple[Token, ...]:
    """Return so many words from a place on, and in a list of reasons those up to its end: 因信访、重复申请等原因不予处理."""
    caused = index and found[index - 1].sort == "cause"
    ends = (at for at in range(index, len(found)) if found[at].sort == "count" or found[at].name in _CLOSING)
    return found[index : next(ends, len(found)) if caused else index + near]


def _not_published(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 没有公开 as 不予公开 where a ground stands before it and a count behind: 因商业秘密没有公开的1件."""
    grounded, behind = False, ""
    for token, ahead in zip(found, (*found[1:], None), strict=True):
        grounded |= token.sort == "ground" or token.name.startswith("refused.")
        grounded &= not (token.name in _CLOSING or token.sort == "count")
        if (grounded and token.text in _NOT_GIVEN) or (behind and token.sort == "publish"):
            yield token._replace(sort="row", name="refused.*", text=behind + token.text)
        elif grounded and token.sort == "negation" and ahead is not None and ahead.sort == "publish":
            behind = token.text
            continue
        else:
            yield token
        behind = ""


def _grounds(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with the row of a ground where 不予公开 follows it, or a bracket behind 不予公开2件 parts what was refused.

    涉及商业秘密不予公开; 不予公开2件（一件系第三方商业秘密……）; elsewhere it says nothing.
    """
    within, parted, several = False, False, _in_several_items(found)
    ahead = [False] * (len(found) + 1)  # whether 不予公开 stands from a place on, up to the next mark or count
    for index, token in reversed(list(enumerate(found))):
        refused = [other.name or other.sort for other in found[index + 1 : index + 3]] in _REFUSED_WHOLLY
        ends = token.name != "、" and token.sort in _ENDS and not (token.sort == "count" and refused)
        ahead[index] = not ends and (token.name == "refused.*" or ahead[index + 1])
    for index, token in enumerate(found):
        if token.name in ("（", "）"):
            near = [other.name for other in found[max(index - _NEAR, 0) : index] if other.sort == "row"]
            within = token.name == "（" and near[-1:] == ["refused.*"]
        parted = _parts_refused(found, index) or (parted and token.text not in "。；" and not _is_group(token))
        if token.sort == "ground":
            refused = within or ahead[index + 1] or (parted and token.name not in several)
            yield token._replace(sort="row") if refused else token._replace(sort="unknown", name="")
        else:
            yield token


def _parts_refused(found: tuple[Token, ...], index: int) -> bool:
    """Return whether what was refused is parted behind a word: 不予公开5件，其中……; 不予公开的5件中，……."""
    token = found[index]
    if token.sort != "among" and token.name != "within":
        return False
    near = [other for other in found[max(index - _NEAR, 0) : index] if other.sort in ("row", "count")]
    return [other.sort for other in near[-2:]] == ["row", "count"] and near[-2].name == "refused.*"


def _is_group(token: Token) -> bool:
    """Return whether a token is another group of rows, where what was refused is parted no more."""
    return token.sort == "row" and (token.name.endswith(".*") or token.name in ("granted", "partial"))


def _in_several_items(found: tuple[Token, ...]) -> set[str]:
    """Return the rows that grounds of several items of a list name: 商业秘密2件、个人隐私1件 are one row together."""
    seen: set[str] = set()
    twice: set[str] = set()
    item: set[str] = set()
    for token in found:
        if token.sort == "count":
            twice |= seen & item
            seen |= item
            item = set()
        elif token.sort in ("ground", "row"):
            item.add(token.name)
    return twice


def _joined(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens with the pieces of a short name of a row in one: 过 + 程性."""
    kept: list[Token] = []
    run: list[Token] = []
    for token in (*found, None):
        if token is not None and token.sort not in ("mark", "count", "be", "row"):
            run.append(token)
            continue
        text = "".join([part.text for part in run]) if len(run) < _NEAR else ""
        kept += [run[0]._replace(sort="unknown", name="", end=run[-1].end, text=text)] if text in SHORT_ROWS else run
        run = []
        if token is not None:
            kept.append(token)
    return tuple(kept)


def rest_of_group(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens with the last row of 其他处理 where all of them are parted and one part is no other row.

    其他处理的3件中，逾期不补正1件、申请人撤回2件.
    """
    for at, token in enumerate(found[:-2]):
        ahead = found[at + 1 : at + _NEAR]
        count = next((index for index, other in enumerate(ahead, at + 1) if other.sort == "count"), 0)
        if token.name != "otherwise.*" or not count or found[count].name not in COUNTED:
            continue
        opens = count + 1 < len(found) and (found[count + 1].name == "（" or found[count + 1].name == "within")
        items = list(_parts(found, count + 2)) if opens else []
        loose = [(part, end) for part, end in items if not any(other.sort == "row" for other in part)]
        if len(items) > 1 and len(loose) == 1 and sum(found[end].value for _, end in items) == found[count].value:
            first, end = loose[0][0][0], loose[0][1]
            whole = first._replace(sort="row", name="otherwise.other", end=found[end].start, text="其他")
            start = found.index(first)
            return (*found[:start], whole, *found[end:])
    return found


def _parts(found: tuple[Token, ...], start: int) -> Iterator[tuple[tuple[Token, ...], int]]:
    """Yield the words of each part of a list from a place on, with the place of its count, up to the end of the list."""
    run: list[Token] = []
    for index in range(start, len(found)):
        token = found[index]
        if token.sort == "mark" and token.name in "。；（）":
            return
        if token.sort == "count":
            if token.name not in COUNTED or not run:
                return
            yield tuple(run), index
            run = []
        elif token.sort != "mark":
            run.append(token)


def without_both(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens without 公开 as a row where 部分公开 is counted among it: 公开4件，其中部分公开1件."""
    for index, token in enumerate(found):
        ahead = found[index + 1 : index + 5] if token.name == "granted" else ()
        if [other.name for other in ahead if other.sort in ("row", "among")][:2] == ["among", "partial"]:
            yield token._replace(sort="unknown", name="")
        else:
            yield token


def advised(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with what applicants were told, between a row and its number, as a remark: 不掌握、告知向县林业局查询的2件."""
    named = remark = False
    for index, token in enumerate(found):
        behind = found[index + 1] if index + 1 < len(found) else None
        if token.name == "、" and named and behind is not None and (behind.name == "advise" or behind.text == "转到"):
            ahead = next((other for other in found[index + 1 :] if other.sort in _ENDS), None)
            remark = ahead is not None and ahead.sort == "count"
        elif token.sort in _ENDS:
            named = remark = False
        named |= token.sort == "row"
        yield token._replace(sort="filler", name="word") if remark else token
