"""采纳建议, 合计, 一键补零: the buttons that write numbers, each on the clerk's word, each keeping what stood there."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gk_xl.addin.buttons.following import follow
from gk_xl.addin.buttons.judging import Judged, asker, decider, judge, spot
from gk_xl.addin.buttons.marking import keep_in_note, mark, sentence
from gk_xl.addin.buttons.walking import listed as lines_listed
from gk_xl.addin.buttons.writing import put_rewrites, selected_suggestion, take_sentence
from gk_xl.addin.com import selection_of, values_of
from gk_xl.addin.edit import Edit
from gk_xl.addin.healing import healing
from gk_xl.addin.view import read_book
from gk_xl.addin.wording import spoken
from gk_xl.checks.binding import identities
from gk_xl.checks.case import Case
from gk_xl.checks.catalogue import show
from gk_xl.checks.entries import read_entry
from gk_xl.checks.expression import Operation, evaluate
from gk_xl.errors import HostError
from gk_xl.form.filing import MONEY_UNITS
from gk_xl.form.finding import Severity
from gk_xl.workbook.content import now
from gk_xl.workbook.layout import MESSAGE_COLUMN, MONEY_SETTING, PLACE_COLUMN, RESULTS, RESULTS_FIRST, Place
from gk_xl.workbook.pointing import point_of, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gk_xl.addin.buttons.judging import Ask
    from gk_xl.form.filing import Filing
    from gk_xl.form.finding import Change, Rewrite
    from gk_xl.form.schema import CellId, Value
    from gk_xl.workbook.grid import Reading
    from gk_xl.workbook.sheets.results import ResultLine

LISTED = 5  # so many cells a question names
MENDED = "这一处校验之后已经改过，请再点“校验”。"
SPELT = 12  # so many suggestions a question spells out


@spoken()
@healing("采纳建议")
def accept_proposal(book: Any, ask: Ask | None = None) -> str:
    """采纳建议: write what the selected lines of 校验结果 propose, or those about the selected cell; old values stay in notes.

    Where a line offers words for the text as well as a number for a cell, the clerk is asked which. With a suggested
    sentence selected beside the text, that sentence is put into the text.
    """
    judged = judge(book)
    suggestion = selected_suggestion(book, judged)
    if suggestion is not None:
        return take_sentence(book, judged, suggestion, decider(book, ask))
    changes, rewrites = _decided(judged, chosen(book, judged), decider(book, ask))
    if not changes and not rewrites:
        return "没有采纳，什么也没有改。"
    with Edit(book, "采纳建议") as edit:
        put_values(edit, judged.reading, {change.cell: change.proposed for change in changes}, "采纳建议")
        told = [
            f"{_spot(judged.reading, change.cell)}由{_typed(change.found)}改为 {show(change.proposed)}"
            for change in changes
        ]
        told += put_rewrites(edit, book, judged, rewrites)
        after = judge(book, now(), edit.lifted)
        followed = follow(edit, book, after)
        mark(edit, after)
    now_off = _text_off(judged, after, {change.cell for change in changes})
    return f"已采纳建议：{'；'.join(told)}，原来的记在批注里。{now_off}{followed}现在：{sentence(after)}"


@spoken()
@healing("全部采纳")
def accept_all(book: Any, ask: Ask | None = None) -> str:
    """全部采纳: write every suggestion that is the only one, after a list of them all; old values and texts stay in notes."""
    judged = judge(book)
    changes, rewrites = _only_answers(judged)
    if not changes and not rewrites:
        return "没有只有一种改法的建议，什么也没有改。有几种改法的，请在“校验结果”里逐条看“建议”一栏。"
    told = [f"{_spot(judged.reading, c.cell)}由{_typed(c.found)}改为 {show(c.proposed)}" for c in changes]
    told += [f"{_row_spot(judged, name)}{rewrite.said}" for name, rewrite in rewrites]
    listed = "\n".join(f"{number}. {text}" for number, text in enumerate(told[:SPELT], start=1))
    more = f"\n……共 {len(told)} 条" if len(told) > SPELT else ""
    if not asker(book, ask)(f"要采纳下面 {len(told)} 条建议吗？原来的数和文字记在批注里。\n{listed}{more}"):
        return "没有采纳，什么也没有改。"
    with Edit(book, "全部采纳") as edit:
        put_values(edit, judged.reading, {change.cell: change.proposed for change in changes}, "采纳建议")
        put_rewrites(edit, book, judged, rewrites)
        after = judge(book, now(), edit.lifted)
        followed = follow(edit, book, after)
        mark(edit, after)
    now_off = _text_off(judged, after, {change.cell for change in changes})
    return f"已采纳 {len(told)} 条建议，原来的记在批注里。{now_off}{followed}现在：{sentence(after)}"


def _text_off(before: Judged, after: Judged, cells: set[str]) -> str:
    """Return where the text says another number than was just written; what the check told before is not told again.

    A text in a number's place (12件) is held against no sentence until it is a number.
    """
    known = {(finding.code, finding.place) for finding in before.result.findings}
    found = [
        finding
        for finding in after.result.findings
        if (finding.place or "").startswith("narrative.")
        and not cells.isdisjoint(finding.cells)
        and (finding.code, finding.place) not in known
        and finding.severity.level >= Severity.WARNING.level
    ]
    told = "；".join(
        f"{_row_spot(after, finding.place or '')}，{point_of(finding.message)}" for finding in found[:LISTED]
    )
    return f"改后与正文对不上，请核对哪一处是对的：{told}。" if told else ""


def _only_answers(judged: Judged) -> tuple[list[Change], list[tuple[str, Rewrite]]]:
    """Return what has one answer only: no line that offers text or table, no cell for which two lines propose different numbers.

    Of the rewrites of a paragraph those come that can be made one after the other.
    """
    lines = [line for line in judged.lines if not line.reason]
    proposals: dict[str, set[Value]] = {}
    for line in lines:
        for change in line.changes:
            proposals.setdefault(change.cell, set()).add(change.proposed)
    changes: dict[str, Change] = {}
    rewrites: dict[str, list[Rewrite]] = {}
    for line in lines:
        if line.rewrite is None:
            single = all(len(proposals[change.cell]) == 1 for change in line.changes)
            changes |= {change.cell: change for change in line.changes if single}
        elif not line.changes:
            rewrites.setdefault(line.paragraph, []).append(line.rewrite)
    return list(changes.values()), [
        (name, rewrite) for name, several in rewrites.items() for rewrite in _one_by_one(judged, name, several)
    ]


def _one_by_one(judged: Judged, name: str, rewrites: Iterable[Rewrite]) -> Iterator[Rewrite]:
    """Yield the rewrites of a paragraph whose words still stand there once when those before have been made."""
    part, _, number = name.removeprefix("narrative.").partition(".")
    text = judged.filing.paragraphs(part)[int(number) - 1] if number else ""
    for rewrite in dict.fromkeys(rewrites):
        if text.count(rewrite.old) == 1:
            text = text.replace(rewrite.old, rewrite.new)
            yield rewrite


def _row_spot(judged: Judged, name: str) -> str:
    place = judged.place(name)
    return spot(place) if place is not None else "正文"


def _decided(judged: Judged, lines: Iterable[ResultLine], ask: Ask) -> tuple[list[Change], list[tuple[str, Rewrite]]]:
    """Return what to write into cells and into paragraphs; of a line that offers both, what the clerk says."""
    changes: dict[str, Change] = {}
    rewrites: list[tuple[str, Rewrite]] = []
    for line in lines:
        found = {change.cell: change for change in line.changes}
        if line.rewrite is not None:
            cells = "、".join(f"{_spot(judged.reading, cell)}改为 {show(found[cell].proposed)}" for cell in found)
            question = f"文字和表格哪一个对？表格对，就把正文{line.rewrite.said}。改正文吗？（选“否”再问是不是改表格：{cells}。）"
            if not found or ask(question):
                rewrites.append((line.paragraph, line.rewrite))
                continue
            if not ask(f"那么是文字对，把{cells}，改表格吗？（选“否”什么也不改。）"):
                continue
        changes |= found
    return list(changes.values()), list(dict.fromkeys(rewrites))


def chosen(book: Any, judged: Judged) -> list[ResultLine]:
    """Return the lines that propose something and are selected, or speak of the selected cell.

    HostError when none does, or the list is no longer true.
    """
    selection = selection_of(book)
    lines = judged.lines
    if selection is not None and selection.sheet.name != RESULTS:
        found = [line for line in lines if (line.changes or line.rewrite) and _is_about(judged, line, selection)]
        if found:
            return found
        here = Place(selection.sheet.name, selection.row, selection.column)
        if any(line.mended and line.place == here for line in lines_listed(book)):
            raise HostError(MENDED)
        if line := next((line for line in lines if line.shown == f"{here.sheet} {here.address}"), None):
            raise HostError(f"{spot(here)}没有可以直接填入的建议，请自己改：{shortened(line.message)}")
    if selection is None or selection.sheet.name != RESULTS or selection.row < RESULTS_FIRST:
        raise HostError(
            "选中的格没有可以直接填入的建议。请点选有建议的格、“校验结果”里的一行，或正文旁边一条建议的句子，再点“采纳建议”。"
        )
    found = []
    for row in range(selection.row, selection.row + selection.shape[0]):
        (shown,) = values_of(book.sheets[RESULTS].range((row, PLACE_COLUMN), (row, MESSAGE_COLUMN)))
        if not any(shown):
            continue
        number = row - RESULTS_FIRST
        expected = lines[number].cells[PLACE_COLUMN - 1 : MESSAGE_COLUMN] if number < len(lines) else ()
        if [value or "" for value in expected] != [value or "" for value in shown]:
            if any(line.mended and line.row == row for line in lines_listed(book)):
                raise HostError(MENDED)
            raise HostError("工作簿在上次校验之后改动过，“校验结果”已经不准。请先点“校验”，再选一行点“采纳建议”。")
        if lines[number].changes or lines[number].rewrite:
            found.append(lines[number])
    if not found:
        raise HostError("选中的这一行没有可以直接填入的建议，请按“说明”一栏自己核对改正。")
    return found


def _is_about(judged: Judged, line: ResultLine, selection: Any) -> bool:
    """Return whether a line would change the selected cell or its text."""
    names = [line.paragraph, *(change.cell for change in line.changes)]
    places = [judged.place(name) for name in names if name]
    at = (selection.sheet.name, selection.row, selection.column)
    return any(place is not None and (place.sheet, place.row, place.column) == at for place in places)


def put_values(edit: Edit, reading: Reading, values: Mapping[str, Value], why: str) -> None:
    """Write numbers into cells; a value that is replaced stays in the note.

    What was typed behind a number whose unit the form does not print (766202元) becomes the unit on 封面, where none stands.
    """
    today = dt.datetime.now().astimezone().date().isoformat()
    for cell, value in values.items():
        place = reading.places[cell]
        old = reading.filing.value(cell)
        edit.numbers(place.sheet, place.row, place.column, [[value]])
        unit = _unit_typed(reading, cell, value)
        if unit:
            setting = reading.places[MONEY_SETTING + cell]
            edit.block(setting.sheet, setting.row, setting.column, [[unit]])
        if old is not None and old != value:
            keep_in_note(edit, place, f"原填{_typed(old)}，{today} {why}改为 {show(value)}。")


def _unit_typed(reading: Reading, cell: str, value: Value) -> str:
    """Return the unit of money that the text in a cell names, where 封面 asks for one and has none; else an empty text."""
    filing, old = reading.filing, reading.filing.value(cell)
    if MONEY_SETTING + cell not in reading.places or filing.units.get(cell) or not isinstance(old, str):
        return ""
    found = read_entry(old, filing.form.cells[cell].kind, filing.form.cells[cell].unit)
    return found.unit if found is not None and found.number == value and found.unit in MONEY_UNITS else ""


@spoken()
@healing("合计")
def fill_totals(book: Any, ask: Ask | None = None) -> str:
    """合计: fill the totals with their sums. Totals typed differently are named and changed on the clerk's word only."""
    reading = read_book(book)
    sums, unknown = computed_totals(reading.filing)
    typed = reading.filing.value
    blank = {cell: value for cell, value in sums.items() if typed(cell) is None}
    other = {cell: value for cell, value in sums.items() if typed(cell) not in (None, value)}
    if other:
        listed = "；".join(
            f"{_spot(reading, cell)}填的是{_typed(typed(cell)).rstrip()}，合计是 {show(value)}"
            for cell, value in list(other.items())[:LISTED]
        )
        more = f"等 {len(other)} 处" if len(other) > LISTED else ""
        question = f"有 {len(other)} 个已填的总计与合计不同：{listed}{more}。改成合计数吗？（选“否”只填空着的总计；也可能是分项填错了，请先核对。）"
        if not decider(book, ask)(question):
            other = {}
    if blank or other:
        with Edit(book, "合计") as edit:
            put_values(edit, reading, {**blank, **other}, "合计")
    told = f"已填 {len(blank)} 个空着的总计" + (f"，改 {len(other)} 个，原来的数记在批注里" if other else "")
    left = _left_open(reading, sorted(unknown, key=lambda cell: reading.places[cell])) if unknown else ""
    return f"{told}{left}。" if blank or other or unknown else "总计都已填好，与合计一致。"


