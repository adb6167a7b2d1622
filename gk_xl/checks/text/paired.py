"""Labels whose counts stand together behind them: 部分公开、其他处理各1件; 不予公开、其他处理分别为19件、5件."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.lexer import Token
from gk_xl.checks.text.short_names import MATTERS
from gk_xl.checks.text.subject import GROUP

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LABELS: Final = frozenset(
    [
        "row", "decision", "charge", "applicant", "result", "case", "issue", "repeal", "in_force", "disclose", "receive", "answer",
        "carry",
    ]
)  # fmt: skip
"""What may be counted in a list whose numbers stand together behind it."""
_DECIDING: Final = ("decide", "dealt", "manage", "answer")
EACH: Final = ("各", "均为", "各有", "均有", "均只有", "均仅")
_SAID: Final = ("提出", "提交", "申请", "有", "为", "只有", "仅有", "仅")
"""Words between 各 and the number: 各提出1件."""
OTHERS: Final = ("其他", "其它", "其他组织", "其它组织")
SHORT_ROWS: Final = {
    "公开": "granted", "公开了": "granted", "信访类": "not_processed.petition", "信访": "not_processed.petition", "信访投诉": "not_processed.petition", "投诉": "not_processed.petition",
    "不处理": "not_processed.*", "重复": "not_processed.duplicate", "第三方": "refused.third_party", "国家秘密": "refused.state_secret",
    "法律禁止": "refused.legal_prohibition", "内部事务": "refused.internal_affairs", "过程性": "refused.deliberative",
    "行政查询": "refused.inquiry_matter", "另行制作": "unavailable.needs_creation", "需另行制作": "unavailable.needs_creation",
    "公开出版物": "not_processed.publication", "逾期未缴费": "otherwise.fee_unpaid", "内部管理": "refused.internal_affairs",
}  # fmt: skip
"""Rows by names so short that they mean one only right beside a count, in a list of rows."""
SHORT_APPLICANTS: Final = {
    "科研": "research", "公益": "public_interest", "法律服务": "legal_service", "商业": "commercial", "律师": "legal_service",
}  # fmt: skip
"""Kinds of applicants by such names, right beside a count in a list of them."""
OTHER: Final = {"result": "other", "applicant": "other", "row": "otherwise.*"}
"""What 其他 is in a list of such labels."""
PERSONS: Final = ("名", "人", "位", "户", "家")
"""接到1名牧民提出的信息公开申请1件: who applied is counted, too."""
_KINDS: Final = ("两类", "两种", "三类")
_OF_TWO: Final = ("前者", "后者")
_TWO: Final = 2
_CLOSE: Final = 6
"""So many words before 分别 may the result stand that its counts part."""
_LISTED: Final = frozenset({"row", "decision", "applicant", "case"})
_ACTS: Final = frozenset({"issue", "repeal", "in_force", "disclose"})
_PLAIN: Final = frozenset({"filler", "this", "year"})
_BETWEEN: Final = frozenset({"application", "list", "filler", "be", "among", "every", "dealt"})


def each(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return 部分公开、其他处理各1件 as 部分公开1件、其他处理1件."""
    for at, token in enumerate(found[:-1]):
        behind = at + 1 + (found[at + 1].text in _SAID and at + 2 < len(found))
        if token.text not in EACH or found[behind].sort != "count":
            continue
        ends = next((n for n in range(behind + 1, len(found)) if found[n].sort in ("mark", "count")), len(found))
        became = [other.name for other in found[behind + 1 : ends] if other.sort == "row"]
        if any(row.endswith(GROUP) for row in became):
            return (*found[:behind], *found[behind + 1 :])  # 信访和重复申请各1件不予处理: of each, none of the group
        if became:
            continue  # 自然人和企业申请各1件获公开: what became of them stands behind
        if people := _people(found, at):  # 自然人8名各1件
            each_his = found[behind]._replace(value=found[people].value * found[behind].value)
            return each((*found[:people], *found[people + 1 : at], each_his, *found[behind + 1 :]))
        front = at - (at > 1 and found[at - 1].name == "，")  # 来自企业、律所和科研机构，各1件
        labels, count = _leaves(_labels(found[:front])), found[behind]
        if {"case", "result"} <= {label.sort for label in labels}:
            if sum(label.sort == "case" for label in labels) > 1:
                return (*found[:behind], *found[behind + 1 :])  # 直接起诉和复议后起诉的维持、纠正各1件: whose is open
            labels = [
                label for label in labels if label.sort == "result"
            ]  # 复议维持、纠正各1件: 复议 is what they are of
        if any(label.sort == "carry" for label in labels):
            continue  # 上年结转、结转下年均为0件: to and from which year stands beside them
        together = any(label.sort == "case" for label in labels) and not count.value
        if len(labels) > 1 and not together:  # 行政复议、行政诉讼均为0件: both together
            first = next(index for index, other in enumerate(found) if other.start == labels[0].start)
            several, end = _counts(found, behind)
            if len(several) != len(labels):  # else 各1件、4件: one for each
                several, end = [count] * len(labels), behind + 1
            said_of_all = tuple(token for token in found[first:at] if token.text in MATTERS)[
                :1
            ]  # 处罚、强制事项均为0项
            pairs = [
                part
                for label, number in zip(labels, several, strict=True)
                for part in (label, *said_of_all, number, mark("、", number.end))
            ]
            return (*found[:first], *pairs[:-1], *found[end:])
        if any(other.text in _KINDS for other in found[:at]):
            return (*found[:behind], *found[behind + 1 :])  # 两类诉讼中结果纠正的各1件: of each kind, none of both
    return found


