"""The worksheet functions through xlwings' own function server: what a cell hands over, and what comes back to it."""

from __future__ import annotations

import importlib.util
import sys
from decimal import Decimal

import pytest

from gk_xl.addin import functions
from gk_xl.form.filing import Filing
from tests.addin.excel.conftest import EXAMPLES
from tests.doubles.excel.com import taken_in
from tests.doubles.excel.typed import ERRORS, ErrorValue

SERVER = ("xlwings.udfs", "xlwings.com_server")
MODULE = "functions_in_excel"


@pytest.fixture
def call(excel, monkeypatch):
    """Return a function: the name of a worksheet function and its arguments as VBA sends them → what Excel gets."""
    import xlwings as xw

    for name in (*SERVER, MODULE):
        monkeypatch.delitem(sys.modules, name, raising=False)
    from xlwings import com_server, udfs

    for name, decorator in (("func", udfs.xlfunc), ("arg", udfs.xlarg), ("ret", udfs.xlret)):
        monkeypatch.setattr(xw, name, decorator)
    spec = importlib.util.spec_from_file_location(MODULE, functions.__file__)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, MODULE, module)
    spec.loader.exec_module(module)
    server = com_server.XLPython()

    def ask(function: str, *arguments):
        answer = server.CallUDF(MODULE, function, arguments)
        return taken_in(excel, answer)

    yield ask
    com_server.loop.close()
    for name in SERVER:
        sys.modules.pop(name, None)
        vars(xw).pop(name.rpartition(".")[2], None)


@pytest.fixture(scope="module")
def table():
    """Table three as Range.Value2 gives it."""
    filing = Filing.loads((EXAMPLES / "2025_示例乡.json").read_text("utf-8"))
    form = filing.form.table("t3")
    return tuple(tuple(float(filing.number(f"t3.{row}.{column}")) for column in form.columns) for row in form.rows)


def test_every_function_answers_with_what_com_can_carry(call, table):
    """A text, a number, or rows of them."""
    asked = {
        "GK_NUMBER": ("十二件", ""), "GK_BALANCE": (2.0, 1.0, 5.0, 0.0), "GK_SUM": (5.0, ((1.0,), (2.0,))),
        "GK_LOCATE": (table,), "GK_NARRATIVE": ("全年新收政府信息公开申请99件。", table), "GK_EXPLAIN": ("T3-01",),
    }  # fmt: skip
    assert asked.keys() == functions.FUNCTIONS.keys()
    assert call("GK_NUMBER", *asked.pop("GK_NUMBER")) == 12
    for name, arguments in asked.items():
        answer = call(name, *arguments)
        assert answer
        assert "程序内部出错" not in str(answer)


def test_a_list_has_its_titles_in_the_first_line(call, table):
    """That is what the macro builds its sentence from where a cell shows one value only."""
    wrong = (*table[:2], (*table[2][:-1], table[2][-1] + 10), *table[3:])
    answer = call("GK_LOCATE", wrong)
    assert answer[0] == ("改法", "行", "列", "现在", "应为", "可能的原因")
    assert all(len(line) == 6 for line in answer)
    assert answer[1][0].startswith("第 1 种")


@pytest.mark.parametrize("error", list(ERRORS))
@pytest.mark.parametrize("name", ["GK_NUMBER", "GK_SUM", "GK_BALANCE", "GK_LOCATE"])
def test_an_error_value_is_no_number(call, table, error, name):
    """A cell that holds #DIV/0! or one of the newer errors decides nothing, and is not counted as a huge negative number."""
    value = ErrorValue(error).variant
    arguments = {
        "GK_NUMBER": (value, ""), "GK_SUM": (5.0, ((1.0,), (value,))), "GK_BALANCE": (value, 1.0, 5.0, 0.0),
        "GK_LOCATE": (((value, *table[0][1:]), *table[1:]),),
    }[name]  # fmt: skip
    answer = str(call(name, *arguments))
    assert "？" in answer
    assert "2146" not in answer


@pytest.mark.parametrize("value", [Decimal("12.5"), 12.5])
def test_money_given_by_a_formula_is_a_number(call, value):
    """An argument that is itself a result may be currency."""
    assert call("GK_NUMBER", value, "") == 12.5


def test_a_missing_argument_is_the_default(call):
    """VBA sends what was left out as its default; a blank cell comes as nothing."""
    assert call("GK_NUMBER", "3件") == 3
    assert "空着" in call("GK_NUMBER", None, "")
