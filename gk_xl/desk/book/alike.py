"""雷同: which units share which sentences, names and numbers masked; 县级核对: where the county's totals are not the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.desk.book.paper import ALIKE, ALIKE_SENTENCES
from gk_xl.desk.fitting import more_or_less

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.desk.book.paper import Paper
    from gk_xl.desk.brief import Brief

Row = list[tuple[str, Any]]
SENTENCES = (("相同的句子（名称和数用 □ 代替）", 90), ("部分", 20), ("雷同单位中几个用它", 12), ("哪些单位", 60))
OFF = (("表", 8), ("哪一格", 44), ("填的", 11), ("各单位合计", 11), ("相差", 11), ("像是什么原因", 44))
MOST_UNITS, ACROSS = 60, 12


def write_alike(paper: Paper, brief: Brief) -> None:
    """Write the matrix of units and the sentences that they share."""
    found = brief.alike
    units = list(dict.fromkeys(entry.unit for one, other, _ in found for entry in (one, other)))
    shown = units[:MOST_UNITS]
    sheet = paper.add(ALIKE, [26, *[9] * max(ACROSS - 1, len(shown))], colour="#7030A0")
    paper.band(sheet, 0, ACROSS, "title_left", "哪些单位的文字雷同", 30)
    told = (
        f"{len(units)} 个单位的文字与别的单位雷同（名称、年份、数去掉以后，一部分有九成以上相同，或有三句以上相同）。"
        if found
        else "没有发现雷同。"
    )
    paper.band(sheet, 1, ACROSS, "band_wrap", told, 36)
    if not found:
        return
    row = 3
    paper.write(sheet, row, 0, "grid_head", "单位")
    for number, unit in enumerate(shown, start=1):
        paper.write(sheet, row, number, "grid_head", unit)
        paper.write(sheet, row + number, 0, "result_text", unit)
        for other in range(1, len(shown) + 1):
            paper.write(
                sheet,
                row + number,
                other,
                "level_open" if other == number else "grid_cell",
                "—" if other == number else None,
            )
    for one, neighbour, pair in found:
        if one.unit in shown and neighbour.unit in shown:
            text = (
                f"{round(pair.alike * 100)}%\n{len(pair.sentences)} 句" if pair.alike else f"{len(pair.sentences)} 句"
            )
            first, second = shown.index(one.unit) + 1, shown.index(neighbour.unit) + 1
            for at, across in ((first, second), (second, first)):
                paper.write(sheet, row + at, across, "level_warning", text)
    for number in range(1, len(shown) + 1):
        sheet.set_row(row + number, 34)
    sheet.set_row(row, 48)
    sheet.freeze_panes(row + 1, 1)
    listed = paper.add(ALIKE_SENTENCES, [width for _, width in SENTENCES], colour="#7030A0")
    paper.table(listed, SENTENCES, _sentences(brief))


def _sentences(brief: Brief) -> Iterator[Row]:
    """Yield each sentence with the units that share it, those of most units first."""
    holders: dict[tuple[str, str], list[str]] = {}
    for one, other, pair in brief.alike:
        for said in pair.sentences:
            units = holders.setdefault(said, [])
            units.extend(entry.unit for entry in (one, other) if entry.unit not in units)
    edition = brief.edition
    for (part, sentence), units in sorted(holders.items(), key=lambda item: -len(item[1])):
        heading = edition.section(part).heading if edition else part
        yield [
            ("result_text", sentence),
            ("result_centre", heading),
            ("result_centre", len(units)),
            ("result_text", "、".join(units)),
        ]


def write_breaks(paper: Paper, brief: Brief) -> None:
    """Write where the county's typed totals are not the sum of its units, and what explains it; no sheet without a county's report."""
    found = brief.broken
    if found is None or brief.county is None:
        return
    sheet = paper.add(found.title, [width for _, width in OFF], colour="#C00000")
    paper.band(sheet, 0, len(OFF), "title_left", f"{brief.county.unit}的汇总报告与各单位合计", 30)
    row = 1
    for line in found.lines:
        paper.band(sheet, row, len(OFF), "band_wrap", line, 8 + 15 * -(-len(line) // 60))
        row += 1
    paper.table(
        sheet,
        OFF,
        (
            [
                ("result_centre", found.edition.table(found.edition.cells[item.cell].table).name),
                (
                    "result_text",
                    " ".join(found.edition.cells[item.cell].path) + f"　{found.edition.cells[item.cell].column_label}",
                ),
                ("number_cell", item.typed),
                ("number_cell", item.total),
                ("level_error", more_or_less(item.difference)),
                ("result_text", found.fitting.get(item.cell)),
            ]
            for item in found.off
        ),
        head=row + 1,
    )
