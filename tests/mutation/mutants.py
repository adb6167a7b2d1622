"""The mutants of a module: every small change that a slip of the keyboard, or of thought, could have made in it."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

COMPARED = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}  # fmt: skip
COUNTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.RShift: ast.LShift, ast.LShift: ast.RShift, ast.Mod: ast.Mult,
}  # fmt: skip
NOT_RUN = ("annotation", "returns", "decorator_list", "type_params")


class Mutant(NamedTuple):
    """One change: in which function and line, what stood there and stands there now; the module's code with it."""

    within: str
    line: int
    was: str
    now: str
    code: CodeType | None

    @property
    def name(self) -> str:
        """The change in one line, as the list of those that change nothing names it."""
        return f"{self.within}: {self.was} → {self.now}"


def mutants(source: str, path: str, *, compiled: bool = True) -> list[Mutant]:
    """Return every mutant of a module's source; compiled, so that a traceback names the module's file, or by name only."""
    tree = ast.parse(source)
    made: list[Mutant] = []
    names: Counter[str] = Counter()
    for within, holder, field, index, node in list(_places(tree)):
        for other in _alternatives(node):
            line = getattr(node, "lineno", None) or node.target.lineno
            if hasattr(node, "lineno"):
                ast.copy_location(other, node)
            _put(holder, field, index, other)
            texts = [" ".join(ast.unparse(one).split()) for one in (node, other)]
            code = compile(ast.fix_missing_locations(tree), path, "exec") if compiled else None
            mutant = Mutant(within, line, *_cut(*texts), code)
            names[mutant.name] += 1
            made.append(mutant._replace(now=mutant.now + (f" ({n})" if (n := names[mutant.name]) > 1 else "")))
            _put(holder, field, index, node)
    return made


def _places(node: ast.AST, within: str = "module") -> Iterator[tuple[str, ast.AST, str, int | None, ast.AST]]:
    """Yield each node that runs: the function around it, and where it hangs in the tree."""
    for field, value in ast.iter_fields(node):
        if field in NOT_RUN or isinstance(node, ast.JoinedStr) or _is_for_types(value):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or _is_for_types(child):
                continue
            inner = within
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = child.name if within == "module" else f"{within}.{child.name}"
            elif isinstance(child, ast.expr | ast.stmt | ast.comprehension):
                yield within, node, field, index, child
            yield from _places(child, inner)


def _is_for_types(node: object) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _put(holder: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(holder, field, node)
    else:
        getattr(holder, field)[index] = node


def _alternatives(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what could stand in a node's place: other comparisons, numbers, logic, arithmetic; nothing returned or done."""
    match node:
        case ast.Compare():
            for at, sign in enumerate(node.ops):
                for other in COMPARED[type(sign)]:
                    yield ast.Compare(node.left, [*node.ops[:at], other(), *node.ops[at + 1 :]], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.BinOp() if type(node.op) in COUNTED and not _is_types(node):
            yield ast.BinOp(node.left, COUNTED[type(node.op)](), node.right)
        case ast.AugAssign() if type(node.op) in COUNTED:
            yield ast.AugAssign(node.target, COUNTED[type(node.op)](), node.value)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
        case ast.If() | ast.IfExp() | ast.While():
            if not isinstance(node.test, ast.Compare | ast.UnaryOp):  # these are turned round by themselves
                other = copy.copy(node)
                other.test = ast.UnaryOp(ast.Not(), node.test)
                yield other
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.comprehension() if node.ifs:
            yield ast.comprehension(node.target, node.iter, [], node.is_async)


def _is_types(node: ast.BinOp) -> bool:
    """Return whether a node is a union of types, as isinstance takes it."""
    names = [one.id for one in (node.left, node.right) if isinstance(one, ast.Name)]
    return isinstance(node.op, ast.BitOr) and any(one[:1].isupper() or one in {"int", "float", "str"} for one in names)


def _cut(was: str, now: str) -> tuple[str, str]:
    """Return both texts without the long tail that they share."""
    if len(was) + len(now) < 160:
        return was, now
    same = next(
        (at for at, (one, two) in enumerate(zip(was, now, strict=False)) if one != two), min(len(was), len(now))
    )
    start = max(0, same - 30)
    return was[start : same + 40], now[start : same + 40]
