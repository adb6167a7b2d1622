"""X-10, one figure with two numbers: 开展政务公开培训3次 in one part, 组织培训5次 in another; 284530.6万元，约合28.45亿元.

Read only where a clause says nothing but that so many of one thing there were, so that both speak of all of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.text.context import Period, Scope, frames
from gk_xl.checks.text_rules.arithmetic.swapped_digits import turned
from gk_xl.checks.text_rules.wordings import number_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.text.sentences import Sentence

_WORDS: Final = Words(__file__)

_THING: Final = regex(
    r"(?:^|[，。；：])(?:(?:全年|本年度|今年|年内|\d{4}年(?:度)?)，?|我[局乡镇县市区厅委旗街道]{1,2}|共|累计|先后|组织|开展|举办|举行|召开|政务公开|政府信息公开|信息公开|业务|工作|专题|了){0,9}"
    r"(?P<thing>培训(?:班|会)?|领导小组会议?|推进会议?|工作例?会议?|新闻发布会|常务会议|政务公开专区|专区|政务新媒体(?:账号)?|(?:微信)?公众号)"
    r"(?P<number>\d+)(?P<unit>[次期场个])(?=[，。；]|$)"
)
_PLACES: Final = regex(
    r"(?:全[县市区旗州]|涉及|覆盖|指导|对)(?P<number>\d+)(?P<unit>[家个])(?P<thing>(?:[县市区]直|责任|成员)?(?:单位|部门))"
)


_FACT: Final = regex(
    r"(?P<number>(?<![\d.第])\d+|(?<![第十百])[一二三四五六七八九十]{1,4})个(?P<thing>行政村|村（社区）|村（居）|村居|社区|嘎查村?|乡镇（街道）|镇（街道）|乡镇|镇街|街镇|街道|苏木镇|村民小组|股室|科室|内设机构"
    r"|(?:下属|所属|直属|派出|基层)[\u4e00-\u9fff]{0,10}?(?:单位|机构|[所站院]|中心|大队|分局)|[\u4e00-\u9fff]{2,8}管理所|(?:基层)?(?:司法|税务|派出|资源|监管|财政|工商|自然资源)所|(?:县区|区县)?分局|卫生院|服务站)"
)
"""What a unit has so many of, wherever its report speaks of all of them."""
_LEAST: Final = 3
_CLOSE: Final = 0.25
_POSTED: Final = regex(r"(?P<number>(?<![\d.])\d{2,})(?P<unit>[条篇期])")
_ACCOUNTS: Final = ("公众号", "微博", "抖音", "网站")


def facts_told_twice(case: Case) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentence in which a unit has another number of villages, offices … than before, nearly the same; or one posted with two digits turned."""
    known: dict[str, int] = {}
    above = dict(_more_than_all(case))
    yield from above.items()
    posted: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for sentence in case.narrative.bearing(_FACT, _POSTED):
        text = sentence.masked
        for clause in _WORDS.clause.findall(text) if "个" in text else ():
            for match in _FACT.finditer(clause) if sentence not in above and not _WORDS.some.search(clause) else ():
                number, thing = int(number_of(match["number"]) or 0), match["thing"]
                before = known.setdefault(thing, number)
                near = abs(before - number) <= _CLOSE * before or turned(before, number)
                if before != number and min(before, number) >= _LEAST and near:
                    yield sentence, f"前面写的是 {before} 个{thing}，这里写的是 {number} 个"
        for account in _ACCOUNTS:
            if account not in text:
                continue
            for match in _POSTED.finditer(text):
                others = posted.setdefault((account, match["unit"]), [])
                number = int(match["number"])
                earlier = [one for one, place in others if place != sentence.place and turned(one, number)]
                if earlier:
                    yield (
                        sentence,
                        f"前面写的是 {earlier[0]} {match['unit']}，这里写的是 {number} {match['unit']}（{account}）",
                    )
                others.append((number, sentence.place))


def _more_than_all(case: Case) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentence that speaks of more villages or offices than there are of them: 全街道共11个社区, and 在17个社区设."""
    every: dict[str, int] = {}
    told: list[tuple[str, int, Sentence]] = []
    for sentence in case.narrative.bearing(_FACT):
        text = sentence.masked
        for match in _FACT.finditer(text):
            number, thing = int(number_of(match["number"]) or 0), match["thing"]
            clause = re.split("[，。；]", text[: match.end()])[-1]
            if not _WORDS.wider.search(clause):
                told.append((thing, number, sentence))
            if _WORDS.all.search(text, max(0, match.start() - 10), match.start()):
                every[thing] = max(every.get(thing, 0), number)
    for thing, number, sentence in told:
        if number > every.get(thing, number):
            yield sentence, f"写的是 {number} 个{thing}，别处写的是全部 {every[thing]} 个"
            return


_ALIKE: Final = regex(
    r"(?P<number>(?<![\d.])\d{2,})(?P<unit>[\u4e00-\u9fff]{1,2})，与(?![^，。；]*(?:决定|[表台]))(?P<other>[^，。；、\d]{2,12}数(?:量|目)?)(?:一一对应|完全一致|相符|一致|吻合|相等)"
)


def said_to_be_alike(case: Case) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentence whose number is said to be that of another thing, and stands nowhere else: 审查单68张，与网站发布数量一一对应."""
    for sentence in case.narrative.bearing(_ALIKE):
        for match in _ALIKE.finditer(sentence.masked):
            if len(re.findall(rf"(?<![\d.])0*{int(match['number'])}(?![\d.])", case.narrative.whole)) == 1:
                yield sentence, f"说 {match['number']} {match['unit']}与{match['other']}相同，别处没有这个数"


