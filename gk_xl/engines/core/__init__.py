"""What every engine shares."""

from __future__ import annotations
