"""Nothing changed since the last run: nothing is made and written again; whatever changed, all of it is."""

from __future__ import annotations

import os

import pytest

from gk_xl.checks.text_rules.content import copies_in_folder as alike
from gk_xl.cli.main import main
from gk_xl.desk import batch, book
from tests.desk.test_desk import RIGHT, of

ISSUER = ("--issuer", "示例县政务公开办")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Yield a folder with three filings, two of them with one text; the store is its own."""
    monkeypatch.setenv("GK_XL_STORE", str(tmp_path / "store.sqlite"))
    place = tmp_path / "报送"
    place.mkdir()
    for name in ("甲乡", "乙乡", "丙镇"):
        (place / f"{name}.json").write_text(of(RIGHT, f"{name}人民政府").dumps(), encoding="utf-8")
    return place


@pytest.fixture
def made(monkeypatch):
    """Count how often a summary was made, and how often texts were held against each other."""
    counts = {"summary": 0, "shared": 0}
    plain, apart = book.summary, alike.shared

    def summary(*given):
        counts["summary"] += 1
        return plain(*given)

    def shared(*given):
        counts["shared"] += 1
        return apart(*given)

    monkeypatch.setattr(book, "summary", summary)
    monkeypatch.setattr(batch, "shared", shared)
    return counts


def run(folder, *more):
    target = folder.parent / "汇总.xlsx"
    main(["desk", "check", str(folder), "-o", str(target), "--workers", "1", *more])
    return target.stat().st_mtime_ns, target.with_suffix(".html").stat().st_mtime_ns


def test_an_unchanged_folder_writes_nothing(folder, made, capsys):
    before = run(folder)
    first = capsys.readouterr().out
    assert made == {"summary": 1, "shared": 1}
    assert run(folder) == before
    assert made == {"summary": 1, "shared": 1}
    assert capsys.readouterr().out == first
    assert not list(folder.parent.glob("*.bak"))


def test_a_run_afresh_makes_all_again(folder, made):
    run(folder)
    run(folder, "--afresh")
    assert made == {"summary": 2, "shared": 2}


def test_what_somebody_changed_or_took_away_is_written_again(folder, made):
    run(folder)
    target = folder.parent / "汇总.xlsx"
    right = target.read_bytes()
    target.write_bytes(right + b"\0")
    run(folder, "--force")
    assert target.read_bytes() == right
    assert (folder.parent / "汇总.xlsx.bak").read_bytes() == right + b"\0"
    target.with_suffix(".html").unlink()
    run(folder)
    assert target.with_suffix(".html").is_file()
    assert made == {"summary": 3, "shared": 1}


def one_changed(folder):
    filing = of(RIGHT, "甲乡人民政府").dumps().replace("2026-01-10", "2026-01-12")
    (folder / "甲乡.json").write_text(filing, encoding="utf-8")


def one_gone(folder):
    (folder / "甲乡.json").unlink()


def one_renamed(folder):
    (folder / "甲乡.json").rename(folder / "丁.json")


def one_later(folder):
    os.utime(folder / "甲乡.json", (1_760_000_000, 1_760_000_000))


def one_opened(folder):
    (folder / ".~lock.甲乡.json#").write_text("", encoding="utf-8")


def one_more(folder):
    (folder / "戊乡.json").write_text(of(RIGHT, "戊乡人民政府").dumps(), encoding="utf-8")


def one_unreadable(folder):
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04nothing")


def a_list(folder):
    (folder / "名单.csv").write_text("单位\n甲乡人民政府\n己乡人民政府\n", encoding="utf-8-sig")


def a_profile(folder):
    (folder / "本地要求.toml").write_text(
        'name = "示例县"\nsource = "示例县"\n[limits]\noverview = 5\n', encoding="utf-8"
    )


@pytest.mark.parametrize(
    "change",
    [one_changed, one_gone, one_renamed, one_later, one_opened, one_more, one_unreadable, a_list, a_profile],
)
def test_whatever_changed_is_seen(folder, made, tmp_path, monkeypatch, change):
    """The summary is the one that a first run would write."""
    run(folder)
    change(folder)
    run(folder)
    assert made["summary"] == 2, change
    target = folder.parent / "汇总.xlsx"
    again = target.read_bytes()
    monkeypatch.setenv("GK_XL_STORE", str(tmp_path / "other.sqlite"))
    run(folder)
    assert target.read_bytes() == again


@pytest.mark.parametrize("said", [ISSUER, ("--date", "2026-02-01"), ("--deadline", "2026-03-01")])
def test_what_the_command_is_told_is_seen(folder, made, said):
    run(folder)
    run(folder, *said)
    assert made["summary"] == 2
    run(folder, *said)
    assert made["summary"] == 2


def test_with_last_year_and_without_each_file_is_read_once(folder, monkeypatch):
    """Whatever of the two is asked for in turn, and whatever other folder was looked through in between."""
    last, elsewhere = folder.parent / "上年", folder.parent / "别处"
    for place, year in ((last, 2024), (elsewhere, 2025)):
        place.mkdir()
        (place / "甲乡.json").write_text(of(RIGHT, "甲乡人民政府", year=year).dumps(), encoding="utf-8")
    run(folder)
    run(folder, "--last-year", str(last), "--force")
    run(elsewhere, "--force")
    monkeypatch.setattr("gk_xl.desk.running.examine", lambda *_: pytest.fail("read again"))
    for more in ((), ("--last-year", str(last)), ()):
        run(folder, *more, "--force")
