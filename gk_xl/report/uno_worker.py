"""Runs under LibreOffice's own Python: converts Word files to PDF in one running office, one request a line.

Reads JSON lines ``{"source": url, "target": url}`` from standard input and answers each with ``{"error": null}`` or the
reason. Ends when its input ends. Standard library and ``uno`` only: this interpreter sees no virtual environment.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

FILTER = {"UseTaggedPDF": True, "ExportBookmarks": True, "DisplayPDFDocumentTitle": True, "ExportNotes": False}


def main(pipe: str, patience: float) -> None:
    """Serve requests until the input ends."""
    desktop = _connect(pipe, patience)
    print(json.dumps({"error": None}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            _convert(desktop, request["source"], request["target"])
            answer: dict[str, str | None] = {"error": None}
        except Exception as error:  # noqa: BLE001 - whatever the office throws is the answer
            answer = {"error": str(error) or type(error).__name__}
        print(json.dumps(answer), flush=True)
    desktop.terminate()


def _connect(pipe: str, patience: float) -> Any:
    """Return the office's desktop; the office needs a moment to open its pipe."""
    import uno
    from com.sun.star.connection import NoConnectException

    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    deadline = time.monotonic() + patience
    while True:
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _convert(desktop: Any, source: str, target: str) -> None:
    import uno

    document = desktop.loadComponentFromURL(source, "_blank", 0, _properties({"Hidden": True, "ReadOnly": True}))
    if document is None:
        raise RuntimeError("the office did not open the file")
    try:
        _as_word_sets_it(document)
        data = uno.Any("[]com.sun.star.beans.PropertyValue", _properties(FILTER))
        document.storeToURL(target, _properties({"FilterName": "writer_pdf_Export", "FilterData": data}))
    finally:
        document.close(True)


def _as_word_sets_it(document: Any) -> None:
    """Correct in Writer's styles what it does not read in a Word file, or does wrongly.

    Digits stand close to Chinese characters (``autoSpaceDN``): with Writer's gaps a date leaves the type area. Marks do
    not hang out of a line: Writer 7.4 sets a hanging mark nowhere at all on some justified lines.
    """
    standard = document.StyleFamilies.getByName("ParagraphStyles").getByName("Standard")  # all others follow it
    standard.ParaIsCharacterDistance = False
    standard.ParaIsHangingPunctuation = False


def _properties(values: dict[str, Any]) -> tuple[Any, ...]:
    from com.sun.star.beans import PropertyValue

    properties = []
    for name, value in values.items():
        item = PropertyValue()
        item.Name, item.Value = name, value
        properties.append(item)
    return tuple(properties)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
