"""A closed workbook changed part by part: what is not touched keeps its bytes, whatever it is."""

from __future__ import annotations