def _left_open(reading: Reading, totals: Sequence[CellId]) -> str:
    """Return how many totals were not added, which, and the text that may be in the way."""
    places = [reading.places[cell] for cell in totals[:LISTED]]
    sheets = groupby(places, key=lambda place: place.sheet)
    named = "、".join(f"“{sheet}”{'、'.join(place.address for place in group)}" for sheet, group in sheets)
    named += "等" if len(totals) > LISTED else ""
    texts = [
        f"{_spot(reading, cell)}填的是{_typed(value)}"
        for cell, value in reading.filing.cells.items()
        if isinstance(value, str) and cell in reading.places and cell not in totals
    ]
    why = "分项有空格" + (f"，或不是数（{'；'.join(texts[:LISTED])}）" if texts else "")
    return f"；还有 {len(totals)} 个总计没有算（{named}）：{why}。没有的数填 0（可以点“一键补零”），再点“合计”"


def computed_totals(filing: Filing) -> tuple[dict[str, Value], set[str]]:
    """Return what every total comes to, and the totals that a blank or a text leaves open.

    A total of totals counts with the sums computed here, not with what was typed.
    """
    totals = [
        (instance.refs[0].cell, instance.node) for instance, _ in identities(filing.edition) if instance.rule.fills
    ]
    sums: dict[str, Value] = {}
    for _ in range(len(totals)):
        known = len(sums)
        case = Case(filing.with_cells({**dict.fromkeys((cell for cell, _ in totals), None), **sums}))
        for cell, node in totals:
            assert isinstance(node, Operation)
            value = evaluate(node.operands[1], case.numbers)
            if value is not None and cell not in sums:
                sums[cell] = round(value, 6) if isinstance(value, float) else int(value)
        if len(sums) == known:
            break
    return sums, {cell for cell, _ in totals} - sums.keys()


