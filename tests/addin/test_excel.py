"""What a clerk is told after a click, whatever happens."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest
import xlwings

from gk_xl import journal
from gk_xl.addin import excel
from gk_xl.addin.version import VERSION
from gk_xl.cli import dropped
from gk_xl.errors import NotATemplate


class FakeApp:
    """An application that remembers what it showed."""

    def __init__(self):
        self.shown = []

    def alert(self, prompt, title, buttons, mode):
        self.shown.append((prompt, mode))


@pytest.fixture
def app():
    """Return the application of the calling workbook."""
    return FakeApp()


@pytest.fixture
def buttons(monkeypatch, app):
    """Return the module of buttons, to be filled by the test, and a workbook that calls."""
    import gk_xl.addin.buttons.judging  # noqa: F401 - what the entry point takes from it stays

    module = ModuleType("gk_xl.addin.buttons")
    monkeypatch.setitem(sys.modules, "gk_xl.addin.buttons", module)
    monkeypatch.setattr("gk_xl.addin.buttons", module, raising=False)
    monkeypatch.setattr(xlwings.Book, "caller", lambda: SimpleNamespace(app=app), raising=False)
    return module


@pytest.fixture(autouse=True)
def log(monkeypatch, tmp_path):
    """Put the log in a folder of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "gk_xl" / journal.NAME


class ComError(Exception):
    """What pywin32 raises when a call over COM fails."""

    def __init__(self, hresult):
        super().__init__(hresult, "x")
        self.hresult = hresult


def fails(error):
    def button(*_, **__):
        raise error

    return button


@pytest.mark.parametrize("name", excel.BUTTONS)
def test_each_entry_point_runs_the_button_of_its_name(buttons, app, name):
    """The sentence that the button returns is shown once, as good news."""
    setattr(buttons, name, lambda book: f"{name} 完成")
    getattr(excel, name)(VERSION)
    assert app.shown == [(f"{name} 完成", "info")]


def test_an_add_in_of_another_version_does_nothing(buttons, app):
    """Both versions and the next step are named; the button is not run."""
    buttons.check = lambda book: pytest.fail("ran")
    excel.check("0.0.1")
    ((said, mode),) = app.shown
    assert "0.0.1" in said
    assert VERSION in said
    assert "install.cmd" in said
    assert mode == "critical"


def test_a_sentence_that_cannot_be_shown_in_excel_still_reaches_the_clerk(buttons, app, capsys, log):
    """Where the application does not answer, the sentence is shown without it, and the log says why."""
    app.alert = fails(ComError(-2147023174))
    buttons.check = lambda book: "校验完成"
    excel.check()
    assert capsys.readouterr().err == "校验完成\n"
    assert "alert" in log.read_text("utf-8")


def test_a_workbook_that_is_not_ours_is_one_sentence(buttons, app):
    """The error's own sentence is shown, marked as bad news."""
    buttons.check = fails(NotATemplate("不是用本模板填的工作簿"))
    excel.check()
    assert app.shown == [("不是用本模板填的工作簿", "critical")]


@pytest.mark.parametrize("code", [-2146777998, -2147418111, -2147417846])
def test_a_cell_in_edit_mode_is_said_to_be_the_reason(buttons, app, code):
    """Excel refuses calls while a cell is edited: the clerk is told to end that."""
    buttons.fill_totals = fails(ComError(code))
    excel.fill_totals()
    assert "正在编辑" in app.shown[0][0]


def test_a_closed_excel_is_said_to_be_the_reason():
    """The server that is gone."""
    assert "已经关闭" in excel.sentence("check", ComError(-2147023174))


def test_what_nobody_foresaw_is_logged_and_the_log_named(buttons, app, log):
    """The sentence names the file, the file holds the traceback and the button."""
    buttons.export_report = fails(RuntimeError("出乎意料"))
    excel.export_report()
    assert str(log) in app.shown[0][0]
    written = log.read_text("utf-8")
    assert "export_report" in written
    assert "Traceback" in written
    assert "出乎意料" in written


