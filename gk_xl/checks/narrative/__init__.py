"""Sentences → statements → findings; the grammar that is read is written down in README.md, with its examples."""

from __future__ import annotations
