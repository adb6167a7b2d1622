"""What the tests of a changed workbook share."""

from __future__ import annotations

import pytest

from gk_xl.workbook.files import open_package
from gk_xl.workbook.raw import RawWorkbook
from tests.conftest import ROOT
from tests.workbook.tampered import Tampered


@pytest.fixture(scope="module")
def template():
    raw = RawWorkbook(open_package(ROOT / "workbook_template.xlsx"))
    for title in raw.members:
        raw.sheet(title)
    return raw


@pytest.fixture(params=[False, True], ids=["cells", "rows"])
def book(template, request):
    return Tampered(template, by_rows=request.param)
