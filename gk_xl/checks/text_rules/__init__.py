"""What the rules say of the text, room by room: alone, against the tables, and against what the law asks to be written."""

from __future__ import annotations
