"""What a command ends with."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
"""Nothing wrong."""
FOUND: Final = 1
"""Errors found, or something refused for their sake."""
COULD_NOT: Final = 2
"""The command could not run."""
