"""A quirk of reports that are laid out by hand: tables that go on behind a page's end, in the words of whoever cut them."""

from __future__ import annotations

from itertools import pairwise

from tests.sources.drawn import Cell, Drawn, _flat, _tables


def continued_by_hand(drawing, chance):
    """表三 in three tables, 续表 between them, heads repeated, the labels of groups that are cut marked （续）; 表二 in two."""
    two, three = (drawing.blocks.index(table) for table in _tables(drawing, "t2", "t3"))
    table, heads = drawing.blocks[three], drawing.filing.form.table("t3").head_lines
    flat = _flat(table)
    cuts = [heads, heads + chance.randint(5, 10), heads + chance.randint(11, 19), len(flat)]
    parts = [
        Drawn("t3", [*table.rows[:heads], *_grouped(flat[begin:end], flat[begin - 1] if number else None)])
        for number, (begin, end) in enumerate(pairwise(cuts))
    ]
    drawing.blocks[three : three + 1] = [parts[0], "续表1", parts[1], "续表2", parts[2]]
    rows = drawing.blocks[two].rows
    at = [n for n, row in enumerate(rows) if row[0].text.startswith("第二十条")][2]
    drawing.blocks[two : two + 1] = [Drawn("t2", rows[:at]), "（接上页）", Drawn("t2", rows[at:])]


def _grouped(flat, above):
    """Return rows of 表三 whose labels span what they stand beside; what goes on from the row above is marked."""
    made = [[] for _ in flat]
    open_cells = {}
    for number, row in enumerate(flat):
        column = 0
        while column < len(row):
            wide = 1
            while column + wide < 3 and row[column + wide] == row[column]:
                wide += 1
            before = open_cells.get(column)
            if column < 2 and before and before[0] == (row[column], wide):
                before[1]["rows"] += 1
            else:
                mark = "（续）" if above and column < 2 and not number and above[column] == row[column] else ""
                cell = {"text": row[column] + mark, "rows": 1, "columns": wide}
                made[number].append(cell)
                open_cells[column] = ((row[column], wide), cell)
            column += wide
    return [[Cell(**cell) for cell in row] for row in made]
