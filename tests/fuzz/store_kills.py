"""kill -9 while the desk's store is written: what was saved is there, whole; the store opens, the desk goes on.

``python -m tests.fuzz.store_kills [KILLS] [SEED]`` tries it so many times.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from gk_xl.desk.context import Context
from gk_xl.desk.packing import Packed
from gk_xl.desk.store import Store, _slot

LONGEST = 0.05  # seconds until the kill
PATIENCE = 30  # seconds for a first save


def kept(number: int) -> Packed:
    """Return what the store keeps under a number: some hundred bytes to some pages."""
    unit = f"第{number}乡"
    return Packed(unit, Context().depends(unit), f"{number} ".encode() * (20 + number % 700))


def child(path: Path, first: int, said: int) -> None:
    """Put result after result, and say each number once it is saved; never returns."""
    store = Store(path)
    for number in count(first):
        store.put(b"%d" % number, kept(number))
        store.save()
        os.write(said, b"%d\n" % number)


def attempt(kills: int, seed: int) -> tuple[int, list[str]]:
    """Return how many results were saved in all, and what is wrong after so many kills."""
    chance, saved = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.sqlite"
        for turn in range(kills):
            numbers = killed(path, 100_000 * (turn + 1), chance)
            saved += len(numbers)
            if wrong := missed(path, numbers):
                return saved, wrong
    return saved, []


def killed(path: Path, first: int, chance: random.Random) -> list[int]:
    """Kill one child at a random moment, every second one after its first save; return what it said it had saved."""
    listen, said = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(listen)
            child(path, first, said)
        finally:
            os._exit(1)
    os.close(said)
    if chance.random() < 0.5:  # a machine that does other things, too, may not come to a save in so short a time
        select.select([listen], [], [], PATIENCE)
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(listen, "rb") as answers:
        lines = answers.read().split(b"\n")
    return [int(line) for line in lines[:-1]]


def missed(path: Path, numbers: list[int]) -> list[str]:
    """Return what is wrong with a store in which results of these numbers were saved."""
    store, context = Store(path), Context()
    try:
        wrong = [f"{number} is lost" for number in numbers if store.get(b"%d" % number, context) != kept(number)]
    finally:
        store.close()
    base = sqlite3.connect(path)
    try:
        if (said := base.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            wrong.append(said)
        rows = base.execute("SELECT key, data FROM whole").fetchall()
        named = [int(key) for (key,) in base.execute("SELECT key FROM named")]
    finally:
        base.close()
    whole = {_slot(b"%d" % number, kept(number).depends): kept(number).data for number in named}
    return wrong + [f"{key!r} is half" for key, data in rows if data != whole.get(key)]


if __name__ == "__main__":
    times, chosen = [*(int(text) for text in sys.argv[1:]), 200, 1][:2] if len(sys.argv) > 1 else (200, 1)
    saved, wrong = attempt(times, chosen)
    print(f"store {times} kills, {saved} results saved, {len(wrong)} wrong", *wrong)
    sys.exit(bool(wrong))
