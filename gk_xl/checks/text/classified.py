"""What a sentence holds as a whole, beside what its segments say: words that some readings want nowhere, documents by class."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import TOWARDS
from gk_xl.checks.text.grammar import words_asked
from gk_xl.checks.text.shorthand import COUNTED
from gk_xl.checks.text.subject import GROUP
from gk_xl.checks.text.words import heads
from gk_xl.checks.text.year_ends import ENDS
from gk_xl.form.load import edition_in_force
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.checks.text.grammar import Reading
    from gk_xl.checks.text.lexer import Token
    from gk_xl.checks.text.said import Said
    from gk_xl.checks.text.segments import Segment
    from gk_xl.checks.text.subject import Subject
    from gk_xl.form.schema import Edition

_OURS: Final = ("disclosure", "application", "answer", "publish", "info")
"""Words of our own matter."""
_BELONGS: Final = frozenset({"every", "be", "filler", "elsewhere"})
_YEAR_ENDS: Final = ("年底", "年末")
_DATES: Final = ("月", "日", "号", "旬", "底", "末")
_TOLD: Final = frozenset({"receive", "answer", "manage", "application", "publish", "negation"})
"""Words that say what a number counts."""
_OTHER: Final = frozenset({"elsewhere", "case", "hold", "money", "decision", "classified", "purchase"})
"""Sorts of a sentence that may count something else than applications."""
_OTHER_MATTERS: Final = frozenset({"part", "halt", "unknown"})
"""Sorts that, before applications of which is not said for what, may say it."""
_GIVEN: Final = frozenset({"granted", "partial"})
_BEFORE_A_NUMBER: Final = ("的", "为", "有", "共", "计", "是")
_ENTRIES: Final = ("条", "篇", "项", "次", "条次")
_ABOUT: Final = ("内容", "涉及", "主要涉及", "所涉", "申请内容")
"""What a clause begins with that says what applications were about: 内容涉及家电补贴资金."""
_WANTING: Final = ("不足", "问题", "短板", "差距", "困难")
_BEFORE_BARE: Final = frozenset(
    {"count", "receive", "manage", "filler", "mark", "applicant", "negation", "answer", "channel"}
)
APPLYING: Final = (*COUNTED, "份", "次", "人次", "笔", "例", "个")
"""Units of applications, without those of what is published."""
_BY_NOW: Final = (
    "截至年底", "截至年末", "目前", "仍", "仍为", "仍是", "现", "现在", "现有", "截至目前", "连同", "年末", "年底", "现行",
)  # fmt: skip
_MATTERS: Final = ("项目", "事项", "类事项")
_OF_THE_REST: Final = ("另", "另有", "其余", "尚有", "还有", "剩余")
_ONE_OF: Final = (("是", "case"), ("另", "case"), ("在", "application"))
"""What stands before and behind one that is told of among others."""
_TOLD_SINGLY: Final = ("case", "application")
NEAR: Final = 8
"""Characters between 文件 and 主动公开 that still belong together."""


def words_of(found: Sequence[Token]) -> frozenset[str]:
    """Return the sorts and words of a sentence, as far as a reading asks that they stand nowhere."""
    asked = words_asked()
    said = asked.intersection([token.text for token in found])
    named = asked | {"application"}
    return said.union(named.intersection([token.sort for token in found]), _classified(found))


def carried_elsewhere(subject: str, now: str, words: frozenset[str]) -> bool:
    """Return whether what was carried over is of another matter: of cases where no application is named, 收到复议申请9件，上年结转2件."""
    tried = now == "case" and "application" not in words and subject.startswith("carried")
    return tried or (subject == "carried" and now != "application")


def _classified(found: Sequence[Token]) -> frozenset[str]:
    """Return “classified” in a set where documents classified when drafted are counted: 主动公开20件，依申请公开5件."""
    if not any(token.text == "主动公开" for token in found):
        return frozenset()
    drafted, openly = -NEAR, False
    for token, following in pairwise(token for token in found if token.text not in ("类", "的")):
        if token.sort == "document":
            drafted = token.end
        counted = following.sort == "count" and following.name in ("件", "份", "条")
        if token.text == "主动公开":
            openly |= counted
            if token.start - drafted <= NEAR:
                return frozenset(["classified"])
        if openly and counted and (token.name == "on_application" or token.text in ("不予公开", "不公开")):
            return frozenset(["classified"])
    return frozenset()


def names_applications(found: Sequence[Token], topic: str = "") -> bool:
    """Return whether a sentence speaks of applications without saying so: 新收74件, 结转下年度3件, 不掌握3件; nothing else is told so.

    Behind cases, ``topic``, those that are tried are of them: 审结88件，结转下年9件.
    """
    sorts = {token.sort for token in found}
    if topic.startswith("case") and any(token.name == "concluded" for token in found):
        return False
    if {"zero", "application", "carry"} <= sorts:  # 零申请、零结转
        return True
    rows = {token.name for token in found if token.sort == "row" and _leaf(token.name)}
    rows |= _GIVEN & {token.name for token in found if token.sort == "row"} if _parted(found) else set()
    if not any(token.sort == "count" and token.name in APPLYING for token in found):
        rows = set()  # 清理重复信息203条
    if "count" not in sorts or sorts & (_OTHER - ({"elsewhere"} if len(rows) > 1 else set())):
        return False
    new = any(token.sort == "receive" and token.name == "new" for token in found)
    carried = any(token.text in ("结转", "转结", "接转") for token in found)
    carried |= {"answer", "receive"} <= sorts and any(
        token.text == "转入" for token in found
    )  # 上年转入1件；当年办结12件
    carried |= {"answer", "carry", "next"} <= sorts  # 办结11件，1件转入下年
    carried &= any(token.sort == "count" and token.name in COUNTED for token in found)  # not 办结9个，2个转入下年
    parties = columns().intersection([token.text for token in found])
    return new or (carried and bool(sorts & {"last", "next"})) or bool(rows) or len(parties) > 1 or _applied(found)


def none_carried(found: Sequence[Token]) -> bool:
    """Return whether a sentence without a count says that nothing was carried over from last year, to the next, at either's end."""
    sorts = {token.sort for token in found}
    dated = sorts & {"last", "next", "across", "this", "year"} or any(token.text in ENDS for token in found)
    return "negation" in sorts and "count" not in sorts and bool(sorts & {"carry", "across", "pending"}) and bool(dated)


