"""Pieces → entries: unchanged files from the store, the others in this process, in several, or on a cluster.

At most a few dozen files are under way at a time, so that what is held in memory is what came of the files, never the
files. A process that dies takes no file with it but the one that killed it, and that is an entry with the reason.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import signal
import sys
import threading
import time
import uuid
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gk_xl.desk.aside import laid_aside, light_aside
from gk_xl.desk.examining import Task, examine, refused
from gk_xl.desk.gathering import problem_of, profile_in
from gk_xl.desk.packing import Packed, unpack
from gk_xl.desk.spool import Shelf, spool
from gk_xl.desk.store import Store, key_of
from gk_xl.errors import GkXlError
from gk_xl.workbook.files import MARKS, open_elsewhere
from gk_xl.workbook.kinds import is_product

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from gk_xl.desk.context import Context
    from gk_xl.desk.entry import Entry
    from gk_xl.desk.examining import Send
    from gk_xl.desk.gathering import Piece

TOGETHER: Final = 8
"""Files that travel to another process at a time."""
FEW: Final = 24
"""So many files, or changed ones where a process is slow to start, are read here: other processes are not worth starting."""
RARELY: Final = (50_000, 20, 20)
"""When a process that reads looks for what nothing needs any more: a workbook's cells are no such thing."""
DIED: Final = "读“{}”时程序异常退出（可能是内存不够或文件有问题）。请单独核对这个文件。"


@dataclass
class Progress:
    """How far a run has come: files done, of how many, how many of them were unchanged, the file looked at last."""

    total: int
    done: int = 0
    unchanged: int = 0
    file: str = ""
    began: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """Files a second so far."""
        return self.done / max(time.monotonic() - self.began, 1e-6)

    @property
    def remaining(self) -> float:
        """Seconds that the rest takes at the rate of the files that had to be read."""
        read = self.done - self.unchanged
        spent = time.monotonic() - self.began
        return (self.total - self.done) * spent / read if read else 0.0


@dataclass(frozen=True)
class _Waiting:
    """A file that has to be read: its number, what it is, and under what its result is kept."""

    number: int
    task: Task
    key: bytes
    digest: str


