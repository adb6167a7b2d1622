"""A share that drops in mid-run: a file or folder that is gone is a row with its reason, and the run goes to its end."""

from __future__ import annotations

import errno
import zipfile

import pytest

from gk_xl.cli.main import main
from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.entry import UNREADABLE
from gk_xl.form.profile import FILE as PROFILE
from gk_xl.workbook.build import build_workbook
from tests.desk.test_desk import RIGHT, of
from tests.doubles.share import Share

STAGES = ("stat", "open", "read")


@pytest.fixture
def folder(tmp_path):
    """Three units: a workbook and a page at the top, data in a subfolder, a fourth in an archive."""
    box = tmp_path / "报送"
    (box / "街道").mkdir(parents=True)
    (box / "甲.xlsx").write_bytes(build_workbook(of(RIGHT, "甲乡")))
    (box / "乙.json").write_text(of(RIGHT, "乙乡").dumps(), encoding="utf-8")
    (box / "街道" / "丙.json").write_text(of(RIGHT, "丙乡").dumps(), encoding="utf-8")
    with zipfile.ZipFile(box / "丁.zip", "w") as package:
        package.writestr("丁.json", of(RIGHT, "丁乡").dumps())
    return box


@pytest.fixture
def share(monkeypatch, tmp_path):
    return Share(monkeypatch, tmp_path)


def problems(box):
    """Return what could not be read, by file, and the units that were."""
    entries = handed_in([box], means=Means(workers=1)).collection.entries
    return (
        {entry.file: entry.problem for entry in entries if entry.outcome == UNREADABLE},
        {entry.unit[:2] for entry in entries if entry.outcome != UNREADABLE},
    )


@pytest.mark.parametrize(
    ("name", "number"), [("甲.xlsx", errno.EIO), ("乙.json", errno.ENODEV), ("丁.zip", errno.ESTALE)]
)
@pytest.mark.parametrize("stage", STAGES)
def test_a_file_that_is_gone_is_a_row(folder, share, name, stage, number):
    """The others are read; the row says why in Chinese."""
    share.drop(stage, number, name)
    found, read = problems(folder)
    assert list(found) == [name]
    assert "系统错误" not in found[name]
    assert "Errno" not in found[name]
    assert read == {"甲乡", "乙乡", "丙乡", "丁乡"} - {f"{name[0]}乡"}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("after", [1, 3])
def test_a_file_that_is_lost_on_the_way_is_a_row_or_read(folder, share, stage, after):
    """However far it came; nothing else is lost with it."""
    share.drop(stage, errno.ESTALE, "甲.xlsx", "丁.zip", after=after)
    found, read = problems(folder)
    assert {"甲.xlsx", "丁.zip", "丁.zip › 丁.json"} >= set(found)
    assert read | {f"{name[0]}乡" for name in found} == {"甲乡", "乙乡", "丙乡", "丁乡"}


@pytest.mark.parametrize("number", [errno.ESTALE, errno.ENOENT], ids=errno.errorcode.get)
@pytest.mark.parametrize("stage", ["list", "stat"])
def test_a_folder_that_is_gone_is_a_row(folder, share, stage, number):
    """A subfolder whose files cannot be listed, or not be asked about."""
    share.drop(stage, number, "街道", *(["丙.json"] if stage == "stat" else []))
    found, read = problems(folder)
    assert len(found) == 1
    assert all("街道" in file or "丙" in file for file in found)
    assert read == {"甲乡", "乙乡", "丁乡"}


@pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV], ids=errno.errorcode.get)
@pytest.mark.parametrize("stage", ["list", "stat"])
def test_a_share_that_is_gone_altogether_is_one_sentence(folder, share, stage, number, tmp_path, capsys):
    """Exit 2, in Chinese; nothing is written."""
    share.drop(stage, number, "报送")
    assert main(["desk", "check", str(folder), "-o", str(tmp_path / "汇总.xlsx")]) == 2
    said = capsys.readouterr().err
    assert "程序内部出错" not in said
    assert "打不开" in said
    assert not (tmp_path / "汇总.xlsx").exists()


@pytest.mark.parametrize("stage", STAGES)
def test_a_list_that_is_gone_is_said(folder, share, stage, tmp_path, capsys):
    """The run goes on without the list, which is said; exit 2 as for files that cannot be read."""
    (folder / "名单.csv").write_text("单位\n甲乡人民政府\n", encoding="utf-8")
    share.drop(stage, errno.ESTALE, "名单.csv")
    assert main(["desk", "check", str(folder), "-o", str(tmp_path / "汇总.xlsx"), "--workers", "1"]) in (0, 1, 2)
    said = capsys.readouterr()
    assert "程序内部出错" not in said.err
    assert "没有按名单核对" in said.out + said.err
    assert (tmp_path / "汇总.xlsx").exists()


@pytest.mark.parametrize("stage", STAGES)
def test_demands_that_are_gone_are_a_reason(folder, share, stage):
    """Where the county's demands lay beside the files, each of these is a row that says so: nobody checks by less."""
    (folder / "街道" / PROFILE).write_text('name = "示例县"\n', encoding="utf-8")
    share.drop(stage, errno.ESTALE, PROFILE)
    found, read = problems(folder)
    assert "街道/丙.json" in found
    assert PROFILE in found["街道/丙.json"]
    assert (stage == "stat") == (not read)  # whether there are any cannot be known of the other folder either


@pytest.mark.parametrize("stage", STAGES)
def test_a_store_that_is_gone_troubles_nobody(folder, share, stage, tmp_path, monkeypatch):
    """What is kept of earlier runs is lost, the run is not."""
    monkeypatch.setenv("GK_XL_STORE", str(tmp_path / "store" / "desk.sqlite"))
    share.drop(stage, errno.EIO, "desk.sqlite", "store")
    assert main(["desk", "check", str(folder), "-o", str(tmp_path / "汇总.xlsx"), "--workers", "1"]) == 0


@pytest.mark.parametrize("stage", ["stat", "open"])
def test_where_it_is_to_be_written_is_gone(folder, share, stage, tmp_path, capsys):
    """One sentence, exit 2; the file that stood there is as it was."""
    out = tmp_path / "汇总.xlsx"
    assert main(["desk", "check", str(folder), "-o", str(out), "--workers", "1"]) == 0
    before = out.read_bytes()
    with share.monkeypatch.context() as patched:
        Share(patched, tmp_path).drop(stage, errno.ESTALE, "汇总.xlsx")
        code = main(["desk", "check", str(folder), "-o", str(out), "--workers", "1"])
    said = capsys.readouterr().err
    assert "程序内部出错" not in said
    assert code == 0 or out.read_bytes() == before
