"""What a person typed into a cell → a number, with a short remark of what had to be normalised.

Nothing is guessed: what cannot be read for certain is None. The remark is Chinese, because it goes into the clerk's
message. Our reading of each form, with the published entries it was made for, is written down in the functions below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gk_xl.form.cleaning import LARGEST
from gk_xl.form.filing import MONEY_UNITS, normal_number
from gk_xl.form.patterns import regex
from gk_xl.form.schema import ValueKind

if TYPE_CHECKING:
    from decimal import Decimal

NOTHING: Final = frozenset(
    {"/", "//", "\\", "-", "--", "——", "—", "–", "无", "没有", "暂无", "空", "未发生", "无。", "没有。"}
)
"""Entries that say that there is nothing to count. Full-width forms are folded before they are looked up."""

COUNT_UNITS: Final = (
    "人次", "件次", "户次", "件", "笔", "条", "宗", "次", "起", "份", "篇", "个", "项",
    "人", "户", "例", "部", "期", "场", "批",
)  # fmt: skip

_MULTIPLES: Final = {"亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2}
_DIGITS: Final = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
    "贰": 2,
    "弍": 2,
    "叄": 3,
}
_STEPS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS: Final = {"廿": "二十", "卅": "三十", "卌": "四十"}
_CHINESE: Final = frozenset({*_DIGITS, *_STEPS, *_TENS, *"万萬亿億点"})

_SPACES: Final = "\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）"}
"""Full-width letters, figures and signs to half-width; the marks of a sentence stay."""
_MINUS: Final = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63"), "-")

_SIGNED: Final = regex(r"(?P<sign>[-+±]|负|减少|减|净减|正|增加|增|净增)?\s*(?P<rest>.+)", re.DOTALL)
_REMARK: Final = regex(r"(?P<number>[^（(]+?)\s*(?P<remark>[（(][^（()）]*[)）])", re.DOTALL)
_PLAIN: Final = regex(r"\d{1,20}(?:\.\d{1,12})?")
_GROUPED: Final = regex(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,12})?")
LETTER_READ: Final = "字母 O 作数字 0"
"""What the note of a reading says of a letter that stands for a digit."""
_LETTERS: Final = regex(r"\d*+[Oo][\dOo]*+(?:\.\d+)?")
_MEASURED: Final = regex(
    r"(?:人民币|[¥￥])?\s*+(?P<number>.+?)\s*(?P<unit>"
    rf"(?:{'|'.join(_MULTIPLES)})?元整?|{'|'.join(COUNT_UNITS)})",
    re.DOTALL,
)
_MULTIPLIED: Final = regex(rf"(?P<number>[\d.,，]+)(?P<multiple>{'|'.join(_MULTIPLES)})")


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed entry read as a number.

    ``unit`` is the unit that the text named ("" when none; 元 or 万元 for money). ``note`` says in Chinese what was
    normalised ("" when the text was a plain number). ``sure`` is false where the text says “nothing” (“/”, “无”):
    a reading of 0 that somebody has to confirm.
    """

    number: int | float
    unit: str = ""
    note: str = ""
    sure: bool = True


def reads_beyond(text: str, kind: ValueKind, unit: str) -> bool:
    """Return whether an entry reads as a number, but as one that no cell of a filing can hold."""
    reading = _read_entry(text, kind, unit)
    return reading is not None and abs(reading.number) > LARGEST


def read_entry(text: str, kind: ValueKind, unit: str) -> Reading | None:
    """Return how an entry is read in a cell of this kind and unit, None when it is blank or cannot be read.

    ``unit`` is the cell's own: ``件`` ``项`` ``个``, ``元``, ``万元``, or ``元或万元`` if the form names none.
    Money is converted to the cell's unit and the note says so; in a cell of ``元或万元`` the number stays as written.
    A unit of the wrong sort (money in a count, 件 in an amount) makes the entry unreadable. The sign is kept even
    where the cell admits none: that a count is negative is for the rules to say. A number that no cell can hold is none.
    """
    reading = _read_entry(text, kind, unit)
    return None if reading is None or abs(reading.number) > LARGEST else reading


