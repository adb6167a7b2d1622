"""X-10, sums of money that a sentence gives a second time in another unit: 284530.6万元，约合28.45亿元.

Read only where the two stand right beside one another. What is vague says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUM: Final = regex(
    r"(?P<some>\d+(?:\.\d+)?)(?P<scale>亿|万)?元(?:(?:，|（)?(?:大约|约)?(?:合|折合|合计|即|相当于)(?P<other>\d+(?:\.\d+)?)(?P<scale2>亿|万)?元"
    r"|(?:，|（)约(?P<about>\d+(?:\.\d+)?)(?P<scale3>亿|万)元(?=[，。；）]))"
)


def restated(text: str) -> Iterator[str]:
    """Yield what is wrong with what a folded sentence says twice."""
    if "元" in text and any(word in text for word in ("合", "即", "相当", "约")):
        yield from _sums(text)


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
