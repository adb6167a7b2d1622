"""COM as pywin32 shows it: objects whose members are asked by name, and the errors that a refused call raises.

What the published typings do not know is a breach: it is written down, and the test that caused it fails, whatever the
program under test made of the exception. A member that exists but is not played here is a breach as well.
"""

from __future__ import annotations

import datetime as dt
import types
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.doubles.excel.typings import members

if TYPE_CHECKING:
    from collections.abc import Iterator

REJECTED = -2147418111  # RPC_E_CALL_REJECTED, 0x80010001: a cell is being edited
IGNORED = -2146777998  # VBA_E_IGNORE, 0x800AC472: a dialog is open
GONE = -2147023174  # RPC_S_SERVER_UNAVAILABLE, 0x800706BA: Excel has been closed
EXCEPTION = -2147352567  # DISP_E_EXCEPTION: the call reached Excel, and Excel refused
UNKNOWN_NAME = -2147352570  # DISP_E_UNKNOWNNAME
REFUSED = -2146827284  # Excel's 1004, 0x800A03EC
LOCKED = "您试图更改的单元格或图表位于受保护的工作表中。若要进行更改，请取消工作表保护。"


class ComError(Exception):
    """``pywintypes.com_error``: a call that failed."""

    def __init__(self, hresult: int, strerror: str = "", excepinfo: Any = None, argerror: int | None = None) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult, self.strerror, self.excepinfo, self.argerror = hresult, strerror, excepinfo, argerror


def refused(text: str) -> ComError:
    """Return Excel's run-time error 1004."""
    return ComError(EXCEPTION, "发生意外。", (0, "Microsoft Excel", text, "xlmain11.chm", 0, REFUSED), None)


class CDispatch:
    """An object of another process, seen through its names. :attr:`played` is the object that plays it."""

    def __init__(self, played: Any) -> None:
        object.__setattr__(self, "played", played)

    @property
    def _oleobj_(self) -> Any:
        return Ole(self.played)

    def __repr__(self) -> str:
        return f"<COMObject {self.played.TYPE}>"

    def __eq__(self, other: object) -> bool:
        return played(other) is self.played if isinstance(other, CDispatch) else NotImplemented

    def __hash__(self) -> int:
        return id(self.played)

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        member = self._member(name)
        getter = getattr(self.played, f"get_{name}", None)
        if getter is not None:
            return handed_out(getter())
        call = getattr(self.played, f"call_{name}", None)
        if call is None:
            raise self.played.excel.breach(f"{self.played.TYPE}.{name} is not played by the double")
        return types.MethodType(lambda _, *args, **named: self._call(name, member, call, args, named), self)

    def __setattr__(self, name: str, value: Any) -> None:
        member = self._member(name)
        put = getattr(self.played, f"put_{name}", None)
        if not member.settable:
            raise self.played.excel.breach(f"{self.played.TYPE}.{name} cannot be set")
        if put is None:
            raise self.played.excel.breach(f"setting {self.played.TYPE}.{name} is not played by the double")
        put(taken_in(self.played.excel, value))

    def __call__(self, *args: Any, **named: Any) -> Any:
        member = self._member("_Default")
        return self._call("_Default", member, self.played.call_Item, args, named)

    def __iter__(self) -> Iterator[Any]:
        self.played.excel.answer(self.played)
        return (handed_out(item) for item in self.played.each())

    def _member(self, name: str) -> Any:
        """Return what the typings say of a member, unless Excel takes no calls now."""
        excel, kind = self.played.excel, self.played.TYPE
        excel.answer(self.played, name)
        if name not in members(excel.product)[kind]:
            raise excel.breach(f"{excel.product}: {kind} has no member {name}", AttributeError)
        excel.used.add(f"{kind}.{name}")
        return members(excel.product)[kind][name]

    def _call(self, name: str, member: Any, call: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        excel, kind = self.played.excel, self.played.TYPE
        excel.answer(self.played)
        known = [key for key, _ in member.arguments]
        if len(args) > len(known) or not named.keys() <= set(known[len(args) :]):
            raise excel.breach(
                f"{kind}.{name} takes ({', '.join(known)}), not {len(args)} and {sorted(named)}", TypeError
            )
        missing = [key for key, free in member.arguments[len(args) :] if not free and key not in named]
        if missing:
            raise excel.breach(f"{kind}.{name} needs {', '.join(missing)}", TypeError)
        held = dict(zip(known, args, strict=False)) | named
        ours = [key for key, _ in members()[kind][name].arguments]  # WPS has other names for some, in the same order
        return handed_out(call(**{ours[known.index(key)]: taken_in(excel, value) for key, value in held.items()}))


class Ole:
    """The pointer inside: what xlwings asks for names when an attribute seems not to be there."""

    def __init__(self, played: Any) -> None:
        self.played = played

    def GetIDsOfNames(self, _locale: int, name: str) -> int:
        """Return a number for a name; ComError when there is none, or Excel takes no calls."""
        self.played.excel.answer(self.played)
        if name not in members(self.played.excel.product)[self.played.TYPE]:
            raise ComError(UNKNOWN_NAME, "未知名称。")
        return 1


def played(value: Any) -> Any:
    """Return the object behind a COM object, however it is wrapped; None for what is none."""
    if isinstance(value, CDispatch):
        return object.__getattribute__(value, "played")
    ole = getattr(value, "_oleobj_", None)
    return ole.played if isinstance(ole, Ole) else None


def handed_out(value: Any) -> Any:
    """Return a value as the other process sees it."""
    return CDispatch(value) if hasattr(value, "TYPE") else value


def taken_in(excel: Any, value: Any) -> Any:
    """Return a value as Excel receives it; what has no VARIANT is a breach."""
    if value is None or type(value) in (bool, str, float, Decimal):
        return value
    if type(value) is int:
        if not -(2**31) <= value < 2**31:
            raise excel.breach(f"{value} does not fit into 32 bits", OverflowError)
        return value
    if isinstance(value, int):  # an enumeration of xlwings
        return int(value)
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise excel.breach("a time without zone is no VARIANT", ValueError)
        return value
    if isinstance(value, list | tuple):
        return tuple(taken_in(excel, item) for item in value)
    inside = played(value)
    if inside is None:
        raise excel.breach(f"objects of type {type(value).__name__} cannot be converted to a COM VARIANT", TypeError)
    return inside
