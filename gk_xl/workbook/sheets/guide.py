"""使用说明: colours, what each row counts and on which provision it rests, what to do when something goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.form.fields import fields
from gk_xl.form.guidance import of_column, of_row
from gk_xl.workbook.layout import GUIDE
from gk_xl.workbook.plan import SheetPlan

if TYPE_CHECKING:
    from gk_xl.form.guidance import Guidance
    from gk_xl.workbook.content import Content

COLOURS = (
    ("entry", "黄色：填报格，填数或填字。没有的填 0，空着不等于 0。"),
    ("total", "蓝色：总计格，也要填。旁边算出应有的数和相差多少；点“合计”可自动填入。"),
    ("sample_open", "深黄色：同一行别的格填了，这一格还空着。没有的填 0，点“一键补零”可一次补齐。"),
    ("sample_red", "红色：这里的勾稽不成立，或填的不是数。"),
    ("sample_amber", "橙色：请确认。属实的在“校验结果”写明理由。"),
    ("sample_hint", "浅紫色：提示，只供参考。"),
    ("stub", "灰色：印定的文字，不能改。"),
)
QUESTIONS = (
    (
        "能不能从别处粘贴？",
        (
            "可以。整篇正文：复制后选中“一”的第一行粘贴（LibreOffice 弹出“导入选项”，点“确定”），再点“校验”，前言、五、六各归各处；没有按钮的，用“选择性粘贴”的“无格式文本”，否则格子会锁上、字会变样。"
            "Word 里的整张表：复制后点“导入报告”；没有按钮的，Excel 里选“只粘贴数值”。格式粘坏了不要紧，点任何一个按钮都会先恢复。"
        ),
    ),
    ("数怎么写？", "写阿拉伯数字。写成“１２”“12件”“十二”也读得懂，但要点“采纳建议”或自己改成数字才算数。"),
    ("能不能插入行、改表头？", "不能，法定表格逐字固定。改动过的地方校验时会列出来。"),
    ("红色的格子太多，不知道哪格填错？", "点“校验”，“校验结果”里会指出最可能填错的格和应填的数。"),
    (
        "正文怎样写得与表一致？",
        "正文各表右边有由表格写成的句子，点选一条，再点“采纳建议”，就放进正文；其中的数随表格改。",
    ),
    (
        "没有按钮，或不许用宏？",
        "各表的红色格子和封面的核对栏照样工作；校验、报送单、导出报告用离线文件夹里同名的 .cmd，把工作簿拖上去。",
    ),
    (
        "台账要不要填？",
        "可以不填。平时按季度登记的，年底点“台账汇入”，四个季度的数就进了表格；没有按钮的照“全年”一栏抄。",
    ),
    (
        "报送单上的指纹是什么？",
        "全部数字和文字算出的一串码。签字以后改动一个数、一句话，码就变了；收到的机关重算一遍就知道是不是签字的那一份。",
    ),
    ("“上年”一栏是什么？", "点“载入上年”后，表格旁边就有去年的数，填的时候可以对照。"),
    (
        "用什么软件打开？",
        (
            "在 LibreOffice 里逐项试过：填、粘贴、按钮、导出。Excel 和 WPS 的按钮是在仿照它们的程序里试的，没有在真的 Excel、WPS 里试过；"
            "公式、颜色、批注按通用格式写成。WPS 没有按钮的，用文件夹里的“校验.cmd”。"
        ),
    ),
    ("保护有没有密码？", "没有，只防误改。确需调整列宽、行高可以直接拖动。"),
)


HEADS = ((2, "行、列"), (3, "计什么，不计什么"), (4, "在哪里查，常见差错"), (5, "依据"))
WIDTHS = {1: 2, 2: 28, 3: 58, 4: 42, 5: 25}
"""The columns' widths in characters: they fit a screen of 1366 dots, as those of 校验结果 do."""


def plan_guide(content: Content) -> SheetPlan:
    """Return the plan of the sheet 使用说明: what to count comes first."""
    plan = SheetPlan(GUIDE, "7F7F7F", one_page=False)
    plan.widths |= WIDTHS
    plan.span(1, 2, 1, 4, "title", "使用说明")
    plan.heights[1] = 30
    row = _counting(plan, content, 3)
    row = _band(plan, row + 2, "颜色")
    for style, text in COLOURS:
        row += 1
        plan.put(row, 2, f"{style}_locked" if style in ("entry", "total") else style, None)
        plan.span(row, 3, 1, 3, "text", text)
        plan.heights[row] = 22
    row = _band(plan, row + 2, "常见问题")
    for question, answer in QUESTIONS:
        row += 1
        plan.put(row, 2, "label", question)
        plan.span(row, 3, 1, 3, "text", answer)
        plan.heights[row] = max(24, _height(question, 2), _height(answer, 3, 4, 5))
    row = _fields(plan, content, row + 2)
    plan.freeze = (2, 1)
    plan.print_to = (row, 5)
    return plan


def _band(plan: SheetPlan, row: int, text: str) -> int:
    """Put the head of a part; return its row."""
    plan.span(row, 2, 1, 4, "band", text)
    plan.heights[row] = 22
    return row


def _counting(plan: SheetPlan, content: Content, row: int) -> int:
    """Put for every row and column of the tables what it counts; return the last row."""
    _band(plan, row, "每一行、每一列计什么")
    row += 1
    for column, text in HEADS:
        plan.put(row, column, "grid_head", text)
    plan.heights[row] = 22
    for table in content.edition.tables:
        said: set[str] = set()
        for cell in table.cells:
            found = of_row(content.edition, table.id, cell.row)
            if cell.row not in said:
                said.add(cell.row)
                reference = content.edition.references[cell.reference]
                basis = f"{reference.title.removeprefix('中华人民共和国')}{reference.article}"[-60:]
                row = _line(plan, row + 1, f"{table.name}　{' '.join(cell.path[-2:])}", found, basis)
        for name, label in table.column_labels.items():
            if found := of_column(content.edition, table.id, name):
                row = _line(plan, row + 1, f"{table.name}　“{label}”列", found, "")
    return row


def _line(plan: SheetPlan, row: int, label: str, found: Guidance | None, basis: str) -> int:
    """Put what is said of one row or column; return its row."""
    counts, finding = "", ""
    if found:
        counts = f"计：{found.counts}" + (f"\n不计：{found.leaves_out}" if found.leaves_out else "")
        finding = "\n".join(f"{head}：{text}" for head, text in (("查", found.where), ("易错", found.mistake)) if text)
    for column, text in enumerate((label, counts, finding, basis), start=2):
        plan.put(row, column, "grid_label", text or None)
    texts = enumerate((label, counts, finding, basis), start=2)
    plan.heights[row] = max(20, *(_height(text, column) for column, text in texts))
    return row


def _height(text: str, *columns: int) -> float:
    """Return the height, in points, that a text needs in some columns."""
    free = sum(WIDTHS[column] * 7 + 5 for column in columns) - 20
    lines = sum(-(-max(1, len(line)) * 15 // free) for line in text.split("\n"))
    return 6 + 14.0 * lines


def _fields(plan: SheetPlan, content: Content, row: int) -> int:
    """Put the list of fields that the narrative may name; return the last row."""
    _band(plan, row, "正文里可以写的名称：点“校验”就换成表里的数，以后改了表，正文跟着改")
    for field in fields(content.edition.id).values():
        row += 1
        plan.put(row, 2, "label", f"{{{field.name}}}")
        says = field.says(content.edition)
        plan.span(row, 3, 1, 3, "text", says)
        plan.heights[row] = max(22, _height(says, 3, 4, 5))
    return row
