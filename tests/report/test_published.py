"""What is published holds only what may be published: every output unpacked, every private string looked for."""

from __future__ import annotations

import getpass
import io
import os
import re
import socket
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from gk_xl.cli.main import main
from gk_xl.form.load import edition_ids
from gk_xl.intake import inspect, receive
from gk_xl.report.docx import write_docx
from gk_xl.workbook.build import build_workbook
from tests.conftest import ROOT

CONTACT, PHONE = "王小明", "13800001111"
REASON, DELETED, AUTHOR, TYPED = "局长口头要求先这样报", "这一段领导删掉了", "李科长", "九百九十九（问过老赵）"
REMARK = "写在校验结果里的话"
KEPT = "一是信息更新不及时。改进措施：建立台账，每月检查一次。"
KINDS = ("docx", "public", "html")


@pytest.fixture
def private(example, tmp_path):
    """Yield a workbook whose filing says things that are not for everybody, on a path that says more."""
    problems = example.paragraphs("problems") or (KEPT,)  # a finding about a part would quote its only paragraph
    filing = replace(
        example,
        contact=f"{CONTACT} {PHONE}",
        waivers={"T2-10": REASON, "X-09": REASON},
        narrative={**example.narrative, "problems": (*problems, DELETED)},
        remarks=(REMARK,),
        deadline="2026-01-31",
    )
    folder = tmp_path / "李科长的电脑"
    folder.mkdir()
    path = folder / "年报.xlsx"
    path.write_bytes(build_workbook(filing))
    return path


def unpacked(data: bytes) -> str:
    """Return all that can be read in a file: members of packages, packed streams, in every encoding in use."""
    pieces, found = [data], []
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            pieces += [package.read(name) for name in package.namelist()] + [package.comment]
            found += package.namelist()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        unpack = zlib.decompressobj()
        pieces.append(unpack.decompress(stream) if stream[:1] == b"x" else stream)
    for piece in pieces:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            found.append(piece.decode(encoding, "ignore"))
        text = piece.decode("utf-8", "ignore")
        found.append(re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text))
        found.append(re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text))
        for digits in re.findall(r"<((?:[0-9A-F]{4})+)>", text):
            found.append(bytes.fromhex(digits).decode("utf-16-be", "ignore"))
    return "\n".join(found)


def assert_clean(path: Path, source: Path, *, deleted: bool = True) -> None:
    secrets = {
        CONTACT,
        PHONE,
        REASON,
        REMARK,
        AUTHOR,
        str(source.parent),
        str(ROOT),
        str(Path.home()),
        socket.gethostname(),
    }
    secrets |= {DELETED} if deleted else set()
    secrets |= {getpass.getuser(), os.environ.get("USERNAME", "")}
    text = unpacked(path.read_bytes())
    assert not {secret for secret in secrets if secret in text and (len(secret) > 4 or not secret.isascii())}


def made(private: Path, kind: str) -> Path:
    suffix = "docx" if kind == "public" else kind
    target = private.with_name(f"报告_{kind}.{suffix}")
    extra = ["--public"] if kind == "public" else ["--force"]
    code = main(["report", str(private), "-o", str(target), *extra])
    if code:
        pytest.skip("the example has errors, and no 公开稿")
    return next(private.parent.glob(f"报告_{kind}*.{suffix}"))


def without_paragraph(path: Path, text: str = DELETED) -> None:
    """Delete a paragraph as one does in Word."""
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        if text in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    document.save(str(path))


@pytest.mark.parametrize("kind", KINDS)
def test_an_output_holds_nothing_private(private, kind, capsys):
    assert_clean(made(private, kind), private, deleted=False)


def test_a_paragraph_deleted_in_word_is_gone_and_stays_gone(private, capsys):
    """After the deletion, after a refresh with changed numbers, and after reading the file in and exporting it again."""
    path = made(private, "docx")
    without_paragraph(path)
    assert_clean(path, private)
    received = receive(private)
    changed = next(cell for cell in received.filing.cells if cell.startswith("t4") and cell.endswith("total"))
    private.write_bytes(build_workbook(received.filing.with_cells({changed: 7})))
    assert main(["refresh", str(path), str(private)]) == 0
    assert "7" in capsys.readouterr().out
    assert_clean(path, private)
    again = private.with_name("读入.xlsx")
    assert main(["import", str(path), "-o", str(again)]) == 0
    assert_clean(again, private)


