"""Files → imports: the one door. What a file is, its content tells; one sentence for each file that cannot be read.

Files that this package wrote come back exactly (:func:`exact_reader`); every other file becomes a document
(:mod:`gk_xl.sources.formats`), in which the form is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gk_xl.errors import FormError, SourceError
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import NARRATIVE, base_id
from gk_xl.form.refusals import in_chinese, shown
from gk_xl.journal import unforeseen
from gk_xl.sources.archive import files_of, is_archive, undecided
from gk_xl.sources.formats import format_of
from gk_xl.sources.formats.encoding import decode
from gk_xl.sources.formats.one_line import with_lines
from gk_xl.sources.formats.signs import is_json, members, other_kind
from gk_xl.sources.model import Imported, NoteKind, Request, missing_notes, note
from gk_xl.sources.other_kinds import illegible, require_report, require_tables
from gk_xl.sources.rivals import own_tables
from gk_xl.sources.several import one_report
from gk_xl.sources.text import import_document
from gk_xl.sources.values import entered
from gk_xl.workbook.kinds import carries_filing, is_ours, is_product

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from gk_xl.form.schema import CellId
    from gk_xl.sources.model import Note

LARGEST: Final = 20 * 1024 * 1024
"""Bytes; a report is some 10 KB of text, a Word file may hold pictures: a larger one is something else."""

_OWNER: Final = "~$"
"""How the names of files begin that Word and Excel lay beside an open one."""


def import_sources(paths: Sequence[Path], year: int | None = None, unit: Unit | None = None) -> Imported:
    """Return one filing from the files of one report; several files complete each other, the first prevails.

    SourceError, in one Chinese sentence, for a file that cannot be read as a report. No file is changed.
    """
    if not paths:
        raise SourceError("没有给出要导入的文件；请写上年度报告文件的路径。")
    imports = [_import_file(path, year, unit, alone=len(paths) == 1) for path in paths]
    if len(imports) == 1:
        return _entered(imports[0])
    known = next((found.filing.year for found in imports if found.filing.year is not None), None)
    imports = [
        found if found.filing.year is not None else _import_file(path, known, unit)
        for path, found in zip(paths, imports, strict=True)
    ]
    return _entered(_merged([str(path) for path in paths], imports))


def _entered(imported: Imported) -> Imported:
    """Return an import whose filing is clean, with a note on each place where something had to be taken away."""
    filing = entered(imported.filing)
    told = [
        note(NoteKind.UNPLACED, (), "年度", f"年度“{found}”不可能，没有放入；请在封面填写。", found=found)
        if place == "year"
        else note(
            NoteKind.NORMALISED, (), _place(filing, place), f"去掉了看不见的控制字符（{found}）；请看看文字是否完整。"
        )
        for place, found in filing.noted.items()
    ]
    return replace(imported, filing=filing, notes=(*imported.notes, *told))


def _place(filing: Filing, place: str) -> str:
    """Return how a note names the place of a filing."""
    if place in filing.form.cells:
        return filing.form.describe(place)
    kind, _, rest = place.partition(".")
    part, _, number = rest.partition(".")
    if kind != "narrative":
        return "封面"
    return f"{filing.form.part_name(part)}第 {number} 段"


def _import_file(path: Path, year: int | None, unit: Unit | None, *, alone: bool = False) -> Imported:
    """Return what one file holds; ``alone`` where no other file completes it, so that its tables must be there."""
    data = _read(path)
    with _ours_to_mend(path):
        return _import_data(data, path, year, unit, alone=alone)


def import_content(data: bytes, path: Path) -> Imported:
    """Return one filing from the content of a whole report; ``path`` is how messages call it. Errors as above."""
    with _ours_to_mend(path):
        return _entered(_import_data(data, path, alone=True))


def _ours_to_mend(path: Path) -> AbstractContextManager[None]:
    """Let what nobody foresaw be a SourceError that says how to go on and accuses no file."""
    sentence = (
        f"{path} 没有读成，是本程序的毛病，不是文件坏了，已记入日志 {{log}}，可连同文件发给维护人员；"
        "请打开它，把全文复制到新建的 Word 文档里，另存为 .docx 再导入。"
    )
    return unforeseen(f"import {path}", SourceError, sentence)


def _import_data(
    data: bytes, path: Path, year: int | None = None, unit: Unit | None = None, *, alone: bool = False
) -> Imported:
    """Return what a report's content holds; of an archive, the one report in it."""
    if not is_archive(data):
        return _import_one(data, path, year, unit, alone=alone)
    found: dict[str, Imported] = {}
    refused: list[str] = []
    for name, content in (files := files_of(data, f"{path}", LARGEST)):
        try:
            found[name] = _import_one(content, path.with_name(f"{path.name} › {name}"), year, unit, alone=alone)
        except SourceError as error:
            refused.append(str(error).rstrip("。"))
    if len(found) == 1:
        name, imported = found.popitem()
        others = "、".join(other for other, _ in files if other != name)
        told = f"{path} 是压缩文件，读的是里面的 {name}。" + (f"{others} 不是报告，没有读。" if others else "")
        return replace(imported, notes=(note(NoteKind.READ, (), "文件", told), *imported.notes))
    if len(refused) == len(files) == 1:
        raise SourceError(f"{path} 是压缩文件，里面的文件读不成报告：{refused[0]}；也可以先解压再看。")
    raise undecided(f"{path}", f"有 {len(found)} 份报告（{'、'.join(found)}），分不出要哪一份" if found else "")


