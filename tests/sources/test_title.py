"""Title, unit, year, signature and sections of a published report."""

from __future__ import annotations

import pytest

from gk_xl.errors import SourceError
from gk_xl.form.filing import Signature, Unit
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.sources.model import NoteKind
from gk_xl.sources.text import import_text
from tests.sources.printed import NEWEST, about, messages, printed

# ---------------------------------------------------------------- title, unit, year, signature


@pytest.mark.parametrize(
    ("lines", "unit", "year"),
    [
        (["样板乡2025年政府信息公开工作年度报告"], "样板乡人民政府", 2025),
        (["样板镇人民政府", "2025年政府信息公开工作年度报告"], "样板镇人民政府", 2025),
        (["样板镇人民政府2025年度政府信息公开工作年度报告"], "样板镇人民政府", 2025),
        (["2025年度样板镇政府信息公开工作年度报告"], "样板镇人民政府", 2025),
        (["样板街道2025年度政府", "信息公开工作年度报告"], "样板街道", 2025),
        (["样板街道办事处", "政府信息公开工作年度报告", "（2025年）"], "样板街道办事处", 2025),
        (["示例县财政局二〇二五年政府信息公开年报"], "示例县财政局", 2025),
        (["# 样板乡2025年政府信息公开工作年度报告"], "样板乡人民政府", 2025),
        (["２０２５年样板乡信息公开工作报告"], "样板乡人民政府", 2025),
        (["当前位置：首页 > 年报", "样板乡2025年政府信息公开工作年度报告", "发布时间：2026-01-20", "样板乡", "2025年政府信息公开工作年度报告"],
         "样板乡人民政府", 2025),
    ],
)  # fmt: skip
def test_titles(lines, unit, year):
    """One line or several, year first or last, in Arabic or Chinese, repeated by the web page: unit and year come out."""
    text = printed(end=[]).split("\n", 1)[1]
    imported = import_text("\n".join([*lines, text]), "样本")
    assert (imported.filing.unit.name, imported.filing.year) == (unit, year)
    assert imported.filing.paragraphs("preamble") == ()


@pytest.mark.parametrize(
    ("name", "kind", "own"),
    [
        ("样板乡人民政府", "township", "我乡"),
        ("示例县样板镇人民政府", "town", "我镇"),
        ("样板回族乡人民政府", "ethnic_township", "我乡"),
        ("样板街道办事处", "subdistrict", "我街道"),
        ("示例县财政局", "county_department", "我局"),
        ("示例市财政局", "city_department", "我局"),
        ("示例县城市管理局", "county_department", "我局"),
        ("示例省财政厅", "province_department", "我厅"),
        ("示例县人民政府", "county_government", "我县"),
        ("示例区人民政府", "county_government", "我县"),
        ("示例市人民政府", "city_government", "我市"),
    ],
)
def test_the_kind_of_unit_is_told_by_its_name(name, kind, own):
    """The signature's name gives kind and own word; a note says that this is a guess."""
    title = name.removesuffix("人民政府") if name.endswith(("乡人民政府", "镇人民政府")) else name
    text = printed(end=[name, "2026年1月10日"]).replace("样板乡2025年", f"{title}2025年", 1)
    imported = import_text(text, "样本")
    assert (imported.filing.unit.name, imported.filing.unit.kind, imported.filing.unit.self_word) == (name, kind, own)
    assert about(imported, NoteKind.READ, "单位类型").read == kind


