"""Opening files: what is refused and why, in one sentence."""

from __future__ import annotations

import stat
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from gk_xl.errors import FileError, WorkbookError
from gk_xl.form.refusals import not_read
from gk_xl.workbook.cutting import Lately
from gk_xl.workbook.kinds import DAMAGED, OLE

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

LARGEST = 50 * 1024 * 1024  # bytes of a file that is read at all; a filled workbook has some 60 KB
LARGEST_UNPACKED = 120 * 1024 * 1024
MOST_MEMBERS = 2_000
KEPT_UNPACKED = 16 * 1024 * 1024  # bytes of unpacked parts that are kept while a package is read
LARGEST_KNOWN = 512 * 1024  # bytes of a part that is kept for the next package that has the same
STEEPEST = 300  # unpacked : packed of one large member; XML packs some 20 : 1

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
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FileError(f"“{path}”是一个文件夹，请指定其中的文件。")
        if (size := found.st_size) == 0:
            raise FileError(f"“{path}”是空文件（0 字节），可能没有保存成功，请重新保存或重新取一份。")
        if size > largest:
            raise FileError(
                f"“{path}”有 {size // 1048576} MB，大得不正常（上限 {largest // 1048576} MB），请核对是不是选错了文件。"
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise not_read(path, error) from None


def open_package(path: Path) -> zipfile.ZipFile:
    """Return an .xlsx file opened as a zip in memory; WorkbookError when it is anything else, or a danger."""
    return package_in(read_bytes(path), path)


class Package(zipfile.ZipFile):
    """A package whose parts are unpacked, and found undamaged, once: small ones are kept for whoever reads them next."""

    def take(self, data: bytes) -> None:
        """Unpack every part of the package, whose content is ``data``; an error of ``DAMAGED`` where one is not what its checksum says.

        A part that is packed byte for byte as another package's was is known already: most are the template's own.
        """
        self._taken: dict[str, bytes] = {}
        room = KEPT_UNPACKED
        for info in self.infolist():
            if info.file_size > room or self.getinfo(info.filename) is not info:  # the last of a name is the one read
                with self.open(info) as part:
                    while part.read(1 << 20):
                        pass
                continue
            room -= info.file_size
            packed = _packed(data, info)
            found = _UNPACKED.get(packed) if packed else None
            if found is None:
                found = super().read(info)
                if packed:
                    _UNPACKED.put(packed, found)
            self._taken[info.filename] = found

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part, as it was taken where it was."""
        taken = getattr(self, "_taken", {}).get(name) if isinstance(name, str) else None
        return super().read(name, pwd) if taken is None else taken


_UNPACKED = Lately(48)


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """Return all that a part is unpacked from, but for the time it was written; nothing for one too large to be kept."""
    if info.file_size > LARGEST_KNOWN or info.header_offset < 0:
        return b""
    head = data[info.header_offset : info.header_offset + 30]
    names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    rest = data[info.header_offset + 14 : info.header_offset + 30 + names + info.compress_size]
    told = info.orig_filename, info.CRC, info.file_size, info.compress_size, info.compress_type, info.flag_bits
    return b"%b%b%b" % (repr(told).encode(), head[:10], rest)


def package_in(data: bytes, path: Path | str) -> zipfile.ZipFile:
    """Return the package that a file's content is; ``path`` is how messages call it. Errors as above."""
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise WorkbookError(f"“{path}”设了打开密码，读不了。请在 Excel 里取消“用密码进行加密”，保存后再试。")
        raise WorkbookError(f"“{path}”是旧格式（.xls），请在 Excel 里另存为“Excel 工作簿（.xlsx）”再试。")
    if not data.startswith(b"PK"):
        raise WorkbookError(f"“{path}”不是 Excel 工作簿（.xlsx），请核对是不是选错了文件或改过扩展名。")
    damaged = WorkbookError(f"“{path}”已损坏，打不开。请用 Excel 的“打开并修复”，或从备份（.bak）恢复。")
    try:
        package = Package(BytesIO(data))
        infos = package.infolist()
    except DAMAGED:
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
        package.take(data)
    except DAMAGED:
        raise damaged from None
    return package


HIDDEN = ("~$", ".", "~")
"""How the names of files and folders begin that programs and systems lay beside those of people."""
MARKS = ("~$", ".~lock.")
"""How the names of files begin by which applications mark what they have open."""


def open_elsewhere(path: Path, beside: Collection[str] | None = None) -> bool:
    """Return whether Excel, Word (``~$name``) or LibreOffice (``.~lock.name#``) says that it has the file open.

    ``beside`` are the names of the marks in its folder, where they are known.
    """
    names = (f"~${path.name}", f"~${path.name[1:]}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    if beside is not None:
        return any(name in beside for name in names)
    for name in names:
        with suppress(OSError):  # a name too long for the disk is none that anything has locked
            if (path.parent / name).exists():
                return True
    return False


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder that can be looked into; what cannot be, or has no possible name, is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def may_be_file(path: Path) -> bool:
    """Return whether a path is a file, or may be one: what the system gives no answer about is for the reader to tell."""
    try:
        return path.is_file()
    except OSError:
        return True
    except ValueError:  # a NUL in the name
        return False
