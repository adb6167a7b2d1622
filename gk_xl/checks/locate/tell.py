"""Explanations in Chinese: which cell, what it holds, what it should hold, which slip, which sums then hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.form.finding import numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gk_xl.form.finding import Change, Suspect
    from gk_xl.form.schema import CellId, Edition

REASONS = {
    "digits_swapped": "数字颠倒",
    "digit_wrong": "一位数字打错",
    "digit_missing": "少打一位",
    "digit_extra": "多打一位",
    "neighbour_cell": "填到了相邻的格",
    "row_shift": "整行串位",
    "column_shift": "整列串位",
    "omitted": "整件漏填",
    "doubled": "同一件重复计",
    "wrong_row": "串行",
    "wrong_column": "串列",
    "sign": "正负号",
    "missing_entry": "漏填",
    "total_not_added": "总计没有重新合计",
    "other": "数值不对",
}
"""The closed list of reasons of the published JSON, as a clerk reads them."""

TOGETHER = frozenset(
    {
        "omitted",
        "doubled",
        "wrong_row",
        "wrong_column",
        "neighbour_cell",
        "row_shift",
        "column_shift",
        "total_not_added",
    }
)
"""Reasons that one slip gives to several cells: these are told in one breath."""

MANY = 40  # a class of more choices tells a clerk nothing: an application can be missing in 22 rows, not in 574
SHOWN = 3  # so many of the choices of a class are spelt out
TELLABLE = 3  # so many cells can be named first and their values after


def describe(
    edition: Edition, suspect: Suspect, name: Callable[[CellId], str] | None = None, *, codes: bool = True
) -> str:
    """Return an explanation in one sentence; ``name`` says how a cell is called (default: as printed in the form).

    With ``codes`` it tells by their codes which sums hold then. A class of ties says what is certain first, then the choices, and never sounds surer than it is.
    """
    called = name or edition.describe
    holds = f"改后 {'、'.join(suspect.resolves)} 成立" if codes else ""
    verb = "可能填错" if suspect.unique else "可能填错（还有别的改法同样说得通）"
    certain = _changes(suspect.changes, called, verb if not suspect.choices else "可能填错")
    ways = len(suspect.choices)
    if not ways:
        return f"{certain}，{holds}。" if holds else f"{certain}。"
    if ways > MANY:
        rest = f"有 {ways} 种改法同样说得通，无法判定是哪几格填错，请逐项核对原始台账。"
        return f"{certain}；其余{rest}" if certain else rest
    choices = [_changes(choice, called, "") if choice else "别处不用改" for choice in suspect.choices[:SHOWN]]
    more = f"；或者另外 {ways - SHOWN} 种同类改法" if ways > SHOWN else ""
    first = f"{certain}；另需在下列改法中选一种：" if certain else f"有 {ways} 种改法都说得通，请对照台账选一种："
    return f"{first}{numbered(choices)}{more}。{holds}{'。' if holds else ''}"


def _changes(changes: Sequence[Change], called: Callable[[CellId], str], verb: str) -> str:
    """Return several changes, those of one slip in one breath."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.reason if change.reason in TOGETHER else change.cell, []).append(change)
    return ("；" if verb else "，").join(_slip(group, called, verb) for group in groups.values())


def _slip(group: Sequence[Change], called: Callable[[CellId], str], verb: str) -> str:
    """Return one slip: “J12 可能填错：12 应为 21（数字颠倒）”."""
    why = REASONS[group[0].reason]
    if verb and len(group) <= TELLABLE:
        cells = "、".join(called(change.cell) for change in group)
        return f"{cells} {verb}：{'、'.join(_values(change) for change in group)}（{why}）"
    cells = "，".join(f"{called(change.cell)} {_values(change)}" for change in group)
    return f"下列 {len(group)} 格{verb}：{cells}（{why}）" if verb else f"{cells}（{why}）"


def _values(change: Change) -> str:
    """Return “12 应为 21”, a blank and a text named as what they are."""
    found = "空" if change.found is None else f"“{change.found}”" if isinstance(change.found, str) else change.found
    return f"{found} 应为 {change.proposed}"
