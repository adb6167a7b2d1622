"""The form as data: complete, printed as the statute prints it, and refused when it says what nobody knows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xl.checks.binding import editions_of
from gk_xl.checks.catalogue import catalogue
from gk_xl.checks.editions import compare, rules_bound
from gk_xl.errors import BadEditionFile, EditionNotFound, UnknownCell
from gk_xl.form.draft import draft
from gk_xl.form.fields import fields
from gk_xl.form.guidance import guidance
from gk_xl.form.load import EDITIONS, compose, edition_for, edition_ids, edition_in_force, load_edition, read_edition
from gk_xl.form.units import unit_kinds


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_printed_cells_tile_the_grid(edition_id):
    """Every place of a table's grid is covered by exactly one printed cell."""
    for table in load_edition(edition_id).tables:
        covered = [
            (line, column)
            for item in table.grid
            for line in range(item.line, item.line + item.lines)
            for column in range(item.column, item.column + item.columns)
        ]
        assert sorted(covered) == [(line, column) for line in range(table.lines) for column in range(table.width)]


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_form_prints_as_proofread(edition_id, golden):
    """The whole form as text, compared with the copy that was proofread against the printed annex.

    Behind it stand the numbers of cells and the rules that hold for them: a rule that is lost shows in the difference.
    """
    edition = load_edition(edition_id)
    lines = [edition.notice.number]
    for section in edition.sections:
        lines.append(section.heading)
        if not section.table:
            continue
        for item in edition.table(section.table).grid:
            span = f" [{item.lines}×{item.columns}]" if (item.lines, item.columns) != (1, 1) else ""
            lines.append(f"  {item.line + 1}.{item.column + 1}{span} {item.cell or item.text}")
    lines.append("：".join(("格数", "，".join(f"{table.id} {len(table.cells)}" for table in edition.tables))))
    lines.append("规则")
    lines += [f"  {code} {reach}" for code, reach in sorted(rules_bound(edition_id).items())]
    golden(f"form/{edition_id}.txt", "\n".join(lines) + "\n")


def test_labels_that_are_often_misprinted():
    """Labels that published reports get wrong stand here letter for letter."""
    edition = load_edition("2021")
    labels = {cell.row_label for cell in edition.cells.values()}
    assert "（二）部分公开（区分处理的，只计这一情形，不计其他情形）" in labels
    assert "3.危及“三安全一稳定”" in labels
    assert "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请" in labels
    assert "行政规范性文件" in labels
    assert "规范性文件" not in labels
    assert edition.cell("t2.admin_fee.amount").column_label == "本年收费金额（单位：万元）"


@pytest.mark.parametrize("edition_id", edition_ids())
def test_the_edition_follows_the_report_year(edition_id):
    """An edition is that of its first year, of its last, and of all between; the newest of every later year."""
    edition = load_edition(edition_id)
    for year in range(edition.first_year, (edition.last_year or edition.first_year + 30) + 1):
        assert edition_for(year) is edition
    assert [load_edition(e).last_year for e in edition_ids()] == [*(int(e) - 1 for e in edition_ids()[1:]), None]


def test_a_year_before_the_first_edition_has_none():
    """There was no such form before."""
    with pytest.raises(EditionNotFound, match="2018"):
        edition_for(2018)


def test_the_newest_edition_is_in_force():
    """The edition without a last year is the newest."""
    assert edition_in_force().last_year is None


def test_a_group_row_carries_no_number():
    """（三）不予公开 is a heading over eight rows."""
    assert not list(load_edition("2021").matching("t3.refused.total"))
    with pytest.raises(UnknownCell):
        load_edition("2021").cell("t3.refused.total")


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_declared_reference_is_cited_and_every_cited_one_declared(edition_id):
    """Tables, sections and rules rest on declared provisions, and no declaration is idle."""
    edition = load_edition(edition_id)
    cited = {section.reference for section in edition.sections} | {cell.reference for cell in edition.cells.values()}
    cited |= {edition.notice.id, ""}
    for rule in catalogue().values():
        if edition_id in editions_of(rule.code):
            cited |= set(rule.references)
            assert set(rule.references) <= edition.references.keys(), rule.code
    idle = edition.references.keys() - cited
    # Another edition's rules may rest on a provision that this one declares for the same purpose.
    for rule in catalogue().values():
        idle -= set(rule.references)
    assert not idle


