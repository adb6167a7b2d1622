"""How far a workbook has come: every part with its counts and its link, and the next three things, live on 封面."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gk_xl.engines.core.addresses import parse_address
from gk_xl.form.finding import Severity
from gk_xl.workbook.clerks_words import ANSWERED
from gk_xl.workbook.layout import (
    CODE_COLUMN,
    COPIES,
    COVER,
    ENTRIES,
    FLAGS,
    LEVEL_COLUMN,
    NARRATIVE_COLUMN,
    REASON_COLUMN,
    RESULTS,
    RESULTS_FIRST,
    RESULTS_ROWS,
    RULES,
    SETTINGS_COLUMN,
    STATE_COLUMN,
)
from gk_xl.workbook.plan import Condition, area
from gk_xl.workbook.sheets.changed import CHANGED, HEADLINE

if TYPE_CHECKING:
    from gk_xl.form.schema import Section
    from gk_xl.workbook.content import Content
    from gk_xl.workbook.plan import SheetPlan
    from gk_xl.workbook.sheets.table import TableSheet

NEEDED = ("unit.name", "unit.kind", "year", "signed.name", "signed.date")
"""The settings without which no report can be handed in."""
THINGS = ("①", "②", "③")
HEADS = ((2, "部分（点名称跳过去）"), (3, "进度"), (4, "✓ 成立"), (5, "✗ 不成立"), (6, "！请确认"), (7, "校验标出的格"))
PARTS = "各部分（LibreOffice 里按住 Ctrl 点名称）　成立、不成立、请确认的是勾稽，单位：条"
FAILED = f"✗ 校验过了，有 {{}} 处错误，请照“{RESULTS}”逐条改正"
ASKED = "！校验过了，没有错误，有 {} 处请确认：属实的写明理由，也可直接点“报送单”"
MEND = f"照“{RESULTS}”改正 {{}} 处错误，再点“校验”"
SINCE = "… 改动过，请再点“校验”"
FAILED_SINCE = "✗ 改动前有 {} 处错误，改完再点“校验”"
AGAIN = "改动过，再点“校验”"
CHECK = "点“校验”；没有按钮的，存盘后把工作簿拖到“校验.cmd”上"
CONFIRM = f"看“{RESULTS}”里的 {{}} 处警告：属实的写明理由，再点“校验”；也可以先做下一步"
"""What 封面 says after a check that found errors, and after one that found warnings alone: how far one is, what is next."""
MARKED, ERRORS = 2, 3  # levels of flags from which on they are counted, from which on they keep a report back


class Count(NamedTuple):
    """A number or text on the sheet: the formula (without ``=``) and what it comes to now."""

    formula: str
    value: int | str


class Texts(NamedTuple):
    """What is said before a check and after one, by its verdict; ``since`` anything it judged was changed."""

    unchecked: str
    failed: str
    asked: str
    passed: str
    failed_since: str
    since: str


class Part(NamedTuple):
    """A line of the list: the sheet, how far it is, verdicts of its live checks, flags of 校验, what is to be done."""

    sheet: str
    progress: Count
    good: Count
    bad: Count
    ask: Count
    marked: Count
    errors: Count
    todo: Count


def plan_progress(plan: SheetPlan, content: Content, tables: list[TableSheet], row: int) -> int:
    """Put the next three things and the list of parts; return the next free row."""
    by_table = {sheet.table.id: sheet for sheet in tables}
    parts = [_cover(plan, content)] + [
        _table(content, by_table[section.table]) if section.table else _text(content, section)
        for section in content.edition.printed
    ]
    plan.span(row, 2, 1, 6, "band", "接下来做什么（随填随变）")
    head = row + len(THINGS) + 1
    plan.span(head, 2, 1, 6, "band", PARTS)
    for column, text in HEADS:
        plan.put(head + 1, column, "grid_head", text)
    first = head + 2
    for number, part in enumerate(parts):
        _line(plan, part, first + number)
    last = first + len(parts) - 1
    _found(plan, content)
    done = _steps_after(content)
    _chain(plan, [part.todo for part in parts] + done, first)
    for number, mark in enumerate(THINGS):
        place = f"{_letters(RULES + 1 + number)}{first}"
        value = plan.cells[first, RULES + 1 + number].value
        plan.put(row + 1 + number, 2, "step_plain", mark)
        plan.span(row + 1 + number, 3, 1, 5, "shown", value, formula=f'{place}&""')
    _headline(plan, parts, (first, last), content)
    plan.heights |= {
        row: 20,
        head: 20,
        **dict.fromkeys(range(row + 1, head), 20),
        **dict.fromkeys(range(head + 1, last + 1), 20),
    }
    plan.conditions += [
        Condition((first, 5, last, 5), f"E{first}>0", "red"),
        Condition((first, 6, last, 6), f"F{first}>0", "amber"),
        Condition((first, 7, last, 7), f"G{first}>0", "red"),
    ]
    return last + 1


def _line(plan: SheetPlan, part: Part, row: int) -> None:
    """Put one part's line."""
    plan.put(row, 2, "grid_label", part.sheet, link=f"'{part.sheet}'!A1")
    for column, count in enumerate((part.progress, part.good, part.bad, part.ask, part.marked), start=3):
        plan.put(row, column, "grid_cell", count.value, formula=count.formula)