@spoken()
@healing("一键补零")
def fill_zeros(book: Any, ask: Ask | None = None) -> str:
    """一键补零: fill 0 into the blank cells of the tables, totals excepted, when the clerk says so."""
    reading = read_book(book)
    cells = [cell.id for cell in reading.layout.edition.cells.values() if not cell.total]
    cells = [cell for cell in cells if cell not in _totals(reading.filing) and reading.filing.value(cell) is None]
    if not cells:
        return "没有空着的格，什么也没有改。"
    question = f"要把表中 {len(cells)} 个空着的格都填成 0 吗？空着不等于没有，请先确认这些事项确实没有发生。（总计格不填，填完请点“合计”。）"
    if not asker(book, ask)(question):
        return "没有补零，什么也没有改。"
    with Edit(book, "一键补零") as edit:
        put_zeros(edit, reading, cells)
    return f"已把 {len(cells)} 个空格填成 0。总计请点“合计”，再点“校验”。"


def put_zeros(edit: Edit, reading: Reading, cells: Iterable[str]) -> None:
    """Write 0 into cells, each run of neighbours in one write."""
    places = sorted({reading.places[cell] for cell in cells}, key=lambda place: (place.sheet, place.row, place.column))
    run: list[Place] = []
    for place in [*places, None]:
        if run and (place is None or place != run[-1].right(1)):
            edit.numbers(run[0].sheet, run[0].row, run[0].column, [[0] * len(run)])
            run = []
        if place is not None:
            run.append(place)


def _totals(filing: Filing) -> set[str]:
    """Return the cells that 合计 fills."""
    return {instance.refs[0].cell for instance, _ in identities(filing.edition) if instance.rule.fills}


def _spot(reading: Reading, cell: str) -> str:
    return spot(reading.places[cell])


def _typed(value: Value) -> str:
    return "空白" if value is None else f"“{value}”" if isinstance(value, str) else f" {show(value)} "
