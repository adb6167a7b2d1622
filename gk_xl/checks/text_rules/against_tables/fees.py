"""信息处理费: mentioned (X-12), against 表二's fees (X-11), 表三's 逾期未缴费 (T3-10), notices and tariff (X-42)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.registry import rule_function
from gk_xl.checks.text.subject import Subject
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.statement import Statement
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

FEE_CELL: Final = "t2.admin_fee.amount"
UNPAID_CELL: Final = "t3.otherwise.fee_unpaid.total"

_FEE: Final = Subject("charge", row="processing_fee")
_NOTICES: Final = Subject("charge", row="notice")
HIGHEST: Final = 100_000
"""Yuan above which a fee for processing information is surely in the wrong unit."""


@rule_function("fees.mentioned")
def mentioned(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-12: the report says what was charged for processing information, if only that it was nothing; a hint where it says so elsewhere than in 六."""
    section, six = case.edition.section("other_matters").heading, case.narrative.text("other_matters")
    values: dict[str, object] = {"section": section, "where": "全文"}
    if not _WORDS.mentioned.search(case.narrative.text()) and not (
        _WORDS.sent.search(case.narrative.whole) or _WORDS.charged.search(six)
    ):
        yield rule.finding(values, place="narrative.other_matters")
    elif not _WORDS.mentioned.search(six) and not _WORDS.sent.search(six):
        values["where"] = f"“{section}”"
        yield rule.finding(values, severity=Severity.HINT, place="narrative.other_matters")


@rule_function("fees.against_table")
def against_table(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-11: what was charged is part of 行政事业性收费 in 表二."""
    value = case.filing.number(FEE_CELL) if FEE_CELL in case.edition.cells else None
    if value is None:
        return
    for item in said(case):
        if item.subject == _FEE and item.binding and item.number and value < item.number / 10_000 - 1e-9:
            ten_thousands = round(item.number / 10_000, 6)
            values = {
                "said": item.number,
                "tenthousand": ten_thousands,
                "value": value,
                "cell": case.edition.describe(FEE_CELL),
            }
            yield rule.at(item.sentence, values, (FEE_CELL,), sides=(ten_thousands, value))


@rule_function("fees.unpaid")
def unpaid(case: Case, rule: Rule) -> Iterator[Finding]:
    """T3-10: applications closed because a fee was not paid, while the text says that no fee was asked."""
    value = case.filing.number(UNPAID_CELL) if UNPAID_CELL in case.edition.cells else None
    if not value or value < 0:
        return
    told = [item for item in said(case) if item.subject in (_FEE, _NOTICES)]
    if any(item.subject == _NOTICES and item.number for item in told) or _WORDS.sent.search(case.narrative.whole):
        return
    for item in told:
        if "本级" in item.sentence.masked:
            continue  # 省政府本级未收取: of the whole province it says nothing
        if item.number == 0:
            values = {"value": value, "cell": case.edition.describe(UNPAID_CELL)}
            yield rule.at(item.sentence, values, (UNPAID_CELL,))
            return


@rule_function("fees.amounts")
def fees(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-42: a fee without a notice (an error), more notices than applications, an amount that the tariff cannot give (a hint)."""
    told: dict[int, dict[Subject, Statement]] = {}
    for item in said(case):
        if item.subject in (_FEE, _NOTICES):
            told.setdefault(id(item.sentence), {}).setdefault(item.subject, item)
    for found in told.values():
        notice, fee = found.get(_NOTICES), found.get(_FEE)
        problem, severity = _fee_problem(case, notice and notice.number, fee and fee.number)
        sentence = next(iter(found.values())).sentence
        if problem and not _WORDS.tariff.search(sentence.masked):
            yield rule.at(sentence, problem, severity=severity)


def _fee_problem(case: Case, notices: float | None, yuan: float | None) -> tuple[str, Severity | None]:
    """Return what is wrong with notices and fee, and how grave it is where that is not the rule's own."""
    if notices == 0 and yuan:
        return f"没有发出收费通知，却收取了 {show(yuan)} 元", None
    if yuan and yuan >= HIGHEST:
        return f"信息处理费 {show(yuan)} 元，多半是单位写错了（元、万元）", Severity.WARNING
    counted = [case.filing.number(f"t3.{row}.total") for row in ("received_new", "carried_in")]
    handled = None if None in counted else sum(number or 0 for number in counted)
    if notices and handled is not None and notices > handled:
        return f"收费通知 {notices} 件，多于收到和结转的申请 {show(handled)} 件", Severity.WARNING
    if yuan and yuan % 10:
        return f"按收费标准（每件 100 元起，每页 10、20、40 元）收不出 {show(yuan)} 元", Severity.HINT
    return "", None
