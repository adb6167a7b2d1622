"""Which report: the file dialog of the application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gk_xl.errors import HostError

FOLDER_PICKER, CHOSEN = 4, -1  # msoFileDialogFolderPicker; what its Show returns for OK
PATTERNS = (
    "*.xlsx;*.json;*.docx;*.doc;*.wps;*.rtf;*.odt;*.ods;*.xls;*.pdf;*.html;*.htm;*.mht;*.mhtml;*.txt;*.md;*.csv;*.zip"
)
"""How the files end that a button takes: those of ``gk_xl.sources.formats``, filings as JSON, archives; a test compares them."""


def choose_folder(book: Any, title: str, kind: str, unchanged: str) -> str:
    """Return the folder that the clerk chooses in a dialog; HostError, ending with ``unchanged``, when none is chosen."""
    if hasattr(book.app.impl, "choose_folder"):
        chosen = book.app.impl.choose_folder(f"{title}：请选择{kind}")
    elif book.app.engine.name == "excel":
        dialog = book.app.api.FileDialog(FOLDER_PICKER)
        dialog.Title = f"{title}：请选择{kind}"
        chosen = dialog.SelectedItems(1) if dialog.Show() == CHOSEN else ""
    else:
        raise HostError(f"请给出{kind}。")
    if not chosen or not isinstance(chosen, str):
        raise HostError(f"没有选择文件夹，{unchanged}")
    return chosen


def beside(book: Any) -> str:
    """Return the folder of a workbook; empty for one that was never saved."""
    path = Path(str(book.fullname))
    return str(path.parent) if path.is_absolute() and path.parent.is_dir() else ""


def choose(book: Any, title: str, kind: str, unchanged: str) -> str:
    """Return the file that the clerk chooses in a dialog; HostError, ending with ``unchanged``, when none is chosen."""
    if hasattr(book.app.impl, "choose_file"):
        chosen = book.app.impl.choose_file(title, kind, PATTERNS, beside(book))
    elif book.app.engine.name == "excel":
        chosen = book.app.api.GetOpenFilename(f"{kind},{PATTERNS}", 1, f"{title}：请选择{kind}")
    else:
        raise HostError(f"请给出{kind}的文件名。")
    if not chosen or not isinstance(chosen, str):
        raise HostError(f"没有选择文件，{unchanged}")
    return chosen
