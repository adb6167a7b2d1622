"""X-10, what the numbers of a sentence must come to, wherever in it they stand: comparisons, flows, rests.

The words say which part each number has; of which number a change is said they leave open, so any number of the
sentence may be the one. Only where none gives what is written is it asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gk_xl.checks.catalogue import tidy
from gk_xl.checks.text.pieces import pieced
from gk_xl.checks.text_rules.arithmetic.growth import gives, grown, told_growth
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS: Final = Words(__file__)

_NUMBER: Final = pieced(
    r"(?P<about>约|近|超|逾|达到?近)?(?P<number>(?<![\d.])\d+(?:\.\d+)?)(?P<more>余|多)?(?P<scale>[万亿]?)(?P<unit>{any_measure})(?!分点|百分点)"
)
_FALLS: Final = ("下降", "减少", "降低", "降幅", "少", "减", "净减", "压减", "压缩", "缩减", "回落")
_CHANGE: Final = regex(
    r"(?P<way>增长|上升|增加|提升|提高|增幅|涨幅|下降|减少|降低|降幅|回落|增|减|涨)(?:率|幅度?)?(?:了|为|达到?|约|：){0,2}(?P<share>\d+(?:\.\d+)?)%"
)


class _Number(NamedTuple):
    """A number of a sentence with its unit, where it stands, and whether it is rough."""

    value: float
    unit: str
    start: int
    end: int
    rough: bool


def reckoned(text: str) -> Iterator[str]:
    """Yield what is wrong with what the numbers of a folded sentence must come to."""
    if any(word in text for word in "增减降升涨"):
        yield from _changes(text)
    yield from _rests(text)
    if "规范性文件" in text or "规章" in text:
        yield from stock(text)


def _numbers(text: str, start: int, stop: int) -> list[_Number]:
    """Return the numbers of a part of a sentence in order, in units that can be compared."""
    found = []
    for match in _NUMBER.finditer(text, start, stop):
        times = {"万": 10_000, "亿": 100_000_000}.get(match["scale"], 1)
        rough = bool(match["about"] or match["more"])
        found.append(_Number(float(match["number"]) * times, match["unit"], match.start("number"), match.end(), rough))
    return found


def _changes(text: str) -> Iterator[str]:
    """Yield percentages of change that no number of their piece of the sentence gives with last year's, or with the difference."""
    start = 0
    for stop in (*(match.start() for match in _WORDS.stops.finditer(text)), len(text)):
        every = list(_CHANGE.finditer(text, start, stop))
        changes = [match for match in every if _plain(text, match, start)]
        if len(changes) == 1:
            yield from _changed(text, changes[0], _numbers(text, start, stop), start)
        elif not every and "年" in text:
            yield from _differing(text, start, stop)
        start = stop + 1


def _plain(text: str, change: re.Match[str], start: int) -> bool:
    """Return whether a change is one of a number, of a whole year, and stands in no bracket of its own."""
    begin = max(text.rfind("，", start, change.start()), start - 1) + 1
    before = text[begin : change.start()]
    return not _WORDS.points.search(before) and not before.endswith(("、", "和"))