@lru_cache
def columns() -> frozenset[str]:
    """Return who applies, as the columns of 表三 are called; few other papers say it so."""
    return frozenset(heads(edition_in_force().id))


def _parted(found: Sequence[Token]) -> bool:
    """Return whether 予以公开 and 部分公开 are counted side by side: 予以公开15件、部分公开6件."""
    told = [token for token in found if token.text not in _BEFORE_A_NUMBER]
    counted = {
        one.name for one, other in pairwise(told) if one.sort == "row" and other.sort == "count" and other.name == "件"
    }
    return counted >= _GIVEN


def _applied(found: Sequence[Token]) -> bool:
    """Return whether applications without a name are told with a row of 表三, or with who applied as its columns call them."""
    return plain_applications(found) and any(token.sort == "row" or token.text in columns() for token in found)


def plain_applications(found: Sequence[Token]) -> bool:
    """Return whether 申请 stands without a word that says for what."""
    return any(
        token.name == "bare" and token.text == "申请" and (not index or found[index - 1].sort in _BEFORE_BARE)
        for index, token in enumerate(found)
    )


def plain_applications_came(found: Sequence[Token]) -> bool:
    """Return whether 申请 without a word that says for what is counted as having come, no other matter named before: 收到的5件申请."""
    announced = (
        at for at, (one, mark) in enumerate(pairwise(found)) if mark.name == "：" and one.text.endswith(_WANTING)
    )
    begun = next(announced, -1) + 1  # 存在以下不足：全年收到的24件申请中……
    for index, token in enumerate(found[begun:], begun):
        if token.sort in _OTHER or token.sort in _OTHER_MATTERS:
            return False
        if token.sort != "receive" or token.name == "money":
            continue
        beside = [other for other in found[index + 1 : index + 5] if other.sort not in ("filler", "applicant")][:2]
        sorts = {other.sort for other in beside}
        if sorts == {"application", "count"} and all(other.name in ("bare", "件") for other in beside):
            return True
    return False


def _leaf(row: str) -> bool:
    """Return whether a row is one of a group, or a group whose name is said of nothing but applications."""
    return "." in row and row not in ("refused.*", "otherwise.*")


def concerning(tokens: Sequence[Token]) -> bool:
    """Return whether a row is only what applications are about: 对11件涉及第三方合法权益的申请征求意见."""
    return any(one.text == "涉及" and other.sort == "row" for one, other in pairwise(tokens))


def turns_away(segment: Segment) -> bool:
    """Return whether a segment turns to another matter; one asked for is what applications are about: 1件问招标结果, 资金类3件部分公开."""
    tokens = segment.tokens
    asked = any(
        one.sort == "count" and one.name in APPLYING and (not index or other.sort == "row")
        for index, (one, other) in enumerate(pairwise(tokens))
    )
    if belongs(segment) or "".join([token.text for token in tokens[:2]]).startswith(_ABOUT):
        return False
    for_it = asked and len(tokens) > 1 and tokens[1].sort == "intent"  # 3件要求公开信访办理过程
    return any(token.sort == "elsewhere" and not (for_it or (asked and token.name == "word")) for token in tokens)


