"""Naming the wrong cell: broken identities → the cells and values that explain them, ranked.

``structure`` lists the slips that can happen and the mark each leaves on the identities; ``likelihood`` says how likely
each is; ``search`` finds all combinations that explain what is broken, within a margin above the likeliest;
``classes`` says what is certain, what ties, what comes next; ``tell`` says it in Chinese.
"""

from __future__ import annotations

from gk_xl.checks.identity import Identity
from gk_xl.checks.locate.run import Located, Witness, locate
from gk_xl.checks.locate.tell import REASONS, describe

__all__ = ["REASONS", "Identity", "Located", "Witness", "describe", "locate"]
