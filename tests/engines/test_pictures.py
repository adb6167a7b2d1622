"""Pictures on a sheet: added, moved, named, replaced, deleted, and still there in the other engine."""

from __future__ import annotations

import base64
import struct
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter

from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.openpyxl.images import looked_at
from tests.engines.conftest import running

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DA8J8BAAcAAf8M4qW1AAAAAElFTkSuQmCC"
)
JPEG = b"\xff\xd8\xff\xe0\0\x06JFIF\xff\xff\xc2\0\x11\x08" + struct.pack(">2H", 30, 40) + b"\x03"
BOTH = [("openpyxl", "libreoffice"), ("libreoffice", "openpyxl")]


@pytest.fixture
def dot(tmp_path):
    (tmp_path / "dot.png").write_bytes(DOT)
    return tmp_path / "dot.png"


def places(pictures):
    """Return each picture's name, left, top, width and height."""
    return [(one.name, one.left, one.top, one.width, one.height) for one in pictures]


def test_pictures(sheet, dot):
    """Added in a place and a size, found by name and number, kept in proportion, replaced, deleted."""
    made = sheet.pictures.add(dot, left=30, top=40, width=100, height=60, name="章")
    assert [made.left, made.top, made.width, made.height] == pytest.approx([30, 40, 100, 60], abs=0.2)
    assert (sheet.pictures["章"], sheet.pictures[0], len(sheet.pictures)) == (made, made, 1)
    assert ("章" in sheet.pictures, "印" in sheet.pictures) == (True, False)
    assert (made.parent, sheet.pictures.parent) == (sheet, sheet)
    assert made.impl.index == 1
    made.left, made.top = 10, 20
    assert [made.left, made.top] == pytest.approx([10, 20], abs=0.2)
    assert made.lock_aspect_ratio is True
    made.width = 50
    assert made.height == pytest.approx(30, abs=0.2)
    made.lock_aspect_ratio = False
    made.height = 90
    assert [made.width, made.height] == pytest.approx([50, 90], abs=0.2)
    made.lock_aspect_ratio = True
    assert made.lock_aspect_ratio is True
    made.name = "印"
    assert [picture.name for picture in sheet.pictures] == ["印"]
    assert made.update(dot).name == "印"
    second = sheet.pictures.add(dot, anchor=sheet["C5"], width=20)
    assert [second.left, second.top] == pytest.approx([sheet["C5"].left, sheet["C5"].top], abs=0.5)
    assert second.height == pytest.approx(10, abs=0.2)
    assert (made.api is not None, sheet.pictures.api is not None) == (True, True)
    with pytest.raises(KeyError):
        sheet.pictures("没有")
    made.delete()
    assert [picture.name for picture in sheet.pictures] == ["Picture 1"]


def test_what_is_no_picture_is_refused(sheet, tmp_path):
    """A text called picture, and a file that is not there; nothing is added."""
    (tmp_path / "text.png").write_text("章", encoding="utf-8")
    for name in ("text.png", "absent.png"):
        with pytest.raises(EngineError) as refused:
            sheet.pictures.add(tmp_path / name)
        assert refused.value.refusal is Refusal.NOT_OPENED
    assert len(sheet.pictures) == 0


@pytest.mark.application
@pytest.mark.parametrize(("writer", "reader"), BOTH)
def test_a_picture_of_one_engine_is_seen_by_the_other(apps, writer, reader, dot, tmp_path):
    """Under its name, in its place and size; moved there, it comes back moved.

    It lies in one wide and tall cell: where no width is given, every application has one of its own.
    """
    path, back = str(tmp_path / "一.xlsx"), str(tmp_path / "二.xlsx")
    book = running(apps, writer).books.add()
    book.sheets[0]["A1"].column_width, book.sheets[0]["A1"].row_height, book.sheets[0]["A2"].row_height = 40, 20, 100
    book.sheets[0].pictures.add(dot, left=50, top=40, width=80, height=40, name="章")
    book.save(path)
    before = places(book.sheets[0].pictures)[0]
    book.close()
    book = running(apps, reader).books.open(path)
    (seen,) = places(book.sheets[0].pictures)
    assert (seen[0], seen[1:]) == ("章", pytest.approx(before[1:], abs=1.5))
    book.sheets[0].pictures["章"].top = 60
    book.sheets[0].pictures["章"].lock_aspect_ratio = True  # LibreOffice saves no word of it
    book.sheets[0].pictures["章"].width = 40
    book.save(back)
    book.close()
    book = running(apps, writer).books.open(back)
    (seen,) = places(book.sheets[0].pictures)
    assert seen[1:] == pytest.approx([50, 60, 40, 20], abs=1.5)
    book.close()


