"""HOW it is told: the report document, written from the tables."""

from __future__ import annotations
