"""Any file that holds a filing → the filing, last year's, and where its cells stand; and its check.

Every command takes a workbook of ours or a filing as JSON; several files, or a folder, are taken in one process.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gk_xl.checks.binding import require_usable
from gk_xl.checks.run import check
from gk_xl.errors import FileError, GkXlError, NotATemplate, WorkbookError
from gk_xl.form.filing import Filing
from gk_xl.form.profile import profile_beside, profile_of
from gk_xl.form.refusals import not_opened, shown
from gk_xl.journal import unforeseen
from gk_xl.workbook.build import content_for
from gk_xl.workbook.files import HIDDEN, LARGEST, open_elsewhere, read_bytes
from gk_xl.workbook.kinds import is_ours_workbook, is_product

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from gk_xl.form.finding import CheckResult, Finding, Where
    from gk_xl.form.profile import Profile
    from gk_xl.workbook.read import Reading

SUFFIXES = (".xlsx", ".json")
WORKBOOK, DATA = "工作簿", "填报数据"
"""What the two kinds of files that are ours are called in a list."""
LARGEST_JSON = 20 * 1024 * 1024


@dataclass(frozen=True)
class Received:
    """A file with the filing it holds; ``reading`` is there when it is a workbook.

    ``format`` says what kind of file it is, ``notes`` what of a published report could not be placed or found.
    """

    path: Path
    filing: Filing
    last: Filing | None = None
    findings: tuple[Finding, ...] = ()
    reading: Reading | None = None
    format: str = ""
    notes: tuple[str, ...] = ()

    @property
    def open_elsewhere(self) -> bool:
        """Whether an application has the file open, so that what is saved may be older than what is seen."""
        return open_elsewhere(self.path)

    def where(self, finding: Finding) -> Where | None:
        """Return where a finding points: in this file, or in the workbook the filing would have."""
        if self.reading is not None:
            return self.reading.where(finding)
        if finding.where is not None:
            return finding.where
        form = content_for(self.filing, self.last).layout
        return form.where(finding.place or (finding.cells[0] if finding.cells else ""))


def receive(path: Path, profile: Profile | None = None) -> Received:
    """Return the filing that a file holds; GkXlError with one sentence when it cannot be read.

    ``profile`` holds for it where one is given; else the one that the file carries; else the one that lies beside it.
    """
    largest = LARGEST_JSON if path.suffix.lower() == ".json" else LARGEST
    try:
        received = _own(read_bytes(path, largest), path)
    except WorkbookError as error:
        raise type(error)(f"{error}{_to_import(path)}") from None
    return _under(received, profile or (profile_beside(path) if profile_of(received.filing.edition) is None else None))


def _to_import(path: Path) -> str:
    """Return how a published report comes into a workbook, for a file that may be one by its ending; else nothing."""
    from gk_xl.sources.formats import suffixes
    from gk_xl.workbook.repair.sheets import TO_IMPORT

    published = path.suffix.lower() in suffixes() and path.suffix.lower() not in SUFFIXES
    return TO_IMPORT if published and path.exists() else ""


def receive_last_year(path: Path) -> Received:
    """Return last year's filing: a workbook, data, or the published report in any format; errors as :func:`receive`."""
    largest = LARGEST_JSON if path.suffix.lower() == ".json" else LARGEST
    return receive_content(read_bytes(path, largest), path, beside=profile_beside(path))


def receive_content(data: bytes, path: Path, profile: Profile | None = None, beside: Profile | None = None) -> Received:
    """Return the filing that some content holds: a workbook, data, or a published report in any format that is imported.

    ``path`` is how messages call it; profiles as above.
    """
    try:
        received = (
            _own(data, path) if path.suffix.lower() in SUFFIXES or is_ours_workbook(data) else _published(data, path)
        )
    except NotATemplate:
        received = _published(data, path)
    return _under(received, profile or (beside if profile_of(received.filing.edition) is None else None))


def _under(received: Received, profile: Profile | None) -> Received:
    """Return a filing under a profile, which is found usable before anything is done."""
    if profile is None:
        return received
    require_usable(received.filing.under(profile).edition)
    return replace(received, filing=received.filing.under(profile))


def _own(data: bytes, path: Path) -> Received:
    """Return what a workbook of ours, or a filing as JSON, holds."""
    if path.suffix.lower() == ".json":
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise FileError(f"“{path}”不是 UTF-8 编码的 JSON 文件，请按 UTF-8 重新保存。") from None
        return Received(path, Filing.loads(text, f"“{path}”"), format=DATA)
    from gk_xl.workbook.read import read_content

    reading = read_content(data, path)
    return Received(path, reading.filing, reading.last, reading.findings, reading, WORKBOOK)


def _published(data: bytes, path: Path) -> Received:
    """Return what a published report holds, with what reading it had to leave out or could not find."""
    from gk_xl.sources.formats import format_of
    from gk_xl.sources.model import NoteKind
    from gk_xl.sources.open import import_content

    imported = import_content(data, path)
    found = format_of(data)
    told = tuple(note.message for note in imported.notes_of(NoteKind.UNPLACED, NoteKind.MISSING))
    return Received(path, imported.filing, format=found.label if found else "", notes=told)


def with_reasons(received: Received, other: Path | None) -> Received:
    """Return a received filing with the reasons that ``other`` holds, its marked copy, where it has none itself.

    A reason holds for one finding and its numbers: one that answers nothing any more is kept as the clerk's words.
    """
    if other is None or not other.is_file():
        return received
    try:
        given = receive(other).filing
    except GkXlError:
        return received
    own = received.filing
    remarks = dict.fromkeys((*own.remarks, *given.remarks))
    filing = replace(own, waivers={**given.waivers, **own.waivers}, remarks=tuple(remarks))
    reading = received.reading and replace(received.reading, filing=filing)
    return replace(received, filing=filing, reading=reading)


def inspect(received: Received, last: Filing | None = None, members: Iterable[Filing] = ()) -> CheckResult:
    """Return what the rules say of a received file; ``last`` takes precedence over what its 上年数据 holds."""
    result = check(
        received.filing,
        last or received.last,
        source=str(received.path),
        extra=received.findings,
        members=members,
    )
    return replace(result, findings=tuple(finding.at(received.where(finding)) for finding in result.findings))


def one_of_many(path: Path) -> AbstractContextManager[None]:
    """Let whatever goes wrong with one file be a GkXlError, so that the others go on; the log keeps what was unforeseen."""
    sentence = f"“{shown(path)}”没能处理：程序出错，已记入日志 {{log}}。请把这个文件发给维护人员。"
    return unforeseen(f"{path}", FileError, sentence, BrokenPipeError)


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files; for a folder, the workbooks and filings in it by name. FileError when a folder has none.

    A summary that the desk once wrote into the folder is no filing and left out.
    """
    for path in paths:
        try:
            found = _in_folder(path) if path.is_dir() else [path]
        except (OSError, ValueError) as error:
            raise not_opened(path, error) from None
        if not found:
            raise FileError(f"文件夹“{shown(path)}”里没有工作簿（.xlsx）或填报数据（.json）。")
        yield from found


def _in_folder(folder: Path) -> list[Path]:
    """Return the workbooks and filings of a folder, by name."""
    return sorted(
        item
        for item in folder.iterdir()
        if item.suffix.lower() in SUFFIXES
        and not item.name.startswith(HIDDEN)
        and item.is_file()
        and not is_product(item)
    )
