"""The sheet ``gk_xl.conf`` of the add-in: where Python is, and every sentence that the macros say.

The macros themselves are ASCII. Every setting that xlwings' module asks for is given here, so that no file lying
beside a workbook can answer in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gk_xl.addin.buttons.judging import TITLE
from gk_xl.addin.version import PROJECT, VERSION
from gk_xl.addin.wording import SENTENCES
from gk_xl.engines.core.errors import Refusal
from gk_xl.errors import HostError

if TYPE_CHECKING:
    from collections.abc import Mapping

SHEET: Final = f"{PROJECT}.conf"
FUNCTIONS_SHEET: Final = f"{PROJECT}.functions"

HOME: Final = r"%LOCALAPPDATA%\gk_xl"
"""Where install.cmd puts the program: a folder of the user, which needs no administrator's rights."""
INTERPRETER: Final = rf"{HOME}\python\python.exe"

TEXTS: Final = {
    "TEXT TITLE": TITLE,
    "TEXT RUNNING": "正在处理，请稍候……",
    "TEXT NO WORKBOOK": SENTENCES[Refusal.NO_BOOK],
    "TEXT NO PYTHON": "找不到程序所用的 Python，什么也没有做。请重新运行安装文件夹里的 install.cmd；它应当在这里：",
    "TEXT STOPPED": "您按了 Esc，操作已停止。请再点一次按钮，让标记与表中的数一致。",
    "TEXT FAILED": "程序没有运行起来，工作簿没有改动。请关闭 Excel 再打开；仍不行就重新运行 install.cmd，并把下面的信息发给维护人员：",
    "TEXT NO ANSWER": "程序没有应答。请关闭 Excel 再打开；仍不行就重新运行 install.cmd。原因：",
    "TEXT ONE CELL": "。（共 {lines} 条；要看全部，请选 {rows} 行 {columns} 列，输入公式后按 Ctrl+Shift+Enter。）",
    "TEXT BETWEEN": "；",
    "TEXT COLON": "：",
}

_ASKED: Final = re.compile(r'GetConfig\("([^"]+)"')


def settings(interpreter: str = INTERPRETER) -> Mapping[str, str]:
    """Return the lines of the sheet, names in capitals because xlwings looks them up so."""
    return {
        "INTERPRETER_WIN": interpreter,
        "INTERPRETER_MAC": "",
        "INTERPRETER": "",
        "PYTHONPATH": "",
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",  # a file beside a workbook must not be imported
        "UDF MODULES": "gk_xl.addin.functions",
        "USE UDF SERVER": "False",  # GkRun asks for the server itself, and falls back on RunPython
        "DEBUG UDFS": "False",
        "SHOW CONSOLE": "False",
        "SHOW_ERROR_POPUPS": "True",  # the other choice writes a sheet into the clerk's workbook
        "TEMP DIR": "%TEMP%",
        "CONDA PATH": "",
        "CONDA ENV": "",
        "LICENSE_KEY": "",
        "ONEDRIVE_CONSUMER_WIN": "",
        "ONEDRIVE_COMMERCIAL_WIN": "",
        "SHAREPOINT_WIN": "",
        "ONEDRIVE_CONSUMER_MAC": "",
        "ONEDRIVE_COMMERCIAL_MAC": "",
        "SHAREPOINT_MAC": "",
        "VERSION": VERSION,
        **TEXTS,
    }


def refuse_unknown(source: str) -> None:
    """Raise HostError when a module asks for a setting that the sheet does not hold."""
    unknown = set(_ASKED.findall(source)) - settings().keys()
    if unknown:
        raise HostError(
            f"xlwings 的宏要求没有给出的设置：{'、'.join(sorted(unknown))}。"
            "请在 gk_xl/packaging/settings.py 里补上后再生成加载宏。"
        )
