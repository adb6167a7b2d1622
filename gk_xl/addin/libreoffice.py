"""What the buttons of LibreOffice's extension call, inside LibreOffice's own Python: standard library only.

The check runs here, on the open spreadsheet. Writing Word and reading published reports need packages that this Python
lacks; the project's interpreter does it (:mod:`gk_xl.addin.worker`), its path written into the extension when it is
built.
"""

from __future__ import annotations

import os
import shutil
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from gk_xl.addin import buttons, worker
from gk_xl.addin.buttons.judging import TITLE
from gk_xl.addin.view import pick
from gk_xl.addin.wording import spoken
from gk_xl.engines import face
from gk_xl.engines.libreoffice import App
from gk_xl.engines.libreoffice.process import properties
from gk_xl.errors import CalledOff, GkXlError, HostError
from gk_xl.journal import write_down

INTERPRETER = Path(__file__).with_name("interpreter.txt")
VARIABLE = "GK_XL_PYTHON"
COUNTY = ("summarise", "return_marked")


def press(context: Any, button: str) -> None:
    """Run a button on the spreadsheet in front and say in a message box what came of it."""
    app = face.App(App(context))
    try:
        text, mode = run(app, button), "info"
    except GkXlError as error:
        text, mode = str(error), "info" if isinstance(error, CalledOff) else "critical"
    except Exception as error:  # noqa: BLE001 - an exception here would be shown in English, with a traceback
        path = write_down(button, error)
        text = f"程序内部出错，工作簿没有改动。请把日志文件发给维护人员：{path}"
        mode = "critical"
    else:
        if button in buttons.LEADING and spoken()(buttons.led)(pick(app), text, TITLE):
            return
    app.alert(text, TITLE, mode=mode)


@spoken()
def run(app: Any, button: str) -> str:
    """Run a button and return its sentence."""
    # What is damaged may not look like ours; the county's buttons work from any spreadsheet, and on a summary.
    book = app.books.active if button in ("repair", *COUNTY) else pick(app)
    app.impl.finish_typing(book.impl)
    if button not in ("repair", *COUNTY):
        book.impl.uno.calculateAll()  # it undoes a drag without a word to the formulas: ✓ and ✗ are of before, until now
    options: dict[str, Any] = {}
    if button == "export_report":
        options = {"write": partial(worker.ask_report, interpreter(), number()), "show": partial(show, app)}
    elif button == "import_report":
        options = {"take": partial(worker.ask_import, interpreter(), number())}
    elif button == "load_last_year":
        options = {"receive": partial(worker.ask_filing, interpreter(), number())}
    elif button == "repair":
        options = {"mend": partial(worker.ask_repair, interpreter(), number())}
    elif button in COUNTY:
        options = {"make": partial(worker.ask_county, interpreter(), number())}
    return str(getattr(buttons, button)(book, **options))


def number() -> str:
    """Return the version of this extension."""
    try:
        return version("gk_xl")
    except PackageNotFoundError:
        raise HostError("扩展不完整（没有版本号）。请让维护人员重新安装扩展。") from None


def interpreter() -> str:
    """Return the project's interpreter: what a variable names, what the extension was built with, what is on the path."""
    written = INTERPRETER.read_text(encoding="utf-8").strip() if INTERPRETER.is_file() else ""
    command = shutil.which("gk-xl")
    beside = str(Path(command).resolve().with_name("python")) if command else ""
    for found in (os.environ.get(VARIABLE, ""), written, beside):
        if found and os.access(found, os.X_OK):
            return found
    raise worker.no_python(written or "扩展里没有记下")


def show(app: Any, path: Path) -> None:
    """Open a document in LibreOffice itself."""
    app.impl.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties())
