"""Workbook → filing: what was written comes back, values only, without formula caches."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from gk_xl.checks.run import check
from gk_xl.errors import NotATemplate
from gk_xl.form.filing import MONEY_UNITS, Filing, Signature, Unit
from gk_xl.form.load import NARRATIVE, edition_ids, load_edition
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import CAPACITY, layout
from gk_xl.workbook.read import read_workbook
from tests.conftest import examples

LINE = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30)
VALUES = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**9),
    st.floats(-1e6, 1e6).map(lambda x: round(x, 6)).filter(lambda x: x != int(x)),
    LINE,
    st.just("=1+1"),
)


@st.composite
def filings(draw):
    """Any filing that a workbook can hold."""
    edition = load_edition(draw(st.sampled_from(edition_ids())))
    some = draw(st.dictionaries(st.sampled_from(sorted(edition.cells)), VALUES, max_size=20))
    narrative = {part: tuple(draw(st.lists(LINE, max_size=3))) for part in NARRATIVE}
    kind = draw(st.sampled_from([*unit_kinds()]))
    unit = Unit(draw(LINE), kind, draw(LINE), draw(LINE))
    date = draw(st.dates(dt.date(2000, 1, 1)).map(lambda day: day.isoformat()) | st.just(""))
    units = (
        {"t2.procurement.amount": draw(st.sampled_from(MONEY_UNITS))}
        if "t2.procurement.amount" in edition.cells
        else {}
    )
    return Filing(
        edition.id, edition.first_year, unit, {**dict.fromkeys(edition.cells), **some}, narrative,
        Signature(draw(LINE), date), {}, units, draw(st.just("") | st.just("2026-02-20")), draw(LINE),
    )  # fmt: skip


@given(filings())
@examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_written_comes_back(tmp_path, filing):
    """read(build(filing)) is the filing, and its integrity is whole."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(build_workbook(filing))
    reading = read_workbook(path)
    assert reading.filing == filing
    assert reading.findings == ()
    assert read_workbook(path, integrity=False).filing == filing


def test_a_slip_in_the_year_of_a_date_stays_a_date(tmp_path):
    """2205-02-01 typed for 2025-02-01 is told as that date, not as the number of its day."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(build_workbook(replace(Filing.blank(2024), signed=Signature("示例乡人民政府", "2205-02-01"))))
    assert read_workbook(path).filing.signed.date == "2205-02-01"


def test_marked_copies_read_back_with_their_reasons(tmp_path):
    """The reasons written beside warnings in 校验结果 are the filing's waivers, and survive another marking."""
    edition = load_edition("2021")
    cells = {**dict.fromkeys(edition.cells, 0), "t4.suit_direct.total": 1, "t4.suit_direct.upheld": 1}
    filing = Filing(
        "2021", 2025, Unit("示例乡人民政府", "township", "我乡", "示例县"), cells, waivers={"T4-06": "复核过"}
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(build_workbook(filing, None, check(filing), "2026-01-05 10:00"))
    reading = read_workbook(path)
    assert reading.filing.waivers == {"T4-06": "复核过"}
    assert reading.findings == ()
    assert reading.checked_at == "2026-01-05 10:00"


def test_a_reason_outlives_its_warning(tmp_path):
    """A reason whose warning has gone stays in the workbook, and is offered again when the warning returns."""
    filing = Filing.blank(2025).with_cells(dict.fromkeys(load_edition("2021").cells, 0))
    filing = Filing(**{**filing.__dict__, "waivers": {"T2-10": "往年核实过"}})
    path = tmp_path / "a.xlsx"
    path.write_bytes(build_workbook(filing, None, check(filing), "2026-01-05 10:00"))
    assert read_workbook(path).filing.waivers == {"T2-10": "往年核实过"}


def test_last_years_reason_is_offered_again():
    """A warning that was answered last year shows that answer; it counts only once the clerk writes it down again."""
    from gk_xl.workbook.build import content_for
    from gk_xl.workbook.sheets.results import result_lines

    cells = {**dict.fromkeys(load_edition("2021").cells, 0), "t4.suit_direct.total": 1, "t4.suit_direct.upheld": 1}
    this = Filing("2021", 2025, Unit("示例乡人民政府", "township", "我乡", "示例县"), cells)
    last = Filing("2021", 2024, this.unit, cells, waivers={"T4-06": "案件依法可以直接起诉"})
    result = check(this, last)
    (line,) = [line for line in result_lines(content_for(this, last, result)) if line.values[2] == "T4-06"]
    assert "案件依法可以直接起诉" in line.values[5]
    assert line.values[6] is None
    assert not [finding for finding in result.findings if finding.waived]


def test_more_paragraphs_than_rows_are_kept(tmp_path):
    """What does not fit goes into the last row, line by line, and is read back paragraph by paragraph."""
    many = tuple(f"第{n}段。" for n in range(CAPACITY["other_matters"] + 7))
    filing = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡"))
    filing = Filing(**{**filing.__dict__, "narrative": {**filing.narrative, "other_matters": many}})
    path = tmp_path / "a.xlsx"
    path.write_bytes(build_workbook(filing))
    assert read_workbook(path).filing.paragraphs("other_matters") == many


def test_last_year_is_read_from_its_sheet(tmp_path):
    """上年数据 holds last year's numbers in last year's edition; blank, there is no last year."""
    last = Filing.blank(2020).with_cells({"t3.carried_out.total": 3, "t2.normative_doc.disclosed_total": 7})
    this = Filing.blank(2021, Unit("示例乡人民政府", "township", "我乡"))
    path = tmp_path / "a.xlsx"
    path.write_bytes(build_workbook(this, last))
    reading = read_workbook(path)
    assert reading.last.edition == "2019"
    assert reading.last.number("t3.carried_out.total") == 3
    assert reading.last.number("t2.normative_doc.disclosed_total") == 7
    path.write_bytes(build_workbook(this))
    assert read_workbook(path).last is None


def test_last_years_words_are_read_from_its_sheet(tmp_path):
    """Paragraphs with their fields filled in, a line each, and reasons by code; too much of it is cut, never refused."""
    this = Filing.blank(2025)
    text = {"overview": ("（一）主动公开", "收到{新收申请}件。"), "problems": ("长" * 40_000,)}
    last = replace(
        Filing.blank(2024).with_cells({"t3.received_new.total": 3}), narrative=text, waivers={"T2-10": "有授权"}
    )
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(this, last))
    read = read_workbook(path).last
    assert read.paragraphs("overview") == ("（一）主动公开", "收到3件。")
    assert [len(paragraph) for paragraph in read.paragraphs("problems")] == [32_000]
    assert read.waivers == {"T2-10": "有授权"}


