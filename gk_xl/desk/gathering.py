"""Whatever was handed in → its pieces: files, those in subfolders, those in archives; each with its content when asked for.

What cannot be looked into is a piece, too, with the reason why.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
import time
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.desk.products import is_named_product
from gk_xl.desk.rounds import FILE as RECORD
from gk_xl.errors import FileError, GkXlError
from gk_xl.form.cleaning import clean_text
from gk_xl.form.profile import FILE as PROFILE
from gk_xl.form.refusals import in_chinese, not_opened, shown
from gk_xl.sources.archive import ENCRYPTED, name_of_member
from gk_xl.workbook.files import HIDDEN, LARGEST, is_folder, may_be_file, read_bytes
from gk_xl.workbook.kinds import DAMAGED, is_product

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

ROSTERS: Final = ("名单.xlsx", "名单.csv")
"""A list of this name in the folder is the county's list, unless another is given."""
ARCHIVE: Final = ".zip"
MOST_IN_ARCHIVE: Final = 50_000
SETTLED: Final = 4
"""Seconds after which another writing of a file has another time on every disk: old ones count in twos."""
_PASSED_OVER: Final = frozenset({".bak", ".tmp", ".lnk", ".db", ".ini", ".log", ".toml", ".parquet", ".csv", ".part"})
"""Endings of what systems and programs leave in folders."""


@dataclass(frozen=True)
class Piece:
    """One file that was handed in: on the disk, or ``member`` of the archive at ``path``; ``problem`` why it cannot be had.

    ``folder`` is where the search began, ``received`` when it was last changed (local time), ``size`` its bytes,
    ``index`` its place in the archive; ``looked_at`` whether it is known to be no product of this tool; ``stands`` how the
    disk tells it, or its archive, from what it was before (see ``standing_of``), empty where that is not known.
    """

    path: Path
    folder: Path | None = None
    member: str = ""
    received: dt.datetime | None = None
    size: int = 0
    problem: str = ""
    index: int = -1
    looked_at: bool = True
    stands: str = ""

    @property
    def name(self) -> str:
        """The file's own name, as messages call it."""
        return clean_text(self.member.rpartition("/")[2] or self.path.name)

    @property
    def place(self) -> str:
        """The folder in which the file, or its archive, lies."""
        return os.path.dirname(self.path)  # noqa: PTH120 - a tenth of what Path.parent takes

    def content(self) -> bytes:
        """Return the file's bytes; FileError with one sentence when it cannot be read or is too large."""
        if self.problem:
            raise FileError(self.problem)
        return read_bytes(self.path) if not self.member else self._from_archive()

    def _from_archive(self) -> bytes:
        too_large = f"“{self.name}”有 {self.size // 1048576} MB，大得不正常（上限 {LARGEST // 1048576} MB），没有读。"
        if self.size > LARGEST:
            raise FileError(too_large)
        try:
            package = _opened(self.path, self.path.stat().st_mtime_ns)
            with package.open(package.infolist()[self.index]) as part:
                data = part.read(LARGEST + 1)  # what the directory says of its size may be wrong
        except OSError as error:
            raise FileError(f"“{shown(self.path)}”读不出来（{in_chinese(error)}），请重新取一份。") from None
        except (*DAMAGED, IndexError):
            raise FileError(f"压缩包里的“{self.name}”已损坏，解不开。请重新取一份。") from None
        if len(data) > LARGEST:
            raise FileError(too_large)
        if not data:
            raise FileError(f"“{self.name}”是空文件（0 字节），可能没有保存成功，请重新取一份。")
        return data


@lru_cache(maxsize=2)
def _opened(path: Path, _changed: int) -> zipfile.ZipFile:
    """Return an archive, kept open while its members are read one after the other."""
    return zipfile.ZipFile(path)


def gather(paths: Iterable[Path], passed_over: Collection[Path] = (), *, look: bool = True) -> list[Piece]:
    """Return all that lies at some paths, folder by folder, by name; FileError when nothing is there.

    ``passed_over`` are files and folders that are no filings: the list, last year's folder, what is to be written.
    What this tool once made of filings (a summary, slips) is none either; unless ``look``, workbooks and Word files are
    not opened for that, and whoever reads a piece has to ask.
    """
    avoided = {_real(path) for path in passed_over}
    found: list[Piece] = []
    for path in paths:
        try:
            there = path.exists()
        except (OSError, ValueError) as error:
            raise not_opened(path, error) from None
        if is_folder(path):
            found += _in_folder(path, avoided, look=look)
        elif there:
            found += _at(path, path.parent)
        else:
            raise FileError(f"找不到“{shown(path)}”，请核对路径。")
    if not found:
        raise nothing_in(next(iter(paths), Path()))
    return found


def nothing_in(folder: Path) -> FileError:
    """Return the error of a folder that holds no filing."""
    return FileError(f"文件夹“{shown(folder)}”里没有年度报告（工作簿、Word、网页、PDF、压缩包……）。")


def roster_in(paths: Iterable[Path]) -> Path | None:
    """Return the county's list that lies in one of some folders."""
    places = (folder / name for folder in paths if is_folder(folder) for name in ROSTERS)
    return next((place for place in places if may_be_file(place)), None)


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def _is_avoided(path: Path, avoided: Collection[str]) -> bool:
    """Return whether a file is one of some; only one of the same name, or a link, is followed through all folders."""
    alike = any(place.endswith(path.name) for place in avoided)
    linked = bool(avoided) and os.path.islink(path)  # noqa: PTH114 - no error for a name that no path can have
    return (alike or linked) and _real(path) in avoided


