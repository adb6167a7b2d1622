"""X-41, two cells of the tables that the text holds against one another in words: 办结的申请多于新收, 仅自然人提出过申请."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.text_rules.against_tables.shares import named_in
from gk_xl.checks.text_rules.against_tables.targets import DONE, IN, NEW, OUT, sum_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case

_WORDS: Final = Words(__file__)

_HELD: Final = regex(
    r"(?P<one>[^，。；：（）、\d]{2,22}?)(?:件数|数量|总数|数)?(?P<way>多于|高于|超过|大于|少于|低于|不及|小于|等于)(?P<other>[^，。；：（）、\d]{2,18}?)(?:的)?(?:申请|件数|数量|数)?(?=[，。；])"
    r"|(?P<first>行政复议|自然人|商业企业|[^，。；：（）、\d]{2,12}?)(?:案件|申请)?[与和同](?P<second>行政诉讼|[^，。；：（）、\d]{2,12}?)(?:案件|申请)?(?:的)?(?:件数|数量|数)(?P<alike>相同|相等|一样|持平|不同|不等)(?=[，。；])"
)
_MORE: Final = ("多于", "高于", "超过", "大于")
_LESS: Final = ("少于", "低于", "不及", "小于")
_ONLY: Final = regex(
    r"(?:仅|只)(?:有)?(?P<who>[^，。；：（）\d]{2,20}?)(?:向[^，。；\d]{1,8}?)?提(?:出|交)过?(?:了)?(?:政府信息公开|信息公开)?申请"
)


def denied_side_by_side(text: str, case: Case) -> Iterator[str]:
    """Yield what the tables deny of two of their numbers that a folded sentence compares in words, or of who alone applied."""
    if _WORDS.apart.search(text):
        return
    for match in _HELD.finditer(text):
        one, other = (_number(match[a] or match[b], case) for a, b in (("one", "first"), ("other", "second")))
        if one is None or other is None:
            continue
        way = match["way"] or match["alike"]
        if way in _MORE:
            right = one > other
        elif way in _LESS:
            right = one < other
        else:
            right = (one == other) is (way not in ("不同", "不等"))
        if not right:
            yield f"“{match[0]}”：表里一个是 {show(one)}，一个是 {show(other)}"
    for match in _ONLY.finditer(text):
        yield from _only(match["who"], match[0], case)


def _only(who: str, said: str, case: Case) -> Iterator[str]:
    """Yield a kind of applicants that applied, too, though others are said to have done so alone."""
    columns = {named_in(label, case.edition.id)[0] for label in _WORDS.parted.split(who)}
    if not columns or "" in columns:
        return
    for cell in case.edition.matching("t3.received_new.*"):
        number = case.filing.number(cell.id)
        if cell.column != "total" and cell.column not in columns and number:
            yield f"“{said}”：表三里{cell.column_label}也有 {show(number)} 件"


def _number(label: str, case: Case) -> float | None:
    """Return the number of the tables that a label names, None where it names none, or more than one."""
    known = [cells for form, cells in _TOTALS if form.search(label)]
    if len(known) == 1:
        return sum_of(known[0], case.filing)
    column, row = ("", "") if known else named_in(label, case.edition.id)
    if bool(column) == bool(row):
        return None
    cells = [f"t3.received_new.{column}"] if column else [cell.id for cell in case.edition.matching(f"t3.{row}.total")]
    return sum_of(cells, case.filing)


_TOTALS: Final = (
    (regex("办结|结案"), [DONE]),
    (regex("新收|新增申请"), [NEW]),
    (regex("上年结转|结转(?:到|至)本年"), [IN]),
    (regex("结转下年|转入下年"), [OUT]),
    (regex("行政复议(?!后)"), ["t4.reconsideration.total"]),
    (regex("行政诉讼"), ["t4.suit_direct.total", "t4.suit_after.total"]),
    (regex("行政许可"), ["t2.licence.decisions"]),
    (regex("行政处罚"), ["t2.penalty.decisions"]),
)
"""What is named otherwise than by a row's or a column's label."""
