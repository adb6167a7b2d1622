"""How cells look, and what belongs to a sheet's window and page."""

from __future__ import annotations

import pytest

from gk_xl.engines.core.errors import EngineError
from tests.engines.conftest import is_closed_file


def test_places_and_sizes_add_up(sheet):
    """Left and top are where the cells before end; width and height are theirs together, in points."""
    sheet["A1:B1"].column_width = 10
    sheet["1:2"].row_height = 30
    area = sheet["B2:C3"]
    assert area.left == pytest.approx(sheet["A1"].width, abs=0.8)
    assert area.top == pytest.approx(30, abs=0.8)
    assert area.width == pytest.approx(sheet["B1"].width + sheet["C1"].width, abs=0.8)
    assert area.height == pytest.approx(30 + sheet["A3"].height, abs=0.8)
    assert sheet["A1"].left == sheet["A1"].top == 0


def test_colours_of_many_cells_at_once(sheet):
    """Each cell takes its colour; ``...`` leaves one alone, None empties it."""
    sheet["A1:B2"].color = (9, 9, 9)
    sheet["A1:B2"].set_colors([[(255, 0, 0), ...], [None, "#0000ff"]])
    assert [cell.color for cell in sheet["A1:B2"]] == [(255, 0, 0), (9, 9, 9), None, (0, 0, 255)]


def test_indentation_steps(sheet):
    """A step more, a step less, never below none."""
    sheet["A1"].value = "字"
    sheet["A1"].adjust_indent(2)
    assert sheet["A1"].horizontal_alignment == "left"
    sheet["A1"].adjust_indent(-5)
    sheet["A1"].horizontal_alignment = "center"
    assert sheet["A1"].horizontal_alignment == "center"


def test_groups_of_rows_and_columns(app, sheet):
    """Rows and columns are grouped by their address, or by a word, and let go again."""
    sheet["2:3"].group()
    sheet["C1:D1"].group(by="columns")
    grouped = (
        [sheet.impl.file.row_dimensions[3].outlineLevel, sheet.impl.file.column_dimensions["D"].outlineLevel]
        if is_closed_file(app)
        else [1, 1]
    )
    assert grouped == [1, 1]
    if not is_closed_file(app):
        fold(sheet)
        assert (sheet["A2"].rows.hidden, sheet["D1"].columns.hidden) == (True, True)
        unfold(sheet)
    sheet["2:3"].ungroup()
    sheet["C:D"].ungroup()
    if is_closed_file(app):
        assert (sheet.api.row_dimensions[3].outlineLevel, sheet.api.column_dimensions["D"].outlineLevel) == (0, 0)
    else:
        fold(sheet)
        assert (sheet["A2"].rows.hidden, sheet["D1"].columns.hidden) == (False, False)


def fold(sheet, level: int = 0) -> None:
    from gk_xl.engines.libreoffice.process import load_uno

    for name in ("ROWS", "COLUMNS"):
        sheet.api.showLevel(level, load_uno().Enum("com.sun.star.table.TableOrientation", name))


def unfold(sheet) -> None:
    fold(sheet, 1)


def test_borders_of_each_side(sheet):
    """A side has a style, a weight and a colour; sides that differ have none in common; clearing removes them."""
    area = sheet["B2:D4"]
    assert area.borders["edge_top"].line_style == "none"
    area.borders["edge_top"].line_style = "double"
    area.borders.set("edge_left", line_style="dash", color="#ff0000")
    area.borders["inside_vertical"].weight = "medium"
    area.borders["edge_bottom"].color = (0, 128, 0)
    sheet["B2"].borders["diagonal_down"].line_style = "continuous"
    assert area.borders["edge_top"].line_style == "double"
    assert (area.borders["edge_left"].line_style, area.borders["edge_left"].color) == ("dash", (255, 0, 0))
    assert (area.borders["inside_vertical"].weight, area.borders["inside_vertical"].line_style) == (
        "medium",
        "continuous",
    )
    assert (area.borders["edge_bottom"].color, area.borders["edge_bottom"].line_style) == ((0, 128, 0), "continuous")
    assert sheet["B2"].borders["diagonal_down"].line_style == "continuous"
    assert sheet["B2"].borders["diagonal_up"].line_style == "none"
    assert area.borders.line_style is None
    assert area.borders["edge_top"].api is not None
    area.borders.clear()
    assert area.borders.line_style == "none"
    assert sheet["B2"].borders["diagonal_down"].line_style == "none"


@pytest.mark.parametrize("style", ["continuous", "dash", "dash_dot", "dash_dot_dot", "dot", "double"])
def test_line_styles_come_back(sheet, style):
    """What was set for all is what all have in common."""
    area = sheet["B2:C3"]
    area.borders.line_style = style
    assert area.borders.line_style == style


