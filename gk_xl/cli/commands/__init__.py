"""What each command does: one module a group, imported only when its command runs."""

from __future__ import annotations
