"""The worksheet functions, called as xlwings calls them on Windows: scalars, or rows of values."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from gk_xl.addin import functions
from gk_xl.addin.functions import GK_BALANCE, GK_EXPLAIN, GK_LOCATE, GK_NARRATIVE, GK_NUMBER, GK_SUM
from gk_xl.checks.catalogue import catalogue
from gk_xl.form.filing import Filing
from gk_xl.form.load import edition_ids, load_edition

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "2025_示例乡.json"


@pytest.fixture(scope="module")
def filing():
    """Return the model report: it has no fault."""
    return Filing.loads(EXAMPLE.read_text("utf-8"))


@pytest.fixture
def table(filing):
    """Return its table three as a range gives it: rows of floating-point numbers."""
    form = filing.form.table("t3")
    return [[float(filing.number(f"t3.{row}.{column}")) for column in form.columns] for row in form.rows]


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("十二件", "", 12), ("１２", "", 12), ("10.4万元", "", 10.4), ("766202元", "万元", 76.6202), ("1.5", "元", 1.5),
        ("/", "", 0), (3.0, "", 3), (2.5, "", 2.5), ("减4", "", -4), ("10.4万元", "元", 104000),
    ],
)  # fmt: skip
def test_number_reads_what_was_meant(text, unit, number):
    """Full width, Chinese numerals, units of counts and of money; money in the unit asked for."""
    assert GK_NUMBER(text, unit) == number


def test_number_says_what_it_cannot_read():
    """Blank, words and approximations are no numbers; a wrong unit is answered, not ignored."""
    assert "空着" in GK_NUMBER(None)
    assert "“十余件”" in GK_NUMBER("十余件")
    assert "元" in GK_NUMBER("3", "美元")


def test_number_keeps_the_shape_of_a_range():
    """A range of cells gives a range of the same size."""
    assert GK_NUMBER([["一", "二"], [3.0, "四件"]]) == [[1, 2], [3, 4]]


def test_balance_gives_both_sums_and_the_difference():
    """The rule of the form's own corner, with its labels."""
    assert GK_BALANCE(2.0, 1.0, 3.0, 0.0) == "✓ 一＋二＝3，（七）＋四＝3"
    assert GK_BALANCE(2.0, 1.0, 5.0, 0.0) == "✗ 一＋二＝3，（七）＋四＝5，一＋二少 2"
    assert GK_BALANCE("２件", 1, "三", 0).startswith("✓")


def test_balance_over_a_blank_is_undecided():
    """A blank is not a zero: the answer names it by the form's own label."""
    assert GK_BALANCE(2, None, 2, 0) == "？ 没有判断：“二、上年结转政府信息公开申请数量”空着"
    assert "“无数”" in GK_BALANCE("无数", 0, 2, 0)


def test_balance_of_rows_judges_each_column(table):
    """Four rows of seven cells give seven verdicts; rows of different length are refused."""
    rows = [[table[0]], [table[1]], [table[-2]], [table[-1]]]
    (verdicts,) = GK_BALANCE(*rows)
    assert [verdict[0] for verdict in verdicts] == ["✓"] * 7
    assert "1、2、1、1" in GK_BALANCE(1, [[1, 2]], 1, 1)


@pytest.mark.parametrize(
    ("total", "parts", "answer"),
    [
        (6.0, [[1.0, 2.0], [3.0, 0.0]], "✓ 合计 6"),
        (5.0, [[1.0], [2.0], [3.0]], "✗ 填 5，合计 6，少 1"),
        (0.4, [[0.1, 0.2]], "✗ 填 0.4，合计 0.3，多 0.1"),
        (0.3, [[0.1, 0.2]], "✓ 合计 0.3"),
        (3, [[1, None]], "？ 没有判断：有 1 格空着"),
        (None, [[1, 2]], "？ 没有判断：总数空着"),
        ("12", [["五", "７件"]], "✓ 合计 12"),
        (12, [[12, "若干"]], "？ 没有判断：有一格填的是“若干”"),
    ],
)
def test_sum_says_how_much_is_missing(total, parts, answer):
    """The difference in words; decimals without binary noise; what is blank or unreadable decides nothing."""
    assert GK_SUM(total, parts) == answer


def test_explain_is_the_catalogue():
    """Every rule can be explained, in either case of letters, with its reason and next step."""
    for code, rule in catalogue().items():
        said = GK_EXPLAIN(code.lower())
        assert said.startswith(f"{code}（{rule.severity.label}）{rule.why}")
        assert rule.advice in said
        assert "{" not in said
    assert "ZZ-1" in GK_EXPLAIN("ZZ-1")


