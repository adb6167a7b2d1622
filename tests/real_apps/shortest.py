"""The shortest part of a failing list of steps that still fails: delta debugging."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


def shortest(steps: Sequence[T], fails: Callable[[Sequence[T]], bool], until: float) -> list[T]:
    """Return steps none of which can be left out, or as few as were found by the moment ``until`` (monotonic)."""
    found, pieces = list(steps), 2
    while len(found) > 1 and time.monotonic() < until:
        size = -(-len(found) // pieces)
        for start in range(0, len(found), size):
            rest = found[:start] + found[start + size :]
            if rest and fails(rest):
                found, pieces = rest, max(2, pieces - 1)
                break
            if time.monotonic() > until:
                return found
        else:
            if size == 1:
                return found
            pieces = min(len(found), 2 * pieces)
    return found
