"""Sentence → statements on cases, documents, decisions and money, each with its period and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.text.context import frames
from gk_xl.checks.text.reader import Reader
from gk_xl.checks.text.statement import Scope, Statement
from gk_xl.form.patterns import regex
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.text.reader import Said
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.filing import Unit
    from gk_xl.form.schema import Edition

_SMALL: Final = (*(kind.id for kind in unit_kinds().values() if kind.small), "")
_RELEVANT: Final = regex(
    r"复议|诉|规范性文件|规章|行政(?:许可|处罚|强制)|行政事业性收费|采购|处理费|转|遗留|顺延|延续|公开|提供|处理|自然人|公民|法人|企业|组织|机构|跨年|未|正在|仍在|[尚还]在|到期"
)
_DISCLOSURE: Final = regex(r"信息公开|依(?:法)?申请|公开申请|申请公开|直接起诉|后起诉|结果维持|结果纠正")
_LATER: Final = regex(r"截[至止](?:目前|报告|发稿|本报告|发布)|目前|发布之日")
"""What is pending when the report is written, not at the year's end."""
CLASSIFIED: Final = regex(
    r"属性|主动公开类?(?:的)?\d+[件份条][^。]*(?:依申请公开|不予?公开)类?(?:的)?\d|公文|发文|制文|源头认定|文件[^，。；]{0,8}主动公开|印发文件|拟制|行文"
)
"""Marks of documents classified when drafted (主动公开20件，依申请公开5件，不予公开3件): no applications."""
_AMONG_THEM: Final = regex(r"其中[^，。；\d]{0,8}信息公开[^，。；\d]{0,8}\d")


class Setting(NamedTuple):
    """What a sentence is read with: edition, report year, unit, and the topic of what stands before or above it."""

    edition: Edition
    year: int | None
    unit: Unit
    topic: str = ""


def statements(sentence: Sentence, setting: Setting) -> Iterator[Statement]:
    """Yield what a sentence says of cases, documents, decisions and money."""
    if not _RELEVANT.search(sentence.masked):
        return
    government = setting.unit.kind.endswith("government")
    parts = sentence.clauses
    known = None
    for said in Reader(setting.edition, government, setting.year, setting.topic == "application").read(sentence.masked):
        known = known or frames(sentence.masked, parts, setting.year, setting.unit)
        index = next((n for n, clause in enumerate(parts) if said.start < clause.end), len(parts) - 1)
        period, scope = known[index]
        if said.number and said.subject.startswith("case:") and not _on_disclosure(sentence, said, scope, setting):
            continue
        if said.subject.startswith("outcome:") and CLASSIFIED.search(sentence.masked):
            continue
        if said.subject == "pending" and _LATER.search(sentence.masked):
            continue
        yield Statement(
            said.subject, said.number, said.unit, period, scope, sentence, said.vague, said.negated, said.sure,
            said.reading, said.start,
        )  # fmt: skip


def _on_disclosure(sentence: Sentence, said: Said, scope: Scope, setting: Setting) -> bool:
    """Return whether counted cases are those about disclosure: a small unit's are, others must say so."""
    if _AMONG_THEM.search(sentence.masked, said.start):
        return False  # 行政复议26件，其中涉及信息公开的2件
    whole = scope is Scope.WHOLE
    if setting.unit.kind in _SMALL and not whole:
        return True
    around = sentence.masked if whole else sentence.masked + sentence.heading
    return bool(_DISCLOSURE.search(around)) or (setting.topic in ("application", "case") and not whole)
