"""校验结果: what 校验 found, each line with a link to its cell and room for a reason."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from gk_xl.checks.catalogue import show
from gk_xl.checks.reasons import by_code, code_of, suspect_key
from gk_xl.engines.core.addresses import column_letters, parse_address
from gk_xl.form.finding import Severity
from gk_xl.workbook.causes import Cause, causes, explained, is_about_open_sums, settled_first
from gk_xl.workbook.clerks_words import ANSWERED, REMARK, SUSPECT, WAIVED
from gk_xl.workbook.content import verdict_text, without_last_year
from gk_xl.workbook.layout import (
    ADVICE_COLUMN,
    CODE_COLUMN,
    FLAGS,
    KEY_COLUMN,
    LAST_YEAR,
    LEVEL_COLUMN,
    LIST_COLUMNS,
    MESSAGE_COLUMN,
    NARROW_LISTS,
    OUTPUT_ROW,
    PLACE_COLUMN,
    REASON_COLUMN,
    RESULTS,
    RESULTS_FIRST,
    RESULTS_ROWS,
    STATE_COLUMN,
    Place,
)
from gk_xl.workbook.plan import Condition, SheetPlan
from gk_xl.workbook.sheets.advice import advice, filling, proposed, rewritable
from gk_xl.workbook.sheets.changed import CHANGED
from gk_xl.workbook.since import DONE, state_of, state_of_clue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gk_xl.form.finding import Change, Finding, Rewrite, Suspect
    from gk_xl.form.schema import Value
    from gk_xl.workbook.content import Content

RESOLVED = "随上面的线索消失："
BELOW, APART = "改后以下", "改后另有"
"""Of which lines the list says that they go away with a clue; and a list in which they do not stand."""
THIS, THESE = "这一处", "这几处"
CLUE_FIRST, SUM_FIRST = "（先按线索改好表里的数，再看这一条。）", "（先改好表里的数，再看这一条。）"
"""What a line ends in that waits for a clue, as the list says it and as a letter does."""
TABLES_FIRST = "先把表里的数改好、填好，再看这一条："
HINT = (
    "错误必须改正；警告请核对，属实的写明理由（只对这一处、这些数有效）；提示只供参考；“无法判断”是缺上年数据，不等于通过。"
    "点“位置”（LibreOffice 里按住 Ctrl 点）或“下一处”跳到那一格；改过的行自己变淡，再点“校验”就消失。"
)
SINCE_COLUMN = MESSAGE_COLUMN
STALE = ("！校验以后改动了 ", " 处，上面的结论是改动以前的，请再点“校验”")
FRESH = "✓ 校验以后没有改动"
"""Beside the time of the check: what was changed behind it."""
WIDTHS = (4, 7, 7, 18, 60, 26, 24, 9)
"""The columns' widths in characters: they fit a screen of 1366 dots, also where a substitute font makes them wider by a seventh."""
OURS = ((1, REASON_COLUMN - 1), (CODE_COLUMN, CODE_COLUMN))
"""The columns of the list that the program writes; what stands between is the clerk's."""
MESSAGE_LETTERS, ADVICE_LETTERS = 27, 12  # Chinese characters that fit into a line of the two columns
NARROW = 0.7  # of it in the columns of earlier templates
LOOKS = {MESSAGE_COLUMN: "result_text", ADVICE_COLUMN: "result_text"}
LEVEL_STYLES = {
    Severity.ERROR: "level_error",
    Severity.WARNING: "level_warning",
    Severity.HINT: "level_hint",
    Severity.NOT_ASSESSABLE: "level_open",
}