def belongs(segment: Segment) -> bool:
    """Return whether a segment only says of what kind those are that were counted before it, or whither they went: 2件不予处理，均属信访; 2件反映纠纷，转信访办处理."""
    if segment.sorts <= _BELONGS:
        return True
    passed = segment.opening == "，" and not segment.has("count")
    return passed and _PASSED_ON.match("".join([token.text for token in segment.tokens])) is not None


_PASSED_ON: Final = regex(
    r"(?:已|均|都|并|依法|统一)*(?:按|作为|转|交|引导|移[交送]|告知|由|纳入|导入)[^\d]{0,12}(?:信访|投诉|举报|来访|热线|诉求)"
)


def single(segment: Segment) -> frozenset[int]:
    """Return where one is told of among others, no number of all: 教训最深的是一件复议, 另一件复议, 在一份申请中."""
    tokens = segment.tokens
    if not segment.has("count") or segment.sorts.isdisjoint(_TOLD_SINGLY):
        return frozenset()
    return frozenset(
        token.start
        for before, token, behind in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token.sort == "count"
        and token.value == 1
        and token.text.startswith("一")
        and (before.text, behind.sort) in _ONE_OF
    )


def says_more(segment: Segment) -> bool:
    """Return whether words of a segment say what its number counts.

    What was applied for does not: 申请公开检查记录的4件, 19件要求公开信访办理过程.
    """
    if segment.sorts.isdisjoint(_TOLD):
        return False
    tokens = segment.tokens
    at = next(index for index, token in enumerate(tokens) if token.sort == "count")
    if at + 1 < len(tokens) and (tokens[at + 1].sort == "intent" or _asks_for(tokens[at + 1 :])):
        return any(token.sort in ("receive", "answer", "manage", "negation") for token in tokens[at + 1 :])
    described = at > 1 and tokens[at - 1].text == "的" and tokens[0].sort in ("application", "intent")
    return any(token.sort in _TOLD for token in (tokens[at:] if described else tokens))


_ASKING: Final = ("获取", "获知", "获悉", "查", "了解", "调取", "复制", "索取", "索要")


def _asks_for(behind: Sequence[Token]) -> bool:
    """Return whether the words behind a number say what was applied for: 2件申请公开检查记录, 2件申请获取规划文件."""
    asked = behind[0].text == "申请" and len(behind) > 1 and behind[1].text.startswith(_ASKING)
    return asked or behind[0].text == "申请公开"


def parts_off(segment: Segment) -> bool:
    """Return whether a segment begins to tell one by one what was counted: 不予公开的2件，一是……（过程性信息）."""
    return "".join([token.text for token in segment.tokens[:2]]).startswith(("一是", "一为", "一系", "其一"))


