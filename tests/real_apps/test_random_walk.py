"""Clerks at random: hundreds of steps in a visible LibreOffice, compared with the closed file after every button.

``GK_XL_SEEDS=50`` walks with so many seeds, ``GK_XL_SEEDS=7-9`` with these; ``GK_XL_STEPS=400`` takes longer walks. Two
walk at a time, or ``GK_XL_AT_ONCE``, each in a process with a screen and a LibreOffice of its own. A walk that fails is
walked again up to where it failed: a key or a click that a busy machine lost shows once, a fault of ours again. Then it
is shortened, for ``GK_XL_SHRINK`` minutes at most, and its shortest failing steps are printed as Python, ready for
:func:`test_walks_that_failed_once`. When LibreOffice is gone, once is enough, but where it died of the walker's own
question (see :meth:`tests.real_apps.walker.Walker.box`); its exit code, what it wrote and, with gdb, the stacks of its core
are told.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.real_apps.shortest import shortest
from tests.real_apps.walk import Step, walk
from tests.real_apps.walker import GONE, fault, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.application

STEPS = int(os.environ.get("GK_XL_STEPS", "200"))
AT_ONCE = int(os.environ.get("GK_XL_AT_ONCE", "2"))
MINUTES = float(os.environ.get("GK_XL_SHRINK", "3"))
OWN_QUESTION = "GetTopWindowCount"  # in a stack: LibreOffice was counting its windows, as the walker asked it to
T2, T3, T4 = "二、主动公开", "三、依申请公开", "四、复议诉讼"


def seeds() -> Sequence[int]:
    """Return the seeds to walk with."""
    first, _, last = os.environ.get("GK_XL_SEEDS", "2").rpartition("-")
    return range(int(first or 1), int(last) + 1)


@pytest.fixture(scope="module")
def walks(request):
    """Yield the walks of the tests that were chosen, already on their way, ``GK_XL_AT_ONCE`` at a time."""
    pool = ProcessPoolExecutor(AT_ONCE, multiprocessing.get_context("spawn"))
    chosen = [item.callspec for item in request.session.items if "walks" in item.fixturenames]
    yield {one.id: pool.submit(timed, one.params.get("steps") or walk(one.params["seed"], STEPS)) for one in chosen}
    pool.shutdown(cancel_futures=True)


def lasting(steps: Sequence[Step], told: str, note: Callable[[str, object], None]) -> str:
    """Return a fault that the same steps show again, or that took LibreOffice down; one that is not is noted."""
    if not told or (GONE in told and OWN_QUESTION not in told):
        return told
    again = fault(steps[: int(told.split()[1]) + 1])
    if not again:
        note("once", told)
    return again


@pytest.mark.parametrize("seed", seeds())
def test_no_walk_crashes_loses_or_lies(seed, walks, request, record_property):
    """Whatever is typed, pasted, moved, undone and clicked in whatever order, the window agrees with the closed file."""
    steps = walk(seed, STEPS)
    told, seconds = walks[request.node.callspec.id].result()
    record_property("steps", len(steps))
    record_property("seconds", round(seconds))
    if told := lasting(steps, told, record_property):
        at = int(told.split()[1])
        few = shortest(steps[: at + 1], lambda some: bool(fault(some)), time.monotonic() + MINUTES * 60)
        listed = "\n".join(f"    {step!r}," for step in few)
        pytest.fail(f"seed {seed}: {told}\nshortest failing steps:\n[\n{listed}\n]")


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(
            [
                Step("delete", (T3, "D29")), Step("scroll", (T3, 25)), Step("press", ("合计", "Yes", 0)),
                Step("press", ("校验", "Yes", 0)),
            ],
            id="sums below the table turn into numbers at the edge of the window",
        ),
        pytest.param(
            [
                Step("delete", (T3, "J21")), Step("press", ("校验", "Yes", 0)), Step("press", ("合计", "Yes", 0)),
                Step("undo", (2,)), Step("redo", (2,)), Step("undo", (2,)),
            ],
            id="a note on a blank that is filled, undone and redone",
        ),
        pytest.param(
            [
                Step("type", (T2, "D6", "-3")), Step("drag", (T2, (344, 466), (455, 358), 0)),
                Step("press", ("合计", "No", 1)),
            ],
            id="a merged cell dragged onto three others",
        ),
        pytest.param(
            [
                Step("type", (T4, "F6", "2025-1-2")), Step("press", ("合计", "Yes", 0)), Step("press", ("校验", "Yes", 0)),
            ],
            id="a date typed for a total becomes a number",
        ),
        pytest.param(
            [
                Step("type", (T3, "J8", "14")), Step("press", ("校验", "Yes", 0)), Step("press", ("采纳建议", "Yes", 0)),
                Step("undo", (2,)), Step("redo", (1,)), Step("type", (T3, "J8", "4")), Step("delete", (T3, "J29")),
                Step("delete", (T3, "D29")), Step("press", ("校验", "Yes", 0)), Step("press", ("合计", "Yes", 0)),
            ],
            id="undo between the buttons",
        ),
    ],
)  # fmt: skip
def test_walks_that_failed_once(steps, walks, request, record_property):
    """The shortest walks that took LibreOffice down, lost a note or told the window from the file."""
    assert lasting(steps, walks[request.node.callspec.id].result()[0], record_property) == ""