def _headline(plan: SheetPlan, parts: list[Part], rows: tuple[int, int], content: Content) -> None:
    """Put the line that says how far one is from handing in."""
    first, last = rows
    open_ = f"COUNTIF({_letters(RULES + 4)}{first}:{_letters(RULES + 4)}{last},1)"
    broken = f"SUM(E{first}:E{last})"
    texts = Texts("✓ 都填齐了，勾稽全部成立，还差“校验”", FAILED, ASKED, "✓ 可以报送", FAILED_SINCE, SINCE)
    checked = _by_verdict(content, texts)
    formula = (
        f'IF({broken}>0,"✗ 有 "&{broken}&" 条勾稽不成立，请看各表的红色格子",'
        f'IF({open_}>0,"… 离可以报送还差 "&{open_}&" 个部分",{_letters(RULES + 1)}{HEADLINE}))'
    )
    plan.put(HEADLINE, RULES + 1, "hidden", checked.value, formula=checked.formula)
    for number, part in enumerate(parts):
        at = (first + number, RULES + 4)
        todo = f"{_letters(RULES)}{first + number}"
        plan.put(*at, "hidden", int(part.todo.value != ""), formula=f'IF({todo}="",0,1)')
    wrong = sum(int(part.bad.value) for part in parts)
    missing = sum(part.todo.value != "" for part in parts)
    value = (
        f"✗ 有 {wrong} 条勾稽不成立，请看各表的红色格子"
        if wrong
        else f"… 离可以报送还差 {missing} 个部分"
        if missing
        else checked.value
    )
    plan.span(HEADLINE, 2, 1, 6, "verdict", value, formula=formula)
    plan.heights[HEADLINE] = 24
    plan.conditions += [
        Condition((HEADLINE, 2, HEADLINE, 7), f'LEFT($B${HEADLINE},1)="✗"', "red"),
        Condition((HEADLINE, 2, HEADLINE, 7), f'LEFT($B${HEADLINE},1)="！"', "amber"),
        Condition((HEADLINE, 2, HEADLINE, 7), f'LEFT($B${HEADLINE},1)="✓"', "green"),
    ]


def _chain(plan: SheetPlan, todos: list[Count], first: int) -> None:
    """Put, hidden, what is to be done, and beside it the first, second and third thing from there on."""
    end = first + len(todos)
    columns = [_letters(RULES + number) for number in range(4)]
    for column in range(RULES + 1, RULES + 4):
        plan.put(end, column, "hidden", "", formula='""')
    for row in range(end - 1, first - 1, -1):
        todo = todos[row - first]
        plan.put(row, RULES, "hidden", todo.value, formula=todo.formula)
        for number in range(1, 4):
            skipped = f"{columns[number]}{row + 1}"
            taken = f"{columns[0]}{row}" if number == 1 else f"{columns[number - 1]}{row + 1}"
            below = [plan.cells[row + 1, RULES + n].value for n in range(1, 4)]
            value = below[number - 1] if todo.value == "" else (todo.value if number == 1 else below[number - 2])
            plan.put(row, RULES + number, "hidden", value, formula=f'IF({columns[0]}{row}<>"",{taken},{skipped})')


def _steps_after(content: Content) -> list[Count]:
    """Return what is to be done when all parts are filled in: 校验, then 报送单."""
    checking = _by_verdict(content, Texts(CHECK, MEND, CONFIRM, "", MEND, AGAIN))
    signing = "点“报送单”，打印签字，再点“导出报告”"  # always the last thing: the sheet may be missing, nothing asks it
    return [checking, Count(f'"{signing}"', signing)]


def _found(plan: SheetPlan, content: Content) -> None:
    """Put, hidden, how many errors, or else warnings, the verdict of the last check tells of."""
    verdict, counts = content.layout.names["verdict"].absolute, content.result.counts if content.result else {}

    def told(word: str, behind: str) -> str:
        start = f'FIND("{word}",{verdict})+{len(word)}'
        return f'MID({verdict},{start},FIND("{behind}",{verdict})-{start.replace("+", "-")})'

    formula = (
        f'IF(LEFT({verdict},1)="✗",{told("错误 ", "，警告")},IF(LEFT({verdict},1)="！",{told("警告 ", "，提示")},""))'
    )
    plan.put(HEADLINE, RULES, "hidden", str(counts.get("error") or counts.get("warning") or ""), formula=formula)


