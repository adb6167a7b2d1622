"""The rule language: read once, evaluated in Python, printed as an Excel formula.

A rule says what must be true::

    t3.received_new.{c} + t3.carried_in.{c} == t3.outcome_total.{c} + t3.carried_out.{c}

- a name is a cell (``t3.granted.total``) or a cell of last year (``last.t3.carried_out.total``);
- ``sum(t3.refused.*.total)`` adds every cell that the pattern matches, ``*`` standing for anything;
- ``parts(t3.granted.*)`` adds them too, the totals left out: what a total of these cells must be;
- ``groups(t3.outcome_total.total)`` adds what the form prints above that total under the same heading, whatever rows an
  edition has there: a group, say 不予公开, as one sum;
- ``entry(t3.granted.total)`` is true when the cell holds what its kind asks for (a count: a whole number, 0 or more);
- ``+ - *``, comparisons, ``and or not``, parentheses. Multiplication wants blanks around ``*``.

Three verdicts: a rule over a blank or a text is undecided (None); only ``entry`` decides about blanks themselves. Two
sides are equal, in Python and in the sheets alike, when no difference shows at six decimal places: sums of decimals in
binary floating point differ in the last place. Neither side rounds for that: spreadsheets part over exactly half of the
sixth place, and add up in orders of their own, so the border is laid where no sum of typed numbers comes to lie.
"""

from __future__ import annotations

import math
import operator
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.errors import BadExpression, UnknownCell
from gk_xl.form.patterns import regex
from gk_xl.form.schema import ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gk_xl.form.schema import Edition, Value

EQUAL = "0.00000055"  # a difference below this is none; as formulas print it
_EQUAL = float(EQUAL)
LAST = "last."


class Ref(NamedTuple):
    """A mention of a cell, of this year's filing or of last year's."""

    cell: str
    last: bool = False

    @property
    def name(self) -> str:
        """The mention as an expression writes it: ``t3.granted.total``, ``last.t3.granted.total``."""
        return LAST + self.cell if self.last else self.cell


class Number(NamedTuple):
    """A literal."""

    value: float


class Sum(NamedTuple):
    """One cell, or several added up (``pattern`` as written; ``refs`` and their names once bound to an edition)."""

    pattern: str
    refs: tuple[Ref, ...] = ()
    names: tuple[str, ...] = ()
    parts: bool = False


class Entry(NamedTuple):
    """Does a cell hold what its kind asks for? The only question that a blank answers (with no)."""

    ref: Ref
    kind: ValueKind = ValueKind.COUNT


class Operation(NamedTuple):
    """An operator with its operands: arithmetic, a comparison, or logic (``not`` has one operand).

    Where it adds up cells one after the other, ``names`` are theirs, once bound: one sum instead of a tree.
    """

    operator: str
    operands: tuple[Node, ...]
    names: tuple[str, ...] = ()


Node = Number | Sum | Entry | Operation

COMPARISONS = ("==", "<=", ">=", "<", ">")

_TOKEN = regex(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z]\w*\*?(?:\.(?:\w+\*?|\*))*)|(?P<symbol>==|<=|>=|[-+*<>(),]))"
)
_WORDS = ("and", "or", "not")


