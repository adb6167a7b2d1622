"""The 通报: a draft in Word over all units, who handed in, what is wrong, what the numbers say, what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gk_xl.checks.catalogue import show
from gk_xl.checks.text_rules.content.copies_in_folder import CODE as ALIKE
from gk_xl.desk.brief import COMMONEST, OVERDUE, named_units
from gk_xl.desk.counting import word_of
from gk_xl.desk.entry import ASKED, FAILED, MISSING, OLD_FORM, OTHER_YEAR, PASSED, UNREADABLE
from gk_xl.desk.figures import signed
from gk_xl.desk.front import FIGURE_HEADS, FIGURES, NO_GROWTH, POINTS
from gk_xl.desk.slips import WRITTEN, day
from gk_xl.desk.states import State, is_units
from gk_xl.form.finding import Severity
from gk_xl.report.letter import Column, Heading, Letter, Listing, write_letter
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.desk.brief import Brief, Problem
    from gk_xl.desk.entry import Entry
    from gk_xl.desk.figures import Compared
    from gk_xl.desk.rounds import Progress

COLUMNS: Final = tuple(map(Column, FIGURE_HEADS, (4.8, 2.2, 2.2, 2.2, 2.6, 1.6)))
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
JUDGED: Final = (PASSED, ASKED, FAILED)
"""What units come to whose report on the year was read."""
SAID: Final = {
    PASSED: "通过",
    ASKED: "需要核对",
    FAILED: "退回修改",
    UNREADABLE: "报告读不了",
    OTHER_YEAR: "报成其他年度",
    MISSING: "没有报送",
}
STATES: Final = tuple(SAID)
_BELOW: Final = {"县": "各乡镇、街道", "市": "各县（市、区）", "省": "各市（州、地区）"}
"""The governments to whom that of a level writes."""
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
    addressed = f"{_BELOW[word_of(brief.members, brief.county)]}，各部门："
    return write_letter(
        Letter(title, addressed, parts, issuer.name, day(issuer.date), after, closing=1), GENERATOR, WRITTEN
    )


def _situation(brief: Brief) -> Iterator[str | Heading]:
    """Yield who handed in and how it went: the counts of the first sentence add up, what is no unit's stands apart."""
    yield Heading("一、报送情况")
    of = {name: [one for one in brief.states if one.state == name] for name in STATES}
    judged = "，".join(f"{SAID[name]} {len(of[name])} 个" for name in JUDGED)
    others = "".join(f"{SAID[name]} {len(of[name])} 个，" for name in STATES if name not in JUDGED and of[name])
    due = f"应报送 {len(brief.states)} 个单位，" if brief.collection.due is not None else ""
    there = sum(len(of[name]) for name in JUDGED)
    yield f"{due}截至目前已报送 {there} 个，其中{judged}{f'；{others[:-1]}' if others else ''}。"
    yield from named_units("没有报送的", of[MISSING])
    yield from named_units("交的文件读不了、请重新报送的", of[UNREADABLE])
    others_years = [one.entry for one in of[OTHER_YEAR] if one.entry is not None]
    yield from _listed(f"报成其他年度的 {len(others_years)} 个：", map(_with_year, others_years))
    yield from named_units("迟报的", brief.late)
    yield from named_units(OVERDUE, brief.overdue)
    both = [found for found in brief.collection.duplicates if is_units(found.kept)]
    twice = [one.kept for one in both if not one.tied and brief.rounds.reference(one.kept) is None]
    yield from (f"{said}均以最新的一份为准。" for said in named_units("重复报送的", twice))
    tied = named_units("报送了几份、日期相同分不出先后的", [one.kept for one in both if one.tied])
    yield from (f"{said}请说明以哪一份为准。" for said in tied)
    old = [one for one in brief.states if one.state in JUDGED and one.entry and OLD_FORM in one.entry.marks]
    yield from named_units("使用旧版表格的", old)
    yield from _apart(brief)


def _apart(brief: Brief) -> Iterator[str]:
    """Yield what came besides: reports of units that are not on the list, of other years, files that nobody can read."""
    outside = [entry for entry in brief.strangers if entry.filing is not None]
    yield from _listed(f"另收到不在名单上的 {len(outside)} 个单位的报告，没有计入：", (entry.unit for entry in outside))
    speaking = {id(one.entry) for one in brief.states}
    besides = [
        entry for entry, reason in brief.left_out if "年度" in reason and is_units(entry) and id(entry) not in speaking
    ]
    yield from _listed("另收到其他年度的报告，没有计入：", map(_with_year, besides))
    if unknown := [entry for entry in brief.collection.unreadable if not is_units(entry)]:
        yield f"另有 {len(unknown)} 个文件读不了，也看不出是哪个单位的，见汇总。"


def _listed(label: str, names: Iterable[str]) -> Iterator[str]:
    """Yield names behind a label as one sentence; nothing where there is none."""
    if told := "、".join(names):
        yield f"{label}{told}。"


def _with_year(entry: Entry) -> str:
    return f"{entry.unit}（{_year(entry)}）"


def _year(entry: Entry) -> str:
    year = entry.filing.year if entry.filing else None
    return "年度未填" if year is None else f"{year}年度"


