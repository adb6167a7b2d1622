"""The add-in on a clerk's machine: installed, looked over, and what is said where something is missing."""

from __future__ import annotations

import zipfile

import pytest

from gk_xl.addin.version import VERSION
from gk_xl.errors import FileError, HostError
from gk_xl.packaging import install as module
from gk_xl.packaging import setup
from gk_xl.packaging.install import FILE, MARK, Machine, install, installed_settings, verify
from gk_xl.packaging.xlam import build_xlam


@pytest.fixture
def machine(tmp_path):
    """Return a Windows machine with its folders below a temporary one; its registry is empty."""
    environment = {"APPDATA": str(tmp_path / "Roaming"), "LOCALAPPDATA": str(tmp_path / "Local")}
    return Machine(True, environment, lambda key, name: None)


@pytest.fixture
def python(machine):
    """Return the interpreter that the add-in names, with xlwings' library beside it."""
    path = machine.path(r"%LOCALAPPDATA%\gk_xl\python\python.exe")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"MZ")
    path.with_name("xlwings64-0.37.8.dll").write_bytes(b"MZ")
    return path


def failures(machine):
    return [check.text for check in verify(machine) if not check.good]


def test_installed_add_in_is_complete(machine, python):
    """After installation every check is good, and Excel's start folder holds the add-in alone."""
    path = install(build_xlam(), machine)
    assert path == machine.startup / FILE
    assert failures(machine) == []
    install(build_xlam(), machine)
    assert [item.name for item in machine.startup.iterdir()] == [FILE], "Excel would open a backup as well"


def test_the_mark_of_the_internet_is_taken_off(machine, python):
    """Excel refuses a marked add-in: verify names the mark, installation removes it."""
    path = install(build_xlam(), machine)
    mark = path.with_name(path.name + MARK)
    mark.write_text("[ZoneTransfer]\nZoneId=3\n")
    assert "来自互联网" in failures(machine)[0]
    install(build_xlam(), machine)
    assert not mark.exists()


def test_what_is_missing_is_named_with_the_next_step(machine, tmp_path):
    """No add-in; no Python; no library: each is one line that says what to do."""
    assert "没有安装" in failures(machine)[0]
    install(build_xlam(), machine)
    for text, word in zip(failures(machine), ("找不到 Python", "xlwings64"), strict=True):
        assert word in text


POLICY = r"HKLM\Software\Policies\Microsoft\Office\16.0"
OWN = r"HKCU\Software\Microsoft\Office\16.0"
CLOUD = r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0"


@pytest.mark.parametrize(
    ("registry", "said"),
    [
        ({}, ""),
        ({rf"{OWN}\Excel\Security\VBAWarnings": 4}, ""),  # XLSTART is a trusted place
        ({rf"{POLICY}\Excel\Security\VBAWarnings": 4}, ""),
        ({rf"{OWN}\Excel\Security\DisableAllAddins": 0}, ""),
        ({rf"{POLICY}\Common\VBAOff": 1}, "关闭了宏功能"),
        ({rf"{OWN}\Excel\Security\DisableAllAddins": 1}, "不加载任何加载宏"),
        ({rf"{CLOUD}\Excel\Security\RequireAddinSig": 1}, "数字签名"),
        ({rf"{CLOUD}\Common\Security\RequireAlwaysOnMacroSig": 1}, "数字签名"),
        ({rf"{POLICY}\Excel\Security\Trusted Locations\AllLocationsDisabled": 1}, "启用宏"),
        ({rf"{POLICY}\Common\Security\Trusted Locations\Allow User Locations": 0}, "启用宏"),
        (
            {
                rf"{OWN}\Excel\Security\Trusted Locations\AllLocationsDisabled": 1,
                rf"{OWN}\Excel\Security\VBAWarnings": 4,
            },
            "禁止没有签名的宏",
        ),
        (  # the policy goes before what the user chose
            {
                rf"{POLICY}\Excel\Security\Trusted Locations\AllLocationsDisabled": 1,
                rf"{POLICY}\Excel\Security\VBAWarnings": 3,
                rf"{OWN}\Excel\Security\VBAWarnings": 1,
            },
            "禁止没有签名的宏",
        ),
    ],
)
def test_a_setting_is_blamed_only_where_it_matters(machine, python, registry, said):
    """The sentence names the setting, where it stands, and the way without macros; a harmless one is passed over."""
    install(build_xlam(), machine)
    known = {key.lower(): value for key, value in registry.items()}
    set_up = Machine(True, machine.environment, lambda key, name: known.get(rf"{key}\{name}".lower()))
    found = failures(set_up)
    assert len(found) == bool(said)
    if said:
        assert said in found[0]
        assert "校验.cmd" in found[0]
        assert any(key in found[0].lower() for key in known)


