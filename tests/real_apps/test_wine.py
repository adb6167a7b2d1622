"""The offline Windows folder, built and then used under wine: all but Excel itself is the real thing.

Installed by install.cmd, files dropped on the .cmd files, and the worksheet functions called as xlwings' macros do it:
through the library beside python.exe, which starts the function server by the command string of xlwings' own module.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest

from gk_xl.addin import functions
from gk_xl.checks.run import check
from gk_xl.errors import HostError
from gk_xl.form.filing import Filing
from gk_xl.intake import inspect, receive
from gk_xl.packaging.bundle import build_bundle, front_files
from gk_xl.packaging.modules import xlwings_module
from gk_xl.packaging.xlam import build_xlam
from gk_xl.report.docx import write_docx
from gk_xl.workbook.build import build_workbook
from tests.real_apps.wine import Wine, forwarding_dll, text

pytestmark = pytest.mark.application

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PROGRAM = r"C:\users\{user}\AppData\Local\gk_xl\python\python.exe"
STACK = (
    "numpy", "pandas", "lxml.etree", "openpyxl", "xlsxwriter", "win32api", "pythoncom",
    "win32com.client", "xlwings", "pdfplumber", "gk_xl.addin.excel", "gk_xl.addin.buttons", "gk_xl.addin.functions",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Build the folder, once."""
    if shutil.which("wine") is None:
        pytest.skip("wine is not installed")
    try:
        return build_bundle(tmp_path_factory.mktemp("dist") / "windows")
    except HostError as error:
        if "网络" in str(error):
            pytest.skip(f"the packages cannot be fetched: {error}")
        raise


@pytest.fixture(scope="module")
def wine(tmp_path_factory, folder):
    """Start a Windows, put in what wine lacks, and end it."""
    machine = Wine(tmp_path_factory.mktemp("windows") / "prefix")
    try:
        machine.run("wineboot", "-i")
        machine.run("winecfg", "-v", "win10")
        shim = forwarding_dll("bcryptprimitives.dll", {"ProcessPrng": "advapi32.SystemFunction036"})
        machine.path(r"C:\windows\system32\bcryptprimitives.dll").write_bytes(shim)
        yield machine
    finally:
        machine.stop()


@pytest.fixture(scope="module")
def installed(wine, folder):
    """Run install.cmd; return the installed python.exe as Windows names it, with what was printed."""
    code, out, err = wine.run("cmd", "/c", "install.cmd", cwd=folder.folder)
    assert code == 0, out + err
    users = [path.parents[4].name for path in wine.drive.glob("users/*/AppData/Local/gk_xl/python/python.exe")]
    assert len(users) == 1
    return PROGRAM.format(user=users[0]), out


def test_the_folder_holds_what_it_should(folder):
    """Program, add-in and the clerk's files; nothing of xlwings' paid part; less than 165 MB."""
    inside = {path.relative_to(folder.folder).as_posix() for path in folder.folder.rglob("*") if path.is_file()}
    assert {name for name in inside if "/" not in name} == set(front_files())
    assert {"program/gk_xl.xlam", "program/python/python.exe", "program/python/xlwings64-0.37.8.dll"} <= inside
    assert not [name for name in inside if "xlwings/pro/" in name or "xlwingslib" in name]
    assert folder.size < 165_000_000
    assert (folder.folder / "program" / "gk_xl.xlam").read_bytes() == build_xlam()


def test_install_puts_the_add_in_where_excel_trusts_it(wine, installed):
    """The installer ends well, every check of its own is good, and the add-in in XLSTART is the one that was built."""
    python, said = installed
    assert "已安装" in said
    assert "✗" not in said
    user = python.split("\\")[2]
    assert (
        wine.path(rf"C:\users\{user}\AppData\Roaming\Microsoft\Excel\XLSTART\gk_xl.xlam").read_bytes() == build_xlam()
    )


def test_every_package_can_be_imported(wine, installed, tmp_path):
    """The import stack stands, xlwings has its Excel engine, and no paid code is in it."""
    script = tmp_path / "stack.py"
    lines = [f"import {name}" for name in STACK]
    script.write_text("\n".join([*lines, "print([e.name for e in xlwings.engines], xlwings.__pro__)"]), "utf-8")
    code, out, err = wine.run(installed[0], script)
    assert (code, out.strip()) == (0, "['excel'] False"), err


