"""X-44, what a sentence says of the regulation's own rules: which article holds them, and which limits they set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.checks.entries import chinese_number
from gk_xl.checks.text_rules.data import proofreading, world
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE: Final = regex(r"[^。；]+")
_CITED: Final = regex(r"条例》?(?:（[^）]{0,30}）)?第(?P<article>[一二三四五六七八九十\d]{1,4})条")
_ANY: Final = regex(r"第[一二三四五六七八九十\d]{1,4}条")
_ANOTHER: Final = regex(r"《(?!(?:中华人民共和国)?(?:政府信息公开)?条例》)[^《》]*(?:条例|法|办法|规定)》")


_NUMBERED: Final = regex(
    r"(?:《(?:中华人民共和国)?(?:政府信息公开)?条例》|政府信息公开条例》?)(?:（[^）]{0,30}）)?"
    r"(?P<articles>第[一二三四五六七八九十百\d]{1,5}条(?:[、和及与至到]{1,2}第[一二三四五六七八九十百\d]{1,5}条){0,5})"
)
_LAST_ARTICLE: Final = 56


def no_article(text: str) -> str:
    """Return what is wrong where a folded sentence cites an article that the regulation has not: 《条例》第六十三条."""
    for match in _NUMBERED.finditer(text) if "条例" in text else ():
        for written in re.findall(r"第([^第、和及与至到]+)条", match["articles"]):
            number = int(written) if written.isdigit() else chinese_number(written)
            if number and number > _LAST_ARTICLE:
                return f"条例共 {_LAST_ARTICLE} 条，没有第{written}条"
    return ""


def wrong_article(text: str) -> str:
    """Return what is wrong where a piece of a sentence cites one article for a matter that stands in others."""
    if beyond := no_article(text):
        return beyond
    for piece in _PIECE.findall(text) if "条例" in text and "条" in text else ():
        cited = _CITED.findall(piece)
        if len(cited) != 1 or len(_ANY.findall(piece)) != 1 or _ANOTHER.search(piece):
            continue
        article = int(cited[0]) if cited[0].isdigit() else int(chinese_number(cited[0]) or 0)
        matters = [matter for matter in world().articles if any(word in piece for word in matter.words)]
        if matters and article and not any(article in matter.articles for matter in matters):
            matter = matters[0]
            word = next(word for word in matter.words if word in piece)
            right = "、".join(f"第{number}条" for number in sorted(matter.articles))
            return f"条例第{cited[0]}条说的不是“{word}”，有关的是{right}"
    return ""


_DATE: Final = r"\d{4}年\d{1,2}月\d{1,2}日"
_FORCE: Final = r"起?，?(?:开始|正式)?(?:施行|实施|生效)"
_NEW: Final = r"(?:新?(?:修订|修改)后?的?新?|新)《?(?:中华人民共和国)?(?:政府信息公开)?条例》?"
_IN_FORCE: Final = (
    (regex(rf"政府信息公开条例[》）]*[^，。；《》\d]{{0,6}}(?P<day>{_DATE}){_FORCE}"), 0),
    (regex(rf"(?P<day>{_DATE}){_FORCE}的?{_NEW}"), 1),
    (regex(rf"(?P<day>{_DATE})起?，?{_NEW}(?:开始|正式)?(?:施行|实施|生效)"), 1),
    (regex(rf"{_NEW}[^，。；《》\d]{{0,14}}(?P<day>{_DATE}){_FORCE}"), 1),
)
"""When the regulation came into force: the forms, each with the first of its days that it may mean, the old one's or the new one's."""


def wrong_day(text: str) -> str:
    """Return what is wrong where a folded sentence has the regulation come into force on another day, empty when none is."""
    if "条例" not in text or "日" not in text:
        return ""
    days = proofreading().in_force
    for pattern, first in _IN_FORCE:
        for match in pattern.finditer(text):
            if match["day"] not in days[first:]:
                return f"条例的施行日期“{match['day']}”不对"
    return ""


_DAYS: Final = r"(?P<days>\d{1,3}|[一二三四五六七八九十]{1,4})个?"
_LEGAL: Final = regex(
    rf"(?:法定|条例》?(?:规定|要求)|规定)的?(?P<of>答复|办理|办结)?(?:期限|时限)?的?{_DAYS}(?P<unit>工作日|日|天)"
)
_NOT_ANSWER: Final = regex(
    r"补正|征求|第三方|移送|转送|复议|诉讼|起诉|许可|审批|核准|处罚|公示|上传|更新|登记|延长|延期|缴|收费|建议|提案|信件|来信|热线|工单|咨询|举报|投诉|形成|变更|备案|反馈|告知"
)
_CORRECTING: Final = regex(rf"{_DAYS}工作日内?[^，。；\d]{{0,12}}补正")
_THIRD: Final = regex(rf"第三方[^，。；\d]{{0,20}}{_DAYS}工作日内?[^，。；\d]{{0,6}}(?:提出|反馈|回复|答复|表明|书面)")
_LONGER: Final = regex(rf"(?:延长|延期)[^，。；\d]{{0,16}}(?<!第){_DAYS}工作日")
_MADE: Final = regex(rf"(?:形成|变更)之日起{_DAYS}(?P<unit>工作日|日|天)")
_ANSWERED_ON: Final = regex(rf"第{_DAYS}工作日[^，。；\d]{{0,10}}(?:答复|公开|办结|提供|回复|送达)")
_FROM_RECEIPT: Final = regex(
    rf"(?:收到|受理|接到|登记)[^，。；\d]{{0,8}}之日起{_DAYS}(?P<unit>工作日|日|天)内?[^，。；\d]{{0,8}}(?:答复|办结)"
)
_OR_LONGER: Final = regex(
    rf"(?:收到|受理|接到|登记)[^，。；\d]{{0,8}}之日起{_DAYS}工作日内?(?:或者?|及|和)[^，。；\d]{{0,6}}(?:延长|延期)"
)
_ALLOWED_LONGER: Final = regex(r"延长|延期|补正|征求|第三方|顺延|扣除|起诉|复议|工单|建议|提案")
_IF_LONGER: Final = regex(r"(?:需要?|确需|如需|须)(?:延长|延期)[^，。；\d]{0,12}(?:告知|说明)[^，。；\d]{0,12}")
"""需要延长的依法告知申请人 makes no answer later than it may be."""
_ANSWER, _CORRECT, _OPINION = 20, 7, 15
CITED: Final = (_CITED, _LEGAL, _CORRECTING, _THIRD, _LONGER, _MADE, _ANSWERED_ON, _FROM_RECEIPT, _OR_LONGER)
"""One of these is found in a sentence that says anything of the regulation's own rules."""


