"""导出报告 and 关于."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.following import fit_pages, follow
from gk_xl.addin.buttons.judging import Ask, Judged, asker, decider, judge, outdated, spot
from gk_xl.addin.com import folder_of, is_excel, key_of
from gk_xl.addin.edit import Edit
from gk_xl.addin.healing import healing
from gk_xl.addin.wording import spoken
from gk_xl.errors import Guarded, HostError
from gk_xl.form.finding import Finding, Severity
from gk_xl.journal import log_file
from gk_xl.workbook.kinds import is_ours
from gk_xl.workbook.saving import save_bytes
from gk_xl.workbook.sealing import asked_for

if TYPE_CHECKING:
    from gk_xl.form.filing import Filing

Write = Callable[["Filing", int, Sequence[Finding], bool], bytes]
PUBLIC = (
    "要导出公开稿吗？选“是”：公开稿，直接上网用，里面没有看不见的内容。"
    "选“否”：送审稿，给领导改的，改过以后表里的数再变，还能放进改过的稿子；里面带有看不见的数据，不要直接上网。"
)
FOLDER_PICKER = 4  # Office's msoFileDialogFolderPicker
LONGEST_NAME = 200  # bytes, so that what is put behind it fits into the 255 that disks allow
FORBIDDEN = '\\/:*?"<>|'


@spoken()
@healing("导出报告")
def export_report(
    book: Any, ask: Ask | None = None, show: Callable[[Path], None] | None = None, write: Write | None = None
) -> str:
    """导出报告: write the Word report beside the workbook and open it; with errors only when the clerk says 仍要导出."""
    judged = judge(book)
    folder = folder_of(book) or chosen_folder(book)
    failed, confirmed, public_wanted = judged.result.errors, asker(book, ask), decider(book, ask)
    told = f"{late}\n" if (late := outdated(judged)) else ""
    if failed and not confirmed(
        f"{told}校验还有 {failed} 处错误没有改正。仍要导出吗？（报告首页和文件名会注明“校验未通过”。）"
    ):
        return f"没有导出：校验还有 {failed} 处错误。请点“校验”，按“校验结果”逐条改正后再导出。"
    warned = asked_for(judged.content)
    told += f"{warned}也可以照样导出。\n" if warned else ""
    public = not failed and public_wanted(f"{told}{PUBLIC}")
    name = "".join(letter for letter in judged.filing.title if letter not in FORBIDDEN).strip() or Path(book.name).stem
    name = name.encode()[:LONGEST_NAME].decode(errors="ignore")
    ending = f"（校验未通过{failed}处）" if failed else "（公开稿）" if public else ""
    target = folder / f"{name}{ending}.docx"
    if target.exists() and not confirmed(replacing(target)):
        return f"没有导出：“{target.name}”没有改动。"
    findings = [
        finding for finding in judged.result.findings if finding.severity is Severity.ERROR and not finding.waived
    ]
    made = (write or written)(judged.filing, failed, findings, public)
    followed = _kept_up(book, judged)  # before the report is saved: a workbook that refuses must not follow a new file
    save_bytes(target, made, force=True)
    (show or open_file)(target)
    marked = f"首页注明校验未通过 {failed} 处，每处错误都有批注。"
    shorter = "" if judged.filing.unit.name in judged.filing.title else f"报告标题按惯例写作“{judged.filing.title}”。"
    return f"{followed}{shorter}已导出“{target}”，" + (
        marked if failed else "已打开。要 PDF，请在打开的文稿里另存为（或“导出为”）PDF。工作簿也请保存（Ctrl+S）。"
    )


def _kept_up(book: Any, judged: Judged) -> str:
    """Bring the workbook's own text and pages up to what the report says, and tell it; where a password forbids it, that.

    The report holds the tables' numbers either way.
    """
    try:
        with spoken(), Edit(book, "导出报告") as edit:
            followed = follow(edit, book, judged)
            fit_pages(book, judged)
    except Guarded as error:
        behind = [judged.place(f"narrative.{part}.{number + 1}") for part, number, *_ in judged.reading.behind()]
        shown = "、".join(spot(place) for place in behind if place)
        return f"报告里的数已按表更新，工作簿里的正文（{shown}）没有跟着改：{error}"
    return followed


def replacing(target: Path) -> str:
    """Return the question whether a file may be replaced; it says when this tool did not write it."""
    try:
        foreign = not is_ours(target.read_bytes())
    except OSError:
        foreign = False  # the save says what is wrong with it
    whose = "，它不是用本工具导出的" if foreign else ""
    return f"已经有“{target.name}”{whose}。替换它吗？（原来的另存为“{target.name}.bak”；领导改过的稿子请先另存。）"


def chosen_folder(book: Any) -> Path:
    """Return the folder that the clerk chooses for the report of a workbook in the web; HostError when none is."""
    if not is_excel(book) or "://" not in key_of(book):
        raise HostError("工作簿还没有保存过，不知道报告放在哪里。请先保存工作簿，再点“导出报告”。")
    dialog = book.app.api.FileDialog(FOLDER_PICKER)
    dialog.Title = "工作簿在网盘（OneDrive、SharePoint）上。请选择报告放在哪个文件夹"
    folder = Path(dialog.SelectedItems(1)) if dialog.Show() and dialog.SelectedItems.Count else None
    if folder is None or not folder.is_dir():
        raise HostError("没有选择文件夹，没有导出。")
    return folder


def written(filing: Filing, failed: int, findings: Sequence[Finding], public: bool = False) -> bytes:
    """Return the Word report, made in this process."""
    from gk_xl.report.docx import write_docx

    return write_docx(filing, failed=failed, findings=findings, public=public)


def open_file(path: Path) -> None:
    """Open a file in the program the clerk has for it; without one, nothing happens."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - the report just written
    else:
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        try:
            subprocess.Popen(  # noqa: S603 - a fixed program, no shell
                [opener, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError:
            return


def about(book: Any = None) -> str:
    """关于: version, Python, application, log file, and where to read on."""
    try:
        number = version("gk_xl")
    except PackageNotFoundError:
        number = "（未安装的版本）"
    host = f"，{book.app.engine.name} {book.app.version}" if book is not None else ""
    return (
        f"政府信息公开年报工具 {number}（Python {platform.python_version()}{host}）。"
        f"怎么填见工作簿的“使用说明”；出错日志在 {log_file()}。"
    )