class _Parser:
    """Recursive descent over one expression."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at = text, list(self.split(text)), 0

    @staticmethod
    def split(text: str) -> Iterator[tuple[str, str, int]]:
        position = 0
        while position < len(text.rstrip()):
            match = _TOKEN.match(text, position)
            if match is None:
                raise BadExpression(text, position, "看不懂这个字符")
            kind = match.lastgroup or ""
            yield kind, match[kind], match.start(kind)
            position = match.end()
        yield "end", "", len(text)

    def fail(self, why: str) -> BadExpression:
        return BadExpression(self.text, self.tokens[self.at][2], why)

    def accept(self, *wanted: str) -> str:
        kind, value, _ = self.tokens[self.at]
        if value in wanted and (kind == "symbol" or value in _WORDS):
            self.at += 1
            return value
        return ""

    def expect(self, wanted: str) -> None:
        if not self.accept(wanted):
            raise self.fail(f"这里应当是 {wanted}")

    def chain(self, operators: tuple[str, ...], operand: Callable[[], Node]) -> Node:
        node = operand()
        while operator := self.accept(*operators):
            node = Operation(operator, (node, operand()))
        return node

    def expression(self) -> Node:
        return self.chain(("or",), lambda: self.chain(("and",), self.negation))

    def negation(self) -> Node:
        if self.accept("not"):
            return Operation("not", (self.negation(),))
        left = self.addition()
        if operator := self.accept(*COMPARISONS):
            return Operation(operator, (left, self.addition()))
        return left

    def addition(self) -> Node:
        return self.chain(("+", "-"), lambda: self.chain(("*",), self.factor))

    def factor(self) -> Node:
        if self.accept("("):
            node = self.expression()
            self.expect(")")
            return node
        kind, value, _ = self.tokens[self.at]
        if kind == "number":
            self.at += 1
            return Number(float(value) if "." in value else int(value))
        if kind != "name" or value in _WORDS:
            raise self.fail("这里应当是数、单元格或括号")
        if value not in ("sum", "parts", "groups", "entry"):
            if "*" in value:
                raise self.fail("通配符只能写在 sum( )、parts( ) 里")
            self.at += 1
            return Sum(value)
        self.at += 1
        self.expect("(")
        kind, pattern, _ = self.tokens[self.at]
        if kind != "name":
            raise self.fail("这里应当是单元格")
        self.at += 1
        self.expect(")")
        if value == "groups":
            return Operation("groups", (Sum(pattern),))
        return Entry(Ref(pattern)) if value == "entry" else Sum(pattern, parts=value == "parts")


def parse(text: str) -> Node:
    """Return the expression that ``text`` (without ``{}`` left in it) writes; BadExpression says where it stops."""
    parser = _Parser(text)
    node = parser.expression()
    if parser.tokens[parser.at][0] != "end":
        raise parser.fail("后面多出了内容")
    return node


def bind(node: Node, edition: Edition, last: Edition) -> Node:
    """Return the expression with patterns resolved to the cells of this year's and last year's edition.

    UnknownCell when a name matches no cell.
    """
    if isinstance(node, Operation):
        operands = tuple(bind(item, edition, last) for item in node.operands)
        if node.operator == "groups":
            return _groups(operands[0], edition, last)
        return Operation(node.operator, operands, _added(operands) if node.operator == "+" else ())
    if isinstance(node, Entry):
        return Entry(node.ref, edition.cell(node.ref.cell).kind)
    if isinstance(node, Sum):
        is_last = node.pattern.startswith(LAST)
        form = last if is_last else edition
        pattern = node.pattern.removeprefix(LAST)
        if "*" in pattern:
            refs = tuple(
                Ref(cell.id, is_last) for cell in form.matching(pattern) if not (node.parts and form.adds_up(cell))
            )
        else:
            refs = (Ref(pattern, is_last),) if pattern in form.cells else ()
        if not refs:
            raise UnknownCell(f"{form.statutory} 年版表格里没有与 {node.pattern} 相符的单元格")
        return Sum(node.pattern, refs, tuple(ref.name for ref in refs))
    return node


def _groups(total: Node, edition: Edition, last: Edition) -> Node:
    """Return the sum of the groups of rows that a total adds up, each group as one sum, in printed order."""
    (ref,) = mentions(total)
    groups = (last if ref.last else edition).added_up_by(ref.cell)
    if not groups:
        raise UnknownCell(f"{edition.statutory} 年版表格里没有 {ref.name} 要合计的单元格")
    cells = [tuple(Ref(cell, ref.last) for cell in group) for group in groups]
    sums: list[Node] = [Sum(ref.name, refs, tuple(one.name for one in refs)) for refs in cells]
    return reduce(lambda left, right: Operation("+", (left, right), _added((left, right))), sums)


def _added(operands: tuple[Node, ...]) -> tuple[str, ...]:
    """Return the names of cells that a sum adds up one after the other, as Excel does; none where it adds up sums.

    (a + b) + c is the sum of a, b, c to the last binary place; a + (b + c) is not.
    """
    left, right = operands
    if isinstance(left, Sum | Operation) and left.names and isinstance(right, Sum) and len(right.names) == 1:
        return left.names + right.names
    return ()


def mentions(node: Node) -> tuple[Ref, ...]:
    """Return the cells that a bound expression mentions, in order, each once."""
    if isinstance(node, Sum):
        return node.refs
    if isinstance(node, Entry):
        return (node.ref,)
    if isinstance(node, Operation):
        return tuple(dict.fromkeys(ref for item in node.operands for ref in mentions(item)))
    return ()


# ------------------------------------------------------------------------------------------------ in Python


def evaluate(node: Node, numbers: Mapping[str, float]) -> bool | float | None:
    """Return a bound expression's value: a bool or a number; None (undecided) over a blank or a text.

    ``numbers`` holds the number of each cell by the name that expressions give it (:attr:`Ref.name`); a cell that is
    blank or holds a text is not in it.
    """
    if isinstance(node, Sum) or (isinstance(node, Operation) and node.names):
        try:
            # Not sum(): from Python 3.12 on it adds up floats more exactly than a sheet does.
            return reduce(operator.add, map(numbers.__getitem__, node.names))
        except KeyError:
            return None
    if isinstance(node, Operation):
        operands = node.operands
        left = evaluate(operands[0], numbers)
        if left is None:
            return None
        if len(operands) == 1:
            return not left
        right = evaluate(operands[1], numbers)
        return None if right is None else _apply(node.operator, left, right)
    if isinstance(node, Entry):
        return fits(numbers.get(node.ref.name), node.kind)
    return node.value


_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq, "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_SIGNS: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def _apply(sign: str, left: float, right: float) -> bool | float:
    """Return the result of an operator on two decided operands."""
    if sign in _ORDERS:
        return _ORDERS[sign](0 if abs(left - right) < _EQUAL else left - right, 0)
    if sign in _SIGNS:
        return _SIGNS[sign](left, right)
    return bool(left and right) if sign == "and" else bool(left or right)


def fits(value: Value, kind: ValueKind) -> bool:
    """Return whether a cell holds what its kind asks for; a blank and a text never do."""
    if isinstance(value, int):
        return value >= 0 or kind is ValueKind.SIGNED
    if value is None or isinstance(value, str) or not math.isfinite(value):
        return False
    if kind is not ValueKind.SIGNED and value < 0:
        return False
    return kind is ValueKind.AMOUNT or value == math.floor(value)


# ------------------------------------------------------------------------------------------------ in Excel


def excel(node: Node, address: Callable[[Ref], str]) -> str:
    """Return a bound expression as an Excel formula (without ``=``), each cell printed by ``address``.

    Only functions that every spreadsheet has had since Excel 2007. The three-valued wrapper (:func:`excel_verdict`)
    sees to it that a formula meets numbers only; what :class:`Entry` asks is asked of any value.
    """
    if isinstance(node, Number):
        return f"{node.value:g}"
    if isinstance(node, Sum):
        ranges = _ranges(node.refs, address)
        return ranges[0] if len(node.refs) == 1 else f"SUM({','.join(ranges)})"
    if isinstance(node, Entry):
        return _excel_entry(address(node.ref), node.kind)
    texts = [excel(item, address) for item in node.operands]
    if node.operator in COMPARISONS:
        return _COMPARED[node.operator].format(f"{_bare(node.operands[0], texts[0])}-{texts[1]}")
    if node.operator in ("+", "-"):
        return f"({_bare(node.operands[0], texts[0])}{node.operator}{texts[1]})"
    if node.operator == "*":
        return f"({texts[0]}*{texts[1]})"
    if node.operator == "not":
        return f"NOT({texts[0]})"
    return f"{node.operator.upper()}({texts[0]},{texts[1]})"


_COMPARED = {
    "==": f"ABS({{}})<{EQUAL}", "<=": f"{{}}<{EQUAL}", ">=": f"{{}}>-{EQUAL}",
    "<": f"{{}}<=-{EQUAL}", ">": f"{{}}>={EQUAL}",
}  # fmt: skip


def _bare(node: Node, text: str) -> str:
    """Return a sum's formula without its parentheses: where it stands first it needs none."""
    return text[1:-1] if isinstance(node, Operation) and node.operator in ("+", "-") else text


