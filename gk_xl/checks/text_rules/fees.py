"""信息处理费: mentioned (X-12), against 表二's fees (X-11), against 表三's 逾期未缴费 (T3-10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.entries import chinese_number
from gk_xl.checks.registry import rule_function
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

FEE_CELL: Final = "t2.admin_fee.amount"
UNPAID_CELL: Final = "t3.otherwise.fee_unpaid.total"

_MENTIONED: Final = regex(
    r"信息处理费|处理费|(?:收取|收费|费用)[^。；]{0,20}(?:信息公开|依申请)|(?:信息公开|依申请)[^。；]{0,24}(?:收取|收费|费用)|(?:未|没有|无|不)收取[^。；]{0,12}费"
)
_AMOUNT: Final = regex(
    r"(?:信息处理费|处理费)(?:用)?(?:共计?|合计|累计|总计|总金额|金额|总额|为|是|：|实际|收取|的|标准)*(?P<number>\d+(?:\.\d+)?)(?P<unit>万元|元)"
    r"|(?:收取|征收)(?:了|政府)*(?P<number2>\d+(?:\.\d+)?)(?P<unit2>万元|元)(?:的)?(?:政府)?信息(?:公开)?(?:信息)?处理费"
)
_MONEY: Final = r"(?P<{0}>\d+(?:\.\d+)?|[一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+)(?P<unit{0}>万元|元)"
_ANY_AMOUNT: Final = regex(
    rf"信息处理费[^，。；：（\d]{{0,10}}?{_MONEY.format('a')}|(?:收取|收到|收入|计收|收费|收缴|实收)[^，。；：（\d]{{0,4}}?{_MONEY.format('b')}"
)
_FORMAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_RATE: Final = regex(r"标准|每[件页]|超过|以上|以下|不足|不满|上限|规定|应当|如需|如有")
_NOT_CHARGED: Final = regex(r"(?:未|没有|没|无|不)[^，。；]{0,10}信息处理费")
"""What is charged in such a sentence is another fee."""
_NO_FEE: Final = regex(
    r"(?:未|没有|无|不存在|未曾|均未)[^，。；]{0,16}?(?:收取|收费|产生|发生|发出|收)[^，。；]{0,16}?(?:信息处理费|处理费|费用|费|收费通知)|"
    r"(?:收取|征收)[^，。；]{0,10}(?:信息处理费|处理费|费用)[^，。；\d]{0,8}(?:0|零)(?:\.0+)?(?:万)?元|(?:信息处理费)(?:共|为|：|收取|共计|合计)*(?:0|零)(?:万)?元|"
    r"收费通知(?:书)?(?:共|为|：)?(?:0|零)[件份]|无(?:政府信息公开)?信息处理费|无收费"
)
_NOTICE_SENT: Final = regex(r"收费通知(?:书)?(?:共|为|：)?(?P<number>[1-9]\d*)[件份]")


def _fee(sentence: Sentence) -> float | None:
    """Return the 信息处理费 in yuan that a sentence states."""
    if "元" not in sentence.masked:
        return None
    match = _AMOUNT.search(sentence.masked)
    if match is not None:
        number, unit = match["number"] or match["number2"], match["unit"] or match["unit2"]
        return float(number) * (10_000 if unit == "万元" else 1)
    if "信息处理费" not in sentence.masked or _RATE.search(sentence.masked) or _NOT_CHARGED.search(sentence.masked):
        return None
    match = _ANY_AMOUNT.search(sentence.masked)
    if match is None:
        return None
    text, unit = match["a"] or match["b"], match["unita"] or match["unitb"]
    amount = float(text) if text[0].isdigit() else chinese_number(text.translate(_FORMAL))
    return None if amount is None else float(amount) * (10_000 if unit == "万元" else 1)


@rule_function("fees.mentioned", reads_text=True)
def mentioned(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-12: the report says what was charged for processing information, if only that it was nothing."""
    if not _MENTIONED.search(case.narrative.text()):
        section = case.edition.section("other_matters").heading
        yield rule.finding({"section": section}, (), place="narrative.other_matters")


@rule_function("fees.against_table", reads_text=True)
def against_table(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-11: what was charged is part of 行政事业性收费 in 表二."""
    value = case.filing.number(FEE_CELL) if FEE_CELL in case.edition.cells else None
    if value is None:
        return
    for sentence in case.narrative.sentences:
        yuan = _fee(sentence)
        if yuan and value < yuan / 10_000 - 1e-9 and not re.search(r"标准|按件|每件|超过", sentence.masked):
            said = round(yuan / 10_000, 6)
            values = {
                "excerpt": sentence.excerpt,
                "said": yuan,
                "tenthousand": said,
                "value": value,
                "cell": case.edition.describe(FEE_CELL),
            }
            yield rule.at(sentence, values, (FEE_CELL,), sides=(said, value))


@rule_function("fees.unpaid", reads_text=True)
def unpaid(case: Case, rule: Rule) -> Iterator[Finding]:
    """T3-10: applications closed because a fee was not paid, while the text says that no fee was asked."""
    value = case.filing.number(UNPAID_CELL) if UNPAID_CELL in case.edition.cells else None
    if not value or value < 0:
        return
    sentences = case.narrative.sentences
    if any(_NOTICE_SENT.search(sentence.masked) for sentence in sentences):
        return
    for sentence in sentences:
        if _NO_FEE.search(sentence.masked):
            yield rule.at(
                sentence,
                {"excerpt": sentence.excerpt, "value": value, "cell": case.edition.describe(UNPAID_CELL)},
                (UNPAID_CELL,),
            )
            return