@pytest.fixture(scope="module")
def dropped(wine):
    """Put a faulty workbook and a faultless one where a clerk would have them."""
    desk = wine.drive / "年报 资料"
    desk.mkdir(exist_ok=True)
    for name in ("2025_示例乡_有误", "2025_示例乡"):
        filing = Filing.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
        (desk / f"{name}.xlsx").write_bytes(build_workbook(filing))
    return desk


def test_check_finds_the_same_as_here(wine, installed, dropped):
    """``gk-xl check --json`` on a workbook gives under Windows what it gives on this system."""
    code, out, err = wine.run(
        installed[0], "-m", "gk_xl.cli.main", "check", "--json", r"C:\年报 资料\2025_示例乡_有误.xlsx"
    )
    assert code == 1, err
    there = json.loads(out)
    here = inspect(receive(dropped / "2025_示例乡_有误.xlsx")).as_json()
    there.pop("source")
    here.pop("source")
    assert there == here


def test_a_workbook_dropped_on_check_gets_a_marked_copy(wine, installed, folder, dropped):
    """校验.cmd works from the folder, without the add-in: a marked copy beside the workbook, which stays as it was."""
    before = (dropped / "2025_示例乡_有误.xlsx").read_bytes()
    code, out, err = wine.run("cmd", "/c", "校验.cmd", r"C:\年报 资料\2025_示例乡_有误.xlsx", cwd=folder.folder)
    assert code == 1, out + err
    assert "2025_示例乡_有误_校验.xlsx" in out
    assert (
        receive(dropped / "2025_示例乡_有误_校验.xlsx").filing.cells
        == receive(dropped / "2025_示例乡_有误.xlsx").filing.cells
    )
    assert (dropped / "2025_示例乡_有误.xlsx").read_bytes() == before


def test_a_workbook_dropped_on_report_gets_its_word_file(wine, installed, folder, dropped):
    """导出报告.cmd writes the same document as this system, part by part, and refuses one with errors."""
    code, out, err = wine.run("cmd", "/c", "导出报告.cmd", r"C:\年报 资料\2025_示例乡.xlsx", cwd=folder.folder)
    assert code == 0, out + err
    filing = receive(dropped / "2025_示例乡.xlsx").filing
    here = dropped / "here.docx"
    here.write_bytes(write_docx(filing))
    with zipfile.ZipFile(dropped / "2025_示例乡.docx") as theirs, zipfile.ZipFile(here) as ours:
        assert {name: theirs.read(name) for name in theirs.namelist()} == {
            name: ours.read(name) for name in ours.namelist()
        }
    code, _, err = wine.run("cmd", "/c", "导出报告.cmd", r"C:\年报 资料\2025_示例乡_有误.xlsx", cwd=folder.folder)
    assert code == 1
    assert f"{check(receive(dropped / '2025_示例乡_有误.xlsx').filing).errors} 处错误" in err


ODD_NAMES = (
    "年报&ran.xlsx", "年报&&ran.xlsx", "a^b&ran.xlsx", "100%&ran.xlsx", "%PATH%.xlsx",  "甲 & 乙.xlsx", "(1),;=.xlsx",
)  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_name_of_a_dropped_file_runs_nothing(wine, installed, folder, dropped, name):
    """``&`` and its kin in a name: the file is checked under its whole name, and no part of the name becomes a command.

    Explorer quotes a name only for its blanks. Wine's cmd.exe does not say how it was started; its variable is set here.
    A ``!`` cannot be tried: wine looks for variables a second time in what it has put in, Windows does not.
    """
    desk = wine.drive / "待报"
    desk.mkdir(exist_ok=True)
    (desk / name).write_bytes((dropped / "2025_示例乡.xlsx").read_bytes())
    planted = folder.folder / "ran.xlsx.cmd"
    planted.write_bytes(b"@echo off\r\necho ran> C:\\ran.txt\r\n")
    path = rf"C:\待报\{name}"
    own = "Z:" + str(folder.folder / "校验.cmd").replace("/", "\\")
    shown = f'"{path}"' if " " in name else path
    wine.environment["cmdcmdline"] = rf'C:\windows\system32\cmd.exe /c ""{own}" {shown} "'
    try:
        code, out, err = wine.run("cmd", "/c", own, path, cwd=folder.folder)
    finally:
        del wine.environment["cmdcmdline"]
        planted.unlink()
    assert code == 0, out + err
    assert (desk / name).with_name(f"{name.removesuffix('.xlsx')}_校验.xlsx").is_file()
    assert not wine.path(r"C:\ran.txt").exists()


