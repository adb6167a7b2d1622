"""Macros of LibreOffice, called by the names that xlwings gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gk_xl.engines.libreoffice.kinds import UnoApp

PROVIDERS = "com.sun.star.script.provider.MasterScriptProviderFactory"


def run_macro(app: UnoApp, macro: str, args: Sequence[Any]) -> Any:
    """Return what a macro returns; EngineError when there is none of this name or it fails.

    ``Module.Macro`` lies in the library Standard of one's own macros, ``'book'!Module.Macro`` in that of a book;
    ``file.py$function`` is a function in Python.
    """
    book, _, name = macro.rpartition("!")
    if "$" in name:
        language, where = "Python", name
    else:
        parts = name.split(".")
        language, where = "Basic", ".".join(["Standard", *parts][-3:])
    if book:
        provider = app.books(book.strip("'")).api.getScriptProvider()
        place = "document"
    else:
        factory = app.context.ServiceManager.createInstanceWithContext(PROVIDERS, app.context)
        provider, place = factory.createScriptProvider(""), "user" if language == "Python" else "application"
    script = provider.getScript(f"vnd.sun.star.script:{where}?language={language}&location={place}")
    found, _, _ = script.invoke(tuple(args), (), ())
    return found
