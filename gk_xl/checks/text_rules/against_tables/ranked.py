"""X-41, which kind is said to be the most, or next to it, held against 表三: 自然人提出的最多，商业企业其次; 以予以公开的最多.

A result that is a group, or 予以公开 and 部分公开, is held against the others that are; one of a group against its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.text_rules.against_tables.shares import named_in
from gk_xl.checks.text_rules.against_tables.targets import sum_of
from gk_xl.checks.text_rules.words import Words
from gk_xl.form.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gk_xl.checks.case import Case

_WORDS: Final = Words(__file__)

_PLACED: Final = regex(
    r"(?P<label>[^，。；：（）\d、]{2,14}?)(?:提出|提交)?的?(?:申请)?(?:(?P<most>最多|居首|居首位|占多数)|次之|其次|居次|居第二位?)(?=[，。；])"
    r"|(?:(?P<most2>(?:数量|件数|占比)?最[多高大]的|居首位?的)|其次|次之|居次的|居第二位?的)(?:一[类种项])?(?:是|为)(?P<label2>[^，。；：（）\d、]{2,20}?)(?:的|类|情形|申请){0,3}(?=[，。；])"
)


def not_the_most(text: str, case: Case) -> Iterator[str]:
    """Yield which kind of applicants or result is not the most, or not next to it, though a folded sentence says so."""
    for match in _PLACED.finditer(text) if any(word in text for word in ("最", "居首", "多数", "次")) else ():
        label = match["label"] or match["label2"]
        column, row = named_in(label, case.edition.id)
        beside = text[: match.end()] if column else text[: match.end()].replace(label, "")  # 本机关不掌握相关政府信息
        if bool(column) == bool(row) or _WORDS.apart.search(_WORDS.of_results.sub("", beside)):
            continue
        numbers = _columns(case) if column else _rows(row, case, alone=_WORDS.of_results.search(text) is not None)
        own = numbers.get(column or row)
        if own is None or None in numbers.values():
            continue
        above = [number for number in numbers.values() if number is not None and number > own]
        if len(above) > (0 if match["most"] or match["most2"] else 1) or not own:
            yield f"“{match[0]}”：表三里是 {show(own)} 件，最多的有 {show(max(above, default=own))} 件"


def _columns(case: Case) -> Mapping[str, float | None]:
    """Return how many applications of the year each kind of applicants made."""
    cells = case.edition.matching("t3.received_new.*")
    return {cell.column: sum_of([cell.id], case.filing) for cell in cells if cell.column != "total"}


def _rows(row: str, case: Case, *, alone: bool) -> Mapping[str, float | None]:
    """Return how many applications had each result: each group beside the rows without one, or the rows of one group.

    ``alone``: where the words speak of all results, a row of a group stands beside those of all.
    """
    leaf = "." in row and not row.endswith(".*")
    found: dict[str, list[str]] = {}
    for cell in case.edition.matching("t3.*.total"):
        group, part, _ = cell.row.partition(".")
        if cell.row in _OTHER_ROWS or (leaf and not alone and group != row.partition(".")[0]):
            continue
        found.setdefault(f"{group}.*" if part and not leaf else cell.row, []).append(cell.id)
    return {name: sum_of(ids, case.filing) for name, ids in found.items()}


_OTHER_ROWS: Final = ("received_new", "carried_in", "outcome_total", "carried_out")
