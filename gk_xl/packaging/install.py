"""Where the add-in lives on a clerk's machine: installed for one user, looked over, removed.

Excel loads what lies in XLSTART under the user's own application data, and trusts it; no administrator is needed.
"""

from __future__ import annotations

import os
import re
import sys
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from gk_xl.addin.version import PROJECT, VERSION
from gk_xl.errors import HostError
from gk_xl.packaging.policies import obstacles
from gk_xl.packaging.settings import SHEET
from gk_xl.workbook.namespaces import MAIN
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FILE: Final = f"{PROJECT}.xlam"
MARK: Final = ":Zone.Identifier"  # the stream that says “from the internet”; Excel refuses add-ins that have it
HIVES: Final = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}

_VARIABLE: Final = re.compile(r"%(\w+)%")


def _registry(key: str, name: str) -> Any:
    """Return a value of the registry, None when it is not there. The key begins with its hive, HKCU or HKLM."""
    import winreg

    hive, _, rest = key.partition("\\")
    with suppress(OSError), winreg.OpenKey(getattr(winreg, HIVES[hive]), rest) as opened:  # type: ignore[attr-defined, unused-ignore]
        return winreg.QueryValueEx(opened, name)[0]  # type: ignore[attr-defined, unused-ignore]
    return None


@dataclass(frozen=True)
class Machine:
    """The machine as far as the add-in depends on it; tests put another in its place."""

    windows: bool = sys.platform == "win32"
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    registry: Callable[[str, str], Any] = _registry

    def path(self, text: str) -> Path:
        """Return a Windows path with its %VARIABLES% put in; HostError names one that is not set."""

        def put(match: re.Match[str]) -> str:
            value = self.environment.get(match[1]) or self.environment.get(match[1].upper())
            if value is None:
                raise HostError(f"系统没有设置环境变量 {match[1]}，不知道该装到哪里。请换一个正常登录的用户再试。")
            return value

        return Path(_VARIABLE.sub(put, text).replace("\\", os.sep))

    @property
    def startup(self) -> Path:
        """The folder whose workbooks Excel opens when it starts; HostError where there is no Windows."""
        if not self.windows:
            raise HostError(
                "加载宏只能装在 Windows 的 Excel 里，这台电脑不是 Windows，什么也没有做。"
                "这里可以用 LibreOffice 的扩展。"
            )
        return self.path(r"%APPDATA%\Microsoft\Excel\XLSTART")


def unblock(path: Path) -> None:
    """Take the mark “from the internet” off a file; nothing happens where there is none."""
    with suppress(OSError):
        Path(f"{path}{MARK}").unlink()


def install(data: bytes, machine: Machine | None = None) -> Path:
    """Put an add-in where Excel loads it, and return that place. FileError when Excel has it open."""
    folder = (machine or Machine()).startup
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / FILE
    # XLSTART is a folder whose every file Excel opens, so no earlier version may stay there.
    save_bytes(target, data, force=True, backup=False)
    unblock(target)
    return target


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that has to be so for the add-in to work, and what to do where it is not."""

    good: bool
    text: str


def verify(machine: Machine | None = None) -> Iterator[Check]:
    """Yield what was looked at, in the order in which it has to be mended."""
    machine = machine or Machine()
    path = machine.startup / FILE
    if not path.is_file():
        yield Check(False, f"没有安装：{path} 不存在。请运行 install.cmd。")
        return
    yield Check(True, f"加载宏在 {path}。")
    found = installed_settings(path)
    if not found:
        yield Check(False, "加载宏读不出来或不是本工具的。请重新运行 install.cmd。")
        return
    version = found.get("VERSION", "")
    yield Check(
        version == VERSION,
        f"加载宏 {version} 版"
        + ("，与程序一致。" if version == VERSION else f"，程序是 {VERSION} 版。请重新运行 install.cmd。"),
    )
    marked = Path(f"{path}{MARK}").exists()
    yield Check(
        not marked,
        "加载宏带有“来自互联网”的标记，Excel 会拒绝。请重新运行 install.cmd，或在文件属性里点“解除锁定”。"
        if marked
        else "加载宏没有“来自互联网”的标记。",
    )
    python = machine.path(found.get("INTERPRETER_WIN", ""))
    there = python.is_file()
    yield Check(there, f"Python 在 {python}。" if there else f"找不到 Python：{python}。请重新运行 install.cmd。")
    library = any(python.parent.glob("xlwings64-*.dll"))
    yield Check(
        library,
        "xlwings 的库在 Python 旁边。"
        if library
        else f"{python.parent} 里没有 xlwings64-….dll。请重新运行 install.cmd。",
    )
    found_obstacles = [Check(False, text) for text in obstacles(machine.registry)]
    yield from found_obstacles or [Check(True, "没有妨碍加载宏的设置。")]


def installed_settings(path: Path) -> Mapping[str, str]:
    """Return the settings an add-in was built with, empty when it is none of ours."""
    try:
        with zipfile.ZipFile(path) as package:
            book = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - our own file; expat expands no bombs
            titles = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
            part = package.read(f"xl/worksheets/sheet{titles.index(SHEET) + 1}.xml")
            sheet = ET.fromstring(part)  # noqa: S314
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, ET.ParseError):
        return {}
    rows = [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{MAIN}row")]
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows if row}