def plan_results(content: Content) -> SheetPlan:
    """Return the plan of the sheet 校验结果."""
    plan = SheetPlan(RESULTS, "BF8F00", hidden_from=FLAGS + 1, one_page=False, landscape=True)
    plan.widths |= dict(enumerate(WIDTHS, start=1))
    plan.span(1, 1, 1, CODE_COLUMN, "title", RESULTS)
    plan.heights |= {1: 26, 2: 20, 3: 20, 4: 34, 5: 26}
    for name, label, value in (
        ("verdict", "结论", verdict_text(content)),
        ("checked_at", "时间", content.checked_at if content.result else ""),
    ):
        row = OUTPUT_ROW[name]
        plan.span(row, 1, 1, 2, "label", label)
        plan.span(
            row,
            3,
            1,
            SINCE_COLUMN - 3 if name == "checked_at" else CODE_COLUMN - 2,
            "shown",
            value or None,
            output=True,
        )
    _since(plan, content)
    plan.span(4, 1, 1, CODE_COLUMN, "band_wrap", HINT)
    for column, text in enumerate(LIST_COLUMNS, start=1):
        plan.put(RESULTS_FIRST - 1, column, "grid_head", text)
    lines = list(result_lines(content))
    for number, line in enumerate(lines[:RESULTS_ROWS]):
        row = RESULTS_FIRST + number
        for column, shown in enumerate(line.cells, start=1):
            if column == REASON_COLUMN:
                plan.put(row, column, "reason", shown)
                continue
            if column == PLACE_COLUMN and line.link:
                plan.put(row, column, "result_link", shown, link=line.link, output=True)
            else:
                look = line.style if column == LEVEL_COLUMN else LOOKS.get(column, "result_centre")
                plan.put(row, column, look, shown, output=True, formula=line.state if column == STATE_COLUMN else "")
        if line.key:
            plan.put(row, KEY_COLUMN, "hidden", line.key, output=True)
        if line.height:
            plan.heights[row] = line.height
    plan.column_styles[REASON_COLUMN] = "reason"
    plan.outputs = (RESULTS_FIRST, 1, RESULTS_FIRST + RESULTS_ROWS - 1, CODE_COLUMN)
    plan.conditions += fading(RESULTS_FIRST + RESULTS_ROWS - 1)
    plan.kept = KEY_COLUMN
    plan.freeze = (RESULTS_FIRST, 1)
    plan.repeat = (RESULTS_FIRST - 1, RESULTS_FIRST - 1)
    plan.print_to = (RESULTS_FIRST + max(len(lines), 1) - 1, CODE_COLUMN)
    return plan


def _since(plan: SheetPlan, content: Content) -> None:
    """Put beside the time whether the verdict above it is still of what stands in the sheets; where not, it fades."""
    row, changed = OUTPUT_ROW["checked_at"], CHANGED.absolute
    verdict = f"{column_letters(3)}{OUTPUT_ROW['verdict']}"
    formula = f'IF({verdict}="","",IF({changed}>0,"{STALE[0]}"&{changed}&"{STALE[1]}","{FRESH}"))'
    plan.span(
        row, SINCE_COLUMN, 1, CODE_COLUMN - SINCE_COLUMN + 1, "shown", FRESH if content.result else "", formula=formula
    )
    stale = f'LEFT(${column_letters(SINCE_COLUMN)}${row},1)="{STALE[0][0]}"'
    plan.conditions += [
        Condition((row, SINCE_COLUMN, row, CODE_COLUMN), stale, "amber"),
        Condition((OUTPUT_ROW["verdict"], 3, row, SINCE_COLUMN - 1), stale, "done"),
    ]


def fading(last: int) -> list[Condition]:
    """Return the formats of a line whose cell holds something else by now; the reason, a clerk's, does not fade."""
    done = f'${column_letters(STATE_COLUMN)}{RESULTS_FIRST}="{DONE}"'
    return [Condition((RESULTS_FIRST, left, last, right), done, "done") for left, right in OURS]


class ResultLine(NamedTuple):
    """One line of the list, the style of its level, the cell it links to, its height in points.

    ``shown`` is how the place is called, ``state`` the formula that says whether the cell has been changed since.
    ``changes`` are what 采纳建议 writes when this line is selected, ``rewrite`` what it puts into the paragraph
    ``paragraph`` (a name of the form) instead; a reason beside the line is kept under ``key``. ``about`` is what is over
    once the line is done; None where its state is no more than that of the line's own cell.
    """

    level: str
    code: str | None
    shown: str
    message: str
    advice: str | None = None
    reason: str | None = None
    style: str = "result_centre"
    link: str = ""
    height: float = 0
    state: str = ""
    number: int = 0
    changes: tuple[Change, ...] = ()
    key: str = ""
    rewrite: Rewrite | None = None
    paragraph: str = ""
    about: Finding | Suspect | None = None

    @property
    def values(self) -> tuple[Value, ...]:
        """What the line tells."""
        return self.number, self.level, self.code, self.shown, self.message, self.advice, self.reason

    @property
    def cells(self) -> tuple[Value, ...]:
        """What stands in the columns of 校验结果, a code a line of its narrow column; the state is a formula."""
        code = self.code and self.code.replace("、", "\n")
        return self.number, self.level, None, self.shown, self.message, self.advice, self.reason, code


