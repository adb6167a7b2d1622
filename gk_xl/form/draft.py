"""The file of a new edition, begun from the one before it."""

from __future__ import annotations

import re

from gk_xl.errors import EditionNotFound
from gk_xl.form.load import EDITIONS, edition_ids, load_edition, read_edition

LAST = 2099


def draft(year: int, base: str) -> dict[str, str]:
    """Return the edition files to write, by name: the new one, a copy of ``base``, and ``base`` with its last year.

    EditionNotFound in one sentence when there is no such base, or the year does not follow it.
    """
    before = load_edition(base)
    if str(year) in edition_ids():
        raise EditionNotFound(f"已经有 {year} 年版的表格了；要重新开始，请先移走 form/editions/{year}.toml。")
    if base != edition_ids()[-1] or not before.first_year < year <= LAST:
        raise EditionNotFound(
            f"新版应当从最新的一版（{edition_ids()[-1]}）开始，年度在 {load_edition(edition_ids()[-1]).first_year} 与 {LAST} 之间，"
            f"这里写的是从 {base} 到 {year}。"
        )
    old = (EDITIONS / f"{base}.toml").read_text(encoding="utf-8")
    new = re.sub(rf'^edition = "{base}"$', f'edition = "{year}"', old, count=1, flags=re.MULTILINE)
    new = re.sub(rf"^first_year = {before.first_year}$", f"first_year = {year}", new, count=1, flags=re.MULTILINE)
    new = re.sub(
        r"\A#.*$",
        f"# 政府信息公开工作年度报告格式，{year} 年版，用于 {year} 年度起的报告。",
        new,
        count=1,
        flags=re.MULTILINE,
    )
    ended = re.sub(r"^(first_year = \d+)$", rf"\1\nlast_year = {year - 1}", old, count=1, flags=re.MULTILINE)
    files = {f"{year}.toml": new, f"{base}.toml": ended}
    for name, text in files.items():
        read_edition(text, f"form/editions/{name}")
    return files