def _changed(text: str, change: re.Match[str], numbers: Sequence[_Number], start: int) -> Iterator[str]:
    """Yield the one change of a piece when none of its numbers gives it."""
    if any(number.rough for number in numbers) or _WORDS.points.search(text, start, change.start()):
        return
    by = [number for number in numbers if _WORDS.by.search(text, max(start, number.start - 5), number.start)]
    then = _of_last_year(text, [number for number in numbers if number not in by], start)
    if len(then) > 1 or len(by) > 1 or not (then or by) or _told_before(text, change, start):
        return
    unit = (then or by)[0].unit
    if any(number.unit != unit for number in (*then, *by)):
        return
    parts = text.find("其中", change.end())  # 申请量比2023年（25106件）上升9.4%，其中自然人21840件: no number that rose
    numbers = [number for number in numbers if not 0 <= parts < number.start]
    now = _with_sums([number for number in numbers if number not in (*then, *by) and number.unit == unit])
    if not now:
        if then and by:
            yield from _grown_by(then[0], by[0], change)
        return
    behind = all(number.start > change.start() for number in now)
    from_then = then and then[0].start < change.start() and _WORDS.from_then.search(text, start, then[0].start)
    if from_then and behind:
        return  # 新收申请由2019年的135件上升20.0%，集中申请共57件: what it came to stands elsewhere
    down = change["way"] in _FALLS
    said, decimals = float(change["share"]), len(change["share"].partition(".")[2])
    slack = 0.1**decimals - _SLACK
    turned = False
    for number in now:
        base = then[0].value if then else number.value + by[0].value * (1 if down else -1)
        fall = -grown(number.value, base) if base > 0 else said
        if base > 0 and abs(fall * (1 if down else -1) - said) < slack:
            return
        turned |= abs(fall * (-1 if down else 1) - said) < slack
    every = [number.value for number in _numbers(text, 0, len(text)) if number.unit == unit]
    if gives(every, change["share"]) and not (
        turned and set(every) == {*(number.value for number in now), then[0].value}
    ):
        return
    number = now[-1] if now[-1].start < change.start() else now[0]
    if then:
        told = told_growth(grown(number.value, then[0].value), decimals) if then[0].value else "持平"
        yield f"{tidy(number.value)} 比 {tidy(then[0].value)} {told}，写的是“{change[0]}”"
    else:
        yield f"“{text[by[0].start - 2 : by[0].end]}”和“{change[0]}”对不上：本年是 {tidy(number.value)} {unit}"


def _told_before(text: str, change: re.Match[str], start: int) -> bool:
    """Return whether the number that rose stands before the sentence: 与2022年的14件、2023年的16件相比，2024年同比增长8.6%."""
    compared = list(_WORDS.compared_with.finditer(text, start, change.start()))
    return len(compared) > 1 and bool(_WORDS.its_year.search(text, start, change.start()))


def _grown_by(then: _Number, by: _Number, change: re.Match[str]) -> Iterator[str]:
    """Yield a percentage that is not what a difference is of last year's number: 与2018年的8件相比，增加3件，增长27.3%."""
    share, decimals = float(change["share"]), len(change["share"].partition(".")[2])
    part = 100 * by.value / then.value if then.value else share
    if abs(part - share) >= 0.1**decimals - _SLACK:
        yield f"{tidy(by.value)} 是 {tidy(then.value)} 的 {part:.{max(decimals, 1)}f}%，写的是“{change[0]}”"


def _differing(text: str, start: int, stop: int) -> Iterator[str]:
    """Yield a difference that no number of a piece gives with last year's: 2023年35件，2024年41件，增加8件."""
    numbers = _numbers(text, start, stop)
    if any(number.rough for number in numbers) or _WORDS.points.search(text, start, stop) or "其中" in text[start:stop]:
        return
    by = [number for number in numbers if _WORDS.more.search(text, max(start, number.start - 4), number.start)]
    then = _of_last_year(text, [number for number in numbers if number not in by], start)
    if len(by) != 1 or len(then) != 1 or by[0].start < then[0].start or by[0].unit != then[0].unit:
        return
    now = [number for number in numbers if number not in (*by, *then) and number.unit == then[0].unit]
    if any(_WORDS.moved.search(text, max(start, number.start - 12), number.start) for number in now):
        return
    now = _with_sums(now)
    down = any(word in text[by[0].start - 4 : by[0].start] for word in ("减", "少", "降"))
    wanted = then[0].value + by[0].value * (-1 if down else 1)
    if now and all(abs(number.value - wanted) > _SLACK for number in now):
        yield f"{tidy(then[0].value)} {'-' if down else '+'} {tidy(by[0].value)} = {tidy(wanted)}，写的是 {tidy(now[-1].value)}"


def _with_sums(numbers: list[_Number]) -> list[_Number]:
    """Return numbers with what the last of them come to together: 公告14篇、整改公告6篇，比上年增加4篇."""
    sums = [
        numbers[-1]._replace(value=sum(number.value for number in numbers[-many:]))
        for many in range(2, len(numbers) + 1)
    ]
    return [*sums, *numbers]


