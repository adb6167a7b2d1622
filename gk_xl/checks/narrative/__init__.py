"""Sentences → statements → findings."""

from __future__ import annotations
