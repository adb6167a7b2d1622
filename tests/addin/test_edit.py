"""A step of changes in Excel, as far as it can be tried without Excel: its object model played by a stand-in."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from gk_xl.addin.edit import ALLOWED, Edit, is_protected, is_structure_locked
from gk_xl.errors import HostError


class Api:
    """What Excel's worksheet object says of protection, and what it was told."""

    def __init__(self, password: str = "", *, protected: bool = True, stubborn: bool = False) -> None:
        self.password, self.ProtectContents, self.stubborn = password, protected, stubborn
        self.ProtectDrawingObjects = self.ProtectScenarios = True
        self.Protection = SimpleNamespace(**{name: name == "AllowFormattingRows" for name in ALLOWED})
        self.told: list[tuple] = []

    def Unprotect(self, password: str) -> None:  # noqa: N802 - Excel's name
        if password != self.password:
            raise RuntimeError("com_error")
        self.ProtectContents = False

    def Protect(self, *arguments) -> None:  # noqa: N802 - Excel's name
        self.told.append(arguments)
        self.ProtectContents = not self.stubborn


class Book:
    """A workbook with one sheet on an engine that is not ours."""

    def __init__(self, api: Api) -> None:
        self.sheet = SimpleNamespace(name="表三", api=api, impl=object())
        self.sheets = {"表三": self.sheet}
        self.app = SimpleNamespace(screen_updating=True)
        self.impl, self.fullname = object(), "年报.xlsx"
        self.api = SimpleNamespace(ProtectStructure=True, MultiUserEditing=False)
        self.sheet.book = self


def test_protection_is_lifted_and_put_back_with_what_it_allowed():
    """In Excel's own order: password, drawings, contents, scenarios, interface only, then what was allowed before."""
    api = Api()
    book = Book(api)
    with Edit(book, "校验") as edit:
        edit.sheet("表三")
        assert not api.ProtectContents
        assert not book.app.screen_updating
    assert book.app.screen_updating
    (told,) = api.told
    assert told[:5] == ("", True, True, True, False)
    assert dict(zip(ALLOWED, told[5:], strict=True)) == {name: name == "AllowFormattingRows" for name in ALLOWED}
    assert is_protected(book.sheet)
    assert is_structure_locked(book)


def test_a_sheet_that_was_open_stays_open():
    """What a clerk has unprotected is not protected behind his back."""
    api = Api(protected=False)
    with Edit(Book(api), "校验") as edit:
        edit.sheet("表三")
    assert api.told == []
    assert not api.ProtectContents


def test_a_password_is_a_sentence_and_the_screen_comes_back():
    """Nothing is lifted; the window follows changes again."""
    api = Api("secret")
    book = Book(api)
    with pytest.raises(HostError, match="密码"), Edit(book, "校验") as edit:
        edit.sheet("表三")
    assert api.ProtectContents
    assert book.app.screen_updating


def test_a_protection_that_does_not_come_back_is_said():
    """A sheet left open is named with what to do; a failure before that is told in its place."""
    with pytest.raises(HostError, match="“表三”的保护没能恢复"), Edit(Book(Api(stubborn=True)), "校验") as edit:
        edit.sheet("表三")
    with pytest.raises(ZeroDivisionError), Edit(Book(Api(stubborn=True)), "校验") as edit:
        edit.block("没有这张表", 1 // 0, 1, [[0]])
