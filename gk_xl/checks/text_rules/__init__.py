"""What the rules say of the text itself: proof-reading, structure, names, years, laws; none reads a table by its rows."""

from __future__ import annotations
