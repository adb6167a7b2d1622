"""Run the tests of a module over its mutants: one pytest session with everything loaded, a fork for each mutant."""

from __future__ import annotations

import importlib
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
from types import CodeType, FrameType, FunctionType
from typing import TYPE_CHECKING, Any

from tests.mutation.mutants import Mutant, mutants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

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
OPTIONS = (
    "-x", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0",
    "-W", "ignore::pytest.PytestAssertRewriteWarning", "-m", "not application and not bench",
)  # fmt: skip
PATIENCE = 2.5, 5.0  # so many times the processor's time of the unchanged module, and so many seconds more
PASSED = 0


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

    def mutants(self, *, compiled: bool = True) -> list[Mutant]:
        """Return all mutants of the module."""
        return mutants(self.path.read_text(encoding="utf-8"), str(self.path), compiled=compiled)


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


def try_module(module: Watched, most: int, seed: int, only: str = "") -> Outcome:
    """Return what the tests of a module make of its mutants: of all, or of ``most`` drawn with ``seed``."""
    known = [one for one in module.mutants() if only in one.name]
    drawn = sorted(random.Random(seed).sample(known, min(most, len(known))), key=lambda one: one.line)
    chosen = [one for one in drawn if one.name not in module.same]
    outcome = Outcome(len(drawn), len(drawn) - len(chosen))
    for mutant, dead, early in _tried(module, chosen):
        if dead or (early and _dead_when_loaded(module, mutant)):
            outcome.killed += 1
        else:
            outcome.survivors.append(mutant)
            print(f"  lives  {module.path.relative_to(ROOT)}:{mutant.line} {mutant.name}", flush=True)
    print(
        f"{module.name}: {outcome.killed} of {len(chosen)} killed ({outcome.share:.0%}); {outcome.same} of "
        f"{len(drawn)} tried change nothing; {len(known)} mutants in all", flush=True,
    )  # fmt: skip
    return outcome


def load_what_is_heavy() -> None:
    """Import what every session would import again; nothing of ours, so that a mutant can still be loaded in its place."""
    for name in HEAVY:
        importlib.import_module(name)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = tempfile.mkdtemp(prefix="mutation-")


# ------------------------------------------------------------------ in one session, by exchanging functions' code


def _tried(module: Watched, chosen: Sequence[Mutant]) -> Iterator[tuple[Mutant, bool, bool]]:
    """Yield each mutant, whether a test failed, whether its code had run before the first test.

    The tests are collected once, in a process of their own.
    """
    reading, writing = os.pipe()
    if not _fork_in_silence():
        import pytest

        os.close(reading)
        loop = _Loop(module, chosen, writing)
        code = pytest.main([*OPTIONS, *module.tests], plugins=[loop])
        os._exit(int(code))
    os.close(writing)
    with os.fdopen(reading) as answers:
        if answers.readline().strip() != "ready":
            sys.exit(f"{module.name}: its tests fail without any mutant")
        for mutant, answer in zip(chosen, answers, strict=True):
            yield mutant, answer.strip() == "dead", answer.strip() == "early"
    os.wait()


class _Loop:
    """A plug-in of pytest: where the tests would run, it runs them once for each mutant, in a fork."""

    def __init__(self, module: Watched, chosen: Sequence[Mutant], answers: int) -> None:
        self.module, self.chosen, self.answers = module, chosen, answers
        self.early: set[str] = set()
        sys.setprofile(self._note)

    def _note(self, frame: FrameType, event: str, _value: object) -> None:
        """Note a function of the module that runs while tests are collected: what it made then may have been kept."""
        if event == "call" and frame.f_code.co_filename == str(self.module.path):
            self.early.add(frame.f_code.co_qualname.partition(".<")[0])

    def pytest_runtestloop(self) -> bool | None:
        """Return None in a fork, where the tests then run; True in the session, when all forks have ended."""
        sys.setprofile(None)
        unchanged = compile(self.module.path.read_text(encoding="utf-8"), str(self.module.path), "exec")
        before, functions = _codes(unchanged), dict(_functions(sys.modules.get(self.module.name)))
        child = _fork_in_silence()
        if not child:
            return None
        passed, used = _waited(child)
        os.write(self.answers, b"ready\n" if passed else b"no\n")
        for mutant in self.chosen:
            changed = {name: code for name, code in _codes(mutant.code).items() if code != before[name]}
            child = _fork_in_silence(int(used * PATIENCE[0] + PATIENCE[1]))
            if not child:
                for name in changed.keys() & functions.keys():
                    functions[name].__code__ = changed[name]
                return None
            lives = b"early\n" if self._counts_early(changed.keys(), functions.keys()) else b"lives\n"
            os.write(self.answers, lives if _waited(child)[0] else b"dead\n")
        return True

    def _counts_early(self, changed: AbstractSet[str], functions: AbstractSet[str]) -> bool:
        """Return whether a change works when the module is loaded, or in what was kept before the first test."""
        inmost = {name for name in changed if not any(other.startswith(f"{name}.") for other in changed)}
        return not inmost or not inmost <= functions or bool(inmost & self.early)


def _codes(code: CodeType) -> dict[str, CodeType]:
    """Return the code of the functions and methods in a module's or a class's code, by their qualified names."""
    found = {}
    for one in code.co_consts:
        if isinstance(one, CodeType) and "<" not in one.co_qualname:
            found |= {one.co_qualname: one} | _codes(one)
    return found


def _functions(holder: Any, seen: tuple[str, ...] = ()) -> Iterator[tuple[str, FunctionType]]:
    """Yield the functions and methods of a module or class, out of their wrappings, by their qualified names."""
    for value in map(_unwrapped, list(vars(holder).values()) if holder is not None else ()):
        if isinstance(value, FunctionType):
            yield value.__qualname__, value
        elif isinstance(value, type) and value.__qualname__ not in seen:
            yield from _functions(value, (*seen, value.__qualname__))


def _unwrapped(value: Any) -> Any:
    """Return the function under a decorator, a cache, a property; any other value as it is."""
    for part in ("__wrapped__", "__func__", "fget", "func"):
        inner = getattr(value, part, None)
        if isinstance(inner, FunctionType):
            return inner
    return value


# ------------------------------------------------------------------ alone, by loading the mutant in the module's place


def _dead_when_loaded(module: Watched, mutant: Mutant) -> bool:
    """Return whether a test fails when the mutant is there from the start: in constants, in what was kept from before."""
    child = _fork_in_silence(600)
    if not child:
        import pytest

        sys.meta_path.insert(0, _Finder(module, mutant.code))
        os._exit(int(pytest.main([*OPTIONS, *module.tests])))
    return not _waited(child)[0]


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


# ------------------------------------------------------------------ processes


def _fork_in_silence(seconds: int = 0) -> int:
    """Fork; the child says nothing, and is stopped after ``seconds`` of the processor (0: never). Return its id, or 0."""
    child = os.fork()
    if not child:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        if seconds:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            signal.alarm(60 * seconds)  # a mutant may also wait for ever
    return child


def _waited(child: int) -> tuple[bool, float]:
    """Return whether all tests of a fork passed, and the processor's time that they took."""
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status) == PASSED, used.ru_utime + used.ru_stime
