"""台账: four quarters, typed as they end, and the year that they make, in formulas; one click carries it into the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.engines.core.addresses import column_letters
from gk_xl.form.schema import ValueKind
from gk_xl.workbook.layout import FLAGS, LAST_HIDDEN, LEDGER, PAINT, Place
from gk_xl.workbook.ledger import (
    FIRST,
    QUARTERS,
    WIDTH,
    YEAR,
    key_of,
    ledger_blocks,
    section_first,
    section_places,
    section_rows,
    year_of,
)
from gk_xl.workbook.plan import SheetPlan, Validation
from gk_xl.workbook.styles import LIVE_STYLES

if TYPE_CHECKING:
    from gk_xl.form.schema import Cell, Value
    from gk_xl.workbook.content import Content

HINT = (
    "每季度末填当季的数，没有的填 0；可以不用这张表。合计、总计不用填。上面“全年”随填随算；"
    "年底点“台账汇入”，数就进了二、三、四的表格。红色：表里填的与台账不同。"
)
LABEL_WIDTH, NUMBER_WIDTH = 54, 11
HALF_A_SCREEN = 150  # points of what scrolls of a window of 1366 × 768


def plan_ledger(content: Content) -> SheetPlan:
    """Return the plan of the sheet 台账."""
    plan = SheetPlan(LEDGER, "2F6DB5", hidden_from=FLAGS + 1, one_page=False)
    plan.widths |= {1: LABEL_WIDTH, **dict.fromkeys(range(2, WIDTH + 1), NUMBER_WIDTH)}
    plan.widths |= dict.fromkeys(range(FLAGS + 1, LAST_HIDDEN + 1), 3)
    plan.span(1, 1, 1, WIDTH, "title", "台账（按季度登记）")
    plan.span(2, 1, 1, WIDTH, "band_wrap", HINT)
    plan.heights |= {1: 30, 2: 36, 3: 22}
    edition = content.edition.id
    plan.put(3, 1, "hint", "点右边跳到那一季度：")
    for number, name in enumerate((YEAR, *QUARTERS)):
        _section(plan, content, number, name)
        target = _half_down(plan, section_first(edition, number))
        plan.put(3, 2 + number, "step", name, link=f"'{LEDGER}'!A{target}")
    last = section_first(edition, len(QUARTERS) + 1) - 2
    _differences(plan, content)
    plan.freeze = (FIRST, 1)
    place = section_places(edition, 1)[0][1]
    plan.start = (place.row, place.column)
    plan.repeat = (1, 2)
    plan.print_to = (last, WIDTH)
    return plan


def _half_down(plan: SheetPlan, row: int) -> int:
    """Return the row half a screen below another: a link brings its target into the middle, and the other to the top."""
    down = 0.0
    while (down := down + plan.heights[row]) < HALF_A_SCREEN:
        row += 1
    return row


def _section(plan: SheetPlan, content: Content, number: int, name: str) -> None:
    """Put the year (0) or a quarter: band, heads, labels, and what is typed or computed."""
    band = section_first(content.edition.id, number)
    says = "（自动算出，不用填）" if number == 0 else "（填当季的数）"
    plan.span(band, 1, 1, WIDTH, "band", f"{name}{says}")
    plan.heights[band] = 22
    for block in ledger_blocks(content.edition.id):
        head = band + block.head
        plan.put(head, 1, "grid_head", block.name)
        plan.heights[head] = 6 + 15 * -(-max(map(len, block.columns)) // (NUMBER_WIDTH // 2))
        for column, label in enumerate(block.columns):
            plan.put(head, 2 + column, "grid_head", label)
        for line, (label, _) in enumerate(block.rows, start=1):
            plan.put(head + line, 1, "grid_label", label)
            plan.heights[head + line] = 20 if len(label) <= LABEL_WIDTH // 2 - 1 else 34
    if number == 0:
        for cell, place in section_places(content.edition.id, number):
            plan.put(place.row, place.column, "grid_cell", _year(content, cell), formula=_formula(content, cell, place))
        return
    places: dict[ValueKind, list[tuple[int, int]]] = {}
    for cell, place in section_places(content.edition.id, number):
        style = "amount" if cell.kind is ValueKind.AMOUNT else "entry"
        value = content.filing.ledger.get(f"{key_of(number).removeprefix('ledger.')}.{cell.id}")
        plan.put(place.row, place.column, style, value)
        places.setdefault(cell.kind, []).append((place.row, place.column))
    for kind, cells in places.items():
        signed = kind is ValueKind.SIGNED
        said = "填整数，减少的填负数。" if signed else "填 0 或正数，没有的填 0，不写单位。"
        plan.validations.append(Validation(tuple(cells), name, f"{name}的数：{said}", f"这里{said}", kind=kind))


def _year(content: Content, cell: Cell) -> Value:
    """Return what the year's cell shows now."""
    value = year_of(content.filing.ledger, cell)
    return "" if value is None else value


def _formula(content: Content, cell: Cell, place: Place) -> str:
    """Return the formula of the year's number. It asks for the quarters by their places, so that no drag bends it.

    The block begins at the first quarter's band, below the formula itself: a formula inside of it is a circle to some.
    """
    step = section_rows(content.edition.id)
    first, last = (section_first(content.edition.id, number) for number in (1, len(QUARTERS) + 1))
    letters = column_letters(place.column)
    block = f"${letters}${first}:${letters}${last}"
    quarters = [f"INDEX({block},{place.row + step * number - first + 1})" for number in range(1, len(QUARTERS) + 1)]
    if cell.over_year == "first":
        return f'IF(ISNUMBER({quarters[0]}),{quarters[0]},"")'
    if cell.over_year == "last":
        formula = '""'
        for quarter in quarters:
            formula = f"IF(ISNUMBER({quarter}),{quarter},{formula})"
        return formula
    given = ",".join(f"ISNUMBER({quarter})" for quarter in quarters)
    return f'IF(OR({given}),SUM({",".join(quarters)}),"")'


def _differences(plan: SheetPlan, content: Content) -> None:
    """Paint the year's numbers that the tables hold otherwise."""
    cells = section_places(content.edition.id, 0)
    for cell, place in cells:
        table = content.layout.names[cell.id].copy.absolute
        value, typed = year_of(content.filing.ledger, cell), content.filing.number(cell.id)
        differs = value is not None and typed is not None and abs(value - typed) > 1e-9
        formula = (
            f"IF(AND(ISNUMBER({place.address}),ISNUMBER({table})),IF(ABS({place.address}-{table})<0.000001,0,3),0)"
        )
        plan.put(place.row, place.column + PAINT, "hidden", 3 if differs else 0, formula=formula)
    rows = [place.row for _, place in cells]
    region = (min(rows), 2, max(rows), WIDTH)
    plan.paint(PAINT, region, {3: LIVE_STYLES[3]})