def _read_entry(text: str, kind: ValueKind, unit: str) -> Reading | None:
    """Return how an entry is read, however large."""
    notes: list[str] = []
    core = _fold(text, notes)
    if not core or len(core) > 200:
        return None
    if core in NOTHING or _dashes(core) in NOTHING:
        return Reading(0, "", f"写作“{text.strip(_SPACES + ' ')}”，按“没有”读作 0", sure=False)
    core = _without_remark(core, notes).rstrip("。；; ")
    sign, core = _sign(_dashes(core[:1]) + core[1:], notes)
    if kind is ValueKind.AMOUNT:
        return _amount(core, unit, sign, notes)
    measured = _MEASURED.fullmatch(core)
    named = ""
    if measured:
        core, named = measured["number"], measured["unit"]
        if named not in COUNT_UNITS:
            return None
        notes.append(f"含单位“{named}”")
    value = _value(core, notes)
    return None if value is None else Reading(_number(sign * value), named, "、".join(dict.fromkeys(notes)))


def chinese_number(text: str) -> int | float | None:
    """Return the number that Chinese numerals write, None when the text is none.

    Places (十二, 一百零五, 两千, 三万五千, 一亿), the colloquial last place (一万二 = 12000, 三百五 = 350), 廿 卅, the
    characters of the accounts (壹拾贰), digit by digit with 〇 or of a year's length (二〇二五, 一九九九), decimals
    (一点五). Not read: approximations (十余, 几十, 二三十), a place without its digit except a leading 十 (百, 万).
    """
    for short, long in _TENS.items():
        text = text.replace(short, long)
    text = text.replace("萬", "万").replace("億", "亿").replace("O", "〇").replace("o", "〇")
    whole, point, fraction = text.partition("点")
    if point:
        left = chinese_number(whole) if "点" not in fraction else None
        digits = [_DIGITS.get(character) for character in fraction]
        if left is None or not digits or None in digits or len(digits) > 12:
            return None
        return normal_number(float(f"{left}.{''.join(map(str, digits))}"))
    if not text or len(text) > 30:
        return None
    if all(character in _DIGITS for character in text):
        return _digit_by_digit(text)
    return _places(text)


def _digit_by_digit(text: str) -> int | None:
    """Read 二〇二五 or 五; not 二三, which means two or three."""
    if len(text) == 1 or (text[0] != "零" and (len(text) == 4 or any(character in "〇○零" for character in text))):
        return int("".join(str(_DIGITS[character]) for character in text))
    return None


