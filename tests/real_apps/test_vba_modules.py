"""The add-in's macros: parsed by a grammar of VBA, and run by LibreOffice, which is no Excel but does execute them.

LibreOffice answers None to a module that it cannot compile, so each module has a function whose value is known. Where
the macros would reach Windows or Python, a module or class of the same name stands in and writes down what it was told.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gk_xl.addin import excel
from gk_xl.addin.functions import FUNCTIONS
from gk_xl.addin.version import VERSION
from gk_xl.packaging.modules import macro_text, project_modules, wrappers, xlwings_module
from gk_xl.packaging.settings import FUNCTIONS_SHEET, SHEET, TEXTS, settings
from gk_xl.packaging.vba import Module, module
from gk_xl.packaging.xlam import WORKBOOK, package

pytestmark = pytest.mark.application

EXCEL = {"App": "Microsoft Excel", "VBA7": True, "Win64": True, "Mac": False, "MAC_OFFICE_VERSION": 0}
MACROS = sorted(path.name for path in (Path(__file__).resolve().parents[2] / "macros").glob("*.[bc]??"))


def as_excel_compiles(text: str) -> str:
    """Return VBA without its conditional compilation, as 64-bit Excel for Windows sees it: LibreOffice knows none."""
    out, stack = [], []
    for line in text.replace("\r\n", "\n").split("\n"):
        word = re.match(r"\s*#(If|ElseIf|Else|End If|Const)\b(.*?)(?:\bThen\b|$)", line)
        if word is None:
            out += [line] if all(taken for taken, _ in stack) else []
        elif word[1] == "If":
            value = holds(word[2])
            stack.append((value, value))
        elif word[1] == "ElseIf":
            value = not stack[-1][1] and holds(word[2])
            stack[-1] = (value, stack[-1][1] or value)
        elif word[1] == "Else":
            stack[-1] = (not stack[-1][1], True)
        elif word[1] == "End If":
            stack.pop()
    assert not stack
    return "\n".join(out)


def holds(condition: str) -> bool:
    python = re.sub(r"(?<![<>])=", "==", condition).replace("Not ", "not ").replace(" And ", " and ")
    return bool(eval(python.strip(), {}, dict(EXCEL)))


def test_conditions_are_taken_as_excel_takes_them():
    """Nested branches, comparisons and negations leave the lines of Windows, 64 bits, Excel."""
    text = '#Const App = "Microsoft Excel"\n#If VBA7 Then\n#If Mac Then\na\n#ElseIf Win64 Then\nb\n#Else\nc\n#End If\n#Else\nd\n#End If\n'
    text += '#If Not Mac Then \' why\ne\n#End If\n#If App = "Microsoft Word" Then\nf\n#Else\ng\n#End If'
    assert as_excel_compiles(text).split("\n") == ["b", "e", "g"]


# --- the grammar -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def syntax_errors():
    """Return a function: module text → what the grammar objects to."""
    antlr4 = pytest.importorskip("antlr4", reason="antlr4-vba is not installed")
    lexer = pytest.importorskip("antlr4_vba.vbaLexer", reason="antlr4-vba is not installed").vbaLexer
    parser = pytest.importorskip("antlr4_vba.vbaParser", reason="antlr4-vba is not installed").vbaParser
    from antlr4.error.ErrorListener import ErrorListener

    class Collector(ErrorListener):
        def __init__(self):
            self.errors = []

        def syntaxError(self, recognizer, symbol, line, column, message, error):  # noqa: N802 - antlr's name
            self.errors.append((line, message))

    def parse(text: str) -> list[tuple[int, str]]:
        collector = Collector()
        scanner = lexer(antlr4.InputStream(text.replace("\r\n", "\n").replace("\n", "\r\n")))
        reader = parser(antlr4.CommonTokenStream(scanner))
        for part in (scanner, reader):
            part.removeErrorListeners()
            part.addErrorListener(collector)
        reader.startRule()
        return collector.errors

    return parse


@pytest.mark.parametrize("name", [*MACROS, "wrappers"])
def test_our_macros_parse(syntax_errors, name):
    """No syntax error in any module of ours, the generated one included."""
    assert syntax_errors(wrappers(FUNCTIONS) if name == "wrappers" else macro_text(name)) == []


def test_the_changed_lines_of_xlwings_parse(syntax_errors):
    """The constant and the function that we change parse in their place."""
    text = as_excel_compiles(xlwings_module())
    constant = re.search(r"^Public Const PROJECT_NAME.*$", text, re.MULTILINE)[0]
    function = re.search(r"^Function GetConfig\(.*?^End Function$", text, re.MULTILINE | re.DOTALL)[0]
    assert "If False Then" in function
    assert syntax_errors(f'Attribute VB_Name = "xlwings"\n{constant}\n\n{function}\n') == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("End If", "End Fi"), ("Public Sub", "Publik Sub"), ("If ActiveWorkbook", "If If ActiveWorkbook")],
)
def test_the_grammar_finds_a_planted_error(syntax_errors, right, wrong):
    """A parser that accepted everything would prove nothing."""
    text = macro_text("GkRun.bas")
    assert right in text
    assert syntax_errors(text.replace(right, wrong, 1))


# --- LibreOffice -----------------------------------------------------------------------------------------------------

RECORDER = """VERSION 1.0 CLASS
BEGIN
END
Attribute VB_Name = "Recorder"
Public Sub Popup(message, seconds, title, kind)
    said = said & "Popup|" & message & "|" & title & ";"
