"""More quirks of published reports: what editors, sites and county habits do to labels, numbers, headings, titles, pages."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.sources import drawn as base
from tests.sources.continued import continued_by_hand
from tests.sources.drawn import Cell, Drawn, _flat, _numbers, _redraw, _tables, once

# ------------------------------------------------------------------------------------------------ labels and numbers


def _relabelled(drawing, change, *tables):
    for table in _tables(drawing, *tables):
        table.rows = [
            [c if re.fullmatch(r"[\d.]*", c.text) else replace(c, text=change(c.text)) for c in row]
            for row in table.rows
        ]


def _renumbered(drawing, change, *tables):
    for table in _tables(drawing, *tables):
        for row, number, cell in list(_numbers(table)):
            row[number] = replace(cell, text=change(cell.text))


def comma_ordinals(drawing, chance):
    """1、 in place of 1."""
    _relabelled(drawing, lambda text: re.sub(r"^(\d)\.", r"\1、", text))


def no_ordinals(drawing, chance):
    """Labels without their ordinals."""
    _relabelled(drawing, lambda text: re.sub(r"^(\d\.|（[一二三四五六七]）|[一二三四]、)", "", text), "t3")


def ringed_ordinals(drawing, chance):
    """Ordinals of one sign, marks of notes."""
    ringed = "①②③④⑤⑥⑦⑧"
    _relabelled(drawing, lambda text: re.sub(r"^(\d)\.", lambda found: ringed[int(found[1]) - 1], text), "t3")


def spread_labels(drawing, chance):
    """Short labels spread by blanks."""
    _relabelled(drawing, lambda text: "\u3000".join(text) if len(text) < 4 else text)


def invisible_signs(drawing, chance):
    """Signs of no width and soft hyphens that editors leave in labels and numbers."""
    _relabelled(drawing, lambda text: text[:1] + "\u200b" + text[1:] + "\ufeff")


def other_words(drawing, chance):
    """合计 for 总计, 其它 for 其他, 件数 with their unit."""
    _relabelled(
        drawing, lambda text: text.replace("总计", "合计").replace("其他", "其它").replace("制发件数", "制发件数（件）")
    )


def traditional(drawing, chance):
    """Labels in traditional characters."""
    pairs = dict(
        zip(
            "信内制废现效处决数许罚强业费申请总计类说护单属执论诉结纠审",
            "信內製廢現效處決數許罰強業費申請總計類說護單屬執論訴結糾審",
            strict=True,
        )
    )
    _relabelled(drawing, lambda text: "".join(pairs.get(sign, sign) for sign in text))


def with_units(drawing, chance):
    """Every number with its unit."""
    for table in _tables(drawing, "t3", "t4"):
        for row, number, cell in list(_numbers(table)):
            row[number] = replace(cell, text=f"{cell.text} 件")


def thousands(drawing, chance):
    """Numbers over a thousand with commas."""
    cells = {
        name: round(value * 10, 2) if value and value > 99 and drawing.filing.form.cell(name).table == "t2" else value
        for name, value in drawing.filing.cells.items()
    }
    _redraw(drawing, replace(drawing.filing, cells=cells))
    _renumbered(drawing, lambda text: f"{int(text):,}" if text.isdigit() else f"{float(text):,.2f}")


def decimals(drawing, chance):
    """Counts as a spreadsheet's .0 prints them."""
    _renumbered(drawing, lambda text: f"{text}.0" if text.isdigit() else text, "t3")


def stated_twice(drawing, chance):
    """22（其中修订16件）: a number within a number's cell."""
    table = _tables(drawing, "t2")[0]
    row, number, cell = next(
        (row, number, cell) for row, number, cell in _numbers(table) if row[0].text.endswith("规范性文件")
    )
    row[number] = replace(cell, text=f"{cell.text}（其中修订16件）")


def dashes(drawing, chance):
    """— and / where nothing is to be stated: whether that is 0 nobody can tell."""
    form = drawing.filing.form
    gone = {
        cell.id for cell in form.cells.values()
        if cell.table == "t3" and not cell.total and drawing.filing.cells[cell.id] == 0 and chance.random() < 0.2
    }  # fmt: skip
    _redraw(drawing, replace(drawing.filing, cells={**drawing.filing.cells, **dict.fromkeys(gone, "—")}))
    drawing.unsure |= gone


def zeros_blank(drawing, chance):
    """Every 0 left blank."""
    cells = {name: value or None for name, value in drawing.filing.cells.items()}
    _redraw(drawing, replace(drawing.filing, cells=cells))


def cut_digits(drawing, chance):
    """Digits of totals parted by a line, as narrow columns print them."""
    for table in _tables(drawing, "t3"):
        for row in table.rows:
            if row[-1].text.isdigit() and len(row[-1].text) > 2:
                row[-1] = replace(row[-1], text=f"{row[-1].text[:-1]}\n{row[-1].text[-1]}")
    drawing.unsure |= {
        cell.id for cell in drawing.filing.form.table("t3").cells if cell.total or cell.column == "total"
    }


