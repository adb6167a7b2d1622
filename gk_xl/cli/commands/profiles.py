"""--profile: a county's own demands, for every command that reads or makes filings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.binding import require_usable
from gk_xl.form.load import edition_ids
from gk_xl.form.profile import composed, load_profile, profile_beside

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from gk_xl.form.profile import Profile


def asked_profile(options: argparse.Namespace, new: Path | None = None) -> Profile | None:
    """Return the profile that was given, else the one beside a ``new`` workbook, found usable; None where there is none.

    Its faults are told before anything is done.
    """
    profile = load_profile(options.profile) if options.profile else profile_beside(new) if new else None
    if profile is not None:
        require_usable(composed(edition_ids()[-1], profile).id)
    return profile