End Sub
Public Function Module(name) As String
    Module = name
End Function
Public Sub SetAttr(obj, name, value)
    said = said & "SetAttr|" & obj & "|" & name & ";"
End Sub
Public Sub Exec(statement)
    If failing <> 0 Then Err.Raise failing, , "ModuleNotFoundError"
    said = said & "Exec|" & statement & ";"
End Sub
Public Function CallUDF(file, name, arguments) As Variant
    If failing <> 0 Then Err.Raise failing, , "ModuleNotFoundError"
    CallUDF = file & "|" & name & "|" & Join(arguments, ",")
End Function
"""

DOUBLE = """Attribute VB_Name = "xlwings"
Public said As String
Public there As Boolean
Public serving As Boolean
Public failing As Long
Public tries As Long
Public Function XLPy() As Object
    tries = tries + 1
    If Not serving Then Err.Raise 1000, , "Could not load the library"
    Set XLPy = New Recorder
End Function
Public Function WScript() As Object
    Set WScript = New Recorder
End Function
Public Function RunPython(statement) As Variant
    said = said & "RunPython|" & statement & ";"
End Function
Public Function FileExists(path) As Boolean
    FileExists = there
End Function
Public Function GetConfig(key) As String
    GetConfig = Setting(key)
End Function
"""

BUTTON_RECORDER = """Attribute VB_Name = "GkRun"
Public pressed As String
Public Sub RunButton(ByVal button As String)
    pressed = pressed & button & ";"
End Sub
Public Function Setting(ByVal key As String) As String
    Setting = key
