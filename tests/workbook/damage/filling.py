"""Sound filings to damage: sums that hold, two pages of text, last year's numbers, a reason."""

from __future__ import annotations

import random
from dataclasses import replace

from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import load_edition
from tests.bench import locate_cases

LATER = 4  # years after an edition's first, at most, for which it is filled


def filled(edition_id: str, seed: int, size: str = "county") -> tuple[Filing, Filing]:
    """Return a filing and last year's; ``size`` township has mostly zeros."""
    rng, edition = random.Random(f"{edition_id} {seed} {size}"), load_edition(edition_id)
    year = min(edition.first_year + LATER, edition.last_year or edition.first_year + LATER)
    filing = _numbers(Filing.blank(year, Unit("白水乡人民政府", "township", "我乡", "临川县")), rng, size)
    paragraphs = {
        "preamble": ("根据条例编制本报告。", f"统计期限为{filing.year}年1月1日至12月31日。"),
        "overview": tuple(
            text for n, name in enumerate(["主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"])
            for text in (f"（{'一二三四五'[n]}）{name}", f"本年{name}工作第{rng.randint(10, 99)}项按期完成，详见平台{n}。")
        ),
        "problems": tuple(f"第{n}个问题是更新不够及时，编号{rng.randint(100, 999)}。" for n in range(1, 5)),
        "other_matters": ("本年度没有收取信息处理费。", "无其他需要报告的事项。"),
    }  # fmt: skip
    filing = replace(
        filing, narrative=paragraphs, signed=Signature("白水乡人民政府", f"{year + 1}-01-10"),
        waivers={"X-13": "已与县里核对"}, contact="张三 0794-1234567",
    )  # fmt: skip
    last = _numbers(Filing.blank(year - 1), rng, size)
    return filing, replace(last, narrative={**last.narrative, "overview": ("去年的总体情况。",)})


def _numbers(filing: Filing, rng: random.Random, size: str) -> Filing:
    edition = load_edition(filing.edition)
    top = {"township": 4, "county": 90}[size]
    cells: dict[str, int | float] = {cell: rng.randint(0, top) for cell in edition.cells}
    cells |= locate_cases.table3(edition, rng, size)
    for row in edition.table("t4").rows:
        columns = [column for column in edition.table("t4").columns if column != "total"]
        cells[f"t4.{row}.total"] = sum(int(cells[f"t4.{row}.{column}"]) for column in columns)
    return filing.with_cells({cell: value for cell, value in cells.items() if cell in edition.cells})