def edited(tmp_path, change):
    """Return the reading of a blank workbook after a change made with openpyxl, which drops all cached values."""
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(Filing.blank(2025))))
    change(book)
    path = tmp_path / "edited.xlsx"
    book.save(path)
    return read_workbook(path)


T3 = load_edition("2021").section("t3").tab


def test_a_file_never_opened_in_a_spreadsheet_works(tmp_path):
    """Without formula caches every input is still read."""
    reading = edited(tmp_path, lambda book: book[T3].__setitem__("D6", 12))
    assert reading.filing.number("t3.received_new.natural_person") == 12


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        (12.0, 12),
        ("１２", "１２"),
        ("  ", None),
        (True, "TRUE"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        ("\u3000 0", "\u3000 0"),
    ],
)
def test_values_as_typed(tmp_path, typed, held):
    """Numbers as numbers, texts as texts, only white space as blank, dates and logical values as texts."""
    reading = edited(tmp_path, lambda book: book[T3].__setitem__("D6", typed))
    value = reading.filing.value("t3.received_new.natural_person")
    assert (value, type(value)) == (held, type(held))


def test_a_formula_in_an_input_cell_is_a_finding(tmp_path):
    """The formula is named with its cell, and the cell counts as not filled with a number."""
    reading = edited(tmp_path, lambda book: book[T3].__setitem__("D6", "=A1+0"))
    assert reading.filing.value("t3.received_new.natural_person") == "=A1+0"
    (finding,) = [finding for finding in reading.findings if finding.code == "E-03"]
    assert finding.cells == ("t3.received_new.natural_person",)
    assert reading.where(finding).address == "D6"


def test_pasted_text_with_line_breaks_becomes_paragraphs(tmp_path):
    """One cell with three lines is three paragraphs, each found at the same row."""
    place = layout("2021").names["narrative.overview.1"]
    reading = edited(tmp_path, lambda book: book[place.sheet].__setitem__(place.address, "一段\n\n二段\r\n三段"))
    assert reading.filing.paragraphs("overview") == ("一段", "二段", "三段")
    assert reading.rows["narrative.overview.3"] == "narrative.overview.1"


def test_another_workbook_is_refused(tmp_path):
    """A readable workbook that is not ours is named as such."""
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(NotATemplate, match="不是用本模板"):
        read_workbook(path)