def test_an_older_add_in_is_told_from_the_program(machine, python, monkeypatch):
    """Both versions stand in the sentence."""
    data = build_xlam()
    install(data, machine)
    monkeypatch.setattr(module, "VERSION", "99.0")
    (said,) = failures(machine)
    assert VERSION in said
    assert "99.0" in said


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_a_damaged_add_in_is_named(machine, python, content):
    """A file of that name that is none of ours is no add-in."""
    machine.startup.mkdir(parents=True)
    (machine.startup / FILE).write_bytes(content)
    assert "重新运行 install.cmd" in failures(machine)[0]


def test_another_workbook_of_that_name_is_none_of_ours(tmp_path):
    """A zip with a workbook in it but without our sheet has no settings."""
    path = tmp_path / FILE
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert installed_settings(path) == {}


def test_no_windows_is_said_and_nothing_written(tmp_path):
    """Elsewhere installing is refused in one sentence that names what serves there."""
    with pytest.raises(HostError, match="LibreOffice"):
        install(b"", Machine(False, {"APPDATA": str(tmp_path)}))
    assert list(tmp_path.iterdir()) == []


def test_an_unset_variable_is_named():
    """A session without %APPDATA% (a service, a broken profile) is told so."""
    with pytest.raises(HostError, match="APPDATA"):
        _ = Machine(True, {}).startup


@pytest.fixture
def program(tmp_path):
    """Return the program folder of the offline folder, as far as installing looks at it."""
    folder = tmp_path / "下载" / "program"
    for name in setup.NEEDED:
        path = folder / "python" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x = 1\n")
    (folder / "python" / "xlwings64-0.37.8.dll").write_bytes(b"MZ")
    (folder / FILE).write_bytes(build_xlam())
    return folder


def test_program_replaces_an_older_one(program, machine):
    """What stood there before is gone, what is new is there and compiled; no half-copied folder is left."""
    older = machine.path(r"%LOCALAPPDATA%\gk_xl\python")
    older.mkdir(parents=True)
    (older / "old.txt").write_text("old")
    target = setup.install_program(program, machine)
    assert target == older
    assert not (older / "old.txt").exists()
    assert list(target.glob("Lib/site-packages/gk_xl/__pycache__/*.pyc"))
    assert [path.name for path in target.parent.iterdir()] == ["python"]


def test_an_incomplete_folder_is_refused(program, machine):
    """Run from inside a zip, only some files are there: the sentence names the first that is missing."""
    (program / "python" / "python312.dll").unlink()
    with pytest.raises(FileError, match=r"python312\.dll"):
        setup.install_program(program, machine)
    assert not machine.path(r"%LOCALAPPDATA%\gk_xl").exists()


@pytest.mark.parametrize(
    ("error", "word"), [(PermissionError(13, "in use"), "关闭 Excel"), (OSError(28, "No space left"), "300 MB")]
)
def test_a_program_in_use_stays_as_it_was(program, machine, monkeypatch, error, word):
    """Excel holds the older program's library, or the disk is full: the older one still works afterwards."""
    setup.install_program(program, machine)
    target = machine.path(r"%LOCALAPPDATA%\gk_xl\python")
    replace = type(target).replace

    def refuse(path, other):
        if path.name == setup.NEW:
            raise error
        return replace(path, other)

    monkeypatch.setattr(type(target), "replace", refuse)
    with pytest.raises(FileError, match=word):
        setup.install_program(program, machine)
    assert (target / "python.exe").is_file()
    assert [path.name for path in target.parent.iterdir()] == ["python"]


def test_installer_says_what_it_refuses(program, capsys):
    """On another system install.cmd's program ends with 2 and one sentence, and copies nothing."""
    assert setup.main([str(program)]) == 2
    assert "不是 Windows" in capsys.readouterr().err