def _people(found: Sequence[Token], at: int) -> int:
    """Return where the number of those stands of whom each has as many, close before a place; 0 where none does."""
    for index in range(at - 1, max(at - _CLOSE, 0), -1):
        if found[index].sort == "count":
            return index if found[index].name in PERSONS else 0
        if found[index].sort == "mark":
            break
    return 0


def acts_shared(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return 制发规章2件、规范性文件26件 with the act before each of the two."""
    act, kept = None, list[Token]()
    for at, token in enumerate(found):
        before, behind = found[at - 1] if at else None, None
        if act is not None and token.sort in ("document", "count"):
            behind = next((other for other in found[at + 1 :] if other.sort not in _BETWEEN), None)
        if token.sort in _ACTS:
            act = token
        elif token.sort == "mark" and token.name != "、":
            act = None
        counted = token.sort == "document" and behind is not None and behind.sort == "count"
        listed = (
            at > 1 and (found[at - 1].name == "、" or found[at - 1].sort == "list") and found[at - 2].sort == "document"
        )
        if token.sort == "count" and act is not None and listed and behind is not None and behind.sort == "document":
            kept.append(act._replace(start=token.start, end=token.start))  # 废止的2件规章和21件规范性文件
        if counted and act is not None and before is not None and before.name == "、" and kept[-2:][0].sort == "count":
            kept.append(act._replace(start=token.start, end=token.start))
        kept.append(token)
    return tuple(kept)


def former_latter(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return 前者 and 后者 as the two labels listed before them, or as one each of two that were counted.

    直接起诉2件、复议后起诉6件，前者维持1件; 不予处理2件，前者属信访投诉，后者为重复申请.
    """
    at = next((index for index, token in enumerate(found) if token.text in _OF_TWO), 0)
    kinds = [token for token in found[:at] if token.sort in _LISTED and not token.name.endswith(GROUP)]
    pair = kinds[-_TWO:] if len({token.name for token in kinds[-_TWO:]}) == _TWO else []
    count = next((token for token in reversed(found[:at]) if token.sort == "count"), None)
    if len(pair) == _TWO and pair[0].sort == pair[1].sort:
        return tuple(
            pair[_OF_TWO.index(token.text)]._replace(start=token.start, end=token.end)
            if token.text in _OF_TWO
            else token
            for token in found
        )
    if count is None or count.value != _TWO:
        return found
    one = count._replace(value=1)
    return tuple(one._replace(start=token.start, end=token.end) if token.text in _OF_TWO else token for token in found)


def paired(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return 不予公开、其他处理分别为19件、5件 as 不予公开19件、其他处理5件; what does not pair off stays as it is."""
    at = next(index for index, token in enumerate(found) if token.text == "分别")
    labels = _labels(found[:at]) or _labels(
        found[: _announced(found, at)]
    )  # 许可、处罚两类决定，本年度分别作出36件、5件
    decided = bool(labels) and labels[0].sort == "decision"  # 许可、处罚分别作出决定36件、5件
    counts, end = _counts(found, at + 1, passing=_DECIDING if decided else ())
    if len(labels) == len(counts) + 1 and counts and labels[-1].sort == "receive" and labels[-2].sort == "applicant":
        labels = labels[:-1]  # 自然人、商业企业新收申请数依次为21件、6件
    if not labels and (begun := _of_matters(found, at)):
        labels, (counts, end) = begun, _counts(found, at + 1, passing=_DECIDING)
        pairs = [
            part for one, count in zip(begun, counts, strict=False) for part in (one, count, mark("、", count.end))
        ]
        return (*found[:at], *pairs[:-1], *found[end:]) if len(begun) == len(counts) else found
    if len(labels) < _TWO and len(counts) == _TWO and (told := _of_suits(found, at, counts)):
        return (*found[:at], mark("，", found[at].start), *told, *found[end:])
    if len(labels) < _TWO or len(labels) != len(counts):
        return found
    named = [_with_year(found, label) for label in labels]
    first = next(index for index, other in enumerate(found) if other.start == named[0][0].start)
    said_of_all = tuple(token for token in found[first:at] if token.text in MATTERS)[:1]  # 许可、处罚事项分别为2项、3项
    pairs = [
        part
        for label, count in zip(named, counts, strict=True)
        for part in (*label, *said_of_all, count, mark("、", count.end))
    ]
    return (*found[:first], *pairs[:-1], *found[end:])


def _announced(found: Sequence[Token], at: int) -> int:
    """Return where the ， stands that begins the clause of a place, if that holds nothing but filling before it; else 0."""
    start = next((index for index in range(at - 1, -1, -1) if found[index].sort not in _PLAIN), 0)
    return start if found[start].name == "，" else 0


def _of_matters(found: Sequence[Token], at: int) -> list[Token]:
    """Return the kinds of decisions whose matters were counted before a place, since the last ；: 许可事项22项、处罚事项403项，……."""
    start = next((index for index in range(at - 1, -1, -1) if found[index].name == "；"), 0)
    counted = any(token.sort == "count" and token.name == "项" for token in found[start:at])
    kinds = {token.name: token for token in found[start:at] if token.sort == "decision"}
    return list(kinds.values()) if counted and len(kinds) > 1 else []


def _of_suits(found: Sequence[Token], at: int, counts: Sequence[Token]) -> tuple[Token, ...]:
    """Return two counts as those of the two kinds of suits named before a place, with the result that stands right before it: 纠正3件，分别为2件和1件."""
    kinds = {token.name: token for token in found[:at] if token.sort == "case" and token.name.startswith("suit_")}
    result = next((token for token in reversed(found[max(at - _CLOSE, 0) : at]) if token.sort == "result"), None)
    if len(kinds) != _TWO or result is None:
        return ()
    told = [(kind, result, count, mark("、", count.end)) for kind, count in zip(kinds.values(), counts, strict=True)]
    return tuple(part for item in told for part in item)[:-1]


def _with_year(found: Sequence[Token], label: Token) -> tuple[Token, ...]:
    """Return a label with the year from or to which it carries: 上年结转、结转下年分别为1件、0件."""
    at = next(index for index, other in enumerate(found) if other.start == label.start)
    beside = found[at - 1 : at] if at and found[at - 1].sort == "last" else ()
    behind = found[at + 1 : at + 2] if found[at + 1].sort == "next" else ()
    return (*beside, label, *behind) if label.sort == "carry" else (label,)


def _leaves(labels: list[Token]) -> list[Token]:
    """Return labels without a group whose rows are among them: 内部事务信息、过程性信息不予公开各1件."""
    return [
        label
        for label in labels
        if not label.name.endswith(GROUP)
        or not any(other.name.startswith(label.name[:-1]) for other in labels if other is not label)
    ]


def _labels(before: Sequence[Token]) -> list[Token]:
    """Return the labels that stand right before 分别, in their order; among rows, those by short names too."""
    labels: list[Token] = []
    for token in reversed(before):
        if token.sort in LABELS:
            labels.insert(0, token)
        elif labels and labels[0].sort == "row" and token.text in SHORT_ROWS:
            labels.insert(0, token._replace(sort="row", name=SHORT_ROWS[token.text]))
        elif not labels and token.text in OTHERS:
            sort = next((other.sort for other in reversed(before) if other.sort in ("applicant", "result")), "")
            if not sort:
                break
            labels.insert(0, token._replace(sort=sort, name=OTHER[sort]))
        elif token.name != "、" and token.sort not in (*_BETWEEN, "last", "next") and not of_kinds(token):
            break
    return labels


def of_kinds(token: Token) -> bool:
    """Return whether a count only says how many labels there are: 三类."""
    return token.sort == "count" and token.name in ("类", "项", "种")


def _counts(found: Sequence[Token], start: int, passing: Collection[str] = ()) -> tuple[list[Token], int]:
    """Return the counts that stand together from a place on, and where they end; words of sorts ``passing`` may stand before."""
    counts, end = [], start
    for index in range(start, len(found)):
        token = found[index]
        if token.sort == "count":
            counts.append(token)
            end = index + 1
        elif (
            token.name != "、"
            and token.sort not in ("list", "be")
            and (counts or token.sort not in ("filler", "application", *passing))
        ):
            break
    return counts, end


def mark(mark: str, at: int) -> Token:
    """Return a mark that is not written."""
    return Token("mark", mark, at, at, mark)