def _in_folder(folder: Path, avoided: Collection[str], *, look: bool) -> Iterator[Piece]:
    """Yield what lies in a folder and below; a folder that cannot be looked into is told in its place."""
    refused: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=refused.append):
        if refused and Path(place) == folder:
            break
        here = Path(place)
        folders[:] = sorted(
            name for name in folders if not name.startswith(HIDDEN) and _real(here / name) not in avoided
        )
        for path in map(here.joinpath, sorted(files)):
            if _is_filed(path, avoided, look=look):
                yield from _at(path, folder, looked_at=look)
    for error in refused:
        at = Path(error.filename or folder)
        if at == folder:
            raise not_opened(folder, error)
        yield Piece(at, folder, problem=f"文件夹“{shown(at)}”打不开（{in_chinese(error)}），里面的文件没有读。")


def _is_filed(path: Path, avoided: Collection[str], *, look: bool) -> bool:
    """Return whether a file in a folder may be a filing: none of ours, none that a system leaves."""
    name, ending = path.name, path.suffix.lower()
    if (
        name.startswith(HIDDEN)
        or name in (PROFILE, RECORD)
        or ending in _PASSED_OVER
        or name in ROSTERS
        or is_named_product(name)
        or _is_avoided(path, avoided)
    ):
        return False
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe, a socket
            return False
    except OSError:  # gone since it was listed, a link that leads nowhere: told in its place
        return True
    if ending in (".xlsx", ".docx"):
        return not look or not is_product(path)
    return not (ending in (".html", ".htm") and _is_page_of_ours(path))


def _is_page_of_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_product(file.read(4000))
    except OSError:
        return False


def _at(path: Path, folder: Path, *, looked_at: bool = True) -> Iterator[Piece]:
    """Yield one file, or what is in it where it is an archive."""
    try:
        found = path.stat()
    except OSError as error:
        yield Piece(path, folder, problem=f"“{shown(path)}”读不出来（{in_chinese(error)}）。请核对路径和权限。")
        return
    received = dt.datetime.fromtimestamp(found.st_mtime)  # noqa: DTZ006 - the clerk's own clock
    stands = standing_of(found)
    if path.suffix.lower() == ARCHIVE:
        yield from _in_archive(path, folder, received, stands)
    else:
        yield Piece(path, folder, received=received, size=found.st_size, looked_at=looked_at, stands=stands)


def standing_of(found: os.stat_result) -> str:
    """Return what changes whenever a file is written: where it lies on its disk, its size and times.

    On Windows the second time is when it was made, and a file that was written in the moment before may be written again
    in the same: empty for such a one.
    """
    if found.st_mtime > time.time() - SETTLED:
        return ""
    return repr((found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns))


def _in_archive(path: Path, folder: Path, received: dt.datetime, stands: str) -> Iterator[Piece]:
    """Yield the files in an archive; the archive itself, with the reason, where it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
    except DAMAGED:
        yield Piece(
            path, folder, received=received, problem=f"压缩包“{shown(Path(path.name))}”已损坏，打不开。请重新取一份。"
        )
        return
    if len(infos) > MOST_IN_ARCHIVE:
        problem = f"压缩包“{shown(Path(path.name))}”里有 {len(infos)} 个文件，多得不正常，没有读。请解开后再试。"
        yield Piece(path, folder, received=received, problem=problem)
        return
    count = 0
    for index, info in enumerate(infos):
        name = name_of_member(info)
        last = name.rpartition("/")[2]
        if info.is_dir() or last.startswith(HIDDEN) or name.startswith("__MACOSX/"):
            continue
        if Path(last).suffix.lower() in _PASSED_OVER or last in ROSTERS:
            continue
        count += 1
        problem = ""
        if info.flag_bits & ENCRYPTED:
            problem = f"压缩包里的“{clean_text(last)}”设了密码，读不了。请解开后再放进来。"
        elif last.lower().endswith((ARCHIVE, ".rar", ".7z")):
            problem = f"“{clean_text(last)}”是压缩包里的压缩包，没有读。请解开后再放进来。"
        if is_named_product(last):
            continue
        changed = _changed(info, received)
        yield Piece(path, folder, name, changed, info.file_size, problem, index, looked_at=False, stands=stands)
    if not count:
        yield Piece(path, folder, received=received, problem=f"压缩包“{shown(Path(path.name))}”里没有文件。")


def _changed(info: zipfile.ZipInfo, otherwise: dt.datetime) -> dt.datetime:
    """Return when a member was last changed; when the archive was, where it does not say."""
    try:
        found = dt.datetime(*info.date_time)  # noqa: DTZ001 - the clerk's own clock
    except ValueError:
        return otherwise
    return otherwise if found.year <= 1980 else found


def profile_in(folder: str) -> str:
    """Return the profile that holds for the files of a folder, as TOML; "" where there is none."""
    from gk_xl.form.profile import profile_beside

    try:
        found = profile_beside(Path(folder).absolute() / PROFILE)
    except OSError as error:
        raise FileError(f"“{PROFILE}”读不出来（{in_chinese(error)}），不知道按什么要求核对。请重新取一份。") from None
    return found.text if found else ""


def problem_of(error: GkXlError, piece: Piece) -> str:
    """Return an error's sentence for a list: with the file's name, without its folders."""
    return clean_text(str(error).replace(str(piece.path), piece.name))