def test_a_table_without_fault_has_no_suspect(table):
    """Nothing is found where nothing is wrong."""
    assert GK_LOCATE(table) == "✓ 各行各列都平"


def test_locate_names_the_cell_and_the_number_it_should_have(table, filing):
    """One typed total with a digit too many: the frame's first line names row, column, both numbers, and the slip."""
    wrong = [list(row) for row in table]
    row = filing.form.table("t3").rows.index("granted")
    wrong[row][-1] = wrong[row][-1] + 10
    frame = GK_LOCATE(wrong)
    assert list(frame.columns) == ["改法", "行", "列", "现在", "应为", "可能的原因"]
    first = frame.iloc[0]
    assert "予以公开" in first["行"]
    assert first["列"] == "总计"
    assert (first["现在"], first["应为"]) == (wrong[row][-1], table[row][-1])
    assert re.search("[\u4e00-\u9fff]", first["可能的原因"])


def test_locate_lists_the_first_of_choices_that_tie():
    """An application missing from one of many rows: the first choices are numbered, the rest counted, none claimed."""
    form = load_edition(edition_ids()[-1]).table("t3")
    table = [[0.0] * len(form.columns) for _ in form.rows]
    for row, number in (("received_new", 12), ("granted", 10), ("partial", 1), ("outcome_total", 11)):
        table[form.rows.index(row)][0] = table[form.rows.index(row)][-1] = float(number)
    ways = list(GK_LOCATE(table)["改法"])
    numbered = [re.fullmatch(r"第 1 种，选法 (\d+)（共 (\d+)）", way) for way in ways]
    shown = {int(way[1]) for way in numbered if way}
    assert shown == set(range(1, len(shown) + 1))
    total = {int(way[2]) for way in numbered if way}.pop()
    assert f"另有 {total - len(shown)} 种同类选法" in ways[-1]
    assert not any("只有这一种" in way for way in ways)


def test_locate_says_what_blanks_left_open(table):
    """A blank leaf leaves the sums over it undecided, and the answer says how many."""
    holed = [list(row) for row in table]
    holed[2][1] = None
    said = GK_LOCATE(holed)
    assert "没有判断" in (said if isinstance(said, str) else said.iloc[-1]["改法"])


@pytest.mark.parametrize("function", [GK_LOCATE, lambda table: GK_NARRATIVE("x", table)])
def test_a_range_of_another_size_is_refused_with_the_sizes_that_fit(function):
    """The answer names what was chosen and the tables of every edition."""
    said = function([[1, 2, 3], [4, 5, 6]])
    assert "2 行 3 列" in said
    for edition in edition_ids():
        form = load_edition(edition).table("t3")
        assert f"{len(form.rows)} 行 {len(form.columns)} 列" in said


def test_the_number_of_rows_tells_the_edition():
    """The table of each edition, all zeros, is accepted as that edition's."""
    for edition in edition_ids():
        form = load_edition(edition).table("t3")
        assert GK_LOCATE([[0.0] * len(form.columns)] * len(form.rows)) == "✓ 各行各列都平"


def test_narrative_finds_the_sentence_that_contradicts_the_table(table, filing):
    """A number of applications that is not the table's is quoted with both numbers; the report's own text passes."""
    received = int(table[0][-1])
    frame = GK_NARRATIVE(f"全年新收政府信息公开申请{received + 93}件。", table)
    assert list(frame.columns) == ["级别", "代码", "说明", "原文"]
    assert str(received + 93) in frame.iloc[0]["说明"]
    assert f"{received + 93}件" in frame.iloc[0]["原文"]
    own = [[paragraph] for paragraph in filing.paragraphs("overview")]
    assert GK_NARRATIVE(own, table) == "✓ 没有发现与表格不一致的句子"


def test_every_function_is_described_in_chinese_for_the_wizard():
    """A summary and a text for every argument, within the lengths Excel takes, and none forgotten."""
    named = {name for name, value in vars(functions).items() if name.startswith("GK_") and callable(value)}
    assert named == set(functions.FUNCTIONS)
    for name, function in functions.FUNCTIONS.items():
        assert list(inspect.signature(getattr(functions, name)).parameters) == [
            item.name for item in function.arguments
        ]
        for text in (function.summary, *(argument.text for argument in function.arguments)):
            assert re.search("[\u4e00-\u9fff]", text)
            assert len(text) <= 255


def test_an_unforeseen_error_is_a_sentence_with_the_log(monkeypatch, tmp_path):
    """A cell never shows a traceback: it names the log, which holds it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(functions, "rule", lambda code: 1 / 0)
    said = GK_EXPLAIN("T3-01")
    log = tmp_path / "gk_xl" / "gk_xl.log"
    assert str(log) in said
    assert "ZeroDivisionError" in log.read_text("utf-8")
