"""Edition (+ filing, findings) → workbook, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import column_letters
from gk_xl.errors import EditionNotFound
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.links import links_of
from gk_xl.form.load import base_id, edition_for, edition_in_force
from gk_xl.form.schema import ValueKind
from gk_xl.workbook.carried import profile_constants
from gk_xl.workbook.content import Content
from gk_xl.workbook.doubtful import doubt_constants
from gk_xl.workbook.layout import LAST_HIDDEN, LEDGER, SLIP, layout
from gk_xl.workbook.linked import link_constants
from gk_xl.workbook.plan import Condition, SheetPlan, Validation, WorkbookPlan, area
from gk_xl.workbook.styles import COMPUTED, CONDITIONS, SONG, STYLES
from gk_xl.workbook.summed import summed_constants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.form.finding import CheckResult
    from gk_xl.workbook.layout import Place

EPOCH = dt.datetime(2021, 9, 26)  # noqa: DTZ001 - a fixed stamp: the same input gives the same bytes
PLAIN = {"font_name": "Arial", "font_size": 10}
"""The font of cells that nobody formatted. Widths are counted in its digits, 7 pixels each.

A font that a machine has not is taken for another, and wide digits made every column half as wide again where Calibri is not.
Arial is in every Windows, and LibreOffice brings one of the same widths.
"""
ERROR_TITLE = "请核对"  # above what is said of an entry that is refused
CONSTANTS = ("gk_xl.schema", "gk_xl.edition", "gk_xl.last_edition")


def plan_workbook(content: Content) -> WorkbookPlan:
    """Return all that stands in the workbook of a filing."""
    from gk_xl.workbook.sheets.changed import plan_changed
    from gk_xl.workbook.sheets.cover import plan_cover
    from gk_xl.workbook.sheets.guide import plan_guide
    from gk_xl.workbook.sheets.last_year import plan_last_year
    from gk_xl.workbook.sheets.ledger import plan_ledger
    from gk_xl.workbook.sheets.narrative import plan_narrative
    from gk_xl.workbook.sheets.results import plan_results
    from gk_xl.workbook.sheets.slip import plan_slip
    from gk_xl.workbook.sheets.table import TableSheet

    edition, places = content.edition, content.layout.names
    tables = {table.id: TableSheet(content, table) for table in edition.tables}
    sheets = [plan_cover(content, list(tables.values()))]
    sheets += [
        tables[section.table].plan if section.table else plan_narrative(content, section) for section in edition.printed
    ]
    sheets += [plan_ledger(content)] if LEDGER in content.layout.extras else []
    sheets += [plan_slip(content)] if SLIP in content.layout.extras else []
    sheets += [plan_last_year(content), plan_results(content), plan_guide(content)]
    plan_changed({sheet.title: sheet for sheet in sheets}, content)
    constants = dict(zip(CONSTANTS, (content.layout.schema, edition.id, content.layout.last.id), strict=True))
    constants |= profile_constants(edition.id) | doubt_constants(content.filing.doubts)
    constants |= link_constants(links_of(content.filing)) | summed_constants(content.filing)
    comments = {places[name]: text for name, text in content.notes().items() if name in places}
    properties = {"title": content.filing.title, "author": content.filing.unit.name, "created": EPOCH}
    return WorkbookPlan(sheets, dict(places), constants, properties, comments, content.layout)


def blank_filing() -> Filing:
    """Return the filing of the template: the edition in force, no year, nothing filled in."""
    edition = edition_in_force()
    return Filing(edition.id, None, Unit(), dict.fromkeys(edition.cells))


def content_for(
    filing: Filing, last: Filing | None = None, result: CheckResult | None = None, checked_at: str = ""
) -> Content:
    """Return what a filing's workbook shows; 上年数据 follows the edition of last year's filing, or of its year."""
    if last is not None:
        last_id = base_id(last.edition)
    else:
        try:
            last_id = base_id(filing.edition) if filing.year is None else edition_for(filing.year - 1).id
        except EditionNotFound:
            last_id = base_id(filing.edition)
    return Content(layout(filing.edition, last_id), filing, last, result, checked_at)


def build_workbook(
    filing: Filing, last: Filing | None = None, result: CheckResult | None = None, checked_at: str = ""
) -> bytes:
    """Return the workbook of a filing as .xlsx bytes; with ``result``, marked by what the check found."""
    return render(plan_workbook(content_for(filing, last, result, checked_at)))


def build_template() -> bytes:
    """Return ``workbook_template.xlsx``: the workbook of the edition in force, blank."""
    return build_workbook(blank_filing())


def render(plan: WorkbookPlan) -> bytes:
    """Return a plan as .xlsx bytes, identical for identical plans."""
    from gk_xl.workbook.form_sheet import FormBook, FormSheet

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = FormBook(buffer, options | {"default_format_properties": dict(PLAIN)})
    book.set_properties({key: value for key, value in plan.properties.items() if value})
    book.set_custom_property("gk_xl.schema", plan.constants["gk_xl.schema"], "text")
    book.set_custom_property("gk_xl.edition", base_id(plan.constants["gk_xl.edition"]), "text")
    basic = {"font_name": SONG, "font_size": 11, "valign": "vcenter"}
    formats = {
        (name, computed): book.add_format(basic | ({"num_format": COMPUTED} if computed else {}) | style)
        for name, style in STYLES.items()
        for computed in (False, True)
    }
    conditions = {name: book.add_format(style) for name, style in CONDITIONS.items()}
    for sheet in plan.sheets:
        render_sheet(book.add_worksheet(sheet.title, FormSheet), sheet, formats, conditions, plan.comments)
    for name, place in plan.names.items():
        book.define_name(name, f"={place.absolute}")
    for name, shown in _shown(plan).items():
        book.define_name(f"'{plan.names[name].sheet}'!{shown}", f"={plan.names[name].absolute}")
    for name, value in plan.constants.items():
        book.define_name(name, f'="{value}"')
    book.close()
    return buffer.getvalue()


def _shown(plan: WorkbookPlan) -> Mapping[str, str]:
    """Return what the name box calls the named cells of a plan."""
    from gk_xl.workbook.shown_names import shown_names

    return {} if plan.form is None else shown_names(plan.form)


def render_sheet(
    ws: Any,
    sheet: SheetPlan,
    formats: dict[tuple[str, bool], Any],
    conditions: dict[str, Any],
    comments: Mapping[Place, str],
) -> None:
    """Write one sheet; ``formats`` by style and whether the cell is a formula, ``conditions`` by style."""
    for column, width in sheet.widths.items():
        style = sheet.column_styles.get(column)
        ws.set_column(column - 1, column - 1, width, formats[style, False] if style else None)
    if sheet.hidden_from:
        ws.set_column(sheet.hidden_from - 1, LAST_HIDDEN - 1, 3, None, {"hidden": True})
    if sheet.default_height:
        ws.set_default_row(sheet.default_height)
    for row, height in sheet.heights.items():
        ws.set_row(row - 1, height)
    anchors = {(r1, c1): (r2, c2) for r1, c1, r2, c2 in sheet.merges}
    for (r1, c1), (r2, c2) in anchors.items():
        ws.merge_range(r1 - 1, c1 - 1, r2 - 1, c2 - 1, "", formats[sheet.cells[r1, c1].style, False])
    for (row, column), cell in sheet.cells.items():
        _render_cell(ws, row - 1, column - 1, cell, formats[cell.style, bool(cell.formula)])
    for validation in sheet.validations:
        _render_validation(ws, validation)
    for condition in sheet.conditions:
        _render_condition(ws, condition, conditions[condition.style])
    for place, text in comments.items():
        if place.sheet == sheet.title:
            lines = sum(-(-len(line) // 22) for line in text.split("\n"))
            ws.write_comment(
                place.address, text, {"author": "gk_xl", "width": 320, "height": min(400, 24 + 18 * lines)}
            )
    _render_page(ws, sheet)


def _render_cell(ws: Any, row: int, column: int, cell: Any, style: Any) -> None:
    """Write one cell: formulas with the value they have now, texts as texts whatever they look like."""
    if cell.formula:
        ws.write_formula(row, column, f"={cell.formula}", style, "" if cell.value is None else cell.value)
    elif cell.link:
        ws.write_url(row, column, f"internal:{cell.link}", style, str(cell.value))
    elif isinstance(cell.value, dt.date):
        ws.write_datetime(row, column, dt.datetime.combine(cell.value, dt.time()), style)
    elif isinstance(cell.value, int | float):
        ws.write_number(row, column, cell.value, style)
    elif cell.value is None:
        ws.write_blank(row, column, None, style)
    else:
        ws.write_string(row, column, cell.value, style)


def _render_validation(ws: Any, validation: Validation) -> None:
    """Write what may be typed into some cells."""
    options: dict[str, Any] = {
        "validate": "any",
        "input_title": validation.title[:32],
        "input_message": validation.prompt[:255],
        "show_input": validation.shown,
        "error_title": ERROR_TITLE,
        "error_message": validation.error[:255],
    }
    if validation.kind is not None:
        whole = validation.kind is not ValueKind.AMOUNT
        options |= {"validate": "integer" if whole else "decimal", "criteria": ">=", "value": 0}
        if validation.kind is ValueKind.SIGNED:
            options |= {"criteria": "between", "minimum": -999999, "maximum": 999999}
    elif validation.choices:
        options |= {"validate": "list", "source": list(validation.choices)}
    elif validation.years:
        options |= {
            "validate": "integer",
            "criteria": "between",
            "minimum": validation.years[0],
            "maximum": validation.years[1],
        }
    elif validation.date:
        options |= {"validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1)}
    if options["validate"] == "any":
        options.pop("error_title")
        options.pop("error_message")
    first, *others = rectangles(validation.cells)
    if others:
        options["other_cells"] = [(r1 - 1, c1 - 1, r2 - 1, c2 - 1) for r1, c1, r2, c2 in others]
    r1, c1, r2, c2 = first
    ws.data_validation(r1 - 1, c1 - 1, r2 - 1, c2 - 1, options)


def rectangles(cells: tuple[tuple[int, int], ...]) -> list[tuple[int, int, int, int]]:
    """Return cells as few areas: neighbours in a row, then equal rows below each other, become one."""
    runs: list[tuple[int, int, int, int]] = []
    for row, column in sorted(cells):
        if runs and runs[-1][2] == row and runs[-1][3] == column - 1:
            runs[-1] = (*runs[-1][:3], column)
        else:
            runs.append((row, column, row, column))
    merged: list[tuple[int, int, int, int]] = []
    for r1, c1, r2, c2 in runs:
        if merged and merged[-1][1] == c1 and merged[-1][3] == c2 and merged[-1][2] == r1 - 1:
            merged[-1] = (merged[-1][0], c1, r2, c2)
        else:
            merged.append((r1, c1, r2, c2))
    return merged


def _render_condition(ws: Any, condition: Condition, style: Any) -> None:
    """Write one conditional format."""
    ws.conditional_format(
        area(*condition.area), {"type": "formula", "criteria": f"={condition.formula}", "format": style}
    )


def _render_page(ws: Any, sheet: SheetPlan) -> None:
    """Write tab, frozen heads, page set-up and protection."""
    if sheet.start != (0, 0):
        row, column = sheet.start[0] - 1, sheet.start[1] - 1
        ws.set_selection(row, column, row, column)
    ws.set_tab_color(f"#{sheet.colour}")
    ws.hide_gridlines(2)
    if sheet.freeze != (0, 0):
        ws.freeze_panes(sheet.freeze[0] - 1, sheet.freeze[1] - 1)
    ws.set_paper(9)
    if sheet.landscape:
        ws.set_landscape()
    ws.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    ws.center_horizontally()
    ws.fit_to_pages(1, 1 if sheet.one_page else 0)
    ws.print_area(0, 0, sheet.print_to[0] - 1, sheet.print_to[1] - 1)
    if sheet.printed:  # XlsxWriter's method takes one area only
        ws.print_area_range = ",".join(f"'{sheet.title}'!{area}" for area in printed_areas(sheet))
    if sheet.repeat:
        ws.repeat_rows(sheet.repeat[0] - 1, sheet.repeat[1] - 1)
    ws.set_footer("&C第 &P 页，共 &N 页")
    ws.protect("", {"format_columns": True, "format_rows": True})


def printed_areas(sheet: SheetPlan) -> list[str]:
    """Return the areas of a sheet that are printed, each on pages of its own."""
    last = column_letters(sheet.print_to[1])
    return [f"$A${first}:${last}${row}" for first, row in sheet.printed]
