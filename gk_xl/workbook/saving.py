"""The one way in which anything is written: whole or not at all, over nothing that is not ours, with what was there kept.

A file's earlier versions stay beside it: ``年报.xlsx.bak`` is the one before, ``.bak1`` the first that was ever replaced,
``.bak2`` and ``.bak3`` those between, older first. At every moment of a save the file is the old one or the new one, and
every kept version is whole under some name: versions get their names by links that are renamed, nothing is written in
place. What a save that was killed left behind is removed by the next one in the same folder.
"""

from __future__ import annotations

import errno
import filecmp
import itertools
import os
import secrets
import shutil
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from gk_xl.errors import FileError, WouldReplace
from gk_xl.form.refusals import in_chinese, shown
from gk_xl.workbook.files import LARGEST, open_elsewhere
from gk_xl.workbook.kinds import is_ours, kind_of

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gk_xl.workbook.kinds import Kind

BACKUP = ".bak"
EARLIER = (".bak1", ".bak2", ".bak3")
"""What the name of a kept version ends in: the one before, then the first original, then those between."""
_PREFIX, _NEW, _SPARE = ".gk_xl-", ".tmp", ".old"
_ABANDONED = 3600
"""Seconds after which a temporary file belongs to nobody, where its writer's lock cannot be asked for."""


def save_bytes(
    path: Path, data: bytes, *, inputs: Iterable[Path] = (), force: bool = False, backup: bool = True
) -> bool:
    """Write a file; return False, with nothing touched, when it holds exactly this already.

    ``inputs`` are the files that ``data`` was made from: none of them is written over. A file that this tool did not
    write stays unless ``force``. A link stays, the file it leads to is replaced. FileError says in one sentence why
    nothing was written; then nothing has changed.
    """
    try:
        target = _target(path, data, inputs)
        if _exists(target):
            if target.stat().st_size == len(data) and target.read_bytes() == data:
                return False
            _may_be_replaced(path, target, known=kind_of(data) is not None, force=force)
        _sweep(target.parent)
        _put(target, data, backup=backup)
    except OSError as error:
        raise FileError(_why_not_saved(path, error)) from None
    except ValueError:  # a NUL in the name
        raise FileError(f"“{shown(path)}”不是文件名，没有写入。请换个文件名再试。") from None
    return True


def expect(path: Path, kind: Kind, *, force: bool = False) -> None:
    """Raise, before long work is done for a file of a kind, what saving it would raise after it: FileError with one sentence."""
    try:
        _must_be_named(path, kind)
        target = _place(path)
        if _exists(target):
            _may_be_replaced(path, target, known=True, force=force)
    except OSError as error:
        raise FileError(_why_not_saved(path, error)) from None
    except ValueError:  # a NUL in the name
        raise FileError(f"“{shown(path)}”不是文件名，没有写入。请换个文件名再试。") from None


def _is_one_of(path: Path, inputs: Iterable[Path]) -> bool:
    """Return whether a path leads to one of thousands of files; one that is not there yet is none."""
    try:
        here = path.stat()
    except (OSError, ValueError):
        return any(source == path for source in inputs)
    for source in inputs:
        with suppress(OSError, ValueError):
            if os.path.samestat(here, source.stat()):
                return True
    return False


def _target(path: Path, data: bytes, inputs: Iterable[Path]) -> Path:
    """Return the file that is to be replaced, links followed; FileError when this content may not go there."""
    _must_be_named(path, kind_of(data))
    if _is_one_of(path, inputs):
        raise FileError(f"“{path}”就是要读的文件，不能写回它自己。请给结果另取一个文件名。")
    return _place(path)


def _must_be_named(path: Path, kind: Kind | None) -> None:
    """Raise FileError where a file's name does not end as those of its kind."""
    if kind is not None and path.suffix.lower() not in kind.suffixes:
        raise FileError(
            f"“{path}”没有写入：写出的是{kind.label}，文件名要以 {kind.suffixes[0]} 结尾。请改好文件名再试。"
        )


def _place(path: Path) -> Path:
    """Return the file that is to be replaced, links followed; FileError where none can be."""
    try:
        target = path.resolve() if path.is_symlink() else path
    except RuntimeError:
        raise OSError(errno.ELOOP, "") from None
    if target.is_dir():
        raise FileError(f"“{path}”是一个文件夹，请给出文件名。")
    if not target.parent.is_dir():
        raise FileError(f"文件夹“{target.parent}”不存在，请先建好或换个位置。")
    return target


