"""Wordings: forms of words, and what must be true of the numbers in them. A wording is a block of a TOML file, no code.

``pattern`` is a regular expression whose named groups are numbers, or texts for the message; ``right`` says in the
language of the rules what is true of them (without it the words themselves are wrong). A group that took no part is 0,
other words are 1, a trailing digit of its name goes (``named2`` is ``named``), so that the branches of a pattern can share a name. The
sentence is left alone outside ``parts``, where ``unless`` is found in it, or ``needs`` is not, where ``unless_before``
is found before the words. ``says`` may hold groups and expressions in braces, ``{found}`` are the words. ``wrong`` and
``fine`` are examples: a test runs them. ``read`` says how the
sentence is read where not as usual: ``text`` with titles and quotations, ``masked`` with numbers as written. ``[pieces]``
are parts of several patterns, ``{so}`` in them; those of ``text/pieces.toml`` all files may name.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gk_xl.checks.catalogue import show
from gk_xl.checks.entries import chinese_number
from gk_xl.checks.expression import Node, Operation, Sum, evaluate, parse
from gk_xl.checks.text.pieces import whole
from gk_xl.form.finding import Severity
from gk_xl.form.kept import toml
from gk_xl.form.load import Keys
from gk_xl.form.patterns import regex
from gk_xl.form.prebuilt import prebuilt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gk_xl.checks.text.sentences import Narrative, Sentence

    Around = Callable[[re.Match[str]], Mapping[str, float]]


def _nothing(_: re.Match[str]) -> Mapping[str, float]:
    """Tell nothing more of a match than its groups do."""
    return {}


_BRACED: Final = re.compile(r"\{([^{}]+)\}")
_SCALES: Final = {"万": 10**4, "亿": 10**8}
_ENDS: Final = "，。；：、）"


class Wording(NamedTuple):
    """One form of words; see the module's text."""

    pattern: re.Pattern[str]
    right: str
    says: str
    parts: tuple[str, ...]
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    severity: Severity | None
    read: str
    wrong: tuple[str, ...]
    fine: tuple[str, ...]

    def problems(self, text: str, around: Around) -> Iterator[str]:
        """Yield what is wrong with a sentence; ``around`` tells what else is known where the words stand."""
        for match in self.pattern.finditer(text):
            if self.unless_before and self.unless_before.search(text, 0, match.start()):
                continue
            numbers = {**around(match), **_numbers(match)}
            if self.right and evaluate(_expression(self.right), numbers) is not False:
                continue
            if (self.needs and not self.needs.search(text)) or (self.unless and self.unless.search(text)):
                return
            yield _BRACED.sub(partial(_filled, match, numbers), self.says)


def _numbers(match: re.Match[str]) -> dict[str, float]:
    """Return the numbers of a match by the names of their groups, in figures or characters, 万 and 亿 behind them reckoned in."""
    found: dict[str, float] = {}
    for group, said in match.groupdict().items():
        name = group.rstrip("0123456789")
        number = 0 if said is None else number_of(said)
        found[name] = (1 if number is None else number) or found.get(name, 0)
    return found


@lru_cache(maxsize=1024)
def number_of(said: str) -> float | None:
    """Return a number that is written in figures, with 万 or 亿 or without, or in characters; None for other words."""
    figures = said.rstrip("万亿")
    if figures.replace(".", "", 1).isdecimal():
        return float(figures) * _SCALES.get(said[-1:], 1)
    return chinese_number(said.replace("两", "二"))


def _filled(match: re.Match[str], numbers: Mapping[str, float], braced: re.Match[str]) -> str:
    """Return what a message shows for a name in braces: the words found, a group as written, or what an expression comes to."""
    named = braced[1]
    if named == "found":
        return match[0].strip(_ENDS)
    groups = match.groupdict().items()
    written = next((said for group, said in groups if said and group.rstrip("0123456789") == named), "")
    figures = written[:1].isdecimal() or number_of(written) is None
    return written if written and figures else show(evaluate(_expression(named), numbers))


