"""A Word report of ours read again: the same filing exactly, and what was changed in Word since, named."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from gk_xl.errors import SourceError
from gk_xl.form.fields import fields, pieces
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import edition_ids
from gk_xl.report.docx import write_docx
from gk_xl.sources.docx import import_docx
from gk_xl.sources.model import NoteKind, Request
from gk_xl.sources.open import import_sources
from tests.conftest import examples

YEARS = [int(edition) for edition in edition_ids()]
TEXT = st.text(alphabet=st.sampled_from("一二（）、.。1２{}新收申请 \u3000\t\n\x07\ud800😀<&政府"), max_size=30)
VALUE = st.one_of(
    st.none(), st.integers(-5, 10**6), st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 6)), TEXT
)


@st.composite
def filings(draw) -> Filing:
    """Draw any filing, however badly filled in."""
    filing = Filing.blank(draw(st.sampled_from(YEARS)), Unit(draw(TEXT), "township", draw(TEXT), draw(TEXT)))
    cells = {cell: draw(VALUE) for cell in draw(st.sets(st.sampled_from(sorted(filing.form.cells)), max_size=12))}
    narrative = {part: tuple(draw(st.lists(TEXT, max_size=4))) for part in filing.narrative}
    narrative["overview"] += ("本年收到{新收申请}件，共{申请总数}件，{写错的}件。",)
    date = draw(st.sampled_from(["", "2026-01-05", "二〇二六年一月", "2026年1月5日"]))
    filing = replace(
        filing, cells={**filing.cells, **cells}, narrative=narrative, signed=Signature(draw(TEXT), date),
        waivers={"T2-10": draw(TEXT)}, contact=draw(TEXT), remarks=(draw(TEXT),),
    )  # fmt: skip
    return Filing.loads(filing.dumps())


def again(data: bytes):
    return import_docx(data, Request("报告.docx"))


def edited(data: bytes, change) -> bytes:
    """Return the file after python-docx, an editor that is not ours, has changed it."""
    document = docx.Document(io.BytesIO(data))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def control(document, tag: str):
    """Return the first content control with a tag."""
    for item in document.element.body.iter(qn("w:sdt")):
        if item.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == tag:
            return item
    raise KeyError(tag)


@examples(120)
@given(filings(), st.integers(0, 3))
def test_whatever_was_filed_comes_back_exactly(filing, failed):
    """Numbers and settings as filed, words as printed; contact and reasons are not published and do not come back."""
    found = again(write_docx(filing, failed=failed))
    assert found.filing == as_printed(filing)
    assert not [note for note in found.notes if "Word" in note.message]
    assert again(write_docx(found.filing)).filing == found.filing


def as_printed(filing: Filing) -> Filing:
    """Return a filing as its report shows it, without what no report shows."""
    known = fields(filing.edition)

    def printable(text: str) -> str:
        return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text).strip()

    def named(text: str) -> str:
        return "".join(f"{{{name}}}" if name in known else typed for typed, name in pieces(text))

    lines = {
        part: [printable(line) for text in texts for line in text.split("\n")]
        for part, texts in filing.narrative.items()
    }
    narrative = {part: tuple(named(line) for line in texts if line) for part, texts in lines.items()}
    cells = {
        cell: (re.sub("[\t\n]+", " ", printable(value)).strip() or None) if isinstance(value, str) else value
        for cell, value in filing.cells.items()
    }
    return replace(filing, cells=cells, narrative=narrative, waivers={}, contact="", remarks=())


def test_a_paragraph_like_a_heading_of_the_form_stays_in_its_part(example):
    """Where nothing was changed in Word, a paragraph stands where it was written."""
    heading = example.form.sections[-1].heading
    filing = replace(
        example, narrative={**example.narrative, "overview": (*example.paragraphs("overview"), heading, "其他。")}
    )
    assert again(write_docx(filing)).filing == as_printed(filing)


def test_a_file_on_disk_comes_back_exactly(example, tmp_path):
    (tmp_path / "报告.docx").write_bytes(write_docx(example))
    assert import_sources([tmp_path / "报告.docx"]).filing == as_printed(example)


def test_numbers_text_and_date_changed_in_word_come_from_word_and_are_named(example):
    def change(document):
        next(control(document, "t3.granted.total").iter(qn("w:t"))).text = "17"
        next(control(document, "t3.partial.total").iter(qn("w:t"))).text = "17件"
        document.paragraphs[-1].runs[0].text = "2026年2月1日"
        document.paragraphs[-3].insert_paragraph_before("又补充一句。")

    found = again(edited(write_docx(example), change))
    assert found.filing.value("t3.granted.total") == 17
    assert found.filing.value("t3.partial.total") == "17件"
    assert found.filing.signed.date == "2026-02-01"
    assert found.filing.paragraphs("other_matters")[-2] == "又补充一句。" or "又补充一句。" in str(
        found.filing.narrative
    )
    assert found.filing.paragraphs("overview") == example.paragraphs("overview")
    said = "\n".join(note.message for note in found.notes_of(NoteKind.READ))
    assert "改成了“17”" in said
    assert "落款的日期" in said
    unchanged = [cell for cell in example.cells if cell not in {"t3.granted.total", "t3.partial.total"}]
    assert all(found.filing.value(cell) == example.value(cell) for cell in unchanged)


def test_a_field_stays_a_field_in_a_paragraph_that_was_edited_around_it(example):
    filing = replace(example, narrative={"overview": ("收到{新收申请}件，共{申请总数}件。",)})

    def change(document):
        next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("收到")).runs[
            0
        ].text = "全年收到"
        next(control(document, "field:申请总数").iter(qn("w:t"))).text = "999"

    assert again(edited(write_docx(filing), change)).filing.paragraphs("overview") == (
        "全年收到{新收申请}件，共999件。",
    )


def test_text_with_tracked_changes_reads_as_accepted(example):
    def change(document):
        paragraph = document.paragraphs[-3]._p
        old = paragraph.find(qn("w:r"))
        text = old.find(qn("w:t")).text
        old.getparent().replace(
            old,
            docx.oxml.parse_xml(
                f'<w:del xmlns:w="{qn("w:p")[1:].split("}")[0]}" w:id="900" w:author="领导"><w:r><w:delText>{text}</w:delText></w:r></w:del>'
            ),
        )
        paragraph.append(
            docx.oxml.parse_xml(
                f'<w:ins xmlns:w="{qn("w:p")[1:].split("}")[0]}" w:id="901" w:author="领导"><w:r><w:t>改过的话。</w:t></w:r></w:ins>'
            )
        )

    assert again(edited(write_docx(example), change)).filing.paragraphs("other_matters")[-1] == "改过的话。"


@pytest.mark.application
def test_a_file_saved_by_libreoffice_comes_back_exactly(example, writer, tmp_path):
    """Writer 7.4 drops the tags of content controls; their names still tell which number is which."""
    filing = replace(example, narrative={**example.narrative, "problems": ("收到{新收申请}件，共{申请总数}件。",)})
    filing = filing.with_cells({"t3.granted.total": "７6件", "t3.partial.total": None, "t3.partial.other": 10.4})
    (tmp_path / "report.docx").write_bytes(write_docx(filing))
    (saved,) = writer(tmp_path / "report.docx", to="docx", into=tmp_path / "saved")
    assert saved.read_bytes() != (tmp_path / "report.docx").read_bytes()
    assert again(saved.read_bytes()).filing == filing


def _foreign() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def _mangled(example) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write_docx(example))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<json>{", b"<json>") if name == "customXml/item1.xml" else data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda example: _foreign(), "不是用本工具导出的 Word 报告"),
        (lambda example: write_docx(example)[:-400], "已经损坏"),
        (lambda example: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "有密码，或是旧版"),
        (_mangled, "填报数据已经损坏"),
        (lambda example: b"", "已经损坏"),
    ],
)
def test_any_other_file_is_refused_in_one_sentence(make, why, example):
    with pytest.raises(SourceError, match=why) as caught:
        again(make(example))
    assert str(caught.value).startswith("报告.docx ")
    assert str(caught.value).count("。") == 1


def test_another_year_than_asked_for_is_refused(example):
    with pytest.raises(SourceError, match="不一致"):
        import_docx(write_docx(example), Request("报告.docx", year=example.year + 1))
