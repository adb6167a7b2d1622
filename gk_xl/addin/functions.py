"""The worksheet functions GK_…: what a cell of any workbook can ask, answered by the same rules as 校验.

Values come in as xlwings hands them over (a scalar, or rows of values) and go out as text, a number, or rows. A wrong
argument is answered in Chinese in the cell; nothing is raised for it. The texts of the function wizard stand in the
decorators; the add-in's wrappers are generated from these signatures.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import xlwings as xw

from gk_xl.addin.com import error_value, tame
from gk_xl.checks.binding import editions_of, identities, instances
from gk_xl.checks.catalogue import gap, rule, show, tidy
from gk_xl.checks.entries import read_entry
from gk_xl.checks.expression import evaluate, mentions
from gk_xl.errors import GkXlError
from gk_xl.form.filing import Filing, normal_number
from gk_xl.form.load import edition_ids, edition_in_force, load_edition
from gk_xl.form.schema import ValueKind
from gk_xl.journal import write_down

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from gk_xl.form.finding import Suspect
    from gk_xl.form.schema import CellId, Edition, Value

tame()

CATEGORY: Final = "政府信息公开年报"
TABLE: Final = "t3"
HOLDS, BROKEN, OPEN = "✓", "✗", "？"

Answer = Any  # a number, a text, or rows of them


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a worksheet function: its name, the wizard's text, its default (None: must be given)."""

    name: str
    text: str
    default: str | None


@dataclass(frozen=True, slots=True)
class WorksheetFunction:
    """A function as the function wizard and the generated wrapper know it."""

    module: str
    name: str
    summary: str
    arguments: tuple[Argument, ...]
    lists: bool


FUNCTIONS: dict[str, WorksheetFunction] = {}
"""Every worksheet function by name, in the order of this file."""


