"""Totals by their parts: whatever columns an edition prints, a total is the sum of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xl.checks.binding import identities, instances
from gk_xl.checks.expression import bind, evaluate, mentions, parse
from gk_xl.checks.run import check
from gk_xl.form.filing import Filing, Unit
from gk_xl.form.load import EDITIONS, edition_ids, load_edition, read_edition


@pytest.mark.parametrize("edition_id", edition_ids())
def test_parts_are_the_cells_without_totals(edition_id):
    """A row's parts are all its columns but 总计; 表四's likewise; a row of totals has its parts too."""
    edition = load_edition(edition_id)
    for row in ("t3.granted", "t3.outcome_total", "t4.suit_after"):
        cells = [ref.cell for ref in mentions(bind(parse(f"parts({row}.*)"), edition, edition))]
        assert cells == [cell.id for cell in edition.matching(f"{row}.*") if cell.column != "total"]
        assert len(cells) >= 4
    node = bind(parse("parts(t4.suit_after.*)"), edition, edition)
    numbers = {f"t4.suit_after.{name}": 1.0 for name in ("upheld", "corrected", "other", "pending")}
    assert evaluate(node, numbers | {"t4.suit_after.total": 99.0}) == 4


def test_a_column_that_an_edition_adds_is_added_up():
    """One applicant more in 表三: the row's total includes it, with no rule changed."""
    text = (EDITIONS / "2021.toml").read_text(encoding="utf-8")
    for old, new in (
        ("widths_mm = [9, 20, 43, 12,", "widths_mm = [9, 20, 43, 12, 12,"),
        ('text = "申请人情况", columns = 7', 'text = "申请人情况", columns = 8'),
        ('text = "法人或其他组织", columns = 5', 'text = "法人或其他组织", columns = 6'),
        ('{ text = "科研机构"', '{ text = "个体工商户", column = "sole_trader" },\n  { text = "科研机构"'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    grown = read_edition(text, "form/editions/x.toml")
    (found,) = [i for i in instances("T3-03", "2021") if i.subject["r"] == "granted"]
    node = bind(parse(found.text.replace("{r}", "granted")), grown, grown)
    assert "t3.granted.sole_trader" in {ref.cell for ref in mentions(node)}
    assert {"T3-03", "T4-01", "T4-02", "T4-03"} <= {instance.rule.code for instance, _ in identities("2021")}


@pytest.mark.parametrize(
    ("edition_id", "year", "told"),
    [
        ("2021", 2020, ("多出“1.申请人无正当理由", "缺少“（六）其他处理”")),
        ("2019", 2022, ("多出“（六）其他处理”", "缺少“1.申请人无正当理由", "“3.其他”")),
    ],
)
def test_rows_of_another_edition_are_named(edition_id, year, told):
    """T3-05 both ways: which rows are too many, and which the year's form has and this one has not."""
    filing = replace(Filing.blank(year, Unit("示例乡人民政府", "township")), edition=edition_id)
    filing = replace(filing, cells=dict.fromkeys(load_edition(edition_id).cells, 0))
    (found,) = [finding for finding in check(filing).findings if finding.code == "T3-05"]
    assert all(words in found.message for words in told)
