"""Recipes that damage formats, names, rows and columns of the form."""

from __future__ import annotations

from gk_xl.workbook.layout import COVER, LAST_YEAR, RESULTS
from tests.workbook.damage.book import Cell
from tests.workbook.damage.recipe import Destroyed, Recipe, Scene, each, recipe

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
