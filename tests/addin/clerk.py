"""What a clerk has before them in the tests of the buttons: filings right and faulty, and what stands where in a workbook."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from gk_xl.addin.healing import healing
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.workbook.build import content_for
from gk_xl.workbook.layout import FLAGS, RESULTS, RESULTS_FIRST

ROOT = Path(__file__).parents[2]
T3 = "三、依申请公开"
UNIT = Unit("示例乡人民政府", "township", "我乡", "示例县")


@healing("恢复")
def heal(_book) -> str:
    """Press a button that does nothing of its own."""
    return ""


def yes(_question: str) -> bool:
    return True


def no(_question: str) -> bool:
    return False


def zeros() -> Filing:
    """Return a right filing: every number 0."""
    filing = Filing.blank(2025, UNIT)
    narrative = {
        "preamble": ("本报告中所列数据的统计期限自2025年1月1日起至2025年12月31日止。",),
        "overview": (
            "（一）主动公开。公开本级财政预算、决算和公共服务事项办理指南。",
            "（二）依申请公开。本年度未收到政府信息公开申请。",
            "（三）政府信息管理。明确专人审核，公开前逐件核对来源和日期。",
            "（四）政府信息公开平台建设。在便民服务中心设置公开查阅点。",
            "（五）监督保障。由分管领导负责，年内组织业务培训。",
        ),
        "problems": ("一是信息更新不及时。改进措施：建立台账，每月检查一次。",),
        "other_matters": ("本年度发出收费通知0件，收取信息处理费0元。",),
    }
    signed = Signature(UNIT.name, "2026-01-10")
    return replace(filing, cells=dict.fromkeys(filing.cells, 0), narrative=narrative, signed=signed)


def faulty() -> Filing:
    """Return a filing with a wrong total, a text for a number, a blank, and a warning answered with a reason."""
    changes = {
        "t3.received_new.natural_person": 2, "t3.received_new.total": 3, "t3.granted.natural_person": "2件",
        "t3.partial.research": None, "t2.normative_doc.issued": 25, "t2.normative_doc.in_force": 25,
    }  # fmt: skip
    return replace(zeros().with_cells(changes), waivers={"T2-10": "省政府赋权"})


def everything(book) -> dict[str, object]:
    """Return what stands in every sheet, hidden columns included, with the notes of the tables."""
    found: dict[str, object] = {}
    for sheet in book.sheets:
        rows = sheet.range((1, 1), (40 if sheet.name == RESULTS else 80, 40)).options(ndim=2).value
        found[sheet.name] = [list(row) for row in rows]
    return found


def protected(book) -> bool:
    return all(sheet.impl.protected for sheet in book.sheets)


def note(book, sheet: str, address: str) -> str | None:
    found = book.sheets[sheet].range(address).note
    return None if found is None else found.text


def place_of(cell: str):
    return content_for(zeros()).layout.names[cell]


def flag(book, cell: str):
    """Return the level of a cell's flag, of a formula the one it comes to while no line about it is done."""
    place = place_of(cell).right(FLAGS)
    held = book.sheets[place.sheet].range((place.row, place.column)).formula
    levels = re.findall(r"(?<=[(,])\d", held) if isinstance(held, str) and held.startswith("=") else [held]
    return max((int(level) for level in levels if level not in (None, "")), default=None)


def select_line(book, text: str) -> None:
    """Select the first line of the list whose proposal or message holds a text."""
    rows = book.sheets[RESULTS].range((RESULTS_FIRST, 1), (RESULTS_FIRST + 60, 7)).options(ndim=2).value
    number = next(n for n, row in enumerate(rows) if any(text in str(value) for value in row))
    sheet = book.sheets[RESULTS]
    sheet.activate()
    sheet.range((RESULTS_FIRST + number, 5)).select()


def write_json(folder: Path, filing: Filing) -> Path:
    path = folder / "空.json"
    path.write_text(filing.dumps(), encoding="utf-8")
    return path
