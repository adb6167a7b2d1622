"""Recipes that damage values, formulas, labels and merges, and what other programs do when they save."""

from __future__ import annotations

import io

import openpyxl

from gk_xl.workbook.layout import COVER
from tests.workbook.damage.book import Cell
from tests.workbook.damage.recipe import Destroyed, Recipe, Scene, each, recipe

# ------------------------------------------------------------------------------------------------------ values


def shifted(table: str, rows: int, columns: int, spill: bool) -> Recipe:
    """All numbers of a table pasted so many rows or columns off."""

    def run(scene: Scene) -> Destroyed:
        sheet, places = scene.book.sheet(scene.tab(table)), scene.places(table)
        values = {place: sheet.cells[place].value for place in places.values()}
        gone = set[str]()
        for place in places.values():
            sheet.cells[place].value = None
        for name, place in places.items():
            target = place[0] + rows, place[1] + columns
            if target in values or spill:
                sheet.cells.setdefault(target, Cell()).value = values[place]
                sheet.cells[target].formula = ""
            else:
                gone.add(name)
        return gone

    return run


each("错位", "block", shifted, [
    ("t3", 1, 0, True), ("t3", 1, 0, False), ("t3", -1, 0, False), ("t3", 2, 0, False), ("t3", 0, 1, True),
    ("t3", 0, 1, False), ("t3", 0, -1, False), ("t4", 1, 0, True),
])  # fmt: skip


def shifted_line(axis: str, number: int, steps: int) -> Recipe:
    """The numbers of one column (or row) of 表三 moved along."""

    def run(scene: Scene) -> Destroyed:
        sheet = scene.book.sheet(scene.tab("t3"))
        top, left, bottom, right = scene.block("t3")
        line = (
            [(row, left + number) for row in range(top, bottom + 1)]
            if axis == "column"
            else [(top + number, column) for column in range(left, right + 1)]
        )
        values = [sheet.cells[place].value for place in line]
        gone = set[str]()
        for index, place in enumerate(line):
            source = index - steps
            sheet.cells[place].value = values[source] if 0 <= source < len(line) else None
        lost = line[-steps:] if steps > 0 else line[:-steps]
        gone |= {scene.at("t3", place) for place in lost}
        return gone

    return run


each(
    "错位", "line", shifted_line, [("column", 0, 1), ("column", 2, -1), ("column", 6, 1), ("row", 0, 1), ("row", 5, -1)]
)


def formulas(count: int, cached: bool) -> Recipe:
    """Formulas typed into totals."""

    def run(scene: Scene) -> Destroyed:
        sheet, places = scene.book.sheet(scene.tab("t3")), scene.places("t3")
        totals = [place for name, place in places.items() if name.endswith(".total")][:count]
        for row, column in totals:
            cell = sheet.cells[row, column]
            cell.formula = f"SUM(D{row}:I{row})"
            cell.value = cell.value if cached else None
        return set() if cached else {scene.at("t3", place) for place in totals}

    return run


each("公式", "typed over", formulas, [(1, True), (25, True), (1, False), (25, False)])


@recipe("公式", "wrong formulas")
def wrong_formulas(scene: Scene) -> Destroyed:
    """Formulas that give another number."""
    sheet, places = scene.book.sheet(scene.tab("t3")), scene.places("t3")
    gone = set[str]()
    for name in scene.rng.sample(sorted(places), 5):
        cell = sheet.cells[places[name]]
        cell.formula, cell.value = "A1*2+7", float(cell.value or 0) + 7
        gone.add(name)
    return gone


def errors(text: str, count: int) -> Recipe:
    """Error values in inputs."""

    def run(scene: Scene) -> Destroyed:
        sheet, places = scene.book.sheet(scene.tab("t3")), scene.places("t3")
        gone = set(scene.rng.sample(sorted(places), count))
        for name in gone:
            sheet.cells[places[name]].value = text
        return gone

    return run


each("公式", "error values", errors, [("#REF!", 1), ("#DIV/0!", 3), ("#N/A", 1)])


# ------------------------------------------------------------------------------------------------------ labels


