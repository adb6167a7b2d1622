"""gk_xl: 政府信息公开工作年度报告, from the locked workbook over its cross-checks to the report document."""

from __future__ import annotations
