"""What a clerk wrote into 校验结果: reasons beside findings, and remarks anywhere else. All of it outlives a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.reasons import code_of
from gk_xl.form.finding import Severity
from gk_xl.form.patterns import regex
from gk_xl.workbook.layout import CODE_COLUMN, KEY_COLUMN, LEVEL_COLUMN, REASON_COLUMN, RESULTS_FIRST, RESULTS_ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

SUSPECT, ANSWERED, REMARK = "线索", "已说明", "备注"
"""Levels of lines that are no findings."""
WAIVED: Final = "（已说明）"
_EARLIER_CODE_COLUMN: Final = 3
_CODE: Final = regex(r"[A-Z]\d?-\d\d")
_LEVELS: Final = frozenset({SUSPECT, ANSWERED, REMARK, *(severity.label for severity in Severity)})


def read_reasons(rows: Sequence[Sequence[Any]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the reasons by key (where a line bears none, by the code beside them), and all other remarks.

    ``rows`` are the values of the sheet from its first row on.
    """
    reasons: dict[str, list[str]] = {}
    remarks: list[str] = []
    for row in rows[RESULTS_FIRST - 1 : RESULTS_FIRST - 1 + RESULTS_ROWS]:
        cells = [_text(row[column]) if column < len(row) else "" for column in range(KEY_COLUMN)]
        level, code, reason = cells[LEVEL_COLUMN - 1], _code(cells), cells[REASON_COLUMN - 1]
        key = cells[KEY_COLUMN - 1]
        ours = level.removesuffix(WAIVED) in _LEVELS
        if not key and code.upper() in catalogue():
            key = code.upper()
        elif code_of(key) in catalogue() and code_of(key) != code:  # the line has been moved away from its key
            key, reason = "", " ".join(filter(None, (code, reason)))
        if key and reason:
            reasons.setdefault(key, []).append(reason)
        elif not key:
            remark = reason if ours else " ".join(filter(None, cells[:CODE_COLUMN]))
            remarks += [remark] if remark else []
    return {key: "；".join(dict.fromkeys(texts)) for key, texts in reasons.items()}, tuple(remarks)


def _code(cells: Sequence[str]) -> str:
    """Return the code beside a line, of several the first; in lists of earlier versions it stood in the third column."""
    earlier = cells[_EARLIER_CODE_COLUMN - 1]
    written = earlier if _CODE.match(earlier) else cells[CODE_COLUMN - 1]
    first, *others = written.split() or [""]
    return first if all(map(_CODE.fullmatch, others)) else written


def _text(value: Any) -> str:
    """Return what a cell holds as a text without blanks around it."""
    if value is None:
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
