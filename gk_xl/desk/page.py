"""The summary as one web page: self-contained, with pictures; it opens anywhere and prints."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gk_xl.checks.catalogue import show
from gk_xl.desk import front
from gk_xl.desk.brief import NO_LAST
from gk_xl.desk.counting import matrix
from gk_xl.desk.entry import ASKED, BESIDE, DUPLICATE, FAILED, MISSING, PASSED, UNREADABLE
from gk_xl.desk.figures import signed
from gk_xl.desk.pictures import LINE, Slice, bars, paired, ring
from gk_xl.desk.rounds import SETTLED
from gk_xl.workbook.kinds import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gk_xl.desk.brief import Brief, Problem
    from gk_xl.desk.entry import Entry

_STYLE = Path(__file__).parent / "parts" / "summary.css"
LOOKS = {
    PASSED: "good",
    ASKED: "ask",
    FAILED: "bad",
    UNREADABLE: "bad",
    MISSING: "bad",
    DUPLICATE: "off",
    BESIDE: "off",
}
COLOURS = {PASSED: "#5a9e5d", ASKED: "#e0a800", FAILED: "#b00020", UNREADABLE: "#7f7f7f", MISSING: "#404040"}
MOST_PROBLEMS = 30
SECTIONS = (
    ("figures", front.FIGURES),
    ("problems", "最常见的问题"),
    ("todo", front.TO_DO),
    ("units", "各单位"),
    ("matrix", "单位与问题"),
    ("sums", "各单位合计"),
    ("alike", "文字雷同"),
    ("chains", "结转衔接"),
)


def page(brief: Brief) -> str:
    """Return the page as HTML; the same for the same filings."""
    title = f"{brief.year}{front.TITLE}"
    by = "　".join(filter(None, (brief.issuer.name, brief.issuer.date)))
    body = {
        "figures": _figures(brief),
        "problems": _problems(brief),
        "todo": _todo(brief),
        "units": _units(brief),
        "matrix": _matrix(brief),
        "sums": _sums(brief),
        "alike": _alike(brief),
        "chains": _chains(brief),
    }
    shown = [(name, heading) for name, heading in SECTIONS if body[name]]
    links = "".join(f'<a href="#{name}">{heading}</a>' for name, heading in shown)
    parts = "".join(f'<section id="{name}"><h2>{heading}</h2>{body[name]}</section>\n' for name, heading in shown)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f'<meta name="generator" content="{GENERATOR}">\n<meta name="{GENERATOR}" content="summary">\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n'
        f'<h1>{escape(title)}</h1>\n<p class="by">{escape(by or brief.headline)}</p>\n<nav>{links}</nav>\n'
        f"{_tiles(brief)}\n{parts}</main>\n</body>\n</html>\n"
    )


def _tiles(brief: Brief) -> str:
    counts = brief.counts
    names = front.TILES if brief.collection.due is not None else front.TILES[1:]
    tiles = "".join(
        f'<div class="tile{" alarm" if name in front.ALARMING and counts[name] else ""}">{front.TILE_NAMES.get(name, name)}<b>{counts[name]}</b></div>'
        for name in names
    )
    slices = [Slice(name, counts[name], COLOURS[name]) for name in (PASSED, ASKED, FAILED, UNREADABLE, MISSING)]
    two = [
        (item.figure.label, float(item.before), float(item.now))
        for item in brief.two_years
        if item.figure.on_page and not item.figure.whole and item.before is not None and item.now is not None
    ]
    pictures = [ring(front.STATES, slices)]
    if two:
        pictures.append(paired(front.TWO_YEARS, two, ("去年", "今年")))
    if brief.commonest:
        rows = [(item.label, float(len(item.units))) for item in brief.commonest]
        pictures.append(bars(f"{front.COMMONEST}（单位数）", rows, "个", "#b00020", wide_labels=True))
    if most := front.most_applications(brief):
        wide = any(len(unit) > LINE for unit, _ in most)
        pictures.append(bars(front.MOST_APPLICATIONS, most, "件", wide_labels=wide))
    return f'<div class="tiles">{tiles}</div>\n<div class="pictures">{"".join(pictures)}</div>'


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]], numbers: frozenset[int] = frozenset()) -> str:
    """Return a table; cells are escaped but those that are markup already (:class:`_Markup`)."""
    head = "".join(f'<th scope="col"{_right(at, numbers)}>{_cell(text)}</th>' for at, text in enumerate(heads))
    lines = "".join(
        f"<tr>{''.join(f'<td{_right(at, numbers)}>{_cell(value)}</td>' for at, value in enumerate(row))}</tr>\n"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{lines}</tbody></table></div>'


class _Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def _right(at: int, numbers: frozenset[int]) -> str:
    return ' class="n"' if at in numbers else ""


def _cell(value: Any) -> str:
    if isinstance(value, _Markup):
        return value
    return "" if value is None else escape(show(value))


def _code(code: str) -> _Markup:
    """Return a rule's code, which is never broken over two lines."""
    return _Markup(f'<span class="code">{escape(code)}</span>')


def _upright(problem: Problem) -> _Markup:
    """Return the head of a narrow column: a problem's name from top to bottom, its code below."""
    return _Markup(f'<span class="up">{escape(problem.label)}</span>{_code(problem.code)}')


