"""The pictures on a sheet of a closed .xlsx file for xlwings, through openpyxl."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.addresses import COLUMNS, ROWS
from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.openpyxl.formatted import POINTS_A_PIXEL
from gk_xl.engines.openpyxl.images import frame_of, image_of, looked_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.engines.openpyxl.kinds import FileSheet

UNITS = 12_700  # English Metric Units, in which a drawing measures, in a point


class Pictures:
    """The pictures of one sheet."""

    def __init__(self, sheet: FileSheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Any:
        """Openpyxl's images of the sheet, in a list that can be changed."""
        return self.parent.file._images  # noqa: SLF001 - openpyxl has a way to add one, none to see them

    def __call__(self, name_or_index: str | int) -> Picture:
        """Return a picture by name or number."""
        for number, picture in enumerate(self, start=1):
            if name_or_index in (number, picture.name):
                return picture
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.api)

    def __iter__(self) -> Iterator[Picture]:
        return iter([Picture(self.parent, image) for image in self.api])

    def __contains__(self, key: str | int) -> bool:
        return any(key in (number, picture.name) for number, picture in enumerate(self, start=1))

    def add(
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        width: float | None,
        height: float | None,
        anchor: Any = None,
    ) -> Picture:
        """Put a picture on the sheet, in points; -1 for its own width or height, 96 of its pixels an inch."""
        if link_to_file or not save_with_document:
            raise EngineError(Refusal.UNSUPPORTED, what="Pictures.add: link_to_file")
        _allow(self.parent)
        image = content_of(filename)
        image.anchor = _anchor(next(name for n in count(1) if (name := f"Picture {n}") not in self))
        self.api.append(image)
        made = Picture(self.parent, image)
        sides = [
            own * POINTS_A_PIXEL if side in (None, -1) else side
            for side, own in ((width, image.width), (height, image.height))
        ]
        made.lie(anchor.left if anchor else left or 0, anchor.top if anchor else top or 0, *sides)
        return made


def _allow(sheet: FileSheet) -> None:
    """Raise EngineError when the sheet is protected, and its pictures with it."""
    if sheet.protected:
        raise EngineError(Refusal.LOCKED_LOOKS, sheet=sheet.name, address="A1")


def content_of(filename: str) -> Any:
    """Return openpyxl's image of a file; EngineError for one that cannot be read, or is no picture."""
    try:
        data = Path(filename).read_bytes()
    except OSError as error:
        raise EngineError(Refusal.NOT_OPENED, path=filename) from error
    seen = looked_at(data)
    if seen is None:
        raise EngineError(Refusal.NOT_OPENED, path=filename)
    return image_of(data, *seen)


def _anchor(name: str) -> Any:
    """Return an anchor with the frame of a new picture, whose sides keep their ratio."""
    from openpyxl.drawing.spreadsheet_drawing import OneCellAnchor, SpreadsheetDrawing

    frame = SpreadsheetDrawing()._picture_frame(1)  # noqa: SLF001 - as openpyxl frames a picture that has no name
    frame.nvPicPr.cNvPr.name = name
    _lock(frame, fixed=True)
    return OneCellAnchor(pic=frame)


def _lock(frame: Any, *, fixed: bool) -> None:
    from openpyxl.drawing.picture import PictureLocking

    held = frame.nvPicPr.cNvPicPr.picLocks or PictureLocking()
    held.noChangeAspect = fixed
    frame.nvPicPr.cNvPicPr.picLocks = held


