"""Items of a list of outcomes in words of their own → the rows that the words mean: 学籍档案查询2件, 3件实为邻里纠纷.

No list of names holds what offices call such items, but they hold few words that tell of one row and of no other. Read so
are items of a sentence that names rows; what is read so is not sure.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.lexer import SUGGESTED, Token
from gk_xl.checks.text.paired import PERSONS
from gk_xl.checks.text.shorthand import COUNTED
from gk_xl.checks.text.subject import GROUP
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

_ROWS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("granted", regex(r"^(?:(?:同意|给予|予以)提供|都?给了?全|全(?:部|都)?(?:给|提供)|直接(?:公开|给)|给了?(?:全部|完整|所有)|提供了?(?:全部|完整|所有)|(?:已|已经)(?:予以|向其|依法)*公开了?$)")),
    ("partial", regex(r"给了?部分|部分(?:提供|给)|给了?一部分|(?:遮|隐去|抹去|删去|屏蔽|脱敏)[^，；]{0,12}(?:公开|提供|给)")),
    ("refused.state_secret", regex(r"国家秘密|涉密|机密|密级")),
    ("refused.third_party", regex(r"第三[方人][^，；]{0,8}(?:不(?:同意|愿)|反对)|(?:商业|经营|技术)秘密|隐私|(?:他人|别人|旁人|邻居|他户|别家)[^，；]{0,8}(?:信息|情况|资料|材料|协议)|不(?:同意|愿意?|肯)(?:公开|提供)")),
    ("refused.internal_affairs", regex(r"内部(?:的|人事|工作|干部|后勤|管理|事务|会议|考核|机构|财务|车辆|行政|运转|办公|流程|材料|信息|记录|资料|通讯)|(?:人事|后勤)管理|(?:考核|值班|考勤|花名)(?:材料|信息|表|册|安排)")),
    ("refused.deliberative", regex(r"过程性?|(?:讨论|送审|审议|征求意见|未定)稿|初稿|草稿|草案|论证(?:材料|稿|意见)|(?:没有?|未)(?:敲|最终|最后|正式|审)?定(?!期)|(?:没有?|未)(?:正式)?(?:公布|批准|批复|印发|成熟)|(?:还在|尚在|正在|仍在)(?:研究|讨论|论证|酝酿|拟|起草|编制)|(?:研究|讨论|论证|酝酿|审议|起草)(?:阶段|过程|中)|磋商|会商|请示|讨论记录")),
    ("refused.enforcement_file", regex(r"案卷|卷宗|执法(?:档案|材料|记录)|处罚(?:档案|材料)|办案(?:材料|记录)|(?:执法|检查|稽查)[^，；]{0,4}卷")),
    ("refused.inquiry_matter", regex(r"^(?:(?!告知|引导|建议|[向可到]).){0,24}(?:查询|查档)(?:类|事项|信息|业务|结果)*(?:的|有|为|共|计)*$|查询(?:告知|引导)|查[^，；]{0,6}(?:底册|档案|登记簿|户口|户籍|学籍|参保)|^[^，；]{0,8}(?:属于?|是|系|为)(?:查询?|查阅|查档)[^，；]{2,10}(?:档案|登记|信息|底册)的?$")),
    ("unavailable.not_held", regex(r"(?:根本|都|也|均|并|从)?(?:没有?|未|不)(?:曾|有)?(?:掌握|保管|保存|留存|存(?:过|有|这|该|档|放|$)|制作|获取|形成)|没有?的(?:材料|资料|信息|东西)|非[本我][^，；]{1,4}(?:掌握|保存|制作|管理)|属于?其他(?:机关|部门|单位)|(?:没有?|无)(?:相关|这个?|该|此|这份|这类|这方面|对应|有关|申请的|所要的)*(?:材料|资料|信息|文件|东西|档案|记录|数据)的?$|查无|不存在|(?:不归|不由|不是|不属)[^，；]{1,8}(?:掌握|管|保管|保存|制作)")),
    ("unavailable.needs_creation", regex(r"(?:没有?|无)现成|(?:需要?|须|(?<!索)要|得)(?!求)[^，；]{0,16}(?:加工|汇总|统计|制作|分析|整理|编制|做|归纳|计算|梳理)")),
    ("unavailable.unclear", regex(r"(?:内容|表述|指向|描述|要求|诉求|事项|对象|补正|要什么|仍|还是|仍然|依然)[^，；]{0,8}(?:不(?:够|太)?(?:明确|明|清楚|清|具体)|不知|说不|看不|模糊|含混|含糊|笼统)|^(?:的|仍)*(?:不(?:明确|清楚|清晰|具体))|不知道?要什么|(?:说|讲|写)不(?:清|明)|无法(?:识别|判断|辨别|确定|理解)")),
    ("not_processed.petition", regex(r"信访|上访|投诉|举报|纠纷|反映[^，；]{0,14}(?:问题|情况|诉求)|(?:维权|利益)诉求|求决")),
    ("not_processed.duplicate", regex(r"重复(?!出具|确认)|(?:又|再次?|多次)(?:提|来|申请)|同一(?:内容|事项)|(?:好几|多|几)[遍次]")),
    ("not_processed.publication", regex(r"出版物|年鉴|志书|县志|公报|报[纸刊]|期刊|书[籍刊]")),
    ("not_processed.excessive", regex(r"大量|频次|频繁|反复申请|数量[^，；]{0,4}(?:过多|过大|畸高|明显)|超出合理")),
    ("not_processed.reconfirm", regex(r"(?:再次?|重新|另行)(?:作?出具|确认|书面确认|答复确认)|确认[^，；]{0,6}已|已[^，；]{0,4}(?:取得|获取|得到|掌握|拿到)[^，；]{0,10}(?:确认|出具|盖章)|盖章(?:确认|证明)")),
    ("otherwise.correction_overdue", regex(r"(?:逾期|到期|期满|超期|未按期|未按时|一直|始终|迟迟)?(?:不|没有?|未|无)(?:予|按期|按时|按要求|在规定期限内?|在期限内)*(?:提交|提供)?补(?!正(?:后|过|到))|补正[^，；]{0,8}[没未无](?:有|见)?(?:下文|回音|回复|回应|答复|反馈|提交|再来)")),
    ("otherwise.fee_unpaid", regex(r"(?:未|不|没有?|拒)[^，；]{0,10}(?:缴|交)(?:纳|付|来)?(?:了)?(?:费|款|钱|信息处理费|处理费|$|的)")),
)  # fmt: skip
"""What the words of an item hold that tell of a row."""
_UNITS: Final = (*COUNTED, "份", "例")
_APART: Final = frozenset(
    [
        "receive", "last", "to_handle", "document", "decision", "purchase", "money", "share", "channel", "answer", "each", "classified",
        "repeal", "in_force", "disclose",
    ]
)  # fmt: skip
"""Sorts of what makes an item one of something else."""
_TURNED: Final = frozenset({"carry", "across", "next", "case", "result"})
"""The same, wherever in an item."""
_OF_OTHERS: Final = regex(
    r"培训|会议(?!内部|纪要|记录|材料)|热线|平台|网站|电话|建议|提案|稿件|答复书|告知书|通知书|征求|征询|延期|延长|评估|督办|指导|协调|审查|调查|回访|约谈|整改|公众号|撤回|转办|平均|最|内容(?:涉及|为|是|集中|主要|上)|领域|涉及的|同时|分别|类别|主题"
)
_LEADING: Final = frozenset({"list", "among", "every", "number", "year", "this"})
_OPENING: Final = ("除", "其余", "另外", "其他", "其它")
_MERGED: Final = frozenset({"unknown", "filler", "elsewhere", "info", "title", "applicant"})
"""Sorts of what a row may be told of, between its name and its number."""
_DONE: Final = ("granted", "partial", "unavailable.")
"""Rows whose names are verbs, which are told of something."""
_EXAMPLES: Final = regex(r"等(?:原因|理由|情形|情况)?$")
_BECAUSE: Final = ("因", "由于")
_LEAST: Final = 3
"""So many rows must the words of a sentence tell of that speaks of applications and names none."""
_LONGEST: Final = 16
"""So many words may an item have."""


def in_own_words(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens of a sentence that names rows with the words of such items as one row each."""
    rows = {token.name for token in found if token.sort == "row"} - {"not_processed.petition"}
    if not rows and not any(token.sort == "application" for token in found):
        return found
    runs = list(_runs(found))
    told = [_told(run, _behind(runs, at)) for at, run in enumerate(runs)]
    for at in range(2, len(runs)):
        if [token.text for token in runs[at - 1]] == ["，"]:
            told[at] = _for_a_reason(told[at - 2], told[at])
    meant = {token.name for run in told for token in run if token.sort == "row"}
    if not rows and len(meant) < _LEAST:
        return found
    counted = [token.name for run in told if any(map(_is_count, run)) for token in run if token.sort == "row"]
    kept: list[Token] = []
    for run, item in zip(runs, told, strict=True):
        row = next((token for token in item if token.sort == "row" and token.value), None)
        kept += run if row is not None and counted.count(row.name) > 1 else item  # of one row together
    return tuple(kept)


