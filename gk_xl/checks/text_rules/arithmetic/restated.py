"""X-10, numbers that a sentence gives a second time in other words: 284530.6万元，约合28.45亿元; 14件中，7件，刚好占一半.

Read only where the two stand right beside one another. What is vague says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text_rules.arithmetic.growth import is_share
from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUM: Final = regex(
    r"(?P<some>\d+(?:\.\d+)?)(?P<scale>亿|万)?元(?:(?:，|（)?(?:大约|约)?(?:合|折合|合计|即|相当于)(?P<other>\d+(?:\.\d+)?)(?P<scale2>亿|万)?元"
    r"|(?:，|（)约(?P<about>\d+(?:\.\d+)?)(?P<scale3>亿|万)元(?=[，。；）]))"
)
_FRACTION: Final = regex(
    r"(?P<whole>\d+)(?P<unit>[件条份宗起])(?:申请)?当?中，[^。；]{0,40}?(?P<part>\d+)(?P=unit)，(?:刚好|正好|恰好|恰)?占(?:总数的|总量的|全部的)?(?P<said>一半|(?P<under>[二三四五六])分之(?P<over>[一二三四五]))(?!以上|多|强|弱|左右)"
)
"""14件中，商业企业7件，刚好占一半."""
_SHARE: Final = regex(
    r"(?P<part>\d+)(?P<unit>[件份条宗起人户个])，占(?:比|总数的?|总量的?|全部的?)?(?:为|达)?(?P<rate>\d+\.\d+)%"
)
_WHOLES: Final = 3_000
"""Wholes beyond it give almost every share with a decimal."""


def restated(text: str) -> Iterator[str]:
    """Yield what is wrong with what a folded sentence says twice."""
    if "元" in text and any(word in text for word in ("合", "即", "相当", "约")):
        yield from _sums(text)
    yield from _parted(text)


def _sums(text: str) -> Iterator[str]:
    """Yield sums of money written in two units that are not the same, to the second one's precision."""
    for match in _SUM.finditer(text):
        if match["about"] and match["scale3"] == match["scale"]:
            continue  # 20万元，约30万元: another sum
        if _EACH.search(text, 0, match.start()):
            continue  # 12台，单价5000元，合计6万元: of one, and of all
        if "合计" in match[0] and match["scale2"] == match["scale"]:
            continue  # 巡护车辆24万元、办公设备10万元，合计34万元: the sum of a list
        number, scale = match["other"] or match["about"], match["scale2"] or match["scale3"] or ""
        some, other = (number_of(said) or 0 for said in (match["some"] + (match["scale"] or ""), number + scale))
        slack = (number_of(f"1{scale}") or 1) * 0.1 ** len(number.partition(".")[2])
        if abs(some - other) > slack + 1e-6:
            yield f"“{match[0]}”：前后不是同一个数"


_EACH: Final = regex(r"(?:单价|每[台套件个份册人名户张次期]|均价|人均|户均)(?:为|约|是)?$")
_ROUGHLY: Final = 0.05
"""So far from its number a fraction in words may lie."""


def _parted(text: str) -> Iterator[str]:
    """Yield fractions in words, two parts of a whole, and averages that their numbers do not give."""
    for match in _FRACTION.finditer(text) if "占" in text else ():
        over, under = (1, 2) if match["said"] == "一半" else [number_of(match[name]) or 1 for name in ("over", "under")]
        part, before = int(match["part"]), text[: match.start("part")]
        wholes = [int(number) for number in _counts(before, match["unit"])]
        # 14件中，甲3件、乙4件，占一半: the share may be of all that were listed.
        parts = [part, *(part + sum(wholes[-many:]) for many in range(1, len(wholes)))]
        if not any(abs(some / whole - over / under) <= _ROUGHLY for some in parts for whole in wholes if whole):
            yield f"{part} 不是 {match['whole']} 的{match['said']}"


def impossible(text: str) -> Iterator[str]:
    """Yield shares that no whole number gives: 38件，占49.6% (76 is 50 %, 77 is 49.35 %)."""
    for match in _SHARE.finditer(text) if "占" in text else ():
        part, rate = int(match["part"]), match["rate"]
        if not part or not float(rate) or 100 * part / float(rate) > _WHOLES:
            continue
        before = [int(number) for number in _counts(text[: match.start()], match["unit"])]
        parts = {part, *(part + sum(before[-many:]) for many in range(1, len(before) + 1))}
        if not any(_possible(some, rate) for some in parts):
            yield f"“{match[0]}”：没有哪个总数能使 {part} {match['unit']}占到 {rate}%"


def _counts(text: str, unit: str) -> list[str]:
    """Return the last few numbers of a unit in a text."""
    return _NUMBERS[unit].findall(text[-_NEAR:])


_NEAR: Final = 120
_NUMBERS: Final = {unit: regex(rf"(\d+){unit}") for unit in "件份条宗起人户个"}


def _possible(part: int, rate: str) -> bool:
    """Return whether some whole makes a part that share, rounded or cut off."""
    near = 100 * part / float(rate)
    return any(is_share(part, whole, rate) for whole in range(max(int(near * 0.98) - 1, part), int(near * 1.02) + 3))