TEXT = (EDITIONS / "2021.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('edition = "2021"', 'edition = "2021"\ncolour = "red"', "colour"),
        ('row = "partial"', 'row = "granted"', "row"),
        ('reference = "regulation-37"', 'reference = "regulation-99"', "reference"),
        ("rows = 22", "rows = 21", "lines"),
        ('text = "自然人", rows = 2', 'text = "自然人", rows = 2, colour = 1', "colour"),
        ('id = "t4"', 'id = "t3"', "id"),
        ('id = "t4"\nname', 'id = "t3"\nname', "id"),
        ('table = "t2"', 'table = "t9"', "sections"),
        ('value = "amount"', 'value = "money"', "value"),
        ("first_year = 2021", 'first_year = "2021"', "first_year"),
        ('notice = "notice"\n', "", "notice"),
        ('values = ["issued", "repealed", "in_force"]', 'values = ["issued", "repealed", "lost"]', "values"),
        ("[documents.notice]", '[documents.idle]\ntitle = "x"\n[documents.notice]', "documents.idle"),
    ],
)  # fmt: skip
def test_the_loader_refuses_naming_file_and_key(old, new, key):
    """Unknown keys, duplicate ids, dangling references, wrong spans: each is refused with its place."""
    assert old in TEXT
    with pytest.raises(BadEditionFile) as error:
        read_edition(TEXT.replace(old, new, 1), "form/editions/x.toml")
    assert error.value.file == "form/editions/x.toml"
    assert key in error.value.key


def test_no_edition_year_stands_in_python():
    """The next edition is one more data file: no .py file knows the year of an edition."""
    package = Path(EDITIONS).parent.parent
    found = [
        f"{path.relative_to(package)}: {line.strip()}"
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        for year in edition_ids()
        if re.search(rf"(?<!\d)(?<!\\u)[\"']?{year}(?!\d|-|, 9, 26)", line.split("#")[0]) and not _is_prose(path, line)
    ]
    assert not found


def _is_prose(path: Path, line: str) -> bool:
    """Return whether a line is documentation: inside a docstring, as far as one line can tell."""
    text = path.read_text(encoding="utf-8")
    start = text.index(line)
    return text.count('"""', 0, start) % 2 == 1 or line.strip().startswith('"""')


def test_the_kinds_of_units_are_the_contracts():
    """The first ten are the contract's, in their order; each with a label and a deadline in the next year."""
    kinds = unit_kinds()
    assert list(kinds)[:10] == [
        "township", "town", "ethnic_township", "subdistrict", "county_department", "county_government",
        "city_department", "city_government", "province_department", "province_government",
    ]  # fmt: skip
    assert kinds["township"].deadline_for(2025).isoformat() == "2026-01-31"
    assert kinds["county_government"].deadline_for(2025).isoformat() == "2026-03-31"


@pytest.mark.parametrize(
    ("unit", "title"),
    [
        ("示例乡人民政府", "示例乡2025年政府信息公开工作年度报告"),
        ("示例街道办事处", "示例街道办事处2025年政府信息公开工作年度报告"),
        ("示例县人民政府", "示例县人民政府2025年政府信息公开工作年度报告"),
    ],
)
def test_the_title_says_the_year_once(unit, title):
    """The title has unit, year and the statutory words, and never 年年."""
    assert edition_for(2025).title(unit, 2025) == title


def test_rows_that_nobody_explained_are_told(monkeypatch):
    """A new row or column without its entry in guidance.toml has nothing beside it that a clerk could read."""
    known = {name: entry for name, entry in guidance().items() if name not in ("t3.otherwise.other", "t2.*.in_force")}
    monkeypatch.setattr("gk_xl.checks.editions.guidance", lambda: known)
    told = [change.name for change in compare("2019", "2021") if change.about == "guidance"]
    assert told == ["t3.otherwise.other", "t2.*.in_force"]


def test_aspects_that_are_renamed_are_told_with_the_files_that_know_them(monkeypatch):
    """What a heading of 一 is called stands in words and sentences, too: nobody has to look for them."""
    new = load_edition("2021")
    renamed = tuple(
        section._replace(parts=tuple(part.replace("监督保障", "组织保障") for part in section.parts))
        for section in new.sections
    )
    monkeypatch.setattr(
        "gk_xl.checks.editions.load_edition", lambda name: replace(new, sections=renamed) if name == "2019" else new
    )
    told = {
        change.name: (change.before, change.after) for change in compare("2021", "2019") if change.about == "aspect"
    }
    assert told.keys() == {"监督保障", "组织保障"}
    assert "checks/text_rules/content/words.toml" in told["监督保障"][0]
    assert told["组织保障"] == ("", "组织保障")


