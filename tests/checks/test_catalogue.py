"""The catalogue itself: every rule has its text, its sources, a permanent code, and can be bound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gk_xl.checks import registry
from gk_xl.checks.binding import editions_of, identities, instances
from gk_xl.checks.catalogue import PROFILE_RULES, Rule, catalogue, rule
from gk_xl.checks.registry import MODULES, rule_functions
from gk_xl.checks.run import FOLDER, WORKBOOK, check
from gk_xl.errors import UnknownRule
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.finding import Finding, Severity
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.form.units import unit_kinds

RULES = list(catalogue().values())


@pytest.mark.parametrize("known", RULES, ids=lambda known: known.code)
def test_a_rule_is_complete(known: Rule):
    """Code, name, message, next step, reason, source, editions and kinds are there and make sense."""
    assert re.fullmatch(r"(T[234]|X|Y|E|I|L)-\d{2,3}", known.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", known.name)
    assert all((known.message, known.next, known.why, known.references))
    assert known.message.endswith(("。", "}")), "a message is a sentence"
    assert known.next.endswith(("。", "}"))
    assert set(known.only) <= set(edition_ids())
    assert set(known.kinds) | set(known.kinds_except) <= unit_kinds().keys()
    assert known.call or known.expressions


def test_a_rule_is_called_by_a_short_name_of_its_own():
    """It heads a column and a line of a list: ten characters at most, no sentence, no two alike."""
    labels = [known.label for known in RULES]
    assert not [label for label in labels if not 2 <= len(label) <= 10 or label[-1] in "。；，"]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("known", RULES, ids=lambda known: known.code)
@pytest.mark.parametrize("edition_id", edition_ids())
def test_a_rule_binds_to_its_editions(known: Rule, edition_id: str):
    """A rule holds where its cells exist, and nowhere else; its function exists."""
    bound = [found for last_id in ("", *edition_ids()) for found in instances(known.code, edition_id, last_id)]
    assert all(instance.refs for instance in bound)
    if known.expressions and not known.only:
        assert known.code in PROFILE_RULES or bool(bound) == (edition_id in editions_of(known.code))
    if known.call and known.call not in (WORKBOOK, FOLDER):
        assert known.call in rule_functions()


@pytest.mark.parametrize("known", RULES, ids=lambda known: known.code)
def test_nothing_in_a_rule_is_idle(known: Rule):
    """Each expression, and each row that a rule names, binds in some edition: a slip of the pen would bind nowhere."""
    assert editions_of(known.code)
    if known.code in PROFILE_RULES:
        return  # their cells are those of annexes that a profile brings
    bound = [
        (edition_id, found)
        for edition_id in edition_ids()
        for last_id in edition_ids()
        for found in instances(known.code, edition_id, last_id)
    ]
    assert {found.text for _, found in bound} == set(known.expressions)
    for variable, domain in known.each.items():
        if not isinstance(domain, str) and variable != "cell" and known.expressions:
            assert {found.subject[variable] for _, found in bound} == set(domain)
    for cell in known.needs:
        assert any(cell in load_edition(edition_id).cells for edition_id in edition_ids())


def test_an_unknown_code_is_refused():
    """explain and waivers name real rules only; letter case does not matter."""
    assert rule("t3-01").code == "T3-01"
    with pytest.raises(UnknownRule, match="T9-99"):
        rule("T9-99")


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_identities_are_the_statutes(edition_id):
    """Every column of table three twice, every row of it, every group of table four."""
    applications, cases = (load_edition(edition_id).table(name) for name in ("t3", "t4"))
    found = list(identities(edition_id))
    assert len(found) == 2 * len(applications.columns) + len(applications.rows) + len(cases.rows)
    for instance, coefficients in found:
        assert set(coefficients.values()) <= {1, -1}, instance.rule.code


def zeros(year: int, kind: str = "township") -> Filing:
    """Return a filing of zeros: lawful and normal for a township."""
    filing = Filing.blank(year, Unit("示例乡人民政府", kind, "我乡", "示例县"))
    return filing.with_cells(dict.fromkeys(filing.cells, 0))


TABLES = ("T2", "T3", "T4", "E-", "Y-", "X-01", "X-02", "X-21")


@pytest.mark.parametrize("kind", unit_kinds())
@pytest.mark.parametrize("year", [2020, 2021, 2025])
def test_all_zero_is_right(kind, year):
    """Zero everywhere passes every rule about numbers, with and without last year's zeros."""
    for last in (None, zeros(year - 1, kind)):
        findings = [
            finding
            for finding in check(zeros(year, kind), last).findings
            if finding.code.startswith(TABLES)
            and finding.code != "E-10"
            and finding.severity is not Severity.NOT_ASSESSABLE
        ]
        assert not findings


