"""Why the system refused a file: one sentence, in Chinese whatever its own language is."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from gk_xl.errors import FileError

if TYPE_CHECKING:
    from pathlib import Path

REASONS: Final = {
    errno.ENAMETOOLONG: "文件名太长，请缩短",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ENOENT: "找不到这个位置",
    errno.ELOOP: "链接绕成了圈",
    errno.EINVAL: "文件名里有不能用的字符，或这不是普通文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件太大",
    errno.EBUSY: "正被别的程序占用",
    errno.ETXTBSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错",
    errno.EXDEV: "不在同一个盘上",
    errno.EMFILE: "打开的文件太多",
    **dict.fromkeys(
        (
            errno.ESTALE,
            errno.ENODEV,
            errno.ENXIO,
            errno.ENOTCONN,
            errno.EHOSTDOWN,
            errno.EHOSTUNREACH,
            errno.ENETDOWN,
            errno.ENETUNREACH,
            errno.ETIMEDOUT,
            errno.ECONNRESET,
        ),
        "网络共享或移动盘断开了",
    ),
}
_LONGEST: Final = 150


def not_read(path: Path, error: OSError | ValueError) -> FileError:
    """Return the error of a file whose content could not be read; of a ValueError, that no file can have this name."""
    if isinstance(error, FileNotFoundError):
        return FileError(f"找不到文件“{path}”，请核对文件名和所在文件夹。")
    if isinstance(error, PermissionError):
        return FileError(f"“{path}”打不开：正被别的程序占用，或没有读取权限。请关闭打开它的程序后再试。")
    if isinstance(error, OSError):
        return FileError(f"“{shown(path)}”读不出来（{in_chinese(error)}），请换个位置或重新取一份。")
    return _no_name(path)


def not_opened(path: Path, error: OSError | ValueError) -> FileError:
    """Return the error of a file or folder that could not be looked at; of a ValueError, that none can have this name."""
    if isinstance(error, OSError):
        return FileError(f"“{shown(path)}”打不开（{in_chinese(error)}）。请核对路径和权限。")
    return _no_name(path)


def _no_name(path: Path) -> FileError:  # a NUL in it
    return FileError(f"“{shown(path)}”不是文件名，请核对后再试。")


def shown(path: Path) -> str:
    """Return how a message calls a file, a very long name cut, without characters that break a line."""
    text = "".join(letter if letter.isprintable() else "?" for letter in str(path))
    return text if len(text) <= _LONGEST else f"{text[:20]}……{text[-40:]}"


def in_chinese(error: OSError) -> str:
    """Return why the system refused, in Chinese whatever its own language is."""
    return REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
