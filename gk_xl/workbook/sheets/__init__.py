"""One module a kind of sheet, each returning a SheetPlan."""

from __future__ import annotations
