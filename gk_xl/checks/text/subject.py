"""What is counted, or said of all: a thing, what was done with it, and the row and column that it stands in."""

from __future__ import annotations

from typing import NamedTuple

GROUP = ".*"
"""Behind the name of a row: all rows of its group."""
ORGANISATIONS = "organisations"
"""The column of all applicants but persons, as a text counts them."""
TOGETHER = "+"
"""Between the names of columns that are counted together."""
TOTALS = ("received", "received_new", "answered", "handled", "on_application")
"""What is done with all applications of a year, and may be counted as one number."""


class Subject(NamedTuple):
    """What a statement is about; README.md lists them as :meth:`__str__` writes them.

    ``thing``: ``application`` ``case`` ``normative`` ``rules`` ``documents`` ``decisions`` ``charge`` ``purchase``;
    ``act``, of applications only: ``received`` ``answered`` ``carried_out`` …; ``row`` and ``column`` as the tables name
    them, a column of 表三 being who applied; ``every``: the claim is about all of them.
    """

    thing: str
    act: str = ""
    row: str = ""
    column: str = ""
    every: bool = False

    def __str__(self) -> str:
        """Return it in one word: ``received``, ``applicant:natural_person``, ``case:reconsideration.upheld``."""
        if self.thing == "application":
            head, tail = ("all_" if self.every else "") + self.act, self.row or self.column
        elif self.thing == "case":
            head, tail = "all" if self.every else "case", f"{self.row}.{self.column}"
        else:
            head, tail = self.thing, self.row or self.column
        return f"{head}:{tail}" if tail else head

    def within(self, other: Subject) -> bool:
        """Return whether its row is one of another's group: refused.state_secret of refused.*."""
        group = other.row
        return group.endswith(GROUP) and self.row.startswith(group[:-1]) and self.row != group


def applications(act: str, row: str = "", column: str = "", *, every: bool = False) -> Subject:
    """Return what is said of applications."""
    return Subject("application", act, row, column, every)


def cases(kind: str, column: str = "total", *, every: bool = False) -> Subject:
    """Return what is said of reconsiderations or suits."""
    return Subject("case", "", kind, column, every)
