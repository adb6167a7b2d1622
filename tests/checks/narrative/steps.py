"""How many steps a check of a text takes: calls of functions and rounds of loops, counted, not timed.

``python -m tests.checks.narrative.steps [--every] [--seed 1] [--words 40]`` repeats words and pairs of words 100, 200 and 400
times in sentences and prints how the steps grow. With ``--every``: a word of each code of the grammar before one of each
(three minutes of a processor, in turn in each kind of sentence; ``--frames 12``: in every kind, half an hour); else so many
words, pairs of words, and pairs of classes.

A class is what the readings can tell apart: they see of a word its code in the grammar, the reader also its sort, its name
and the few words that the modules of ``checks/text`` ask for by their text. What is read by patterns over characters is
held for every text whatever by :mod:`tests.checks.narrative.test_ambiguity`.

The modules of the checks are compiled with a counter in every function, loop and comprehension, so nothing of
gk_xl may be imported before :func:`install`.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import itertools
import json
import random
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.machinery import ModuleSpec

COUNTED: Final = ("gk_xl.checks", "gk_xl.form")
COMPILING: Final = ("gk_xl.form.patterns", "gk_xl.form.needed", "gk_xl.form.demands")
"""What compiles a pattern where none is kept, once: no step of reading."""
TICK: Final = "__tick__"
TIMES: Final = (100, 200, 400)
"""A sentence of more than a thousand characters is not read: words of five letters are seen to grow by the first two."""
DENSE: Final = 40
"""Steps a character below which a text is read at the pace of any other: its half, with runs too long to read, took less."""
FOUND: Final = ("处罚零", "含没有一起", "里没有一起", "申请件表书没有一起", "涉及第三方及", "包含没有一起")
"""What once took steps that grew faster: repeated in every kind of sentence, each time."""


class Counter(ast.NodeTransformer):
    """Puts a counter where a step begins."""

    def _tick(self) -> ast.expr:
        return ast.Call(ast.Name(TICK, ast.Load()), [], [])

    def _counted(self, node: Any) -> Any:
        self.generic_visit(node)
        at = 1 if isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant) else 0
        node.body.insert(at, ast.Expr(self._tick()))
        return node

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.FunctionDef | ast.For | ast.While):
            return self._counted(node)
        if isinstance(node, ast.comprehension):
            self.generic_visit(node)
            node.ifs.insert(0, self._tick())  # a number above 0: always true
            return node
        if isinstance(node, ast.Lambda):
            self.generic_visit(node)
            node.body = ast.IfExp(self._tick(), node.body, ast.Constant(None))
            return node
        return self.generic_visit(node)


class Loader(SourceFileLoader):
    """Compiles a module with counters; its kept bytecode is neither read nor written."""

    def get_code(self, fullname: str) -> Any:
        path = self.get_filename(fullname)
        tree = Counter().visit(ast.parse(self.get_data(path)))
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """Finds the modules that are counted."""

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        if not fullname.startswith(COUNTED) or fullname in COMPILING:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


def install() -> None:
    """Count from now on; the modules that are counted must not have been imported."""
    assert not any(name.startswith(COUNTED) for name in sys.modules)
    builtins.__dict__[TICK] = itertools.count(1).__next__
    sys.meta_path.insert(0, Finder())


def classes() -> Mapping[tuple[str, ...], Sequence[str]]:
    """Return the words of the lexicon by what the readings can tell apart."""
    from gk_xl.checks.text import words
    from gk_xl.form.load import edition_ids

    asked = _asked_for()
    found: dict[tuple[str, ...], list[str]] = {}
    for edition in edition_ids():
        for form, word in words.lexicon(edition).words.items():
            found.setdefault((word.sort, word.name, *sorted(asked & {form, form[:2], form[-1:]})), []).append(form)
    return found


def _asked_for() -> frozenset[str]:
    """Return the texts that the modules of ``checks/text`` name."""
    from pathlib import Path

    from gk_xl.checks import text

    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in Path(text.__path__[0]).glob("*.py"))
    named = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in named if isinstance(value, str) and 0 < len(value) <= 6 and not value.isascii())


_OTHER_NUMBERS: Final = str.maketrans("12345", "23456")


class Measure:
    """Counts the steps of one check, everything that was remembered of texts forgotten."""

    def __init__(self) -> None:
        from dataclasses import replace

        from gk_xl.checks.catalogue import catalogue_of
        from gk_xl.checks.run import check
        from gk_xl.form.filing import Filing, Unit

        blank = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县"))
        filing = replace(blank, cells=dict.fromkeys(blank.cells, 0))
        self._check = lambda text: check(replace(filing, narrative={"overview": (text,)}))
        self._check("收到政府信息公开申请5件。")
        bound = (
            value
            for name in list(sys.modules)
            if name.startswith(COUNTED)
            for value in vars(sys.modules[name]).values()
        )
        kept = {id(value): value for value in bound if hasattr(value, "cache_clear") and value is not catalogue_of}
        self._kept = [value for value in kept.values() if value.cache_parameters()["maxsize"] in (8, 64, 256, 2048)]
        assert len(self._kept) > 10
        self._tick: Any = getattr(builtins, TICK)

    def steps(self, text: str) -> int:
        """Return the steps of a check of a text, without those of what is made once in a process: patterns at their first use."""
        if (other := text.translate(_OTHER_NUMBERS)) != text:
            self._check(other)
        for kept in self._kept:
            kept.cache_clear()
        before: int = self._tick()
        self._check(text)
        return int(self._tick()) - before


def repeated(*, every: bool, seed: int, words: int) -> Iterator[str]:
    """Yield what is repeated: words, pairs of any words, and pairs of which each word stands for its class."""
    from gk_xl.checks.text.grammar import coded
    from gk_xl.checks.text.lexer import Token
    from tests.checks.narrative.frames import vocabulary

    yield from FOUND
    chance = random.Random(seed)
    chosen = [chance.choice(sorted(forms)) for _, forms in sorted(classes().items())]
    if every:
        codes = {coded([Token(*name[:2], 0, 0, "")]): forms for name, forms in sorted(classes().items())}
        chosen = [chance.choice(sorted(forms)) for forms in codes.values()]
        yield from map("".join, itertools.product(chosen, repeat=2))
        return
    yield from chance.sample(vocabulary(), words)
    yield from ("".join(chance.sample(known, 2)) for known in (vocabulary(), chosen) for _ in range(words))


def main() -> int:
    """Measure, and print the pairs, the largest growth and what it was found at, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=40)
    parser.add_argument("--frames", type=int, default=1)
    options = parser.parse_args()
    install()
    from tests.checks.narrative.frames import FRAMES

    measure = Measure()
    tried, worst, at, densest, most = 0, 0.0, "", 0.0, ""
    for number, words in enumerate(repeated(every=options.every, seed=options.seed, words=options.words)):
        for turn in range(len(FRAMES) if words in FOUND else options.frames):
            frame = FRAMES[(number + turn) % len(FRAMES)]
            texts = [frame.replace("{}", words * times) for times in TIMES]
            steps = [measure.steps(text) for text in texts]
            tried += 1
            if tried % 5000 == 0:
                print(tried, round(worst, 3), at, file=sys.stderr, flush=True)
            dense = max(taken / len(text) for taken, text in zip(steps, texts, strict=True))
            if dense > densest:
                densest, most = dense, f"{words} in {frame}"
            growth = max(
                (
                    now / before
                    for before, now, text in zip(steps, steps[1:], texts[1:], strict=False)
                    if now > DENSE * len(text)
                ),
                default=1.0,
            )
            if growth > worst:
                worst, at = growth, f"{words} in {frame}"
    print(
        json.dumps(
            {
                "tried": tried,
                "growth": round(worst, 3),
                "at": at,
                "steps a character": round(densest, 1),
                "most at": most,
            },
            ensure_ascii=False,
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