def result_lines(content: Content) -> Iterator[ResultLine]:
    """Yield the lines of the list, gravest first; what the clerk wrote that belongs to no line of now comes last.

    Where there are more lines than the sheet has room for, those come first that the clerk wrote beside.
    """
    lines = [*_suspect_lines(content), *_finding_lines(content), *_unjudged(content), *_left_over(content)]
    if len(lines) > RESULTS_ROWS:
        room = RESULTS_ROWS - sum(bool(line.reason) for line in lines)
        bare = [number for number, line in enumerate(lines) if not line.reason]
        beyond = set(bare[max(0, room) :])
        lines = [line for number, line in enumerate(lines) if number not in beyond] + [
            lines[number] for number in sorted(beyond)
        ]
    for number, line in enumerate(lines, start=1):
        yield line._replace(number=number)


def _finding_lines(content: Content) -> Iterator[ResultLine]:
    """Yield a line for each cause, with the reason given for it; what goes away with a clue stands below that.

    Of a level those come first that 采纳建议 mends, and last what the text says of a number that the tables contradict
    themselves. What many lines of a rule end in is said in the first.
    """
    said: set[tuple[str, str]] = set()
    for _, group in groupby(causes(content), key=lambda cause: (cause.finding.waived, cause.finding.severity)):
        lines = [(cause, _finding_line(content, cause)) for cause in group]
        for cause, line in sorted(lines, key=lambda item: _turn(content, *item)):
            tail = (cause.told.code, cause.told.next)
            yield line if tail not in said else _finding_line(content, cause, tail=False)
            said.add(tail)


def _turn(content: Content, cause: Cause, line: ResultLine) -> tuple[bool, bool]:
    """Return what sorts the lines of a level."""
    mended = bool(line.changes or line.rewrite)
    return is_about_open_sums(content, cause.told) and not mended, not mended


def _finding_line(content: Content, cause: Cause, *, resolved: bool = False, tail: bool = True) -> ResultLine:
    """Return the line of a cause; faint when a clue above it resolves it, without ``tail`` when its end has been said."""
    reasons, before = content.filing.waivers, by_code(content.last.waivers) if content.last else {}
    finding, told = cause.finding, cause.told
    place = place_of(content, finding)
    shown = f"{place.sheet} {place.address}" if place else "—"
    if not content.reader.workbook:
        from gk_xl.workbook.in_words import place_in_words, without_workbook

        shown = place_in_words(content.layout, finding)
    held_back = settled_first(content, told)
    rewrite, changes = rewritable(content, held_back or told), proposed(content, held_back or told)
    proposal = advice(content, changes, rewrite, place) or filling(content, told)
    key = content.given.get(finding.key, finding.key)
    reason = reasons.get(key) or None
    offered = before.get(finding.code, "")
    if offered and finding.severity is Severity.WARNING and not reason and not proposal:
        where = "填到右边" if content.reader.workbook else "照样写明"
        proposal = f"上年写的理由：{offered}。仍然属实的，{where}。"
    level = finding.severity.label + (WAIVED if finding.waived else "")
    message = RESOLVED * resolved + (told.message if tail else told.message.removesuffix(told.next))
    if held_back and not changes:  # what comes first is said first where a box shortens the message
        open_sums = is_about_open_sums(content, told)
        message = (
            f"{TABLES_FIRST}{message}"
            if open_sums
            else f"{message}{SUM_FIRST if content.reader.letter else CLUE_FIRST}"
        )
    message = message if content.reader.workbook else without_workbook(message)
    message += f"\n原文：{told.unquoted}" if told.unquoted else ""
    return ResultLine(
        level,
        "、".join((finding.code, *cause.others)),
        shown,
        message,
        proposal or None,
        reason,
        style="level_open" if finding.waived or resolved else LEVEL_STYLES[finding.severity],
        link=f"'{place.sheet}'!{place.address}" if place else "",
        height=max(
            _height(content, message),
            _height(content, proposal, ADVICE_LETTERS),
            _height(content, "\n" * len(cause.others)),
        ),
        state=state_of(content, cause, place_of(content, cause.until or cause.finding)),
        changes=changes,
        key=key,
        rewrite=rewrite,
        paragraph=(finding.place or "") if rewrite else "",
        about=finding if cause.until is None else None,
    )


def _unjudged(content: Content) -> Iterator[ResultLine]:
    """Yield one line for all rules that could not be judged."""
    findings = content.result.findings if content.result else ()
    codes = list(dict.fromkeys(f.code for f in findings if f.severity is Severity.NOT_ASSESSABLE))
    if codes:
        told = without_last_year(content.result, "点“载入上年”或填写“上年数据”后再校验；")
        text = f"{told}（{'、'.join(codes)}）"
        label = Severity.NOT_ASSESSABLE.label
        yield ResultLine(
            label,
            None,
            LAST_YEAR,
            text,
            None,
            content.filing.waivers.get(label),
            style="level_open",
            link=f"'{LAST_YEAR}'!A1",
            height=_height(content, text),
            key=label,
        )


