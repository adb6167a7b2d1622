"""desk: everything that was handed in, read as the options say, with progress; and the tables of a province."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

from gk_xl.cli.commands.profiles import asked_profile
from gk_xl.cli.exit_codes import COULD_NOT, DONE, FOUND
from gk_xl.desk.batch import Means, handed_in
from gk_xl.desk.entry import MISSING
from gk_xl.desk.noted import SUMMARY, read_noted
from gk_xl.desk.rounds import FOLDER
from gk_xl.desk.store import Store, store_file
from gk_xl.errors import Interrupted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gk_xl.desk.batch import HandedIn
    from gk_xl.desk.context import Context
    from gk_xl.desk.entry import Entry
    from gk_xl.desk.examining import Send
    from gk_xl.desk.running import Progress

EVERY: Final = 0.2  # seconds between two looks of the line
WIDE: Final = 28


def read_all(options: argparse.Namespace, each: Callable[[int, Entry], Entry] | None = None) -> HandedIn:
    """Return all that was handed in, read and checked; what was read stays known when the run is interrupted."""
    store = known_results(options)
    line = Line()
    try:
        with _cluster(options) as cluster:
            return handed_in(
                options.files,
                options.last_year or (),
                options.roster,
                asked_profile(options),
                not_handed_in(options),
                Means(store, options.workers, cluster, line.show),
                each,
                {} if each else read_noted(summary_file(options)),
            )
    except KeyboardInterrupt:
        done, total = line.done
        line.end()
        said = f"已中断：{total} 份里读完了 {done} 份，结果已存下；再运行一次，只读剩下的。这一次没有写出文件。"
        raise Interrupted(said) from None
    finally:
        store.close()
        line.end()


def known_results(options: argparse.Namespace) -> Store:
    """Return the store of what came of earlier runs; one that keeps nothing where all is to be done afresh."""
    return Store(None if options.afresh else store_file())


def not_handed_in(options: argparse.Namespace) -> list[Path]:
    """Return what may lie in the folder and is no unit's: what is written, the slips, 本级's own filing."""
    return [path for path in (options.output, slips_folder(options), options.own) if path is not None]


def summary_file(options: argparse.Namespace) -> Path:
    """Return the summary in which reasons are noted: the one that is named, else the one to be written, else the one beside it."""
    usual = options.output if options.action == "check" else options.output.absolute().parent / SUMMARY
    given: Path = options.reasons or usual
    return given


def slips_folder(options: argparse.Namespace) -> Path:
    """Return where slips lie: where they are written, else where they are said to be, else in their usual place."""
    if options.action == "slips":
        written: Path = options.output
        return written
    given: Path = options.slips or options.output.absolute().parent / FOLDER
    return given


@contextmanager
def _cluster(options: argparse.Namespace) -> Iterator[Callable[[Context], Send] | None]:
    """Yield the way to the cluster that was asked for; None where none was."""
    if not options.scheduler:
        with nullcontext():
            yield None
        return
    from gk_xl.desk.cluster import cluster

    with cluster(options.scheduler) as found:
        yield found


class Line:
    """One line on a terminal: how many of how many, files a second, time remaining, the file looked at last."""

    def __init__(self) -> None:
        self._shown = 0.0
        self._open = False
        self.done = (0, 0)

    def show(self, at: Progress) -> None:
        """Show how far the run has come, not more often than one can read it."""
        self.done = at.done, at.total
        now = time.monotonic()
        if at.total < 4 or not sys.stderr.isatty() or (now - self._shown < EVERY and at.done < at.total):
            return
        self._shown, self._open = now, True
        print(f"\r{told(at):<78}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """End the line."""
        if self._open:
            print(file=sys.stderr)
            self._open = False


def told(at: Progress) -> str:
    """Return how far a run has come in one line."""
    bar = "█" * (20 * at.done // max(at.total, 1))
    same = f"（未变 {at.unchanged}）" if at.unchanged else ""
    rest = duration(at.remaining) if at.done < at.total else "完成"
    name = at.file if len(at.file) <= WIDE else f"{at.file[: WIDE - 1]}…"
    return f"{bar:░<20} {at.done}/{at.total}{same} 每秒 {at.rate:.0f} 份，{rest} {name}"


def duration(seconds: float) -> str:
    """Return a time as one says it: 还要 8 秒, 还要 2 分 5 秒, 还要 1 小时 20 分."""
    whole = round(seconds)
    if whole < 60:
        return f"还要 {whole} 秒"
    if whole < 3600:
        return f"还要 {whole // 60} 分 {whole % 60} 秒"
    return f"还要 {whole // 3600} 小时 {whole % 3600 // 60} 分"


def write_tables(options: argparse.Namespace) -> int:
    """Write the Parquet tables into a folder; what is held in memory are each unit's counts, and the packed tables."""
    from gk_xl.desk.tables import Tables

    tables = Tables(options.output, force=options.force)
    numbers: dict[str, int] = {}

    def each(number: int, entry: Entry) -> Entry:
        numbers[entry.file] = number
        return tables.add(number, entry)

    found = read_all(options, each).collection
    tables.finish(found, numbers)
    unread, failed = len(found.unreadable), len(found.failed)
    print(
        f"已在 {options.output} 写好 units.parquet、cells.parquet、findings.parquet：{len(found.entries)} 份，"
        f"读不了 {unread}，未通过 {failed}，重复 {sum(len(twice.others) for twice in found.duplicates)}，"
        f"{MISSING} {len(found.missing)}。"
    )
    return COULD_NOT if unread else FOUND if failed else DONE
