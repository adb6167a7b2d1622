"""Run the tests of a module over its mutants, each in a fork of one process that has everything heavy loaded."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import resource
import signal
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation.mutants import Mutant, mutants

if TYPE_CHECKING:
    from types import CodeType

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("modules.toml")
HEAVY = (
    "pytest",
    "hypothesis",
    "lxml.etree",
    "openpyxl",
    "pandas",
    "xlsxwriter",
    "docx",
    "python_calamine",
    "jsonschema",
)
PATIENCE = 4.0, 10.0  # so many times the processor's time of the unchanged module, and so many seconds more
PASSED, NO_TESTS = 0, 5


@dataclass(frozen=True)
class Watched:
    """A module, the tests that watch it (quickest first), and the mutants that change nothing, with the reason."""

    name: str
    tests: list[str]
    same: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where the module's source lies."""
        return ROOT / f"{self.name.replace('.', '/')}.py"

    def mutants(self) -> list[Mutant]:
        """Return all mutants of the module."""
        return mutants(self.path.read_text(encoding="utf-8"), str(self.path))


@dataclass
class Outcome:
    """What became of the mutants of a module that were tried."""

    tried: int = 0
    same: int = 0
    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Killed mutants among those that change something."""
        return self.killed / max(1, self.tried - self.same)


def watched() -> list[Watched]:
    """Return the modules with their tests, as ``modules.toml`` lists them."""
    modules = tomllib.loads(LIST.read_text(encoding="utf-8"))["module"]
    return [Watched(one["name"], one["tests"], {s["mutant"]: s["why"] for s in one.get("same", ())}) for one in modules]


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module with other code than its file's."""

    code: CodeType

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class _Finder(importlib.abc.MetaPathFinder):
    """Gives the mutant where the module is asked for."""

    def __init__(self, module: Watched, code: CodeType) -> None:
        self.module, self.code = module, code

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.module.name:
            return None
        loader = _Changed(fullname, str(self.module.path))
        loader.code = self.code
        return importlib.util.spec_from_file_location(fullname, self.module.path, loader=loader)


def run_tests(module: Watched, code: CodeType | None, seconds: int) -> tuple[bool, float]:
    """Run a module's tests in a fork, with ``code`` in its place; return whether all passed, and the processor's time.

    A fork that takes more of the processor than ``seconds`` is stopped and has not passed.
    """
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        signal.alarm(60 * seconds)  # a mutant may also wait for ever
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        if code is not None:
            sys.meta_path.insert(0, _Finder(module, code))
        import pytest

        chosen = [
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "--hypothesis-seed=0",
            "-W",
            "ignore::pytest.PytestAssertRewriteWarning",
        ]
        result = pytest.main([*chosen, "-m", "not application and not bench", *module.tests])
        os._exit(int(result))
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) == NO_TESTS:
        sys.exit(f"{module.name}: modules.toml names no tests")
    return os.waitstatus_to_exitcode(status) == PASSED, used.ru_utime + used.ru_stime


def try_module(module: Watched, most: int, seed: int, only: str = "") -> Outcome:
    """Return what the tests of a module make of its mutants: of all, or of ``most`` drawn with ``seed``."""
    passed, unchanged = run_tests(module, None, 600)
    if not passed:
        sys.exit(f"{module.name}: its tests fail without any mutant")
    known = [one for one in module.mutants() if only in one.name]
    chosen = sorted(random.Random(seed).sample(known, min(most, len(known))), key=lambda one: one.line)
    seconds = int(unchanged * PATIENCE[0] + PATIENCE[1])
    outcome = Outcome(len(chosen))
    for mutant in chosen:
        if mutant.name in module.same:
            outcome.same += 1
        elif run_tests(module, mutant.code, seconds)[0]:
            outcome.survivors.append(mutant)
            print(f"  lives  {module.path.relative_to(ROOT)}:{mutant.line} {mutant.name}", flush=True)
        else:
            outcome.killed += 1
    print(
        f"{module.name}: {outcome.killed} of {outcome.tried - outcome.same} killed ({outcome.share:.0%}); "
        f"{outcome.same} change nothing; {len(known)} mutants in all, {unchanged:.1f} s a full run", flush=True,
    )  # fmt: skip
    return outcome


def load_what_is_heavy() -> None:
    """Import what every fork would import again; nothing of ours, so that each fork meets the mutant."""
    for name in HEAVY:
        importlib.import_module(name)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = tempfile.mkdtemp(prefix="mutation-")
    assert not any(name.partition(".")[0] == "gk_xl" for name in sys.modules)
