"""Which sheet of a damaged workbook is which of the form, and which form it is: told by labels, titles and names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gk_xl.errors import EditionNotFound, NotATemplate
from gk_xl.form.load import edition_ids
from gk_xl.workbook.alignment import Alignment, align, comparable, labels_of
from gk_xl.workbook.expected import expected_plan
from gk_xl.workbook.grid import layout_of
from gk_xl.workbook.layout import LAST_YEAR, OPTIONAL, Layout, layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gk_xl.workbook.plan import SheetPlan
    from gk_xl.workbook.repair.damaged import DamagedBook, DamagedSheet

TO_IMPORT = "要把已发布的报告放进工作簿，请用“导入”。"
ALIKE, VERY_ALIKE = 0.6, 0.85  # shares of the printed labels that make a sheet one of ours, beside others or alone
TITLE, NAMES, FILLED = 0.3, 0.3, 0.2  # what else speaks for a sheet, against its share of labels


@dataclass(frozen=True)
class Found:
    """A sheet of the form as it was found."""

    plan: SheetPlan
    sheet: DamagedSheet
    alignment: Alignment
    copies: tuple[tuple[DamagedSheet, Alignment], ...] = ()


@dataclass
class Sheets:
    """The sheets of the form that were found, by their titles; what is missing; what is not ours."""

    found: dict[str, Found] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def share(plan: SheetPlan, sheet: DamagedSheet) -> float:
    """Return which share of a planned sheet's texts a sheet bears, wherever they stand."""
    wanted = {text for text in labels_of(plan).values() if len(text) > 1 and not text.isdigit()}
    texts = {comparable(value) for value in sheet.values.values() if isinstance(value, str)}
    return len(wanted & texts) / len(wanted) if wanted else 0.0


def form_of(name: str, book: DamagedBook) -> Layout:
    """Return the form that a damaged workbook was made for: as it says itself, else as its labels say.

    NotATemplate where nothing of a workbook of ours is left, or where a newer program made it.
    """
    if book.raw.constant("gk_xl.schema") is not None and book.raw.constant("gk_xl.edition") is not None:
        return layout_of(name, book.raw.constant, OPTIONAL)
    best = max((_likeness(edition, book), edition) for edition in edition_ids())
    (_, alike, very), edition = best
    if not very and alike < 2:
        raise NotATemplate(
            f"“{name}”里找不到年报工作簿的表，不是用本模板填的，没有可以修复的内容，什么也没有写。{TO_IMPORT}"
        )
    return layout(edition, _last_edition(edition, book))


def _likeness(edition: str, book: DamagedBook) -> tuple[float, int, bool]:
    """Return how much of an edition's workbook is there: all shares, how many sheets are alike, whether one is very."""
    plans = expected_plan(layout(edition)).sheets
    shares = [max(share(plan, sheet) for plan in plans) for sheet in book.sheets.values()]
    return sum(shares), sum(one >= ALIKE for one in shares), any(one >= VERY_ALIKE for one in shares)


def _last_edition(edition: str, book: DamagedBook) -> str:
    """Return the edition of 上年数据: whose labels it bears; without the sheet, the edition itself."""
    shares: dict[str, float] = {}
    for last in edition_ids():
        try:
            plan = expected_plan(layout(edition, last)).sheet(LAST_YEAR)
        except EditionNotFound:
            continue
        shares[last] = max((share(plan, sheet) for sheet in book.sheets.values()), default=0.0)
    best = max(shares.values(), default=0.0)
    candidates = [last for last, value in shares.items() if value == best]
    return edition if best < ALIKE or edition in candidates else candidates[0]


def match_sheets(book: DamagedBook, form: Layout) -> Sheets:
    """Return which sheet is which, the likeliest pair first; further copies of a sheet stand beside it."""
    plans = expected_plan(form).sheets
    pointed = _pointed(book, form)
    scores: dict[tuple[str, str], float] = {}
    for plan in plans:
        for title, sheet in book.sheets.items():
            labels = share(plan, sheet)
            same = title.strip() == plan.title
            names = pointed.get((plan.title, title), 0.0)
            if labels >= ALIKE or same or names > 0.5:
                filled = _filled(form, plan, sheet)
                scores[plan.title, title] = labels + TITLE * same + NAMES * names + FILLED * filled
    result, taken = Sheets(), set[str]()
    chosen: dict[str, str] = {}
    for planned, title in sorted(scores, key=lambda pair: -scores[pair]):
        if planned not in chosen and title not in taken:
            chosen[planned] = title
            taken.add(title)
    for plan in plans:
        if plan.title not in chosen:
            result.missing.append(plan.title)
            continue
        sheet = book.sheets[chosen[plan.title]]
        copies = tuple(
            (other, _aligned(book, form, plan, other))
            for title, other in book.sheets.items()
            if title not in taken and share(plan, other) >= ALIKE
        )
        result.found[plan.title] = Found(plan, sheet, _aligned(book, form, plan, sheet), copies)
    copied = {other.title for found in result.found.values() for other, _ in found.copies}
    result.foreign = [title for title in book.sheets if title not in taken | copied]
    return result


def _aligned(book: DamagedBook, form: Layout, plan: SheetPlan, sheet: DamagedSheet) -> Alignment:
    """Return where the form stands in a sheet, its names asked where no label tells."""
    named = {
        (place.row, place.column): (there.row, there.column)
        for name, place in form.names.items()
        if place.sheet == plan.title and (there := book.named.get(name)) is not None and there.sheet == sheet.title
    }
    return align(plan, sheet.values, named)


def _pointed(book: DamagedBook, form: Layout) -> Mapping[tuple[str, str], float]:
    """Return which share of a planned sheet's names point into a sheet."""
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for name, place in form.names.items():
        totals[place.sheet] = totals.get(place.sheet, 0) + 1
        there = book.named.get(name)
        if there is not None:
            counts[place.sheet, there.sheet] = counts.get((place.sheet, there.sheet), 0) + 1
    return {pair: count / totals[pair[0]] for pair, count in counts.items()}


def _filled(form: Layout, plan: SheetPlan, sheet: DamagedSheet) -> float:
    """Return which share of a planned sheet's inputs hold something where they are expected."""
    places = [(place.row, place.column) for place in form.names.values() if place.sheet == plan.title]
    return sum(not sheet.held(place).blank for place in places) / len(places) if places else 0.0