def _is_count(token: Token) -> bool:
    return token.sort == "count"


def _runs(found: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the words between two marks, and the marks each for itself."""
    run: list[Token] = []
    for token in found:
        if token.sort == "mark":
            yield run
            yield [token]
            run = []
        else:
            run.append(token)
    yield run


def _behind(runs: Sequence[list[Token]], at: int) -> set[str]:
    """Return the rows that the clause behind a place names, where it counts nothing: 2件涉及隐私，征求意见后予以公开."""
    clause = runs[at + 2] if at + 2 < len(runs) and [token.text for token in runs[at + 1]] == ["，"] else ()
    return set() if any(map(_is_count, clause)) else {token.name for token in clause if token.sort == "row"}


def _told(run: list[Token], behind: set[str]) -> list[Token]:
    """Return the words of one item with those that mean a row as this row, where the clause ``behind`` it names none or its group."""
    places = [
        at
        for at, token in enumerate(run)
        if _is_count(token) and token.name not in PERSONS and not (at and run[at - 1].text.endswith("同"))
    ]
    if len(places) != 1 or len(run) > _LONGEST or run[places[0]].name not in _UNITS or not run[places[0]].value:
        return run
    passed_on = zip(run, (*run[1:], None), strict=True)
    if any(one.sort in _TURNED and (other is None or other.sort != "elsewhere") for one, other in passed_on):
        return run
    at, named = places[0], [token for token in run if token.sort == "row"]
    if any(not token.name.endswith(GROUP) for token in named):
        return _whole(run, run.index(named[0]), at) if len(named) == 1 else run
    groups = {token.name for token in named} | behind
    if any(not name.endswith(GROUP) for name in groups):
        return run
    for first, end in ((0, at), (at + 1, len(run))):
        leading = takewhile(lambda token: token.sort in _LEADING or token.text in _OPENING, run[first:end])
        start = first + len(list(leading))
        words = run[start:end]
        text = "".join([token.text for token in words])
        own = "".join([token.text for token in words if token.sort != "row"])
        if any(token.sort in _APART for token in words) or _OF_OTHERS.search(text) or _EXAMPLES.search(own):
            break
        row = _row(text, groups)
        if any(map(_applies, words, [*words[1:], None])) and (
            not start or row == "not_processed.petition" or end == at
        ):
            break  # 企业投诉2件 are those of one kind
        if row:
            return [*run[:start], Token("row", row, words[0].start, words[-1].end, text, SUGGESTED), *run[end:]]
    return run


def _whole(run: list[Token], row: int, count: int) -> list[Token]:
    """Return an item with what its row is told of, between the row and its number, as part of the row's name: 需加工预算数据的2件, 1件遮盖账号后部分公开."""
    start, end = (row + 1, count) if row < count else (count + 1, row)
    between = run[start:end]
    apart = any(token.sort not in _MERGED for token in between) or not run[row].name.startswith(_DONE)
    plain = all(token.sort == "filler" for token in between)
    if apart or plain or any(map(_applies, between, [*between[1:], None])):
        return run
    first, last = (run[row], run[end - 1]) if row < count else (run[start], run[row])
    name = run[row]._replace(start=first.start, end=last.end)
    return [*run[:row], name, *run[end:]] if row < count else [*run[:start], name, *run[row + 1 :]]


def _for_a_reason(before: Sequence[Token], run: list[Token]) -> list[Token]:
    """Return an item of a group alone as the one row that the clause before it gives as the reason: 投标文件涉及商业秘密，不予公开2件."""
    sorts = [token.sort for token in run if token.sort != "filler"]
    text = "".join([token.text for token in before])
    open_before = text.startswith(_BECAUSE) or any(
        token.sort in ("count", "row", "answer", "receive") for token in before
    )
    if sorts != ["row", "count"] or open_before or not before or not run[-1].value:
        return run
    at = next(index for index, token in enumerate(run) if token.sort == "row")
    row = _row(text, {run[at].name})
    return [*run[:at], run[at]._replace(name=row, value=SUGGESTED), *run[at + 1 :]] if row else run


def _applies(token: Token, behind: Token | None) -> bool:
    """Return whether a kind of applicants is named as such: not 个人 in 个人参保情况."""
    return token.sort == "applicant" and (behind is None or behind.sort not in ("unknown", "info"))


def _row(text: str, groups: set[str]) -> str:
    """Return the one row that words tell of, one of the groups that are named beside them; empty where they tell of none or of several."""
    told = [row for row, pattern in _ROWS if pattern.search(text)]
    told = [row for row in told if not groups or f"{row.partition('.')[0]}{GROUP}" in groups]
    return told[0] if len(told) == 1 else ""