class Picture:
    """One picture."""

    def __init__(self, sheet: FileSheet, image: Any) -> None:
        self.parent, self.image = sheet, image

    @property
    def api(self) -> Any:
        """Openpyxl's image."""
        return self.image

    @property
    def name(self) -> str:
        """The picture's name."""
        return str(frame_of(self.image).nvPicPr.cNvPr.name)

    @name.setter
    def name(self, value: str) -> None:
        _allow(self.parent)
        frame_of(self.image).nvPicPr.cNvPr.name = value

    @property
    def index(self) -> int:
        """The picture's place among the sheet's pictures, from 1."""
        return next(n for n, image in enumerate(Pictures(self.parent).api, start=1) if image is self.image)

    def lies(self) -> tuple[float, float, float, float]:
        """Return the picture's left and upper edge on the sheet, its width and its height, in points."""
        anchor = self.image.anchor
        start = getattr(anchor, "_from", None)
        left, top = self._corner(start) if start else _points(anchor.pos.x, anchor.pos.y)
        if hasattr(anchor, "ext"):
            return left, top, *_points(anchor.ext.width, anchor.ext.height)
        right, bottom = self._corner(anchor.to)
        return left, top, right - left, bottom - top

    def _corner(self, marker: Any) -> tuple[float, float]:
        """Return where a corner that is told by a cell lies."""
        cell = self.parent.range((marker.row + 1, marker.col + 1))
        right, down = _points(marker.colOff, marker.rowOff)
        return cell.left + right, cell.top + down

    def lie(self, left: float, top: float, width: float, height: float) -> None:
        """Put the picture somewhere, in points; it hangs on the cell under its corner from now on."""
        from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
        from openpyxl.drawing.xdr import XDRPositiveSize2D

        _allow(self.parent)
        old = self.image.anchor
        (column, right), (row, down) = self._under(left, "width"), self._under(top, "height")
        start = AnchorMarker(col=column, colOff=_units(right), row=row, rowOff=_units(down))
        size = XDRPositiveSize2D(_units(width), _units(height))
        self.image.anchor = OneCellAnchor(
            _from=start, ext=size, pic=old.pic, grpSp=old.groupShape, clientData=old.clientData
        )

    def _under(self, points: float, side: str) -> tuple[int, float]:
        """Return the row (``height``) or column (``width``) that lies so far from the first, from 0, and how far into it."""
        for number in range(1, ROWS if side == "height" else COLUMNS):
            cell = self.parent.range((number, 1) if side == "height" else (1, number))
            if points < (size := getattr(cell, side)):
                return number - 1, max(0.0, points)
            points -= size
        raise EngineError(Refusal.UNSUPPORTED, what="Picture: beyond the last cell")

    @property
    def left(self) -> float:
        """How many points the picture lies from the sheet's left edge."""
        return self.lies()[0]

    @left.setter
    def left(self, value: float) -> None:
        self.lie(value, *self.lies()[1:])

    @property
    def top(self) -> float:
        """How many points the picture lies from the sheet's upper edge."""
        return self.lies()[1]

    @top.setter
    def top(self, value: float) -> None:
        left, _, *size = self.lies()
        self.lie(left, value, *size)

    @property
    def width(self) -> float:
        """The width in points."""
        return self.lies()[2]

    @width.setter
    def width(self, value: float) -> None:
        left, top, width, height = self.lies()
        self.lie(left, top, value, height * value / width if self.lock_aspect_ratio and width else height)

    @property
    def height(self) -> float:
        """The height in points."""
        return self.lies()[3]

    @height.setter
    def height(self, value: float) -> None:
        left, top, width, height = self.lies()
        self.lie(left, top, width * value / height if self.lock_aspect_ratio and height else width, value)

    @property
    def lock_aspect_ratio(self) -> bool:
        """Whether a new width changes the height in proportion."""
        held = frame_of(self.image).nvPicPr.cNvPicPr.picLocks
        return bool(held and held.noChangeAspect)

    @lock_aspect_ratio.setter
    def lock_aspect_ratio(self, value: bool) -> None:
        _allow(self.parent)
        _lock(frame_of(self.image), fixed=bool(value))

    def update(self, filename: str) -> Picture:
        """Show another picture in the same place and size, under the same name."""
        _allow(self.parent)
        anchor, images = self.image.anchor, Pictures(self.parent).api
        place = self.index - 1
        self.image = images[place] = content_of(filename)
        self.image.anchor = anchor
        return self

    def delete(self) -> None:
        """Remove the picture."""
        _allow(self.parent)
        del Pictures(self.parent).api[self.index - 1]


def _points(*units: int) -> tuple[float, float]:
    across, down = units
    return across / UNITS, down / UNITS


def _units(points: float) -> int:
    return round(points * UNITS)
