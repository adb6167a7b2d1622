"""An archive (.zip) → the files in it that may be a report, read in memory: nothing is unpacked, no archive in it is opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from gk_xl.errors import SourceError
from gk_xl.form.cleaning import clean_text
from gk_xl.sources.formats import format_of, suffixes
from gk_xl.sources.formats.signs import OFD, members
from gk_xl.sources.formats.zipped import LARGEST_UNPACKED, MOST_MEMBERS
from gk_xl.workbook.kinds import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_FILES: Final = 12
"""A report with its attachments has some; more of them are several reports."""
_HIDDEN: Final = ("~$", ".", "__MACOSX")
_BESIDE: Final = ("_files", ".files")
"""How folders end that a browser lays beside a page."""
_UTF8: Final = 0x800
ENCRYPTED: Final = 0x1


def is_archive(data: bytes) -> bool:
    """Return whether something is a whole archive, and no file of a known format that is packed as one."""
    return bool(members(data)) and format_of(data) is None and OFD not in members(data)


def files_of(data: bytes, name: str, largest: int) -> list[tuple[str, bytes]]:
    """Return the files in an archive that may be a report, each with its own name and content, of so many bytes at most.

    SourceError, naming the archive ``name``, where there is none, there are too many, or one cannot be had.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = package.infolist()
        own = [*_reports(infos)]
        if len(infos) > MOST_MEMBERS or sum(info.file_size for _, info in own) > LARGEST_UNPACKED:
            raise SourceError(f"{name} 展开后大得不正常，为安全起见没有打开；请核对文件来源，解压后选出报告再导入。")
        if not own or len(own) > MOST_FILES:
            raise undecided(name, f"有 {len(own)} 个文件，不止一份报告" if own else "")
        return [(member, _content(package, info, f"{name} 里的 {member}", largest)) for member, info in own]


def undecided(name: str, what: str) -> SourceError:
    """Return the error of an archive in which there is ``what``, not one report; with nothing said, none that can be read."""
    return SourceError(f"{name} 是压缩文件，里面{what or '没有读得出的年度报告'}；请先解压，再导入其中的年度报告。")


def _reports(infos: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    for info in infos:
        name = PurePosixPath(name_of_member(info).replace("\\", "/"))
        *folders, last = [part for part in name.parts if part != ".."] or [""]
        beside = any(folder.endswith(_BESIDE) for folder in folders)
        known = PurePosixPath(last).suffix.lower() in (*suffixes(), ".json")
        if known and not beside and not info.is_dir() and not any(p.startswith(_HIDDEN) for p in (*folders, last)):
            yield clean_text(last), info


def _content(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, largest: int) -> bytes:
    if info.flag_bits & ENCRYPTED:
        raise SourceError(f"{name} 设了密码，读不了；请用密码解压后再导入。")
    if info.file_size > largest:
        raise SourceError(f"{name} 有 {info.file_size / 1048576:.1f} MB，不像年度报告；请解压后只保留报告正文再导入。")
    try:
        with package.open(info) as member:
            return member.read(largest)
    except DAMAGED:
        raise SourceError(f"{name} 已经损坏，解不开；请重新取一份。") from None


def name_of_member(info: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where the archive says so, else what Windows writes in China, else as it is."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
