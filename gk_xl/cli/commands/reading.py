"""read: how a sentence is read, for whoever mends a reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gk_xl.checks.case import Case
from gk_xl.checks.text.context import Period, Scope, frames
from gk_xl.checks.text.lexer import tokens
from gk_xl.checks.text.reader import Reader
from gk_xl.checks.text_rules.figures import said
from gk_xl.errors import FormError
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    import argparse

    from gk_xl.checks.text.said import Trial
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.checks.text.statement import Statement

_SCOPES = {Scope.OWN: "本单位", Scope.OFFICE: "本级或全县", Scope.WHOLE: "全县（市、区）", Scope.OTHER: "别的机关"}
_PERIODS = {Period.THIS: "本年度", Period.OTHER: "别的时间"}


def read(options: argparse.Namespace) -> int:
    """Print each sentence's words, whose and of which year its clauses are, the readings tried, and what was read."""
    kinds = unit_kinds()
    if options.kind and options.kind not in kinds:
        known = "、".join(f"{kind.id}（{kind.label}）" for kind in kinds.values())
        raise FormError(f"单位类型 {options.kind} 不认识；可用：{known}。")
    word = kinds[options.kind].self_word if options.kind else ""
    filing = Filing.blank(options.year, Unit(options.unit, options.kind, word, ""))
    filing = replace(filing, narrative={"overview": (options.sentence,)})
    case = Case(filing)
    found = said(case)
    for sentence in case.narrative.sentences:
        _show(sentence, filing, [item for item in found if item.sentence is sentence])
    return 0


def _show(sentence: Sentence, filing: Filing, found: list[Statement]) -> None:
    """Print one sentence."""
    text = sentence.masked
    print(sentence.raw)
    print("  词：" + " ".join(f"{token.text}[{token.sort}]" for token in tokens(text, filing.edition)))
    for clause, frame in zip(sentence.clauses, frames(text, sentence.clauses, filing.year, filing.unit), strict=True):
        print(f"  分句“{clause.text}”：{_PERIODS[frame.period]}，{_SCOPES[frame.scope]}")
    trials: list[Trial] = []
    government = filing.unit.kind.endswith("government")
    Reader(filing.form, government, filing.year, trials=trials).read(text)
    for trial in trials:
        if trial.why != "words":
            words = "".join(token.text for token in trial.segment.tokens)
            print(f"  “{words}”按 {trial.reading.id} 读：{trial.why or '合'}")
    for item in found:
        number = "（说的是没有）" if item.negated else f" = {item.number:g} {item.unit}".rstrip()
        where = f"{_PERIODS[item.period]}，{_SCOPES[item.scope]}" + ("，约数" if item.vague else "")
        print(f"  读作：{item.subject}{number}（{where}）")
    if not found:
        print("  没有读出与表格对应的数。")