_SLACK: Final = 1e-6


_COMPARED: Final = ("，同比", "，相比")


def _of_last_year(text: str, numbers: Sequence[_Number], start: int) -> list[_Number]:
    """Return the numbers of a year before; of two years named, those of the earlier one: 2024年41件，2023年35件."""
    found = []
    for number in numbers:
        if match := _WORDS.then.search(text, max(start, number.start - 18), number.start):
            year = match[0][:4]
            against = not year.isdigit() or _WORDS.against.search(text, start, match.start())
            compared = bool(against) or (number is not numbers[0] and text.startswith(_COMPARED, number.end))
            found.append((int(year) if year.isdigit() else 0, compared, number))
        elif _WORDS.from_.search(text, max(start, number.start - 8), number.start) and _WORDS.up_to.match(
            text, number.end
        ):
            found.append((0, True, number))
    first = min((year for year, _, _ in found), default=0)
    several = len({year for year, _, _ in found}) > 1
    return [number for year, compared, number in found if year == first and (compared or several)]


_DONE: Final = (
    "整改|改|办结|完成|解决|销号|答复|回复|纠正|落实|采纳|验收|审结|结案|公开|发布|通过|办理|更新|开放|签收|收回|上线"
)
_UNDONE: Final = "正在|尚|未|仍|还|持续|长期|列入|纳入|结转|延期|作出说明|作了说明|留作|予以说明|不予|转入|继续"
_REST: Final = regex(
    r"(?P<all>(?<![\d.])\d+)(?P<unit>[个项条处件家份所户宗起名人])[^，。；：（）\d]{0,8}(?:中)?，"
    rf"(?:其中|现|目前|截至目前|年底前|年内)?(?:(?:已|均已|已经|全部|当场|立即|现场|及时|督促|按期|按时|实际){{0,3}}(?:{_DONE})(?:完成|到位|完毕|了)?(?P<done>\d+)(?P=unit)|(?P<done2>\d+)(?P=unit)(?:已经?|均已)(?:{_DONE})(?:完成|到位|完毕)?)"
    rf"，(?:其余|其他|剩余|余下|剩下|尚有|仍有|还有|还剩|另有|另)?的?(?P<rest>\d+)(?P=unit)(?P<behind>(?:的)?(?:{_UNDONE})|[^，。；\d]{{0,10}}(?:{_UNDONE}))"
)


def _rests(text: str) -> Iterator[str]:
    """Yield wholes that are not what is done and what is left: 发现18个，已整改16个，3个正在整改."""
    for match in _REST.finditer(text):
        whole, done, rest = int(match["all"]), int(match["done"] or match["done2"]), int(match["rest"])
        item = any(word in text[: match.end("all")].rpartition("；")[2] for word in ("其中", "分别", "包括"))
        told = [int(number) for number in regex(rf"(\d+){match['unit']}").findall(text[: match.end("all") + 2])]
        if whole + done + rest in told or max(done, rest) > whole:
            continue  # 复议共9件，维持6件，纠正1件，2件还在审理: three parts of one whole
        sums = {sum(told[-many:]) for many in range(1, len(told) + 1)} | set(told)
        if done + rest != whole and done + rest not in sums and not item and "其中" not in match[0]:
            yield f"{done} + {rest} = {done + rest}，总数写的是 {whole}"
    for match in _REPLIES.finditer(text) if "公开" in text else ():
        told = [int(number) for number in re.findall(r"(\d+)件", match["told"])]
        whole = told[-1] if told and sum(told[:-1]) == told[-1] else sum(told)
        if told and int(match["part"]) > whole:
            yield f"“公开{match['of']}{match['part']}件”：比前面的总数 {whole} 件多"


_REPLIES: Final = regex(
    r"(?:建议|提案|议案)(?P<told>[^。；]{0,60}?)公开(?P<of>[^，。；\d]{0,8}?(?:复文|答复|结果|意见|全文|摘要))(?P<part>\d+)件"
)
"""建议126件、提案148件，共274件，公开复文281件."""


