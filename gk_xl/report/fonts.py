"""Stand-ins for the fonts of GB/T 9704 where a Linux machine lacks them, as a configuration for fontconfig.

Without it LibreOffice sets 仿宋 and 小标宋 in whatever font has the characters, usually one without serifs.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

_TABLE = Path(__file__).parent / "parts" / "fontTable.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SYSTEM = Path("/etc/fonts/fonts.conf")


@lru_cache
def stand_ins() -> dict[str, tuple[str, ...]]:
    """Return for each font of the report what may stand in for it, the best first: the Word file's own font table."""
    found = {}
    for font in ET.parse(_TABLE).getroot().iter(f"{_W}font"):  # noqa: S314 - our own file
        names = font.find(f"{_W}altName")
        others = "" if names is None else names.get(f"{_W}val", "")
        found[font.get(f"{_W}name", "")] = tuple(filter(None, others.split(",")))
    return found


def font_configuration() -> str:
    """Return a fonts.conf: the system's, and behind each font of the report its stand-ins, installed or not."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="append" binding="strong">'
        f"{''.join(f'<string>{escape(other)}</string>' for other in others)}</edit></match>\n"
        for name, others in stand_ins().items()
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f'<fontconfig>\n<include ignore_missing="yes">{SYSTEM}</include>\n{rules}</fontconfig>\n'
    )
