"""两年对比 by figure and by unit, and 结转衔接: what was carried over from year to year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.desk.book.paper import CHAINS, UNIT_YEARS, YEARS, Formula, line_count
from gk_xl.desk.brief import NO_LAST
from gk_xl.desk.figures import UNTOLD, amount, figures, impossible
from gk_xl.desk.front import CHAIN_HEADS, FIGURES, NO_GROWTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.desk.book.paper import Paper
    from gk_xl.desk.brief import Brief
    from gk_xl.desk.figures import Figure
    from gk_xl.form.filing import Filing

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
CHAIN_COLUMNS = tuple(zip((*CHAIN_HEADS, "占应办", "说明"), (26, 12, 12, 10, 10, 10, 12, 10, 40), strict=True))
HALF = 0.5
_DOUBT = "percent_doubt"


def write_years(paper: Paper, brief: Brief) -> None:
    """Write the figures of the two years, and on a sheet of their own the units one by one."""
    sheet = paper.add(YEARS, [width for _, width in COLUMNS], colour="#548235")
    sheet.fit_to_pages(1, 1)
    title = f"{brief.year}与上年对比" if brief.comparable else f"{brief.year}{FIGURES}"
    paper.band(sheet, 0, len(COLUMNS), "title_left", title, 30)
    told = " ".join((_compared(brief), *brief.cautions))
    width = sum(width for _, width in COLUMNS)
    paper.band(sheet, 1, len(COLUMNS), "band_wrap", told, 8 + 15 * line_count(told, width))
    paper.table(sheet, COLUMNS, _figure_rows(brief), head=FIRST - 1)
    sheet.freeze_panes(FIRST, 2)
    if brief.members:
        _by_unit(paper, brief)


def _compared(brief: Brief) -> str:
    """Return which units can be compared with last year."""
    total, both = len(brief.members), len(brief.comparable)
    if not both:
        return NO_LAST
    lacking = [entry.unit for entry in brief.members if entry.last is None]
    told = f"有去年数据、可以比较的 {both} 个单位（共 {total} 个）。增减和增幅只按可比的单位算。"
    return f"{told}没有去年数据：{'、'.join(lacking)}。" if lacking and len(lacking) <= 20 else told


def _figure_rows(brief: Brief) -> Iterator[Row]:
    for row, (whole, two) in enumerate(zip(brief.figures, brief.two_years, strict=True), start=FIRST + 1):
        figure = whole.figure
        number = _number(figure)
        change = Formula(f'IF(COUNT(D{row},E{row})=2,D{row}-E{row},"")', two.change)
        growth: Any = (
            (None if two.change is None else NO_GROWTH)
            if figure.whole
            else Formula(f'IF(AND(COUNT(D{row},E{row})=2,N(E{row})<>0),F{row}/E{row}*100,"")', two.growth)
        )
        yield [
            ("result_centre", figure.group),
            ("result_text", figure.label),
            (_DOUBT if whole.wrong else number, whole.shown_now),
            (_DOUBT if two.wrong else number, two.shown_now),
            (_DOUBT if two.wrong_before else number, two.shown_before),
            ("points_cell" if figure.whole else "difference_cell", change),
            ("result_centre" if figure.whole else "growth_cell", growth),
        ]


def _by_unit(paper: Paper, brief: Brief) -> None:
    """Write this and last year's number of some figures, unit by unit; this year's alone where nothing of last year is known."""
    wanted = [figure for figure in figures() if figure.id in BY_UNIT]
    years = ("今年", "去年") if brief.comparable else ("今年",)
    last = len(years) * len(wanted)
    sheet = paper.add(UNIT_YEARS, [30, *[12] * last], colour="#548235", by_row=True)
    paper.band(sheet, 0, 1 + last, "title_left", f"{brief.year}各单位{FIGURES}", 30)
    labels = [figure.label if not shift else None for figure in wanted for shift in range(len(years))]
    paper.row(sheet, 1, [("grid_head", text) for text in ("单位", *labels)], 36 if len(years) > 1 else 66)
    paper.row(sheet, 2, [("grid_head", text) for text in (None, *years * len(wanted))])
    sheet.merge.append([1, 0, 2, 0])  # merge_range would write, by column
    if len(years) > 1:
        sheet.merge += [[1, column, 1, column + 1] for column in range(1, last, 2)]
    for row, entry in enumerate(brief.members, start=3):
        cells = [("result_text", brief.named(entry)), *_told(wanted, (entry.filing, entry.last)[: len(years)])]
        paper.row(sheet, row, cells, 20)
    sheet.autofilter(2, 0, 2 + len(brief.members), last)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(1, 2)


def _told(wanted: Sequence[Figure], filings: Sequence[Filing | None]) -> Iterator[tuple[str, Any]]:
    """Yield some figures of one unit, each year by year; one that no share can be is in doubt."""
    for figure in wanted:
        for filing in filings:
            if filing is not None and impossible(figure, filing):
                yield _DOUBT, UNTOLD
            else:
                yield _number(figure), None if filing is None else amount(figure, [filing])


def _number(figure: Figure) -> str:
    return "percent_cell" if figure.whole else "number_cell"


def write_chains(paper: Paper, brief: Brief) -> None:
    """Write the carried-over applications of each unit; those whose chain is broken come first."""
    sheet = paper.add(CHAINS, [width for _, width in CHAIN_COLUMNS], colour="#548235", by_row=True)
    broken = sum(1 for chain in brief.chains if chain.gap)
    paper.band(sheet, 0, len(CHAIN_COLUMNS), "title_left", "结转衔接：去年结转下年度的，就是今年的上年结转", 30)
    unknown = sum(1 for chain in brief.chains if chain.before is None)
    told = (
        NO_LAST
        if unknown == len(brief.chains)
        else (f"接不上的 {broken} 个单位。" if broken else "有去年数据的都接得上。")
        + (f"没有去年数据、没有核对的 {unknown} 个单位。" if unknown else "")
    )
    paper.band(sheet, 1, len(CHAIN_COLUMNS), "band_wrap", told)
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
            ("result_text", chain.entry.unit),
            ("number_cell", chain.before),
            ("number_cell", chain.carried_in),
            (
                "level_error" if chain.gap else "difference_cell",
                Formula(f'IF(COUNT(B{row},C{row})=2,C{row}-B{row},"")', chain.gap),
            ),
            ("number_cell", chain.received),
            ("number_cell", chain.handled),
            ("number_cell", chain.carried_out),
            ("percent_cell", share if share is None else round(share, 1)),
            ("result_text", "".join(said)),
        ]