def test_an_unknown_kind_is_asked_for():
    """A name that tells nothing leaves the kind empty, and a note says so."""
    imported = import_text(printed(end=[]).replace("样板乡2025年", "样板集团2025年", 1), "样本")
    assert imported.filing.unit.kind == ""
    assert about(imported, NoteKind.MISSING, "单位类型")


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2026年1月10日", "2026-01-10"),
        ("２０２６年１月１０日", "2026-01-10"),
        ("2026 年 1 月 10 日", "2026-01-10"),
        ("2026-1-10", "2026-01-10"),
        ("2026.01.10", "2026-01-10"),
        ("二〇二六年一月十日", "2026-01-10"),
        ("二○二六年一月二十一日", "2026-01-21"),
        ("2026年2月30日", "2026年2月30日"),
        ("2026年1月", "2026年1月"),
    ],
)
@pytest.mark.parametrize("apart", [True, False])
def test_signatures(typed, iso, apart):
    """Name and date on two lines or one; a date that is none stays as typed."""
    end = ["样板乡人民政府", typed] if apart else [f"样板乡人民政府  {typed}"]
    imported = import_text(printed(end=["", *end, "", "打印 关闭"]), "样本")
    assert imported.filing.signed == Signature("样板乡人民政府", iso)
    assert imported.filing.paragraphs("other_matters") == ("这里写一句话。",)
    assert about(imported, NoteKind.UNPLACED, "打印 关闭")


def test_what_is_asked_for_prevails():
    """A year and a unit given by the caller are used, and a title that says otherwise is noted."""
    unit = Unit("试点镇人民政府", "town", "本镇", "示例县")
    imported = import_text(printed(), "样本", year=2024, unit=unit)
    assert (imported.filing.year, imported.filing.unit) == (2024, unit)
    assert about(imported, NoteKind.READ, "标题写的是 2025 年").read == "2024"


def test_a_report_without_title_takes_its_year_from_the_text():
    """The statistical period gives the year; without any year the layout gives the edition, and the year is missing."""
    body = printed(end=[]).split("\n", 1)[1]
    period = "统计期限为2024年1月1日至2024年12月31日。"
    assert import_text(period + "\n" + body, "样本").filing.year == 2024
    imported = import_text(body, "样本")
    assert (imported.filing.edition, imported.filing.year) == (NEWEST.id, None)
    assert about(imported, NoteKind.MISSING, "年度", "在封面填写")


# ---------------------------------------------------------------- sections and narrative


def test_preamble_and_narrative_stay_where_they_stand():
    """Text before 一 is preamble; a preamble inside 一 stays inside it; sub-headings are paragraphs."""
    imported = import_text(
        printed(preamble=["根据条例编制。", "统计期限见后。"], overview=["（一）主动公开", "\u3000\u3000公开了5条。"]),
        "样本",
    )
    assert imported.filing.paragraphs("preamble") == ("根据条例编制。", "统计期限见后。")
    assert imported.filing.paragraphs("overview") == ("（一）主动公开", "公开了5条。")


@pytest.mark.parametrize(
    "heading",
    ["1、 总体情况", "一、 总体情况", "一．总体情况", "## 一、总体情况", "**一、总体情况**", "总体情况", "一、工作总体推进情况", "一、2025年政务公开总体情况", "一、总体情况："],
)  # fmt: skip
def test_the_first_heading_in_its_variants(heading):
    """However the heading is printed, its text is found; a change of wording is noted."""
    imported = import_text(printed().replace("\n一、总体情况\n", f"\n{heading}\n"), "样本")
    assert imported.filing.paragraphs("overview") == ("这里写一句话。",)
    assert imported.notes_of(NoteKind.MISSING) == ()


@pytest.mark.parametrize("name", ["t4", "problems"])
def test_variants_that_the_edition_lists_are_headings(name):
    """Every variant listed for a section begins it."""
    section = NEWEST.section(name)
    for variant in section.variants:
        imported = import_text(printed().replace(f"\n{section.heading}\n", f"\n{variant}\n"), "样本")
        assert imported.notes_of(NoteKind.MISSING) == ()
        assert imported.notes_of(NoteKind.UNPLACED) == ()


def test_a_run_in_heading_keeps_its_text():
    """“六、其他需要报告的事项：无。” is heading and text in one line."""
    text = printed(other_matters=[]).replace("\n六、其他需要报告的事项\n", "\n六、其他需要报告的事项：无。\n")
    assert import_text(text, "样本").filing.paragraphs("other_matters") == ("无。",)


def test_sub_headings_that_repeat_a_later_heading_do_not_begin_it():
    """“（四）政府信息公开行政复议、行政诉讼情况” inside 一 is narrative."""
    inside = [section.heading.replace("、", "）", 1) for section in NEWEST.sections[1:4]]
    inside = [f"（{heading}" for heading in inside] + ["2.收到和处理政府信息公开申请情况"]
    imported = import_text(printed(overview=inside), "样本")
    assert imported.filing.paragraphs("overview") == tuple(inside)
    assert imported.notes_of(NoteKind.MISSING) == ()


def test_a_table_of_contents_is_not_the_report():
    """Headings listed one a line before the report neither begin the sections nor are they text; each is told."""
    contents = [section.heading for section in NEWEST.sections]
    imported = import_text(printed(preamble=["目录", *contents]), "样本")
    said = " ".join(messages(imported, NoteKind.UNPLACED))
    assert imported.filing.paragraphs("preamble") == ()
    assert [text for text in ("目录", *contents) if f"“{text}”没有放入" not in said] == []
    assert imported.filing.paragraphs("overview") == ("这里写一句话。",)
    assert imported.notes_of(NoteKind.MISSING) == ()


def test_a_table_whose_heading_is_missing_is_found_by_its_labels():
    """Without “二、…” the table is still read, and a note says so."""
    cells = {name: number % 10 for number, name in enumerate(NEWEST.cells)}
    for section in NEWEST.sections[1:4]:
        imported = import_text(printed(cells=cells).replace(f"\n{section.heading}\n", "\n"), "样本")
        assert imported.filing.cells == cells
        assert about(imported, NoteKind.NORMALISED, f"没有找到标题“{section.heading}”")


def test_a_missing_section_is_missing():
    """No 六: that is said; what stands under 五 stays under 五."""
    text = printed().replace("\n六、其他需要报告的事项\n这里写一句话。\n", "\n")
    assert about(import_text(text, "样本"), NoteKind.MISSING, "六、其他需要报告的事项")


def test_sentences_in_a_table_s_region_are_quoted():
    """The instruction sentence left in is listed; a paragraph behind a table is kept at the end of 一, and that is said."""
    sentence = "该部分以表格形式报告，表格如下。"
    text = printed(t3=["以上数据由党政办公室汇总。"]).replace("\n三、收到", f"\n{sentence}\n三、收到")
    imported = import_text(text, "样本")
    assert [note.found for note in imported.notes_of(NoteKind.UNPLACED)] == [sentence]
    assert imported.filing.paragraphs("overview")[-1] == "以上数据由党政办公室汇总。"
    assert about(imported, NoteKind.READ, "三、", "有一段文字", "末尾")
    assert None not in imported.filing.cells.values()


@pytest.mark.parametrize("text", ["", "天气很好。", "第一章 总则\n第一条 为了……", "1\n2\n3", "a | b\n--- | ---\n1 | 2"])
def test_what_is_no_report_is_refused(text):
    """Text without a section or a table is refused in one sentence with the next step."""
    with pytest.raises(SourceError, match=r"^样本 里没有认得出的年度报告标题或表格.*请.*。$"):
        import_text(text, "样本")


def test_a_report_older_than_every_edition_is_refused():
    """A year before the first edition is refused, naming the file, the year and the next step."""
    first = load_edition(edition_ids()[0]).first_year
    with pytest.raises(SourceError, match=rf"^样本 是 {first - 1} 年的报告.*请核对年度。$"):
        import_text(printed(year=first - 1), "样本")


def test_a_banner_of_another_edition_is_not_taken_for_one_of_this():
    """“第二十条第（九）项” is no slip for （一）: printed by the year's edition it would change what its numbers mean."""
    old = load_edition(edition_ids()[0])
    gone = [item.text for item in old.table("t2").grid if item.text not in {i.text for i in NEWEST.table("t2").grid}]
    imported = import_text(printed(old, NEWEST.first_year), "样本")
    assert imported.filing.edition == old.id
    said = [note.found for note in imported.notes_of(NoteKind.NORMALISED)]
    assert "第二十条第（九）项" in gone
    assert "第二十条第（九）项" not in said
