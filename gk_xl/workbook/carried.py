"""A county's profile inside a workbook: its text in constants kept as defined names, which every application keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.form.load import MARK, base_id
from gk_xl.form.profile import composed, profile_of, read_profile
from gk_xl.workbook.packed import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from gk_xl.form.profile import Profile

NAME: Final = "gk_xl.profile."  # + 1, 2, …


def profile_constants(edition_id: str) -> dict[str, str]:
    """Return the constants that carry an edition's profile; none for a statutory edition."""
    profile = profile_of(edition_id)
    return {} if profile is None else packed(NAME, profile.text)


def carried_profile(constant: Callable[[str], str | None]) -> Profile | None:
    """Return the profile that a workbook's constants carry; None where there is none, or it cannot be read."""
    text = unpacked(NAME, constant)
    return None if text is None else read_profile(text)


def carried_edition(edition_id: str, constant: Callable[[str], str | None]) -> str | None:
    """Return the edition that a workbook follows, composed with the profile it carries; None when that is lost."""
    if MARK not in edition_id:
        return edition_id
    profile = carried_profile(constant)
    return None if profile is None else composed(base_id(edition_id), profile).id
