"""editions: begin the next edition of the form, and see what two editions do not share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gk_xl.checks.catalogue import rule
from gk_xl.checks.editions import compare
from gk_xl.errors import EditionNotFound
from gk_xl.form.draft import draft
from gk_xl.form.load import EDITIONS, edition_ids

if TYPE_CHECKING:
    import argparse

    from gk_xl.checks.editions import Change

HEADINGS = {
    "section": "部分",
    "table": "表",
    "row": "行",
    "column": "列",
    "cell": "格（行和列都在，格或它的取值不同）",
    "rule": "规则",
    "field": "字段（正文里花括号中的名称）",
    "sentence": "建议的句子（缺了字段）",
    "word": "别处（读正文、县里的汇总……）提到、而新版没有的格",
    "aspect": "要写的方面（去掉或改了名的，列出的文件按旧名认它，要一起改）",
    "left_out": "逐一列出同类、却没有列出新格的（要不要加上？）",
    "guidance": "没有写计什么的新行、新列（写进 form/guidance.toml）",
}
NEXT = (
    "照 CONTRIBUTING.md 里“Add an edition”的第 2 步起做：逐行对照通知附件改 {path}。",
    "gk-xl editions diff {base} {year}：随时看还差什么。",
)


def editions(options: argparse.Namespace) -> int:
    """Begin an edition, or print the differences of two."""
    return _new(options) if options.action == "new" else _diff(options)


def _new(options: argparse.Namespace) -> int:
    """Write the new edition's file, end the old one, print what to do next."""
    from gk_xl.workbook.saving import save_bytes

    if len(options.editions) != 1 or not options.editions[0].isdecimal():
        newest = edition_ids()[-1]
        raise EditionNotFound(f"请写新版起用的年度，如：gk-xl editions new {int(newest) + 6} --from {newest}。")
    year, base = int(options.editions[0]), options.base or edition_ids()[-1]
    for name, text in draft(year, base).items():
        save_bytes(EDITIONS / name, text.encode("utf-8"), force=True, backup=False)
    path = EDITIONS / f"{year}.toml"
    print(f"已写好 {path}（照 {base} 年版），{base} 年版用到 {year - 1} 年度。接下来：")
    for number, step in enumerate(NEXT, start=1):
        print(f"{number}. {step.format(path=path.name, base=base, year=year)}")
    return 0


def _explained(change: Change) -> Change:
    """Return a rule's change with what the rule asks, where it does not hold for some rows by name."""
    known = rule(change.name)
    before, after = (known.why if text == known.name else text for text in (change.before, change.after))
    return replace(change, before=before, after=after)


def _diff(options: argparse.Namespace) -> int:
    """Print what two editions do not share, heading by heading."""
    if len(options.editions) != 2:
        raise EditionNotFound(f"请写两版的年度，如：gk-xl editions diff {' '.join(edition_ids()[-2:])}。")
    old, new = options.editions
    changes = compare(old, new)
    for about, heading in HEADINGS.items():
        lines = [change for change in changes if change.about == about]
        if lines:
            print(f"■ {heading}")
        for change in map(_explained, lines) if about == "rule" else lines:
            if about in ("sentence", "word", "left_out", "guidance"):
                print(f"  － {change.name}：{change.before}")
            elif change.before and change.after:
                print(f"  改 {change.name}：{change.before} → {change.after}")
            else:
                print(f"  {'＋' if change.after else '－'} {change.name}：{change.after or change.before}")
    print(f"{old} 年版与 {new} 年版：{len(changes)} 处不同。" if changes else f"{old} 年版与 {new} 年版没有不同。")
    return 0
