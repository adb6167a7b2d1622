"""A text inside a workbook: packed into constants kept as defined names, which every application keeps."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK: Final = 240  # a constant in a formula may have 255 characters
MOST: Final = 400  # constants that are looked for
LARGEST: Final = 1 << 20  # characters of a text, unpacked


def packed(name: str, text: str) -> dict[str, str]:
    """Return the constants that carry a text: ``name`` and 1, 2, and so on."""
    data = base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")
    return {f"{name}{at // CHUNK + 1}": data[at : at + CHUNK] for at in range(0, len(data), CHUNK)}


def unpacked(name: str, constant: Callable[[str], str | None]) -> str | None:
    """Return the text that a workbook's constants carry; None where there is none, or it cannot be read."""
    parts: list[str] = []
    while len(parts) < MOST and (part := constant(f"{name}{len(parts) + 1}")) is not None:
        parts.append(part)
    if not parts:
        return None
    try:
        data = zlib.decompressobj().decompress(base64.b64decode("".join(parts), validate=True), LARGEST)
        return data.decode("utf-8")
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None
