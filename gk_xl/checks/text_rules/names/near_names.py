"""Names that are the unit's own but for a character or two (X-30, X-56)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.form.patterns import regex
from gk_xl.form.places import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.names import OwnNames


def nearly_own(text: str, own: OwnNames) -> str:
    """Return a name that is the unit's own but for one character, empty when there is none."""
    return _one_off(text, own.core, own.level)


_AUTHOR: Final = regex(r"[^，。；]{0,8}(?:编制|汇总|发布|公布|制作|撰写)")


def nearly_whole(text: str, name: str) -> str:
    """Return a name as long as the unit's own in full that differs from it in one character, or in two as the report's author."""
    if len(name) < LONG_NAME:
        return ""
    for found, wrong, end in _alike(text, name, name[-2:]):
        near = len(wrong) == NEXT_TO_EACH and wrong[1] - wrong[0] == 1 and _AUTHOR.match(text, end)
        letters = all("\u4e00" <= found[place] <= "\u9fff" and found[place] not in _LEVELS for place in wrong)
        if letters and (len(wrong) == 1 or (near and _NO_NAME.isdisjoint(found))):
            return found
    return ""


def _alike(text: str, name: str, ending: str) -> Iterator[tuple[str, list[int], int]]:
    """Yield what is as long as a name and ends as it does, in which places it differs, and where it ends; not the name."""
    size, at = len(name), text.find(ending, len(name) - len(ending))
    while at >= 0:
        end = at + len(ending)
        found = text[end - size : end]
        wrong = [place for place, (one, other) in enumerate(zip(found, name, strict=True)) if one != other]
        if wrong:
            yield found, wrong, end
        at = text.find(ending, at + 1)


_LEVELS: Final = "乡镇县市区旗盟州省"
"""示例县人民政府 beside 示例乡人民政府 is the government above, no slip."""
_NO_NAME: Final = frozenset("由经报告向与和及已在仍均现又再还也把被其该我")
"""本报告由省人民政府汇总: no part of a name."""
LONG_NAME: Final = 6
NEXT_TO_EACH: Final = 2


def misspelt_government(text: str, own: OwnNames) -> str:
    """Return the own place of a government with one character changed: 临渭河市人民政府 for 临渭川市, empty when there is none."""
    core, level = own.place[:-1], own.place[-1:]
    if own.name != f"{own.place}人民政府" or "人民政府" not in text:
        return ""
    return _one_off(text, core, level) or next(
        (core + other for other in _RANKS if other != level and _written_by(text, f"由{core}{other}人民政府")), ""
    )


_RANKS: Final = "县市区旗"
"""What a place of a county's rank may be."""


def _written_by(text: str, name: str) -> bool:
    """Return whether what somebody wrote the report by stands in a text: 由示例市人民政府办公室汇总."""
    at = text.find(name)
    return at >= 0 and _AUTHOR.match(text, at + len(name)) is not None


def turned_about(text: str, own: OwnNames) -> str:
    """Return the own place or name with two neighbouring characters changed about, 泸永县 for 永泸县; empty when there is none."""
    for name in dict.fromkeys((own.county, own.place, own.core + own.level if own.small else "")):
        for at in range(len(name) - 2):
            found = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
            if found != name and found in text and all(known.name != found for known in gazetteer().find(found)):
                return found
    return ""


def _one_off(text: str, core: str, level: str) -> str:
    """Return a name of three characters or more that is another but for one of them, empty when there is none."""
    if len(core) < SHORT_NAME:
        return ""
    return next((found for found, wrong, _ in _alike(text, core + level, level) if len(wrong) == 1), "")


SHORT_NAME: Final = 3
