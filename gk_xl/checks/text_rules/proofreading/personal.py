"""Personal data that a published report must not hold (X-49): identity numbers, bank cards, private mobile numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.registry import rule_function
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.checks.case import Case
    from gk_xl.checks.catalogue import Rule
    from gk_xl.checks.text.sentences import Sentence
    from gk_xl.form.finding import Finding

_WORDS: Final = Words(__file__)

_SAID_IDENTITY: Final = regex(r"身份证(?:件)?(?:号码?)?(?:为|是|：|:)?(?P<number>\d{15}(?:\d{2}[\dXx])?)(?![\d])")
_AT_HOME: Final = regex(
    r"(?:申请人|投诉人|举报人|当事人|村民|居民|市民|牧民)(?P<name>[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏姜谢邹苏潘葛范彭鲁韦马苗方俞袁唐薛雷贺罗郝毕安常傅齐康余顾孟黄萧姚邵汪毛戴宋熊董梁杜贾江郭林钟徐邱高夏蔡田胡霍万卢丁邓石崔龚程陆段侯武刘龙叶白卓池谭温柴阎易廖曾欧关游][\u4e00-\u9fff]{1,2})[（，]?[^。；某]{0,6}?(?P<where>(?:家住|住在|现住|住址|身份证|手机)[\u4e00-\u9fff：]{2,14})"
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_valid(number: str) -> bool:
    """Return whether the check digit of an 18-digit identity number is right (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def card_valid(number: str) -> bool:
    """Return whether a number passes the check of bank cards (Luhn)."""
    total = 0
    for position, character in enumerate(reversed(number)):
        digit = int(character) * (2 if position % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


@rule_function("personal.data")
def data(case: Case, rule: Rule) -> Iterator[Finding]:
    """X-49: identity numbers and bank cards (errors), mobile numbers outside a contact (warnings); none is quoted whole."""
    for sentence in case.narrative.bearing(_WORDS.identity, _SAID_IDENTITY, _WORDS.card, _AT_HOME, _WORDS.mobile):
        found = list(_personal(sentence))
        if not found:
            continue
        hidden, told = sentence.excerpt, []
        for what, number, _ in found:
            shown = number[:3] + "*" * (len(number) - 5) + number[-2:]
            hidden = hidden.replace(number, shown)
            told.append(f"{what}“{shown}”")
        grave = None if any(severity is None for _, _, severity in found) else found[0][2]
        yield rule.finding({"found": "、".join(told)}, severity=grave, excerpt=hidden, place=sentence.place)


def _personal(sentence: Sentence) -> Iterator[tuple[str, str, Severity | None]]:
    """Yield what a sentence gives away: its kind, the number, the severity where it is not the rule's own; the gravest first."""
    text = sentence.text
    identity = _WORDS.identity.search(text)
    said = _SAID_IDENTITY.search(text)
    if identity and identity_valid(identity[0]):
        yield "身份证号", identity[0], None
    elif identity and _WORDS.of_person.search(text, 0, identity.start()):
        yield "像身份证号的数", identity[0], Severity.WARNING
    elif said:
        yield "身份证号", said["number"], None
    card = _WORDS.card.search(text)
    if card and card_valid(card[0]) and not (identity and identity[0] in card[0]):
        yield "银行卡号", card[0], None if _WORDS.account.search(text) else Severity.WARNING
    if named := _AT_HOME.search(text):
        yield "姓名和住址", named["name"] + named["where"], Severity.WARNING
    mobile = _WORDS.mobile.search(text)
    before = text[max(0, mobile.start() - 40) : mobile.start()] if mobile else ""
    if mobile and (_WORDS.private.search(before[-14:].strip("，： ")) or not _WORDS.contact.search(before)):
        yield "手机号码", mobile[0], Severity.WARNING
    elif mobile and _WORDS.by_name.search(before):
        yield "手机号码", mobile[0], Severity.HINT
