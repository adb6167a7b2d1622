"""THE one xlwings program: buttons, worksheet functions, and how Excel and LibreOffice reach them."""

from __future__ import annotations
