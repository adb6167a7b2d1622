"""The report as data: values, heading levels, title lines, what is left out and said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import edition_ids
from gk_xl.report.model import build_report
from gk_xl.report.outline import level_of
from gk_xl.report.title import LINE, title_lines
from gk_xl.report.values import printed, width

TITLE = "2025年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (0, "0"), (12, "12"), (12.0, "12"), (0.1 + 0.2, "0.3"), (160.5964, "160.5964"),
        (1e-7, "0.0000001"), ("1\n2", "1 2"),
        (1e20, "100000000000000000000"), (-0.0, "0"), (-3, "-3"), (" ７６元 ", "７６元"), ("=1+1", "=1+1"),
        ("1\x002", "12"),
    ],
)  # fmt: skip
def test_values_are_printed_without_noise_and_text_as_typed(value, text):
    assert printed(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_printed_decimal_reads_back_to_the_fifteen_digits_a_spreadsheet_keeps(value):
    assert float(printed(value)) == float(f"{value:.15g}")
    assert "e" not in printed(value).lower()


@pytest.mark.parametrize(
    ("text", "level", "lead"),
    [
        ("一、总体情况", 1, "一、总体情况"),
        ("（一）主动公开", 2, "（一）主动公开"),
        ("(一)主动公开", 2, "(一)主动公开"),
        ("（一）强化组织领导。", 2, "（一）强化组织领导。"),
        ("（二）依申请公开。全年收到三件。", 2, "（二）依申请公开。"),
        ("(三)平台建设：维护栏目。", 2, "(三)平台建设："),
        ("1.健全制度", 3, "1.健全制度"),
        ("１．健全制度", 3, "１．健全制度"),
        ("（1）专人负责", 4, "（1）专人负责"),
        ("（1） 进一步提高认识。继续加强领导。", 4, "（1） 进一步提高认识。"),
        ("1.公开内容不够全面。", 0, ""),
        ("2.5万元用于购置设备", 0, ""),
        ("（一）全年收到申请五件，", 0, ""),
        ("一是公开内容不够全面。", 0, ""),
        ("（一）", 0, ""),
        ("（二）是认真解决存在的问题。依法办事。", 0, ""),
        ("", 0, ""),
    ],
)
def test_heading_levels_are_recognised_as_typed(text, level, lead):
    found, end = level_of(text)
    assert (found, text[:end]) == (level, lead)


@given(st.text(alphabet="一二（）()1.、 。：，公开\t", max_size=60))
def test_recognising_a_heading_never_points_outside_the_text(text):
    level, end = level_of(text)
    assert 0 <= end <= len(text)
    assert (level == 0) == (end == 0)


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        ("示例乡", ("示例乡2025年政府信息公开工作年度报告",)),
        ("示例县市场监督管理局", ("示例县市场监督管理局2025年", "政府信息公开工作年度报告")),
        (
            "示例县城市管理和市场监督管理综合执法局",
            ("示例县城市管理和市场监督管理综合执法局", "2025年政府信息公开工作年度报告"),
        ),
        ("示例市示例区示例街道办事处", ("示例市示例区示例街道办事处", "2025年政府信息公开工作年度报告")),
    ],
)
def test_a_long_title_is_broken_at_the_border_of_a_word(unit, lines):
    assert title_lines(unit + TITLE) == lines


@given(st.text(alphabet="示例省市县区乡镇街道办事处民政局2", max_size=70))
def test_title_lines_lose_nothing_and_fit_the_page(unit):
    lines = title_lines(unit + TITLE)
    assert "".join(lines) == unit + TITLE
    assert max(map(width, lines)) <= LINE


@pytest.mark.parametrize("year", [int(edition) for edition in edition_ids()])
def test_six_sections_in_the_order_of_the_edition(year):
    filing = Filing.blank(year, Unit("示例乡人民政府"))
    report = build_report(filing)
    assert [section.heading for section in report.sections] == [section.heading for section in filing.form.sections]
    assert [section.table.table.id for section in report.sections if section.table] == ["t2", "t3", "t4"]
    shown = {cell: text for section in report.sections if section.table for cell, text in section.table.texts.items()}
    assert shown == dict.fromkeys(filing.form.cells, "")


@pytest.mark.parametrize("unit", ["示例乡人民政府", "示例镇2024年度"])
def test_the_title_never_doubles_a_word(unit):
    title = build_report(Filing.blank(2025, Unit(unit))).title
    assert not re.search("年年|年度年度", title)


def _narrative(**parts):
    return replace(Filing.blank(2025, Unit("示例乡人民政府")), narrative=parts)


def test_an_empty_section_gets_no_invented_text_and_is_named():
    report = build_report(_narrative(overview=("   ", "\u3000")))
    assert report.sections[0].paragraphs == ()
    assert any("一、总体情况" in note for note in report.notes)


def test_typed_indents_and_line_breaks_are_layout_not_text():
    report = build_report(_narrative(overview=("\u3000\u3000第一段\r\n第二段\v第三段  ",)))
    assert [paragraph.text for paragraph in report.sections[0].paragraphs] == ["第一段", "第二段", "第三段"]


def test_the_sections_own_heading_is_printed_once():
    report = build_report(_narrative(problems=("五、存在问题及改进情况", "公开不够及时。")))
    assert [paragraph.text for paragraph in report.sections[4].paragraphs] == ["公开不够及时。"]


def test_control_characters_are_left_out_and_said():
    report = build_report(_narrative(overview=("全年\x07公开\ud83d信息😀五条。",)))
    assert report.sections[0].paragraphs[0].text == "全年公开信息😀五条。"
    assert any("控制字符" in note for note in report.notes)


def test_a_report_with_errors_bears_their_number():
    filing = Filing.blank(2025, Unit("示例乡人民政府"))
    report = build_report(filing, failed=3)
    assert report.banner == "校验未通过 3 处"
    assert build_report(filing).banner == ""


def test_date_of_the_signature_has_no_padding_and_text_stays_as_typed():
    filing = Filing.blank(2025, Unit("示例乡人民政府"))
    assert build_report(replace(filing, signed=Signature("示例乡", "2026-01-05"))).date == "2026年1月5日"
    assert build_report(replace(filing, signed=Signature("示例乡", "二〇二六年一月"))).date == "二〇二六年一月"


def test_fields_that_cannot_be_filled_in_are_named():
    report = build_report(_narrative(overview=("收到{新收申请}件，{新收申清}件。",)))
    said = "\n".join(report.notes)
    assert "“一、总体情况”第 1 段的 {新收申请} 还没有数" in said
    assert "{新收申清} 不是可用的名称，照原样印出。是不是 {新收申请}？" in said


def test_a_cover_without_unit_or_year_is_said():
    filing = replace(Filing.blank(2025), year=None)
    assert any("封面没有填单位名称、年度" in note for note in build_report(filing).notes)
