"""A question to which 否 is an answer of its own: closed, or answered with 取消, nothing is written by any button."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.addin import buttons
from gk_xl.addin.view import read_book
from gk_xl.errors import CalledOff
from tests.addin.clerk import zeros
from tests.addin.test_importing import page
from tests.addin.test_writing import PARTS, SAID, filing, select, select_finding

OTHER = {"t3.received_new.other": 9, "t3.received_new.total": 8, "t3.granted.total": None}


def _sentence(book):
    select(book, "依申请公开")
    buttons.accept_proposal(book)


def _finding(book):
    buttons.check(book)
    select_finding(book, "X-03")
    buttons.accept_proposal(book)


@pytest.mark.parametrize(
    ("press", "made"),
    [
        (buttons.fill_totals, zeros().with_cells(OTHER)),
        (buttons.take_ledger, replace(zeros(), ledger={"q1.t3.received_new.other": 2}).with_cells(OTHER)),
        (_finding, filing(SAID, *PARTS)),
        (_sentence, filing("本年度共收到政府信息公开申请3件，全部为自然人申请。", *PARTS)),
    ],
)
def test_a_closed_question_writes_nothing(opened, monkeypatch, press, made):
    """What stands in the workbook is what stood there; the box says that nothing was done."""
    book = opened(made)
    asked = []
    monkeypatch.setattr(type(book.app.impl), "alert", lambda *told: asked.append(told[3]) or "cancel", raising=False)
    before = read_book(book).filing
    with pytest.raises(CalledOff, match="什么也没有做"):
        press(book)
    assert asked == ["yes_no_cancel"]
    assert replace(read_book(book).filing, slip={}) == replace(before, slip={})


def test_an_import_that_is_called_off_writes_nothing(opened, tmp_path, monkeypatch):
    """Behind the question whether what stands there is replaced."""
    book = opened(zeros().with_cells({"t3.received_new.other": 9}))
    before = read_book(book).filing
    monkeypatch.setattr(type(book.app.impl), "alert", lambda *_: "cancel", raising=False)
    with pytest.raises(CalledOff):
        buttons.import_report(book, page(tmp_path))
    assert read_book(book).filing == before
