"""LibreOffice Calc as an engine of xlwings."""

from __future__ import annotations

from gk_xl.engines.libreoffice.engine import ENGINE, App, Apps, Books, Engine, register

__all__ = ["ENGINE", "App", "Apps", "Books", "Engine", "register"]
