"""问题清单, 问题矩阵 and 常见问题: every finding with a link to its place; unit × problem; what to explain at the next training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from gk_xl.desk.aside import codes_named
from gk_xl.desk.book.paper import FILE, FINDINGS, MATRIX, RULES, Formula, Link
from gk_xl.desk.counting import matrix
from gk_xl.desk.entry import UNREADABLE
from gk_xl.desk.noted import KEY, UNIT, key_beside
from gk_xl.form.finding import Severity
from gk_xl.workbook.layout import RESULT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gk_xl.desk.book.paper import Paper
    from gk_xl.desk.brief import Brief, Problem
    from gk_xl.desk.entry import Entry

Row = list[tuple[str, Any]]
KEY_WIDTH = 255  # hidden, and no reason for a high row
FINDING_COLUMNS = (
    (UNIT, 24),
    *zip(RESULT_COLUMNS[1:], (10, 10, 20, 66, 22, 20), strict=True),
    ("文件", 44),
    (KEY, KEY_WIDTH),
)
RULE_COLUMNS = (("代码", 9), ("问题", 26), ("级别", 10), ("单位数", 9), ("处数", 9), ("哪些单位", 80))
LEVEL_LOOKS = {3: "level_error", 2: "level_warning", 1: "level_hint", 0: "level_open"}
LEVEL_LABELS = {severity.level: severity.label for severity in Severity}
MOST_COLUMNS = 120


def write_findings(paper: Paper, brief: Brief) -> None:
    """Write all findings, file by file."""
    sheet = paper.add(FINDINGS, [width for _, width in FINDING_COLUMNS], colour="#BF8F00", by_row=True)
    sheet.set_column(len(FINDING_COLUMNS) - 1, len(FINDING_COLUMNS) - 1, 3, None, {"hidden": True})
    paper.table(sheet, FINDING_COLUMNS, (row for entry in brief.entries for row in _finding_rows(paper, entry)))


def _finding_rows(paper: Paper, entry: Entry) -> Iterator[Row]:
    if entry.aside:
        return
    if entry.problem:
        yield [
            ("result_text", entry.unit),
            ("level_error", UNREADABLE),
            *[("result_centre", None)] * 2,
            ("result_text", entry.problem),
            *[("result_text", None)] * 2,
            (FILE, paper.file_link(entry)),
            ("hidden", None),
        ]
    if not entry.lines:
        return
    unit, whole = ("result_text", entry.unit), (FILE, paper.file_link(entry))
    for line in entry.lines:
        spot = paper.file_link(entry, line.link, line.shown) if line.link else line.shown
        yield [
            unit,
            (line.style, line.level),
            ("result_centre", line.code),
            ("link_centre" if isinstance(spot, Link) else "result_centre", spot),
            ("result_text", line.message),
            ("result_text", line.advice),
            ("result_text", line.reason),
            whole,
            ("hidden", key_beside(entry, line.key, line.reason)),
        ]


def write_matrix(paper: Paper, brief: Brief, first_lines: Mapping[int, int]) -> None:
    """Write unit × problem: how many places, each leading to its first line in 问题清单."""
    entries = brief.members
    places = {id(entry): at for at, entry in enumerate(brief.entries)}
    shown = brief.problems[:MOST_COLUMNS]
    counts = matrix(entries)
    sheet = paper.add(MATRIX, [26, 8, *[5.5] * len(shown)], colour="#BF8F00", by_row=True)
    paper.band(sheet, 0, 2 + len(shown), "title_left", "哪个单位有哪些问题（处数；点数看问题清单）", 30)
    labels = [("grid_head", label) for label in ("单位", "合计")]
    paper.row(sheet, 1, [*labels, *(("head_upright", problem.label) for problem in shown)], 112)
    paper.row(sheet, 2, [*[("grid_head", None)] * 2, *(("head_up", problem.code) for problem in shown)])
    sheet.merge += [[1, column, 2, column] for column in range(2)]  # merge_range would write, by column
    row = 2
    last = xl_col_to_name(max(2, 1 + len(shown)))
    for at, entry in enumerate(entries):
        if at not in counts:
            continue
        row += 1
        now = sum(counts[at].get(problem.code, 0) for problem in shown)
        cells = [
            ("link", paper.file_link(entry, shown=entry.unit)),
            ("sum", Formula(f"SUM(C{row + 1}:{last}{row + 1})", now)),
            *_matrix_row(entry, counts[at], shown, first_lines.get(places[id(entry)], 0)),
        ]
        paper.row(sheet, row, cells)
    if row > 2:
        foot: Row = [("grid_head", "有这个问题的单位")]
        for column in range(1, 2 + len(shown)):
            name = xl_col_to_name(column)
            now = len(counts) if column == 1 else sum(shown[column - 2].code in codes for codes in counts.values())
            foot.append(("sum", Formula(f'COUNTIF({name}4:{name}{row + 1},">0")', now)))
        paper.row(sheet, row + 1, foot)
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(1, 2)


def _matrix_row(
    entry: Entry, counts: Mapping[str, int], shown: Sequence[Problem], first: int
) -> Iterator[tuple[str, Any]]:
    """Yield how many places a file has of each problem; ``first`` is the row of 问题清单 on which the file begins."""
    for problem in shown:
        count = counts.get(problem.code, 0)
        if not count:
            yield "grid_cell", None
            continue
        target = f"internal:'{FINDINGS}'!A{_line_of(entry, problem.code, first) + 1}"
        yield LEVEL_LOOKS[problem.level], Link(target, count, f"{entry.unit}　{problem.code}")


def _line_of(entry: Entry, code: str, first: int) -> int:
    """Return the row of 问题清单 on which a file's first line about a rule stands: its own line, or the clue that tells it."""
    codes = codes_named(entry)
    own = next((number for number, named in enumerate(codes) if named == code), None)
    if own is None:
        own = next((number for number, named in enumerate(codes) if code in (named or "").split("、")), 0)
    return first + (1 if entry.problem else 0) + own


def write_rules(paper: Paper, brief: Brief) -> None:
    """Write the rules that were broken, the commonest first."""
    sheet = paper.add(RULES, [width for _, width in RULE_COLUMNS], colour="#BF8F00")
    paper.table(
        sheet,
        RULE_COLUMNS,
        (
            [
                ("result_centre", problem.code),
                ("result_text", problem.label),
                (LEVEL_LOOKS[problem.level], LEVEL_LABELS[problem.level]),
                ("result_centre", len(problem.units)),
                ("result_centre", problem.places),
                ("result_text", "、".join(problem.units)),
            ]
            for problem in brief.problems
        ),
    )