def without_whom(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens without what those are on whom something was decided: 对连续两年未年检的 社会组织等作出行政处罚36件.

    What stands behind its 的 is said of the deciding: 对轻微违法的企业没有作出行政处罚.
    """
    if not tokens or not tokens[0].text.startswith(TOWARDS):
        return tokens
    decided = next((index for index, token in enumerate(tokens) if token.sort == "decide"), 0)
    described = next((index for index in range(decided - 1, 0, -1) if tokens[index].text == "的"), -1)
    return tokens[described + 1 :]


def on_some(first: Token) -> bool:
    """Return whether a segment begins with those on whom something was decided: 对轻微违法的企业没有作出行政处罚 denies no others."""
    return first.sort in ("unknown", "filler", "each") and first.text.startswith(TOWARDS)


def other_cause(matched: Sequence[Token]) -> bool:
    """Return whether a cause is named (因……) that is not disclosure itself: what is said is said of that cause alone."""
    at = next((index for index, token in enumerate(matched) if token.sort == "cause" or token.text == "涉及"), -1)
    if at < 0:
        return False
    behind = matched[at + 1 :]
    ours = any(token.sort in _OURS and token.name != "bare" for token in behind)
    return any(token.sort in ("unknown", "part", "decision") for token in behind) and not ours


def of_something_else(
    reading: Reading, number: Token, subjects: Sequence[Subject], matched: Sequence[Token], here: Segment
) -> bool:
    """Return whether a number is not of what the words around it name."""
    if reading.subject == "outcome" and number.name in _ENTRIES and any(token.sort == "info" for token in matched):
        return True  # 涉及国家秘密信息12条: entries that were looked through
    of_cases = number.value and any(subject.thing == "case" for subject in subjects)
    before = [token for token in here.tokens if token.start < number.start]
    return bool(of_cases) and other_cause(before)  # 因房屋征收引起的诉讼2件


def of_matters(edition: Edition, matched: Sequence[Token]) -> bool:
    """Return whether a number of 项 is of what may be licensed, not of what was: 行政许可项目4项, or where the form asks for that."""
    told = any(token.text in ("项目", "事项") for token in matched)
    return told or any(cell.column == "items_prev" for cell in edition.table("t2").cells)


def beside_granted(tokens: Sequence[Token], first: Token) -> bool:
    """Return whether 公开 stands right before a row: 公开或部分公开7件 are two rows together."""
    before = [token for token in tokens if token.start < first.start and token.sort != "list"]
    return bool(before) and before[-1].end <= first.start and before[-1].text in ("公开", "全部")


def other_matters(segment: Segment) -> bool:
    """Return whether matters of another kind are counted than those named: 行政征收事项42项; not 随事项上收减少3项."""
    named = segment.sorts & {"decision", "short", "charge"}
    at = next((index for index, token in enumerate(segment.tokens) if token.text in _MATTERS), 0)
    before = segment.tokens[:at]
    told = bool(before) and before[-1].end - before[0].start > 1
    return not named and told and any(token.sort == "unknown" for token in before)


def columns_told(found: Sequence[Said]) -> tuple[str, ...]:
    """Return the columns of 表二 in which documents have been counted, in the order in which they were."""
    return tuple(dict.fromkeys(said.subject.column for said in found if said.subject.thing in ("normative", "rules")))


def left_open(tokens: Sequence[Token]) -> bool:
    """Return whether a number is one of applications that the next words go on with: 1件延期答复, 另有3件申请因……, 3件于12月收到."""
    came = any(token.sort == "receive" for token in tokens)
    dated = any(
        token.text.endswith(_DATES) and (token.sort == "number" or token.text in _YEAR_ENDS) for token in tokens
    )
    return (
        any(token.name == "longer" or token.text == "延长" for token in tokens)
        or (came and dated)
        or (tokens[0].text in _OF_THE_REST and not came)
    )


def stands_open(tokens: Sequence[Token], found: Sequence[Said], matched: Sequence[Token]) -> bool:
    """Return whether documents are said to be open by now, of whatever year: 新公开44件，对外公开531件; 目前对外公开的共7件."""
    newly = any(said.subject.column == "newly_disclosed" for said in found)
    by_now = newly or any(token.text in _BY_NOW for token in tokens)
    openly = any(token.text == "对外公开" for token in matched) and by_now
    return openly or any("总" in token.text or "累计" in token.text for token in matched)


def tried_by(tokens: Sequence[Token], case: str) -> str:
    """Return the kind of cases a result is of that names none: suits where a court is named, else those spoken of last."""
    court = any("法院" in token.text for token in tokens) and not case.startswith("suit")
    return "litigation" if court else case


def tried_alike(tokens: Sequence[Token], case: str) -> str:
    """Return the kind of cases counted before, empty where a court is named that does not try such: 复议1件，……由法院审理中."""
    return case if tried_by(tokens, case) == case else ""


def of_several(segment: Segment, bare: float, among: str) -> bool:
    """Return whether 均 is said of more than a count that stands open: of one it cannot be, nor of one of a list that 不予处理 ends."""
    group = next((token.name for token in segment.tokens if token.sort == "row"), "")
    return segment.has("every") and (bare == 1 or (group.endswith(GROUP) and among in ("?", group)))


def listed_among(segment: Segment, found: Sequence[Said], bare: float) -> str:
    """Return the group of the row that was counted before a segment in one list, “?” where it is open which, empty where there is none."""
    if segment.opening not in "，、":
        return ""
    last = found[-1].subject if found else None
    return "?" if bare else f"{last.row.partition('.')[0]}{GROUP}" if last and last.act == "outcome" else ""


def said_of(tokens: Sequence[Token], counted: str, case: str) -> str:
    """Return the kind of cases that a result is said of: those counted last, or both kinds of suits where 两案 says so; empty as in tried_alike.

    1件直接起诉，1件复议后起诉，两案均维持.
    """
    both = counted.startswith("suit_") and case == "litigation" and any(token.text == "两" for token in tokens)
    return case if both else tried_alike(tokens, counted)


def answered_of_one(segment: Segment) -> bool:
    """Return whether the answers to one sort of applicants are counted: 自然人申请办结30件."""
    kinds = {token.name for token in segment.tokens if token.sort == "applicant"}
    return len(kinds) == 1 and segment.has("answer") and segment.has("count") and segment.tokens[0].sort == "applicant"


def narrowed(tokens: Sequence[Token], matched: Sequence[Token]) -> bool:
    """Return whether the word right before the row of a match says of which kind: 内部管理信息不公开1件."""
    first = next(token for token in matched if token.sort == "row")
    before = next((token for token in reversed(tokens) if token.end <= first.start), None)
    return before is not None and before.end == first.start and before.sort in ("unknown", "info")
