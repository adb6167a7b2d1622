"""What the ribbon's buttons call: the workbook in front → a button of buttons.py → one sentence in a message box.

Nothing leaves these functions as an exception: the clerk gets a sentence with the next step, the log the traceback.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from gk_xl.addin.com import BUSY, GONE, answer, catch_up, patient, reason, tame
from gk_xl.errors import CalledOff, GkXlError, HostError
from gk_xl.journal import write_down
from gk_xl.workbook.pointing import FIRST

if TYPE_CHECKING:
    import xlwings as xw

BUTTONS: Final = (
    "check", "next_finding", "previous_finding", "clear_marks", "accept_proposal", "accept_all", "undo", "fill_totals", "fill_zeros", "import_report", "load_last_year", "take_ledger", "make_slip", "export_report",
    "repair", "summarise", "return_marked", "about",
)  # fmt: skip
IN_FRONT: Final = 0x10000 | 0x30  # MB_SETFOREGROUND, a warning sign


def check(addin: str = "") -> None:
    """校验. ``addin`` is the version of the add-in that calls; so for all buttons."""
    press("check", addin)


def next_finding(addin: str = "") -> None:
    """下一处."""
    press("next_finding", addin)


def previous_finding(addin: str = "") -> None:
    """上一处."""
    press("previous_finding", addin)


def clear_marks(addin: str = "") -> None:
    """清除标记."""
    press("clear_marks", addin)


def accept_proposal(addin: str = "") -> None:
    """采纳建议."""
    press("accept_proposal", addin)


def accept_all(addin: str = "") -> None:
    """全部采纳."""
    press("accept_all", addin)


def undo(addin: str = "") -> None:
    """撤销上一步."""
    press("undo", addin)


def fill_totals(addin: str = "") -> None:
    """合计."""
    press("fill_totals", addin)


def fill_zeros(addin: str = "") -> None:
    """一键补零."""
    press("fill_zeros", addin)


def import_report(addin: str = "") -> None:
    """导入报告."""
    press("import_report", addin)


def load_last_year(addin: str = "") -> None:
    """载入上年."""
    press("load_last_year", addin)


def take_ledger(addin: str = "") -> None:
    """台账汇入."""
    press("take_ledger", addin)


def make_slip(addin: str = "") -> None:
    """报送单."""
    press("make_slip", addin)


def export_report(addin: str = "") -> None:
    """导出报告."""
    press("export_report", addin)


def repair(addin: str = "") -> None:
    """修复."""
    press("repair", addin)


def summarise(addin: str = "") -> None:
    """汇总."""
    press("summarise", addin)


def return_marked(addin: str = "") -> None:
    """退回单."""
    press("return_marked", addin)


def about(addin: str = "") -> None:
    """关于."""
    press("about", addin)


def press(name: str, addin: str = "") -> None:
    """Run a button on the workbook whose add-in called, and say in a message box what came of it."""
    book = None
    try:
        book = calling_book()
        refuse_other_version(addin)
        text = run(name, book)
        if not (FIRST in text and lead(name, text, book)):
            tell(text, book)
    except Exception as error:  # noqa: BLE001 - an exception that crosses COM reaches the clerk in English
        tell(sentence(name, error), book, bad=not isinstance(error, CalledOff))


def lead(name: str, text: str, book: xw.Book) -> bool:
    """Show a verdict and lead to the first thing to mend; False when the list names none, or the button gives no verdict."""
    from gk_xl.addin.buttons.judging import TITLE
    from gk_xl.addin.buttons.walking import LEADING, led

    return name in LEADING and led(book, text, TITLE)


def run(name: str, book: xw.Book) -> str:
    """Run a button on a workbook and return its sentence."""
    from gk_xl.addin import buttons

    return str(getattr(buttons, name)(book)) + catch_up(book)


def refuse_other_version(addin: str) -> None:
    """Raise HostError when an add-in of another version calls; a call that names none comes from ourselves."""
    from gk_xl.addin.version import VERSION

    if addin and addin != VERSION:
        raise HostError(
            f"Excel 里的加载宏是 {addin} 版，程序是 {VERSION} 版，什么也没有做。请关闭 Excel，重新运行 install.cmd。"
        )


def calling_book() -> xw.Book:
    """Return the workbook that the add-in called from; HostError where there is none."""
    import xlwings

    tame()
    try:
        book: xw.Book = patient(xlwings.Book.caller())
    except Exception as error:
        if answer(error) in BUSY | GONE:
            raise
        raise HostError("没有从 Excel 里调用。请在打开的工作簿里点功能区的按钮。") from error
    return book


def sentence(name: str, error: BaseException) -> str:
    """Return what to tell a clerk of an error; what nobody foresaw goes to the log, whose place is named."""
    if isinstance(error, GkXlError):
        return str(error)
    if answer(error) in BUSY:
        return "Excel 正忙，什么也没有做：可能有单元格正在编辑，或开着别的对话框。请按回车或 Esc 结束后再点一次。"
    if answer(error) in GONE:
        return "Excel 或工作簿已经关闭，操作没有完成。请重新打开工作簿后再点一次。"
    if isinstance(error, KeyboardInterrupt):
        return "操作已停止。请再点一次按钮，让标记与表中的数一致。"
    path = write_down(name, error)
    if reason(error):
        return f"Excel 没有接受这一步（{reason(error)}），写过的已经还原。请再试一次；仍不行请把日志文件发给维护人员：{path}"
    return f"程序内部出错，请先不要保存，核对表里的数后再试。请把日志文件发给维护人员：{path}"


def tell(text: str, book: xw.Book | None = None, *, bad: bool = False) -> None:
    """Show a sentence: in the application that holds the workbook, else in a box of Windows, else on the terminal."""
    from gk_xl.addin.buttons.judging import TITLE

    if book is not None:
        try:
            book.app.alert(text, TITLE, buttons="ok", mode="critical" if bad else "info")
        except Exception as error:  # noqa: BLE001 - the sentence matters more than where it is shown
            write_down("alert", error)
        else:
            return
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, TITLE, IN_FRONT)
    else:
        print(text, file=sys.stderr)
