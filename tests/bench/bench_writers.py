"""Precision and recall on whole reports that others wrote.

Run ``python tests/bench/bench_writers.py FOLDER [-v]`` (or set ``GK_XL_WRITERS``): ``right.jsonl`` holds right texts of one part each,
``reports.jsonl`` whole reports, some with planted faults; each line has the unit, the year, the text and the numbers that are
true (``facts``). The tables are made from the facts: what no fact tells is blank, so that nothing is held against it.

A right text is accused when it raises an error or a warning that a neutral sentence in its place does not; a fault is
found when it raises what the report with the right words in its place does not. Only rules on text count.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import edition_for
from gk_xl.form.names import own_names
from gk_xl.form.units import possible_kinds, unit_kinds
from gk_xl.sources.text import import_text

KINDS = {
    "县直部门": "county_department", "市直部门": "city_department", "省直部门": "province_department",
    "县级政府": "county_government", "市级政府": "city_government", "街道": "subdistrict",
}  # fmt: skip
PARTS = {
    "一": "overview",
    "二": "overview",
    "三": "overview",
    "四": "overview",
    "五": "problems",
    "六": "other_matters",
}
GROUPS = {"granted": "granted", "partly": "partial", "refused": "refused", "unable": "unavailable",
          "not_processed": "not_processed", "other": "otherwise"}  # fmt: skip
HEADS = {"new": "received_new", "carried_in": "carried_in", "handled": "outcome_total", "carried_out": "carried_out"}
CASES = {"recon": "reconsideration", "suit_direct": "suit_direct", "suit_after": "suit_after"}
RESULTS = ("upheld", "corrected", "other", "pending", "total")
DECISIONS = {"licences": "licence", "penalties": "penalty", "coercion": "compulsion"}
DOCUMENTS = {"documents_made": ("issued", "made"), "documents_repealed": ("repealed",), "documents_valid": ("in_force",),
             "documents_public_total": ("disclosed_total",)}  # fmt: skip
NEUTRAL = "本单位按照上级部署推进政府信息公开工作，各项任务已经安排到人。"
LEVELS = ("error", "warning")
YUAN = 10_000  # 表二 counts 万元, the facts 元


def group_cells(edition, table, group):
    """Return the cells of 总计 of one row, or of the rows of a group."""
    return [name for name in edition.cells if re.fullmatch(rf"{table}\.{group}(?:\.\w+)?\.total", name)]


def tables(edition, facts, *, whole):
    """Return the cells that the facts tell; the others are blank. ``whole``: outcomes that are not told are none."""
    cells = dict.fromkeys(edition.cells)
    told = sum(facts.get(name, 0) for name in GROUPS)
    none = whole and facts.get("handled") == told
    for name, row in HEADS.items():
        if name in facts:
            cells[f"t3.{row}.total"] = facts[name]
    for name, row in GROUPS.items():
        found = group_cells(edition, "t3", row)
        number = facts.get(name, 0 if none else None)
        if number == 0 or (number is not None and len(found) == 1):
            cells |= dict.fromkeys(found, number)
    if "new_person" in facts:
        cells["t3.received_new.natural_person"] = facts["new_person"]
    if facts.get("new") == 0:
        cells |= {name: 0 for name in cells if name.startswith("t3.received_new.")}
    cases(cells, facts)
    for name, row in DECISIONS.items():
        if name in facts and f"t2.{row}.decisions" in cells:
            cells[f"t2.{row}.decisions"] = facts[name]
    for name, columns in DOCUMENTS.items():
        for column in columns:
            if name in facts and f"t2.normative_doc.{column}" in cells:
                cells[f"t2.normative_doc.{column}"] = facts[name]
    if "fee" in facts and "t2.admin_fee.amount" in cells:
        cells["t2.admin_fee.amount"] = facts["fee"] / YUAN
    return cells


def cases(cells, facts):
    """Put what the facts tell of reconsiderations and suits."""
    for name, row in CASES.items():
        for result in RESULTS:
            number = facts.get(name if result == "total" and name != "recon" else f"{name}_{result}")
            if number is not None:
                cells[f"t4.{row}.{result}"] = number
        if cells[f"t4.{row}.total"] == 0:
            cells |= {f"t4.{row}.{result}": 0 for result in RESULTS}
    if facts.get("suit_total") == 0:
        cells |= {f"t4.{row}.{result}": 0 for row in ("suit_direct", "suit_after") for result in RESULTS}
    elif "suit_total" in facts:
        for one, other in (("suit_direct", "suit_after"), ("suit_after", "suit_direct")):
            if facts.get(one) == facts["suit_total"]:
                cells |= {f"t4.{other}.{result}": 0 for result in RESULTS}


def unit_of(row):
    """Return the unit of a line, its county and own word as a clerk would fill them in."""
    name = row["unit"]
    kind = KINDS.get(row["kind"]) or next(iter(possible_kinds(name)), "county_department")
    place = own_names(Unit(name, kind, "", "")).place
    return Unit(name, kind, unit_kinds()[kind].self_word, "" if place == name else place)


def raised(filing):
    """Return how often each rule on text speaks, by code and level, and its messages."""
    found, said = Counter(), defaultdict(list)
    for finding in check(filing).findings:
        level = finding.severity.value
        if finding.code.startswith("X-") and level != "not_assessable":
            found[finding.code, level] += 1
            said[finding.code, level].append(finding.message)
    return found, said


def single(row, text):
    """Return the filing of a line of right.jsonl with some text in its part."""
    edition = edition_for(row["year"])
    lines = tuple(line for line in text.split("\n") if line.strip())
    signed = Signature(row["unit"], f"{row['year'] + 1}-01-15")
    cells = tables(edition, row["facts"], whole=False)
    return Filing(edition.id, row["year"], unit_of(row), cells, {PARTS[row["section"]]: lines}, signed)


def report(row, text):
    """Return the filing of a whole report."""
    imported = import_text(text.replace("【表】", ""), row["id"], row["year"], unit_of(row)).filing
    cells = tables(imported.form, row["facts"], whole=True)
    signed = Signature(row["unit"], f"{row['year'] + 1}-01-15")
    return replace(imported, cells=cells, unit=unit_of(row), year=row["year"], signed=signed)


def mended(text, fault):
    """Return a report's text with the right words in place of a planted fault."""
    right = "" if fault["right"].startswith("移至") else re.sub(r"（[^（）]*(?:或|核对)[^（）]*）$", "", fault["right"])
    assert fault["quote"] in text, fault["quote"]
    return text.replace(fault["quote"], right)


