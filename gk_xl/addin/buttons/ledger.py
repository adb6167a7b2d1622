"""台账汇入: the year that the quarters of 台账 make → the tables, each number that differs on the clerk's word only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.filling import computed_totals, put_values
from gk_xl.addin.buttons.judging import decider, require_sheet, spot
from gk_xl.addin.buttons.marking import put_suggestions
from gk_xl.addin.edit import Edit
from gk_xl.addin.healing import healing
from gk_xl.addin.view import read_book
from gk_xl.addin.wording import spoken
from gk_xl.checks.catalogue import show
from gk_xl.errors import HostError
from gk_xl.form.cleaning import ERROR_VALUES, error_value, shown
from gk_xl.workbook.layout import LEDGER
from gk_xl.workbook.ledger import unread, untold, years

if TYPE_CHECKING:
    from gk_xl.addin.buttons.judging import Ask
    from gk_xl.form.schema import Value
    from gk_xl.workbook.grid import Reading

LISTED = 5  # so many cells a question names


@spoken()
@healing("台账汇入")
def take_ledger(book: Any, ask: Ask | None = None) -> str:
    """台账汇入: fill the tables with the year's numbers of 台账, totals included; typed numbers that differ are asked for."""
    reading = read_book(book)
    filing, edition = reading.filing, reading.layout.edition.id
    require_sheet(reading, LEDGER)
    found = years(edition, filing.ledger)
    if not found:
        none = _unread(edition, reading) or f"“{LEDGER}”里还没有数。"
        raise HostError(f"{none}请先填各季度的数（没有的填 0），再点“台账汇入”。")
    sums, _ = computed_totals(filing.with_cells(found))
    values: dict[str, Value] = {**found, **{cell: value for cell, value in sums.items() if cell not in found}}
    blank = {cell: value for cell, value in values.items() if filing.value(cell) is None}
    other = {cell: value for cell, value in values.items() if filing.value(cell) not in (None, value)}
    if other and not decider(book, ask)(_question(reading, other)):
        other = {}
    if blank or other:
        with Edit(book, "台账汇入") as edit:
            put_values(edit, reading, {**blank, **other}, "台账汇入")
            put_suggestions(edit, read_book(book))
    if not blank and not other:
        return f"表里的数与“{LEDGER}”一致，什么也没有改。{_untold(edition, reading)}"
    changed = f"，改 {len(other)} 格，原来的数记在批注里" if other else ""
    return f"已按“{LEDGER}”填 {len(blank)} 格{changed}。{_untold(edition, reading)}请点“校验”。"


def _question(reading: Reading, other: dict[str, Value]) -> str:
    """Return the question that names what would change."""
    listed = "；".join(
        f"{spot(reading.places[cell])}填的是 {show(reading.filing.value(cell))}，台账是 {show(value)}"
        for cell, value in list(other.items())[:LISTED]
    )
    more = f"等 {len(other)} 处" if len(other) > LISTED else ""
    return f"有 {len(other)} 格已填的数与台账不同：{listed}{more}。改成台账的数吗？（选“否”只填空着的格。）"


def _untold(edition: str, reading: Reading) -> str:
    """Return which quarters were begun and not finished, and which entries are no numbers."""
    missing = untold(edition, reading.filing.ledger)
    told = "、".join(f"{quarter}还有 {count} 格空着" for quarter, count in missing.items())
    return (f"注意：台账{told}，空着的没有算进去。" if told else "") + _unread(edition, reading)


def _unread(edition: str, reading: Reading) -> str:
    """Return the sentence on what stands in the ledger and is no number; empty where nothing does."""
    found = unread(edition, reading.filing.ledger)
    told = "；".join(
        f"{place.address} 是错误值 {error}（{ERROR_VALUES[error]}）"
        if (error := error_value(text))
        else f"{place.address} 填的是“{shown(text)}”"
        for place, text in found[:LISTED]
    )
    more = f"等 {len(found)} 格" if len(found) > LISTED else ""
    return f"“{LEDGER}”有的格不是数，没有算进去：{told}{more}。请改成数字。" if found else ""
