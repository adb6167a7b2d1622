"""Several tables of one kind in a source: which of them is the report's, by what stands above it."""

from __future__ import annotations

import random
import re

import pytest

from gk_xl.sources.open import import_sources
from tests.sources.drawn import drawing_of, filing_of
from tests.sources.writers import tidy_page

TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
FEWEST = 60


def page_of(seed: int = 7) -> str:
    page, _ = tidy_page(drawing_of(filing_of("2021", seed)), random.Random(1))
    return page


def imported(tmp_path, page: str, suffix: str = ".html"):
    path = tmp_path / f"report{suffix}"
    path.write_text(page, encoding="utf-8")
    return import_sources([path])


def beside(tmp_path, above: str, below: str, *, first: bool, at: int = 1):
    """Return what is read of a page with another's table before or behind its own, and what is right."""
    page, other = page_of(), TABLE.findall(page_of(9))[at]
    own = TABLE.findall(page)[at]
    pair = [f"<p>{above}</p>{other}", f"<p>{below}</p>{own}"]
    made = page.replace(own, "".join(pair if first else pair[::-1]))
    found, wanted = imported(tmp_path, made), imported(tmp_path, page)
    assert found.filing.year == 2021
    return found, wanted


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("2020年度（上年）情况", "2021年度情况"), ("附：2020年数据，仅供对照", ""), ("初稿（2022年1月4日核对后作废）", "定稿（2022年1月9日）"),
        ("（甲）样板县林业局情况", "（乙）样板乡人民政府情况"), ("更正前", "更正后"), ("上年数据", "本年数据"), ("", "定稿，初稿已作废"),
        ("二〇二〇年度", "二〇二一年度"), ("2020", "2021"),
        ("表样（示例，不作为公布数据）", "正式数据"), ("去年同期", "今年情况"),
    ],
)  # fmt: skip
def test_a_caption_tells_which_table_is_the_reports(above, below, first, at, tmp_path):
    """The other is left out, and that is said; what is read is as sure as without it."""
    found, wanted = beside(tmp_path, above, below, first=first, at=at)
    assert found.filing.cells == wanted.filing.cells
    assert not found.filing.doubts.keys() - wanted.filing.doubts.keys()
    assert any("几份同样的表格" in note.message for note in found.notes) or not above


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", ""),
        ("表三", "表三"),
        ("第一张", "第二张"),
        ("2022年2月发布", ""),
        ("全县汇总", "县本级"),
        ("（预计数）", "（实际数）"),
    ],
)
def test_where_no_caption_tells_what_differs_is_asked(above, below, tmp_path):
    """Whichever is taken: no number of the two is read in silence where they differ."""
    found, wanted = beside(tmp_path, above, below, first=True)
    differing = {cell for cell, value in wanted.filing.cells.items() if found.filing.cells[cell] != value}
    assert len(differing) > FEWEST
    assert differing <= found.filing.doubts.keys()


def test_captions_below_their_tables(tmp_path):
    """Where they say so they hold for what is above; where they may stand on either side, what differs is asked."""
    page, other = page_of(), TABLE.findall(page_of(9))[1]
    own, wanted = TABLE.findall(page)[1], imported(tmp_path, page)
    for said in ("以上为2020年数据", "（上表为初稿，已作废）"):
        found = imported(tmp_path, page.replace(own, f"{other}<p>{said}</p>{own}"))
        assert (found.filing.cells, found.filing.doubts) == (wanted.filing.cells, wanted.filing.doubts)
    found = imported(tmp_path, page.replace(own, f"{other}<p>2020年数据</p>{own}<p>2021年数据</p>"))
    differing = {cell for cell, value in wanted.filing.cells.items() if found.filing.cells[cell] != value}
    assert differing <= found.filing.doubts.keys()


def test_a_few_rows_of_last_year_are_not_the_table(tmp_path):
    """The whole table below them is none of theirs, though it has their labels."""
    page, other = page_of(), TABLE.findall(page_of(9))[1]
    own, wanted = TABLE.findall(page)[1], imported(tmp_path, page)
    some = "".join(re.findall(r"<tr>.*?</tr>", other, re.DOTALL)[:6])
    found = imported(tmp_path, page.replace(own, f"<p>2020年主要数据</p><table>{some}</table>{own}"))
    assert (found.filing.cells, found.filing.doubts) == (wanted.filing.cells, wanted.filing.doubts)


def test_a_table_alone_is_read_whatever_stands_above_it(tmp_path):
    """An office may have left last year's caption: that is said."""
    page = page_of()
    own = TABLE.findall(page)[1]
    found = imported(tmp_path, page.replace(own, f"<p>2020年度情况</p>{own}"))
    assert found.filing.cells == imported(tmp_path, page).filing.cells
    assert any("不像是这份报告的" in note.message for note in found.notes)


