"""Many filings: batch check, roll-up, return slips."""

from __future__ import annotations
