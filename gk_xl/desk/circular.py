"""The 通报: a draft in Word over all units, who handed in, what is wrong, what the numbers say, what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.desk.brief import OVERDUE, named_units
from gk_xl.desk.entry import ASKED, DUPLICATE, FAILED, PASSED, UNREADABLE
from gk_xl.desk.figures import signed
from gk_xl.desk.front import FIGURE_HEADS, FIGURES, POINTS
from gk_xl.desk.slips import WRITTEN, day
from gk_xl.report.letter import Column, Heading, Letter, Listing, write_letter
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gk_xl.desk.brief import Brief
    from gk_xl.desk.figures import Compared

FILE: Final = "通报（草稿）.docx"
COLUMNS: Final = tuple(map(Column, FIGURE_HEADS, (5.2, 2.2, 2.2, 2.2, 1.8, 2.0)))
THIS_YEAR: Final = tuple(map(Column, FIGURE_HEADS, (8.4, 3.6)))
UNITS: Final = (
    Column("序号", 1.1),
    Column("单位", 5.6),
    Column("报送", 2.4),
    Column("结论", 2.0),
    Column("错误", 1.3),
    Column("警告", 1.3),
    Column("整改", 1.9),
)
MOST: Final = 15
"""So many units are named for one problem."""


def circular(brief: Brief) -> bytes:
    """Return the 通报 as .docx bytes; a draft, for whoever signs it to change."""
    issuer = brief.issuer
    title = f"关于{brief.year}政府信息公开工作年度报告报送和审核情况的通报"
    parts: list[str | Heading | Listing] = [
        *_situation(brief),
        *_problems(brief),
        *_numbers(brief),
        *_asked(brief),
    ]
    after: list[str | Heading | Listing] = [
        Heading("附：各单位报送和审核情况"),
        _units(brief),
    ]
    addressed = "各乡镇、街道，各部门："
    return write_letter(Letter(title, addressed, parts, issuer.name, day(issuer.date), after), GENERATOR, WRITTEN)


def _situation(brief: Brief) -> Iterator[str | Heading]:
    """Yield who handed in and how it went."""
    counts, collection = brief.counts, brief.collection
    yield Heading("一、报送情况")
    due = f"应报送 {counts['应交']} 个单位，" if collection.due is not None else ""
    yield (
        f"{due}截至目前报送 {counts['已交']} 个。经审核，通过 {counts[PASSED]} 个，需要核对 {counts[ASKED]} 个，退回修改 {counts[FAILED]} 个"
        f"{f'，文件读不了 {counts[UNREADABLE]} 个' if counts[UNREADABLE] else ''}。"
    )
    yield from named_units("没有报送的", collection.missing)
    yield from named_units("迟报的", brief.late)
    yield from named_units(OVERDUE, brief.overdue)
    if collection.duplicates:
        yield f"重复报送的 {len(collection.duplicates)} 个：{'、'.join(twice.kept.unit for twice in collection.duplicates)}，均以最新的一份为准。"
    yield from named_units("使用旧版表格的", collection.old_forms)


def _problems(brief: Brief) -> Iterator[str | Heading]:
    """Yield the commonest problems with their units, copies, chains that do not hold, and how returned ones were mended."""
    yield Heading("二、审核发现的主要问题")
    if not brief.commonest:
        yield "没有发现错误。"
    for number, problem in enumerate(brief.commonest, start=1):
        yield f"{number}. {problem.label}（{len(problem.units)} 个单位）：{_named(problem.units)}。"
    if groups := brief.alike_groups:
        named = "；".join(f"{_named(group)}（{len(group)} 个单位）" for group in groups[:MOST])
        more = f"；另有 {len(groups) - MOST} 组，见汇总" if len(groups) > MOST else ""
        yield f"报告文字雷同的：{named}{more}。请如实写本单位的情况，重新编写。"
    gaps = [chain.entry.unit for chain in brief.chains if chain.gap]
    if gaps:
        yield f"上年结转与去年报告的结转下年度接不上的：{'、'.join(gaps)}。"
    told = [
        progress
        for entry in brief.entries
        if (progress := brief.rounds.progress(entry)) and DUPLICATE not in entry.marks
    ]
    if told:
        done = sum(1 for progress in told if not progress.still and not progress.new)
        mended = sum(len(progress.mended) for progress in told)
        yield f"上次退回的 {len(told)} 个单位中，已全部改好 {done} 个；指出的问题共改正 {mended} 处，仍有 {sum(len(progress.still) for progress in told)} 处。"


def _named(units: Sequence[str]) -> str:
    """Return the names of units, of many the first."""
    return "、".join(units[:MOST]) + ("等" if len(units) > MOST else "")


def _numbers(brief: Brief) -> Iterator[str | Heading | Listing]:
    """Yield the main figures beside last year's."""
    yield Heading(f"三、{FIGURES}")
    failed = sum(entry.outcome == FAILED for entry in brief.members)
    note = f"，其中 {failed} 个单位的报告尚未通过审核，数据可能变动" if failed else ""
    both = (
        f"与上年比较的是有上年数据的 {len(brief.comparable)} 个单位。"
        if brief.comparable
        else "没有上年的报告，未与上年比较。"
    )
    yield f"下表由已报送的 {len(brief.members)} 个单位汇总{note}。{both}"
    rows = [
        _figure(whole, two)
        for whole, two in zip(brief.figures, brief.two_years, strict=True)
        if whole.shown_now is not None
    ]
    if brief.comparable:
        yield Listing(COLUMNS, rows, small=True)
    else:
        yield Listing(THIS_YEAR, [row[:2] for row in rows], small=True)
    yield from brief.doubts


