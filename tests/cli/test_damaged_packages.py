"""A package whose parts are damaged, in whatever way they are packed, is said to be damaged: never an internal error."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from gk_xl.cli.main import main
from gk_xl.form.filing import Filing
from gk_xl.report.docx import write_docx
from gk_xl.workbook.build import build_workbook
from tests.conftest import ROOT

PACKED = (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
HEADER = 30  # bytes of a member before its name


def damaged(data: bytes, packed: int, seed: int) -> bytes:
    """Return a package packed anew, some bytes of each part's content changed."""
    made, dice = io.BytesIO(), random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", packed) as target:
        for info in source.infolist():
            target.writestr(info.filename, source.read(info))
        infos = target.infolist()
    found = bytearray(made.getvalue())
    for info in infos:
        start = info.header_offset + HEADER + len(info.filename.encode())
        for _ in range(12):
            found[start + dice.randrange(info.compress_size)] ^= dice.randrange(1, 256)
    return bytes(found)


@pytest.mark.variants(3)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@pytest.mark.parametrize("command", [["check"], ["import", "-o", "新.xlsx"], ["repair", "-o", "新.xlsx"]])
def test_every_door_says_that_it_is_damaged(command, suffix, packed, seed, tmp_path, monkeypatch, capsys):
    filing = Filing.loads((ROOT / "examples/2025_示例乡.json").read_text(encoding="utf-8"))
    data = build_workbook(filing) if suffix == ".xlsx" else write_docx(filing)
    path = tmp_path / f"坏{suffix}"
    path.write_bytes(damaged(data, packed, seed))
    before = path.read_bytes()
    monkeypatch.chdir(tmp_path)
    assert main([command[0], path.name, *command[1:]]) == 2
    printed = capsys.readouterr()
    told = printed.err + printed.out
    assert "程序" not in told
    assert len(told.strip().splitlines()) == 1
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
