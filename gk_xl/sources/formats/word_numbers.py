"""The numbers that Word puts before paragraphs by itself: 一、 （一） 1. (1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gk_xl.form.printed import in_words
from gk_xl.workbook.namespaces import W

if TYPE_CHECKING:
    from gk_xl.sources.formats.zipped import Package

_CHINESE: Final = (
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
)
_LEVELS: Final = 9


class Numbering:
    """Counts the numbered paragraphs of a document, which are asked for in their order."""

    def __init__(self, package: Package) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # list → level → format, text, start
        self.styles: dict[str, tuple[str, int]] = {}
        self.counts: dict[str, list[int]] = {}
        if "word/numbering.xml" in package.names:
            self._lists(package.xml("word/numbering.xml"))
        if "word/styles.xml" in package.names:
            for style in package.xml("word/styles.xml").iter(f"{W}style"):
                found = _asked(style)
                if found is not None:
                    self.styles[style.get(f"{W}styleId", "")] = found

    def _lists(self, root: Any) -> None:
        abstract = {item.get(f"{W}abstractNumId"): _levels(item) for item in root.iter(f"{W}abstractNum")}
        for item in root.iter(f"{W}num"):
            of = item.find(f"{W}abstractNumId")
            if of is not None:
                self.levels[item.get(f"{W}numId", "")] = abstract.get(of.get(f"{W}val"), {})

    def next(self, paragraph: Any) -> str:
        """Return what Word shows before a paragraph, "" when nothing; only numbers, no bullets."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        named = "" if style is None else style.get(f"{W}val", "")
        found = _asked(paragraph) or self.styles.get(named)
        if found is None or found[0] not in self.levels:
            return ""
        name, level = found
        known = self.levels[name]
        if level not in known or not 0 <= level < _LEVELS:
            return ""
        counts = self.counts.setdefault(name, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else known[level][2]
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        form, text, _ = known[level]
        if form in ("bullet", "none"):
            return ""
        return re.sub(
            r"%(\d)",
            lambda match: _shown(counts[int(match[1]) - 1] or 1, known.get(int(match[1]) - 1, known[level])[0]),
            text,
        )


def _asked(element: Any) -> tuple[str, int] | None:
    """Return list and level that a paragraph or a style asks for."""
    asked = element.find(f"{W}pPr/{W}numPr")
    if asked is None:
        return None
    name, level = asked.find(f"{W}numId"), asked.find(f"{W}ilvl")
    if name is None:
        return None
    number = "0" if level is None else level.get(f"{W}val", "0")
    return name.get(f"{W}val", ""), int(number) if number.isdigit() and len(number) == 1 else 0


def _levels(item: Any) -> dict[int, tuple[str, str, int]]:
    found = {}
    for level in item.iter(f"{W}lvl"):
        number = level.get(f"{W}ilvl", "0")
        values = {}
        for name in ("numFmt", "lvlText", "start"):
            part = level.find(f"{W}{name}")
            values[name] = "" if part is None else part.get(f"{W}val", "")
        start = int(values["start"]) if values["start"].isdigit() and len(values["start"]) < 5 else 1
        if number.isdigit() and len(number) == 1:
            found[int(number)] = (values["numFmt"], values["lvlText"], start)
    return found


def _shown(number: int, form: str) -> str:
    """Return a number as Word writes it in a format: 十二 where it counts in Chinese."""
    return in_words(number) if form in _CHINESE and number <= 99 else str(number)
