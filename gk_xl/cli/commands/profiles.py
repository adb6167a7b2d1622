"""--profile: a county's own demands, for every command that reads or makes filings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.binding import require_usable
from gk_xl.form.load import edition_ids
from gk_xl.form.profile import composed, load_profile

if TYPE_CHECKING:
    import argparse

    from gk_xl.form.profile import Profile


def asked_profile(options: argparse.Namespace) -> Profile | None:
    """Return the profile that was given, found usable; None where none was. Its faults are told before anything is done."""
    if not options.profile:
        return None
    profile = load_profile(options.profile)
    require_usable(composed(edition_ids()[-1], profile).id)
    return profile
