"""The clipboard as Word leaves it: a table as HTML and as text."""

from __future__ import annotations

from typing import Any

from gk_xl.engines.libreoffice.process import load_uno


class Pasted:
    """A table that is about to be pasted."""

    def __init__(self, table: tuple[tuple[str, ...], ...]) -> None:
        self.table = table

    def put(self, context: Any) -> None:
        """Put the table on the clipboard of the screen."""
        put(context, self.html(), self.text())

    def html(self) -> bytes:
        """Return the table as Word writes it."""
        cells = "".join(
            "<tr>"
            + "".join(
                f'<td style="border:1pt solid"><p style="font-family:仿宋;font-size:16pt">{cell}</p></td>'
                for cell in row
            )
            + "</tr>"
            for row in self.table
        )
        return (
            f'<html><head><meta charset="utf-8"></head><body><table border="1">{cells}</table></body></html>'.encode()
        )

    def text(self) -> str:
        """Return the table as plain text."""
        return "\n".join("\t".join(row) for row in self.table)


def clipboard_of(context: Any) -> Any:
    """Return the clipboard of the screen."""
    name = "com.sun.star.datatransfer.clipboard.SystemClipboard"
    return context.ServiceManager.createInstanceWithContext(name, context)


def copied_text(context: Any) -> str:
    """Return what was copied, as text; empty where it is none."""
    held = clipboard_of(context).getContents()
    for flavour in held.getTransferDataFlavors():
        if flavour.MimeType.startswith("text/plain;charset=utf-16"):
            return str(held.getTransferData(flavour))
    return ""


def put(context: Any, html: bytes, text: str) -> None:
    """Put something on the clipboard of the screen, as HTML and as text."""
    clipboard_of(context).setContents(transferable(load_uno(), html, text), None)


def transferable(uno: Any, html: bytes, text: str) -> Any:
    """Return what the clipboard takes."""
    import unohelper
    from com.sun.star.datatransfer import XTransferable  # type: ignore[import-not-found]

    def flavour(kind: str, shown: str, of: str) -> Any:
        made = uno.createUnoStruct("com.sun.star.datatransfer.DataFlavor")
        made.MimeType, made.HumanPresentableName, made.DataType = kind, shown, uno.getTypeByName(of)
        return made

    flavours = (flavour("text/html", "HTML", "[]byte"), flavour("text/plain;charset=utf-16", "Text", "string"))

    class Table(unohelper.Base, XTransferable):  # type: ignore[misc]
        def getTransferData(self, wanted: Any) -> Any:  # noqa: N802
            return uno.ByteSequence(html) if wanted.MimeType.startswith("text/html") else text

        def getTransferDataFlavors(self) -> Any:  # noqa: N802
            return flavours

        def isDataFlavorSupported(self, wanted: Any) -> bool:  # noqa: N802
            return any(wanted.MimeType.startswith(one.MimeType.partition(";")[0]) for one in flavours)

    return Table()
