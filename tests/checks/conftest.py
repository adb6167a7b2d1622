"""What the tests of naming a wrong cell share."""

from __future__ import annotations

import pytest

from gk_xl.form.load import load_edition
from tests.checks.residues import EDITIONS, cases


@pytest.fixture(scope="module", params=EDITIONS)
def form(request):
    """An edition with the sums that hold in it."""
    edition = load_edition(request.param)
    return edition, cases.identities(edition)
