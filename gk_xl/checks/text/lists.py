"""Tokens as they are meant in a list: short names of rows and results, each label with its own count."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.document_words import of_documents
from gk_xl.checks.text.ended import ended
from gk_xl.checks.text.lexer import Token, tokens
from gk_xl.checks.text.own_words import in_own_words
from gk_xl.checks.text.paired import (
    EACH,
    OTHER,
    OTHERS,
    PERSONS,
    SHORT_APPLICANTS,
    SHORT_ROWS,
    acts_shared,
    each,
    former_latter,
    mark,
    of_kinds,
    paired,
)
from gk_xl.checks.text.row_words import advised, rest_of_group, rows_meant, without_both
from gk_xl.checks.text.short_names import in_full
from gk_xl.checks.text.shorthand import COUNTED, spelled_out
from gk_xl.checks.text.suits import against_us, by_reconsideration, gone_on
from gk_xl.checks.text.tokens import KEPT
from gk_xl.checks.text.within import PARTING, cut_within
from gk_xl.checks.text.year_ends import OVER, TOLD, ends_of_year
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PUT: Final = ("提出", "提交", "提的", "交来的", "的", "有", "仅", "只有", "申请的", "类", "情形")
_NEAR: Final = 4
_TOLD: Final = 6
_AS_NEW: Final = ("新申请", "新的申请")
_FROM: Final = ("由", "从", "自")
_ENDS: Final = ("mark", "count")
_OF_THEN: Final = frozenset({"filler", "last", "year", "application"})
_WHO: Final = ("natural_person", "organisations")
_LISTED: Final = 2
_NAMING_ROWS: Final = ("row", "ground", "pretext")
_ALL_BUT_OTHER: Final = {"refused.*", "unavailable.*", "not_processed.*"}


_LATTER: Final = regex(r"后者[^，；。]{0,12}\d")
"""后者有1件判决纠正; 后者均为维持 is said of the number before it."""


@lru_cache(maxsize=KEPT)
def told_apart(text: str, edition_id: str) -> tuple[Token, ...]:
    """Return the tokens of a folded sentence, each label with its own count, 许可 for 行政许可 where decisions are listed."""
    found = tokens(text, edition_id)
    if "依次" in text:
        found = tuple(token._replace(text="分别") if token.text == "依次" else token for token in found)
    if "复议" in text:
        found = by_reconsideration(against_us(gone_on(found) if "不服，" in text else found, text), text)
    found = spelled_out(in_full(found, text), text)
    if "中的" in text:
        found = tuple(_of_so_many(found))
    if any(token.name == "reach" for token in found):
        found = tuple(_reached(found))
    if "工作日" in text and any(token.sort == "answer" for token in found):
        found = tuple(_in_time(found))
    if "未结" in text and not any(_of_cases(token) for token in found):
        found = tuple([_left(token) for token in found])
    said, sorts = {token.text for token in found}, {token.sort for token in found}
    if not sorts.isdisjoint(_NAMING_ROWS):
        found = _beside(rows_meant(found, said, sorts), SHORT_ROWS)
        found = rest_of_group(tuple(without_both(found)))
        found = in_own_words(tuple(advised(found)) if "、" in text else found)
    if "applicant" in sorts:
        found = tuple(_by_one(_beside(found, SHORT_APPLICANTS, "applicant")))
    if not said.isdisjoint(_AS_NEW):
        found = tuple(_new(found))
    if not (sorts.isdisjoint(OVER) and said.isdisjoint(TOLD)):
        found = tuple(ends_of_year(found))
    if "败诉" in said and "result" in sorts:
        found = tuple(_lost(found))
    if {"case", "result"} <= sorts:
        found = tuple(_all_alike(tuple(_counted_as(found))))
    if {"case", "result"} <= sorts or not said.isdisjoint(("并", "且")):
        found = tuple(_told_of_one(found))
    if "case" in sorts:
        found = ended(tuple(_caused(found)))
    if not said.isdisjoint(OTHERS):
        found = tuple(_others(found))
    if "document" in sorts:
        found = acts_shared(of_documents(found))
    if not said.isdisjoint(PARTING):
        found = tuple(cut_within(found))
    if not said.isdisjoint(EACH):
        found = each(found)
    if "分别" in said or "依次" in text:
        found = paired(found)
    return former_latter(found) if "前者" in text or _LATTER.search(text) else found


def _in_time(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 答复 as a part of all where a term stands before it: 20个工作日内答复44件，延长后答复5件; not 均在20个工作日内答复."""
    whole = False
    for index, token in enumerate(found):
        whole = token.sort == "every" or (whole and token.sort != "mark")
        before = "".join(other.text for other in found[max(index - 2, 0) : index])
        within = token.sort == "answer" and not whole and before.endswith(_TERMS)
        yield token._replace(sort="part", name="part") if within else token


