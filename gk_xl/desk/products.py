"""How the files are called that the desk writes for units and leaders: by name they are known also where another program saved them."""

from __future__ import annotations

from typing import Final

SLIP: Final = "_退回单.docx"
CIRCULAR: Final = "通报（草稿）.docx"


def is_named_product(name: str) -> bool:
    """Return whether a file, in whatever format it was saved since, is called as what the desk writes."""
    stem = name.rpartition(".")[0]
    return stem == _stem(CIRCULAR) or stem.endswith(_stem(SLIP))


def _stem(name: str) -> str:
    return name.rpartition(".")[0]