@pytest.mark.parametrize("app", ["openpyxl"], indirect=True)
def test_pictures_of_a_file_stay_without_pillow_and_save_after_save(app, monkeypatch, dot, tmp_path):
    """Byte for byte, each with its place between two cells and its name, beside a chart; one is deleted, the other stays."""
    monkeypatch.setattr("openpyxl.drawing.image.PILImage", False)
    monkeypatch.setattr("openpyxl.reader.drawings.PILImage", False)
    path = str(tmp_path / "有图.xlsx")
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet()
        page.insert_image("B3", str(dot), {"x_scale": 50, "y_scale": 60, "url": "internal:Sheet1!A9"})
        page.insert_image("F9", str(dot), {"object_position": 3})
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$3"})
        page.insert_chart("H2", chart)
    book = app.books.open(path)
    pictures = book.sheets[0].pictures
    assert places(pictures)[0] == ("Picture 1", 48, 30, 75, 45)
    book.save()
    pictures[1].delete()
    book.save()
    book.close()
    with ZipFile(path) as archive:
        assert [archive.read(name) for name in archive.namelist() if "media" in name] == [DOT]
        assert any(name.startswith("xl/charts/") for name in archive.namelist())
        assert b"hlinkClick" not in archive.read("xl/drawings/drawing1.xml")  # openpyxl drops what a link leads to
    book = app.books.open(path)
    assert places(book.sheets[0].pictures)[0] == ("Picture 1", 48, 30, 75, 45)
    book.close()


@pytest.mark.parametrize("app", ["openpyxl"], indirect=True)
def test_pictures_of_a_protected_sheet_stay_as_they_are(sheet, dot):
    """As Excel has it: none is added, moved, renamed, replaced or deleted."""
    made = sheet.pictures.add(dot, name="章")
    before = places(sheet.pictures)
    sheet.impl.protect()
    changes = (
        lambda: sheet.pictures.add(dot), lambda: setattr(made, "left", 9), lambda: setattr(made, "name", "印"),
        lambda: setattr(made, "lock_aspect_ratio", False), lambda: made.update(dot), made.delete,
    )  # fmt: skip
    for change in changes:
        with pytest.raises(EngineError) as refused:
            change()
        assert refused.value.refusal is Refusal.LOCKED_LOOKS
    assert places(sheet.pictures) == before


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (DOT, ("png", 2, 1)),
        (JPEG, ("jpeg", 40, 30)),
        (b"GIF89a" + struct.pack("<2H", 7, 5), ("gif", 7, 5)),
        (b"BM" + bytes(16) + struct.pack("<2i", 9, -4), ("bmp", 9, 4)),
        (DOT[:20], None),
        (JPEG[:12], None),
        (b"\xff\xd8\0\0", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_its_content(data, seen):
    """Kind and size in pixels; what breaks off before it says so is none."""
    assert looked_at(data) == seen


@pytest.mark.parametrize("app", ["openpyxl"], indirect=True)
def test_a_jpeg_has_its_own_size_and_kind_in_the_file(sheet, tmp_path):
    """96 pixels an inch; the file names the kind by its suffix."""
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    made = sheet.pictures.add(tmp_path / "photo.jpg")
    assert (made.width, made.height) == (30, 22.5)
    buffer = BytesIO()
    sheet.book.api.save(buffer)
    with ZipFile(buffer) as archive:
        assert archive.read("xl/media/image1.jpeg") == JPEG
