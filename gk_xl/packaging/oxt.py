"""The LibreOffice extension: toolbar, menu, and the standard-library part of this package, in one .oxt file."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from gk_xl.addin.buttons import LABELS
from gk_xl.addin.version import VERSION
from gk_xl.packaging.icons import icons
from gk_xl.packaging.modules import macro_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE = Path(__file__).parents[1]
PARTS = ("form", "checks", "workbook", "addin/buttons", "engines/core", "engines/face", "engines/libreoffice")
MODULES = (
    "__init__.py", "errors.py", "journal.py", "engines/__init__.py",
    *(f"addin/{name}.py" for name in ("__init__", "clipboard", "com", "com_dressing", "damage", "edit", "healing", "libreoffice", "version", "view", "wording", "worker")),
)  # fmt: skip
SUFFIXES = (".py", ".toml")
KINDS_OF_WORK = ("check", "make_slip", "clear_marks", "summarise")
"""Buttons with which another kind of work begins."""
INTERPRETER = "addin/interpreter.txt"
EPOCH = (1980, 1, 1, 0, 0, 0)


def build_oxt(interpreter: str = sys.executable) -> bytes:
    """Return the extension; the same bytes for the same sources. ``interpreter`` is the Python that writes Word."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in sorted(members(interpreter).items()):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            package.writestr(info, data)
    return buffer.getvalue()


def members(interpreter: str) -> Mapping[str, bytes]:
    """Return the files of the extension by name."""
    texts = {
        "description.xml": macro_text("libreoffice/description.xml").replace("{version}", VERSION),
        "META-INF/manifest.xml": macro_text("libreoffice/manifest.xml"),
        "Addons.xcu": _addons(),
        "Accelerators.xcu": macro_text("libreoffice/Accelerators.xcu"),
        "CalcWindowState.xcu": macro_text("libreoffice/CalcWindowState.xcu"),
        "gk_xl_buttons.py": macro_text("libreoffice/gk_xl_buttons.py"),
        f"pythonpath/gk_xl-{VERSION}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: gk_xl\nVersion: {VERSION}\n",
        f"pythonpath/gk_xl/{INTERPRETER}": f"{interpreter}\n",
    }
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    files |= {f"icons/{name}": data for name, data in icons().items()}
    return files | {f"pythonpath/gk_xl/{name}": (PACKAGE / name).read_bytes() for name in sources()}


def _addons() -> str:
    """Return menu, toolbar and pictures."""
    text = macro_text("libreoffice/Addons.xcu")
    image = macro_text("libreoffice/image.xml")
    images = "".join(image.replace("{button}", name) for name in LABELS)
    parts = {"{buttons}": addons(), "{toolbar}": addons(apart=True), "{images}": images}
    for slot, part in parts.items():
        text = text.replace(slot, part.rstrip("\n"))
    return text


def addons(*, apart: bool = False) -> str:
    """Return the buttons in their order, as menu and toolbar list them; ``apart``: with a line before each kind of work."""
    item, line = macro_text("libreoffice/button.xml"), macro_text("libreoffice/line.xml")
    told = []
    for place, (name, label) in enumerate(LABELS.items(), start=1):
        number = f"b{place:02}"
        if apart and name in KINDS_OF_WORK:
            told.append(line.replace("{number}", f"{number}a"))
        told.append(item.replace("{number}", f"{number}b").replace("{button}", name).replace("{label}", escape(label)))
    return "".join(told)


def sources() -> Iterator[str]:
    """Yield the files of this package that the buttons need inside LibreOffice."""
    yield from MODULES
    for part in PARTS:
        for path in (PACKAGE / part).rglob("*"):
            if path.suffix in SUFFIXES and path.is_file():
                yield path.relative_to(PACKAGE).as_posix()
