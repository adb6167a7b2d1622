"""Text, numbers and the year of a filing are made clean once, where they come in, whatever the source.

Behind this every text can be written into any file (XML, JSON, a console), every number can be reckoned with, and every
year has a next one. What was taken away or could not be kept is noted, by place, for a finding: nothing is silent.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from gk_xl.errors import BadFiling
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from gk_xl.form.schema import Value

LARGEST: Final = 10**12
"""No count and no amount of a filing goes beyond: a trillion. What does was mistyped, or is no number at all."""
YEARS: Final = range(1900, 2200)
"""Years that a report can be about."""
ERROR_VALUES: Final = {
    "#DIV/0!": "除数是 0 或空格",
    "#N/A": "查找的内容没有找到",
    "#NAME?": "公式里有不认识的名称",
    "#NULL!": "公式里的区域写得不对",
    "#NUM!": "公式算出的数不成立",
    "#REF!": "公式引用的格已经不在",
    "#VALUE!": "公式里混进了文字",
    "#SPILL!": "公式的结果放不下",
    "#CALC!": "公式算不出来",
    "#FIELD!": "公式引用的字段不在",
    "#BLOCKED!": "公式引用的内容被拦住",
    "#CONNECT!": "公式引用的内容连不上",
    "#BUSY!": "公式还没有算完",
    "#UNKNOWN!": "公式的结果不认识",
    "#GETTING_DATA": "公式还没有取到数",
}
"""What a cell shows where its formula has failed, with the reason in words (ECMA-376 part 1, 18.17.3, and later ones)."""
ERROR_CODES: Final = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
    2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!",
    2050: "#CALC!",
}  # fmt: skip
"""The numbers of these values in Excel's object model (``XlCVError``)."""

_COM_ERROR: Final = -2146828288  # what COM adds: VT_ERROR of facility ``control``
_BREAKS: Final = regex("\r\n|[\r\v\f\x85\u2028\u2029]")
_DIRTY: Final = regex(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
"""Characters that no file can hold, that nobody sees, or that turn the order of reading round."""
_WHOLE: Final = regex(r"-?[0-9]{1,16}")
_BRACKETS: Final = regex(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
_PLAIN: Final = regex(r"[-+]?(?:\d[\d,]*+(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d{1,9})?", re.ASCII)
_NEVER: Final = frozenset({"inf", "infinity", "nan"})
_DEEPEST: Final = 40  # levels of JSON; the published shape has three


def read_text(data: bytes) -> str | None:
    """Return the text in a file that somebody typed: UTF-8, UTF-16, or as Windows writes it in China; None for none of these."""
    marked = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    for encoding in (marked, "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def clean_text(text: str) -> str:
    """Return a text that any file can hold: line ends of one kind, nothing unseen in it, no half characters."""
    if text.isprintable():
        return text
    return _DIRTY.sub("", _BREAKS.sub("\n", text))


def cleaned(text: str) -> tuple[str, str]:
    """Return a text clean, and the characters taken away as ``U+0007、U+000B``; empty where only line breaks changed."""
    if text.isprintable():
        return text, ""
    kept = clean_text(text)
    if kept == _BREAKS.sub("\n", text):
        return kept, ""
    return kept, "、".join(dict.fromkeys(f"U+{ord(found):04X}" for found in _DIRTY.findall(text)))


def sound_number(value: float, typed: str = "") -> Value:
    """Return a number, as an int where it is whole; the text ``typed`` (or its digits) when nobody can have meant it."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        return typed or digits_of(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def digits_of(value: float) -> str:
    """Return how an impossible number is written."""
    if isinstance(value, int):
        from decimal import Decimal

        return str(value) if abs(value) < 10**30 else f"{Decimal(value):.6E}"
    whole = math.isfinite(value) and value.is_integer() and abs(value) < 10**16
    return str(int(value)) if whole else repr(value)


def typed_number(text: str) -> int | None:
    """Return the whole number of at most 16 digits that a text is; None for any other text."""
    return int(text) if _WHOLE.fullmatch(text) else None


def is_beyond(text: str) -> bool:
    """Return whether a text writes a number that no cell of a filing can hold: too large, infinite, not a number."""
    core = text.strip()
    if core.lstrip("+-").lower() in _NEVER:
        return True
    if not _PLAIN.fullmatch(core):
        return False
    core = core.replace(",", "")
    if core.lstrip("+-").isdecimal():
        return len(core.lstrip("+-0")) > len(str(LARGEST)) or abs(int(core)) > LARGEST
    from decimal import Decimal

    return abs(Decimal(core[:400])) > LARGEST


def error_value(value: object) -> str:
    """Return the error value that a cell holds, as text or as Excel's object model gives it; empty when it is none."""
    if isinstance(value, str):
        core = value.strip().upper()
        return core if core in ERROR_VALUES else ""
    if isinstance(value, int) and not isinstance(value, bool):
        return ERROR_CODES.get(value - _COM_ERROR, "")
    return ""


# ------------------------------------------------------------------------------------------------ JSON


def read_json(text: str, source: str = "JSON") -> Any:
    """Return what JSON text holds; BadFiling where it is none, too deep, or says one thing twice.

    A number that no cell can hold comes back as the text it was written with.
    """
    deep = BadFiling(f"{source} 里的括号套得太深（超过 {_DEEPEST} 层），不是填报数据。")
    if _too_deep(text):
        raise deep
    try:
        return json.loads(
            text,
            object_pairs_hook=_once(source),
            parse_int=lambda digits: int(digits) if len(digits.lstrip("-")) <= 16 else digits,
            parse_float=_float,
            parse_constant=lambda word: _refuse(f"{source} 里有 {word}，不是有限的数。"),
        )
    except json.JSONDecodeError as error:
        raise BadFiling(f"{source} 不是有效的 JSON：第 {error.lineno} 行第 {error.colno} 列读不下去。") from None
    except RecursionError:
        raise deep from None


def _too_deep(text: str) -> bool:
    """Return whether brackets nest deeper than any filing; a bracket inside a string counts, too, and closes there."""
    depth = 0
    for token in _BRACKETS.finditer(text):
        mark = token[0]
        depth += 1 if mark in "[{" else -1 if mark in "]}" else 0
        if depth > _DEEPEST:
            return True
    return False


def _float(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) and abs(number) <= LARGEST else digits


def _once(source: str) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """Return the hook that makes an object of its members, none of which may come twice."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            twice = max(counts, key=counts.__getitem__)
            raise BadFiling(f"{source} 里的 {shown(twice)} 写了两次，不知道以哪个为准；请只留一个。")
        return found

    return members


def _refuse(sentence: str) -> None:
    raise BadFiling(sentence)


def shown(value: object) -> str:
    """Return how a message quotes something that may be of any length and hold anything."""
    text = clean_text(value if isinstance(value, str) else repr(value))
    return text if len(text) <= 40 else f"{text[:40]}……（共 {len(text)} 个字符）"