def _state(name: str) -> _Markup:
    return _Markup(f'<span class="state {LOOKS.get(name, "off")}">{escape(name)}</span>')


def _figures(brief: Brief) -> str:
    if not brief.members:
        return ""
    rows = []
    for whole, two in zip(brief.figures, brief.two_years, strict=True):
        unit = whole.figure.unit if whole.figure.whole else ""
        told = [
            value if value is None or isinstance(value, str) else f"{show(value)}{unit}"
            for value in (whole.shown_now, two.shown_now, two.shown_before)
        ]
        change = None if two.change is None else signed(two.change, front.POINTS if whole.figure.whole else "")
        growth = None if two.growth is None else signed(two.growth, "%")
        if whole.figure.whole and change is not None:
            growth = front.NO_GROWTH
        rows.append((whole.figure.group, whole.figure.label, *told, change, growth))
    heads = ("类别", *front.FIGURE_HEADS)
    notes = "".join(f'<p class="doubt">※ {escape(line)}</p>' for line in brief.cautions)
    if not brief.comparable:
        return f"<p>{NO_LAST}</p>{notes}" + _table(heads[:3], [row[:3] for row in rows], frozenset({2}))
    said = f"有去年数据、可以比较的 {len(brief.comparable)} 个单位（共 {len(brief.members)} 个），增减只按它们算。"
    return f"<p>{said}</p>{notes}" + _table(heads, rows, frozenset({2, 3, 4, 5, 6}))


def _problems(brief: Brief) -> str:
    rows = [
        (_code(item.code), item.label, len(item.units), item.places, "、".join(item.units)) for item in brief.problems
    ]
    return _table(("代码", "问题", "单位数", "处数", "哪些单位"), rows, frozenset({2, 3})) if rows else ""


def _todo(brief: Brief) -> str:
    lines = front.to_do(brief)
    return f'<ul class="list">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>' if lines else ""


def _units(brief: Brief) -> str:
    rows = list(_unit_rows(brief))
    return _table(("单位", "类型", "结论", "错误", "警告", "提示", "说明", "问题"), rows, frozenset({3, 4, 5}))


def _unit_rows(brief: Brief) -> Iterator[Sequence[Any]]:
    for entry in brief.entries:
        counts = entry.result.counts if entry.result else {}
        progress = None if entry.aside else brief.rounds.progress(entry)
        said = "；".join(filter(None, ["、".join(brief.marks(entry)), progress.said if progress else ""]))
        numbers = [counts.get(name) for name in ("error", "warning", "hint")]
        yield entry.unit, entry.kind, _state(entry.status), *numbers, said, _details(entry)
    for unit in brief.collection.missing:
        yield unit.name, "", _state(MISSING), None, None, None, unit.contact, "还没有交，请催报。"


def _details(entry: Entry) -> _Markup:
    """Return what stands against a file, folded up."""
    if entry.problem and not entry.aside:
        return _Markup(escape(entry.problem))
    lines = [line for line in entry.lines if line.style != SETTLED]
    if not lines or entry.aside:
        return _Markup(escape(entry.file))
    items = "".join(
        f"<li><b>{escape(line.level or '')} {escape(line.shown or '')}</b> {escape(line.message or '')}"
        f"{f'（建议：{escape(line.advice)}）' if line.advice else ''}</li>"
        for line in lines
    )
    return _Markup(f"<details><summary>{len(lines)} 处（{escape(entry.file)}）</summary><ul>{items}</ul></details>")


def _matrix(brief: Brief) -> str:
    shown = brief.problems[:MOST_PROBLEMS]
    if not shown:
        return ""
    rows = [
        (brief.members[at].unit, *(codes.get(item.code) for item in shown))
        for at, codes in matrix(brief.members).items()
    ]
    return _table(("单位", *map(_upright, shown)), rows, frozenset(range(1, len(shown) + 1)))


def _sums(brief: Brief) -> str:
    from gk_xl.form.filing import Filing
    from gk_xl.report.html import table_of
    from gk_xl.report.model import build_report

    if brief.edition is None or not brief.members:
        return ""
    filing = Filing(
        brief.edition.id, brief.collection.year, cells={cell: brief.sums.get(cell) for cell in brief.edition.cells}
    )
    tables = [section.table for section in build_report(filing).sections if section.table]
    failed = sum(entry.outcome == FAILED for entry in brief.members)
    note = f"<p>{len(brief.members)} 份合计，其中未通过 {failed} 份。</p>"
    return note + "".join(table_of(printed) for printed in tables)


def _alike(brief: Brief) -> str:
    rows = [
        (
            one.unit,
            other.unit,
            f"{round(pair.alike * 100)}%",
            len(pair.sentences),
            "；".join(text for _, text in pair.sentences[:3]),
        )
        for one, other, pair in brief.alike
    ]
    return (
        _table(("单位", "与哪个单位", "相同", "相同的句子", "如（名称和数用 □ 代替）"), rows, frozenset({2, 3}))
        if rows
        else ""
    )


def _chains(brief: Brief) -> str:
    rows = [
        (chain.entry.unit, chain.before, chain.carried_in, chain.gap, chain.received, chain.handled, chain.carried_out)
        for chain in brief.chains
        if chain.gap or chain.carried_in or chain.carried_out
    ]
    return _table(front.CHAIN_HEADS, rows, frozenset(range(1, 7))) if rows else ""


@lru_cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
