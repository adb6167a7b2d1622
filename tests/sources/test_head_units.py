"""Units that heads and labels name: the number under one means so many of that unit, wherever and however it is written."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from gk_xl.form.load import edition_ids, load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.sources.model import NoteKind
from gk_xl.sources.open import import_sources
from gk_xl.sources.text import import_text
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.test_layouts import LAYOUTS, one_a_line, report
from tests.sources.test_listed import line_by_line, on_one_line, told
from tests.sources.writers import TEXTS, WRITERS

EDITIONS = [load_edition(name) for name in edition_ids()]
IN_YUAN = {"元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
SPELLED = [
    "{}（{}）", "{}({})", "{}（单位：{}）", "{}（金额单位：{}）", "{}（人民币{}）", "{}（单位：{}，保留两位小数）", "{}：{}", "{}/{}", "{}，单位：{}", "{}\n（{}）", "{}（\n{}）",
]  # fmt: skip


def amount_of(edition):
    """Return the cell of money of an edition, its head without a unit, and its row's label."""
    (cell,) = (cell for cell in edition.cells.values() if cell.kind is ValueKind.AMOUNT)
    return cell, cell.column_label, cell.column_label.partition("（")[0]


def in_yuan(filing, cell):
    """Return how much money a cell of a filing says."""
    unit = filing.units.get(cell.id) or cell.unit
    return Decimal(str(filing.cells[cell.id])) * IN_YUAN[unit]


def with_head(text, own, head):
    """Return a report with another head for one of its own, in whichever width its brackets are."""
    printed = own if own in text else own.translate(str.maketrans("（：）", "(:)"))
    assert printed in text
    return text.replace(printed, head)


def texts_with(edition, layout, head, value="12.5"):
    cell, own, _ = amount_of(edition)
    cells = dict.fromkeys(edition.cells, "3") | {cell.id: value}
    text = report(edition, edition.first_year, layout, cells)
    return import_text(with_head(text, own, head), "样本")


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_ids())
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_unit_of_a_head_is_the_unit_of_its_number(edition, layout):
    """However the unit is written; a break inside the head only where each line is a cell."""
    cell, _, stem = amount_of(edition)
    first = LAYOUTS.index(layout) % 3
    for number, spelled in list(enumerate(SPELLED))[first::3]:
        unit = [*IN_YUAN][number % len(IN_YUAN)]
        head = spelled.format(stem, unit)
        imported = texts_with(edition, layout, head.replace("\n", "" if layout is not one_a_line else "\n"))
        assert in_yuan(imported.filing, cell) == Decimal("12.5") * IN_YUAN[unit], head
        assert not imported.doubts
        assert not imported.notes_of(NoteKind.UNPLACED)
        assert not [note for note in imported.notes_of(NoteKind.MISSING) if "单位" in note.message]


@pytest.mark.parametrize("edition", edition_ids())
@pytest.mark.parametrize("writer", [*WRITERS, *TEXTS], ids=lambda writer: writer.__name__)
def test_in_every_kind_of_file(tmp_path, edition, writer):
    """The head names 元, the label of the row nothing; what counts pieces may name them."""
    drawing = drawing_of(filing_of(edition, 12))
    cell, own, stem = amount_of(drawing.filing.form)
    swap = {own: f"{stem}（元）", "规章": "规章（件）", "总计": "总计（件）", "行政许可": "行政许可（单位：项）"}
    for block in drawing.blocks:
        if isinstance(block, Drawn):
            block.rows = [[type(c)(swap.get(c.text, c.text), c.rows, c.columns) for c in row] for row in block.rows]
    content, suffix = writer(drawing, Random(1))
    path = tmp_path / f"年报{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    imported = import_sources([path])
    own_cells = dict(drawing.filing.cells)
    assert in_yuan(imported.filing, cell) == Decimal(str(own_cells.pop(cell.id)))
    assert {name: imported.filing.cells[name] for name in own_cells} == own_cells
    assert not imported.doubts


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_ids())
def test_the_label_of_the_row_may_name_the_unit(edition):
    """The head then names none; where both name one, and not the same, the cell is doubtful."""
    cell, own, stem = amount_of(edition)
    cells = dict.fromkeys(edition.cells, "3") | {cell.id: "12.5"}
    for layout in LAYOUTS:
        text = report(edition, edition.first_year, layout, cells)
        for head, doubtful in ((stem, False), (f"{stem}（万元）", True)):
            said = with_head(text, own, head).replace(cell.row_label, f"{cell.row_label}（元）")
            imported = import_text(said, "样本")
            assert (cell.id in imported.doubts) is doubtful, layout
            assert doubtful or in_yuan(imported.filing, cell) == Decimal("12.5")


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_ids())
def test_a_head_that_is_nearly_the_form_s_may_name_its_unit(edition):
    """采购总额（元）, 收费金额（元）: what was changed of the label does not hide what its number means."""
    cell, _, stem = amount_of(edition)
    for other in (stem.replace("总金", "总"), stem.removeprefix("本年")):
        for layout in LAYOUTS:
            imported = texts_with(edition, layout, f"{other}（元）")
            assert in_yuan(imported.filing, cell) == Decimal("12.5"), (layout, other)


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_ids())
def test_two_units_are_asked_about(edition):
    """One head with two units, a number with another unit than its head, are no silent reading."""
    cell, _, stem = amount_of(edition)
    for layout in LAYOUTS:
        for head, value in (
            (f"{stem}（元/万元）", "12.5"),
            (f"{stem}（元）", "12.5万元"),
            (f"{stem}（千元）", "12.5元"),
        ):
            imported = texts_with(edition, layout, head, value)
            assert cell.id in imported.doubts, (layout, head)
        assert cell.id not in texts_with(edition, layout, f"{stem}（元）", "12.5元").doubts


@pytest.mark.parametrize("edition", EDITIONS, ids=edition_ids())
def test_a_unit_between_the_heads_and_the_numbers(edition):
    """A cell of its own below the head, or behind it on the same line, is no column."""
    cell, own, stem = amount_of(edition)
    cells = dict.fromkeys(edition.cells, "3") | {cell.id: "12.5"}
    text = report(edition, edition.first_year, one_a_line, cells)
    for unit in ("（元）", "单位：元", "（单位：元）"):
        imported = import_text(text.replace(own, f"{stem}\n{unit}"), "样本")
        assert in_yuan(imported.filing, cell) == Decimal("12.5"), unit
        assert not imported.notes_of(NoteKind.UNPLACED)


@pytest.mark.parametrize("way", [on_one_line, line_by_line])
@pytest.mark.parametrize("edition", edition_ids())
def test_units_in_lists(edition, way):
    """A list names the head before its number, with its unit."""
    drawing = told(edition, way, 12)
    assert drawing.filing.cells[amount_of(drawing.filing.form)[0].id]
    cell, own, stem = amount_of(drawing.filing.form)
    text = "\n".join(drawing.blocks)
    for unit in ("元", "万元"):
        imported = import_text(text.replace(own, f"{stem}（{unit}）"), "样本")
        expected = Decimal(str(drawing.filing.cells[cell.id])) * IN_YUAN[unit]
        assert in_yuan(imported.filing, cell) == expected
