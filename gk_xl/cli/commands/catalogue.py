"""rules, explain: the catalogue, printed from its own blocks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gk_xl.checks.binding import editions_of, expression_in
from gk_xl.checks.catalogue import OFF, catalogue, retired, rule
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.form.units import unit_kinds

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from gk_xl.checks.catalogue import Rule

BASES = {"statutory": "法规或通知规定", "arithmetic": "勾稽（算术）", "plausibility": "合理性（经验）"}


def rules(options: argparse.Namespace) -> int:
    """Print every rule in one line (code, level, editions, reason), as JSON, or as the page of the documentation."""
    if options.edition:
        load_edition(options.edition)
    shown = [
        known for known in catalogue().values() if not options.edition or options.edition in editions_of(known.code)
    ]
    shown.sort(key=lambda item: item.code)
    if options.json:
        print(json.dumps([described(known) for known in shown], ensure_ascii=False, indent=1))
        return 0
    if options.markdown:
        print(page(shown), end="")
        return 0
    for known in shown:
        editions = "、".join(editions_of(known.code))
        print(f"{known.code}  {known.severity.label}  {editions} 年版  {known.label}：{known.why}")
    print(f"共 {len(shown)} 条。用“gk-xl explain 代码”查看一条的依据和处理办法。")
    return 0


def described(known: Rule) -> dict[str, Any]:
    """Return a rule as JSON: its code, life, reach, texts and sources."""
    return {
        "code": known.code,
        "name": known.name,
        "label": known.label,
        "severity": known.severity.value,
        "basis": known.basis,
        "status": known.status,
        "since": known.since,
        "editions": list(editions_of(known.code)),
        "kinds": list(known.kinds),
        "kinds_except": list(known.kinds_except),
        "from_year": known.from_year or None,
        "needs_last_year": known.about_last_year,
        "waivable": known.waivable,
        "message": known.message,
        "next": known.next,
        "why": known.why,
        "references": {
            edition_id: [str(reference) for reference in known.cited(load_edition(edition_id))]
            for edition_id in editions_of(known.code)
        },
    }


FAMILIES = {
    "T2": "表二",
    "T3": "表三",
    "T4": "表四",
    "X": "表与表、文字与表格",
    "Y": "今年与上年",
    "E": "填写",
    "I": "模板",
    "L": "本地要求",
}


def page(shown: Sequence[Rule]) -> str:
    """Return the page of the documentation that lists rules by family; a test holds docs/rules.md to it."""
    lines = ["# 规则一览", "", "由 `gk-xl rules --markdown` 生成，不要手改。代码永久不变；停用的代码不再使用。", ""]
    for family, title in FAMILIES.items():
        members = [known for known in shown if known.code.partition("-")[0] == family]
        lines += [f"## {title}（{family}，{len(members)} 条，下一条新规则用 {next_code(family)}）", ""]
        lines += ["| 代码 | 级别 | 问题 | 查什么、为什么 | 怎么办 | 适用 | 自 |", "|---|---|---|---|---|---|---|"]
        lines += [
            "| "
            + " | ".join(
                text.replace("|", "\\|")
                for text in (
                    known.code,
                    known.severity.label,
                    known.label,
                    known.why,
                    known.advice,
                    reach(known),
                    known.since,
                )
            )
            + " |"
            for known in members
        ]
        lines.append("")
    return "\n".join(lines)


def next_code(family: str) -> str:
    """Return the code for the next rule of a family: behind all that are, or ever were, in use; a gap is not filled."""
    used = [code.partition("-") for code in (*catalogue(), *retired())]
    return f"{family}-{max(int(number) for name, _, number in used if name == family) + 1:02d}"


def reach(known: Rule) -> str:
    """Return in which editions a rule holds and for whom, in short."""
    editions = "" if editions_of(known.code) == edition_ids() else "、".join(editions_of(known.code)) + " 年版；"
    return editions + scope(known).removeprefix("适用：")


def explain(options: argparse.Namespace) -> int:
    """Print one rule: what it checks, why, on which provision, what to do."""
    known = rule(options.code)
    print(f"{known.code}  {known.severity.label}  {known.label}")
    print(f"道理：{known.why}")
    print(f"怎么办：{known.advice}")
    print(f"性质：{BASES[known.basis]}")
    for edition_id in editions_of(known.code):
        edition = load_edition(edition_id)
        text = expression_in(known.code, edition_id)
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
    if known.unless_asked:
        parts.append(f"有的地方要求，本地要求没有写的{'不查' if known.unless_asked == OFF else '只作提示'}")
    parts.append("属实的可以写明理由" if known.waivable else "不能以理由代替改正")
    return f"适用：{'；'.join(parts)}。"
