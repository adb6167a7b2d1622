"""The engines are what the protocol says, and the README says how much of xlwings that is."""

from __future__ import annotations

import inspect

import pytest
import xlwings as xw

from gk_xl.engines import coverage, protocol
from gk_xl.engines.core.errors import EngineError, Refusal
from tests.engines.conftest import ENGINES, proven

SHOWN = {("App", "alert")}  # takes a window and somebody who answers: the tests of the real click


@pytest.mark.parametrize("engine", coverage.ENGINES)
@pytest.mark.parametrize("name", coverage.covered_classes())
def test_an_engine_has_every_member_of_the_protocol_and_of_xlwings(engine, name):
    """Each member is given, or refused by a code; none is absent. Without xlwings' classes beneath, mypy sees it, too."""
    cls = coverage.classes(engine)[name]
    wanted = {key for base in getattr(protocol, name).__mro__ for key in vars(base).get("__annotations__", {})}
    wanted |= {key for key in dir(getattr(protocol, name)) if key[0] != "_" or key in coverage.SPECIAL}
    wanted |= set(coverage.members(name)[0])
    assert {member for member in wanted if coverage.standing(cls, member) == "absent"} == set()
    assert not any(base.__module__.startswith("xlwings") for base in cls.__mro__)


@pytest.mark.parametrize("engine", coverage.ENGINES)
def test_what_a_protocol_lets_be_set_can_be_set(engine):
    """An attribute of the protocol is no read-only property."""
    for name, cls in coverage.classes(engine).items():
        for member in vars(getattr(protocol, name)).get("__annotations__", {}):
            found = inspect.getattr_static(cls, member, None)
            assert not isinstance(found, property) or found.fset is not None, f"{name}.{member}"


def test_the_readme_tells_the_coverage_as_it_is():
    """``python -m gk_xl.engines.coverage`` writes it anew."""
    text = coverage.README.read_text(encoding="utf-8")
    assert coverage.printed(text) == text


def test_every_class_of_xlwings_is_covered_or_named_as_not_covered():
    """Nothing of xlwings is passed over in silence."""
    text = coverage.README.read_text(encoding="utf-8")
    known = [name for name, item in vars(xw.base_classes).items() if inspect.isclass(item) and name[0].isupper()]
    assert not [name for name in known if name not in text and name not in ("Any", "Collection", "Literal")]


def test_a_refusal_names_the_member_and_a_code(sheet):
    """What no engine does is answered by a code, read, called or set."""
    with pytest.raises(EngineError) as refused:
        sheet["A1"].add_comment("议")
    assert (refused.value.refusal, refused.value.facts) == (Refusal.UNSUPPORTED, {"what": "BlockRange.add_comment"})


@pytest.mark.parametrize("engine", ENGINES[:2])
def test_every_member_that_counts_was_called(request, engine):
    """A member counts as covered when this suite called it through xlwings, in this engine, and it came back."""
    collected = {item.path for item in request.session.items}
    apart = {request.path.with_name("test_addresses.py")}  # without an engine
    other = "test_office.py" if engine == "openpyxl" else "test_calculated.py"  # what the other engine alone can do
    apart.add(request.path.with_name(other))
    here = set(request.path.parent.glob("test_*.py")) - apart
    if not here <= collected or request.config.option.keyword or getattr(request.config.option, "lf", False):
        pytest.skip("a part of the suite proves a part only")
    missing = {member for member in coverage.covered(engine) if (engine, *member) not in proven} - SHOWN
    assert not missing, " ".join(sorted(".".join(member) for member in missing))
