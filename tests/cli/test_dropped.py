"""Files dropped on a .cmd: which they are, whatever their names hold."""

from __future__ import annotations

import pytest

from gk_xl.cli import dropped

OWN = r"D:\信息公开 工具\校验.cmd"
CMD = r"C:\WINDOWS\system32\cmd.exe /c "


@pytest.mark.parametrize(
    ("rest", "files"),
    [
        (r" C:\年报.xlsx ", [r"C:\年报.xlsx"]),
        (r" C:\年报&calc.xlsx ", [r"C:\年报&calc.xlsx"]),
        (r' "C:\我的 文件\年报 & 附件.xlsx" ', [r"C:\我的 文件\年报 & 附件.xlsx"]),
        (r' C:\a^b%PATH%!c!(1).xlsx "C:\d e.xlsx" C:\f,g;h=i.xlsx ', [r"C:\a^b%PATH%!c!(1).xlsx", r"C:\d e.xlsx", r"C:\f,g;h=i.xlsx"]),
        (r" C:\甲&乙&丙.xlsx D:\丁&&戊.xlsx", [r"C:\甲&乙&丙.xlsx", r"D:\丁&&戊.xlsx"]),
        (" ", []),
        ("", []),
    ],
)  # fmt: skip
def test_files_are_those_of_the_line(rest, files):
    """Explorer's own ways of writing it: all in quotes, the .cmd in quotes, or nothing where nothing has a blank."""
    assert dropped.dropped_files(f'{CMD}""{OWN}"{rest}"', OWN) == files
    assert dropped.dropped_files(f'{CMD}"{OWN}"{rest}', OWN) == files
    bare = OWN.replace(" ", "")
    assert dropped.dropped_files(f"{CMD}{bare}{rest}", bare) == files
    assert dropped.dropped_files(f'{CMD}""{OWN.upper()}"{rest}"', OWN) == files


@pytest.mark.parametrize("line", ["", r'"C:\WINDOWS\system32\cmd.exe" ', CMD + r'"D:\批处理\全部.cmd" C:\年报.xlsx'])
def test_started_otherwise_the_arguments_count(line, monkeypatch):
    """From a prompt, or from another .cmd, the line is not ours."""
    assert dropped.dropped_files(line, OWN) is None
    assert dropped.dropped_files(line, "") is None
    seen = []
    monkeypatch.setattr(dropped, "on_file", lambda action, path: seen.append((action, path.name)) or 0)
    monkeypatch.setenv(dropped.LINE, line)
    monkeypatch.setenv(dropped.OWN, OWN)
    assert dropped.main(["check", "年报.xlsx"]) == dropped.CALLED
    assert seen == [("check", "年报.xlsx")]


def test_what_explorer_drops_ends_the_whole_window(monkeypatch):
    """No number is added, so that the .cmd ends cmd.exe itself and the part behind ``&`` with it."""
    seen = []
    monkeypatch.setattr(dropped, "on_file", lambda action, path: seen.append(str(path)) or 1)
    monkeypatch.setenv(dropped.LINE, f'{CMD}""{OWN}" C:\\年报&calc.xlsx "')
    monkeypatch.setenv(dropped.OWN, OWN)
    assert dropped.main(["check", "C:\\年报"]) == 1
    assert seen == ["C:\\年报&calc.xlsx"]
