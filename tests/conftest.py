"""What all tests share."""

from __future__ import annotations

import gc
import os
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import settings
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.merge import MergedCellRange

from gk_xl.engines.openpyxl import engine
from gk_xl.workbook import build
from tests.once import built_once, calculated_once, dressed_once, planned_once, read_once

settings.register_profile("everyday", deadline=None)  # a machine that does other things, too, is no fault of ours
settings.register_profile("quick", deadline=None, max_examples=10)  # dev.py test --quick: a tenth of them
settings.load_profile("everyday")
ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"


def examples(number: int, **more) -> settings:
    """Return settings of Hypothesis with so many examples, fewer where the profile has fewer than a hundred."""
    return settings(max_examples=max(1, number * settings().max_examples // 100), **more)


APART = (  # nothing is shared among the application tests of these files: each may run wherever a process is free
    "tests/real_apps/live", "tests/real_apps/test_clerks_day.py", "tests/real_apps/test_click.py",
    "tests/real_apps/test_live_formulas.py", "tests/real_apps/test_paste.py",
)  # fmt: skip
TOGETHER = ("tests/engines",)  # its last test asks what all others called
LONGEST = ("tests/real_apps/test_random_walk.py", "tests/real_apps/test_wine.py")  # begun first, all ends sooner


@pytest.fixture(scope="session", autouse=True)
def once():
    """Equal workbooks are built once a process, and read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "plan_workbook", planned_once(build.plan_workbook))
        patch.setattr(build, "render", built_once(build.render))
        patch.setattr(MergedCellRange, "format", dressed_once(MergedCellRange.format))
        patch.setattr(ExcelReader, "read", read_once(ExcelReader.read))
        patch.setattr(engine, "calculated", calculated_once(engine.calculated))
        yield


def pytest_collection_finish():
    """Python looks for rubbish less often, and never among what was collected: a fifth of the tests' time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000, 10, 10)


def pytest_collection_modifyitems(items):
    """The longest are begun first; of the variants of a test those the places of whose values add up to a multiple are for every commit.

    So each value is met where there are several parameters.
    """
    seen = defaultdict(list)
    for item in items:
        if marked := item.get_closest_marker("variants"):
            places = 0
            for name, value in item.callspec.params.items():
                known = seen[item.nodeid.partition("[")[0], name]
                known += [value] * (value not in known)
                places += known.index(value)
            if places % marked.args[0]:
                item.add_marker("thorough")
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.hookimpl(optionalhook=True)  # the mutation run has no xdist
def pytest_xdist_make_scheduler(config, log):
    """Where tests are shared out among processes, those of a file stay in one: what they share is made, or started, once.

    (``--dist loadgroup`` with marks would say the same, but its marks get lost with pytest 9.2.)
    """
    from xdist.scheduler import LoadScopeScheduling

    applications = "not application" not in config.option.markexpr

    class InTheirProcess(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.partition("::")[0]
            folder = next((folder for folder in TOGETHER if path.startswith(folder)), "")
            return folder or (nodeid if applications and path.startswith(APART) else path)

    return InTheirProcess(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where applications must be there (CI), a test skipped for want of one fails."""
    report = yield
    if report.skipped and os.environ.get("CI") and item.get_closest_marker("application"):
        report.outcome = "failed"
        report.longrepr = f"在 CI 里不允许跳过：{report.longrepr}"
    return report


@pytest.fixture
def seeds() -> Path:
    """The folder of published reports, where it lies beside the checkout."""
    if not SEEDS.is_dir():
        pytest.skip("published reports are not beside this checkout")
    return SEEDS


@pytest.fixture
def golden():
    """Compare a text with its golden file; ``GK_XL_ACCEPT=1`` writes it, to be read as a diff before it is committed."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if os.environ.get("GK_XL_ACCEPT"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare
