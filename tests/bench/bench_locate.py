"""Measure the search for wrong cells: claims, coverage, classes, time; beside a plain integer programme (HiGHS).

    python tests/bench/bench_locate.py [--cases 300] [--seed 1] [--no-highs]

Prints one line a group: how often a unique claim is made (coverage) and how often it is exactly right, cells and
values; how often the truth is in the first class; how often nothing was decided; time. HiGHS (scipy.optimize.milp, only
needed here) finds one solution with the fewest changed cells; its share of right ones and its time stand beside.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import locate_cases as cases

from gk_xl.checks.locate import locate
from gk_xl.form.load import load_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gk_xl.checks.identity import Identity
    from gk_xl.form.schema import Edition


class Highs:
    """Fewest changed cells by mixed-integer programming, the usual way to locate errors."""

    def __init__(self, identities: Sequence[Identity], cells: Sequence[str]) -> None:
        import numpy as np
        from scipy import sparse

        self.np, self.sparse = np, sparse
        self.cells = list(cells)
        at = {cell: number for number, cell in enumerate(self.cells)}
        rows = [identity for identity in identities if next(iter(identity.coefficients)) in at]
        matrix = np.zeros((len(rows), len(at)))
        for number, identity in enumerate(rows):
            for cell, factor in identity.coefficients.items():
                matrix[number, at[cell]] = factor
        self.matrix = matrix
        self.balance = sparse.csr_matrix(np.hstack([matrix, -matrix, np.zeros_like(matrix)]))

    def solve(self, values: dict[str, int]) -> tuple[dict[str, int] | None, float]:
        """Return the corrected cells and the seconds taken, building the programme included."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        np, sparse = self.np, self.sparse
        start = time.process_time()
        found = np.array([values[cell] for cell in self.cells], dtype=float)
        count, most = len(found), max(200, 3 * int(abs(found).max()))
        link = sparse.hstack([sparse.eye(count), sparse.eye(count), -most * sparse.eye(count)]).tocsr()
        target = -self.matrix @ found
        result = milp(
            np.concatenate([np.zeros(2 * count), np.ones(count)]),
            constraints=[LinearConstraint(self.balance, target, target), LinearConstraint(link, -np.inf, 0)],
            integrality=np.ones(3 * count),
            bounds=Bounds(
                np.concatenate([np.maximum(-found, 0), np.zeros(2 * count)]),
                np.concatenate([np.full(count, most), np.maximum(found, 0), np.ones(count)]),
            ),
            options={"time_limit": 10},
        )
        spent = time.process_time() - start
        if result.x is None:
            return None, spent
        moves = np.rint(result.x[:count] - result.x[count : 2 * count]).astype(int)
        return {cell: int(found[n]) + int(moves[n]) for n, cell in enumerate(self.cells) if moves[n]}, spent


class Score:
    """What came of one group of cases."""

    def __init__(self) -> None:
        self.total = self.unique = self.right = self.inside = self.undecided = self.invisible = 0
        self.times: list[float] = []
        self.highs: list[float] = []
        self.highs_right = 0
        self.largest = 0

    def add(self, edition: Edition, identities: list[Identity], case: cases.Planted) -> None:
        """Locate one planted case and count how it went."""
        start = time.process_time()
        located = locate(edition, case.cells, identities, seconds=2.0)
        spent = time.process_time() - start
        if not located.suspects and located.decided:
            self.invisible += 1
            return
        self.times.append(spent)
        self.total += 1
        self.undecided += not located.decided
        if not located.suspects:
            return
        first, truth = located.suspects[0], set(case.truth.items())
        members = [
            {(change.cell, change.proposed) for change in (*first.changes, *choice)} for choice in first.choices or ((),)
        ]
        self.largest = max(self.largest, len(members))
        self.inside += truth in members
        self.unique += first.unique
        self.right += first.unique and members[0] == truth

    def line(self, name: str) -> str:
        """Return the group's figures as one line."""
        times = sorted(self.times)
        text = (
            f"{name:34s} n {self.total:4d}  unique {self.unique / self.total:5.3f}  "
            f"right {self.right / self.unique if self.unique else float('nan'):5.3f}  "
            f"in class {self.inside / self.total:5.3f}  undecided {self.undecided / self.total:5.3f}  "
            f"median {statistics.median(times) * 1e3:6.2f} ms  p95 {times[int(0.95 * len(times))] * 1e3:7.1f} ms  "
            f"largest class {self.largest}"
        )
        if self.invisible:
            text += f"  (left no mark: {self.invisible})"
        if self.highs:
            median = statistics.median(self.highs)
            text += (
                f"  | HiGHS right {self.highs_right / len(self.highs):5.3f}  median {median * 1e3:6.1f} ms"
                f"  mean {statistics.fmean(self.highs) * 1e3:7.1f} ms"
                f"  = x{median / statistics.median(times):.1f} (means x{statistics.fmean(self.highs) / statistics.fmean(times):.1f})"
            )
        return text


def measure(
    name: str, make: Callable[[Edition, random.Random], cases.Planted], args: Any, *, highs: int = 0
) -> Score:
    """Measure one group over both editions and print its line."""
    score = Score()
    rng = random.Random(f"{args.seed} {name}")
    for number in range(args.cases):
        edition = load_edition(("2019", "2021")[number % 2])
        known = cases.identities(edition)
        case = make(edition, rng)
        score.add(edition, known, case)
        if number < highs and not args.no_highs:
            answer, spent = Highs(known, list(case.cells)).solve(dict(case.cells))
            score.highs.append(spent)
            score.highs_right += answer == dict(case.truth)
    print(score.line(name), flush=True)
    return score


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--no-highs", action="store_true")
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    for edition_id in ("2019", "2021"):  # build the network of either edition before the clock starts
        edition = load_edition(edition_id)
        broken = dict.fromkeys((c for i in cases.identities(edition) for c in i.coefficients), 0) | {"t3.granted.other": 1}
        locate(edition, broken, cases.identities(edition))
    groups: list[tuple[str, Callable[[Edition, random.Random], cases.Planted], int]] = []
    for count in (1, 2, 3, 4):
        for size in cases.SIZES:
            for filled in (False, True):
                name = f"{count} slip(s), {size}, {'filled' if filled else 'any'} cells"
                groups.append((name, lambda e, r, s=size, c=count, f=filled: cases.mistyped(e, r, s, c, filled=f), 20))
    for count in (1, 2, 3):
        for size in cases.SIZES:
            groups.append((f"{count} event(s), {size}", lambda e, r, s=size, c=count: cases.planted(e, r, s, c), 0))
    for event in cases.LINES:
        for size in cases.SIZES:
            groups.append((f"{event.__name__}, {size}", lambda e, r, s=size, v=event: cases.planted(e, r, s, 1, (v,)), 0))
    for name, make, highs in groups:
        if args.only in name:
            measure(name, make, args, highs=highs)


if __name__ == "__main__":
    main()