def wrong_limit(text: str) -> str:
    """Return what is wrong where a folded sentence gives a limit of the regulation: 20 working days to answer, 7 to ask for more."""
    if "日" not in text and "天" not in text:
        return ""
    return next(_limits(text), "")


def _limits(text: str) -> Iterator[str]:
    """Yield the limits of a folded sentence that are not the regulation's."""
    for match in _LEGAL.finditer(text):
        around = text[max(0, text.rfind("，", 0, match.start())) : match.end() + 14]
        plain = match["of"] or match[0].startswith(("法定", "条例"))
        if plain and not _NOT_ANSWER.search(around) and (_days(match["days"]) != _ANSWER or match["unit"] != "工作日"):
            yield f"“{match[0]}”：条例第三十三条规定的答复期限是 20 个工作日"
    for match in _FROM_RECEIPT.finditer(text):
        if _days(match["days"]) > _ANSWER and "申请" in text and not _ALLOWED_LONGER.search(_IF_LONGER.sub("", text)):
            yield f"“{match[0]}”：条例第三十三条规定的答复期限是 20 个工作日"
    stated = "第三十三条" in text and "不能当场" in text
    for match in _FROM_RECEIPT.finditer(text) if stated else ():
        if _days(match["days"]) < _ANSWER:
            yield f"“{match[0]}”：条例第三十三条规定的答复期限是 20 个工作日"
    for match in _OR_LONGER.finditer(text):
        if _days(match["days"]) != _ANSWER:
            yield f"“{match[0]}”：条例第三十三条规定的答复期限是 20 个工作日"
    for match in _CORRECTING.finditer(text):
        if _days(match["days"]) > _CORRECT and "告知" in match[0]:
            yield f"“{match[0]}”：条例第三十条规定在 7 个工作日内一次性告知补正"
    for match in _THIRD.finditer(text):
        if _days(match["days"]) > _OPINION:
            yield f"“{match[0]}”：条例第三十二条规定第三方在 15 个工作日内提出意见"
    for match in _LONGER.finditer(text):
        if _days(match["days"]) > _ANSWER:
            yield f"“{match[0]}”：条例第三十三条规定延长的期限最长不超过 20 个工作日"
    for match in _MADE.finditer(text):
        if _days(match["days"]) > _ANSWER and "信息" in text:
            yield f"“{match[0]}”：条例第二十六条规定自形成或者变更之日起 20 个工作日内公开"


def too_late(text: str, before: str) -> str:
    """Return what is wrong where an application was answered on a working day beyond the limit, and nothing says why."""
    for match in _ANSWERED_ON.finditer(text) if "工作日" in text and "第" in text else ():
        if _days(match["days"]) > _ANSWER and not _ALLOWED_LONGER.search(before + text):
            return f"“{match[0]}”超过了 20 个工作日的答复期限，也没有说明延期"
    return ""


def _days(written: str) -> int:
    """Return a number of days, in figures or in words."""
    return int(written) if written.isdigit() else int(chinese_number(written) or 0)
