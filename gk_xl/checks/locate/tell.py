"""Explanations in Chinese: which cell, what it holds, what it should hold, which slip, which sums then hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

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

MANY = 40  # a class of more choices tells a clerk nothing: an application can be missing in 21 rows, not in 574
SHOWN = 3  # so many of the choices of a class are spelt out


def describe(edition: Edition, suspect: Suspect, name: Callable[[CellId], str] | None = None) -> str:
    """Return an explanation in one sentence; ``name`` says how a cell is called (default: as printed in the form).

    A class of ties says what is certain first, then the choices, and never sounds surer than it is.
    """
    called = name or edition.describe
    holds = f"改后 {'、'.join(suspect.resolves)} 成立"
    certain = "；".join(_change(change, called) for change in suspect.changes)
    if not suspect.choices:
        verb = "可能填错" if suspect.unique else "可能填错（还有别的改法同样说得通）"
        if len(suspect.changes) == 1:
            return f"{called(suspect.changes[0].cell)} {verb}：{_values(suspect.changes[0])}，{holds}。"
        return f"{_cells(suspect.changes, called)} {verb}：{certain}，{holds}。"
    if len(suspect.choices) > MANY:
        return f"有 {len(suspect.choices)} 种改法同样说得通，无法判定是哪几格填错，请逐项核对原始台账。"
    shown = "；或 ".join("，".join(_change(change, called) for change in choice) for choice in suspect.choices[:SHOWN])
    more = f"；或另外 {len(suspect.choices) - SHOWN} 种同类改法" if len(suspect.choices) > SHOWN else ""
    first = (
        f"{certain}；另需在下列改法中选一种："
        if certain
        else f"有 {len(suspect.choices)} 种改法都说得通，请对照台账选一种："
    )
    return f"{first}{shown}{more}。{holds}。"


def _change(change: Change, called: Callable[[CellId], str]) -> str:
    return f"{called(change.cell)} {_values(change)}"


def _values(change: Change) -> str:
    found = "空" if change.found is None else change.found
    return f"{found} 应为 {change.proposed}（{REASONS[change.reason]}）"


def _cells(changes: tuple[Change, ...], called: Callable[[CellId], str]) -> str:
    return "、".join(called(change.cell) for change in changes)
