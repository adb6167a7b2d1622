"""What somebody types is text wherever it comes out, and no file makes the tool read another or call anywhere."""

from __future__ import annotations

import html.parser
import io
import itertools
import json
import re
import socket
import threading
import zipfile
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree

from gk_xl.cli.main import main
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import NARRATIVE
from gk_xl.report.docx import write_docx
from gk_xl.report.html import write_html
from gk_xl.workbook.build import build_workbook

if TYPE_CHECKING:
    from pathlib import Path

PAYLOADS = (
    "=1+1", '=HYPERLINK("http://evil.example/","点")', "+cmd|'/c calc'!A0", "-2+3", "@SUM(1)", "=cmd|' /C calc'!A0",
    "\t=1", "'=1", "＝1+1", "http://evil.example/", "mailto:a@evil.example", "file:///etc/passwd", "javascript:alert(1)",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "</title><b>x", "&lt;b&gt;&#x41;",
    "]]><evil/>", "<!-- x --><?pi x?>", "</w:t></w:r><w:r><w:t>x", '" w:evil="1', "_x0041_x000D_", "{新收申请}{{7*7}}${7*7}",
)  # fmt: skip
TAGS = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "h5", "h6", "p", "span", "section",
        "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "div", "wbr", "time", "footer", "br",
        "abbr", "figure", "figcaption", "header", "address"}  # fmt: skip


def poisoned(first: int | str) -> Filing:
    """Return a filing with a payload in every field that takes a text, the ``first`` one and on; or one word in all."""
    words = itertools.cycle([first] if isinstance(first, str) else (*PAYLOADS[first:], *PAYLOADS[:first]))
    blank = Filing.blank(2025, Unit(next(words), "township", next(words), next(words)))
    cells = dict.fromkeys(blank.cells, 0) | {
        cell: next(words) for cell in ("t3.received_new.total", "t2.admin_fee.amount")
    }
    paragraphs = PAYLOADS if isinstance(first, int) else [first] * len(PAYLOADS)
    filing = replace(
        blank, cells=cells, narrative=dict.fromkeys(NARRATIVE, (*paragraphs, f"我乡收到申请9件。{next(words)}")),
        signed=Signature(next(words), next(words)), waivers={"T2-10": next(words), "X-09": next(words)},
        contact=next(words), deadline=next(words),
    )  # fmt: skip
    return Filing.loads(filing.dumps())


