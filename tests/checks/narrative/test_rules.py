"""Each rule on narrative: holding, broken and undecided data; right sentences; planted faults."""

from __future__ import annotations

from itertools import islice

import pytest

from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.run import check
from gk_xl.form.finding import Severity


def test_a_rule_on_its_own_data(case):
    """holds: no finding; broken: severity, words, cell and place as stated; undecided: silent for want of data."""
    result = check(case.filing, case.last, asked=case.data.get("asked", ()))
    found = [finding for finding in result.findings if finding.code == case.rule]
    match case.verdict:
        case "holds" | "undecided":
            assert not found, found[0].message
        case "not_assessable":
            assert [finding.severity for finding in found] == [Severity.NOT_ASSESSABLE]
        case "broken":
            assert found
            first = found[0]
            assert first.severity == case.data.get("severity", catalogue()[case.rule].severity.value)
            for word in case.data.get("says", ()):
                assert word in first.message
            assert first.excerpt == case.data.get("excerpt", first.excerpt)
            if "cell" in case.data:
                assert first.cells[0] == case.data["cell"]
            if "place" in case.data:
                assert first.place == case.data["place"]
            if "sides" in case.data:
                assert [first.left, first.right] == case.data["sides"]
                assert first.difference == case.data["sides"][0] - case.data["sides"][1]
        case other:
            pytest.fail(f"unknown verdict {other}")


def test_every_rule_has_holding_and_broken_data(scenes):
    """No rule of the file is without a case that it passes and one that it does not."""
    codes = {code for code, rule in catalogue().items() if rule.file in (*scenes.OWN_FILES, scenes.PRESENCE)}
    cases = list(scenes.cases())
    for verdict in ("holds", "broken"):
        lacking = codes ^ {case.rule for case in cases if case.verdict == verdict}
        assert not lacking, f"in tests/checks/narrative/cases*.toml: {verdict} for {sorted(lacking)}"


def test_nothing_is_said_of_a_right_sentence(scenes, right_sentence):
    """A right sentence, put into the right report of its scene, brings no finding of any rule on narrative."""
    scene, sentence = right_sentence
    found = scenes.own_findings(scenes.with_sentence(scene.filing, sentence))
    assert not found, f"{sentence} → {found[0].code} {found[0].message}"


@pytest.mark.parametrize(
    ("home", "quarter"),
    [
        pytest.param(home, quarter, marks=[pytest.mark.thorough] if quarter or home != "依申请公开" else [])
        for home in ("主动公开", "监督保障", "依申请公开")
        for quarter in range(4)
    ],
)
def test_nothing_is_said_of_right_sentences_wherever_they_stand(scenes, home, quarter):
    """The same sentences under the headings they do not belong to: still no finding, but for parts said to be missing."""
    for scene, sentence in islice(scenes.right_sentences(), quarter, None, 4):
        found = scenes.own_findings(scenes.with_sentence(scene.filing, sentence, home=home))
        assert not found, f"{sentence} → {found[0].code} {found[0].message}"


def test_a_planted_fault_is_found(scenes, planted):
    """The rule for a planted fault reports it and quotes it, or names the place."""
    found = [finding for finding in scenes.own_findings(planted.filing) if finding.code == planted.code]
    assert found
    assert all(finding.excerpt or finding.place for finding in found)


def test_enough_sentences_and_kinds(scenes):
    """At least 300 right sentences and 20 kinds of faults are measured, no wording twice in a scene."""
    right = [(scene.name, sentence) for scene, sentence in scenes.right_sentences()]
    assert len(right) >= 300
    assert len(set(right)) == len(right)
    assert len({fault.kind for fault in scenes.planted_faults()}) >= 20


def test_an_empty_narrative_gives_a_handful_of_findings(scenes):
    """A report imported for its tables only: what is missing is said once each, nothing else."""
    from dataclasses import replace

    filing = scenes.scenes()[1].filing
    found = scenes.own_findings(replace(filing, narrative={}))
    assert sorted(finding.code for finding in found) == ["X-12", "X-13", "X-14", "X-17"]


def test_nothing_is_said_of_a_right_report(scenes):
    """Whole right reports in the styles that offices write: no finding of any rule on narrative, not even a hint."""
    reports = list(scenes.right_reports())
    assert len(reports) >= 8
    for report in reports:
        found = scenes.own_findings(report.filing)
        assert not found, f"{report.name} → {found[0].code} {found[0].message}"


def test_the_scenes_are_right_themselves(scenes):
    """The tables of scenes and reports hold by every rule, so that what is found is the sentence's doing."""
    for scene in (*scenes.scenes(), *scenes.right_reports()):
        errors = [finding for finding in check(scene.filing).findings if finding.severity is Severity.ERROR]
        assert not errors, f"{scene.name} → {errors[0].code} {errors[0].message}"
