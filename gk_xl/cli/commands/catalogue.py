"""rules, explain: the catalogue, printed from its own blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.catalogue import catalogue, rule
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    import argparse

    from gk_xl.checks.catalogue import Rule

BASES = {"statutory": "法规或通知规定", "arithmetic": "勾稽（算术）", "plausibility": "合理性（经验）"}


def rules(options: argparse.Namespace) -> int:
    """Print every rule in one line: code, level, editions, reason."""
    if options.edition:
        load_edition(options.edition)
    shown = [
        known
        for known in catalogue().values()
        if not options.edition or not known.editions or options.edition in known.editions
    ]
    for known in sorted(shown, key=lambda item: item.code):
        editions = "、".join(known.editions or edition_ids())
        print(f"{known.code}  {known.severity.label}  {editions} 年版  {known.why}")
    print(f"共 {len(shown)} 条。用“gk-xl explain 代码”查看一条的依据和处理办法。")
    return 0


def explain(options: argparse.Namespace) -> int:
    """Print one rule: what it checks, why, on which provision, what to do."""
    known = rule(options.code)
    print(f"{known.code}  {known.severity.label}")
    print(f"道理：{known.why}")
    print(f"怎么办：{known.next}")
    print(f"性质：{BASES[known.basis]}")
    for edition_id in known.editions or edition_ids():
        edition = load_edition(edition_id)
        text = known.expression_for(edition_id)
        if text:
            print(f"式子（{edition_id} 年版）：{text}")
        for reference in known.cited(edition):
            print(f"依据（{edition_id} 年版）：{reference}")
    print(scope(known))
    return 0


def scope(known: Rule) -> str:
    """Return for whom a rule holds, and whether a reason can answer it."""
    kinds = unit_kinds()
    parts = []
    if known.kinds:
        parts.append("只用于" + "、".join(kinds[name].label for name in known.kinds))
    if known.kinds_except:
        parts.append("不用于" + "、".join(kinds[name].label for name in known.kinds_except))
    if known.from_year:
        parts.append(f"用于 {known.from_year} 年度起的报告")
    if known.about_last_year:
        parts.append("需要上年数据")
    parts.append("属实的可以写明理由" if known.waivable else "不能以理由代替改正")
    return f"适用：{'；'.join(parts)}。"
