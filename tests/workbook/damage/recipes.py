"""The recipes, by kind. A recipe changes a Book in place and returns what it destroyed: names whose content is gone.

Coordinates are taken from the form, so that each recipe damages both editions.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl

from gk_xl.workbook.layout import COVER, GUIDE, LAST_YEAR, RESULTS, Layout
from tests.workbook.damage.book import Book, Cell, Sheet

if TYPE_CHECKING:
    import random

Destroyed = set[str]


@dataclass
class Scene:
    """A workbook about to be damaged: the model, its form, a source of chance."""

    book: Book
    form: Layout
    rng: random.Random

    def tab(self, section: str) -> str:
        """Return the sheet of a section or table."""
        return self.form.edition.section(section).tab

    def places(self, table: str) -> dict[str, tuple[int, int]]:
        """Return the inputs of a table with their places."""
        return {
            cell.id: (self.form.names[cell.id].row, self.form.names[cell.id].column)
            for cell in self.form.edition.table(table).cells
        }

    def block(self, table: str) -> tuple[int, int, int, int]:
        """Return the first and last row and column of a table's inputs."""
        places = self.places(table).values()
        rows, columns = [row for row, _ in places], [column for _, column in places]
        return min(rows), min(columns), max(rows), max(columns)

    def at(self, section: str, place: tuple[int, int]) -> str:
        """Return the name of an input, empty when there is none."""
        tab = self.tab(section)
        return next((n for n, p in self.form.names.items() if (p.sheet, p.row, p.column) == (tab, *place)), "")


Recipe = Callable[[Scene], "Destroyed | bytes | None"]
RECIPES: list[tuple[str, str, Recipe]] = []


def recipe(kind: str, name: str = "") -> Callable[[Recipe], Recipe]:
    """Add a function to the recipes."""

    def add(function: Recipe) -> Recipe:
        RECIPES.append((kind, name or function.__name__, function))
        return function

    return add


def each(kind: str, name: str, make: Callable[..., Recipe], cases: list[tuple[object, ...]]) -> None:
    """Add a recipe for each case."""
    for case in cases:
        RECIPES.append((kind, f"{name} {' '.join(str(part) for part in case)}".strip(), make(*case)))


# ------------------------------------------------------------------------------------------------------- formats


def styled(table: str, donor: str) -> Recipe:
    """Paste with the format of another place."""

    def run(scene: Scene) -> None:
        sheet = scene.book.sheet(scene.tab(table))
        cover = scene.book.sheet(COVER).cells
        date = scene.form.names["signed.date"]
        style = {"plain": 0, "label": cover[5, 2].style, "date": cover[date.row, date.column].style}[donor]
        for place in scene.places(table).values():
            sheet.cells.setdefault(place, Cell()).style = style

    return run


each("格式", "paste", styled, [(t, d) for t in ("t2", "t3", "t4") for d in ("plain", "label", "date")])


def paragraphs_plain(part: str) -> Recipe:
    """Paste paragraphs with the format of a Word file."""

    def run(scene: Scene) -> None:
        for name, place in scene.form.names.items():
            if name.startswith(f"narrative.{part}."):
                scene.book.sheet(place.sheet).cells[place.row, place.column].style = 0

    return run


each("格式", "paste text", paragraphs_plain, [("overview",), ("problems",)])


def all_plain(*titles: str) -> Recipe:
    """Clear the formats of whole sheets."""

    def run(scene: Scene) -> None:
        for sheet in scene.book.sheets:
            for cell in sheet.cells.values():
                cell.style = 0

    return run


each("格式", "clear all formats", all_plain, [()])


def stripped(*tags: str) -> Recipe:
    """Take parts of the sheets' XML away."""

    def run(scene: Scene) -> None:
        for sheet in scene.book.sheets:
            for part in (sheet.before, sheet.after):
                part[:] = [child for child in part if child.tag.rpartition("}")[2] not in tags]

    return run


each("格式", "strip", stripped, [
    ("dataValidations",), ("conditionalFormatting",), ("sheetProtection",), ("cols",), ("sheetViews",),
    ("dataValidations", "conditionalFormatting", "sheetProtection"),
])  # fmt: skip


