"""一页纸: what a leader reads; numbers that follow the other sheets, and charts that Excel draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.desk import front
from gk_xl.desk.book.paper import LEADER, UNITS, VALUES, YEARS, Formula, line_count
from gk_xl.desk.book.units import FIRST_ROW, SAID_COLUMN, STATUS_COLUMN
from gk_xl.desk.book.years import FIRST as FIRST_FIGURE
from gk_xl.desk.brief import NO_LAST
from gk_xl.desk.entry import ASKED, FAILED, MISSING, PASSED, STRANGER, UNREADABLE
from gk_xl.workbook.styles import HEI, SONG

if TYPE_CHECKING:
    from gk_xl.desk.book.paper import Paper
    from gk_xl.desk.brief import Brief
    from gk_xl.desk.figures import Compared

WIDTHS = (19, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9)
ACROSS = len(WIDTHS)
WHOLE_WIDTH = sum(WIDTHS)
COLOURS = {PASSED: "#70AD47", ASKED: "#FFC000", FAILED: "#C00000", UNREADABLE: "#7F7F7F", MISSING: "#404040"}
BLUE, GREY = "#2F6DB5", "#BFBFBF"


def write_leader(paper: Paper, brief: Brief) -> None:
    """Write the first sheet; the sheets that it asks stand behind it."""
    sheet = paper.add(LEADER, WIDTHS, landscape=False, colour="#C00000")
    sheet.fit_to_pages(1, 1)
    paper.band(sheet, 0, ACROSS, "title", f"{brief.year}{front.TITLE}", 36)
    by = "　".join(filter(None, (brief.issuer.name, brief.issuer.date)))
    paper.band(sheet, 1, ACROSS, "subtitle", by or brief.headline, 20)
    _tiles(paper, sheet, brief)
    row = _figures(paper, sheet, brief, 6)
    row = _problems(paper, sheet, brief, row + 1)
    _notes(paper, sheet, brief, row + 1)


def _tiles(paper: Paper, sheet: Any, brief: Brief) -> None:
    """Write how many units came to what; the numbers are counted in 报送情况."""
    counts = brief.counts
    status = f"'{UNITS}'!$E${FIRST_ROW + 1}:$E$20000"
    said = f"'{UNITS}'!$I${FIRST_ROW + 1}:$I$20000"
    assert (STATUS_COLUMN, SAID_COLUMN) == (4, 8)  # the E and the I above
    places = [(0, 0), (1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 11)]
    for (first, last), name in zip(places, front.TILES, strict=True):
        shown = counts[name]
        alarm = name in front.ALARMING and shown
        value: Any = (
            Formula(f'COUNTIFS({status},"{name}",{said},"<>*{STRANGER}*")', shown)
            if name not in ("应交", "已交")
            else shown
        )
        for row, style, text in (
            (3, "tile", front.TILE_NAMES.get(name, name)),
            (4, "tile_alarm" if alarm else "tile_number", value),
        ):
            if last > first:
                sheet.merge_range(row, first, row, last, "", paper.look(style))
            paper.write(sheet, row, first, style, text)
    sheet.set_row(3, 20)
    sheet.set_row(4, 34)


def _figures(paper: Paper, sheet: Any, brief: Brief, top: int) -> int:
    """Write the main figures on the left with a chart on the right, what is to be known of them below; return the row behind."""
    _head(paper, sheet, top, front.FIGURES, 6)
    for column, label in enumerate(front.FIGURE_HEADS):
        paper.write(sheet, top + 1, column, "grid_head", label)
    row = top + 2
    chosen = []
    for at, (whole, two) in enumerate(zip(brief.figures, brief.two_years, strict=True)):
        figure = whole.figure
        if not figure.on_page:
            continue
        if not figure.whole and (two.before is not None or not brief.comparable):
            chosen.append(row)
        paper.write(sheet, row, 0, "result_text", figure.label)
        _figure(paper, sheet, row, FIRST_FIGURE + 1 + at, whole, two)
        sheet.set_row(row, 34 if len(figure.label) > 9 else 24)
        row += 1
    if not brief.comparable:
        sheet.merge_range(top + 1, 2, row - 1, 5, NO_LAST, paper.look("text"))
    _years_chart(paper, sheet, chosen, top, both=bool(brief.comparable))
    for line in brief.cautions:
        sheet.merge_range(row, 0, row, ACROSS - 1, f"※ {line}", paper.look("note"))
        sheet.set_row(row, 6 + 14 * line_count(line, WHOLE_WIDTH))
        row += 1
    return row


def _figure(paper: Paper, sheet: Any, row: int, source: int, whole: Compared, two: Compared) -> None:
    """Write the numbers of one figure, which stand on a row of 两年对比; one that cannot be relied on is marked."""
    figure = whole.figure
    number = "percent_cell" if figure.whole else "number_cell"
    shown = (
        ("C", "percent_doubt" if whole.wrong else number, whole.shown_now),
        ("D", "percent_doubt" if two.wrong else number, two.shown_now),
        ("E", "percent_doubt" if two.wrong_before else number, two.shown_before),
        ("F", "points_cell" if figure.whole else "difference_cell", two.change),
        ("G", "growth_cell", two.growth),
    )
    for column, (name, style, now) in enumerate(shown, start=1):
        asked = f"'{YEARS}'!{name}{source}"
        paper.write(sheet, row, column, style, Formula(f'IF({asked}="","",{asked})', now))
    if figure.whole:
        paper.write(sheet, row, 5, "result_centre", None if two.change is None else front.NO_GROWTH)


def _years_chart(paper: Paper, sheet: Any, rows: list[int], top: int, *, both: bool) -> None:
    """Draw some figures of both years; of this one alone where nothing of last year is known."""
    if not rows:
        return
    chart = paper.book.add_chart({"type": "column"})
    series = (("可比去年", 3, GREY), ("可比今年", 2, BLUE)) if both else (("今年全部", 1, BLUE),)
    for name, column, colour in series:
        chart.add_series(
            {
                "name": name,
                "categories": _areas(rows, 0),
                "values": _areas(rows, column),
                "gap": 60,
                "fill": {"color": colour},
                "data_labels": {"value": True, "font": {"name": SONG, "size": 9}},
            }
        )
    _dress(chart, front.TWO_YEARS if both else "今年（件）")
    if not both:
        chart.set_legend({"none": True})
    sheet.insert_chart(
        top, 6, chart, {"x_offset": 8, "y_offset": 2, "x_scale": 0.82, "y_scale": 1.02, "object_position": 2}
    )


def _areas(rows: list[int], column: int) -> str:
    """Return some cells of a column of this sheet as a chart names them."""
    name = "ABCDEF"[column]
    return _together([f"${name}${row + 1}" for row in rows])


def _together(addresses: list[str]) -> str:
    """Return cells of this sheet that need not be neighbours, as a chart names them."""
    return "=(" + ",".join(f"'{LEADER}'!{address}" for address in addresses) + ")"


def _problems(paper: Paper, sheet: Any, brief: Brief, top: int) -> int:
    """Write the five commonest problems with their units, and two charts; return the row behind."""
    _head(paper, sheet, top, front.COMMONEST, ACROSS)
    sheet.merge_range(top + 1, 0, top + 1, 5, "问题", paper.look("grid_head"))
    paper.write(sheet, top + 1, 6, "grid_head", "单位数")
    sheet.merge_range(top + 1, 7, top + 1, ACROSS - 1, "哪些单位", paper.look("grid_head"))
    row = top + 2
    for number, problem in enumerate(brief.commonest, start=1):
        units = "、".join(problem.units[:12]) + (f"等 {len(problem.units)} 个" if len(problem.units) > 12 else "")
        sheet.merge_range(row, 0, row, 5, f"{number}. {problem.label}", paper.look("result_text"))
        paper.write(sheet, row, 6, "result_centre", len(problem.units))
        sheet.merge_range(row, 7, row, ACROSS - 1, units, paper.look("result_text"))
        lines = max(line_count(f"{number}. {problem.label}", sum(WIDTHS[:6])), line_count(units, sum(WIDTHS[7:])))
        sheet.set_row(row, max(22, 8 + 15 * lines))
        row += 1
    if not brief.commonest:
        sheet.merge_range(row, 0, row, ACROSS - 1, "没有发现错误和警告。", paper.look("result_text"))
        row += 1
    row += 1
    _outcomes(paper, sheet, row)
    _applicants(paper, sheet, brief, row)
    return row + 14


def _outcomes(paper: Paper, sheet: Any, row: int) -> None:
    """Draw what the units came to."""
    chart = paper.book.add_chart({"type": "doughnut"})
    cells = {ASKED: "F", PASSED: "D", FAILED: "H", UNREADABLE: "J", MISSING: "L"}
    names = sorted(cells, key=lambda name: cells[name])
    chart.add_series(
        {
            "categories": _together([f"${cells[name]}$4" for name in names]),
            "values": _together([f"${cells[name]}$5" for name in names]),
            "points": [{"fill": {"color": COLOURS[name]}} for name in names],
            "data_labels": {"value": True, "font": {"name": SONG, "size": 10, "color": "white", "bold": True}},
        }
    )
    _dress(chart, front.STATES)
    sheet.insert_chart(row, 0, chart, {"x_scale": 0.74, "y_scale": 0.95, "object_position": 2})


def _applicants(paper: Paper, sheet: Any, brief: Brief, row: int) -> None:
    """Draw the units with most applications; the numbers stand beside the page, out of print."""
    most = front.most_applications(brief)
    column = ACROSS + 2
    for number, (unit, count) in enumerate(reversed(most)):
        sheet.write_string(row + number, column, unit, paper.look("hint"))
        sheet.write_number(row + number, column + 1, count, paper.look("hint"))
    if not most:
        return
    chart = paper.book.add_chart({"type": "bar"})
    last = row + len(most) - 1
    chart.add_series(
        {
            "categories": [LEADER, row, column, last, column],
            "values": [LEADER, row, column + 1, last, column + 1],
            "fill": {"color": BLUE},
            "gap": 40,
            "data_labels": {"value": True, "font": {"name": SONG, "size": 9}},
        }
    )
    _dress(chart, f"{front.MOST_APPLICATIONS}（件）")
    chart.set_legend({"none": True})
    sheet.insert_chart(row, 5, chart, {"x_offset": 12, "x_scale": 0.93, "y_scale": 0.95, "object_position": 2})


def _dress(chart: Any, title: str) -> None:
    """Give a chart the looks of all."""
    font = {"name": SONG, "size": 9}
    chart.set_title({"name": title, "name_font": {"name": HEI, "size": 11, "bold": False}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"color": "#D9D9D9"}})
    if hasattr(chart, "set_x_axis"):
        chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": False}})
        chart.set_y_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#E7E6E6"}}})


def _notes(paper: Paper, sheet: Any, brief: Brief, top: int) -> None:
    """Write what is to be dealt with, and where the numbers come from; so far the page is printed."""
    _head(paper, sheet, top, front.TO_DO, ACROSS)
    row = top + 1
    for line in front.to_do(brief) or ["没有。"]:
        sheet.merge_range(row, 0, row, ACROSS - 1, line, paper.look("text"))
        sheet.set_row(row, 8 + 15 * line_count(line, WHOLE_WIDTH))
        row += 1
    compared = "增减只按有去年数据的单位算。" if brief.comparable else ""
    foot = f"“今年全部”是各单位合计，来源见“{VALUES}”；{compared}图和数都可以改。"
    sheet.merge_range(row, 0, row, ACROSS - 1, foot, paper.look("foot"))
    sheet.print_area(0, 0, row, ACROSS - 1)


def _head(paper: Paper, sheet: Any, row: int, text: str, columns: int) -> None:
    sheet.merge_range(row, 0, row, columns - 1, text, paper.look("band"))
    sheet.set_row(row, 22)
