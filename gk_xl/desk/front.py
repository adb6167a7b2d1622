"""What the front page tells, in the workbook and on the web alike: its titles and heads, the units with most applications, what is to be dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.desk.entry import ASKED, FAILED, MISSING, PASSED, UNREADABLE

if TYPE_CHECKING:
    from gk_xl.desk.brief import Brief

TITLE: Final = "政府信息公开工作年度报告汇总"
TILES: Final = ("应交", "已交", PASSED, ASKED, FAILED, UNREADABLE, MISSING)
"""What is counted at the top, by the names of ``Brief.counts``."""
TILE_NAMES: Final = {FAILED: "退回（未通过）"}
"""What a tile says for its name."""
ALARMING: Final = (FAILED, UNREADABLE, MISSING)
"""Tiles that stand out where they are not zero."""
STATES: Final = "报送和审核"
FIGURES: Final = "主要数据"
FIGURE_HEADS: Final = ("指标", "今年全部", "可比今年", "可比去年", "增减", "增幅")
POINTS: Final = "个百分点"
"""In what a share grows."""
NO_GROWTH: Final = "—"
"""What stands in the place of a share's growth: its change says all."""
TWO_YEARS: Final = "今年与去年（可比单位，件）"
COMMONEST: Final = "最常见的五个问题"
MOST_APPLICATIONS: Final = "新收申请最多的单位"
TO_DO: Final = "需要处理的"
CHAIN_HEADS: Final = ("单位", "去年结转下年度", "今年上年结转", "相差", "今年新收", "办结", "结转下年度")
_MOST_UNITS: Final = 10


def most_applications(brief: Brief) -> list[tuple[str, float]]:
    """Return the units with most new applications, as they stand beside numbers, and how many, the most first."""
    cell = "t3.received_new.total"
    counted = [(brief.named(entry), entry.filing.number(cell) or 0) for entry in brief.members if entry.filing]
    return sorted((item for item in counted if item[1]), key=lambda item: -item[1])[:_MOST_UNITS]


def to_do(brief: Brief) -> list[str]:
    """Return a sentence each: who is missing, late, twice, a stranger, who breaks the county's sum, copies, or breaks the chain of carrying over."""
    told = [*brief.remarks, *(brief.broken.lines if brief.broken else ())]
    if brief.alike:
        units = dict.fromkeys(entry.unit for one, other, _ in brief.alike for entry in (one, other))
        told.append(f"文字雷同：{'、'.join(units)}。")
    gaps = [chain.entry.unit for chain in brief.chains if chain.gap]
    if gaps:
        told.append(f"上年结转与去年结转下年度接不上：{'、'.join(gaps)}。")
    return told
