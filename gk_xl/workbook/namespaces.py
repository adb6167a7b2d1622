"""Names of the parts of Office's packages (ECMA-376): as a document declares them, and in braces as lxml writes them before a name."""

from __future__ import annotations

from typing import Final

SPREADSHEET_ML: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD_ML: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
MAIN: Final = f"{{{SPREADSHEET_ML}}}"
W: Final = f"{{{WORD_ML}}}"
R: Final = f"{{{RELATIONS}}}"
XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""How a part begins."""
