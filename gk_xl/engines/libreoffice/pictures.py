"""The pictures on a sheet of LibreOffice Calc for xlwings, over UNO."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.libreoffice.process import in_words, load_uno, properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.engines.libreoffice.kinds import UnoSheet

SHAPE = "com.sun.star.drawing.GraphicObjectShape"
HUNDREDTHS_A_POINT, HUNDREDTHS_A_PIXEL = 2540 / 72, 2540 / 96
FREE = "gk_xl.free-ratio"  # an attribute of a picture whose sides change apart


@in_words
class Pictures:
    """The pictures of one sheet."""

    def __init__(self, sheet: UnoSheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Any:
        """The UNO page that lies over the sheet."""
        return self.parent.uno.getDrawPage()

    def shapes(self) -> list[Any]:
        """Return the UNO shapes that are pictures."""
        page = self.api
        found = [page.getByIndex(number) for number in range(page.getCount())]
        return [shape for shape in found if shape.supportsService(SHAPE)]

    def __call__(self, name_or_index: str | int) -> Picture:
        """Return a picture by name or number."""
        shapes = self.shapes()
        if isinstance(name_or_index, int) and 1 <= name_or_index <= len(shapes):
            return Picture(self.parent, shapes[name_or_index - 1])
        for shape in shapes:
            if shape.Name == name_or_index:
                return Picture(self.parent, shape)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.shapes())

    def __iter__(self) -> Iterator[Picture]:
        return iter([Picture(self.parent, shape) for shape in self.shapes()])

    def __contains__(self, key: str | int) -> bool:
        if isinstance(key, int):
            return 1 <= key <= len(self)
        return key in [shape.Name for shape in self.shapes()]

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
        """Put a picture on the sheet, in points; -1 for its own width or height."""
        if link_to_file or not save_with_document:
            raise EngineError(Refusal.UNSUPPORTED, what="Pictures.add: link_to_file")
        if self.parent.protected:
            raise EngineError(Refusal.LOCKED_LOOKS, sheet=self.parent.name, address="A1")
        graphic = graphic_of(self.parent, filename)
        shape = self.parent.book.uno.createInstance(SHAPE)
        name = next(f"Picture {n}" for n in range(1, 100_000) if f"Picture {n}" not in self)
        self.api.add(shape)
        shape.Graphic, shape.Name = graphic, name
        made = Picture(self.parent, shape)
        made.place(anchor.left if anchor else left or 0, anchor.top if anchor else top or 0)
        own = graphic.Size100thMM
        if not own.Width:
            own.Width, own.Height = (
                round(side * HUNDREDTHS_A_PIXEL) for side in (graphic.SizePixel.Width, graphic.SizePixel.Height)
            )
        sides = (width, own.Width), (height, own.Height)
        made.size(*(found if side in (None, -1) else round(side * HUNDREDTHS_A_POINT) for side, found in sides))
        return made


def graphic_of(sheet: UnoSheet, filename: str) -> Any:
    """Return a picture's content, which the document keeps; EngineError when the file is none."""
    context = sheet.book.app.context
    provider = context.ServiceManager.createInstanceWithContext("com.sun.star.graphic.GraphicProvider", context)
    graphic = provider.queryGraphic(properties(URL=load_uno().systemPathToFileUrl(filename)))
    if graphic is None:
        raise EngineError(Refusal.NOT_OPENED, path=filename)
    return graphic


@in_words
class Picture:
    """One picture."""

    def __init__(self, sheet: UnoSheet, shape: Any) -> None:
        self.parent, self.uno = sheet, shape

    @property
    def api(self) -> Any:
        """The UNO shape."""
        return self.uno

    @property
    def name(self) -> str:
        """The picture's name."""
        return str(self.uno.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.uno.Name = value

    @property
    def index(self) -> int:
        """The picture's place among the sheet's pictures, from 1."""
        return [shape.Name for shape in Pictures(self.parent).shapes()].index(self.name) + 1

    def place(self, left: float, top: float) -> None:
        """Put the picture somewhere, in points from the sheet's upper left corner."""
        position = load_uno().createUnoStruct("com.sun.star.awt.Point")
        position.X, position.Y = round(left * HUNDREDTHS_A_POINT), round(top * HUNDREDTHS_A_POINT)
        self.uno.setPosition(position)

    def size(self, width: int, height: int) -> None:
        """Give the picture a size in 1/100 mm."""
        size = load_uno().createUnoStruct("com.sun.star.awt.Size")
        size.Width, size.Height = width, height
        self.uno.setSize(size)

    @property
    def left(self) -> float:
        """How many points the picture lies from the sheet's left edge."""
        return float(self.uno.getPosition().X / HUNDREDTHS_A_POINT)

    @left.setter
    def left(self, value: float) -> None:
        self.place(value, self.top)

    @property
    def top(self) -> float:
        """How many points the picture lies from the sheet's upper edge."""
        return float(self.uno.getPosition().Y / HUNDREDTHS_A_POINT)

    @top.setter
    def top(self, value: float) -> None:
        self.place(self.left, value)

    @property
    def width(self) -> float:
        """The width in points."""
        return float(self.uno.getSize().Width / HUNDREDTHS_A_POINT)

    @width.setter
    def width(self, value: float) -> None:
        old, new = self.uno.getSize(), round(value * HUNDREDTHS_A_POINT)
        self.size(new, round(old.Height * new / old.Width) if self.lock_aspect_ratio else old.Height)

    @property
    def height(self) -> float:
        """The height in points."""
        return float(self.uno.getSize().Height / HUNDREDTHS_A_POINT)

    @height.setter
    def height(self, value: float) -> None:
        old, new = self.uno.getSize(), round(value * HUNDREDTHS_A_POINT)
        self.size(round(old.Width * new / old.Height) if self.lock_aspect_ratio else old.Width, new)

    @property
    def lock_aspect_ratio(self) -> bool:
        """Whether a new width changes the height in proportion: so unless it was said otherwise."""
        return not self.uno.UserDefinedAttributes.hasByName(FREE)

    @lock_aspect_ratio.setter
    def lock_aspect_ratio(self, value: bool) -> None:
        attributes = self.uno.UserDefinedAttributes
        if bool(value) == self.lock_aspect_ratio:
            return
        if value:
            attributes.removeByName(FREE)
        else:
            mark = load_uno().createUnoStruct("com.sun.star.xml.AttributeData")
            mark.Type, mark.Value = "CDATA", "true"
            attributes.insertByName(FREE, mark)
        self.uno.UserDefinedAttributes = attributes

    def update(self, filename: str) -> Picture:
        """Show another picture in the same place and size, under the same name."""
        self.uno.Graphic = graphic_of(self.parent, filename)
        return self

    def delete(self) -> None:
        """Remove the picture."""
        self.parent.uno.getDrawPage().remove(self.uno)
