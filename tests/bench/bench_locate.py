"""Measure the search for wrong cells: claims, coverage, classes, time; beside a plain integer programme (HiGHS).

    python tests/bench/bench_locate.py [--cases 300] [--seed 1] [--only TEXT] [--highs 6]

One line a group: how often a unique claim is made and how often it is exactly right, cells and values; how often the
truth is in the first class; how often the truth was passed over for an explanation of fewer cells that leaves the very
same sums (no arithmetic can know better); how often the list was not complete. "but for one unseen" counts the cases
with the truth in the first class, or with a member there that differs from the truth in one application only, counted
under another heading in its cell and every total alike: such a move leaves no mark on any sum, so nobody who has the
table alone can see it, and two planted events often hold one. Then one line for each number of slips
over all kinds of tables. Times are processor time of this process, building the network of an edition (once, 40 ms)
left out. HiGHS (scipy.optimize.milp, needed here only) finds one solution with the fewest changed cells; its time counts
building the programme, and its share of right ones stands beside.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import locate_cases as cases

from gk_xl.checks.locate import Witness, locate
from gk_xl.form.load import edition_ids, load_edition

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        self.matrix = np.zeros((len(rows), len(at)))
        for number, identity in enumerate(rows):
            for cell, factor in identity.coefficients.items():
                self.matrix[number, at[cell]] = factor
        self.balance = sparse.csr_matrix(np.hstack([self.matrix, -self.matrix, np.zeros_like(self.matrix)]))

    def solve(self, values: dict[str, int]) -> tuple[dict[str, int], float]:
        """Return the corrected cells and the seconds taken; no cells when none was found in ten seconds."""
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
            return {}, spent
        moves = np.rint(result.x[:count] - result.x[count : 2 * count]).astype(int)
        return {cell: int(found[n]) + int(moves[n]) for n, cell in enumerate(self.cells) if moves[n]}, spent


MOST = 2000  # so many members of a class at most are held against the truth one by one


def unseen(case: cases.Planted, member: set[tuple[str, int]]) -> int:
    """Return how many applications stand elsewhere, or are missing, in an explanation that the truth has in their place.

    Both mend every sum, so they differ by whole applications: each one cell of a result row and one of an entry row,
    with all their totals.
    """
    proposed = dict(member)
    more = {"came": 0, "went": 0}
    less = {"came": 0, "went": 0}
    for cell in proposed.keys() | case.truth.keys():
        _, _, place = cell.partition(".")
        row, _, column = place.rpartition(".")
        if column == "total" or row == "outcome_total":
            continue
        here = "came" if row in ("received_new", "carried_in") else "went"
        apart = case.truth.get(cell, case.cells[cell]) - proposed.get(cell, case.cells[cell])
        more[here] += max(apart, 0)
        less[here] += max(-apart, 0)
    return max(*more.values(), *less.values())


def mixed(edition: Edition, rng: random.Random, size: str) -> cases.Planted:
    """Return a table with as many slips as come about: mostly one; each a mistyped cell or a whole application."""
    count = rng.choices((1, 2, 3), (16, 4, 1))[0]
    if rng.random() < 0.5:
        return cases.mistyped(edition, rng, size, count, filled=rng.random() < 0.5)
    return cases.planted(edition, rng, size, count)


@dataclass
class Score:
    """What came of one group of cases."""

    unique: int = 0
    right: int = 0
    inside: int = 0
    simpler: int = 0
    unseen: int = 0
    open: int = 0
    unmarked: int = 0
    largest: int = 0
    times: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    highs_right: int = 0

    def add(self, edition: Edition, known: list[Identity], case: cases.Planted, witnesses: Sequence[Witness]) -> None:
        """Locate one planted case and count how it went."""
        start = time.process_time()
        located = locate(edition, case.cells, known, witnesses=witnesses)
        spent = time.process_time() - start
        if not located.suspects and located.decided:
            self.unmarked += 1
            return
        self.times.append(spent)
        self.open += not located.decided
        if not located.suspects:
            return
        first, truth = located.suspects[0], set(case.truth.items())
        members = [
            {(change.cell, change.proposed) for change in (*first.changes, *choice)}
            for choice in first.choices or ((),)
        ]
        self.largest = max(self.largest, len(members))
        self.inside += truth in members
        self.simpler += truth not in members and len(members[0]) < len(truth)
        self.unseen += truth in members or min(map(partial(unseen, case), members[:MOST])) <= 1
        self.unique += first.unique
        self.right += first.unique and members[0] == truth

    def merge(self, other: Score) -> None:
        """Add the figures of another group."""
        for name, value in vars(other).items():
            known = getattr(self, name)
            setattr(self, name, max(known, value) if name == "largest" else known + value)

    def line(self, name: str) -> str:
        """Return the group's figures as one line."""
        times, count = sorted(self.times), len(self.times)
        share = self.right / self.unique if self.unique else float("nan")
        text = (
            f"{name:32s} n {count:4d}  unique {self.unique / count:5.3f}  right {share:5.3f}  "
            f"in class {self.inside / count:5.3f}  passed over {self.simpler / count:5.3f}  "
            f"but for one unseen {self.unseen / count:5.3f}  open {self.open / count:5.3f}  "
            f"ms median {statistics.median(times) * 1e3:5.1f} p95 {times[int(0.95 * count)] * 1e3:6.1f}  "
            f"largest class {self.largest}"
        )
        if self.unmarked:
            text += f"  (left no mark: {self.unmarked})"
        if self.highs:
            medians = statistics.median(self.highs) / statistics.median(times)
            means = statistics.fmean(self.highs) / statistics.fmean(times)
            text += (
                f"\n{'  HiGHS, the first ' + str(len(self.highs)):32s} right {self.highs_right / len(self.highs):5.3f}  "
                f"ms median {statistics.median(self.highs) * 1e3:.1f} mean {statistics.fmean(self.highs) * 1e3:.1f}"
                f"  = {medians:.1f} times ours by median, {means:.1f} by mean"
            )
        return text


