"""A county's profile inside a workbook: its text in constants kept as defined names, which every application keeps."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import TYPE_CHECKING, Final

from gk_xl.form.load import MARK, base_id
from gk_xl.form.profile import composed, profile_of, read_profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from gk_xl.form.profile import Profile

NAME: Final = "gk_xl.profile."  # + 1, 2, …
CHUNK: Final = 240  # a constant in a formula may have 255 characters
MOST: Final = 400  # constants that are looked for
LARGEST: Final = 1 << 20  # characters of a profile, unpacked


def profile_constants(edition_id: str) -> dict[str, str]:
    """Return the constants that carry an edition's profile; none for a statutory edition."""
    profile = profile_of(edition_id)
    if profile is None:
        return {}
    packed = base64.b64encode(zlib.compress(profile.text.encode("utf-8"), 9)).decode("ascii")
    return {f"{NAME}{at // CHUNK + 1}": packed[at : at + CHUNK] for at in range(0, len(packed), CHUNK)}


def carried_profile(constant: Callable[[str], str | None]) -> Profile | None:
    """Return the profile that a workbook's constants carry; None where there is none, or it cannot be read."""
    parts: list[str] = []
    while len(parts) < MOST and (part := constant(f"{NAME}{len(parts) + 1}")) is not None:
        parts.append(part)
    if not parts:
        return None
    try:
        unpacked = zlib.decompressobj().decompress(base64.b64decode("".join(parts), validate=True), LARGEST)
        return read_profile(unpacked.decode("utf-8"))
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None


def carried_edition(edition_id: str, constant: Callable[[str], str | None]) -> str | None:
    """Return the edition that a workbook follows, composed with the profile it carries; None when that is lost."""
    if MARK not in edition_id:
        return edition_id
    profile = carried_profile(constant)
    return None if profile is None else composed(base_id(edition_id), profile).id
