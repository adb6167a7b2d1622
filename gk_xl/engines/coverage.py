"""How much of ``xlwings.base_classes`` each engine covers.

``python -m gk_xl.engines.coverage`` writes the tables into the README beside this file; a test says when it has to be
run. Covered is what the conformance suite proves by calling it through xlwings.
"""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gk_xl.engines import protocol
from gk_xl.engines.core.awaited import classes_of
from gk_xl.engines.core.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

README: Final = Path(__file__).with_name("README.md")
ENGINES: Final = {"libreoffice": "LibreOffice", "openpyxl": "closed file"}
SPECIAL: Final = {"__call__", "__contains__", "__getitem__", "__iter__", "__len__"}
_ABSENT: Final = object()
_BLOCK: Final = re.compile(r"(?<=<!-- coverage -->\n).*?(?=<!-- end of coverage -->)", re.DOTALL)


def covered_classes() -> list[str]:
    """Return the classes of xlwings that a protocol is written for."""
    known, ours = vars(import_module("xlwings.base_classes")), vars(protocol)
    return [name for name in ours if name in known and inspect.isclass(known[name]) and name != "Any"]


def other_classes() -> list[str]:
    """Return the classes of xlwings that no engine covers at all."""
    module = import_module("xlwings.base_classes")
    found = [
        name for name, item in vars(module).items() if inspect.isclass(item) and item.__module__ == module.__name__
    ]
    return [name for name in found if name[0] != "_" and name != "Collection" and name not in covered_classes()]


def members(name: str) -> tuple[list[str], list[str]]:
    """Return the public members of a class of xlwings, and its coroutines."""
    module = import_module("xlwings.base_classes")
    sources = [getattr(module, name)] + ([module.Collection] if name == "Pictures" else [])
    found = {key: item for source in sources for key, item in vars(source).items()}
    public = [key for key in found if key[0] != "_" or key in SPECIAL]
    coroutines = [key for key in public if inspect.iscoroutinefunction(found[key])]
    return [key for key in public if key not in coroutines], coroutines


def classes(engine: str) -> Mapping[str, type]:
    """Return an engine's classes by their names in xlwings."""
    wanted = covered_classes()
    return {name: cls for name, cls in classes_of(f"gk_xl.engines.{engine}").items() if name in wanted}


def standing(cls: type, member: str) -> str:
    """Return how a class stands to a member: ``covered``, the code by which it is refused, or ``absent``."""
    found: Any = inspect.getattr_static(cls, member, _ABSENT)
    if isinstance(found, Refused) or hasattr(found, "refusal"):
        return str(found.refusal.value)
    makers = [inspect.unwrap(vars(base)["__init__"]) for base in cls.__mro__[:-1] if "__init__" in vars(base)]
    given = found is not _ABSENT or any(member in maker.__code__.co_names for maker in makers)
    return "covered" if given else "absent"


def covered(engine: str) -> Iterator[tuple[str, str]]:
    """Yield the class and the name of every member that an engine covers, coroutines left aside."""
    ours = classes(engine)
    for name in covered_classes():
        if name in ours:
            yield from ((name, member) for member in members(name)[0] if standing(ours[name], member) == "covered")


def share(engine: str) -> float:
    """Return which part of the members of the classes covered an engine covers, from 0 to 1."""
    return sum(1 for _ in covered(engine)) / sum(len(members(name)[0]) for name in covered_classes())


def table() -> str:
    """Return the table of all classes, and what is refused in each."""
    done = {engine: list(covered(engine)) for engine in ENGINES}
    lines = ["| class | members | " + " | ".join(ENGINES.values()) + " |", "| --- | ---: |" + " ---: |" * len(ENGINES)]
    for name in covered_classes():
        counts = [sum(owner == name for owner, _ in done[engine]) for engine in ENGINES]
        lines.append(f"| {name} | {len(members(name)[0])} | " + " | ".join(map(str, counts)) + " |")
    total = sum(len(members(name)[0]) for name in covered_classes())
    parts = [f"**{len(done[engine])} ({share(engine):.0%})**" for engine in ENGINES]
    lines += [f"| **all** | **{total}** | " + " | ".join(parts) + " |", ""]
    for engine, title in ENGINES.items():
        lines += [f"Refused by {title}:", ""]
        for name, cls in classes(engine).items():
            found = [(member, standing(cls, member)) for member in members(name)[0]]
            told = [f"{member} (`{how}`)" for member, how in found if how != "covered"]
            lines += [f"- {name}: {', '.join(told)}"] if told else []
        lines.append("")
    coroutines = sum(len(members(name)[1]) for name in covered_classes())
    lines += [
        f"The {coroutines} coroutines of these classes follow from the members they are named after.",
        "",
        f"Not covered at all: {', '.join(other_classes())}.",
        "",
    ]
    return "\n".join(lines)


def printed(text: str) -> str:
    """Return the text of the README with the tables as they have to be."""
    return _BLOCK.sub(lambda _: table(), text)


if __name__ == "__main__":
    README.write_text(printed(README.read_text(encoding="utf-8")), encoding="utf-8")
