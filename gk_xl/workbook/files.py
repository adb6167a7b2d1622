"""Opening and saving files: what is refused and why, in one sentence; saves are atomic and keep a ``.bak``."""

from __future__ import annotations

import errno
import os
import tempfile
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from gk_xl.errors import FileError, WorkbookError

LARGEST = 50 * 1024 * 1024  # bytes of a file that is read at all; a filled workbook has some 60 KB
LARGEST_UNPACKED = 300 * 1024 * 1024
MOST_MEMBERS = 2_000
STEEPEST = 300  # unpacked : packed of one large member; XML packs some 20 : 1

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {
    "word/document.xml": "是 Word 文档，不是 Excel 工作簿",
    "ppt/presentation.xml": "是演示文稿，不是 Excel 工作簿",
    "xl/workbook.bin": "是 Excel 二进制工作簿（.xlsb），请在 Excel 里另存为 .xlsx 再试",
    "content.xml": "是 ODS 表格，请另存为 Excel 工作簿（.xlsx）再试",
}


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """Return a file's content; FileError with one sentence when it cannot be read or is too large."""
    try:
        if path.is_dir():
            raise FileError(f"“{path}”是一个文件夹，请指定其中的文件。")
        size = path.stat().st_size
        if size == 0:
            raise FileError(f"“{path}”是空文件（0 字节），可能没有保存成功，请重新保存或重新取一份。")
        if size > largest:
            raise FileError(
                f"“{path}”有 {size // 1048576} MB，大得不正常（上限 {largest // 1048576} MB），请核对是不是选错了文件。"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(f"找不到文件“{path}”，请核对文件名和所在文件夹。") from None
    except PermissionError:
        raise FileError(f"“{path}”打不开：正被别的程序占用，或没有读取权限。请关闭打开它的程序后再试。") from None
    except OSError as error:
        raise FileError(f"“{path}”读不出来（{error.strerror}），请换个位置或重新取一份。") from None


def open_package(path: Path) -> zipfile.ZipFile:
    """Return an .xlsx file opened as a zip in memory; WorkbookError when it is anything else, or a danger."""
    data = read_bytes(path)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise WorkbookError(f"“{path}”设了打开密码，读不了。请在 Excel 里取消“用密码进行加密”，保存后再试。")
        raise WorkbookError(f"“{path}”是旧格式（.xls），请在 Excel 里另存为“Excel 工作簿（.xlsx）”再试。")
    if not data.startswith(b"PK"):
        raise WorkbookError(f"“{path}”不是 Excel 工作簿（.xlsx），请核对是不是选错了文件或改过扩展名。")
    damaged = WorkbookError(f"“{path}”已损坏，打不开。请用 Excel 的“打开并修复”，或从备份（.bak）恢复。")
    try:
        package = zipfile.ZipFile(BytesIO(data))
        infos = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise damaged from None
    names = {info.filename for info in infos}
    if (
        len(infos) > MOST_MEMBERS
        or sum(info.file_size for info in infos) > LARGEST_UNPACKED
        or any(info.file_size > 1_000_000 and info.file_size > STEEPEST * max(1, info.compress_size) for info in infos)
    ):
        raise WorkbookError(f"“{path}”展开后大得不正常，为安全起见没有打开。请核对文件来源。")
    for member, what in _OTHERS.items():
        if member in names:
            raise WorkbookError(f"“{path}”{what}。")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise (
            damaged
            if any(name.startswith("xl/") for name in names)
            else WorkbookError(f"“{path}”不是 Excel 工作簿（.xlsx），请核对是不是选错了文件。")
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        raise WorkbookError(
            f"“{path}”里有宏，为安全起见没有打开。请在 Excel 里另存为不含宏的“Excel 工作簿（.xlsx）”再试。"
        )
    try:
        if package.testzip() is not None:
            raise damaged
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError):
        raise damaged from None
    return package


def open_elsewhere(path: Path) -> bool:
    """Return whether Excel (``~$name``) or LibreOffice (``.~lock.name#``) says that it has the file open."""
    return any(
        (path.parent / name).exists() for name in (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    )


def save_bytes(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the new one, never half; the old one stays as ``.bak``.

    FileError with one sentence when it cannot be written; then nothing has changed.
    """
    if path.is_dir():
        raise FileError(f"“{path}”是一个文件夹，请给出文件名。")
    if not path.parent.is_dir():
        raise FileError(f"文件夹“{path.parent}”不存在，请先建好或换个位置。")
    if path.exists() and open_elsewhere(path):
        raise FileError(f"“{path}”正在 Excel 或 LibreOffice 里打开，没有写入。请关闭后再试，或换个文件名。")
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        if path.exists():
            if not os.access(path, os.W_OK):
                raise PermissionError(errno.EACCES, "read-only")
            path.with_name(path.name + ".bak").write_bytes(path.read_bytes())
        Path(temporary).replace(path)
    except OSError as error:
        with suppress(OSError):
            if temporary:
                Path(temporary).unlink()
        raise FileError(_why_not_saved(path, error)) from None


def _why_not_saved(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"“{path}”没有写入：磁盘已满。请清出空间或换个位置后再试；原文件没有改动。"
    if error.errno == errno.EROFS or isinstance(error, PermissionError):
        return f"“{path}”没有写入：文件夹或文件是只读的，或正被别的程序占用。请换个位置或关闭程序后再试。"
    return f"“{path}”没有写入（{error.strerror}）。请换个位置或换个文件名再试；原文件没有改动。"


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
