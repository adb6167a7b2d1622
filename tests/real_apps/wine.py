"""A Windows of its own in wine, Chinese, with what wine lacks."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def forwarding_dll(name: str, exports: dict[str, str]) -> bytes:
    """Return a library without code whose exports are those of another one.

    Wine 8 lacks bcryptprimitives.dll, from which today's Rust takes random numbers; every Windows has it.
    """
    base, names = 0x1000, sorted(exports)
    functions, pointers, ordinals = 40, 40 + 4 * len(names), 40 + 8 * len(names)
    blob = bytearray(40 + 10 * len(names))

    def text(value: str) -> int:
        blob.extend(value.encode() + b"\0")
        return base + len(blob) - len(value) - 1

    own = text(name)
    for number, export in enumerate(names):
        struct.pack_into("<I", blob, pointers + 4 * number, text(export))
        struct.pack_into("<I", blob, functions + 4 * number, text(exports[export]))
        struct.pack_into("<H", blob, ordinals + 2 * number, number)
    places = (base + functions, base + pointers, base + ordinals)
    struct.pack_into("<IIHH7I", blob, 0, 0, 0, 0, 0, own, 1, len(names), len(names), *places)
    head = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    head += struct.pack("<4sHHIIIHH", b"PE\0\0", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    head += struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, 512, 0, 0, base)
    head += struct.pack("<QIIHHHHHHIIIIHH", 0x180000000, 0x1000, 512, 6, 0, 0, 0, 6, 0, 0, 0x2000, 512, 0, 3, 0x100)
    head += struct.pack("<QQQQII", 1 << 20, 4096, 1 << 20, 4096, 0, 16)
    head += struct.pack("<II", base, len(blob)) + bytes(15 * 8)
    head += struct.pack("<8sIIIIIIHHI", b".edata", len(blob), base, 512, 512, 0, 0, 0, 0, 0x40000040)
    return head.ljust(512, b"\0") + bytes(blob).ljust(512, b"\0")


def chinese(folder: Path) -> dict[str, str]:
    """Return the environment in which wine is a Chinese Windows: code page 936, for which the locale must exist."""
    folder.mkdir()
    made = shutil.which("localedef") and subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "UTF-8", folder / "zh_CN.UTF-8"], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("the locale zh_CN cannot be made: package locales is not installed")
    return {"LOCPATH": str(folder), "LC_ALL": "zh_CN.UTF-8"}


class Wine:
    """A Windows of our own, Chinese, with nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.drive = folder / "drive_c"
        self.environment = {
            **os.environ, "WINEPREFIX": str(folder), "WINEARCH": "win64", "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=", "GK_XL_NO_PAUSE": "1", **chinese(folder.parent / "locale"),
        }  # fmt: skip
        self.environment.pop("PYTHONPATH", None)

    def run(self, *arguments: str | Path, cwd: Path | None = None, timeout: float = 200) -> tuple[int, str, str]:
        """Return exit code, output and errors; standard input and output are real pipes, which Python wants there."""
        done = subprocess.run(
            ["wine", *map(str, arguments)], env=self.environment, input=b"", capture_output=True, timeout=timeout,
            cwd=cwd, check=False,
        )  # fmt: skip
        return done.returncode, text(done.stdout), text(done.stderr)

    def path(self, path: str) -> Path:
        """Return where a Windows path lies here."""
        return self.drive / path.removeprefix("C:\\").replace("\\", "/")

    def stop(self) -> None:
        """End every process of this Windows, and of no other."""
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)


def text(data: bytes) -> str:
    """Return what was printed: UTF-8 by Python, the code page by cmd.exe."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gbk", "replace")
