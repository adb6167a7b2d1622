"""What an import says of itself: how many were read, doubtful, kept as typed, not found; the same in JSON and the workbook."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gk_xl.checks.run import check
from gk_xl.cli.main import main
from gk_xl.form.doubt import Doubt
from gk_xl.form.load import edition_ids
from gk_xl.intake import receive
from gk_xl.sources.account import account
from gk_xl.sources.model import NoteKind, note
from gk_xl.sources.open import import_sources
from gk_xl.workbook.doubtful import LEVEL, doubt_levels, open_doubts
from tests.sources.drawn import Drawn, drawing_of, filing_of
from tests.sources.test_published import read_back, relabelled
from tests.sources.writers import tidy_page

NEWEST = edition_ids()[-1]


def typed(drawing, table, column, *texts):
    """Type texts into the last cells of a table's column, from below; the ids of the form are not needed."""
    block = next(b for b in drawing.blocks if isinstance(b, Drawn) and b.table == table)
    for row, text in zip(reversed(block.rows), texts, strict=False):
        row[column] = replace(row[column], text=text)


@pytest.fixture
def imported(tmp_path):
    """A page with two cells of 表三 of which one says “/” and one 五六件左右, as an import and as what the command wrote."""
    drawing = drawing_of(filing_of(NEWEST, 11))
    typed(drawing, "t3", -1, "/", "五六件左右", "/")
    return read_back(tmp_path, drawing)[0]


def test_what_is_no_number_is_kept_counted_and_said(tmp_path, imported, capsys):
    """A state of its own with its reason, one line for cells alike, in the summary; the numbers are counted without them."""
    kept = {cell: value for cell, value in imported.filing.cells.items() if isinstance(value, str)}
    assert sorted(kept.values()) == ["/", "/", "五六件左右"]
    book, page = tmp_path / "工作簿.xlsx", tmp_path / "年报.html"
    assert main(["import", str(page), "-o", str(book)]) == 0
    said = capsys.readouterr().out
    size = len(imported.filing.cells)
    assert f"{size - 3} / {size} 个数，照原样放入、不是数的 3 个。" in said
    assert "【照原样放入】表三 2 格：原文填的是“/”，可能表示没有（0），照原样放入；请填上数字。" in said
    assert said.count("五六件左右") == 1
    assert main(["import", str(page), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"cells": size, "read": size - 3, "doubtful": 0, "kept": 3, "unread": 0}
    assert {cell for cell, found in told["cells"].items() if found["state"] == "kept"} == set(kept)
    assert all(told["cells"][cell]["reason"] and told["cells"][cell]["spot"] for cell in kept)


def test_what_is_kept_is_coloured_until_it_is_changed(tmp_path, imported):
    """Its doubt goes with the workbook, 校验 says it once, and a number ends it."""
    book = tmp_path / "工作簿.xlsx"
    main(["import", str(tmp_path / "年报.html"), "-o", str(book)])
    filing = receive(book).filing
    kept = [cell for cell, value in filing.cells.items() if isinstance(value, str)]
    assert doubt_levels(filing, None) == dict.fromkeys(kept, LEVEL)
    said = [finding for finding in check(filing).findings if set(finding.cells) & set(kept)]
    assert {cell for f in said if "不是数" in f.message for cell in f.cells} == set(kept)
    assert not [finding for finding in said if finding.code == "I-14"]
    assert not open_doubts(filing.with_cells(dict.fromkeys(kept, 0)))


def test_a_filing_of_ours_with_a_text_is_told_alike(tmp_path, imported):
    """A text in a cell of a filing as JSON is in doubt when it is imported, as that of a page."""
    data = tmp_path / "数据.json"
    data.write_text(imported.filing.dumps(), encoding="utf-8")
    book = tmp_path / "b.xlsx"
    main(["import", str(data), "-o", str(book)])
    assert len(open_doubts(receive(book).filing)) == 3


def test_labels_that_line_breaks_cut_are_one_note(tmp_path):
    """However many labels of a table are cut, and on however many rows."""
    drawing = drawing_of(filing_of(NEWEST, 11))
    relabelled(drawing, lambda text: f"{text[:2]}\n{text[2:]}" if len(text) > 4 else text)
    imported, _ = read_back(tmp_path, drawing, tidy_page)
    told = [note.message for note in imported.notes if "换行拆开" in note.message]
    assert len(told) == len({message[:2] for message in told}) == 3
    assert "个标签被换行拆开，已接上。" in told[1]


def test_one_cause_is_told_in_one_line(tmp_path):
    """Many numbers on two lines, many pieces left out for one reason: a line each, which quotes the first; JSON has all."""
    found = import_sources([_page(tmp_path)])
    cells = [cell for cell in found.filing.form.cells if cell.startswith("t3.")][:5]
    reasons = {cell: f"分在两行，连起来读作“{number}”。" for number, cell in enumerate(cells, 11)}
    notes = [note(NoteKind.UNPLACED, [line], "", f"“第{line}行”没有放入：不是表格。") for line in (7, 8, 9, 12)]
    few, many = (_lines(found, dict(list(reasons.items())[:size]), notes[:size]) for size in (3, 5))
    assert [line.count("“11”") for line in few if "分在两行" in line] == [1, 0, 0]
    assert sum("没有放入" in line for line in few) == 3
    assert [line for line in many if "分在两行" in line] == [
        "【存疑】表三 5 格：分在两行，连起来读作“11”“12”“13”……。（工作簿里已用蓝色标出）"
    ]
    assert [line for line in many if "没有放入" in line] == [
        "第7行至第12行，共 4 处：“第7行”“第8行”“第9行”……没有放入：不是表格。"
    ]


def test_a_place_is_told_once(tmp_path):
    """“表三：表三：…” says nothing twice, and a text of several lines stays in one."""
    found = import_sources([_page(tmp_path)])
    said = _lines(found, {}, [note(NoteKind.UNPLACED, [3], "表三", "表三：“1\n2”没有放入，没有这样的标签。")])
    assert said == ["第3行，表三：“1 2”没有放入，没有这样的标签。"]


def _page(tmp_path):
    page = tmp_path / "年报.html"
    page.write_text(tidy_page(drawing_of(filing_of(NEWEST, 3)), None)[0], encoding="utf-8")
    return page


def _lines(imported, doubts, notes):
    """Return the account of an import as if it had these doubts and notes."""
    doubted = {cell: Doubt(imported.filing.value(cell), reason) for cell, reason in doubts.items()}
    filing = replace(imported.filing, doubts=doubted)
    return list(account(replace(imported, filing=filing, doubts=doubts, notes=tuple(notes))).lines())


def test_numbers_written_alike_are_told_in_one_line(tmp_path, capsys):
    """Full-width digits all through a table are one line with how many and which; what is written otherwise is another."""
    drawing = drawing_of(filing_of(NEWEST, 11))
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    block = next(b for b in drawing.blocks if isinstance(b, Drawn) and b.table == "t3")
    changed = 0
    for row in block.rows:
        for at, cell in enumerate(row):
            if cell.text.isdecimal():
                row[at], changed = replace(cell, text=cell.text.translate(wide)), changed + 1
    block.rows[-1][-1] = replace(block.rows[-1][-1], text=f"{block.rows[-1][-1].text}件")
    imported = read_back(tmp_path, drawing)[0]
    lines = [line for line in account(imported).lines() if "读作" in line and "全角" in line]
    assert len(lines) <= 2
    assert lines[0].startswith("表三 ")
    assert f"{changed - 1} 格" in lines[0]
    assert "（全角数字）" in lines[0]
