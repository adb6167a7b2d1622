"""The modules of the add-in's VBA project: ours from ``macros/``, the wrappers of the worksheet functions, xlwings'."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gk_xl.addin.version import PROJECT
from gk_xl.errors import HostError
from gk_xl.packaging.settings import refuse_unknown
from gk_xl.packaging.vba import WORKBOOK_BASE, Module, module, sheet_module

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.addin.functions import WorksheetFunction

MACROS: Final = (Path(__file__).parents[2] / "macros", Path(__file__).with_name("macros"))
"""Where the texts are: in the checkout, or inside an installed package."""

WRAPPERS: Final = "GkFunctions"
SHEETS: Final = ("SheetAbout", "SheetConf", "SheetFunctions")
XLWINGS_FILE: Final = "xlwings_custom_addin.bas"

CHANGES: Final = (
    ('Public Const PROJECT_NAME As String = "myaddin"', f'Public Const PROJECT_NAME As String = "{PROJECT}"'),
    (
        '            If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then',
        "            If False Then 'changed for gk_xl: a workbook must not choose the interpreter",
    ),
)
"""The only lines of xlwings' module that differ in the add-in: (theirs, ours)."""


def macro_text(name: str) -> str:
    """Return a text of ``macros/``; HostError when it is not there."""
    for folder in MACROS:
        path = folder / name
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise HostError(f"找不到加载宏的源文件 {name}，请在完整的源码目录里生成加载宏。")


def project_modules(functions: Mapping[str, WorksheetFunction]) -> tuple[Module, ...]:
    """Return all modules of the project, documents first."""
    ours = [module(macro_text(name)) for name in ("GkRibbon.bas", "GkRun.bas", "GkDescribe.bas")]
    return (
        module(macro_text("ThisWorkbook.cls"), WORKBOOK_BASE),
        *(sheet_module(name) for name in SHEETS),
        *ours,
        module(wrappers(functions)),
        module(xlwings_module()),
    )


def xlwings_module() -> str:
    """Return the module that the installed xlwings ships for custom add-ins, with :data:`CHANGES` made.

    HostError when a line to change is not there exactly once, or when it asks for a setting we do not give: another
    version of xlwings, which somebody has to read first.
    """
    from importlib.util import find_spec

    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise HostError("没有安装 xlwings，不能生成加载宏。请先运行 pip install xlwings。")
    text = Path(spec.origin).with_name(XLWINGS_FILE).read_text(encoding="utf-8").replace("\r\n", "\n")
    lines = text.split("\n")
    for theirs, ours in CHANGES:
        if lines.count(theirs) != 1:
            raise HostError(f"这一版 xlwings 的宏与预期不同（{theirs.strip()}），请核对后再生成加载宏。")
        lines[lines.index(theirs)] = ours
    refuse_unknown(text)
    return "\n".join(lines)


def wrappers(functions: Mapping[str, WorksheetFunction]) -> str:
    """Return the module that gives each Python function a worksheet function of the same name and arguments."""
    lines = [
        f'Attribute VB_Name = "{WRAPPERS}"',
        "Option Explicit",
        "",
        "' Generated from gk_xl/addin/functions.py. Values cross, not cells: Python never calls back into a calculation.",
    ]
    for name, function in functions.items():
        declared = ", ".join(
            f"ByVal {argument.name} As Variant"
            if argument.default is None
            else f'Optional ByVal {argument.name} As Variant = "{argument.default}"'
            for argument in function.arguments
        )
        passed = ", ".join(f"ValuesOf({argument.name})" for argument in function.arguments)
        lines += [
            "",
            f"Public Function {name}({declared}) As Variant",
            f'    {name} = AskPython("{function.module}", "{name}", Array({passed}), {function.lists})',
            "End Function",
        ]
    return "\n".join(lines) + "\n"
