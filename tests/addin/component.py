"""What LibreOffice loads: a run of pytest in its own Python that waits for the ids of tests (:mod:`tests.addin.inside`)."""

from __future__ import annotations

import json
import sys
import traceback
from queue import SimpleQueue
from threading import Thread

import pytest
import unohelper
from com.sun.star.task import XJob

from tests.addin import inside

WAITING = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "application", "-k", "libreoffice and inside")


class Run(Thread):
    """A run of pytest that takes its tests one by one; a thread, for LibreOffice goes on beside it."""

    def __init__(self, files: list[str]) -> None:
        super().__init__(daemon=True)
        self.files, self.asked, self.ended = files, SimpleQueue(), SimpleQueue()

    def run(self) -> None:
        """Run pytest; when it ends before it is asked to, the test that is waited for fails."""
        told: object = ""
        try:
            told = pytest.main([f"--rootdir={inside.ROOT}", *WAITING, *self.files], [self])
        except BaseException:
            told = traceback.format_exc()
            raise
        finally:
            self.ended.put(("failed", f"the run of pytest inside LibreOffice ended: {told}"))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session) -> bool:
        """Run what is asked for; what a test shares with the one behind it in its file is kept."""
        places = {item.nodeid: place for place, item in enumerate(session.items)}
        for test in iter(self.asked.get, None):
            item, other = (session.items[(places[test] + step) % len(places)] for step in (0, 1))
            self.outcome = "passed", ""
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None if other is item else other)
            self.ended.put(self.outcome)
        return True

    def pytest_runtest_logreport(self, report) -> None:
        """Note how a test ended; what fails while it is put away counts."""
        if report.failed:
            self.outcome = "failed", report.longreprtext
        elif report.skipped:
            self.outcome = "skipped", report.longrepr[-1]


class Job(unohelper.Base, XJob):
    """What is called from outside."""

    run: Run

    def __init__(self, context, *_arguments) -> None:
        inside.context = context

    def execute(self, arguments) -> str:
        """Start a run for some files, have it run a test, or end it."""
        question, answer = json.loads(arguments[0].Value), None
        if "files" in question:
            sys.executable = question["python"]  # what a test starts is of the environment's Python
            self.run = Run(question["files"])
            self.run.start()
        elif "test" in question:
            self.run.asked.put(question["test"])
            answer = self.run.ended.get()
            if not self.run.is_alive():
                self.run.ended.put(answer)  # for the next that asks
        else:
            self.run.asked.put(None)
            self.run.join(30)
        return json.dumps(answer)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Job, inside.NAME, ("com.sun.star.task.Job",))
