"""Days as clerks write them → ISO."""

from __future__ import annotations

import datetime as dt
from typing import Final

from gk_xl.form.patterns import regex

_NUMERALS: Final = str.maketrans("〇○零Oo一二三四五六七八九元", "000001234567891")
_DAY: Final = regex(
    r"\s*([\d〇○零Oo一二三四五六七八九]{4})\s*[年./．／－-]\s*(\d{1,2}|元|[一二三四五六七八九十]{1,3})\s*"
    r"[月./．／－-]\s*(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*[日号]?\s*"
)
_CLOSE: Final = regex(r"\s*(20\d\d)(\d\d)(\d\d)\s*")


def iso_date(typed: str) -> str:
    """Return a day as ISO: 2026年1月10日, 2026.1.10, 20260110, 二〇二六年元月十日. What is none comes back as typed."""
    match = _DAY.fullmatch(typed) or _CLOSE.fullmatch(typed)
    try:
        return dt.date(*map(_number, match.groups())).isoformat() if match else typed
    except ValueError:  # 2月30日
        return typed


def _number(written: str) -> int:
    tens, ten, ones = written.replace("廿", "二十").replace("卅", "三十").translate(_NUMERALS).partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(tens)
