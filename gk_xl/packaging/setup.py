"""install.cmd on a clerk's machine: program and add-in into the user's own folders, then a look whether all is there."""

from __future__ import annotations

import compileall
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.errors import FileError, GkXlError
from gk_xl.packaging.install import FILE, Machine, install, verify
from gk_xl.packaging.settings import HOME

if TYPE_CHECKING:
    from collections.abc import Sequence

NEW, OLD, PYTHON = "python.new", "python.old", "python"
NEEDED: Final = ("python.exe", "python312.dll", "Lib/site-packages/gk_xl/__init__.py")


def install_program(program: Path, machine: Machine) -> Path:
    """Copy the folder's Python to the user's own place and put it in the older one's stead; return that place.

    FileError when something is missing, the disk is full, or Excel still uses the older one; then nothing has changed.
    """
    missing = [name for name in (f"{PYTHON}/{n}" for n in NEEDED) if not (program / name).is_file()]
    if missing or not (program / FILE).is_file():
        raise FileError(
            f"文件夹不完整，缺少 {(missing or [FILE])[0]}。请把整个文件夹重新解压出来，再运行 install.cmd。"
        )
    home = machine.path(HOME)
    new, old, target = home / NEW, home / OLD, home / PYTHON
    try:
        for leftover in (new, old):
            shutil.rmtree(leftover, ignore_errors=True)
        # copyfile takes the content only, so the mark “from the internet” stays behind
        shutil.copytree(program / PYTHON, new, copy_function=shutil.copyfile)
        compileall.compile_dir(new / "Lib", quiet=2, workers=1)
        if target.exists():
            target.replace(old)
        new.replace(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.replace(target)
        shutil.rmtree(new, ignore_errors=True)
        raise FileError(why(error, home)) from None
    shutil.rmtree(old, ignore_errors=True)
    return target


def why(error: OSError, home: Path) -> str:
    """Return one sentence on a copy that failed."""
    if isinstance(error, PermissionError):
        return f"装不进“{home}”：旧的程序正在使用。请关闭 Excel（和所有工作簿），再运行 install.cmd。"
    reason = error.strerror
    if isinstance(error, shutil.Error):  # of many files: (from, to, why) each
        source, _, reason = error.args[0][0]
        reason = f"有 {len(error.args[0])} 个文件没有复制成功，如 {Path(source).name}：{reason}"
    return f"装不进“{home}”（{reason}）。请清出约 300 MB 空间，再运行 install.cmd；原有的没有改动。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Install from the folder given as the first argument; 0 all is there, 1 something is missing, 2 could not."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    program = Path((sys.argv[1:] if arguments is None else arguments)[0])
    machine = Machine()
    try:
        machine.startup  # noqa: B018 - refuses another system before anything is copied
        print("正在复制程序，大约一分钟……", flush=True)
        install_program(program, machine)
        install((program / FILE).read_bytes(), machine)
        checks = list(verify(machine))
    except GkXlError as error:
        print(error, file=sys.stderr)
        return 2
    for check in checks:
        print(f"  {'✓' if check.good else '✗'} {check.text}")
    good = all(check.good for check in checks)
    print("已安装。请打开 Excel，功能区里有“信息公开年报”选项卡。" if good else "已复制，但上面打 ✗ 的还要处理。")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
