"""The version of the program, which add-ins of another version are told."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

PROJECT: Final = "gk_xl"
VERSION: Final = version(PROJECT)
