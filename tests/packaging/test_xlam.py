"""The add-in as a file: what is in it, and that its ribbon, its macros and the Python behind them fit together."""

from __future__ import annotations

import io
import re
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from gk_xl.addin import excel, functions
from gk_xl.errors import HostError
from gk_xl.packaging import modules as modules_of
from gk_xl.packaging import settings
from gk_xl.packaging.xlam import RIBBON, RIBBON_2007, build_xlam

ROOT = Path(__file__).resolve().parents[2]
IMAGES = {
    "AcceptInvitation", "AutoSum", "CalculateNow", "Consolidate", "DataValidationCircleInvalid", "DataValidationClearValidationCircles",
    "FileCompactAndRepairDatabase", "FileOpen", "GetExternalDataFromText", "Info", "MailMergeStartLetters", "MergeToWord", "ReviewAcceptChange", "ReviewNextComment", "ReviewPreviousComment", "SignatureLineInsert",
    "Undo",
    "_0",
}  # fmt: skip
"""The icons in use, each looked up in the imageMso table of [MS-CUSTOMUI]: they are in Office from 2007 on."""


@pytest.fixture(scope="module")
def addin():
    """Return the add-in, opened."""
    return zipfile.ZipFile(io.BytesIO(build_xlam()))


def ribbon(addin, part="customUI/customUI14.xml"):
    return ET.fromstring(addin.read(part))


def buttons(addin, part="customUI/customUI14.xml"):
    return [element for element in ribbon(addin, part).iter() if element.tag.endswith("}button")]


def test_the_same_text_gives_the_same_bytes():
    """Two builds are equal byte for byte, zip and all."""
    assert build_xlam() == build_xlam()


def test_every_module_is_read_back_line_for_line(addin):
    """A reader of others finds the modules that went in, no others, each line as in macros/, in xlwings or as generated."""
    olevba = pytest.importorskip("oletools.olevba", reason="oletools is not installed")
    parser = olevba.VBA_Parser("gk_xl.xlam", build_xlam())
    found = {Path(name).stem: code.split("\r\n") for _, _, name, code in parser.extract_all_macros()}
    went_in = {module.name: module.source.split("\r\n") for module in modules_of.project_modules(functions.FUNCTIONS)}
    assert found.keys() == went_in.keys()
    for name, lines in went_in.items():
        assert found[name] == lines
    for path in (ROOT / "macros").glob("*.bas"):
        assert found[path.stem] == path.read_text("utf-8").split("\n")
    book = (ROOT / "macros" / "ThisWorkbook.cls").read_text("utf-8")
    code = book[book.index("Option Explicit") :].split("\n")
    assert found["ThisWorkbook"][-len(code) :] == code


def test_xlwings_module_is_the_installed_one_but_for_the_named_lines():
    """Line by line, the add-in's xlwings module is the file of the installed package, except for two lines."""
    theirs = Path(find_spec("xlwings").origin).with_name("xlwings_custom_addin.bas").read_text("utf-8").split("\n")
    ours = modules_of.xlwings_module().split("\n")
    differing = [(a, b) for a, b in zip(theirs, ours, strict=True) if a != b]
    assert sorted(differing) == sorted(modules_of.CHANGES)


def test_an_xlwings_that_has_changed_is_refused(monkeypatch):
    """Where a line to change is not found, or a setting is new, nothing is built: somebody has to read it first."""
    monkeypatch.setattr(modules_of, "CHANGES", (("Public Const PROJECT_NAME As String = 1", "x"),))
    with pytest.raises(HostError, match="PROJECT_NAME"):
        build_xlam()
    with pytest.raises(HostError, match="NEW KEY"):
        settings.refuse_unknown('x = GetConfig("NEW KEY", "")')


def test_no_file_beside_a_workbook_can_answer_for_the_add_in():
    """Every setting that xlwings asks for is on the add-in's sheet, and the workbook in front is never asked."""
    source = modules_of.xlwings_module()
    asked = set(re.findall(r'GetConfig\("([^"]+)"', source))
    assert asked
    assert asked <= settings.settings().keys()
    assert source.count("SheetExists(ActiveWorkbook, PROJECT_NAME") == 0
    assert settings.settings()["ADD_WORKBOOK_TO_PYTHONPATH"] == "false"


def test_our_macros_are_ascii():
    """No text for clerks stands in a .bas: an editor of another code page would spoil it."""
    for path in (ROOT / "macros").glob("*.[bc]??"):
        assert path.read_text("utf-8").isascii(), path.name