def _exists(target: Path) -> bool:
    """Return whether there is a file; OSError (EINVAL) when what is there is none, a device for instance."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "")
    return True


def _may_be_replaced(path: Path, target: Path, *, known: bool, force: bool) -> None:
    """Raise FileError when a file is open elsewhere or not ours, PermissionError when it is read-only."""
    if open_elsewhere(path) or open_elsewhere(target):
        raise FileError(
            f"“{path}”正在 Excel、Word 或 LibreOffice 里打开，没有写入。请关闭后再试，或换个文件名"
            "（确实没有打开的，删去同一文件夹里以 ~$ 或 .~lock 开头的同名文件）。"
        )
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "")
    size = target.stat().st_size
    if known and size and not force and (size > LARGEST or not is_ours(target.read_bytes())):
        raise WouldReplace(f"“{path}”已经存在，不是用本工具写出的，没有覆盖。请换个文件名，或先把原来的改名。")


def _put(target: Path, data: bytes, *, backup: bool) -> None:
    """Write the new version beside the old one, keep the old one, then let the new one take its place."""
    with _temporary(target.parent) as (file, new):
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        if _exists(target):
            new.chmod(target.stat().st_mode & 0o777)
            if backup:
                _keep(target, new.with_suffix(_SPARE))
        if fcntl is None:
            file.close()  # Windows renames no file that is open
        new.replace(target)
        _settle(target.parent)


@contextmanager
def _temporary(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Yield a new file of a name nobody can foresee, locked while it is in use, and remove it with its spare."""
    while True:
        path = folder / f"{_PREFIX}{secrets.token_hex(8)}{_NEW}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, 0o666)
        if _lock(descriptor) is not False and os.fstat(descriptor).st_nlink:
            break
        os.close(descriptor)  # somebody's sweep came between
    file = os.fdopen(descriptor, "wb")
    try:
        yield file, path
    finally:
        with suppress(OSError):
            file.close()
        for left in (path, path.with_suffix(_SPARE)):
            with suppress(OSError):
                left.unlink()


def _lock(descriptor: int) -> bool | None:
    """Return whether the lock of a temporary file is ours now; None where files cannot be locked."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _sweep(folder: Path) -> None:
    """Remove what killed saves left in a folder; what a living one is writing stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        left = [Path(entry.path) for entry in entries if entry.name.startswith(_PREFIX)]
        for path in sorted(left, key=lambda path: path.suffix != _NEW):  # first the new, which bears the lock
            with suppress(OSError):
                if path.suffix in (_NEW, _SPARE) and stat.S_ISREG(path.lstat().st_mode) and _is_abandoned(path):
                    path.unlink()


def _is_abandoned(path: Path) -> bool:
    """Return whether the save that a temporary file belonged to has ended."""
    if path.suffix == _SPARE:
        return not path.with_suffix(_NEW).exists()
    old = time.time() - path.lstat().st_mtime > _ABANDONED
    if fcntl is None:
        return old
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        free = _lock(descriptor)
    finally:
        os.close(descriptor)
    return old if free is None else free


# ---------------------------------------------------------------------------------------------- earlier versions


def _keep(target: Path, spare: Path) -> None:
    """Let ``.bak`` be the version that is about to be replaced; what was ``.bak`` moves among the earlier ones."""
    newest = target.with_name(target.name + BACKUP)
    earlier = [target.with_name(target.name + ending) for ending in EARLIER]
    if newest.is_symlink():
        newest.replace(_free(earlier, spare))  # the link is moved, what it leads to is not ours to touch
    elif newest.exists():
        if _same_content(newest, target):
            return
        if not any(_same_content(newest, path) for path in earlier):
            _name_also(newest, _free(earlier, spare), spare)
    _name_also(target, newest, spare)


def _free(earlier: list[Path], spare: Path) -> Path:
    """Return the name for one more earlier version; where none is free, the oldest but the first original gives way."""
    for path in earlier:
        if not os.path.lexists(path):
            return path
    for older, newer in itertools.pairwise(earlier[1:]):
        _name_also(newer, older, spare)
    return earlier[-1]


def _same_content(one: Path, other: Path) -> bool:
    both = [path for path in (one, other) if path.is_file() and not path.is_symlink()]
    return len(both) == 2 and filecmp.cmp(one, other, shallow=False)


def _name_also(source: Path, name: Path, spare: Path) -> None:
    """Give a file a second name in place of what has it; a copy where the disk knows no links."""
    spare.unlink(missing_ok=True)
    try:
        os.link(source, spare, follow_symlinks=False)
    except (OSError, NotImplementedError):
        with source.open("rb") as old, spare.open("xb") as new:
            shutil.copyfileobj(old, new)
            new.flush()
            os.fsync(new.fileno())
        spare.chmod(source.stat().st_mode & 0o777)
    spare.replace(name)
    spare.unlink(missing_ok=True)  # a rename between two names of one file leaves both


def _settle(folder: Path) -> None:
    """Let the new names reach the disk, where a folder can be asked for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _why_not_saved(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"“{path}”没有写入：磁盘已满。请清出空间或换个位置后再试；原文件没有改动。"
    if error.errno == errno.EROFS or isinstance(error, PermissionError):
        return f"“{path}”没有写入：文件夹或文件是只读的，或正被别的程序占用。请换个位置或关闭程序后再试。"
    if error.errno == errno.ENAMETOOLONG:
        shown = f"{path.name[:30]}……" if len(path.name) > 30 else path.name
        return f"“{shown}”没有写入：文件名太长（连同备份的 {BACKUP} 最多约 80 个汉字）。请缩短后再试。"
    return f"“{path}”没有写入（{in_chinese(error)}）。请换个位置或换个文件名再试；原文件没有改动。"
