"""Where something stands and what to do about it, in words: for who reads a letter, and for who has no workbook of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gk_xl.form.finding import Finding
    from gk_xl.form.schema import CellId, Edition
    from gk_xl.workbook.layout import Layout


_INSTEAD: Final = (
    ("核对无误后点“采纳建议”，或直接改填", "请改填"),
    ("分项填好以后，总计点“合计”就算出来。", ""),
    ("工作簿里没有这张附表的，先点“修复”，在新的那本里填。", ""),
    ("年度的工作簿重新填报", "年度的表格重新填报"),
    ("在封面填写“公开截止日期”，", ""),
    ("请到封面填写", "请写明"),
    ("请在封面填写", "请写明"),
    ("请在封面选定", "请写明"),
    ("请在封面改选单位类型，或改正单位名称", "请核对单位名称"),
    ("请把封面的“报告年度”改成", "请把报告年度改成"),
    ("请改封面；封面没有错的，", "请核对；"),
    ("封面没有错的，", "年度没有错的，"),
    ("封面的", "报告的"),
    ("封面", "报告"),
)
"""What is said of a workbook, and what instead to who has none; in this order."""


def without_workbook(text: str) -> str:
    """Return a message without what only a workbook of ours has."""
    for said, instead in _INSTEAD:
        text = text.replace(said, instead)
    return text


def cell_in_words(edition: Edition, cell_id: CellId) -> str:
    """Return how a cell is called by table, row and column; by its labels alone in a table of one row."""
    cell = edition.cell(cell_id)
    table = edition.table(cell.table)
    if len({item.line for item in table.grid if item.cell}) == 1:
        return edition.describe(cell_id)
    return f"{table.name}“{cell.row_label}”行“{cell.column_label}”列"


def place_in_words(layout: Layout, finding: Finding) -> str:
    """Return where a finding points: part and paragraph, a cell, what is named on the report; “—” where it points nowhere."""
    edition, place = layout.edition, finding.place or ""
    if place.startswith("narrative."):
        part, _, number = place.removeprefix("narrative.").partition(".")
        heading = edition.part_name(part)
        return f"{heading}第 {number} 段" if number.isdigit() else heading
    if not place and finding.cells:
        return cell_in_words(edition, finding.cells[0])
    if place in edition.cells:
        return cell_in_words(edition, place)
    return next((label for name, label, _ in layout.settings if name == place), "—")