def _left_over(content: Content) -> Iterator[ResultLine]:
    """Yield a line for each reason that answers nothing now, and for each other remark: nothing typed is dropped."""
    findings = content.result.findings if content.result else ()
    used = {
        *content.given.values(),
        *(suspect_key(s) for s in content.best_suspects()),
    }
    used |= {Severity.NOT_ASSESSABLE.label} if next(_unjudged(content), None) else set()
    count = Counter(finding.code for finding in findings if finding.severity is not Severity.NOT_ASSESSABLE)
    for key, reason in content.filing.waivers.items():
        if key in used or not reason.strip():
            continue
        code = code_of(key)
        if content.result is None:
            text = "这条说明上次写下。"
        elif key != code:
            text = f"说明针对的内容已变（{code}）。请核对：仍然适用的，剪下移到上面对应的一行；不用的删去。"
        elif count[code] > 1:
            text = f"这条规则现在有 {count[code]} 处，说明没有写清针对哪一处。请剪下移到上面对应的一行。"
        else:
            text = "这条说明上次写下，这次校验没有再发现。"
        yield ResultLine(
            ANSWERED, code, "—", text, None, reason, style="level_open", height=_height(content, text), key=key
        )
    for remark in content.filing.remarks:
        yield ResultLine(REMARK, None, "—", "您写的备注，原样保留。", None, remark, style="level_open", height=24)


def _height(content: Content, text: str, width: int = MESSAGE_LETTERS) -> float:
    """Return the height of a row, in points, that shows a text whole, so many characters a line."""
    width = int(width * NARROW) if content.layout.schema in NARROW_LISTS else width
    return min(400, 8 + 15 * max(1, sum(-(-len(line) // width) for line in text.split("\n"))))


def _suspect_lines(content: Content) -> Iterator[ResultLine]:
    """Yield the likeliest explanations of broken sums: which cell, what it should hold, which sums then hold."""
    for suspect in content.best_suspects():
        gone = explained(content, suspect)
        letter = content.reader.letter
        then = (
            f"改了{THIS if len(suspect.changes) == 1 else THESE}，另外 {len(gone)} 条也就对了。"
            if letter
            else f"{BELOW} {len(gone)} 条自行消失。"
        )
        text = content.suspect_text(suspect) + (then if gone else "")
        first = suspect.changes[0] if suspect.changes else suspect.choices[0][0]
        place = content.layout.names[first.cell]
        shown = f"{place.sheet} {place.address}" if content.reader.workbook else content.cell_name(first.cell)
        said = not content.reader.workbook and len(suspect.changes) == 1  # the place says which cell
        changed = (
            ("" if said else f"{content.cell_name(c.cell)} ") + f"改为 {show(c.proposed)}" for c in suspect.changes
        )
        offered = "；".join(changed) or "请核对"
        key = suspect_key(suspect)
        remark = content.filing.waivers.get(key)
        yield ResultLine(
            Severity.ERROR.label if letter else SUSPECT,
            "、".join(suspect.resolves),
            shown,
            text,
            offered,
            remark,
            style="level_suspect",
            link=f"'{place.sheet}'!{place.address}",
            height=max(
                _height(content, text),
                _height(content, offered, ADVICE_LETTERS),
                _height(content, "\n" * (len(suspect.resolves) - 1)),
            ),
            state=state_of_clue(content, suspect, gone),
            about=suspect if len(suspect.changes) == 1 else None,
            changes=suspect.changes if suspect.unique else (),
            key=key,
        )
        for finding in gone:
            yield _finding_line(content, Cause(finding, finding), resolved=True)
    if content.result and content.result.unlocated:
        text = content.result.unlocated
        level = Severity.ERROR.label if content.reader.letter else SUSPECT
        yield ResultLine(level, None, "—", text, style="level_suspect", height=_height(content, text))


def place_of(content: Content, finding: Finding) -> Place | None:
    """Return where a finding points: its own place, its first cell, or the place another layer gave it."""
    if finding.where is not None:
        try:
            return Place(finding.where.sheet, *parse_address(finding.where.address))
        except ValueError:
            return Place(finding.where.sheet, 1, 1)
    name = finding.place or (finding.cells[0] if finding.cells else "")
    return content.layout.place(name)
