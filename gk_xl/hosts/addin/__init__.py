"""The add-in: VBA project written from text, the .xlam package around it, where it is installed."""

from __future__ import annotations
