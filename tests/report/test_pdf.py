"""PDF through LibreOffice: one running office for many files, a clear word where there is none, nothing left behind."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from gk_xl.errors import FileError, HostError
from gk_xl.form.fields import expand
from gk_xl.form.load import edition_ids
from gk_xl.report import pdf
from gk_xl.report.docx import write_docx
from gk_xl.report.fonts import font_configuration, stand_ins
from gk_xl.report.pdf import PdfConverter, find_soffice, write_pdf
from tests.filings import whole


@pytest.fixture
def filing():
    """Return one filing: the office does not care for the edition."""
    return whole(edition_ids()[-1])


@pytest.fixture
def office():
    """Skip where LibreOffice is absent."""
    if shutil.which("soffice") is None or shutil.which("pdfinfo") is None:
        pytest.skip("LibreOffice or poppler-utils is not installed")


def facts(file: Path) -> dict[str, str]:
    text = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    return {name: value.strip() for name, _, value in (line.partition(":") for line in text.splitlines())}


def running(folder: Path) -> list[str]:
    """Command lines of processes that mention a folder."""
    found = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in found.splitlines() if str(folder) in line and "ps -eo" not in line]


def test_without_libreoffice_the_reason_and_the_way_are_said(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("GK_XL_SOFFICE", "")
    monkeypatch.setattr(pdf, "PLACES", ())
    with pytest.raises(HostError, match=r"没有找到 LibreOffice.*apt install.*docx"):
        find_soffice()


@pytest.mark.application
def test_pdf_is_tagged_and_bears_the_title(office, filing, tmp_path):
    write_pdf(filing, tmp_path / "报告.pdf")
    found = facts(tmp_path / "报告.pdf")
    assert found["Title"] == filing.title
    assert found["Author"] == filing.unit.name
    assert found["Tagged"] == "yes"
    assert [file.name for file in tmp_path.iterdir()] == ["报告.pdf"]


@pytest.mark.application
def test_the_signature_stays_inside_the_type_area(office, fonts, document, page_lines, tmp_path, monkeypatch):
    """A date as long as the unit's name begins two characters after it and ends at the edge, digits without gaps."""
    monkeypatch.setenv("FONTCONFIG_FILE", fonts["FONTCONFIG_FILE"])
    write_pdf(document.filing, tmp_path / "报告.pdf")
    pages = page_lines(tmp_path / "报告.pdf")
    assert max(line[2] for line in pages[-1][-3:]) <= 184 + 0.2


@pytest.mark.application
@pytest.mark.parametrize("way", ["warm", "cold"])
def test_no_character_of_the_text_is_lost_on_the_page(
    office, fonts, document, page_lines, tmp_path, monkeypatch, way
):  # fmt: skip
    """Every paragraph is found whole in the PDF: no mark at the end of a line hangs out of it and is lost."""
    monkeypatch.setenv("FONTCONFIG_FILE", fonts["FONTCONFIG_FILE"])
    if way == "cold":
        monkeypatch.setattr(pdf, "find_uno_python", lambda _office: None)
    write_pdf(document.filing, tmp_path / "报告.pdf")
    pages = page_lines(tmp_path / "报告.pdf")
    text = "".join(line[4] for page in pages for line in page[:-1])  # without page numbers
    for part in document.filing.narrative:
        for paragraph in expand(document.filing).paragraphs(part):
            assert "".join(paragraph.split()) in text


@pytest.mark.application
def test_fonts_of_the_standard_have_stand_ins_with_serifs(office, fonts, filing, tmp_path, monkeypatch):
    """On a machine without 仿宋 the text is set in a serif font, headings in one without, as the standard has them."""
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    write_pdf(filing, tmp_path / "报告.pdf")
    text = subprocess.run(["pdffonts", tmp_path / "报告.pdf"], capture_output=True, text=True, check=True).stdout
    families = {line.split()[0].partition("+")[2].partition("-")[0] for line in text.splitlines()[2:]}
    assert not any(name.startswith("DejaVu") for name in families)
    assert any("Serif" in name or "FangSong" in name or "SimSun" in name for name in families)


def test_every_font_that_the_styles_name_has_stand_ins():
    """The list is the Word file's font table; no style uses a font that is not in it."""
    styles = (Path(pdf.__file__).parent / "parts" / "styles.xml").read_text(encoding="utf-8")
    used = set(re.findall(r'w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"', "".join(re.findall("<w:rFonts[^>]*>", styles))))
    assert used
    assert used <= {name for name, others in stand_ins().items() if others}
    root = ET.fromstring(font_configuration())
    assert {item.text for item in root.iter("string")} > used


@pytest.mark.application
def test_one_running_office_serves_many_files_and_is_gone_afterwards(office, filing, tmp_path):
    with PdfConverter() as converter:
        assert converter._worker is not None
        for number in range(3):
            write_pdf(filing, tmp_path / f"{number}.pdf", failed=number, converter=converter)
        assert running(converter._folder)
    assert not running(converter._folder)
    assert not converter._folder.exists()
    pages = [facts(tmp_path / f"{number}.pdf")["Pages"] for number in range(3)]
    assert all(int(count) >= 4 for count in pages)


@pytest.mark.application
def test_without_a_python_for_the_office_each_file_starts_it_anew(office, filing, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "find_uno_python", lambda soffice: None)
    with PdfConverter() as converter:
        converter.convert(write_docx(filing), tmp_path / "a.pdf")
        assert converter._worker is None
    assert facts(tmp_path / "a.pdf")["Tagged"] == "yes"


@pytest.mark.application
def test_a_place_that_cannot_be_written_keeps_what_was_there(office, filing, tmp_path):
    target = tmp_path / "taken.pdf"
    target.mkdir()
    with pytest.raises(FileError, match=r"taken\.pdf”是一个文件夹"):
        write_pdf(filing, target)
    assert target.is_dir()
    assert [file.name for file in tmp_path.iterdir()] == ["taken.pdf"]


@pytest.mark.application
def test_an_office_that_dies_is_an_error_not_a_hang(office, filing, tmp_path):
    with PdfConverter(timeout=20) as converter:
        converter._worker.kill()
        converter._worker.wait()
        with pytest.raises(HostError, match="意外退出"):
            converter.convert(write_docx(filing), tmp_path / "a.pdf")
    assert not running(converter._folder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.application
def test_what_the_office_cannot_read_is_reported(office, tmp_path):
    with PdfConverter(timeout=20) as converter, pytest.raises(HostError, match="LibreOffice"):
        converter.convert(b"PK\x03\x04 broken", tmp_path / "a.pdf")