def _excel_entry(cell: str, kind: ValueKind) -> str:
    """Return what an entry must be. ``SUM`` of one cell is its number, 0 for a text, where AND asks all its parts."""
    tests = [f"ISNUMBER({cell})"]
    if kind is not ValueKind.SIGNED:
        tests.append(f"SUM({cell})>=0")
    if kind is not ValueKind.AMOUNT:
        tests.append(f"SUM({cell})=INT(SUM({cell}))")
    return f"AND({','.join(tests)})"


def excel_verdict(node: Node, address: Callable[[Ref], str]) -> str:
    """Return a formula (without ``=``) giving 1 where the rule holds, 0 where it is broken, -1 where undecided."""
    decided = f"IF({excel(node, address)},1,0)"
    needed = () if isinstance(node, Entry) else mentions(node)
    if not needed:
        return decided
    return f"IF({excel_known(node, address)},{decided},-1)"


def excel_known(node: Node, address: Callable[[Ref], str]) -> str:
    """Return a formula (without ``=``) that is true when every cell the expression mentions holds a number."""
    needed = mentions(node)
    return f"COUNT({','.join(_ranges(needed, address))})={len(needed)}"


_CELL = regex(r"^(?P<sheet>(?:'[^']+'!)?)\$?(?P<column>[A-Z]+)\$?(?P<row>\d+)$")


def _ranges(refs: tuple[Ref, ...], address: Callable[[Ref], str]) -> list[str]:
    """Return the cells as few ranges: neighbours down a column become one, so that formulas stay readable."""
    ranges: list[tuple[str, str]] = []  # first cell, last cell or "" for one alone
    previous: tuple[str, str, int] | None = None
    for text in (address(ref) for ref in refs):
        match = _CELL.match(text)
        here = (match["sheet"], match["column"], int(match["row"])) if match else None
        if here and previous and here[:2] == previous[:2] and here[2] == previous[2] + 1:
            ranges[-1] = (ranges[-1][0], text.removeprefix(here[0]))
        else:
            ranges.append((text, ""))
        previous = here
    return [f"{first}:{last}" if last else first for first, last in ranges]


def linear(node: Node) -> Mapping[Ref, int] | None:
    """Return the coefficients of ``left - right`` when the rule is an equation of plain sums, else None."""
    if not isinstance(node, Operation) or node.operator != "==":
        return None
    coefficients: dict[Ref, int] = {}

    def collect(item: Node, sign: int) -> bool:
        if isinstance(item, Sum):
            for ref in item.refs:
                coefficients[ref] = coefficients.get(ref, 0) + sign
            return True
        if isinstance(item, Operation) and item.operator in ("+", "-"):
            other = sign if item.operator == "+" else -sign
            return collect(item.operands[0], sign) and collect(item.operands[1], other)
        return False

    return coefficients if collect(node.operands[0], 1) and collect(node.operands[1], -1) else None
