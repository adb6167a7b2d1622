"""What is built and installed: the .xlam with its VBA project, the .oxt, the offline folder for Windows."""

from __future__ import annotations
