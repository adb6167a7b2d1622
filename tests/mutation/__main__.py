"""python -m tests.mutation [--most N] [--seed N] [--only TEXT] [MODULE…]: mutants of the modules in modules.toml."""

from __future__ import annotations

import argparse
import sys

from tests.mutation.run import load_what_is_heavy, try_module, watched

WANTED = 0.9


def main() -> int:
    """Try mutants of each module asked for; 1 when a module's tests kill fewer than nine of ten."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="ends of module names; all when none is given")
    parser.add_argument("--most", type=int, default=1_000_000, help="so many mutants a module, drawn by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="mutants whose name holds this text")
    chosen = parser.parse_args()
    load_what_is_heavy()
    modules = [one for one in watched() if not chosen.modules or one.name.endswith(tuple(chosen.modules))]
    shares = [try_module(one, chosen.most, chosen.seed, chosen.only).share for one in modules]
    return int(min(shares, default=0) < WANTED)


if __name__ == "__main__":
    sys.exit(main())
