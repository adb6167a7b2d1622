"""Documents of LibreOffice as PDF."""

from __future__ import annotations

from typing import Any

from gk_xl.engines.libreoffice.process import load_uno, properties

QUALITIES = {"standard": 90, "minimum": 50}  # of pictures, in per cent


def export_pdf(document: Any, path: str, quality: str, **options: Any) -> None:
    """Write a document, or a selection of it, as it is printed; hidden sheets are left out."""
    data = properties(Quality=QUALITIES[quality], ReduceImageResolution=quality == "minimum", **options)
    chosen = load_uno().Any("[]com.sun.star.beans.PropertyValue", data)
    url = load_uno().systemPathToFileUrl(path)
    document.storeToURL(url, properties(FilterName="calc_pdf_Export", FilterData=chosen))
