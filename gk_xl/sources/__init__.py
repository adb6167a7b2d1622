"""Published reports → filings, with where each value was found."""

from __future__ import annotations
