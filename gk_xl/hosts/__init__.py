"""WHO asks: commands, buttons, worksheet functions, add-ins."""

from __future__ import annotations