_ALL: Final = r"(?:均|都|全部|件件|所有|悉数|一律)"
_DONE: Final = r"(?:答复|办结|办理|办复|回复)"
_IN_TIME: Final = regex(
    rf"{_ALL}[^，。；\d]{{0,14}}(?:法定|规定)[^，。；\d]{{0,6}}(?:期限|时限|时间)内?[^，。；\d]{{0,8}}{_DONE}|{_ALL}[^，。；\d]{{0,8}}(?:按期|按时|如期|及时)[^，。；\d]{{0,6}}{_DONE}"
    r"|(?:按时|按期|及时|答复及时)(?:答复|办结|办复|及时)?率(?:均?为|达到?|保持|：)*100%|(?:没有一件|无一件?|零)(?:申请)?(?:超期|逾期|超时|迟延|延误)"
)
_LATE: Final = regex(
    rf"(?:\d+件|个别)[^，。；\d]{{0,14}}(?:超过|超出|未能?在)[^，。；\d]{{0,8}}(?:期限|时限|时间)|(?:超期|逾期|迟延|超时){_DONE}的?(?:申请)?[^，。；\d]{{0,12}}\d+件"
    rf"|\d+件[^，。；\d]{{0,6}}(?:超期|逾期|迟延|超时)(?:才)?{_DONE}|个别申请（\d+件）{_DONE}超出"
)


def late_though_in_time(case: Case) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentence in which applications were answered late, where another says that all were in time."""
    claims = [sentence for sentence in case.narrative.bearing(_IN_TIME) if _of_applications(sentence, _IN_TIME, case)]
    for sentence in case.narrative.bearing(_LATE) if claims else ():
        if sentence != claims[0] and _of_applications(sentence, _LATE, case):
            yield sentence, f"这里说有超期的，别处写的是全部按期答复（“{claims[0].excerpt}”）"


def _of_applications(sentence: Sentence, form: re.Pattern[str], case: Case) -> bool:
    """Return whether a sentence says something of the year's applications by a form, and of no other matter."""
    match = form.search(sentence.masked)
    if match is None or _WORDS.denied.search(sentence.masked, 0, match.start()):
        return False  # 没有1件超期答复
    told = frames(sentence.masked, case.filing.year, case.filing.unit)
    own = all(frame == (Period.THIS, Scope.OWN) for frame in told)
    return own and not _WORDS.other_matter.search(sentence.masked)


_NAMED: Final = ("会", "训", "单位", "部门", "专区", "新媒体", "公众号")


def told_twice(case: Case) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentence that gives a thing of the year another number than one before did, and what is wrong."""
    known: dict[tuple[str, str], tuple[int, Sentence]] = {}
    for sentence in case.narrative.bearing(_THING, _PLACES):
        text = sentence.masked
        if not any(word in text for word in _NAMED) or _WORDS.part.search(text):
            continue
        for match in (*_THING.finditer(text), *_PLACES.finditer(text)):
            if any(frame != (Period.THIS, Scope.OWN) for frame in frames(text, case.filing.year, case.filing.unit)):
                break
            number, before = int(match["number"]), known.get((match["thing"], match["unit"]))
            if before is None:
                known[match["thing"], match["unit"]] = number, sentence
            elif before[0] != number and before[1] is not sentence:
                yield (
                    sentence,
                    f"前面写的是 {before[0]} {match['unit']}，这里写的是 {number} {match['unit']}（{match['thing']}）",
                )


_TAKEN_UP: Final = regex(
    r"^(?:(?:通过|经过|围绕|借助|结合|在)?(?P<these>这|上述|以上)(?P<number>\d+)[个场次期项条名](?P<thing>[\u4e00-\u9fff]{2})|(?P<number2>\d+)[场次期](?P<thing2>[\u4e00-\u9fff]{2}))"
)


def taken_up(case: Case) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentence that begins with the number and the thing of the one before, and has another number: 举办活动3场。4场活动共有……."""
    for sentence in case.narrative.bearing(_TAKEN_UP):
        match = _TAKEN_UP.match(sentence.figures)
        before = case.narrative.before(sentence, _JUST_BEFORE)
        if match is None or sentence.first:
            continue
        number, thing = match["number"] or match["number2"], match["thing"] or match["thing2"]
        told = re.findall(
            rf"{thing}[^，。；：\d]{{0,4}}?(\d+)[个场次期项条名](?![^，。；]{{0,3}}[、和])|(\d+)[个场次期项条名][^，。；：、\d]{{0,8}}{thing}",
            before.rstrip("。").rpartition("。")[2],
        )
        if len(told) == 1 and (one := next(filter(None, told[0]))) != number:
            yield sentence, f"前一句写的是 {one}，这里写的是 {number}（{thing}）"


_JUST_BEFORE: Final = 120
"""So many characters before a sentence the one before it may begin."""
_SUM: Final = regex(
    r"(?P<some>\d+(?:\.\d+)?)(?P<scale>亿|万)?元(?:(?:，|（)?(?:大约|约)?(?:合|折合|合计|即|相当于)(?P<other>\d+(?:\.\d+)?)(?P<scale2>亿|万)?元"
    r"|(?:，|（)约(?P<about>\d+(?:\.\d+)?)(?P<scale3>亿|万)元(?=[，。；）]))"
)


def restated(text: str) -> Iterator[str]:
    """Yield sums of money that a sentence gives in two units and that are not the same, to the second one's precision."""
    for match in _SUM.finditer(text) if "元" in text else ():
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


_EACH: Final = regex(r"(?:单价|每[人年月]?每?[年月台套件个份册人名户张次期]|均价|人均|户均)(?:为|约|是)?$")
