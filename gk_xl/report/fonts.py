"""Stand-ins for the fonts of GB/T 9704 where a Linux machine lacks them, as a configuration for fontconfig.

Without it LibreOffice sets 仿宋 and 小标宋 in whatever font has the characters, usually one without serifs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from gk_xl.workbook.namespaces import W

_TABLE = Path(__file__).parent / "parts" / "fontTable.xml"
SYSTEM = Path("/etc/fonts/fonts.conf")
_USED: Final = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")
_RIGHT: Final = re.compile(
    "FZXiaoBiao|FZXBS|(ST)?FangSong|(ST)?KaiTi|SimHei|N?SimSun|TimesNewRoman|LiberationSerif", re.IGNORECASE
)
"""How the fonts of the standard, and those of the same cut that Windows has, name themselves inside a PDF."""


@lru_cache
def stand_ins() -> dict[str, tuple[str, ...]]:
    """Return for each font of the report what may stand in for it, the best first: the Word file's own font table."""
    found = {}
    for font in ET.parse(_TABLE).getroot().iter(f"{W}font"):  # noqa: S314 - our own file
        names = font.find(f"{W}altName")
        others = "" if names is None else names.get(f"{W}val", "")
        found[font.get(f"{W}name", "")] = tuple(filter(None, others.split(",")))
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


def others_in(pdf: bytes) -> tuple[str, ...]:
    """Return the fonts of a PDF that stand in for those of the standard, as they name themselves; empty when none does.

    LibreOffice writes the font dictionaries uncompressed. A name in Chinese letters (``#E4#BB#BF…``) is one of the
    standard's own.
    """
    names = (name.decode("latin-1") for name in _USED.findall(pdf))
    found = (name.partition("-")[0] for name in names if not (_RIGHT.match(name) or "#" in name))
    return tuple(dict.fromkeys(found))


def fonts_note(pdf: bytes) -> str:
    """Return what is to be said of the fonts of a PDF, empty when they are the standard's."""
    others = "、".join(others_in(pdf))
    if not others:
        return ""
    return (
        f"本机没有报告用的字体（仿宋_GB2312、方正小标宋简体等），PDF 里用 {others} 代替。"
        "要用规定的字体，请在装有这些字体的电脑上导出，或把 .docx 用 Word、WPS 另存为 PDF。"
    )