def worksheet_function(
    summary: str, *, lists: bool = False, **texts: str
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Make a function a worksheet function: its texts for the wizard, rows for arguments, errors as sentences.

    One that ``lists`` answers with a frame, which older versions of Excel can show only over several cells.
    """

    def decorate(function: Callable[..., Answer]) -> Callable[..., Answer]:
        parameters = inspect.signature(function).parameters
        arguments = tuple(
            Argument(name, texts[name], None if parameter.default is parameter.empty else parameter.default)
            for name, parameter in parameters.items()
        )
        FUNCTIONS[function.__name__] = WorksheetFunction(
            function.__module__, function.__name__, summary, arguments, lists
        )

        @wraps(function)
        def answer(*values: object, **named: object) -> Answer:
            try:
                return function(*values, **named)
            except GkXlError as error:
                return str(error)
            except Exception as error:  # noqa: BLE001 - over COM it would reach the cell as a traceback
                path = write_down(function.__name__, error)
                return f"{OPEN} 程序内部出错，请把日志文件发给维护人员：{path}"

        vars(answer).pop("__wrapped__")  # its annotations are ours, not xlwings' conversions
        answer.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters.values()]
        )
        answer.__annotations__ = {}
        for argument in arguments:
            answer = xw.arg(argument.name, ndim=2, err_to_str=True, doc=argument.text)(answer)
        decorated: Callable[..., Answer] = xw.ret(index=False)(xw.func(category=CATEGORY)(answer))
        return decorated

    return decorate


@worksheet_function(
    "读出用文字写的数：“十二件”是 12，“１２”是 12，“10.4万元”是 10.4。读不懂的如实说，不猜。",
    text="要读的文字，或一片单元格（结果同样大小）",
    unit="可以不填。填“元”或“万元”时，金额换算成这个单位",
)
def GK_NUMBER(text: object, unit: object = "") -> Answer:  # noqa: N802 - the name a clerk types
    """Return the number that a person meant, cell by cell; a text that says so where it cannot be read."""
    wanted = str(_single(unit) or "").strip()
    if wanted not in ("", "元", "万元"):
        return f"{OPEN} 单位只能填“元”或“万元”，或者不填"
    return _shaped([[_meant(value, wanted) for value in row] for row in _rows(text)])


def _meant(value: Value, unit: str) -> int | float | str:
    if value is None:
        return f"{OPEN} 空着"
    if not isinstance(value, str):
        return value
    reading = None if unit else read_entry(value, ValueKind.COUNT, "件")
    reading = reading or read_entry(value, ValueKind.AMOUNT, unit or "元或万元")
    return f"{OPEN} “{value}”看不出是什么数" if reading is None else reading.number


@worksheet_function(
    "核对表三左上角的勾稽关系：新收＋上年结转＝总计＋结转下年度。各参数可以是一格，也可以是同样宽的一行。",
    received="本年新收政府信息公开申请数量",
    carried_in="上年结转政府信息公开申请数量",
    total="本年度办理结果的总计",
    carried_out="结转下年度继续办理",
)
def GK_BALANCE(received: object, carried_in: object, total: object, carried_out: object) -> Answer:  # noqa: N802
    """Return the verdict of rule T3-01 on four numbers, or on each column of four rows of the same width."""
    rows = [
        [value for row in _rows(argument) for value in row] for argument in (received, carried_in, total, carried_out)
    ]
    if len({len(row) for row in rows}) > 1:
        return f"{OPEN} 四个参数的格数不一样：{'、'.join(str(len(row)) for row in rows)}"
    verdicts = [_balance(values) for values in zip(*rows, strict=True)]
    return verdicts[0] if len(verdicts) == 1 else [verdicts]


def _balance(values: tuple[Value, ...]) -> str:
    """Return the verdict on new, carried in, total and carried out."""
    edition = edition_in_force()
    instance = instances("T3-01", edition.id)[-1]
    held = dict(zip((ref.cell for ref in mentions(instance.node)), values, strict=True))
    read = {cell: _count(value) for cell, value in held.items()}
    unread = [cell for cell, number in read.items() if number is None]
    if unread:
        return f"{OPEN} 没有判断：" + "、".join(
            f"“{edition.cell(cell).row_label}”{'空着' if held[cell] is None else f'填的是“{held[cell]}”'}"
            for cell in unread
        )

    numbers = {cell: number for cell, number in read.items() if number is not None}
    left, right = (tidy(float(evaluate(side, numbers) or 0)) for side in instance.sides or ())
    known = instance.rule
    sums = f"{known.left_label}＝{show(left)}，{known.right_label}＝{show(right)}"
    return f"{HOLDS} {sums}" if left == right else f"{BROKEN} {sums}，{known.left_label}{gap(left, right)}"


@worksheet_function(
    "核对合计：填的总数是不是等于各格之和，不等时说出多几、少几。空格不当作 0。",
    total="填的总数",
    parts="应当加起来的各格",
)
def GK_SUM(total: object, parts: object) -> Answer:  # noqa: N802
    """Return whether a typed total is the sum of cells; undecided where something is blank or cannot be read."""
    values = [value for row in _rows(parts) for value in row]
    whole = _count(_single(total))
    numbers = [_count(value) for value in values]
    missing = [value for value, number in zip(values, numbers, strict=True) if number is None]
    if whole is None or missing:
        why = (
            [] if whole is not None else ["总数" + ("空着" if _single(total) is None else f"填的是“{_single(total)}”")]
        )
        blank = sum(value is None for value in missing)
        why += [f"有 {blank} 格空着"] if blank else []
        why += [f"有一格填的是“{value}”" for value in missing if value is not None]
        return f"{OPEN} 没有判断：{'，'.join(why)}"
    found = tidy(sum(number for number in numbers if number is not None))
    if tidy(whole) == found:
        return f"{HOLDS} 合计 {show(found)}"
    return f"{BROKEN} 填 {show(whole)}，合计 {show(found)}，{gap(whole, found)}"


@worksheet_function(
    "找出表三里填错的格：给出整张表的数，列出哪几格可能填错、应当是多少。几种改法都说得通时一并列出。",
    lists=True,
    table="表三从“本年新收”到“结转下年度”的全部数字格，连同“总计”一列",
)
def GK_LOCATE(table: object) -> Answer:  # noqa: N802
    """Return the suspects of table three as a frame, one line a cell to change, best explanation first."""
    from gk_xl.checks.identity import Identity
    from gk_xl.checks.locate import locate

    rows = _rows(table)
    edition = _edition_of(rows)
    if edition is None:
        return _wrong_size(rows)
    cells = _numbers(edition, rows)
    inside = [
        Identity(instance.rule.code, coefficients)
        for instance, coefficients in identities(edition.id)
        if coefficients.keys() <= cells.keys()
    ]
    found = locate(edition, cells, inside)
    open_ = sum(any(cells[cell] is None for cell in identity.coefficients) for identity in inside)
    lines = [line for number, suspect in enumerate(found.suspects, 1) for line in _suspect(edition, number, suspect)]
    if found.reason:
        lines.append((f"{OPEN} {found.reason}", *[""] * 5))
    if open_:
        lines.append((f"{OPEN} 有 {open_} 处因空格或文字没有判断", *[""] * 5))
    return _frame(("改法", "行", "列", "现在", "应为", "可能的原因"), lines) if lines else f"{HOLDS} 各行各列都平"


def _suspect(edition: Edition, number: int, suspect: Suspect) -> Iterator[tuple[Value, ...]]:
    """Yield the lines of one explanation: what has to change, then the first of the choices that tie."""
    from gk_xl.checks.locate import REASONS
    from gk_xl.checks.locate.tell import SHOWN

    ways = len(suspect.choices)
    title = f"第 {number} 种" + ("（只有这一种）" if suspect.unique else "")
    parts = [(title, suspect.changes)]
    parts += [(f"{title}，选法 {n}（共 {ways}）", choice) for n, choice in enumerate(suspect.choices[:SHOWN], 1)]
    for name, changes in parts:
        for change in changes:
            cell = edition.cell(change.cell)
            yield name, cell.row_label, cell.column_label, change.found, change.proposed, REASONS[change.reason]
    if ways > SHOWN:
        yield f"{title}，另有 {ways - SHOWN} 种同类选法，请对照台账", *[""] * 5


@worksheet_function(
    "核对正文与表三：列出文字里的数与表格不一致的句子。正文可以是一格，也可以一段一格。",
    lists=True,
    text="正文，一格或一列",
    table="表三从“本年新收”到“结转下年度”的全部数字格，连同“总计”一列",
)
def GK_NARRATIVE(text: object, table: object) -> Answer:  # noqa: N802
    """Return the contradictions between a text and table three as a frame, gravest first."""
    from gk_xl.checks.run import check

    rows = _rows(table)
    edition = _edition_of(rows)
    if edition is None:
        return _wrong_size(rows)
    paragraphs = tuple(
        line.strip() for row in _rows(text) for value in row if value is not None for line in str(value).splitlines()
    )
    cells = {**dict.fromkeys(edition.cells), **_numbers(edition, rows)}
    filing = Filing(edition.id, None, cells=cells, narrative={"overview": paragraphs})
    findings = [finding for finding in check(filing).findings if finding.excerpt and finding.cells]
    if not findings:
        return f"{HOLDS} 没有发现与表格不一致的句子"
    lines = [(finding.severity.label, finding.code, finding.message, finding.excerpt) for finding in findings]
    return _frame(("级别", "代码", "说明", "原文"), lines)


@worksheet_function(
    "说明一条校验规则：查什么、为什么、怎么办、依据哪条。代码见“校验结果”表，如 T3-01。",
    code="规则代码，如 T3-01",
)
def GK_EXPLAIN(code: object) -> Answer:  # noqa: N802
    """Return a rule in words: level, reason, next step, provisions."""
    known = rule(str(_single(code) or "").strip())
    provisions = {
        str(reference): None for edition in editions_of(known.code) for reference in known.cited(load_edition(edition))
    }
    lines = [f"{known.code}（{known.severity.label}）{known.why}", f"怎么办：{known.advice}"]
    return "\n".join(lines + ([f"依据：{'；'.join(provisions)}"] if provisions else []))


def _edition_of(rows: list[list[Value]]) -> Edition | None:
    """Return the newest edition whose table three has this size, None when there is none."""
    for edition_id in reversed(edition_ids()):
        table = load_edition(edition_id).table(TABLE)
        if len(rows) == len(table.rows) and all(len(row) == len(table.columns) for row in rows):
            return load_edition(edition_id)
    return None


def _wrong_size(rows: list[list[Value]]) -> str:
    sizes = {edition: load_edition(edition).table(TABLE) for edition in edition_ids()}
    known = "，或 ".join(
        f"{len(table.rows)} 行 {len(table.columns)} 列（{name} 年版）" for name, table in sizes.items()
    )
    return f"{OPEN} 选的是 {len(rows)} 行 {len(rows[0]) if rows else 0} 列，表三应当是 {known}"


def _numbers(edition: Edition, rows: list[list[Value]]) -> dict[CellId, Value]:
    """Return the values of table three by cell; a text that cannot be read as a count counts as blank."""
    values = (_count(value) for row in rows for value in row)
    return {cell.id: value for cell, value in zip(edition.table(TABLE).cells, values, strict=True)}


def _frame(columns: tuple[str, ...], lines: Sequence[tuple[Value, ...]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(lines, columns=list(columns), dtype=object)


def _rows(argument: object) -> list[list[Value]]:
    """Return an argument as rows of cell values."""
    outer: list[Any] = list(argument) if isinstance(argument, list | tuple) else [argument]
    rows = outer if outer and isinstance(outer[0], list | tuple) else [outer]
    return [[_value(value) for value in row] for row in rows]


def _value(value: object) -> Value:
    """Return a cell's value as a filing holds it: blank is None, whole numbers are integers."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return str(value)
    if isinstance(value, int) and error_value(value):
        return error_value(value)
    return value if isinstance(value, str) else normal_number(value)


def _single(argument: object) -> Value:
    """Return the first value of an argument."""
    rows = _rows(argument)
    return rows[0][0] if rows and rows[0] else None


def _count(value: Value) -> int | float | None:
    """Return a cell's number; that of a text only where it can be read as a count for certain."""
    if not isinstance(value, str):
        return value
    reading = read_entry(value, ValueKind.COUNT, "件")
    return reading.number if reading is not None and reading.sure else None


def _shaped(rows: list[list[Any]]) -> Answer:
    """Return a single value for a single cell, else the rows."""
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows
