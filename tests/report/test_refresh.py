"""Late corrections in an edited document: numbers follow the filing, everything that people did to it stays."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gk_xl.errors import FileError
from gk_xl.form.filing import Filing, Signature
from gk_xl.form.schema import ValueKind
from gk_xl.report.docx import write_docx
from gk_xl.report.refresh import refresh
from gk_xl.sources.docx import import_docx
from gk_xl.sources.model import Request
from tests.conftest import examples
from tests.filings import accepted

W = qn("w:p")[1:].split("}")[0]
GRANTED, PARTIAL, NEW = "t3.granted.total", "t3.partial.total", "t3.received_new.total"


def controls(document, tag: str) -> list:
    """Return the content controls with a tag."""
    return [
        item
        for item in document.element.body.iter(qn("w:sdt"))
        if item.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == tag
    ]


def opening(document, text: str):
    """Return the paragraph that begins with a text."""
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(text))


def shown(data: bytes, tag: str) -> list[str]:
    found = controls(docx.Document(io.BytesIO(data)), tag)
    return ["".join(text.text or "" for text in item.iter(qn("w:t"))) for item in found]


def edited(data: bytes, change) -> bytes:
    """Return the file after python-docx, an editor that is not ours, has changed it."""
    document = docx.Document(io.BytesIO(data))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def filing(example) -> Filing:
    """Yield an example whose text has fields."""
    return replace(
        example,
        narrative={**example.narrative, "overview": ("收到{新收申请}件，予以公开{予以公开}件，共{申请总数}件。",)},
    )


def test_without_changes_the_document_keeps_its_bytes(filing):
    data = write_docx(filing)
    done = refresh(data, filing)
    assert (done.changed, done.conflicts) == ((), ())
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(done.data)) as new:
        assert old.namelist() == new.namelist()
        for name in old.namelist():
            if name.endswith(".rels") or not name.endswith(".xml"):
                assert old.read(name) == new.read(name)
            else:
                assert etree.canonicalize(old.read(name).decode()) == etree.canonicalize(new.read(name).decode())


def test_changed_numbers_are_brought_up_to_date_everywhere_and_listed(filing):
    old = filing.number(NEW)
    done = refresh(write_docx(filing), filing.with_cells({NEW: 70}))
    assert shown(done.data, NEW) == ["70", "70"]
    assert shown(done.data, "field:申请总数") == ["70"]
    assert [(change.tag, change.old, change.new) for change in done.changed] == [
        (NEW, str(old), "70"), ("field:申请总数", str(old), "70"), (NEW, str(old), "70"),
    ]  # fmt: skip
    assert str(done.changed[-1]) == f"{filing.form.describe(NEW)}：{old} → 70"
    assert done.conflicts == ()


def test_the_leaders_edits_stay(filing):
    """Text, formatting, a comment, a tracked change and a number typed over by hand, all in one document."""

    def change(document):
        body = opening(document, "收到")
        body.runs[0].text = "全年一共收到"
        body.runs[0].font.color.rgb = RGBColor(0xC0, 0, 0)
        document.add_comment(body.runs[0], text="请核对", author="领导")
        paragraph = document.paragraphs[-3]._p
        paragraph.append(docx.oxml.parse_xml(
            f'<w:ins xmlns:w="{W}" w:id="901" w:author="领导"><w:r><w:t>（修订）</w:t></w:r></w:ins>'
        ))  # fmt: skip
        paragraph.append(docx.oxml.parse_xml(
            f'<w:del xmlns:w="{W}" w:id="902" w:author="领导"><w:r><w:delText>删去的话</w:delText></w:r></w:del>'
        ))  # fmt: skip
        next(controls(document, PARTIAL)[0].iter(qn("w:t"))).text = "8"

    late = filing.with_cells({NEW: 70, PARTIAL: 9})
    done = refresh(edited(write_docx(filing), change), late)
    document = docx.Document(io.BytesIO(done.data))
    body = opening(document, "全年一共收到")
    granted = filing.number(GRANTED)
    assert body._p.xpath("string(.)") == f"全年一共收到70件，予以公开{granted}件，共70件。"
    assert body.runs[0].font.color.rgb == RGBColor(0xC0, 0, 0)
    assert [comment.text for comment in document.comments] == ["请核对"]
    assert len(list(document.element.body.iter(qn("w:ins")))) == 1
    assert [item.text for item in document.element.body.iter(qn("w:delText"))] == ["删去的话"]
    assert shown(done.data, PARTIAL) == ["8"]
    (conflict,) = (item for item in done.conflicts if item.tag == PARTIAL)
    assert (conflict.exported, conflict.found, conflict.wanted) == (str(filing.number(PARTIAL)), "8", "9")
    assert "保留 Word 里的" in str(conflict)


def test_a_number_inside_a_tracked_change_is_left_alone(filing):
    def change(document):
        content = controls(document, PARTIAL)[0].find(qn("w:sdtContent"))
        run = content.find(qn("w:r"))
        content.replace(run, insertion := docx.oxml.parse_xml(f'<w:ins xmlns:w="{W}" w:id="5" w:author="领导"/>'))
        insertion.append(run)

    done = refresh(edited(write_docx(filing), change), filing.with_cells({PARTIAL: 9}))
    assert shown(done.data, PARTIAL) == [str(filing.number(PARTIAL))]
    assert "未接受的修订" in str(done.conflicts[0])


def test_a_number_whose_place_was_deleted_is_reported(filing):
    def change(document):
        row = next(item for item in controls(document, PARTIAL)[0].iterancestors() if item.tag == qn("w:tr"))
        row.getparent().remove(row)

    done = refresh(edited(write_docx(filing), change), filing.with_cells({PARTIAL: 9}))
    assert [item.tag for item in done.conflicts] == [PARTIAL]
    assert "已被删去" in str(done.conflicts[0])


def test_blank_becomes_a_number_and_a_number_blank(filing):
    done = refresh(write_docx(filing.with_cells({PARTIAL: None})), filing.with_cells({PARTIAL: 4, GRANTED: None}))
    assert shown(done.data, PARTIAL) == ["4"]
    assert shown(done.data, GRANTED) == ["〔予以公开未填〕", ""]


def test_a_cell_with_text_is_found_by_its_place_in_the_table(filing):
    done = refresh(write_docx(filing.with_cells({PARTIAL: "７件"})), filing.with_cells({PARTIAL: 7}))
    assert [(change.tag, change.old, change.new) for change in done.changed] == [(PARTIAL, "７件", "7")]
    assert "７件" not in docx.Document(io.BytesIO(done.data)).element.body.xpath("string(.)")


def test_date_and_unit_of_the_signature_follow_too(filing):
    done = refresh(write_docx(filing), replace(filing, signed=Signature("示例乡", "2026-02-03")))
    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(done.data)).paragraphs[-2:]] == [
        "示例乡",
        "2026年2月3日",
    ]


def test_a_second_refresh_knows_what_the_first_one_wrote(filing):
    """Numbers written by the first refresh are no edits by hand; a conflict stays one until somebody settles it."""
    data = edited(
        write_docx(filing), lambda document: setattr(next(controls(document, PARTIAL)[0].iter(qn("w:t"))), "text", "8")
    )
    first = refresh(data, filing.with_cells({NEW: 70, PARTIAL: 9}))
    second = refresh(first.data, filing.with_cells({NEW: 71, PARTIAL: 9}))
    assert shown(second.data, NEW) == ["71", "71"]
    assert [item.tag for item in second.conflicts] == [PARTIAL]
    settled = refresh(second.data, filing.with_cells({NEW: 71, PARTIAL: 8}))
    assert settled.conflicts == ()


def test_wording_changed_in_the_workbook_since_is_said_not_done(filing):
    late = replace(filing, narrative={**filing.narrative, "problems": ("新写的问题。",)})
    done = refresh(write_docx(filing), late)
    assert [item.tag for item in done.conflicts] == ["narrative.problems"]
    assert "新写的问题" not in docx.Document(io.BytesIO(done.data)).element.body.xpath("string(.)")


@pytest.mark.parametrize(
    ("before", "now"),
    [((2, "万元"), (None, "万元")), ((2, "万元"), (7, "元")), ((None, "元"), (7, "元")), ((2, "元"), ("约3", "元"))],
)
def test_the_unit_of_an_amount_stands_behind_a_number_only(before, now):
    """采购总金额 of 2019's form, whose head prints no unit: it comes, goes and changes with the number."""
    amount = "t2.procurement.amount"
    filings = [
        replace(accepted("2019").with_cells({amount: value}), units={amount: unit}) for value, unit in (before, now)
    ]
    done = refresh(write_docx(filings[0]), filings[1])
    texts = []
    for data in (done.data, write_docx(filings[1])):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            texts.append("".join(etree.fromstring(package.read("word/document.xml")).itertext()))
    assert texts[0] == texts[1]


@examples(40)
@given(st.data())
def test_a_refreshed_document_is_the_one_that_would_be_written_now(example, data):
    """Same numbers as a fresh export, and read back it gives the corrected filing."""
    cells = data.draw(
        st.dictionaries(
            st.sampled_from(sorted(example.cells)),
            st.one_of(st.none(), st.integers(0, 999), st.just("７6元")),
            max_size=15,
        )
    )
    late = example.with_cells(cells)
    done = refresh(write_docx(example), late)
    assert import_docx(done.data, Request("x.docx")).filing == replace(late, waivers={}, contact="")
    changed = {change.tag: change.new for change in done.changed}
    assert set(changed) == {cell for cell, value in cells.items() if value != example.cells[cell]}
    with zipfile.ZipFile(io.BytesIO(done.data)) as one, zipfile.ZipFile(io.BytesIO(write_docx(late))) as two:
        parts = [etree.fromstring(package.read("word/document.xml")) for package in (one, two)]
    one_text, two_text = ("".join(part.itertext()) for part in parts)
    assert one_text == two_text


def test_another_years_report_or_a_foreign_file_is_refused(filing):
    with pytest.raises(FileError, match="不是同一份"):
        refresh(write_docx(filing), replace(filing, year=filing.year - 1), source="报告.docx")
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    for data, why in ((buffer.getvalue(), "不是用本工具导出"), (b"no zip", "已经损坏"), (b"\xd0\xcf\x11\xe0", "密码")):
        with pytest.raises(FileError, match=why):
            refresh(data, filing, source="报告.docx")


