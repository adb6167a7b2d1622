"""A marked copy is the workbook itself with the marks in it: nothing of the clerk's is dropped."""

from __future__ import annotations

import base64
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from gk_xl.cli.main import main
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.intake import inspect, receive
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.layout import FLAGS, REASON_COLUMN, RESULTS, RESULTS_FIRST, layout
from gk_xl.workbook.notes import own_text
from gk_xl.workbook.package.marked import marked_copy

TIME = "2026-01-10 09:30"
T3 = "三、依申请公开"
GRANTED = "t3.granted.total"


def faulty() -> Filing:
    """Return a filing with errors in a table and in the text, and a reason."""
    blank = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    cells = dict.fromkeys(blank.cells, 0) | {
        "t3.received_new.natural_person": 2,
        "t3.received_new.total": 3,
        GRANTED: "2件",
    }
    narrative = {"overview": ("2025年，我乡收到政府信息公开申请7件。",), "problems": ("没有。",), "other_matters": ()}
    return replace(blank, cells=cells, narrative=narrative, signed=Signature("示例乡人民政府", "2026-01-10"))


PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
"""A picture of one point: openpyxl looks into it where Pillow is installed."""
PICTURE = (
    '<xdr:oneCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:from><xdr:col>2'
    '</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="9525" cy="9525"/>'
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="9" name="章"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rIdP"/></xdr:blipFill>'
    "<xdr:spPr/></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
)


def rewritten(into, data) -> None:
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in data.items():
            package.writestr(name, content)


@pytest.fixture
def county(tmp_path):
    """Yield a workbook that a county has made its own: sheets, comments, a picture, a chart, colours, passwords."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(faulty()))
    book = openpyxl.load_workbook(path)
    form = layout("2021", "2021")
    book[T3].protection.set_password("县里")
    for name, text in (
        ("t3.granted.natural_person", "老王：台账第3页"),
        (GRANTED, "【待核】问老王要台账，电话…\n————\n再问"),
    ):
        book[T3][form.names[name].address].comment = Comment(text, "老王")
    book[T3]["D9"].fill = PatternFill("solid", fgColor="FF00FF00")
    own = book.create_sheet("我的台账")
    own.append(["来文", 3])
    own["A1"].comment = Comment("自己的", "老王")
    chart = BarChart()
    chart.add_data(Reference(own, min_col=2, min_row=1))
    own.add_chart(chart, "C9")
    book.save(path)
    data = parts(path)  # openpyxl takes pictures only where Pillow is installed
    data["xl/media/image1.png"] = PNG
    drawing, rels = "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"
    end = data[drawing].rindex(b"</")
    data[drawing] = data[drawing][:end] + PICTURE.encode() + data[drawing][end:]
    data[rels] = data[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdP" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        b' Target="../media/image1.png"/></Relationships>',
    )
    types = data["[Content_Types].xml"]
    data["[Content_Types].xml"] = types.replace(
        b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1
    )
    rewritten(path, data)
    return path


def parts(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert len(set(package.namelist())) == len(package.namelist())
        return {name: package.read(name) for name in package.namelist()}


def marked(path, into=None, last=None):
    received = receive(path)
    copy = marked_copy(path, received.reading, inspect(received, last), last, TIME)
    into = into or path.with_name("标注.xlsx")
    into.write_bytes(copy.data)
    return into, copy


def shown(path) -> dict[str, object]:
    """Return what a check writes into a workbook: flags, notes, suggestions, the list with its looks and links."""
    book, form = openpyxl.load_workbook(path), layout("2021", "2021")
    found: dict[str, object] = {}
    for name, place in form.names.items():
        if not name.startswith("last.") and place.sheet != RESULTS:
            cell = book[place.sheet].cell(place.row, place.column)
            found[f"flag {name}"] = book[place.sheet].cell(place.row, place.column + FLAGS).value
            found[f"note {name}"] = cell.comment.text if cell.comment else None
    for row in book["一、总体情况"].iter_rows(min_col=4, max_col=4):
        found[f"suggestion {row[0].coordinate}"] = row[0].value
    sheet = book[RESULTS]
    for row in sheet.iter_rows(max_col=REASON_COLUMN, max_row=RESULTS_FIRST + 40):
        for cell in row:
            look = (
                cell.fill.fgColor.rgb,
                cell.font.name,
                cell.font.b,
                cell.border.top.style,
                cell.alignment.wrap_text,
                cell.protection.locked,
            )
            link = cell.hyperlink.location if cell.hyperlink else None
            found[f"list {cell.coordinate}"] = cell.value, link, look if cell.value else None
        found[f"height {row[0].row}"] = sheet.row_dimensions[row[0].row].height if row[0].value else None
    found["print"] = sheet.print_area
    return found


def test_a_marked_copy_shows_what_a_workbook_made_anew_shows(tmp_path):
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(faulty()))
    copy, written = marked(path)
    received = receive(path)
    anew = tmp_path / "新.xlsx"
    anew.write_bytes(build_workbook(faulty(), None, inspect(received), TIME))
    one, other = shown(copy), shown(anew)
    assert {key: (value, other[key]) for key, value in one.items() if value != other[key]} == {}
    assert written.flags == sum(bool(value) for key, value in one.items() if key.startswith("flag"))
    assert written.notes == sum(bool(value) for key, value in one.items() if key.startswith("note"))
    assert receive(copy).filing == received.filing
    assert not receive(copy).findings


def test_what_formulas_came_to_before_is_not_kept(tmp_path):
    """An application that believes what a file says would show the verdict of before; a clerk's formula keeps its number."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(build_workbook(faulty()))
    book = openpyxl.load_workbook(path)
    typed = layout("2021").names["t3.granted.natural_person"]
    book[T3][typed.address] = "=1+2"
    book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data.replace(b"<v></v>", b"<v>3</v>").replace(b"<v />", b"<v>3</v>"))
    copy, _ = marked(path)
    worth = openpyxl.load_workbook(copy, data_only=True)
    formulas = openpyxl.load_workbook(copy)
    kept = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and cell.column <= FLAGS and worth[sheet.title][cell.coordinate].value is not None
    ]
    assert kept == [(T3, typed.address)]


