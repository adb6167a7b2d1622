"""read: how a sentence is read, for whoever mends a reading."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from gk_xl.checks.case import Case
from gk_xl.checks.text.context import Period, Scope, frames
from gk_xl.checks.text.lexer import tokens
from gk_xl.checks.text.statements import Setting, topic_of_heading
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.units import named_kind, unit_kinds

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from gk_xl.checks.text.said import Trial
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.checks.text.statement import Statement

_SCOPES = {Scope.OWN: "本单位", Scope.OFFICE: "本级或全县", Scope.WHOLE: "全县（市、区）", Scope.OTHER: "别的机关"}
_PERIODS = {Period.THIS: "本年度", Period.OTHER: "别的时间"}


def read(options: argparse.Namespace) -> int:
    """Print each sentence's words, whose and of which year its clauses are, the readings tried, and what was read."""
    kind = named_kind(options.kind, options.unit)
    word = unit_kinds()[kind].self_word if kind else ""
    filing = Filing.blank(options.year or time.localtime().tm_year - 1, Unit(options.unit, kind, word, ""))
    filing = replace(filing, narrative={"overview": (options.sentence,)})
    case = Case(filing)
    found, topic = said(case), ""
    for sentence in case.narrative.sentences:
        topic = _show(sentence, filing, [item for item in found if item.sentence is sentence], topic)
    return 0


def _show(sentence: Sentence, filing: Filing, found: list[Statement], topic: str) -> str:
    """Print one sentence, read behind what the ones before it were about; return what it was about."""
    text = sentence.masked
    print(sentence.raw)
    print("  词：" + " ".join(f"{token.text}[{token.sort}]" for token in tokens(text, filing.edition)))
    for clause, frame in zip(sentence.clauses, frames(text, filing.year, filing.unit), strict=True):
        print(f"  分句“{clause.text}”：{_PERIODS[frame.period]}，{_SCOPES[frame.scope]}")
    trials: list[Trial] = []
    reader = Setting(filing.form, filing.year, filing.unit).reader(
        topic or topic_of_heading(sentence.heading, filing.form.id), trials
    )
    reader.read(text)
    for words, why, names in _grouped(trials):
        print(f"  “{words}”按 {'、'.join(names)} 读：{why or '合'}")
    for item in found:
        number = "（说的是没有）" if item.negated and not item.number else f" = {item.number:g} {item.unit}".rstrip()
        if item.subject.every:
            number = "（说的是全部）"
        where = f"{_PERIODS[item.period]}，{_SCOPES[item.scope]}" + ("，约数" if item.vague else "")
        print(f"  读作：{item.subject}{number}（{where}）")
    if not found:
        print("  没有读出与表格对应的数。")
    return reader.topic


def _grouped(trials: list[Trial]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what was tried on which words, readings that failed for one reason together; those with other words left out."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for trial in trials:
        if trial.why != "words":
            words = "".join(token.text for token in trial.segment.tokens)
            grouped.setdefault((words, trial.why), []).append(trial.reading.id)
    yield from ((words, why, list(dict.fromkeys(names))) for (words, why), names in grouped.items())
