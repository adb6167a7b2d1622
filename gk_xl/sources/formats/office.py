"""Files of older and other office programs → documents, through LibreOffice where it is installed.

LibreOffice runs once for a file, under a profile of its own that runs no macro and fetches nothing, and is ended after
:data:`PATIENCE` seconds. What it makes of the file (.docx, .xlsx) is read as such.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.errors import HostError, SourceError
from gk_xl.report.pdf import end_process, find_soffice
from gk_xl.sources.formats.signs import LOCKED, office_kind

if TYPE_CHECKING:
    from gk_xl.sources.document import Document

PATIENCE: Final = 90.0
_TEXT, _SHEET = ("docx", "MS Word 2007 XML"), ("xlsx", "Calc MS Excel 2007 XML")
_TARGETS: Final = {"doc": _TEXT, "wps": _TEXT, "rtf": _TEXT, "odt": _TEXT, "xls": _SHEET, "ods": _SHEET}
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(data: bytes, name: str) -> Document:
    """Return what such a file holds; SourceError, with how to go on, where there is no LibreOffice or it fails."""
    kind = office_kind(data)
    if kind == LOCKED:
        raise SourceError(f"{name} 加了密码，打不开；请用 Word、WPS 或 Excel 打开，去掉密码另存一份再导入。")
    wanted, _ = _TARGETS[kind]
    made = converted(data, kind, name)
    from gk_xl.sources.formats import docx, xlsx

    found: Document = (docx if wanted == "docx" else xlsx).read(made, name)
    return replace(
        found, kind=f".{kind} 文件", remarks=(*found.remarks, f"{name} 由 LibreOffice 转成 .{wanted} 后读取。")
    )


def converted(data: bytes, suffix: str, name: str) -> bytes:
    """Return what LibreOffice makes of a file that ends so; SourceError names it and says how to do it by hand."""
    wanted, writer = _TARGETS[suffix]
    by_hand = f"请用 {'Excel' if wanted == 'xlsx' else 'Word'} 或 WPS 打开，另存为 .{wanted} 再导入"
    try:
        soffice = find_soffice()
    except HostError:
        raise SourceError(f"{name} 是 .{suffix} 文件，这台电脑没有 LibreOffice，读不了；{by_hand}。") from None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        source, result = folder / f"source.{suffix}", folder / "made" / f"source.{wanted}"
        source.write_bytes(data)
        command = [
            str(soffice),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nofirststartwizard",
            "--convert-to",
            f"{wanted}:{writer}",
            "--outdir",
            str(result.parent),
            str(source),
        ]
        office = subprocess.Popen(  # noqa: S603 - the office found on this machine
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(os.environ),
            start_new_session=True,
        )
        try:
            office.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise SourceError(f"LibreOffice 在 {PATIENCE:g} 秒内没有打开 {name}；{by_hand}。") from None
        finally:
            end_process(office)
        if not result.is_file():
            raise SourceError(f"{name} 打不开，可能已经损坏或加了密码；{by_hand}。")
        return result.read_bytes()