def test_the_window_stays_open_and_checks_every_save(wine, installed, dropped):
    """As the .cmd starts it: the workbook is replaced from outside, as WPS saves, and the list comes again."""
    path = dropped / "边填边校验.xlsx"
    path.write_bytes((dropped / "2025_示例乡_有误.xlsx").read_bytes())
    environment = {key: value for key, value in wine.environment.items() if key != "GK_XL_NO_PAUSE"}
    command = ["wine", installed[0], "-m", "gk_xl.cli.dropped", "check", r"C:\年报 资料\边填边校验.xlsx"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        ended = threading.Timer(150, running.kill)
        ended.start()
        said = iter(running.stdout.readline, b"")
        try:
            assert any("关上窗口就结束" in text(line) for line in said)
            shutil.copyfile(dropped / "2025_示例乡.xlsx", dropped / "A1B2C3D4")
            (dropped / "A1B2C3D4").replace(path)
            assert any("✓ 通过" in text(line) for line in said)
            assert any("新出现 0 处" in text(line) for line in said)
        finally:
            ended.cancel()
            running.kill()


def test_the_planted_command_would_run(wine, folder):
    """What a .cmd that ends as usual lets happen: the part behind ``&`` is run."""
    (folder.folder / "ran.xlsx.cmd").write_bytes(b"@echo off\r\necho ran> C:\\ran.txt\r\n")
    (folder.folder / "usual.cmd").write_bytes(b"@echo off\r\nexit /b 0\r\n")
    try:
        wine.run("cmd", "/c", "usual.cmd", r"C:\年报&ran.xlsx", cwd=folder.folder)
        assert wine.path(r"C:\ran.txt").exists()
    finally:
        for name in ("ran.xlsx.cmd", "usual.cmd"):
            (folder.folder / name).unlink()
        wine.path(r"C:\ran.txt").unlink(missing_ok=True)


def test_without_excel_the_clerk_is_told_to_drop_a_file(wine, installed, folder):
    """Double-clicked with no Excel running, 校验.cmd says both ways to use it."""
    code, _, err = wine.run("cmd", "/c", "校验.cmd", cwd=folder.folder)
    assert code == 2
    assert "没有打开的 Excel" in err
    assert "拖到" in err


def vba_string(expression: str, variables: dict[str, str]) -> str:
    """Return what a concatenation of VBA gives: literals, variables, Chr(34)."""
    parts = re.findall(r'"((?:[^"]|"")*)"|(Chr\(34\))|(\w+)', expression)
    return "".join(
        '"' if quote else variables[name] if name else literal.replace('""', '"') for literal, quote, name in parts
    )


def server_command(python: str) -> str:
    """Return the command string of xlwings' module: the very lines of the add-in, with our settings put in."""
    source = xlwings_module()
    tail = re.search(r"^        tail = (.*)$", source, re.MULTILINE)
    path = "false;C:\\年报.xlsx;C:\\gk_xl.xlam;;;;".replace("\\", "\\\\")
    variables = {"ConsoleSwitch": "", "PYTHON_WIN": python, "LicenseKeyEnvString": "", "PYTHONPATH": path}
    # two branches begin so; the second is the one for an interpreter with a path
    _, shell = re.findall(r'^        PYTHON_WIN = ("cmd\.exe.*)$', source, re.MULTILINE)
    return vba_string(shell, variables) + vba_string(tail[1], variables) + '"'


CLIENT = """
import ctypes, json, os, sys, time
import pythoncom, win32com.client

asked = json.load(open(sys.argv[1], encoding="utf-8"))
folder = os.path.dirname(sys.executable)
library = ctypes.WinDLL(os.path.join(folder, next(n for n in os.listdir(folder) if n.startswith("xlwings64"))))
activate = library.XLPyDLLActivateAuto
activate.restype, activate.argtypes = ctypes.c_long, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_long]
variant = (ctypes.c_byte * 24)()
command = asked["command"].encode("mbcs")
assert len(command) < 2048, len(command)
failed = activate(variant, command, 1)
kind = ctypes.cast(variant, ctypes.POINTER(ctypes.c_ushort))[0]
pointer = ctypes.cast(ctypes.addressof(variant) + 8, ctypes.POINTER(ctypes.c_void_p))[0]
if failed:
    sys.exit(ctypes.wstring_at(pointer) if kind == 8 else "no server")
server = win32com.client.Dispatch(pythoncom.ObjectFromAddress(pointer, pythoncom.IID_IDispatch))


def tuples(value):
    return tuple(map(tuples, value)) if isinstance(value, list) else value


answers = [server.CallUDF("gk_xl.addin.functions", name, tuples(arguments)) for name, arguments in asked["calls"]]
start = time.perf_counter()
for _ in range(50):
    server.CallUDF("gk_xl.addin.functions", "GK_NUMBER", ("3", ""))
seconds = (time.perf_counter() - start) / 50
own = server.Str(server.Eval("__import__('gk_xl.addin.excel').addin.excel.BUTTONS"))
json.dump({"answers": answers, "seconds": seconds, "buttons": own}, open(sys.argv[2], "w", encoding="utf-8"))
activate(variant, command, -1)
"""


def calls() -> list[tuple[str, list[object]]]:
    """Return one call of every worksheet function, with scalars, ranges and blanks as Excel would hand them over."""
    filing = Filing.loads((EXAMPLES / "2025_示例乡.json").read_text("utf-8"))
    form = filing.form.table("t3")
    table = [[float(filing.number(f"t3.{row}.{column}")) for column in form.columns] for row in form.rows]
    wrong = [list(row) for row in table]
    wrong[form.rows.index("granted")][-1] += 10
    return [
        ("GK_NUMBER", ["十二件", ""]),
        ("GK_NUMBER", [[["10.4万元", None], [2.0, "１２"]], "万元"]),
        ("GK_BALANCE", [2.0, 1.0, 5.0, 0.0]),
        ("GK_BALANCE", [[table[0]], [table[1]], [table[-2]], [table[-1]]]),
        ("GK_SUM", [6.0, [[1.0, 2.0], [3.0, None]]]),
        ("GK_SUM", [5.0, [[1.0, 2.0], [3.0, 0.0]]]),
        ("GK_LOCATE", [table]),
        ("GK_LOCATE", [wrong]),
        ("GK_NARRATIVE", ["全年新收政府信息公开申请99件。", table]),
        ("GK_NARRATIVE", [[["第一段"], [None], ["全年新收政府信息公开申请99件。"]], table]),
        ("GK_EXPLAIN", ["T3-01"]),
    ]


def as_com_returns(answer: object) -> object:
    """Return a Python answer as it comes back over COM: frames with their heads, one row flattened, blanks as text."""
    if hasattr(answer, "columns"):
        answer = [list(answer.columns), *answer.to_numpy().tolist()]
    if not isinstance(answer, list):
        return answer
    rows = [["" if value is None else value for value in row] for row in answer]
    return rows[0] if len(rows) == 1 else rows


def test_worksheet_functions_cross_com(wine, installed, tmp_path):
    """Started by xlwings' own command string, the server answers every function as a plain call here does, quickly."""
    script, asked, answered = (tmp_path / name for name in ("client.py", "asked.json", "answered.json"))
    script.write_text(CLIENT, "utf-8")
    asked.write_text(json.dumps({"command": server_command(installed[0]), "calls": calls()}), "utf-8")
    code, out, err = wine.run(installed[0], script, asked, answered)
    assert code == 0, out + err
    said = json.loads(answered.read_text("utf-8"))
    for (name, arguments), answer in zip(calls(), said["answers"], strict=True):
        assert answer == as_com_returns(getattr(functions, name)(*arguments)), name
    assert {name for name, _ in calls()} == set(functions.FUNCTIONS)
    assert "check" in said["buttons"]
    assert said["seconds"] < 0.1


def test_an_incomplete_folder_says_so_in_the_code_page_of_cmd(wine, folder, tmp_path):
    """Started from inside a zip, install.cmd finds no program: one Chinese sentence, and nothing is installed."""
    lonely = tmp_path / "install.cmd"
    lonely.write_bytes((folder.folder / "install.cmd").read_bytes())
    code, out, _ = wine.run("cmd", "/c", "install.cmd", cwd=tmp_path)
    assert code == 2
    assert "文件夹不完整" in out


def test_uninstall_leaves_nothing_but_the_clerks_files(wine, installed, folder, dropped):
    """The last test: 卸载.cmd removes program and add-in; workbooks and reports stay."""
    code, out, _ = wine.run("cmd", "/c", "卸载.cmd", cwd=folder.folder)
    assert code == 0, out
    assert "已卸载" in out
    assert not list(wine.drive.glob("users/*/AppData/Local/gk_xl"))
    assert not list(wine.drive.glob("users/*/AppData/Roaming/Microsoft/Excel/XLSTART/gk_xl.xlam"))
    assert (dropped / "2025_示例乡.xlsx").is_file()
