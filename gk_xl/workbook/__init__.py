"""WHERE it stands on sheets: layout, building, reading, integrity."""

from __future__ import annotations
