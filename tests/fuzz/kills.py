"""kill -9 at random moments of every kind of save: no version is lost, none is half, nothing is left lying about.

``python -m tests.fuzz.kills [--kills 200] [--seed 1] [KIND…]`` tries every kind so many times and prints one line each.
A kind is a command or button that writes files; all of them save by ``saving._put``. A button that writes into an open
workbook (marks, 采纳, 台账, 报送单) saves nothing, the application does. The caches, which are no outputs, are tried in
:mod:`tests.fuzz.test_kills`.

A child process saves version after version of a kind's outputs; the parent kills it, half of the times right after the
child said that it is about to write. Then each output must be a version that was written, ``.bak`` the one before it (or
the same, when the kill came between), ``.bak1`` the first of all, the others in the order in which they were written;
the next save must leave no temporary file behind.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.cli.main import main as command
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import edition_in_force
from gk_xl.report.docx import write_docx
from gk_xl.report.pdf import write_pdf
from gk_xl.workbook import saving
from gk_xl.workbook.build import build_workbook
from gk_xl.workbook.saving import save_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BETWEEN = 0.004  # seconds within which a save of this size is over
LONG = 0.12


def filing(number: int) -> Filing:
    """Return the filing of a version: with a fault, so that every output says something of it."""
    blank = Filing.blank(2025, Unit("示例乡人民政府", "township", "我乡", "示例县"))
    cells = dict.fromkeys(blank.cells, 0) | {"t3.received_new.natural_person": number, "t3.granted.total": 1}
    narrative = {"overview": (f"第{number}版。",), "problems": ("无。",)}
    return replace(blank, cells=cells, narrative=narrative, signed=Signature("示例乡人民政府", "2026-01-10"))


class Sources:
    """The files that commands read, made anew for each version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "读"
        self.folder.mkdir(exist_ok=True)

    def json(self, number: int) -> Path:
        return self.put("数据.json", filing(number).dumps().encode())

    def workbook(self, number: int) -> Path:
        return self.put("年报.xlsx", build_workbook(filing(number)))

    def report(self, number: int) -> Path:
        return self.put("报告.docx", write_docx(filing(number)))

    def put(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path


def run(*arguments: object) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        if command([str(argument) for argument in arguments]) == 2:
            raise SystemExit(9)


def there(folder: Path) -> Path:
    """Return a folder, made where it is not there."""
    folder.mkdir(exist_ok=True)
    return folder


def folder_of_units(at: Path, number: int) -> Path:
    """Put a folder of filings of one version."""
    return Sources(at).json(number).parent


def new_edition(at: Path, number: int) -> None:
    """Begin an edition in a folder of its own; each version begins another year, the one before it is ended anew."""
    from gk_xl.cli.commands import editions as beginning

    kept, beginning.EDITIONS = beginning.EDITIONS, there(at / "版")
    try:
        run("editions", "new", edition_in_force().first_year + 1 + number % 77)
    finally:
        beginning.EDITIONS = kept


def mended(folder: Path, number: int) -> None:
    """修复 on a workbook that is open: each version is a new file beside it."""
    from gk_xl.addin import buttons

    with opened(Sources(folder).put("年报.xlsx", build_workbook(filing(number)))) as book:
        buttons.repair(book)


def counted(folder: Path, number: int, what: str) -> None:
    """汇总 and 退回单: what the county's buttons write beside the folder."""
    from gk_xl.addin.buttons.county import made_here

    made_here(what, folder_of_units(folder, number), ["示例乡人民政府"])


class Printed:
    """Stands for LibreOffice: a PDF of any content, in no time; what is tried here is the save."""

    def converted(self, docx: bytes, _: str) -> bytes:
        return b"%PDF-1.7\n/Keywords <FEFF0067006B005F0078006C>\n" + hashlib.sha256(docx).digest() + b"\n%%EOF\n"


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Yield a workbook as an application has it open."""
    import xlwings as xw

    from gk_xl.engines import openpyxl

    openpyxl.register()
    with xw.App(visible=False) as app:
        yield app.books.open(path)


def pressed(folder: Path, number: int) -> None:
    """导出报告 on a workbook that is open."""
    from gk_xl.addin import buttons

    right = replace(filing(number), cells=dict.fromkeys(filing(1).cells, 0))
    with opened(Sources(folder).put("年报.xlsx", build_workbook(right))) as book:
        buttons.export_report(book, lambda text: "公开稿" not in text, lambda _: None)


KINDS: dict[str, Callable[[Path, int], None]] = {
    "bytes": lambda at, n: save_bytes(at / "a.bin", f"{n}".encode() * 20_000) and None,
    "new": lambda at, n: run("new", "--year", 2025, "--unit", f"第{n}乡", "-o", at / "新.xlsx"),
    "last-year": lambda at, n: run("new", "--year", 2026, "--last-year", Sources(at).workbook(n), "-o", at / "新.xlsx"),
    "edition": new_edition,
    "mark": lambda at, n: run("check", Sources(at).workbook(n), "--mark", at / "标注.xlsx"),
    "marks": lambda at, n: run("check", Sources(at).workbook(n).parent, "--mark", there(at / "标注")),
    "docx": lambda at, n: run("report", Sources(at).json(n), "--force", "-o", at / "报告.docx"),
    "public": lambda at, n: save_bytes(at / "公开.docx", write_docx(filing(n), public=True)) and None,
    "html": lambda at, n: run("report", Sources(at).json(n), "--force", "-o", at / "报告.html"),
    "pdf": lambda at, n: write_pdf(filing(n), at / "报告.pdf", converter=Printed()),  # type: ignore[arg-type]
    "refresh": lambda at, n: run("refresh", at / "改.docx", Sources(at).json(n)),
    "import": lambda at, n: run("import", Sources(at).report(n), "-o", at / "读入.xlsx"),
    "export": lambda at, n: run("export", Sources(at).workbook(n), "-o", at / "数据.json"),
    "summary": lambda at, n: run("desk", "check", Sources(at).json(n).parent, "-o", at / "汇总.xlsx") if n else None,
    "slips": lambda at, n: run("desk", "slips", Sources(at).json(n).parent, "-o", at / "意见单"),
    "total": lambda at, n: run(
        "desk", "total", folder_of_units(at, n), "--unit", "示例县人民政府", "-o", at / "县.xlsx"
    ),
    "tables": lambda at, n: run("desk", "tables", folder_of_units(at, n), "-o", at / "表"),
    "repair": lambda at, n: run("repair", Sources(at).workbook(n), "-o", at / "修复.xlsx"),
    "publish": lambda at, n: run("report", Sources(at).report(n), "--public", "-o", at / "发布.docx"),
    "button": pressed,
    "mended": mended,
    "county": lambda at, n: counted(at, n, "summary"),
    "returned": lambda at, n: counted(at, n, "slips"),
}


@dataclass
class Tried:
    """How a kind fared: kills, how many of them fell between the first byte and the last rename, what went wrong."""

    kills: int = 0
    within: int = 0
    wrong: list[str] = field(default_factory=list)
    placed: dict[Path, list[str]] = field(default_factory=dict)  # of each output, the versions that came into place
    unkept: set[Path] = field(default_factory=set)  # outputs that are made again at any time: no version is kept


def child(kind: str, folder: Path, start: int, said: int) -> None:
    """Save version after version, each written into the log before it is begun; never returns."""
    put = saving._put

    def logged(target: Path, data: bytes, *, backup: bool) -> None:
        note(folder, "begun" if backup or not target.exists() else "unkept", target, data)
        os.write(said, b"w")
        put(target, data, backup=backup)
        note(folder, "done", target, data)
        os.write(said, b"d")

    saving._put = logged  # type: ignore[assignment]
    number = start
    while True:
        KINDS[kind](folder, number)
        number += 1


def note(folder: Path, what: str, target: Path, data: bytes) -> None:
    """Write down that a version is begun or done."""
    with (folder / "log").open("a") as log:
        log.write(f"{what} {hashlib.sha256(data).hexdigest()} {target}\n")


def kill_once(kind: str, folder: Path, start: int, chance: random.Random, tried: Tried) -> None:
    """Start a child, kill it at a random moment, and judge what it left."""
    listen, said = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(listen)
            child(kind, folder, start, said)
        except BaseException as error:  # noqa: BLE001 - nothing of the parent may run in the child
            with contextlib.suppress(OSError):
                (folder / "broken").write_text(f"{type(error).__name__}: {error}")
        finally:
            os._exit(1)
    os.close(said)
    for _ in range(chance.choice((1, 1, 2, 3))):
        while os.read(listen, 1) not in (b"w", b""):
            pass
    time.sleep(chance.uniform(0, BETWEEN if chance.random() < 0.7 else LONG))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    rest = b"w"
    while piece := os.read(listen, 4096):
        rest += piece
    os.close(listen)
    tried.kills += 1
    tried.within += rest.endswith(b"w")
    if (folder / "broken").exists():
        tried.wrong.append((folder / "broken").read_text())
        (folder / "broken").unlink()
    tried.wrong += judged(folder, tried)


def judged(folder: Path, tried: Tried) -> list[str]:
    """Return what is wrong with the outputs in a folder; what is known of them grows by what came into place since."""
    begun: dict[Path, str] = {}
    placed = tried.placed
    for line in (folder / "log").read_text().splitlines():
        what, digest, name = line.split(" ", 2)
        if what == "done":
            placed.setdefault(Path(name), []).append(digest)
            begun.pop(Path(name), None)
        else:
            begun[Path(name)] = digest
            if what == "unkept":
                tried.unkept.add(Path(name))
    (folder / "log").write_text("")
    for path, digest in begun.items():
        if path.exists() and sha(path) == digest:
            placed.setdefault(path, []).append(digest)
    return [
        wrong for path, versions in placed.items() for wrong in misses(path, versions, kept=path not in tried.unkept)
    ]


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def misses(path: Path, placed: list[str], *, kept: bool) -> list[str]:
    """Return what is wrong with one output, given the versions that stood there, and whether they are kept."""
    if not kept:  # of these, versions may be alike
        last_one = path.exists() and sha(path) == placed[-1] and not path.with_name(f"{path.name}.bak").exists()
        return [] if last_one else [f"{path.name}: not the last of {len(placed)} versions, or one of them was kept"]
    last = len(placed) - 1
    files = {ending: path.with_name(path.name + ending) for ending in ("", ".bak", ".bak1", ".bak2", ".bak3")}
    number = {
        ending: placed.index(sha(file)) if sha(file) in placed else -1
        for ending, file in files.items()
        if file.exists()
    }
    order = [number[ending] for ending in (".bak1", ".bak2", ".bak3", ".bak", "") if ending in number]
    right = (
        number.get("") == last
        and number.get(".bak", last) in (last, last - 1)
        and (".bak" in number or not last)
        and (last < 2 or number.get(".bak1") == 0)
        and order == sorted(order)
        and -1 not in order
    )
    return [] if right else [f"{path.name}: versions {number} of {last}"]


def begin(kind: str, folder: Path) -> None:
    """Put what a kind needs to begin with."""
    if kind == "refresh":
        data = write_docx(filing(0))
        (folder / "改.docx").write_bytes(data)
        note(folder, "done", folder / "改.docx", data)


def warm(kind: str) -> None:
    """Save once, so that every child begins with all modules loaded."""
    with tempfile.TemporaryDirectory() as name:
        begin(kind, Path(name))
        KINDS[kind](Path(name), 1)


def attempt(kind: str, kills: int, seed: int) -> Tried:
    """Return how a kind of save fares under so many kills."""
    tried, chance = Tried(), random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix=f"kills-{kind}-"))
    (folder / "log").touch()
    store, os.environ["GK_XL_STORE"] = os.environ.get("GK_XL_STORE"), str(folder / "仓" / "desk.sqlite")
    try:
        warm(kind)
        begin(kind, folder)
        for number in range(kills):
            kill_once(kind, folder, 10_000 * (number + 1), chance, tried)
            if tried.wrong:
                return tried
        KINDS[kind](folder, 1)
        left = [path.name for path in folder.rglob(".gk_xl-*")]
        if left:
            tried.wrong.append(f"left behind: {left}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.pop("GK_XL_STORE")
        if store is not None:
            os.environ["GK_XL_STORE"] = store
    return tried


def main() -> int:
    """Try the kinds that are asked for and print how they fared; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    worst = 0
    for kind in options.kinds:
        tried = attempt(kind, options.kills, options.seed)
        print(
            f"{kind:8} {tried.kills} kills, {tried.within} within a save, {len(tried.wrong)} wrong",
            *tried.wrong,
            flush=True,
        )
        worst |= bool(tried.wrong)
    return worst


if __name__ == "__main__":
    sys.exit(main())
