"""python -m tests.fuzz.run KIND COUNT: mutants by hand, as many as wanted, in child processes with limits."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from gk_xl.errors import GkXlError
from tests.fuzz.kinds import KINDS, parsed

SLOWEST = 5.0  # seconds of the processor
MOST_MEMORY = 500 * 1024  # KB
STOPPED = 30  # seconds of the processor after which a mutant is given up
CHUNK = 250
_ROOM = 4 * 1024**3  # bytes of addresses, so that one mutant cannot take the machine with it


class TooSlow(Exception):
    """A mutant was given up."""


@dataclass
class Tally:
    """What became of mutants: how many were read, refused, and what went wrong, by its signature."""

    cases: int = 0
    refused: int = 0
    slowest: float = 0.0
    memory: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, int] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Add what another process counted."""
        self.cases += other.cases
        self.refused += other.refused
        self.slowest, self.memory = max(self.slowest, other.slowest), max(self.memory, other.memory)
        self.faults += other.faults
        self.examples = {**other.examples, **self.examples}


def signature(error: BaseException) -> str:
    """Return where something went wrong: the innermost line of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "gk_xl" in frame.filename or "/fuzz/" in frame.filename]
    at = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} {at} {str(error)[:160]!r}"


def one(kind: str, number: int, folder: Path, tally: Tally) -> None:
    """Make a mutant and do all with it."""
    dice = random.Random(f"{kind} {number}")
    subject = KINDS[kind]
    path = folder / f"m{subject.suffix}"
    path.write_bytes(subject.make(dice))
    began = time.process_time()
    tally.cases += 1
    try:
        subject.run(path, dice)
    except GkXlError as error:
        tally.refused += 1
        if not any("\u4e00" <= letter <= "\u9fff" for letter in str(error)):
            _fault(tally, f"no Chinese sentence: {error!r}", number)
    except (Exception, TooSlow) as error:  # noqa: BLE001 - whatever it is, it is a fault
        _fault(tally, signature(error), number)
    spent = time.process_time() - began
    tally.slowest = max(tally.slowest, spent)
    if spent > SLOWEST:
        _fault(tally, f"slow: {spent:.1f} s", number)


def _fault(tally: Tally, what: str, number: int) -> None:
    tally.faults[what] += 1
    tally.examples.setdefault(what, number)


def chunk(job: tuple[str, int, int]) -> Tally:
    """Do some mutants in this process; it must be one that may be limited."""
    kind, first, count = job
    tally = Tally()
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    signal.signal(signal.SIGVTALRM, _give_up)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:  # noqa: PTH112
        for number in range(first, first + count):
            signal.setitimer(signal.ITIMER_VIRTUAL, STOPPED)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            one(kind, number, Path(folder), tally)
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            if after > MOST_MEMORY and after > before:
                _fault(tally, "memory", number)
            tally.memory = max(tally.memory, after)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    gc.collect()
    return tally


def _give_up(number: int, frame: object) -> None:
    raise TooSlow


def main() -> int:
    """Run by hand: print the figures, keep the mutants that failed; 1 when any did."""
    options = parsed()
    began, total = time.monotonic(), Tally()
    last = options.seed + options.count
    jobs = [(options.kind, first, min(CHUNK, last - first)) for first in range(options.seed, last, CHUNK)]
    with multiprocessing.get_context("fork").Pool(options.processes, maxtasksperchild=4) as pool:
        for done in pool.imap_unordered(chunk, jobs):
            total.add(done)
            print(f"\r{total.cases} {dict(total.faults) or ''}", end="", file=sys.stderr, flush=True)
    options.keep.mkdir(parents=True, exist_ok=True)
    for what, number in total.examples.items():
        dice = random.Random(f"{options.kind} {number}")
        data = KINDS[options.kind].make(dice)
        (options.keep / f"{options.kind}_{number}{KINDS[options.kind].suffix}").write_bytes(data)
        print(f"{total.faults[what]:6d} × {what}  (mutant {number})")
    print(json.dumps({
        "kind": options.kind, "cases": total.cases, "refused": total.refused, "faults": sum(total.faults.values()),
        "signatures": len(total.faults), "slowest_cpu_s": round(total.slowest, 2), "memory_mb": total.memory // 1024,
        "wall_s": round(time.monotonic() - began),
    }))  # fmt: skip
    return int(bool(total.faults))


if __name__ == "__main__":
    sys.exit(main())