# ------------------------------------------------------------------------------------------------ rows and columns


def totals_first(drawing, chance):
    """The column of totals before the others."""
    table = _tables(drawing, "t3")[0]
    table.rows = [[Cell(row[c]) for c in (0, 1, 2, 9, 3, 4, 5, 6, 7, 8)] for row in _flat(table)]


def missing_row(drawing, chance):
    """A row of 表三 left out."""
    table = _tables(drawing, "t3")[0]
    at = next(n for n, row in enumerate(table.rows) if row[0].text.startswith("5.属于三类"))
    del table.rows[at]
    for row in table.rows[:at]:
        for number, cell in enumerate(row):
            if cell.rows > 1 and cell.text in ("三、本年度办理结果", "（三）不予公开"):
                row[number] = replace(cell, rows=cell.rows - 1)
    label = "5.属于三类内部事务信息"
    drawing.expected |= {c.id: None for c in drawing.filing.form.table("t3").cells if c.row_label == label}


def other_order(drawing, chance):
    """The rows of a group in another order."""
    table = _tables(drawing, "t3")[0]
    flat = _flat(table)
    heads = drawing.filing.form.table("t3").head_lines
    at = next(n for n, row in enumerate(flat) if n >= heads and row[2].startswith("1.本机关不掌握"))
    flat[at : at + 3] = [flat[at + 2], flat[at], flat[at + 1]]
    table.rows = [[Cell(text) for text in row] for row in flat]


def no_groups(drawing, chance):
    """The labels of groups left out: only the rows' own stand."""
    table = _tables(drawing, "t3")[0]
    table.rows = [[Cell(text) for text in row[2:]] for row in _flat(table)]
    drawing.unsure |= {
        c.id for c in drawing.filing.form.table("t3").cells if c.row_label in ("3.其他", "（六）其他处理")
    }


def empty_rows(drawing, chance):
    """Rows and a column with nothing in them among the others."""
    for table in _tables(drawing, "t2", "t3"):
        flat = once(table)
        width = len(flat[0])
        rows = []
        for number, row in enumerate(flat):
            rows.append([*(Cell(text) for text in row), Cell("")])
            if number > 4 and number % 6 == 0:
                rows.append([Cell("") for _ in range(width + 1)])
        table.rows = rows


def headed_tables(drawing, chance):
    """The section's heading again as the table's first row, over its whole width."""
    for section in drawing.filing.form.sections:
        if section.table:
            table = next(block for block in _tables(drawing) if block.table == section.table)
            width = len(_flat(table)[0])
            table.rows.insert(0, [Cell(section.heading, 1, width)])


def notes_in_tables(drawing, chance):
    """A note over the whole width as the last row of 表二: kept at the end of 一, as all prose among tables."""
    table, note = _tables(drawing, "t2")[0], "注：本表数据由各科室报送。"
    table.rows.append([Cell(note, 1, len(_flat(table)[0]))])
    drawing.narrative["overview"] = (*drawing.narrative["overview"], note)


def captions(drawing, chance):
    """表1 … above each table, 单位：件 before it."""
    made = []
    for block in drawing.blocks:
        if isinstance(block, Drawn):
            made += [f"表{block.table[1]}", "单位：件"]
        made.append(block)
    drawing.blocks[:] = made


def turned_last(drawing, chance):
    """表四 turned: a case a row."""
    table = _tables(drawing, "t4")[0]
    table.rows = [[Cell(text) for text in row] for row in zip(*_flat(table), strict=True)]


def last_in_rows(drawing, chance):
    """表四 with its three kinds as rows under five results."""
    table = _tables(drawing, "t4")[0]
    flat = _flat(table)
    rows = [[Cell(""), *(Cell(text) for text in flat[2][:5])]]
    for number, name in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
        rows.append([Cell(name), *(Cell(text) for text in flat[3][5 * number : 5 * number + 5])])
    table.rows = rows


def two_years_of_three(drawing, chance):
    """Two years side by side in 表三, the report's first."""
    table = _tables(drawing, "t3")[0]
    year, heads = drawing.filing.year, drawing.filing.form.table("t3").head_lines
    flat = _flat(table)
    rows = [[Cell(flat[0][0], 1, 3), Cell(f"{year}年", 1, 7), Cell(f"{year - 1}年", 1, 7)]]
    for number, row in enumerate(flat):
        again = row[3:] if number < heads else ["9"] * 7
        rows.append([Cell(text) for text in (*row, *again)])
    table.rows = rows


# ------------------------------------------------------------------------------------------------ headings, title, pages


def _headings(drawing, change):
    known = [section.heading for section in drawing.filing.form.sections]
    drawing.blocks[:] = [
        change(known.index(b), b.partition("、")[2]) if isinstance(b, str) and b in known else b for b in drawing.blocks
    ]


def parts(drawing, chance):
    """Headings numbered 第一部分."""
    _headings(drawing, lambda number, text: f"第{'一二三四五六'[number]}部分\u3000{text}")


def arabic(drawing, chance):
    """Headings numbered 1., 2."""
    _headings(drawing, lambda number, text: f"{number + 1}. {text}")