_ITEMS: Final = regex(
    r"(?P<label>[^，。；：（）、\d]{0,24})(?P<number>(?<![\d.])\d+)(?P<unit>[件条篇份次期场个项宗])(?P<behind>[^，。；：（）、\d]{0,12})"
)
_MANY: Final = 4
_NEAR: Final = 0.1


def nearly(text: str) -> Iterator[str]:
    """Yield lists of three and more behind a total that miss it by a little: 解读12期，图解4期、视频3期、文字4期; a hint, for a list may leave some out."""
    if len(_WORDS.figures.findall(text)) < _MANY:
        return
    for piece in _WORDS.stops.split(text):
        found = list(_ITEMS.finditer(piece)) if len(_WORDS.figures.findall(piece)) >= _MANY else []
        if len(found) < _MANY or len({match["unit"] for match in found}) > 1 or _WORDS.loose.search(piece):
            continue
        if len(re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d{4}年度?|第\d+", "", piece))) != len(found):
            continue
        total, *items = (int(match["number"]) for match in found)
        missing = total - sum(items)
        if missing and abs(missing) <= max(1, _NEAR * total) and max(items) < total:
            listed = " + ".join(map(str, items))
            yield f"{listed} = {sum(items)}，前面的总数是 {total}"


_FILES: Final = r"[^，。；\d]{0,14}?(?P<number>\d+)[件份部个](?![^，。；]{0,4}(?:修改|修订|备案))"
_BEFORE: Final = pieced(
    r"(?:{another_year}(?:度)?(?:末|底|年末|年底|的|结转|现行有效|有效|保留)|[年期]初)[^，。；\d比增减多少]{0,20}?(?P<number>\d+)[件份部个]"
)
_MADE: Final = regex(rf"(?:新增|新制定|制定|制发|新出台|出台|印发|新发|制作){_FILES}")
_GONE: Final = regex(rf"(?:废止|宣布失效|失效|清理退出|停止执行){_FILES}")
_LEFT: Final = regex(rf"(?:年末|年底|现行有效|现有|继续有效|变为|增至|减至|增加到|减少到|保留){_FILES}")
_NONE_GONE: Final = regex(r"(?:无|未|没有)(?:废止|宣布失效)")
_RUN_OUT: Final = regex(r"\d+[件份部个][^，。；\d]{0,10}(?:失效|届满|到期)")
"""另有1件有效期届满: gone, too, and not by a decision."""
_NET: Final = regex(r"净(?P<way>增|减)(?:加|少)?(?P<number>\d+)[件份部个]")


def stock(text: str) -> Iterator[str]:
    """Yield stocks of documents that do not follow from what was there, came and went: 上年13件，新增2件、废止1件，年末15件.

    Where a sentence tells of rules and of documents, each part of it is reckoned alone.
    """
    both = "规章" in text and "规范性文件" in text
    for piece in text.split("；") if both else (text,):
        yield from _stock(piece)


def _stock(text: str) -> Iterator[str]:
    made, gone = _MADE.findall(text), _GONE.findall(text) or ["0"] * bool(_NONE_GONE.search(text))
    if len(made) != 1 or len(gone) != 1 or "修改" in text or "其中" in text or _RUN_OUT.search(text):
        return
    came, went = int(made[0]), int(gone[0])
    if net := _NET.search(text):
        wanted = came - went
        if (wanted > 0) != (net["way"] == "增") or abs(wanted) != int(net["number"]):
            yield f"制定 {came} 件、废止 {went} 件，“{net[0]}”不对"
        return
    before = _BEFORE.search(text)
    left = None
    for match in _LEFT.finditer(text):
        if before is None or match.end("number") != before.end("number"):
            left = match
    if before is None or left is None:
        return
    then, now = int(before["number"]), int(left["number"])
    if then + came - went != now:
        yield f"{then} + {came} - {went} = {then + came - went}，写的是 {now}"
