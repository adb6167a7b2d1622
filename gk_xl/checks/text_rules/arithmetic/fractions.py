"""X-10, shares in words beside their numbers: 14件中，商业企业7件，刚好占一半; 20件，其中12件……，超过半数; 七成; 三分之二."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text_rules.arithmetic.percentages import ending
from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

SAID: Final = (
    r"(?P<said>(?P<bound>超过?|过|逾|多于|不足|不到|未到|不及|近|约|将近|接近)?(?P<half>一半|半数?)(?![年月天日个价自])"
    r"|(?P<about>超过?|逾|不足|不到|近|约|将近|接近)?(?:(?P<under>[二三四五六])分之(?P<over>[一二三四五])|(?P<tenths>[一二三四五六七八九1-9])成(?!立|为|果|效|员|本)(?P<and_half>半)?))"
    r"(?P<behind>以上|多|强|弱|左右)?"
)
"""A share in words, with what says on which side of it the number lies."""
ROUGHLY: Final = 0.05
"""So far from its number a fraction in words may lie."""
_MORE: Final = ("超", "超过", "过", "逾", "多于", "以上", "多", "强")
_LESS: Final = ("不足", "不到", "未到", "不及", "弱")
_FRACTION: Final = regex(
    r"(?<![\d.])(?P<whole>\d+)(?P<unit>[件条份宗起个家名人篇期次场项户])[^，。；\d]{0,10}?(?:当?中，[^。；]{0,40}?|中[已仅只]?有|，(?:其中|有)[^，。；\d]{0,20})"
    rf"(?P<part>\d+)(?P=unit)[^，。；\d]{{0,18}}，(?:刚好|正好|恰好|恰|已|尚|仍|还){{0,2}}(?P<of>占(?:比|到|了)?(?:总数的|总量的|全部(?:文件|信息|申请)?的)?)?{SAID}(?=[，。；）])"
)


def fits(share: float, match: re.Match[str]) -> bool:
    """Return whether a share is the one said: as words in which its bounds stand leave room."""
    if match["half"]:
        said = 0.5
    elif match["tenths"]:
        said = (number_of(match["tenths"]) or 0) / 10 + (0.05 if match["and_half"] else 0)
    else:
        said = (number_of(match["over"]) or 1) / (number_of(match["under"]) or 1)
    words = (match["bound"] or match["about"], match["behind"])
    if any(word in _MORE for word in words):
        return share > said or (share == said and match["behind"] == "以上")
    if any(word in _LESS for word in words):
        return share < said
    return abs(share - said) <= ROUGHLY * (2 if any(words) else 1)


def fractions(text: str) -> Iterator[str]:
    """Yield shares in words that no part and whole before them give."""
    for match in _FRACTION.finditer(text):
        if not (match["of"] or match["bound"] or match["about"]):
            continue
        part = int(match["part"])
        wholes = [int(number) for number in re.findall(rf"(\d+){match['unit']}", text[: match.start("part")])]
        # 14件中，甲3件、乙4件，占一半: the share may be of all that were listed.
        parts = ending(part, wholes[1:])
        if not any(fits(some / whole, match) for some in parts for whole in wholes if whole):
            yield f"{part} 不是 {match['whole']} 的{match[0][match.start('said') - match.start() :]}"