def measure(name: str, make: Any, args: argparse.Namespace, *, highs: int = 0, tell: Any = None) -> Score:
    """Measure one group over all editions and print its line; ``tell`` gives the witnesses of a case."""
    score = Score()
    rng = random.Random(f"{args.seed} {name}")
    forms = [load_edition(edition_id) for edition_id in edition_ids()]
    for number in range(args.cases):
        edition = forms[number % len(forms)]
        known = cases.identities(edition)
        case = make(edition, rng)
        score.add(edition, known, case, tell(case) if tell else ())
        if number < highs:
            answer, spent = Highs(known, list(case.cells)).solve(dict(case.cells))
            score.highs.append(spent)
            score.highs_right += answer == dict(case.truth)
    print(score.line(name), flush=True)
    return score


def witness(case: cases.Planted) -> list[Witness]:
    """Return what a sentence of the narrative would say of the wrong cells."""
    return [Witness(cell, value, 6.0, "") for cell, value in case.truth.items()]


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=300, help="cases a group")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="", help="only groups whose name holds this text")
    parser.add_argument("--highs", type=int, default=6, help="cases a group that HiGHS solves, too (0: none)")
    args = parser.parse_args()
    for edition_id in edition_ids():  # build the networks before the clock starts
        edition = load_edition(edition_id)
        known = cases.identities(edition)
        blank = dict.fromkeys((cell for identity in known for cell in identity.coefficients), 0)
        locate(edition, blank | {"t3.granted.other": 1, "t4.suit_direct.other": 1}, known)
    totals: dict[str, Score] = {}
    for count in (1, 2, 3, 4):
        for size in cases.SIZES:
            for filled in (False, True):
                kind = "filled" if filled else "any"
                name = f"{count} slip(s), {size}, {kind} cells"
                if args.only in name:
                    make = partial(cases.mistyped, size=size, count=count, filled=filled)
                    score = measure(name, make, args, highs=args.highs)
                    totals.setdefault(f"ALL {count} slip(s), {kind} cells", Score()).merge(score)
                    totals.setdefault("ALL slips", Score()).merge(score)
    for count in (1, 2, 3):
        for size in cases.SIZES:
            name = f"{count} event(s), {size}"
            if args.only in name:
                score = measure(name, partial(cases.planted, size=size, count=count), args)
                totals.setdefault(f"ALL {count} event(s)", Score()).merge(score)
    for size in cases.SIZES:
        name = f"as they come, {size}"
        if args.only in name:
            totals.setdefault("ALL as they come", Score()).merge(measure(name, partial(mixed, size=size), args))
    for event in cases.LINES:
        for size in cases.SIZES:
            name = f"{event.__name__}, {size}"
            if args.only in name:
                measure(name, partial(cases.planted, size=size, count=1, events=(event,)), args)
    for name, tell in (("table four, one slip", None), ("table four, with a witness", witness)):
        if args.only in name:
            measure(name, cases.mistyped4, args, tell=tell)
    for name, score in totals.items():
        print(score.line(name))


if __name__ == "__main__":
    main()