def test_a_text_in_a_number_that_was_corrected_in_word_is_gone(private, capsys):
    received = receive(private)
    cell = "t3.granted.total"
    private.write_bytes(build_workbook(received.filing.with_cells({cell: TYPED})))
    path = private.with_name("报告.docx")
    path.write_bytes(write_docx(receive(private).filing))
    assert TYPED in unpacked(path.read_bytes())
    document = docx.Document(str(path))
    for text in document.element.body.iter(qn("w:t")):
        if text.text == TYPED:
            text.text = "9"
    document.save(str(path))
    for _ in range(2):
        assert TYPED not in unpacked(path.read_bytes())
        assert main(["refresh", str(path), str(private)]) == 0


def test_the_public_file_has_nothing_that_is_not_seen(private, capsys):
    with zipfile.ZipFile(made(private, "public")) as package:
        names, page = package.namelist(), package.read("word/document.xml").decode()
    assert not [name for name in names if "customXml" in name or "comments" in name or "custom.xml" in name]
    assert not re.search("w:sdt|w:vanish|w:comment|w:ins |w:del |t3\\.", page)


@pytest.mark.parametrize("edition", edition_ids())
def test_slips_and_summaries_hold_no_contact_and_no_path(private, edition, capsys, tmp_path):
    received = receive(private)
    broken = received.filing.with_cells({"t3.received_new.total": 99})
    private.write_bytes(build_workbook(broken))
    assert inspect(receive(private)).errors
    (tmp_path / "出").mkdir()
    main(["desk", "slips", str(private), "-o", str(tmp_path / "出")])
    written = [path for path in (tmp_path / "出").rglob("*") if path.is_file()]
    assert any(path.suffix == ".docx" for path in written)
    text = "\n".join(unpacked(path.read_bytes()) for path in written)
    assert not {secret for secret in (CONTACT, PHONE, str(private.parent), str(ROOT)) if secret in text}


@pytest.mark.application
def test_a_pdf_holds_nothing_private_and_is_known_as_ours(private, fonts, monkeypatch, capsys):
    from gk_xl.workbook.kinds import is_ours

    for name, value in fonts.items():
        monkeypatch.setenv(name, value)
    path = made(private, "pdf")
    assert_clean(path, private, deleted=False)
    assert is_ours(path.read_bytes())


def test_an_edited_report_is_published_as_it_is_seen(private, capsys):
    """Comments, authors, hidden runs and what the file carries are gone; every word that is seen stays."""
    path, public = made(private, "docx"), private.with_name("公开.docx")
    without_paragraph(path)
    document = docx.Document(str(path))
    document.core_properties.author = document.core_properties.last_modified_by = AUTHOR
    document.core_properties.comments = "内部稿"
    body = next(item for item in document.paragraphs if item.style.name == "Body Text" and item.runs)
    document.add_comment(body.runs[0], text="这里再核一下", author=AUTHOR)
    hidden = body.add_run("藏起来的字")
    hidden.font.hidden = True
    for banner in [item for item in document.paragraphs if item.text.startswith("校验未通过")]:
        banner._p.getparent().remove(banner._p)
    document.save(str(path))
    before = seen(path)
    assert main(["report", str(path), "--public", "-o", str(public)]) == 0
    assert_clean(public, private)
    text = unpacked(public.read_bytes())
    assert not {
        word for word in ("这里再核一下", "藏起来的字", "内部稿", "customXml", "w:sdt", "w:rsid") if word in text
    }
    assert seen(public) == before.replace("藏起来的字", "")
    assert main(["report", str(public), "--public", "-o", str(private.with_name("再.docx"))]) == 2
    assert "不是用本工具导出" in capsys.readouterr().err


def seen(path: Path) -> str:
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in docx.Document(str(path)).element.body.iter(qn("w:p"))
    )


def test_open_changes_and_the_banner_of_a_failed_check_are_not_published(private, capsys):
    path = private.with_name("稿.docx")
    filing = receive(private).filing
    for data, why in (
        (write_docx(filing, failed=2), "校验未通过 2 处"),
        (with_change(write_docx(filing)), "1 处没有接受或拒绝的修订"),
    ):
        path.write_bytes(data)
        assert main(["report", str(path), "--public", "-o", str(private.with_name("网.docx"))]) == 2
        assert why in capsys.readouterr().err
    assert not private.with_name("网.docx").exists()


def with_change(data: bytes) -> bytes:
    document = docx.Document(io.BytesIO(data))
    run = next(item for item in document.paragraphs if item.runs).runs[0]._r
    change = run.makeelement(qn("w:ins"), {qn("w:id"): "9", qn("w:author"): AUTHOR})
    run.addprevious(change)
    change.append(run)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