End Function
"""


@pytest.fixture
def evaluate(opened):
    """Return a function: lines of Basic → the value of ``answer`` after they ran beside the add-in's modules.

    ``instead`` replaces modules by name or adds new ones; without it the modules are the add-in's own.
    """

    def run(lines: str, *instead: str):
        replaced = {item.name: item for item in (module(text) for text in instead)}
        modules = {item.name: item for item in project_modules(FUNCTIONS)} | replaced
        if "xlwings" not in replaced:
            modules["xlwings"] = module(as_excel_compiles(xlwings_module()))
        probe = f'Attribute VB_Name = "Probe"\nPublic Function Ask() As Variant\n{lines}\nAsk = answer\nEnd Function\n'
        modules["Probe"] = module(probe)
        run_by_office = modules["GkRun"]
        # LibreOffice has no Value2, which differs from Value for dates and currencies only.
        modules["GkRun"] = Module("GkRun", run_by_office.kind, run_by_office.source.replace(".Value2", ".Value"))
        described = [(name, f.summary, *(a.text for a in f.arguments)) for name, f in FUNCTIONS.items()]
        sheets = {"关于": (("x",),), SHEET: tuple(settings().items()), FUNCTIONS_SHEET: tuple(described)}
        data = package(tuple(modules.values()), sheets, WORKBOOK)
        document = opened(data, "gk_xl.xlsm", MacroExecutionMode=4)
        address = "vnd.sun.star.script:gk_xl.Probe.Ask?language=Basic&location=document"
        return document.getScriptProvider().getScript(address).invoke((), (), ())[0]

    return run


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("ThisWorkbook.ProgramVersion", VERSION),
        ('GkRun.Setting("TEXT TITLE")', TEXTS["TEXT TITLE"]),
        ('GkRun.Setting("NO SUCH LINE")', ""),
        ('GkRun.PythonCommand("check")', f"import gk_xl.addin.excel; gk_xl.addin.excel.check('{VERSION}')"),
        ('GkRun.NoAnswer("x")', f"{TEXTS['TEXT NO ANSWER']}x"),
        ('GkRun.ValuesOf("年报")', "年报"),
        ("GkRun.ValuesOf(7)", 7),
        (
            'GkRun.ValuesOf(ThisWorkbook.Worksheets("gk_xl.functions").Range("A1:A2"))',
            tuple((name,) for name in list(FUNCTIONS)[:2]),
        ),
        ("GkDescribe.FunctionCount()", len(FUNCTIONS)),
        ("GkDescribe.ArgumentTexts(2)", tuple(argument.text for argument in list(FUNCTIONS.values())[1].arguments)),
        ('xlwings.GetBaseName("年报.xlsx")', "年报"),
        ("xlwings.PROJECT_NAME", "gk_xl"),
        ('xlwings.ParentFolder("C:\\gk_xl\\python\\python.exe")', "C:\\gk_xl\\python"),
    ],
)
def test_each_module_runs(evaluate, call, value):
    """The modules as they are in the add-in compile and give the values they must."""
    assert evaluate(f"answer = {call}") == value


def test_each_ribbon_callback_runs_its_button(evaluate):
    """Called with a control, every Sub of GkRibbon passes on the name of one Python function; all are passed on."""
    subs = re.findall(r"Public Sub (\w+)\(", macro_text("GkRibbon.bas"))
    lines = "".join(f"{sub} Nothing\n" for sub in subs) + "answer = pressed"
    assert set(evaluate(lines, BUTTON_RECORDER).strip(";").split(";")) == set(excel.BUTTONS)  # keys press the same


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_worksheet_function_calls_python(evaluate, name):
    """A wrapper hands its module, its name and its arguments in order to the function server."""
    count = len(FUNCTIONS[name].arguments)
    arguments = ", ".join(f'"{letter}"' for letter in "abcd"[:count])
    said = evaluate(f"serving = True\nanswer = {name}({arguments})", DOUBLE, RECORDER)
    assert said == f"gk_xl.addin.functions|{name}|{','.join('abcd'[:count])}"


def test_a_worksheet_function_without_python_says_so(evaluate):
    """The cell shows a Chinese sentence with the reason, not an error value."""
    said = evaluate('answer = GK_EXPLAIN("T3-01")', DOUBLE, RECORDER)
    assert said == f"{TEXTS['TEXT NO ANSWER']}Could not load the library "
    said = evaluate('serving = True\nfailing = 1001\nanswer = GK_EXPLAIN("T3-01")', DOUBLE, RECORDER)
    assert said == f"{TEXTS['TEXT NO ANSWER']}ModuleNotFoundError"


def test_a_server_that_cannot_start_is_tried_once(evaluate):
    """Excel stands still at each try: after the first no cell and no click tries again, and all of them answer."""
    cells = "".join(f"said = said & GK_EXPLAIN({number}) & vbLf\n" for number in range(20))
    clicks = 'there = True\nRunButton "check"\nRunButton "undo"\n'
    for lines in (cells + clicks, clicks + cells):
        said = evaluate(f"{lines}said = said & tries\nanswer = said", DOUBLE, RECORDER)
        assert said.endswith("1")
        assert said.count(TEXTS["TEXT NO ANSWER"]) == 20
        assert said.count("RunPython|") == 2


LIST = """Dim list(2, 1) As Variant
list(0, 0) = "改法"
list(0, 1) = "应为"
list(1, 0) = "第 1 种"
list(1, 1) = 4
list(2, 0) = "第 2 种"
Dim cell As Object
Set cell = ThisWorkbook.Worksheets("关于").Range("C1")
"""


@pytest.mark.parametrize("formula", ["=GK_LOCATE(A1)", "=gk_locate(A1:B2)"])
def test_one_cell_says_the_first_line_of_a_list(evaluate, formula):
    """Excel before 365 would show “改法” only: the cell says what to change, how many there are, and how to see them."""
    said = evaluate(f'{LIST}cell.Formula = "{formula}"\nanswer = GkRun.ListForCaller(list, cell, "GK_LOCATE")')
    assert said.startswith("改法：第 1 种；应为：4。")
    assert "共 2 条" in said
    assert "3 行 2 列" in said


@pytest.mark.parametrize(
    ("lines", "caller"),
    [
        ('cell.Formula = "=INDEX(GK_LOCATE(A1),2,1)"', "cell"),
        ('cell.Formula = "=GK_LOCATE(A1)"\nSet cell = ThisWorkbook.Worksheets("关于").Range("C1:D2")', "cell"),
        ("", "Nothing"),
    ],
    ids=["inside another function", "over several cells", "not from a cell"],
)
def test_elsewhere_a_list_stays_a_list(evaluate, lines, caller):
    """Another function takes what it needs, several cells show several values, a macro gets all."""
    answer = f'answer = UBound(GkRun.ListForCaller(list, {caller}, "GK_LOCATE"), 1)'
    assert evaluate(f"{LIST}{lines}\n{answer}") == 2


def test_a_sentence_is_no_list(evaluate):
    """What Python answers as one text stays so."""
    assert evaluate(f'{LIST}answer = GkRun.ListForCaller("各行各列都平", cell, "GK_LOCATE")') == "各行各列都平"


COMMAND = f"import gk_xl.addin.excel; gk_xl.addin.excel.check('{VERSION}')"


@pytest.mark.parametrize(
    ("setup", "expected"),
    [
        ("there = True\nserving = True", f"SetAttr|xlwings._xlwindows|BOOK_CALLER;Exec|{COMMAND};"),
        ("there = True", f"RunPython|{COMMAND};"),
        (
            "serving = True",
            f"Popup|{TEXTS['TEXT NO PYTHON']}\r\n{settings()['INTERPRETER_WIN']}|{TEXTS['TEXT TITLE']};",
        ),
        (
            "there = True\nserving = True\nfailing = 1001",
            f"SetAttr|xlwings._xlwindows|BOOK_CALLER;Popup|{TEXTS['TEXT FAILED']}\r\nModuleNotFoundError|{TEXTS['TEXT TITLE']};",
        ),
        (
            "there = True\nserving = True\nfailing = 18",
            f"SetAttr|xlwings._xlwindows|BOOK_CALLER;Popup|{TEXTS['TEXT STOPPED']}|{TEXTS['TEXT TITLE']};",
        ),
    ],
    ids=["server", "no server: one Python a click", "no Python", "Python fails", "Esc"],
)
def test_a_click_reaches_python_or_says_why_not(evaluate, setup, expected):
    """The server is used where it starts; else a Python of its own runs; what is missing is said with the next step."""
    assert evaluate(f'{setup}\nRunButton "check"\nanswer = said', DOUBLE, RECORDER) == expected