@pytest.mark.application
def test_a_document_edited_in_libreoffice_is_refreshed(filing, writer, tmp_path):
    (tmp_path / "report.docx").write_bytes(write_docx(filing))
    (saved,) = writer(tmp_path / "report.docx", to="docx", into=tmp_path / "saved")
    done = refresh(saved.read_bytes(), filing.with_cells({NEW: 70}))
    assert {change.tag for change in done.changed} == {NEW, "field:申请总数"}
    assert done.conflicts == ()
    assert import_docx(done.data, Request("x.docx")).filing == filing.with_cells({NEW: 70})
    (tmp_path / "again.docx").write_bytes(done.data)
    (page,) = writer(tmp_path / "again.docx")
    assert page.stat().st_size > 10_000


def test_what_the_file_carries_is_the_new_filing(filing):
    done = refresh(write_docx(filing), filing.with_cells({NEW: 70}))
    with zipfile.ZipFile(io.BytesIO(done.data)) as package:
        root = etree.fromstring(package.read("customXml/item1.xml"))
    assert json.loads(root.findtext("{urn:gk_xl:filing}json"))["cells"][NEW] == 70


def test_a_changed_text_is_told_at_every_refresh_until_the_document_says_it(filing):
    """The file keeps what its own text was written from: a refresh of numbers does not make the wording new."""
    late = replace(filing, narrative={**filing.narrative, "problems": ("新写的问题。",)}).with_cells({NEW: 70})
    first = refresh(write_docx(filing), late)
    assert [change.new for change in first.changed] == ["70"] * 3
    for _ in range(2):
        again = refresh(first.data, late)
        assert again.changed == ()
        assert [item.tag for item in again.conflicts] == ["narrative.problems"]
        assert again.conflicts[0].where == f"“{filing.form.section('problems').heading}”"
        assert again.data == first.data


def test_a_changed_title_is_told_with_both(filing):
    """Another name of the unit makes another title; the one in the document is the leader's."""
    late = replace(filing, unit=replace(filing.unit, name="样板镇人民政府"))
    (conflict,) = (item for item in refresh(write_docx(filing), late).conflicts if item.tag == "title")
    assert (conflict.exported, conflict.wanted) == (filing.title, late.title)
    assert late.title in str(conflict)
    assert [item.tag for item in refresh(write_docx(filing), filing).conflicts] == []


