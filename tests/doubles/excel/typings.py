"""Members of Excel and of WPS with their arguments, taken from published typings.

``npm pack @types/activex-excel @types/activex-office`` → ``members_excel.txt``, ``npm pack wps-jsapi`` (made from WPS'
own type library) → ``members_wps.txt``. Run by hand: ``python -m tests.doubles.excel.typings excel index.d.ts …``. What
is kept are names: of a type, its members, their arguments. One line a type; ``=`` marks what can be set, ``?`` an
argument that may be left out.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
PREFIXES = {"excel": ("",), "wps": ("Et", "Kso")}
"""What stands before the names of types."""
UNSAID = ("RHS", "lcid")  # what a type library counts among the arguments, and no caller gives
KEPT = (
    "Application", "Areas", "Border", "Borders", "Comment", "Comments", "FileDialog", "FileDialogSelectedItems", "Font",
    "FormatCondition", "FormatConditions",
    "Hyperlink", "Hyperlinks", "Interior", "Name", "Names", "PageSetup", "Protection", "Range", "Shape", "Sheets",
    "Validation", "Window", "Workbook", "Workbooks", "Worksheet",
)  # fmt: skip
"""The types that the double plays, and those next to them."""

_TYPE = re.compile(r"^    (?:class|interface) (\w+)(?:<.*?>)?(?: extends [\w., ]+)? \{$")
_MEMBER = re.compile(r"(?P<readonly>readonly )?(?P<name>\w*)(?:<.*?>)?\??(?P<kind>[:(])")
_ARGUMENT = re.compile(r"(?:^|,)\s*(?:\.\.\.)?(\w+)(\?)?:")


class Member(NamedTuple):
    """A member: its arguments in order, each with whether it may be left out, and whether it can be set."""

    arguments: tuple[tuple[str, bool], ...]
    settable: bool


def derive(product: str, texts: list[str]) -> str:
    """Return the lines of a product's file for the typings given."""
    kept = {f"{prefix}{name}": name for prefix in PREFIXES[product] for name in KEPT}
    kept |= {"EtWorksheets": "Sheets"}
    types: dict[str, dict[str, Member]] = {}
    for text in texts:
        name, held = "", ""
        for line in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines():
            opened = _TYPE.match(line)
            if opened:
                name, held = opened[1], ""
            elif line == "    }":
                name = ""
            elif name in kept and line.strip() and not line.lstrip().startswith("//"):
                held += line.strip() + " "
                if held.rstrip().endswith(";") and held.count("(") == held.count(")"):
                    add(types.setdefault(kept[name], {}), held)
                    held = ""
    return "".join(
        f"{name}: {' '.join(shown(*item) for item in sorted(types[name].items()))}\n" for name in KEPT if name in types
    )


def add(members: dict[str, Member], text: str) -> None:
    """Add what one declaration says; of several of one name, the longest list of arguments counts."""
    found = _MEMBER.match(text)
    if found is None or text.startswith("private"):
        return
    name = found["name"] or "_Default"
    arguments: tuple[tuple[str, bool], ...] = ()
    if found["kind"] == "(":
        inside = _inside(text[found.end() :])
        arguments = tuple((argument[1], bool(argument[2])) for argument in _ARGUMENT.finditer(inside))
        arguments = tuple(argument for argument in arguments if argument[0] not in UNSAID)
    old = members.get(name, Member((), False))
    longest = max(arguments, old.arguments, key=len)
    free = {key for key, optional in (*arguments, *old.arguments) if optional}
    if name in members and old.arguments != arguments:
        free |= {key for key, _ in longest} - {key for key, _ in min(arguments, old.arguments, key=len)}
    settable = old.settable or (found["kind"] == ":" and not found["readonly"])
    members[name] = Member(tuple((key, key in free) for key, _ in longest), settable)


def _inside(text: str) -> str:
    """Return the text up to the bracket that closes, types in brackets of their own left out."""
    depth, kept = 0, ""
    for letter in text:
        if letter in "([{<":
            depth += 1
        elif letter in ")]}>":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0:
            kept += letter
    return kept


def shown(name: str, member: Member) -> str:
    """Return a member as ``members.txt`` writes it."""
    inside = ",".join(f"{key}{'?' if optional else ''}" for key, optional in member.arguments)
    return f"{name}{'=' if member.settable else ''}{f'({inside})' if inside else ''}"


@cache
def members(product: str = "excel") -> dict[str, dict[str, Member]]:
    """Return what a product's file says: type → name → member.

    WPS' type library leaves out which property of several arguments can be set, and what must be given: those are
    Excel's.
    """
    types: dict[str, dict[str, Member]] = {}
    for line in (FOLDER / f"members_{product}.txt").read_text("ascii").splitlines():
        name, _, rest = line.partition(": ")
        types[name] = {}
        for word in rest.split():
            key, _, inside = word.rstrip(")").partition("(")
            arguments = tuple((item.rstrip("?"), item.endswith("?")) for item in inside.split(",") if item)
            types[name][key.rstrip("=")] = Member(arguments, key.endswith("="))
    if product != "excel":
        for name, known in members().items():
            for key, member in types.get(name, {}).items():
                if key in known:
                    types[name][key] = Member(member.arguments, member.settable or known[key].settable)
    return types


if __name__ == "__main__":
    target = FOLDER / f"members_{sys.argv[1]}.txt"
    target.write_text(derive(sys.argv[1], [Path(path).read_text("utf-8-sig") for path in sys.argv[2:]]), "ascii")