@cache
def _expression(text: str) -> Node:
    """Return an expression over the names of groups; BadExpression where it is none."""
    return _bound(parse(text))


def _bound(node: Node) -> Node:
    """Return an expression whose names stand for themselves."""
    if isinstance(node, Operation):
        return node._replace(operands=tuple(map(_bound, node.operands)))
    return node._replace(names=(node.pattern,)) if isinstance(node, Sum) else node


class Table:
    """The wordings of a room: those of ``wordings.toml`` beside the module that asks for them."""

    def __init__(self, module: str) -> None:
        self.file = Path(module).with_name("wordings.toml")

    @cached_property
    def _kinds(self) -> Mapping[str, tuple[Wording, ...]]:
        """The wordings of each kind, as they were kept or made now."""
        return prebuilt(f"wordings_{self.file.parent.name}", lambda: _of_file(self.file))

    def kind(self, name: str) -> tuple[Wording, ...]:
        """Return the wordings of a kind in the order in which they are tried; BadEditionFile names the key at fault."""
        return self._kinds[name]

    def patterns(self, *kinds: str) -> Iterator[re.Pattern[str]]:
        """Yield the patterns of some kinds: a sentence with none of them is not wrong in that way."""
        return (wording.pattern for kind in kinds for wording in self.kind(kind))

    def asked(self, kind: str, narrative: Narrative) -> Mapping[Sentence, tuple[int, ...]]:
        """Return which wordings of a kind, by number, can be found in each sentence: in most of them none."""
        found: dict[Sentence, tuple[int, ...]] = {}
        for number, wording in enumerate(self.kind(kind)):
            for sentence in narrative.bearing(wording.pattern):
                found[sentence] = (*found.get(sentence, ()), number)
        return found

    def problems(
        self, kind: str, text: str, /, part: str = "", around: Around = _nothing, among: Iterable[int] = (), **read: str
    ) -> Iterator[tuple[str, Severity | None]]:
        """Yield what is wrong with a text in the wordings of a kind, and how grave where that is not the rule's own.

        ``read`` is the text for wordings that read it otherwise, ``among`` the numbers of those to look for where it is not all.
        """
        known = self._kinds[kind]
        for wording in map(known.__getitem__, among) if among else known:
            said = read[wording.read] if wording.read else text
            if (not wording.parts or part in wording.parts) and wording.pattern.search(said):
                for problem in wording.problems(said, around):
                    yield problem, wording.severity

    def first(self, kind: str, text: str, /, part: str = "", around: Around = _nothing, **read: str) -> str:
        """Return the first thing that is wrong with a text in the wordings of a kind, empty when nothing is."""
        for problem, _ in self.problems(kind, text, part, around, (), **read):
            return problem
        return ""


def _of_file(file: Path) -> Mapping[str, tuple[Wording, ...]]:
    """Return what stands in a file of wordings, by kind."""
    where, table = f"checks/text_rules/{file.parent.name}/{file.name}", toml(file)
    pieces = table.pop("pieces", {})
    return {
        name: tuple(_read(Keys(where, f"{name}[{at}]", block), pieces) for at, block in enumerate(blocks))
        for name, blocks in table.items()
    }


def _read(keys: Keys, pieces: Mapping[str, str]) -> Wording:
    """Return the wording of a block."""

    def taken(name: str) -> re.Pattern[str] | None:
        written = whole(keys.take(name, str, ""), pieces)
        return regex(written) if written else None

    pattern = taken("pattern")
    assert pattern is not None  # a block without one says nothing
    severity: Any = keys.take("severity", str, "")
    found = Wording(
        pattern,
        keys.take("right", str, ""),
        keys.take("says", str),
        tuple(keys.take("parts", list, [])),
        taken("needs"),
        taken("unless"),
        taken("unless_before"),
        Severity(severity) if severity else None,
        keys.take("read", str, ""),
        tuple(keys.take("wrong", list, [])),
        tuple(keys.take("fine", list, [])),
    )
    keys.done()
    return found