def _import_one(data: bytes, path: Path, year: int | None, unit: Unit | None, *, alone: bool) -> Imported:
    request = Request(str(path), year, unit)
    exact = exact_reader(data, path)
    if exact is not None:
        return exact(data, request)
    found = format_of(data)
    if found is None:
        raise SourceError(_unreadable(data, path))
    document = own_tables(one_report(with_lines(found.read(data, request.source)), year), year)
    require_report(document, request.source)
    imported = import_document(document, request.source, year, unit)
    if alone:
        require_tables(document, imported, request.source)
    remarks = [note(NoteKind.READ, (), "文件", remark) for remark in (*document.remarks, *illegible(document))]
    if document.by_line:
        encoding = document.remarks[0]
        remarks[0] = note(NoteKind.READ, (), "编码", f"{request.source} 按 {encoding} 编码读取。", read=encoding)
    elif path.suffix.lower() not in found.suffixes:
        remarks.append(note(NoteKind.READ, (), "文件", f"{request.source} 其实是{found.label}，按{found.label}读取。"))
    return replace(imported, notes=(*remarks, *imported.notes))


def _unreadable(data: bytes, path: Path) -> str:
    """Return why a file cannot be read and what to do, in one sentence."""
    if data.startswith(b"PK") and not members(data):
        return f"{path} 已经损坏，打不开；请重新下载，或用 Word、WPS 打开修复后另存一份再导入。"
    kind = other_kind(data)
    assert kind is not None  # else it is a text, which is a format
    return f"{path} 其实是{kind.label}，{kind.instead}。"


def _read(path: Path) -> bytes:
    """Return a file's bytes; SourceError when there is no file, or none of a report's size."""
    try:
        if path.is_dir():
            raise SourceError(f"{path} 是文件夹，不是文件；请指定其中的年度报告文件。")
        if not path.exists():
            raise SourceError(f"找不到文件 {path}；请检查路径和文件名。")
        if not path.is_file():
            raise SourceError(f"{path} 不是普通文件，不能读取；请换成年度报告文件。")
        if path.name.startswith(_OWNER):
            raise SourceError(
                f"{path} 是 Word、Excel 打开文件时在旁边放的临时文件，不是报告；请选名字里没有“{_OWNER}”的那一个。"
            )
        size = path.stat().st_size
        if size > LARGEST:
            megabytes = size / 1024 / 1024
            raise SourceError(f"{path} 有 {megabytes:.1f} MB，超过 20 MB，不像年度报告；请只保留报告正文再导入。")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{shown(path)} 读不出来（{in_chinese(error)}）；请检查权限，或关闭占用它的程序后再试。"
        ) from None
    except ValueError:  # a NUL in the name
        raise SourceError(f"{shown(path)} 不是文件名；请核对后再试。") from None


