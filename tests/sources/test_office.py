"""Files of older and other office programs come in through LibreOffice, or are told how to."""

from __future__ import annotations

import io
import subprocess
import zipfile

import pytest

from gk_xl.errors import HostError, SourceError
from gk_xl.form.filing import Filing
from gk_xl.report.docx import write_docx
from gk_xl.report.pdf import find_soffice
from gk_xl.sources.formats import format_of, office
from gk_xl.sources.open import import_sources
from gk_xl.workbook.kinds import OLE
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "2025_示例乡.json"


def ole(stream):
    """Return the beginning of an OLE file whose directory names a stream."""
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(64)


def opened(mime):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", mime)
        package.writestr("content.xml", "<x/>")
    return buffer.getvalue()


KINDS = {
    "doc": ole("WordDocument"),
    "xls": ole("Workbook"),
    "rtf": b"{\\rtf1\\ansi x}",
    "odt": opened("application/vnd.oasis.opendocument.text"),
    "ods": opened("application/vnd.oasis.opendocument.spreadsheet"),
}


@pytest.mark.parametrize("suffix", KINDS)
def test_without_libreoffice_the_clerk_is_told_how_to_save(suffix, tmp_path, monkeypatch):
    """The kind is known by its content, whatever the file's name; the sentence says what to save it as."""

    def absent():
        raise HostError("没有")

    monkeypatch.setattr(office, "find_soffice", absent)
    path = tmp_path / "年报.txt"
    path.write_bytes(KINDS[suffix])
    with pytest.raises(
        SourceError, match=rf"\.{suffix} 文件，这台电脑没有 LibreOffice.*另存为 \.(docx|xlsx)"
    ) as refused:
        import_sources([path])
    assert str(refused.value).count("。") == 1


def test_a_locked_file_is_called_so(tmp_path):
    """A file with a password, whatever program made it."""
    path = tmp_path / "年报.docx"
    path.write_bytes(ole("EncryptedPackage"))
    with pytest.raises(SourceError, match="密码"):
        import_sources([path])


def test_another_ole_file_is_none_of_them():
    """A presentation is no report."""
    assert format_of(ole("PowerPoint Document")) is None


def test_an_office_that_does_not_answer_is_ended(tmp_path, monkeypatch):
    """After the time limit one sentence, and nothing is left running."""
    program = tmp_path / "soffice"
    program.write_text('#!/bin/sh\necho $$ > "$(dirname "$0")/pid"\nsleep 60\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_soffice", lambda: program)
    monkeypatch.setattr(office, "PATIENCE", 0.5)
    monkeypatch.setattr("gk_xl.report.pdf._PATIENCE", 0.1)
    with pytest.raises(SourceError, match="秒内没有打开"):
        office.converted(KINDS["doc"], "doc", "年报.doc")
    number = (tmp_path / "pid").read_text().strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", number], capture_output=True, text=True, check=False).stdout
    assert not state.strip() or state.startswith("Z")


@pytest.mark.application
def test_an_old_word_file_comes_in_whole(tmp_path):
    """A report that an office saved in an old format: all numbers, all text."""
    try:
        program = find_soffice()
    except HostError as error:
        pytest.skip(str(error))
    filing = Filing.loads(EXAMPLE.read_text(encoding="utf-8"))
    (tmp_path / "年报.docx").write_bytes(write_docx(filing, public=True))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "doc", "--outdir", tmp_path, tmp_path / "年报.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = import_sources([tmp_path / "年报.doc"]).filing
    assert (found.cells, found.narrative, found.signed) == (filing.cells, filing.narrative, filing.signed)