def test_nothing_of_the_clerks_is_dropped(county):
    """Every part but the marked sheets keeps its bytes; in those, every cell but flags, list and suggestions."""
    before = parts(county)
    copy, _ = marked(county)
    after = parts(copy)
    changed = {name for name in before if before[name] != after.get(name)}
    assert all(
        re.match(
            r"xl/(worksheets/(_rels/)?sheet\d+\.xml|comments|drawings/\S+\.vml|styles\.xml|workbook\.xml|_rels)|\[Content",
            n,
        )
        for n in changed
    )
    assert not set(before) - set(after)
    old, new = openpyxl.load_workbook(county), openpyxl.load_workbook(copy)
    assert new.sheetnames == old.sheetnames
    for sheet in old:
        other = new[sheet.title]
        assert (other.protection.password, other.protection.sheet) == (
            sheet.protection.password,
            sheet.protection.sheet,
        )
        assert len(other._charts) == len(sheet._charts)
        assert other.merged_cells.ranges == sheet.merged_cells.ranges
        assert len(other.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert len(list(other.conditional_formatting)) == len(list(sheet.conditional_formatting))
        for row in sheet.iter_rows(max_col=3 if sheet.title in ("一、总体情况", RESULTS) else FLAGS):
            for cell in row if sheet.title != RESULTS else ():
                same = other[cell.coordinate]
                assert (same.value, same._style) == (cell.value, cell._style), (sheet.title, cell.coordinate)
                if cell.comment:
                    assert own_text(same.comment.text) == cell.comment.text
                    assert same.comment.author == cell.comment.author


def test_a_clerks_note_keeps_its_words_through_checks_and_corrections(county, tmp_path):
    """Findings stand above the clerk's words, change with the numbers, and go; the words stay letter for letter."""
    address = layout("2021", "2021").names[GRANTED].address
    text = "【待核】问老王要台账，电话…\n————\n再问"
    copy, _ = marked(county)
    again, _ = marked(copy, tmp_path / "二.xlsx")
    first, second = (openpyxl.load_workbook(path)[T3][address].comment.text for path in (copy, again))
    assert first == second
    assert "【错误" in first
    assert own_text(first) == text
    book = openpyxl.load_workbook(again)
    for name in ("t3.received_new.total", GRANTED):
        book[T3][layout("2021", "2021").names[name].address] = 2
    book[T3][layout("2021", "2021").names["t3.granted.natural_person"].address] = 2
    book.save(tmp_path / "三.xlsx")
    third, _ = marked(tmp_path / "三.xlsx", tmp_path / "四.xlsx")
    sheet = openpyxl.load_workbook(third)[T3]
    assert sheet[layout("2021", "2021").names["t3.granted.natural_person"].address].comment.text == "老王：台账第3页"
    assert own_text(sheet[address].comment.text) == text


def test_fonts_in_a_clerks_note_stay(county, tmp_path):
    """Rich text of a note is not flattened: ours stands before it in a run of its own."""
    rich = b'<text><r><rPr><b/><sz val="14"/></rPr><t>\xe7\xb2\x97</t></r><r><t>\xe7\xbb\x86</t></r></text>'
    data = parts(county)
    name = next(name for name in data if name.startswith("xl/comments") and b"\xe5\xbe\x85\xe6\xa0\xb8" in data[name])
    data[name] = re.sub(rb"<text><t[^>]*>[^<]*\xe5\xbe\x85\xe6\xa0\xb8[^<]*</t></text>", rich, data[name])
    path = tmp_path / "粗.xlsx"
    rewritten(path, data)
    for _ in range(3):
        path, _ = marked(path, tmp_path / "粗标.xlsx")
        notes = parts(path)[name]
        assert notes.count(b'<b/><sz val="14"/>') == 1
        assert notes.count(b"\xe7\xbb\x86</t>") == 1
    assert (
        own_text(openpyxl.load_workbook(path)[T3][layout("2021", "2021").names[GRANTED].address].comment.text) == "粗细"
    )


def test_a_discussion_is_left_alone(county, tmp_path):
    """A threaded comment of Excel's is kept as it is; the finding stands in the list."""
    address = layout("2021", "2021").names[GRANTED].address
    data = parts(county)
    sheet = "xl/worksheets/sheet4.xml"
    rels = "xl/worksheets/_rels/sheet4.xml.rels"
    data["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="{address}" id="{{1}}"><text>讨论</text></threadedComment></ThreadedComments>'
    ).encode()
    data[rels] = data[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        b' Target="../threadedComments/threadedComment1.xml"/></Relationships>',
    )
    assert sheet in data
    path = tmp_path / "讨论.xlsx"
    rewritten(path, data)
    copy, _ = marked(path)
    text = openpyxl.load_workbook(copy)[T3][address].comment.text
    assert text == openpyxl.load_workbook(path)[T3][address].comment.text
    assert "xl/threadedComments/threadedComment1.xml" in parts(copy)


def test_the_command_says_what_it_wrote_and_what_it_could_not_carry(county, capsys):
    target = county.with_name("标.xlsx")
    assert main(["check", str(county), "--mark", str(target)]) == 1
    said = capsys.readouterr().out.splitlines()[-1]
    assert re.search(r"标出 \d+ 格，批注 \d+ 条，校验结果 \d+ 行；其余都照原样", said)
    book = openpyxl.load_workbook(target)
    del book[RESULTS]
    book.save(county)
    code = main(["check", str(county), "--mark", str(target)])
    told = capsys.readouterr()
    if code != 2:
        assert re.search("新做了一本。没有带过来的：工作表“我的台账”、批注、图片、图表、工作表密码。", told.out)


def test_copies_of_files_with_one_name_do_not_replace_each_other(tmp_path, capsys):
    for folder in ("甲", "乙", "丙/乙"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "年报.xlsx").write_bytes(build_workbook(faulty()))
    (tmp_path / "标").mkdir()
    files = [str(tmp_path / folder / "年报.xlsx") for folder in ("甲", "乙", "丙/乙")]
    main(["check", *files, "--mark", str(tmp_path / "标")])
    found = sorted(path.name for path in (tmp_path / "标").iterdir())
    assert found == ["乙_年报_校验.xlsx", "乙_年报_校验3.xlsx", "年报_校验.xlsx"]
    capsys.readouterr()


def test_a_paragraph_is_seen_whole_in_the_copy(tmp_path):
    """Typed into a row that no application made higher; one that a clerk made higher, and those of one line, stay."""
    path, names = tmp_path / "年报.xlsx", layout("2021").names
    path.write_bytes(build_workbook(faulty()))
    book = openpyxl.load_workbook(path)
    long, tall, short = (names[f"narrative.overview.{number}"] for number in (2, 3, 4))
    sheet = book[long.sheet]
    for place, text in ((long, "围绕群众关切做好公开。" * 20), (tall, "围绕群众关切做好公开。" * 20), (short, "短。")):
        sheet.cell(place.row, place.column).value = text
    sheet.row_dimensions[tall.row].height = 350
    before = sheet.row_dimensions[short.row].height
    book.save(path)
    copy, _ = marked(path)
    heights = openpyxl.load_workbook(copy)[long.sheet].row_dimensions
    assert heights[long.row].height > 100
    assert heights[tall.row].height == 350
    assert heights[short.row].height == before