def _problems(brief: Brief) -> Iterator[str | Heading]:
    """Yield errors, what is serious first, then what is to be confirmed; copies; and how returned ones were mended."""
    yield Heading("二、审核发现的主要问题")
    if not brief.problems:
        yield "没有发现问题。"
    yield from _commonest("（一）必须改正的：", brief.problems_of(Severity.ERROR), 2 * COMMONEST)
    yield from _commonest(
        "（二）需要核对的：", [one for one in brief.problems_of(Severity.WARNING) if one.code != ALIKE], COMMONEST
    )
    if groups := brief.alike_groups:
        named = "；".join(f"{_named(group)}（{len(group)} 个单位）" for group in groups[:MOST])
        more = f"；另有 {len(groups) - MOST} 组，见汇总" if len(groups) > MOST else ""
        yield f"报告文字雷同、需要核对的：{named}{more}。请各组说明由谁编写，照搬的如实写本单位的情况，重新编写。"
    yield from _returned(brief)


def _commonest(heading: str, problems: Sequence[Problem], most: int) -> Iterator[str]:
    """Yield problems with their units: those that are serious, and the commonest others."""
    if not problems:
        return
    yield heading
    serious = [one for one in problems if one.serious]
    others = [one for one in problems if not one.serious]
    for number, problem in enumerate([*serious, *others[:most]], start=1):
        yield f"{number}. {problem.label}（{len(problem.units)} 个单位）：{_named(problem.units)}。"
    if len(others) > most:
        yield f"其他 {len(others) - most} 种见汇总。"


def _returned(brief: Brief) -> Iterator[str]:
    """Yield what became of the slips of the last time; nothing where none went out."""
    entries = [entry for entry in brief.entries if not entry.aside and entry is not brief.county]
    found = brief.rounds.returned(entries, brief.issuer.date)
    if not found.written:
        return
    known = found.again + found.asked == found.written
    of = f"（退回修改 {found.again} 份，核对 {found.asked} 份）" if known else ""
    given = f"写明理由 {found.answered} 处，" if found.answered else ""
    gone = f"，文件已不在的 {found.gone} 份" if found.gone else ""
    yield (
        f"上次发出通知单 {found.written} 份{of}："
        f"全部改好 {found.done} 份，改好一部分 {found.part} 份，没有改好 {found.same} 份{gone}。"
        f"指出的问题已改正 {found.mended} 处，{given}仍有 {found.still} 处，另有新发现的 {found.new} 处。"
    )


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
    yield from (*brief.doubts, *brief.lacking)


def _figure(whole: Compared, two: Compared) -> tuple[str, ...]:
    unit = whole.figure.unit if whole.figure.whole else ""

    def told(value: float | str | None) -> str:
        return "—" if value is None else value if isinstance(value, str) else f"{show(value)}{unit}"

    change = "—" if two.change is None else signed(two.change, POINTS if whole.figure.whole else "")
    growth = NO_GROWTH if two.growth is None else signed(two.growth, "%")
    return whole.figure.label, told(whole.shown_now), told(two.shown_now), told(two.shown_before), change, growth


def _asked(brief: Brief) -> Iterator[str | Heading]:
    """Yield what the units are asked to do."""
    issuer = brief.issuer
    until = f"于 {day(issuer.deadline)}前" if issuer.deadline else "尽快"
    yield Heading("四、有关要求")
    others = [
        SAID[name] for name in (MISSING, UNREADABLE, OTHER_YEAR) if any(one.state == name for one in brief.states)
    ]
    if others:
        yield f"{'、'.join(others)}的单位，请{until}报送{brief.year}的报告。"
    yield f"退回修改的单位，请对照退回单逐条改正，{until}重新报送；需要核对的，请核对后改正或写明理由。"
    if issuer.contact:
        yield f"联系人：{issuer.contact}。"


def _came(brief: Brief, one: State) -> str:
    """Return how a unit's report came: on which other year it is, else late, on an old form, or just there."""
    assert one.entry is not None
    if one.state == OTHER_YEAR:
        return _year(one.entry)
    unread = [UNREADABLE] if one.state == UNREADABLE else []  # none of those that the first sentence counts as reported
    return "、".join([*unread, *brief.marks(one.entry)]) or "已报"


def _mended(progress: Progress) -> str:
    given = f"理由{len(progress.answered)}" if progress.answered else ""
    return f"已改{len(progress.mended)}{given}仍{len(progress.still)}"


def _units(brief: Brief) -> Listing:
    """Return the list of the units; how they mended what was returned stands in it once something was."""
    columns = UNITS if brief.rounds else (*UNITS[:-1],)
    return Listing(columns, [row[: len(columns)] for row in _unit_rows(brief)], small=True)


def _unit_rows(brief: Brief) -> Iterator[tuple[str, ...]]:
    """Yield a row a unit, in the county's order."""
    for number, one in enumerate(brief.states, start=1):
        entry = one.entry
        counts = entry.result.counts if entry and entry.result and one.state in JUDGED else {}
        progress = brief.rounds.progress(entry) if entry else None
        yield (
            str(number),
            one.name,
            "未报" if entry is None else _came(brief, one),
            one.state,
            *(str(counts.get(name, "—")) for name in ("error", "warning")),
            "—" if progress is None else _mended(progress),
        )
