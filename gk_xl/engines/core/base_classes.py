"""xlwings' base classes; plain objects where there is no xlwings, as inside LibreOffice's own Python.

There the engine's objects stand alone, and :mod:`gk_xl.engines.face` gives them the face that programs know.
"""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import Any

_NAMES = (
    "Apps",
    "App",
    "Books",
    "Book",
    "Sheets",
    "Sheet",
    "Range",
    "Font",
    "Note",
    "Names",
    "Name",
    "Borders",
    "PageSetup",
)
xw: Any
try:
    xw = importlib.import_module("xlwings.base_classes")
except ImportError:
    xw = SimpleNamespace(**dict.fromkeys(_NAMES, object))
