"""A county of sixty, as its clerk runs it: all that was planted is named, nothing else is; again after mending half."""

from __future__ import annotations

import random
import re

import docx
import pytest
from openpyxl import load_workbook

from gk_xl.cli.main import main
from gk_xl.desk.book.paper import ALIKE, CHAINS, LEADER, ROUNDS, UNITS
from tests.desk.county import COUNTY, before, make_county, sound, stamp, units

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("县")
    return folder, make_county(folder, ("json", "json", "docx", "html"))


@pytest.fixture(scope="module")
def run(county):
    """Return what the command says, and what it wrote, before and after half of the faulty units mended theirs."""
    folder, plants = county
    given = [str(folder / "报送"), "--roster", str(folder / "名单.csv"), "--last-year", str(folder / "上年")]
    slips = [
        "--issuer",
        f"{COUNTY}人民政府办公室",
        "--date",
        "2026-01-21",
        "--deadline",
        "2026-01-26",
        "--contact",
        "李四 0000-1234567",
    ]
    for action, where in (("check", "汇总.xlsx"), ("slips", "退回单")):
        main(["desk", action, *given, "-o", str(folder / where), *slips])
    first = load_workbook(folder / "汇总.xlsx", data_only=True)
    mended = list(plants.faulty)[:5]
    for name in mended:
        dice = random.Random(name)
        unit = next(unit for unit in units() if unit.name == name)
        plants.files[name].unlink()
        path = plants.files[name].with_suffix(".json")
        filing = sound(unit, dice)
        assert before(filing, dice) == plants.before[name]
        path.write_text(filing.dumps(), encoding="utf-8")
        stamp(path, 22)
    for action, where in (("slips", "退回单"), ("check", "汇总.xlsx")):
        main(["desk", action, *given, "-o", str(folder / where), *slips])
    return folder, plants, first, load_workbook(folder / "汇总.xlsx", data_only=True), mended


def rows(sheet) -> list[tuple]:
    return list(sheet.iter_rows(values_only=True))


def test_all_plants_are_named_and_nothing_else_is(run):
    _, plants, book, *_ = run
    listed = {row[1]: row for row in rows(book[UNITS])[3:] if row[4] != "重复"}
    copies = {name for pair in plants.copies for name in pair}
    failing = {name for name, fault in plants.faulty.items() if fault != "引用旧文号"} | set(plants.old_form)
    status = {name: row[4] for name, row in listed.items()}
    assert {name for name, said in status.items() if said == "未交"} == set(plants.missing)
    assert {name for name, said in status.items() if said == "未通过"} == failing
    asked = {name for name, said in status.items() if said == "请确认"}
    assert asked == (copies | {name for name, fault in plants.faulty.items() if fault == "引用旧文号"}) - failing
    assert {row[1] for row in rows(book[UNITS])[3:] if row[4] == "重复"} == set(plants.double)
    assert set(plants.roster) - set(plants.missing) - failing - asked == {
        name for name, said in status.items() if said == "通过"
    }
    assert [row[1] for row in rows(book[UNITS])[3:] if row[4] != "重复"][:60] == plants.roster  # the county's own order


def test_copies_chains_and_the_broken_sum_are_told(run):
    _, plants, book, *_ = run
    matrix = [row for row in rows(book[ALIKE])[4:] if row[0]]
    pairs = {
        frozenset((row[0], rows(book[ALIKE])[3][at]))
        for row in matrix
        for at, cell in enumerate(row)
        if at and cell and "句" in str(cell)
    }
    assert pairs == {frozenset(pair) for pair in plants.copies}
    broken = [row[0] for row in rows(book[CHAINS])[3:] if row[3]]
    assert broken == [name for name, fault in plants.faulty.items() if fault == "上年结转接不上"]
    said = " ".join(str(row[0]) for row in rows(book["县级核对"])[:6])
    assert f"县表没有加上“{plants.left_out_of_total}”" in said
    first = " ".join(str(row[0]) for row in rows(book[LEADER]))
    for name in (*plants.missing, *plants.double, *plants.old_form):
        assert name in first


def test_the_second_round_says_what_is_mended(run):
    folder, plants, _, book, mended = run
    progress = {row[0]: row[3:6] for row in rows(book[ROUNDS])[2:]}
    for name in mended:
        assert progress[name][0] > 0
        assert tuple(progress[name][1:]) == (0, 0), name
        assert not (folder / "退回单" / f"{name}_退回单.docx").exists()
    assert set(progress) == set(mended)  # the others have not answered: their round goes on
    rest = next(name for name in plants.faulty if name not in mended)
    assert (folder / "退回单" / f"{rest}_退回单.docx").exists()
    text = "\n".join(paragraph.text for paragraph in docx.Document(folder / "退回单" / "通报（草稿）.docx").paragraphs)
    assert re.search("上次发出通知单 .*全部改好 5 份", text)
    assert "应报送 60 个单位，截至目前已报送 57 个" in text


def test_the_page_holds_all_and_needs_nothing_else(run):
    folder, plants, *_ = run
    page = (folder / "汇总.html").read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert page.count("<svg") == 4
    for name in (*plants.missing, *plants.double, *plants.old_form):
        assert name in page
