"""The command line, and what is dropped on a .cmd file."""

from __future__ import annotations
