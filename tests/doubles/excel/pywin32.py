"""pywin32 and the parts of ctypes that xlwings' Windows layer imports, leading to the double."""

from __future__ import annotations

import ctypes
import datetime as dt
import importlib
import sys
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from tests.doubles.excel.com import CDispatch, ComError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doubles.excel.excel import Excel

LAYER = ("xlwings._xlwindows", "xlwings._win32patch")
NOTHING_THERE = 0x800401E3 - 2**32  # MK_E_UNAVAILABLE: no such object is running


class Other:
    """A base class of pywin32 that no object here has."""


def modules(excel: Excel) -> dict[str, ModuleType]:
    """Return the modules by name."""
    boxes = {
        "MB_OK": 0,
        "MB_OKCANCEL": 1,
        "MB_YESNO": 4,
        "MB_YESNOCANCEL": 3,
        "MB_ICONINFORMATION": 64,
        "MB_ICONWARNING": 48,
    }
    named: dict[str, dict[str, Any]] = {
        "pywintypes": {"com_error": ComError, "error": type("error", (Exception,), {}), "TimeType": dt.datetime, "IID": str},
        "pythoncom": {
            "com_error": ComError, "ole_error": ComError, "CoInitialize": lambda: None, "__file__": "pythoncom.dll",
            "IID_IDispatch": 1, "IID_IEnumVARIANT": 2, "TypeIIDs": {1: type("PyIDispatch", (), {})},
        },
        "win32api": {"MessageBox": lambda _hwnd, text, _title, style: excel.message_box(text, style)},
        "win32con": boxes,
        "win32event": {},
        "win32gui": {"FindWindowEx": lambda hwnd, _after, name, _title: child(excel, hwnd, name)},
        "win32process": {"GetWindowThreadProcessId": lambda hwnd: (1, pid(excel, hwnd))},
        "win32timezone": {"TimeZoneInfo": SimpleNamespace(utc=lambda: dt.UTC)},
        "win32com": {}, "win32com.server": {}, "win32com.server.dispatcher": {}, "win32com.server.policy": {},
        "win32com.server.util": {"unwrap": unwrap, "wrap": lambda value, **_: value},
        "win32com.client": {
            "CDispatch": CDispatch, "DispatchBaseClass": Other, "CoClassBaseClass": Other,
            "Dispatch": lambda value, **_: dispatch(excel, value), "DispatchEx": lambda name: started(excel, name),
            "GetActiveObject": lambda name: running(excel, name),
        },
    }  # fmt: skip
    made = {}
    for name, members in named.items():
        made[name] = ModuleType(name)
        vars(made[name]).update(members)
    for name, module in made.items():
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(made[parent], last, module)
    return made


def unwrap(value: Any) -> Any:
    """Return the object behind a COM server's pointer; ComError for what is none."""
    if isinstance(getattr(value, "obj", None), object) and hasattr(value, "obj"):
        return value
    raise ComError(-2147467262, "不支持此接口")


def child(excel: Excel, hwnd: int, name: str) -> int:
    """Return the window of a class inside another: XLDESK in Excel's own, EXCEL7 (a workbook) in that."""
    app = excel.app_of(hwnd) if excel.product == "excel" else None
    if app is None or (name == "EXCEL7" and not app.books):
        return 0
    return app.hwnd + (1 if name == "XLDESK" else 2)


def pid(excel: Excel, hwnd: int) -> int:
    """Return the process that a window belongs to."""
    app = excel.app_of(hwnd)
    return 4 if app is None else app.pid


def dispatch(excel: Excel, value: Any) -> Any:
    """Return an object for a pointer, or for a name that starts a program."""
    return started(excel, value) if isinstance(value, str) else value


def started(excel: Excel, name: str) -> CDispatch:
    """Start a program by its registered name."""
    if name != "Excel.Application":
        raise ComError(0x800401F3 - 2**32, "无效的类字符串")
    return CDispatch(excel.start())


def running(excel: Excel, name: str) -> CDispatch:
    """Return the program that runs under a registered name."""
    app = excel.registered.get(name)
    if app is None:
        raise ComError(NOTHING_THERE, "操作无法使用")
    return CDispatch(app)


def windows(excel: Excel) -> dict[str, Any]:
    """Return the members of ctypes that only Windows has."""
    above = [app.hwnd for app in excel.apps]

    def top(_parent: Any) -> int:
        above[:] = [16, *(app.hwnd for app in excel.apps)]  # a window of another program lies on top
        return above[0]

    def following(hwnd: int, _which: int) -> int:
        rest = above[above.index(hwnd) + 1 :]
        return rest[0] if rest else 0

    def object_from_window(hwnd: int, _kind: int, _guid: Any, pointer: Any) -> int:
        app = excel.app_of(hwnd)
        if app is None or not app.books:
            raise OSError("no workbook's window")
        pointer._obj.value = app.hwnd
        return 0

    def from_unknown(pointer: Any, _guid: Any, _add: bool) -> CDispatch:
        return CDispatch(excel.app_of(pointer.value))

    user32 = SimpleNamespace(
        GetTopWindow=top, GetWindow=following, GetForegroundWindow=lambda: 16, SetForegroundWindow=lambda _: 1,
        SetWindowPos=lambda *_: 1,
    )  # fmt: skip
    return {
        "windll": SimpleNamespace(user32=user32),
        "oledll": SimpleNamespace(
            ole32=SimpleNamespace(CLSIDFromString=lambda *_: 0),
            oleacc=SimpleNamespace(AccessibleObjectFromWindow=object_from_window),
        ),
        "PyDLL": lambda _: SimpleNamespace(PyCom_PyObjectFromIUnknown=Pointer(from_unknown)),
    }


class Pointer:
    """A function of a library, whose ``restype`` can be set."""

    restype: Any = None

    def __init__(self, function: Any) -> None:
        self.function = function

    def __call__(self, *args: Any) -> Any:
        return self.function(*args)


@contextmanager
def installed(excel: Excel) -> Iterator[ModuleType]:
    """Import xlwings' Windows layer over the double, make its engine the active one, and yield it; then all is as before."""
    import xlwings as xw

    made, extra = modules(excel), windows(excel)
    kept = {name: sys.modules.get(name) for name in (*made, *LAYER)}
    before = {name: getattr(ctypes, name, None) for name in extra}
    active = xw.engines.active if len(xw.engines) else None
    sys.modules.update(made)
    for name in LAYER:
        sys.modules.pop(name, None)
    for name, value in extra.items():
        setattr(ctypes, name, value)
    try:
        layer = importlib.import_module(LAYER[0])
        vars(layer).setdefault("WindowsError", OSError)  # a built-in name, on Windows only
        xw._xlwindows = layer
        engine = xw.Engine(impl=layer.engine)
        xw.engines.add(engine)
        engine.activate()
        yield layer
    finally:
        for name, module in kept.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
        for name, value in before.items():
            if value is None:
                delattr(ctypes, name)
            else:
                setattr(ctypes, name, value)
        vars(xw).pop("_xlwindows", None)
        xw.engines.engines = [item for item in xw.engines.engines if item is not engine]
        if active is not None:
            active.activate()