def test_a_log_that_cannot_be_written_goes_to_the_temporary_folder(monkeypatch, tmp_path):
    """A user without a writable profile still gets a log that exists."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    path = journal.write_down("x", ValueError("y"))
    assert path == tmp_path / journal.NAME
    assert "ValueError: y" in path.read_text("utf-8")


def test_called_from_nowhere_says_where_to_click(monkeypatch, capsys):
    """Without a calling workbook nothing is run."""
    monkeypatch.delattr(xlwings.Book, "_mock_caller", raising=False)
    excel.check()
    assert "功能区" in capsys.readouterr().err


def test_from_outside_files_are_checked_and_reported(tmp_path, monkeypatch, capsys):
    """A dropped filing gets a marked copy and both versions of the report beside it, and stays as it is."""
    monkeypatch.setenv(dropped.QUIET, "1")
    source = tmp_path / "年报.json"
    data = (outside_example()).read_bytes()
    source.write_bytes(data)
    assert dropped.main(["check", str(source)]) == 0
    assert dropped.main(["report", str(source)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "年报.json",
        "年报_校验.xlsx",
        "年报.docx",
        "年报（公开稿）.docx",
    }
    assert source.read_bytes() == data
    assert "年报_校验.xlsx" in capsys.readouterr().out


def test_from_outside_a_folder_gets_its_marked_copies_in_one_place(tmp_path, monkeypatch):
    """A dropped folder is checked whole; the copies do not mix with the workbooks."""
    monkeypatch.setenv(dropped.QUIET, "1")
    for name in ("甲.json", "乙.json"):
        (tmp_path / name).write_bytes(outside_example().read_bytes())
    assert dropped.main(["check", str(tmp_path)]) == 0
    assert {path.name for path in (tmp_path / "校验结果").iterdir()} == {"甲_校验.xlsx", "乙_校验.xlsx"}


def outside_example():
    from pathlib import Path

    return Path(__file__).resolve().parents[2] / "examples" / "2025_示例乡.json"


@pytest.mark.parametrize(
    "active",
    [None, SimpleNamespace(books=SimpleNamespace(active=SimpleNamespace(name="年报", names={"gk_xl.schema"})))],
)
def test_from_outside_the_workbook_in_front_is_taken(monkeypatch, buttons, capsys, active):
    """Without a file the button runs on the workbook in front of Excel; without Excel the clerk is told what to do."""
    buttons.check = lambda book: f"校验了 {book.name}"
    monkeypatch.setattr(xlwings, "apps", SimpleNamespace(active=active))
    code = dropped.main(["check"])
    out, err = capsys.readouterr()
    if active is None:
        assert (code, "拖到" in err) == (2, True)
    else:
        assert (code, out) == (0, "校验了 年报\n")


@pytest.fixture
def calling(monkeypatch, tmp_path):
    """Return a function: workbook bytes → the open workbook that the add-in calls from, and what was shown."""
    from gk_xl.engines import openpyxl

    before = xlwings.engines.active.name if xlwings.engines else None
    openpyxl.register()
    xlwings.engines["openpyxl"].activate()
    app = xlwings.App(visible=False, add_book=False)
    shown = []
    monkeypatch.setattr(type(app.impl), "alert", lambda self, prompt, *_: shown.append(prompt))

    def open_book(data: bytes, name: str = "年报.xlsx"):
        path = tmp_path / name
        path.write_bytes(data)
        book = app.books.open(str(path))
        monkeypatch.setattr(xlwings.Book, "_mock_caller", book, raising=False)
        return book, shown

    yield open_book
    app.quit()
    if before:
        xlwings.engines[before].activate()


def test_the_real_button_marks_the_calling_workbook(calling):
    """From the ribbon's entry point to 校验结果: the workbook that calls is checked, and one sentence is shown."""
    from gk_xl.form.filing import Filing
    from gk_xl.workbook.build import build_workbook
    from gk_xl.workbook.layout import RESULTS, RESULTS_FIRST

    faulty = outside_example().with_name("2025_示例乡_有误.json")
    book, shown = calling(build_workbook(Filing.loads(faulty.read_text("utf-8"))))
    excel.check(VERSION)
    assert len(shown) == 1
    assert book.sheets[RESULTS].range((RESULTS_FIRST, 1)).value == 1


@pytest.mark.parametrize(
    "name", [name for name in excel.BUTTONS if name not in ("about", "undo", "summarise", "return_marked")]
)
def test_a_workbook_of_somebody_else_is_left_alone(calling, name):
    """Every button that writes says of a workbook without our template what it is, and changes nothing in it."""
    import io

    import openpyxl

    other = openpyxl.Workbook()
    other.active["A1"] = "通讯录"
    buffer = io.BytesIO()
    other.save(buffer)
    book, shown = calling(buffer.getvalue(), "通讯录.xlsx")
    getattr(excel, name)(VERSION)
    assert len(shown) == 1
    assert "不是用本模板填的" in shown[0]
    assert [sheet.name for sheet in book.sheets] == ["Sheet"]
    assert book.sheets[0].used_range.value == "通讯录"
