"""What boxes say, in the clerk's words: where they lead, and what an engine refuses with what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from gk_xl.engines.core.errors import EngineError, Refusal
from gk_xl.errors import Guarded, HostError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GO: Final = "现在去看第一处吗？"
_UNPROTECT: Final = "请先撤销工作表保护（“审阅”→“撤销工作表保护”）再试。"
SENTENCES: Final[Mapping[Refusal, str]] = {
    Refusal.LOCKED_CELL: "工作表“{sheet}”的 {address} 是锁定的格子，不能改。" + _UNPROTECT,
    Refusal.LOCKED_LOOKS: "工作表“{sheet}”有保护，{address} 的颜色、批注和链接不能改。" + _UNPROTECT,
    Refusal.LOCKED_STRUCTURE: (
        "工作簿“{book}”的结构有保护，不能增删或改名工作表。请先撤销工作簿保护（“审阅”→“保护工作簿”）再试。"
    ),
    Refusal.PASSWORD: "工作表“{sheet}”的保护设了密码，程序写不进去。" + _UNPROTECT,
    Refusal.MERGED_CELL: "工作表“{sheet}”的 {address} 是合并单元格的一部分，写不进去。请先取消合并再试。",
    Refusal.NO_BOOK: "没有打开的工作簿。请先打开年报工作簿，再点这个按钮。",
    Refusal.NO_WINDOW: "没有可以提问的窗口，什么也没有做：{prompt}",
    Refusal.NOT_CALCULATED: "没有打开的表格程序，公式算不了。请用 Excel、WPS 或 LibreOffice 打开文件。",
    Refusal.NOT_DRAWN: "没有打开的表格程序，画不出页面也打印不了（{what}）。请用 Excel、WPS 或 LibreOffice 打开文件。",
    Refusal.NOT_OPENED: "没能打开“{path}”：可能正在别处打开，或文件已损坏。请关闭后再试。",
    Refusal.NOT_A_SPREADSHEET: "“{path}”不是表格。请打开年报工作簿（.xlsx）。",
    Refusal.UNKNOWN_FORMAT: "不能存成“{suffix}”格式。请把文件名改成以 .xlsx 结尾。",
    Refusal.UNSUPPORTED: "这一步在这里做不了（{what}）。请在 Excel 或 LibreOffice 里打开工作簿再试。",
    Refusal.NO_OFFICE: "没有找到 LibreOffice（soffice）。请安装 LibreOffice 后再试。",
    Refusal.NO_BRIDGE: ("这个 Python（{version}）用不了 LibreOffice 的 uno 模块。请让维护人员安装这个模块后再试。"),
    Refusal.NO_ANSWER: "LibreOffice 没有应答，请确认它已经打开后再试。",
    Refusal.REFUSED: "LibreOffice 没有接受这一步（{why}）。请先按回车结束单元格编辑、关闭打开的对话框后再试。",
}


def sentence(error: EngineError) -> str:
    """Return what to tell a clerk of an engine's refusal."""
    return SENTENCES[error.refusal].format(**error.facts)


@contextmanager
def spoken() -> Iterator[None]:
    """Turn what an engine refuses into a HostError with the clerk's sentence; a decorator of buttons as well."""
    try:
        yield
    except EngineError as error:
        kind = Guarded if error.refusal is Refusal.PASSWORD else HostError
        raise kind(sentence(error)) from error