class Run:
    """One run over pieces.

    ``store`` knows results of earlier ones, ``workers`` is how many processes read, ``cluster`` gives the way to machines
    that take their place; ``progress`` is told after each file. ``whole`` entries are given, or what the tables need of each.
    """

    def __init__(
        self,
        context: Context,
        store: Store | None = None,
        workers: int | None = None,
        cluster: Callable[[Context], Send] | None = None,
        progress: Callable[[Progress], None] | None = None,
        *,
        whole: bool = True,
    ) -> None:
        self.context, self.store, self.cluster = context, store or Store(None), cluster
        self.whole = whole
        self.workers = (os.cpu_count() or 1) if workers is None else workers
        self.told = progress or (lambda _: None)
        self.at = Progress(0)
        self._marked: dict[str, frozenset[str]] = {}
        self._profiles: dict[str, str] = {}
        self._shelf = Shelf()

    def entries(self, pieces: Sequence[Piece]) -> Generator[tuple[int, Entry]]:
        """Yield each piece's number and its entry, as they come; what is done when the run is interrupted is kept.

        A piece that turns out to be no filing but a product of this tool has none.
        """
        self.at = Progress(len(pieces))
        try:
            for number, packed, digest in self._results(pieces):
                yield number, self._placed(pieces[number], packed, digest)
                self.at.done += 1
                self.at.file = pieces[number].name
                self.told(self.at)
        finally:
            self.store.save()

    def _placed(self, piece: Piece, packed: Packed, digest: str) -> Entry:
        marks = frozenset[str]() if piece.member else self._marks(piece.place)
        return self._unpacked(packed).but(
            path=piece.path,
            member=piece.member,
            folder=piece.folder,
            received=piece.received,
            digest=digest,
            origin=self._origin(piece, packed, digest),
            open_elsewhere=bool(marks) and open_elsewhere(piece.path, marks),
        )

    def _unpacked(self, packed: Packed) -> Entry:
        if not self.whole:
            return light_aside(packed, self.context, self._shelf)
        if self.context.judged:
            return laid_aside(packed, self.context, self._shelf)
        return unpack(packed, self.context)  # last year's filings go to other processes

    def _beside(self, folder: str) -> str:
        """Return the profile that holds for the files of a folder, as TOML, as it was at the first look; "" where there is none."""
        if folder not in self._profiles:
            self._profiles[folder] = profile_in(folder)
        return self._profiles[folder]

    def _origin(self, piece: Piece, packed: Packed, digest: str) -> bytes:
        """Return what tells a file, and what its result depends on, from any other."""
        profiles = (self.context.profile, self._beside(piece.place)) if digest else ()
        said = (digest, piece.name, packed.depends, *profiles)
        return hashlib.blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _marks(self, folder: str) -> frozenset[str]:
        """Return the files in a folder by which applications mark what they have open, as they were at the first look."""
        if folder not in self._marked:
            try:
                self._marked[folder] = frozenset(
                    path.name for path in Path(folder).iterdir() if path.name.startswith(MARKS)
                )
            except OSError:
                self._marked[folder] = frozenset()
        return self._marked[folder]

    def _results(self, pieces: Sequence[Piece]) -> Iterator[tuple[int, Packed, str]]:
        """Yield results: of unchanged files at once, of the others as they are read."""
        changed = self._changed(pieces)
        alone = self.cluster is None and (self.workers < 2 or len(pieces) <= FEW)
        soon = alone or self.cluster is not None or _forked()
        first: list[_Waiting] = []
        for item in changed:
            if not isinstance(item, _Waiting):
                yield item
            elif alone:
                yield self._here(item)
            else:
                first.append(item)
                if soon or len(first) > FEW:
                    break
        else:
            for item in first:
                yield self._here(item)
            return
        yield from self._elsewhere(first, changed)

    def _changed(self, pieces: Sequence[Piece]) -> Iterator[_Waiting | tuple[int, Packed, str]]:
        """Yield what is known of each piece: its result, or what has to be read."""
        for number, piece in enumerate(pieces):
            try:
                found = self._looked_up(number, piece)
            except GkXlError as error:
                yield number, refused(problem_of(error, piece), self.context), ""
                continue
            if not isinstance(found, _Waiting):
                self.at.unchanged += 1
            elif not piece.looked_at and is_product(found.task.data):
                self.at.total -= 1
                continue
            yield found

    def _looked_up(self, number: int, piece: Piece) -> _Waiting | tuple[int, Packed, str]:
        """Return what is known of a piece: a file that stands on its disk as it did when it was read is not read for that."""
        beside = self._beside(piece.place)
        if seen := self.store.content_of(piece):
            key = key_of(Task(piece.name, b"", beside), seen, self.context)
            if packed := self.store.get(key, self.context, whole=self.whole):
                return number, packed, seen.hex()
        task = Task(piece.name, piece.content(), beside)
        digest = hashlib.sha256(task.data).digest()
        if digest != seen:
            self.store.saw(piece, digest)
        key = key_of(task, digest, self.context)
        packed = self.store.get(key, self.context, whole=self.whole)
        return _Waiting(number, task, key, digest.hex()) if packed is None else (number, packed, digest.hex())

    def _kept(self, item: _Waiting, packed: Packed) -> tuple[int, Packed, str]:
        self.store.put(item.key, packed)
        return item.number, packed, item.digest

    def _here(self, item: _Waiting) -> tuple[int, Packed, str]:
        (packed,) = examine([item.task], self.context)
        return self._kept(item, packed)

    def _elsewhere(
        self, first: list[_Waiting], rest: Iterator[_Waiting | tuple[int, Packed, str]]
    ) -> Iterator[tuple[int, Packed, str]]:
        """Yield results as other processes give them; files that die with a process are read once more, each alone.

        After a process died the next ones are started anew.
        """
        line = _Line(first, rest)
        lost: list[_Waiting] = []
        while not line.empty:
            under_way: dict[Future[list[Packed]], list[_Waiting]] = {}
            try:
                with self._executor() as send:
                    yield from self._until_broken(send, line, under_way, lost)
            finally:  # interrupted: what came back until all processes had ended is kept
                for future, items in under_way.items():
                    if future.done() and not future.cancelled() and future.exception() is None:
                        for item, packed in zip(items, future.result(), strict=True):
                            self._kept(item, packed)
        for item in lost:
            yield self._alone(item)

    def _until_broken(
        self, send: Send, line: _Line, under_way: dict[Future[list[Packed]], list[_Waiting]], lost: list[_Waiting]
    ) -> Iterator[tuple[int, Packed, str]]:
        """Yield results until all are there, or until a process died; ``lost`` gains the files that were with it."""
        broken = False
        while under_way or not (line.empty or broken):
            while not broken and len(under_way) < 3 * self.width and (items := line.take()):
                try:
                    under_way[send([item.task for item in items])] = items
                except Exception:  # noqa: BLE001 - processes or cluster are gone
                    line.back(items)
                    broken = True
            yield from line.known()
            more = not broken and len(under_way) < 3 * self.width and not line.empty
            finished, _ = wait(under_way, 0 if more else None, FIRST_COMPLETED)
            for future in finished:
                items = under_way.pop(future)
                if future.cancelled() or future.exception() is not None:
                    lost.extend(items)
                    broken = True
                    continue
                for item, packed in zip(items, future.result(), strict=True):
                    yield self._kept(item, packed)
        if broken:
            self.cluster = None  # whatever is left is read on this machine

    @property
    def width(self) -> int:
        """How many processes there are, or may be."""
        return self.workers if self.cluster is None else max(self.workers, 8)

    def _alone(self, item: _Waiting) -> tuple[int, Packed, str]:
        """Return what comes of a file in a process of its own; where that dies, too, the reason. That is not kept."""
        with (
            spool() as folder,
            ProcessPoolExecutor(1, _processes(), _begin, (self.context,)) as executor,
        ):
            try:
                (packed,) = executor.submit(_shared, _laid_down([item.task], folder)).result()
            except BrokenProcessPool:
                return item.number, refused(DIED.format(item.task.name), self.context), item.digest
        return self._kept(item, packed)

    @contextmanager
    def _executor(self) -> Iterator[Send]:
        """Yield how files are sent to be examined."""
        if self.cluster is not None:
            yield self.cluster(self.context)
            return
        with spool() as folder:
            executor = ProcessPoolExecutor(self.workers, _processes(), _begin, (self.context,))
            try:
                yield lambda tasks: executor.submit(_shared, _laid_down(tasks, folder))
            finally:
                executor.shutdown(wait=True, cancel_futures=True)


