"""What 表二 has and the text denies (X-36) or exceeds (X-37): rules, documents, decisions, fees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

_DENIED: Final = regex(
    r"(?:未|没有|无(?![法效关误障人线偿证害主房照烟船毒接残籍]))(?:新)?(?P<what>(?:(?!的[^，。；：（）\d]{2,16}(?:作|做)出)[^，。；：（）\d]){2,44})"
)
"""对未年检的社会组织作出行政处罚2件: what was not done is another's."""
_MAKING: Final = (
    ("废止", "repealed"),
    ("失效", "repealed"),
    ("现行有效", "in_force"),
    ("制发", "issued"),
    ("制定", "issued"),
    ("出台", "issued"),
    ("印发", "issued"),
    ("发布", "issued"),
    ("新增", "issued"),
)
_DECISIONS: Final = {
    "行政许可": "t2.licence.decisions",
    "行政处罚": "t2.penalty.decisions",
    "行政强制": "t2.compulsion.decisions",
    "行政事业性收费": "t2.admin_fee.amount",
}


@rule_function("decisions.denied")
def denied(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-36: the text says that no rules, documents, decisions or fees were made, 表二 has some; one finding a sentence."""
    year = case.filing.year
    for sentence in case.narrative.sentences:
        text = sentence.masked
        if sentence.part == "problems" or not ("规范性文件" in text or "规章" in text or "行政" in text):
            continue
        if any(year is not None and int(named) != year for named in re.findall(r"(\d{4})年", text)):
            continue
        for match in _DENIED.finditer(text):
            what = match["what"]
            if _WORDS.no_denial.search(what) or _WORDS.another.search(
                text[max(0, match.start() - 14) : match.start()] + what
            ):
                continue
            found = next(((cell, value) for cell in _cells_denied(what) if (value := case.filing.number(cell))), None)
            if found and found[0] in case.edition.cells:
                cell, value = found
                values = {"what": match[0], "cell": case.edition.describe(cell), "value": value}
                yield rule.at(sentence, values, (cell,), sides=(0, value))
                break


def _cells_denied(what: str) -> Iterator[str]:
    """Yield the cells of 表二 that a denial speaks of."""
    kinds = [kind for word, kind in (("规章", "rules"), ("规范性文件", "normative_doc")) if word in what]
    if "规章制度" in what:
        kinds = [kind for kind in kinds if kind != "rules"]
    columns = dict.fromkeys(column for word, column in _MAKING if word in what) or {"issued": None}
    yield from (f"t2.{kind}.{column}" for kind in kinds for column in columns)
    yield from (cell for word, cell in _DECISIONS.items() if word in what)


_PUBLISHED: Final = regex(
    r"(?:^|[，。；：、]|全年|共|累计|及时|依法)(?:公开|公示|公布)(?:了|作出的|办理的)?(?=行政(?:许可|处罚|强制))(?P<list>[^，。；（）]{4,60})"
)
_DECIDED: Final = regex(r"(?P<what>行政(?:许可|处罚|强制))(?:决定|案件)?(?:共|信息)?(?P<number>\d+)(?P<unit>件|宗|起)")


@rule_function("decisions.published")
def published(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-37: more licences, penalties, measures published than 表二 says were decided; one finding a sentence."""
    for sentence in case.narrative.sentences:
        if "行政" not in sentence.masked:
            continue
        for match in _PUBLISHED.finditer(sentence.masked):
            for item in _DECIDED.finditer(match["list"]):
                cell = _DECISIONS[item["what"]]
                value = case.filing.number(cell) if cell in case.edition.cells else None
                if value is not None and int(item["number"]) > value:
                    values = {
                        "said": item["number"],
                        "what": item["what"],
                        "cell": case.edition.describe(cell),
                        "value": value,
                    }
                    yield rule.at(sentence, values, (cell,), sides=(int(item["number"]), value))
                    break