def test_the_words_before_the_first_part_are_the_preface(filing):
    late = replace(filing, narrative={**filing.narrative, "preamble": ("另一段前言。",)})
    (conflict,) = refresh(write_docx(filing), late).conflicts
    assert (conflict.tag, conflict.where) == ("narrative.preamble", "前言")
    assert str(conflict).startswith("前言：")


def type_over(tag, text):
    """Return the change of an editor who types another number."""
    return lambda document: setattr(next(controls(document, tag)[0].iter(qn("w:t"))), "text", text)


def test_a_unit_typed_behind_the_right_number_is_no_conflict(filing):
    """12 元 where the filing says 12, in 元; not where it says another number, or no unit."""
    amount = next(cell.id for cell in filing.form.cells.values() if cell.kind is ValueKind.AMOUNT)
    old = replace(filing.with_cells({amount: 12}), units={amount: "元"})
    given = edited(write_docx(old), type_over(amount, "12元"))
    done = refresh(given, old)
    assert (done.changed, done.conflicts) == ((), ())
    done = refresh(given, replace(old, units={}))
    assert [(item.tag, item.found, item.wanted) for item in done.conflicts] == [(amount, "12元", "12")]
    done = refresh(given, old.with_cells({amount: 13}))
    assert [(item.tag, item.found, item.wanted) for item in done.conflicts] == [(amount, "12元", "13")]


def test_a_number_typed_over_that_is_the_new_one_is_no_news(filing):
    """The leader corrected it in Word, the clerk in the workbook: nothing to say."""
    done = refresh(edited(write_docx(filing), type_over(PARTIAL, "9")), filing.with_cells({PARTIAL: 9}))
    assert (done.changed, done.conflicts) == ((), ())


def test_places_are_named_as_the_form_names_them(filing):
    """A cell by its rows and columns, a field by its name in the text, the signature by its part."""
    late = replace(filing.with_cells({NEW: 70}), signed=Signature("示例乡", "2026-02-03"))
    where = {change.tag: change.where for change in refresh(write_docx(filing), late).changed}
    assert where["field:申请总数"] == "正文 {申请总数}"
    assert {"·" in place for place in where.values()} == {False}
    assert (
        str(refresh(write_docx(filing.with_cells({PARTIAL: None})), filing).changed[0])
        .partition("：")[2]
        .startswith("空白 → ")
    )


def test_a_deleted_place_is_told_only_where_its_number_changed(filing):
    def change(document):
        row = next(item for item in controls(document, PARTIAL)[0].iterancestors() if item.tag == qn("w:tr"))
        row.getparent().remove(row)

    given = edited(write_docx(filing), change)
    assert refresh(given, filing).conflicts == ()
    (conflict,) = refresh(given, filing.with_cells({PARTIAL: 9})).conflicts
    assert (conflict.exported, conflict.found, conflict.wanted) == (str(filing.number(PARTIAL)), "", "9")
    assert filing.form.describe(PARTIAL) in str(conflict)


def test_a_tracked_number_that_did_not_change_is_left_and_not_told(filing):
    def change(document):
        content = controls(document, PARTIAL)[0].find(qn("w:sdtContent"))
        run = content.find(qn("w:r"))
        content.replace(run, insertion := docx.oxml.parse_xml(f'<w:ins xmlns:w="{W}" w:id="5" w:author="领导"/>'))
        insertion.append(run)

    given = edited(write_docx(filing), change)
    done = refresh(given, filing)
    assert (done.changed, done.conflicts, done.data) == ((), (), given)
    (conflict,) = refresh(given, filing.with_cells({PARTIAL: 9})).conflicts
    assert (conflict.exported, conflict.found, conflict.wanted) == (*[str(filing.number(PARTIAL))] * 2, "9")


def test_the_same_year_on_another_form_is_not_the_same_report(filing):
    other = "2019" if filing.edition != "2019" else "2021"
    with pytest.raises(FileError, match=rf"报告.docx 是 {filing.year} 年度"):
        refresh(write_docx(filing), replace(Filing.blank(filing.year, filing.unit), edition=other), source="报告.docx")
