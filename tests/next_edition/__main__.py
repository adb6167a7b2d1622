"""python -m tests.next_edition [CHANGES [TESTS…]]: the everyday tests, all or some, in a checkout with a made-up edition in force."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.next_edition.made_up import MadeUp


def main() -> int:
    """Make the checkout, tell what changed in its form, run its tests; return pytest's exit code."""
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))
    parser = argparse.ArgumentParser(prog="python -m tests.next_edition", description=__doc__)
    parser.add_argument("changes", nargs="?", default="row_and_column", choices=known)
    parser.add_argument(
        "tests", nargs=argparse.REMAINDER, help="paths and options for pytest; all tests when none is given"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="next-edition-") as folder:
        checkout = MadeUp(Path(folder) / "checkout", chosen.changes)
        print(checkout.run("gk_xl", "editions", "diff", checkout.base, str(checkout.year)), flush=True)
        return checkout.everyday(*chosen.tests)


if __name__ == "__main__":
    sys.exit(main())
