"""What hangs on a ``Range``: validation, looks, notes, links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from tests.doubles.excel.com import LOCKED, ComError, refused

if TYPE_CHECKING:
    from tests.doubles.excel.area import Area


class Part:
    """What belongs to a range: its fill, its font, its notes."""

    TYPE, PREFIX, MEMBERS = "", "", ()

    def __init__(self, area: Area) -> None:
        self.area, self.excel = area, area.excel

    def __getattr__(self, name: str) -> Any:
        kind, _, key = name.partition("_")
        if key not in self.MEMBERS or kind not in ("get", "put"):
            raise AttributeError(name)
        full = f"{self.PREFIX}.{key}"
        return (lambda: self.area.look(full)) if kind == "get" else (lambda value: self.area.dress(full, value))


class Validation(Part):
    """What may be typed into cells. It is added before it can be said more of, and deleted before it is added again."""

    TYPE = PREFIX = "Validation"
    MEMBERS = ("IgnoreBlank", "ShowInput", "ShowError", "InputTitle", "InputMessage", "ErrorTitle", "ErrorMessage")
    LONGEST: ClassVar = {"InputTitle": 32, "InputMessage": 255, "ErrorTitle": 32, "ErrorMessage": 225}

    def __getattr__(self, name: str) -> Any:
        kind, _, key = name.partition("_")
        if kind in ("get", "put") and key in self.MEMBERS and self.area.look("Validation.Type") is None:
            raise refused("应用程序定义或对象定义错误")
        found = super().__getattr__(name)
        if kind != "put" or key not in self.LONGEST:
            return found

        def put(value: str) -> None:
            if len(value) > self.LONGEST[key]:
                raise refused("应用程序定义或对象定义错误")
            found(value)

        return put

    def get_Type(self) -> int:
        kind = self.area.look("Validation.Type")
        if kind is None:
            raise refused("应用程序定义或对象定义错误")
        return int(kind)

    def call_Delete(self) -> None:
        self.area.allow_formats()
        for cell in self.area.cells():
            for key in [key for key in cell.looks if key.startswith("Validation.")]:
                del cell.looks[key]

    def call_Add(
        self, Type: int, AlertStyle: int = 1, Operator: int = 1, Formula1: str = "", Formula2: str = ""
    ) -> None:
        if any("Validation.Type" in cell.looks for cell in self.area.cells()):
            raise refused("应用程序定义或对象定义错误")
        if len(Formula1) > 255 or (Type and not Formula1):
            raise refused("应用程序定义或对象定义错误")
        for key, value in (("Type", Type), ("AlertStyle", AlertStyle), ("Operator", Operator),
                           ("Formula1", Formula1), ("Formula2", Formula2)):  # fmt: skip
            self.area.dress(f"Validation.{key}", value)


class Interior(Part):
    """The fill of cells."""

    TYPE = PREFIX = "Interior"
    MEMBERS = ("Color", "ColorIndex", "Pattern")


class Font(Part):
    """The font of cells."""

    TYPE = PREFIX = "Font"
    MEMBERS = ("Name", "Size", "Bold", "Italic", "Color", "Underline")


class Borders(Part):
    """The lines around and between cells."""

    TYPE = PREFIX = "Borders"
    MEMBERS = ("LineStyle", "Weight", "Color", "ColorIndex")

    def call_Item(self, Index: int) -> Border:
        return Border(self.area, int(Index))


class Border(Part):
    """One line."""

    TYPE = "Border"
    MEMBERS = ("LineStyle", "Weight", "Color", "ColorIndex")

    def __init__(self, area: Area, index: int) -> None:
        super().__init__(area)
        self.PREFIX = f"Border{index}"  # type: ignore[misc]


class Comment(Part):
    """The note of a cell."""

    TYPE = "Comment"

    def get_Parent(self) -> Area:
        return self.area

    def get_Shape(self) -> Shape:
        return Shape(self.area)

    def get_Author(self) -> str:
        return "经办人"

    def call_Text(self, Text: str | None = None, **_other: Any) -> str:
        if Text is not None:
            self.area.sheet.allow("objects", LOCKED)
            self.area.first.note = Text
        return str(self.area.first.note)

    def call_Delete(self) -> None:
        self.area.sheet.allow("objects", LOCKED)
        self.area.first.note = None


class Shape(Part):
    """The box that a note is shown in."""

    TYPE = "Shape"

    def get_Width(self) -> float:
        return self.area.first.note_size[0]

    def put_Width(self, value: float) -> None:
        self.area.first.note_size = (float(value), self.area.first.note_size[1])

    def get_Height(self) -> float:
        return self.area.first.note_size[1]

    def put_Height(self, value: float) -> None:
        self.area.first.note_size = (self.area.first.note_size[0], float(value))


class Hyperlinks(Part):
    """The links of a range."""

    TYPE = "Hyperlinks"

    def get_Count(self) -> int:
        return sum(cell.link is not None for cell in self.area.cells())

    def call_Add(self, Anchor: Area, Address: str, SubAddress: str = "", **texts: str) -> Hyperlink:
        Anchor.sheet.allow("AllowInsertingHyperlinks", LOCKED)
        Anchor.first.link = (Address, SubAddress, texts.get("ScreenTip", ""))
        return Hyperlink(Anchor)

    def call_Item(self, Index: int) -> Hyperlink:
        linked = [area for area in self.area.each() if area.first.link]
        if not 1 <= Index <= len(linked):
            raise ComError(-2147352567, "发生意外。", (0, None, None, None, 0, -2147352565))
        return Hyperlink(linked[Index - 1])

    def call_Delete(self) -> None:
        for cell in self.area.cells():
            cell.link = None


class Hyperlink(Part):
    """One link."""

    TYPE = "Hyperlink"

    def get_Address(self) -> str:
        return str(self.area.first.link[0])

    def get_SubAddress(self) -> str:
        return str(self.area.first.link[1])

    def put_TextToDisplay(self, value: str) -> None:
        self.area.first.value, self.area.first.formula = value, ""

    def put_ScreenTip(self, value: str) -> None:
        address, sub, _ = self.area.first.link
        self.area.first.link = (address, sub, value)