def as_text(table: str, share: float) -> Recipe:
    """Numbers stored as texts."""

    def run(scene: Scene) -> None:
        sheet = scene.book.sheet(scene.tab(table))
        for place in scene.places(table).values():
            cell = sheet.cells.setdefault(place, Cell())
            if scene.rng.random() <= share and cell.value is not None:
                cell.value = f"{cell.value:g}"

    return run


each("格式", "numbers as text", as_text, [("t2", 1.0), ("t3", 1.0), ("t3", 0.1), ("t4", 1.0)])


# --------------------------------------------------------------------------------------------------------- names


def names_lost(prefix: str) -> Recipe:
    """Delete names."""

    def run(scene: Scene) -> None:
        for name in [name for name in scene.book.names if name.startswith(prefix)]:
            del scene.book.names[name]

    return run


each(
    "名称",
    "lost",
    names_lost,
    [("",), ("gk_xl.",), ("t2.",), ("t3.",), ("t4.",), ("narrative.",), ("last.",), ("unit",)],
)


def some_names_lost(count: int) -> Recipe:
    """Delete a few names."""

    def run(scene: Scene) -> None:
        for name in scene.rng.sample(sorted(scene.book.names), count):
            if not name.startswith("gk_xl"):
                del scene.book.names[name]

    return run


each("名称", "some lost", some_names_lost, [(1,), (5,), (40,)])


def names_broken(prefix: str) -> Recipe:
    """Names that stand for nothing any more."""

    def run(scene: Scene) -> None:
        for name in scene.book.names:
            if name.startswith(prefix) and not name.startswith("gk_xl"):
                scene.book.names[name] = "#REF!"

    return run


each("名称", "#REF!", names_broken, [("",), ("t3.",), ("narrative.",)])


def names_bent(prefix: str, rows: int, columns: int) -> Recipe:
    """Names that point beside their cells."""

    def run(scene: Scene) -> None:
        for name, (title, (row, column)) in scene.book.placed().items():
            if name.startswith(prefix):
                scene.book.point(name, title, (row + rows, column + columns))

    return run


each("名称", "bent", names_bent, [("t3.", 1, 0), ("t3.", 0, 1), ("t4.", 1, 0), ("t3.granted", 1, 0), ("narrative.", 1, 0),
                                 ("unit", 1, 0), ("last.", 1, 0), ("", 2, 0)])  # fmt: skip


@recipe("名称", "swapped")
def names_swapped(scene: Scene) -> None:
    """Two names exchanged, a few times."""
    placed = [name for name in scene.book.placed() if name.startswith("t3.")]
    for _ in range(6):
        one, other = scene.rng.sample(placed, 2)
        names = scene.book.names
        names[one], names[other] = names[other], names[one]


@recipe("名称", "to another sheet")
def names_elsewhere(scene: Scene) -> None:
    """Names that point into another sheet."""
    for name, (_, place) in scene.book.placed().items():
        if name.startswith("t4."):
            scene.book.point(name, COVER, place)


# ------------------------------------------------------------------------------------------- rows and columns


