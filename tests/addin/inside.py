"""The tests of the buttons in LibreOffice's own Python, where clerks press them.

From outside every cell that is asked is a call over a pipe that both processes pack and unpack, some sixty thousand in one
test; inside it takes a fifteenth of the time. So a run of pytest in LibreOffice's process (:mod:`tests.addin.component`)
waits for the ids of tests, and the one outside tells how each ended.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gk_xl.engines.core.errors import EngineError
from gk_xl.engines.libreoffice.process import Office, find_soffice, in_words, load_uno

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
COMPONENT, NAME = Path(__file__).with_name("component.py"), "gk_xl.tests.Inside"
context: Any = None
"""The component context of the LibreOffice whose Python this is; None elsewhere."""


@in_words
class Inside:
    """A LibreOffice of our own with a run of pytest in it, for some files of tests."""

    is_gone = False

    def __init__(self, files: Sequence[str]) -> None:
        packages = [path for path in sys.path if path.endswith("site-packages")]
        own = {  # the library of the first python that PATH leads to is taken for LibreOffice's own
            "PYTHONPATH": [str(ROOT), *packages],
            "PATH": [str(find_soffice().parent), *os.get_exec_path()],
        }
        self.office = Office(environment={**os.environ, **{name: os.pathsep.join(own[name]) for name in own}})
        try:
            self.start(self.office.connect(), files)
        except EngineError:
            self.office.stop()
            raise

    def start(self, outside: Any, files: Sequence[str]) -> None:
        """Start the run of pytest."""
        loader = outside.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", outside)
        factory = loader.activate(NAME, "", COMPONENT.as_uri(), None)
        self.job = factory.createInstanceWithContext(outside)
        self.ask(python=sys.executable, files=files)

    def ask(self, **question: object) -> Any:
        """Return what the run of pytest answers."""
        value = load_uno().createUnoStruct("com.sun.star.beans.NamedValue")
        value.Name, value.Value = "question", json.dumps(question)
        return json.loads(self.job.execute((value,)))

    def run(self, test: str) -> None:
        """Run a test; it passes, fails or is skipped here as it did there."""
        try:
            outcome, told = self.ask(test=test)
        except EngineError as error:
            self.is_gone, outcome, told = True, "failed", f"LibreOffice is gone: {error}"
        if outcome == "skipped":
            pytest.skip(told)
        if outcome == "failed":
            pytest.fail(told, pytrace=False)

    def quit(self) -> None:
        """End the run of pytest, then LibreOffice."""
        if not self.is_gone:
            self.ask(end=True)
        self.office.stop()
