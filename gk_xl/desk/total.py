"""The county's own report: the sums of all its units and 本级 as a filing, its text begun, ready for 校验 and 导出."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gk_xl.checks.summed import broken_in
from gk_xl.desk.breaking import added
from gk_xl.desk.counting import word_of
from gk_xl.errors import FileError
from gk_xl.form.filing import Filing, Signature, Unit
from gk_xl.form.load import NARRATIVE, base_id
from gk_xl.form.printed import in_words
from gk_xl.form.sentences import suggest
from gk_xl.form.units import possible_kinds, unit_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.desk.brief import Brief
    from gk_xl.desk.entry import Entry
    from gk_xl.form.schema import Edition

GOVERNMENT = "county_government"
OWN = "本级"


@dataclass(frozen=True)
class Total:
    """The county's filing, and what its clerk has to know of how it came about, sentence by sentence."""

    filing: Filing
    notes: tuple[str, ...]


EMPTY_OWN = "本级的工作簿里一个数也没有，本级什么也没有加进去。请填好本级的数，再做一次。"


def total(brief: Brief, unit: str = "", *, passed_only: bool = False) -> Total:
    """Return the county's filing: each cell the sum over the units and 本级. FileError where there is nothing to add up.

    ``unit`` is the county's full name; without it, that of its typed report, else of the county the units name. A blank
    stays blank only where every unit left it blank.
    """
    edition, year = brief.edition, brief.collection.year
    if edition is None or year is None or not (brief.members or brief.own):
        raise FileError("没有可以汇总的报告：文件夹里没有读得出年度和表格的报告。请核对文件夹。")
    counted = [entry for entry in brief.members if not (passed_only and entry.outcome == "未通过")]
    filings = [entry.filing for entry in counted if entry.filing is not None] + ([brief.own] if brief.own else [])
    sums = added(edition, filings)
    whose = _unit(brief, unit)
    typed = brief.county.filing if brief.county else None
    filing = Filing(
        edition.id,
        year,
        whose,
        {cell: sums.get(cell) for cell in edition.cells},
        dict.fromkeys(NARRATIVE, ()),
        Signature(whose.name, typed.signed.date if typed else ""),
        deadline=typed.deadline if typed else "",
    )
    if typed is not None and _has_text(typed):
        filing = replace(filing, narrative=dict(typed.narrative))  # what the county has written stays
    else:
        filing = replace(filing, narrative=drafted(filing, edition, len(filings), own=brief.own is not None))
    filing = replace(filing, summed=_summed(brief, counted, edition))
    return Total(filing, tuple(_notes(brief, counted, edition)))


def _summed(brief: Brief, counted: list[Entry], edition: Edition) -> dict[str, dict[str, int | float]]:
    """Return which units are in the sum, each with the identities that its own report breaks."""
    found = {entry.unit: broken_in(entry.filing, edition.id) for entry in counted if entry.filing is not None}
    return {**found, OWN: broken_in(brief.own, edition.id)} if brief.own else found


def _has_text(filing: Filing | None) -> bool:
    """Return whether anything is written in a filing's text."""
    return filing is not None and any(filing.narrative.values())


def _unit(brief: Brief, name: str) -> Unit:
    """Return the unit that reports for the county."""
    if not name and brief.county is not None and brief.county.filing is not None:
        return brief.county.filing.unit
    named = name or next(
        (f"{entry.filing.unit.county}人民政府" for entry in brief.members if entry.filing and entry.filing.unit.county),
        "",
    )
    found = next((kind for kind in possible_kinds(named) if unit_kinds()[kind].whole), GOVERNMENT)
    return Unit(named, found, unit_kinds()[found].self_word, named.removesuffix("人民政府"))


def drafted(filing: Filing, edition: Edition, count: int, *, own: bool) -> dict[str, tuple[str, ...]]:
    """Return a text begun for a county: what the form and the tables say for certain, under the headings it must have.

    ``count`` is how many filings are summed up, ``own`` whether 本级 is one of them.
    """
    headings = "，".join(section.heading.partition("、")[2] for section in edition.sections)
    written: dict[str, list[str]] = {part: [] for part in NARRATIVE}
    written["preamble"] = [
        f"本报告依据《中华人民共和国政府信息公开条例》和{_cited(edition)}编制，包括{headings}{in_words(len(edition.sections))}个部分。",
        f"本报告所列数据的统计期限为{filing.year}年1月1日至{filing.year}年12月31日，由{'本级和' if own else ''}所辖各单位共 {count} 个公开主体的数据汇总而成。",
    ]
    told = [sentence for sentence in suggest(filing) if sentence.template]
    for section in edition.sections:
        if not section.narrative:
            continue
        for number, part in enumerate(section.parts, start=1):
            sentences = [one.template for one in told if one.part == section.narrative and one.under == part]
            # a part of which the tables say nothing stands there as its heading alone: the county writes it
            written[section.narrative].append(f"（{in_words(number)}）{part}。{''.join(sentences)}")
        written[section.narrative] += [one.template for one in told if one.part == section.narrative and not one.under]
    return {part: tuple(lines) for part, lines in written.items()}


def _cited(edition: Edition) -> str:
    """Return the notice as a text cites it: a title within a title in 〈〉."""
    notice = edition.notice
    inner = notice.title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》（{notice.number}）"


def _notes(brief: Brief, counted: list[Entry], edition: Edition) -> Iterator[str]:
    """Yield what the county's clerk has to know: what is in the sum, what is not, and what in it may still change."""
    own = f"和{OWN}" if brief.own else ""
    yield f"汇总了 {len(counted)} 个单位{own}的数。"
    if brief.county is not None and _has_text(brief.county.filing):
        yield f"正文取自“{brief.county.file}”，写的还是那一份的数：与表不一致的列在上面，请逐处改。"
    else:
        yield "正文只按表起了头，请补写。"
    if brief.own and not any(isinstance(value, int | float) for value in brief.own.cells.values()):
        yield EMPTY_OWN
    if not brief.own:
        yield f"没有给出本级自己的数（{word_of(brief.members, brief.county)}政府本身制发的文件、收到的申请）；要加上的，请再给出本级的工作簿。"
    failed = [entry.unit for entry in counted if entry.outcome == "未通过"]
    if failed:
        yield f"其中 {len(failed)} 个单位的报告没有通过校验，数还会变：{'、'.join(failed)}。"
    left = [entry for entry in brief.members if not any(entry is one for one in counted)]
    if left:
        yield f"没有通过、没有加进去的：{'、'.join(entry.unit for entry in left)}。"
    yield from brief.uncounted
    if brief.collection.missing:
        yield f"还没有交、不在合计里的：{'、'.join(unit.name for unit in brief.collection.missing)}。"
    for entry in counted:
        if entry.filing is None:
            continue
        texts = [cell for cell, value in entry.filing.cells.items() if isinstance(value, str)]
        if texts:
            named = "、".join(entry.filing.form.describe(cell) for cell in texts[:3])
            yield f"“{entry.unit}”有 {len(texts)} 格填的不是数（{named}），没有加进去。"
        if base_id(entry.filing.edition) != base_id(edition.id):
            yield f"“{entry.unit}”用的是 {base_id(entry.filing.edition)} 年版表格，只加了两版都有的格。"
    blank = sum(1 for cell in edition.cells if all(e.filing is None or e.filing.value(cell) is None for e in counted))
    if blank:
        yield f"有 {blank} 格所有单位都空着，合计也空着。"