def _import_json(data: bytes, request: Request) -> Imported:
    """Read a filing as JSON; ``placed`` gives the line of each cell's key."""
    text, _ = decode(data, request.source)
    try:
        filing = Filing.loads(text, request.source)
    except FormError as error:
        said = str(error).rstrip("。")
        reason = said if request.source in said else f"{request.source} 读不进来：{said}"
        raise SourceError(f"{reason}；请从工作簿重新导出这份填报数据。") from None
    placed: dict[CellId, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for name in re.findall(r'"(t\d[\w.]*)"\s*:', line):
            if name in filing.cells and filing.cells[name] is not None:
                placed.setdefault(name, number)
    if request.year is not None and request.year != filing.year:
        raise SourceError(
            f"{request.source} 是 {filing.year} 年的填报数据，与指定的 {request.year} 年不一致；请核对年度。"
        )
    if request.unit is not None:
        filing = replace(filing, unit=_filled(request.unit, filing.unit))
    return Imported(filing, tuple(missing_notes(filing, placed)), placed)


Reader = Callable[[bytes, Request], Imported]


def exact_reader(data: bytes, path: Path) -> Reader | None:
    """Return who reads a file that this package wrote, so that it comes back exactly; None for everybody else's."""
    names = members(data)
    if "word/document.xml" in names and carries_filing(data):
        from gk_xl.sources.docx import import_docx

        return import_docx
    if "xl/workbook.xml" in names and is_ours(data) and not is_product(data):
        return _import_workbook
    return _import_json if is_json(data) or path.suffix.lower() == ".json" else None


def _import_workbook(data: bytes, request: Request) -> Imported:
    """Return the filing of a workbook of ours."""
    from pathlib import Path

    from gk_xl.workbook.read import read_content
    from gk_xl.workbook.repair.run import left_behind

    path = Path(request.source)
    filing = read_content(data, path).filing
    left = [
        note(NoteKind.UNPLACED, (), "原工作簿", f"{what}没有带过来，仍在“{path.name}”里。", found=what)
        for what in left_behind(data, path)
    ]
    return Imported(filing, (*left, *missing_notes(filing, {})))


def _filled(first: Unit, second: Unit) -> Unit:
    """Return ``first`` with what is empty taken from ``second``."""
    return Unit(*(getattr(first, name) or getattr(second, name) for name in ("name", "kind", "self_word", "county")))


def _merged(sources: Sequence[str], imports: Sequence[Imported]) -> Imported:
    """Return one filing of several: what the first lacks comes from the next, contradictions are listed."""
    filing, placed = imports[0].filing, dict(imports[0].placed)
    notes = [_named(remark, sources[0]) for remark in imports[0].notes if remark.kind is not NoteKind.MISSING]
    for source, imported in zip(sources[1:], imports[1:], strict=True):
        other = imported.filing
        if other.year != filing.year:
            raise SourceError(
                f"{source} 是 {other.year} 年的，{sources[0]} 是 {filing.year} 年的，不是同一份报告；请分别导入。"
            )
        if base_id(other.edition) != base_id(filing.edition):
            raise SourceError(f"{source} 与 {sources[0]} 不是同一版表格，不能合成一份；请一次只导入一版的文件。")
        notes += [_named(remark, source) for remark in imported.notes if remark.kind is not NoteKind.MISSING]
        notes += _contradictions(source, filing, other)
        new = {name: value for name, value in other.cells.items() if filing.value(name) is None and value is not None}
        placed |= {name: imported.placed[name] for name in new if name in imported.placed}
        filing = replace(
            filing,
            unit=_filled(filing.unit, other.unit),
            cells={**filing.cells, **new},
            narrative={part: filing.paragraphs(part) or other.paragraphs(part) for part in NARRATIVE},
            signed=Signature(filing.signed.name or other.signed.name, filing.signed.date or other.signed.date),
            units={**other.units, **filing.units},
            doubts={**filing.doubts, **{name: doubt for name, doubt in other.doubts.items() if name in new}},
        )
    return Imported(filing, (*notes, *missing_notes(filing, placed)), placed)


def _contradictions(source: str, filing: Filing, other: Filing) -> list[Note]:
    """List what a further file says otherwise than the files before it; the earlier files prevail."""
    notes = []
    for cell_id, value in other.cells.items():
        own = filing.value(cell_id)
        if value is not None and own is not None and value != own:
            place = filing.form.describe(cell_id)
            message = f"{source} 的{place}是 {value}，前面的文件是 {own}，按前面的放入；请核对。"
            notes.append(note(NoteKind.UNPLACED, (), place, message, found=str(value), read=str(own)))
    for part in NARRATIVE:
        own_text, text = filing.paragraphs(part), other.paragraphs(part)
        if own_text and text and own_text != text:
            place = filing.form.part_name(part)
            message = f"{source} 的“{place}”与前面的文件不同，没有放入；请核对。"
            notes.append(note(NoteKind.UNPLACED, (), place, message, found="\n".join(text)))
    return notes


def _named(remark: Note, source: str) -> Note:
    """Return a note whose place names its file."""
    return replace(remark, where=f"{source} {remark.where}".strip())
