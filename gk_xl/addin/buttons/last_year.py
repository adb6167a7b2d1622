"""载入上年: last year's workbook or published report → the sheet 上年数据."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.choosing import choose
from gk_xl.addin.buttons.judging import Ask, asker
from gk_xl.addin.edit import Edit
from gk_xl.addin.healing import healing
from gk_xl.addin.view import read_book
from gk_xl.addin.wording import spoken
from gk_xl.form.carrying import carried
from gk_xl.form.load import base_id
from gk_xl.form.units import is_one_unit
from gk_xl.workbook.layout import LAST_REASONS, LAST_TEXT, LAST_TEXT_LABELS
from gk_xl.workbook.sheets.last_year import last_texts

if TYPE_CHECKING:
    from gk_xl.form.carrying import Carried
    from gk_xl.form.filing import Filing
    from gk_xl.workbook.grid import Reading

Receive = Callable[[Path], "Filing"]
KIND = "去年的工作簿或已发布的报告"
LISTED = 2


@spoken()
@healing("载入上年")
def load_last_year(book: Any, path: Path | str = "", ask: Ask | None = None, receive: Receive | None = None) -> str:
    """载入上年: write last year's numbers into 上年数据 and say what they are and how many.

    Without ``path`` the application asks for the file. Numbers that stand there are replaced on the clerk's word only.
    """
    reading = read_book(book)
    source = Path(path or choose(book, "载入上年", KIND, "“上年数据”没有改动。"))
    filing = (receive or received)(source)
    form, unsure = reading.layout.last, _unsure(filing)
    other = ""
    if base_id(filing.edition) != base_id(form.id):
        found = carried(filing, form.id)
        other, filing = in_other_edition(found, filing, source), found.filing
    question = other + doubts(reading, filing, source)
    if question and not asker(book, ask)(f"{question}仍要载入吗？"):
        return "没有载入，“上年数据”没有改动。"
    with Edit(book, "载入上年") as edit:
        for block in reading.layout.last_year_blocks:
            cells = [[f"{block.table.id}.{row}.{column}" for column, _ in block.columns] for row, _ in block.rows]
            first = reading.places[f"last.{cells[0][0]}"]
            edit.numbers(
                first.sheet, first.row, first.column, [[filing.value(cell) for cell in line] for line in cells]
            )
        texts = last_texts(filing)
        for name in LAST_TEXT_LABELS:
            place = reading.places[name]
            edit.block(place.sheet, place.row, place.column, [[texts.get(name)]])
    count = sum(filing.value(cell) is not None for cell in form.cells)
    year = "年度不明的" if filing.year is None else f"{filing.year} 年度"
    return f"已从“{source.name}”载入{year}报告的 {count} / {len(form.cells)} 个数{_words(texts)}。{unsure}请点“校验”核对跨年的勾稽。"


def _unsure(filing: Filing) -> str:
    """Return how many numbers of a report were read without being sure, and how many not at all; "" for none."""
    doubtful = [cell for cell, doubt in filing.doubts.items() if not doubt.unread]
    unread = [cell for cell, doubt in filing.doubts.items() if doubt.unread]
    named = (
        f"如{filing.form.describe(doubtful[0])}：{filing.doubts[doubtful[0]].reason.rstrip('。')}" if doubtful else ""
    )
    told = f"其中 {len(doubtful)} 个存疑（{named}），请对照原件核对。" if doubtful else ""
    return told + (f"原件里有 {len(unread)} 个没有读到，空着，请照原件补填。" if unread else "")


def in_other_edition(found: Carried, filing: Filing, source: Path) -> str:
    """Return what to ask before a report in another edition's tables is taken: what maps, what does not, what stays blank."""
    named = [f"{filing.form.describe(cell)}的 {value}" for cell, value in list(found.dropped.items())[:LISTED]]
    dropped = f"，{len(found.dropped)} 个数没有对应的格、不载入（如{'、'.join(named)}）" if named else ""
    unknown = f"，{len(found.unknown)} 格原件里没有、空着" if found.unknown else ""
    return (
        f"“{source.name}”是 {base_id(filing.edition)} 年版表格，“上年数据”是 {base_id(found.filing.edition)} 年版："
        f"能对应的有 {found.mapped} 个数{dropped}{unknown}。请先核对是不是选错了年份的文件。"
    )


def _words(texts: Mapping[str, str]) -> str:
    """Return what else was loaded, for the sentence: text, reasons."""
    kinds = (("正文", any(name.startswith(LAST_TEXT) for name in texts)), ("写过的理由", LAST_REASONS in texts))
    told = "和".join(kind for kind, present in kinds if present)
    return f"，还有去年的{told}" if told else ""


def doubts(reading: Reading, filing: Filing, source: Path) -> str:
    """Return why a clerk might not want this file: another year, another unit, numbers that would be replaced."""
    words = []
    wanted = None if reading.filing.year is None else reading.filing.year - 1
    if wanted is not None and filing.year is not None and filing.year != wanted:
        words.append(f"“{source.name}”是 {filing.year} 年度的报告，应当是 {wanted} 年度的。")
    ours, theirs = reading.filing.unit.name, filing.unit.name
    if ours and theirs and not is_one_unit(ours, theirs, reading.filing.unit.county):
        words.append(f"它的单位是“{theirs}”，本工作簿是“{ours}”。")
    last = reading.last
    if last is not None and any(last.value(cell) != filing.value(cell) for cell in filing.cells):
        words.append("“上年数据”里已经填有不同的数，载入会替换它们。")
    kept = last_texts(last) if last else {}
    if any(text != last_texts(filing).get(name) for name, text in kept.items()):
        words.append("“上年数据”里已经填有不同的文字或理由，载入会替换它们。")
    return "".join(words)


def received(path: Path) -> Filing:
    """Return the filing of a workbook of ours, of JSON, or of a published report, another tool's workbook among them."""
    from gk_xl.intake import receive_last_year

    return receive_last_year(path).filing