def test_every_callback_is_a_sub_and_every_sub_reaches_python(addin):
    """Each onAction names a Sub of GkRibbon with one control, each such Sub one function of addin/excel.py, all used."""
    source = (ROOT / "macros" / "GkRibbon.bas").read_text("utf-8")
    subs = dict(re.findall(r'Public Sub (\w+)\(control As Object\)\n    RunButton "(\w+)"\nEnd Sub', source))
    keys = re.findall(r'Public Sub (\w+)\(\)\n    RunButton "(\w+)"\nEnd Sub', source)
    assert len(re.findall(r"^(?:\w+ )?(?:Sub|Function) ", source, re.MULTILINE)) == len(subs) + len(keys)
    host = (ROOT / "macros" / "ThisWorkbook.cls").read_text("utf-8")
    assert sorted(re.findall(r'OnKey "([^"]+)", .*!GkRibbon\.(\w+)"', host)) == [
        ("^+{F7}", "PreviousByKey"),
        ("^+{F8}", "NextByKey"),
    ]
    assert {button for _, button in keys} == {"next_finding", "previous_finding"}
    callbacks = [button.get("onAction") for button in buttons(addin)]
    assert sorted(callbacks) == sorted(f"GkRibbon.{name}" for name in subs)
    assert sorted(subs.values()) == sorted(excel.BUTTONS)
    for function in subs.values():
        assert callable(getattr(excel, function))


def test_each_button_has_an_icon_of_office_and_chinese_texts(addin):
    """Label, screentip and explanation are Chinese, the icon one that Office has, identifiers differ."""
    known = buttons(addin)
    assert {button.get("imageMso") for button in known} == IMAGES
    assert len({button.get("id") for button in known}) == len(known)
    for button in known:
        for text in (button.get("label"), button.get("screentip"), button.get("supertip")):
            assert re.search("[\u4e00-\u9fff]", text)
        assert len(button.get("supertip")) <= 1024
    assert [tab.get("label") for tab in ribbon(addin).iter(f"{{{RIBBON}}}tab")] == ["信息公开年报"]


def test_the_older_ribbon_is_the_same_but_for_its_namespace(addin):
    """Office 2007 and programs that know only its vintage get the same tab."""
    newer, older = addin.read("customUI/customUI14.xml").decode(), addin.read("customUI/customUI.xml").decode()
    assert older == newer.replace(RIBBON, RIBBON_2007)


def rows(addin, number):
    """Return the texts of a sheet, row by row."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    sheet = ET.fromstring(addin.read(f"xl/worksheets/sheet{number}.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{main}row")]


def test_hidden_sheets_hold_the_settings_and_the_wizards_texts(addin):
    """The first sheet is visible and says what the file is; settings and function texts are on veryHidden ones."""
    book = addin.read("xl/workbook.xml").decode()
    assert re.findall(r'<sheet name="([^"]+)"[^>]*?(state="veryHidden")?\s*r:id', book) == [
        ("关于", ""), ("gk_xl.conf", 'state="veryHidden"'), ("gk_xl.functions", 'state="veryHidden"'),
    ]  # fmt: skip
    held = {row[0]: (row[1] if len(row) > 1 else "") for row in rows(addin, 2)}
    assert held == dict(settings.settings())
    assert held["INTERPRETER_WIN"] == r"%LOCALAPPDATA%\gk_xl\python\python.exe"
    for name, summary, *texts in rows(addin, 3):
        function = functions.FUNCTIONS[name]
        assert (summary, texts) == (function.summary, [argument.text for argument in function.arguments])
        assert len(summary) <= 255
        assert all(len(text) <= 255 for text in texts)
    assert [row[0] for row in rows(addin, 3)] == list(functions.FUNCTIONS)


def test_macros_ask_only_for_texts_that_the_sheet_has():
    """Every Setting("…") in our macros is a line of the settings sheet."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "macros").glob("*.[bc]??"))
    asked = set(re.findall(r'Setting\("([^"]+)"\)', source))
    assert {key for key in settings.settings() if key.startswith("TEXT ")} | {"VERSION"} == asked


def test_wrappers_carry_the_python_signatures():
    """A wrapper has its function's arguments in order, optional ones with their default, and calls that function."""
    source = modules_of.wrappers(functions.FUNCTIONS)
    for name, function in functions.FUNCTIONS.items():
        declared = re.search(rf"Public Function {name}\((.*)\) As Variant", source)[1].split(", ")
        wanted = [
            f"ByVal {argument.name} As Variant"
            if argument.default is None
            else f'Optional ByVal {argument.name} As Variant = "{argument.default}"'
            for argument in function.arguments
        ]
        assert declared == wanted
        passed = ", ".join(f"ValuesOf({argument.name})" for argument in function.arguments)
        assert f'{name} = AskPython("gk_xl.addin.functions", "{name}", Array({passed}), {function.lists})' in source
        assert callable(getattr(functions, name))


def test_another_interpreter_goes_into_the_settings():
    """``gk-xl addin install`` names the Python it runs in; a path with & and 年 arrives unharmed."""
    package = zipfile.ZipFile(io.BytesIO(build_xlam(r"C:\Users\年 & 报\python.exe")))
    assert ["INTERPRETER_WIN", r"C:\Users\年 & 报\python.exe"] in rows(package, 2)
