"""gk-xl addin and gk-xl bundle on the command line: exit codes, files, sentences."""

from __future__ import annotations

import sys

import pytest

from gk_xl.cli.commands import addin as command
from gk_xl.cli.commands import bundle as bundle_command
from gk_xl.cli.main import main
from gk_xl.errors import HostError
from gk_xl.packaging import bundle, install
from gk_xl.packaging.install import FILE, Machine, installed_settings
from gk_xl.packaging.xlam import build_xlam


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Run every command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_build_then_verify(here, capsys):
    """Built into dist/, the add-in is what would be built; removed or altered, verify says so with the next step."""
    assert main(["addin", "verify"]) == 1
    assert "gk-xl addin build" in capsys.readouterr().out
    assert main(["addin", "build"]) == 0
    assert (here / "dist" / FILE).read_bytes() == build_xlam()
    assert main(["addin", "verify"]) == 0
    (here / "dist" / FILE).write_bytes(b"PK")
    assert main(["addin", "verify"]) == 1
    assert "旧的" in capsys.readouterr().out


def test_install_elsewhere_than_on_windows_is_refused(capsys):
    """Exit code 2 and one sentence that names what serves here."""
    if sys.platform == "win32":
        pytest.skip("this is Windows")
    assert main(["addin", "install"]) == 2
    assert "不是 Windows" in capsys.readouterr().err


def test_install_on_windows_names_this_python(here, monkeypatch, capsys):
    """The installed add-in starts the interpreter that ran the command; verify then lists what it found."""
    environment = {"APPDATA": str(here / "Roaming"), "LOCALAPPDATA": str(here / "Local")}
    machine = Machine(True, environment, lambda key, name: None)
    monkeypatch.setattr(install, "Machine", lambda: machine)
    monkeypatch.setattr(command, "Machine", lambda: machine)
    assert main(["addin", "install"]) == 0
    assert installed_settings(machine.startup / FILE)["INTERPRETER_WIN"] == sys.executable
    capsys.readouterr()
    assert main(["addin", "verify"]) == 1
    said = capsys.readouterr().out
    assert said.count("✗") == 1
    assert "xlwings64" in said


def test_bundle_says_what_it_does_and_where_it_is(here, monkeypatch, capsys):
    """Progress, remarks, place and size are printed; a failure is one sentence and exit code 2."""

    def build(target, say):
        say("下载……")
        return bundle.Built(target, 3 << 20, ("没有核对签名",))

    monkeypatch.setattr(bundle_command, "build_bundle", build)
    assert main(["bundle", "windows"]) == 0
    said = capsys.readouterr().out
    assert "下载……" in said
    assert "注意：没有核对签名" in said
    assert "dist/windows（3 MB）" in said

    def fail(target, say):
        raise HostError("下载 Python没有成功，请核对网络后再试。")

    monkeypatch.setattr(bundle_command, "build_bundle", fail)
    assert main(["bundle", "windows"]) == 2
    assert "请核对网络" in capsys.readouterr().err
