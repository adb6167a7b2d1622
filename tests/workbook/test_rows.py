"""Rows that were read before are read the same again, and nothing that changes what a row says is overlooked."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from gk_xl.engines.core.addresses import column_letters
from gk_xl.form.filing import Filing
from gk_xl.workbook import rows
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.cutting import KEPT, Lately, cut, parsed
from gk_xl.workbook.raw import RawWorkbook
from gk_xl.workbook.read import read_content

ROOT = Path(__file__).resolve().parents[2]
TABLE = "三、依申请公开"
EXAMPLES = ("2025_示例乡.json", "2025_示例乡_有误.json")


@pytest.fixture(scope="module")
def books():
    """The example workbooks' bytes: as we write them, and as openpyxl saves them."""
    found = []
    for name in EXAMPLES:
        data = build_workbook(Filing.loads((ROOT / "examples" / name).read_text(encoding="utf-8")))
        again = io.BytesIO()
        openpyxl.load_workbook(io.BytesIO(data)).save(again)
        found += [data, again.getvalue()]
    return found


def raw(data):
    """Return a workbook's parts."""
    return RawWorkbook(zipfile.ZipFile(io.BytesIO(data)))


def changed(data, part, pattern, new, most=1):
    """Return a workbook in which a text of one part, at so many places (0: all), is another."""
    source, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                text, count = re.subn(pattern.encode(), new.encode(), text, count=most)
                assert count
            target.writestr(name, text)
    return made.getvalue()


def told(sheet):
    """Return all that is known of a sheet."""
    return sheet.beyond, sheet.protected, sheet.drawings, sheet.merges, list(sheet.cells.items())


def test_row_by_row_is_as_in_one_piece(books):
    """Each sheet of each workbook, when rows are known and when not."""
    for data in books + books:
        book = raw(data)
        for title in book.members:
            assert cut(book.package.read(book.members[title]))
            assert told(book._cut(title)) == told(book._whole(title))
            values = book.values(title)
            book.sheet(title).cells = book._whole(title).cells
            assert book.values(title) == values


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        ("<sheetData>", "<!-- 一 --><sheetData>"),
        ("</row>", "</row><?a b?>"),
        ('encoding="UTF-8"', 'encoding="utf8"'),
        ("</sheetData>", "<x/></sheetData>"),
        ('<row r="1"', "<row"),
        ("<worksheet xmlns=", '<worksheet xmlns:a="b" xmlns='),
        ('<row r="2"', '<row r="1"'),
        ("</row>", "</row>\n"),
    ],
)
def test_a_part_that_is_written_otherwise_is_read_all_the_same(books, pattern, new):
    """Comments, instructions, another declaration, a foreign element, no number, one number twice."""
    book = raw(books[0])
    member = book.members[TABLE]
    other = raw(changed(books[0], member, pattern, new))
    assert told(other.sheet(TABLE)) == told(other._whole(TABLE))
    assert len(other.sheet(TABLE).cells) > 1_000


def test_one_row_under_other_texts_formats_and_dates(books):
    """The same bytes of a row say what their own workbook's strings, formats and calendar make of them."""
    plain = raw(books[0])
    label = next(cell.value for cell in plain.sheet(TABLE).cells.values() if isinstance(cell.value, str))
    other = raw(changed(books[0], "xl/sharedStrings.xml", f">{label}<", ">别的<"))
    assert sum(cell.value == "别的" for cell in other.sheet(TABLE).cells.values()) == 1
    unlocked = raw(changed(books[0], "xl/styles.xml", 'locked="0"', 'locked="1"', 0))
    assert {place: cell.locked for place, cell in unlocked.sheet(TABLE).cells.items()} != {
        place: cell.locked for place, cell in raw(books[0]).sheet(TABLE).cells.items()
    }
    assert raw(books[0]).sheet(TABLE).cells == raw(books[0])._whole(TABLE).cells


def test_what_is_changed_in_a_row_that_was_known_is_told(books):
    """A workbook is read, then the same with one label, one formula, one lock changed."""
    assert not read_content(books[0], Path("a.xlsx")).findings
    plain = raw(books[0])
    member = plain.members[TABLE]
    place = next(place for place, cell in plain.sheet(TABLE).cells.items() if not cell.locked)
    address = f"{column_letters(place[1])}{place[0]}"
    open_style = re.search(rf'<c r="{address}" s="(\d+)"', plain.package.read(member).decode())[1]
    for pattern, new, code in (
        (r"<f>[^<]*</f>", "<f>1+1</f>", "I-02"),
        (r'(<c r="A8" s="\d+") t="s"><v>\d+</v>', r"\1><v>5</v>", "I-01"),
        (r'<c r="A8" s="\d+"', f'<c r="A8" s="{open_style}"', "I-03"),
        (r'<c r="A8" s="\d+" t="s"><v>\d+</v></c>', "", "I-01"),
        (r'<row r="8".*?</row>', "", "I-01"),
        (r'(?=<c r="AR8" s="\d+")', f'<c r="AQ8" s="{open_style}"><v>3</v></c>', "I-09"),
    ):
        found = read_content(changed(books[0], member, pattern, new), Path("a.xlsx")).findings
        assert code in {finding.code for finding in found}, (pattern, found)
    assert not read_content(books[0], Path("a.xlsx")).findings