def _figure(whole: Compared, two: Compared) -> tuple[str, ...]:
    unit = whole.figure.unit if whole.figure.whole else ""

    def told(value: float | str | None) -> str:
        return "—" if value is None else value if isinstance(value, str) else f"{show(value)}{unit}"

    change = "—" if two.change is None else signed(two.change)
    growth = "—" if two.growth is None else signed(two.growth, "%")
    if whole.figure.whole and two.change is not None:
        growth = POINTS
    return whole.figure.label, told(whole.shown_now), told(two.shown_now), told(two.shown_before), change, growth


def _asked(brief: Brief) -> Iterator[str | Heading]:
    """Yield what the units are asked to do."""
    issuer = brief.issuer
    until = f"于 {day(issuer.deadline)}前" if issuer.deadline else "尽快"
    yield Heading("四、有关要求")
    if brief.collection.missing:
        yield f"没有报送的单位，请{until}报送。"
    yield f"退回修改的单位，请对照退回单逐条改正，{until}重新报送；需要核对的，请核对后改正或写明理由。"
    if issuer.contact:
        yield f"联系人：{issuer.contact}。"


def _units(brief: Brief) -> Listing:
    """Return the list of the units; how they mended what was returned stands in it once something was."""
    columns = UNITS if brief.rounds else (*UNITS[:-1],)
    return Listing(columns, [row[: len(columns)] for row in _unit_rows(brief)], small=True)


def _unit_rows(brief: Brief) -> Iterator[tuple[str, ...]]:
    """Yield a row a unit, in the county's order, those that are not there last."""
    newest = [entry for entry in brief.entries if DUPLICATE not in entry.marks and entry is not brief.county]
    number = 0
    for number, entry in enumerate(newest, start=1):
        counts = entry.result.counts if entry.result else {}
        progress = brief.rounds.progress(entry)
        marks = "、".join(brief.marks(entry)) or "已报"
        yield (
            str(number),
            entry.unit,
            marks,
            entry.outcome,
            *(str(counts.get(name, "—")) for name in ("error", "warning")),
            "—" if progress is None else f"已改{len(progress.mended)}仍{len(progress.still)}",
        )
    for unit in brief.collection.missing:
        number += 1
        yield str(number), unit.name, "未报", "—", "—", "—", "—"