def relabelled(table: str, how: str) -> Recipe:
    """Printed labels typed over or removed."""

    def run(scene: Scene) -> None:
        sheet, inputs = scene.book.sheet(scene.tab(table)), set(scene.places(table).values())
        top, left, bottom, right = scene.block(table)
        for place, cell in list(sheet.cells.items()):
            row, column = place
            if place in inputs or column > right or row > bottom or not isinstance(cell.value, str):
                continue
            if how == "one" and place == (top, 1):
                cell.value = "改"
            elif how == "heads" and row < top:
                cell.value = f"列{column}"
            elif how == "stubs" and column < left and row >= top:
                cell.value = None
            elif how == "half" and scene.rng.random() < 0.5:
                cell.value = "（改）"
            elif how == "all":
                cell.value = None

    return run


each("标签", "changed", relabelled, [(t, h) for t in ("t2", "t3", "t4") for h in ("one", "heads", "half")] +
     [("t3", "stubs"), ("t3", "all"), ("t4", "all")])  # fmt: skip


# ------------------------------------------------------------------------------------------------------ merges


@recipe("合并", "all split")
def split(scene: Scene) -> None:
    """Every merge taken apart."""
    for sheet in scene.book.sheets:
        sheet.merges.clear()


def merged(columns: int) -> Recipe:
    """Inputs merged: only the first keeps its number."""

    def run(scene: Scene) -> Destroyed:
        sheet, (top, left, *_) = scene.book.sheet(scene.tab("t3")), scene.block("t3")
        row = top + 3
        sheet.merges.append((row, left, row, left + columns - 1))
        for column in range(left + 1, left + columns):
            sheet.cells[row, column].value = None
        return {scene.at("t3", (row, column)) for column in range(left + 1, left + columns)}

    return run


each("合并", "inputs merged", merged, [(2,), (3,)])


@recipe("合并", "labels merged")
def labels_merged(scene: Scene) -> None:
    """Labels merged that were apart."""
    sheet = scene.book.sheet(COVER)
    sheet.merges.append((5, 2, 6, 2))
    sheet.cells[6, 2].value = None


# ------------------------------------------------------------------------------------------------- other programs


@recipe("另存", "openpyxl")
def openpyxl_saved(scene: Scene) -> bytes:
    """Opened and saved by openpyxl: cached values are gone."""
    book, target = openpyxl.load_workbook(io.BytesIO(scene.book.dump())), io.BytesIO()
    book.save(target)
    return target.getvalue()


@recipe("另存", "openpyxl, values only")
def openpyxl_values(scene: Scene) -> bytes:
    """Every sheet copied value by value into a new book."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in scene.book.sheets:
        made = book.create_sheet(sheet.title)
        for (row, column), cell in sheet.cells.items():
            if cell.value is not None:
                made.cell(row, column, cell.value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def online(*losses: str) -> Recipe:
    """A round trip through an online spreadsheet, with its usual losses."""

    def run(scene: Scene) -> None:
        if "names" in losses:
            scene.book.names.clear()
        for sheet in scene.book.sheets:
            if "merges" in losses:
                sheet.merges.clear()
            if "formulas" in losses:
                for cell in sheet.cells.values():
                    cell.formula = ""
            if "cached" in losses:
                for cell in sheet.cells.values():
                    cell.value = None if cell.formula else cell.value
            if "hidden" in losses:
                sheet.cells = {place: cell for place, cell in sheet.cells.items() if place[1] <= 20}
            if "rules" in losses:
                sheet.before, sheet.after = [], []
            if "blanks" in losses:
                sheet.cells = {place: cell for place, cell in sheet.cells.items() if cell.value is not None}
        if "styles" in losses:
            scene.book.styles = None

    return run


each("在线表格", "loses", online, [
    ("names",), ("styles",), ("formulas",), ("cached",), ("hidden", "names"), ("rules",), ("blanks",),
    ("names", "styles"), ("names", "styles", "merges", "formulas", "rules", "blanks"),
    ("names", "styles", "merges", "cached", "hidden", "rules", "blanks"),
])  # fmt: skip
