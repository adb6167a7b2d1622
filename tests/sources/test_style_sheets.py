"""Style sheets of pages, in them and beside them: what they strike out, hide, raise, draw and put into another order."""

from __future__ import annotations

import random
import re

import pytest

from gk_xl.sources.formats.html import parsed
from gk_xl.sources.formats.html_sheets import beside, dress
from gk_xl.sources.open import import_sources
from tests.sources.test_seen import changed, drawing, read
from tests.sources.writers import tidy_page

NUMBER = r"(?<=>)\d+(?=</td>)"
LINK = '<link rel="stylesheet" href="./page_files/site.css?v=2"></head>'


def page_of(more: str, head: str = LINK) -> bytes:
    page, _ = tidy_page(drawing(), random.Random(1))
    page = page.replace("</head>", head)
    return (page if more == "{}" else changed(page, NUMBER, lambda m: more.format(m[0]))).encode()


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ("<span class=a>14</span><span class=b>{}</span>", '@charset "utf-8";.a{text-decoration:line-through}'),
        ("<i>1</i>{}", "td > i{display:none !important} i{display:inline}"),
        ("{}<em class=m>2</em>", "@media screen{em.m{vertical-align:super}}"),
        ("{}<em class=m>2</em>", "td em[class^=m]{position:relative;top:-6px}"),
        ("{}<b>7</b>", ".x,b:last-child{visibility:hidden}"),
        ("<b>7</b>{}", "table td b:nth-child(2n+1){font-size:0}"),
        ("<s class=k>{}</s>", "<!-- s.k{text-decoration:none} -->"),
        ("<b data-v={0}></b>", "b::before{content:attr(data-v)}"),
        ("<b></b>", "td b:after{content:'\\35'}"),
        ("<i>1</i>{}", "@import 'more.css';"),
    ],
)
def test_what_a_sheet_beside_a_page_says_holds(more, rules, tmp_path):
    """As browsers save a page with all that belongs to it."""
    folder = tmp_path / "page_files"
    folder.mkdir()
    (folder / "site.css").write_text(rules, encoding="utf-8")
    (tmp_path / "more.css").write_text("i{display:none}", encoding="utf-8")
    expected = page_of("5" if "content:'" in rules else "{}", "</head>")
    path, own = tmp_path / "page.html", tmp_path / "own.html"
    path.write_bytes(page_of(more))
    own.write_bytes(expected)
    found, wanted = (import_sources([one]) for one in (path, own))
    assert found.filing.cells == wanted.filing.cells
    assert not found.filing.doubts.keys() - wanted.filing.doubts.keys()


@pytest.mark.parametrize(
    "more", ["<span class=a>14</span>{}", "{}<em class=m>2</em>", "<b class=a>1</b><b class=c>{}</b>"]
)
def test_where_the_sheet_is_not_there_digits_side_by_side_are_asked_about(more, tmp_path):
    """In front as well as behind; one text in parts of one class is one number."""
    _, found = read(tmp_path, page_of(more), ".html")
    assert found.silent == []
    assert found.doubtful > 10
    split = page_of("{}").decode()
    split = changed(split, r"(?<=>)(\d)(\d+)(?=</td>)", lambda m: f"<b class=a>{m[1]}</b><b class=a>{m[2]}</b>")
    _, found = read(tmp_path, split.encode(), ".html")
    assert (found.right, found.broken) == (found.all, [])


@pytest.mark.parametrize(
    "style",
    [
        "color:transparent", "color:rgba(0, 0, 0, 0)", "color:#fefefe", "color:#eef;background:#eef", "opacity:.01",
        "display:inline-block;width:0;overflow:hidden", "position:absolute;width:1px;height:1px;overflow:hidden",
        "position:absolute;clip:rect(1px,1px,1px,1px)", "margin-left:-9999px", "color:#11223300",
    ],
)  # fmt: skip
def test_what_is_not_seen_by_its_colour_size_or_place_is_no_digit(style, tmp_path):
    """Whatever of the three tells."""
    _, found = read(tmp_path, page_of(f"{{}}<i style='{style}'>1</i>", "</head>"), ".html")
    assert (found.right, found.broken) == (found.all, [])


@pytest.mark.parametrize(
    "more",
    ["{}<i style='position:absolute;top:0;right:0'>1</i>", "{}<i style='float:right'>1</i>", "{}<font size=1>1</font>"],
)
def test_a_digit_that_stands_off_its_line_is_asked_about(more, tmp_path):
    """A badge in a corner of the cell is not the last digit."""
    _, found = read(tmp_path, page_of(more, "</head>"), ".html")
    assert found.silent == []
    assert found.doubtful > 10