def inserted(section: str, where: str, count: int, follow: bool) -> Recipe:
    """Insert rows."""

    def run(scene: Scene) -> None:
        title = scene.tab(section) if section not in (COVER, LAST_YEAR, RESULTS) else section
        rows = [place.row for place in scene.form.names.values() if place.sheet == title]
        at = {"top": 1, "first": min(rows), "middle": (min(rows) + max(rows)) // 2, "end": max(rows)}[where]
        scene.book.insert(title, at, count, follow=follow)

    return run


each("插入行", "rows", inserted, [
    ("t3", "middle", 1, True), ("t3", "middle", 1, False), ("t3", "first", 2, True), ("t3", "top", 1, True),
    ("t3", "end", 1, True), ("t3", "top", 3, False), ("t2", "middle", 1, True), ("t2", "middle", 2, False),
    ("t4", "first", 1, True), ("t4", "top", 1, False), (COVER, "middle", 1, True), (COVER, "top", 1, False),
    ("overview", "middle", 1, True), ("overview", "first", 2, False), ("problems", "top", 1, True),
    ("problems", "middle", 3, True), (LAST_YEAR, "middle", 1, True), (LAST_YEAR, "top", 1, False),
    (RESULTS, "first", 1, True),
])  # fmt: skip


def inserted_columns(section: str, at: int, count: int, follow: bool) -> Recipe:
    """Insert columns."""

    def run(scene: Scene) -> None:
        title = scene.tab(section) if section not in (COVER, LAST_YEAR, RESULTS) else section
        scene.book.insert(title, at, count, columns=True, follow=follow)

    return run


each("插入列", "columns", inserted_columns, [
    ("t3", 1, 1, True), ("t3", 5, 1, True), ("t3", 5, 1, False), ("t3", 7, 2, True), ("t2", 2, 1, True),
    ("t2", 2, 1, False), ("t4", 4, 1, True), ("t4", 1, 2, False), ("overview", 1, 1, True), ("overview", 3, 1, True),
    ("problems", 2, 1, True), (COVER, 1, 1, True), (COVER, 3, 1, True), (LAST_YEAR, 2, 1, True), (RESULTS, 3, 1, True),
])  # fmt: skip


def deleted(section: str, where: str, count: int) -> Recipe:
    """Delete rows; what stood in them is gone."""

    def run(scene: Scene) -> Destroyed:
        title = scene.tab(section) if section not in (COVER, LAST_YEAR, RESULTS) else section
        places = {name: place for name, place in scene.form.names.items() if place.sheet == title}
        rows = [place.row for place in places.values()]
        at = {"first": min(rows), "middle": (min(rows) + max(rows)) // 2, "head": min(rows) - 1, "empty": 30}[where]
        gone = {name for name, place in places.items() if at <= place.row < at + count}
        scene.book.delete(title, at, count)
        return gone

    return run


each("删除行", "rows", deleted, [
    ("t3", "middle", 1), ("t3", "first", 1), ("t3", "head", 1), ("t3", "middle", 3), ("t2", "first", 1),
    ("t4", "head", 1), ("overview", "empty", 2), ("overview", "first", 1), (COVER, "middle", 1), (LAST_YEAR, "middle", 2),
])  # fmt: skip


def deleted_columns(section: str, at: int, count: int) -> Recipe:
    """Delete columns; what stood in them is gone."""

    def run(scene: Scene) -> Destroyed:
        title = scene.tab(section)
        gone = {
            name for name, place in scene.form.names.items() if place.sheet == title and at <= place.column < at + count
        }
        scene.book.delete(title, at, count, columns=True)
        return gone

    return run


each(
    "删除列",
    "columns",
    deleted_columns,
    [("t3", 5, 1), ("t3", 1, 1), ("t3", 10, 1), ("t3", 12, 2), ("t4", 3, 1), ("overview", 4, 1)],
)


# ---------------------------------------------------------------------------------------------- cells dragged


def dragged(table: str, step: tuple[int, int], count: int, excel: bool) -> Recipe:
    """Drag inputs onto others; what these held is gone."""

    def run(scene: Scene) -> Destroyed:
        gone, touched = set[str](), set[tuple[int, int]]()
        places = list(scene.places(table).values())
        scene.rng.shuffle(places)
        done = 0
        for place in places:
            target = place[0] + step[0], place[1] + step[1]
            if target not in places or {place, target} & touched or done == count:
                continue
            gone.add(scene.at(table, target))
            scene.book.drag(scene.tab(table), place, target, excel=excel)
            touched |= {place, target}
            done += 1
        return gone

    return run


each("拖动", "cell", dragged, [
    ("t3", (1, 0), 1, True), ("t3", (1, 0), 1, False), ("t3", (0, 1), 1, True), ("t3", (-2, 1), 1, True),
    ("t3", (4, 0), 3, True), ("t3", (1, 0), 5, False), ("t4", (0, 1), 1, True), ("t4", (0, 1), 2, False),
    ("t2", (1, 0), 1, True),
])  # fmt: skip


def dragged_out(table: str, count: int) -> Recipe:
    """Drag inputs out of the table."""

    def run(scene: Scene) -> None:
        bottom = scene.block(table)[2]
        for number, place in enumerate(scene.rng.sample(sorted(scene.places(table).values()), count)):
            scene.book.drag(scene.tab(table), place, (bottom + 20, 1 + number))

    return run


each("拖动", "out of the table", dragged_out, [("t3", 1), ("t3", 4), ("t4", 1), ("t2", 1)])


@recipe("拖动", "and typed again")
def dragged_and_typed(scene: Scene) -> Destroyed:
    """Drag an input onto another, then type the first again."""
    title, (top, left, *_) = scene.tab("t3"), scene.block("t3")
    source, target = (top + 4, left + 1), (top + 5, left + 1)
    value = scene.book.sheet(title).cells[source].value
    scene.book.drag(title, source, target)
    scene.book.sheet(title).cells[source] = Cell(0, value)
    return {scene.at("t3", target)}


def dragged_paragraph(rows: int) -> Recipe:
    """Drag a paragraph onto a blank row below."""

    def run(scene: Scene) -> None:
        place = scene.form.names["narrative.overview.2"]
        scene.book.drag(place.sheet, (place.row, place.column), (place.row + rows, place.column))

    return run


each("拖动", "paragraph", dragged_paragraph, [(20,), (30,)])


@recipe("拖动", "paragraph beside")
def paragraph_beside(scene: Scene) -> None:
    """Drag a paragraph out of its column."""
    place = scene.form.names["narrative.problems.2"]
    scene.book.drag(place.sheet, (place.row, place.column), (place.row, 7))


# ---------------------------------------------------------------------------------------------------- sheets


def renamed(section: str, new: str) -> Recipe:
    """Rename a sheet."""

    def run(scene: Scene) -> None:
        scene.book.rename(section if section in (COVER, LAST_YEAR, RESULTS, GUIDE) else scene.tab(section), new)

    return run


each("工作表", "renamed", renamed, [
    ("t3", "表三"), ("t2", "Sheet2"), ("t4", "四"), (COVER, "首页"), ("overview", "正文"), ("problems", "五"),
    (LAST_YEAR, "2024"), (RESULTS, "结果"), (GUIDE, "说明"),
])  # fmt: skip


@recipe("工作表", "all renamed, no names")
def all_renamed(scene: Scene) -> None:
    """Every sheet under another name, and no defined names."""
    for number, sheet in enumerate(list(scene.book.sheets), start=1):
        scene.book.rename(sheet.title, f"Sheet{number}")
    scene.book.names.clear()


@recipe("工作表", "titles exchanged")
def titles_exchanged(scene: Scene) -> None:
    """Two sheets bear each other's titles."""
    one, other = scene.tab("t3"), scene.tab("t4")
    scene.book.rename(one, "tmp")
    scene.book.rename(other, one)
    scene.book.rename("tmp", other)


@recipe("工作表", "order changed")
def order_changed(scene: Scene) -> None:
    """Sheets moved."""
    scene.book.sheets.reverse()


def dropped(section: str) -> Recipe:
    """Delete a sheet."""

    def run(scene: Scene) -> Destroyed:
        title = section if section in (COVER, LAST_YEAR, RESULTS, GUIDE) else scene.tab(section)
        scene.book.drop(title)
        return {name for name, place in scene.form.names.items() if place.sheet == title}

    return run


each("工作表", "deleted", dropped, [("t4",), ("t2",), (COVER,), ("problems",), (LAST_YEAR,), (RESULTS,), (GUIDE,)])


@recipe("工作表", "copy behind")
def copied(scene: Scene) -> None:
    """A copy of 表三 stands behind it, the same."""
    scene.book.copy_sheet(scene.tab("t3"), f"{scene.tab('t3')} (2)")


@recipe("工作表", "worked in the copy")
def worked_in_copy(scene: Scene) -> None:
    """A copy in which some numbers are missing."""
    twin = scene.book.copy_sheet(scene.tab("t3"), f"{scene.tab('t3')} (2)")
    for place in list(scene.places("t3").values())[:20]:
        twin.cells[place].value = None


@recipe("工作表", "foreign sheets")
def foreign(scene: Scene) -> None:
    """The county's own sheets stand in front."""
    scene.book.sheets.insert(0, Sheet("台账", {(1, 1): Cell(0, "编号"), (2, 1): Cell(0, 1.0)}))


@recipe("工作表", "copied into another book")
def into_another_book(scene: Scene) -> None:
    """Our sheets among others, in a book that has none of our marks."""
    scene.book.names.clear()
    scene.book.sheets = [
        Sheet("通知", {(1, 1): Cell(0, "关于报送的通知")}), *(s for s in scene.book.sheets if s.title != GUIDE)
    ]  # fmt: skip


@recipe("工作表", "one sheet into another book")
def one_into_another_book(scene: Scene) -> Destroyed:
    """Only 表三 was copied."""
    title = scene.tab("t3")
    scene.book.names.clear()
    scene.book.sheets = [Sheet("Sheet1", {(1, 1): Cell(0, "汇总")}), scene.book.sheet(title)]
    return {name for name, place in scene.form.names.items() if place.sheet != title}


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


# ------------------------------------------------------------------------------------------------------ combinations


def chain(*recipes: Recipe) -> Recipe:
    """Several damages, one after the other."""

    def run(scene: Scene) -> Destroyed | bytes:
        gone = set[str]()
        for one in recipes:
            result = one(scene)
            if isinstance(result, bytes):
                return result
            gone |= result or set()
        return gone

    return run


COMBINED: list[tuple[str, Recipe]] = [
    ("row in, names lost", chain(inserted("t3", "middle", 1, True), names_lost(""))),
    ("column in, names lost", chain(inserted_columns("t3", 5, 1, True), names_lost(""))),
    ("row in, column in", chain(inserted("t3", "middle", 2, True), inserted_columns("t3", 6, 1, True))),
    ("drag, names lost", chain(dragged("t3", (1, 0), 1, True), names_lost(""))),
    ("drag, formats", chain(dragged("t3", (0, 1), 1, True), styled("t3", "plain"))),
    ("renamed, row in",
     chain(inserted("t3", "middle", 1, True), renamed("t3", "表3"))),
    ("renamed, names lost", chain(renamed("t3", "表3"), renamed("t4", "表4"), names_lost(""))),
    ("deleted row, names lost", chain(deleted("t3", "middle", 1), names_lost(""))),
    ("labels, row in", chain(relabelled("t3", "one"), inserted("t3", "end", 1, True))),
    ("half labels, row in", chain(relabelled("t3", "half"), inserted("t3", "middle", 1, True))),
    ("half labels, names lost", chain(relabelled("t3", "half"), names_lost(""))),
    ("shift, formats", chain(styled("t3", "plain"), shifted("t3", 1, 0, True))),
    ("shift, names lost", chain(shifted("t3", 1, 0, False), names_lost(""))),
    ("split, column in", chain(split, inserted_columns("t4", 4, 1, True))),
    ("online, row in", chain(online("names", "styles", "rules"), inserted("t3", "first", 1, True))),
    ("online, drag", chain(dragged("t3", (2, 0), 1, True), online("names", "styles", "rules", "blanks"))),
    ("text numbers, row in", chain(as_text("t3", 1.0), inserted("t3", "middle", 1, False))),
    ("two drags, row in", chain(dragged("t3", (1, 0), 2, True), inserted("t3", "middle", 1, True))),
    ("delete sheet, rename", chain(dropped("t4"), renamed("t3", "三"))),
    ("everything small", chain(styled("t2", "plain"), some_names_lost(3), dragged("t4", (0, 1), 1, True),
                               inserted("overview", "middle", 1, True), renamed("problems", "问题"))),
    ("copy, names lost", chain(copied, names_lost(""))),
    ("errors, row in", chain(errors("#REF!", 2), inserted("t3", "middle", 1, True))),
]  # fmt: skip
RECIPES += [("组合", name, function) for name, function in COMBINED]
