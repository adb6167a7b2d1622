"""An open workbook, read and judged: what every button begins with."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gk_xl.addin.view import read_book
from gk_xl.checks.run import check
from gk_xl.errors import CalledOff, HostError
from gk_xl.form.fingerprint import different, fingerprint, read_parts, typed_code
from gk_xl.workbook.content import Content
from gk_xl.workbook.layout import SLIP
from gk_xl.workbook.sheets.results import ResultLine, result_lines

if TYPE_CHECKING:
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import CheckResult
    from gk_xl.workbook.grid import Reading
    from gk_xl.workbook.layout import Place

Ask = Callable[[str], bool]
TITLE = "政府信息公开年报"


@dataclass(frozen=True)
class Judged:
    """What a workbook holds and what the rules say of it; places are those of this workbook."""

    reading: Reading
    result: CheckResult
    content: Content

    @property
    def filing(self) -> Filing:
        """The filing of the report year."""
        return self.reading.filing

    @cached_property
    def lines(self) -> tuple[ResultLine, ...]:
        """The lines of 校验结果, more than it has room for among them."""
        return tuple(result_lines(self.content))

    def place(self, name: str) -> Place | None:
        """Return where a cell, a paragraph or a setting stands in this workbook."""
        return self.reading.places.get(self.reading.rows.get(name, name))


def judge(book: Any, checked_at: str = "", lifted: Collection[str] = (), *, reading: Reading | None = None) -> Judged:
    """Return an open workbook read and checked, in the midst of a step with the sheets that it has ``lifted``.

    ``reading`` is what it holds, where that is known already. GkXlError says why it cannot be read.
    """
    reading = reading or read_book(book, lifted)
    result = check(reading.filing, reading.last, source=book.name, extra=reading.findings)
    result = replace(result, findings=tuple(finding.at(reading.where(finding)) for finding in result.findings))
    return Judged(reading, result, Content(reading.layout, reading.filing, reading.last, result, checked_at))


def require_sheet(reading: Reading, sheet: str) -> None:
    """Raise HostError where a workbook of an earlier template lacks a sheet, with the way to a new one."""
    if sheet not in reading.layout.extras:
        raise HostError(
            f"这本工作簿没有“{sheet}”这张表（较早的模板）。请点“修复”，换成新的工作簿，数和文字都会带过去。"
        )


def outdated(judged: Judged) -> str:
    """Return what to tell where 报送单 was made before something was changed: which parts, what to do; else an empty text."""
    parts = "、".join(changed_since_slip(judged))
    return f"“{SLIP}”做好以后，{parts}改过了：定稿后请重新点“{SLIP}”、重新签字。" if parts else ""


def changed_since_slip(judged: Judged) -> list[str]:
    """Return the parts that were changed since 报送单 was made; [] where none was, or there is no 报送单."""
    slip, found = judged.filing.slip, fingerprint(judged.filing)
    code = typed_code(slip.get("fingerprint", ""))
    return [] if code in ("", found.whole) else list(different(found, read_parts(slip.get("parts", "")))) or ["内容"]


def decider(book: Any, ask: Ask | None) -> Ask:
    """Return ``ask``, or a question to which 否 means something else than nothing; closed or 取消, CalledOff stops the button."""
    return ask or (lambda text: _answer(book, text))


def _answer(book: Any, text: str) -> bool:
    """Return whether a question is answered with yes; CalledOff where it is not answered."""
    answer = book.app.alert(text, TITLE, "yes_no_cancel")
    if answer not in ("yes", "no"):
        raise CalledOff
    return bool(answer == "yes")


def asker(book: Any, ask: Ask | None) -> Ask:
    """Return ``ask``, or a question in a message box of the workbook's application."""
    return ask or (lambda text: book.app.alert(text, TITLE, "yes_no") == "yes")


def spot(place: Place) -> str:
    """Return how a sentence names a cell."""
    return f"“{place.sheet}”{place.address}"