def test_names_are_those_of_the_workbook_at_hand(books):
    """Names that were read before are known by their bytes; other targets, a comment, a prefix are read anew."""
    plain = raw(books[0])
    name = "t3.granted.total"
    place = plain.place(name)
    part = "xl/workbook.xml"
    moved = raw(changed(books[0], part, rf'(name="{name}"[^>]*>[^<]*\$)\d+(</definedName>)', r"\g<1>9\2"))
    assert (moved.place(name).row, moved.place(name).column) == (9, place.column)
    for pattern, new in (("<definedNames>", "<!-- 一 --><definedNames>"), ('encoding="UTF-8"', 'encoding="utf8"')):
        other = raw(changed(books[0], part, pattern, new))
        assert other.defined_names == plain.defined_names
        assert other.members == plain.members
    gone = raw(changed(books[0], part, "<definedNames>.*</definedNames>", ""))
    assert gone.defined_names == {}
    assert gone.structure_locked
    assert raw(books[0]).place(name) == place


def test_what_was_read_is_forgotten_in_time():
    """No more than two generations are kept; what is asked for stays."""
    lately = Lately()
    lately.put(b"kept", 1)
    for number in range(5 * KEPT):
        lately.put(str(number).encode(), number)
        assert lately.get(b"kept") == 1
    assert lately.get(b"0") is None
    assert len(lately._young) + len(lately._old) <= 2 * KEPT


SPACES = b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PIECES = (
    b'r="B3" s="5"/>', b'r="B3"/>', b'r="B3" s="5"></c>', b'r="AB12" s="7"><v>12.5</v></c>', b'r="A1" t="s"><v>3</v></c>\n',
    b'r="C9" s="3" t="str"><f>IF(A1&gt;0,"\xe6\x9c\x89 "&amp;A1,"&lt;&apos;&quot;")</f><v>\xe6\x9c\x89 2</v></c>',
    b'r="C9" t="b"><v>1</v></c>', b'r="C9" t="e"><f aca="false">1/0</f><v>#DIV/0!</v></c>', b'r="C9"><f></f><v></v></c>',
    b'r="C9"><f>A1</f></c>', b'r="C9" t="str"><v>&amp;lt;</v></c>', b'r="C9" t="n"><v>1e5</v></c>',
)  # fmt: skip
"""Cells as they are written, behind ``<c ``."""


def parsed_cell(piece):
    """Return what a parser makes of a cell; None where it takes it for none, or for something with more to it."""
    try:
        (item,) = parsed(SPACES, [b"<c " + piece])
    except (etree.XMLSyntaxError, ValueError):
        return None
    try:
        return rows._cell(item, 0) if item.tag == rows._ROW_CELL and item.get("r") else None
    except ValueError:
        return None


@pytest.mark.parametrize("piece", PIECES)
def test_a_cell_read_without_a_parser_says_the_same(piece):
    """And so does whatever comes of it when a few of its bytes are others, are gone, or stand twice; what is bent goes to the parser."""
    dice, plain = random.Random(piece), 0
    assert rows._plain(piece) is not None
    for number in range(1500):
        bent = bytearray(piece)
        for _ in range(dice.randrange(3) if number else 0):
            at = dice.randrange(len(bent))
            what = dice.choice(b'<>&;"=/ \t\n\r\x00\x1f\x7f\xef\xbf\xbeArst09x')
            bent[at : at + dice.randrange(3)] = bytes([what] * dice.randrange(3))
        found = rows._plain(bytes(bent))
        if found is not None:
            plain += 1
            wanted = parsed_cell(bytes(bent))
            assert wanted is not None, bytes(bent)
            for name in ("place", "style", "kind", "text", "formula", "filled"):
                assert getattr(found, name) == getattr(wanted, name), (name, bytes(bent))
    assert plain > 100


@pytest.mark.parametrize(
    "bent",
    [
        b"&#10;", b"&x;", b"&", b"]]>", b"\xef\xbf\xbf", b"\xff", b"\xed\xa0\x80", b"<i>1</i>", b"\r", b"\x0b",
    ],
)  # fmt: skip
def test_what_only_a_parser_can_tell_is_left_to_it(bent):
    """Characters by their numbers, unknown names, what XML forbids."""
    assert rows._plain(b'r="A1" t="str"><v>' + bent + b"</v></c>") is None


ODD = [
    "<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "<row r='900'/>", '<row r="900"/>', "<sheetData/>",
    '<row r="900"><row r="901"><c r="B901"><v>7</v></c></row></row>', '<row r="900" a=">"/>',
]  # fmt: skip
"""What may stand between two rows, or, wrongly, does."""


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", ["</row>", "</c>", "</sheetData>", "<sheetData>"])
def test_whatever_stands_between_rows_is_read_as_in_one_piece(books, monkeypatch, odd, place):
    """Row by row or as a whole: the same cells, or the same error."""
    data = changed(books[0], "xl/worksheets/sheet4.xml", place, place + odd)

    def cells():
        try:
            return told(raw(data).sheet(TABLE))
        except (etree.XMLSyntaxError, ValueError) as error:
            return type(error)

    found = cells()
    monkeypatch.setattr(RawWorkbook, "_cut", lambda *_: None)
    assert found == cells()


def test_marks_in_texts_are_no_comments():
    """A ! or a ? stands in formulas and texts as anywhere."""
    sheet = '<worksheet xmlns="x"><sheetData><row r="1"><c r="A1" t="str"><f>\'a\'!B1</f><v>!? &lt;!-- 1</v></c></row></sheetData></worksheet>'
    assert cut(b'<?xml version="1.0"?>' + sheet.encode()) is not None
    assert cut(sheet.replace("<row", "<!-- --><row").encode()) is None
    assert cut(sheet.replace("<row", "<?a?><row").encode()) is None
