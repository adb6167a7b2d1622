"""The content of pictures in a closed .xlsx file: kept as it is, byte for byte, and looked into only for its size.

Openpyxl reads a picture with Pillow, drops it silently where Pillow is missing, and can save it once only.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any
from zipfile import ZipFile

KEPT = ("png", "jpeg", "jpg", "gif", "bmp", "tif", "tiff", "emf")  # what a file of openpyxl's can name the kind of
START_OF_FRAME = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


def looked_at(data: bytes) -> tuple[str, int, int] | None:
    """Return the kind of a picture, its width and its height in pixels; None for what is no picture."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return "png", *struct.unpack(">2I", data[16:24])
        if data.startswith((b"GIF87a", b"GIF89a")):
            return "gif", *struct.unpack("<2H", data[6:10])
        if data.startswith(b"BM"):
            width, height = struct.unpack("<2i", data[18:26])
            return "bmp", width, abs(height)  # below zero where the rows run from the top
        return _jpeg(data) if data.startswith(b"\xff\xd8") else None
    except (struct.error, IndexError):  # it ends before it says so
        return None


def _jpeg(data: bytes) -> tuple[str, int, int] | None:
    """Return what a JPEG's frame says, behind segments that are stepped over; struct.error, IndexError at its end."""
    at = 2
    while data[at] == 0xFF:
        if data[at + 1] in START_OF_FRAME:
            height, width = struct.unpack(">2H", data[at + 5 : at + 9])
            return "jpeg", width, height
        at += 1 if data[at + 1] == 0xFF else 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None


def image_of(data: bytes, kind: str, width: int = 0, height: int = 0) -> Any:
    """Return openpyxl's image of a content, made without Pillow; it gives the same bytes at every save."""
    from openpyxl.drawing.image import Image

    image = Image.__new__(Image)
    image.ref, image.format, image.width, image.height = data, kind, width, height
    image._data = lambda: image.ref  # noqa: SLF001 - what openpyxl asks for when it saves
    return image


def frame_of(image: Any) -> Any:
    """Return openpyxl's frame of a picture: its name, and whether its sides keep their ratio."""
    return image.anchor.pic or image.anchor.groupShape.pic


def keep_images(data: bytes, book: Any) -> None:
    """Hang the pictures of a file that was read into openpyxl's workbook, each with its anchor."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

    with ZipFile(BytesIO(data)) as archive:
        for sheet in book.worksheets:
            drawings = sheet._rels.find(SpreadsheetDrawing._rel_type)  # noqa: SLF001 - openpyxl tells nobody else
            sheet._images = [image for one in drawings for image in _images(archive, one.target)]  # noqa: SLF001


def _images(archive: ZipFile, path: str) -> list[Any]:
    """Return the pictures of a drawing; none of one that openpyxl does not understand and drops with all in it."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.xml.functions import fromstring

    try:
        drawing = SpreadsheetDrawing.from_tree(fromstring(archive.read(path)))
    except TypeError:
        return []
    rels = get_rels_path(path)
    if rels not in archive.namelist():
        return []
    parts, found = get_dependents(archive, rels), []
    for blip in drawing._blip_rels:  # noqa: SLF001 - with the anchor of each
        target = parts.get(blip.embed).target
        kind = target.rpartition(".")[2].lower()
        if kind in KEPT and target in archive.namelist():
            content = archive.read(target)
            found.append(image_of(content, *(looked_at(content) or (kind,))))
            found[-1].anchor = blip.anchor
            frame_of(found[-1]).nvPicPr.cNvPr.hlinkClick = None  # openpyxl writes the link without what it leads to
    return found