def test_two_editions_are_compared():
    """Rows and columns added, gone, renamed; rules bound to one only; fields, sentences, words that lose a cell."""
    found = {
        (change.about, change.name): (bool(change.before), bool(change.after)) for change in compare("2019", "2021")
    }
    assert found["row", "t3.otherwise"] == (True, False)
    assert found["row", "t3.otherwise.fee_unpaid"] == (False, True)
    assert found["row", "t2.normative_doc"] == (True, True)
    assert found["column", "t2.in_force"] == (False, True)
    assert found["rule", "T2-08"] == (True, False)
    assert found["rule", "Y-04"] == (False, True)
    assert ("rule", "T2-10") not in found, "a rule with an expression for each edition holds in both"
    assert found["field", "采购金额"] == (True, False)
    assert found["sentence", "规范性文件"] == (True, False)
    assert found["word", "t2.procurement.amount"] == (True, False)
    assert found["word", "t2.normative_doc.made"] == (True, False), "what the desk's page for the leader adds up"
    assert compare("2021", "2021") == ()


def test_a_new_edition_begins_as_the_one_before():
    """The draft loads, differs in nothing but its years, and the old edition ends the year before."""
    files = draft(2031, edition_in_force().id)
    new = read_edition(files["2031.toml"], "form/editions/2031.toml")
    old = read_edition(files[f"{edition_in_force().id}.toml"], "form/editions/old.toml")
    assert (new.id, new.first_year, new.last_year, old.last_year) == ("2031", 2031, None, 2030)
    assert list(new.cells) == list(old.cells)
    for year, base in ((2019, "2021"), (2031, "2019"), (2031, "1999"), (31, "2021"), (20310, "2021")):
        with pytest.raises(EditionNotFound, match="版"):
            draft(year, base)


def test_a_list_that_leaves_the_new_cell_out_is_pointed_to(monkeypatch):
    """A field that named the applicants one by one would not know the column that a new edition adds; none of ours does."""
    text = (EDITIONS / "2021.toml").read_text(encoding="utf-8")
    for old, new in (
        ("widths_mm = [9, 20, 43, 12,", "widths_mm = [9, 20, 43, 12, 12,"),
        ('text = "申请人情况", columns = 7', 'text = "申请人情况", columns = 8'),
        ('text = "法人或其他组织", columns = 5', 'text = "法人或其他组织", columns = 6'),
        ('{ text = "科研机构"', '{ text = "个体工商户", column = "sole_trader" },\n  { text = "科研机构"'),
        ('edition = "2021"', 'edition = "2021+x"'),
    ):
        text = text.replace(old, new)
    compose(read_edition(text, "form/editions/x.toml"))

    def left_out():
        return {change.name: change.before for change in compare("2021", "2021+x") if change.about == "left_out"}

    assert left_out() == {}
    listed = fields("2021")["组织申请"]
    monkeypatch.setattr("gk_xl.checks.editions.fields", lambda edition_id: {listed.name: listed})
    assert left_out() == {"字段 组织申请": "t3.received_new.sole_trader"}


def test_a_rule_that_leaves_the_new_row_of_a_table_out_is_pointed_to(monkeypatch):
    """One that named the rows of 表二 one by one would not know 行政征收; T2-15 takes them as they come."""
    row = '[[tables.lines]]\nrow = "expropriation"\nstub = [{ text = "行政征收" }]\n'
    row += 'values = [{ column = "decisions", columns = 3 }]\n[[tables.lines]]\nrow = "compulsion"\n'
    text = (EDITIONS / "2021.toml").read_text(encoding="utf-8")
    text = text.replace('[[tables.lines]]\nrow = "compulsion"\n', row).replace('edition = "2021"', 'edition = "2021+y"')
    compose(read_edition(text, "form/editions/y.toml"))

    def left_out():
        return {change.name: change.before for change in compare("2021", "2021+y") if change.about == "left_out"}

    assert left_out() == {}
    rows = tuple(f"t2.{name}.decisions" for name in ("licence", "penalty", "compulsion"))
    listed = replace(fields("2021")["行政许可决定"], cells=rows)
    monkeypatch.setattr("gk_xl.checks.editions.fields", lambda edition_id: {listed.name: listed})
    assert left_out() == {"字段 行政许可决定": "t2.expropriation.decisions"}
