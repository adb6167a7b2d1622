"""What can stop an engine: a code, and the facts that belong to it. Sentences for people are the caller's."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Refusal(StrEnum):
    """Why an engine did not do what it was asked; behind each, the facts it carries."""

    LOCKED_CELL = "locked_cell"  # sheet, address
    LOCKED_LOOKS = "locked_looks"  # sheet, address: colour, note or link on a protected sheet
    LOCKED_STRUCTURE = "locked_structure"  # book
    PASSWORD = "password"  # noqa: S105 - sheet: its protection has one
    MERGED_CELL = "merged_cell"  # sheet, address
    NO_BOOK = "no_book"
    NO_WINDOW = "no_window"  # prompt: a question that nobody can be asked
    NOT_CALCULATED = "not_calculated"
    NOT_DRAWN = "not_drawn"  # what: only an application draws and prints
    NOT_OPENED = "not_opened"  # path
    NOT_A_SPREADSHEET = "not_a_spreadsheet"  # path
    UNKNOWN_FORMAT = "unknown_format"  # suffix
    UNSUPPORTED = "unsupported"  # what
    NO_OFFICE = "no_office"  # the application is not installed
    NO_BRIDGE = "no_bridge"  # version: this interpreter cannot have the module uno
    NO_ANSWER = "no_answer"
    REFUSED = "refused"  # why: in the application's own words


class EngineError(Exception):
    """An engine could not do what it was asked, and nothing was changed by it."""

    def __init__(self, refusal: Refusal, **facts: Any) -> None:
        super().__init__(refusal, facts)
        self.refusal, self.facts = refusal, facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.refusal.value}: {told}" if told else self.refusal.value