def _by_verdict(content: Content, texts: Texts) -> Count:
    """Return the text for the verdict of the last check; how much was found stands for ``{}``."""
    verdict, number, changed = content.layout.names["verdict"].absolute, f"{_letters(RULES)}{HEADLINE}", CHANGED.address
    written = Texts(*(f'"{text}"'.replace("{}", f'"&{number}&"') for text in texts))
    formula = (
        f'IF({verdict}="",{written.unchecked},IF(LEFT({verdict},1)="✗",IF({changed}>0,{written.failed_since},{written.failed}),'
        f'IF({changed}>0,{written.since},IF(LEFT({verdict},1)="！",{written.asked},{written.passed}))))'
    )
    if content.result is None:
        return Count(formula, texts.unchecked)
    errors, warnings = (content.result.counts[name] for name in ("error", "warning"))
    shown = texts.failed.format(errors) if errors else texts.asked.format(warnings) if warnings else texts.passed
    return Count(formula, shown)


def _cover(plan: SheetPlan, content: Content) -> Part:
    """Return the line of 封面: which settings are missing."""
    settings = content.settings()
    places = [content.layout.names[name].right(ENTRIES) for name in NEEDED]
    for name, place in zip(NEEDED, places, strict=True):
        read = content.layout.reading(content.layout.names[name])
        plan.put(place.row, place.column, "hidden", int(settings[name] is None), formula=f"IF(ISBLANK({read}),1,0)")
    missing = sum(settings[name] is None for name in NEEDED)
    lines = [place.row for place in places]
    blank = f"SUM({area(min(lines), places[0].column, max(lines), places[0].column)})"
    rows = [content.layout.names[name].row for name, _, _ in content.layout.settings]
    block = area(min(rows) - 1, SETTINGS_COLUMN + FLAGS, max(rows) + 1, SETTINGS_COLUMN + FLAGS)
    marked, errors = _flags(content, COVER, block)
    progress = Count(
        f'"已填 "&{len(NEEDED)}-({blank})&" / {len(NEEDED)} 项"', f"已填 {len(NEEDED) - missing} / {len(NEEDED)} 项"
    )
    labels = {name: label for name, label, _ in content.layout.settings}
    each = "&".join(f'IF({place.address}=1,"、{labels[name]}","")' for name, place in zip(NEEDED, places, strict=True))
    named = "、".join(labels[name] for name in NEEDED if settings[name] is None)
    todo = Count(
        f'IF({blank}>0,"{COVER}：还没有填"&MID({each},2,99),"")',
        f"{COVER}：还没有填{named}" if missing else "",
    )
    nothing = Count("0", 0)
    return Part(COVER, progress, nothing, nothing, nothing, marked, errors, todo)


def _text(content: Content, section: Section) -> Part:
    """Return the line of a narrative section: how many paragraphs it has."""
    tab = section.tab
    count, written = _written(content, section.narrative)
    own = [place.row for place in content.layout.names.values() if place.sheet == tab]
    block = area(min(own) - 1, NARRATIVE_COLUMN + FLAGS, max(own) + 1, NARRATIVE_COLUMN + FLAGS)
    marked, errors = _flags(content, tab, block)
    todo = Count(
        f'IF({written}=0,"{tab}：还没有写",IF({errors.formula}>0,"{tab}：校验标出 "&{errors.formula}&" 格错误",""))',
        f"{tab}：还没有写" if not count else _marked(tab, errors),
    )
    nothing, told, formula = Count("0", 0), f"已写 {count} 段", f'"已写 "&{written}&" 段"'
    if section.narrative == "overview":  # its sheet has 前言, too
        ahead, before = _written(content, "preamble")
        told += f"，前言 {ahead} 段" if ahead else ""
        formula += f'&IF({before}>0,"，前言 "&{before}&" 段","")'
    return Part(tab, Count(formula, told), nothing, nothing, nothing, marked, errors, todo)


def _written(content: Content, part: str) -> tuple[int, str]:
    """Return how many paragraphs a part has, and the formula that counts them."""
    places = [place for name, place in content.layout.names.items() if name.startswith(f"narrative.{part}.")]
    rows, column = [place.row for place in places], places[0].column + COPIES
    block = f"SUM('{places[0].sheet}'!{area(min(rows), column, max(rows), column)})"
    return min(len(content.filing.paragraphs(part)), len(rows)), block


