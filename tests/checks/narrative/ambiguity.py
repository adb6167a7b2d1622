"""How many ways a regular expression has to read one text: what a search that goes back may have to try.

A pattern becomes the graph of its positions: what may follow what, bounded repetitions written out. A loop in it that reads
some text in two ways makes the ways double with each round (exponential); a loop that comes after another one, both
taking the same text, makes them grow with a further power of the length. Neither looks at any text: what is found
holds for every text. Look-arounds and back-references are taken as always fulfilled, which only adds ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import product
from re import _constants as op
from re import _parser
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MANY: Final = 8
"""A repetition of more rounds than this, of more than one character, counts as one without end."""
_CATEGORIES: Final = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda text: text.isalnum() or text == "_",
}
_ONE: Final = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)


@dataclass(frozen=True)
class Chars:
    """A set of characters: some, or all but some, and categories that are taken whole."""

    some: frozenset[int]
    without: bool = False

    def meets(self, other: Chars) -> bool:
        """Return whether some character is in both."""
        if self.without and other.without:
            return True
        if self.without or other.without:
            few, rest = (other, self) if self.without else (self, other)
            return bool(few.some - rest.some)
        return not self.some.isdisjoint(other.some)


def _category(name: Any) -> frozenset[int]:
    """Return the characters of a category, as far as the basic plane goes."""
    return frozenset(code for code in range(0x10000) if _CATEGORIES[name](chr(code)))


_KNOWN: Final = {name: _category(name) for name in _CATEGORIES}
_ALL: Final = frozenset(range(0x10000))
_KNOWN |= {
    op.CATEGORY_NOT_DIGIT: _ALL - _KNOWN[op.CATEGORY_DIGIT],
    op.CATEGORY_NOT_SPACE: _ALL - _KNOWN[op.CATEGORY_SPACE],
    op.CATEGORY_NOT_WORD: _ALL - _KNOWN[op.CATEGORY_WORD],
}


@cache
def _class(value: tuple[Any, ...]) -> Chars:
    """Return the characters of a class."""
    some: set[int] = set()
    without = False
    for name, item in value:
        if name is op.NEGATE:
            without = True
        elif name is op.LITERAL:
            some.add(item)
        elif name is op.RANGE:
            some.update(range(item[0], item[1] + 1))
        else:
            some |= _KNOWN[item]
    return Chars(frozenset(some), without)


def _chars(kind: Any, value: Any) -> Chars:
    """Return the characters that a node of one character takes."""
    if kind is op.LITERAL:
        return Chars(frozenset([value]))
    if kind is op.NOT_LITERAL:
        return Chars(frozenset([value]), without=True)
    if kind is op.ANY:
        return Chars(frozenset([10]), without=True)
    return _class(tuple(value))


@dataclass
class Part:
    """A part of a pattern: the positions it may begin and end with, and whether it may be empty."""

    first: list[int]
    last: list[int]
    empty: bool


@dataclass
class Graph:
    """The positions of a pattern: what each takes, and what may follow it (once for each way)."""

    takes: list[Chars] = field(default_factory=list)
    follow: list[list[int]] = field(default_factory=list)
    settled: set[int] = field(default_factory=set)  # in what is never gone back into
    groups: dict[int, Any] = field(default_factory=dict)

    def position(self, chars: Chars) -> int:
        """Return a new position."""
        self.takes.append(chars)
        self.follow.append([])
        return len(self.takes) - 1

    def link(self, ends: Iterable[int], starts: Iterable[int]) -> None:
        """Let each of some positions follow each of others."""
        for end, start in product(list(ends), list(starts)):
            self.follow[end].append(start)

    def sequence(self, nodes: Iterable[Any]) -> Part:
        """Return the part that nodes make one behind the other."""
        whole = Part([], [], empty=True)
        for kind, value in nodes:
            part = self.node(kind, value)
            self.link(whole.last, part.first)
            whole = Part(
                whole.first + (part.first if whole.empty else []),
                part.last + (whole.last if part.empty else []),
                whole.empty and part.empty,
            )
        return whole

    def node(self, kind: Any, value: Any) -> Part:
        """Return the part of one node."""
        if kind in _ONE:
            at = self.position(_chars(kind, value))
            return Part([at], [at], empty=False)
        if kind is op.SUBPATTERN:
            self.groups[value[0]] = value[3]
            return self.sequence(value[3])
        if kind is op.ATOMIC_GROUP:
            return self.kept(value)
        if kind is op.BRANCH:
            parts = [self.sequence(nodes) for nodes in value[1]]
            return Part(
                [at for part in parts for at in part.first],
                [at for part in parts for at in part.last],
                any(part.empty for part in parts),
            )
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            return self.repeated(*value, settled=kind is op.POSSESSIVE_REPEAT)
        if kind is op.GROUPREF:  # some text that the group takes
            return self.sequence(self.groups[value])
        assert kind in (op.AT, op.ASSERT, op.ASSERT_NOT, op.FAILURE), kind
        return Part([], [], empty=True)

    def kept(self, nodes: Iterable[Any]) -> Part:
        """Return the part of nodes that are matched once and never gone back into."""
        begin = len(self.takes)
        part = self.sequence(nodes)
        self.settled.update(range(begin, len(self.takes)))
        return part

    def repeated(self, least: int, most: Any, nodes: Any, *, settled: bool) -> Part:
        """Return the part of a repetition: written out, or as a loop where it has no end or many rounds."""
        single = len(nodes) == 1 and nodes[0][0] in _ONE
        atomic = len(nodes) == 1 and nodes[0][0] is op.ATOMIC_GROUP  # each round has one way only
        if most is op.MAXREPEAT or (most > MANY and not (single or atomic or settled)):
            part = self.kept(nodes) if settled else self.sequence(nodes)
            self.link(part.last, part.first)
            return Part(part.first, part.last, part.empty or least == 0)
        first: list[int] = []
        ends: list[int] = []  # with what the round before may end
        stops: list[int] = []  # with what the repetition may end
        begins = True
        for turn in range(most):
            part = self.sequence(nodes)
            self.link(ends, part.first)
            first += part.first if begins else []
            begins = begins and part.empty
            ends = part.last + (ends if part.empty else [])
            stops += part.last if turn >= least - 1 or part.empty else []
        return Part(first, stops, begins or least == 0)


@cache
def graph(pattern: str | bytes) -> Graph:
    """Return the graph of a pattern."""
    made = Graph()
    made.sequence(_parser.parse(pattern))
    return made


def loops(made: Graph) -> list[list[int]]:
    """Return the positions that lie on common circles (Tarjan, without recursion)."""
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    found: list[list[int]] = []
    for root in range(len(made.takes)):
        if root in number:
            continue
        work: list[tuple[int, Iterator[int]]] = []
        _enter(root, made, number, low, stack, work)
        while work:
            at, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == number[at]:
                    circle = [stack.pop()]
                    while circle[-1] != at:
                        circle.append(stack.pop())
                    if len(circle) > 1 or at in made.follow[at]:
                        found.append(circle)
            elif following not in number:
                _enter(following, made, number, low, stack, work)
            elif following in stack:
                low[at] = min(low[at], number[following])
    return found


def _enter(
    at: int,
    made: Graph,
    number: dict[int, int],
    low: dict[int, int],
    stack: list[int],
    work: list[tuple[int, Iterator[int]]],
) -> None:
    """Begin with a position."""
    number[at] = low[at] = len(number)
    stack.append(at)
    work.append((at, iter(set(made.follow[at]))))


def doubles(made: Graph) -> bool:
    """Return whether some loop reads a text in two ways: then the ways double with every round."""
    return any(_doubled(made, frozenset(circle)) for circle in loops(made))


def _doubled(made: Graph, circle: frozenset[int]) -> bool:
    """Return whether two ways through a loop part and meet again over one text."""
    if any(len(set(inner)) < len(inner) for inner in ([n for n in made.follow[at] if n in circle] for at in circle)):
        return True  # one step in two ways: an empty round
    parted: list[tuple[int, int]] = []
    for at in circle:
        inside = [following for following in made.follow[at] if following in circle]
        parted += [
            (one, other)
            for one, other in product(inside, inside)
            if one < other and made.takes[one].meets(made.takes[other])
        ]
    seen = set(parted)
    while parted:
        one, other = parted.pop()
        for pair in product(made.follow[one], made.follow[other]):
            if pair in seen or not circle.issuperset(pair) or not made.takes[pair[0]].meets(made.takes[pair[1]]):
                continue
            if pair[0] == pair[1]:
                return True
            seen.add(pair)
            parted.append(pair)
    return False


def power(made: Graph) -> int:
    """Return the power of the length with which the ways may grow: the most loops in a row that can share one text."""
    circles = loops(made)
    longest: dict[int, int] = {}

    def chain(index: int) -> int:
        if index not in longest:
            behind = (chain(other) for other in range(len(circles)) if _leads(made, circles[index], circles[other]))
            longest[index] = (not made.settled.issuperset(circles[index])) + max(behind, default=0)
        return longest[index]

    return max(map(chain, range(len(circles))), default=0)


def _leads(made: Graph, one: list[int], other: list[int]) -> bool:
    """Return whether a way leads from one loop to another over characters that both may take."""
    if one == other:
        return False

    def shared(chars: Chars) -> bool:
        return all(any(chars.meets(made.takes[at]) for at in circle) for circle in (one, other))

    seen, work, ends = set(one), list(one), set(other)
    while work:
        for following in made.follow[work.pop()]:
            if following not in seen and shared(made.takes[following]):
                if following in ends:
                    return True
                seen.add(following)
                work.append(following)
    return False
