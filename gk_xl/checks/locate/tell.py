"""Explanations in Chinese."""

from __future__ import annotations
REASONS={}
def describe(): ...
