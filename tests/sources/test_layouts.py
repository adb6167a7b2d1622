"""Every way in which published copies print the tables gives back the same numbers."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from gk_xl.form.load import edition_for, edition_ids, load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.sources.model import NoteKind
from gk_xl.sources.text import import_text


def lines_of(table, cells):
    """Yield the printed lines of a table as lists of (text, own, columns); own: not covered from above."""
    for line in range(table.lines):
        across = sorted((i for i in table.grid if i.line <= line < i.line + i.lines), key=lambda i: i.column)
        yield [(cells.get(i.cell, "") if i.cell else i.text, i.line == line, i.columns) for i in across]


def tab_led(table, cells):
    """One cell a line behind a tab; a covered cell is a tab alone; an empty line behind each row."""
    return [
        text for line in lines_of(table, cells) for text in [*("\t" + t if own else "\t" for t, own, _ in line), ""]
    ]


def one_a_line(table, cells):
    """One cell a line."""
    return [text for line in lines_of(table, cells) for text, own, _ in line if own]


def far_apart(table, cells):
    """One cell a line, an empty line behind each."""
    return [piece for text in one_a_line(table, cells) for piece in (text, "")]


def tabs_full(table, cells):
    """Print a row a line, tabs, every grid column present."""
    return [
        "\t".join(p for t, own, n in line for p in [t if own else "", *[""] * (n - 1)])
        for line in lines_of(table, cells)
    ]


def tabs_short(table, cells):
    """Print a row a line, tabs, covered cells left out."""
    return ["\t".join(t for t, own, _ in line if own) for line in lines_of(table, cells)]


def markdown(table, cells):
    """Print a Markdown table of full width, covered and merged cells empty."""
    rows = [
        "| " + " | ".join(p for t, own, n in line for p in [t if own else "", *[""] * (n - 1)]) + " |"
        for line in lines_of(table, cells)
    ]
    return [rows[0], "|" + " --- |" * table.width, *rows[1:]]


def markdown_repeated(table, cells):
    """Print a Markdown table of full width, the text of a merged cell repeated in each of its cells."""
    rows = ["| " + " | ".join(t for t, _, n in line for _ in range(n)) + " |" for line in lines_of(table, cells)]
    return [rows[0], "|" + ":---:|" * table.width, *rows[1:]]


def bars_behind(table, cells):
    """Print a row a line, bars behind the cells only, a bar for each merged column."""
    return ["".join(f"{t} |" + "|" * (n - 1) for t, own, n in line if own) for line in lines_of(table, cells)]


def bar_behind_each(table, cells):
    """One cell a line with a bar behind, more bars behind merged cells."""
    return [f"{t} |" + "|" * (n - 1) for line in lines_of(table, cells) for t, own, n in line if own]


def bars_between(table, cells):
    """One cell a line, a line with a bar between the cells of a row."""
    rows = [[t for t, own, _ in line if own] for line in lines_of(table, cells)]
    return [piece for row in rows for text in row for piece in (text, "|")]


def bars_before(table, cells):
    """Print a bar alone before each row, the cells follow with a bar behind."""
    return [piece for line in lines_of(table, cells) for piece in ["| ", *(f" {t}  | " for t, own, _ in line if own)]]


def page_text(table, cells):
    """Print a row a line, spaces between the cells, as text copied from a page."""
    return [" ".join(t for t, own, _ in line if own) for line in lines_of(table, cells)]


def padded(table, cells):
    """One cell a line, each number between wide and no-break spaces, brackets and commas half-width."""
    half = str.maketrans("（），：", "(),:")
    return [f"\u3000{text}\u00a0" if text[:1].isdigit() else text.translate(half) for text in one_a_line(table, cells)]


LAYOUTS = [
    tab_led, one_a_line, far_apart, tabs_full, tabs_short, markdown, markdown_repeated, bars_behind, bar_behind_each,
    bars_between, bars_before, page_text, padded,
]  # fmt: skip
WITH_BLANKS = [tab_led, tabs_full, markdown, markdown_repeated]


def report(edition, year, layout, cells):
    """Return a whole report with its tables printed in one layout."""
    parts = [f"样板乡{year}年政府信息公开工作年度报告", ""]
    for section in edition.sections:
        parts.append(section.heading)
        parts += layout(edition.table(section.table), cells) if section.table else ["本部分写一句话。"]
    return "\n".join([*parts, "样板乡人民政府", f"{year + 1}年1月10日"])


def number(kind, chance):
    """Return some number that a cell of this kind may hold."""
    if kind is ValueKind.AMOUNT:
        return round(chance.uniform(0, 10**6), chance.choice([1, 4])) + 0.5
    low = -500 if kind is ValueKind.SIGNED else 0
    return chance.choice([0, 0, chance.randint(low, 9), chance.randint(low, 999), chance.randint(0, 10**7)])


def fillings(seed):
    """Yield a filling of every edition: the edition, a number for each of its cells, and more chance."""
    for name in edition_ids():
        edition, chance = load_edition(name), random.Random(f"{name} {seed}")
        yield edition, {cell_id: number(cell.kind, chance) for cell_id, cell in edition.cells.items()}, chance


def row_of(edition, cell_id):
    """Return what is printed in one row with a cell: in table 四 everything."""
    cell = edition.cell(cell_id)
    return cell.table, "" if cell.table == "t4" else cell.row


@pytest.mark.variants(5)
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_every_number_back(layout, seed):
    """All cells of both editions come back, nothing is left over, and nothing is said to be missing."""
    for edition, cells, _ in fillings(seed):
        text = report(edition, edition.first_year, layout, {name: f"{value}" for name, value in cells.items()})
        imported = import_text(text, "样本")
        assert imported.filing.edition == edition.id
        assert imported.filing.cells == cells
        assert imported.notes_of(NoteKind.UNPLACED) == ()
        unit_open = [cell.label for cell in edition.cells.values() if cell.unit == "元或万元" and cells[cell.id]]
        assert len(imported.notes_of(NoteKind.MISSING)) == len(unit_open)
        source = text.split("\n")
        assert all(f"{cells[name]}" in source[number - 1] for name, number in imported.placed.items())


@pytest.mark.variants(5)
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("layout", WITH_BLANKS)
def test_blank_cells_stay_blank_and_in_their_place(layout, seed):
    """Where the layout keeps empty cells, a blank never shifts its neighbours and never becomes 0."""
    for edition, cells, chance in fillings(seed):
        gone = set(chance.sample(sorted(cells), chance.choice([1, 5, 60])))
        typed = {name: "" if name in gone else f"{value}" for name, value in cells.items()}
        imported = import_text(report(edition, edition.first_year, layout, typed), "样本")
        assert imported.filing.cells == {name: None if name in gone else value for name, value in cells.items()}
        assert imported.notes_of(NoteKind.UNPLACED) == ()
        said = "".join(note.message for note in imported.notes_of(NoteKind.MISSING))
        for name in gone:
            cell = edition.cell(name)
            assert f"“{cell.column_label}”" in said or f"“{cell.row_label}”的整行" in said or cell.table == "t4"


@pytest.mark.variants(5)
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("layout", [one_a_line, far_apart, page_text, bars_between])
def test_numbers_are_never_put_into_the_wrong_cell(layout, seed):
    """Where a layout loses empty cells, a row with too few numbers is left out and quoted, never guessed."""
    for edition, cells, chance in fillings(seed):
        gone = set(chance.sample(sorted(cells), chance.choice([1, 5, 20])))
        typed = {name: "" if name in gone else f"{value}" for name, value in cells.items()}
        text = report(edition, edition.first_year, layout, typed)
        imported = import_text("\n".join(line for line in text.split("\n") if line.strip()), "样本")
        rows = {row_of(edition, name) for name in gone}
        expected = {name: None if row_of(edition, name) in rows else value for name, value in cells.items()}
        assert imported.filing.cells == expected
        quoted = " ".join(note.found for note in imported.notes_of(NoteKind.UNPLACED)).split()
        assert sorted(quoted) == sorted(typed[n] for n in cells if row_of(edition, n) in rows and typed[n])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_edition_is_that_of_the_heads_never_of_the_year(layout):
    """Tables printed as another edition than the year's are read as what they are, and that is said."""
    ids = edition_ids()
    for own, other in ((ids[0], ids[-1]), (ids[-1], ids[0])):
        edition, printed = load_edition(own), load_edition(other)
        cells = {name: number for number, name in enumerate(printed.cells, 301)}
        text = report(printed, edition.first_year, layout, {name: f"{value}" for name, value in cells.items()})
        imported = import_text(text, "样本")
        assert (imported.filing.edition, imported.filing.year) == (other, edition.first_year)
        assert edition_for(edition.first_year).id == own
        assert any(note.found == own and note.read == other for note in imported.notes_of(NoteKind.READ))
        assert imported.filing.cells == cells
        assert not imported.doubts


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_another_edition_is_read_as_what_it_is(layout):
    """表三 of one edition in a report of the other: one row in place of a group stands for it, three are added up and asked about.

    Where the two count other applicants, what can be placed is, the rest is left open; nothing is wrong in silence.
    """
    for own, other in [pair for two in pairwise(edition_ids()) for pair in (two, two[::-1])]:
        edition, printed = load_edition(own), load_edition(other)
        cells = {name: f"{number}" for number, name in enumerate({**printed.cells, **edition.cells}, 301)}
        text = report(edition, edition.first_year, layout, cells)
        tables = ["\n".join(layout(form.table("t3"), cells)) for form in (edition, printed)]
        assert text.count(tables[0]) == 1
        imported = import_text(text.replace(*tables), "样本")
        held = imported.filing.cells
        if edition.table("t3").columns != printed.table("t3").columns:
            wrong = [name for name, number in held.items() if number not in (None, int(cells[name]))]
            assert set(wrong) <= set(imported.doubts), wrong
            continue
        assert imported.filing.edition == own
        same = [
            name for name, cell in edition.cells.items()
            if not name.startswith("t3.") or getattr(printed.cells.get(name), "row_label", "") == cell.row_label
        ]  # fmt: skip
        assert {name: held[name] for name in same} == {name: int(cells[name]) for name in same}
        for column in edition.table("t3").columns:
            found, theirs = (
                [c.id for c in form.table("t3").cells if c.id.startswith("t3.otherwise") and c.column == column]
                for form in (edition, printed)
            )
            assert sum(held[cell] for cell in found) == sum(int(cells[cell]) for cell in theirs)
            assert found == theirs or set(found) <= imported.doubts.keys()


