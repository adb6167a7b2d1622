"""Each rule with holding, broken and undecided data, kept beside it in cases.toml."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import Severity
from gk_xl.form.load import edition_for, load_edition

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
KEYS = {
    "rule", "verdict", "cell", "says", "severity", "year", "edition", "last_edition", "kind", "unit_name", "cells", "units",
    "last", "members", "overview", "year_typed",
}  # fmt: skip
SKIPPED = (
    "local",
    "narrative",
    "narrative_content",
    "narrative_presence",
    "narrative_proofreading",
)  # files of rules whose cases stand beside their own tests


def filing_of(case, cells, *, years_back=0):
    """Return a filing of zeros with some cells changed; null in TOML is written as the text "blank"."""
    year = case.get("year", 2025) - years_back
    edition = load_edition(case.get("last_edition") if years_back and "last_edition" in case else edition_for(year).id)
    if not years_back and "edition" in case:
        edition = load_edition(case["edition"])
    values = {**dict.fromkeys(edition.cells, 0), **{k: None if v == "blank" else v for k, v in cells.items()}}
    unit = Unit("示例乡人民政府", case.get("kind", "township"), "我乡", "示例县")
    return Filing(edition.id, year, unit, values, units=case.get("units", {}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}-{case['verdict']}")
def test_a_rule_on_its_own_data(case):
    """holds: no finding; broken: a finding of the stated severity that names the stated cell; undecided: counted."""
    assert case.keys() <= KEYS, "cases.toml says at its head what a case may hold"
    filing = filing_of(case, case.get("cells", {}))
    if "overview" in case:
        filing = replace(filing, narrative={"overview": tuple(case["overview"])})
    if "unit_name" in case:
        filing = replace(filing, unit=replace(filing.unit, name=case["unit_name"]))
    if "year_typed" in case:
        filing = replace(filing, year=case["year_typed"])
    last = filing_of(case, case["last"], years_back=1) if "last" in case else None
    members = [filing_of(case, cells) for cells in case.get("members", [])]
    result = check(filing, last, members=members)
    found = [finding for finding in result.findings if finding.code == case["rule"]]
    match case["verdict"]:
        case "holds":
            assert not found
            assert case["rule"] not in result.undecided
        case "broken":
            assert found
            severity = case.get("severity", catalogue()[case["rule"]].severity.value)
            assert found[0].severity == severity
            if "cell" in case:
                assert found[0].cells[0] == case["cell"]
            for word in case.get("says", []):
                assert word in found[0].message
        case "undecided":
            assert not [finding for finding in found if finding.severity is not Severity.NOT_ASSESSABLE]
            assert case["rule"] in result.undecided
        case "not_assessable":
            assert [finding.severity for finding in found] == [Severity.NOT_ASSESSABLE]
        case other:
            pytest.fail(f"unknown verdict {other}")


@pytest.mark.parametrize("code", [code for code, rule in catalogue().items() if Path(rule.file).stem not in SKIPPED])
def test_every_rule_has_cases(code):
    """No rule without data on which it holds and data that break it; undecided where a blank can leave it open."""
    rule = catalogue()[code]
    if rule.call == "workbook":
        pytest.skip("judged by the workbook layer, tested in tests/workbook/test_integrity.py")
    if rule.call == "folder":
        pytest.skip("judged over several filings, tested in tests/desk/test_shared.py")
    verdicts = {case["verdict"] for case in CASES if case["rule"] == code}
    wanted = {"holds", "broken"}
    if rule.expressions and not rule.call:
        wanted.add("undecided")
    if rule.about_last_year:
        wanted.add("not_assessable")
    assert wanted <= verdicts, f"add {', '.join(sorted(wanted - verdicts))} for {code} to tests/checks/cases.toml"
