"""The web page: structure, tables a screen reader can follow, nothing from outside, and the page in a real browser."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import edition_ids
from gk_xl.report.html import write_html
from gk_xl.report.values import clean
from tests.conftest import examples

YEARS = [int(edition) for edition in edition_ids()]


def parsed(filing: Filing, **options):
    return html.document_fromstring(write_html(filing, **options))


def test_headings_form_an_outline_without_gaps(example):
    page = parsed(replace(example, narrative={"overview": ("1.先写小标题", "（一）再写大标题", "（1）末级", "正文。")}))
    ranks = [int(item.tag[1]) for item in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert ranks[:5] == [1, 2, 3, 3, 4]
    assert all(after <= before + 1 for before, after in itertools.pairwise(ranks))
    assert [item.text_content() for item in page.iter("h2")] == [section.heading for section in example.form.sections]


def test_every_number_names_its_row_and_column_as_printed(example):
    """For each number the heads it refers to are the labels of the edition: groups and row, and its column."""
    page = parsed(example)
    names = {item.get("id"): item.text_content() for item in page.iter("th")}
    numbers = {item.get("data-cell"): item for item in page.iter("td")}
    assert list(numbers) == list(example.form.cells)
    for cell_id, cell in example.form.cells.items():
        heads = [names[name] for name in numbers[cell_id].get("headers").split()]
        assert cell.column_label in heads
        assert set(cell.path) <= set(heads)
    assert [names[name] for name in numbers["t3.refused.state_secret.commercial"].get("headers").split()] == [
        "申请人情况", "法人或其他组织", "商业企业", "三、本年度办理结果", "（三）不予公开", "1.属于国家秘密",
    ]  # fmt: skip
    assert next(names[name] for name in numbers["t2.penalty.decisions"].get("headers").split()) == "第二十条第（六）项"


def test_tables_have_captions_and_every_head_a_scope(example):
    page = parsed(example)
    assert [item.text_content() for item in page.iter("caption")] == [
        f"{table.name} {example.form.section(table.id).heading.partition('、')[2]}" for table in example.form.tables
    ]
    assert {item.get("scope") for item in page.iter("th")} == {"col", "colgroup", "row", "rowgroup"}


def test_the_page_is_one_file_without_script(example):
    page = parsed(example)
    assert not list(page.iter("script", "link", "img", "iframe", "object", "embed", "base", "form"))
    assert not re.search(r"url\(|@import|https?:|javascript:", write_html(example))
    assert page.get("lang") == "zh-CN"
    assert page.findtext(".//title") == example.title == page.find(".//h1").text_content()


def test_ids_are_unique(example):
    ids = [item.get("id") for item in parsed(example).iter() if item.get("id")]
    assert len(ids) == len(set(ids))


def test_errors_that_stand_are_said_first(example):
    assert parsed(example, failed=3).find(".//main")[0].text_content() == "校验未通过 3 处"


@examples(60)
@given(st.text(alphabet=st.sampled_from("\x00\x07\ud800\ufffe<>&\"'=+1一（）、。😀公"), max_size=60))
def test_text_is_text_never_markup(text):
    filing = Filing.blank(YEARS[-1], Unit(text))
    page = parsed(replace(filing, narrative={"overview": (text,)}, cells={"t3.granted.total": text}))
    (number,) = (item for item in page.iter("td") if item.get("data-cell") == "t3.granted.total")
    assert number.text_content() == clean(text).strip()
    assert page.find(".//h1").text_content() == clean(filing.title)
    written = "".join(item.text_content() for item in page.findall(".//section")[0][1:])
    assert "".join(written.split()) == "".join(clean(text).split())
    assert {item.tag for item in page.find(".//main").iter()} <= {
        "main", "h1", "h2", "h3", "h4", "h5", "h6", "p", "span", "wbr", "section", "div", "table", "caption",
        "colgroup", "col", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip


def test_same_filing_same_page(example):
    assert write_html(example) == write_html(example)


@pytest.fixture(scope="session")
def browser(tmp_path_factory, fonts):
    """Return a function: page → what the browser and axe-core found, with pictures and a PDF in a folder."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    modules = os.environ.get("NODE_PATH", "")
    if chromium is None or shutil.which("node") is None:
        pytest.skip("Chromium or node is not installed")
    if not all((Path(modules) / name).is_dir() for name in ("axe-core", "playwright-core")):
        pytest.skip("npm packages axe-core and playwright-core are not installed where NODE_PATH points")

    def look(page: str, folder: Path):
        file = folder / "page.html"
        file.write_text(page, encoding="utf-8")
        script = Path(__file__).with_name("page.cjs")
        done = subprocess.run(
            ["node", script, chromium, file, folder], env=os.environ | fonts, check=True, capture_output=True,
            text=True, timeout=120,
        )  # fmt: skip
        return json.loads(done.stdout)

    return look


@pytest.mark.application
def test_browser_finds_no_barrier_no_overflow_and_nothing_fetched(example, browser, tmp_path, page_lines):
    seen = browser(write_html(example, failed=1), tmp_path)
    assert seen["violations"] == []
    assert {"td-headers-attr", "th-has-data-cells", "heading-order", "color-contrast"} <= set(seen["passes"])
    assert seen["overflow"] == {"1280": 0, "390": 0}
    assert {url.partition(":")[0] for url in seen["requests"]} == {"file"}
    assert len(seen["requests"]) == 2
    assert 'table "表三 收到和处理政府信息公开申请情况"' in seen["tree"]
    assert (tmp_path / "390.png").stat().st_size > 10_000


@pytest.mark.application
def test_the_page_prints_like_the_word_file(example, browser, tmp_path, page_lines):
    """A4, 22 lines of 28 characters in the same type area, page numbers outside, table three on one page."""
    text = "公开为常态不公开为例外" * 200
    browser(write_html(replace(example, narrative={"overview": (text,)})), tmp_path)
    printed = page_lines(tmp_path / "print.pdf")
    *lines, footer = printed[1]
    assert len(lines) == 22
    assert {len(line[4]) for line in lines} == {28}
    assert min(line[0] for line in lines) == pytest.approx(28, abs=0.5)
    assert max(line[2] for line in lines) == pytest.approx(184, abs=0.5)
    assert footer[4] == "—2—"
    assert footer[0] < 60
    heading = example.form.section("t3").heading
    (table,) = (page for page in printed if any(heading in line[4] for line in page))
    assert example.form.cell("t3.carried_out.total").row_label in "".join(line[4] for line in table)