_TERMS: Final = ("工作日内", "工作日以内", "工作日", "工作日之内")


def _of_cases(token: Token) -> bool:
    """Return whether a word tells of cases, 未结 itself left open."""
    return token.sort == "case" or (token.sort == "result" and token.text != "未结")


def _left(token: Token) -> Token:
    """Return 未结 as applications that are not closed, where nothing tells of cases."""
    left = token.sort == "result" and token.text == "未结"
    return token._replace(sort="pending", name="pending") if left else token


def _of_so_many(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens without the number that another is one of: 办结13件中的12件."""
    for index, token in enumerate(found):
        behind = found[index + 1 : index + 4]
        if (
            token.sort != "count"
            or [other.text for other in behind[:2]] != ["中", "的"]
            or behind[2:3] == ()
            or behind[2].sort != "count"
        ):
            yield token


def _reached(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens without the number that another was reached from: 新收申请由上年的118件增至155件; of matters both count."""
    until = 0
    for index, token in enumerate(found):
        if token.text in _FROM:
            ahead = [other.sort if other.name != "reach" else "reach" for other in found[index + 1 : index + _NEAR + 2]]
            at = ahead.index("reach") if "reach" in ahead else 0
            if (
                at
                and ahead[at - 1] in ("count", "money")
                and set(ahead[: at - 1]) <= _OF_THEN
                and found[index + at].name != "项"
            ):
                until = index + at + 1
        if index >= until:
            yield token


def _lost(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens without 败诉 and the brackets around the result that says how it is counted: 前者败诉（结果纠正）2件."""
    left = 0
    for index, token in enumerate(found):
        ahead = [other.name if other.sort == "mark" else other.sort for other in found[index + 1 : index + 5]]
        if token.text == "败诉" and ahead == ["（", "result", "）", "count"]:
            yield found[index + 2]
            left = index + 4
        elif index >= left and not (token.text == "败诉" and ahead[:2] == ["result", "count"]):
            yield token


def _counted_as(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with the result in brackets in place of the words that it explains: 裁定准许撤诉（其他结果）的1件."""
    held: list[Token] = []
    skipped = 0
    for index, token in enumerate(found):
        if index < skipped:
            continue
        if token.name == "（" and held and {one.sort for one in held} <= _IN_WORDS and _explains(found, index):
            held, skipped = [found[index + 1]], index + 3
        elif token.sort == "mark":
            yield from (*held, token)
            held = []
        else:
            held.append(token)
    yield from held


def _explains(found: tuple[Token, ...], at: int) -> bool:
    """Return whether a bracket holds a result alone, with a count behind it."""
    words = [token.name if token.sort == "mark" else token.sort for token in found[at : at + 3]]
    behind = next((token.sort for token in found[at + 3 : at + 3 + _NEAR] if token.sort != "filler"), "")
    return words == ["（", "result", "）"] and behind == "count"


_IN_WORDS: Final = frozenset({"unknown", "halt", "part", "filler", "decide", "pseudo", "be"})
"""Sorts of words that tell how a case ended without naming one of the form's results."""


def _all_alike(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 均 before a result that ends what is said of several cases: 行政复议3件，结果维持 and no more."""
    clauses: list[list[Token]] = [[], []]  # the one before the last mark, and the one that the mark begins
    for index, token in enumerate(found):
        ends = index + 1 == len(found) or found[index + 1].name in ("；", "。")
        if token.sort == "result" and ends and _of_several(*clauses):
            yield token._replace(sort="every", name="every", text="均", end=token.start)
        if token.sort == "mark":
            clauses = [clauses[1], []] if token.name == "，" else [[], []]
        else:
            clauses[1].append(token)
        yield token


def _of_several(counted: list[Token], said: list[Token]) -> bool:
    """Return whether a clause ends in a number of several cases, and nothing but fillers stand behind its ，."""
    if not counted or counted[-1].sort != "count" or counted[-1].value <= 1:
        return False
    sorts = [token.sort for token in counted]
    return "case" in sorts and sorts.count("count") == 1 and {token.sort for token in said} <= {"filler", "be", "above"}


def _told_of_one(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with a ， before what is told of the count in front of it: 直接起诉1件、法院维持，复议后起诉2件; 申请1件并予公开."""
    for index, token in enumerate(found):
        behind = token.text in ("、", "并", "且") and index and found[index - 1].sort == "count"
        told = [other.sort for other in takewhile(_within_an_item, found[index + 1 :])] if behind else []
        ends = index + 1 + len(told)
        counted = ends < len(found) and found[ends].sort == "count"
        alone = bool({"result", "row", "answer"} & set(told)) and not counted
        if alone and token.text == "、" and "result" in told:
            yield mark("，", token.start)._replace(end=token.end, text="，")
            continue
        if alone and token.text in ("并", "且"):
            yield mark("，", token.start)
        yield token


def _within_an_item(token: Token) -> bool:
    return token.sort not in _ENDS


def _new(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 新申请 beside a count as what came this year: 收到新申请31件, 176件新申请."""
    for index, token in enumerate(found):
        beside = [other for other in found[max(index - 2, 0) : index + 3] if other.sort != "filler"]
        near = beside.index(token) if token in beside else 0
        beside = beside[max(near - 1, 0) : near + 2]
        if token.text in _AS_NEW and any(other.sort == "count" and other.name in COUNTED for other in beside):
            yield token._replace(sort="receive", name="new")
        else:
            yield token


def _by_one(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens without 一家 before who applied, where the applications are counted behind: 一家律所提出1件."""
    for index, token in enumerate(found):
        one = token.sort == "count" and token.name in PERSONS and token.value == 1
        behind = found[index + 1 : index + 2 + _NEAR]
        ends = next((at for at, other in enumerate(behind) if other.sort in _ENDS), 0)
        plain = not any(other.sort == "application" and other.name != "bare" for other in behind[:ends])
        if not (one and plain and ends and behind[0].sort == "applicant" and behind[ends].name in COUNTED):
            yield token


def _caused(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 公开答复 as what a case was brought for, where a cause stands before it: 因公开答复引发复议9件; 两类诉讼 as suits."""
    for index, token in enumerate(found):
        cause = index and found[index - 1].sort == "cause" and token.text == "公开答复"
        if of_kinds(token) and found[index + 1 : index + 2] and found[index + 1].sort == "case":
            yield token._replace(sort="filler", name="word")
        else:
            yield token._replace(sort="disclosure", name="disclosure") if cause else token


def _beside(found: tuple[Token, ...], named: Mapping[str, str], sort: str = "row") -> tuple[Token, ...]:
    """Return words right beside a count as rows, in a sentence that names one: 公开17件，部分公开4件: 予以公开."""
    return tuple(
        token._replace(sort=sort, name=named[token.text])
        if token.text in named and _counted(found, index) and not found[index - 1].text.endswith(_UNWILLING)
        else token
        for index, token in enumerate(found)
    )


_UNWILLING: Final = ("不愿", "不愿意", "不肯", "不想", "不让")
"""当事人不愿公开的1件: nothing was opened."""


def _others(found: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens with 其他 right beside a count as what the list before it counts.

    维持31件、纠正4件、其他9件: 其他结果. 自然人3件、商业企业2件、其他1件. Behind rows it may be all the rest: 其他处理 only where
    the other groups are named.
    """
    run: list[Token] = []
    labelled = False  # the item has a label
    for index, token in enumerate(found):
        if token.sort == "mark" and token.name not in "（）":
            run = run if labelled or not _holds_count(found, index) else []  # 征地7件、招投标3件、其他2件
            labelled = False
        labelled |= token.sort in OTHER or token.text in OTHERS
        if token.sort in OTHER and _counted(found, index):
            run = [*run, token] if run and run[-1].sort == token.sort else [token]
        alone = run and (run[-1].sort == "result" or run[-1].name.startswith("otherwise."))
        least = 1 if alone else _LISTED  # 维持1件、其他1件
        listed = token.text in OTHERS and len(run) >= least and _counted(found, index)
        if token.text in OTHERS and _rest_of_them(found, index):
            yield token  # 其中1件为企业提出，其他9件为自然人
            continue
        if token.text in OTHERS and _beside_applicant(found, index, counted=bool(run)):
            yield token._replace(sort="applicant", name="other")
            continue
        if listed and run[-1].name.startswith("otherwise."):
            yield token._replace(sort="row", name="otherwise.other")  # 逾期不补正3件，其他情形1件
        elif listed and (run[-1].sort != "row" or {label.name for label in run} >= _ALL_BUT_OTHER):
            yield token._replace(sort=run[-1].sort, name=OTHER[run[-1].sort])
        else:
            yield token


def _rest_of_them(found: tuple[Token, ...], index: int) -> bool:
    """Return whether 其他 is the rest, of which it is told who they are."""
    behind = list(takewhile(lambda token: token.sort != "mark", found[index + 1 : index + 1 + _TOLD]))
    return bool(behind) and behind[0].sort == "count" and any(token.sort == "applicant" for token in behind)


def _holds_count(found: tuple[Token, ...], end: int) -> bool:
    """Return whether cases are counted in what stands between the mark at a place and the one before."""
    for at in range(end - 1, -1, -1):
        if found[at].sort == "mark":
            return False
        if found[at].sort == "count" and found[at].name in COUNTED:
            return True
    return False


def _beside_applicant(found: tuple[Token, ...], index: int, *, counted: bool) -> bool:
    """Return whether 其他 is one of the kinds of applicants: 自然人11件，其他1件; 科研机构、其他组织均未申请; not 法人和其他组织."""
    front = found[max(index - _NEAR - 2, 0) : index]
    before = [other for other in front if other.sort not in ("count", "filler", "be")]
    kinds = [other for other in before if other.sort == "applicant"]
    if not kinds or kinds[-1].name == "organisations" or before[-1].sort not in ("list", "mark", "applicant"):
        return False
    listed = before[-1].sort == "list" or before[-1].name == "、"
    return (counted and _counted(found, index)) or (listed and kinds[-1].name not in _WHO)


def _counted(found: tuple[Token, ...], index: int) -> bool:
    """Return whether a count of cases stands right behind a word, or right before it and a mark behind it."""
    before, at = found[index - 1] if index else None, index + 1
    while at + 1 < len(found) and at < index + _NEAR and (found[at].name == "bare" or found[at].text in _PUT):
        at += 1  # 其他组织申请3件, 来自其他组织的3件
    behind = found[at] if at < len(found) else None
    if behind is not None and behind.name == "（" and at + 2 < len(found) and found[at + 2].name == "）":
        behind = found[at + 1]  # 其他组织（1件）
        return behind.sort == "count" and behind.name in COUNTED
    if behind is not None and behind.sort == "count":
        opens = [other.sort if other.name != "（" else "（" for other in found[at + 1 : at + 3]]
        bracket = opens[:1] == ["（"] and opens[1:] not in (
            ["of"],
            ["share"],
        )  # 公开4件（其中部分公开1件）: both together
        return behind.name in COUNTED and not bracket
    ended = behind is None or behind.sort == "mark"
    if before is not None and before.sort == "be" and index > 1:
        before = found[index - 2]  # 2件系信访
    return ended and before is not None and before.sort == "count" and before.name in COUNTED
