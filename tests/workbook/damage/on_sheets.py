"""Recipes that drag cells, and those that rename, drop, copy and exchange sheets."""

from __future__ import annotations

from gk_xl.workbook.layout import COVER, GUIDE, LAST_YEAR, RESULTS
from tests.workbook.damage.book import Cell, Sheet
from tests.workbook.damage.recipe import Destroyed, Recipe, Scene, each, recipe

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
