"""What the numbers of a sentence mean beside one another.

Those of one row of 表三 and one kind of applicants: 不掌握4件，自然人3件、企业1件; 自然人的16件中予以公开3件; 结转下年2件（自然人、企业各1件）.
And from or to which year was carried over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.lists import told_apart
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text.subject import GROUP, applications, cases
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.checks.text.lexer import Token
    from gk_xl.checks.text.said import Said

_WITHIN: Final = regex(r"\d[件宗]?(?:申请)?(?:当?中|里|[（：])")
_AMONG_THEM: Final = regex(r"\d[件宗][，；（]其中")
"""属行政执法案卷的5件，其中律师事务所提出1件."""
_AGAIN: Final = regex(r"(?P<number>\d+)[件宗][^，。；\d]{0,8}，(?:这|该|上述|此)?(?P=number)[件宗]")
"""结转下年3件，3件的申请人都是自然人."""
SUITS: Final = frozenset({"suit_direct", "suit_after"})
RESULTS: Final = frozenset({"upheld", "corrected", "other", "pending"})
OVER: Final = ("carried_in", "carried_out")
_LEFT: Final = (*OVER, "pending")
_PARTED: Final = ("outcome", "applicant")
_ENDED: Final = ("answered", "closed", "carried", *OVER)


def behind_suits(found: Sequence[Said], opening: str) -> str | None:
    """Return whose cases follow where the kinds of suits have just been counted: those of all, or nobody knows whose.

    None where no such list ends here: what follows is said of the case named last.
    """
    listed = [said.subject for said in found[-2:]]
    if {subject.row for subject in listed} != SUITS or any(subject.column != "total" for subject in listed):
        return None
    brought = [said.subject.row for said in found[-2:] if said.number]
    if len(brought) == 1:
        return brought[0]  # 没有直接起诉的，复议后起诉2件
    whole = any(said.subject == cases("litigation") for said in found)
    return "litigation" if whole or opening in "。；" else ""


def of_tables(found: Sequence[Said], text: str) -> list[Said]:
    """Return what was read of a folded text without numbers that its words give to something else.

    Decisions of a kind whose number was told before and is parted; decisions among what applications asked for; what was
    carried over of cases, or of the year that is compared with.
    """
    told = sorted(found, key=lambda said: said.start)
    kept: list[Said] = []
    for said in told:
        before = text[: max(said.start, 0)]
        if said.subject.thing == "decisions" and said.number:
            first = next((other for other in kept if other.subject == said.subject and other.number), None)
            parted = first is not None and _PARTED_IN.search(text, max(first.start, 0), max(said.start, 0))
            if parted or _ASKED_ABOUT.search(before):
                continue
        if said.subject.act.startswith("carried") and (_OF_OTHERS.search(before) or _of_a_part(before, told)):
            continue
        if said.subject.act == "outcome" and _beside_some(before, told):
            continue
        if said.subject.act == "outcome" and not said.negated and _TOGETHER.search(before[-_REACH:]):
            continue
        if said.subject.row == "suit_direct" and _UNREVIEWED.match(text, said.start):
            continue
        if said.subject.column in RESULTS and _OF_ALL_CASES.search(before):
            continue
        if said.subject.column == "in_force" and said.number and _BESIDES.search(before):
            continue
        if said.reading in _DETAILS and _EACH_ITS_OWN.search(before[-_REACH:]):
            continue
        if said.subject.row.endswith(GROUP) and not said.negated and _BECAUSE.search(before[-_REACH:]):
            continue
        kept.append(said)
    return kept


_UNREVIEWED: Final = regex(
    r"\d+[件份宗起][^，。；\d]{0,12}(?:没有?|未|均未|都没有?|无人|无一)(?:被|再|提起|申请|提出|提|走|经过?)*(?:行政)?复议(?=$|[，。；](?![^，。；]{0,8}(?:直接|径|法院|起诉|官司)[^，。；]{0,8}\d))"
)
"""对这2件答复没有申请复议: that nobody did, no number of suits."""
_OF_ALL_CASES: Final = regex(
    r"复议(?:案件)?[、和与及]?(?:行政)?诉讼(?:案件)?(?:合计|共计?|总计|一共|总量)(?:(?!复议|诉讼|起诉)[^；。])*$"
)
"""复议诉讼合计1642件中被纠正183件: of both together."""
_BESIDES: Final = regex(r"[，；](?:另外?|此外)[还尚]?(?:有|存)?$")
"""出台规范性文件1件，另有2件继续有效: what is in force beside that one."""
_DETAILS: Final = ("row-of-all", "row-behind")
_EACH_ITS_OWN: Final = regex(r"\d+[件宗](?:申请)?，(?:其)?(?:理由|原因|依据|情形)?分别[^；。]*$")
"""不予公开2件，理由分别是……（第三方合法权益）和……（过程性信息）: a row each."""
_REACH: Final = 60
"""Characters before a number that may say what it is of."""
_TOGETHER: Final = regex(r"(?:答复|办结|办理|处理)(?:或者?|和|及|以及)[^，。；、\d]{2,12}$")
"""答复或作其他处理42件: of all that were closed."""
_BECAUSE: Final = regex(r"(?:^|[，；：、])(?:其中|另)?(?:因|由于)[^；。\d]{2,40}，[^，；。\d]{0,12}$")
"""因第三方不同意，不予公开2件: those of one reason, and maybe others for others."""


_CONTAINED: Final = regex(r"(?P<number>\d+)[件宗起]（(?:其中)?(?:含|包括|包含)[^（）]*$")


def _of_a_part(before: str, told: Sequence[Said]) -> bool:
    """Return whether what a bracket contains is of a part alone: 其中科研机构申请的监测数据7件（含结转的1件）."""
    match = _CONTAINED.search(before)
    if match is None:
        return False
    acts = {said.subject.act for said in told if said.start == match.start("number")}
    piece = before[max(before.rfind("；", 0, match.start()), before.rfind("。", 0, match.start())) + 1 : match.start()]
    return bool(acts & {"outcome", "applicant"}) or (not acts and "其中" in piece)


_ANOTHER: Final = regex(r"(?P<number>\d+)[件宗起][^，。；（）\d]{3,24}（(?:另外?|还|尚)有?$")


def _beside_some(before: str, told: Sequence[Said]) -> bool:
    """Return whether a bracket adds to a number of what was asked for, not of all: 3件申请查询登记资料（另1件系重复申请）."""
    match = _ANOTHER.search(before)
    return match is not None and all(said.start != match.start("number") for said in told)


_PARTED_IN: Final = regex(r"其中|包括|（")
_ASKED_ABOUT: Final = regex(
    r"(?:申请(?:公开)?的?(?:内容|事项|主题|对象|领域)|内容(?:主要)?(?:集中|涉及|包括|为|有)|(?:按|从)(?:申请)?(?:内容|领域|事项))(?![^；。]*作出)[^；。]*$"
)
"""申请内容构成：投诉举报58件、行政处罚案件18件."""
_OF_OTHERS: Final = pieced(
    r"(?:(?:复议|诉讼)(?:案件)?\d+[件宗]|(?:[较比与和同][^（，。；]{0,4}|（){another_year}[^（，。；\d]{0,6}\d+件)（[^（）]*$"
)
"""行政复议8件（上年结转1件……）; 较上年的11件（含结转2件）."""


def ended_in(found: Sequence[Said], tokens: Sequence[Token]) -> list[str]:
    """Return the kinds of cases that 没有被纠正的案件 is said of as well: those whose results were told and none of which was corrected.

    Where a court is named, suits only.
    """
    told = [said for said in found if said.subject.thing == "case" and said.subject.column in RESULTS]
    corrected = {said.subject.row for said in told if said.subject.column == "corrected" and said.number}
    court = any("法院" in token.text or "判决" in token.text for token in tokens)
    kinds = dict.fromkeys(said.subject.row for said in told if said.subject.row not in corrected)
    return [kind for kind in kinds if not (court and kind == "reconsideration")]


def meant(case: str, found: Sequence[Said]) -> str:
    """Return whose cases a next sentence means: of several nobody knows (被纠正的一件)."""
    kinds = {said.subject.row for said in found if said.subject.thing == "case"} - {"litigation"}
    return case if len(kinds) < 2 else ""


def in_order(found: Sequence[Said]) -> list[Said]:
    """Return what a sentence says as it follows one another, from or to which year 结转 is said of filled up.

    Behind 均已办结 or 上年结转1件 it means next year; before 结转下年0件 last year.
    """
    told = sorted(found, key=lambda said: said.start)
    for index, said in enumerate(told):
        if said.subject.act != "carried":
            continue
        before, behind = ({other.subject.act for other in part} for part in (told[:index], told[index + 1 :]))
        closed = any(other.subject.every and other.subject.act == "closed" for other in told[:index])
        again = [other for other in told[:index] if other.subject.act in OVER and other.number == said.number]
        done = again and any(
            again[-1].start < other.start and other.subject.act == "answered" for other in told[:index]
        )
        if again and said.number and not said.negated and not done:  # 3件结转到下一年度，结转的3件来自……
            told[index] = said._replace(subject=again[-1].subject)
        elif (closed and said.negated) or ("carried_in" in before and "carried_out" not in before | behind):
            told[index] = said._replace(subject=applications("carried_out"))
        elif "carried_out" in behind and "carried_in" not in before | behind:
            told[index] = said._replace(subject=applications("carried_in"))
    return told


def of_one_kind(found: Sequence[Said]) -> list[Said]:
    """Return what was read, what was ended or left of a sentence about one kind of applicants alone as not sure.

    律师事务所申请4件，办结3件，结转1件 may tell of these four; of all it tells where no others came.
    """
    told = sorted(found, key=lambda said: said.start)
    kinds = {said.subject.column for said in told if said.subject.act == "applicant"}
    if (
        len(kinds) != 1
        or told[0].subject.act != "applicant"
        or any(said.subject.act.startswith("received") for said in told)
    ):
        return list(found)
    most = told[0].number
    return [said._replace(sure=False) if said.subject.act in _ENDED and said.number <= most else said for said in found]


def of_last_suits(found: Sequence[Said], text: str) -> list[Said]:
    """Return what was read in order, results in a bracket right behind the last of two kinds of suits as that kind's where they come to it.

    直接起诉2件、复议后起诉3件（维持2件，尚在审理1件）.
    """
    told = sorted(found, key=lambda said: said.start)
    for at, said in enumerate(told):
        if said.subject.row not in SUITS or said.subject.column != "total" or not _OPENS.match(text, said.start):
            continue
        closes = text.find("）", said.start)
        inner = [
            place
            for place in range(at + 1, len(told))
            if told[place].start < closes and told[place].subject.row == "litigation"
        ]
        if inner and sum(told[place].number for place in inner) == said.number:
            for place in inner:
                told[place] = told[place]._replace(subject=cases(said.subject.row, told[place].subject.column))
    return [_of_both_suits(said, told) for said in told]


def _of_both_suits(said: Said, told: Sequence[Said]) -> Said:
    """Return a result that is more than the suits it was read of as that of all suits: 直接起诉3件、复议后起诉1件，已结的3件均维持."""
    if said.subject.row not in SUITS or said.subject.column not in RESULTS or not said.number:
        return said
    before = {one.subject: one.number for one in told if one.start < said.start and one.subject.column == "total"}
    both = {row for row in SUITS if cases(row) in before} == SUITS
    return (
        said._replace(subject=cases("litigation", said.subject.column))
        if both and said.number > before[cases(said.subject.row)]
        else said
    )


_OPENS: Final = regex(r"\d+[件宗起]（")


def of_a_kind_alone(found: Sequence[Said], text: str, edition_id: str) -> list[Said]:
    """Return what was read, outcomes of a sentence that speaks of one kind's applications from its beginning as that kind's.

    科研机构申请多为水文资料，其中3件予以公开，1件无法提供: what its 其中 goes into is not all.
    """
    told = sorted(found, key=lambda said: said.start)
    if all(said.subject.act != "outcome" or said.subject.column for said in told):
        return told
    for token in (token for token in told_apart(text, edition_id) if token.sort == "applicant"):
        to_them = _TO.search(text[max(token.start - _TO_WHOM, 0) : token.start])
        if not (_SPOKEN_OF.match(text, token.end) or (to_them and _OF_THEM.match(text, token.end))):
            continue
        for place, said in enumerate(told):
            if said.start < token.end or said.subject.every or said.subject.column == token.name:
                continue
            if said.subject.act != "outcome" or said.subject.column:
                break
            both = applications("outcome", said.subject.row, token.name)
            told[place] = said._replace(subject=both, sure=False)
    return told


_TO: Final = regex(r"[对就][^，。；：\d]*$")
_TO_WHOM: Final = 6
_OF_THEM: Final = regex(r"(?:提出|提交|递交)?的?(?:申请)?\d+[件宗](?:申请)?，[^。；]*其中")
"""对公益组织提出的5件，均在10个工作日内答复，其中……."""
_SPOKEN_OF: Final = regex(
    r"(?:提出|提交|递交)?的?(?:申请(?:件)?|来件|来信)的?(?:内容|事项)?(?:大?多|均|都|全|主要|集中|基本|涉及|索取|以)"
)


def crossed(found: Sequence[Said], text: str) -> list[Said]:
    """Return what was read of a folded text in order, what a row or a kind of applicants parts into as of both.

    Such a part begins right behind the number that it comes to, which is less than what all came to.
    """
    acts = {said.subject.act for said in found}
    if "applicant" not in acts or acts.isdisjoint(("outcome", *_LEFT)):
        return list(found)
    told = sorted(found, key=lambda said: said.start)
    whole = max((said.number for said in told if said.subject.act.startswith("received")), default=0)
    at = 0
    while at < len(told):
        end = _part(told, at, whole, text)
        for index in range(at + 1, end):
            told[index] = _both(told[at], told[index])
        at = max(at + 1, end)
    return told


def _part(told: Sequence[Said], at: int, whole: float, text: str) -> int:
    """Return where what a number parts into ends, 0 where it parts into nothing."""
    one = told[at]
    over = one.subject.act in _LEFT and not one.subject.column
    if not (over or one.subject.act in _PARTED) or one.negated or one.subject.row.endswith(GROUP):
        return 0
    if one.number == whole and not over:
        return 0
    other = "applicant" if over else _PARTED[1 - _PARTED.index(one.subject.act)]
    rest, end = one.number, at + 1
    while end < len(told) and told[end].subject.act == other:
        rest -= told[end].number
        end += 1
    if rest or end == at + 1:
        of_them = rest > 0 and one.subject.act == "outcome" and end > at + 1
        return end if of_them and _AMONG_THEM.search(text, one.start, told[at + 1].start + 2) else 0
    several = end > at + 2 and one.number != whole
    again = over and _AGAIN.match(text, one.start)
    return end if several or again or _WITHIN.search(text, one.start, told[at + 1].start) else 0


def _both(one: Said, other: Said) -> Said:
    """Return a part with the row of one number and the applicants of the other."""
    row, column = one.subject.row or other.subject.row, one.subject.column or other.subject.column
    act = {"pending": "carried_out"}.get(one.subject.act, one.subject.act)
    return other._replace(subject=applications(act if act in OVER else "outcome", row, column))