def without_column(table, column):
    """Return a table as a form prints it that does not count one sort of applicants."""
    at = next(item.column for item in table.grid if item.cell and item.cell.endswith(f".{column}"))
    left = [item for item in table.grid if (item.column, item.columns) != (at, 1)]
    narrower = [
        item._replace(column=item.column - (item.column > at), columns=item.columns - (item.column <= at < item.column + item.columns))
        for item in left
    ]  # fmt: skip
    return replace(table, grid=tuple(narrower), widths_mm=table.widths_mm[:-1])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("column", ["research", "other"])
def test_a_table_with_fewer_columns_is_never_read_in_silence(layout, column):
    """Its numbers are left open, or stand under their own heads; the blank cells of labels make up for no column."""
    edition = load_edition(edition_ids()[-1])
    cells = {name: f"{number}" for number, name in enumerate(edition.cells, 301)}
    text = report(edition, edition.first_year, layout, cells)
    whole, part = (
        "\n".join(layout(table, cells)) for table in (edition.table("t3"), without_column(edition.table("t3"), column))
    )
    assert text.count(whole) == 1
    imported = import_text(text.replace(whole, part), "样本")
    wrong = [name for name, number in imported.filing.cells.items() if number not in (None, int(cells[name]))]
    assert set(wrong) <= set(imported.doubts), wrong


@pytest.mark.parametrize("row", ["licence", "penalty", "compulsion", "admin_fee"])
def test_a_merged_cell_with_two_values_is_never_read_in_silence(row):
    """Where each part of a merged cell holds another number, the cell is doubtful or left open, the others are quoted."""
    edition = load_edition("2021")
    (cell,) = (cell for cell in edition.cells.values() if cell.id.startswith(f"t2.{row}."))
    text = report(
        edition, 2025, markdown_repeated, {name: f"{number}" for number, name in enumerate(edition.cells, 301)}
    )
    line = next(line for line in text.split("\n") if line.startswith(f"| {cell.row_label} |"))
    value = line.split("|")[2].strip()
    imported = import_text(text.replace(line, line.replace(value, "77", 1)), "样本")
    assert imported.filing.cells[cell.id] is None or "不同" in imported.doubts[cell.id]
    assert any(value in note.found for note in imported.notes_of(NoteKind.UNPLACED))
    assert not import_text(text, "样本").doubts