def _places(text: str) -> int | None:
    """Read numerals with places: what stands before 亿, what before 万, then up to 9999."""
    for character, place in (("亿", 100_000_000), ("万", 10_000)):
        left, found, right = text.rpartition(character)
        if not found:
            continue
        high = _places(left) if len(left) > 1 else _DIGITS.get(left, 10 if left == "十" else None)
        if not high or high >= 100_000_000 or (place == 10_000 and high >= 10_000):
            return None
        if not right:
            return high * place
        if len(right) == 1:
            digit = _DIGITS.get(right)
            return high * place + digit * place // 10 if digit else None
        zero = right[0] in "零〇"
        low = _DIGITS.get(right[1:]) if zero and len(right) == 2 else _places(right[1:] if zero else right)
        # 零 bridges a missing place: 一万零五百, never 一万零五千.
        return None if not low or low >= (place // 10 if zero else place) else high * place + low
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    """Read numerals up to 9999: digits and places must alternate, places must fall, 零 bridges a missing one."""
    total, digit, last, zero = 0, None, 10_000, False
    for index, character in enumerate(text):
        step = _STEPS.get(character)
        if step is None:
            value = _DIGITS.get(character)
            if value is None or digit is not None or (value == 0 and (zero or index == 0)):
                return None
            zero = zero or value == 0
            digit = value or None
            continue
        if digit is None and step == 10 and (index == 0 or zero):
            digit = 1
        if digit is None or step >= (last // 10 if zero else last):
            return None
        total, digit, last, zero = total + digit * step, None, step, False
    if digit is None:
        return None if zero else total
    colloquial = 10 < last < 10_000 and not zero
    return total + digit * (last // 10 if colloquial else 1)


def _fold(text: str, notes: list[str]) -> str:
    """Strip spaces of every kind and fold full-width characters, saying so."""
    core = text.strip(_SPACES + " \t\r\n\v\f")
    for character in _SPACES:
        core = core.replace(character, " ")
    core = core.strip()
    if core != text.strip("\t\r\n"):
        notes.append("多余空格")
    folded = core.translate(FULL_WIDTH)
    if any("0" <= new <= "9" and new != old for old, new in zip(core, folded, strict=True)):
        notes.append("全角数字")
    elif folded != core:
        notes.append("全角符号")
    return folded


def _dashes(text: str) -> str:
    """Fold the dashes and minus signs that look alike."""
    return text.translate(_MINUS)


def _without_remark(core: str, notes: list[str]) -> str:
    """Take off a remark in brackets behind the number: 22（其中修订16件）; a bracketed unit stays: 10.4（万元）."""
    match = _REMARK.fullmatch(core)
    if match is None:
        return core
    inner = match["remark"][1:-1].strip().removeprefix("单位").lstrip("：:")
    if inner.endswith("元") or inner in COUNT_UNITS:
        return match["number"] + inner
    notes.append(f"括注“{match['remark']}”未计")
    return match["number"]


def _sign(core: str, notes: list[str]) -> tuple[int, str]:
    """Split off a sign, typed (+173, -18) or in words (减4, 增2, 负4)."""
    match = _SIGNED.fullmatch(core)
    if match is None or match["sign"] is None or match["sign"] == "±":
        return 1, core
    word = match["sign"]
    if word == "+":
        notes.append("正号")
    elif word != "-":
        notes.append(f"“{word}”作{'负' if word in ('负', '减', '减少', '净减') else '正'}号")
    return (-1 if word in ("-", "负", "减", "减少", "净减") else 1), match["rest"]


def _value(core: str, notes: list[str]) -> Decimal | None:
    """Read a number without sign and unit: 12, 1,234, 1，234, O, 1.2万, 十二."""
    from decimal import Decimal

    if _PLAIN.fullmatch(core) and core.isascii():
        return Decimal(core)
    if _GROUPED.fullmatch(core) and core.isascii() | ("，" in core):
        notes.append("千分位逗号")
        return Decimal(core.replace(",", "").replace("，", ""))
    if len(core) <= 20 and _LETTERS.fullmatch(core):
        notes.append(LETTER_READ)
        return Decimal(core.replace("O", "0").replace("o", "0"))
    multiplied = _MULTIPLIED.fullmatch(core)
    if multiplied:
        value = _value(multiplied["number"], notes)
        notes.append(f"含“{multiplied['multiple']}”")
        return None if value is None else value.scaleb(_MULTIPLES[multiplied["multiple"]])
    if all(character in _CHINESE for character in core):
        number = chinese_number(core)
        if number is not None:
            notes.append("汉字数字")
            return Decimal(str(number))
    return None


def _amount(core: str, unit: str, sign: int, notes: list[str]) -> Reading | None:
    """Read an amount of money and bring it to the cell's unit (element of ``MONEY_UNITS``, or either)."""
    measured, named = _MEASURED.fullmatch(core), ""
    if measured:
        named = measured["unit"].removesuffix("整")
        if not named.endswith("元"):
            return None
        core = measured["number"]
    elif core[:1] in ("¥", "￥"):
        core, named = core[1:].strip(), "元"
    elif core.endswith("万") and core != "万":
        core, named = core[:-1], "万元"
        notes.append("“万”读作“万元”")
    read_notes = list(notes)
    value = _value(core, read_notes)
    if value is None:
        return None
    value *= sign
    if not named:
        return Reading(_number(value), "", "、".join(dict.fromkeys(read_notes)))
    power = _MULTIPLES.get(named.removesuffix("元"), 0)
    target = unit if unit in MONEY_UNITS else ("元" if power < 4 else "万元")
    number = value.scaleb(power - (4 if target == "万元" else 0))
    if named == target:
        read_notes.append(f"含单位“{named}”")
    else:
        read_notes.append(f"{core}{named} → {_number(number)}{target}")
    return Reading(_number(number), named if named in MONEY_UNITS else target, "、".join(dict.fromkeys(read_notes)))


def _number(value: Decimal) -> int | float:
    """Return a decimal as an int where it is whole, else as a float."""
    return int(value) if value == value.to_integral_value() else float(value)