def test_parts_of_one_table_are_no_rivals(tmp_path):
    """By columns or by rows: only the first bears the caption."""
    page = page_of()
    own = TABLE.findall(page)[1]
    rows = re.findall(r"<tr>.*?</tr>", own, re.DOTALL)
    head, middle = rows[:3], len(rows) // 2
    parts = ["".join(["<table>", *some, "</table>"]) for some in (rows[:middle], [*head, *rows[middle:]])]
    found = imported(tmp_path, page.replace(own, f"<p>2021年度情况</p>{parts[0]}<p>续表</p>{parts[1]}"))
    assert not any("几份同样的表格" in note.message for note in found.notes)
    columns = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"]
    made = []
    for names in (columns[:3], columns[3:]):
        lines = [["", *names], *([label, *("5" for _ in names)] for label in labels)]
        cells = ["".join(f"<td>{text}</td>" for text in line) for line in lines]
        made.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    found = imported(tmp_path, page.replace(own, f"<p>2021年度情况（一）</p>{made[0]}<p>（二）</p>{made[1]}"))
    assert [found.filing.cells[c] for c in found.filing.cells if c.startswith("t3.carried_in")] == [5] * 7


def test_small_tables_of_one_table_are_no_rivals(tmp_path):
    """表四 in three, of which only the first names the year, and a table behind the signature of the unit."""
    page = page_of()
    own = TABLE.findall(page)[2]
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    captions = ["2021年情况</p><p>行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]
    rows = [heads, ["1", "2", "0", "1", "4"]]
    table = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    made = "".join(f"<p>{caption}</p><table>{table}</table>" for caption in captions)
    found = imported(tmp_path, page.replace(own, made))
    assert not any("几份同样的表格" in note.message for note in found.notes)
    assert [found.filing.cells[c] for c in found.filing.cells if c.startswith("t4.suit_after")] == [1, 2, 0, 1, 4]


def test_a_caption_in_the_table_and_lists_of_two_years(tmp_path):
    """As one table holds both years, each below a row that names it; and as pages for the blind list them."""
    page, other = page_of(), page_of(9)
    own, last = (TABLE.findall(one)[1] for one in (page, other))
    inner = [re.search(r"<table[^>]*>(.*)</table>", one, re.DOTALL)[1] for one in (last, own)]
    row = "<tr><td colspan=10>{}</td></tr>"
    joined = f"<table>{row.format('2020年')}{inner[0]}{row.format('2021年')}{inner[1]}</table>"
    found, wanted = imported(tmp_path, page.replace(own, joined)), imported(tmp_path, page)
    assert found.filing.cells == wanted.filing.cells
    form = wanted.filing.form
    rows: dict[str, list[str]] = {}
    for cell in form.table("t3").cells:
        rows.setdefault("，".join(form.table("t3").row_labels[cell.row]), []).append(cell.id)
    told = [
        "\n".join(
            [f"附：{year}年度数据（仅供对照）" if year == 2020 else "", *(
                line
                for label, cells in rows.items()
                for line in (label, *(f"{form.cell(c).column_label}：{values[c]}件" for c in cells))
            )]
        )
        for year, values in ((2020, imported(tmp_path, other).filing.cells), (2021, wanted.filing.cells))
    ]  # fmt: skip
    lists = "".join(f"<p>{line}</p>" for line in "\n".join(told).split("\n"))
    found = imported(tmp_path, page.replace(own, lists))
    assert found.filing.cells == wanted.filing.cells


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("above", "below"), [("附：2020年数据", ""), ("附：2020年数据", "2021年数据"), ("", "2021年数据")]
)
def test_captions_of_a_text_tell_as_well(above, below, first, tmp_path):
    """Rows parted by tabs, each table with its heads, whichever has a caption."""
    page = page_of()
    own, last = (TABLE.findall(one)[1] for one in (page, page_of(9)))
    values = [imported(tmp_path, one).filing for one in (page, page_of(9))]
    table = values[0].form.table("t3")
    heads = [cell.column_label for cell in table.cells[:7]]
    made = []
    for caption, filing in zip((below, above), values, strict=True):
        rows: dict[str, list[str]] = {}
        for cell in table.cells:
            rows.setdefault(table.row_labels[cell.row][-1], []).append(f"{filing.cells[cell.id]}")
        made.append(
            "\n".join(["", caption, "\t".join(["项目", *heads]), *("\t".join([k, *v]) for k, v in rows.items())])
        )
    lines = "样板乡人民政府2021年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
    text = lines + "".join(made[::-1] if first else made) + "\n四、政府信息公开行政复议、行政诉讼情况\n"
    found = imported(tmp_path, text, ".txt")
    assert own != last
    assert {c: v for c, v in found.filing.cells.items() if c.startswith("t3")} == {
        c: v for c, v in values[0].cells.items() if c.startswith("t3")
    }
    assert not any(c.startswith("t3") for c in found.filing.doubts)
