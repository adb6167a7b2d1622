"""How many applications came, were answered and handled: read by patterns; README.md has the grammar and examples."""

from __future__ import annotations
