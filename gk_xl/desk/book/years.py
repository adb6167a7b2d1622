"""两年对比 by figure and by unit, and 结转衔接: what was carried over from year to year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.desk.book.paper import CHAINS, YEARS, Formula
from gk_xl.desk.figures import amount, figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.desk.book.paper import Paper
    from gk_xl.desk.brief import Brief
    from gk_xl.desk.figures import Figure

Row = list[tuple[str, Any]]
FIRST = 3
"""Row (from 0) of the first figure of 两年对比."""
COLUMNS = (
    ("类别", 10),
    ("指标", 34),
    ("今年全部", 12),
    ("可比：今年", 12),
    ("可比：去年", 12),
    ("增减", 12),
    ("增幅", 12),
)
BY_UNIT = ("received", "granted_share", "carried_out", "reconsidered", "sued")
CHAIN_COLUMNS = (("单位", 26), ("去年结转下年度", 12), ("今年上年结转", 12), ("相差", 10), ("今年新收", 10), ("办结", 10),
                 ("结转下年度", 12), ("占应办", 10), ("说明", 40))  # fmt: skip
HALF = 0.5


def write_years(paper: Paper, brief: Brief) -> None:
    """Write the figures of the two years, then the units one by one."""
    sheet = paper.add(YEARS, [width for _, width in COLUMNS], colour="#548235")
    paper.band(sheet, 0, len(COLUMNS), "title_left", f"{brief.year}与上年对比", 30)
    total, both = len(brief.members), len(brief.comparable)
    lacking = [entry.unit for entry in brief.members if entry.last is None]
    told = f"有去年数据、可以比较的 {both} 个单位（共 {total} 个）。增减和增幅只按可比的单位算。"
    if lacking and len(lacking) <= 20:
        told += f"没有去年数据：{'、'.join(lacking)}。"
    paper.band(sheet, 1, len(COLUMNS), "band_wrap", told, 36 if lacking else 22)
    last = paper.table(sheet, COLUMNS, _figure_rows(brief), head=FIRST - 1)
    _by_unit(paper, sheet, brief, last + 1)
    sheet.freeze_panes(FIRST, 2)


def _figure_rows(brief: Brief) -> Iterator[Row]:
    for row, (whole, two) in enumerate(zip(brief.figures, brief.two_years, strict=True), start=FIRST + 1):
        figure = whole.figure
        number = "percent_cell" if figure.whole else "number_cell"
        change = Formula(f'IF(COUNT(D{row},E{row})=2,D{row}-E{row},"")', two.change)
        growth: Any = (
            "百分点"
            if figure.whole
            else Formula(f'IF(AND(COUNT(D{row},E{row})=2,N(E{row})<>0),F{row}/E{row}*100,"")', two.growth)
        )
        yield [
            ("result_centre", figure.group), ("result_text", figure.label), (number, whole.now), (number, two.now),
            (number, two.before), ("difference_cell", change), ("result_centre" if figure.whole else "growth_cell", growth),
        ]  # fmt: skip


def _by_unit(paper: Paper, sheet: Any, brief: Brief, top: int) -> None:
    """Write this and last year's number of some figures, unit by unit."""
    wanted = [figure for figure in figures() if figure.id in BY_UNIT]
    paper.write(sheet, top, 1, "grid_head", "各单位")
    for number, figure in enumerate(wanted):
        column = 2 + 2 * number
        sheet.merge_range(top, column, top, column + 1, figure.label, paper.look("grid_head"))
        for shift, label in enumerate(("今年", "去年")):
            paper.write(sheet, top + 1, column + shift, "grid_head", label)
            sheet.set_column(column + shift, column + shift, 12)
    paper.write(sheet, top + 1, 1, "grid_head", "单位")
    sheet.set_row(top, 36)
    for row, entry in enumerate(brief.members, start=top + 2):
        paper.write(sheet, row, 1, "result_text", entry.unit)
        for number, figure in enumerate(wanted):
            for shift, filing in enumerate((entry.filing, entry.last)):
                value = amount(figure, [filing]) if filing is not None else None
                paper.write(sheet, row, 2 + 2 * number + shift, _number(figure), value)


def _number(figure: Figure) -> str:
    return "percent_cell" if figure.whole else "number_cell"


def write_chains(paper: Paper, brief: Brief) -> None:
    """Write the carried-over applications of each unit; those whose chain is broken come first."""
    sheet = paper.add(CHAINS, [width for _, width in CHAIN_COLUMNS], colour="#548235")
    broken = sum(1 for chain in brief.chains if chain.gap)
    paper.band(sheet, 0, len(CHAIN_COLUMNS), "title_left", "结转衔接：去年结转下年度的，就是今年的上年结转", 30)
    paper.band(sheet, 1, len(CHAIN_COLUMNS), "band_wrap", f"接不上的 {broken} 个单位。" if broken else "都接得上。")
    paper.table(sheet, CHAIN_COLUMNS, _chain_rows(brief), head=2)


def _chain_rows(brief: Brief) -> Iterator[Row]:
    for row, chain in enumerate(brief.chains, start=4):
        due = (chain.carried_in or 0) + (chain.received or 0)
        share = chain.carried_out / due * 100 if chain.carried_out is not None and due else None
        said = []
        if chain.gap:
            said.append(f"{'多' if chain.gap > 0 else '少'} {abs(chain.gap):g}，请核对两年的数。")
        if chain.before is None:
            said.append("没有去年数据。")
        if share is not None and share > HALF * 100:
            said.append("结转下年的超过应办的一半，请核对期限。")
        yield [
            ("result_text", chain.entry.unit), ("number_cell", chain.before), ("number_cell", chain.carried_in),
            ("level_error" if chain.gap else "difference_cell", Formula(f'IF(COUNT(B{row},C{row})=2,C{row}-B{row},"")', chain.gap)),
            ("number_cell", chain.received), ("number_cell", chain.handled), ("number_cell", chain.carried_out),
            ("percent_cell", share if share is None else round(share, 1)), ("result_text", "".join(said)),
        ]  # fmt: skip