def _table(content: Content, sheet: TableSheet) -> Part:
    """Return the line of a table: numbers filled in, verdicts of its live checks."""
    total, tab = len(sheet.table.cells), sheet.sheet
    places = [sheet.place_of(cell).right(ENTRIES) for cell in sheet.table.cells]
    rows, columns = [p.row for p in places], [p.column for p in places]
    block = f"'{tab}'!{area(min(rows), min(columns), max(rows), max(columns))}"
    good = sum(int(sheet.plan.cells[p.row, p.column].value == 1) for p in places)
    errors, warnings = _split(sheet)
    marked, flagged = _flags(content, tab, area(2, FLAGS + 1, sheet.last_row + 1, sheet.table.width + FLAGS))
    good_ones, bad, ask = (
        Count(f"COUNTIF('{tab}'!{name},{wanted})" if name else "0", values.count(wanted))
        for wanted, name, values in (
            (1, sheet.errors, errors),
            (0, sheet.errors, errors),
            (0, sheet.warnings, warnings),
        )
    )
    ask = _unanswered(content, sheet, ask)
    todo = Count(
        f'IF(SUM({block})<{total},"{tab}：还有 "&{total}-SUM({block})&" 格没有填好",IF({bad.formula}>0,"{tab}：有 "&{bad.formula}&" 条勾稽不成立，看红色格子",'
        f'IF({flagged.formula}>0,"{tab}：校验标出了错误","")))',
        f"{tab}：还有 {total - good} 格没有填好"
        if good < total
        else f"{tab}：有 {bad.value} 条勾稽不成立，看红色格子"
        if bad.value
        else f"{tab}：校验标出了错误"
        if flagged.value
        else "",
    )
    progress = Count(f'"已填好 "&SUM({block})&" / {total} 格"', f"已填好 {good} / {total} 格")
    return Part(tab, progress, good_ones, bad, ask, marked, flagged, todo)


def _unanswered(content: Content, sheet: TableSheet, broken: Count) -> Count:
    """Return how many of the live warnings of a table have no reason beside their line of 校验结果.

    A reason that is only kept, of a warning that is there no more, answers no other.
    """
    codes = sorted({instance.rule.code for instance in sheet.instances if instance.rule.severity is Severity.WARNING})
    if not sheet.warnings:
        return broken
    level, state, reason, code = (  # from the head on to a row below: a reason may be dragged, neither of these is one
        f"'{RESULTS}'!{area(RESULTS_FIRST - 1, column, RESULTS_FIRST + RESULTS_ROWS, column)}"
        for column in (LEVEL_COLUMN, STATE_COLUMN, REASON_COLUMN, CODE_COLUMN)
    )
    asked = "+".join(f'({code}="{text}")' for text in codes)
    answered = f'SUMPRODUCT(({level}<>"{ANSWERED}")*({state}="")*({reason}<>"")*({asked}))'
    given = sum(
        finding.key in content.given and finding.code in codes and finding.severity is Severity.WARNING
        for finding in (content.result.findings if content.result else ())
    )
    return Count(f"MAX(0,{broken.formula}-{answered})", max(0, int(broken.value) - given))


def _marked(tab: str, errors: Count) -> str:
    return f"{tab}：校验标出 {errors.value} 格错误" if errors.value else ""


def _flags(content: Content, tab: str, block: str) -> tuple[Count, Count]:
    """Return how many cells of a sheet 校验 has flagged, and how many of them as errors.

    The block reaches one row past the flags on both sides: its corners are locked cells, which nobody can drag.
    """
    names = content.layout.names
    levels = [level for name, level in content.levels().items() if name in names and names[name].sheet == tab]
    own = "" if tab == COVER else f"'{tab}'!"
    found = []
    for wanted in (MARKED, ERRORS):
        formula = f'COUNTIF({own}{block},">={wanted}")'
        found.append(Count(formula, sum(level >= wanted for level in levels)))
    return found[0], found[1]


def _split(sheet: TableSheet) -> tuple[list[object], list[object]]:
    """Return the present verdicts of the rule list: of errors, of warnings."""
    lists: list[list[object]] = []
    for block in (sheet.errors, sheet.warnings):
        values: list[object] = []
        if block:
            (first, column), (last, _) = (parse_address(part) for part in block.split(":"))
            values = [
                cell.value
                for row in range(first, last + 1)
                if (cell := sheet.plan.cells.get((row, column))) is not None
            ]
        lists.append(values)
    return lists[0], lists[1]


def _letters(column: int) -> str:
    from gk_xl.engines.core.addresses import column_letters

    return column_letters(column)
