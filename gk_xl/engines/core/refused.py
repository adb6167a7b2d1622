"""Members of xlwings that an engine does not give: asking for one is answered by a code, not by a surprise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self, TypeVar, overload

from gk_xl.engines.core.errors import EngineError, Refusal

F = TypeVar("F", bound=Callable[..., Any])


def always(refusal: Refusal) -> Callable[[F], F]:
    """Mark a method that never does anything but raise EngineError with a code and facts of its own."""

    def mark(method: F) -> F:
        vars(method)["refusal"] = refusal
        return method

    return mark


class Refused:
    """A member that raises EngineError when it is read, called or set; ``what`` in its facts names it."""

    def __init__(self, refusal: Refusal = Refusal.UNSUPPORTED) -> None:
        self.refusal = refusal
        self.what = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.what = f"{owner.__name__}.{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Any: ...
    def __get__(self, instance: object, owner: type) -> Any:
        if instance is None:
            return self
        return self.answer()

    def __set__(self, instance: object, value: Any) -> None:
        raise EngineError(self.refusal, what=self.what)

    def answer(self) -> Any:
        """Raise EngineError."""
        raise EngineError(self.refusal, what=self.what)


class Lacking(Refused):
    """A member whose class is not covered, and which xlwings reads on the way to others: it says that there is none."""

    def __init__(self, none: Any) -> None:
        super().__init__()
        self.none = none

    def answer(self) -> Any:
        """Return what says so: None, or an empty tuple."""
        return self.none