def formulas_and_links(data: bytes) -> tuple[dict[str, int], list[str]]:
    """Return how many formulas each sheet has, and where its links lead outside the workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if "externalLink" in name or "vba" in name]
        outside = [
            item.get("Target")
            for name in package.namelist()
            if name.endswith(".rels")
            for item in etree.fromstring(package.read(name))
            if item.get("TargetMode") == "External"
        ]
        counts = {
            name: sum(not FLAG.fullmatch(cell.text or "") for cell in etree.fromstring(package.read(name)).iter("{*}f"))
            for name in package.namelist()
            if name.startswith("xl/worksheets/sheet")
        }
    return counts, outside


FLAG = re.compile(r"""MAX\((?:MAX\(|\)|,|\d(?:\*\('校验结果'!\$C\$\d+=""\))?)+""")
"""The formula of a cell's flag: its level as long as a line of 校验结果 about it is open. It holds no word at all."""
_HELD = r"""IFERROR\(EXACT\((?:'[^'!]+'!\$[A-Z]+\$\d+&""|"[^"\n]{0,60}"),INDEX\('[^'!]+'!\$A\$\d+:\$[A-Z]+\$\d+,\d+,\d+\)&""\),TRUE\)"""
MENDED = re.compile(rf"""=IF\((?:AND|OR)\({_HELD}(?:,{_HELD})*\),"","✓ 已改"\)""")
"""The one formula a line of 校验结果 has: whether its cells were changed since. It holds addresses, and what stood there in quotes:
numbers, and of 封面 a short text without quotes."""


CHANGED_SINCE = re.compile(
    r"""=IF\(C2="","",IF\('封面'!\$[A-Z]+\$3>0,"[^"\n]*"&'封面'!\$[A-Z]+\$3&"[^"\n]*","[^"\n]*"\)\)"""
)
"""The one above them: whether anything was changed since. It holds no word of the clerk's."""


def listed(path: Path) -> str:
    """Return the part that holds 校验结果, each formula of which asks whether a line's cells, or any, were changed."""
    book = openpyxl.load_workbook(path)
    sheet = book["校验结果"]
    formulas = [(cell.row, cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all((CHANGED_SINCE if row == 3 else MENDED).fullmatch(formula) for row, formula in formulas)
    return f"xl/worksheets/sheet{book.sheetnames.index(sheet.title) + 1}.xml"


class Tags(html.parser.HTMLParser):
    """Collects the elements of a page, and its attributes that could run or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.active: list[str] = []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.active += [
            name for name, _ in attributes if name.startswith("on") or name in ("src", "href", "srcdoc", "action")
        ]


OWN_FUNCTIONS = {
    "SUM", "SUMIFS", "SUMPRODUCT", "COUNT", "COUNTIF", "COUNTIFS", "IF", "AND", "OR", "NOT", "ABS", "INT", "N", "ISNUMBER", "INDEX",
    "ROW", "ROUND", "COLUMN", "ISBLANK", "MAX",
}  # fmt: skip
"""What the formulas of a summary are made of."""


@pytest.mark.variants(2)
@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 6))
def test_what_is_typed_is_text_wherever_it_comes_out(first, tmp_path, capsys):
    filing = poisoned(first)
    plain = formulas_and_links(build_workbook(poisoned("文字")))
    made = build_workbook(filing)
    assert formulas_and_links(made) == plain

    path = tmp_path / "年报.xlsx"
    path.write_bytes(made)
    (tmp_path / "原.xlsx").write_bytes(build_workbook(poisoned("文字")))
    for source, target in (("年报", "标注"), ("原", "原标注")):
        assert main(["check", str(tmp_path / f"{source}.xlsx"), "--mark", str(tmp_path / f"{target}.xlsx")]) == 1
    capsys.readouterr()
    found, outside = formulas_and_links((tmp_path / "标注.xlsx").read_bytes())
    assert outside == []
    unpoisoned = formulas_and_links((tmp_path / "原标注.xlsx").read_bytes())[0]
    assert [name for name in found if found[name] != unpoisoned[name]] in ([], [listed(tmp_path / "标注.xlsx")])
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "数据.json").write_text(filing.dumps(), encoding="utf-8")
    main(["desk", "check", str(tmp_path / "夹"), "-o", str(tmp_path / "汇总.xlsx")])
    main(["desk", "slips", str(tmp_path / "夹"), "-o", str(tmp_path / "单")])
    said = capsys.readouterr()
    assert "程序内部出错" not in said.err
    summary = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    typed = [
        cell.value
        for sheet in summary
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and not set(re.findall(r"([A-Za-z.]+)\(", str(cell.value))) <= OWN_FUNCTIONS
    ]
    assert typed == []
    assert set(formulas_and_links((tmp_path / "汇总.xlsx").read_bytes())[1]) <= {r"夹\数据.json"}  # the unit's own file
    for slip in (tmp_path / "单").iterdir():
        assert slip.parent == tmp_path / "单"
        if slip.suffix == ".json":  # what was returned, for the next round: text and nothing else
            json.loads(slip.read_text(encoding="utf-8"))
        else:
            assert_only_ours(slip.read_bytes())
    for public in (False, True):
        assert_only_ours(write_docx(filing, public=public))
    page = Tags()
    page.feed(write_html(filing))
    assert not page.tags - TAGS
    assert not page.active


def assert_only_ours(data: bytes) -> None:
    """Every part is well-formed, with the elements and attributes of the usual namespaces and no way out of the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                for item in etree.fromstring(package.read(name)).iter():
                    assert isinstance(item.tag, str), name
                    assert "evil" not in item.tag
                    assert not [key for key in item.attrib if "evil" in key]
                    assert item.get("TargetMode") != "External"
                    assert (
                        item.tag.rpartition("}")[2] not in ("instrText", "hyperlink", "object", "altChunk")
                        or item.text == " PAGE "
                    )


# ------------------------------------------------------------------------------------------------ ways out of a file


@pytest.fixture
def listener():
    """Yield the address of a listener and what came in."""
    calls: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def serve():
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with closing(connection):
                    connection.settimeout(1)
                    calls.append(connection.recv(200))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", calls
        done.set()
        thread.join()


def with_parts(data: bytes, change) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


def declared(doctype: str, reference: str = ""):
    """Return a change that declares something in every XML part, and refers to it in its first text."""

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")):
            return data
        text = data.decode("utf-8")
        head, end, body = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
        if reference:
            body = re.sub(r"(<(?:w:)?(?:t|v)\b[^>/]*>)[^<]*", lambda match: match[1] + reference, body, count=1)
        return f"{head}{end}{doctype}{body}".encode()

    return change


def outward(address: str):
    """Return a change that lets every part refer to something outside."""
    kinds = ("image", "hyperlink", "attachedTemplate", "oleObject", "frame", "externalLinkPath", "subDocument")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rIdX{number}" Type="{base}/{kind}" Target="{target}" TargetMode="External"/>'
        for number, (kind, target) in enumerate(
            (kind, target) for kind in kinds for target in (f"http://{address}/x", f"//{address}/share")
        )
    )

    def change(name: str, data: bytes) -> bytes:
        return (
            data.replace(b"</Relationships>", links.encode() + b"</Relationships>") if name.endswith(".rels") else data
        )

    return change


@pytest.mark.variants(2)
@pytest.mark.parametrize("way", ["entity", "parameter", "dtd", "file", "outward", "upward"])
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_no_file_makes_the_tool_read_another_or_call(way, kind, listener, tmp_path, capsys):
    address, calls = listener
    secret = tmp_path / "秘密.txt"
    secret.write_text("TOP-SECRET-TEXT", encoding="utf-8")
    ways = {
        "entity": declared(f'<!DOCTYPE x [<!ENTITY e SYSTEM "http://{address}/e">]>', "&e;"),
        "parameter": declared(f'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://{address}/p"> %p;]>'),
        "dtd": declared(f'<!DOCTYPE x SYSTEM "http://{address}/d.dtd">'),
        "file": declared(f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>', "&e;"),
        "outward": outward(address),
        "upward": lambda name, data: data.replace(b'Target="worksheets/', b'Target="../../../../../../etc/').replace(
            b'Target="styles', b'Target="../../../../../etc/styles'
        ),
    }
    filing = poisoned("文字")
    whole = build_workbook(filing) if kind == "xlsx" else write_docx(filing)
    path, other = tmp_path / f"来文.{kind}", tmp_path / "数据.json"
    path.write_bytes(with_parts(whole, ways[way]))
    other.write_text(filing.dumps(), encoding="utf-8")
    out = tmp_path / "出"
    out.mkdir()
    lines = [["import", path, "-o", out / "a.xlsx"]]
    if kind == "xlsx":
        lines += [["check", path, "--mark", out / "b.xlsx"], ["report", path, "--force", "-o", out / "c.docx"]]
        lines += [["export", path, "-o", out / "d.json"], ["desk", "check", path, "-o", out / "e.xlsx"]]
    else:
        lines += [["refresh", path, other], ["report", path, "--public", "-o", out / "f.docx"]]
    for line in lines:
        assert main([str(word) for word in line]) in (0, 1, 2)
    said = capsys.readouterr()
    assert "程序内部出错" not in said.err
    assert calls == []
    for made in (*out.iterdir(), path):
        data = made.read_bytes()
        packed = zipfile.ZipFile(io.BytesIO(data)) if data.startswith(b"PK") else None
        members = [packed.read(name) for name in packed.namelist()] if packed else [data]
        assert not [member for member in members if b"TOP-SECRET-TEXT" in member]
    assert "TOP-SECRET-TEXT" not in said.out + said.err
