"""The promise that the next edition is only data, kept each day: a made-up one, and the suite that concerns it."""

from __future__ import annotations

import pytest

from tests.next_edition.made_up import MadeUp

PAGE = "表三 with its heading on one page"
SUITE = {
    "form and profile": ("tests/form",),
    "rules and language": (
        "tests/checks/test_catalogue.py",
        "tests/checks/test_rules.py",
        "tests/checks/test_parts.py",
        "tests/checks/test_expression.py",
        "tests/checks/test_tables.py",
        "tests/checks/test_shifted.py",
    ),
    "locate": (
        "tests/checks/test_locate.py",
        "tests/checks/test_locate_search.py",
        "-k",
        "one_wrong_cell or gives_the_same or costs_less",
    ),
    "template and live formulas": (
        "tests/workbook/test_build.py",
        "tests/workbook/test_screen.py",
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
    PAGE: (
        "tests/report/test_render.py",
        "-m",
        "application",
        "-k",
        "one_page and not 示例 and not 样板",
    ),
    "pages about it": ("tests/docs", "tests/test_structure.py"),
    "locate, text, report, import of its own filing": ("tests/next_edition/test_work.py",),
}


MADE_UP = {
    "row_and_column": tuple(part for part in SUITE if part != PAGE),  # its table finds room as it is
    "group_and_column": (
        "rules and language",
        "locate",
        "表三 with its heading on one page",
        "locate, text, report, import of its own filing",
    ),
}
"""What is changed in the newest form (the files beside this one), and the parts of the suite that run on it."""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """Give the checkout with one edition more, by what is changed; making one takes half a minute, with the applications."""
    made: dict[str, MadeUp] = {}

    def give(changes: str) -> MadeUp:
        if changes not in made:
            made[changes] = MadeUp(tmp_path_factory.mktemp("next") / "checkout", changes)
        return made[changes]

    return give


TOLD = {
    "row_and_column": (
        "  ＋ t3.unavailable.archived：",
        "  ＋ t3.sole_trader：个体工商户、农村集体经济组织和农户",
        "  改 t3.refused.security_stability：",
    ),
    "group_and_column": (
        "  ＋ t3.transferred.archives：",
        "  － t3.public_interest：",
        "  ＋ t2.adjudication：",
        "  ＋ 转交办理：",
    ),
}


@pytest.mark.application
@pytest.mark.parametrize("changes", MADE_UP)
def test_the_difference_is_told(made_up, changes):
    """Rows, groups and columns that come and go, and the fields that follow; no rule is lost."""
    checkout = made_up(changes)
    told = checkout.run("gk_xl", "editions", "diff", checkout.base, str(checkout.year))
    for line in TOLD[changes]:
        assert line in told
    assert "■ 规则" not in told
    assert "■ 没有写计什么" not in told


@pytest.mark.application
@pytest.mark.parametrize(("changes", "part"), [(changes, part) for changes, parts in MADE_UP.items() for part in parts])
def test_the_suite_passes_with_no_python_changed(made_up, changes, part):
    """What each part of the product promises of every edition, it keeps for the new one."""
    made_up(changes).run("pytest", "-q", "-x", "-m", "not application and not bench", *SUITE[part])
