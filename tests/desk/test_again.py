"""A second run over a folder writes what a first one would: part by part, whatever was kept of the files that did not change."""

from __future__ import annotations

import os
import re
import shutil
import zipfile

import pytest

from gk_xl.cli.main import main
from tests.desk import county
from tests.desk.test_desk import RIGHT, WRONG, of

pytestmark = pytest.mark.thorough


@pytest.fixture(autouse=True)
def copies_pass():
    """Let nothing pass: what one file says of another changes with the other."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Yield the made county of sixty units, with last year's reports and its list."""
    folder = tmp_path_factory.mktemp("县")
    county.make_county(folder, ("xlsx", "json"))
    return folder


def written(folder, place, monkeypatch, store):
    """Return the parts of the summary and the page that a run writes; a store is made where there is none."""
    monkeypatch.setenv("GK_XL_STORE", str(store))
    place.mkdir(exist_ok=True)
    target = place / "汇总.xlsx"
    given = ["--last-year", folder / "上年", "--roster", folder / "名单.csv", "-o", target, "--force", "--workers", "1"]
    main(["desk", "check", *map(str, [folder / "报送", *given])])
    with zipfile.ZipFile(target) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return parts | {"page": target.with_suffix(".html").read_bytes()}


def mend_and_break(folder):
    """Let one unit mend its report and another hand in a worse one."""
    box = folder / "报送" / "乡镇街道"
    files = sorted(box.glob("*.json"))
    files[0].write_text(of(WRONG, files[0].stem).dumps(), encoding="utf-8")
    files[1].write_text(files[1].read_text(encoding="utf-8").replace("七", "八").replace("9", "7"), encoding="utf-8")


def come_and_go(folder):
    """Let a unit's file be gone, another come that is on no list, and one under another name."""
    box = folder / "报送" / "县直部门"
    files = sorted(box.glob("*.json"))
    files[0].unlink()
    files[1].rename(box / "改名.json")
    (box / "外来.json").write_text(of(RIGHT, "外来乡").dumps(), encoding="utf-8")


def other_last_year(folder):
    """Let last year's report of a unit be another one, and of another unit be gone."""
    files = sorted((folder / "上年").glob("*.json"))
    files[3].write_text(files[3].read_text(encoding="utf-8").replace("1", "2"), encoding="utf-8")
    files[4].unlink()


def other_list(folder):
    """Let the list be in another order, with another kind and an earlier day."""
    path = folder / "名单.csv"
    head, *lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines = [re.sub("2026-01-20", "2026-01-01", line) for line in reversed(lines)]
    path.write_text("\n".join((head, *lines[:-2], "新设镇人民政府,镇,,")), encoding="utf-8-sig")


def other_times(folder):
    """Let all files have come on another day."""
    for path in (folder / "报送").rglob("*.*"):
        os.utime(path, (1_760_000_000, 1_760_000_000))


CHANGES = [[], [mend_and_break, come_and_go], [other_last_year, other_list, other_times]]


def test_a_second_run_writes_what_a_first_one_would(made, tmp_path, monkeypatch):
    """After each change to the folder, one after the other: every part of the workbook, and the page."""
    folder = tmp_path / "县"
    shutil.copytree(made, folder)
    known = tmp_path / "known.sqlite"
    for number, changes in enumerate(CHANGES):
        for change in changes:
            change(folder)
        again = written(folder, tmp_path / "汇总", monkeypatch, known)
        first = written(folder, tmp_path / "汇总", monkeypatch, tmp_path / f"{number}.sqlite")
        assert again.keys() == first.keys()
        assert [name for name, part in first.items() if again[name] != part] == [], changes
