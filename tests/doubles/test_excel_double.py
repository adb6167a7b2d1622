"""The double is strict, and says nothing that the published typings do not."""

from __future__ import annotations

import datetime as dt
import inspect
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest

from gk_xl.form.filing import Filing
from gk_xl.workbook.build import build_workbook
from tests.conftest import ROOT
from tests.doubles.excel import application, area, conditions, model, parts
from tests.doubles.excel.com import ComError
from tests.doubles.excel.excel import Excel
from tests.doubles.excel.grid import Cell
from tests.doubles.excel.typed import ErrorValue, entered
from tests.doubles.excel.typings import derive, members

PLAYED = [
    kind for module in (application, model, area, parts, conditions) for kind in vars(module).values()
    if isinstance(kind, type) and getattr(kind, "TYPE", "") and kind.__module__ == module.__name__
]  # fmt: skip


def names(kind):
    """Yield what a class plays: how, and the member."""
    for attribute in dir(kind):
        how, _, member = attribute.partition("_")
        if how in ("get", "put", "call") and member[:1].isupper():
            yield how, member, getattr(kind, attribute)
    for member in getattr(kind, "MEMBERS", ()):
        yield "put", member, None


@pytest.mark.parametrize("product", ["excel", "wps"])
@pytest.mark.parametrize("kind", PLAYED, ids=lambda kind: kind.__name__)
def test_what_is_played_exists(kind, product):
    """Every member is one of its type, can be set where it is set, and takes no argument that Excel's does not have."""
    known = members()[kind.TYPE]
    assert {name for _, name, _ in names(kind)} <= members(product)[kind.TYPE].keys()
    for how, name, function in names(kind):
        assert name in known, f"{kind.TYPE}.{name}"
        if how == "put":
            assert known[name].settable, f"{kind.TYPE}.{name}"
        if how == "call" and function is not None:
            free = inspect.Parameter.VAR_KEYWORD
            taken = [p.name for p in list(inspect.signature(function).parameters.values())[1:] if p.kind is not free]
            assert taken == [key for key, _ in known[name].arguments][: len(taken)], f"{kind.TYPE}.{name}"


@pytest.fixture(scope="module")
def data():
    return build_workbook(Filing.loads((ROOT / "examples" / "2025_示例乡.json").read_text("utf-8")))


@pytest.fixture
def sheet(data):
    excel = Excel()
    return excel, excel.dispatch(excel.open(data, Path("年报.xlsx"))).Worksheets("三、依申请公开")


@pytest.mark.parametrize(
    "use",
    [
        lambda sheet: sheet.Protekt(),
        lambda sheet: sheet.Protect(Passwort=""),
        lambda sheet: sheet.Protect(*[True] * 17),
        lambda sheet: sheet.Range(),
        lambda sheet: setattr(sheet, "ProtectContents", False),
        lambda sheet: setattr(sheet, "Titel", ""),
        lambda sheet: setattr(sheet.Range("D6"), "Value", object()),
        lambda sheet: setattr(sheet.Range("D6"), "Value", 2**31),
        lambda sheet: setattr(sheet.Range("D6"), "Value", dt.datetime(2026, 1, 1)),  # noqa: DTZ001 - that is the point
        lambda sheet: setattr(sheet.Range("D6:E6"), "Value", ((1.0,),)),
        lambda sheet: sheet.Range("D6").Sort(),
    ],
)
def test_what_excel_does_not_have_is_a_breach(sheet, use):
    """A wrong member, argument or value is written down, whatever becomes of the exception."""
    excel, of = sheet
    assert excel.breaches == []
    with pytest.raises(Exception):  # noqa: B017, PT011 - what pywin32 raises for it
        use(of)
    assert len(excel.breaches) == 1


def test_protection_refuses_what_it_locks(sheet):
    """1004 for a locked cell, for looks, notes and links of any; an open cell takes a value."""
    excel, of = sheet
    of.Range("D6").Value = 3
    assert of.Range("D6").Value == 3.0
    for refused in (
        lambda: setattr(of.Range("A1"), "Value", 1), lambda: setattr(of.Range("D6").Interior, "Color", 1),
        lambda: of.Range("D6").AddComment("x"), lambda: of.Range("D6").Clear(),
        lambda: of.Range("D6").Hyperlinks.Add(of.Range("D6"), "#A1"), lambda: setattr(of, "Name", "表三"),
    ):  # fmt: skip
        with pytest.raises(ComError) as error:
            refused()
        assert error.value.excepinfo[5] == -2146827284
    assert excel.breaches == []


def test_values_as_com_hands_them_over():
    """Numbers as floats, money as Decimal of four places, dates with a zone, errors as integers."""
    assert Cell(3.0).variant() == 3.0
    assert Cell(1.23456, format='"¥"#,##0.00').variant() == Decimal("1.2346")
    assert Cell(1.23456, format='"¥"#,##0.00').variant(second=True) == 1.23456
    assert Cell(46032.0, format="yyyy/m/d").variant() == dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
    assert Cell(46032.0, format='"多 "General').variant() == 46032.0
    assert Cell(ErrorValue("#DIV/0!")).variant() == -2146826281
    assert Cell().variant() is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0), ("1,234.5", 1234.5), ("１２", 12.0), ("(5)", -5.0), ("（5）", -5.0), ("50%", 0.5), ("￥8", 8.0),
        (".5", 0.5), ("1e3", 1000.0), ("TRUE", True), ("2025-1-1", 45658.0), ("2025年1月1日", 45658.0), ("十二件", "十二件"),
        ("2件", "2件"), ("T3-01", "T3-01"), ("2025-13-1", "2025-13-1"), ("1,23", "1,23"),
    ],
)  # fmt: skip
def test_a_text_is_taken_as_typed(text, value):
    """What a clerk's text becomes unless it stands behind an apostrophe."""
    assert entered(text)[0] == value
    cell = Cell()
    cell.enter(f"'{text}")
    assert cell.value == text


def test_members_are_derived_from_typings():
    """Names and arguments only; what may be left out, what can be set; of several declarations the longest."""
    text = """declare namespace Excel {
    interface Range {
        // a remark
        Value: Exclude<any, Function> & ((Kind?: number) => any);
        readonly Row: number;
        Find(What: string, After?: Range): Range;
        Find(What: string): Range;
        Pick(
            Index: number | { a: string; b: number },
        ): void;
        (Row: number, Column?: number): Range;
    }
}
"""
    (line,) = [line for line in _derived(text) if line.startswith("Range")]
    assert line == "Range: Find(What,After?) Pick(Index) Row Value= _Default(Row,Column?)"


def _derived(text):
    with patch("tests.doubles.excel.typings.KEPT", ("Range",)):
        return derive("excel", [text]).splitlines()