def spread_headings(drawing, chance):
    """一 、总体情况： with blanks and a colon."""
    _headings(drawing, lambda number, text: f"{'一二三四五六'[number]} 、 {text}：")


def doubled_numbers(drawing, chance):
    """三三、收到和处理…: a number that a list put before the typed one."""
    _headings(drawing, lambda number, text: f"{'一二三四五六'[number] * 2}、{text}")


def bare_headings(drawing, chance):
    """Headings whose numbers are lost."""
    _headings(drawing, lambda number, text: text)


def contents(drawing, chance):
    """A table of contents after the title."""
    known = [section.heading for section in drawing.filing.form.sections]
    drawing.blocks[1:1] = ["目  录", *(f"{text}……………{n + 1}" for n, text in enumerate(known))]


def site_lines(drawing, chance):
    """Breadcrumb, 正文, index head and the site's foot as lines of the text."""
    drawing.blocks[:0] = [
        "首页/政务公开/政府信息公开年报",
        "索引号：000014349/2026-00012",
        "成文日期：2022-01-16",
        "正文",
    ]
    drawing.blocks += ["分享到：", "打印本页 关闭窗口", "上一篇：没有了", "版权所有：样板县人民政府 备案12345号"]


def two_line_title(drawing, chance):
    """The title over two lines."""
    name = drawing.filing.unit.name.removesuffix("人民政府")
    drawing.blocks[:1] = [f"{name}人民政府", drawing.blocks[0].removeprefix(name)]


def longer_title(drawing, chance):
    """关于 … 的报告, brackets round it."""
    year = drawing.filing.year
    drawing.blocks[0] = f"样板乡人民政府{year}年度政府信息公开工作年度报告"


def one_line_signature(drawing, chance):
    """Name and date on one line, far apart."""
    day = drawing.filing.signed.day
    drawing.blocks[-2:] = [f"{drawing.blocks[-2]}\u3000\u3000\u3000{day.year}年{day.month:02}月{day.day:02}日"]


def written_date(drawing, chance):
    """The date in characters."""
    digits = "〇一二三四五六七八九"
    day = drawing.filing.signed.day
    drawing.blocks[-1] = "".join(digits[int(d)] for d in str(day.year)) + "年一月十日"


def unsigned_pages(drawing, chance):
    """Page numbers and a running head between the blocks."""
    made = []
    for number, block in enumerate(drawing.blocks):
        made.append(block)
        if number in (2, 5, 7):
            made.append(f"— {number} —")
    drawing.blocks[:] = made


def prose_among_tables(drawing, chance):
    """A paragraph inside 二, after its table: kept at the end of 一."""
    index = next(i for i, block in enumerate(drawing.blocks) if isinstance(block, Drawn) and block.table == "t2")
    said = "本年度行政许可事项由县行政审批局集中办理，我乡据实填报本乡作出的处理决定。"
    drawing.blocks.insert(index + 1, said)
    drawing.narrative["overview"] = (*drawing.narrative["overview"], said)


def nothing_more(drawing, chance):
    """六 with one line that looks like its heading, without a mark."""
    drawing.blocks[-3] = "无其他需要报告的事项"
    drawing.narrative["other_matters"] = ("无其他需要报告的事项",)


def annexed(drawing, chance):
    """The tables behind the signature, each under a line that names it."""
    tables = [block for block in drawing.blocks if isinstance(block, Drawn)]
    rest = [block if isinstance(block, str) else "（详见附表）" for block in drawing.blocks]
    for table in tables:
        rest += [f"附表{table.table[1]}", table]
    drawing.blocks[:] = rest


def long_paragraphs(drawing, chance):
    """Paragraphs of many lines with brackets, quotation marks, Latin words and numbers at their lines' ends."""
    long = (
        "全年通过门户网站、政务新媒体（含“样板发布”公众号）等渠道公开各类政府信息1203条，其中政策文件12件、政策解读15条、"
        "回应关切36条；更新 APP 栏目4个，举办 Open Day 活动3次，接待群众258人次，办结率100%。" * 3
    )
    texts = (long, *drawing.narrative["overview"], long[:170] + "。")
    index = drawing.blocks.index(drawing.narrative["overview"][0])
    drawing.blocks[index : index + len(drawing.narrative["overview"])] = texts
    drawing.narrative["overview"] = texts


MORE = [
    comma_ordinals, no_ordinals, ringed_ordinals, spread_labels, invisible_signs, other_words, traditional, with_units,
    thousands, decimals, stated_twice, dashes, zeros_blank, cut_digits, totals_first, missing_row, other_order,
    no_groups, empty_rows, headed_tables, notes_in_tables, captions, turned_last, last_in_rows, two_years_of_three,
    parts, arabic, spread_headings, doubled_numbers, bare_headings, contents, site_lines, two_line_title, longer_title,
    one_line_signature, written_date, unsigned_pages, prose_among_tables, nothing_more, annexed, long_paragraphs,
    continued_by_hand,
]  # fmt: skip
EVERY = [*base.QUIRKS, *MORE]