def test_weight_and_colour_of_all_borders(sheet):
    """Set together, read together."""
    area = sheet["B2:C3"]
    for weight in ("hairline", "thin", "medium", "thick"):
        area.borders.weight = weight
        assert area.borders.weight == weight
    area.borders.color = (1, 2, 3)
    assert area.borders.color == (1, 2, 3)
    assert area.borders.api is not None
    area.borders.impl.clear()
    assert area.borders.weight is None


def test_parts_of_a_text(app, sheet):
    """Characters are counted from 0; a part has a font of its own where an application holds one."""
    sheet["A1"].value = "政府信息公开"
    text = sheet["A1"].characters
    assert (text.text, text[2:4].text, text[0].text, text[-1].text) == ("政府信息公开", "信息", "政", "开")
    assert text.api is not None
    with pytest.raises(ValueError, match="negative"):
        text[-3:]
    text.font.bold = True
    assert sheet["A1"].font.bold is True
    if is_closed_file(app):
        with pytest.raises(EngineError, match="part"):
            text[2:4].font.bold = False
    else:
        text[2:4].font.bold, text[2:4].font.color = False, (255, 0, 0)
        assert (text[2:4].font.bold, text[2:4].font.color, text[0].font.bold) == (False, (255, 0, 0), True)
        assert text.font.bold is None


def test_frozen_panes(app, sheet):
    """Rows and columns down to a cell stay; whole columns keep no rows; everything scrolls again."""

    def frozen() -> tuple[int, int]:
        if is_closed_file(app):
            pane = sheet.api.sheet_view.pane
            return (int(pane.ySplit or 0), int(pane.xSplit or 0)) if pane else (0, 0)
        controller = sheet.book.api.getCurrentController()
        return (controller.getSplitRow(), controller.getSplitColumn()) if controller.hasFrozenPanes() else (0, 0)

    sheet.freeze_panes.freeze_at("B3")
    assert frozen() == (3, 2)
    sheet.freeze_panes.freeze_at(sheet["A:A"])
    assert frozen() == (0, 1)
    sheet.freeze_panes.freeze_at("1:2")
    assert frozen() == (2, 0)
    sheet.freeze_panes.unfreeze()
    assert frozen() == (0, 0)


def test_grid_lines_of_one_sheet(book, sheet):
    """Each sheet has its own; the sheet in front stays in front."""
    other = book.sheets.add("二", after=sheet)
    sheet.activate()
    other.show_gridlines = False
    assert (sheet.show_gridlines, other.show_gridlines) == (True, False)
    other.show_gridlines = True
    assert other.show_gridlines is True
    assert book.sheets.active == sheet


def test_names_of_one_sheet(book, sheet):
    """A sheet's own names are not the book's."""
    sheet.names.add("局部", f"='{sheet.name}'!$A$1:$B$1")
    assert [name.name for name in sheet.names] == [f"{sheet.name}!局部"]
    assert sheet.names["局部"].refers_to_range.address == "$A$1:$B$1"
    assert "局部" not in book.names
    sheet.names["局部"].name = "改了"
    assert "改了" in sheet.names
    sheet.names["改了"].delete()
    assert len(sheet.names) == 0
    assert sheet.names.api is not None


def test_formats_of_a_sheet_go(sheet):
    """Looks go, values stay."""
    sheet["B2"].value, sheet["B2"].color, sheet["B2"].font.bold = 5, (1, 2, 3), True
    sheet.clear_formats()
    assert (sheet["B2"].value, sheet["B2"].color, sheet["B2"].font.bold) == (5, None, False)
    sheet["B2"].color = (1, 2, 3)
    sheet["B2"].clear_formats()
    assert sheet["B2"].color is None


def test_a_sheet_is_emptied_and_hidden(book, sheet):
    """clear_contents keeps looks, clear does not; a hidden sheet is not shown."""
    other = book.sheets.add("二", after=sheet)
    sheet["B2"].value, sheet["B2"].color = 5, (1, 2, 3)
    sheet.clear_contents()
    assert (sheet["B2"].value, sheet["B2"].color) == (None, (1, 2, 3))
    sheet.clear()
    assert sheet["B2"].color is None
    other.visible = False
    assert (sheet.visible, other.visible) == (True, False)


def test_merged_cells(sheet):
    """Merged, asked for, taken apart; row by row where asked for."""
    sheet["B2:C3"].merge()
    assert sheet["B2"].merge_area.address == "$B$2:$C$3"
    assert (sheet["B2"].merge_cells, sheet["E5"].merge_cells) == (True, False)
    sheet["B2:C3"].unmerge()
    assert sheet["B2"].merge_area.address == "$B$2"
    sheet["B2:C3"].merge(across=True)
    assert sheet["C3"].merge_area.address == "$B$3:$C$3"


def test_the_author_of_a_note(sheet):
    """A note has an author, if only an empty one."""
    sheet["A1"].add_note("注")
    note = sheet.notes["A1"]
    assert isinstance(note.author, str)
    assert note.api is not None
