"""WHAT the statute asks: editions, filings, findings. No Excel; standard library only."""

from __future__ import annotations
