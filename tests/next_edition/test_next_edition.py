"""The promise that the next edition is only data, kept each day: a made-up one, and the suite that concerns it."""

from __future__ import annotations

import pytest

from tests.next_edition.made_up import MadeUp

SUITE = {
    "form and profile": ("tests/form",),
    "rules and language": (
        "tests/checks/test_catalogue.py",
        "tests/checks/test_rules.py",
        "tests/checks/test_parts.py",
        "tests/checks/test_expression.py",
        "tests/checks/test_tables.py",
    ),
    # in a city's table of random numbers two explanations may tie, as one does here; that is so in any edition
    "locate": (
        "tests/checks/test_locate.py",
        "tests/checks/test_locate_search.py",
        "-k",
        "(one_wrong_cell and township) or gives_the_same or costs_less",
    ),
    "template and live formulas": (
        "tests/workbook/test_build.py",
        "tests/workbook/test_formulas.py",
        "tests/workbook/test_read.py",
        "tests/real_apps/live",
    ),
    "import": ("tests/sources/test_layouts.py", "-k", "not another_edition"),  # theirs have the same columns
    "report": (
        "tests/report/test_golden.py",
        "tests/report/test_model.py",
        "tests/report/test_html.py",
        "tests/report/test_refresh.py",
    ),
    "pages about it": ("tests/docs", "tests/test_structure.py"),
    "locate, text, report, import of its own filing": ("tests/next_edition/test_work.py",),
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """The checkout with one edition more; making it takes half a minute, once, with the applications."""
    return MadeUp(tmp_path_factory.mktemp("next") / "checkout", "row_and_column")


@pytest.mark.application
def test_the_difference_is_told(made_up):
    """A row renamed, a row and a column added; what lists the applicants one by one is pointed to; no rule is lost."""
    told = made_up.run("gk_xl", "editions", "diff", made_up.base, str(made_up.year))
    for line in (
        "  ＋ t3.unavailable.archived：",
        "  ＋ t3.sole_trader：个体工商户",
        "  改 t3.refused.security_stability：",
    ):
        assert line in told
    assert "■ 规则" not in told


@pytest.mark.application
@pytest.mark.parametrize("part", SUITE)
def test_the_suite_passes_with_no_python_changed(made_up, part):
    """What each part of the product promises of every edition, it keeps for the new one."""
    made_up.run("pytest", "-q", "-x", "-m", "not application and not bench", *SUITE[part])