def test_a_waived_warning_does_not_count_and_a_waived_error_does():
    """A reason answers a warning; an error only where its rule says so (T2-01)."""
    filing = zeros(2025).with_cells({"t4.suit_direct.total": 1, "t2.rules.issued": 1, "t2.rules.in_force": 1})
    before = check(filing)
    waivers = {"T4-06": "案件属于应当直接起诉的情形", "T4-02": "没有理由", "T2-01": "自治州授权", "X-01": ""}
    after = check(Filing(**{**filing.__dict__, "waivers": waivers}))
    gone = {f.code for f in before.findings if not f.waived} - {f.code for f in after.findings if not f.waived}
    assert gone == {"T4-06", "T2-01"}
    assert {f.code for f in after.findings if f.waived} == {"T4-06", "T2-01"}


def test_an_error_of_a_rule_of_warnings_cannot_be_waived():
    """A reason answers warnings; where the same rule finds an error, the error stands."""
    rules = [known for known in catalogue().values() if known.severity is Severity.WARNING]
    for known in rules:
        extra = [Finding(known.code, severity, "。") for severity in (Severity.WARNING, Severity.ERROR)]
        keys = [finding.key for finding in check(zeros(2025), extra=extra).findings if finding.message == "。"]
        filing = Filing(**{**zeros(2025).__dict__, "waivers": dict.fromkeys(keys, "有理由")})
        found = {finding.severity: finding.waived for finding in check(filing, extra=extra, asked=(known.code,)).findings if finding in extra
                 or (finding.code == known.code and finding.message == "。")}  # fmt: skip
        assert found == {Severity.WARNING: True, Severity.ERROR: False}, known.code


def test_every_rule_function_is_registered_and_called():
    """A module with the decorator is among those that are imported; a function that no rule calls is dead."""
    root = Path(registry.__file__).parent
    decorated = {
        ".".join(path.relative_to(root).with_suffix("").parts)
        for path in root.rglob("*.py")
        if "\n@rule_function(" in path.read_text(encoding="utf-8")
    }
    assert decorated == set(MODULES)
    assert set(rule_functions()) == {known.call for known in catalogue().values()} - {"", WORKBOOK, FOLDER}


def test_a_local_rule_is_a_hint_or_off_until_asked(monkeypatch):
    """What only some places ask for never stops an export elsewhere."""
    from dataclasses import replace

    from gk_xl.checks import run

    filing = Filing(**{**zeros(2025).__dict__, "narrative": {"overview": ("工作工作。",)}})
    known = dict(catalogue())
    monkeypatch.setattr(run, "_concerning", run._concerning.__wrapped__)  # remembers nothing
    for unless, severity in (("hint", Severity.HINT), ("off", None)):
        local = replace(known["X-59"], asked_by="local", unless_asked=unless)
        monkeypatch.setattr(run, "catalogue_of", lambda _, local=local: {**known, "X-59": local})
        found = [
            [f.severity for f in check(filing, asked=asked).findings if f.code == "X-59"] for asked in ((), ("X-59",))
        ]
        assert found == [[severity] if severity else [], [Severity.WARNING]]


def test_rules_yield_to_rules_that_exist():
    """A rule is silent only for the sake of another one."""
    assert {other for known in RULES for other in known.yields_to} <= catalogue().keys()
