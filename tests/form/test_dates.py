"""Days however they are written, and at each door by which they come in."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from gk_xl.form.dates import iso_date
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.intake import receive
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import layout

DAY = "2026-01-20"
WRITTEN = [
    DAY, "2026年1月20日", "2026年01月20号", " 2026 年 1 月 20 日 ", "2026.1.20", "2026/1/20", "20260120", "２０２６年１月２０日",
    "二〇二六年一月二十日", "二○二六年元月廿日", "2026年1月20",
]  # fmt: skip
NONE = [
    "2026年2月30日",
    "2026年1月",
    "二〇二六年",
    "2026年十三月一日",
    "1月20日",
    "20261301",
    "待定",
    "2026年1月20日前",
    "十",
    "",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_is_read_however_it_is_written(written):
    assert iso_date(written) == DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [("二〇二五年十二月三十一日", "2025-12-31"), ("2025年11月十日", "2025-11-10"), ("2025年10月卅日", "2025-10-30")],
)
def test_tens_are_read(written, day):
    assert iso_date(written) == day


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_day_stays_as_it_was_typed(written):
    assert iso_date(written) == written


@pytest.mark.parametrize("written", WRITTEN[1::4])
def test_every_door_reads_it(written, tmp_path):
    """JSON, and 落款日期 and 公开截止日期 of the cover."""
    filing = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    data = filing.as_json() | {"signed": {"name": "示例乡人民政府", "date": written}, "deadline": written}
    read = Filing.loads(json.dumps(data), "数据")
    assert (read.signed.date, read.deadline) == (DAY, DAY)
    assert read.signed == Signature("示例乡人民政府", DAY)
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(filing)))
    for name in ("signed.date", "deadline"):
        place = layout("2021").names[name]
        book[place.sheet][place.address] = written
    path = tmp_path / "年报.xlsx"
    book.save(path)
    assert (receive(path).filing.signed.date, receive(path).filing.deadline) == (DAY, DAY)
