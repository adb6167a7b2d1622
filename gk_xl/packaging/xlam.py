"""VBA project, ribbon and sheets → ``gk_xl.xlam``, the same bytes every time.

A zip of few parts, written here: a visible sheet that says what the file is (a workbook needs one), the settings and
the function wizard's texts on hidden sheets, the project, the ribbon in its two vintages.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from gk_xl.addin.buttons.judging import TITLE
from gk_xl.addin.version import PROJECT, VERSION
from gk_xl.engines.core.addresses import column_letters
from gk_xl.packaging.modules import SHEETS, macro_text, project_modules
from gk_xl.packaging.settings import FUNCTIONS_SHEET, INTERPRETER, SHEET, settings
from gk_xl.packaging.vba import vba_project
from gk_xl.workbook.build import EPOCH
from gk_xl.workbook.namespaces import PACKAGE, RELATIONS, SPREADSHEET_ML, XML_HEAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gk_xl.packaging.vba import Module

ADDIN: Final = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
RIBBON: Final = "http://schemas.microsoft.com/office/2009/07/customui"
RIBBON_2007: Final = "http://schemas.microsoft.com/office/2006/01/customui"
STAMP: Final = EPOCH.timetuple()[:6]  # a fixed stamp: the same text gives the same bytes

_DOCUMENT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MICROSOFT: Final = "http://schemas.microsoft.com/office"


def build_xlam(interpreter: str = INTERPRETER) -> bytes:
    """Return the add-in; ``interpreter`` is the python.exe that it starts, variables of the environment allowed."""
    from gk_xl.addin.functions import FUNCTIONS

    described = [
        (name, function.summary, *(argument.text for argument in function.arguments))
        for name, function in FUNCTIONS.items()
    ]
    about = (
        (f"{TITLE}加载宏 {VERSION}",),
        (
            "这个文件由 gk-xl addin build 生成，随 Excel 自动载入，功能区里的“信息公开年报”选项卡和 GK_ 开头的函数都来自它。",
        ),
        ("请不要在这里填数。安装、卸载和遇到问题时怎么办，见安装文件夹里的“使用说明.txt”。",),
    )
    sheets = {"关于": about, SHEET: tuple(settings(interpreter).items()), FUNCTIONS_SHEET: tuple(described)}
    return package(project_modules(FUNCTIONS), sheets)


def package(
    modules: Sequence[Module], sheets: Mapping[str, Sequence[Sequence[str]]], content_type: str = ADDIN
) -> bytes:
    """Return the package of a project; sheets beyond the first are hidden. Tests wrap a project as .xlsm with it."""
    ribbon = macro_text("customUI14.xml")
    parts: dict[str, str | bytes] = {
        "_rels/.rels": _relationships(
            (f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_MICROSOFT}/2006/relationships/ui/extensibility", "customUI/customUI.xml"),
            (f"{_MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ),
        "docProps/core.xml": _core(),
        "customUI/customUI.xml": ribbon.replace(RIBBON, RIBBON_2007),
        "customUI/customUI14.xml": ribbon,
        "xl/workbook.xml": _workbook(list(sheets)),
        "xl/_rels/workbook.xml.rels": _relationships(
            *((f"{RELATIONS}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)),
            (f"{RELATIONS}/styles", "styles.xml"),
            (f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/styles.xml": _styles(),
        "xl/vbaProject.bin": vba_project(PROJECT, modules),
    }
    for number, rows in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(SHEETS[number - 1], rows)
    parts = {"[Content_Types].xml": _content_types(parts, content_type), **parts}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            out.writestr(info, part)
    return buffer.getvalue()


def _content_types(parts: Mapping[str, str | bytes], workbook: str) -> str:
    known = {
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "xl/workbook.xml": workbook,
        "xl/styles.xml": f"{_DOCUMENT}.styles+xml",
    }
    known |= {name: f"{_DOCUMENT}.worksheet+xml" for name in parts if name.startswith("xl/worksheets/")}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in known.items())
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("bin", "application/vnd.ms-office.vbaProject"),
        )
    )
    return f'{XML_HEAD}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relationships(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML_HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _core() -> str:
    day = f"{EPOCH.isoformat()}Z"
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{TITLE}加载宏</dc:title><dc:description>{VERSION}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created></cp:coreProperties>'
    )


def _workbook(titles: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}"{hidden} r:id="rId{number}"/>'
        for number, title in enumerate(titles, start=1)
        for hidden in ("" if number == 1 else ' state="veryHidden"',)
    )
    return (
        f'{XML_HEAD}<workbook xmlns="{SPREADSHEET_ML}" xmlns:r="{RELATIONS}"><workbookPr codeName="ThisWorkbook"/>'
        f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets></workbook>"
    )


def _styles() -> str:
    return (
        f'{XML_HEAD}<styleSheet xmlns="{SPREADSHEET_ML}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )


def _sheet(code_name: str, rows: Sequence[Sequence[str]]) -> str:
    """Return a sheet of texts: text format, so that Excel reads "False" as the word and not as a truth value."""
    lines = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{column_letters(column)}{row}" s="1" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t>'
            "</is></c>"
            for column, text in enumerate(texts, start=1)
            if text
        )
        + "</row>"
        for row, texts in enumerate(rows, start=1)
    )
    return (
        f'{XML_HEAD}<worksheet xmlns="{SPREADSHEET_ML}"><sheetPr codeName="{code_name}"/>'
        f'<cols><col min="1" max="1" width="30" customWidth="1"/></cols><sheetData>{lines}</sheetData></worksheet>'
    )