class _Line:
    """Files waiting to be read, in handfuls; results that are known already come along."""

    def __init__(self, first: list[_Waiting], rest: Iterator[_Waiting | tuple[int, Packed, str]]) -> None:
        self._first, self._rest, self._more = first, rest, True
        self._known: list[tuple[int, Packed, str]] = []

    @property
    def empty(self) -> bool:
        """Whether nothing waits any more."""
        return not (self._first or self._more or self._known)

    def take(self) -> list[_Waiting]:
        """Return the next files, few enough to travel together; none when there are no more."""
        while self._more and len(self._first) < TOGETHER and len(self._known) < 4 * TOGETHER:
            item = next(self._rest, None)
            if item is None:
                self._more = False
            elif isinstance(item, _Waiting):
                self._first.append(item)
            else:
                self._known.append(item)
        taken, self._first = self._first[:TOGETHER], self._first[TOGETHER:]
        return taken

    def back(self, items: list[_Waiting]) -> None:
        """Take files back that could not be sent."""
        self._first = [*items, *self._first]

    def known(self) -> Iterator[tuple[int, Packed, str]]:
        """Yield the results that were known already."""
        found, self._known = self._known, []
        yield from found


def _forked() -> bool:
    """Return whether processes are started by a fork, where that is sound: all rules are there at once, one changed file is worth it."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


def _processes() -> Any:
    """Return how processes are started."""
    return get_context("fork" if _forked() else "spawn")


_CONTEXT: list[Context] = []


def _begin(context: Context) -> None:
    """Set up a process: what holds for all files, and that Ctrl+C is the first process's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, args=(os.getppid(),), daemon=True).start()
    gc.freeze()
    gc.set_threshold(*RARELY)
    _CONTEXT[:] = [context]


def _end_with_the_first(parent: int) -> None:
    """End this process once the one that began it is gone: killed, it can send no word, and this one would wait for ever."""
    first = parent_process()
    while os.getppid() == parent and (first is None or first.is_alive()):
        time.sleep(0.5)
    os._exit(1)


def _laid_down(tasks: list[Task], folder: str) -> str | list[Task]:
    """Return where files are laid down for another process to take; the files themselves where there is no room.

    Whole files would fill the pipe between the processes. When the process at its other end dies then, Python before
    3.11.6 and 3.12.1 waits for ever (python/cpython#94777).
    """
    path = Path(folder) / uuid.uuid4().hex
    try:
        with path.open("wb") as file:  # what is large is written, and read, as it lies in memory
            pickle.dump(tasks, file, pickle.HIGHEST_PROTOCOL)
    except OSError:
        path.unlink(missing_ok=True)
        return tasks
    return str(path)


def _shared(laid: str | list[Task]) -> list[Packed]:
    """Examine, with the context that the process began with, the files that were laid down."""
    if not isinstance(laid, str):
        return examine(laid, _CONTEXT[0])
    path = Path(laid)
    with path.open("rb") as file:
        tasks: list[Task] = pickle.load(file)  # noqa: S301 - of this run, in a folder of its user's alone
    path.unlink(missing_ok=True)
    return examine(tasks, _CONTEXT[0])
