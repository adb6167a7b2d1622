"""WHETHER a filing agrees with itself, with last year, with its own words. Standard library only."""

from __future__ import annotations
