"""xlwings engines of ours: LibreOffice over UNO, and a closed file through openpyxl."""

from __future__ import annotations
