"""The clipboard of LibreOffice: cells and pictures put into it, and pasted from it in part, as paste special does."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.engines.libreoffice.process import load_uno, properties
from gk_xl.engines.libreoffice.windows import carry_out, selected

if TYPE_CHECKING:
    from collections.abc import Iterator

PROVIDER = "com.sun.star.configuration.ConfigurationProvider"
UPDATE = "com.sun.star.configuration.ConfigurationUpdateAccess"
CLIPBOARD = "com.sun.star.datatransfer.clipboard.SystemClipboard"
FLAGS = {
    "all": "SVDFNT",
    "all_using_source_theme": "SVDFNT",
    "all_merging_conditional_formats": "SVDFNT",
    "comments": "N",
    "formats": "T",
    "formulas": "SVDF",
    "values": "SVD",
}
OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}


def dispatch(area: Any, command: str, **arguments: Any) -> None:
    """Carry out a command of the menu for a range."""
    with selected(area) as controller:
        carry_out(controller, area.sheet.book.app.context, command, **arguments)


@contextlib.contextmanager
def unasked(context: Any) -> Iterator[None]:
    """Let LibreOffice paste over what is there without asking."""
    provider = context.ServiceManager.createInstanceWithContext(PROVIDER, context)
    access = provider.createInstanceWithArguments(UPDATE, properties(nodepath="/org.openoffice.Office.Calc/Input"))
    before = access.ReplaceCellsWarning
    access.ReplaceCellsWarning = False
    access.commitChanges()
    try:
        yield
    finally:
        access.ReplaceCellsWarning = before
        access.commitChanges()


def copy(area: Any) -> None:
    """Put cells into the clipboard."""
    dispatch(area, "Copy")


def paste(area: Any, what: str, operation: str | None, *, skip_blanks: bool, transpose: bool) -> None:
    """Paste of what is in the clipboard one kind of content; EngineError for kinds that LibreOffice cannot part."""
    if what not in FLAGS:
        raise EngineError(Refusal.UNSUPPORTED, what=f"Range.paste: {what}")
    with unasked(area.sheet.book.app.context):
        dispatch(
            area,
            "InsertContents",
            Flags=FLAGS[what],
            FormulaCommand=OPERATIONS[operation],
            SkipEmptyCells=skip_blanks,
            Transpose=transpose,
            AsLink=False,
            MoveMode=4,
        )


def carry(source: Any, target: Any) -> None:
    """Copy cells into another document."""
    with selected(source) as controller:
        content = controller.getTransferable()
    with selected(target) as controller:
        controller.insertTransferable(content)


def data_of(area: Any, kind: str) -> bytes:
    """Return cells as the clipboard would give them in a format: ``image/png``, ``text/html``."""
    with selected(area) as controller:
        content = controller.getTransferable()
    flavour = next(item for item in content.getTransferDataFlavors() if item.MimeType.startswith(kind))
    data: bytes = content.getTransferData(flavour).value
    return data


def copy_picture(area: Any) -> None:
    """Put a picture of cells into the clipboard, and nothing else."""
    context = area.sheet.book.app.context
    clipboard = context.ServiceManager.createInstanceWithContext(CLIPBOARD, context)
    clipboard.setContents(_picture(data_of(area, "image/png")), None)


def _picture(data: bytes) -> Any:
    """Return what LibreOffice asks for the picture when somebody pastes."""
    uno = load_uno()
    import unohelper
    from com.sun.star.datatransfer import UnsupportedFlavorException, XTransferable

    flavour = uno.createUnoStruct("com.sun.star.datatransfer.DataFlavor")
    flavour.MimeType, flavour.HumanPresentableName = "image/png", "PNG"
    flavour.DataType = uno.getTypeByName("[]byte")

    class Picture(unohelper.Base, XTransferable):  # type: ignore[misc]
        """A picture in one format."""

        def getTransferData(self, wanted: Any) -> Any:  # noqa: N802 - UNO's name
            if wanted.MimeType != flavour.MimeType:
                raise UnsupportedFlavorException(wanted.MimeType, self)
            return uno.ByteSequence(data)

        def getTransferDataFlavors(self) -> Any:  # noqa: N802 - UNO's name
            return (flavour,)

        def isDataFlavorSupported(self, wanted: Any) -> bool:  # noqa: N802 - UNO's name
            return bool(wanted.MimeType == flavour.MimeType)

    return Picture()
