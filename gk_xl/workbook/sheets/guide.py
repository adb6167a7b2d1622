"""使用说明: colours, what each row counts and on which provision it rests, what to do when something goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.form.fields import fields
from gk_xl.workbook.layout import GUIDE
from gk_xl.workbook.plan import SheetPlan

if TYPE_CHECKING:
    from gk_xl.workbook.content import Content

COLOURS = (
    ("entry", "黄色：填报格，填数或填字。没有的填 0，空着不等于 0。"),
    ("total", "蓝色：总计格，也要填。旁边算出应有的数和相差多少；点“合计”可自动填入。"),
    ("sample_red", "红色：这里的勾稽不成立，或填的不是数。"),
    ("sample_amber", "橙色：请确认。属实的在“校验结果”写明理由。"),
    ("sample_hint", "浅紫色：提示，只供参考。"),
    ("stub", "灰色：印定的文字，不能改。"),
)
QUESTIONS = (
    ("能不能从别处粘贴？", "可以，粘贴时选“只粘贴数值”。粘贴不受输入限制，校验时会再查一遍。"),
    ("数怎么写？", "写阿拉伯数字。写成“１２”“12件”“十二”也读得懂，但要点“采纳建议”或自己改成数字才算数。"),
    ("能不能插入行、改表头？", "不能，法定表格逐字固定。改动过的地方校验时会列出来。"),
    ("红色的格子太多，不知道哪格填错？", "点“校验”，“校验结果”里会指出最可能填错的格和应填的数。"),
    (
        "正文怎样写得与表一致？",
        "正文各表右边有由表格写成的句子，点选一条，再点“采纳建议”，就放进正文；其中的数随表格改。",
    ),
    ("没有按钮，或不许用宏？", "各表的红色格子和封面的核对栏照样工作；文件可交县里校验。"),
    ("保护有没有密码？", "没有，只防误改。确需调整列宽、行高可以直接拖动。"),
)


def plan_guide(content: Content) -> SheetPlan:
    """Return the plan of the sheet 使用说明."""
    plan = SheetPlan(GUIDE, "7F7F7F", one_page=False)
    plan.widths |= {1: 2, 2: 34, 3: 62, 4: 44}
    plan.span(1, 2, 1, 3, "title", "使用说明")
    plan.heights[1] = 30
    row = 3
    plan.span(row, 2, 1, 3, "band", "颜色")
    for style, text in COLOURS:
        row += 1
        plan.put(row, 2, f"{style}_locked" if style in ("entry", "total") else style, None)
        plan.span(row, 3, 1, 2, "text", text)
        plan.heights[row] = 22
    row += 2
    plan.span(row, 2, 1, 3, "band", "常见问题")
    for question, answer in QUESTIONS:
        row += 1
        plan.put(row, 2, "label", question)
        plan.span(row, 3, 1, 2, "text", answer)
        plan.heights[row] = 24
    row = _fields(plan, content, row + 2)
    row += 2
    plan.span(row, 2, 1, 3, "band", "每一行填什么")
    row += 1
    for column, text in ((2, "表"), (3, "行"), (4, "依据")):
        plan.put(row, column, "grid_head", text)
    for table in content.edition.tables:
        seen: set[str] = set()
        for cell in table.cells:
            if cell.row in seen:
                continue
            seen.add(cell.row)
            row += 1
            reference = content.edition.references[cell.reference]
            plan.put(row, 2, "grid_label", table.name)
            plan.put(row, 3, "grid_label", " ".join(cell.path[-2:]))
            plan.put(row, 4, "grid_label", f"{reference.title.removeprefix('中华人民共和国')}{reference.article}"[-60:])
            plan.heights[row] = 34 if len(" ".join(cell.path[-2:])) > 30 or len(reference.title) > 24 else 20
    plan.freeze = (2, 1)
    plan.print_to = (row, 4)
    return plan


def _fields(plan: SheetPlan, content: Content, row: int) -> int:
    """Put the list of fields that the narrative may name; return the last row."""
    plan.span(row, 2, 1, 3, "band", "正文里可以写的名称：导出时换成表里的数，改了表，正文跟着改")
    for field in fields(content.edition.id).values():
        row += 1
        plan.put(row, 2, "label", f"{{{field.name}}}")
        says = field.says(content.edition)
        plan.span(row, 3, 1, 2, "text", says)
        plan.heights[row] = 22 if len(says) < 50 else 22 + 15 * (len(says) // 50)
    return row
