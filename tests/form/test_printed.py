"""What the form prints, in texts that hold for every edition: numbers, labels and headings come from the edition itself."""

from __future__ import annotations

import re

import pytest

from gk_xl.checks.catalogue import catalogue, catalogue_of
from gk_xl.errors import BadEditionFile, UnknownCell
from gk_xl.form.guidance import guidance, of_column, of_row
from gk_xl.form.load import EDITIONS, edition_ids, edition_in_force, load_edition, read_edition
from gk_xl.form.printed import in_words, printed


def form(*changes: tuple[str, str]):
    """Return the edition of 2021 with changes in its file."""
    text = (EDITIONS / "2021.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_edition(text, "made_up.toml")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{label(t3.outcome_total)}", "（七）总计"),
        ("{label(t3.refused)}", "（三）不予公开"),
        ("{label(t3.partial)}", "（二）部分公开"),
        ("{label(t3.carried_out)}", "四、结转下年度继续办理"),
        ("{ordinal(t3.carried_out)}", "四"),
        ("{ordinal(t3.outcome_total)}", "（七）"),
        ("{ordinal(t3.refused.state_secret)}", "1"),
        ("{ordinal(t2.licence)}", "行政许可"),
        ("{path(t3.outcome_total)}", "三（七）总计"),
        ("{path(t3.received_new)}", "一、本年新收政府信息公开申请数量"),
        ("{added(t3.outcome_total)}", "（一）至（六）"),
        ("{heading(overview)}", "一、总体情况"),
        ("{heading(t4)}", "四、政府信息公开行政复议、行政诉讼情况"),
        ("{parts(overview)}", "主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障"),
        ("{count(sections)}{count(overview)}{count(t4.suit_after)}", "六五五"),
        ("{before(t3.other)}{before(t4.total)}{before(t3.commercial)}", "四四〇"),
        ("{left}与{t3.granted.{c}}、{sum(t3.*.total)}", "{left}与{t3.granted.{c}}、{sum(t3.*.total)}"),
    ],
)
def test_what_is_printed_stands_for_the_braces(text, wanted):
    """Values and cells in braces are left for the message."""
    assert printed(text, load_edition("2021")) == wanted


@pytest.mark.parametrize(
    "name",
    [
        "label(t3.otherwise.gift)",
        "label(t9.granted)",
        "heading(annex)",
        "added(t3.granted)",
        "before(t3.alien)",
        "added(t3.gone)",
    ],
)
def test_what_no_edition_prints_is_refused(name):
    """A slip of the pen in a rule's text is an error, not a text with braces."""
    with pytest.raises(UnknownCell):
        printed(f"请核对{{{name}}}。", load_edition("2021"))


def test_another_edition_prints_its_own():
    """A group more, a section more, a column less: numbers and words follow; a label without a number stands for it."""
    longer = form(
        ("rows = 22 }", "rows = 23 }"),
        (
            '[[tables.lines]]\nrow = "outcome_total"\nstub = [{ text = "（七）总计", columns = 2 }]',
            """[[tables.lines]]
row = "transferred"
stub = [{ text = "（七）转交", columns = 2 }]
[[tables.lines]]
row = "outcome_total"
stub = [{ text = "（八）总计", columns = 2 }]""",
        ),
        ('text = "四、结转下年度继续办理"', 'text = "结转下年度继续办理"'),
    )
    text = "{path(t3.outcome_total)}＝{added(t3.outcome_total)}，{ordinal(t3.carried_out)}"
    assert printed(text, longer) == "三（八）总计＝（一）至（七），结转下年度继续办理"


@pytest.mark.parametrize("edition_id", edition_ids())
def test_no_number_of_the_form_stands_in_a_rule_or_a_tip(edition_id):
    """Rules and guidance speak with the numbers that the edition prints, and leave no question in braces."""
    edition = load_edition(edition_id)
    asked = re.compile(r"\{(?:label|ordinal|path|added|heading|parts|before|count)\(")
    for known in catalogue_of(edition_id).values():
        assert not asked.search(known.message + known.next + known.why + known.left_label + known.right_label), (
            known.code
        )
    for name in guidance():
        table, _, row = name.partition(".")
        found = of_column(edition, table, row[2:]) if row.startswith("*.") else of_row(edition, table, row)
        assert not any(map(asked.search, found))


def test_the_files_of_rules_name_no_number_of_the_form():
    """（七）总计, 四、结转…: in the files they stand in braces; 第…条第（一）项 is a law's, 序号 are what a text may use."""
    folder = EDITIONS.parent.parent
    numbered = re.compile(
        r"(?<![项第])（[一二三四五六七八九十]）(?!项|”|、（)|[一二三四五六]、(?:总体|主动|收到|政府|存在|其他|本年|上年|结转)"
    )
    for path in [*(folder / "checks" / "rules").glob("*.toml"), folder / "form" / "guidance.toml"]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            assert not numbered.search(line), f"{path.name}:{number}: {line}"


def test_the_catalogue_speaks_of_the_newest_edition():
    """Without an edition the words are those of the form in force, or of the newest one that prints what is named."""
    assert catalogue()["T3-02"].right_label == printed("{added(t3.outcome_total)}合计", edition_in_force())
    assert "{" not in catalogue()["X-13"].why


def test_a_rule_that_names_what_nothing_prints_says_where(monkeypatch):
    """Its file and its code."""
    from dataclasses import replace

    from gk_xl.checks import catalogue as module

    odd = replace(catalogue()["T3-02"], why="{label(t3.alien)}。")
    monkeypatch.setattr(module, "_written", lambda: {"T3-02": odd})
    with pytest.raises(BadEditionFile, match=r"table3\.toml.*T3-02.*t3\.alien"):
        module._worded_in(module._written(), "2021")


def test_numbers_in_words():
    """Up to a hundred, as an ordinal has them."""
    assert [in_words(n) for n in (0, 1, 9, 10, 12, 20, 21, 99)] == [
        "〇",
        "一",
        "九",
        "十",
        "十二",
        "二十",
        "二十一",
        "九十九",
    ]
