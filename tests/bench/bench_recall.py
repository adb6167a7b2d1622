"""Recall by change: every figure that a right text states is changed in the tables, one at a time; and the finding is counted.

Run ``python tests/bench/bench_recall.py [-v]``. ``stated_texts.jsonl`` holds right texts of all kinds of units, written
without sight of the rules, each with the cells that it speaks of (``t3.refused.*.total``: the sum of a group's rows) and,
as ``besides``, those without which it would not be right (a fee that was charged is among 表二's). Asked are those whose
number the text gives of that cell (not those under ``reckoned``: their number stands there of
something else, or is only to be worked out). A figure counts as found when the changed table brings a finding of the
text that the right one does not, and that a sentence without content in place of the text does not bring either. Judged
are the rules that read the text; it is read once. With ``-v`` the missed are listed by what was read of them. Also counts the right texts that are accused.
"""

from __future__ import annotations

import fnmatch
import json
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from gk_xl import Filing, load_edition
from gk_xl.checks.case import Case
from gk_xl.checks.catalogue import OFF, catalogue_of
from gk_xl.checks.registry import rule_functions
from gk_xl.checks.text.sentences import fold
from gk_xl.checks.text.statements import unclaimed
from gk_xl.checks.text.tokens import counts
from gk_xl.checks.text_rules.against_tables.figures import said
from gk_xl.form.finding import Severity

TEXTS = Path(__file__).with_name("stated_texts.jsonl")
EDITION = "2021"  # of texts that name none
OWN_HEADING = re.compile(r"（(?P<number>[一二三四五])）|[1-5一二三四五][.、．]|[一二三四五]是")
"""So a text begins that brings its headings with it."""
EMPTY = "工作平稳有序开展。"
MEASURED = {
    "t3.received_new.total": "新收", "t3.outcome_total.total": "办理", "t3.carried_in.total": "上年结转",
    "t3.carried_out.total": "结转下年度", "t4.reconsideration.*": "行政复议", "t4.suit_*": "行政诉讼",
    "t2.rules.*": "文件", "t2.normative_doc.*": "文件", "t2.admin_fee.*": "收费", "t2.procurement.*": "采购", "t2.*": "行政决定", "t3.*.total": "办理结果", "t3.*": "申请人",
}  # fmt: skip


def case_of(text, cells, told):
    """Return a filing with one text, as rules judge it."""
    filing = {
        "edition": told.get("edition", EDITION),
        "year": told["year"],
        "unit": {"name": told["unit"], "kind": told["kind"], "self": "", "county": ""},
        "cells": cells,
        "narrative": {told["part"]: [*headings(told), *text.split("\n")]},
    }
    return Case(Filing.loads(json.dumps(filing), "x"))


def with_cells(case, cells):
    """Return a case with other numbers and the same text, which is not read again."""
    changed = replace(case, filing=replace(case.filing, cells=cells))
    changed.__dict__["narrative"] = case.narrative
    return changed


def codes(case):
    """Return how often each rule on the text speaks, by how grave its findings are."""
    found = Counter()
    edition = case.filing.edition
    for rule in catalogue_of(edition).values():
        function = rule_functions().get(rule.call)
        if (
            function is not None
            and function.reads_text
            and rule.unless_asked != OFF
            and rule.applies(edition, case.filing.unit.kind, case.filing.year)
        ):
            found.update((item.code, gravity(rule, item)) for item in function.judge(case, rule))
    return Counter({key: number for key, number in found.items() if key[1] != "not_assessable"})


def gravity(rule, item):
    """Return how grave a finding is where no profile asks for its rule, as in a check."""
    asked_by_some = rule.unless_asked == Severity.HINT and item.severity.level > Severity.HINT.level
    return (Severity.HINT if asked_by_some else item.severity).value


def cause(case, number):
    """Return what was read of a number that was missed."""
    left = unclaimed(case.narrative, case.edition, case.filing.year, case.filing.unit)
    read = [item for item in (*said(case), *left) if item.number == number and not item.negated]
    return (
        "; ".join(
            f"{item.subject} {item.period.value} {item.scope.value}{' vague' if item.vague else ''}" for item in read
        )
        or "nothing read"
    )


def headings(told):
    """Return the heading under which a text of 一 stands, by what it speaks of."""
    own = OWN_HEADING.match(told["text"])
    if own:  # what is cut out of a report from its second heading on has the first before it
        names = load_edition(told.get("edition", EDITION)).section("overview").parts
        before = max("一二三四五".find(own["number"] or "一"), 0)
        return [f"（{'一二三四五'[at]}）{name}。{EMPTY}" for at, name in enumerate(names[:before])]
    tables = {cell.partition(".")[0] for cell in told["cells"]}
    if told["part"] != "overview" or not tables:
        return []
    return ["（二）依申请公开"] if "t3" in tables or "t4" in tables else ["（三）政府信息管理"]


def stated(told):
    """Return the cells of a filing that holds what a text states, and which cell to change for each statement."""
    edition = load_edition(told.get("edition", EDITION))
    cells = dict.fromkeys(edition.cells, 0)
    cells |= {cell: value for cell, value in told["cells"].items() if "*" not in cell}
    cells |= told.get("besides", {})
    spots = {cell: cell for cell in told["cells"] if "*" not in cell}
    for group, value in told["cells"].items():
        if "*" in group:
            rows = fnmatch.filter(edition.cells, group)
            spot = next((cell for cell in rows if cell not in told["cells"]), rows[0])
            cells[spot] += value - sum(cells[cell] for cell in rows)
            spots[group] = spot
    return cells, spots


def main():
    """Measure and print."""
    asked, found, accused, missed = Counter(), Counter(), Counter(), []
    texts = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    for told in texts:
        cells, spots = stated(told)
        case, bare = case_of(told["text"], cells, told), case_of(EMPTY, cells, told)
        right = codes(case) - codes(bare)
        for severity in {severity for _, severity in right}:
            accused[severity] += 1
        if "-v" in sys.argv and right:
            print("accused", dict(right), told["unit"], told["text"])
        figures = {count.number for count in counts(fold(told["text"]))}
        for statement, spot in spots.items():
            if told["cells"][statement] not in figures or statement in told.get("reckoned", ()):
                continue  # told in other words, or only to be reckoned from what is told
            kind = next(name for pattern, name in MEASURED.items() if fnmatch.fnmatch(statement, pattern))
            changed = {**cells, spot: cells[spot] + 2 if cells[spot] else 3}
            new = codes(with_cells(case, changed)) - codes(with_cells(bare, changed)) - right
            asked[kind] += 1
            found[kind] += bool(new)
            if not new:
                number = told["cells"][statement]
                missed.append(
                    f"{kind}\t{cause(case, number)}\t{statement}={number}\t{told['unit']}\t{told['text'].replace(chr(10), ' ')}"
                )
    print(
        f"right texts {len(texts)}: accused by an error {accused['error']}, a warning {accused['warning']}, a hint {accused['hint']}"
    )
    for kind in dict.fromkeys(MEASURED.values()):
        if asked[kind]:
            print(f"{kind:<8}{found[kind]:>5} of {asked[kind]:>4}  {found[kind] / asked[kind]:.3f}")
    if "-v" in sys.argv:
        print("\n".join(sorted(missed)))


if __name__ == "__main__":
    main()
