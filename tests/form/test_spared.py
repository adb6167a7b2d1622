"""What is loaded without a module that it seldom calls works as it always does, and nobody else misses that module."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

SPARED = {
    "dataclasses": (
        "inspect",
        "dataclasses.make_dataclass('Point', ['x']).__doc__",
        "Point(x: Any)" if sys.version_info >= (3, 14) else "Point(x: 'typing.Any')",
    ),
    "pathlib": ("urllib.parse", "pathlib.Path('/表 1').as_uri()", "file:///%E8%A1%A8%201"),
}


@pytest.mark.parametrize("module", SPARED)
def test_what_is_spared_is_there_when_it_is_called(module):
    """Not loaded before, loaded by the call, and another who imports it has the module itself."""
    seldom, asked, wanted = SPARED[module]
    code = (
        f"import sys\nsys.modules.pop({module!r}, None)\nsys.modules.pop({seldom!r}, None)\n"
        f"from gk_xl.form.spared import spare\nspare({module!r}, {seldom!r})\nimport {module}\n"
        f"print({seldom!r} in sys.modules)\nprint({asked})\nprint({seldom!r} in sys.modules)\n"
        f"import {seldom}\nprint({seldom}.__file__ is not None)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, encoding="utf-8"
    )
    assert done.stdout.splitlines() == ["False", wanted, "True", "True"]