def load(path):
    """Return the lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score_right(rows, *, verbose):
    """Print how many right texts are accused, and of what."""
    accused, codes = Counter(), Counter()
    for row in rows:
        found, said = raised(single(row, row["text"]))
        new = found - raised(single(row, NEUTRAL))[0]
        levels = {level for _, level in new if level in LEVELS}
        accused["error" if "error" in levels else "warning" if levels else "none"] += 1
        codes.update(key for key in new if key[1] in LEVELS)
        if verbose and levels:
            print("RIGHT", row["id"], row["unit"], row["year"], row["text"], json.dumps(row["facts"]), sep="\n   ")
            for key in new:
                if key[1] in LEVELS:
                    print("   >>", *key, said[key][-1])
    print(f"right texts {len(rows)}: accused by an error {accused['error']}, by a warning {accused['warning']}")
    print("   ", ", ".join(f"{code} {level} {count}" for (code, level), count in codes.most_common()))


def score_reports(rows, *, verbose):
    """Print how many right reports are accused, and which faults are found."""
    right = [row for row in rows if not row.get("faults")]
    accused = Counter()
    for row in right:
        found, said = raised(report(row, row["text"]))
        levels = {level for _, level in found if level in LEVELS}
        accused["error" if "error" in levels else "warning" if levels else "none"] += 1
        for key in found if verbose else ():
            if key[1] in LEVELS:
                print("REPORT", row["id"], row["unit"], row["year"], *key, *said[key], sep="\n   ")
    faults = hit = hard = 0
    for row in rows:
        for fault in row.get("faults", ()):
            found, _ = raised(report(row, row["text"]))
            new = found - raised(report(row, mended(row["text"], fault)))[0]
            faults += 1
            hit += bool(new)
            hard += any(level in LEVELS for _, level in new)
            if verbose:
                print("FOUND " if new else "MISSED", row["id"], fault["kind"], fault["quote"], dict(new))
    print(f"right reports {len(right)}: accused by an error {accused['error']}, by a warning {accused['warning']}")
    print(f"planted faults {faults}: found {hit} ({hit / max(1, faults):.0%}), as error or warning {hard}")


def main():
    """Measure and print."""
    arguments = [item for item in sys.argv[1:] if item != "-v"]
    folder = Path(arguments[0] if arguments else os.environ["GK_XL_WRITERS"])
    verbose = "-v" in sys.argv
    score_right(load(folder / "right.jsonl"), verbose=verbose)
    score_reports(load(folder / "reports.jsonl"), verbose=verbose)


if __name__ == "__main__":
    main()