def test_copies_for_other_windows_and_signs_from_right_to_left(tmp_path):
    """A page is seen in a wide window, and a text as it is shown."""
    rules = "@media (min-width:768px){.mo{display:none}}@media (max-width:767px){.pc{display:none}}"
    page = page_of("<i class=pc>{0}</i><i class=mo>{0}</i>", f"<style>{rules}</style></head>")
    _, found = read(tmp_path, page, ".html")
    assert (found.right, found.broken) == (found.all, [])
    page = changed(page_of("{}", "</head>").decode(), NUMBER, lambda m: f"<bdo dir=rtl>{m[0][::-1]}</bdo>")
    _, found = read(tmp_path, page.encode(), ".html")
    assert (found.right, found.broken) == (found.all, [])
    page = page_of("<i style='font-size:0'><b style='font-size:14px'>{}</b></i>", "</head>")
    _, found = read(tmp_path, page, ".html")
    assert (found.right, found.broken) == (found.all, [])


def test_nothing_is_read_outside_the_folder_of_a_page(tmp_path):
    """A page may name any file."""
    inside = tmp_path / "site"
    inside.mkdir()
    (tmp_path / "out.css").write_text(".a{display:none}")
    fetch = beside(str(inside / "page.html"))
    addresses = [
        "../out.css",
        f"{tmp_path}/out.css",
        f"file://{tmp_path}/out.css",
        "//host/out.css",
        "a\0",
        "C:/out.css",
        "",
    ]
    assert [fetch(address) for address in addresses] == [None] * len(addresses)


def test_sheets_of_a_page_in_one_file_are_its_own(tmp_path):
    """By the address as the page writes it, or in full."""
    page = page_of("<i class=a>1</i>{}", '<link rel=stylesheet href="css/site.css"></head>').decode()
    part = "--b\r\nContent-Type: {}; charset=utf-8\r\nContent-Location: http://www.gov.example/gk/{}\r\n\r\n{}\r\n"
    mail = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" + part.format(
        "text/html", "1.html", page
    )
    mail += part.format("text/css", "css/site.css", ".a{display:none}") + "--b--\r\n"
    _, found = read(tmp_path, mail.encode(), ".mht")
    assert (found.right, found.broken) == (found.all, [])


@pytest.mark.parametrize("rules", ["order", "row-reverse", "float:right", "areas", "columns", "left"])
def test_boxes_are_read_in_the_order_in_which_they_are_seen(rules, tmp_path):
    """Whatever order they have in the source."""
    page, _ = tidy_page(drawing(), random.Random(1))
    table = re.compile(r"<table.*?</table>", re.DOTALL)
    tables = table.findall(page)
    head, number = "<div class=r>{}</div>", iter(range(99))
    names = [
        "一、本年新收政府信息公开申请数量",
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    row = [f"<div class='c o{at}'>{text}</div>" for at, text in enumerate(["", *names[1:]])]
    numbers = [f"<div class='c o{at}'>{text}</div>" for at, text in enumerate([names[0], 3, 1, 0, 0, 2, 0, 6])]
    second = [
        f"<div class='c o{at}'>{text}</div>" for at, text in enumerate(["四、结转下年度继续办理", 1, 0, 0, 0, 0, 0, 1])
    ]
    own = [row, numbers, second]
    if rules not in ("row-reverse", "float:right"):
        own = [random.Random(next(number)).sample(one, len(one)) for one in own]
    else:
        own = [one[::-1] for one in own]
    style = {
        "order": ".r{display:flex}" + "".join(f".o{at}{{order:{at}}}" for at in range(8)),
        "row-reverse": ".r{display:flex;flex-direction:row-reverse}",
        "float:right": ".c{float:right}",
        "areas": ".r{display:grid;grid-template-areas:'a0 a1 a2 a3 a4 a5 a6 a7'}"
        + "".join(f".o{at}{{grid-area:a{at}}}" for at in range(8)),
        "columns": ".r{display:grid}" + "".join(f".o{at}{{grid-row:1;grid-column:{at + 1}}}" for at in range(8)),
        "left": ".r{position:relative;display:flex}"
        + "".join(f".o{at}{{position:absolute;left:{90 * at}px}}" for at in range(8)),
    }[rules]
    drawn = "".join(head.format("".join(one)) for one in own)
    page = page.replace("</head>", f"<style>{style}</style></head>").replace(tables[1], f"<div>{drawn}</div>")
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    cells = import_sources([path]).filing.cells
    assert [v for c, v in cells.items() if c.startswith("t3.received_new")] == [3, 1, 0, 0, 2, 0, 6]
    assert [v for c, v in cells.items() if c.startswith("t3.carried_out")] == [1, 0, 0, 0, 0, 0, 1]


def test_the_heavier_rule_prevails_and_an_elements_own_style_before_it():
    """By ids, then classes, then names of elements; the later among equals."""
    root = parsed("<style>#a{display:block}.x{display:none}p.x.y{color:red}p.x{color:blue}</style>"
                  "<p id=a class='x y'>1</p><p class=x style='display:inline'>2</p><p class=x>3</p>", "")  # fmt: skip
    dress(root, lambda _: None)
    first, second, third = (p.get("style") for p in root.iter("p"))
    assert "display: block" in first
    assert "color: red" in first
    assert "display:inline" in second
    assert "none" not in second
    assert "display: none" in third
