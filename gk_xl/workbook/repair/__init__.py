"""A damaged workbook → a fresh one with whatever can be recovered by label, by name and by place, and what could not.

``damaged`` reads the file leniently, ``sheets`` finds which sheet is which, ``witnesses`` weighs where each value
stands, ``sums`` asks the identities of the form where witnesses differ, ``run`` puts the new workbook together.
"""

from __future__ import annotations

from gk_xl.workbook.repair.run import Repaired, repair
from gk_xl.workbook.repair.told import Doubt, Told

__all__ = ["Doubt", "Repaired", "Told", "repair"]
