"""Word files of ours that were damaged on their way: one sentence each, nothing written."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from html import escape

import pytest

from gk_xl.cli.main import main
from gk_xl.report.docx import write_docx
from gk_xl.report.refresh import refresh
from gk_xl.sources.docx import import_docx
from gk_xl.sources.model import Request

DOCUMENT, OWN = "word/document.xml", "customXml/item1.xml"


def altered(data: bytes, name: str, *changes: tuple[bytes, bytes]) -> bytes:
    """Return a Word file with texts of one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            for before, after in changes if info.filename == name else ():
                assert before in part
                part = part.replace(before, after, 1)
            new.writestr(info.filename, part)
    return buffer.getvalue()


def flipped(data: bytes) -> bytes:
    """Return a Word file with a damaged byte in the packed page."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start = package.getinfo(DOCUMENT).header_offset + 200
    return data[:start] + bytes([data[start] ^ 0xFF]) + data[start + 1 :]


def swap(name: str, before: str, after: str):
    return lambda data: altered(data, name, (before.encode(), after.encode()))


CASES = {
    "one byte flipped": flipped,
    "cut off": lambda data: data[: len(data) // 2],
    "an entity": lambda data: altered(
        data, DOCUMENT, (b"<w:document", b"<!DOCTYPE d [<!ENTITY e 'x'>]><w:document"), (b"<w:body>", b"<w:body>&e;")
    ),
    "a DTD in the styles": swap("word/styles.xml", "<w:styles", "<!DOCTYPE d SYSTEM 'http://127.0.0.1/d'><w:styles"),
    "a span that is no number": swap(DOCUMENT, '<w:gridSpan w:val="', '<w:gridSpan w:val="x'),
    "controls that are no object": swap(OWN, "<controls>{", "<controls>5</controls><was>{"),
    "controls of another shape": swap(OWN, "<controls>{", "<controls>{&quot;a&quot;:5}</controls><was>{"),
    "words that are a number": swap(OWN, "<words>{", "<words>5</words><was>{"),
    "words without a part": swap(OWN, '"preamble"', '"other"'),
    "a filing that is a list": swap(OWN, "<json>{", "<json>[]</json><was>{"),
    "a filing too deep to read": swap(OWN, "<json>{", f"<json>{'[' * 100_000}</json><was>{{"),
    "no filing": swap(OWN, "<json>", "<son>"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("command", ["import", "refresh", "report"])
def test_a_damaged_report_is_one_sentence(case, command, example, tmp_path, capsys):
    data = CASES[case](write_docx(example))
    path, filing = tmp_path / "报告.docx", tmp_path / "数据.json"
    path.write_bytes(data)
    filing.write_text(example.dumps(), encoding="utf-8")
    output = tmp_path / "年报.xlsx"
    lines = {
        "import": ["import", str(path), "-o", str(output)],
        "refresh": ["refresh", str(path), str(filing)],
        "report": ["report", str(path), "--public", "-o", str(tmp_path / "公开.docx")],
    }
    assert main(lines[command]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("gk-xl：")
    assert said.err.count("\n") == 1
    assert "程序内部出错" not in said.err
    assert path.read_bytes() == data
    assert sorted(item.name for item in tmp_path.iterdir()) == ["报告.docx", "数据.json"]


def test_a_report_of_an_earlier_version_is_read_and_loses_its_words(example, tmp_path):
    """Files that still carry the words are brought up to date without them."""
    private = replace(example, contact="王小明 13800001111", waivers={"T2-10": "局长口头要求"})
    data = write_docx(example)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        own = package.read(OWN).decode()
    controls = own[own.index("<controls>") :]
    old = f'<filing xmlns="urn:gk_xl:filing" version="1"><json>{escape(json.dumps(private.as_json()), quote=False)}</json><printed>{{}}</printed>{controls}'
    start = own[own.index("<filing") :]
    earlier = altered(data, OWN, (start.encode(), old.encode()))
    assert import_docx(earlier, Request("报告.docx")).filing == replace(example, waivers={})
    done = refresh(earlier, private)
    with zipfile.ZipFile(io.BytesIO(done.data)) as package:
        carried = package.read(OWN).decode("unicode_escape")
    for secret in ("13800001111", "口头要求", *example.paragraphs("problems")):
        assert secret not in carried


def test_a_report_without_its_list_of_parts_is_not_published(example, tmp_path, capsys):
    path = tmp_path / "报告.docx"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write_docx(example))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != "[Content_Types].xml":
                new.writestr(name, old.read(name))
    path.write_bytes(buffer.getvalue())
    assert main(["report", str(path), "--public", "-o", str(tmp_path / "公开.docx")]) == 2
    assert "已经损坏" in capsys.readouterr().err
